//! What pods at the shoes tell of a run, held against the median of the runner's own runs before.

use crate::log::TrainingLog;
use crate::measure::metric::Metric;
use crate::run::Run;
use kneewise_read::time::DateExt;

use super::own_form;

/// What it takes where no pod told.
pub(super) const REMEDY: &str = "wear pods on both shoes that record how feet land and roll, such as RunScribe";

pub(super) const CONSIDER: &str = "Check that the pods sit as before and the shoes are the same.";

/// Of a junk file's runs so many are compared with at most.
const MOST_RUNS: usize = 300;

/// A run with a foot's figure, beside the runner's own.
#[derive(Clone, Copy)]
pub(super) struct Compared<'l> {
    pub run: &'l Run,
    pub measured: f64,
    /// The median of the runs of the days before.
    pub own: f64,
}

/// A metric of a run; `None` where a pod did not tell it.
pub(super) fn known(run: &Run, metric: &Metric) -> Option<f64> {
    run.value(metric).filter(|value| value.is_finite())
}

/// The runs that could be held against the median of at least `min_runs` runs of the `window_days`
/// before by the same watch, in order of time. Runs in the first weeks after a break are left out.
pub(super) fn compared<'l>(
    log: &'l TrainingLog,
    metric: &'static Metric,
    window_days: u32,
    min_runs: usize,
) -> impl Iterator<Item = Compared<'l>> {
    log.runs().iter().filter_map(move |run| {
        let measured = known(run, metric)?;
        if log.returning_on(run.local_date).is_some() {
            return None;
        }
        let from = run.local_date.saturating_add_days(-i64::from(window_days));
        let before = log.runs_between(from, run.local_date.saturating_add_days(-1)).iter().rev();
        let before: Vec<f64> = (before.filter(|earlier| earlier.device == run.device))
            .filter_map(|earlier| known(earlier, metric))
            .take(MOST_RUNS)
            .collect();
        let own = own_form::middle(&before, |value| *value);
        (before.len() >= min_runs.max(1)).then_some(Compared { run, measured, own })
    })
}
