//! Much more downhill than the month before.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::knowledge::reference::{ESCULIER_2016, SHIH_2023, TELHAN_2010};
use crate::log::TrainingLog;
use crate::measure::metric::{DESCENT, DESCENT_BY_ALTITUDE, DOWNHILL, Metric};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::climb::altitude::Altitude;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use super::days::{episodes, goes_on, has_break, run_ids};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{
    self, Area, Circumstance, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window,
};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Days before a run in which its steepest forerunner is looked for.
    pub window_days: u32,
    /// Runs with an altitude that must lie in the window.
    pub min_runs: usize,
    /// A run with a descent above so many times the largest of the window, or a week with downhill
    /// above so many times the mean week of the four before, is noted.
    pub info_ratio: f64,
    /// A run with less descent than this (metres) is not.
    pub min_descent_m: f64,
    /// A week with less downhill than this (metres along) is not.
    pub min_downhill_m: f64,
    /// What was about as much on so many days of the year before is a habit, and is not noted.
    pub habit_runs: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            window_days: 30,
            min_runs: 3,
            info_ratio: 2.0,
            min_descent_m: 150.0,
            min_downhill_m: 1500.0,
            habit_runs: 3,
        }
    }
}

documented! {
    /// ## What it does
    /// Looks for much more downhill than you are used to:
    ///
    /// * a run that descends more than twice as far as any run of the 30 days before it, and at
    ///   least 150 m; or
    /// * seven days with more than twice the downhill distance (on slopes of 5 % and more) of the
    ///   mean week of the four before, and at least 1.5 km (the distance is heuristic).
    ///
    /// Either is info, and notice with knee pain in your diary. Days over the second limit with
    /// less than a week between them are one finding, and none where a run among them is one
    /// already. What you did about as much of (nine tenths) on three days of the year before is a
    /// habit, as of somebody who alternates plain and hills, and no finding; for weeks it takes
    /// fourteen such days (heuristics).
    ///
    /// ## Why it matters
    /// That is mechanics. At the same speed a decline of 4° (7 %) changed, of all joints, the work
    /// the knee takes up; on a slope of 6° the knee took the largest share of the support. Runners
    /// with pain around the kneecap often tell of added downhill or stairs. No study of how often
    /// injuries follow was found.
    ///
    /// ## Limits
    /// Two counts of the metres descended are looked at, the device's own total and this program's
    /// from the recorded altitude; the one that grew less is told. As good as the altitude: where
    /// it comes from a satellite receiver instead of a barometer the finding says so, and weighs
    /// little. Metres descended are counted from the recorded altitude alike for every device (see
    /// `descent_by_altitude_m`). How fast you went down and on what ground is not looked at. The
    /// first part is not assessed without 30 days of history and three runs with an altitude in
    /// them, the second without 35 days and an altitude in every run outdoors, neither in the first
    /// weeks after a break of 14 days and more (see `return-after-break`); where only one of them
    /// could be, that is said.
    ///
    /// ## Example
    /// | date | km | `descent_by_altitude_m` | `downhill_m` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-01-01 | 10.0 | 80 | 200 | |
    /// | 2026-01-08 | 10.0 | 100 | 300 | |
    /// | 2026-01-15 | 10.0 | 90 | 300 | |
    /// | 2026-01-22 | 10.0 | 90 | 300 | not assessed |
    /// | 2026-01-31 | 10.0 | 200 | 1200 | clear 200 |
    /// | 2026-02-07 | 14.0 | 401 | 1400 | info 401 |
    /// | 2026-02-15 | 14.0 | 300 | 1400 | |
    /// | 2026-02-17 | 14.0 | 300 | 1400 | info 2800 |
    ///
    /// ## Options
    /// `window_days` (30), `min_runs` (3), `info_ratio` (2), `min_descent_m` (150),
    /// `min_downhill_m` (1500), `habit_runs` (3).
    ///
    /// ## References
    /// Telhan 2010, Shih 2023, Esculier 2016.
    pub static DOWNHILL_SPIKE: Rule {
        id: "downhill-spike",
        name: "Sudden downhill",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[Circumstance::KneePain],
        needs: "30 days of history, and an altitude in three runs of them",
        not_known: "Whether injuries follow: laboratory forces, and what runners with pain tell. Pace and ground are not looked at.",
        brief: Brief::new(
            "Sudden downhill running",
            "Add downhill more gradually, and make your next run a flat one.",
            &[Reading::above(Unit::Metres, "downhill").event("{} downhill")],
        ),
        references: &[
            &TELHAN_2010,
            &SHIH_2023,
            &ESCULIER_2016,
        ],
        check: check,
    }
}

