//! Numbers that cannot be are settled at the door, whatever a program hands in.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::collections::HashSet;

use jiff::civil::{Date, Weekday, date};
use kneewise_core::log::LAST_DAY;
use kneewise_core::measure::metric::{self, METRICS, Metric};
use kneewise_core::runner::diary::Pain;
use kneewise_core::runner::{Diary, Entry, Injury, Limits, LimitsFrom, MassFrom, OtherSession, Shoe, Site};
use kneewise_core::{Activity, Run, Runner, Settings, TrainingLog, analyze};
use kneewise_read::activity::{Channel, Lap, Samples, Span, Totals};
use kneewise_read::sport::{Sport, SubSport};
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

fn day() -> impl Strategy<Value = Date> {
    prop_oneof![Just(Date::MIN), Just(Date::MAX), (-400_i64..400).prop_map(|n| on(n).date_at_offset(0))]
}

fn given<T: std::fmt::Debug + Clone>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::weighted(0.8, value)
}

prop_compose! {
    fn any_entry()(
        date in day(), pain in given(0_u8..), sleep_h in given(number()), exertion_cr10 in given(number()),
        resting_heart_rate_bpm in given(number()), hrv_ms in given(number()),
        sleep_quality in given(0_u8..), strength_sessions in given(0_u8..),
    ) -> Entry {
        let pain = Pain { during: pain, after: pain, next_morning: pain };
        let entry = Entry { pain, sleep_h, exertion_cr10, resting_heart_rate_bpm, ..Entry::on(date) };
        Entry { hrv_ms, sleep_quality, strength_sessions, ..entry }
    }
}

prop_compose! {
    fn any_limits()(from in given(day()), bpm in proptest::array::uniform4(given(number())), speed in given(number()))
    -> LimitsFrom {
        let [max_heart_rate_bpm, resting_heart_rate_bpm, first_threshold_bpm, second_threshold_bpm] = bpm;
        let threshold_speed_mps = speed;
        let first = Limits { max_heart_rate_bpm, resting_heart_rate_bpm, ..Limits::default() };
        LimitsFrom { from, limits: Limits { first_threshold_bpm, second_threshold_bpm, threshold_speed_mps, ..first } }
    }
}

prop_compose! {
    fn any_runner()(
        height_m in given(number()), kg in number(), from in given(day()), limits in any_limits(),
        (began, month, worn, birth_year) in (given(day()), day(), given(day()), given(proptest::num::i16::ANY)),
        (start_m, limit_m, hours, seconds) in (number(), given(number()), given(number()), given(number())),
        entries in proptest::collection::vec(any_entry(), 0..12),
    ) -> Runner {
        let injury = Injury { site: Site::Knee, side: None, month, is_recovered: None };
        let other = OtherSession { date: month, sport: Sport::Cycling, sub_sport: SubSport::Generic, seconds };
        let name = "a pair".to_owned();
        let shoe = Shoe { name, since: worn, until: worn, start_m, limit_m, is_default: true, ..Shoe::default() };
        Runner {
            birth_year,
            height_m,
            masses: vec![MassFrom { from, kg }],
            limits: vec![limits],
            began,
            injuries: Some(vec![injury]),
            strength_per_week: hours,
            other_sports_h_per_week: hours,
            other_sessions: vec![other],
            unnamed_days: vec![month],
            shoes: vec![shoe],
            diary: Diary::new(entries),
            ..Runner::default()
        }
    }
}

