//! How far the run went up and down.

use super::{Activity, Quantity, Reason, Sampled, Statement, Verdict, Witness, agree};
use crate::climb::Climbed;
use crate::climb::altitude::Altitude;
use crate::limits::{FASTEST_ASCENT_MPS, FASTEST_DESCENT_MPS, STEEPEST};
use crate::witness::Decision;

/// Devices count climbs by rules of their own and differ by a third, or by this (metres).
const SHARE: f64 = 1.0 / 3.0;
const SLACK_M: f64 = 50.0;

/// Drops a device's climb that its own altitude contradicts, or that no ground allows.
pub(super) fn decide(activity: &mut Activity, sampled: &Sampled) {
    let totals = &activity.totals;
    if [totals.ascent_m, totals.descent_m].iter().flatten().all(|metres| *metres < SLACK_M) {
        return;
    }
    let is_part =
        totals.timer_s.is_some_and(|timer_s| !agree(timer_s, timer_s.min(sampled.recorded_s + sampled.silent_s)));
    let samples = &activity.samples;
    let counted = Altitude::of(samples).and_then(|looks| Climbed::along(samples, looks));
    // An altitude that never changes is none.
    let most = Climbed::at_most(samples).filter(|most| most.up_m + most.down_m > 0.0);
    let climbed = most.zip(counted).filter(|_| !is_part);
    let distance_m = totals.distance_m.or(sampled.metres);
    let seconds = totals.timer_s.or(Some(sampled.recorded_s).filter(|seconds| *seconds > 0.0));
    let directions = [
        (Quantity::Ascent, totals.ascent_m, climbed.map(|(most, counted)| (most.up_m, counted.up_m))),
        (Quantity::Descent, totals.descent_m, climbed.map(|(most, counted)| (most.down_m, counted.down_m))),
    ];
    for (quantity, total, by_altitude) in directions {
        let Some(total) = total else { continue };
        let told = Statement { witness: activity.summary, value: total };
        let verdict = match by_altitude {
            Some((most_m, counted_m)) if total - most_m > SLACK_M.max(SHARE * total) => {
                let figure = Statement { witness: Witness::Samples, value: counted_m };
                Verdict::samples(quantity, figure, [told], Reason::AltitudeShowsLess)
            }
            _ if is_out_of_reach(quantity, total, distance_m, seconds) => {
                let decision =
                    Decision { quantity, statements: vec![told], believed: None, reason: Reason::OutOfReach };
                Verdict { total: None, decision: Some(decision) }
            }
            _ => continue,
        };
        let slot = match quantity {
            Quantity::Ascent => &mut activity.totals.ascent_m,
            _ => &mut activity.totals.descent_m,
        };
        *slot = None;
        activity.decisions.extend(verdict.decision);
    }
}

/// Whether nobody climbs or descends so far over the distance, or in the time.
fn is_out_of_reach(quantity: Quantity, total_m: f64, distance_m: Option<f64>, seconds: Option<f64>) -> bool {
    let fastest_mps = if quantity == Quantity::Ascent { FASTEST_ASCENT_MPS } else { FASTEST_DESCENT_MPS };
    distance_m.is_some_and(|distance_m| total_m > STEEPEST * distance_m + SLACK_M)
        || seconds.is_some_and(|seconds| total_m > fastest_mps * seconds + SLACK_M)
}
