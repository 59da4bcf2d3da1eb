//! The first weeks back after a break, held against the weeks before the break.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::{BREAK_DAYS, Break, LONG_BREAK_DAYS, TrainingLog};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use super::days::{run_ids, too_short};
use crate::knowledge::reference::{LOVDAL_2021, VAN_DER_WORP_2015};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Runs that the four weeks before a break must hold.
    pub min_runs: usize,
    /// A mean week of less than this (metres) before a break is no base for a percentage.
    pub min_base_m: f64,
    /// After a break of 14 to 28 days: a first week above this (per cent of the mean week before)
    /// is worth watching.
    pub notice_percent: f64,
    /// After a longer one.
    pub notice_percent_long: f64,
    /// A run of the time in which other rules step back, of more than so many times the longest
    /// before, is worth watching.
    pub notice_ratio: f64,
    /// Not one that is longer by no more than this (metres).
    pub min_excess_m: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_runs: 4,
            min_base_m: 10_000.0,
            notice_percent: 60.0,
            notice_percent_long: 40.0,
            notice_ratio: 1.1,
            min_excess_m: 1000.0,
        }
    }
}

documented! {
    /// ## What it does
    /// A break is 14 days and more from one run to the next. The distance of the first seven days
    /// back is held against the mean week of the four weeks up to the last run before the break:
    ///
    /// `share = 100 · distance of the first 7 days back / (distance of the 28 days before the break
    /// / 4)`
    ///
    /// After a break of 14 to 28 days over 60 % is notice, after a longer one over 40 %. Both
    /// numbers are heuristic: how coaches build up again, not what a study measured.
    ///
    /// For 14 days from the return, and 28 after a break of more than 28, the rules that compare
    /// with recent weeks step back, since there are none: `session-spike`, `weekly-jump`,
    /// `two-week-ramp`, `monotony`, `fitness-ramp`, `long-run-share`, `speed-spike`,
    /// `downhill-spike` and `knee-load-index`. In that time this rule tells of the present return,
    /// and looks at single runs in their stead: one more than 10 % and more than 1 km longer than
    /// the longest of all since the return and of the 28 days before the break is notice too
    /// (heuristic), unless its week was noted already.
    ///
    /// ## Why it matters
    /// A systematic review found restarting running to go with injuries, in men; and of the
    /// injuries in the logs of 74 Dutch runners 17.7 % came within 42 days of the one before.
    /// Neither says how much is too much in the first weeks.
    ///
    /// ## Limits
    /// Why there was a break is not known to a log: holidays, illness, an injury, or a watch left
    /// at home. Other sport that kept you fit is not seen. Not compared where the log does not
    /// reach 28 days back from the last run before the break, where those hold fewer than four runs
    /// or under 10 km a week (heuristic), or where a distance is missing. After the first week only
    /// single runs are looked at: many of usual length are not seen.
    ///
    /// ## Example
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-01-01 | 10.0 | |
    /// | 2026-01-08 | 10.0 | not assessed |
    /// | 2026-01-15 | 10.0 | |
    /// | 2026-01-22 | 10.0 | |
    /// | 2026-01-29 | 10.0 | clear 7 |
    /// | 2026-02-22 | 4.0 | described 40 |
    /// | 2026-02-24 | 2.0 | described 60 |
    /// | 2026-02-28 | 1.0 | notice 70 |
    /// | 2026-03-03 | 11.0 | flagged before |
    /// | 2026-03-07 | 15.0 | notice 1.36 |
    ///
    /// ## Options
    /// `min_runs` (4), `min_base_m` (10000), `notice_percent` (60), `notice_percent_long` (40),
    /// `notice_ratio` (1.1), `min_excess_m` (1000).
    ///
    /// ## References
    /// van der Worp 2015, Lövdal 2021.
    pub static RETURN_AFTER_BREAK: Rule {
        id: "return-after-break",
        name: "Return after a break",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "a break of 14 days and more, after four weeks with four runs and at least 10 km a week",
        not_known: "Why there was a break and what you did in it. The limits are a rule of thumb.",
        brief: Brief::new(
            "Fast return after a break",
            "Build from where you are now, not where you left off.",
            &[
                Reading::above(Unit::Percent, "of your usual week, after a break").event("a return from a break at {} of your usual week"),
                Reading::above(Unit::Ratio, "your longest since the break").event("a run {} your longest since a break"),
            ],
        ),
        references: &[
            &VAN_DER_WORP_2015,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "A systematic review found restarting running to go with more injuries in men; how much in the first weeks is too \
    much no study says, and the limits are a rule of thumb.";

const CONSIDER: &str = "Consider building from where you are now rather than from where you left off.";

/// The first days back that are looked at, and those before the break.
const FIRST_DAYS: i64 = 7;
const BASE_DAYS: i64 = 28;

/// The first week back beside the weeks before the break.
struct Comeback {
    pause: Break,
    window: Window,
    first_week_m: f64,
    mean_week_m: f64,
    limit_percent: f64,
}

impl Comeback {
    fn percent(&self) -> f64 {
        100.0 * self.first_week_m / self.mean_week_m
    }

    fn is_over(&self) -> bool {
        self.percent() > self.limit_percent
    }

    fn words(&self, units: Units) -> String {
        format!(
            "In your first {} back after a break of {} days ({} to {}) you ran {}, {:.0} % of your mean week in the four weeks before it ({})",
            match self.window.to.days_since(self.window.from) + 1 {
                1 => "day".to_owned(),
                days => format!("{days} days"),
            },
            self.pause.days(),
            self.pause.last_run.strftime("%-d %b %Y"),
            self.pause.back.strftime("%-d %b %Y"),
            units.distance(self.first_week_m),
            self.percent(),
            units.distance(self.mean_week_m),
        )
    }
}

/// The 28 days up to the last run before a break.
fn days_before(pause: Break) -> Window {
    Window { from: pause.last_run.saturating_add_days(1 - BASE_DAYS), to: pause.last_run }
}

/// `None` where there is too little to compare with.
fn comeback(log: &TrainingLog, pause: Break, options: &Options) -> Option<Comeback> {
    let window = Window { from: pause.back, to: pause.back.saturating_add_days(FIRST_DAYS - 1).min(log.as_of()) };
    let base = days_before(pause);
    let (before, after) = (log.days_between(base.from, base.to), log.days_between(window.from, window.to));
    let metres = |days: &[crate::log::Day]| {
        let is_known = days.iter().all(|day| day.runs_without_distance == 0);
        is_known.then(|| days.iter().map(|day| day.distance_m).sum::<f64>())
    };
    let mean_week_m = metres(before)? / 4.0;
    let is_usable = before.len() as i64 == BASE_DAYS
        && before.iter().map(|day| day.runs).sum::<usize>() >= options.min_runs
        && mean_week_m >= options.min_base_m
        && mean_week_m > 0.0;
    let is_long = pause.days() > LONG_BREAK_DAYS;
    let limit_percent = if is_long { options.notice_percent_long } else { options.notice_percent };
    is_usable.then_some(Comeback { pause, window, first_week_m: metres(after)?, mean_week_m, limit_percent })
}

/// A run of the time in which other rules step back, beside the longest of those that it is held
/// against.
struct Long<'a> {
    pause: Break,
    run: &'a Run,
    metres: f64,
    longest: &'a Run,
    longest_m: f64,
}

impl Long<'_> {
    fn ratio(&self) -> f64 {
        self.metres / self.longest_m
    }

    fn words(&self, units: Units) -> String {
        format!(
            "On {}, day {} after a break of {} days, you ran {}, {:.0} % further than in any run since the break and in the four weeks before it ({} on {})",
            self.run.local_date.strftime("%a %-d %b %Y"),
            self.run.local_date.days_since(self.pause.back) + 1,
            self.pause.days(),
            units.exact_distance(self.metres),
            100.0 * (self.ratio() - 1.0),
            units.exact_distance(self.longest_m),
            self.longest.local_date.strftime("%-d %b"),
        )
    }
}

/// The runs of a return that are longer than all since it and in the weeks before the break; none
/// after one whose distance is not known, which may have been the longest.
fn long_runs<'a>(log: &'a TrainingLog, comeback: &Comeback, options: &Options) -> Vec<Long<'a>> {
    let (pause, base) = (comeback.pause, days_before(comeback.pause));
    let with_distance = |run: &'a Run| Some((run, run.distance_m()?));
    let before = log.runs_between(base.from, base.to).iter().filter_map(with_distance);
    let Some((mut longest, mut longest_m)) = before.max_by(|a, b| a.1.total_cmp(&b.1)) else { return Vec::new() };
    let settled = pause.back.saturating_add_days(pause.settling_days());
    // Runs after a further break are of that one's return.
    let returning = log.runs_between(pause.back, settled).iter();
    let returning = returning.filter(|run| log.returning_on(run.local_date) == Some(pause));
    let mut long = Vec::new();
    for (run, metres) in returning.map_while(with_distance) {
        if metres <= longest_m {
            continue;
        }
        let is_told = comeback.is_over() && run.local_date <= comeback.window.to;
        if !is_told
            && metres > options.notice_ratio * longest_m + ROUNDING_M
            && metres - longest_m > options.min_excess_m
        {
            long.push(Long { pause, run, metres, longest, longest_m });
        }
        (longest, longest_m) = (run, metres);
    }
    long
}

