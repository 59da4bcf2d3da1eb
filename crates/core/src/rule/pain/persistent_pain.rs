//! Knee pain that stays.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::TrainingLog;
use crate::reference::YAMATO_2015;
use crate::runner::diary::Place;
use crate::runner::{Entry, Runner};
use crate::time::DateExt;
use crate::unit::Unit;

use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A knee pain of at least this (0 to 10) counts.
    pub min_pain: u8,
    /// On so many days.
    pub min_entries: usize,
    /// The first and the last at least so far apart (days).
    pub min_days: i64,
    /// Within so many days.
    pub window_days: i64,
    /// So many missed or shortened runs within the window count by themselves.
    pub missed_runs: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_pain: 3, min_entries: 3, min_days: 14, window_days: 42, missed_runs: 3 }
    }
}

documented! {
    /// ## What it does
    /// Looks in the last six weeks of your diary for knee pain that stays:
    ///
    /// * 3 of 10 and more on at least three days, the first and the last two weeks apart or more; or
    /// * three runs missed or cut short because of it.
    ///
    /// Either is a notice.
    ///
    /// ## Why it matters
    /// What hurts for a few days mostly settles by itself. Health services commonly advise to have a knee looked at that does
    /// not get better over some weeks, and researchers agreed to count as a running injury what keeps a runner from
    /// a week of training or three planned runs (Yamato 2015).
    ///
    /// ## Limits
    /// Agreed on, not measured. It knows only what you write down; a week without running is not counted, since it may have other
    /// reasons.
    ///
    /// ## Example
    /// | date | km | pain | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 8.0 | 3 | |
    /// | 2026-03-05 | 8.0 | 4 | clear 5 |
    /// | 2026-03-14 | 8.0 | 3 | clear 14 |
    /// | 2026-03-15 | 8.0 | 3 | notice 15 |
    ///
    /// ## Options
    /// `min_pain` (3), `min_entries` (3), `min_days` (14), `window_days` (42), `missed_runs` (3).
    ///
    /// ## References
    /// Yamato 2015.
    pub static PERSISTENT_PAIN: Rule {
        id: "persistent-pain",
        name: "Knee pain that stays",
        area: Area::Pain,
        evidence: Evidence::Consensus,
        is_preview: false,
        raised_by: &[],
        needs: "entries of the diary with a pain from 0 to 10",
        not_known: "How long a knee may hurt before it matters is agreed on, not measured.",
        references: &[&YAMATO_2015],
        check: check,
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.persistent_pain;
    let entries = runner.diary.of_last(options.window_days, log.as_of());
    let is_knee = |entry: &&Entry| entry.place.is_none_or(Place::is_knee);
    let told = |entry: &Entry| entry.knee_pain().is_some() || (entry.missed_run == Some(true) && is_knee(&entry));
    if !entries.iter().any(told) {
        return Missing::outcome(
            format!("needs entries of the diary with a pain in the last {} days; there are none", options.window_days),
            "a line in the diary after a run, with 0 where nothing hurts (kneewise diary add)",
        );
    }
    let hurting: Vec<&Entry> =
        entries.iter().filter(|entry| entry.knee_pain().is_some_and(|pain| pain >= options.min_pain)).collect();
    let missed = entries.iter().filter(is_knee).filter(|entry| entry.missed_run == Some(true)).count();
    let mut days: Vec<_> = hurting.iter().map(|entry| entry.date).collect();
    days.dedup();
    // Both ends count, as days do when people count them.
    let lasted = days.first().zip(days.last()).map_or(0, |(first, last)| last.days_since(*first) + 1);
    let coverage = Coverage::count("entries", log.as_of(), entries.iter().map(|entry| (entry.date, told(entry))));
    let measured = Quantity::new(lasted as f64, Unit::Days);
    let limit = Quantity::new(options.min_days as f64, Unit::Days);
    let stays = days.len() >= options.min_entries && lasted > options.min_days;
    if !stays && missed < options.missed_runs {
        let message = format!(
            "Of {} {} of the last {} days that tell of your knee, it hurt {} of 10 or more on {} {}; {} such days over more than {} \
             days, or {} missed runs, would be noted.",
            coverage.assessed,
            if coverage.assessed == 1 { "entry" } else { "entries" },
            options.window_days,
            options.min_pain,
            days.len(),
            if days.len() == 1 { "day" } else { "days" },
            options.min_entries,
            options.min_days,
            options.missed_runs,
        );
        let window = Window { from: entries[0].date, to: log.as_of() };
        return Outcome::Clear(Clear { message, measured: Some(measured), limit: Some(limit), window, coverage });
    }
    let window = Window {
        from: days.first().copied().unwrap_or(entries[0].date),
        to: days.last().copied().max(entries.last().map(|entry| entry.date)).unwrap_or(log.as_of()),
    };
    let felt = format!(
        "Your knee hurt {} of 10 or more on {} days from {} to {}",
        options.min_pain,
        days.len(),
        window.from.strftime("%-d %b"),
        window.to.strftime("%-d %b %Y")
    );
    let (message, measured, limit) = if stays {
        (format!("{felt}, over {lasted} days; more than {} would be noted.", options.min_days), measured, limit)
    } else {
        let message = format!(
            "You missed or cut short {missed} runs because of pain in the last {} days; {} would be noted.",
            options.window_days, options.missed_runs
        );
        let (measured, limit) =
            (Quantity::new(missed as f64, Unit::Count), Quantity::new(options.missed_runs as f64, Unit::Count));
        (message, measured, limit)
    };
    Outcome::Flagged(vec![Flag {
        tier: Tier::Notice,
        message,
        study: "Researchers agreed to call a running injury what keeps a runner from a week of training or three planned runs."
            .to_owned(),
        consider: "Consider seeing a physiotherapist or doctor within about two weeks.".to_owned(),
        measured,
        limit,
        window,
        runs: log.runs_between(window.from, window.to).iter().map(|run| run.id.clone()).collect(),
        coverage,
    }])
}
