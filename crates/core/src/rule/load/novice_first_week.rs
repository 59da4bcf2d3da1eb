//! The first week of running after a long time without, for runners whom a study singled out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use super::days::run_ids;
use crate::knowledge::reference::NIELSEN_2014_FIRST_WEEK;
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Days without a run that make a new start.
    pub gap_days: u32,
    /// A body mass index (kg/m²) above this is that of the study's group.
    pub bmi: f64,
    /// A first week of more than this (metres) is worth watching.
    pub notice_m: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { gap_days: 90, bmi: 30.0, notice_m: 3000.0 }
    }
}

documented! {
    /// ## What it does
    /// Looks at the first seven days of a new start: running after 90 days and more without a run
    /// in the log, or the first days of the log where your profile says that you began to run at
    /// all in that month or in the 90 days before. Only where you gave your height and mass, and
    /// they make a body mass index (mass / height²) over 30, a first week of more than 3 km in all
    /// is notice.
    ///
    /// ## Why it matters
    /// In a study of 749 people who took up running, 56 were injured within three weeks. Of those
    /// with a body mass index over 30, 14 more in 100 were injured who ran 3–6 km in the first week
    /// (95 % CI 3–25), and 16 more who ran over 6 km (4–28), than in the study's reference group. A
    /// small first week is an easy thing to begin with, and this says nothing of anybody's running
    /// later on.
    ///
    /// ## Limits
    /// One study with few injuries. A log that merely begins is no proof that somebody is new to
    /// running, so its first days count only with your word for it, and what you ran before it is
    /// not seen; after a pause of 90 days within the log the first week counts whoever is running.
    /// Runs without a file are not seen either. Not assessed where a run of the week has no
    /// distance, unless the others are over the limit by themselves. The body mass index tells
    /// neither fat from muscle nor anything of health. Height and mass are yours to give or not;
    /// what a watch has set is not used.
    ///
    /// ## Example
    /// | date | km | `height_m` | `mass_kg` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-01-01 | 2.0 | 1.70 | 90 | not assessed |
    /// | 2026-04-11 | 1.5 | | | clear 1500 |
    /// | 2026-04-14 | 1.5 | | | clear 3000 |
    /// | 2026-04-17 | 1.0 | | | notice 4000 |
    ///
    /// ## Options
    /// `gap_days` (90), `bmi` (30), `notice_m` (3000).
    ///
    /// ## References
    /// Nielsen 2014 (first week).
    pub static NOVICE_FIRST_WEEK: Rule {
        id: "novice-first-week",
        name: "First week of a new start",
        area: Area::Load,
        evidence: Evidence::Moderate,
        is_preview: false,
        raised_by: &[],
        needs: "your height and mass, and a start after 90 days without a run, or the month in which you began to run",
        not_known: "Whether you were new to running, and what other sport you did. One study with few injuries.",
        brief: Brief::new(
            "Long first week",
            "Keep the first week short, and add from there.",
            &[Reading::above(Unit::Metres, "in the first week").event("a first week of {}")],
        ),
        references: &[&NIELSEN_2014_FIRST_WEEK],
        check: check,
    }
}

const STUDY: &str = "In a study of 749 people who took up running (56 injured within three weeks), of those with a body mass index over 30, 14 more \
    in 100 were injured after a first week of 3 to 6 km than in the reference group (95 % CI 3–25), and 16 more after one over 6 km (4–28).";

const FIRST_DAYS: i64 = 7;

/// The first day of a new start.
struct Start {
    day: Date,
    from: From,
}

/// What makes a day a new start.
enum From {
    /// So many days without a run before it.
    Pause(i64),
    /// The month in which the runner says to have begun, of a log that begins no later than the
    /// days of a pause after it.
    Began(Date),
}

/// The new starts, the earliest first.
fn starts(log: &TrainingLog, runner: &Runner, options: &Options) -> Vec<Start> {
    let gap_days = i64::from(options.gap_days);
    let first =
        log.first_day().zip(runner.began).filter(|(first, began)| (0..=gap_days).contains(&first.days_since(*began)));
    let first = first.map(|(day, began)| Start { day, from: From::Began(began) });
    // On the day of a start the last run lies further back than the days without one.
    let pauses = log.breaks().iter().filter(|pause| pause.days() > gap_days);
    first
        .into_iter()
        .chain(pauses.map(|pause| Start { day: pause.back, from: From::Pause(pause.days() - 1) }))
        .collect()
}

