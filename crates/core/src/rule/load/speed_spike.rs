//! A run much faster than the month before it, in a week with much more fast running.

use crate::doc::documented;
use crate::knowledge::reference::{HUNTER_2019, NIELSEN_2014_WEEKLY_DISTANCE};
use crate::log::TrainingLog;
use crate::measure::metric::{BEST_FIVE_MIN, BEST_ONE_MIN, BEST_SIXTY_MIN, BEST_TWENTY_MIN, Metric, TIMER};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, in_percent};

use super::days::has_break;
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Days before a run whose fastest five minutes it is compared with.
    window_days: u32 = 30, 1..=3660;
    /// Runs with a best speed that the window must hold.
    min_runs: usize = 3, 1..=10_000;
    /// A higher best speed than this (metres per second) was a ride, or its distance is wrong.
    max_speed_mps: f64 = 7.0, 0.0..=20.0;
    /// A best speed over five minutes above this, as a ratio to the best of the window, is looked
    /// at.
    info_ratio: f64 = 1.1, 0.1..=100.0;
    /// Running at this share of the window's best five-minute speed and faster counts as hard (per
    /// cent).
    hard_percent: f64 = 100.0, 0.0..=1000.0;
    /// Hard time of seven days above this, as a ratio to an average week of the four before, counts
    /// as much.
    hard_ratio: f64 = 2.0, 0.1..=100.0;
    /// Less hard time than this in the seven days (seconds) does not count.
    min_hard_s: f64 = 300.0, 0.0..=1e7;
}

documented! {
    /// ## What it does
    /// Looks for two things together, because a fast finish alone is no change in training:
    ///
    /// * the best average speed over five minutes of a run is more than 1.1 times the best of the
    ///   30 days before it; and
    /// * the hard time in the seven days up to the run is more than twice that of an average week
    ///   of the four weeks before those, and at least five minutes.
    ///
    /// Both together are info. Hard time is counted without your thresholds (heuristic): in each
    /// run, the longest of 1, 5, 20 and 60 minutes whose best average speed is at least the best
    /// five-minute speed of those 30 days. A share of that speed, such as 90%, is the easy pace of
    /// many runners who never run fast.
    ///
    /// ## Why it matters
    /// The evidence is weak, and weakest for the knee. The study of 874 novices sorted injuries
    /// beforehand into those thought to come from distance, such as knee injuries, and those
    /// thought to come from pace (Achilles, calf, hamstring, sole of the foot). Both are ideas. In
    /// a laboratory study, mixing fast and slow running at the same distance did not raise the
    /// total load on the shin.
    ///
    /// ## Limits
    /// Downhill and tailwind count as speed; so may slips of a satellite receiver. Recoveries
    /// between short intervals are in the averages, so hard time is a low estimate. A run is not
    /// assessed without 35 days of history before it, or without three runs with a best speed in
    /// the 30 days. It is not assessed while those days include a return from a break of at least
    /// 14 days (see `return-after-break`). A fast run is not assessed either where runs without
    /// speeds lie in those 35 days, because their hard time is unknown. Speeds over 7 m/s are left
    /// out.
    ///
    /// ## Example
    /// | date | km | `best_5min_mps` | `best_20min_mps` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-01-01 | 8.0 | 3.4 | 3.0 | |
    /// | 2026-01-08 | 8.0 | 3.5 | 3.0 | |
    /// | 2026-01-15 | 8.0 | 3.6 | 3.1 | |
    /// | 2026-01-22 | 8.0 | 3.3 | 3.0 | not assessed |
    /// | 2026-01-29 | 8.0 | 3.4 | 3.0 | |
    /// | 2026-02-05 | 8.0 | 3.9 | 3.1 | clear 1.08 |
    /// | 2026-02-08 | 8.0 | 4.5 | 4.1 | info 1.15 |
    ///
    /// ## Options
    /// `window_days` (30), `min_runs` (3), `max_speed_mps` (7), `info_ratio` (1.1), `hard_percent`
    /// (100), `hard_ratio` (2), `min_hard_s` (300).
    ///
    /// ## References
    /// Nielsen 2014 (weekly distance), Hunter 2019.
    pub static SPEED_SPIKE: Rule {
        id: "speed-spike",
        name: "Fast running",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "35 days of history before a run, and speeds in three runs of the last 30 days",
        not_known: "Whether sudden fast running is linked to injuries is unknown. A link for some sites is an idea, and the knee is not among them.",
        brief: Brief::new(
            "Sudden fast running",
            "Take an easy day or two before the next fast one.",
            &[Reading::above(Unit::Ratio, "your fastest five minutes").event("five minutes {} as fast as any of 30 days")],
        ),
        references: &[
            &NIELSEN_2014_WEEKLY_DISTANCE,
            &HUNTER_2019,
        ],
        check: check,
    }
}

const STUDY: &str = "A link of sudden fast running with injuries of the calf, Achilles tendon and hamstring is an idea. A study of 874 novices \
    (202 injured) sorted injuries by it beforehand, with the knee under distance. Its result for those may be chance (1.59 times as many \
    after growth over 30%, 95% CI 0.96–2.66).";

