//! Numbers that cannot be are settled at the door, whatever a program hands in.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::collections::HashSet;

use jiff::civil::{Date, Weekday, date};
use kneewise_core::log::LAST_DAY;
use kneewise_core::measure::metric::{self, METRICS, Metric};
use kneewise_core::{Run, Runner, Settings, TrainingLog, analyze};
use kneewise_read::time::Timestamp;
use proptest::prelude::*;

fn on(day: i64) -> Timestamp {
    Timestamp::from_unix_s(1_767_225_600 + day * 86_400).unwrap()
}

fn number() -> impl Strategy<Value = f64> {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 0.0, -1.0, 1e300, -1e300, f64::MIN_POSITIVE];
    prop_oneof![proptest::sample::select(odd.to_vec()), 0.0..50_000.0]
}

fn any_run() -> impl Strategy<Value = Run> {
    let metric = proptest::sample::select(METRICS.to_vec());
    let values = proptest::collection::vec((metric, number()), 0..8);
    let offset = proptest::option::of(prop_oneof![Just(i32::MAX), Just(i32::MIN), -50_400..50_400]);
    (-40_i64..40, offset, values)
        .prop_map(|(day, offset, values): (i64, _, Vec<(&Metric, f64)>)| Run::summary(on(day), offset, &values))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_numbers_give_a_report_of_numbers(runs in proptest::collection::vec(any_run(), 0..20), late in 0_i16..8000) {
        let n = runs.len();
        let as_of = date(1999 + late, 12, 31);
        let height_m = Some(f64::NAN);
        let report = analyze(runs, &Runner { height_m, ..Runner::default() }, &Settings::default(), as_of);
        prop_assert_eq!(report.as_of, as_of.min(LAST_DAY));
        prop_assert_eq!(report.log.as_of(), report.as_of);
        let all = report.log.runs();
        prop_assert!(report.as_of < date(2026, 3, 1) || all.len() == n);
        prop_assert_eq!(all.iter().map(|run| &run.id).collect::<HashSet<_>>().len(), all.len());
        for run in all {
            prop_assert!(METRICS.iter().filter_map(|metric| run.value(metric)).all(f64::is_finite), "{:?}", run.measures());
            prop_assert!(run.distance_m().is_none_or(|metres| metres >= 0.0));
            prop_assert_eq!(report.log.run(&run.id).map(|found| &found.id), Some(&run.id));
        }
        prop_assert!(serde_json::to_string(&report).is_ok());
    }
}

#[test]
fn runs_of_one_moment_are_told_apart() {
    let run = |metres| Run::summary(on(0), Some(0), &[(&metric::DISTANCE, metres)]);
    let mut other = run(1.0);
    other.id = format!("{}-2", other.id);
    let log = TrainingLog::new(vec![run(2.0), run(3.0), other, run(4.0)], date(2026, 3, 1), Weekday::Monday);
    let ids: HashSet<&str> = log.runs().iter().map(|run| run.id.as_str()).collect();
    assert_eq!(ids.len(), 4);
    assert_eq!(log.run(&run(1.0).id).and_then(Run::distance_m), Some(2.0), "the first keeps its id");
    assert_eq!(log.run(&format!("{}-2", run(1.0).id)).and_then(Run::distance_m), Some(1.0), "and so does who has it");
}

#[test]
fn a_day_in_the_year_9999_is_the_last_that_a_log_knows() {
    let report = analyze(Vec::new(), &Runner::default(), &Settings::default(), Date::MAX);
    assert_eq!(report.as_of, LAST_DAY);
    let kept = Run::summary(on(0), Some(i32::MAX), &[(&metric::DISTANCE, -5.0), (&metric::TIMER, f64::NAN)]);
    assert_eq!((kept.utc_offset_s, kept.distance_m(), kept.value(&metric::ELAPSED)), (0, None, None));
}
