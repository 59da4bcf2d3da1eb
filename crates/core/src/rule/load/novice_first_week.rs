//! The first week of running after a long time without, for runners whom a study singled out.

use jiff::civil::Date;

use crate::doc::documented;
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use super::days::run_ids;
use crate::knowledge::reference::NIELSEN_2014_FIRST_WEEK;
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Days without a run that make a new start.
    gap_days: u32 = 90, 1..=3660;
    /// A body mass index (kg/m²) above this is that of the study's group.
    bmi: f64 = 30.0, 10.0..=100.0;
    /// A first week of more than this (metres) is worth watching.
    notice_m: f64 = 3000.0, 0.0..=1e7;
}

documented! {
    /// ## What it does
    /// Looks at the first seven days of a new start: running after at least 90 days without a run
    /// in the log. The first days of the log count too, where your profile says that you began to
    /// run in that month or in the 90 days before. The rule applies only where you gave your height
    /// and mass, and they make a body mass index (mass / height²) over 30. A first week of more
    /// than 3 km in all is then notice.
    ///
    /// ## Why it matters
    /// In a study of 749 people who took up running, 56 were injured within three weeks. Among
    /// those with a body mass index over 30, 14 more in 100 were injured after a first week of 3–6
    /// km than in the study's reference group (95% CI 3–25). After a first week of over 6 km it was
    /// 16 more in 100 (4–28). A small first week is easy to begin with. The study covers nobody's
    /// running later on.
    ///
    /// ## Limits
    /// This is one study with few injuries. A log that merely begins does not show that somebody is
    /// new to running, so its first days count only with your word for it, and earlier runs are not
    /// seen. After a pause of at least 90 days within the log the first week counts for everybody.
    /// Runs without a file are not seen. A week is not assessed where a run has no distance, unless
    /// the others exceed the limit alone. The body mass index does not separate fat from muscle and
    /// says nothing about health. Giving height and mass is your choice; the settings of a watch
    /// are not used.
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
        needs: "your height and mass, and a start after 90 days without a run or the month in which you began to run",
        not_known: "The rule does not know whether you were new to running or did other sport. It rests on one study with few injuries.",
        brief: Brief::new(
            "Long first week",
            "Keep the first week short, and add from there.",
            &[Reading::above(Unit::Metres, "in the first week").event("a first week of {}")],
        ),
        references: &[&NIELSEN_2014_FIRST_WEEK],
        check: check,
    }
}

const STUDY: &str = "In a study of 749 people who took up running, 56 were injured within three weeks. Among those with a body mass index over 30, \
    14 more in 100 were injured after a first week of 3 to 6 km than in the reference group (95% CI 3–25), and 16 more after one \
    over 6 km (4–28).";

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
struct FirstWeek<'s> {
    start: &'s Start,
    window: Window,
    bmi: Option<f64>,
    /// The known distances, a lower limit where a run has none.
    metres: f64,
    runs_without_distance: usize,
}

