//! The samples of one activity, made ready for metrics and form: what stretch of time each stands for.

use std::cell::OnceCell;
use std::ops::Range;

use crate::activity::{Activity, Channel, Note, Span};
use crate::heart_rate_quality::Trusted;
use crate::{form, grade};

/// An activity whose samples know how long they last.
///
/// A sample stands for the time since the one before it. Time in pauses does not count, and neither
/// does a gap in the recording that is longer than [`Trace::longest_gap_s`]: nobody knows what
/// happened in it.
#[derive(Debug)]
pub struct Trace<'a> {
    /// The activity itself.
    pub activity: &'a Activity,
    seconds: Vec<f64>,
    recorded_s: f64,
    longest_gap_s: f64,
    grade: OnceCell<Option<Vec<f64>>>,
    steady: OnceCell<Vec<u32>>,
    heart_rate: OnceCell<Trusted>,
    clocked: OnceCell<Vec<(f64, f64)>>,
    stretches: OnceCell<Vec<Range<usize>>>,
    way: OnceCell<Vec<(u32, f64)>>,
    thirds: OnceCell<(usize, usize)>,
}

/// The least silence that counts as a gap; a longer one is allowed where samples are usually far apart.
const SHORTEST_GAP_S: f64 = 30.0;
const GAP_IN_INTERVALS: f64 = 10.0;

/// A distance and a speed that add up to the same, within a fifth.
const AGREEMENT: std::ops::RangeInclusive<f64> = 0.8..=1.25;

/// Slower than this is standing or strolling (metres per second): the R package trackeR's threshold for
/// runs, after preferred walking speeds.
pub(crate) const MOVING_MPS: f64 = 1.0;

