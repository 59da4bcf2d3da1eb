//! The R package ACWR (JorgeDelro/ACWR): its data `training_load`, and what its formulas give.
//!
//! The package publishes the loads but no results; these are a port of its formulas, run on them.
//! Its rolling averages differ from days' in two ways that are not copied: before day 28 the
//! chronic load is the mean of what there is so far, and from week 5 on the uncoupled one takes in
//! an acute session. They are rounded to two decimals.

use kneewise_core::load::{
    Answer, Convention, KNEEWISE, RATIO_COUPLED, RATIO_EXPONENTIAL, RATIO_UNCOUPLED, TooLittle, ratio, window,
};

use super::{figure, known, within};

const SUBJECT_1: [f64; 28] = [
    30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0,
    30.0, 30.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0,
];
const SUBJECT_2: [f64; 28] = [
    15.0, 15.0, 20.0, 20.0, 20.0, 25.0, 25.0, 25.0, 25.0, 30.0, 30.0, 30.0, 35.0, 35.0, 35.0, 35.0, 35.0, 40.0, 45.0,
    45.0, 45.0, 40.0, 40.0, 45.0, 45.0, 50.0, 60.0, 70.0,
];
const SUBJECT_3: [f64; 28] = [
    55.0, 50.0, 40.0, 60.0, 45.0, 50.0, 50.0, 20.0, 30.0, 80.0, 25.0, 10.0, 30.0, 15.0, 20.0, 15.0, 5.0, 5.0, 15.0,
    5.0, 5.0, 5.0, 5.0, 15.0, 45.0, 90.0, 95.0, 95.0,
];

/// Day (from 1), exponential acute, chronic and ratio, to six decimals.
type Exponential = (usize, f64, f64, f64);
/// Day (from 1), rolling acute, coupled chronic and ratio, uncoupled chronic and ratio, to two
/// decimals.
type Rolling = (usize, f64, f64, f64, Option<(f64, f64)>);

const EWMA_1: [Exponential; 7] = [
    (1, 30.0, 30.0, 1.0),
    (7, 30.0, 30.0, 1.0),
    (8, 30.0, 30.0, 1.0),
    (14, 30.0, 30.0, 1.0),
    (21, 30.0, 30.0, 1.0),
    (22, 35.0, 31.379_31, 1.115_385),
    (28, 47.330_322, 37.871_967, 1.249_746),
];
const ROLLING_1: [Rolling; 7] = [
    (1, 30.0, 30.0, 1.0, None),
    (7, 30.0, 30.0, 1.0, None),
    (8, 30.0, 30.0, 1.0, Some((30.0, 1.0))),
    (14, 30.0, 30.0, 1.0, Some((30.0, 1.0))),
    (21, 30.0, 30.0, 1.0, Some((30.0, 1.0))),
    (22, 32.86, 30.91, 1.06, Some((30.0, 1.1))),
    (28, 50.0, 35.0, 1.43, Some((30.0, 1.67))),
];
const EWMA_2: [Exponential; 7] = [
    (1, 15.0, 15.0, 1.0),
    (7, 21.000_977, 17.168_043, 1.223_26),
    (8, 22.000_732, 17.708_178, 1.242_405),
    (14, 30.467_171, 22.418_731, 1.359_005),
    (21, 40.703_534, 29.578_548, 1.376_117),
    (22, 40.527_651, 30.297_268, 1.337_667),
    (28, 53.673_012, 38.168_765, 1.406_202),
];
const ROLLING_2: [Rolling; 7] = [
    (1, 15.0, 15.0, 1.0, None),
    (7, 20.0, 20.0, 1.0, None),
    (8, 21.43, 20.62, 1.04, Some((15.0, 1.43))),
    (14, 30.0, 25.0, 1.2, Some((20.0, 1.5))),
    (21, 40.0, 30.0, 1.33, Some((25.0, 1.6))),
    (22, 40.71, 30.45, 1.34, Some((25.67, 1.59))),
    (28, 50.0, 35.0, 1.43, Some((30.0, 1.67))),
];
const EWMA_3: [Exponential; 7] = [
    (1, 55.0, 55.0, 1.0),
    (7, 50.450_439, 52.996_081, 0.951_965),
    (8, 42.837_83, 50.720_489, 0.844_586),
    (14, 29.150_092, 43.578_266, 0.668_914),
    (21, 10.890_579, 30.147_973, 0.361_238),
    (22, 9.417_934, 28.413_63, 0.331_458),
    (28, 62.124_188, 40.061_418, 1.550_724),
];
const ROLLING_3: [Rolling; 7] = [
    (1, 55.0, 55.0, 1.0, None),
    (7, 50.0, 50.0, 1.0, None),
    (8, 45.0, 46.25, 0.97, Some((55.0, 0.82))),
    (14, 30.0, 40.0, 0.75, Some((50.0, 0.6))),
    (21, 10.0, 30.0, 0.33, Some((40.0, 0.25))),
    (22, 7.86, 28.86, 0.27, Some((38.67, 0.2))),
    (28, 50.0, 35.0, 1.43, Some((30.0, 1.67))),
];

