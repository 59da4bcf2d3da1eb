//! How far the run went.

use super::time::is_stroll;
use super::{AGREEMENT, Activity, Sampled, Told, Verdict, agree};
use crate::activity::Channel;
use crate::clean::distance::metres_of_positions;
use crate::clean::fastest_mps;
use crate::witness::{Decision, Quantity, Reason, Statement, Witness};

/// Fewer metres are no contradiction, however short the run.
const SLACK_M: f64 = 20.0;

/// Positions alone are this inexact: between houses a track is longer by so much, sparse ones cut
/// corners.
const WANDER: f64 = 0.10;

/// Of two that differ, positions this close to one speak for it.
const CLOSE: f64 = 0.05;

/// Whoever corrects a distance does not change it by more than this factor.
const MOST_CORRECTED: f64 = 2.5;

/// What nobody recorded may have been run at these speeds (metres per second).
const UNSEEN_MPS: std::ops::RangeInclusive<f64> = 0.5..=7.0;

pub(super) fn decide(activity: &Activity, told: &[Told; 2], sampled: &Sampled) -> Verdict {
    let column_is_recorded = !activity.samples.is_worked_out(Channel::Distance);
    let by = if column_is_recorded { Witness::Samples } else { Witness::Positions };
    let figure = sampled.metres.map(|value| Statement { witness: by, value });
    let mut against = Vec::new();
    let mut first_fault = None;
    for told in told {
        let Some(total_m) = told.totals.distance_m else { continue };
        let total = told.statement(total_m);
        let judged = match figure {
            _ if is_out_of_reach(activity, told, sampled) => Err(Reason::OutOfReach),
            None => Ok(Reason::Agree),
            Some(figure) if holds_what_nobody_ran(&total, figure.value, sampled.not_run_m) => Err(Reason::OutOfReach),
            Some(figure) if !agree(total_m, figure.value) && counts_on(activity, told, sampled) => {
                Err(Reason::LapsCountOn)
            }
            Some(figure) => judge(activity, told, total_m, figure.value, sampled),
        };
        match judged {
            Ok(reason) => {
                let reason = if against.is_empty() { reason } else { first_fault.unwrap_or(reason) };
                let against = against.into_iter().chain(figure);
                return Verdict::believed(Quantity::Distance, total, against, reason);
            }
            Err(fault) => {
                against.push(total);
                first_fault = first_fault.or(Some(fault));
            }
        }
    }
    let Some(reason) = first_fault else { return Verdict::silent() };
    if let Some(figure) = figure {
        return Verdict::samples(Quantity::Distance, figure, against, reason);
    }
    let decision = Decision { quantity: Quantity::Distance, statements: against, believed: None, reason };
    Verdict { total: None, decision: Some(decision) }
}

/// Holds a total against the metres of the samples: why it is believed, or why not.
fn judge(activity: &Activity, told: &Told, total_m: f64, metres: f64, sampled: &Sampled) -> Result<Reason, Reason> {
    if agree(total_m, metres) || (total_m - metres).abs() <= SLACK_M {
        return Ok(Reason::Agree);
    }
    let column_is_recorded = !activity.samples.is_worked_out(Channel::Distance);
    let is_near = (total_m - metres).abs() <= WANDER * metres;
    let is_devices = told.witness != Witness::Laps;
    if !column_is_recorded && is_near && is_devices {
        return Ok(Reason::PositionsWander);
    }
    // What lies in silences the device did not count: the runner got on while it stood.
    let timed_m = metres - sampled.silent_m;
    let tolerance = if column_is_recorded { AGREEMENT } else { WANDER };
    if sampled.silent_m > 0.0 && (total_m - timed_m).abs() <= tolerance * timed_m && is_devices {
        return Ok(Reason::StrolledWhileStopped);
    }
    let total_s = told.totals.timer_s;
    if let Some(total_s) = total_s {
        let untold_s = sampled.moving_s - total_s;
        if metres > total_m && untold_s > AGREEMENT * total_s {
            let is_stroll = is_stroll(activity, told, total_s, sampled);
            return if is_stroll { Ok(Reason::StrolledWhileStopped) } else { Err(Reason::TotalCoversPart) };
        }
        let unseen_s = total_s - sampled.recorded_s;
        if total_m > metres && unseen_s > AGREEMENT * total_s {
            let unseen_mps = (total_m - metres) / unseen_s;
            if UNSEEN_MPS.contains(&unseen_mps) {
                return Ok(Reason::SamplesCoverPart);
            }
        }
    }
    if !column_is_recorded {
        return if is_near || is_devices { Ok(Reason::PositionsWander) } else { Err(Reason::PositionsAgree) };
    }
    match metres_of_positions(activity) {
        Some(along) if (total_m - along).abs() <= CLOSE * along => Ok(Reason::PositionsAgree),
        Some(_) => Err(Reason::PositionsAgree),
        None => {
            let ratio = (total_m / metres).max(metres / total_m);
            if ratio <= MOST_CORRECTED { Ok(Reason::Corrected) } else { Err(Reason::OutOfReach) }
        }
    }
}

/// Whether nobody covers the total in its time.
fn is_out_of_reach(activity: &Activity, told: &Told, sampled: &Sampled) -> bool {
    let (Some(metres), totals) = (told.totals.distance_m, &told.totals) else { return false };
    let seconds = [totals.timer_s, totals.elapsed_s].into_iter().flatten().next();
    let seconds = seconds.map(|seconds| seconds.max(sampled.recorded_s));
    seconds.is_some_and(|seconds| metres > fastest_mps(activity.sport) * seconds)
}

/// Whether a total has the metres that were taken out of the samples. An exporter's is the watch's
/// own and has not those of single positions.
fn holds_what_nobody_ran(total: &Statement, metres: f64, not_run_m: f64) -> bool {
    let (total_m, with_all_m) = (total.value, metres + not_run_m);
    let is_its_own = total.witness == Witness::Document && agree(total_m, metres);
    not_run_m > SLACK_M
        && !is_its_own
        && agree(total_m, with_all_m)
        && (total_m - with_all_m).abs() < (total_m - metres).abs()
}

/// Whether each lap has the distance from the start, and not its own.
fn counts_on(activity: &Activity, told: &Told, sampled: &Sampled) -> bool {
    if told.witness != Witness::Laps || activity.laps.len() < 2 {
        return false;
    }
    let metres = || activity.laps.iter().filter_map(|lap| lap.totals.distance_m);
    let (Some(last), Some(total)) = (metres().next_back(), sampled.metres) else { return false };
    metres().is_sorted() && agree(last, total)
}
