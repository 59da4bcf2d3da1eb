//! Four weeks of which much was hard.

use crate::doc::documented;
use crate::knowledge::reference::{LOVDAL_2021, RAMSKOV_2018, THEISEN_2014};
use crate::load::{Answer, EASY_SHARE, KNEEWISE};
use crate::log::{Day, TrainingLog};
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, in_percent};

use super::days::{Episode, episodes, goes_on, highest, of_distance, run_ids, too_short};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Runs that the 28 days must hold.
    min_runs: usize = 6, 1..=10_000;
    /// An easy share below this (per cent) is for information.
    info_percent: f64 = 75.0, 0.0..=100.0;
    /// The first threshold as a share of the second one's heart rate, where you name only the
    /// second (per cent).
    first_of_second_percent: f64 = 80.0, 1.0..=100.0;
}

documented! {
    /// ## What it does
    /// Takes the time with your heart rate below your first (aerobic) threshold as a share of all
    /// time with a heart rate, over the last 28 days, on each day:
    ///
    /// `easy share = 100 · time below the first threshold / time with a heart rate`
    ///
    /// Below 75% is info. Days below it with less than four weeks between them are one finding,
    /// described by the lowest share. The threshold comes from your profile; where the profile has
    /// only the second (lactate) threshold, 80% of that is used (heuristic).
    ///
    /// ## Why it matters
    /// The evidence is weak. A re-analysis looked at the open logs of 74 Dutch runners (496
    /// injuries in 33,640 runner-days; not peer-reviewed). A share under 75% had odds 1.26 times as
    /// high (95% CI 0.91–1.75, which may be chance). Those logs have no heart rate: the shares are
    /// of kilometres by zone, turned into time with assumed paces. By kilometres alone, a share of
    /// 65 to 75% had odds 1.75 times as high (1.40–2.18).
    ///
    /// In one study of 247 runners (12.1 injuries in 1,000 hours of running) harder sessions on
    /// average were followed by more injuries (1.396 times as many for each step of the scale,
    /// 1.040–1.874). A trial that set 447 runners to add either pace or distance found no clear
    /// difference. Four parts easy to one part hard is an idea about performance.
    ///
    /// ## Limits
    /// The heart follows the legs by a minute or two, so short hard parts look easier; heat and
    /// hills make easy runs look harder. The share is only as good as the threshold. It is not
    /// assessed without one, with fewer than six runs in the 28 days (heuristic), or with a heart
    /// rate for less than 80% of the time.
    ///
    /// ## Example
    /// Of 200 minutes, 50 were above the first threshold of 150 beats per minute: 75%. Then 50
    /// of 190.
    ///
    /// | date | km | min | bpm | `first_threshold_bpm` | outcome |
    /// |---|---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | 50 | 140 | 150 | |
    /// | 2026-03-06 | 5.0 | 30 | 140 | | |
    /// | 2026-03-11 | 5.0 | 30 | 140 | | |
    /// | 2026-03-16 | 5.0 | 20 | 140 | | |
    /// | 2026-03-21 | 5.0 | 20 | 140 | | not assessed |
    /// | 2026-03-28 | 8.0 | 50 | 165 | | clear 75 |
    /// | 2026-03-29 | 8.0 | 40 | 140 | | info 74 |
    ///
    /// ## Options
    /// `min_runs` (6), `info_percent` (75), `first_of_second_percent` (80).
    ///
    /// ## References
    /// Theisen 2014, Ramskov 2018, Lövdal 2021.
    pub static INTENSITY_SHARE: Rule {
        id: "intensity-share",
        name: "Share of easy running",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "your heart rate at the first or second threshold, and 28 days with six runs that have a heart rate",
        not_known: "Whether easy running is linked to fewer injuries is unknown. The only trial found no difference between adding pace and adding distance.",
        brief: Brief::new(
            "Little easy running",
            "Slow your easy runs until they feel easy.",
            &[Reading::below(Unit::Percent, "of your time at an easy effort")],
        ),
        references: &[
            &THEISEN_2014,
            &RAMSKOV_2018,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "In a trial, 447 runners added either pace or distance. The difference in injuries could be chance. Smaller studies found \
    slightly more injuries with harder running.";

const DAYS: usize = 28;

/// The runner with a first threshold made of the second, where only that one is named.
fn with_first_threshold(runner: &Runner, options: &Options) -> Option<(Runner, bool)> {
    let has =
        |of: fn(&crate::runner::Limits) -> Option<f64>| runner.limits.iter().any(|known| of(&known.limits).is_some());
    if has(|limits| limits.first_threshold_bpm) {
        return Some((runner.clone(), false));
    }
    if !has(|limits| limits.second_threshold_bpm) {
        return None;
    }
    let mut runner = runner.clone();
    for known in &mut runner.limits {
        let second = known.limits.second_threshold_bpm;
        known.limits.first_threshold_bpm = second.map(|bpm| bpm * options.first_of_second_percent / 100.0);
    }
    Some((runner, true))
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.intensity_share;
    let Some((runner, is_estimate)) = with_first_threshold(runner, options) else {
        return Missing::outcome(
            "needs your heart rate at the first (aerobic) or second threshold. The profile has neither",
            Remedy::profile("add a threshold heart rate to the profile"),
        );
    };
    if let Some(missing) = too_short(log, DAYS) {
        return missing;
    }
    let measured = measure(log, &runner, options);
    let Some(hardest) = highest(&measured.hard) else { return not_assessed(measured.lacks, options) };
    let rests_on = if is_estimate {
        format!(" Your first threshold is estimated as {} of the second.", in_percent(options.first_of_second_percent))
    } else {
        String::new()
    };
    let episodes = episodes(&measured.hard, 100.0 - options.info_percent, DAYS);
    let flags = episodes.iter().rev().map(|episode| flag(episode, log, measured.coverage, &rests_on, options));
    flagged_or(flags, || clear(log, measured.coverage, hardest, &rests_on, options))
}

/// The share of the running time above the first threshold, in the 28 days up to each day.
struct Measured {
    /// In per cent.
    hard: Vec<Option<f64>>,
    /// What the latest of the days that have none lacks.
    lacks: Option<&'static str>,
    coverage: Coverage,
}

fn measure(log: &TrainingLog, runner: &Runner, options: &Options) -> Measured {
    let days = log.days();
    let shares = of_distance(log, runner, &EASY_SHARE, &KNEEWISE);
    let on = |i: usize| {
        let month = days.get((i + 1).checked_sub(DAYS)?..=i)?;
        let runs: usize = month.iter().map(|day| day.runs).sum();
        let share = shares.get(i)?.known().filter(|_| runs >= options.min_runs)?;
        Some(100.0 * (1.0 - share))
    };
    let hard: Vec<Option<f64>> = (0..days.len()).map(on).collect();
    let dated = days.iter().zip(&hard).map(|(day, share)| (day.date, share.is_some()));
    let coverage = Coverage::count("days", log.as_of(), dated);
    let lacks = shares.iter().rev().find_map(|answer| match answer {
        Answer::Undefined(why) => Some(*why),
        _ => None,
    });
    Measured { hard, lacks, coverage }
}

fn message(episode: &Episode, days: &[Day], rests_on: &str, options: &Options) -> String {
    format!(
        "Only {} of your running time in the {DAYS} days to {} was below your first threshold. Less than {} is flagged.{}{rests_on}",
        in_percent(100.0 - episode.value),
        days[episode.peak].date.in_words(),
        in_percent(options.info_percent),
        goes_on(days, episode, &format!("below {}", in_percent(options.info_percent))),
    )
}

fn flag(episode: &Episode, log: &TrainingLog, coverage: Coverage, rests_on: &str, options: &Options) -> Flag {
    let days = log.days();
    let from = days[episode.first].date.saturating_add_days(1 - DAYS as i64);
    let window = Window { from, to: days[episode.last].date };
    Flag {
        tier: Tier::Info,
        message: message(episode, days, rests_on, options),
        study: STUDY.to_owned(),
        consider: "Slow your easy runs until they feel easy.".to_owned(),
        measured: Quantity::new(100.0 - episode.value, Unit::Percent),
        limit: Quantity::new(options.info_percent, Unit::Percent),
        window,
        runs: run_ids(log, window),
        coverage,
    }
}

fn clear(
    log: &TrainingLog,
    coverage: Coverage,
    (hardest, hard_percent): (usize, f64),
    rests_on: &str,
    options: &Options,
) -> Outcome {
    let days = log.days();
    Outcome::Clear(Clear {
        message: format!(
            "At least {} of your running time in any {DAYS} days was below your first threshold. The lowest share was in those to {}. Less \
             than {} is flagged.{rests_on}",
            in_percent(100.0 - hard_percent),
            days[hardest].date.in_words(),
            in_percent(options.info_percent),
        ),
        measured: Some(Quantity::new(100.0 - hard_percent, Unit::Percent)),
        limit: Some(Quantity::new(options.info_percent, Unit::Percent)),
        window: Window { from: days[0].date, to: log.as_of() },
        coverage,
    })
}

fn not_assessed(lacks: Option<&str>, options: &Options) -> Outcome {
    Missing::outcome(
        format!(
            "needs {} runs within {DAYS} days with a heart rate for at least 80% of the time{}",
            options.min_runs,
            lacks.map_or_else(String::new, |why| format!("; recently: {why}")),
        ),
        "record heart rate over four weeks, with a strap or a watch",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::{Limits, LimitsFrom};

    #[test]
    fn a_second_threshold_stands_in_only_where_no_first_is_named() {
        let known = |first: Option<f64>, second: Option<f64>| LimitsFrom {
            from: None,
            limits: Limits { first_threshold_bpm: first, second_threshold_bpm: second, ..Limits::default() },
        };
        let first = |limits: Vec<LimitsFrom>| {
            let (runner, is_estimate) =
                with_first_threshold(&Runner { limits, ..Runner::default() }, &Options::default())?;
            Some((runner.limits[0].limits.first_threshold_bpm, is_estimate))
        };
        assert_eq!(first(vec![known(Some(150.0), Some(170.0))]), Some((Some(150.0), false)));
        assert_eq!(first(vec![known(None, Some(170.0))]), Some((Some(136.0), true)));
        assert_eq!(first(vec![known(None, None)]), None);
    }
}
