//! Runalyze's own unit tests (2019, commit 5669237a): `TsbModelTest`, `BanisterModelTest`,
//! `MonotonyTest`. Its models round to whole numbers.

use kneewise_core::load::fitness::impulse_response;
use kneewise_core::load::{Answer, FATIGUE, FITNESS, FORM, MONOTONY, RUNALYZE, STRAIN};

use super::{figure, known, within};

/// Rounded, as the model keeps them.
fn rounded(values: &[Option<f64>]) -> Vec<i64> {
    values.iter().map(|value| value.unwrap().round() as i64).collect()
}

/// Fitness, fatigue and form of each day; the model calls the last one performance.
fn tsb_model(loads: &[f64]) -> [Vec<i64>; 3] {
    [&FITNESS, &FATIGUE, &FORM].map(|figure| rounded(&known(loads, figure, &RUNALYZE)))
}

#[test]
fn tsb_model_of_one_load() {
    assert_eq!(tsb_model(&[1000.0]), [[47], [250], [-203]]);
}

#[test]
fn tsb_model_of_a_week() {
    let [fitness, fatigue, _] = tsb_model(&[150.0, 50.0, 40.0, 0.0, 0.0, 60.0, 30.0, 100.0]);
    assert_eq!(fitness, [7, 9, 10, 10, 9, 12, 13, 17]);
    assert_eq!(fatigue, [38, 41, 40, 30, 23, 32, 32, 49]);
}

#[test]
fn tsb_model_of_a_week_on_and_a_week_off() {
    let mut loads = [100.0; 14];
    loads[7..].fill(0.0);
    let [fitness, fatigue, performance] = tsb_model(&loads);
    assert_eq!(fitness, [5, 9, 13, 17, 21, 25, 28, 27, 26, 25, 23, 22, 21, 20]);
    assert_eq!(fatigue, [25, 44, 58, 68, 76, 82, 87, 65, 49, 37, 27, 21, 15, 12]);
    assert_eq!(performance, [-20, -35, -44, -51, -55, -57, -58, -38, -23, -12, -4, 2, 6, 9]);
}

fn banister(loads: &[f64], days: f64) -> Vec<i64> {
    impulse_response(loads, days).map(|sum| sum.round() as i64).collect()
}

#[test]
fn banister_model_of_a_week() {
    let loads = [150.0, 50.0, 40.0, 0.0, 0.0, 60.0, 30.0, 100.0];
    let (fitness, fatigue) = (banister(&loads, 42.0), banister(&loads, 7.0));
    assert_eq!(fitness[1..], [196, 232, 226, 221, 276, 299, 392]);
    assert_eq!(fatigue[1..], [180, 196, 170, 147, 188, 193, 267]);
    // Performance with the weights 1 and 2.
    let sums = |days| impulse_response(&loads, days).nth(1).unwrap();
    within(sums(42.0) - 2.0 * sums(7.0), -164.0, 0.5);
}

#[test]
fn banister_model_of_equal_days() {
    let (fitness, fatigue) = (banister(&[100.0; 51], 42.0), banister(&[100.0; 51], 7.0));
    assert_eq!([10, 20, 30, 40, 50].map(|day| fitness[day]), [979, 1672, 2219, 2649, 2988]);
    assert_eq!([10, 20, 30, 40, 50].map(|day| fatigue[day]), [595, 714, 742, 749, 751]);
}

#[test]
fn banister_model_of_one_load_fading() {
    let mut loads = [0.0; 101];
    loads[0] = 1000.0;
    let (fitness, fatigue) = (banister(&loads, 42.0), banister(&loads, 7.0));
    assert_eq!([1, 10, 25, 50, 75, 100].map(|day| fitness[day]), [976, 788, 551, 304, 168, 92]);
    assert_eq!([1, 5, 10, 15, 20, 25].map(|day| fatigue[day]), [867, 490, 240, 117, 57, 28]);
    assert_eq!(fitness[0] - 2 * fatigue[0], -1000);
}

/// A log begins with a run, so a week that begins with rest gets a day of running before it.
fn monotony_and_strain(week: [f64; 7]) -> (Answer<f64>, Answer<f64>) {
    let days = [&[1.0][..], &week].concat();
    (figure(&days, &MONOTONY, &RUNALYZE)[7], figure(&days, &STRAIN, &RUNALYZE)[7])
}

#[test]
fn monotony_test() {
    let (monotony, strain) = monotony_and_strain([0.0, 20.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
    within(monotony.known().unwrap(), 10.0 / (200.0_f64 / 7.0).sqrt(), 1e-9);
    within(strain.known().unwrap(), 700.0 / (200.0_f64 / 7.0).sqrt(), 1e-9);
    let (monotony, strain) = monotony_and_strain([5.0, 15.0, 20.0, 20.0, 20.0, 25.0, 35.0]);
    within(monotony.known().unwrap(), 20.0 / 8.45, 0.1);
    within(strain.known().unwrap(), 331.36, 0.1);
    assert_eq!(monotony_and_strain([60.0; 7]).0, Answer::Known(10.0), "the most there is");
    assert_eq!(monotony_and_strain([0.0; 7]), (Answer::Known(0.0), Answer::Known(0.0)), "empty days");
}