#[test]
fn ewma_of_training_load() {
    for (loads, rows) in [(SUBJECT_1, EWMA_1), (SUBJECT_2, EWMA_2), (SUBJECT_3, EWMA_3)] {
        let means = |alpha| window::ewma(&loads, alpha, loads[0]).collect::<Vec<f64>>();
        let (acute, chronic) = (means(2.0 / 8.0), means(2.0 / 29.0));
        for (day, theirs_acute, theirs_chronic, theirs_ratio) in rows {
            let i = day - 1;
            within(acute[i], theirs_acute, 5e-7);
            within(chronic[i], theirs_chronic, 5e-7);
            within(acute[i] / chronic[i], theirs_ratio, 5e-7);
        }
        let from_day_1 = Convention { too_little: TooLittle::Shown, ..KNEEWISE };
        let figure = known(&loads, &RATIO_EXPONENTIAL, &from_day_1);
        for (day, .., theirs) in rows {
            within(figure[day - 1].unwrap(), theirs, 5e-7);
        }
    }
}

#[test]
fn rolling_averages_of_training_load() {
    for (loads, rows) in [(SUBJECT_1, ROLLING_1), (SUBJECT_2, ROLLING_2), (SUBJECT_3, ROLLING_3)] {
        for (day, acute, chronic, coupled, uncoupled) in rows {
            // The package's window: what there is of 7 and of 28 days.
            let so_far = &loads[..day];
            let last_7 = &so_far[day.saturating_sub(7)..];
            within(window::mean(last_7), acute, 0.005 + 1e-9);
            within(window::mean(so_far), chronic, 0.005 + 1e-9);
            within(ratio::coupled(so_far, last_7.len()).unwrap(), coupled, 0.005 + 1e-9);
            if let Some((chronic, ratio)) = uncoupled {
                let before = &so_far[..day - last_7.len()];
                let before = &before[before.len().saturating_sub(21)..];
                within(window::mean(before), chronic, 0.005 + 1e-9);
                within(
                    ratio::uncoupled(&so_far[so_far.len() - last_7.len() - before.len()..], 7).unwrap(),
                    ratio,
                    0.005 + 1e-9,
                );
            }
        }
    }
}

#[test]
fn our_ratios_are_the_packages_on_day_28_and_wait_until_then() {
    for loads in [SUBJECT_1, SUBJECT_2, SUBJECT_3] {
        let (coupled, uncoupled) =
            (figure(&loads, &RATIO_COUPLED, &KNEEWISE), figure(&loads, &RATIO_UNCOUPLED, &KNEEWISE));
        assert_eq!(coupled[26], Answer::NeedsDays { needs: 28, has: 27 });
        within(coupled[27].known().unwrap(), 1.43, 0.005);
        within(uncoupled[27].known().unwrap(), 1.67, 0.005);
    }
}
