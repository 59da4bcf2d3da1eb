//! A week of which one run is more than half.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::{TrainingLog, Week};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

use super::days::{episodes, highest, in_a_row, run_ids};
use crate::knowledge::reference::MALISOUX_2013;
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Runs that a week must have.
    pub min_runs: usize,
    /// A longest run of less than this (metres) is not looked at.
    pub min_longest_m: f64,
    /// A share above this (per cent) is for information.
    pub info_percent: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_runs: 3, min_longest_m: 10_000.0, info_percent: 50.0 }
    }
}

documented! {
    /// ## What it does
    /// In each complete calendar week with three runs and more, takes the longest run as a share of
    /// the week's distance:
    ///
    /// `share = 100 · longest run / distance of the week`
    ///
    /// Over 50 % is info. Weeks in a row over it are one finding, told by the highest share.
    ///
    /// ## Why it matters
    /// Coaches advise a long run of no more than 25–35 % of the week; no study stands behind such a
    /// number, and none behind 50 %. What there is points the other way: in a study of 264 runners,
    /// 87 of whom were injured in 22 weeks, longer runs on average were followed by fewer injuries
    /// (0.795 times as many for each kilometre, 95 % CI 0.725–0.872). How far a run goes beyond the
    /// longest of the month before is the better question; `session-spike` asks it.
    ///
    /// ## Limits
    /// With three runs a week a third is the least there can be, so that weeks of fewer are not
    /// looked at, nor a longest run under 10 km (heuristic). Not assessed where a distance is
    /// missing, nor in the first weeks after a break of 14 days and more (see
    /// `return-after-break`). A race ends many a light week.
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
        not_known: "Whether the share goes with injuries: no study looked at it. How long the run was beside earlier ones is another rule's question.",
        brief: Brief::new(
            "Long run dominates the week",
            "Spread the distance over your other runs.",
            &[Reading::above(Unit::Percent, "of a week in one run")],
        ),
        references: &[&MALISOUX_2013],
        check: check,
    }
}

const STUDY: &str = "The limit is a rule of thumb of coaches. In a study of 264 runners (87 injured in 22 weeks) longer runs on average were \
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
    let weeks = log.weeks();
    let longest: Vec<Option<(f64, f64)>> = weeks.iter().map(|week| longest(log, week, options)).collect();
    let complete = weeks.iter().zip(&longest).filter(|(week, _)| week.complete);
    let dated = complete.map(|(week, longest)| (week.last_day(), longest.is_some()));
    let coverage = Coverage::count("complete weeks", log.as_of(), dated);
    let shares: Vec<Option<f64>> = longest.iter().map(|longest| longest.map(|(_, percent)| percent)).collect();
    let Some((at, percent)) = highest(&shares) else {
        return Missing::outcome(
            format!(
                "needs a complete week with at least {} runs, each with a distance; none of {} complete weeks has that",
                options.min_runs, coverage.of,
            ),
            format!("a complete week with at least {} runs, each with a distance", options.min_runs),
        );
    };
    let is_long = |week: usize| longest[week].filter(|(metres, _)| *metres >= options.min_longest_m);
    let of_long: Vec<Option<f64>> = (0..weeks.len()).map(|week| is_long(week).map(|(_, percent)| percent)).collect();
    let flags: Vec<Flag> = episodes(&of_long, options.info_percent, 1)
        .iter()
        .rev()
        .map(|episode| {
            let in_a_row = in_a_row(weeks, episode, "highest", &format!("over {:.0} %", options.info_percent));
            let message = format!(
                "In the week from {} one run ({}) was {:.0} % of the distance ({}).{in_a_row}",
                weeks[episode.peak].start.strftime("%-d %b %Y"),
                units.distance(longest[episode.peak].map_or(0.0, |(metres, _)| metres)),
                episode.value,
                units.distance(weeks[episode.peak].distance_m),
            );
            let window = Window { from: weeks[episode.first].start, to: weeks[episode.last].last_day() };
            Flag {
                tier: Tier::Info,
                message,
                study: STUDY.to_owned(),
                consider: "If long runs leave you sore, consider spreading the distance over the other runs."
                    .to_owned(),
                measured: Quantity::new(episode.value, Unit::Percent),
                limit: Quantity::new(options.info_percent, Unit::Percent),
                window,
                runs: run_ids(log, window),
                coverage,
            }
        })
        .collect();
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    Outcome::Clear(Clear {
        message: format!(
            "In none of {} complete weeks with at least {} runs was one run of {} and more over {:.0} % of the distance; the highest share \
             was {percent:.0} %, in the week from {}.",
            coverage.assessed,
            options.min_runs,
            units.distance(options.min_longest_m),
            options.info_percent,
            weeks[at].start.strftime("%-d %b %Y"),
        ),
        measured: Some(Quantity::new(percent, Unit::Percent)),
        limit: Some(Quantity::new(options.info_percent, Unit::Percent)),
        window: Window { from: weeks[0].start, to: log.as_of() },
        coverage,
    })
}