/// Days of the week that ends with the run, and of the four weeks before it.
const WEEK_DAYS: i64 = 7;
const BASE_DAYS: i64 = 28;

/// How long the stretches are (seconds) that bests are known of, the longest first.
const STRETCHES: [(&Metric, f64); 4] =
    [(&BEST_SIXTY_MIN, 3600.0), (&BEST_TWENTY_MIN, 1200.0), (&BEST_FIVE_MIN, 300.0), (&BEST_ONE_MIN, 60.0)];

/// A run beside the weeks before it.
struct Comparison<'a> {
    run: &'a Run,
    fastest: &'a Run,
    speed_mps: f64,
    ratio: f64,
    /// The hard time of the week and of the mean week before; `None` where a run among them has no
    /// speeds.
    hard: Option<Hard>,
}

/// Seconds of hard running.
#[derive(Clone, Copy)]
struct Hard {
    week_s: f64,
    mean_week_s: f64,
}

impl Comparison<'_> {
    fn is_fast(&self, options: &Options) -> bool {
        self.ratio > options.info_ratio
    }

    /// Whether it can be told that it is a spike, or that it is none: it takes both parts, and the
    /// first alone may rule it out.
    fn is_assessed(&self, options: &Options) -> bool {
        self.hard.is_some() || !self.is_fast(options)
    }

    /// The hard time of a spike: of a fast run in a week with much of it.
    fn spike(&self, options: &Options) -> Option<Hard> {
        let is_much =
            |hard: &Hard| hard.week_s >= options.min_hard_s && hard.week_s > options.hard_ratio * hard.mean_week_s;
        self.hard.filter(|hard| self.is_fast(options) && is_much(hard))
    }
}

fn best_mps(run: &Run, metric: &Metric, options: &Options) -> Option<f64> {
    run.value(metric).filter(|mps| *mps > 0.0 && *mps <= options.max_speed_mps)
}

/// The longest stretch of a run (seconds) at this speed and faster; `None` where the run has no
/// speeds.
fn hard_s(run: &Run, from_mps: f64, options: &Options) -> Option<f64> {
    let has_speeds = STRETCHES.iter().any(|(metric, _)| run.value(metric).is_some());
    // Too short for any stretch.
    let is_short = run.value(&TIMER).is_some_and(|seconds| seconds < STRETCHES[3].1);
    let is_hard = |metric| best_mps(run, metric, options).is_some_and(|mps| mps >= from_mps);
    let longest_s = || STRETCHES.iter().find(|(metric, _)| is_hard(metric)).map_or(0.0, |(_, seconds)| *seconds);
    (has_speeds || is_short).then(longest_s)
}

fn compare<'a>(log: &'a TrainingLog, index: usize, options: &Options) -> Option<Comparison<'a>> {
    let run = &log.runs()[index];
    let speed_mps = best_mps(run, &BEST_FIVE_MIN, options)?;
    let day = |days: i64| run.local_date.saturating_add_days(-days);
    let base_from = day(WEEK_DAYS + BASE_DAYS - 1);
    let window_from = day(i64::from(options.window_days));
    let from = base_from.min(window_from);
    if log.first_day()? > from || has_break(log, from, run.local_date) {
        return None;
    }
    let before = log.runs()[..index].iter().rev().take_while(|earlier| earlier.local_date >= window_from);
    let before: Vec<(&Run, f64)> =
        before.filter_map(|earlier| Some((earlier, best_mps(earlier, &BEST_FIVE_MIN, options)?))).collect();
    if before.len() < options.min_runs {
        return None;
    }
    let (fastest, fastest_mps) = before.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let hard = |runs: &[Run]| -> Option<f64> {
        runs.iter().map(|run| hard_s(run, fastest_mps * options.hard_percent / 100.0, options)).sum()
    };
    let week_from = log.runs().partition_point(|earlier| earlier.local_date <= day(WEEK_DAYS));
    Some(Comparison {
        run,
        fastest,
        speed_mps,
        ratio: speed_mps / fastest_mps,
        hard: hard(&log.runs()[week_from.min(index)..=index])
            .zip(hard(log.runs_between(base_from, day(WEEK_DAYS))))
            .map(|(week_s, base_s)| Hard { week_s, mean_week_s: base_s / 4.0 }),
    })
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.speed_spike);
    let (compared, coverage) = measure(log, options);
    let Some(fastest) = compared.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio)) else {
        return not_assessed(log, options);
    };
    let spikes = compared.iter().rev().filter_map(|c| Some((c, c.spike(options)?)));
    let flags = spikes.map(|(c, hard)| flag(c, hard, coverage, options, units));
    flagged_or(flags, || clear(log, fastest, coverage, options))
}

