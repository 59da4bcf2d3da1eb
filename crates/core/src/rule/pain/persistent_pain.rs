//! Knee pain that stays.

use jiff::civil::Date;

use crate::doc::documented;
use crate::knowledge::reference::YAMATO_2015;
use crate::log::TrainingLog;
use crate::runner::{Diary, Entry, Runner};
use crate::triage::concerns;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::pain_zones::graded;
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window,
};

settable! {
    /// A knee pain of at least this (0 to 10) counts.
    min_pain: u8 = 3, 0..=10;
    /// On so many days.
    min_entries: usize = 3, 1..=10_000;
    /// The first and the last at least so far apart (days).
    min_days: i64 = 14, 1..=3660;
    /// Within so many days.
    window_days: i64 = 42, 1..=3660;
    /// So many days with a missed or shortened run within the window count by themselves.
    missed_runs: usize = 3, 1..=10_000;
    /// So do missed or shortened runs whose first and last are so many days apart, both counted,
    /// without a run between them.
    missed_days: i64 = 7, 1..=3660;
    /// So does pain of any strength that has gone on for so many days.
    lasting_days: i64 = 21, 1..=3660;
}

documented! {
    /// ## What it does
    /// Looks in the last six weeks of your diary for knee pain that stays:
    ///
    /// * at least 3 out of 10 on at least three days, the first and the last at least two weeks
    ///   apart; or
    /// * three days with a run missed or cut short because of pain; or
    /// * at least seven days from one run missed or cut short because of pain to another, both days
    ///   counted, without a run between them; or
    /// * pain of any strength that goes on and began at least three weeks ago, with at most ten
    ///   days between two painful entries. A run missed or cut short because of pain counts as
    ///   pain, with a score or without.
    ///
    /// Each is notice. It is elevated where runs were missed or cut short because of pain, where
    /// the pain was 7 out of 10 or more, or where it rose past 5 from one week to the next.
    ///
    /// ## Why it matters
    /// Pain that lasts a few days mostly settles alone. Health services commonly advise seeing
    /// somebody about a knee that does not get better over some weeks. Researchers agreed to call
    /// it a running injury when pain restricts or stops running for at least 7 days or 3
    /// consecutive scheduled sessions, or when the runner has to see a doctor or another health
    /// professional (Yamato 2015).
    ///
    /// ## Limits
    /// These limits are agreed on, not measured. The rule sees only what you write down. A week
    /// without running counts only between two entries that record a run missed because of pain,
    /// because other weeks may have other reasons.
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
    /// `min_pain` (3), `min_entries` (3), `min_days` (14), `window_days` (42), `missed_runs` (3),
    /// `missed_days` (7), `lasting_days` (21).
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
        needs: "diary entries with a pain from 0 to 10, or with a run missed because of pain",
        not_known: "The number of days that matter is agreed on, not measured.",
        brief: Brief::new(
            "Knee pain that stays",
            "See a physiotherapist or doctor within about two weeks.",
            &[
                Reading::at_least(Unit::Days, "of knee pain"),
                Reading::at_least(Unit::Count, "runs missed"),
            ],
        ),
        references: &[&YAMATO_2015],
        check: check,
    }
}

/// What of a knee the entries of the window tell.
struct Told {
    /// The days on which it hurt as much as counts.
    hurting: Vec<Date>,
    /// The days with a run missed or cut short.
    missed: Vec<Date>,
    /// The longest stretch of such days without a run between them.
    without_running: Option<Window>,
    /// The pain that goes on.
    going_on: Option<Window>,
}

impl Told {
    fn of(diary: &Diary, log: &TrainingLog, options: &Options) -> Self {
        let entries = diary.of_last(options.window_days, log.as_of());
        let is_felt = |entry: &&Entry| entry.knee_pain().is_some_and(|pain| pain >= options.min_pain);
        let mut hurting: Vec<Date> = entries.iter().filter(is_felt).map(|entry| entry.date).collect();
        hurting.dedup();
        let mut missed: Vec<Date> =
            entries.iter().filter(|entry| entry.missed_for_knee()).map(|entry| entry.date).collect();
        missed.dedup();
        let is_near = |first: &Date, next: &Date| {
            log.runs_between(first.saturating_add_days(1), next.saturating_add_days(-1)).is_empty()
        };
        let stretch = |days: &[Date]| Some(Window { from: *days.first()?, to: *days.last()? });
        let without_running = missed.chunk_by(is_near).filter_map(stretch).max_by_key(|stretch| days(*stretch));
        let going_on = diary.knee_pain_going_on(log.as_of()).map(|(from, to)| Window { from, to });
        Self { hurting, missed, without_running, going_on }
    }