/// The first seven days of a start, as far as they have come.
struct FirstWeek {
    window: Window,
    bmi: Option<f64>,
    /// The known distances, a lower limit where a run has none.
    metres: f64,
    runs_without_distance: usize,
}

impl FirstWeek {
    fn of(start: &Start, log: &TrainingLog, runner: &Runner) -> Self {
        let window = Window { from: start.day, to: start.day.saturating_add_days(FIRST_DAYS - 1).min(log.as_of()) };
        let days = log.days_between(window.from, window.to);
        Self {
            window,
            bmi: runner.bmi_on(start.day).filter(|bmi| bmi.is_finite()),
            metres: days.iter().map(|day| day.distance_m).sum(),
            runs_without_distance: days.iter().map(|day| day.runs_without_distance).sum(),
        }
    }

    /// Whether its distance is known, or known to be over the limit.
    fn is_measured(&self, options: &Options) -> bool {
        self.runs_without_distance == 0 || self.metres > options.notice_m
    }

    fn is_assessed(&self, options: &Options) -> bool {
        self.bmi.is_some() && self.is_measured(options)
    }

    /// `In the first 7 days after 100 days without a run, from 11 Apr 2026, you ran 4.0 km`.
    fn words(&self, start: &Start, units: Units) -> String {
        let days = match self.window.to.days_since(self.window.from) + 1 {
            1 => "day".to_owned(),
            days => format!("{days} days"),
        };
        let of = match start.from {
            From::Pause(without) => format!("after {without} days without a run"),
            From::Began(month) => format!("of the log (you began to run in {}, as you say)", month.strftime("%b %Y")),
        };
        let at_least = if self.runs_without_distance > 0 { "at least " } else { "" };
        format!(
            "In the first {days} {of}, from {}, you ran {at_least}{}",
            self.window.from.strftime("%-d %b %Y"),
            units.distance(self.metres)
        )
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.novice_first_week);
    let starts = starts(log, runner, options);
    if starts.is_empty() {
        return no_start(runner, options);
    }
    let weeks: Vec<(&Start, FirstWeek)> =
        starts.iter().map(|start| (start, FirstWeek::of(start, log, runner))).collect();
    let dated = weeks.iter().map(|(start, week)| (start.day, week.is_assessed(options)));
    let coverage = Coverage::count("new starts", log.as_of(), dated);
    let Some((latest, week)) = weeks.iter().rfind(|(_, week)| week.is_assessed(options)) else {
        if weeks.iter().all(|(_, week)| week.bmi.is_none()) {
            return Missing::outcome(
                "needs your height and your mass as of then, which are yours to give or not",
                "add height and mass to the profile, if you like",
            );
        }
        return Missing::outcome(
            format!("needs a distance of each run of the first {FIRST_DAYS} days after a new start; some have none"),
            "a distance for each run of a first week",
        );
    };
    let flag = |(start, week): &(&Start, FirstWeek)| {
        let is_meant = week.bmi.is_some_and(|bmi| bmi > options.bmi) && week.metres > options.notice_m;
        is_meant.then(|| Flag {
            tier: Tier::Notice,
            message: format!(
                "{}; over {} is noted for a body mass index over {:.0}.",
                week.words(start, units),
                units.distance(options.notice_m),
                options.bmi,
            ),
            study: STUDY.to_owned(),
            consider: format!(
                "Consider a first week of up to {} in all, and adding from there.",
                units.distance(options.notice_m)
            ),
            measured: Quantity::new(week.metres, Unit::Metres),
            limit: Quantity::new(options.notice_m, Unit::Metres),
            window: week.window,
            runs: run_ids(log, week.window),
            coverage,
        })
    };
    let flags: Vec<Flag> = weeks.iter().rev().filter_map(flag).collect();
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    Outcome::Clear(Clear {
        message: format!(
            "{}; a first week over {} would be noted for runners with a body mass index over {:.0}.",
            week.words(latest, units),
            units.distance(options.notice_m),
            options.bmi,
        ),
        measured: Some(Quantity::new(week.metres, Unit::Metres)),
        limit: Some(Quantity::new(options.notice_m, Unit::Metres)),
        window: week.window,
        coverage,
    })
}

