//! A week with a much higher index of what the legs took up than the four before it.

use crate::doc::documented;
use crate::load::{IMPACT_INDEX, KNEEWISE, Series};
use crate::log::{TrainingLog, Week};
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::days::{Episode, episodes, has_break, highest, in_a_row, run_ids};
use crate::knowledge::reference::{EDWARDS_2018, MILLER_2014, WILLSON_2014};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Runs that the four weeks before must hold.
    min_runs: usize = 8, 1..=10_000;
    /// An index above this, as a ratio to the mean of the four weeks before, is for information.
    info_ratio: f64 = 1.3, 0.1..=100.0;
}

documented! {
    /// ## What it does
    /// **Experimental.** Adds up the load `impact_index` (steps, each weighted by its length to the
    /// power of 1.7) over complete calendar weeks:
    ///
    /// `ratio = index of the week / mean index of the four weeks before`
    ///
    /// Over 1.3 is info. Weeks in a row over it are one finding, described by the highest.
    ///
    /// ## Why it matters
    /// It joins two findings. Knee stress per step grows faster with step length than the distance
    /// gained (23 women in a laboratory; the 1.7 comes from there). And tissue bears many small
    /// loads better than a few large ones. The limit of 1.3 is a heuristic, and so is the index: it
    /// is a preview, off unless selected.
    ///
    /// ## Limits
    /// It was never validated against an injury or a measured force, and it is not specific to the
    /// knee. Slope, ground, shoes and body mass are not in it; body mass cancels within your weeks.
    /// Over a kilometre, running loads the knee about as much as walking does, so more of it is no
    /// fault. It is not assessed where a run of the five weeks has no steps, where the first four
    /// weeks have fewer than eight runs (heuristic), or where they include a return from a break of
    /// at least 14 days.
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
        name: "Impact index (experimental)",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: true,
        raised_by: &[],
        needs: "five complete weeks after the log's first, with steps in each run and eight runs in the first four",
        not_known: "Whether the index is linked to knee injuries is unknown: it was never compared with injuries.",
        brief: Brief::new(
            "Rise in the impact index",
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

const STUDY: &str = "The index is an experiment. It joins laboratory findings in 23 women and was never compared with injuries. The limit is a \
    rule of thumb.";

/// Weeks before a week that it is compared with.
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
    let (ratios, coverage) = measure(log, runner, options);
    let Some(highest) = highest(&ratios) else { return not_assessed(log, runner, coverage, options) };
    let episodes = episodes(&ratios, options.info_ratio, 1);
    let flags = episodes.iter().rev().map(|episode| flag(episode, log, coverage, options));
    flagged_or(flags, || clear(log, coverage, highest, options))
}

/// The index of each of `log.weeks()` over the mean of those before it.
fn measure(log: &TrainingLog, runner: &Runner, options: &Options) -> (Vec<Option<f64>>, Coverage) {
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
    let dated = complete.map(|(week, ratio)| (week.last_day(), ratio.is_some()));
    let coverage = Coverage::count("complete weeks", log.as_of(), dated);
    (ratios, coverage)
}

fn message(episode: &Episode, weeks: &[Week], options: &Options) -> String {
    format!(
        "Your impact index in the week from {} was {:.2} times the average of the four weeks before. More than {:.1} times is flagged. \
         The index counts steps, weighted by their length.{}",
        weeks[episode.peak].start.in_words(),
        episode.value,
        options.info_ratio,
        in_a_row(weeks, episode, "highest", &format!("over {:.1}", options.info_ratio)),
    )
}

fn flag(episode: &Episode, log: &TrainingLog, coverage: Coverage, options: &Options) -> Flag {
    let weeks = log.weeks();
    let window = Window { from: weeks[episode.first].start, to: weeks[episode.last].last_day() };
    Flag {
        tier: Tier::Info,
        message: message(episode, weeks, options),
        study: STUDY.to_owned(),
        consider: String::new(),
        measured: Quantity::new(episode.value, Unit::Ratio),
        limit: Quantity::new(options.info_ratio, Unit::Ratio),
        window,
        runs: run_ids(log, window),
        coverage,
    }
}

fn clear(log: &TrainingLog, coverage: Coverage, (at, value): (usize, f64), options: &Options) -> Outcome {
    let weeks = log.weeks();
    Outcome::Clear(Clear {
        message: format!(
            "The impact index of a week was at most {value:.2} times the average of the four weeks before, in the week from {}. More than \
             {:.1} times is flagged. {} complete weeks could be compared.",
            weeks[at].start.in_words(),
            options.info_ratio,
            coverage.assessed,
        ),
        measured: Some(Quantity::new(value, Unit::Ratio)),
        limit: Some(Quantity::new(options.info_ratio, Unit::Ratio)),
        window: Window { from: weeks[0].start, to: log.as_of() },
        coverage,
    })
}

fn not_assessed(log: &TrainingLog, runner: &Runner, coverage: Coverage, options: &Options) -> Outcome {
    let with_index = log.runs().iter().filter(|run| IMPACT_INDEX.of(run, runner).is_ok()).count();
    let reason = format!(
        "needs {} complete weeks in a row with steps in each run, the first {BASE_WEEKS} with at least {} runs. {with_index} of {} runs have steps; the log has {} complete weeks",
        BASE_WEEKS + 1,
        options.min_runs,
        log.runs().len(),
        coverage.of,
    );
    let remedy = match with_index {
        0 => "a watch or foot pod that records steps, and runs with it".to_owned(),
        _ => format!("{} weeks in a row with steps in each run", BASE_WEEKS + 1),
    };
    Missing::outcome(reason, remedy)
}