    /// From the first to the last day on which it hurt.
    fn hurt(&self) -> Option<Window> {
        Some(Window { from: *self.hurting.first()?, to: *self.hurting.last()? })
    }
}

/// How many days a window has: both ends count, as days do when people count them.
fn days(window: Window) -> i64 {
    window.to.days_since(window.from) + 1
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.persistent_pain;
    let entries = runner.diary.of_last(options.window_days, log.as_of());
    if !entries.iter().any(Entry::records_knee) {
        return Missing::outcome(
            format!("needs diary entries with a pain in the last {} days. There are none", options.window_days),
            Remedy::diary("add a line to the diary after a run, with 0 where nothing hurts"),
        );
    }
    let told = Told::of(&runner.diary, log, options);
    let coverage =
        Coverage::count("entries", log.as_of(), entries.iter().map(|entry| (entry.date, entry.records_knee())));
    let Some(Found { window, message, measured, limit, is_of_missed_runs }) = found(&told, options) else {
        return clear(&told, entries, log, options, coverage);
    };
    let concerns = concerns(&runner.diary, window.from, window.to);
    let flag = Flag {
        tier: Tier::Notice,
        message,
        study: "Researchers agreed on what to call a running injury: pain that restricts or stops running for at least 7 days or 3 \
            consecutive scheduled sessions. Pain that takes the runner to a health professional counts too."
            .to_owned(),
        consider: "See a physiotherapist or doctor within about two weeks.".to_owned(),
        measured,
        limit,
        window,
        runs: log.runs_between(window.from, window.to).iter().map(|run| run.id.clone()).collect(),
        coverage,
    };
    Outcome::Flagged(vec![graded(flag, &concerns, is_of_missed_runs, runner, log.as_of())])
}

/// A pattern in the entries.
struct Found {
    window: Window,
    message: String,
    measured: Quantity,
    limit: Quantity,
    is_of_missed_runs: bool,
}

/// Returns the first of the patterns that is there.
fn found(told: &Told, options: &Options) -> Option<Found> {
    let first = strong_for_weeks(told, options).or_else(|| often_missed(told, options));
    first.or_else(|| going_on(told, options)).or_else(|| not_running(told, options))
}

fn lasting(days: i64) -> Quantity {
    Quantity::new(days as f64, Unit::Days)
}

fn strong_for_weeks(told: &Told, options: &Options) -> Option<Found> {
    let is_long = |hurt: &Window| told.hurting.len() >= options.min_entries && days(*hurt) > options.min_days;
    let window = told.hurt().filter(is_long)?;
    let message = format!(
        "Your knee pain was {} out of 10 or more on {} days from {} to {}. That is {} days; more than {} is flagged.",
        options.min_pain,
        told.hurting.len(),
        window.from.in_words(),
        window.to.in_words(),
        days(window),
        options.min_days,
    );
    let (measured, limit) = (lasting(days(window)), lasting(options.min_days));
    Some(Found { window, message, measured, limit, is_of_missed_runs: false })
}

fn often_missed(told: &Told, options: &Options) -> Option<Found> {
    let (from, to) = (*told.missed.first()?, *told.missed.last()?);
    if told.missed.len() < options.missed_runs {
        return None;
    }
    let message = format!(
        "On {} days from {} to {} you missed a run or cut it short because of pain. {} or more within {} days are flagged.",
        told.missed.len(),
        from.in_words(),
        to.in_words(),
        options.missed_runs,
        options.window_days,
    );
    let count = |n: usize| Quantity::new(n as f64, Unit::Count);
    let (measured, limit) = (count(told.missed.len()), count(options.missed_runs));
    Some(Found { window: Window { from, to }, message, measured, limit, is_of_missed_runs: true })
}

