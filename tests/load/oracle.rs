//! Figures that others worked out, read from `load.json` where the shared material lies beside the checkout: each reaches a figure
//! or a rule as the program shows it.

use jiff::civil::Weekday;
use kneewise_core::load::{
    Convention, Deviation, ELEVATE, FATIGUE, FITNESS, KNEEWISE, MONOTONY, RATIO_COUPLED, RATIO_EXPONENTIAL,
    RATIO_UNCOUPLED, RUNALYZE, STRAIN, TRAININGPEAKS, TooLittle,
};
use kneewise_core::rule::session_spike::{Options, comparisons};
use kneewise_core::{Run, TrainingLog};
use serde_json::Value;

use super::{FIRST, close, known, run, within};
use crate::support::shared;

fn oracle(of: &str) -> Option<Value> {
    let text = std::fs::read_to_string(shared("oracles/load.json")?).unwrap();
    let mut oracle: Value = serde_json::from_str(&text).unwrap();
    Some(oracle[of].take())
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("no number: {value}"))
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(number).collect()
}

#[test]
fn ratios_of_the_package_acwr() {
    let Some(subjects) = oracle("ACWR_training_load") else { return };
    let from_day_1 = Convention { too_little: TooLittle::Shown, ..KNEEWISE };
    let mut held = 0;
    for subject in subjects.as_object().unwrap().values() {
        let loads = numbers(&subject["TL"]);
        let of = |figure| known(&loads, figure, &from_day_1);
        let [exponential, coupled, uncoupled] = [&RATIO_EXPONENTIAL, &RATIO_COUPLED, &RATIO_UNCOUPLED].map(of);
        for (day, theirs) in subject["days"].as_object().unwrap() {
            let i = day.parse::<usize>().unwrap() - 1;
            within(exponential[i].unwrap(), number(&theirs["ewma_acwr"]), 5e-7);
            held += 1;
            if i == 27 {
                within(coupled[i].unwrap(), number(&theirs["rac_acwr"]), 0.005);
                within(uncoupled[i].unwrap(), number(&theirs["rau_acwr"]), 0.005);
            }
        }
    }
    assert_eq!(held, 21);
}

#[test]
fn fitness_and_fatigue_of_a_hundred_a_day() {
    let Some(by) = oracle("CTL_conventions_100TSS_daily_from_0") else { return };
    for (name, theirs) in by.as_object().unwrap() {
        let convention = match name.split_whitespace().next().unwrap() {
            "1/N" => &TRAININGPEAKS,
            "1-exp(-1/N)" => &ELEVATE,
            "2/(N+1)" => &RUNALYZE,
            other => panic!("{other}"),
        };
        let of = |figure| known(&[100.0; 42], figure, convention);
        let (fitness, fatigue) = (of(&FITNESS), of(&FATIGUE));
        for (day, ours, what) in [
            (1, &fitness, "ctl_day1"),
            (7, &fitness, "ctl_day7"),
            (42, &fitness, "ctl_day42"),
            (7, &fatigue, "atl_day7"),
        ] {
            close(ours[day - 1].unwrap(), number(&theirs[what]));
        }
    }
}

#[test]
fn monotony_and_strain_by_both_deviations() {
    let Some(weeks) = oracle("MONOTONY") else { return };
    let mut held = 0;
    for (week, theirs) in weeks.as_object().unwrap() {
        // Those named after a paper are not written out.
        let Ok(week) = serde_json::from_str::<Vec<f64>>(week) else { continue };
        // The log begins with a run, so a week that begins with rest has a day before it.
        let days = [&[1.0][..], &week].concat();
        for (deviation, monotony, strain) in
            [(Deviation::Population, "mono_pop", "strain_pop"), (Deviation::Sample, "mono_sample", "strain_sample")]
        {
            let convention = Convention { deviation, ..KNEEWISE };
            close(known(&days, &MONOTONY, &convention)[7].unwrap(), number(&theirs[monotony]));
            within(known(&days, &STRAIN, &convention)[7].unwrap(), number(&theirs[strain]), 1e-8);
            held += 1;
        }
    }
    assert_eq!(held, 10);
}

/// A runner of the study by Lövdal et al. 2021, against the rule: what it compares each run with, and to what ratio it comes. The
/// source compares from the second run on, the rule only when 30 days lie before a run.
#[test]
fn single_runs_of_a_runner_of_lovdals_study() {
    let Some(of) = oracle("LOVDAL_athlete0_first53days_total_km") else { return };
    let km = numbers(&of["km"]);
    let runs: Vec<Run> =
        km.iter().enumerate().filter(|(_, km)| **km > 0.0).map(|(day, km)| run(day, km * 1000.0)).collect();
    let last = kneewise_core::time::DateExt::saturating_add_days(FIRST, km.len() as i64 - 1);
    let log = TrainingLog::new(runs, last, Weekday::Monday);
    let ours = comparisons(&log, &Options::default());
    let theirs = of["single_session"].as_array().unwrap();
    assert_eq!(ours.len(), theirs.len());
    let mut held = 0;
    for (ours, row) in ours.iter().zip(theirs) {
        let day = row[0].as_u64().unwrap();
        assert_eq!(ours.is_some(), day >= 30, "day {day}: the first 30 days are no baseline");
        if let Some(ours) = ours {
            within(ours.longest.distance_m().unwrap() / 1000.0, number(&row[2]), 1e-9);
            within(ours.ratio, number(&row[3]), 5e-5);
            held += 1;
        }
    }
    assert_eq!(held, 8);
}
