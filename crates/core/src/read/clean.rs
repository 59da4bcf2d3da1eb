//! What is done to every activity alike, whatever format it came in.

use crate::activity::{Activity, Channel, Note, NoteKind, Samples, Span};
use crate::sport::Sport;

use super::cadence;
use super::way::{Track, Way, is_stopped_between};

/// Faster than this nobody runs; other sports are given more (metres per second).
///
/// 12.5 m/s is the limit of the R package trackeR for running speeds.
const FASTEST_RUN_MPS: f64 = 12.5;
const FASTEST_OTHER_MPS: f64 = 60.0;

/// A heart rate outside these (beats per minute) is a sensor's slip.
const HEART_RATE_BPM: std::ops::RangeInclusive<f64> = 25.0..=250.0;

/// Nobody runs outside these (metres above sea level): from below the Dead Sea's shore to above Everest.
const ALTITUDE_M: std::ops::RangeInclusive<f64> = -500.0..=9000.0;

/// Speed worked out from distance looks this far to either side (seconds).
const SPEED_HALF_WINDOW_S: f64 = 5.0;

/// Series in which 0 means that nothing was measured.
const ZERO_IS_MISSING: [Channel; 5] = [
    Channel::StanceTime,
    Channel::StanceTimeBalance,
    Channel::VerticalOscillation,
    Channel::VerticalRatio,
    Channel::StepLength,
];

