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
pub(in crate::read::clean) fn hold(activity: &mut Activity, sampled: &Sampled) {
    if activity.sport != Sport::Running {
        return;
    }
    let is_too_long = |seconds: &f64| *seconds > LONGEST_RUN_S;
    let is_too_far = |metres: &f64| *metres > FURTHEST_RUN_M;
    drop_total(activity, |totals| &mut totals.timer_s, is_too_long, Quantity::TimerTime, Reason::TooLong);
    drop_total(activity, |totals| &mut totals.elapsed_s, is_too_long, Quantity::ElapsedTime, Reason::TooLong);
    drop_total(activity, |totals| &mut totals.distance_m, is_too_far, Quantity::Distance, Reason::OutOfReach);
    activity.totals.moving_s = activity.totals.moving_s.filter(|seconds| !is_too_long(seconds));
    activity.totals.perceived_exertion =
        activity.totals.perceived_exertion.filter(|exertion| (0.0..=10.0).contains(exertion));
    let totals = &activity.totals;
    let seconds = totals.timer_s.or(Some(sampled.recorded_s)).filter(|seconds| *seconds > 0.0);
    if let Some(minutes) = seconds.map(|seconds| seconds / 60.0) {
        let is_too_many = |steps: &f64| *steps > HIGHEST_STEP_RATE_SPM * minutes.max(1.0);
        drop_total(activity, |totals| &mut totals.steps, is_too_many, Quantity::Steps, Reason::OutOfReach);
    }
    let metres = activity.totals.distance_m.or(sampled.metres);
    let is_bare = activity.samples.is_empty() && metres.is_none() && seconds.is_none();
    let was_dropped = activity.decisions.iter().any(|decision| decision.believed.is_none());
    let is_no_run = metres.zip(seconds).is_some_and(|(metres, seconds)| {
        metres >= FEWEST_M && metres / seconds > (1.0 + SLACK) * world_best_mps(metres)
    });
    let text = match (metres.zip(seconds), is_no_run) {
        (Some((metres, seconds)), true) => format!(
            "recorded as a run, but nobody runs {:.1} km in {:.0} minutes; not counted as a run",
            metres / 1000.0,
            seconds / 60.0
        ),
        _ if is_bare && was_dropped => {
            "recorded as a run, but nothing that it says can be; not counted as a run".to_owned()
        }
        _ => return,
    };
    activity.sport = Sport::Generic;
    activity.notes.push(Note::new(NoteKind::Sport, text));
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