/// The runs that could be compared, in the order of the log.
fn measure<'a>(log: &'a TrainingLog, options: &Options) -> (Vec<Comparison<'a>>, Coverage) {
    let comparison = |index| compare(log, index, options).filter(|comparison| comparison.is_assessed(options));
    let comparisons: Vec<Option<Comparison>> = (0..log.runs().len()).map(comparison).collect();
    let dated = log.runs().iter().zip(&comparisons).map(|(run, comparison)| (run.local_date, comparison.is_some()));
    let coverage = Coverage::count("runs", log.as_of(), dated);
    (comparisons.into_iter().flatten().collect(), coverage)
}

fn message(c: &Comparison, hard: Hard, options: &Options, units: Units) -> String {
    let one_minute = best_mps(c.run, &BEST_ONE_MIN, options)
        .map_or_else(String::new, |mps| format!(" Your best minute was at {}.", units.pace_at(mps)));
    format!(
        "Your best five minutes on {} were {} faster ({}) than any in the {} days before ({} on {}). The 7 days had about {:.0} \
         minutes of hard running, compared with your usual {:.0} a week.{one_minute}",
        c.run.local_date.in_words_with_weekday(),
        in_percent((c.ratio - 1.0) * 100.0),
        units.pace_at(c.speed_mps),
        options.window_days,
        units.pace_at(c.speed_mps / c.ratio),
        c.fastest.local_date.in_words_of_year(),
        hard.week_s / 60.0,
        hard.mean_week_s / 60.0,
    )
}

fn flag(c: &Comparison, hard: Hard, coverage: Coverage, options: &Options, units: Units) -> Flag {
    Flag {
        tier: Tier::Info,
        message: message(c, hard, options, units),
        study: STUDY.to_owned(),
        consider: "Take an easy day or two before the next fast one.".to_owned(),
        measured: Quantity::new(c.ratio, Unit::Ratio),
        limit: Quantity::new(options.info_ratio, Unit::Ratio),
        window: Window { from: c.run.local_date.saturating_add_days(1 - WEEK_DAYS - BASE_DAYS), to: c.run.local_date },
        runs: vec![c.run.id.clone(), c.fastest.id.clone()],
        coverage,
    }
}

fn clear(log: &TrainingLog, fastest: &Comparison, coverage: Coverage, options: &Options) -> Outcome {
    Outcome::Clear(Clear {
        message: format!(
            "The fastest five minutes by comparison were {:.2} times as fast as the {} days before, on {}. More than {:.2} times is flagged, \
             in a week with over {:.0} times the usual hard running. {} runs could be compared.",
            fastest.ratio,
            options.window_days,
            fastest.run.local_date.in_words(),
            options.info_ratio,
            options.hard_ratio,
            coverage.assessed,
        ),
        measured: Some(Quantity::new(fastest.ratio, Unit::Ratio)),
        limit: Some(Quantity::new(options.info_ratio, Unit::Ratio)),
        window: Window { from: log.days()[0].date, to: log.as_of() },
        coverage,
    })
}

fn not_assessed(log: &TrainingLog, options: &Options) -> Outcome {
    let days = WEEK_DAYS + BASE_DAYS;
    let with_speed = log.runs().iter().filter(|run| run.value(&BEST_FIVE_MIN).is_some()).count();
    Missing::outcome(
        format!(
            "needs {days} days of history without a break before a run, and {} runs with speeds in the last {} of them. The log covers {} days; \
             {with_speed} of {} runs have speeds",
            options.min_runs,
            options.window_days,
            log.span_days(),
            log.runs().len(),
        ),
        match with_speed {
            0 => "files with positions or speeds, not only totals".to_owned(),
            _ => format!("five weeks with at least {} runs that have speeds", options.min_runs + 1),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::Timestamp;

    /// What is said of a run of such a best speed after six weeks of runs that are hard for five
    /// minutes each; one of them may have no speeds.
    fn said(best_mps: f64, one_is_unknown: bool) -> Outcome {
        let run = |(n, best): (i64, Option<f64>)| {
            let start = Timestamp::from_unix_s(1_767_254_400 + 6 * n * 86_400).expect("in range");
            let mut values = vec![(&DISTANCE, 8000.0), (&TIMER, 2700.0)];
            values.extend(best.map(|mps| (&BEST_FIVE_MIN, mps)));
            Run::summary(start, Some(0), &values)
        };
        let mut bests = vec![Some(3.0); 7];
        bests[2] = (!one_is_unknown).then_some(3.0);
        bests.push(Some(best_mps));
        let runs = (0..).zip(bests).map(run).collect();
        let log = TrainingLog::new(runs, date(2026, 2, 12), Weekday::Monday);
        check(&log, &Runner::default(), &rule::Options::default())
    }

    fn of_late(outcome: &Outcome) -> Option<usize> {
        match outcome {
            Outcome::Clear(clear) => Some(clear.coverage.recent_assessed),
            _ => None,
        }
    }

    #[test]
    fn a_run_without_speeds_is_not_taken_for_an_easy_one() {
        let (known, unknown) = (of_late(&said(4.0, false)), of_late(&said(4.0, true)));
        assert!(unknown < known, "the fast run was not assessed: {unknown:?} and {known:?}");
        assert_eq!(of_late(&said(3.2, true)), of_late(&said(3.2, false)), "no fast run, whatever the hard time");
    }
}
