//! A recording cut at every kilometre or mile.

use crate::measure::trace::Trace;
use kneewise_read::activity::Channel;

/// One stretch of a recording.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DistanceSplit {
    /// Where it begins, in metres from the first sample with a distance.
    pub from_m: f64,
    /// Where it ends; the last one ends where the recording does.
    pub to_m: f64,
    /// Metres of it along which there are samples: less than its length where it reaches over a gap
    /// in the recording, or over a pause in which the runner moved on. Time, speed and means are
    /// those of this part.
    pub sampled_m: f64,
    /// Seconds of recording, pauses and gaps left out.
    pub seconds: f64,
    /// Mean heart rate in beats per minute, weighted by time.
    pub heart_rate_bpm: Option<f64>,
    /// Mean step rate in steps per minute, weighted by time, over samples that have one.
    pub step_rate_spm: Option<f64>,
    /// Altitude at the end less that at the start, in metres.
    pub altitude_change_m: Option<f64>,
}

impl DistanceSplit {
    /// Returns mean speed in metres per second over the part with samples; NaN where there is none.
    pub fn speed_mps(&self) -> f64 {
        self.sampled_m / self.seconds
    }

    /// Returns whether samples lie along all of it, but for some metres of drift.
    pub fn is_sampled(&self) -> bool {
        self.to_m - self.from_m - self.sampled_m < DRIFT_M
    }
}

/// So few metres without samples (metres) are not worth a word.
const DRIFT_M: f64 = 10.0;

/// More than any run has: a made-up distance costs no more.
const MAX_SPLITS: usize = 10_000;

/// Cuts a recording at every `every_m` metres of its distance; empty where no distance is known.
///
/// Where the device's total differs from its samples, these are scaled to it
/// ([`Trace::correction`]). A sample's time is shared between the splits that it reaches into, as
/// if its speed were even. Metres across a gap in the recording move the cuts, as they do on the
/// watch, and count in no split's speed.
pub fn splits(trace: &Trace, every_m: f64) -> Vec<DistanceSplit> {
    let samples = &trace.activity.samples;
    let Some(distance) = samples.column(Channel::Distance) else { return Vec::new() };
    let column = |channel| samples.column(channel);
    let (heart_rate, step_rate, altitude) = (trace.heart_rate(), column(Channel::StepRate), column(Channel::Altitude));
    let at = |column: Option<&[f64]>, i: usize| column.map(|values| values[i]).filter(|value| !value.is_nan());
    let by = trace.correction();
    let known = distance.iter().copied().find(|metres| !metres.is_nan());
    // A leg of several sports goes on with the distance of the leg before.
    let Some(start_m) = known.filter(|_| every_m > 0.0) else { return Vec::new() };
    let mut before_m = 0.0;
    let mut splits: Vec<DistanceSplit> = Vec::new();
    let mut open = Open::new(before_m);
    let mut untold_s = 0.0;
    let mut untimed = trace.way().untimed.iter().peekable();
    for (i, to_m) in distance.iter().map(|metres| (metres - start_m) * by).enumerate() {
        let seconds = trace.seconds()[i] + untold_s;
        if to_m.is_nan() {
            untold_s = seconds;
            continue;
        }
        untold_s = 0.0;
        let is_timed = untimed.next_if(|at| **at == i).is_none();
        let seconds = if is_timed { seconds } else { 0.0 };
        let counts = f64::from(u8::from(is_timed));
        let altitude = at(altitude, i);
        open.altitude_m = open.altitude_m.or(altitude);
        let stretch_m = to_m - before_m;
        let mut left_s = seconds;
        while to_m - open.from_m >= every_m && splits.len() < MAX_SPLITS {
            let cut_m = open.from_m + every_m;
            let share_s = if stretch_m > 0.0 { (seconds * (cut_m - before_m) / stretch_m).min(left_s) } else { 0.0 };
            open.sampled_m += counts * (cut_m - before_m);
            before_m = cut_m;
            left_s -= share_s;
            open.add(share_s, at(heart_rate, i), at(step_rate, i));
            splits.push(open.close(cut_m, altitude));
            open = Open { altitude_m: altitude, ..Open::new(cut_m) };
        }
        open.sampled_m += counts * (to_m - before_m);
        open.add(left_s, at(heart_rate, i), at(step_rate, i));
        open.last_altitude_m = altitude.or(open.last_altitude_m);
        before_m = to_m;
    }
    if before_m > open.from_m && (open.seconds > 0.0 || open.sampled_m < before_m - open.from_m) {
        let altitude = open.last_altitude_m;
        splits.push(open.close(before_m, altitude));
    }
    splits
}

