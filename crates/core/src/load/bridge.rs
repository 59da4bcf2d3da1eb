use super::convention::Convention;
use super::series::{Bridge, Series, SeriesError};
use super::session::{Compute, Load, Missing, SessionLoad};
use crate::log::TrainingLog;
use crate::measure::metric::Measured;
use crate::run::Run;
use crate::runner::Runner;

/// So many runs must have both loads before a factor between them is believed.
pub const MIN_BRIDGE_RUNS: usize = 10;

impl Series {
    /// Like [`Series::of`]; where the runs stand on different rungs of a ladder, those that lack
    /// the best rung which enough runs have are brought to it by fitted factors, which
    /// [`Series::bridges`] names.
    ///
    /// # Errors
    /// [`SeriesError::NoBridge`] where fewer than [`MIN_BRIDGE_RUNS`] runs have both of two loads
    /// that would have to be bridged.
    pub fn bridged(
        log: &TrainingLog,
        runner: &Runner,
        load: &'static Load,
        convention: &Convention,
    ) -> Result<Self, SeriesError> {
        match (Self::of(log, runner, load, convention), load.compute) {
            (Err(SeriesError::Mixed { .. }), Compute::Ladder(rungs)) => {
                let by = |load: &'static Load, run: &Run| load.by(run, runner, convention);
                let mut best_failure = None;
                for target in rungs {
                    match to_rung(log, &by, rungs, target) {
                        Ok(series) => return Ok(series),
                        Err(failure) => best_failure = best_failure.max_by_runs(failure),
                    }
                }
                Err(best_failure.unwrap_or(SeriesError::Mixed { rungs: Vec::new() }))
            }
            (answer, _) => answer,
        }
    }
}

/// Returns a log's days in one load, runs without it brought to it from the first of `others` that
/// they have by the runner's own factor; a run for which no factor fits has no value.
pub(crate) fn brought_to(
    log: &TrainingLog,
    runner: &Runner,
    target: &'static Load,
    others: &[&'static Load],
) -> Series {
    let by = |load: &'static Load, run: &Run| load.of(run, runner);
    let mut bridges: Vec<Option<Bridge>> = vec![None; others.len()];
    let mut sessions: Vec<_> = log.runs().iter().map(|run| by(target, run)).collect();
    for (at, other) in others.iter().enumerate() {
        let lacks = |(run, session): (&Run, &Result<SessionLoad, Missing>)| session.is_err() && by(other, run).is_ok();
        if !log.runs().iter().zip(&sessions).any(lacks) {
            continue;
        }
        let Ok(mut bridge) = fit(log.runs(), &by, other, target) else { continue };
        for (run, session) in log.runs().iter().zip(&mut sessions) {
            if let (Err(_), Ok(known)) = (&session, by(other, run)) {
                bridge.used_for += 1;
                *session = Ok(over(&bridge, &known, target));
            }
        }
        bridges[at] = Some(bridge);
    }
    Series::from_sessions(log, target, sessions, bridges.into_iter().flatten().collect())
}

/// A load times the factor of a bridge.
fn over(bridge: &Bridge, known: &SessionLoad, load: &'static Load) -> SessionLoad {
    let value = known.measured.value * bridge.factor;
    SessionLoad { load, measured: Measured { value, basis: "another load times a fitted factor", ..known.measured } }
}

/// Every run on one rung, as it is or over a bridge.
fn to_rung(
    log: &TrainingLog,
    by: &impl Fn(&'static Load, &Run) -> Result<SessionLoad, Missing>,
    rungs: &[&'static Load],
    target: &'static Load,
) -> Result<Series, SeriesError> {
    let mut bridges: Vec<Bridge> = Vec::new();
    let mut sessions = Vec::with_capacity(log.runs().len());
    for run in log.runs() {
        if let Ok(session) = by(target, run) {
            sessions.push(Ok(session));
            continue;
        }
        let Some(other) = rungs.iter().find_map(|rung| by(rung, run).ok()) else {
            sessions.push(Err(Missing { needs: "any of the loads of the ladder" }));
            continue;
        };
        let known = bridges.iter().position(|bridge| bridge.from == other.load.id);
        let index = if let Some(index) = known {
            index
        } else {
            bridges.push(fit(log.runs(), by, other.load, target)?);
            bridges.len() - 1
        };
        let bridge = &mut bridges[index];
        bridge.used_for += 1;
        sessions.push(Ok(over(bridge, &other, target)));
    }
    Ok(Series::from_sessions(log, target, sessions, bridges))
}

/// The factor between two loads.
fn fit(
    runs: &[Run],
    by: &impl Fn(&'static Load, &Run) -> Result<SessionLoad, Missing>,
    from: &'static Load,
    to: &'static Load,
) -> Result<Bridge, SeriesError> {
    let ratio = |run: &Run| {
        let ratio = by(to, run).ok()?.measured.value / by(from, run).ok()?.measured.value;
        Some(ratio).filter(|ratio| ratio.is_finite() && *ratio > 0.0)
    };
    let mut ratios: Vec<f64> = runs.iter().filter_map(ratio).collect();
    ratios.sort_by(f64::total_cmp);
    if ratios.len() < MIN_BRIDGE_RUNS {
        return Err(SeriesError::NoBridge { from: from.id, to: to.id, has: ratios.len(), needs: MIN_BRIDGE_RUNS });
    }
    let at = |share| super::bootstrap::quantile(&ratios, share);
    Ok(Bridge {
        from: from.id,
        to: to.id,
        factor: at(0.5),
        runs: ratios.len(),
        lower_quartile: at(0.25),
        upper_quartile: at(0.75),
        used_for: 0,
    })
}

/// Of several failures, the one that lacks the fewest runs.
trait Failures {
    fn max_by_runs(self, other: SeriesError) -> Self;
}

impl Failures for Option<SeriesError> {
    fn max_by_runs(self, other: SeriesError) -> Self {
        let runs = |error: &SeriesError| match error {
            SeriesError::NoBridge { has, .. } => *has,
            SeriesError::Mixed { .. } => 0,
        };
        match self {
            Some(error) if runs(&error) >= runs(&other) => Some(error),
            _ => Some(other),
        }
    }
}
