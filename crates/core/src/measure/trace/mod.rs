//! The samples of one activity, made ready for metrics and form: what stretch of time each stands
//! for.

mod catch_up;
mod correction;
mod grade;
mod heart_rate_quality;
mod proportion;
mod steady;
mod way;

use std::cell::OnceCell;
use std::ops::Range;

use crate::measure::trace::heart_rate_quality::Trusted;
use kneewise_read::activity::{Activity, Channel, Note, NoteKind};
use kneewise_read::climb::Climbed;
use kneewise_read::climb::altitude::Altitude;
use kneewise_read::limits::MOVING_MPS;
use kneewise_read::sample_time::SampleTime;
use kneewise_read::witness::{Decision, Reason, Witness};

use proportion::Lone;
pub(crate) use proportion::MOST_TIMES_FAST_END;
pub(crate) use steady::STEP_RATES_SPM;
pub(crate) use way::{Leg, Way};

/// An activity whose samples know how long they last.
///
/// A sample stands for the time since the one before it. Time in pauses does not count, and neither
/// does a gap in the recording that is longer than [`Trace::longest_gap_s`]: nobody knows what
/// happened in it.
#[derive(Debug)]
pub struct Trace<'a> {
    /// The activity itself.
    pub activity: &'a Activity,
    time: SampleTime,
    altitude: OnceCell<Option<Altitude>>,
    climbed: OnceCell<Option<Climbed>>,
    grade: OnceCell<Option<grade::Grade>>,
    steady: OnceCell<Vec<u32>>,
    heart_rate: OnceCell<Trusted>,
    clocked: OnceCell<Vec<(f64, f64)>>,
    stretches: OnceCell<Vec<Range<usize>>>,
    way: OnceCell<Way>,
    correction: OnceCell<f64>,
    motion_s: OnceCell<(f64, f64)>,
    thirds: OnceCell<(usize, usize)>,
    fast_end_mps: OnceCell<Option<f64>>,
    lone: OnceCell<Vec<Lone>>,
}

/// Speeds are counted in steps of a tenth of a metre per second.
const SPEEDS_PER_MPS: f64 = 10.0;

/// The speed in metres per second that this share of the seconds, counted by speed, exceeds.
fn exceeded_mps(by_speed_s: &[f64], share: f64) -> Option<f64> {
    let exceeding_s = share * by_speed_s.iter().sum::<f64>();
    let mut faster_s = 0.0;
    let exceeded = by_speed_s.iter().rposition(|seconds| {
        faster_s += seconds;
        faster_s >= exceeding_s && exceeding_s > 0.0
    });
    exceeded.map(|bin| (bin + 1) as f64 / SPEEDS_PER_MPS)
}

/// Fewer seconds without a speed are a stutter (seconds).
const WORTH_A_NOTE_S: f64 = 60.0;

impl<'a> Trace<'a> {
    /// Prepares an activity.
    pub fn new(activity: &'a Activity) -> Self {
        let time = SampleTime::of(activity.samples.time_s(), &activity.pauses);
        Self {
            activity,
            time,
            altitude: OnceCell::new(),
            climbed: OnceCell::new(),
            grade: OnceCell::new(),
            steady: OnceCell::new(),
            heart_rate: OnceCell::new(),
            clocked: OnceCell::new(),
            stretches: OnceCell::new(),
            way: OnceCell::new(),
            correction: OnceCell::new(),
            motion_s: OnceCell::new(),
            thirds: OnceCell::new(),
            fast_end_mps: OnceCell::new(),
            lone: OnceCell::new(),
        }
    }

    /// Returns seconds that each sample stands for, as many as there are samples.
    pub fn seconds(&self) -> &[f64] {
        &self.time.seconds
    }

    /// Returns the longest silence between samples that still counts as recorded, in seconds.
    pub fn longest_gap_s(&self) -> f64 {
        self.time.longest_gap_s
    }

    /// Returns seconds recorded, pauses and gaps left out.
    pub fn recorded_s(&self) -> f64 {
        self.time.recorded_s
    }

    /// Returns whether the runner was moving (at 1 m/s or more) at each sample; `None` when no
    /// speed is known. A sample without a speed is not moving, and [not standing](Trace::standing)
    /// either.
    pub fn moving(&self) -> Option<impl Fn(usize) -> bool> {
        let speed = self.activity.samples.column(Channel::Speed)?;
        Some(move |i: usize| speed[i] >= MOVING_MPS)
    }

