//! A week of which one run is more than half.

use crate::doc::documented;
use crate::log::{TrainingLog, Week};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, in_percent};

use super::days::{Episode, episodes, highest, in_a_row, run_ids};
use crate::knowledge::reference::MALISOUX_2013;
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Runs that a week must have.
    min_runs: usize = 3, 1..=10_000;
    /// A longest run of less than this (metres) is not looked at.
    min_longest_m: f64 = 10_000.0, 0.0..=1e7;
    /// A share above this (per cent) is for information.
    info_percent: f64 = 50.0, 0.0..=100.0;
}

documented! {
    /// ## What it does
    /// In each complete calendar week with at least three runs, takes the longest run as a share of
    /// the week's distance:
    ///
    /// `share = 100 · longest run / distance of the week`
    ///
    /// Over 50% is info. Weeks in a row over it are one finding, described by the highest share.
    ///
    /// ## Why it matters
    /// Coaches advise a long run of at most 25–35% of the week. No study supports such a number, or
    /// 50%. The existing evidence points the other way. In a study of 264 runners, 87 of whom were
    /// injured in 22 weeks, longer runs on average were followed by fewer injuries (0.795 times as
    /// many for each kilometre, 95% CI 0.725–0.872). The better question is how far a run exceeds
    /// the longest of the month before; `session-spike` asks it.
    ///
    /// ## Limits
    /// With three runs a week the longest is at least a third, so weeks with fewer runs are not
    /// assessed, nor is a longest run under 10 km (heuristic). Weeks in which a run has no distance
    /// are not assessed either, nor are the first weeks after a break of at least 14 days (see
    /// `return-after-break`). Many light weeks end with a race.
    ///
    /// ## Example
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-03-01 | 10.0 | |
    /// | 2026-03-03 | 5.0 | |
    /// | 2026-03-05 | 6.0 | not assessed |
    /// | 2026-03-08 | 11.0 | clear 50 |
    /// | 2026-03-10 | 5.0 | |
    /// | 2026-03-12 | 5.0 | |
    /// | 2026-03-15 | 15.0 | info 60 |
    ///
    /// ## Options
    /// `min_runs` (3), `min_longest_m` (10000), `info_percent` (50).
    ///
    /// ## References
    /// Malisoux 2013.
    pub static LONG_RUN_SHARE: Rule {
        id: "long-run-share",
        name: "Long run as a share of the week",
        area: Area::Load,
        evidence: Evidence::Heuristic,
        is_preview: false,
        raised_by: &[],
        needs: "a complete week with three runs, each with a distance",
        not_known: "Whether the share is linked to injuries is unknown: no study looked at it. Another rule compares the run with earlier ones.",
        brief: Brief::new(
            "Long run dominates the week",
            "Spread the distance over your other runs.",
            &[Reading::above(Unit::Percent, "of a week in one run")],
        ),
        references: &[&MALISOUX_2013],
        check: check,
    }
}

const STUDY: &str = "The limit is a coaches' rule of thumb. In a study of 264 runners (87 injured in 22 weeks) longer runs on average were \
    followed by fewer injuries, not more.";

/// The longest run of a week in metres and its share in per cent; `None` where that cannot be told.
fn longest(log: &TrainingLog, week: &Week, options: &Options) -> Option<(f64, f64)> {
    let is_usable = week.complete
        && week.runs >= options.min_runs
        && week.runs_without_distance == 0
        && log.returning_on(week.last_day()).is_none();
    let runs = log.runs_between(week.start, week.last_day());
    let longest_m = runs.iter().filter_map(Run::distance_m).fold(0.0, f64::max);
    let percent = 100.0 * longest_m / week.distance_m;
    (is_usable && percent.is_finite()).then_some((longest_m, percent))
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.long_run_share);
    let measured = measure(log, options);
    let Some(highest) = highest(&measured.shares()) else {
        let needs = format!("a complete week with at least {} runs, each with a distance", options.min_runs);
        let reason = format!("needs {needs}. None of {} complete weeks has that", measured.coverage.of);
        return Missing::outcome(reason, needs);
    };
    let episodes = episodes(&measured.shares_of_long(options), options.info_percent, 1);
    let flags = episodes.iter().rev().map(|episode| flag(episode, log, &measured, options, units));
    flagged_or(flags, || clear(log, measured.coverage, highest, options, units))
}