impl<'s> FirstWeek<'s> {
    fn of(start: &'s Start, log: &TrainingLog, runner: &Runner) -> Self {
        let window = Window { from: start.day, to: start.day.saturating_add_days(FIRST_DAYS - 1).min(log.as_of()) };
        let days = log.days_between(window.from, window.to);
        Self {
            start,
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

    /// Whether it is over the limit, of a runner like those of the study.
    fn is_meant(&self, options: &Options) -> bool {
        self.bmi.is_some_and(|bmi| bmi > options.bmi) && self.metres > options.notice_m
    }

    /// Returns `You ran 4.0 km in the first 7 days after 100 days without a run, from 11 Apr 2026.`
    fn words(&self, units: Units) -> String {
        let days = match self.window.to.days_since(self.window.from) + 1 {
            1 => "day".to_owned(),
            days => format!("{days} days"),
        };
        let of = match self.start.from {
            From::Pause(without) => format!("after {without} days without a run"),
            From::Began(month) => format!("of the log (you began to run in {})", month.month_in_words()),
        };
        let at_least = if self.runs_without_distance > 0 { "at least " } else { "" };
        format!(
            "You ran {at_least}{} in the first {days} {of}, from {}.",
            units.distance(self.metres),
            self.window.from.in_words(),
        )
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.novice_first_week);
    let starts = starts(log, runner, options);
    if starts.is_empty() {
        return no_start(runner, options);
    }
    let (weeks, coverage) = measure(&starts, log, runner, options);
    let Some(latest) = weeks.iter().rfind(|week| week.is_assessed(options)) else { return not_assessed(&weeks) };
    let meant = weeks.iter().rev().filter(|week| week.is_meant(options));
    let flags = meant.map(|week| flag(week, log, coverage, options, units));
    flagged_or(flags, || clear(latest, coverage, options, units))
}

fn measure<'s>(
    starts: &'s [Start],
    log: &TrainingLog,
    runner: &Runner,
    options: &Options,
) -> (Vec<FirstWeek<'s>>, Coverage) {
    let weeks: Vec<FirstWeek> = starts.iter().map(|start| FirstWeek::of(start, log, runner)).collect();
    let dated = weeks.iter().map(|week| (week.start.day, week.is_assessed(options)));
    let coverage = Coverage::count("new starts", log.as_of(), dated);
    (weeks, coverage)
}

fn flag(week: &FirstWeek, log: &TrainingLog, coverage: Coverage, options: &Options, units: Units) -> Flag {
    let limit = units.distance(options.notice_m);
    Flag {
        tier: Tier::Notice,
        message: format!(
            "{} More than {limit} is flagged at a body mass index over {:.0}.",
            week.words(units),
            options.bmi
        ),
        study: STUDY.to_owned(),
        consider: format!("Keep a first week under {limit} in all, and add from there."),
        measured: Quantity::new(week.metres, Unit::Metres),
        limit: Quantity::new(options.notice_m, Unit::Metres),
        window: week.window,
        runs: run_ids(log, week.window),
        coverage,
    }
}

fn clear(latest: &FirstWeek, coverage: Coverage, options: &Options, units: Units) -> Outcome {
    Outcome::Clear(Clear {
        message: format!(
            "{} More than {} is flagged at a body mass index over {:.0}.",
            latest.words(units),
            units.distance(options.notice_m),
            options.bmi,
        ),
        measured: Some(Quantity::new(latest.metres, Unit::Metres)),
        limit: Some(Quantity::new(options.notice_m, Unit::Metres)),
        window: latest.window,
        coverage,
    })
}

fn not_assessed(weeks: &[FirstWeek]) -> Outcome {
    if weeks.iter().all(|week| week.bmi.is_none()) {
        return Missing::outcome(
            "needs your height and your mass at that time",
            Remedy::profile("add height and mass to the profile, if you like"),
        );
    }
    Missing::outcome(
        format!("needs a distance for each run of the first {FIRST_DAYS} days after a new start. Some have none"),
        "a distance for each run of a first week",
    )
}

fn no_start(runner: &Runner, options: &Options) -> Outcome {
    let (days, remedy) =
        (options.gap_days, format!("nothing to do: it is assessed after {} days without a run", options.gap_days));
    match runner.began {
        None => Missing::outcome(
            format!(
                "needs a start after {days} days without a run. The log has none, and its first day does not show that you were new to running"
            ),
            Remedy::profile(format!("add the month in which you began to run to the profile. Otherwise {remedy}")),
        ),
        Some(_) => Missing::outcome(
            format!(
                "needs a start after {days} days without a run, or a log that begins no more than {days} days after you began to run. The log has neither"
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
        assert!(flags[0].message.contains("You ran at least 4.0 km"), "{}", flags[0].message);
    }

    #[test]
    fn only_a_new_start_of_whom_the_study_speaks_is_noted() {
        assert!(matches!(said(91, Some(120.4)), Outcome::Flagged(_)));
        assert!(matches!(said(90, Some(120.4)), Outcome::NotAssessed(_)), "a run 90 days before");
        assert!(matches!(said(91, Some(120.0)), Outcome::Clear(_)), "an index of exactly 30");
        assert!(matches!(said(91, None), Outcome::NotAssessed(_)), "nobody has to tell");
    }
}
