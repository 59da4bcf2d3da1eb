//! Which distance stands for an activity, and what is doubtful about it.

use crate::activity::{Activity, Channel, Note, NoteKind, Span};
use crate::sport::Sport;

use super::super::way::{FASTEST_UNSEEN_MPS, SILENCE_S, Track, Way};
use super::fastest_mps;
use super::rides::rides;

/// A counter may lag by so much and catch up at once (seconds), whatever it counted meanwhile: real
/// watches take 50 m in a second. Over any longer stretch that is paid back.
const COUNTER_LAG_S: f64 = 10.0;

/// A counter may step back by this much (metres): rounding.
const ROUNDING_M: f64 = 1.0;

/// Makes the distance column what later code relies on: metres that never go back, without leaps.
/// Returns the metres of rides that were left out.
pub(super) fn settle(activity: &mut Activity) -> f64 {
    drop_zeros(activity);
    let stands = stands_still(activity);
    activity.counted_no_metres |= stands;
    if stands || tells_less_than_positions(activity) {
        activity.samples.clear(Channel::Distance);
    }
    let Mended { jumps, driven } = mend(activity);
    if driven > 0 {
        let what = "silences across which the distance grows faster than anybody runs unseen, not counted";
        count(activity, what, driven);
    }
    if jumps > 0 {
        count(activity, "jumps of the recorded distance that nobody could run, left out", jumps);
    }
    let ridden_m = work_out(activity);
    if activity.sport == Sport::Running {
        say_who_counted(activity);
    }
    ridden_m
}

fn note(activity: &mut Activity, text: impl Into<String>) {
    activity.notes.push(Note::new(NoteKind::Distance, text));
}

fn count(activity: &mut Activity, what: &str, n: usize) {
    activity.notes.push(Note::counted(NoteKind::Distance, what, n));
}

/// How often a recorded distance had to be mended.
#[derive(Clone, Copy, Debug, Default)]
struct Mended {
    /// Leaps that nobody could run.
    jumps: usize,
    /// Silences across which the counter went on faster than anybody runs for so long.
    driven: usize,
}

/// Takes leaps out of a recorded distance: a counter that restarted, an impossible value.
fn mend(activity: &mut Activity) -> Mended {
    let fastest = fastest_mps(activity.sport);
    // The lengths of a swim may all be dated when it was over: elsewhere a lag is given to each
    // step.
    let is_paid_back = activity.sport == Sport::Running;
    let (times, column) = activity.samples.times_and_column_mut(Channel::Distance);
    let is_good = |step: f64, seconds: f64| {
        let reach_mps = if is_paid_back && seconds > SILENCE_S { FASTEST_UNSEEN_MPS } else { fastest };
        step <= reach_mps * seconds && step >= -ROUNDING_M
    };
    let steps = column.windows(2).zip(times.windows(2));
    // A step from or to a missing value cannot be told here, so it does not pass for a good one.
    let is_whole = steps.fold(true, |all, (d, t)| all & is_good(d[1] - d[0], t[1] - t[0]));
    if is_whole {
        return Mended::default();
    }
    let (mut taken_out, mut jumps, mut driven) = (0.0, 0, 0);
    // Metres by which the counter is ahead of what its times allow.
    let mut ahead: f64 = 0.0;
    let mut is_behind = false;
    let mut last: Option<(f64, f64)> = None;
    for i in 0..column.len() {
        let (written, time) = (column[i], times[i]);
        if written.is_nan() {
            continue;
        }
        if let Some((before, then)) = last {
            let (step, seconds) = (written - before, time - then);
            if step < -ROUNDING_M && !begins_anew(before, &column[i..]) {
                // One fall, however long the counter takes to get back to where it was.
                jumps += usize::from(!is_behind);
                is_behind = true;
                column[i] = f64::NAN;
                continue;
            }
            let carried = if is_paid_back { ahead } else { 0.0 };
            ahead = (carried + step - fastest * seconds).max(0.0);
            if is_paid_back && seconds > SILENCE_S && step > FASTEST_UNSEEN_MPS * seconds {
                driven += 1;
                ahead = 0.0;
                taken_out += step;
            } else if ahead > fastest * COUNTER_LAG_S || step < -ROUNDING_M {
                jumps += 1;
                ahead = 0.0;
                taken_out += step;
            }
        }
        is_behind = false;
        column[i] = written - taken_out;
        last = Some((written, time));
    }
    Mended { jumps, driven }
}

