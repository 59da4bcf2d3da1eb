//! A week of days that look very alike.

use crate::doc::documented;
use crate::knowledge::reference::{FOSTER_1998, FOSTER_2001, LOVDAL_2021};
use crate::load::{KNEEWISE, MONOTONY as FIGURE, STRAIN};
use crate::log::{Day, TrainingLog};
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::days::{Episode, episodes, goes_on, highest, of_distance, run_ids, too_short};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Sessions that the seven days must hold.
    min_runs: usize = 4, 1..=10_000;
    /// Monotony above this is for information.
    info_ratio: f64 = 2.0, 0.1..=100.0;
}

documented! {
    /// ## What it does
    /// Works out, on each day, how alike the last seven days were by distance. Days of rest count
    /// as 0:
    ///
    /// `monotony = mean distance of the 7 days / their standard deviation`
    ///
    /// The deviation is the population's (over 7, not 6), the only one that gives the 1.26 printed
    /// in Foster 2001. Over 2.0 is info. Days over it with less than two weeks between them are one
    /// finding, described by the highest. For context the finding says where the strain of those
    /// days (their distance times the monotony) is in the highest tenth of your days in the year
    /// before, if at least 90 of them are known. Strain alone is never a finding.
    ///
    /// ## Why it matters
    /// In 25 athletes a high percentage of illnesses followed when a personal limit was passed,
    /// mostly a limit of strain (Foster 1998). That study set out to look at illnesses and minor
    /// injuries. Its summary reports no result on injuries, for or against.
    ///
    /// For injuries in runners the only numbers come from a re-analysis of the open logs of 74
    /// Dutch runners (496 injuries in 33,640 runner-days, after weeks of some training; not
    /// peer-reviewed). Over 2.0 the odds were 1.40 times as high (95% CI 1.13–1.73) by one method,
    /// and 1.13 times (0.87–1.46, which may be chance) by a stricter one. More monotony was not
    /// worse: days at 2 to 2.5 had the most injuries (1.93%), days above 2.5 fewer (1.33%). The
    /// load there was an estimate of training stress; here it is kilometres.
    ///
    /// Alternating easier and harder days is an idea of coaches. Limits of strain that are often
    /// quoted (4,500 and 6,000) are for another load and unproven.
    ///
    /// ## Limits
    /// Running about the same distance every day is enough to pass 2.0. Two days of rest keep a
    /// week of equal runs below it. Monotony stops at 10, so seven equal days, whose deviation is
    /// 0, and seven nearly equal days are judged alike. It is not assessed with fewer than four
    /// sessions, where it mostly counts them, or in the first weeks after a break of at least 14
    /// days (see `return-after-break`). Intensity and other training are not seen.
    ///
    /// ## Example
    /// Six days of 8 km and one of rest: mean 6.86 km, standard deviation 2.80 km, monotony 2.45.
    ///
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-03-02 | 8.0 | |
    /// | 2026-03-03 | 8.0 | |
    /// | 2026-03-05 | 8.0 | |
    /// | 2026-03-07 | 8.0 | not assessed |
    /// | 2026-03-08 | 8.0 | clear 1.58 |
    /// | 2026-03-09 | 8.0 | clear 1.58 |
    /// | 2026-03-10 | 8.0 | clear 1.58 |
    /// | 2026-03-11 | 8.0 | info 2.45 |
    ///
    /// ## Options
    /// `min_runs` (4), `info_ratio` (2).
    ///
    /// ## References
    /// Foster 1998, Foster 2001, Lövdal 2021.
    pub static MONOTONY: Rule {
        id: "monotony",
        name: "Similarity of days",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "seven days of history with four runs in them, each with a distance",
        not_known: "Whether similar days are linked to injuries is unknown. The study behind the measure is about illness.",
        brief: Brief::new(
            "Days very alike",
            "Alternate easier and harder days.",
            &[Reading::above(Unit::Ratio, "as much on average as days differ")],
        ),
        references: &[
            &FOSTER_1998,
            &FOSTER_2001,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "In a study of 25 athletes illness followed high strain, which is load times monotony. Its summary reports nothing on injuries. \
    A link to running injuries is unproven. In a re-analysis of the logs of 74 runners more monotony was not worse: there were fewer \
    injuries above 2.5 than between 2 and 2.5.";

/// Where the convention's monotony stops.
const MOST: f64 = 10.0;

/// Days that the figure is of.
const DAYS: usize = 7;

/// Of two stretches with less between them (days) the second is no news.
const QUIET_DAYS: usize = 14;

/// Days with a strain that make a runner's own tenth, and how far back they lie.
const STRAIN_DAYS: usize = 90;
const STRAIN_YEAR: usize = 365;

/// For context, where the strain of the latest of the days is in the highest tenth of the runner's
/// own of a year.
fn strain_words(strains: &[Option<f64>]) -> &'static str {
    let year: Vec<f64> = strains.iter().rev().take(STRAIN_YEAR).flatten().copied().collect();
    let Some(latest) = strains.last().copied().flatten().filter(|_| year.len() >= STRAIN_DAYS) else { return "" };
    let lower = year.iter().filter(|strain| **strain < latest).count();
    if 10 * lower >= 9 * year.len() {
        " For context: their strain, distance times monotony, was in the highest tenth of your last year."
    } else {
        ""
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.monotony;
    if let Some(missing) = too_short(log, DAYS) {
        return missing;
    }
    let measured = measure(log, runner, options);
    let Some(highest) = highest(&measured.values) else {
        let needs = format!("{} runs within {DAYS} days, each with a distance", options.min_runs);
        return Missing::outcome(format!("needs {needs}. No {DAYS} days of the log have that"), Remedy::history(needs));
    };
    let episodes = episodes(&measured.values, options.info_ratio, QUIET_DAYS);
    let flags = episodes.iter().rev().map(|episode| flag(episode, log, &measured, options));
    flagged_or(flags, || clear(log, measured.coverage, highest, options))
}

/// The monotony and the strain of the seven days up to each day of the log.
struct Measured {
    values: Vec<Option<f64>>,
    strains: Vec<Option<f64>>,
    coverage: Coverage,
}

fn measure(log: &TrainingLog, runner: &Runner, options: &Options) -> Measured {
    let days = log.days();
    let figures = of_distance(log, runner, &FIGURE, &KNEEWISE);
    let on = |i: usize| {
        let week = days.get((i + 1).checked_sub(DAYS)?..=i)?;
        let runs: usize = week.iter().map(|day| day.runs).sum();
        let is_usable = runs >= options.min_runs && log.returning_on(days[i].date).is_none();
        figures.get(i)?.known().filter(|_| is_usable)
    };
    let values: Vec<Option<f64>> = (0..days.len()).map(on).collect();
    let dated = days.iter().zip(&values).map(|(day, value)| (day.date, value.is_some()));
    let coverage = Coverage::count("days", log.as_of(), dated);
    let strains = of_distance(log, runner, &STRAIN, &KNEEWISE).iter().map(|strain| strain.known()).collect();
    Measured { values, strains, coverage }
}

fn message(episode: &Episode, days: &[Day], strains: &[Option<f64>], options: &Options) -> String {
    let goes_on = goes_on(days, episode, &format!("over {:.1}", options.info_ratio));
    let strain = strain_words(&strains[..=episode.peak]);
    format!(
        "Your {DAYS} days to {} were very alike: their monotony was {}{:.1}. Above {:.1} is flagged. Monotony is the average distance \
         divided by its standard deviation.{goes_on}{strain}",
        days[episode.peak].date.in_words(),
        if episode.value >= MOST { "at least " } else { "" },
        episode.value,
        options.info_ratio,
    )
}

fn flag(episode: &Episode, log: &TrainingLog, measured: &Measured, options: &Options) -> Flag {
    let days = log.days();
    let from = days[episode.first].date.saturating_add_days(1 - DAYS as i64);
    let window = Window { from, to: days[episode.last].date };
    Flag {
        tier: Tier::Info,
        message: message(episode, days, &measured.strains, options),
        study: STUDY.to_owned(),
        consider: "Alternate easier and harder days, or take a day off between them.".to_owned(),
        measured: Quantity::new(episode.value, Unit::Ratio),
        limit: Quantity::new(options.info_ratio, Unit::Ratio),
        window,
        runs: run_ids(log, window),
        coverage: measured.coverage,
    }
}

fn clear(log: &TrainingLog, coverage: Coverage, (on, value): (usize, f64), options: &Options) -> Outcome {
    let days = log.days();
    Outcome::Clear(Clear {
        message: format!(
            "The highest monotony of {DAYS} days was {value:.2}, on {}. Above {:.1} is flagged. {} days could be assessed.",
            days[on].date.in_words(),
            options.info_ratio,
            coverage.assessed,
        ),
        measured: Some(Quantity::new(value, Unit::Ratio)),
        limit: Some(Quantity::new(options.info_ratio, Unit::Ratio)),
        window: Window { from: days[0].date, to: log.as_of() },
        coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::Timestamp;

    #[test]
    fn equal_and_nearly_equal_days_are_judged_alike() {
        let said = |more_m: f64| {
            let run = |day: i64| {
                let start = Timestamp::from_unix_s(1_767_600_000 + day * 86_400).expect("in range");
                Run::summary(start, Some(0), &[(&DISTANCE, 5100.0 + if day == 3 { more_m } else { 0.0 })])
            };
            let log = TrainingLog::new((0..7).map(run).collect(), date(2026, 1, 11), Weekday::Monday);
            match check(&log, &Runner::default(), &rule::Options::default()) {
                Outcome::Flagged(flags) => (flags[0].measured.value, flags[0].message.clone()),
                other => panic!("{other:?}"),
            }
        };
        let (equal, nearly) = (said(0.0), said(100.0));
        assert_eq!(equal, nearly);
        assert!(equal.0 == MOST && equal.1.contains("at least 10.0."), "{equal:?}");
    }

    #[test]
    fn strain_is_told_only_in_the_highest_tenth_of_one_s_own() {
        let days = |n: u16, latest: f64| -> Vec<Option<f64>> {
            (1..n).map(|day| Some(f64::from(day))).chain([Some(latest)]).collect()
        };
        assert!(!strain_words(&days(100, 90.5)).is_empty(), "90 of 100 are lower");
        assert_eq!(strain_words(&days(100, 90.0)), "", "89 are");
        assert_eq!(strain_words(&days(89, 1000.0)), "", "89 days are too few");
    }
}