const STUDY: &str = "In laboratory studies the knee takes up more of the work on a decline; how often injuries follow no study has counted.";

/// Days of a week, and of the four weeks before it.
const WEEK_DAYS: i64 = 7;
const BASE_DAYS: i64 = 28;

/// About as much as something is at least this share of it.
const ABOUT: f64 = 0.9;

/// Days in which a habit shows.
const YEAR_DAYS: i64 = 365;

/// Whether runs of the year before descended about as far, on as many days as make a habit.
fn is_habit_of_runs(log: &TrainingLog, c: &Comparison, options: &Options) -> bool {
    let (from, to) = (c.run.local_date.saturating_add_days(-YEAR_DAYS), c.run.local_date.saturating_add_days(-1));
    let runs = log.runs_between(from, to).iter();
    let is_as_far = |run: &&Run| run.value(c.metric).is_some_and(|metres| metres >= ABOUT * c.descent_m);
    let mut days: Vec<_> = runs.filter(is_as_far).map(|run| run.local_date).collect();
    days.dedup();
    days.len() >= options.habit_runs
}

/// What of the altitude of runs is to be said.
fn doubt<'a>(mut runs: impl Iterator<Item = &'a Run>) -> &'static str {
    let is_sure = |run: &Run| {
        let basis = run.measured(&DESCENT_BY_ALTITUDE).map(|measured| measured.basis);
        [Altitude::Swaying, Altitude::Sparse].iter().all(|doubtful| basis != Some(doubtful.basis()))
    };
    if runs.all(is_sure) {
        ""
    } else {
        " Low confidence: the altitude is not, or not plainly, a barometer's, and may sway by more than the hills."
    }
}

/// A run beside the one with the largest descent of the days before.
struct Comparison<'a> {
    run: &'a Run,
    descent_m: f64,
    most: &'a Run,
    most_m: f64,
    /// By which both were counted.
    metric: &'static Metric,
}

impl Comparison<'_> {
    /// What the descent has to exceed, in metres.
    fn limit_m(&self, options: &Options) -> f64 {
        (options.info_ratio * self.most_m).max(options.min_descent_m)
    }

    fn is_spike(&self, options: &Options) -> bool {
        self.descent_m > options.info_ratio * self.most_m && self.descent_m >= options.min_descent_m
    }
}

/// Compares a run with the days before it by the recorded altitude and by the devices' own totals,
/// and takes the one by which it grew less: two witnesses of one thing must both say so.
fn compare<'a>(log: &'a TrainingLog, index: usize, options: &Options) -> Option<Comparison<'a>> {
    let run = &log.runs()[index];
    let from = run.local_date.saturating_add_days(-i64::from(options.window_days));
    if log.first_day()? > from || log.returning_on(run.local_date).is_some() {
        return None;
    }
    let before = log.runs()[..index].iter().rev().take_while(|earlier| earlier.local_date >= from);
    let by = |metric: &'static Metric| {
        let descent_m = run.value(metric)?;
        let known: Vec<(&Run, f64)> =
            before.clone().filter_map(|earlier| Some((earlier, earlier.value(metric)?))).collect();
        let enough = known.len() >= options.min_runs;
        let (most, most_m) = known.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| enough)?;
        Some(Comparison { run, descent_m, most, most_m, metric })
    };
    let growth = |c: &Comparison| c.descent_m / c.most_m;
    let by_altitude = by(&DESCENT_BY_ALTITUDE)?;
    let by_device = by(&DESCENT).filter(|by_device| growth(by_device) < growth(&by_altitude));
    Some(by_device.unwrap_or(by_altitude))
}

