//! Many days of running without one between them.

use crate::doc::documented;
use crate::log::{Day, TrainingLog};
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::days::run_ids;
use crate::knowledge::reference::{RISTOLAINEN_2014, YEUNG_2011};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Days in a row without a day of rest that are for information.
    info_days: usize = 14, 1..=3660;
    /// Days before a streak whose longest streak it is compared with.
    history_days: u32 = 90, 1..=3660;
    /// Days by which a streak must exceed the longest earlier one to be worth watching.
    notice_excess_days: usize = 2, 0..=3660;
    /// A shorter streak than this is never worth watching, whatever the habit.
    notice_days: usize = 7, 1..=3660;
}

documented! {
    /// ## What it does
    /// Looks at streaks: days in a row, each with a run. A run over midnight counts on both days.
    ///
    /// * At least 14 days in a row, two weeks without a single day of rest, are info.
    /// * A streak at least two days longer than the longest of the 90 days before it is notice, if
    ///   it has at least seven days (heuristic).
    ///
    /// ## Why it matters
    /// A survey asked 446 top-level Finnish athletes (skiers, swimmers and long-distance runners,
    /// 15–35 years old) about the past year. Those with fewer than two days of rest a week in the
    /// training season reported overuse injuries 5.2 times as often (95% CI 1.89–14.06). Its
    /// summary gives no absolute numbers. Rest meant rest from all training, and their volumes were
    /// far above a club runner's. A Cochrane review found no clear effect of changing training
    /// schedules.
    ///
    /// ## Limits
    /// A day without a file counts as a day of rest, whether you rested, cycled or left the watch
    /// at home. The rule does not look at how hard the days were. The second part needs 90 days of
    /// history with a run in them.
    ///
    /// ## Example
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-01-01 | 5.0 | |
    /// | 2026-01-15 | 5.0 | |
    /// | 2026-02-02 | 5.0 | |
    /// | 2026-02-03 | 5.0 | |
    /// | 2026-04-02 | 5.0 | |
    /// | 2026-04-03 | 5.0 | |
    /// | 2026-04-04 | 5.0 | |
    /// | 2026-04-05 | 5.0 | |
    /// | 2026-04-06 | 5.0 | |
    /// | 2026-04-07 | 5.0 | clear 6 |
    /// | 2026-04-08 | 5.0 | notice 7 |
    ///
    /// ## Options
    /// `info_days` (14), `history_days` (90), `notice_excess_days` (2), `notice_days` (7).
    ///
    /// ## References
    /// Ristolainen 2014, Yeung 2011.
    pub static NO_REST_DAYS: Rule {
        id: "no-rest-days",
        name: "Days of rest",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "14 days of history; 90 days to compare with your usual streaks",
        not_known: "Days without a file count as rest. The rule does not see other sport, sleep or how hard the days were.",
        brief: Brief::new(
            "Few days of rest",
            "Take a day off between hard days.",
            &[Reading::at_least(Unit::Days, "in a row without rest").event("{} in a row without rest")],
        ),
        references: &[
            &RISTOLAINEN_2014,
            &YEUNG_2011,
        ],
        check: check,
    }
}

/// Days in a row, each with a run: their positions in the log's days.
type Streak = std::ops::Range<usize>;

fn streaks(days: &[Day]) -> Vec<Streak> {
    let mut begin = 0;
    let mut streaks = Vec::new();
    for stretch in days.chunk_by(|a, b| a.is_rest() == b.is_rest()) {
        if !stretch[0].is_rest() {
            streaks.push(begin..begin + stretch.len());
        }
        begin += stretch.len();
    }
    streaks
}

/// The longest streak within `history`, days before it cut off; `None` where the log does not reach
/// back so far or holds no run there.
fn longest_before(streaks: &[Streak], streak: &Streak, history_days: usize) -> Option<usize> {
    let from = streak.start.checked_sub(history_days)?;
    let within = |s: &Streak| s.end.min(streak.start).saturating_sub(s.start.max(from));
    streaks.iter().map(within).max().filter(|days| *days > 0)
}

