//! Many days of running without one between them.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::{Day, TrainingLog};
use crate::runner::Runner;
use kneewise_read::unit::Unit;

use crate::knowledge::reference::{RISTOLAINEN_2014, YEUNG_2011};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// So many days in a row without a day of rest are for information.
    pub info_days: usize,
    /// Days before a streak in which the longest earlier streak is looked for.
    pub history_days: u32,
    /// A streak that exceeds the longest earlier one by so many days is worth watching.
    pub notice_excess_days: usize,
    /// A shorter streak than this is never worth watching, whatever the habit.
    pub notice_days: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { info_days: 14, history_days: 90, notice_excess_days: 2, notice_days: 7 }
    }
}

documented! {
    /// ## What it does
    /// Looks at streaks: days in a row, each with a run. A run over midnight is one on both days.
    ///
    /// * 14 days or more in a row, so two weeks without a single day of rest, are info.
    /// * A streak at least two days longer than the longest of the 90 days before it is notice,
    ///   from a week without rest on (seven days; heuristic).
    ///
    /// ## Why it matters
    /// In a survey of 446 top-level Finnish athletes (skiers, swimmers, long-distance runners,
    /// 15–35 years old), those with fewer than two days of rest a week in the training season
    /// reported overuse injuries 5.2 times as often (95 % CI 1.89–14.06); how many of a hundred
    /// that is, its summary does not say. That was asked in retrospect, rest meant rest from all
    /// training, and their volumes were far above a club runner's. A Cochrane review found no clear
    /// effect of changing training schedules.
    ///
    /// ## Limits
    /// A day without a file counts as a day of rest, whether you rested, cycled or left the watch
    /// at home. How hard the days were is not looked at. The second part needs 90 days of history
    /// with a run in them.
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
        name: "Few days of rest",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "14 days of history; 90 days to compare with your own habit",
        not_known: "Days without a file are taken for rest. Other sport, sleep and how hard the days were are not looked at.",
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

const STUDY: &str = "In a survey of 446 elite endurance athletes about the past year, those with fewer than two rest days a week told of overuse \
    injuries 5.2 times as often (95 % CI 1.89–14.06); how many of a hundred that is, its summary does not say, and whether it holds for other runners is \
    not known.";

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.no_rest_days;
    let days = log.days();
    if days.len() < options.info_days {
        return Missing::outcome(
            format!("needs {} days of history; the log covers {}", options.info_days, days.len()),
            format!("{} more days of history", options.info_days - days.len()),
        );
    }
    let streaks = streaks(days);
    let history_days = options.history_days as usize;
    let coverage = Coverage::count("days", log.as_of(), days.iter().map(|day| (day.date, true)));
    let with_habit = streaks.iter().filter(|s| longest_before(&streaks, s, history_days).is_some()).count();
    let flag = |streak: &Streak| {
        let window = Window { from: days[streak.start].date, to: days[streak.end - 1].date };
        let earlier = longest_before(&streaks, streak, history_days);
        let notice =
            earlier.filter(|earlier| streak.len() >= options.notice_days.max(earlier + options.notice_excess_days));
        let (tier, limit, compared_with) = match notice {
            Some(earlier) => {
                let than = format!("; your longest streak of the {history_days} days before was {earlier}");
                (Tier::Notice, options.notice_days.max(earlier + options.notice_excess_days), than)
            }
            None if streak.len() >= options.info_days => (Tier::Info, options.info_days, String::new()),
            None => return None,
        };
        let message = format!(
            "From {} to {} you ran {} days in a row without a day of rest{compared_with}.",
            window.from.strftime("%-d %b %Y"),
            window.to.strftime("%-d %b %Y"),
            streak.len(),
        );
        Some(Flag {
            tier,
            message,
            study: STUDY.to_owned(),
            consider: "Consider a day off between hard days.".to_owned(),
            measured: Quantity::new(streak.len() as f64, Unit::Days),
            limit: Quantity::new(limit as f64, Unit::Days),
            window,
            runs: log.runs_between(window.from, window.to).iter().map(|run| run.id.clone()).collect(),
            coverage,
        })
    };
    let flags: Vec<Flag> = streaks.iter().rev().filter_map(flag).collect();
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    let longest = streaks.iter().map(Streak::len).max().unwrap_or(0);
    let shorter = match with_habit {
        0 => format!(" Fewer could not be compared with the {history_days} days before."),
        n => format!(
            " So are {} or more, where they are {} more than in the {history_days} days before{}.",
            options.notice_days,
            options.notice_excess_days,
            if n == streaks.len() { String::new() } else { format!(" (known for {n} of {} streaks)", streaks.len()) },
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
        window: Window { from: days[0].date, to: log.as_of() },
        coverage,
    })
}