impl<'a> Trace<'a> {
    /// Prepares an activity.
    pub fn new(activity: &'a Activity) -> Self {
        let time = activity.samples.time_s();
        let longest_gap_s = (GAP_IN_INTERVALS * median_interval_s(time)).max(SHORTEST_GAP_S);
        let mut seconds = Vec::with_capacity(time.len());
        seconds.extend(time.first().map(|_| 0.0));
        let mut pauses = activity.pauses.as_slice();
        for pair in time.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            while pauses.first().is_some_and(|pause| pause.to_s <= from) {
                pauses = &pauses[1..];
            }
            let overlap = |pause: &Span| (pause.to_s.min(to) - pause.from_s.max(from)).max(0.0);
            let paused: f64 = pauses.iter().take_while(|pause| pause.from_s < to).map(overlap).sum();
            let running = (to - from - paused).max(0.0);
            seconds.push(if running > longest_gap_s { 0.0 } else { running });
        }
        Self {
            activity,
            recorded_s: seconds.iter().sum(),
            seconds,
            longest_gap_s,
            grade: OnceCell::new(),
            steady: OnceCell::new(),
            heart_rate: OnceCell::new(),
            clocked: OnceCell::new(),
            stretches: OnceCell::new(),
            way: OnceCell::new(),
            thirds: OnceCell::new(),
        }
    }

    /// Seconds that each sample stands for, as many as there are samples.
    pub fn seconds(&self) -> &[f64] {
        &self.seconds
    }

    /// The longest silence between samples that still counts as recorded, in seconds.
    pub fn longest_gap_s(&self) -> f64 {
        self.longest_gap_s
    }

    /// Seconds recorded, pauses and gaps left out.
    pub fn recorded_s(&self) -> f64 {
        self.recorded_s
    }

    /// Whether the runner was moving (at 1 m/s or more) at each sample; `None` when no speed is known.
    pub fn moving(&self) -> Option<impl Fn(usize) -> bool> {
        let speed = self.activity.samples.column(Channel::Speed)?;
        Some(move |i: usize| speed[i] >= MOVING_MPS)
    }

    /// How steep the ground is at each sample, in metres up per metre along; NaN where a sample does not tell, `None`
    /// where no altitude or no distance was recorded. Worked out when it is first asked for.
    pub fn grade(&self) -> Option<&[f64]> {
        self.grade.get_or_init(|| grade::along(&self.activity.samples)).as_deref()
    }

    /// The samples of steady running on the flat, in order, over which form is looked at: at least 1.5 m/s, less than 2 %
    /// grade (where an altitude tells), ten seconds or more from the start, the end and every pause, and with a
    /// plausible step rate where there is one.
    pub fn steady(&self) -> &[u32] {
        self.steady.get_or_init(|| form::steady(self))
    }

    /// The heart rate at each sample in beats per minute, NaN where it was not recorded or cannot be the heart's:
    /// locked on to the steps, jumping, or stuck. `None` where none was recorded.
    pub fn heart_rate(&self) -> Option<&[f64]> {
        self.trusted().column.as_deref().or_else(|| self.activity.samples.column(Channel::HeartRate))
    }

    /// Whether no recorded heart rate is left out of [`Trace::heart_rate`].
    pub fn trusts_every_heart_rate(&self) -> bool {
        self.trusted().column.is_none()
    }

    /// What a reader of the figures should know, beyond the activity's own notes.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        self.trusted().notes()
    }

    fn trusted(&self) -> &Trusted {
        self.heart_rate.get_or_init(|| Trusted::of(self.activity, &self.seconds))
    }

    /// The way as (seconds since the start, metres), metres never falling: the distance between one silence of more than
    /// [`Trace::longest_gap_s`] and the next, spread by the speed.
    ///
    /// A counter that lost the satellites for a while catches up within a second; the speed beside it shows who ran
    /// and when. Where no speed was recorded, or it adds up to something else, it is the distance as it stands.
    pub(crate) fn clocked(&self) -> &[(f64, f64)] {
        self.clocked.get_or_init(|| self.spread_by_speed())
    }

    /// Where [`Trace::clocked`] goes on without a silence of more than [`Trace::longest_gap_s`].
    pub(crate) fn stretches(&self) -> &[Range<usize>] {
        self.stretches.get_or_init(|| {
            let mut from = 0;
            let unbroken = self.clocked().chunk_by(|a, b| b.0 - a.0 <= self.longest_gap_s);
            unbroken
                .map(|stretch| {
                    let stretch = from..from + stretch.len();
                    from = stretch.end;
                    stretch
                })
                .collect()
        })
    }

    fn spread_by_speed(&self) -> Vec<(f64, f64)> {
        let samples = &self.activity.samples;
        let time = samples.time_s();
        let mut furthest = f64::NEG_INFINITY;
        let recorded = samples.recorded(Channel::Distance).map(|(i, metres)| {
            furthest = metres.max(furthest);
            (time[i], furthest)
        });
        let mut clocked: Vec<(f64, f64)> = recorded.collect();
        let Some(speed) = samples.column(Channel::Speed).filter(|_| !samples.is_worked_out(Channel::Speed)) else {
            return clocked;
        };
        let indices = samples.recorded(Channel::Distance).map(|(i, _)| i);
        let by_speed: Vec<f64> = indices.map(|i| speed[i].max(0.0) * self.seconds[i]).collect();
        let mut from = 0;
        for stretch in clocked.chunk_by_mut(|a, b| b.0 - a.0 <= self.longest_gap_s) {
            let by_speed = &by_speed[from..from + stretch.len()];
            from += stretch.len();
            let (mut metres, to_m) = (stretch[0].1, stretch[stretch.len() - 1].1);
            let share = (to_m - metres) / by_speed[1..].iter().sum::<f64>();
            if AGREEMENT.contains(&share) {
                for (point, by_speed_m) in stretch.iter_mut().zip(by_speed).skip(1) {
                    metres += by_speed_m * share;
                    point.1 = metres;
                }
            }
        }
        clocked
    }

    /// The metres from the sample with a distance before it, for each sample that has a distance and stands for some
    /// time: by the distance and not by the speed, which watches smooth until it adds up to some per cent less.
    pub(crate) fn way(&self) -> &[(u32, f64)] {
        self.way.get_or_init(|| {
            let distance = self.activity.samples.column(Channel::Distance).unwrap_or_default();
            let mut way = Vec::with_capacity(distance.len());
            let mut before = f64::NAN;
            for (i, (&distance_m, &seconds)) in distance.iter().zip(&self.seconds).enumerate() {
                if distance_m - before >= 0.0 && seconds > 0.0 {
                    way.push((i as u32, distance_m - before));
                }
                before = if distance_m.is_nan() { before } else { distance_m };
            }
            way
        })
    }

    /// The samples of the first and of the last third of the recorded time; `None` where that is less than
    /// `at_least_s`.
    pub(crate) fn thirds(&self, at_least_s: f64) -> Option<(Range<usize>, Range<usize>)> {
        let total_s = self.recorded_s();
        let (one, two) = *self.thirds.get_or_init(|| {
            let (mut ends, mut elapsed_s) = ([0, 0], 0.0);
            for seconds in &self.seconds {
                elapsed_s += seconds;
                ends[0] += usize::from(elapsed_s <= total_s / 3.0);
                ends[1] += usize::from(elapsed_s <= total_s * 2.0 / 3.0);
            }
            (ends[0], ends[1])
        });
        (total_s >= at_least_s).then_some((0..one, two..self.seconds.len()))
    }

    /// The mean of a channel over the samples that `counts` picks, weighted by their time: the value and
    /// the seconds it rests on.
    pub fn mean(&self, channel: Channel, counts: impl Fn(usize) -> bool) -> Option<(f64, f64)> {
        let picked = self.activity.samples.recorded(channel).filter(|(i, _)| counts(*i));
        let (sum, seconds) = picked
            .fold((0.0, 0.0), |(sum, seconds), (i, value)| (sum + value * self.seconds[i], seconds + self.seconds[i]));
        (seconds > 0.0).then(|| (sum / seconds, seconds))
    }
}

fn median_interval_s(time: &[f64]) -> f64 {
    // Some hundred intervals tell the recording rate as well as all of them.
    let stride = (time.len() / 512).max(1);
    let mut intervals: Vec<f64> = time.windows(2).step_by(stride).map(|pair| pair[1] - pair[0]).collect();
    let middle = intervals.len() / 2;
    if intervals.is_empty() { 0.0 } else { *intervals.select_nth_unstable_by(middle, f64::total_cmp).1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Format, Samples};
    use crate::time::Timestamp;

    fn activity(times: &[f64], pauses: &[(f64, f64)]) -> Activity {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.samples = Samples::new(times.to_vec());
        activity.pauses = pauses.iter().map(|&(from_s, to_s)| Span { from_s, to_s }).collect();
        activity
    }

    #[test]
    fn pauses_and_long_gaps_do_not_count() {
        let activity = activity(&[0.0, 1.0, 2.0, 3.0, 13.0, 14.0, 114.0, 115.0], &[(4.0, 12.0)]);
        let trace = Trace::new(&activity);
        assert_eq!(trace.seconds(), [0.0, 1.0, 1.0, 1.0, 2.0, 1.0, 0.0, 1.0]);
        assert_eq!(trace.recorded_s(), 7.0);
    }

    #[test]
    fn sparse_recordings_have_sparse_samples_not_gaps() {
        let activity = activity(&[0.0, 60.0, 120.0, 180.0], &[]);
        assert_eq!(Trace::new(&activity).recorded_s(), 180.0);
    }
}
