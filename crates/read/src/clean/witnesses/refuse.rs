//! A document whose totals contradict each other.

use super::{AGREEMENT, Activity, Quantity, Reason, Sampled, Statement, Witness, agree};
use crate::witness::Decision;

/// Times may differ by this (seconds), however short the run.
const SLACK_S: f64 = 10.0;

/// Refuses the totals of a document that has the runner move for longer than from the start to the
/// end: all that the samples do not say too. Without samples the time from start to end stands.
pub(super) fn totals(activity: &mut Activity, sampled: &Sampled) {
    let totals = &activity.totals;
    let (Some(moving_s), Some(elapsed_s)) = (totals.moving_s.or(totals.timer_s), totals.elapsed_s) else { return };
    if activity.summary != Witness::Document || moving_s <= elapsed_s * (1.0 + AGREEMENT) + SLACK_S {
        return;
    }
    let said = |value| Statement { witness: Witness::Document, value };
    let by_samples = |value| Statement { witness: Witness::Samples, value };
    let mut refuse = |quantity, statements: Vec<Statement>| {
        let believed = statements.first().map(|statement| statement.witness);
        let reason = Reason::MovingOutlastsElapsed;
        activity.decisions.push(Decision { quantity, statements, believed, reason });
    };
    if sampled.recorded_s <= 0.0 {
        refuse(Quantity::TimerTime, vec![said(elapsed_s), said(moving_s)]);
        (activity.totals.timer_s, activity.totals.moving_s) = (Some(elapsed_s), None);
        return;
    }
    refuse(Quantity::TimerTime, vec![by_samples(sampled.recorded_s), said(moving_s)]);
    if let Some((total_m, metres)) = activity.totals.distance_m.zip(sampled.metres).filter(|(a, b)| !agree(*a, *b)) {
        refuse(Quantity::Distance, vec![by_samples(metres), said(total_m)]);
        activity.totals.distance_m = None;
    }
    (activity.totals.timer_s, activity.totals.moving_s) = (None, None);
    activity.totals.elapsed_s = Some(elapsed_s).filter(|elapsed_s| agree(*elapsed_s, sampled.span_s));
}
