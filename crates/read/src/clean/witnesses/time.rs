//! How long the timer ran.

use super::{AGREEMENT, Activity, Sampled, Told, Verdict, agree};
use crate::activity::Channel;
use crate::witness::{Quantity, Reason, Statement, Witness};

/// Clocks and timers may differ by this (seconds), however short the run.
const SLACK_S: f64 = 10.0;

/// From the start of the timer to the first sample it takes no longer (seconds).
const LONGEST_WAIT_S: f64 = 900.0;

/// Whoever strolls while the timer stands is slower than this share of the run's mean speed.
const STROLL: f64 = 0.6;

pub(super) fn decide(activity: &Activity, told: &[Told; 2], sampled: &Sampled) -> Verdict {
    let timers = told.iter().filter_map(|told| Some((told, told.statement(told.totals.timer_s?))));
    let timers: Vec<(&Told, Statement)> = timers.collect();
    if timers.is_empty() {
        return Verdict::silent();
    }
    let recorded = Statement { witness: Witness::Samples, value: sampled.recorded_s };
    let mut against = Vec::new();
    let mut first_fault = None;
    for (told, timer) in timers {
        let Some(fault) = fault(activity, told, timer.value, sampled) else {
            let reason = first_fault.unwrap_or(Reason::Agree);
            return Verdict::believed(Quantity::TimerTime, timer, against, reason);
        };
        against.push(timer);
        first_fault = first_fault.or(Some(fault));
    }
    let reason = first_fault.unwrap_or(Reason::Agree);
    Verdict::samples(Quantity::TimerTime, recorded, against, reason)
}

/// Returns what contradicts a timer of `timer_s`; `None` where nothing does.
fn fault(activity: &Activity, told: &Told, timer_s: f64, sampled: &Sampled) -> Option<Reason> {
    if sampled.recorded_s <= 0.0 {
        return None;
    }
    let outlasts = sampled.moving_s > timer_s * (1.0 + AGREEMENT) + SLACK_S;
    if outlasts && !is_stroll(activity, told, timer_s, sampled) {
        return Some(Reason::MotionOutlasts);
    }
    let beyond_s = timer_s - sampled.span_s * (1.0 + AGREEMENT);
    // Who went as far in the samples as in the total has not run on after the last of them.
    let is_all_there = match (told.totals.distance_m, sampled.metres) {
        (Some(total), Some(metres)) => agree(total, metres) || total < metres,
        _ => beyond_s > sampled.span_s + LONGEST_WAIT_S,
    };
    (beyond_s > LONGEST_WAIT_S && is_all_there).then_some(Reason::BeyondSamples)
}

/// Whether what the samples hold beyond the timer is a stroll while it stood: slow, and not in the
/// total's metres. A device's own column holds no such metres.
pub(super) fn is_stroll(activity: &Activity, told: &Told, timer_s: f64, sampled: &Sampled) -> bool {
    let (Some(total_m), Some(metres)) = (told.totals.distance_m, sampled.metres) else { return false };
    let extra_mps = (metres - total_m) / (sampled.recorded_s - timer_s);
    activity.samples.is_worked_out(Channel::Distance)
        && metres > total_m
        && sampled.recorded_s > timer_s
        && extra_mps < STROLL * total_m / timer_s
}