/// The downhill of the seven days up to each day of the log and that of the mean week of the four
/// before, in metres; `None` where that cannot be told.
fn weeks_downhill(log: &TrainingLog, options: &Options) -> Vec<Option<(f64, f64)>> {
    let of_run = |run: &Run| match run.value(&DOWNHILL) {
        None if run.sub_sport.is_indoor() => Some(0.0),
        metres => metres,
    };
    let sum = |from, to| -> Option<f64> { log.runs_between(from, to).iter().map(of_run).sum() };
    let on = |to: jiff::civil::Date| {
        let week_from = to.saturating_add_days(1 - WEEK_DAYS);
        let (from, base_to) = (week_from.saturating_add_days(-BASE_DAYS), week_from.saturating_add_days(-1));
        if log.first_day()? > from
            || has_break(log, from, to)
            || log.runs_between(from, base_to).len() < options.min_runs
        {
            return None;
        }
        Some((sum(week_from, to)?, sum(from, base_to)? / 4.0))
    };
    log.days().iter().map(|day| on(day.date)).collect()
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.downhill_spike);
    let comparisons: Vec<Option<Comparison>> =
        (0..log.runs().len()).map(|index| compare(log, index, options)).collect();
    let (days, downhill) = (log.days(), weeks_downhill(log, options));
    let in_a_week = |date: jiff::civil::Date| {
        let day = days.partition_point(|day| day.date < date);
        downhill.get(day).is_some_and(Option::is_some)
    };
    let dated = log.runs().iter().zip(&comparisons);
    let dated = dated.map(|(run, comparison)| (run.local_date, comparison.is_some() || in_a_week(run.local_date)));
    let coverage = Coverage::count("runs", log.as_of(), dated);
    let compared: Vec<&Comparison> = comparisons.iter().flatten().collect();
    if compared.is_empty() && downhill.iter().all(Option::is_none) {
        return not_assessed(log, options);
    }
    let flag = |message: String, measured_m, limit_m, window, runs| Flag {
        tier: Tier::Info,
        message,
        study: STUDY.to_owned(),
        consider: "Consider adding downhill more gradually, and a flat run next.".to_owned(),
        measured: Quantity::new(measured_m, Unit::Metres),
        limit: Quantity::new(limit_m, Unit::Metres),
        window,
        runs,
        coverage,
    };
    let spikes: Vec<&Comparison> =
        compared.iter().copied().filter(|c| c.is_spike(options) && !is_habit_of_runs(log, c, options)).collect();
    let of_runs = spikes.iter().map(|c| {
        let from = c.run.local_date.saturating_add_days(-i64::from(options.window_days));
        let message = format!(
            "On {} you descended {:.0} m, more than {:.0} times as far as in any run of the {} days before ({:.0} m on {}).{}",
            c.run.local_date.strftime("%a %-d %b %Y"),
            c.descent_m,
            options.info_ratio,
            options.window_days,
            c.most_m,
            c.most.local_date.strftime("%-d %b"),
            doubt([c.run, c.most].into_iter()),
        );
        let window = Window { from, to: c.run.local_date };
        flag(message, c.descent_m, c.limit_m(options), window, vec![c.run.id.clone(), c.most.id.clone()])
    });
    let limit_m = |base_m: f64| week_limit_m(base_m, options);
    let ratios: Vec<Option<f64>> =
        downhill.iter().map(|week| week.map(|(metres, base_m)| metres / limit_m(base_m))).collect();
    let of_weeks = episodes(&ratios, 1.0, WEEK_DAYS as usize).into_iter().filter_map(|episode| {
        let (metres, base_m) = downhill[episode.peak]?;
        let window = Window {
            from: days[episode.first].date.saturating_add_days(1 - WEEK_DAYS),
            to: days[episode.last].date,
        };
        let is_told = spikes.iter().any(|c| (window.from..=window.to).contains(&c.run.local_date));
        let message = format!(
            "In the {WEEK_DAYS} days to {} you ran {} downhill on slopes of 5 % or more, compared with your usual {} a week. More than {} is \
             flagged.{}{}",
            days[episode.peak].date.strftime("%-d %b %Y"),
            units.distance(metres),
            units.distance(base_m),
            units.distance(limit_m(base_m)),
            goes_on(days, &episode, "over its limit"),
            doubt(log.runs_between(window.from, window.to).iter()),
        );
        let year = &downhill[episode.peak.saturating_sub(YEAR_DAYS as usize)..episode.first];
        let is_as_much = |week: &&Option<(f64, f64)>| week.is_some_and(|(earlier, _)| earlier >= ABOUT * metres);
        let is_habit = year.iter().filter(is_as_much).count() >= 2 * WEEK_DAYS as usize;
        (!is_told && !is_habit).then(|| flag(message, metres, limit_m(base_m), window, run_ids(log, window)))
    });
    let mut flags: Vec<Flag> = of_runs.chain(of_weeks).collect();
    if !flags.is_empty() {
        flags.sort_by_key(|flag| std::cmp::Reverse(flag.window.to));
        return Outcome::Flagged(flags);
    }
    clear(log, options, units, &compared, &downhill, coverage)
}

