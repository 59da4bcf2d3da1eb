//! Speed from distance, where a file has none of its own.

use crate::activity::{Activity, Channel, Note, NoteKind};

use super::super::way::is_stopped_between;
use super::{fastest_mps, known};
use crate::limits::MOVING_MPS;
use crate::sample_time::median_interval_s;

/// A recorded speed is used where at least this share of the samples with a distance has one.
const ENOUGH_SPEED: f64 = 0.8;

/// The speed at a sample is the mean this far to either side (seconds).
const HALF_WINDOW_S: f64 = 5.0;

/// A speed that is missing for less than this (seconds) is filled in without a word.
const WORTH_A_NOTE_S: f64 = 60.0;

/// Works out speed from distance where the file has none, or hardly any, and where single samples
/// lack it: the mean over some seconds around each sample.
pub(super) fn work_out(activity: &mut Activity) {
    drop_zeros_in_motion(activity);
    drop_other_unit(activity);
    fill(activity);
    slow_down_across_stops(activity);
}

/// A recorded speed that adds up to less or more than these shares of the distance is in another
/// unit, or of another sensor that went wrong.
const SHARE_OF_DISTANCE: std::ops::RangeInclusive<f64> = 0.45..=2.2;

/// Of less time (seconds), and of fewer steps from sample to sample, it cannot be told.
const LONG_ENOUGH_S: f64 = 60.0;
const FEWEST_STEPS: usize = 20;

/// Drops a recorded speed that the distance contradicts by far, and says so.
fn drop_other_unit(activity: &mut Activity) {
    let samples = &activity.samples;
    let (Some(speed), Some(distance)) = (samples.column(Channel::Speed), samples.column(Channel::Distance)) else {
        return;
    };
    let time = samples.time_s();
    let longest_s = STOP_S.max(STOP_IN_INTERVALS * median_interval_s(time));
    let (mut by_speed_m, mut metres, mut seconds, mut steps) = (0.0, 0.0, 0.0, 0);
    for i in 1..time.len() {
        let (step_m, step_s) = (distance[i] - distance[i - 1], time[i] - time[i - 1]);
        if step_m > 0.0 && speed[i] >= 0.0 && step_s <= longest_s {
            (by_speed_m, metres, seconds) = (by_speed_m + speed[i] * step_s, metres + step_m, seconds + step_s);
            steps += 1;
        }
    }
    let share = by_speed_m / metres;
    let is_told = seconds >= LONG_ENOUGH_S && steps >= FEWEST_STEPS;
    if !is_told || metres < MOVING_MPS * seconds || SHARE_OF_DISTANCE.contains(&share) {
        return;
    }
    activity.samples.clear(Channel::Speed);
    let text =
        format!("the recorded speed adds up to {share:.2} times the distance; speed is worked out from the distance");
    activity.notes.push(Note::new(NoteKind::Samples, text));
}

/// Further away (seconds) nothing tells of a sample's speed.
const FURTHEST_S: f64 = 60.0;

/// Drops recorded speeds of 0 where the distance grows before and after: they are missing speeds.
fn drop_zeros_in_motion(activity: &mut Activity) {
    let samples = &activity.samples;
    let (Some(speed), Some(distance)) = (samples.column(Channel::Speed), samples.column(Channel::Distance)) else {
        return;
    };
    if speed.iter().map(|mps| usize::from(*mps == 0.0)).sum::<usize>() == 0 {
        return;
    }
    let time = samples.time_s();
    // The mean speed from a sample to the last known distance within reach on one side of it.
    let mean_mps = |i: usize, side: &mut dyn Iterator<Item = usize>| {
        let mut furthest = None;
        for j in side {
            if !distance[j].is_nan() {
                furthest = Some(j);
            }
            let seconds = (time[j] - time[i]).abs();
            if seconds >= FURTHEST_S || seconds >= HALF_WINDOW_S && furthest.is_some() {
                break;
            }
        }
        let j = furthest?;
        let seconds = (time[j] - time[i]).abs();
        (seconds > 0.0).then(|| (distance[j] - distance[i]).abs() / seconds)
    };
    let is_wrong = |i: usize| {
        if speed[i] != 0.0 || distance[i].is_nan() {
            return false;
        }
        let before = mean_mps(i, &mut (0..i).rev());
        let after = mean_mps(i, &mut (i + 1..time.len()));
        // Who comes to a stop is fast on one side only.
        before.or(after).is_some_and(|mps| mps >= MOVING_MPS) && after.is_none_or(|mps| mps >= MOVING_MPS)
    };
    let wrong: Vec<usize> = (0..time.len()).filter(|&i| is_wrong(i)).collect();
    for i in wrong {
        activity.samples.column_mut(Channel::Speed)[i] = f64::NAN;
    }
    activity.samples.drop_if_missing(Channel::Speed);
}