struct Measured {
    /// By [`longest`], of each of `log.weeks()`.
    longest: Vec<Option<(f64, f64)>>,
    coverage: Coverage,
}

fn measure(log: &TrainingLog, options: &Options) -> Measured {
    let weeks = log.weeks();
    let longest: Vec<Option<(f64, f64)>> = weeks.iter().map(|week| longest(log, week, options)).collect();
    let complete = weeks.iter().zip(&longest).filter(|(week, _)| week.complete);
    let dated = complete.map(|(week, longest)| (week.last_day(), longest.is_some()));
    let coverage = Coverage::count("complete weeks", log.as_of(), dated);
    Measured { longest, coverage }
}

impl Measured {
    /// The share of the longest run of each week, in per cent.
    fn shares(&self) -> Vec<Option<f64>> {
        self.longest.iter().map(|longest| longest.map(|(_, percent)| percent)).collect()
    }

    /// Of weeks whose longest run is long enough to be looked at.
    fn shares_of_long(&self, options: &Options) -> Vec<Option<f64>> {
        let is_long = |(metres, _): &(f64, f64)| *metres >= options.min_longest_m;
        self.longest.iter().map(|longest| longest.filter(is_long).map(|(_, percent)| percent)).collect()
    }
}

fn message(episode: &Episode, weeks: &[Week], measured: &Measured, options: &Options, units: Units) -> String {
    let in_a_row = in_a_row(weeks, episode, "highest", &format!("over {}", in_percent(options.info_percent)));
    format!(
        "One run of {} was {} of your distance ({}) in the week from {}. More than {} is flagged.{in_a_row}",
        units.distance(measured.longest[episode.peak].map_or(0.0, |(metres, _)| metres)),
        in_percent(episode.value),
        units.distance(weeks[episode.peak].distance_m),
        weeks[episode.peak].start.in_words(),
        in_percent(options.info_percent),
    )
}

fn flag(episode: &Episode, log: &TrainingLog, measured: &Measured, options: &Options, units: Units) -> Flag {
    let weeks = log.weeks();
    let window = Window { from: weeks[episode.first].start, to: weeks[episode.last].last_day() };
    Flag {
        tier: Tier::Info,
        message: message(episode, weeks, measured, options, units),
        study: STUDY.to_owned(),
        consider: "If long runs leave you sore, spread the distance over your other runs.".to_owned(),
        measured: Quantity::new(episode.value, Unit::Percent),
        limit: Quantity::new(options.info_percent, Unit::Percent),
        window,
        runs: run_ids(log, window),
        coverage: measured.coverage,
    }
}

fn clear(
    log: &TrainingLog,
    coverage: Coverage,
    (at, percent): (usize, f64),
    options: &Options,
    units: Units,
) -> Outcome {
    let weeks = log.weeks();
    Outcome::Clear(Clear {
        message: format!(
            "The longest run of a week was at most {percent:.0}% of its distance, in the week from {}. More than {} is flagged, for runs \
             of at least {}. {} complete weeks with at least {} runs could be assessed.",
            weeks[at].start.in_words(),
            in_percent(options.info_percent),
            units.distance(options.min_longest_m),
            coverage.assessed,
            options.min_runs,
        ),
        measured: Some(Quantity::new(percent, Unit::Percent)),
        limit: Some(Quantity::new(options.info_percent, Unit::Percent)),
        window: Window { from: weeks[0].start, to: log.as_of() },
        coverage,
    })
}
