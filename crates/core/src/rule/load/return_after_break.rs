//! The first weeks back after a break, held against the weeks before the break.

use jiff::civil::Date;

use crate::doc::documented;
use crate::log::{BREAK_DAYS, Break, TrainingLog};
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, in_percent};

use super::days::{run_ids, too_short};
use crate::knowledge::reference::{LOVDAL_2021, VAN_DER_WORP_2015};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
    latest_first,
};

use comeback::{Comeback, Long, Returns, measure};

mod comeback;

settable! {
    /// Runs that the four weeks before a break must hold.
    min_runs: usize = 4, 1..=10_000;
    /// An average week of less than this (metres) before a break is no base for a percentage.
    min_base_m: f64 = 10_000.0, 1.0..=1e7;
    /// After a break of 14 to 28 days: a first week above this (per cent of the mean week before)
    /// is worth watching.
    notice_percent: f64 = 60.0, 0.0..=1000.0;
    /// After a longer one.
    notice_percent_long: f64 = 40.0, 0.0..=1000.0;
    /// A run of the time in which other rules step back, of more than so many times the longest
    /// before, is worth watching.
    notice_ratio: f64 = 1.1, 1.0..=100.0;
    /// Not one that is longer by no more than this (metres).
    min_excess_m: f64 = 1000.0, 0.0..=1e7;
}