/// Whether a counter that fell from `before` metres to the first of `after` began anew. One that
/// takes back some metres, or is only interrupted by another counter, has not: it counts on from
/// where it was.
fn begins_anew(before: f64, after: &[f64]) -> bool {
    /// So many samples show whether it was an interruption.
    const SOON: usize = 10;
    let comes_back = after.iter().filter(|metres| !metres.is_nan()).take(SOON).any(|metres| *metres >= before);
    after[0] < before / 2.0 && !comes_back
}

/// Sums up distance from positions where the file has no distance of its own; returns the metres
/// of rides in them.
fn work_out(activity: &mut Activity) -> f64 {
    let samples = &activity.samples;
    let (None, Some(lat), Some(lon)) =
        (samples.column(Channel::Distance), samples.column(Channel::Latitude), samples.column(Channel::Longitude))
    else {
        return 0.0;
    };
    let rides = if activity.sport == Sport::Running { rides(samples.time_s(), lat, lon) } else { Vec::new() };
    let Way { metres, jumps, stops, ridden_m } = way(activity, lat, lon, &rides);
    activity.samples.set_worked_out(Channel::Distance, metres);
    if !rides.is_empty() {
        let seconds: f64 = rides.iter().map(|ride| ride.to_s - ride.from_s).sum();
        note(activity, format!("{seconds:.0} s in which the positions get further than anybody runs, not counted"));
    }
    if stops > 0 {
        let what = "places where the recording stopped and went on elsewhere; the way between is not counted";
        count(activity, what, stops);
    }
    if jumps > 0 {
        let fastest = fastest_mps(activity.sport);
        let what = format!("positions left out of the distance, further off than {fastest} m/s would take");
        count(activity, &what, jumps);
    }
    ridden_m
}

fn way(activity: &Activity, lat: &[f64], lon: &[f64], rides: &[Span]) -> Way {
    let track = Track { time_s: activity.samples.time_s(), lat, lon, pauses: &activity.pauses, rides };
    track.way(fastest_mps(activity.sport))
}

/// Returns the metres along the positions; `None` where there are none, or all are at one place.
pub(super) fn metres_of_positions(activity: &Activity) -> Option<f64> {
    let samples = &activity.samples;
    let (lat, lon) = (samples.column(Channel::Latitude)?, samples.column(Channel::Longitude)?);
    let metres = way(activity, lat, lon, &[]).metres.into_iter().rev().find(|metres| !metres.is_nan());
    metres.filter(|metres| *metres > 0.0)
}

/// A distance of 0 after others is how many devices write that they know none.
fn drop_zeros(activity: &mut Activity) {
    let column = activity.samples.column_mut(Channel::Distance);
    let mut furthest: f64 = 0.0;
    for i in 0..column.len() {
        if column[i] == 0.0 && furthest > 0.0 {
            // A counter that restarted goes on from 0.
            let next = column[i + 1..].iter().take(10).find(|metres| **metres > 0.0);
            if next.is_none_or(|next| *next >= furthest / 2.0) {
                column[i] = f64::NAN;
            }
        } else if column[i] > 0.0 {
            furthest = furthest.max(column[i]);
        }
    }
    activity.samples.drop_if_missing(Channel::Distance);
}

/// A distance that is known for less than this share of the samples with a position tells less than
/// they do.
const ENOUGH: f64 = 0.8;

fn tells_less_than_positions(activity: &Activity) -> bool {
    /// Of fewer samples it cannot be told.
    const FEWEST: usize = 200;
    let samples = &activity.samples;
    let Some(lon) = samples.column(Channel::Longitude) else { return false };
    let positions = samples.recorded(Channel::Latitude).filter(|(i, _)| !lon[*i].is_nan()).count();
    let distances = samples.recorded(Channel::Distance).count();
    positions >= FEWEST && (distances as f64) < ENOUGH * positions as f64
}