fn no_start(runner: &Runner, options: &Options) -> Outcome {
    let (days, remedy) = (
        options.gap_days,
        format!("nothing to do: it is assessed after {} days without a run in the log", options.gap_days),
    );
    match runner.began {
        None => Missing::outcome(
            format!(
                "needs a start after {days} days without a run; the log has none, and its first day is no proof that you were new to running"
            ),
            format!("the month in which you began to run at all in the profile; else {remedy}"),
        ),
        Some(_) => Missing::outcome(
            format!(
                "needs a start after {days} days without a run, or a log that begins no more than {days} days after you began to run; it is neither"
            ),
            remedy,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use crate::runner::MassFrom;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::Timestamp;

    fn said(days_between: i64, mass_kg: Option<f64>) -> Outcome {
        let run = |day: i64| {
            let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
            Run::summary(start, Some(0), &[(&DISTANCE, 5000.0)])
        };
        let as_of = date(2026, 1, 1).saturating_add_days(days_between);
        let log = TrainingLog::new(vec![run(0), run(days_between)], as_of, Weekday::Monday);
        let masses = mass_kg.map(|kg| MassFrom { from: None, kg }).into_iter().collect();
        let runner = Runner { height_m: Some(2.0), masses, ..Runner::default() };
        check(&log, &runner, &rule::Options::default())
    }

    /// What is said of a heavy runner whose log begins with runs of so many kilometres on 1 March,
    /// and who began in such a month.
    fn of_beginner(began: Date, km: &[Option<f64>]) -> Outcome {
        let run = |(day, km): (i64, &Option<f64>)| {
            let start = Timestamp::from_unix_s(1_772_352_000 + 2 * day * 86_400).expect("in range");
            let distance = km.map(|km| (&DISTANCE, 1000.0 * km));
            Run::summary(start, Some(0), distance.as_slice())
        };
        let log = TrainingLog::new((0..).zip(km).map(run).collect(), date(2026, 3, 20), Weekday::Monday);
        let masses = vec![MassFrom { from: None, kg: 130.0 }];
        let runner = Runner { height_m: Some(2.0), masses, began: Some(began), ..Runner::default() };
        check(&log, &runner, &rule::Options::default())
    }

    #[test]
    fn the_start_of_a_log_counts_with_the_runner_s_word_for_it() {
        let km = [Some(2.0), Some(2.0)];
        let is_flagged = |began| matches!(of_beginner(began, &km), Outcome::Flagged(_));
        assert!(is_flagged(date(2026, 3, 1)) && is_flagged(date(2025, 12, 1)), "that month, and 90 days before");
        assert!(!is_flagged(date(2025, 11, 1)) && !is_flagged(date(2026, 4, 1)));
    }

    #[test]
    fn a_missing_distance_is_not_none_at_all() {
        let said = |km: &[Option<f64>]| of_beginner(date(2026, 3, 1), km);
        assert!(matches!(said(&[Some(1.0), Some(1.0)]), Outcome::Clear(_)));
        assert!(matches!(said(&[Some(1.0), None]), Outcome::NotAssessed(_)));
        let Outcome::Flagged(flags) = said(&[Some(4.0), None]) else { panic!("4 km are over it already") };
        assert!(flags[0].message.contains("you ran at least 4.0 km"), "{}", flags[0].message);
    }

    #[test]
    fn only_a_new_start_of_whom_the_study_speaks_is_noted() {
        assert!(matches!(said(91, Some(120.4)), Outcome::Flagged(_)));
        assert!(matches!(said(90, Some(120.4)), Outcome::NotAssessed(_)), "a run 90 days before");
        assert!(matches!(said(91, Some(120.0)), Outcome::Clear(_)), "an index of exactly 30");
        assert!(matches!(said(91, None), Outcome::NotAssessed(_)), "nobody has to tell");
    }
}
