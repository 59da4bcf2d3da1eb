//! Running and nothing else.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::TrainingLog;
use crate::reference::{MALISOUX_2013, THEISEN_2014};
use crate::runner::Runner;
use crate::time::DateExt;
use crate::unit::Unit;

use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Hours of other sports are counted over so many days.
    pub window_days: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self { window_days: 28 }
    }
}

documented! {
    /// ## What it does
    /// Adds up the hours of other sports a week over the last four weeks, from the same files as the runs, and the
    /// habit that your profile tells. None at all is info, as a tip.
    ///
    /// ## Why it matters
    /// In 264 runners followed for 22 weeks (Malisoux 2013), each hour a week of other sports went with 0.85 times the rate of injuries (95 % CI
    /// 0.73–0.98), in 247 others (Theisen 2014) with 0.70 times (0.56–0.88). In the first, 87 of 264 were injured; in the other there were 12.1 injuries in 1,000 hours of running. Swimming and cycling spare the knees the
    /// impact; the article that this program answers names them too.
    ///
    /// ## Limits
    /// An association: who does other sports may differ in much else. Sports that no file holds are not seen, so that a log of runs alone
    /// tells nothing unless the profile does.
    ///
    /// ## Example
    /// | date | km | `swim_min` | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 8.0 | | not assessed |
    /// | 2026-03-02 | | 120 | clear 0.50 |
    /// | 2026-03-30 | 8.0 | | info 0.00 |
    ///
    /// ## Options
    /// `window_days` (28).
    ///
    /// ## References
    /// Malisoux 2013, Theisen 2014.
    pub static NO_OTHER_SPORTS: Rule {
        id: "no-other-sports",
        name: "Other sports",
        area: Area::Person,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "sessions of other sports in the files, or the habit in the profile",
        not_known: "Whether it is the other sport that makes the difference, or who does it.",
        references: &[
            &MALISOUX_2013,
            &THEISEN_2014,
        ],
        check: check,
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (options, as_of) = (&options.no_other_sports, log.as_of());
    if log.runs().is_empty() {
        return Missing::outcome("needs runs, in place of which another sport could be done", "runs in the files");
    }
    let known = runner.other_sessions.iter().filter(|session| session.date <= as_of && !session.is_strength());
    if known.clone().next().is_none() && runner.other_sports_h_per_week.is_none() {
        return Missing::outcome(
            "needs sessions of other sports in the files or your habit in the profile; neither says",
            "your hours of other sports a week in the profile (kneewise profile init), with 0 for none",
        );
    }
    let window = Window { from: as_of.saturating_add_days(1 - options.window_days), to: as_of };
    let recent = known.filter(|session| session.date >= window.from);
    let recorded_h = recent.clone().filter_map(|session| session.seconds).sum::<f64>() / 3600.0;
    let habit_h = runner.other_sports_h_per_week.unwrap_or(0.0);
    let hours = recorded_h / (options.window_days as f64 / 7.0) + habit_h;
    let unknown = recent.clone().filter(|session| session.seconds.is_none()).count();
    let coverage = Coverage::count("sessions of other sports", as_of, recent.map(|session| (session.date, true)));
    let (measured, limit) = (Quantity::new(hours, Unit::Hours), Quantity::new(0.0, Unit::Hours));
    let days = options.window_days;
    if hours > 0.0 || coverage.of > 0 {
        let of_unknown = match unknown {
            0 => String::new(),
            n => format!(" Of {n} of {} sessions no file says how long they took.", coverage.of),
        };
        let at_least = if unknown > 0 { "at least " } else { "" };
        let message =
            format!("In the last {days} days you did {at_least}{hours:.1} hours of other sports a week.{of_unknown}");
        return Outcome::Clear(Clear { message, measured: Some(measured), limit: Some(limit), window, coverage });
    }
    let earlier = runner.other_sessions.iter().any(|session| session.date < window.from && !session.is_strength());
    let consider = if earlier {
        "Consider doing one of your other sports again in place of a run now and then."
    } else {
        "Consider swimming or cycling in place of a run now and then."
    };
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message: format!("Your files and profile show no other sport in the last {days} days."),
        study: "In 264 runners each hour a week of other sports went with 0.85 times the rate of injuries (95 % CI 0.73–0.98), in \
            247 others with 0.70 times (0.56–0.88). In the first, 87 of 264 were injured in 22 weeks."
            .to_owned(),
        consider: consider.to_owned(),
        measured,
        limit,
        window,
        runs: Vec::new(),
        coverage,
    }])
}