/// What a week's downhill has to exceed, in metres.
fn week_limit_m(base_m: f64, options: &Options) -> f64 {
    (options.info_ratio * base_m).max(options.min_downhill_m)
}

/// Nothing was found in what could be looked at: runs, weeks or both.
fn clear(
    log: &TrainingLog,
    options: &Options,
    units: Units,
    compared: &[&Comparison],
    downhill: &[Option<(f64, f64)>],
    coverage: Coverage,
) -> Outcome {
    let over_run = |c: &Comparison| c.descent_m / c.limit_m(options);
    let over_week = |(metres, base_m): (f64, f64)| metres / week_limit_m(base_m, options);
    let closest_run = compared.iter().max_by(|a, b| over_run(a).total_cmp(&over_run(b)));
    let weeks = log.days().iter().zip(downhill).filter_map(|(day, week)| Some((day.date, (*week)?)));
    let closest_week = weeks.max_by(|a, b| over_week(a.1).total_cmp(&over_week(b.1)));
    let of_runs = closest_run.map_or_else(
        || "No run could be compared with the month before it.".to_owned(),
        |closest| {
            format!(
                "Of {} runs compared with the {} days before, the closest descended {:.0} m, on {}; over {:.0} m would be noted.{}",
                compared.len(),
                options.window_days,
                closest.descent_m,
                closest.run.local_date.strftime("%-d %b %Y"),
                closest.limit_m(options),
                doubt([closest.run, closest.most].into_iter()),
            )
        },
    );
    let of_weeks = closest_week.map_or_else(
        || {
            format!(
                "Weeks could not be compared: that takes {} days without a break, and an altitude in every run outdoors.",
                WEEK_DAYS + BASE_DAYS
            )
        },
        |(to, (metres, base_m))| {
            format!(
                "The closest week had {} downhill, to {}; over {} would be noted.",
                units.distance(metres),
                to.strftime("%-d %b %Y"),
                units.distance(week_limit_m(base_m, options)),
            )
        },
    );
    let of_run = closest_run.map(|closest| (closest.descent_m, closest.limit_m(options)));
    let of_week = closest_week.map(|(_, (metres, base_m))| (metres, week_limit_m(base_m, options)));
    let told = of_run.or(of_week);
    Outcome::Clear(Clear {
        message: format!("{of_runs} {of_weeks}"),
        measured: told.map(|(metres, _)| Quantity::new(metres, Unit::Metres)),
        limit: told.map(|(_, limit_m)| Quantity::new(limit_m, Unit::Metres)),
        window: Window { from: log.days()[0].date, to: log.as_of() },
        coverage,
    })
}

