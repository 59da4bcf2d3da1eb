use std::collections::BTreeMap;

use jiff::civil::Date;

use super::convention::Convention;
use super::session::{Compute, Load, SessionLoad};
use crate::log::TrainingLog;
use crate::runner::Runner;

/// A load over every day of a log. A day of rest is 0; a day with a run that has no value has none.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Series {
    /// Which load it is in: of a ladder, the rung.
    pub load: &'static Load,
    /// Every day of the log.
    pub days: Vec<DayLoad>,
    /// The factors by which runs on other rungs were brought to this one; empty without a ladder.
    pub bridges: Vec<Bridge>,
}

/// A factor from one load to another, fitted on the runs that have both.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Bridge {
    /// The id of the load it leads from.
    pub from: &'static str,
    /// The id of the load it leads to.
    pub to: &'static str,
    /// The median of the ratios: a value of `from` times this is one of `to`.
    pub factor: f64,
    /// How many runs have both.
    pub runs: usize,
    /// A quarter of the ratios are below this.
    pub lower_quartile: f64,
    /// A quarter of the ratios are above this.
    pub upper_quartile: f64,
    /// How many runs it was used for.
    pub used_for: usize,
}

/// A day of a [`Series`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DayLoad {
    /// The runner's local date.
    pub date: Date,
    /// How many sessions began on it.
    pub runs: usize,
    /// Whether nothing was run on it, not even the end of a session that began the day before.
    pub is_rest: bool,
    /// How many of them have no value.
    pub runs_without: usize,
    /// The loads of its runs added up, in the series' unit; 0 on a day of rest, `None` where a run
    /// has no value.
    pub value: Option<f64>,
    /// What the value was worked out from; `None` on a day of rest.
    pub basis: Option<&'static str>,
    /// What the runs without a value would need.
    pub needs: Option<&'static str>,
}

/// Why runs make no series of loads.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeriesError {
    /// The runs stand on different rungs of a ladder, which do not add up.
    #[error("the runs stand on different rungs ({}), whose values do not add up", counted(.rungs))]
    Mixed {
        /// Each rung by id, and how many runs stand on it.
        rungs: Vec<(&'static str, usize)>,
    },
    /// No rung of the ladder can be reached by all runs.
    #[error("no factor fits: it takes {needs} runs that have both loads, and at most {has} have {from} and {to}")]
    NoBridge {
        /// The rung, by id, on which runs would have to leave.
        from: &'static str,
        /// The rung, by id, which they would have to reach.
        to: &'static str,
        /// Runs that have both.
        has: usize,
        /// Runs that it takes.
        needs: usize,
    },
}

fn counted(rungs: &[(&'static str, usize)]) -> String {
    rungs.iter().map(|(id, n)| format!("{id} {n}")).collect::<Vec<_>>().join(", ")
}

impl Series {
    /// Returns the load of each run of a log, by days; where programs have different formulas for
    /// it, by the convention's.
    ///
    /// # Errors
    /// [`SeriesError::Mixed`] where the runs stand on different rungs of a ladder.
    pub fn of(
        log: &TrainingLog,
        runner: &Runner,
        load: &'static Load,
        convention: &Convention,
    ) -> Result<Self, SeriesError> {
        let sessions: Vec<_> = log.runs().iter().map(|run| load.by(run, runner, convention)).collect();
        let Compute::Ladder(rungs) = load.compute else {
            return Ok(Self::from_sessions(log, load, sessions, Vec::new()));
        };
        let stand_on = |rung: &Load| sessions.iter().flatten().filter(|session| session.load.id == rung.id).count();
        let used: Vec<_> = rungs.iter().map(|rung| (*rung, stand_on(rung))).filter(|(_, n)| *n > 0).collect();
        match used.as_slice() {
            [] => Ok(Self::from_sessions(log, load, sessions, Vec::new())),
            [(rung, _)] => Ok(Self::from_sessions(log, rung, sessions, Vec::new())),
            mixed => Err(SeriesError::Mixed { rungs: mixed.iter().map(|(rung, n)| (rung.id, *n)).collect() }),
        }
    }

    /// The days of a log with these loads of its runs, in the order of [`TrainingLog::runs`].
    pub(super) fn from_sessions(
        log: &TrainingLog,
        load: &'static Load,
        sessions: Vec<Result<SessionLoad, super::Missing>>,
        bridges: Vec<Bridge>,
    ) -> Self {
        let mut by_date: BTreeMap<Date, Vec<_>> = BTreeMap::new();
        for (run, session) in log.runs().iter().zip(sessions) {
            by_date.entry(run.local_date).or_default().push(session);
        }
        let day = |known: &crate::log::Day| {
            let date = known.date;
            let runs = by_date.get(&date).map_or(&[][..], Vec::as_slice);
            let mut bases: Vec<&str> = runs.iter().flatten().map(|session| session.measured.basis).collect();
            bases.dedup();
            let needs = runs.iter().find_map(|session| session.as_ref().err().map(|missing| missing.needs));
            DayLoad {
                date,
                runs: runs.len(),
                is_rest: known.is_rest(),
                runs_without: runs.iter().filter(|session| session.is_err()).count(),
                value: needs
                    .is_none()
                    .then(|| runs.iter().flatten().fold(0.0, |sum, session| sum + session.measured.value)),
                basis: match bases.as_slice() {
                    [] => None,
                    [one] => Some(one),
                    _ => Some("several runs, by different means"),
                },
                needs,
            }
        };
        Self { load, days: log.days().iter().map(day).collect(), bridges }
    }

    /// Returns the value of each day, NaN where there is none.
    pub fn values(&self) -> Vec<f64> {
        self.days.iter().map(|day| day.value.unwrap_or(f64::NAN)).collect()
    }
}
