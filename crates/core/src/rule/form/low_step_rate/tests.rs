use super::*;
use crate::rule::form::own_form::made;

fn said(rates: &[f64]) -> String {
    let mut runs: Vec<Run> = (0..8).map(|n| made::run(n, &[(FormMetric::StepRate, 200.0)])).collect();
    runs.extend(rates.iter().enumerate().map(|(n, spm)| made::run(8 + n as i64, &[(FormMetric::StepRate, *spm)])));
    made::said(&LOW_STEP_RATE, runs, &Runner::default())
}

#[test]
fn the_limit_goes_down_with_height_and_hardly_ever_up() {
    let limit = |height_m| noted_spm(2.98, height_m, &Options::default());
    assert_eq!([None, Some(1.40)].map(limit), [166.0, 168.0]);
    assert_eq!([1.55, 1.70, 1.85, 1.95].map(|height_m| limit(Some(height_m))), [166.0, 166.0, 159.0, 155.0]);
    let said = |spm, height_m| {
        let runs = (0..3).map(|n| made::run(n, &[(FormMetric::StepRate, spm)])).collect();
        made::said(&LOW_STEP_RATE, runs, &Runner { height_m, ..Runner::default() })
    };
    assert_eq!((said(160.0, None), said(160.0, Some(1.95))), ("info 160.00".to_owned(), "clear".to_owned()));
    assert_eq!(
        (said(155.0, Some(1.95)), said(155.0, Some(1.70))),
        ("info 155.00".to_owned(), "info 155.00".to_owned())
    );
}

/// 28 days hold the runs on the days 62 to 89 of a log that ends on the latter.
#[test]
fn what_is_there_now_is_looked_at_before_what_was_three_months_ago() {
    let said = |first_low: i64| {
        let rate = |n: i64| if n >= first_low { 160.0 } else { 175.0 };
        let days = [0, 4, 8, 12, 16, 20, 24, 28, first_low, 80, 89];
        made::said(
            &LOW_STEP_RATE,
            days.map(|n| made::run(n, &[(FormMetric::StepRate, rate(n))])).to_vec(),
            &Runner::default(),
        )
    };
    assert_eq!((said(62), said(61)), ("info 160.00".to_owned(), "clear".to_owned()), "two runs are too few");
}

#[test]
fn the_ninetieth_day_back_counts_and_the_one_before_does_not() {
    let said = |first| {
        let runs = [first, 1, 89].map(|n| made::run(n, &[(FormMetric::StepRate, 160.0)])).to_vec();
        made::said(&LOW_STEP_RATE, runs, &Runner::default())
    };
    assert_eq!((said(0), said(-1)), ("info 160.00".to_owned(), "not assessed".to_owned()));
}

#[test]
fn a_change_at_once_that_no_named_watch_counted_is_no_change_of_form() {
    let said = |is_named: bool, rate: &dyn Fn(i64) -> f64| {
        let run = |n: i64| {
            let mut run = made::run(2 * n, &[(FormMetric::StepRate, rate(n))]);
            run.device = run.device.filter(|_| is_named);
            run
        };
        made::said(&LOW_STEP_RATE, (0..30).map(run).collect(), &Runner::default())
    };
    // Some steps a minute from run to run.
    let step = |n: i64| if n < 20 { 180.0 } else { 170.0 } + (n % 3) as f64;
    assert!(said(true, &step).starts_with("info -5."), "{}", said(true, &step));
    assert_eq!(said(false, &step), "clear");
    let over_weeks = |n: i64| 180.0 - (n - 14).clamp(0, 8) as f64 * 1.75 + (n % 3) as f64;
    assert!(said(false, &over_weeks).starts_with("info -"), "{}", said(false, &over_weeks));
    let to_low = |n: i64| if n < 20 { 170.0 } else { 162.0 } + (n % 3) as f64;
    assert_eq!(said(false, &to_low), "not assessed", "which watch counted right is not known");
}

#[test]
fn three_runs_in_a_row_four_per_cent_below_one_s_own_are_noted() {
    assert_eq!(said(&[192.0, 192.0, 192.0]), "info -4.00");
    assert_eq!(said(&[192.0, 192.0, 192.1]), "clear");
    assert_eq!(said(&[192.0, 192.0, 200.0, 192.0]), "clear", "not in a row");
    assert_eq!(said(&[190.0, 190.0, 190.0, 200.0, 200.0, 190.0, 190.0, 190.0]), "info -5.00, info -5.00");
}
