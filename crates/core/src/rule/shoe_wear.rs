//! Which pair was worn on which run, as the rules on shoes look at it.

use jiff::civil::Date;

use crate::log::TrainingLog;
use crate::run::Run;
use crate::runner::{Runner, Shoe};
use kneewise_read::unit::Units;

use crate::rule::Remedy;
use crate::rule::{Coverage, Missing};

/// What would tell which pair was worn.
pub(in crate::rule) const REMEDY: &str = "add your shoes to the profile, or name them in the export";

/// A run with a pair it was run in.
#[derive(Clone, Copy, Debug)]
pub(in crate::rule) struct Worn<'l> {
    pub run: &'l Run,
    pub shoe: &'l Shoe,
    /// Metres of it that were run in the pair; `None` where no file says.
    pub metres: Option<f64>,
}

/// Every run of which a pair is known, in order of time; once a pair, where its parts were run in
/// several.
pub(in crate::rule) fn worn<'l>(log: &'l TrainingLog, runner: &'l Runner) -> Vec<Worn<'l>> {
    let mut worn: Vec<Worn> = Vec::new();
    for run in log.runs() {
        let begin = worn.len();
        for (shoe, part) in runner.shoes_of(run) {
            let Some(shoe) = shoe else { continue };
            let metres = part.distance_m.filter(|metres| metres.is_finite());
            match worn[begin..].iter_mut().find(|worn| is_same(worn.shoe, shoe)) {
                Some(same) => same.metres = same.metres.zip(metres).map(|(a, b)| a + b),
                None => worn.push(Worn { run, shoe, metres }),
            }
        }
    }
    worn
}

/// Whether both were run in the same pair.
pub(in crate::rule) fn is_same(a: &Shoe, b: &Shoe) -> bool {
    std::ptr::eq(a, b)
}

/// The first day of a pair, where it was new then: without a distance before, and, where only runs
/// tell the day, not the first pair of them all.
pub(in crate::rule) fn new_since(shoe: &Shoe, worn: &[Worn]) -> Option<Date> {
    let first_run = worn.iter().position(|worn| is_same(worn.shoe, shoe))?;
    let is_known = shoe.since.is_some() || first_run > 0;
    (shoe.start_m <= 0.0 && is_known).then(|| shoe.since.unwrap_or(worn[first_run].run.local_date))
}

/// Of the runs of some days those of which the pair is known.
pub(in crate::rule) fn coverage(runs: &[Run], as_of: Date, runner: &Runner) -> Coverage {
    Coverage::count("runs", as_of, runs.iter().map(|run| (run.local_date, runner.shoe_of(run).is_some())))
        .without("a known pair")
}

/// Of all runs those in a pair that counts and of a known distance; `what` is such a pair.
pub(in crate::rule) fn coverage_of_distance(
    log: &TrainingLog,
    runner: &Runner,
    counts: fn(&Shoe) -> bool,
    what: &'static str,
) -> Coverage {
    let has_pair = |run: &Run| runner.shoe_of(run).is_some_and(counts);
    let dated = log.runs().iter().map(|run| (run.local_date, has_pair(run) && known_m(run).is_some()));
    let coverage = Coverage::count("runs", log.as_of(), dated);
    let lacks_distance = log.runs().iter().any(|run| has_pair(run) && known_m(run).is_none());
    coverage.without(if lacks_distance { "a known pair and a distance" } else { what })
}

/// Metres over some runs.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::rule) struct Distance {
    /// Over those whose distance a file says.
    pub metres: f64,
    /// How many have none: the metres are then a lower limit.
    pub runs_without: usize,
    /// How many there are.
    pub runs: usize,
}

impl Distance {
    /// The distance over some runs.
    pub fn of<'l>(runs: impl Iterator<Item = &'l Run>) -> Self {
        runs.fold(Self::default(), |sum, run| sum.plus(known_m(run)))
    }

    /// The distance over the parts of runs that were run in a pair.
    pub fn in_pair<'w, 'l: 'w>(worn: impl Iterator<Item = &'w Worn<'l>>) -> Self {
        worn.fold(Self::default(), |sum, worn| sum.plus(worn.metres))
    }

    /// With another run.
    pub fn plus(self, metres: Option<f64>) -> Self {
        Self {
            metres: self.metres + metres.unwrap_or(0.0),
            runs_without: self.runs_without + usize::from(metres.is_none()),
            runs: self.runs + 1,
        }
    }

    /// Metres, if each run without a distance had been as long as the [longest](longest_m) of the
    /// log.
    pub fn at_most_m(self, longest_m: f64) -> f64 {
        // Not 0 times an infinity.
        if self.runs_without == 0 { self.metres } else { self.metres + self.runs_without as f64 * longest_m }
    }

    /// `812.0 km`, `at least 812.0 km`.
    pub fn words(self, units: Units) -> String {
        let at_least = if self.runs_without > 0 { "at least " } else { "" };
        format!("{at_least}{}", units.distance(self.metres))
    }

    /// ` (2 of 40 runs name no distance)`; empty where all do.
    pub fn note(self) -> String {
        match self.runs_without {
            0 => String::new(),
            without => format!(" ({without} of {} runs have no distance)", self.runs),
        }
    }
}

/// What would tell a distance that no file says.
pub(in crate::rule) const DISTANCE_REMEDY: &str = "add the distance of those runs, in files or in a log kept by hand";

fn known_m(run: &Run) -> Option<f64> {
    run.distance_m().filter(|metres| metres.is_finite())
}

/// The longest run whose distance is known; without one nobody knows how long the others were.
pub(in crate::rule) fn longest_m(log: &TrainingLog) -> f64 {
    log.runs().iter().filter_map(known_m).max_by(f64::total_cmp).unwrap_or(f64::INFINITY)
}

/// Why shoes could not be assessed.
pub(in crate::rule) fn missing(needs: &str, log: &TrainingLog, runner: &Runner, known: usize) -> Missing {
    let has = match runner.shoes.len() {
        0 => "no pair is known".to_owned(),
        n => format!(
            "{known} of {} runs have a known pair ({n} {} in the profile)",
            log.runs().len(),
            if n == 1 { "pair" } else { "pairs" }
        ),
    };
    Missing { reason: format!("needs {needs}: {has}"), remedy: Remedy::profile(REMEDY) }
}
