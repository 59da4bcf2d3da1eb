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
    assert_eq!(days(30, &runs), [25, 11], "32 is 7% over 30, and what 36 is held against");
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
    // Seventeen weeks of 10 km every third day, then two of far more on six days of seven, after so
    // many days.
    let flagged_after = |pause: i64| {
        let mut runs: Vec<Run> =
            (0..40).map(|n| run(3 * n, (10.0, if n % 4 == 0 { 3.0 } else { 2.8 }, 50.0))).collect();
        let back = 117 + pause;
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
