//! How form changed towards the end of the latest long runs, as the rules on late form look at it.

use crate::log::TrainingLog;
use crate::measure::metric::{Metric, TIMER};
use crate::run::Run;
use kneewise_read::time::DateExt;

use super::own_form;
use crate::rule::{Coverage, Missing, Window};

/// The latest long runs of which a metric is known.
#[derive(Clone, Debug)]
pub(super) struct LongRuns<'l> {
    /// Each with its value, in order of time; at least one.
    pub latest: Vec<(&'l Run, f64)>,
    /// Whether no long run that could not be compared lies between them or after them.
    pub are_the_last: bool,
    /// Of the long runs in the window those with the metric.
    pub coverage: Coverage,
}

/// Which runs are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub metric: &'static Metric,
    /// Days up to the log's last.
    pub window_days: u32,
    /// The timer's seconds of a long run.
    pub min_run_s: f64,
    /// Of these so many, the latest.
    pub last_runs: usize,
    /// It takes so many.
    pub min_runs: usize,
    /// What records the metric.
    pub remedy: &'static str,
}

impl Choice {
    /// The runs; `Err` with what is missing where there are fewer than it takes.
    pub fn of(self, log: &TrainingLog) -> Result<LongRuns<'_>, Missing> {
        let from = log.as_of().saturating_add_days(1 - i64::from(self.window_days));
        let value = |run: &Run| run.value(self.metric).filter(|value| value.is_finite());
        let is_long = |run: &&Run| run.value(&TIMER).is_some_and(|seconds| seconds >= self.min_run_s);
        let long: Vec<&Run> = log.runs_between(from, log.as_of()).iter().filter(is_long).collect();
        let coverage =
            Coverage::count("long runs", log.as_of(), long.iter().map(|run| (run.local_date, value(run).is_some())))
                .without("the same speeds in their first and last third");
        let mut latest: Vec<(&Run, f64)> = long.iter().filter_map(|run| Some((*run, value(run)?))).collect();
        if latest.is_empty() || latest.len() < self.min_runs {
            return Err(self.missing(log, long.len(), latest.len()));
        }
        latest.drain(..latest.len().saturating_sub(self.last_runs.max(self.min_runs)));
        let last = &long[long.len() - latest.len()..];
        let are_the_last = last.iter().zip(&latest).all(|(run, (compared, _))| run.id == compared.id);
        Ok(LongRuns { latest, are_the_last, coverage })
    }

    fn missing(self, log: &TrainingLog, long: usize, known: usize) -> Missing {
        let (needs, minutes) = (self.min_runs.max(1), self.min_run_s / 60.0);
        let reason = format!(
            "needs {needs} runs of at least {minutes:.0} minutes in the last {} days with the same speeds in the first and last third \
             ({}). Of {long} long {} {} could be compared",
            self.window_days,
            self.metric.name.to_lowercase(),
            if long == 1 { "run" } else { "runs" },
            own_form::none_or(known),
        );
        let is_recorded = log.runs().iter().any(|run| run.value(self.metric).is_some());
        let remedy = if is_recorded {
            format!(
                "{} of at least {minutes:.0} minutes at an even pace",
                own_form::more_runs(needs - known.min(needs))
            )
        } else {
            self.remedy.to_owned()
        };
        Missing { reason, remedy: remedy.into() }
    }
}

impl LongRuns<'_> {
    /// Returns `your last 10 runs of at least 45 minutes`, or, where others were left out, `the
    /// last 10 runs of at least 45 minutes that could be compared`.
    pub fn words(&self, min_run_s: f64) -> String {
        let (of, minutes) = (self.latest.len(), min_run_s / 60.0);
        if self.are_the_last {
            format!("your last {of} runs of at least {minutes:.0} minutes")
        } else {
            format!("the last {of} runs of at least {minutes:.0} minutes that could be compared")
        }
    }

    /// The days from the first of the runs to one of them.
    pub fn window_to(&self, run: &Run) -> Window {
        Window { from: self.latest[0].0.local_date, to: run.local_date }
    }
}