documented! {
    /// ## What it does
    /// A break is at least 14 days from one run to the next. The rule compares the distance of the
    /// first seven days back with an average week of the four weeks up to the last run before the
    /// break:
    ///
    /// `share = 100 · distance of the first 7 days back / (distance of the 28 days before the break
    /// / 4)`
    ///
    /// After a break of 14 to 28 days over 60% is notice, after a longer one over 40%. Both numbers
    /// are heuristic: they follow how coaches build up again, not a study.
    ///
    /// The rules that compare with recent weeks step back for 14 days from the return, and for 28
    /// after a break of more than 28 days, because there are no recent weeks: `session-spike`,
    /// `weekly-jump`, `two-week-ramp`, `monotony`, `fitness-ramp`, `long-run-share`, `speed-spike`,
    /// `downhill-spike` and `knee-load-index`. During that time this rule describes the return and
    /// looks at single runs instead. A run is notice too if it is more than 10% and more than 1 km
    /// longer than every run since the return and in the 28 days before the break (heuristic),
    /// unless its week was already flagged.
    ///
    /// ## Why it matters
    /// A systematic review found restarting running to be linked to injuries in men. In the logs of
    /// 74 Dutch runners 17.7% of injuries came within 42 days of the one before. Neither shows how
    /// much is too much in the first weeks.
    ///
    /// ## Limits
    /// A log does not record the reason for a break: holidays, illness, an injury, or a watch left
    /// at home. It does not see other sport that kept you fit. A return is not compared where the
    /// log does not reach 28 days back from the last run before the break, where those days have
    /// fewer than four runs or under 10 km a week (heuristic), or where a distance is missing.
    /// After the first week the rule looks only at single runs: many runs of usual length are not
    /// seen.
    ///
    /// ## Example
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-01-01 | 10.0 | |
    /// | 2026-01-08 | 10.0 | not assessed |
    /// | 2026-01-15 | 10.0 | |
    /// | 2026-01-22 | 10.0 | |
    /// | 2026-01-29 | 10.0 | clear 7 |
    /// | 2026-02-22 | 4.0 | described 40 |
    /// | 2026-02-24 | 2.0 | described 60 |
    /// | 2026-02-28 | 1.0 | notice 70 |
    /// | 2026-03-03 | 11.0 | flagged before |
    /// | 2026-03-07 | 15.0 | notice 1.36 |
    ///
    /// ## Options
    /// `min_runs` (4), `min_base_m` (10000), `notice_percent` (60), `notice_percent_long` (40),
    /// `notice_ratio` (1.1), `min_excess_m` (1000).
    ///
    /// ## References
    /// van der Worp 2015, Lövdal 2021.
    pub static RETURN_AFTER_BREAK: Rule {
        id: "return-after-break",
        name: "Return after a break",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "a break of at least 14 days, after four weeks with four runs and at least 10 km a week",
        not_known: "The log does not show why there was a break or what you did in it. The limits are a rule of thumb.",
        brief: Brief::new(
            "Fast return after a break",
            "Build from where you are now, not where you left off.",
            &[
                Reading::above(Unit::Percent, "of your usual week, after a break").event("a return from a break at {} of your usual week"),
                Reading::above(Unit::Ratio, "your longest since the break").event("a run {} your longest since a break"),
            ],
        ),
        references: &[
            &VAN_DER_WORP_2015,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "A systematic review found restarting running to be linked to more injuries in men. No study shows how much is too much in \
    the first weeks. The limits are a rule of thumb.";

const CONSIDER: &str = "Build from where you are now, not from where you left off.";

/// That recordings without a named sport lie in a break, any of which may have been a run; empty
/// without one.
fn unnamed_between(runner: &Runner, last_run: Date, back: Option<Date>) -> String {
    let is_within = |day: &&Date| **day > last_run && back.is_none_or(|back| **day < back);
    match runner.unnamed_days.iter().filter(is_within).count() {
        0 => String::new(),
        1 => " Your files hold 1 activity in the break that names no sport. If it was a run, this was no break."
            .to_owned(),
        n => format!(
            " Your files hold {n} activities in the break that name no sport. If one was a run, this was no break."
        ),
    }
}

/// What is told while a break goes on, and where there was none.
fn without_comeback(log: &TrainingLog, runner: &Runner, coverage: Coverage) -> Option<Outcome> {
    let whole = Window { from: log.days()[0].date, to: log.as_of() };
    if let Some(days) = log.days_of_open_break() {
        return Some(Outcome::Described(Clear {
            message: format!(
                "Your last run was {days} days ago. {BREAK_DAYS} days without a run are a break. The usual comparisons will not apply at first.{}",
                log.runs().last().map_or_else(String::new, |last| unnamed_between(runner, last.local_date, None)),
            ),
            measured: Some(Quantity::new(days as f64, Unit::Days)),
            limit: Some(Quantity::new(BREAK_DAYS as f64, Unit::Days)),
            window: whole,
            coverage,
        }));
    }
    if log.breaks().is_empty() {
        let pauses = log.runs().windows(2).map(|pair| pair[1].local_date.days_since(pair[0].local_date));
        let longest = pauses.max().unwrap_or(0);
        return Some(Outcome::Clear(Clear {
            message: format!(
                "There was no break. Your longest pause between two runs was {longest} days; {BREAK_DAYS} are a break."
            ),
            measured: Some(Quantity::new(longest as f64, Unit::Days)),
            limit: Some(Quantity::new(BREAK_DAYS as f64, Unit::Days)),
            window: whole,
            coverage,
        }));
    }
    None
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.return_after_break);
    if let Some(missing) = too_short(log, BREAK_DAYS as usize) {
        return missing;
    }
    let returns = measure(log, options);
    if let Some(outcome) = without_comeback(log, runner, returns.coverage) {
        return outcome;
    }
    if let Some(pause) = log.returning_on(log.as_of())
        && returns.latest().is_none_or(|latest| !latest.is_over())
        && returns.long.iter().all(|long| long.pause != pause)
    {
        return returning(log, runner, pause, &returns, options, units);
    }
    let of_weeks = returns.weeks.iter().flatten().filter(|week| week.is_over());
    let of_weeks = of_weeks.map(|week| flag_of_week(week, log, runner, returns.coverage, units));
    let of_runs = returns.long.iter().map(|long| flag_of_run(long, runner, returns.coverage, options, units));
    flagged_or(latest_first(of_weeks.chain(of_runs)), || clear(log, &returns, options, units))
}

fn words_of_week(comeback: &Comeback, units: Units) -> String {
    format!(
        "You ran {} in your first {} back, {} of your usual week ({}). More than {} is flagged. The break was {} days long, \
         from {} to {}.",
        units.distance(comeback.first_week_m),
        match comeback.window.to.days_since(comeback.window.from) + 1 {
            1 => "day".to_owned(),
            days => format!("{days} days"),
        },
        in_percent(comeback.percent()),
        units.distance(comeback.mean_week_m),
        in_percent(comeback.limit_percent),
        comeback.pause.days(),
        comeback.pause.last_run.in_words(),
        comeback.pause.back.in_words(),
    )
}

fn words_of_run(long: &Long, options: &Options, units: Units) -> String {
    format!(
        "You ran {} on {}, {} more than your longest run since the break and in the four weeks before it ({} on {}). More than \
         {} is flagged. It was day {} after a break of {} days.",
        units.distance(long.metres),
        long.run.local_date.in_words_with_weekday(),
        in_percent(100.0 * (long.ratio() - 1.0)),
        units.distance(long.longest_m),
        long.longest.local_date.in_words_of_year(),
        in_percent(100.0 * (options.notice_ratio - 1.0)),
        long.run.local_date.days_since(long.pause.back) + 1,
        long.pause.days(),
    )
}

fn flag_of_week(week: &Comeback, log: &TrainingLog, runner: &Runner, coverage: Coverage, units: Units) -> Flag {
    Flag {
        tier: Tier::Notice,
        message: format!(
            "{}{}",
            words_of_week(week, units),
            unnamed_between(runner, week.pause.last_run, Some(week.pause.back)),
        ),
        study: STUDY.to_owned(),
        consider: CONSIDER.to_owned(),
        measured: Quantity::new(week.percent(), Unit::Percent),
        limit: Quantity::new(week.limit_percent, Unit::Percent),
        window: week.window,
        runs: run_ids(log, week.window),
        coverage,
    }
}

fn flag_of_run(long: &Long, runner: &Runner, coverage: Coverage, options: &Options, units: Units) -> Flag {
    Flag {
        tier: Tier::Notice,
        message: format!(
            "{}{}",
            words_of_run(long, options, units),
            unnamed_between(runner, long.pause.last_run, Some(long.pause.back)),
        ),
        study: STUDY.to_owned(),
        consider: CONSIDER.to_owned(),
        measured: Quantity::new(long.ratio(), Unit::Ratio),
        limit: Quantity::new(options.notice_ratio, Unit::Ratio),
        window: Window { from: long.pause.back, to: long.run.local_date },
        runs: vec![long.run.id.clone(), long.longest.id.clone()],
        coverage,
    }
}

fn clear(log: &TrainingLog, returns: &Returns, options: &Options, units: Units) -> Outcome {
    let Some(closest) = returns.closest() else {
        return Missing::outcome(
            format!(
                "needs four weeks with at least {} runs and {} a week before a break. None of {} breaks has that",
                options.min_runs,
                units.distance(options.min_base_m),
                returns.weeks.len(),
            ),
            "nothing to do: it is assessed after a break that follows four such weeks",
        );
    };
    Outcome::Clear(Clear {
        message: format!(
            "{} {} could be compared. The return closest to the limit: {} Runs more than {} longer than all before are flagged too.",
            returns.coverage.assessed,
            if returns.coverage.assessed == 1 { "break" } else { "breaks" },
            words_of_week(closest, units),
            in_percent(100.0 * (options.notice_ratio - 1.0)),
        ),
        measured: Some(Quantity::new(closest.percent(), Unit::Percent)),
        limit: Some(Quantity::new(closest.limit_percent, Unit::Percent)),
        window: Window { from: log.days()[0].date, to: log.as_of() },
        coverage: returns.coverage,
    })
}

/// What is told while the runner is coming back and not over the limit.
fn returning(
    log: &TrainingLog,
    runner: &Runner,
    pause: Break,
    returns: &Returns,
    options: &Options,
    units: Units,
) -> Outcome {
    let (latest, unnamed) = (returns.latest(), unnamed_between(runner, pause.last_run, Some(pause.back)));
    let so_far = latest.map_or_else(
        || " The log has too few runs before the break to compare with.".to_owned(),
        |comeback| {
            format!(
                " {} A run more than {} longer than all since the break and in the four weeks before it is flagged too.",
                words_of_week(comeback, units),
                in_percent(100.0 * (options.notice_ratio - 1.0)))
        },
    );
    Outcome::Described(Clear {
        message: format!(
            "You're back after {} days. The usual comparison doesn't apply yet.{so_far}{unnamed}",
            pause.days()
        ),
        measured: Some(latest.map_or(Quantity::new(pause.days() as f64, Unit::Days), |comeback| {
            Quantity::new(comeback.percent(), Unit::Percent)
        })),
        limit: latest.map(|comeback| Quantity::new(comeback.limit_percent, Unit::Percent)),
        window: Window { from: pause.last_run, to: log.as_of() },
        coverage: returns.coverage,
    })
}

#[cfg(test)]
mod tests;