/// A split that is not over yet.
struct Open {
    from_m: f64,
    sampled_m: f64,
    seconds: f64,
    heart_rate: Mean,
    step_rate: Mean,
    altitude_m: Option<f64>,
    last_altitude_m: Option<f64>,
}

#[derive(Default)]
struct Mean {
    sum: f64,
    seconds: f64,
}

impl Mean {
    fn add(&mut self, value: Option<f64>, seconds: f64) {
        if let Some(value) = value {
            self.sum += value * seconds;
            self.seconds += seconds;
        }
    }

    fn get(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.sum / self.seconds)
    }
}

impl Open {
    fn new(from_m: f64) -> Self {
        let (heart_rate, step_rate) = (Mean::default(), Mean::default());
        Self { from_m, sampled_m: 0.0, seconds: 0.0, heart_rate, step_rate, altitude_m: None, last_altitude_m: None }
    }

    fn add(&mut self, seconds: f64, heart_rate: Option<f64>, step_rate: Option<f64>) {
        self.seconds += seconds;
        self.heart_rate.add(heart_rate, seconds);
        self.step_rate.add(step_rate, seconds);
    }

    fn close(&self, to_m: f64, altitude_m: Option<f64>) -> DistanceSplit {
        DistanceSplit {
            from_m: self.from_m,
            to_m,
            sampled_m: self.sampled_m,
            seconds: self.seconds,
            heart_rate_bpm: self.heart_rate.get(),
            step_rate_spm: self.step_rate.get(),
            altitude_change_m: self.altitude_m.zip(altitude_m).map(|(from, to)| to - from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_read::activity::{Activity, Format, Samples};
    use kneewise_read::time::Timestamp;
    use proptest::prelude::*;

    fn activity(times: Vec<f64>, metres: Vec<f64>) -> Activity {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.samples = Samples::new(times);
        activity.samples.set(Channel::Distance, metres);
        activity
    }

    #[test]
    fn the_time_at_a_kilometre_lies_between_samples() {
        let mut run = activity(vec![0.0, 10.0, 20.0, 30.0], vec![0.0, 60.0, 140.0, 180.0]);
        run.samples.set(Channel::HeartRate, vec![f64::NAN, 140.0, 150.0, 160.0]);
        run.samples.set(Channel::Altitude, vec![400.0, 401.0, 405.0, 404.0]);
        let cut = splits(&Trace::new(&run), 100.0);
        assert_eq!(
            cut.iter().map(|split| (split.to_m, split.seconds)).collect::<Vec<_>>(),
            [(100.0, 15.0), (180.0, 15.0)]
        );
        assert_eq!(cut[0].heart_rate_bpm, Some((140.0 * 10.0 + 150.0 * 5.0) / 15.0));
        assert_eq!(cut.iter().map(|split| split.altitude_change_m).collect::<Vec<_>>(), [Some(5.0), Some(-1.0)]);
    }

    #[test]
    fn a_leg_that_goes_on_with_the_distance_of_another_has_splits_of_its_own() {
        let alone = activity(vec![0.0, 10.0, 20.0, 30.0], vec![0.0, 60.0, 140.0, 180.0]);
        let leg = activity(vec![0.0, 10.0, 20.0, 30.0], vec![41_530.0, 41_590.0, 41_670.0, 41_710.0]);
        assert_eq!(splits(&Trace::new(&leg), 100.0), splits(&Trace::new(&alone), 100.0));
    }

    #[test]
    fn no_distance_no_splits_and_a_jump_of_kilometres_is_one() {
        assert!(splits(&Trace::new(&activity(vec![0.0, 1.0], vec![f64::NAN; 2])), 1000.0).is_empty());
        let jump = splits(&Trace::new(&activity(vec![0.0, 10.0], vec![0.0, 2500.0])), 1000.0);
        assert_eq!(jump.iter().map(|split| split.seconds).collect::<Vec<_>>(), [4.0, 4.0, 2.0]);
    }

    #[test]
    fn a_split_across_a_gap_has_the_pace_of_its_samples() {
        let times: Vec<f64> = (0..1000).filter(|i| !(300..700).contains(i)).map(f64::from).collect();
        let metres = times.iter().map(|seconds| 4.0 * seconds).collect();
        let cut = splits(&Trace::new(&activity(times, metres)), 1000.0);
        let speeds: Vec<f64> = cut.iter().map(DistanceSplit::speed_mps).collect();
        assert_eq!(speeds[..1], [4.0], "before the gap");
        assert!(
            (speeds[1] - 4.0).abs() < 1e-9 && speeds[2..].iter().all(|speed| (speed - 4.0).abs() < 1e-9),
            "{speeds:?}"
        );
        assert_eq!(cut.iter().map(|split| split.sampled_m).collect::<Vec<_>>(), [1000.0, 196.0, 200.0, 996.0]);
        assert_eq!(cut.iter().map(DistanceSplit::is_sampled).collect::<Vec<_>>(), [true, false, false, true]);
        let times = vec![0.0, 1.0, 2.0, 3.0, 1003.0, 1004.0];
        let metres = vec![0.0, 4.0, 8.0, 12.0, 3012.0, 3016.0];
        let cut = splits(&Trace::new(&activity(times, metres)), 1000.0);
        assert!(cut[1].speed_mps().is_nan() && cut[1].sampled_m == 0.0, "nothing but a gap");
    }

    #[test]
    fn splits_end_at_the_device_s_corrected_total() {
        let mut run = activity((0..=3000).map(f64::from).collect(), (0..=3000).map(|i| 3.0 * f64::from(i)).collect());
        run.totals.distance_m = Some(9900.0);
        let cut = splits(&Trace::new(&run), 1000.0);
        let last = cut.last().expect("splits");
        assert!((last.to_m - 9900.0).abs() < 1e-6 && cut.len() == 10, "{last:?}");
        assert!(cut.iter().all(|split| (split.speed_mps() - 3.3).abs() < 1e-9), "{cut:?}");
    }

    proptest! {
        #[test]
        fn splits_add_up_to_the_whole(steps in prop::collection::vec(0.0..900.0f64, 2..60), every in 50.0..2000.0f64) {
            let times: Vec<f64> = (0..steps.len()).map(|i| i as f64).collect();
            let metres: Vec<f64> = steps.iter().scan(0.0, |sum, step| { *sum += step; Some(*sum) }).collect();
            let run = activity(times, metres.clone());
            let trace = Trace::new(&run);
            let cut = splits(&trace, every);
            let total: f64 = cut.iter().map(|split| split.to_m - split.from_m).sum();
            prop_assert!((total - (metres[metres.len() - 1] - metres[0])).abs() < 1e-6);
            let seconds: f64 = cut.iter().map(|split| split.seconds).sum();
            // What is left behind the last cut without a metre run belongs to no split.
            prop_assert!(seconds <= trace.recorded_s() + 1e-9);
            prop_assert!(cut.iter().rev().skip(1).all(|split| (split.to_m - split.from_m - every).abs() < 1e-6));
        }
    }
}
