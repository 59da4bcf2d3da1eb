//! Speed from distance, where a file has none of its own.

use crate::activity::{Activity, Channel};

use super::super::way::is_stopped_between;
use super::{fastest_mps, known};

/// A recorded speed is used where at least this share of the samples with a distance has one.
const ENOUGH_SPEED: f64 = 0.8;

/// The speed at a sample is the mean this far to either side (seconds).
const HALF_WINDOW_S: f64 = 5.0;

/// Works out speed from distance where the file has none, or hardly any: the mean over some seconds around each sample.
pub(super) fn work_out(activity: &mut Activity) {
    let samples = &activity.samples;
    let Some(distance) = samples.column(Channel::Distance) else { return };
    let with_speed = samples.column(Channel::Speed).map_or(0, known);
    let is_enough = |of: usize| with_speed > 0 && with_speed as f64 >= ENOUGH_SPEED * of as f64;
    let time = samples.time_s();
    let n = time.len();
    let fastest = fastest_mps(activity.sport);
    if is_enough(n) || is_enough(known(distance)) {
        return;
    }
    let mut speed = vec![f64::NAN; n];
    // The window around a sample: from its first to its last known distance, and where to look for the next.
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
        if seconds > 0.0 && !is_stopped_between(&activity.pauses, time[a], time[b]) {
            // A counter that lags can catch up at a speed that nobody has.
            speed[i] = Some((distance[b] - distance[a]) / seconds)
                .filter(|mps| *mps <= fastest)
                .map_or(f64::NAN, |mps| mps.max(0.0));
        }
        before = Some(i);
    }
    activity.samples.set_worked_out(Channel::Speed, speed);
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
    fn nobody_has_a_speed_across_a_pause() {
        let pause = Span { from_s: 21.0, to_s: 39.0 };
        assert_eq!(speeds(&[0.0, 20.0, 40.0], &[0.0, 40.0, 120.0], &[pause]), [(1, 2.0)]);
    }
}