const STUDY: &str = "In a survey of 446 elite endurance athletes about the past year, those with fewer than two rest days a week reported overuse \
    injuries 5.2 times as often (95% CI 1.89–14.06). Whether it holds for other runners is not known.";

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.no_rest_days;
    let days = log.days();
    if days.len() < options.info_days {
        return Missing::outcome(
            format!("needs {} days of history. The log covers {}", options.info_days, days.len()),
            Remedy::history(format!("{} more days of history", options.info_days - days.len())),
        );
    }
    let found = measure(log, options);
    let coverage = Coverage::count("days", log.as_of(), days.iter().map(|day| (day.date, true)));
    let flags = found.iter().rev().filter_map(|found| flag(found, log, coverage, options));
    flagged_or(flags, || clear(log, &found, coverage, options))
}

/// Days in a row, each with a run.
struct Found {
    window: Window,
    days: usize,
    /// The longest streak of the days before, by [`longest_before`].
    earlier: Option<usize>,
}

/// Every streak of a log, the earliest first.
fn measure(log: &TrainingLog, options: &Options) -> Vec<Found> {
    let days = log.days();
    let streaks = streaks(days);
    let found = |streak: &Streak| Found {
        window: Window { from: days[streak.start].date, to: days[streak.end - 1].date },
        days: streak.len(),
        earlier: longest_before(&streaks, streak, options.history_days as usize),
    };
    streaks.iter().map(found).collect()
}

/// The tier and the limit that was reached, in days.
fn tier(found: &Found, options: &Options) -> Option<(Tier, usize)> {
    let beyond_habit = found.earlier.map(|earlier| options.notice_days.max(earlier + options.notice_excess_days));
    match beyond_habit {
        Some(limit) if found.days >= limit => Some((Tier::Notice, limit)),
        _ => (found.days >= options.info_days).then_some((Tier::Info, options.info_days)),
    }
}

fn message(found: &Found, (tier, limit): (Tier, usize), options: &Options) -> String {
    let compared_with = match found.earlier {
        Some(earlier) if tier == Tier::Notice => {
            format!(" Your longest streak in the {} days before was {earlier}.", options.history_days)
        }
        _ => String::new(),
    };
    format!(
        "You ran {} days in a row without a day of rest, from {} to {}. {limit} or more are flagged.{compared_with}",
        found.days,
        found.window.from.in_words(),
        found.window.to.in_words(),
    )
}

fn flag(found: &Found, log: &TrainingLog, coverage: Coverage, options: &Options) -> Option<Flag> {
    let (tier, limit) = tier(found, options)?;
    Some(Flag {
        tier,
        message: message(found, (tier, limit), options),
        study: STUDY.to_owned(),
        consider: "Take a day off between hard days.".to_owned(),
        measured: Quantity::new(found.days as f64, Unit::Days),
        limit: Quantity::new(limit as f64, Unit::Days),
        window: found.window,
        runs: run_ids(log, found.window),
        coverage,
    })
}

fn clear(log: &TrainingLog, found: &[Found], coverage: Coverage, options: &Options) -> Outcome {
    let longest = found.iter().map(|found| found.days).max().unwrap_or(0);
    let shorter = match found.iter().filter(|found| found.earlier.is_some()).count() {
        0 => format!(" Shorter streaks could not be compared with the {} days before.", options.history_days),
        n => format!(
            " {} or more are flagged too, where they are {} more than in the {} days before{}.",
            options.notice_days,
            options.notice_excess_days,
            options.history_days,
            if n == found.len() { String::new() } else { format!(" (known for {n} of {} streaks)", found.len()) },
        ),
    };
    Outcome::Clear(Clear {
        message: format!(
            "You ran on at most {longest} {} in a row. {} or more are flagged.{shorter}",
            if longest == 1 { "day" } else { "days" },
            options.info_days
        ),
        measured: Some(Quantity::new(longest as f64, Unit::Days)),
        limit: Some(Quantity::new(options.info_days as f64, Unit::Days)),
        window: Window { from: log.days()[0].date, to: log.as_of() },
        coverage,
    })
}