/// A run that is over a limit by less than this (metres) is at it.
const ROUNDING_M: f64 = 1e-6;

/// That recordings without a named sport lie in a break, any of which may have been a run; empty
/// without one.
fn unnamed_between(runner: &Runner, last_run: Date, back: Option<Date>) -> String {
    let is_within = |day: &&Date| **day > last_run && back.is_none_or(|back| **day < back);
    match runner.unnamed_days.iter().filter(is_within).count() {
        0 => String::new(),
        1 => " Your files hold 1 activity of those days that names no sport. If it was a run, this was no break."
            .to_owned(),
        n => format!(
            " Your files hold {n} activities of those days that name no sport. If one was a run, this was no break."
        ),
    }
}

/// What is told while a break goes on, and where there was none.
fn without_comeback(log: &TrainingLog, runner: &Runner, coverage: Coverage) -> Option<Outcome> {
    let whole = Window { from: log.days()[0].date, to: log.as_of() };
    if let Some(days) = log.days_of_open_break() {
        return Some(Outcome::Described(Clear {
            message: format!(
                "The last run was {days} days ago: a break, from which nobody has come back yet. The usual comparisons will not apply \
                 at first.{}",
                log.runs().last().map_or_else(String::new, |last| unnamed_between(runner, last.local_date, None)),
            ),
            measured: Some(Quantity::new(days as f64, Unit::Days)),
            limit: Some(Quantity::new(BREAK_DAYS as f64, Unit::Days)),
            window: whole,
            coverage,
        }));
    }
    if log.breaks().is_empty() {
        let pauses = log.runs().windows(2).map(|pair| pair[1].local_date.days_since(pair[0].local_date));
        let longest = pauses.max().unwrap_or(0);
        return Some(Outcome::Clear(Clear {
            message: format!(
                "There was no break to come back from: the longest pause between two runs was {longest} days, and {BREAK_DAYS} make a break."
            ),
            measured: Some(Quantity::new(longest as f64, Unit::Days)),
            limit: Some(Quantity::new(BREAK_DAYS as f64, Unit::Days)),
            window: whole,
            coverage,
        }));
    }
    None
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.return_after_break);
    if let Some(missing) = too_short(log, BREAK_DAYS as usize) {
        return missing;
    }
    let breaks = log.breaks();
    let comebacks: Vec<Option<Comeback>> = breaks.iter().map(|pause| comeback(log, *pause, options)).collect();
    let dated = breaks.iter().zip(&comebacks).map(|(pause, comeback)| (pause.back, comeback.is_some()));
    let coverage = Coverage::count("breaks", log.as_of(), dated);
    let whole = Window { from: log.days()[0].date, to: log.as_of() };
    if let Some(outcome) = without_comeback(log, runner, coverage) {
        return outcome;
    }
    let long: Vec<Long> = comebacks.iter().flatten().flat_map(|comeback| long_runs(log, comeback, options)).collect();
    let latest = comebacks.last().and_then(Option::as_ref);
    if let Some(pause) = log.returning_on(log.as_of())
        && latest.is_none_or(|latest| !latest.is_over())
        && long.iter().all(|long| long.pause != pause)
    {
        let unnamed = unnamed_between(runner, pause.last_run, Some(pause.back));
        return returning(log, pause, latest, options, units, coverage, &unnamed);
    }
    let of_week = |comeback: &Comeback| Flag {
        tier: Tier::Notice,
        message: format!(
            "{}; over {:.0} % is noted.{}",
            comeback.words(units),
            comeback.limit_percent,
            unnamed_between(runner, comeback.pause.last_run, Some(comeback.pause.back)),
        ),
        study: STUDY.to_owned(),
        consider: CONSIDER.to_owned(),
        measured: Quantity::new(comeback.percent(), Unit::Percent),
        limit: Quantity::new(comeback.limit_percent, Unit::Percent),
        window: comeback.window,
        runs: run_ids(log, comeback.window),
        coverage,
    };
    let of_run = |long: &Long| Flag {
        tier: Tier::Notice,
        message: format!(
            "{}; more than {:.0} % is noted.{}",
            long.words(units),
            100.0 * (options.notice_ratio - 1.0),
            unnamed_between(runner, long.pause.last_run, Some(long.pause.back)),
        ),
        study: STUDY.to_owned(),
        consider: CONSIDER.to_owned(),
        measured: Quantity::new(long.ratio(), Unit::Ratio),
        limit: Quantity::new(options.notice_ratio, Unit::Ratio),
        window: Window { from: long.pause.back, to: long.run.local_date },
        runs: vec![long.run.id.clone(), long.longest.id.clone()],
        coverage,
    };
    let of_weeks = comebacks.iter().flatten().filter(|comeback| comeback.is_over()).map(of_week);
    let mut flags: Vec<Flag> = of_weeks.chain(long.iter().map(of_run)).collect();
    if !flags.is_empty() {
        flags.sort_by_key(|flag| std::cmp::Reverse(flag.window.to));
        return Outcome::Flagged(flags);
    }
    let Some(closest) = comebacks
        .iter()
        .flatten()
        .max_by(|a, b| (a.percent() / a.limit_percent).total_cmp(&(b.percent() / b.limit_percent)))
    else {
        return Missing::outcome(
            format!(
                "needs four weeks with at least {} runs and {} a week before a break; of {} breaks none has that",
                options.min_runs,
                units.distance(options.min_base_m),
                breaks.len(),
            ),
            "nothing to do: it is assessed after a break that follows four such weeks",
        );
    };
    Outcome::Clear(Clear {
        message: format!(
            "After none of the {} breaks that could be compared was the first week over the limit, or one of the first runs more than {:.0} % \
             longer than all before. Closest to the limit: {}.",
            coverage.assessed,
            100.0 * (options.notice_ratio - 1.0),
            closest.words(units),
        ),
        measured: Some(Quantity::new(closest.percent(), Unit::Percent)),
        limit: Some(Quantity::new(closest.limit_percent, Unit::Percent)),
        window: whole,
        coverage,
    })
}

