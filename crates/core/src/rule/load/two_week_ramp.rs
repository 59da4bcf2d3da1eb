//! Two weeks of more running than the two weeks that ended a week earlier.

use crate::doc::documented;
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, in_percent};

use super::days::{Episode, episodes, exceeds_recent, highest, in_a_row, run_ids};
use crate::knowledge::reference::{LOVDAL_2021, NIELSEN_2014_WEEKLY_DISTANCE};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Two weeks of less than this together (metres) are no base for a percentage.
    min_base_m: f64 = 40_000.0, 1.0..=1e7;
    /// Growth above this (per cent) is for information.
    info_percent: f64 = 10.0, 0.0..=1000.0;
    /// Growth above this (per cent) is worth watching.
    notice_percent: f64 = 20.0, 0.0..=1000.0;
    /// The latest week must also exceed each of so many weeks before the three; 0 asks for none.
    recent_weeks: usize = 4, 0..=10_000;
}

documented! {
    /// ## What it does
    /// Compares the distance of two calendar weeks with that of the two weeks a week earlier. `W0`
    /// is the latest of three complete weeks in a row, `W1` the one before and `W2` the first:
    ///
    /// `ramp = 100 · (W0 + W1) / (W1 + W2) − 100 = 100 · (W0 − W2) / (W1 + W2)`
    ///
    /// Over 10% is info, over 20% notice. The latest week must also exceed each of the four weeks
    /// before the three, as far as the log has them since the last break. A return to the usual
    /// after easy weeks is therefore not flagged (heuristic). Weeks in a row over 10% are one
    /// finding, described by the steepest.
    ///
    /// ## Why it matters
    /// The study of 874 novices looked at growth over two weeks (Nielsen 2014, see `weekly-jump`).
    /// An open-source project re-analysed the open logs of 74 Dutch competitive runners: 496
    /// injuries in 33,640 runner-days, in weeks that followed at least 40 km in two weeks. A ramp
    /// over 10% was followed by injuries somewhat more often: odds 1.23 times as high (95% CI
    /// 1.02–1.48), 1.07 times for each further 10% (1.03–1.10). Runners build up again after an
    /// injury. Without the 42 days after an injury the odds were 1.16 times as high (0.94–1.42),
    /// which may be chance. With so many comparisons the first number may be chance too. The
    /// re-analysis is not peer-reviewed.
    ///
    /// ## Limits
    /// Weeks are calendar weeks. The ramp is not assessed where the first two weeks have less than
    /// 40 km together, or where a run has no distance. After a break of at least 14 days it is
    /// assessed again once the third week begins more than 14 days after the return (28 after a
    /// long break; see `return-after-break`).
    ///
    /// ## Example
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-03-01 | 20.0 | |
    /// | 2026-03-08 | 20.0 | |
    /// | 2026-03-15 | 20.0 | not assessed |
    /// | 2026-03-22 | 24.0 | clear 10 |
    /// | 2026-03-29 | 26.0 | info 14 |
    /// | 2026-04-05 | 36.0 | notice 24 |
    ///
    /// ## Options
    /// `min_base_m` (40000), `info_percent` (10), `notice_percent` (20), `recent_weeks` (4).
    ///
    /// ## References
    /// Nielsen 2014 (weekly distance), Lövdal 2021.
    pub static TWO_WEEK_RAMP: Rule {
        id: "two-week-ramp",
        name: "Two-week ramp in distance",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "three complete weeks in a row, the first two with at least 40 km together",
        not_known: "The only analysis of this measure is not peer-reviewed, and its result may be chance. The rule does not see speed, hills or how you felt.",
        brief: Brief::new(
            "Fast two-week rise",
            "Run the same distance for a week before adding more.",
            &[Reading::above(Unit::Percent, "more distance in two weeks").event("two weeks with {} more distance")],
        ),
        references: &[
            &NIELSEN_2014_WEEKLY_DISTANCE,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "A re-analysis of the logs of 74 competitive runners (496 injuries in 33,640 runner-days) is not peer-reviewed. \
    Ramps over 10% were followed by somewhat more injuries (odds 1.23 times as high, 95% CI 1.02–1.48). Without the \
    six weeks after an injury it was 1.16 (0.94–1.42), which may be chance.";

/// How steep the two weeks up to one of `log.weeks()` are, in per cent; `None` where that cannot be
/// told.
fn ramp(log: &TrainingLog, week: usize, options: &Options) -> Option<f64> {
    let three = log.weeks().get(week.checked_sub(2)?..=week)?;
    let [first, middle, latest] = three else { return None };
    let base_m = first.distance_m + middle.distance_m;
    let is_usable = three.iter().all(|week| week.complete && week.runs_without_distance == 0)
        && base_m >= options.min_base_m
        && base_m > 0.0
        // From the start of the latest week on, so that both weeks of the base lie after a break.
        && log.returning_on(latest.start).is_none();
    let percent = 100.0 * (latest.distance_m - first.distance_m) / base_m;
    (is_usable && percent.is_finite()).then_some(percent)
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.two_week_ramp);
    let measured = measure(log, options);
    let Some(steepest) = highest(&measured.rises).or_else(|| highest(&measured.ramps)) else {
        return not_assessed(measured.coverage, options, units);
    };
    let episodes = episodes(&measured.rises, options.info_percent, 1);
    let flags = episodes.iter().rev().map(|episode| flag(episode, log, measured.coverage, options, units));
    flagged_or(flags, || clear(log, &measured, steepest, options))
}

/// How steep the two weeks up to each of `log.weeks()` are, in per cent.
struct Measured {
    ramps: Vec<Option<f64>>,
    /// Those that reach a new height, or no height: without a return to the usual.
    rises: Vec<Option<f64>>,
    coverage: Coverage,
}

fn measure(log: &TrainingLog, options: &Options) -> Measured {
    let weeks = log.weeks();
    let ramps: Vec<Option<f64>> = (0..weeks.len()).map(|week| ramp(log, week, options)).collect();
    let complete = weeks.iter().zip(&ramps).filter(|(week, _)| week.complete);
    let dated = complete.map(|(week, ramp)| (week.last_day(), ramp.is_some()));
    let coverage = Coverage::count("complete weeks", log.as_of(), dated);
    let is_return = |week: usize, percent: f64| {
        percent > options.info_percent && !exceeds_recent(log, week, week.saturating_sub(2), options.recent_weeks)
    };
    let rise = |(week, ramp): (usize, &Option<f64>)| ramp.filter(|percent| !is_return(week, *percent));
    let rises = ramps.iter().enumerate().map(rise).collect();
    Measured { ramps, rises, coverage }
}

/// The tier, and the limit that was passed, in per cent.
fn tier(percent: f64, options: &Options) -> (Tier, f64) {
    if percent > options.notice_percent {
        (Tier::Notice, options.notice_percent)
    } else {
        (Tier::Info, options.info_percent)
    }
}

fn message(episode: &Episode, log: &TrainingLog, options: &Options, units: Units) -> String {
    let (weeks, peak) = (log.weeks(), episode.peak);
    let two_weeks_m = |week: usize| weeks[week - 1].distance_m + weeks[week].distance_m;
    let in_a_row = in_a_row(weeks, episode, "steepest", &format!("over {}", in_percent(options.info_percent)));
    format!(
        "You ran {} in the two weeks to {}, {} more than in the two weeks a week earlier ({}). More than {} is flagged.{in_a_row}",
        units.distance(two_weeks_m(peak)),
        weeks[peak].last_day().in_words(),
        in_percent(episode.value),
        units.distance(two_weeks_m(peak - 1)),
        in_percent(options.info_percent),
    )
}

fn flag(episode: &Episode, log: &TrainingLog, coverage: Coverage, options: &Options, units: Units) -> Flag {
    let weeks = log.weeks();
    let (tier, limit) = tier(episode.value, options);
    let window = Window { from: weeks[episode.first - 2].start, to: weeks[episode.last].last_day() };
    Flag {
        tier,
        message: message(episode, log, options, units),
        study: STUDY.to_owned(),
        consider: "Run the same distance for a week before adding more.".to_owned(),
        measured: Quantity::new(episode.value, Unit::Percent),
        limit: Quantity::new(limit, Unit::Percent),
        window,
        runs: run_ids(log, window),
        coverage,
    }
}

fn clear(log: &TrainingLog, measured: &Measured, steepest: (usize, f64), options: &Options) -> Outcome {
    let Measured { ramps, rises, coverage } = measured;
    let (weeks, (steepest, percent)) = (log.weeks(), steepest);
    let returns = match ramps.iter().zip(rises).filter(|(ramp, rise)| ramp.is_some() && rise.is_none()).count() {
        0 => String::new(),
        n => format!(
            " {n} more {} steeper but only came back to the distance of one of the {} weeks before.",
            if n == 1 { "was" } else { "were" },
            options.recent_weeks
        ),
    };
    Outcome::Clear(Clear {
        message: format!(
            "{} of {} complete weeks could be compared over two weeks. The steepest change was {percent:+.0}%, in the two weeks to {}. \
             More than {} is flagged{}.{returns}",
            coverage.assessed,
            coverage.of,
            weeks[steepest].last_day().in_words(),
            in_percent(options.info_percent),
            match options.recent_weeks {
                0 => String::new(),
                n => format!(", where the last week also exceeds the {n} before"),
            },
        ),
        measured: Some(Quantity::new(percent, Unit::Percent)),
        limit: Some(Quantity::new(options.info_percent, Unit::Percent)),
        window: Window { from: weeks[0].start, to: log.as_of() },
        coverage: *coverage,
    })
}

fn not_assessed(coverage: Coverage, options: &Options, units: Units) -> Outcome {
    let least = units.distance(options.min_base_m);
    Missing::outcome(
        format!(
            "needs three complete weeks in a row, the first two with at least {least} together. The log has {} complete {}",
            coverage.of,
            if coverage.of == 1 { "week" } else { "weeks" },
        ),
        Remedy::history(format!("three complete weeks in a row with at least {least} in the first two")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::{DateExt, Timestamp};

    /// What is said after Sundays with a run of so many kilometres each; 0 for none.
    fn said(km_of_weeks: &[f64]) -> Outcome {
        let run = |(week, km): (usize, &f64)| {
            let sunday = Timestamp::from_unix_s(1_767_513_600 + week as i64 * 7 * 86_400).expect("in range");
            (*km > 0.0).then(|| Run::summary(sunday, Some(0), &[(&DISTANCE, km * 1000.0)]))
        };
        let as_of = date(2026, 1, 4).saturating_add_days(7 * (km_of_weeks.len() as i64 - 1));
        let runs = km_of_weeks.iter().enumerate().filter_map(run).collect();
        check(&TrainingLog::new(runs, as_of, Weekday::Monday), &Runner::default(), &rule::Options::default())
    }

    fn tiers(outcome: &Outcome) -> Vec<Tier> {
        match outcome {
            Outcome::Flagged(flags) => flags.iter().map(|flag| flag.tier).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn tiers_end_at_their_upper_limits() {
        let after = |km| tiers(&said(&[20.0, 20.0, 20.0, km]));
        assert_eq!((after(24.0), after(24.1)), (vec![], vec![Tier::Info]));
        assert_eq!((after(28.0), after(28.1)), (vec![Tier::Info], vec![Tier::Notice]));
        assert!(matches!(said(&[20.0, 19.0, 20.0, 30.0]), Outcome::NotAssessed(_)), "39 km are no base");
    }

    #[test]
    fn no_more_weeks_are_named_than_the_log_knows() {
        let of_weeks = |n: usize| match said(&[vec![20.0; n], vec![30.0]].concat()) {
            Outcome::Flagged(flags) => flags[0].message.clone(),
            other => panic!("{other:?}"),
        };
        for n in 3..6 {
            assert!(of_weeks(n).ends_with("earlier (40.0 km). More than 10% is flagged."), "{n}: {}", of_weeks(n));
        }
    }

    #[test]
    fn coming_back_to_the_usual_is_no_ramp() {
        let after = |km| said(&[20.0, 40.0, 41.0, 40.0, 40.0, 20.0, 20.0, km]);
        let Outcome::Clear(clear) = after(41.0) else { panic!("as much as before") };
        assert!(clear.message.contains("1 more was steeper but only came back"), "{}", clear.message);
        assert_eq!(tiers(&after(41.1)), [Tier::Notice], "more than in any of the four weeks before");
    }

    #[test]
    fn the_usual_is_that_since_the_last_break() {
        let after = |weeks_off: [f64; 2]| said(&[&[50.0; 4], weeks_off.as_slice(), &[25.0, 25.0, 25.0, 40.0]].concat());
        assert_eq!(tiers(&after([0.0, 0.0])), [Tier::Notice], "50 km a week were before it");
        assert_eq!(tiers(&after([20.0, 20.0])), [], "two easy weeks are no break");
    }

    #[test]
    fn weeks_in_a_row_are_one_finding() {
        assert_eq!(tiers(&said(&[20.0, 20.0, 20.0, 26.0, 30.0, 30.0])), [Tier::Notice], "13.6 and 21.7 per cent");
        assert_eq!(tiers(&said(&[20.0, 20.0, 20.0, 26.0, 22.0, 22.0, 32.0])).len(), 2, "a quiet week lies between");
    }

    #[test]
    fn both_weeks_of_the_base_lie_after_a_break() {
        let back = |weeks: usize| {
            let km: Vec<f64> = [[40.0; 4].as_slice(), &[0.0; 2], &[20.0, 30.0, 60.0, 60.0][..weeks]].concat();
            said(&km)
        };
        assert!(matches!(back(3), Outcome::Clear(_)), "the weeks before the break are all that was compared");
        assert_eq!(tiers(&back(4)).len(), 1);
    }
}
