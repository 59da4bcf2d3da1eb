//! What holds of any load.

use jiff::civil::Weekday;
use kneewise_core::load::ratio::{coupled, uncoupled};
use kneewise_core::load::{
    Answer, CONVENTIONS, Convention, DISTANCE, ExponentialRatio, FIGURES, FITNESS, KNEEWISE, MONOTONY, RATIO_COUPLED,
    RATIO_EXPONENTIAL, RATIO_UNCOUPLED, RUNALYZE, SUM_7, TooLittle, days, window,
};
use kneewise_core::{Runner, TrainingLog};
use proptest::prelude::*;

use super::{FIRST, close, figure, known, log, run};

/// Days of running and rest, the first one of running.
fn training() -> impl Strategy<Value = Vec<f64>> {
    let day = prop_oneof![2 => Just(0.0), 3 => 500.0..30_000.0_f64];
    (500.0..30_000.0_f64, prop::collection::vec(day, 27..80)).prop_map(|(first, mut days)| {
        days.insert(0, first);
        days
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Windt & Gabbett 2019: over 7 and 28 days the coupled ratio is 4u / (u + 3).
    #[test]
    fn the_coupled_ratio_follows_from_the_uncoupled(loads in training()) {
        let month = &loads[loads.len() - 28..];
        if let (Some(c), Some(u)) = (coupled(month, 7), uncoupled(month, 7)) {
            close(c, 4.0 * u / (u + 3.0));
            prop_assert!(c <= 4.0);
        }
    }

    #[test]
    fn equal_days_have_a_ratio_of_one(load in 1.0..50_000.0_f64) {
        for ratio in [&RATIO_COUPLED, &RATIO_UNCOUPLED, &RATIO_EXPONENTIAL] {
            close(known(&[load; 60], ratio, &KNEEWISE)[59].unwrap(), 1.0);
        }
    }

    #[test]
    fn twice_the_load_is_twice_the_sums_and_the_same_ratios(loads in training()) {
        let twice: Vec<f64> = loads.iter().map(|load| load * 2.0).collect();
        for of in [&SUM_7, &FITNESS] {
            let doubled: Vec<Option<f64>> = known(&loads, of, &RUNALYZE).into_iter().map(|value| Some(value? * 2.0)).collect();
            prop_assert_eq!(known(&twice, of, &RUNALYZE), doubled);
        }
        for of in [&RATIO_COUPLED, &RATIO_EXPONENTIAL, &MONOTONY] {
            for (a, b) in figure(&loads, of, &KNEEWISE).into_iter().zip(figure(&twice, of, &KNEEWISE)) {
                match (a, b) {
                    (Answer::Known(a), Answer::Known(b)) => close(a, b),
                    (a, b) => prop_assert_eq!(a, b),
                }
            }
        }
    }

    #[test]
    fn days_before_the_first_run_change_nothing_of_a_mean_that_begins_at_nothing(loads in training(), n in 0_usize..30) {
        let mut late = vec![0.0; n];
        late.extend(&loads);
        let alpha = 0.133;
        let early: Vec<f64> = window::ewma(&loads, alpha, 0.0).collect();
        prop_assert_eq!(window::ewma(&late, alpha, 0.0).skip(n).collect::<Vec<f64>>(), early);
    }

    #[test]
    fn the_order_of_the_runs_changes_nothing(loads in training(), by in 1_usize..27) {
        let in_order = log(&loads);
        let mut runs = in_order.runs().to_vec();
        let n = runs.len();
        runs.rotate_left(by % n);
        runs.reverse();
        let shuffled = TrainingLog::new(runs, in_order.as_of(), Weekday::Monday);
        let of = |log: &TrainingLog| days(log, &Runner::default(), &DISTANCE, &KNEEWISE).unwrap();
        prop_assert_eq!(of(&in_order), of(&shuffled));
    }
}

#[test]
fn a_run_without_a_value_is_missing_and_no_rest() {
    let mut runs: Vec<_> = (0..10).map(|day| run(day, 5000.0)).collect();
    runs[4] = kneewise_core::Run::summary(runs[4].start, Some(0), &[]);
    let log = TrainingLog::new(runs, kneewise_read::time::DateExt::saturating_add_days(FIRST, 12), Weekday::Monday);
    let days = days(&log, &Runner::default(), &DISTANCE, &KNEEWISE).unwrap();
    assert_eq!((days[4].load, days[4].needs), (None, Some("a distance in the file")));
    assert!(matches!(days[10].get(&SUM_7), Answer::Undefined(_)), "day 4 is in the window");
    assert_eq!(days[11].get(&SUM_7), Answer::Known(25_000.0), "day 4 is out of it");
    assert_eq!((days[12].load, days[12].runs), (Some(0.0), 0), "rest is 0");
}

#[test]
fn a_log_without_runs_has_no_days() {
    let log = TrainingLog::new(Vec::new(), FIRST, Weekday::Monday);
    assert!(days(&log, &Runner::default(), &DISTANCE, &KNEEWISE).unwrap().is_empty());
}

#[test]
fn no_figure_is_ever_not_a_number() {
    let mut loads = vec![0.0; 400];
    for day in [0, 1, 30, 31, 32, 90, 395] {
        loads[day] = 10_000.0;
    }
    for convention in CONVENTIONS.iter().copied() {
        for of in FIGURES.iter().copied() {
            let answers = figure(&loads, of, convention);
            assert_eq!(answers.len(), 400, "{}", of.id);
            assert!(
                answers.iter().all(|answer| answer.known().is_none_or(f64::is_finite)),
                "{} {}",
                of.id,
                convention.id
            );
        }
    }
}

#[test]
fn what_a_convention_lacks_are_figures_that_there_are() {
    for convention in CONVENTIONS.iter().copied() {
        for id in convention.lacks.iter().flat_map(|lack| lack.figures) {
            assert!(FIGURES.iter().any(|figure| figure.id == *id), "{id}");
        }
    }
}

#[test]
fn no_choice_of_days_is_too_odd_for_a_convention() {
    let loads: Vec<f64> = (0..60).map(|day| f64::from(day % 3 + 1) * 1000.0).collect();
    for (acute, chronic) in [(28, 7), (7, 7), (0, 28), (7, 0), (0, 0), (usize::MAX, usize::MAX), (1000, 2000)] {
        for days in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let odd = Convention {
                acute_days: acute,
                chronic_days: chronic,
                fitness_days: days,
                exponential_ratio: ExponentialRatio { chronic_days: days, ..KNEEWISE.exponential_ratio },
                ..KNEEWISE
            };
            for of in FIGURES.iter().copied() {
                let answers = figure(&loads, of, &odd);
                assert_eq!(answers.len(), 60, "{}", of.id);
                assert!(answers.iter().all(|answer| answer.known().is_none_or(f64::is_finite)), "{} {odd:?}", of.id);
            }
        }
    }
    let swapped = Convention { acute_days: 28, chronic_days: 7, ..KNEEWISE };
    assert!(matches!(figure(&loads, &RATIO_COUPLED, &swapped)[59], Answer::Undefined(_)));
}

#[test]
fn after_a_long_break_there_is_no_ratio_to_next_to_nothing() {
    let mut loads = vec![8000.0; 100];
    loads.extend([0.0; 40]);
    loads.push(3000.0);
    let ratio = |convention| figure(&loads, &RATIO_COUPLED, convention)[140];
    assert_eq!(ratio(&KNEEWISE), Answer::Undefined("no load to compare with"));
    let shown = Convention { too_little: TooLittle::Shown, ..KNEEWISE };
    assert_eq!(ratio(&shown), Answer::Known(4.0), "most programs show it");
    let exponential = figure(&loads, &RATIO_EXPONENTIAL, &KNEEWISE)[140];
    assert!(matches!(exponential, Answer::Undefined(_)), "{exponential:?}");
}
