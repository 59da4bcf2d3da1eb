//! A week of days that look very alike.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::knowledge::reference::{FOSTER_1998, FOSTER_2001, LOVDAL_2021};
use crate::load::{KNEEWISE, MONOTONY as FIGURE, STRAIN};
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::days::{episodes, goes_on, highest, of_distance, run_ids, too_short};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Sessions that must lie in the seven days.
    pub min_runs: usize,
    /// Monotony above this is for information.
    pub info_ratio: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_runs: 4, info_ratio: 2.0 }
    }
}

documented! {
    /// ## What it does
    /// Works out how alike the last seven days were, on each day, from the distance run; days of
    /// rest count as 0:
    ///
    /// `monotony = mean distance of the 7 days / their standard deviation`
    ///
    /// The deviation is the population's (over 7, not 6), the only one that gives the 1.26 printed
    /// in Foster 2001. Over 2.0 is info. Days over it with less than two weeks between them are one
    /// finding, told by the highest. For context it says where the strain of those days, their
    /// distance times the monotony, is in the highest tenth of your own days of the year before, of
    /// which 90 must be known; strain by itself is never a finding.
    ///
    /// ## Why it matters
    /// In 25 athletes a high percentage of illnesses followed when a limit of their own was passed,
    /// mostly a limit of strain (Foster 1998). That study set out to look at illnesses and minor
    /// injuries; its summary reports no result on injuries, for or against. For injuries in runners
    /// the only numbers are from a re-analysis, not peer-reviewed, of the open logs of 74 Dutch
    /// runners (496 injuries in 33,640 runner-days, after weeks of some training). Over 2.0 the
    /// odds were 1.40 times as high (95 % CI 1.13–1.73) by one method, 1.13 (0.87–1.46, so it may
    /// be chance) by a stricter one. More monotony was not worse: days at 2 to 2.5 had the most
    /// injuries (1.93 %), days above 2.5 fewer (1.33 %). Its load was an estimate of training
    /// stress; here it is kilometres. Alternating easier and harder days is an idea of coaches.
    /// Limits of strain that are often quoted (4,500 and 6,000) are of another load and unproven.
    ///
    /// ## Limits
    /// Running every day at about the same distance is enough to pass 2.0. Two days of rest keep a
    /// week of equal runs below it. Monotony stops at 10: seven equal days, whose deviation is 0,
    /// and seven nearly equal ones are judged alike. With fewer than four sessions it says little
    /// but how many they were and is not assessed, nor are the first weeks after a break of 14 days
    /// and more (see `return-after-break`). Intensity and other training are not seen.
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
        name: "Days very alike",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "seven days of history with four runs in them, each with a distance",
        not_known: "Whether similar days are linked to injuries at all: the study behind the measure is about illness.",
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

const STUDY: &str = "In a study of 25 athletes illness followed high strain, which is load times monotony; its summary reports \
    nothing on injuries. A link to running injuries is unproven: in a re-analysis of the logs of 74 runners more monotony was \
    not worse (above 2.5 fewer injuries than at 2 to 2.5).";

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
        " For context: their distance times the monotony (strain) was then in the highest tenth of your own of the year before."
    } else {
        ""
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.monotony;
    if let Some(missing) = too_short(log, DAYS) {
        return missing;
    }
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
    let Some((highest_on, value)) = highest(&values) else {
        let reason = format!("needs {} runs within {DAYS} days, each with a distance", options.min_runs);
        return Missing::outcome(
            format!("{reason}; no {DAYS} days of the log could be assessed"),
            format!("{} runs within {DAYS} days, each with a distance", options.min_runs),
        );
    };
    let strains: Vec<Option<f64>> =
        of_distance(log, runner, &STRAIN, &KNEEWISE).iter().map(|strain| strain.known()).collect();
    let flags: Vec<Flag> = episodes(&values, options.info_ratio, QUIET_DAYS)
        .iter()
        .rev()
        .map(|episode| {
            let goes_on = goes_on(days, episode, &format!("over {:.1}", options.info_ratio));
            let strain = strain_words(&strains[..=episode.peak]);
            let message = format!(
                "In the {DAYS} days to {} your days were very alike: their average distance was {}{:.1} times its standard deviation \
                 (monotony). Above {:.1} is flagged.{goes_on}{strain}",
                days[episode.peak].date.strftime("%-d %b %Y"),
                if episode.value >= MOST { "at least " } else { "" },
                episode.value,
                options.info_ratio,
            );
            let from = days[episode.first].date.saturating_add_days(1 - DAYS as i64);
            let window = Window { from, to: days[episode.last].date };
            Flag {
                tier: Tier::Info,
                message,
                study: STUDY.to_owned(),
                consider: "Consider alternating easier and harder days, or a day off between them.".to_owned(),
                measured: Quantity::new(episode.value, Unit::Ratio),
                limit: Quantity::new(options.info_ratio, Unit::Ratio),
                window,
                runs: run_ids(log, window),
                coverage,
            }
        })
        .collect();
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    Outcome::Clear(Clear {
        message: format!(
            "On none of the {} days that could be assessed were the {DAYS} days before alike by more than {:.1} (monotony); the highest \
             was {value:.2}, on {}.",
            coverage.assessed,
            options.info_ratio,
            days[highest_on].date.strftime("%-d %b %Y"),
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
        assert!(equal.0 == MOST && equal.1.contains("at least 10.0 times"), "{equal:?}");
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
