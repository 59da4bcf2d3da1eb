//! Figures that others worked out, read from `load.json` where the shared material lies beside the
//! checkout: each reaches a figure or a rule as the program shows it.

use jiff::civil::Weekday;
use kneewise_core::load::trimp::Banister;
use kneewise_core::load::{
    ATHLYTICS, Convention, Deviation, ELEVATE, FATIGUE, FITNESS, KNEEWISE, MONOTONY, Mean, RATIO_COUPLED,
    RATIO_EXPONENTIAL, RATIO_UNCOUPLED, RUNALYZE, STRAIN, Seed, Smoothing, TRAININGPEAKS, TRIMP_BANISTER, TooLittle,
};
use kneewise_core::measure::heart_rate::HeartRateTime;
use kneewise_core::measure::metric::{AVG_HEART_RATE, MOVING_TIME};
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::Tier;
use kneewise_core::rule::load::session_spike::{Options, comparisons};
use kneewise_core::runner::{Limits, LimitsFrom, Sex};
use kneewise_core::{Run, Runner, Settings, TrainingLog, analyze};
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
    // Williams' exponential means over 7 and 28 days are what we call fatigue and fitness.
    let from_day_1 = Convention {
        mean: Mean::Exponential { smoothing: Smoothing::TwoOverNPlusOne, seed: Seed::FirstValue },
        fitness_days: 28.0,
        fatigue_days: 7.0,
        too_little: TooLittle::Shown,
        ..KNEEWISE
    };
    let mut held = 0;
    for subject in subjects.as_object().unwrap().values() {
        let loads = numbers(&subject["TL"]);
        let of = |figure| known(&loads, figure, &from_day_1);
        let [exponential, coupled, uncoupled] = [&RATIO_EXPONENTIAL, &RATIO_COUPLED, &RATIO_UNCOUPLED].map(of);
        let (acute, chronic) = (of(&FATIGUE), of(&FITNESS));
        for (day, theirs) in subject["days"].as_object().unwrap() {
            let i = day.parse::<usize>().unwrap() - 1;
            within(exponential[i].unwrap(), number(&theirs["ewma_acwr"]), 5e-7);
            within(acute[i].unwrap(), number(&theirs["ewma_acute"]), 5e-7);
            within(chronic[i].unwrap(), number(&theirs["ewma_chronic"]), 5e-7);
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
            (42, &fatigue, "atl_day42"),
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

/// A runner of the study by Lövdal et al. 2021, against the rule: what it compares each run with,
/// and to what ratio it comes. The source compares from the second run on, the rule only when 30
/// days lie before a run.
#[test]
fn single_runs_of_a_runner_of_lovdals_study() {
    let Some(of) = oracle("LOVDAL_athlete0_first53days_total_km") else { return };
    let km = numbers(&of["km"]);
    let runs: Vec<Run> =
        km.iter().enumerate().filter(|(_, km)| **km > 0.0).map(|(day, km)| run(day, km * 1000.0)).collect();
    let last = kneewise_read::time::DateExt::saturating_add_days(FIRST, km.len() as i64 - 1);
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

    // After five days there is no baseline: 16.4 km after one of 5.8 is no spike, and not clear
    // either.
    let on = |day: i64| kneewise_read::time::DateExt::saturating_add_days(FIRST, day);
    let report = analyze(log.runs().to_vec(), &Runner::default(), &Settings::default(), on(5));
    let of_day_5 = report.findings.iter().find(|finding| finding.rule == "session-spike").unwrap();
    assert_eq!(of_day_5.outcome, FindingOutcome::NotAssessed);
    assert!(of_day_5.remedy.as_ref().is_some_and(|remedy| remedy.text().starts_with("25 more days")), "{of_day_5:?}");

    // After the 35 km every run is in the reference.
    let after: Vec<f64> =
        ours.iter().flatten().filter(|ours| ours.run.local_date > on(38)).map(|ours| ours.ratio).collect();
    assert!(after.len() == 4 && after.iter().all(|ratio| *ratio <= 1.1), "{after:?}");

    // The one spike is moderate: 1.99 times, one step below the elevated tier.
    let report = analyze(log.runs().to_vec(), &Runner::default(), &Settings::default(), last);
    let spikes: Vec<_> = report.of(FindingOutcome::Flagged).filter(|finding| finding.rule == "session-spike").collect();
    let [spike] = spikes.as_slice() else { panic!("{spikes:?}") };
    assert_eq!(spike.tier, Some(Tier::Notice));
    within(spike.measured.unwrap().value, 35.0 / 17.6, 1e-9);
    assert_eq!(log.runs().iter().find(|run| run.id == spike.runs[0]).unwrap().local_date, on(38));
}

/// A load by heart rate: minutes at a rate, resting and highest rate, whose convention.
type Impulse = (&'static str, Sex, f64, u16, [f64; 2], &'static Convention);

#[test]
fn training_impulses() {
    let Some(theirs) = oracle("TRIMP") else { return };
    let (man, woman) = (Sex::Male, Sex::Female);
    let cases: [Impulse; 5] = [
        ("fellrnr_m_30min_130_40_200", man, 30.0, 130, [40.0, 200.0], &KNEEWISE),
        ("afit_m_60_155_55_190", man, 60.0, 155, [55.0, 190.0], &KNEEWISE),
        ("f_086_30min_130_40_200", woman, 30.0, 130, [40.0, 200.0], &KNEEWISE),
        ("f_064_30min (GoldenCheetah convention)", woman, 30.0, 130, [40.0, 200.0], &ELEVATE),
        ("athlytics_hrss_60min_150_50_190", man, 60.0, 150, [50.0, 190.0], &ATHLYTICS),
    ];
    for (name, sex, minutes, bpm, [resting, max], convention) in cases {
        let seconds = minutes * 60.0;
        let mut run = run(0, 9000.0);
        run = Run::summary(run.start, Some(0), &[(&MOVING_TIME, seconds), (&AVG_HEART_RATE, f64::from(bpm))]);
        run.heart_rate = HeartRateTime::from_seconds([(bpm, seconds)]);
        let limits =
            Limits { resting_heart_rate_bpm: Some(resting), max_heart_rate_bpm: Some(max), ..Limits::default() };
        let runner = Runner { sex: Some(sex), limits: vec![LimitsFrom { from: None, limits }], ..Runner::default() };
        close(TRIMP_BANISTER.by(&run, &runner, convention).unwrap().measured.value, number(&theirs[name]));
    }
    close(60.0 * Banister::MEN.per_minute(0.85), number(&theirs["x085_m_60"]));
    close(Banister::MEN.per_minute(1.0), number(&theirs["max_per_min_m"]));
    close(Banister::WOMEN.per_minute(1.0), number(&theirs["max_per_min_f"]));
    assert_eq!(theirs.as_object().unwrap().len(), cases.len() + 3, "each row");
}
