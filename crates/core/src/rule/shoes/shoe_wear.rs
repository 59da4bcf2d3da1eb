//! Which pair was worn on which run, as the rules on shoes look at it.

use jiff::civil::Date;

use crate::log::TrainingLog;
use crate::run::Run;
use crate::runner::{Runner, Shoe};

use crate::rule::{Coverage, Missing, Outcome};

/// What would tell which pair was worn.
pub(super) const REMEDY: &str = "add your shoes to the profile (kneewise profile init), or name them in the export";

/// A run with the pair it was run in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worn<'l> {
    pub run: &'l Run,
    pub shoe: &'l Shoe,
}

/// Every run of which the pair is known, in order of time.
pub(super) fn worn<'l>(log: &'l TrainingLog, runner: &'l Runner) -> Vec<Worn<'l>> {
    log.runs().iter().filter_map(|run| Some(Worn { run, shoe: runner.shoe_of(run)? })).collect()
}

/// Whether both were run in the same pair.
pub(super) fn is_same(a: &Shoe, b: &Shoe) -> bool {
    std::ptr::eq(a, b)
}

/// Of the runs of some days those of which the pair is known.
pub(super) fn coverage(runs: &[Run], as_of: Date, runner: &Runner) -> Coverage {
    Coverage::count("runs", as_of, runs.iter().map(|run| (run.local_date, runner.shoe_of(run).is_some())))
        .without("a known pair")
}

/// Metres over some runs; runs whose distance no file says count nothing.
pub(super) fn metres<'l>(runs: impl Iterator<Item = &'l Run>) -> f64 {
    // Not `sum`, which is -0 of none.
    runs.filter_map(Run::distance_m).filter(|metres| metres.is_finite()).fold(0.0, |sum, metres| sum + metres)
}

/// Why shoes could not be assessed.
pub(super) fn missing(needs: &str, log: &TrainingLog, runner: &Runner, known: usize) -> Outcome {
    let has = match runner.shoes.len() {
        0 => "no pair is known".to_owned(),
        n => format!(
            "of {} runs {known} have a known pair ({n} {} in the profile)",
            log.runs().len(),
            if n == 1 { "pair" } else { "pairs" }
        ),
    };
    Missing::outcome(format!("needs {needs}; {has}"), REMEDY)
}