    /// Returns whether the runner was standing or strolling (slower than 1 m/s) at each sample;
    /// `None` when no speed is known.
    pub fn standing(&self) -> Option<impl Fn(usize) -> bool> {
        let speed = self.activity.samples.column(Channel::Speed)?;
        Some(move |i: usize| speed[i] < MOVING_MPS)
    }

    /// Seconds of the samples at 1 m/s or faster, and of all with a speed.
    pub(crate) fn motion_s(&self) -> (f64, f64) {
        *self.motion_s.get_or_init(|| {
            let speed = self.activity.samples.column(Channel::Speed).unwrap_or_default();
            let add = |(moving_s, known_s): (f64, f64), (mps, seconds): (&f64, &f64)| {
                let if_so = |is_so| if is_so { *seconds } else { 0.0 };
                (moving_s + if_so(*mps >= MOVING_MPS), known_s + if_so(!mps.is_nan()))
            };
            speed.iter().zip(&self.time.seconds).fold((0.0, 0.0), add)
        })
    }

    /// The speed that a tenth of the time in motion exceeds, in metres per second; `None` without
    /// any.
    pub(crate) fn fast_end_mps(&self) -> Option<f64> {
        *self.fast_end_mps.get_or_init(|| exceeded_mps(&self.seconds_by_speed()?, 0.1))
    }

    /// The same without what is far faster than half of the time: one long ride in a car is no fast
    /// end of a run.
    fn usual_fast_end_mps(&self) -> Option<f64> {
        const FAR: f64 = 1.6;
        let mut by_speed_s = self.seconds_by_speed()?;
        let most_mps = FAR * exceeded_mps(&by_speed_s, 0.5)?;
        by_speed_s.iter_mut().skip((most_mps * SPEEDS_PER_MPS) as usize).for_each(|seconds| *seconds = 0.0);
        exceeded_mps(&by_speed_s, 0.1)
    }

    /// Seconds in motion by speed, in steps of a tenth of a metre per second: nothing is sorted.
    fn seconds_by_speed(&self) -> Option<[f64; 150]> {
        let speed = self.activity.samples.column(Channel::Speed)?;
        let mut by_speed_s = [0.0; 150];
        for (mps, seconds) in speed.iter().zip(&self.time.seconds).filter(|(mps, _)| **mps >= MOVING_MPS) {
            by_speed_s[((mps * SPEEDS_PER_MPS) as usize).min(149)] += seconds;
        }
        Some(by_speed_s)
    }

    /// The stretches that are too fast for the rest of the run, where no step rate says that they
    /// were run.
    fn lone_stretches(&self) -> &[Lone] {
        self.lone.get_or_init(|| {
            let Some(usual_mps) = self.usual_fast_end_mps() else { return Vec::new() };
            let mut lone = proportion::lone(self.clocked(), &self.unbroken(), usual_mps);
            lone.retain(|lone| !self.is_run_by_steps(lone));
            lone
        })
    }

    fn is_run_by_steps(&self, lone: &Lone) -> bool {
        let (time, clocked) = (self.activity.samples.time_s(), self.clocked());
        let (from_s, to_s) = (clocked[lone.points.start].0, clocked[lone.points.end].0);
        let is_own = |i: usize| (from_s..=to_s).contains(&time[i]);
        let own = self.mean(Channel::StepRate, is_own);
        let usual = self.mean(Channel::StepRate, |i| !is_own(i) && self.moving().is_none_or(|is_moving| is_moving(i)));
        own.zip(usual).is_some_and(|((own_spm, _), (usual_spm, _))| lone.is_run_by_steps(own_spm, usual_spm))
    }

    fn disproportionate(&self) -> impl Iterator<Item = Note> {
        self.lone_stretches().iter().map(|Lone { metres, seconds, .. }| {
            let text = format!(
                "{metres:.0} m in {seconds:.0} s are far too fast for the rest of the run; no best is made of them"
            );
            Note::new(NoteKind::Distance, text)
        })
    }

    /// How far to trust the altitude; `None` where none was recorded.
    pub(crate) fn altitude(&self) -> Option<Altitude> {
        *self.altitude.get_or_init(|| Altitude::of(&self.activity.samples))
    }

    /// Metres up and down by the altitude; `None` where none was recorded.
    pub(crate) fn climbed(&self) -> Option<Climbed> {
        *self.climbed.get_or_init(|| Climbed::along(&self.activity.samples, self.altitude()?))
    }

