//! No strength training of hip and core.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::TrainingLog;
use crate::reference::LEPPANEN_2024;
use crate::runner::Runner;
use crate::time::DateExt;
use crate::unit::Unit;

use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Sessions of strength training in the diary are counted over so many days.
    pub window_days: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self { window_days: 28 }
    }
}

documented! {
    /// ## What it does
    /// Counts the sessions of strength training a week: those in the diary, where it tells of each of the last four weeks,
    /// else the habit that your profile tells. None at all is info, as a tip.
    ///
    /// ## Why it matters
    /// In a trial of 325 beginners (Leppänen 2024), a physiotherapist-led programme for hip and core over 24 weeks went with 0.66 times the
    /// rate of lower-limb injuries (95 % CI 0.45–0.97) of stretching, the control. A programme for ankle and foot
    /// did not. The article that this program answers blames weak muscles: in studies that measured strength first, runners who
    /// later had pain behind the kneecap had not been weaker.
    ///
    /// ## Limits
    /// One trial, in beginners, with a physiotherapist beside them; programmes done alone mostly showed nothing. How strong
    /// you are is not known here, only whether you train it.
    ///
    /// ## Example
    /// | date | strength | outcome |
    /// |---|---|---|
    /// | 2026-03-01 | 0 | |
    /// | 2026-03-08 | 0 | not assessed |
    /// | 2026-03-15 | 0 | |
    /// | 2026-03-22 | 0 | info 0.00 |
    /// | 2026-03-29 | 1 | clear 0.25 |
    ///
    /// ## Options
    /// `window_days` (28).
    ///
    /// ## References
    /// Leppänen 2024.
    pub static NO_STRENGTH: Rule {
        id: "no-strength",
        name: "No strength training",
        area: Area::Person,
        evidence: Evidence::Moderate,
        is_preview: false,
        raised_by: &[],
        needs: "strength sessions in the diary, or the habit in the profile",
        not_known: "Whether a programme done alone does what the supervised one of the trial did.",
        references: &[&LEPPANEN_2024],
        check: check,
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (options, as_of) = (&options.no_strength, log.as_of());
    let entries = runner.diary.of_last(options.window_days, as_of);
    let sessions: Vec<u8> = entries.iter().filter_map(|entry| entry.strength_sessions).collect();
    let weeks = options.window_days as f64 / 7.0;
    // A diary that tells of one week says nothing of the others.
    let told_in = |week: i64| {
        let to = as_of.saturating_add_days(-7 * week);
        runner.diary.of_last(7, to).iter().any(|entry| entry.strength_sessions.is_some())
    };
    let is_kept = (0..options.window_days / 7).all(told_in)
        || (sessions.iter().any(|n| *n > 0) && runner.strength_per_week.is_none());
    let counted = is_kept.then(|| sessions.iter().map(|n| f64::from(*n)).sum::<f64>() / weeks);
    let Some(a_week) = counted.or(runner.strength_per_week) else {
        return Missing::outcome(
            "needs strength sessions in the diary or your habit in the profile; neither says",
            "how often you train strength in the profile (kneewise profile init), with 0 for never",
        );
    };
    let from = if counted.is_some() { "your diary of the last four weeks" } else { "your profile" };
    let message = format!("By {from} you train strength {a_week:.1} times a week; none at all would be noted.");
    let window = Window { from: as_of.saturating_add_days(1 - options.window_days), to: as_of };
    let coverage =
        Coverage::count("entries", as_of, entries.iter().map(|entry| (entry.date, entry.strength_sessions.is_some())));
    let (measured, limit) = (Quantity::new(a_week, Unit::Count), Quantity::new(0.0, Unit::Count));
    if a_week > 0.0 {
        return Outcome::Clear(Clear { message, measured: Some(measured), limit: Some(limit), window, coverage });
    }
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message: format!("By {from} you do no strength training."),
        study: "In a trial of 325 beginners, hip and core training led by a physiotherapist went with 0.66 times the rate of \
            lower-limb injuries of stretching (95 % CI 0.45–0.97); programmes done alone mostly showed nothing."
            .to_owned(),
        consider: "Consider one or two short sessions a week for hip and core.".to_owned(),
        measured,
        limit,
        window,
        runs: Vec::new(),
        coverage,
    }])
}
