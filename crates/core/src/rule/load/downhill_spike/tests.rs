use super::*;
use crate::measure::metric::{DESCENT, DISTANCE, DOWNHILL};
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
    assert!(
        both.contains("closest to the limit descended 80 m") && both.contains("closest to the limit had 0.3 km"),
        "{both}"
    );
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
    assert!(
        clear.message.contains("closest to the limit descended 590 m") && clear.message.contains("More than 640 m")
    );
    let Outcome::Flagged(flags) = said(660.0) else { panic!("both") };
    assert!(flags[0].message.contains("You descended 660 m"), "{}", flags[0].message);
}