fn not_assessed(log: &TrainingLog, options: &Options) -> Outcome {
    let with_altitude = log.runs().iter().filter(|run| run.value(&DESCENT_BY_ALTITUDE).is_some()).count();
    Missing::outcome(
        format!(
            "needs {} days of history before a run and {} runs with an altitude in them, no return from a break; the log covers {} days, and \
             {with_altitude} of {} runs have an altitude",
            options.window_days,
            options.min_runs,
            log.span_days(),
            log.runs().len(),
        ),
        match with_altitude {
            0 => "files with an altitude".to_owned(),
            _ => format!("{} runs with an altitude within {} days", options.min_runs + 1, options.window_days),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use jiff::civil::{Date, Weekday, date};
    use kneewise_read::time::Timestamp;

    /// What is said of a run with so much descent after a month of runs that descend so far.
    fn said(usual_m: f64, descent_m: Option<f64>) -> Outcome {
        let run = |day: i64, descent_m: Option<f64>| {
            let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
            let mut values = vec![(&DISTANCE, 8000.0)];
            values.extend(descent_m.map(|metres| (&DESCENT_BY_ALTITUDE, metres)));
            Run::summary(start, Some(0), &values)
        };
        let mut runs: Vec<Run> = [0, 8, 16, 24].map(|day| run(day, Some(usual_m))).into();
        runs.push(run(31, descent_m));
        let log = TrainingLog::new(runs, date(2026, 2, 1), Weekday::Monday);
        check(&log, &Runner::default(), &rule::Options::default())
    }

    #[test]
    fn a_descent_is_noted_over_twice_the_most_and_from_150_metres_on() {
        let is_flagged = |usual_m, metres| matches!(said(usual_m, Some(metres)), Outcome::Flagged(_));
        assert!(!is_flagged(100.0, 200.0) && is_flagged(100.0, 200.1));
        assert!(!is_flagged(0.0, 149.9) && is_flagged(0.0, 150.0), "also after runs on the flat");
        assert!(matches!(said(100.0, None), Outcome::NotAssessed(_)), "no altitude is not no descent");
    }

    #[test]
    fn what_was_not_looked_at_is_not_called_clear() {
        let clear = |downhill_m: [Option<f64>; 6], descent_m: Option<f64>| {
            let run = |(n, downhill_m): (usize, Option<f64>)| {
                let start = Timestamp::from_unix_s(1_767_254_400 + 8 * n as i64 * 86_400).expect("in range");
                let mut values = vec![(&DISTANCE, 8000.0)];
                values.extend(downhill_m.map(|metres| (&DOWNHILL, metres)));
                values.extend(descent_m.map(|metres| (&DESCENT_BY_ALTITUDE, metres)));
                Run::summary(start, Some(0), &values)
            };
            let runs = downhill_m.into_iter().enumerate().map(run).collect();
            let log = TrainingLog::new(runs, date(2026, 2, 10), Weekday::Monday);
            match check(&log, &Runner::default(), &rule::Options::default()) {
                Outcome::Clear(clear) => Some((clear.message, clear.coverage.recent_assessed)),
                _ => None,
            }
        };
        let (both, _) = clear([Some(300.0); 6], Some(80.0)).expect("both halves");
        assert!(both.contains("the closest descended 80 m") && both.contains("closest week had 0.3 km"), "{both}");
        let (runs, _) = clear([None; 6], Some(80.0)).expect("runs alone");
        assert!(runs.contains("Weeks could not be compared"), "{runs}");
        let (weeks, recent) = clear([Some(300.0); 6], None).expect("weeks alone");
        assert!(weeks.starts_with("No run could be compared") && recent > 0, "{weeks}");
        assert_eq!(clear([None; 6], None), None, "neither");
    }

    #[test]
    fn who_alternates_plain_and_hills_is_not_told_each_time() {
        // Every other day on the plain for six weeks, then one day in the hills, and so on.
        let run = |day: i64| {
            let start = Timestamp::from_unix_s(1_735_689_600 + day * 86_400).expect("in range");
            let descent_m = if day % 44 == 42 { 400.0 } else { 40.0 };
            Run::summary(start, Some(0), &[(&DISTANCE, 8000.0), (&DESCENT_BY_ALTITUDE, descent_m)])
        };
        let log = TrainingLog::new((0..440).step_by(2).map(run).collect(), date(2026, 3, 15), Weekday::Monday);
        let Outcome::Flagged(flags) = check(&log, &Runner::default(), &rule::Options::default()) else {
            panic!("the first days in the hills are news")
        };
        let days: Vec<Date> = flags.iter().map(|flag| flag.window.to).collect();
        let first = log.days()[0].date;
        let expected: Vec<Date> = [130, 86, 42].map(|day| first.saturating_add_days(day)).into();
        assert_eq!(days, expected, "three make the habit, and the seven after them are no finding");
    }

    #[test]
    fn both_the_altitude_and_the_device_must_say_so() {
        let said = |device_m: f64| {
            let run = |day: i64, by_altitude_m: f64, device_m: f64| {
                let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
                let values = [(&DISTANCE, 8000.0), (&DESCENT_BY_ALTITUDE, by_altitude_m), (&DESCENT, device_m)];
                Run::summary(start, Some(0), &values)
            };
            let mut runs: Vec<Run> = [0, 8, 16, 24].map(|day| run(day, 280.0, 320.0)).into();
            runs.push(run(31, 670.0, device_m));
            let log = TrainingLog::new(runs, date(2026, 2, 1), Weekday::Monday);
            check(&log, &Runner::default(), &rule::Options::default())
        };
        let Outcome::Clear(clear) = said(590.0) else { panic!("the device has less than twice as much") };
        assert!(clear.message.contains("closest descended 590 m") && clear.message.contains("over 640 m"));
        let Outcome::Flagged(flags) = said(660.0) else { panic!("both") };
        assert!(flags[0].message.contains("you descended 660 m"), "{}", flags[0].message);
    }
}
