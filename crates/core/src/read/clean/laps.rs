//! A pause that was written as a lap.

use crate::activity::{Activity, Channel, Lap, Span};

/// A shorter lap without a sample fell between two of them (seconds).
const SHORTEST_S: f64 = 10.0;

/// Slower than this across the lap nobody ran it (metres per second), as in the trace.
const MOVING_MPS: f64 = 1.0;

/// Makes a pause of each lap that has neither metres nor samples, where the recording has any.
pub(super) fn make_pauses(activity: &mut Activity) {
    if activity.samples.is_empty() {
        return;
    }
    let pauses: Vec<Option<Span>> = activity.laps.iter().map(|lap| pause_of(activity, lap)).collect();
    if pauses.iter().all(Option::is_none) {
        return;
    }
    let mut is_lap = pauses.iter().map(Option::is_none);
    activity.laps.retain(|_| is_lap.next().unwrap_or(true));
    activity.pauses.extend(pauses.into_iter().flatten());
}

/// The stretch that a lap stood still for.
fn pause_of(activity: &Activity, lap: &Lap) -> Option<Span> {
    let seconds = lap.totals.timer_s.filter(|seconds| *seconds >= SHORTEST_S)?;
    if lap.totals.distance_m.is_some_and(|metres| metres > 0.0) {
        return None;
    }
    let span = Span { from_s: lap.start_s, to_s: lap.start_s + seconds };
    let time = activity.samples.time_s();
    let after = time.partition_point(|t| *t <= span.from_s + 1.0);
    let before = time.partition_point(|t| *t < span.to_s - 1.0);
    if before > after {
        return None;
    }
    let distance = activity.samples.column(Channel::Distance).unwrap_or_default();
    let metres = |i: Option<usize>| i.and_then(|i| distance.get(i)).copied().unwrap_or(f64::NAN);
    let covered_m = metres(Some(before)) - metres(after.checked_sub(1));
    (covered_m.is_nan() || covered_m < MOVING_MPS * seconds).then_some(span)
}
