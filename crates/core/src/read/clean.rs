//! What is done to every activity alike, whatever format it came in.

use crate::activity::{Activity, Channel, Note, NoteKind, Samples, Span};
use crate::sport::Sport;

use super::{cadence, geodesy};

/// Faster than this nobody runs; other sports are given more (metres per second).
///
/// 12.5 m/s is the limit of the R package trackeR for running speeds.
const FASTEST_RUN_MPS: f64 = 12.5;
const FASTEST_OTHER_MPS: f64 = 60.0;

/// A heart rate outside these (beats per minute) is a sensor's slip.
const HEART_RATE_BPM: std::ops::RangeInclusive<f64> = 25.0..=250.0;

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
    drop_impossible(&mut activity.samples);
    put_in_order(&mut activity.pauses);
    drop_useless_totals(activity);
    work_out_distance(activity);
    work_out_speed(activity);
    cadence::settle(activity);
    if activity.sport == Sport::Running && activity.sub_sport.is_indoor() && activity.totals.distance_m.is_some() {
        let text = "indoors: the distance is the watch's or the belt's own count, not calibrated";
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
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

fn drop_impossible(samples: &mut Samples) {
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
    clear(samples, Channel::Speed, |mps| mps >= 0.0);
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

/// Totals of 0 are what a device writes that did not count.
fn drop_useless_totals(activity: &mut Activity) {
    let totals = &mut activity.totals;
    let positive = |value: Option<f64>| value.filter(|v| *v > 0.0);
    totals.distance_m = positive(totals.distance_m);
    totals.timer_s = positive(totals.timer_s);
    totals.elapsed_s = positive(totals.elapsed_s);
    totals.moving_s = positive(totals.moving_s);
    totals.avg_heart_rate_bpm = positive(totals.avg_heart_rate_bpm);
    totals.steps = positive(totals.steps);
}

/// Sums up distance from positions where the file has no distance of its own.
fn work_out_distance(activity: &mut Activity) {
    let samples = &activity.samples;
    let (None, Some(lat), Some(lon)) =
        (samples.column(Channel::Distance), samples.column(Channel::Latitude), samples.column(Channel::Longitude))
    else {
        return;
    };
    let fastest = if activity.sport == Sport::Running { FASTEST_RUN_MPS } else { FASTEST_OTHER_MPS };
    let track = Track { time_s: samples.time_s(), lat, lon };
    let (distance, jumps) = track.distance(fastest);
    if jumps > 0 {
        let text = format!("positions left out of the distance, further off than {fastest} m/s would take: {jumps}");
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
    activity.samples.set_worked_out(Channel::Distance, distance);
}

struct Track<'a> {
    time_s: &'a [f64],
    lat: &'a [f64],
    lon: &'a [f64],
}

impl Track<'_> {
    /// Metres since the start at each sample with a position, and how many positions were passed over
    /// because nobody gets there in the time.
    fn distance(&self, fastest_mps: f64) -> (Vec<f64>, usize) {
        /// So many positions in a row that agree with each other are where the runner really is.
        const BELIEVED_AFTER: usize = 5;
        let mut column = vec![f64::NAN; self.time_s.len()];
        let mut sum = 0.0;
        let mut jumps = 0;
        let mut in_a_row = 0;
        let mut last: Option<usize> = None;
        for (i, metres) in column.iter_mut().enumerate() {
            if self.lat[i].is_nan() || self.lon[i].is_nan() {
                continue;
            }
            if let Some(from) = last {
                let step = geodesy::distance_m(self.lat[from], self.lon[from], self.lat[i], self.lon[i]);
                // Times are often whole seconds: a step may seem to take up to a second less than it did.
                let within_reach = step <= fastest_mps * (self.time_s[i] - self.time_s[from] + 1.0);
                if within_reach {
                    sum += step;
                } else {
                    jumps += 1;
                    in_a_row += 1;
                    if in_a_row < BELIEVED_AFTER {
                        continue;
                    }
                }
            }
            in_a_row = 0;
            last = Some(i);
            *metres = sum;
        }
        (column, jumps)
    }
}

/// Works out speed from distance where the file has none: the mean over some seconds around each sample.
fn work_out_speed(activity: &mut Activity) {
    let samples = &activity.samples;
    let (None, Some(distance)) = (samples.column(Channel::Speed), samples.column(Channel::Distance)) else { return };
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
        let next_pause = activity.pauses.partition_point(|pause| pause.to_s <= time[a]);
        let paused = activity.pauses.get(next_pause).is_some_and(|pause| pause.from_s < time[b]);
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
    fn zeros_without_a_fix_are_no_place() {
        let activity = track(10, |i, lat| if i == 4 { 95.0 } else { lat });
        assert_eq!(activity.samples.recorded(Channel::Latitude).count(), 9);
    }
}
