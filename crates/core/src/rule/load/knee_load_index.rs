//! A week with a much higher index of what the legs took up than the four before it.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::load::{IMPACT_INDEX, KNEEWISE, Series};
use crate::log::{TrainingLog, Week};
use crate::runner::Runner;
use kneewise_read::unit::Unit;

use super::days::{episodes, has_break, highest, in_a_row, run_ids};
use crate::knowledge::reference::{EDWARDS_2018, MILLER_2014, WILLSON_2014};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Runs that the four weeks before must hold.
    pub min_runs: usize,
    /// An index above this, as a ratio to the mean of the four weeks before, is for information.
    pub info_ratio: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_runs: 8, info_ratio: 1.3 }
    }
}

documented! {
    /// ## What it does
    /// **Experimental.** Adds up the load `impact_index` (steps, each weighted by its length to the
    /// power of 1.7) over complete calendar weeks:
    ///
    /// `ratio = index of the week / mean index of the four weeks before`
    ///
    /// Over 1.3 is info. Weeks in a row over it are one finding, told by the highest.
    ///
    /// ## Why it matters
    /// It joins two findings: knee stress per step grows with the length of the step faster than
    /// the distance gained (23 women in a laboratory, from which the 1.7 comes), and tissue bears
    /// many small loads better than few great ones. The limit of 1.3 is a heuristic, and so is the
    /// whole: it is a preview, off unless selected.
    ///
    /// ## Limits
    /// Validated against no injury and no measured force, and not specific to the knee. Slope,
    /// ground, shoes and body mass are not in it; the last cancels within your own weeks. Over a
    /// kilometre, running loads the knee about as much as walking does, so more of it is no fault
    /// in itself. Not assessed where a run of the five weeks has no steps, where the four hold
    /// fewer than eight runs (heuristic), or where a return from a break of 14 days and more lies
    /// in them.
    ///
    /// ## Example
    /// The index of a run of 8000 steps of one metre is 8000.
    ///
    /// | date | km | steps | `avg_step_length_m` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-04 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-08 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-11 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-15 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-18 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-22 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-25 | 8.0 | 8000 | 1.0 | |
    /// | 2026-03-29 | 8.0 | 8000 | 1.0 | not assessed |
    /// | 2026-04-01 | 8.0 | 8000 | 1.0 | |
    /// | 2026-04-05 | 12.8 | 12800 | 1.0 | clear 1.30 |
    /// | 2026-04-08 | 12.8 | 12800 | 1.0 | |
    /// | 2026-04-12 | 11.0 | 11000 | 1.0 | info 1.38 |
    ///
    /// ## Options
    /// `min_runs` (8), `info_ratio` (1.3).
    ///
    /// ## References
    /// Willson 2014, Edwards 2018, Miller 2014.
    pub static KNEE_LOAD_INDEX: Rule {
        id: "knee-load-index",
        name: "Rise of the impact index (experimental)",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: true,
        raised_by: &[],
        needs: "five complete weeks after the log's first, with steps in each run and eight runs in the first four",
        not_known: "Whether the index says anything of knees: it was never held against an injury.",
        brief: Brief::new(
            "Rise of the impact index",
            "",
            &[Reading::above(Unit::Ratio, "your usual impact index")],
        ),
        references: &[
            &WILLSON_2014,
            &EDWARDS_2018,
            &MILLER_2014,
        ],
        check: check,
    }
}

const STUDY: &str = "The index is an experiment, put together from laboratory findings in 23 women and never held against an injury; the limit is a \
    rule of thumb.";

/// Weeks before one that it is held against.
const BASE_WEEKS: usize = 4;

/// The index of each week; `None` where a run has none or the log does not cover the week.
fn indices(log: &TrainingLog, series: &Series) -> Vec<Option<f64>> {
    let index = |week: &Week| {
        let begin = series.days.partition_point(|day| day.date < week.start);
        let end = series.days.partition_point(|day| day.date <= week.last_day());
        let sum: Option<f64> = series.days.get(begin..end)?.iter().map(|day| day.value).sum();
        sum.filter(|_| week.complete)
    };
    log.weeks().iter().map(index).collect()
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.knee_load_index;
    let weeks = log.weeks();
    let indices = Series::of(log, runner, &IMPACT_INDEX, &KNEEWISE).map_or_else(|_| Vec::new(), |s| indices(log, &s));
    let ratio = |week: usize| {
        let begin = week.checked_sub(BASE_WEEKS)?;
        let base: Vec<f64> = indices.get(begin..week)?.iter().copied().collect::<Option<_>>()?;
        let runs: usize = weeks[begin..week].iter().map(|week| week.runs).sum();
        let is_usable = runs >= options.min_runs && !has_break(log, weeks[begin].start, weeks[week].last_day());
        let ratio = (*indices.get(week)?)? / (base.iter().sum::<f64>() / BASE_WEEKS as f64);
        (is_usable && ratio.is_finite()).then_some(ratio)
    };
    let ratios: Vec<Option<f64>> = (0..weeks.len()).map(ratio).collect();
    let complete = weeks.iter().zip(&ratios).filter(|(week, _)| week.complete);
    let coverage = Coverage::count(
        "complete weeks",
        log.as_of(),
        complete.map(|(week, ratio)| (week.last_day(), ratio.is_some())),
    );
    let Some((at, value)) = highest(&ratios) else {
        let with_index = log.runs().iter().filter(|run| IMPACT_INDEX.of(run, runner).is_ok()).count();
        let has =
            format!("{with_index} of {} runs have steps, the log has {} complete weeks", log.runs().len(), coverage.of);
        let reason = format!(
            "needs {} complete weeks in a row with steps in each run, the first {BASE_WEEKS} with at least {} runs; {has}",
            BASE_WEEKS + 1,
            options.min_runs,
        );
        let remedy = match with_index {
            0 => "a watch or foot pod that records steps, and runs with it".to_owned(),
            _ => format!("{} weeks in a row with steps in each run", BASE_WEEKS + 1),
        };
        return Missing::outcome(reason, remedy);
    };
    let flags: Vec<Flag> = episodes(&ratios, options.info_ratio, 1)
        .iter()
        .rev()
        .map(|episode| {
            let in_a_row = in_a_row(weeks, episode, "highest", &format!("over {:.1}", options.info_ratio));
            let window = Window { from: weeks[episode.first].start, to: weeks[episode.last].last_day() };
            Flag {
                tier: Tier::Info,
                message: format!(
                    "In the week from {} your impact index (steps weighted by their length) was {:.2} times the mean of the four weeks before, over \
                     the {:.1} that is noted.{in_a_row}",
                    weeks[episode.peak].start.strftime("%-d %b %Y"),
                    episode.value,
                    options.info_ratio,
                ),
                study: STUDY.to_owned(),
                consider: String::new(),
                measured: Quantity::new(episode.value, Unit::Ratio),
                limit: Quantity::new(options.info_ratio, Unit::Ratio),
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
            "In none of {} complete weeks that could be compared was the impact index over {:.1} times the mean of the four weeks before; the \
             highest was {value:.2}, in the week from {}.",
            coverage.assessed,
            options.info_ratio,
            weeks[at].start.strftime("%-d %b %Y"),
        ),
        measured: Some(Quantity::new(value, Unit::Ratio)),
        limit: Some(Quantity::new(options.info_ratio, Unit::Ratio)),
        window: Window { from: weeks[0].start, to: log.as_of() },
        coverage,
    })
}
