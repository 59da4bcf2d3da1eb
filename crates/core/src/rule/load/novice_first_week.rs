//! The first week of running after a long time without, for runners whom a study singled out.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::{Break, TrainingLog};
use crate::runner::Runner;
use crate::time::DateExt;
use crate::unit::Unit;

use super::days::run_ids;
use crate::reference::NIELSEN_2014_FIRST_WEEK;
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
    /// Looks at the first seven days of a new start: running after 90 days and more without a run in the log. Only where you gave your height and
    /// mass, and they make a body mass index (mass / height²) over 30, a first week of more than 3 km in all is notice.
    ///
    /// ## Why it matters
    /// In a study of 749 people who took up running, 56 were injured within three weeks. Of those with a body mass index over 30, 14 more in 100 were
    /// injured who ran 3–6 km in the first week (95 % CI 3–25), and 16 more who ran over 6 km (4–28), than in the study's reference
    /// group. A small first week is an easy thing to begin with, and this says nothing of anybody's running later on.
    ///
    /// ## Limits
    /// One study with few injuries. A log that merely begins is no proof that somebody is new to running, so only a pause of 90 days that lies within the log
    /// counts as a new start, whoever is running; runs without a file are not seen. The body mass index tells neither fat from muscle nor anything of
    /// health. Height and mass are yours to give or not; what a watch has set is not used.
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
        needs: "your height and mass, and a start after 90 days without a run",
        not_known: "Whether you were new to running, and what other sport you did. One study with few injuries.",
        references: &[&NIELSEN_2014_FIRST_WEEK],
        check: check,
    }
}

const STUDY: &str = "In a study of 749 people who took up running (56 injured within three weeks), of those with a body mass index over 30, 14 more \
    in 100 were injured after a first week of 3 to 6 km than in the reference group (95 % CI 3–25), and 16 more after one over 6 km (4–28).";

const FIRST_DAYS: i64 = 7;

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.novice_first_week);
    // On the day of a start the last run lies further back than the days without one.
    let starts: Vec<Break> =
        log.breaks().iter().copied().filter(|pause| pause.days() > i64::from(options.gap_days)).collect();
    if starts.is_empty() {
        return Missing::outcome(
            format!(
                "needs a start after {} days without a run; the log has none, and that it begins does not say that you were new to running",
                options.gap_days
            ),
            format!("a start after {} days without a run in the log", options.gap_days),
        );
    }
    let bmi_at = |start: &Break| runner.bmi_on(start.back).filter(|bmi| bmi.is_finite());
    let first_week = |start: &Break| {
        let window = Window { from: start.back, to: start.back.saturating_add_days(FIRST_DAYS - 1).min(log.as_of()) };
        let days = log.days_between(window.from, window.to);
        // What is known is a lower limit where a distance is missing.
        (window, days.iter().map(|day| day.distance_m).sum::<f64>())
    };
    let dated = starts.iter().map(|start| (start.back, bmi_at(start).is_some()));
    let coverage = Coverage::count("new starts", log.as_of(), dated);
    let Some(latest) = starts.iter().rfind(|start| bmi_at(start).is_some()) else {
        return Missing::outcome(
            "needs your height and your mass as of then, which are yours to give or not",
            "add height and mass to the profile, if you like",
        );
    };
    let flag = |start: &Break| {
        let (window, metres) = first_week(start);
        let is_meant = bmi_at(start).is_some_and(|bmi| bmi > options.bmi) && metres > options.notice_m;
        is_meant.then(|| Flag {
            tier: Tier::Notice,
            message: format!(
                "From {} you ran {} in the first {FIRST_DAYS} days after {} days without a run; over {} is noted for a body mass index over {:.0}.",
                window.from.strftime("%-d %b %Y"),
                units.distance(metres),
                start.days() - 1,
                units.distance(options.notice_m),
                options.bmi,
            ),
            study: STUDY.to_owned(),
            consider: format!(
                "Consider a first week of up to {} in all, and adding from there.",
                units.distance(options.notice_m)
            ),
            measured: Quantity::new(metres, Unit::Metres),
            limit: Quantity::new(options.notice_m, Unit::Metres),
            window,
            runs: run_ids(log, window),
            coverage,
        })
    };
    let flags: Vec<Flag> = starts.iter().rev().filter_map(flag).collect();
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    let (window, metres) = first_week(latest);
    Outcome::Clear(Clear {
        message: format!(
            "In the first {FIRST_DAYS} days after your latest new start, on {}, you ran {}; a first week over {} would be noted for runners with a body mass \
             index over {:.0}.",
            latest.back.strftime("%-d %b %Y"),
            units.distance(metres),
            units.distance(options.notice_m),
            options.bmi,
        ),
        measured: Some(Quantity::new(metres, Unit::Metres)),
        limit: Some(Quantity::new(options.notice_m, Unit::Metres)),
        window,
        coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::DISTANCE;
    use crate::run::Run;
    use crate::runner::MassFrom;
    use crate::time::Timestamp;
    use jiff::civil::{Weekday, date};

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

    #[test]
    fn only_a_new_start_of_whom_the_study_speaks_is_noted() {
        assert!(matches!(said(91, Some(120.4)), Outcome::Flagged(_)));
        assert!(matches!(said(90, Some(120.4)), Outcome::NotAssessed(_)), "a run 90 days before");
        assert!(matches!(said(91, Some(120.0)), Outcome::Clear(_)), "an index of exactly 30");
        assert!(matches!(said(91, None), Outcome::NotAssessed(_)), "nobody has to tell");
    }
}