    /// Returns how steep the ground is at each sample, in metres up per metre along; NaN where a
    /// sample does not tell, `None` where no altitude or no distance was recorded. Worked out when
    /// it is first asked for.
    pub fn grade(&self) -> Option<&[f64]> {
        self.grade_and_window().map(|grade| grade.column.as_slice())
    }

    /// The grade with the metres that it is looked at over.
    pub(crate) fn grade_and_window(&self) -> Option<&grade::Grade> {
        self.grade.get_or_init(|| grade::along(&self.activity.samples, self.altitude()?)).as_ref()
    }

    /// Returns the samples of steady running on the flat, in order, over which form is looked at:
    /// at least 1.5 m/s, less than 2% grade (where an altitude tells), ten seconds or more from
    /// the start, the end and every pause, and with a plausible step rate where there is one.
    pub fn steady(&self) -> &[u32] {
        self.steady.get_or_init(|| steady::steady(self))
    }

    /// Returns the heart rate at each sample in beats per minute, NaN where it was not recorded or
    /// cannot be the heart's: locked on to the steps, jumping, or stuck. `None` where none was
    /// recorded.
    pub fn heart_rate(&self) -> Option<&[f64]> {
        self.trusted().column.as_deref().or_else(|| self.activity.samples.column(Channel::HeartRate))
    }

    /// Returns whether no recorded heart rate is left out of [`Trace::heart_rate`].
    pub fn trusts_every_heart_rate(&self) -> bool {
        self.trusted().column.is_none()
    }