/// Whether the recorded distance never changes although the runner got somewhere: a counter that
/// was not connected, and no distance of 0.
fn stands_still(activity: &Activity) -> bool {
    let mut known = activity.samples.recorded(Channel::Distance).map(|(_, metres)| metres);
    let Some(first) = known.next() else { return false };
    known.all(|metres| metres == first) && activity.samples.len() > 1
}

/// Says of a run whose distance no satellite measured who did.
fn say_who_counted(activity: &mut Activity) {
    let samples = &activity.samples;
    let is_recorded = samples.column(Channel::Distance).is_some() && !samples.is_worked_out(Channel::Distance);
    let text = if activity.sub_sport.is_indoor() {
        "indoors: the distance is the watch's or the belt's own count, not calibrated"
    } else if is_recorded && samples.column(Channel::Latitude).is_none() {
        "without positions: the distance is a foot pod's or the watch's own count, not calibrated"
    } else {
        return;
    };
    if is_recorded || activity.totals.distance_m.is_some() {
        note(activity, text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{distance, empty, has_note};
    use super::super::{FASTEST_RUN_MPS, finish};
    use super::*;
    use crate::activity::{Format, Samples, Span};
    use crate::sport::SubSport;

    /// A track due north from 50° N at 3 m/s, a point a second, with changes to its latitudes.
    fn track(seconds: usize, change: impl Fn(usize, f64) -> f64) -> Activity {
        const DEGREES_PER_METRE: f64 = 1.0 / 111_229.0;
        let mut activity = empty(Format::Gpx, Samples::new((0..seconds).map(|i| i as f64).collect()));
        let lat = (0..seconds).map(|i| change(i, 50.0 + i as f64 * 3.0 * DEGREES_PER_METRE)).collect();
        activity.samples.set(Channel::Latitude, lat);
        activity.samples.set(Channel::Longitude, vec![-30.0; seconds]);
        finish(&mut activity);
        activity
    }

    #[test]
    fn distance_and_speed_follow_from_positions() {
        let activity = track(101, |_, lat| lat);
        assert!((distance(&activity) - 300.0).abs() < 0.1, "{}", distance(&activity));
        assert!(activity.samples.recorded(Channel::Speed).all(|(_, mps)| (mps - 3.0).abs() < 0.01));
        assert!(activity.samples.is_worked_out(Channel::Distance) && activity.samples.is_worked_out(Channel::Speed));
        assert_eq!(activity.notes, [], "nothing is doubtful about it");
    }

    #[test]
    fn a_position_out_of_reach_does_not_count_and_is_told() {
        let activity = track(101, |i, lat| if i == 50 { lat + 0.01 } else { lat });
        assert!((distance(&activity) - 300.0).abs() < 0.1, "{}", distance(&activity));
        assert!(has_note(&activity, "would take: 1"));
    }

    #[test]
    fn spikes_that_nobody_runs_do_not_count_however_small_and_many() {
        const SOUTH_20_M: f64 = 20.0 / 111_229.0;
        let activity = track(601, |i, lat| if i % 10 == 5 { lat - SOUTH_20_M } else { lat });
        assert!((distance(&activity) - 1800.0).abs() < 1.0, "{}", distance(&activity));
        assert!(has_note(&activity, "would take: 60"));
    }

    #[test]
    fn whole_seconds_may_make_one_step_too_fast_but_not_each() {
        let north = |metres: f64| metres / 111_229.0;
        let late_once = track(101, |i, lat| if i >= 50 { lat + north(17.0) } else { lat });
        assert!((distance(&late_once) - 317.0).abs() < 1.0, "{}", distance(&late_once));
        assert_eq!(late_once.notes, []);
        // 20 m/s for a minute: a ride, of which no more than a runner's reach counts.
        let ride = track(61, |i, lat| lat + north(17.0) * i as f64);
        assert!(distance(&ride) <= FASTEST_RUN_MPS * 61.0, "{}", distance(&ride));
        assert!(has_note(&ride, "would take"));
    }

    #[test]
    fn after_a_real_move_the_track_goes_on_from_there() {
        // A lift of 1.1 km in no time: the way is not counted, the running after it is.
        let activity = track(101, |i, lat| if i >= 50 { lat + 0.01 } else { lat });
        assert!((distance(&activity) - 300.0).abs() < 25.0, "{}", distance(&activity));
    }

    #[test]
    fn the_way_in_a_car_between_two_parts_of_a_run_is_no_distance() {
        const KILOMETRES_NORTH: f64 = 0.18;
        let time = (0..100).chain(2600..2700);
        let mut activity = empty(Format::Gpx, Samples::new(time.map(f64::from).collect()));
        let lat = (0..200).map(|i| 50.0 + f64::from(i) * 27e-6 + if i < 100 { 0.0 } else { KILOMETRES_NORTH });
        activity.samples.set(Channel::Latitude, lat.collect());
        activity.samples.set(Channel::Longitude, vec![-30.0; 200]);
        activity.pauses = vec![Span { from_s: 99.0, to_s: 2600.0 }];
        finish(&mut activity);
        assert!((distance(&activity) - 2.0 * 99.0 * 3.0).abs() < 5.0, "{}", distance(&activity));
    }

    /// A run without positions, a sample every ten seconds.
    fn recorded(metres: &[f64], change: impl FnOnce(&mut Activity)) -> Activity {
        let mut activity = empty(Format::Fit, Samples::new((0..metres.len()).map(|i| i as f64 * 10.0).collect()));
        activity.samples.set(Channel::Distance, metres.to_vec());
        change(&mut activity);
        finish(&mut activity);
        activity
    }

    #[test]
    fn a_recorded_distance_that_jumps_or_begins_anew_is_mended() {
        let mended = |metres: &[f64]| distance(&recorded(metres, |_| ()));
        assert_eq!(mended(&[0.0, 30.0, 60.0, 90.0]), 90.0);
        assert_eq!(mended(&[0.0, 30.0, 4e7, 4e7 + 30.0]), 60.0, "a value that cannot be");
        assert_eq!(mended(&[0.0, 30.0, f64::NAN, 4e7, 4e7 + 30.0]), 60.0, "behind a missing one too");
        assert_eq!(mended(&[0.0, 100.0, 0.0, 30.0]), 130.0, "a counter that began anew");
        assert_eq!(mended(&[0.0, 90.0, 0.0, 100.0, 30.0, 130.0]), 130.0, "two counters that take turns");
        assert_eq!(mended(&[0.0, 100.0, 80.0, 90.0, 110.0]), 110.0, "some metres taken back");
    }

    #[test]
    fn a_counter_catches_up_once_and_does_not_leap_each_time() {
        let every_second = |change: fn(usize) -> f64| {
            let mut activity = empty(Format::Fit, Samples::new((0..301).map(f64::from).collect()));
            activity.samples.set(Channel::Distance, (0..301).map(|i| 3.0 * i as f64 + change(i)).collect());
            finish(&mut activity);
            activity
        };
        let caught_up = every_second(|i| if i < 150 { 0.0 } else { 100.0 });
        assert_eq!(distance(&caught_up), 1000.0);
        assert!(!has_note(&caught_up, "jumps"));
        let leaps = every_second(|i| (i / 5) as f64 * 100.0);
        assert!(distance(&leaps) < FASTEST_RUN_MPS * 310.0, "{}", distance(&leaps));
        assert!(has_note(&leaps, "jumps of the recorded distance that nobody could run, left out: "));
        // One step back, whatever it takes to get there again.
        let fell_back = every_second(|i| if i < 150 { 0.0 } else { -200.0 });
        assert_eq!(distance(&fell_back), 700.0);
        assert!(has_note(&fell_back, "left out: 1"));
    }

    #[test]
    fn a_distance_that_no_satellite_measured_is_marked_uncalibrated() {
        let metres: Vec<f64> = (0..200).map(|i| f64::from(i) * 30.0).collect();
        let on_the_road = recorded(&metres, |activity| {
            activity.samples.set(Channel::Latitude, vec![50.0; 200]);
            activity.samples.set(Channel::Longitude, vec![-30.0; 200]);
        });
        assert!(!has_note(&on_the_road, "calibrated"));
        assert!(has_note(&recorded(&metres, |_| ()), "a foot pod's or the watch's own count, not calibrated"));
        let belt = recorded(&metres, |activity| activity.sub_sport = SubSport::Treadmill);
        assert!(has_note(&belt, "indoors: the distance is the watch's or the belt's own count"));
    }
}