/// A longer time between samples than this (seconds), and than so many usual intervals, may hold a
/// stop.
const STOP_S: f64 = 10.0;
const STOP_IN_INTERVALS: f64 = 3.0;

/// A shorter one is a stop where hardly anything was covered in it.
const SHORT_STOP_S: f64 = 4.0;
const SHORT_STOP_IN_INTERVALS: f64 = 1.9;

/// Gives the sample after a stop that nobody marked the speed of the whole time that it stands for.
fn slow_down_across_stops(activity: &mut Activity) {
    let time = activity.samples.time_s();
    let interval_s = median_interval_s(time);
    let longest_s = STOP_S.max(STOP_IN_INTERVALS * interval_s);
    let shortest_s = SHORT_STOP_S.max(SHORT_STOP_IN_INTERVALS * interval_s);
    let (Some(speed), Some(distance)) =
        (activity.samples.column(Channel::Speed), activity.samples.column(Channel::Distance))
    else {
        return;
    };
    let mut slow = Vec::new();
    for i in (1..time.len()).filter(|&i| time[i] - time[i - 1] > shortest_s) {
        let seconds = time[i] - time[i - 1];
        let mps = (distance[i] - distance[i - 1]) / seconds;
        // Of a short gap only one in which nothing was covered is a stop.
        let slowest_mps = if seconds > longest_s { MOVING_MPS } else { MOVING_MPS / 4.0 };
        if mps < slowest_mps && speed[i] >= MOVING_MPS && !is_stopped_between(&activity.pauses, time[i - 1], time[i]) {
            slow.push((i, mps.max(0.0)));
        }
    }
    for (i, mps) in slow {
        activity.samples.column_mut(Channel::Speed)[i] = mps;
    }
}