    /// Returns what a reader of the figures should know, beyond the activity's own notes.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        let of_way = self.way().notes(self.correction());
        let of_speed = self.speedless().into_iter().chain(self.disproportionate());
        of_way.chain(self.decided()).chain(of_speed).chain(self.trusted().notes())
    }

    /// Returns what metres of the samples are multiplied by, so that they add up to the distance of
    /// the run: 1 but for a device's total that differs from its samples, as after a correction on
    /// a treadmill.
    ///
    /// Whatever is worked out from the distance of samples is multiplied by it: pace, graded pace,
    /// best times and splits.
    pub fn correction(&self) -> f64 {
        *self.correction.get_or_init(|| correction::correction(self))
    }

    /// Returns what the speed and the step length of samples are multiplied by: the
    /// [`Trace::correction`], but for a speed that was recorded by a device without a distance,
    /// which then stands as it is.
    pub fn speed_correction(&self) -> f64 {
        let samples = &self.activity.samples;
        let is_apart = samples.is_worked_out(Channel::Distance) && !samples.is_worked_out(Channel::Speed);
        if is_apart || self.is_corrected() { 1.0 } else { self.correction() }
    }

    /// Whether the samples cover the timer, so that a total is the total of what they recorded.
    pub(crate) fn covers_timer(&self) -> bool {
        correction::covers(self)
    }

    /// Returns whether somebody corrected the distance afterwards by more than watches err: it says
    /// how far the run went and nothing of any stretch of it.
    pub fn is_corrected(&self) -> bool {
        let decision = correction::distance_decision(self.activity);
        decision.is_some_and(|decision| decision.reason == Reason::Corrected)
    }

    /// Whether the samples hold more than the run, or another distance than the one that is
    /// believed: pace then follows from the totals.
    pub(crate) fn is_told_by_totals(&self) -> bool {
        let decision = correction::distance_decision(self.activity);
        let is_total = |decision: &Decision| !matches!(decision.believed, Some(Witness::Samples | Witness::Positions));
        let is_so =
            |reason| matches!(reason, Reason::StrolledWhileStopped | Reason::PositionsWander | Reason::PositionsAgree);
        decision.is_some_and(|decision| is_total(decision) && is_so(decision.reason))
    }

    /// A missing speed is neither running nor standing.
    fn speedless(&self) -> Option<Note> {
        let without_s = self.time.recorded_s - self.motion_s().1;
        let is_worth_a_note = self.activity.samples.column(Channel::Speed).is_some() && without_s >= WORTH_A_NOTE_S;
        let text = || format!("{without_s:.0} s without a speed count neither as moving nor as standing");
        is_worth_a_note.then(|| Note::new(NoteKind::Samples, text()))
    }

    /// What was decided where sources contradict each other.
    fn decided(&self) -> impl Iterator<Item = Note> {
        self.activity.decisions.iter().filter_map(Decision::note)
    }

    fn trusted(&self) -> &Trusted {
        self.heart_rate.get_or_init(|| Trusted::of(self.activity, &self.time.seconds))
    }

    /// The way as (seconds since the start, metres), metres never falling: the distance as
    /// recorded, but for the catch-ups of a counter that stood still, which are
    /// [spread](catch_up::spread) by the speed where one was recorded, scaled to the distance of
    /// the run.
    pub(crate) fn clocked(&self) -> &[(f64, f64)] {
        self.clocked.get_or_init(|| {
            let (mut clocked, by) = (self.without_catch_ups(), self.correction());
            for point in &mut clocked {
                point.1 *= by;
            }
            clocked
        })
    }

    /// Where [`Trace::clocked`] goes on without a silence of more than [`Trace::longest_gap_s`],
    /// and without a stretch that is out of all proportion to the run: what a best may be made of.
    pub(crate) fn stretches(&self) -> &[Range<usize>] {
        self.stretches.get_or_init(|| {
            let without_lone = |stretch: Range<usize>| {
                let own = self.lone_stretches().iter().map(|lone| lone.points.clone());
                proportion::without(stretch.clone(), own.filter(|lone| stretch.contains(&lone.start)))
            };
            let unbroken = self.unbroken().into_iter().flat_map(without_lone);
            match self.fast_end_mps() {
                Some(mps) => unbroken.flat_map(|stretch| proportion::parts(self.clocked(), stretch, mps)).collect(),
                None => unbroken.collect(),
            }
        })
    }

    /// Where [`Trace::clocked`] goes on without a silence of more than [`Trace::longest_gap_s`].
    fn unbroken(&self) -> Vec<Range<usize>> {
        let mut from = 0;
        let unbroken = self.clocked().chunk_by(|a, b| b.0 - a.0 <= self.time.longest_gap_s);
        let of_points = |stretch: &[(f64, f64)]| {
            let stretch = from..from + stretch.len();
            from = stretch.end;
            stretch
        };
        unbroken.map(of_points).collect()
    }

    fn without_catch_ups(&self) -> Vec<(f64, f64)> {
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
        let by_speed: Vec<f64> = indices.map(|i| speed[i].max(0.0) * self.time.seconds[i]).collect();
        let mut from = 0;
        for stretch in clocked.chunk_by_mut(|a, b| b.0 - a.0 <= self.time.longest_gap_s) {
            catch_up::spread(stretch, &by_speed[from..from + stretch.len()]);
            from += stretch.len();
        }
        clocked
    }

    /// The metres of the recording, and which of them have a time.
    pub(crate) fn way(&self) -> &Way {
        self.way.get_or_init(|| Way::of(self))
    }

    /// Seconds of all silences of more than [`Trace::longest_gap_s`], pauses left out.
    pub(crate) fn silent_s(&self) -> f64 {
        self.time.silent_s()
    }

    /// The samples of the first and of the last third of the recorded time; `None` where that is
    /// less than `at_least_s`.
    pub(crate) fn thirds(&self, at_least_s: f64) -> Option<(Range<usize>, Range<usize>)> {
        let total_s = self.recorded_s();
        let (one, two) = *self.thirds.get_or_init(|| {
            let (mut ends, mut elapsed_s) = ([0, 0], 0.0);
            for seconds in &self.time.seconds {
                elapsed_s += seconds;
                ends[0] += usize::from(elapsed_s <= total_s / 3.0);
                ends[1] += usize::from(elapsed_s <= total_s * 2.0 / 3.0);
            }
            (ends[0], ends[1])
        });
        (total_s >= at_least_s).then_some((0..one, two..self.time.seconds.len()))
    }

    /// Returns the mean of a channel over the samples that `counts` picks, weighted by their time:
    /// the value and the seconds it rests on.
    pub fn mean(&self, channel: Channel, counts: impl Fn(usize) -> bool) -> Option<(f64, f64)> {
        let picked = self.activity.samples.recorded(channel).filter(|(i, _)| counts(*i));
        let (sum, seconds) = picked.fold((0.0, 0.0), |(sum, seconds), (i, value)| {
            (sum + value * self.time.seconds[i], seconds + self.time.seconds[i])
        });
        (seconds > 0.0).then(|| (sum / seconds, seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_read::activity::{Format, Samples, Span};
    use kneewise_read::time::Timestamp;

    pub(super) fn activity(times: &[f64], pauses: &[(f64, f64)]) -> Activity {
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