/// Brings an activity to the state that all later code relies on.
pub(super) fn finish(activity: &mut Activity) {
    drop_strays(activity);
    drop_impossible_samples(&mut activity.samples);
    put_in_order(&mut activity.pauses);
    drop_impossible_totals(activity);
    mend_recorded_distance(activity);
    work_out_distance(activity);
    work_out_speed(activity);
    cadence::settle(activity);
    if activity.sport == Sport::Running && activity.sub_sport.is_indoor() && activity.totals.distance_m.is_some() {
        let text = "indoors: the distance is the watch's or the belt's own count, not calibrated";
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
}

/// A silence this long (seconds) lies between recordings, not within one.
const LONGEST_SILENCE_S: f64 = 12.0 * 3600.0;

/// Strays are at most this share of the samples; more of them are the second day of a long outing.
const STRAY_SHARE: f64 = 0.05;

/// Drops the few samples that a wrong clock put hours or years away from all others. Left in, they would
/// make a recording that seems to last over other days' runs.
fn drop_strays(activity: &mut Activity) {
    let time = activity.samples.time_s();
    let mut begins = vec![0];
    begins.extend((1..time.len()).filter(|&i| time[i] - time[i - 1] > LONGEST_SILENCE_S));
    begins.push(time.len());
    let blocks = begins.windows(2).map(|pair| pair[0]..pair[1]);
    let Some(main) = blocks.max_by_key(ExactSizeIterator::len) else { return };
    let strays = time.len() - main.len();
    if strays == 0 || strays as f64 > STRAY_SHARE * time.len() as f64 {
        return;
    }
    // Where the start was a stray too, the recording begins with what is left.
    let first = time[main.start];
    let late_s = if first.abs() > LONGEST_SILENCE_S { first } else { 0.0 };
    activity.start = activity.start.plus_seconds(late_s);
    activity.samples.keep(main, late_s);
    activity.pauses.iter_mut().for_each(|pause| {
        pause.from_s -= late_s;
        pause.to_s -= late_s;
    });
    activity.pauses.retain(|pause| pause.from_s.abs() < LONGEST_SILENCE_S);
    activity.laps.iter_mut().for_each(|lap| lap.start_s -= late_s);
    let text = format!("samples left out, hours away from all others by their clock: {strays}");
    activity.notes.push(Note::new(NoteKind::Samples, text));
}

/// Sorts pauses and joins those that overlap.
fn put_in_order(pauses: &mut Vec<Span>) {
    pauses.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    pauses.dedup_by(|later, earlier| {
        let overlap = later.from_s <= earlier.to_s;
        if overlap {
            earlier.to_s = earlier.to_s.max(later.to_s);
        }
        overlap
    });
}

fn drop_impossible_samples(samples: &mut Samples) {
    let clear = |samples: &mut Samples, channel: Channel, possible: fn(f64) -> bool| {
        let impossible = samples.column_mut(channel).iter_mut().filter(|v| !v.is_nan() && !possible(**v));
        impossible.for_each(|v| *v = f64::NAN);
    };
    clear(samples, Channel::HeartRate, |bpm| HEART_RATE_BPM.contains(&bpm));
    for channel in ZERO_IS_MISSING {
        clear(samples, channel, |value| value > 0.0);
    }
    clear(samples, Channel::Latitude, |degrees| degrees.abs() <= 90.0);
    clear(samples, Channel::Longitude, |degrees| degrees.abs() <= 180.0);
    clear(samples, Channel::Altitude, |metres| ALTITUDE_M.contains(&metres));
    clear(samples, Channel::Speed, |mps| (0.0..=FASTEST_OTHER_MPS).contains(&mps));
    clear(samples, Channel::Distance, |metres| metres >= 0.0);
    // A receiver without a fix writes 0, 0: a place in the sea off Africa where nobody runs.
    let (Some(lat), Some(lon)) = (samples.column(Channel::Latitude), samples.column(Channel::Longitude)) else {
        return;
    };
    let no_fix: Vec<usize> = (0..lat.len()).filter(|&i| lat[i] == 0.0 && lon[i] == 0.0).collect();
    for i in no_fix {
        samples.column_mut(Channel::Latitude)[i] = f64::NAN;
        samples.column_mut(Channel::Longitude)[i] = f64::NAN;
    }
}

/// Drops totals of 0, which a device writes that did not count, and those that time and distance rule out.
fn drop_impossible_totals(activity: &mut Activity) {
    let totals = &mut activity.totals;
    let positive = |value: Option<f64>| value.filter(|v| *v > 0.0);
    totals.distance_m = positive(totals.distance_m);
    totals.timer_s = positive(totals.timer_s);
    totals.elapsed_s = positive(totals.elapsed_s);
    totals.moving_s = positive(totals.moving_s);
    let of_a_heart = |value: Option<f64>| value.filter(|bpm| HEART_RATE_BPM.contains(bpm));
    totals.avg_heart_rate_bpm = of_a_heart(totals.avg_heart_rate_bpm);
    totals.max_heart_rate_bpm = of_a_heart(totals.max_heart_rate_bpm);
    totals.steps = positive(totals.steps);
    // A total that the samples and the timer know nothing of is a clock's slip.
    let recorded_s = activity.samples.time_s().last().copied().unwrap_or(0.0).max(totals.timer_s.unwrap_or(0.0));
    if recorded_s > 0.0 {
        totals.elapsed_s = totals.elapsed_s.filter(|elapsed| *elapsed <= recorded_s + LONGEST_SILENCE_S);
    }
    let fastest = fastest_mps(activity.sport);
    let totals = &mut activity.totals;
    if let (Some(metres), Some(seconds)) = (totals.distance_m, totals.timer_s.or(totals.elapsed_s))
        && metres > fastest * seconds
    {
        totals.distance_m = None;
        let text = format!("the device's distance of {metres:.0} m in {seconds:.0} s cannot be; left out");
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
}

fn fastest_mps(sport: Sport) -> f64 {
    if sport == Sport::Running { FASTEST_RUN_MPS } else { FASTEST_OTHER_MPS }
}

/// Takes jumps out of a recorded distance: a counter that began anew, a value that cannot be.
fn mend_recorded_distance(activity: &mut Activity) {
    let fastest = fastest_mps(activity.sport);
    let (times, column) = activity.samples.times_and_column_mut(Channel::Distance);
    let (mut taken_out, mut jumps) = (0.0, 0);
    let mut last: Option<(f64, f64)> = None;
    for (metres, time) in column.iter_mut().zip(times).filter(|(metres, _)| !metres.is_nan()) {
        let written = *metres;
        let step = last.map_or(0.0, |(before, _)| written - before);
        let seconds = last.map_or(0.0, |(_, then)| *time - then);
        // Counters lag: some seconds' worth may come at once, and small steps back are rounding.
        let can_be = step <= fastest * (seconds + COUNTER_LAG_S) && step >= -1.0;
        if !can_be {
            taken_out += step;
            jumps += 1;
        }
        *metres = written - taken_out;
        last = Some((written, *time));
    }
    if jumps > 0 {
        let text = format!("jumps of the recorded distance that nobody could run, left out: {jumps}");
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
}

/// A recorded distance may come this much later than its time says (seconds).
const COUNTER_LAG_S: f64 = 10.0;

/// Sums up distance from positions where the file has no distance of its own.
fn work_out_distance(activity: &mut Activity) {
    let samples = &activity.samples;
    let (None, Some(lat), Some(lon)) =
        (samples.column(Channel::Distance), samples.column(Channel::Latitude), samples.column(Channel::Longitude))
    else {
        return;
    };
    let fastest = fastest_mps(activity.sport);
    let track = Track { time_s: samples.time_s(), lat, lon, pauses: &activity.pauses };
    let Way { metres, jumps, stops } = track.way(fastest);
    if stops > 0 {
        let text =
            format!("stops across which the runner got further, by whatever means; that way is not counted: {stops}");
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
    if jumps > 0 {
        let text = format!("positions left out of the distance, further off than {fastest} m/s would take: {jumps}");
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
    activity.samples.set_worked_out(Channel::Distance, metres);
}

/// A recorded speed is used where at least this share of the samples with a distance has one.
const ENOUGH_SPEED: f64 = 0.8;

/// Works out speed from distance where the file has none, or hardly any: the mean over some seconds around each sample.
fn work_out_speed(activity: &mut Activity) {
    let samples = &activity.samples;
    let Some(distance) = samples.column(Channel::Distance) else { return };
    let known = |channel| samples.recorded(channel).count();
    if known(Channel::Speed) as f64 >= ENOUGH_SPEED * known(Channel::Distance) as f64 && known(Channel::Speed) > 0 {
        return;
    }
    let time = samples.time_s();
    let known: Vec<usize> = (0..time.len()).filter(|&i| !distance[i].is_nan()).collect();
    let mut speed = vec![f64::NAN; time.len()];
    let (mut from, mut to) = (0, 0);
    for (k, &i) in known.iter().enumerate() {
        while time[known[from]] < time[i] - SPEED_HALF_WINDOW_S && from < k {
            from += 1;
        }
        while to + 1 < known.len() && time[known[to + 1]] <= time[i] + SPEED_HALF_WINDOW_S {
            to += 1;
        }
        // Points further apart than the window still have a speed: that since the last point.
        let (a, b) = match (known[from], known[to.max(k)]) {
            (a, b) if a == b && k > 0 => (known[k - 1], b),
            ends => ends,
        };
        let seconds = time[b] - time[a];
        let paused = is_stopped_between(&activity.pauses, time[a], time[b]);
        if seconds > 0.0 && !paused {
            speed[i] = ((distance[b] - distance[a]) / seconds).max(0.0);
        }
    }
    activity.samples.set_worked_out(Channel::Speed, speed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Format;
    use crate::time::Timestamp;

    /// A track due north from 50° N at 3 m/s, a point a second, with changes to its latitudes.
    fn track(seconds: usize, change: impl Fn(usize, f64) -> f64) -> Activity {
        const DEGREES_PER_METRE: f64 = 1.0 / 111_229.0;
        let mut activity = Activity::new(Format::Gpx, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.sport = Sport::Running;
        activity.samples = Samples::new((0..seconds).map(|i| i as f64).collect());
        let lat = (0..seconds).map(|i| change(i, 50.0 + i as f64 * 3.0 * DEGREES_PER_METRE)).collect();
        activity.samples.set(Channel::Latitude, lat);
        activity.samples.set(Channel::Longitude, vec![-30.0; seconds]);
        finish(&mut activity);
        activity
    }

    fn distance(activity: &Activity) -> f64 {
        activity.samples.recorded(Channel::Distance).last().expect("a distance").1
    }

    #[test]
    fn distance_and_speed_follow_from_positions() {
        let activity = track(101, |_, lat| lat);
        assert!((distance(&activity) - 300.0).abs() < 0.1, "{}", distance(&activity));
        assert!(activity.samples.recorded(Channel::Speed).all(|(_, mps)| (mps - 3.0).abs() < 0.01));
        assert!(activity.samples.is_worked_out(Channel::Distance) && activity.samples.is_worked_out(Channel::Speed));
    }

    #[test]
    fn a_position_out_of_reach_does_not_count_and_is_told() {
        let activity = track(101, |i, lat| if i == 50 { lat + 0.01 } else { lat });
        assert!((distance(&activity) - 300.0).abs() < 0.1, "{}", distance(&activity));
        assert!(activity.notes.iter().any(|note| note.text.ends_with("would take: 1")));
    }

    #[test]
    fn after_a_real_move_the_track_goes_on_from_there() {
        // A lift of 1.1 km in no time: the way is not counted, the running after it is.
        let activity = track(101, |i, lat| if i >= 50 { lat + 0.01 } else { lat });
        assert!((distance(&activity) - 300.0).abs() < 25.0, "{}", distance(&activity));
    }

    #[test]
    fn a_stray_clock_does_not_stretch_a_recording_over_other_days() {
        let mut activity = Activity::new(Format::Gpx, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.samples = Samples::new((0..100).map(f64::from).chain([3e7]).collect());
        activity.samples.set(Channel::HeartRate, vec![140.0; 101]);
        finish(&mut activity);
        assert_eq!((activity.samples.len(), activity.elapsed_s()), (100, Some(99.0)));
        assert!(activity.notes.iter().any(|note| note.text.starts_with("samples left out")));
    }

    #[test]
    fn the_way_in_a_car_between_two_parts_of_a_run_is_no_distance() {
        const KILOMETRES_NORTH: f64 = 0.18;
        let mut activity = Activity::new(Format::Gpx, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.sport = Sport::Running;
        let time = (0..100).chain(2600..2700);
        activity.samples = Samples::new(time.map(f64::from).collect());
        let lat = (0..200).map(|i| 50.0 + f64::from(i) * 27e-6 + if i < 100 { 0.0 } else { KILOMETRES_NORTH });
        activity.samples.set(Channel::Latitude, lat.collect());
        activity.samples.set(Channel::Longitude, vec![-30.0; 200]);
        activity.pauses = vec![Span { from_s: 99.0, to_s: 2600.0 }];
        finish(&mut activity);
        assert!((distance(&activity) - 2.0 * 99.0 * 3.0).abs() < 5.0, "{}", distance(&activity));
    }

    fn recorded(metres: &[f64]) -> Activity {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.sport = Sport::Running;
        activity.samples = Samples::new((0..metres.len()).map(|i| i as f64 * 10.0).collect());
        activity.samples.set(Channel::Distance, metres.to_vec());
        finish(&mut activity);
        activity
    }

    #[test]
    fn a_recorded_distance_that_jumps_or_begins_anew_is_mended() {
        assert_eq!(distance(&recorded(&[0.0, 30.0, 60.0, 90.0])), 90.0);
        assert_eq!(distance(&recorded(&[0.0, 30.0, 4e7, 4e7 + 30.0])), 60.0, "a value that cannot be");
        assert_eq!(distance(&recorded(&[0.0, 100.0, 0.0, 30.0])), 130.0, "a counter that began anew");
    }

    #[test]
    fn an_altitude_on_no_mountain_makes_no_climb() {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.samples = Samples::new(vec![0.0, 1.0, 2.0]);
        activity.samples.set(Channel::Altitude, vec![400.0, 8e8, 410.0]);
        finish(&mut activity);
        let known: Vec<_> = activity.samples.recorded(Channel::Altitude).map(|(_, metres)| metres).collect();
        assert_eq!(known, [400.0, 410.0]);
    }

    #[test]
    fn a_total_that_nobody_could_run_is_left_out() {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.sport = Sport::Running;
        activity.totals.distance_m = Some(4e7);
        activity.totals.timer_s = Some(1000.0);
        // What some writers put where no heart rate was measured.
        activity.totals.max_heart_rate_bpm = Some(255.0);
        finish(&mut activity);
        assert_eq!((activity.totals.distance_m, activity.totals.max_heart_rate_bpm), (None, None));
    }

    #[test]
    fn zeros_without_a_fix_are_no_place() {
        let activity = track(10, |i, lat| if i == 4 { 95.0 } else { lat });
        assert_eq!(activity.samples.recorded(Channel::Latitude).count(), 9);
    }
}