/// Works out speed where the file has none, or hardly any.
fn fill(activity: &mut Activity) {
    let samples = &activity.samples;
    let Some(distance) = samples.column(Channel::Distance) else { return };
    let recorded = samples.column(Channel::Speed);
    let with_speed = recorded.map_or(0, known);
    let is_enough = |of: usize| with_speed > 0 && with_speed as f64 >= ENOUGH_SPEED * of as f64;
    let time = samples.time_s();
    let n = time.len();
    if with_speed == n {
        return;
    }
    // What was recorded stays where there is enough of it; a missing speed is not one of 0.
    let kept = recorded.filter(|_| is_enough(n) || is_enough(known(distance)));
    let is_wanted = |i: usize| !distance[i].is_nan() && kept.is_none_or(|speed| speed[i].is_nan());
    if !(0..n).any(is_wanted) {
        return;
    }
    let fastest = fastest_mps(activity.sport);
    let mut speed = kept.map_or_else(|| vec![f64::NAN; n], <[f64]>::to_vec);
    let mut filled_s = 0.0;
    // The window around a sample: from its first to its last known distance, and where to look for
    // the next.
    let (mut from, mut to, mut ahead) = (0, 0, 0);
    let mut before = None;
    for i in (0..n).filter(|&i| !distance[i].is_nan()) {
        while from < i && (distance[from].is_nan() || time[from] < time[i] - HALF_WINDOW_S) {
            from += 1;
        }
        while ahead < n && (distance[ahead].is_nan() || time[ahead] <= time[i] + HALF_WINDOW_S) {
            to = if distance[ahead].is_nan() { to } else { ahead };
            ahead += 1;
        }
        // Points further apart than the window still have a speed: that since the last point.
        let b = to.max(i);
        let a = if from == b { before.unwrap_or(b) } else { from };
        let seconds = time[b] - time[a];
        if is_wanted(i) && seconds > 0.0 && !is_stopped_between(&activity.pauses, time[a], time[b]) {
            // A counter that lags can catch up at a speed that nobody has.
            speed[i] = Some((distance[b] - distance[a]) / seconds)
                .filter(|mps| *mps <= fastest)
                .map_or(f64::NAN, |mps| mps.max(0.0));
            let since_s = time[i] - before.map_or(time[i], |before| time[before]);
            filled_s += if speed[i].is_nan() { 0.0 } else { since_s.min(WORTH_A_NOTE_S) };
        }
        before = Some(i);
    }
    if kept.is_none() {
        activity.samples.set_worked_out(Channel::Speed, speed);
        return;
    }
    activity.samples.set(Channel::Speed, speed);
    if filled_s >= WORTH_A_NOTE_S {
        let text = format!("{filled_s:.0} s without a recorded speed: there it is worked out from the distance");
        activity.notes.push(Note::new(NoteKind::Samples, text));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;
    use crate::activity::{Format, Samples, Span};

    fn speeds(time: &[f64], metres: &[f64], pauses: &[Span]) -> Vec<(usize, f64)> {
        let mut activity = empty(Format::Tcx, Samples::new(time.to_vec()));
        activity.samples.set(Channel::Distance, metres.to_vec());
        activity.pauses = pauses.to_vec();
        work_out(&mut activity);
        activity.samples.recorded(Channel::Speed).collect()
    }

    #[test]
    fn it_is_the_mean_over_a_window_or_since_the_last_point() {
        let dense: Vec<f64> = (0..30).map(f64::from).collect();
        let metres: Vec<f64> = dense.iter().map(|t| 3.0 * t).collect();
        assert!(speeds(&dense, &metres, &[]).iter().all(|(_, mps)| *mps == 3.0));
        assert_eq!(speeds(&[0.0, 20.0, 40.0], &[0.0, 40.0, 120.0], &[]), [(1, 2.0), (2, 4.0)]);
        assert_eq!(speeds(&[0.0, 1.0, 2.0, 3.0], &[0.0, f64::NAN, 4.0, 9.0], &[]), [(0, 3.0), (2, 3.0), (3, 3.0)]);
    }

    #[test]
    fn holes_in_a_recorded_speed_are_filled_from_the_distance() {
        let of = |known_from: usize, distance_until: usize| {
            let mut activity = empty(Format::Tcx, Samples::new((0..1000).map(f64::from).collect()));
            let metres = |i: usize| if i < distance_until { 3.0 * i as f64 } else { f64::NAN };
            activity.samples.set(Channel::Distance, (0..1000).map(metres).collect());
            let recorded = |i: usize| if i < known_from { f64::NAN } else { 2.9 };
            activity.samples.set(Channel::Speed, (0..1000).map(recorded).collect());
            work_out(&mut activity);
            let of_speed = |mps| activity.samples.recorded(Channel::Speed).filter(|(_, known)| *known == mps).count();
            let notes = activity.notes.len();
            (of_speed(3.0), of_speed(2.9), notes, activity.samples.is_worked_out(Channel::Speed))
        };
        assert_eq!(of(0, 1000), (0, 1000, 0, false));
        assert_eq!(of(50, 1000), (50, 950, 0, false), "too few for a word");
        assert_eq!(of(190, 1000), (190, 810, 1, false));
        assert_eq!(of(210, 1000), (1000, 0, 0, true), "less than four fifths: all of one kind");
        assert_eq!(of(50, 0), (0, 950, 0, false), "without a distance it stays missing");
    }

    #[test]
    fn a_speed_in_another_unit_is_left_out() {
        let of = |recorded: f64| {
            let mut activity = empty(Format::Gpx, Samples::new((0..300).map(f64::from).collect()));
            activity.samples.set(Channel::Distance, (0..300).map(|i| 3.0 * f64::from(i)).collect());
            activity.samples.set(Channel::Speed, vec![recorded; 300]);
            work_out(&mut activity);
            (activity.samples.column(Channel::Speed).map(|column| column[100]), activity.notes.len())
        };
        assert_eq!(of(10.8), (Some(3.0), 1), "kilometres an hour");
        assert_eq!(of(0.05), (Some(3.0), 1), "metres a minute, over 3,600");
        assert_eq!(of(3.3), (Some(3.3), 0));
    }

    #[test]
    fn nobody_has_a_speed_across_a_pause() {
        let pause = Span { from_s: 21.0, to_s: 39.0 };
        assert_eq!(speeds(&[0.0, 20.0, 40.0], &[0.0, 40.0, 120.0], &[pause]), [(1, 2.0)]);
    }
}
