//! By what the metres of samples are multiplied, so that they add up to the distance of the run.

use crate::measure::trace::Trace;
use kneewise_read::activity::{Activity, Channel};
use kneewise_read::witness::{Decision, Quantity, Reason};

/// The share of the timer that samples must cover for the device's total to be the total of what
/// they recorded.
const COVERING: f64 = 0.97;

/// Returns the factor by which the metres of the samples add up to the device's total. It is 1
/// where the two contradict each other, or the samples cover too little of the timer.
pub(crate) fn correction(trace: &Trace) -> f64 {
    let activity = trace.activity;
    let Some(total_m) = activity.totals.distance_m.filter(|metres| *metres > 0.0) else { return 1.0 };
    let is_theirs = |decision: &Decision| matches!(decision.reason, Reason::Agree | Reason::Corrected);
    let by = total_m / samples_m(trace);
    let is_believed = distance_decision(activity).is_none_or(is_theirs);
    if by.is_finite() && by > 0.0 && is_believed && covers(trace) { by } else { 1.0 }
}

/// From the first known distance of the samples to the last, in metres; NaN without one.
fn samples_m(trace: &Trace) -> f64 {
    let distance = trace.activity.samples.column(Channel::Distance).unwrap_or_default();
    let known = |metres: &&f64| !metres.is_nan();
    let (first, last) = (distance.iter().find(known), distance.iter().rfind(known));
    first.zip(last).map_or(f64::NAN, |(first, last)| last - first)
}

/// Which distance is believed, and why.
pub(crate) fn distance_decision(activity: &Activity) -> Option<&Decision> {
    activity.decisions.iter().find(|decision| decision.quantity == Quantity::Distance)
}

/// Whether the samples cover the timer, so that the device's total is the total of what they
/// recorded.
pub(crate) fn covers(trace: &Trace) -> bool {
    trace.activity.totals.timer_s.is_none_or(|timer_s| trace.recorded_s() + trace.silent_s() >= COVERING * timer_s)
}
