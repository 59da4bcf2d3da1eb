use super::*;
use crate::measure::metric::{DISTANCE, TIMER};
use jiff::civil::{Weekday, date};
use kneewise_read::time::Timestamp;

/// Whether the last of five weekly runs of 10 km in an hour is assessed after a run without a
/// distance of so many minutes.
fn is_assessed(minutes: Option<f64>) -> bool {
    let run = |day: i64, km: Option<f64>, minutes: Option<f64>| {
        let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
        let values = [(&DISTANCE, km.map(|km| 1000.0 * km)), (&TIMER, minutes.map(|minutes| 60.0 * minutes))];
        let known: Vec<_> = values.into_iter().filter_map(|(metric, value)| Some((metric, value?))).collect();
        Run::summary(start, Some(0), &known)
    };
    let mut runs: Vec<Run> = [0, 8, 16, 24].map(|day| run(day, Some(10.0), Some(60.0))).into();
    runs.extend([run(28, None, minutes), run(31, Some(15.0), Some(90.0))]);
    let log = TrainingLog::new(runs, date(2026, 2, 1), Weekday::Monday);
    comparisons(&log, &Options::default()).last().is_some_and(Option::is_some)
}

#[test]
fn a_run_without_a_distance_that_may_have_been_the_longest_leaves_nothing_to_compare_with() {
    assert!(is_assessed(Some(60.0)), "no longer than the longest known");
    assert!(!is_assessed(Some(60.1)));
    assert!(!is_assessed(None), "nobody knows how long it took");
}

#[test]
fn the_study_s_own_classes_are_quoted_whatever_the_limits_are() {
    for (ratio, said) in [(1.62, "1.52 times"), (1.3, "1.64 times"), (2.01, "2.28 times"), (1.05, "compared with")] {
        assert!(study(ratio).contains(said), "{ratio}: {}", study(ratio));
    }
}

/// Weekly runs of 10 km and a last one of so many metres and per cent of running, with a limit.
fn said(last_m: f64, running_percent: Option<f64>, small: f64) -> Outcome {
    let run = |day: i64, metres: f64| {
        let start = Timestamp::from_unix_s(1_767_254_400 + day * 86_400).expect("in range");
        let share = running_percent.filter(|_| day == 31).map(|percent| (&metric::RUNNING_SHARE, percent));
        let values: Vec<_> = [Some((&DISTANCE, metres)), share].into_iter().flatten().collect();
        Run::summary(start, Some(0), &values)
    };
    let mut runs: Vec<Run> = [0, 8, 16, 24].map(|day| run(day, 10_000.0)).into();
    runs.push(run(31, last_m));
    let log = TrainingLog::new(runs, date(2026, 2, 1), Weekday::Monday);
    let mut options = rule::Options::default();
    options.session_spike.small = small;
    check(&log, &Runner::default(), &options)
}

#[test]
fn a_spike_that_was_mostly_walked_says_so() {
    let message = |percent| match said(15_000.0, percent, 1.1) {
        Outcome::Flagged(flags) => flags[0].message.clone(),
        other => panic!("{other:?}"),
    };
    assert!(message(Some(20.0)).contains("You walked most of it: you ran for 20% of the time on foot."));
    assert!(!message(Some(50.0)).contains("walked") && !message(None).contains("walked"));
}

#[test]
fn another_limit_is_the_one_that_is_told() {
    let Outcome::Clear(clear) = said(11_200.0, None, 1.125) else { panic!("12% is under 12.5%") };
    assert!(clear.message.contains("More than 12.5% and 1.0 km longer is flagged"), "{}", clear.message);
    assert_eq!(clear.limit.map(|limit| limit.value), Some(1.125));
    let Outcome::Flagged(flags) = said(11_300.0, None, 1.125) else { panic!("13%") };
    assert_eq!(flags[0].limit.value, 1.125);
}