prop_compose! {
    /// A recording of samples and totals that no device would write.
    fn any_activity()(
        time_s in proptest::collection::vec(prop_oneof![4 => 0.0..3600.0, 1 => number()], 0..40),
        seed in proptest::collection::vec(prop_oneof![1 => number(), 2 => 0.0..200.0], 1..40),
        totals in proptest::array::uniform6(given(number())),
        (from_s, to_s) in (number(), number()),
    ) -> Activity {
        let n = time_s.len();
        let column = |shift: usize| (0..n).map(|i| seed[(i * 7 + shift) % seed.len()]).collect();
        let samples = Channel::ALL.iter().enumerate().fold(Samples::new(time_s), |samples, (i, channel)| {
            samples.with(*channel, column(i)).unwrap()
        });
        let mut activity = Activity::recorded(on(0), Sport::Running, samples);
        let [distance_m, timer_s, elapsed_s, moving_s, ascent_m, steps] = totals;
        activity.totals = Totals { distance_m, timer_s, elapsed_s, moving_s, ascent_m, steps, ..Totals::default() };
        activity.laps = vec![Lap { start_s: from_s, totals: activity.totals.clone() }];
        activity.pauses = vec![Span { from_s, to_s }, Span { from_s: to_s, to_s: from_s }];
        activity
    }
}

/// Whether a text has a number that is none.
fn has_no_number(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| ["NaN", "inf"].contains(&word))
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_runner_of_any_numbers_and_days_gets_a_report_of_numbers(runner in any_runner(), metres in 1e3..2e4_f64) {
        let values = [(&metric::DISTANCE, metres), (&metric::TIMER, metres / 3.0), (&metric::AVG_HEART_RATE, 150.0)];
        let runs = (0..60).filter(|day| day % 3 != 1).map(|day| Run::summary(on(day), Some(0), &values)).collect();
        let report = analyze(runs, &runner, &Settings::default(), date(2026, 3, 1));
        let care = report.care.iter().map(|care| care.because.as_str());
        for text in report.findings.iter().map(|finding| finding.message.as_str()).chain(care) {
            prop_assert!(!has_no_number(text), "{text}");
        }
        prop_assert!(serde_json::to_string(&report).is_ok());
    }

    #[test]
    fn samples_and_totals_of_any_numbers_give_a_run_of_numbers(activity in any_activity()) {
        for part in activity.settle() {
            let Ok(run) = Run::from_activity(&part, "a", None) else { continue };
            for metric in METRICS {
                let value = run.value(metric);
                prop_assert!(value.is_none_or(f64::is_finite), "{}: {value:?}", metric.id);
            }
            prop_assert!(run.distance_m().is_none_or(|metres| metres >= 0.0), "{:?}", run.distance_m());
            let report = analyze(vec![run], &Runner::default(), &Settings::default(), date(2026, 3, 1));
            prop_assert!(report.findings.iter().all(|finding| !has_no_number(&finding.message)));
        }
    }
}

#[test]
fn a_day_that_is_not_that_of_the_start_is_settled() {
    let mut run = Run::summary(on(0), Some(0), &[(&metric::DISTANCE, 5000.0)]);
    (run.local_date, run.utc_offset_s) = (Date::MIN, i32::MIN);
    let log = TrainingLog::new(vec![run], date(2026, 1, 3), Weekday::Monday);
    assert_eq!((log.runs()[0].local_date, log.span_days()), (date(2026, 1, 1), 3));
}

#[test]
fn an_option_that_cannot_be_is_refused_and_never_judged_by() {
    let mut settings = Settings::default();
    assert!(settings.rules.check().is_ok());
    settings.rules.session_spike.small = f64::NAN;
    let refused = settings.rules.check().unwrap_err().to_string();
    assert!(refused.contains("`small` is NaN"), "{refused}");
    let runs = |settings: &Settings| {
        let run = |day: i64, metres| Run::summary(on(day), Some(0), &[(&metric::DISTANCE, metres)]);
        let runs = (0..20).map(|day| run(2 * day, 5000.0)).chain([run(41, 15_000.0)]).collect();
        let report = analyze(runs, &Runner::default(), settings, date(2026, 2, 15));
        report.findings.into_iter().map(|finding| (finding.rule, finding.outcome)).collect::<Vec<_>>()
    };
    assert_eq!(runs(&settings), runs(&Settings::default()), "the default stands in");
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
