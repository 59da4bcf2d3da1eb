//! How long each sample of a recording stands for.

use crate::activity::Span;

/// The least silence that counts as a gap; a longer one is allowed where samples are usually far
/// apart.
const SHORTEST_GAP_S: f64 = 30.0;
const GAP_IN_INTERVALS: f64 = 10.0;

/// The seconds that samples stand for: each for the time since the one before it.
///
/// Time in pauses does not count, and neither does a gap in the recording that is longer than
/// `longest_gap_s`: nobody knows what happened in it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SampleTime {
    /// One value for each sample.
    pub seconds: Vec<f64>,
    /// Their sum: seconds recorded, pauses and gaps left out.
    pub recorded_s: f64,
    /// The longest silence between samples that still counts as recorded.
    pub longest_gap_s: f64,
    /// The gaps, as (the sample that ends it, its seconds without pauses), in order.
    pub silences: Vec<(usize, f64)>,
}

impl SampleTime {
    /// Shares out the time of samples at `time_s` (ascending), around `pauses` (in order and
    /// apart).
    pub fn of(time_s: &[f64], mut pauses: &[Span]) -> Self {
        let longest_gap_s = (GAP_IN_INTERVALS * median_interval_s(time_s)).max(SHORTEST_GAP_S);
        let mut seconds = Vec::with_capacity(time_s.len());
        seconds.extend(time_s.first().map(|_| 0.0));
        let mut silences = Vec::new();
        for (before, pair) in time_s.windows(2).enumerate() {
            let (from, to) = (pair[0], pair[1]);
            while pauses.first().is_some_and(|pause| pause.to_s <= from) {
                pauses = &pauses[1..];
            }
            let overlap = |pause: &Span| (pause.to_s.min(to) - pause.from_s.max(from)).max(0.0);
            let paused: f64 = pauses.iter().take_while(|pause| pause.from_s < to).map(overlap).sum();
            let running = (to - from - paused).max(0.0);
            let is_silent = running > longest_gap_s;
            silences.extend(is_silent.then_some((before + 1, running)));
            seconds.push(if is_silent { 0.0 } else { running });
        }
        Self { recorded_s: seconds.iter().sum(), seconds, longest_gap_s, silences }
    }

    /// Returns seconds of all gaps, pauses left out.
    pub fn silent_s(&self) -> f64 {
        self.silences.iter().map(|(_, seconds)| seconds).sum()
    }
}

/// Returns the median interval between samples, in seconds.
pub fn median_interval_s(time_s: &[f64]) -> f64 {
    // Some hundred intervals tell the recording rate as well as all of them.
    let stride = (time_s.len() / 512).max(1);
    let mut intervals: Vec<f64> = time_s.windows(2).step_by(stride).map(|pair| pair[1] - pair[0]).collect();
    let middle = intervals.len() / 2;
    if intervals.is_empty() {
        return 0.0;
    }
    *intervals.select_nth_unstable_by(middle, f64::total_cmp).1
}