fn going_on(told: &Told, options: &Options) -> Option<Found> {
    let window = told.going_on?;
    let lasted = window.to.days_since(window.from);
    let message = format!(
        "Your knee has hurt, on and off, from {} to {}. That is {lasted} days; {} or more are flagged.",
        window.from.in_words(),
        window.to.in_words(),
        options.lasting_days,
    );
    let (measured, limit) = (lasting(lasted), lasting(options.lasting_days));
    (lasted >= options.lasting_days).then_some(Found { window, message, measured, limit, is_of_missed_runs: false })
}

fn not_running(told: &Told, options: &Options) -> Option<Found> {
    let window = told.without_running.filter(|stretch| days(*stretch) >= options.missed_days)?;
    let message = format!(
        "From {} to {} you missed or cut short runs because of pain and did not run between them. That is {} days; {} or \
         more are flagged.",
        window.from.in_words(),
        window.to.in_words(),
        days(window),
        options.missed_days,
    );
    let (measured, limit) = (lasting(days(window)), lasting(options.missed_days));
    Some(Found { window, message, measured, limit, is_of_missed_runs: true })
}

fn clear(told: &Told, entries: &[Entry], log: &TrainingLog, options: &Options, coverage: Coverage) -> Outcome {
    let words = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let message = format!(
        "{} in the last {} days mention your knee. Its pain was {} out of 10 or more on {}. {} such days over more than {} days are \
         flagged, as are {} days with a missed run. {} days between missed runs without a run are flagged too, and pain of any strength \
         for {} days.",
        words(coverage.assessed, "diary entry", "diary entries"),
        options.window_days,
        options.min_pain,
        words(told.hurting.len(), "day", "days"),
        options.min_entries,
        options.min_days,
        options.missed_runs,
        options.missed_days,
        options.lasting_days,
    );
    Outcome::Clear(Clear {
        message,
        measured: Some(Quantity::new(told.hurt().map_or(0, days) as f64, Unit::Days)),
        limit: Some(Quantity::new(options.min_days as f64, Unit::Days)),
        window: Window { from: entries[0].date, to: log.as_of() },
        coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use crate::runner::Diary;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::Timestamp;

    /// What is said of missed runs on these days of March 2026, with a run on those.
    fn said(missed: &[i8], runs: &[i8]) -> Option<(f64, Date)> {
        let entry = |day: &i8| Entry { missed_run: Some(true), ..Entry::on(date(2026, 3, *day)) };
        let run = |day: &i8| {
            let start = Timestamp::parse_iso8601(&format!("2026-03-{day:02}T08:00:00Z")).expect("a time").0;
            Run::summary(start, Some(0), &[(&DISTANCE, 5000.0)])
        };
        let log = TrainingLog::new(runs.iter().map(run).collect(), date(2026, 3, 30), Weekday::Monday);
        let runner = Runner { diary: Diary::new(missed.iter().map(entry).collect()), ..Runner::default() };
        match check(&log, &runner, &rule::Options::default()) {
            Outcome::Flagged(flags) => Some((flags[0].measured.value, flags[0].window.to)),
            _ => None,
        }
    }

    #[test]
    fn a_week_between_missed_runs_counts_where_no_run_lies_in_it() {
        assert_eq!(said(&[2, 8], &[]), Some((7.0, date(2026, 3, 8))));
        assert_eq!(said(&[2, 7], &[]), None, "six days");
        assert_eq!(said(&[2, 8], &[5]), None, "a run on the way");
        assert_eq!(said(&[2, 8], &[2, 8]), Some((7.0, date(2026, 3, 8))), "both were cut short");
        assert_eq!(said(&[2], &[]), None, "one alone says nothing of the days after it");
        assert_eq!(said(&[2, 4, 20], &[4, 19]), Some((3.0, date(2026, 3, 20))), "three, whenever they were");
        assert_eq!(said(&[2, 2, 2], &[2]), None, "three lines of one day");
    }
}
