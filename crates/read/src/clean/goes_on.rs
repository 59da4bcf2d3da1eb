//! A leap of the clock that no time of the device tells, but the way does: the next sample lies one
//! step further on, and the runner goes on as before.

use crate::activity::{Activity, Channel};
use crate::geodesy;
use crate::limits::MOVING_MPS;
use crate::sample_time::median_interval_s;

/// A clock that is put on the time of another zone leaps by quarter hours; the least are half an
/// hour.
const QUARTER_HOUR_S: f64 = 900.0;
const SHORTEST_LEAP_S: f64 = 1500.0;

/// Who pauses for so long (seconds) does not go on in full stride; where a heart rate says so too,
/// a leap need not be one of whole quarter hours.
const LONGEST_STOP_S: f64 = 7200.0;

/// A whole quarter hour within so many seconds and one interval.
const SLACK_S: f64 = 2.0;

/// So many samples on either side tell the speed.
const NEIGHBOURS: usize = 6;

/// The step over the leap is this share of what the speed on either side makes of it.
const STEP: std::ops::RangeInclusive<f64> = 0.5..=1.6;

/// Speeds before and after differ by no more than this factor, and heart rates by no more than so
/// many beats.
const SAME_SPEED: f64 = 1.4;
const SAME_HEART_RATE_BPM: f64 = 12.0;

/// Returns whether the silence before the sample `at` is a leap of the clock by the way alone.
pub(super) fn is_leap(activity: &Activity, at: usize) -> bool {
    let samples = &activity.samples;
    let time = samples.time_s();
    let interval_s = median_interval_s(time);
    let leap_s = time[at] - time[at - 1] - interval_s;
    if leap_s < SHORTEST_LEAP_S || interval_s <= 0.0 {
        return false;
    }
    let before = mean_mps(activity, at.saturating_sub(NEIGHBOURS)..at);
    let after = mean_mps(activity, at..(at + NEIGHBOURS).min(time.len()));
    let is_even = match (before, after) {
        (Some(before), Some(after)) => before.max(after) <= SAME_SPEED * before.min(after),
        (before, after) => before.or(after).is_some(),
    };
    let (Some(step_m), true) = (way_m(activity, at - 1, at), is_even) else { return false };
    let known = [before, after].into_iter().flatten();
    let mps = known.clone().sum::<f64>() / known.count() as f64;
    if mps < MOVING_MPS || !STEP.contains(&(step_m / (mps * interval_s))) {
        return false;
    }
    let quarters_off_s = (leap_s / QUARTER_HOUR_S - (leap_s / QUARTER_HOUR_S).round()).abs() * QUARTER_HOUR_S;
    let same_heart_rate = has_same_heart_rate(activity, at);
    let is_quarters = quarters_off_s <= SLACK_S + interval_s && same_heart_rate != Some(false);
    let is_long = leap_s >= LONGEST_STOP_S && before.is_some() && after.is_some();
    is_quarters || is_long && same_heart_rate == Some(true)
}

/// The mean speed over a range of samples, by the way.
fn mean_mps(activity: &Activity, rows: std::ops::Range<usize>) -> Option<f64> {
    let time = activity.samples.time_s();
    let (from, to) = (rows.start, rows.end.checked_sub(1)?);
    let seconds = time[to] - time[from];
    if from >= to || seconds <= 0.0 || seconds > SHORTEST_LEAP_S {
        return None;
    }
    let metres = (from..to).map(|i| way_m(activity, i, i + 1)).sum::<Option<f64>>()?;
    Some(metres / seconds)
}

/// Metres between two samples, by the positions, otherwise by the recorded distance.
fn way_m(activity: &Activity, from: usize, to: usize) -> Option<f64> {
    let at = |channel: Channel, i: usize| {
        activity.samples.column(channel).map(|column| column[i]).filter(|value| !value.is_nan())
    };
    let place = |i| Some((at(Channel::Latitude, i)?, at(Channel::Longitude, i)?));
    if let (Some((lat, lon)), Some((to_lat, to_lon))) = (place(from), place(to)) {
        return Some(geodesy::distance_m(lat, lon, to_lat, to_lon));
    }
    Some(at(Channel::Distance, to)? - at(Channel::Distance, from)?)
}

/// Whether the heart beats as fast after as before; `None` where that is not known.
fn has_same_heart_rate(activity: &Activity, at: usize) -> Option<bool> {
    let bpm = activity.samples.column(Channel::HeartRate)?;
    let mean = |rows: &[f64]| {
        let known = || rows.iter().filter(|bpm| **bpm > 0.0);
        (known().count() > 0).then(|| known().sum::<f64>() / known().count() as f64)
    };
    let before = mean(&bpm[at.saturating_sub(NEIGHBOURS / 2)..at])?;
    let after = mean(&bpm[at..(at + NEIGHBOURS / 2).min(bpm.len())])?;
    Some((before - after).abs() <= SAME_HEART_RATE_BPM)
}
