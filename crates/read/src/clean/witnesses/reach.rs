//! What no runner does, whoever says it.

use super::{Activity, Quantity, Reason, Sampled, Statement};
use crate::activity::{Note, NoteKind, Totals};
use crate::limits::{FURTHEST_RUN_M, HIGHEST_STEP_RATE_SPM, LONGEST_RUN_S, world_best_mps};
use crate::sport::Sport;
use crate::witness::Decision;

/// Distances are this much too long at times (a share), and courses go downhill.
const SLACK: f64 = 0.15;

/// Over fewer metres a single position makes any speed.
const FEWEST_M: f64 = 400.0;

/// Drops totals that nobody runs, and takes for no run what nobody runs.
pub(in crate::clean) fn hold(activity: &mut Activity, sampled: &Sampled) {
    if activity.sport != Sport::Running {
        return;
    }
    let is_too_long = |seconds: &f64| *seconds > LONGEST_RUN_S;
    let is_too_far = |metres: &f64| *metres > FURTHEST_RUN_M;
    drop_total(activity, |totals| &mut totals.timer_s, is_too_long, Quantity::TimerTime, Reason::TooLong);
    drop_total(activity, |totals| &mut totals.elapsed_s, is_too_long, Quantity::ElapsedTime, Reason::TooLong);
    drop_total(activity, |totals| &mut totals.distance_m, is_too_far, Quantity::Distance, Reason::OutOfReach);
    activity.totals.moving_s = activity.totals.moving_s.filter(|seconds| !is_too_long(seconds));
    drop_exertion(activity);
    let seconds = activity.totals.timer_s.or(Some(sampled.recorded_s)).filter(|seconds| *seconds > 0.0);
    if let Some(minutes) = seconds.map(|seconds| seconds / 60.0) {
        let is_too_many = |steps: &f64| *steps > HIGHEST_STEP_RATE_SPM * minutes.max(1.0);
        drop_total(activity, |totals| &mut totals.steps, is_too_many, Quantity::Steps, Reason::OutOfReach);
    }
    if let Some(why) = why_no_run(activity, sampled, seconds) {
        activity.sport = Sport::Generic;
        let text = format!("recorded as a run, but {why}; not counted as a run");
        activity.notes.push(Note::new(NoteKind::Sport, text));
    }
}

/// Exertion has a scale from 0 to 10.
fn drop_exertion(activity: &mut Activity) {
    let is_off = |exertion: &mut f64| !(0.0..=10.0).contains(exertion);
    if let Some(exertion) = activity.totals.perceived_exertion.take_if(is_off) {
        let text = format!("perceived exertion of {exertion:.1} on a scale from 0 to 10, left out");
        activity.notes.push(Note::new(NoteKind::Samples, text));
    }
}

/// Why a recording is no run, whatever it says.
fn why_no_run(activity: &Activity, sampled: &Sampled, seconds: Option<f64>) -> Option<String> {
    let totals = &activity.totals;
    let is_bare = activity.samples.is_empty();
    let matters = |decision: &Decision| matches!(decision.quantity, Quantity::Distance | Quantity::TimerTime);
    let mut decisions = activity.decisions.iter();
    if is_bare && decisions.any(|decision| decision.believed.is_none() && matters(decision)) {
        return Some("nobody runs what its totals say, and nothing else was recorded".to_owned());
    }
    let metres = totals.distance_m.or(sampled.metres);
    if metres.is_none() && totals.timer_s.or(totals.elapsed_s).is_none() && sampled.recorded_s <= 0.0 {
        return Some("it has neither distance nor time".to_owned());
    }
    if sampled.moving_s > LONGEST_RUN_S {
        return Some(format!("nobody runs for {:.0} hours", sampled.moving_s / 3600.0));
    }
    let (metres, seconds) = metres.zip(seconds)?;
    let is_too_fast = metres >= FEWEST_M && metres / seconds > (1.0 + SLACK) * world_best_mps(metres);
    is_too_fast.then(|| format!("nobody runs {:.1} km in {:.0} minutes", metres / 1000.0, seconds / 60.0))
}

/// Drops a total that cannot be, and says so.
fn drop_total(
    activity: &mut Activity,
    total: fn(&mut Totals) -> &mut Option<f64>,
    cannot_be: impl Fn(&f64) -> bool,
    quantity: Quantity,
    reason: Reason,
) {
    let Some(value) = total(&mut activity.totals).take_if(|value| cannot_be(value)) else { return };
    let statements = vec![Statement { witness: activity.summary, value }];
    activity.decisions.push(Decision { quantity, statements, believed: None, reason });
}