/// What is told while the runner is coming back and not over the limit.
fn returning(
    log: &TrainingLog,
    pause: Break,
    latest: Option<&Comeback>,
    options: &Options,
    units: Units,
    coverage: Coverage,
    unnamed: &str,
) -> Outcome {
    let so_far = latest.map_or_else(
        || " There is too little before the break to compare with.".to_owned(),
        |comeback| {
            format!(
                " {}; over {:.0} % would be noted, as would a run more than {:.0} % longer than all since the break and in the four weeks before it.",
                comeback.words(units),
                comeback.limit_percent,
                100.0 * (options.notice_ratio - 1.0),
            )
        },
    );
    Outcome::Described(Clear {
        message: format!(
            "You're back after {} days. The usual comparison doesn't apply yet.{so_far}{unnamed}",
            pause.days()
        ),
        measured: Some(latest.map_or(Quantity::new(pause.days() as f64, Unit::Days), |comeback| {
            Quantity::new(comeback.percent(), Unit::Percent)
        })),
        limit: latest.map(|comeback| Quantity::new(comeback.limit_percent, Unit::Percent)),
        window: Window { from: pause.last_run, to: log.as_of() },
        coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::{self, DISTANCE};
    use crate::run::Run;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::Timestamp;

    /// What is said of a first run back of so many kilometres after a mean week of 10 km and so
    /// many days.
    fn back(after_days: i64, km: f64) -> Outcome {
        let run = |day: i64, km: f64| {
            let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
            Run::summary(start, Some(0), &[(&DISTANCE, km * 1000.0)])
        };
        let mut runs: Vec<Run> = [0, 7, 14, 21, 28].map(|day| run(day, 10.0)).into();
        runs.push(run(28 + after_days, km));
        let as_of = date(2026, 1, 1).saturating_add_days(28 + after_days);
        let log = TrainingLog::new(runs, as_of, Weekday::Monday);
        check(&log, &Runner::default(), &rule::Options::default())
    }

    #[test]
    fn the_limit_depends_on_how_long_the_break_was() {
        let is_flagged = |days, km| matches!(back(days, km), Outcome::Flagged(_));
        assert!(!is_flagged(13, 30.0), "13 days are no break");
        assert!(!is_flagged(14, 6.0) && is_flagged(14, 6.01));
        assert!(!is_flagged(28, 6.0) && is_flagged(28, 6.01));
        assert!(!is_flagged(29, 4.0) && is_flagged(29, 4.01));
    }

    /// The ratios that are noted after six weeks of 10, 8 and 8 km, so many days off and runs on
    /// these days back (1 is the first) of so many kilometres.
    fn noted(off: i64, back: &[(i64, f64)]) -> Vec<(String, i64)> {
        let run = |(day, km): (i64, f64)| {
            let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
            Run::summary(start, Some(0), &[(&DISTANCE, km * 1000.0)])
        };
        let first = 40 + off;
        let before = (0..6).flat_map(|week| [(7 * week, 8.0), (7 * week + 3, 8.0), (7 * week + 5, 10.0)]);
        let runs: Vec<Run> = before.chain(back.iter().map(|(day, km)| (first + day - 1, *km))).map(run).collect();
        let as_of = runs[runs.len() - 1].local_date;
        let log = TrainingLog::new(runs, as_of, Weekday::Monday);
        let day = |flag: &Flag| flag.window.to.days_since(date(2026, 1, 1)) - first + 1;
        match check(&log, &Runner::default(), &rule::Options::default()) {
            Outcome::Flagged(flags) => flags.iter().map(|flag| (flag.measured.unit.to_string(), day(flag))).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_long_run_after_the_first_week_back_is_noted_while_the_other_rules_step_back() {
        let days = |off, back: &[(i64, f64)]| noted(off, back).iter().map(|(_, day)| *day).collect::<Vec<_>>();
        let after = |off, day, km| days(off, &[(1, 4.0), (9, 3.0), (19, 3.0), (day, km)].map(|(d, km)| (d, km)));
        let runs = [(1, 4.0), (11, 30.0), (14, 10.0), (17, 32.0), (25, 36.0)];
        assert_eq!(days(30, &runs), [25, 11], "32 is 7 % over 30, and what 36 is held against");
        assert_eq!((after(30, 21, 11.0), after(30, 21, 11.01)), (vec![], vec![21]), "at the floors of both");
        assert_eq!((after(30, 28, 20.0), after(30, 29, 20.0)), (vec![28], vec![]), "settled");
        let within = |day| days(20, &[(1, 4.0), (9, 3.0), (day, 20.0)]);
        assert_eq!((within(14), within(15)), (vec![14], vec![]), "after a shorter break sooner");
    }

    #[test]
    fn what_the_first_week_tells_is_told_once() {
        let first_week = noted(30, &[(1, 4.0), (5, 20.0), (9, 24.0)]);
        let units: Vec<(&str, i64)> = first_week.iter().map(|(unit, day)| (unit.as_str(), *day)).collect();
        assert_eq!(units, [("ratio", 9), ("%", 7)], "the run of the noted week is what the next is held against");
    }

    #[test]
    fn a_recording_without_a_sport_in_a_break_is_told() {
        let on = |day: i64| date(2026, 1, 1).saturating_add_days(28 + day);
        let note = |day: i64| {
            let runner = Runner { unnamed_days: vec![on(day)], ..Runner::default() };
            unnamed_between(&runner, on(0), Some(on(24)))
        };
        assert!(note(12).contains("names no sport. If it was a run, this was no break."));
        assert_eq!((note(0), note(24)), (String::new(), String::new()), "on the days of the runs themselves");
    }

    #[test]
    fn who_is_back_is_told_so() {
        let Outcome::Described(told) = back(24, 3.0) else { panic!("within the limit") };
        assert!(told.message.starts_with("You're back after 24 days. The usual comparison doesn't apply yet."));
        assert_eq!(told.measured, Some(Quantity::new(30.0, Unit::Percent)));
    }

    /// The page says which rules step back, and `session-spike` and the others say that they do.
    #[test]
    fn rules_that_compare_with_recent_weeks_step_back() {
        let values = |km: f64, fast: f64, down: f64| {
            let metres = km * 1000.0;
            [
                (&DISTANCE, metres),
                (&metric::TIMER, metres / 3.0),
                (&metric::STEPS, metres),
                (&metric::AVG_STEP_LENGTH, 1.0),
                (&metric::BEST_FIVE_MIN, fast),
                (&metric::BEST_TWENTY_MIN, fast - 0.3),
                (&metric::DESCENT_BY_ALTITUDE, down),
                (&metric::DOWNHILL, 10.0 * down),
            ]
        };
        let run = |day: i64, (km, fast, down): (f64, f64, f64)| {
            let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
            Run::summary(start, Some(0), &values(km, fast, down))
        };
        // Ten weeks of 10 km every third day, then two of far more on six days of seven, after so
        // many days.
        let flagged_after = |pause: i64| {
            let mut runs: Vec<Run> =
                (0..24).map(|n| run(3 * n, (10.0, if n % 4 == 0 { 3.0 } else { 2.8 }, 50.0))).collect();
            let back = 69 + pause;
            runs.extend((0..14).filter(|n| n % 7 != 6).map(|n| run(back + n, (25.0, 4.0, 400.0))));
            let start = date(2026, 1, 1);
            let log = TrainingLog::new(runs, start.saturating_add_days(back + 13), Weekday::Monday);
            let (runner, options) = (Runner::default(), rule::Options::default());
            let is_after = |flag: &Flag| flag.window.to >= start.saturating_add_days(back);
            let flagged = rule::RULES.iter().filter(|known| match (known.check)(&log, &runner, &options) {
                Outcome::Flagged(flags) => flags.iter().any(is_after),
                _ => false,
            });
            flagged.map(|rule| rule.id).collect::<Vec<_>>()
        };
        let step_back = [
            "session-spike",
            "weekly-jump",
            "two-week-ramp",
            "monotony",
            "fitness-ramp",
            "speed-spike",
            "downhill-spike",
            "knee-load-index",
        ];
        let (going_on, coming_back) = (flagged_after(3), flagged_after(20));
        assert!(step_back.iter().all(|id| going_on.contains(id)), "without a break: {going_on:?}");
        assert_eq!(coming_back.iter().filter(|id| step_back.contains(id)).count(), 0, "{coming_back:?}");
        assert!(coming_back.contains(&"return-after-break"), "{coming_back:?}");
    }
}
