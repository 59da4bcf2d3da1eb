//! What the tests of the R package Athlytics (HzaCode/Athlytics, commit 863bb29) ask of its
//! figures.

use kneewise_core::load::{
    ATHLYTICS, Answer, FATIGUE, FITNESS, FORM, MONOTONY, RATIO_COUPLED, RATIO_EXPONENTIAL, Smoothing, TRIMP_BANISTER,
    stress, window,
};
use kneewise_core::measure::metric;
use kneewise_core::runner::{Limits, LimitsFrom};
use kneewise_core::{Run, Runner};
use kneewise_read::time::Timestamp;

use super::{close, figure, known, within};

#[test]
fn equal_days_have_equal_means_and_a_ratio_of_one() {
    let loads = [60.0; 40];
    within(known(&loads, &FATIGUE, &ATHLYTICS)[39].unwrap(), 60.0, 1e-9);
    within(known(&loads, &FITNESS, &ATHLYTICS)[39].unwrap(), 60.0, 1e-9);
    for ratio in [&RATIO_COUPLED, &RATIO_EXPONENTIAL] {
        within(known(&loads, ratio, &ATHLYTICS)[39].unwrap(), 1.0, 1e-9);
    }
}

#[test]
fn a_week_of_three_times_the_load() {
    let mut loads = [30.0; 35];
    loads[28..].fill(90.0);
    within(known(&loads, &FATIGUE, &ATHLYTICS)[34].unwrap(), 90.0, 1e-9);
    within(known(&loads, &FITNESS, &ATHLYTICS)[34].unwrap(), 45.0, 1e-9);
    close(known(&loads, &RATIO_COUPLED, &ATHLYTICS)[34].unwrap(), 2.0);
}

#[test]
fn means_of_days_wait_until_their_days_are_full() {
    let fitness = figure(&[30.0; 28], &FITNESS, &ATHLYTICS);
    assert_eq!(fitness[26], Answer::NeedsDays { needs: 28, has: 27 });
    assert_eq!(fitness[27], Answer::Known(30.0));
}

#[test]
fn what_it_does_not_have_is_not_answered_under_its_name() {
    for (of, why) in [(&FORM, "Athlytics has no form"), (&MONOTONY, "Athlytics has no monotony")] {
        assert_eq!(figure(&[30.0; 40], of, &ATHLYTICS)[39], Answer::Undefined(why));
    }
}

#[test]
fn after_a_half_life_half_is_left() {
    for half_life in [3.5, 7.0, 14.0] {
        // Two half-lives of rest, which are whole days for each of these.
        let rest = vec![0.0; (2.0 * half_life) as usize];
        let after = window::ewma(&rest, Smoothing::HalfLife.alpha(half_life), 100.0).last().unwrap();
        close(after, 25.0);
    }
}

#[test]
fn an_hour_at_threshold_is_a_hundred() {
    close(stress(3600.0, 250.0 / 250.0), 100.0);
}

/// Its heart rate stress is linear: minutes times the share of the reserve.
#[test]
fn linear_heart_rate_stress() {
    let start = Timestamp::parse_iso8601("2026-01-01T08:00:00Z").unwrap().0;
    let run = Run::summary(start, Some(0), &[(&metric::MOVING_TIME, 3600.0), (&metric::AVG_HEART_RATE, 150.0)]);
    let limits = Limits { resting_heart_rate_bpm: Some(50.0), max_heart_rate_bpm: Some(190.0), ..Limits::default() };
    let runner = Runner { limits: vec![LimitsFrom { from: None, limits }], ..Runner::default() };
    close(TRIMP_BANISTER.by(&run, &runner, &ATHLYTICS).unwrap().measured.value, 42.857_142_857_142_86);
}
