//! What a track's positions add up to: the way that was run, without jumps and without lifts.

use crate::activity::Span;

use super::geodesy;
use crate::sample_time::median_interval_s;

/// The positions of a recording, NaN where a sample has none.
pub(super) struct Track<'a> {
    /// Seconds, ascending.
    pub time_s: &'a [f64],
    /// Degrees.
    pub lat: &'a [f64],
    /// Degrees.
    pub lon: &'a [f64],
    /// In order and apart.
    pub pauses: &'a [Span],
    /// Stretches that were not run, in order and apart.
    pub rides: &'a [Span],
}

/// What a track's positions add up to.
pub(super) struct Way {
    /// Metres since the start at each sample with a position that counts.
    pub metres: Vec<f64>,
    /// Positions passed over because nobody gets there in the time.
    pub jumps: usize,
    /// Stops across which the runner got further than a stroll: by car, by train, or running
    /// unrecorded.
    pub stops: usize,
    /// Metres of rides, which are none of the way.
    pub ridden_m: f64,
}

impl Track<'_> {
    /// Adds up the way; what is out of reach at `fastest_mps` (metres per second) is passed over.
    pub fn way(&self, fastest_mps: f64) -> Way {
        /// So many positions in a row that agree with each other are where the runner really is.
        const BELIEVED_AFTER: usize = 5;
        /// Nobody who is stopped counts on more than this (metres), the sway of a receiver.
        const STROLL_M: f64 = 50.0;
        let mut way = Way { metres: vec![f64::NAN; self.time_s.len()], jumps: 0, stops: 0, ridden_m: 0.0 };
        // Where positions are usually far apart, so is the way between two.
        let silence_s = SILENCE_S.max(10.0 * median_interval_s(self.time_s));
        let mut sum = 0.0;
        let mut in_a_row = 0;
        // Metres by which the way up to the last position came earlier than its times allow.
        let mut early = 0.0;
        let mut last: Option<usize> = None;
        for i in 0..self.time_s.len() {
            if self.lat[i].is_nan() || self.lon[i].is_nan() {
                continue;
            }
            if let Some(from) = last {
                let step = self.step(from, i);
                let seconds = self.time_s[i] - self.time_s[from];
                if is_stopped_between(self.rides, self.time_s[from], self.time_s[i]) {
                    way.ridden_m += self.step(from, i);
                    (in_a_row, early, last) = (0, 0.0, Some(i));
                    way.metres[i] = sum;
                    continue;
                }
                let stopped = is_stopped_between(self.pauses, self.time_s[from], self.time_s[i]);
                let is_run = (SLOWEST_UNSEEN_MPS * seconds..=FASTEST_UNSEEN_MPS * seconds).contains(&step);
                let is_silence = seconds > silence_s && !is_run && step > STROLL_M;
                if stopped || is_silence || seconds > SILENCE_S && step > FASTEST_UNSEEN_MPS * seconds {
                    way.stops += usize::from(step > STROLL_M);
                    early = 0.0;
                } else {
                    let early_now = (early + step - fastest_mps * seconds).max(0.0);
                    if early_now <= fastest_mps * SLACK_S && !self.is_spike(from, i, fastest_mps) {
                        sum += step;
                        early = early_now;
                    } else {
                        way.jumps += 1;
                        in_a_row += 1;
                        if in_a_row < BELIEVED_AFTER {
                            continue;
                        }
                        early = 0.0;
                    }
                }
            }
            in_a_row = 0;
            last = Some(i);
            way.metres[i] = sum;
        }
        way
    }

    /// Whether the way from `from` to `i` is faster than `fastest_mps`, the way on to the next
    /// position too, and there is no need for either. No rounding of times makes both ways look too
    /// short.
    fn is_spike(&self, from: usize, i: usize, fastest_mps: f64) -> bool {
        let is_too_fast = |a, b| self.step(a, b) > fastest_mps * (self.time_s[b] - self.time_s[a]);
        if !is_too_fast(from, i) {
            return false;
        }
        let has_position = |j: &usize| !self.lat[*j].is_nan() && !self.lon[*j].is_nan();
        let Some(next) = (i + 1..self.time_s.len()).find(has_position) else { return false };
        // Within one second some positions may have the same time.
        let is_far = self.step(from, i) + self.step(i, next) > fastest_mps * SLACK_S;
        is_far && is_too_fast(i, next) && !is_too_fast(from, next)
    }

    /// Metres between two positions.
    fn step(&self, from: usize, to: usize) -> f64 {
        geodesy::distance_m(self.lat[from], self.lon[from], self.lat[to], self.lon[to])
    }
}

/// Times are often whole seconds: any stretch may seem to take up to a second less than it did, and
/// what follows takes that much longer.
const SLACK_S: f64 = 1.0;

/// Whether the timer stood at any moment between two times (seconds); `pauses` in order and apart.
pub(super) fn is_stopped_between(pauses: &[Span], from_s: f64, to_s: f64) -> bool {
    let next = pauses.partition_point(|pause| pause.to_s <= from_s);
    pauses.get(next).is_some_and(|pause| pause.from_s < to_s)
}

/// After so long without a position (seconds) the way between two is believed only up to a running
/// pace.
pub(super) const SILENCE_S: f64 = 30.0;
pub(super) const FASTEST_UNSEEN_MPS: f64 = 6.0;

/// Slower than this across a silence (metres per second) nobody ran.
const SLOWEST_UNSEEN_MPS: f64 = 1.0;
