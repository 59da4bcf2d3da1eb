//! Form against the runner's own baseline: what must show as a change, and what must not.

use std::io::Write as _;

use jiff::civil::{Date, date};
use kneewise_core::Run;
use kneewise_core::baseline::{Against, FormTrend, Needs, Options, Surface, form_trend};
use kneewise_core::measure::form::{FormAtSpeed, FormMetric};
use kneewise_read::activity::Device;
use kneewise_read::sport::SubSport;
use kneewise_read::time::{DateExt, Timestamp};
use kneewise_read::unit::Units;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{imported, json, kneewise, shared};

/// A run lies so far at most from the runner's usual form.
const NOISE_PERCENT: f64 = 1.0;

const FIRST: Date = date(2026, 1, 1);

/// Day-to-day noise of a form metric, from -1 to 1, the same for the same day.
fn noise(seed: u64, day: i64) -> f64 {
    let mut bits = (seed ^ (day as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(0x1234_5678_9ABC_DEF1);
    for shift in [30, 27, 31] {
        bits = (bits ^ (bits >> shift)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    }
    (bits >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// A runner's form at a speed: a function of the speed alone.
#[derive(Clone, Copy, Debug)]
struct Form {
    spm: f64,
    spm_per_mps: f64,
    /// How much steeper it gets, in steps per minute for the square of 1 m/s: no runner's line is
    /// quite straight.
    bend: f64,
}

impl Form {
    fn step_rate(self, speed_mps: f64) -> f64 {
        self.spm + self.spm_per_mps * (speed_mps - 3.0) + self.bend * (speed_mps - 3.0).powi(2)
    }

    /// All form metrics at a speed, each times a factor.
    fn at(self, speed_mps: f64, factor: f64, noise: f64) -> Vec<(FormMetric, f64)> {
        let off = factor * (1.0 + NOISE_PERCENT / 100.0 * noise);
        let spm = self.step_rate(speed_mps) * off;
        vec![
            (FormMetric::StepRate, spm),
            (FormMetric::StepLength, 60_000.0 * speed_mps / spm),
            (FormMetric::StanceTime, (60.0 + 540.0 / speed_mps) * off),
            (FormMetric::VerticalOscillation, (60.0 + 8.0 * speed_mps) * off),
            (FormMetric::StanceTimeBalance, 50.3 * off),
        ]
    }
}

/// A run of a day: forty minutes around a speed.
fn run(day: i64, speed_mps: f64, at: impl Fn(f64) -> Vec<(FormMetric, f64)>) -> Run {
    let on = FIRST.saturating_add_days(day);
    let start = Timestamp::parse_iso8601(&format!("{on}T07:00:00Z")).unwrap().0;
    let mut run = Run::summary(start, Some(0), &[]);
    run.form_by_speed = [(-0.2, 300.0), (-0.1, 500.0), (0.0, 800.0), (0.1, 500.0), (0.2, 300.0)]
        .into_iter()
        .map(|(off, seconds)| {
            let speed_mps = speed_mps + off;
            FormAtSpeed::new(speed_mps, seconds, &at(speed_mps))
        })
        .collect();
    run
}

fn device(product: &str) -> Device {
    Device { manufacturer: "maker".to_owned(), product: product.to_owned() }
}

fn last_day(runs: &[Run]) -> Date {
    runs.iter().map(|run| run.local_date).max().unwrap()
}

fn trend(runs: &[Run], metric: FormMetric) -> FormTrend {
    form_trend(runs, metric, last_day(runs), &Options::default())
}

/// The share of compared runs outside of their bands.
fn outside_share(trend: &FormTrend) -> f64 {
    let (outside, compared) = trend.outside();
    outside as f64 / compared.max(1) as f64
}

/// Every other day of half a year.
fn days() -> impl Iterator<Item = i64> {
    (0..180).step_by(2)
}

/// Paces vary from day to day by 0.3 m/s around a mean.
fn speed(mean_mps: f64, seed: u64, day: i64) -> f64 {
    mean_mps + 0.3 * noise(seed ^ 0xFACE, day)
}

fn forms() -> impl Strategy<Value = Form> {
    (150.0..190.0, 0.0..14.0, 0.0..2.0).prop_map(|(spm, spm_per_mps, bend)| Form { spm, spm_per_mps, bend })
}

/// No change, of late or over time: whatever the runner and the log, no shift much larger than the
/// noise of single runs, and no more runs outside of their bands than chance leaves there.
fn assert_unchanged(trend: &FormTrend) -> Result<(), TestCaseError> {
    for shift in trend.changes.iter().filter_map(|change| change.outcome.as_ref().ok()) {
        prop_assert!(shift.percent().abs() < 1.5 * NOISE_PERCENT, "{:?}: {}%", trend.metric, shift.percent());
    }
    prop_assert!(outside_share(trend) < 0.3, "{:?}: {:?}", trend.metric, trend.outside());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// From jogging to racing in half a year, by any smooth way: the form at each speed stays as it
    /// was.
    #[test]
    fn a_runner_who_only_gets_faster_shows_no_change(
        form in forms(), seed: u64, from in 2.4..3.0, gain in 0.0..0.9, bend in 0.5..2.0,
    ) {
        let mean = |day: i64| from + gain * (day as f64 / 180.0_f64).powf(bend);
        let runs: Vec<Run> =
            days().map(|day| run(day, speed(mean(day), seed, day), |v| form.at(v, 1.0, noise(seed, day)))).collect();
        for metric in FormMetric::ALL {
            let trend = trend(&runs, metric);
            prop_assert!(trend.outside().1 > 50, "{metric:?}: {:?}", trend.points.last());
            assert_unchanged(&trend)?;
            let compared = trend.points.iter().filter_map(|point| point.against.as_ref().ok());
            let percent: Vec<f64> = compared.map(Against::residual_percent).collect();
            let mean = percent.iter().sum::<f64>() / percent.len() as f64;
            prop_assert!(mean.abs() < NOISE_PERCENT / 3.0, "{metric:?}: {mean}% over all runs");
        }
    }

    /// Another watch measures otherwise; that is no change of the runner's.
    #[test]
    fn a_change_of_watch_shows_no_change(form in forms(), seed: u64, off in prop_oneof![0.9..0.96, 1.04..1.1], on in 60_i64..150) {
        let runs: Vec<Run> = days()
            .map(|day| {
                let is_new = day >= on;
                let factor = if is_new { off } else { 1.0 };
                let mut run = run(day, speed(3.0, seed, day), |v| form.at(v, factor, noise(seed, day)));
                run.device = Some(device(if is_new { "new" } else { "old" }));
                run
            })
            .collect();
        for metric in FormMetric::ALL {
            let trend = trend(&runs, metric);
            assert_unchanged(&trend)?;
            let first_new = trend.points.iter().find(|point| point.device == Some(device("new"))).unwrap();
            prop_assert!(
                matches!(first_new.against, Err(Needs::Runs { has: 0, new_device_since: Some(day), .. }) if day == first_new.date),
                "{:?}", first_new.against
            );
        }
    }

    /// Trails change how one runs there, not how one runs on the road.
    #[test]
    fn moving_to_trails_shows_none_on_the_road(form in forms(), seed: u64, off in prop_oneof![0.85..0.96, 1.04..1.15]) {
        let runs: Vec<Run> = days()
            .map(|day| {
                let on_trail = day > 90 && day % 3 != 0;
                let factor = if on_trail { off } else { 1.0 };
                let mut run = run(day, speed(3.0, seed, day), |v| form.at(v, factor, noise(seed, day)));
                run.sub_sport = if on_trail { SubSport::Trail } else { SubSport::Generic };
                run
            })
            .collect();
        for metric in FormMetric::ALL {
            let trend = trend(&runs, metric);
            assert_unchanged(&trend)?;
            prop_assert!(trend.changes.iter().any(|change| change.surface == Surface::Road && change.outcome.is_ok()));
        }
    }

    /// Five per cent more steps at every speed in the last four weeks: found, and of that size,
    /// though the runner got faster or slower at the same time.
    #[test]
    fn a_change_at_every_speed_is_found_with_its_size(
        form in forms(), seed: u64, percent in prop_oneof![-8.0..-4.0, 4.0..8.0_f64], faster in -0.2..0.2,
    ) {
        let runs: Vec<Run> = days()
            .map(|day| {
                let is_late = day > 178 - 28;
                let factor = if is_late { 1.0 + percent / 100.0 } else { 1.0 };
                let mean = if is_late { 3.0 + faster } else { 3.0 };
                run(day, speed(mean, seed, day), |v| form.at(v, factor, noise(seed, day)))
            })
            .collect();
        for metric in FormMetric::ALL {
            let trend = trend(&runs, metric);
            let shift = trend.changes[0].outcome.as_ref().unwrap();
            // More steps at a speed are shorter ones.
            let expected: f64 = match metric {
                FormMetric::StepLength => 100.0 * (1.0 / (1.0 + percent / 100.0) - 1.0),
                _ => percent,
            };
            prop_assert!(shift.is_outside(), "{metric:?}: {shift:?}");
            prop_assert!((shift.percent() - expected).abs() < 1.0, "{metric:?}: {} for {expected}", shift.percent());
        }
    }

    /// The order of runs makes no difference, nor which of two copies comes first.
    #[test]
    fn the_order_of_runs_makes_no_difference(form in forms(), seed: u64, turn in 0..89_usize) {
        let mut runs: Vec<Run> =
            days().map(|day| run(day, speed(3.0, seed, day), |v| form.at(v, 1.0, noise(seed, day)))).collect();
        runs.extend(runs.clone().into_iter().step_by(7));
        let mut others = runs.clone();
        others.rotate_left(turn);
        others.reverse();
        for metric in FormMetric::ALL {
            prop_assert_eq!(trend(&runs, metric), trend(&others, metric));
        }
    }

    /// Values of another unit give residuals and bands of that unit.
    #[test]
    fn residuals_and_bands_scale_with_the_values(form in forms(), seed: u64, power in -3..4_i32) {
        let scale = 2.0_f64.powi(power);
        let of = |scale: f64| {
            let scaled = |values: Vec<(FormMetric, f64)>| values.into_iter().map(|(m, value)| (m, value * scale)).collect();
            days().map(|day| run(day, speed(3.0, seed, day), |v| scaled(form.at(v, 1.0, noise(seed, day))))).collect::<Vec<Run>>()
        };
        let (plain, scaled) = (of(1.0), of(scale));
        for metric in FormMetric::ALL {
            let (plain, scaled) = (trend(&plain, metric), trend(&scaled, metric));
            for (a, b) in plain.points.iter().zip(&scaled.points) {
                let (Ok(a), Ok(b)) = (&a.against, &b.against) else { continue };
                prop_assert!((a.residual * scale - b.residual).abs() < 1e-9 * b.measured);
                prop_assert!((a.band * scale - b.band).abs() < 1e-9 * b.measured);
            }
        }
    }

    /// Whatever stands in the bins, no panic and nothing that is not a number.
    #[test]
    fn junk_gives_no_panic(
        bins in prop::collection::vec((0..200_i64, any::<f64>(), any::<f64>(), any::<f64>()), 0..60), seconds in 0.0..1e4,
    ) {
        let junk = |(day, speed, share, value): &(i64, f64, f64, f64)| {
            let mut run = run(*day, 3.0, |_| Vec::new());
            run.form_by_speed.push(FormAtSpeed::new(*speed, seconds * share, &FormMetric::ALL.map(|metric| (metric, *value))));
            run
        };
        let runs: Vec<Run> = bins.iter().map(junk).collect();
        for metric in FormMetric::ALL {
            let options = Options { min_runs: 0, min_recent_runs: 0, min_seconds: 0.0, ..Options::default() };
            let trend = form_trend(&runs, metric, date(2026, 7, 1), &options);
            prop_assert!(trend.points.len() <= runs.len());
        }
    }
}

fn steady(days: impl Iterator<Item = i64>) -> Vec<Run> {
    let form = Form { spm: 170.0, spm_per_mps: 6.0, bend: 0.0 };
    days.map(|day| run(day, speed(3.0, 1, day), |v| form.at(v, 1.0, noise(1, day)))).collect()
}

#[test]
fn a_run_is_no_part_of_its_own_baseline_and_ninety_days_are() {
    // Eight runs on days 0 to 7, then one 90 days after the first, and one a day later.
    let runs = steady((0..8).chain([90, 91]));
    let trend = trend(&runs, FormMetric::StepRate);
    assert!(trend.points[..8].iter().all(|point| matches!(point.against, Err(Needs::Runs { .. }))));
    assert_eq!(trend.points[8].against.as_ref().unwrap().runs, 8);
    let needs = trend.points[9].against.as_ref().unwrap().runs;
    assert_eq!(needs, 8, "the first has left, the one of yesterday has come");
}

#[test]
fn too_little_is_an_answer_that_says_what_it_would_take() {
    let mut runs = steady(0..4);
    runs[3].form_by_speed.truncate(1);
    let trend = trend(&runs, FormMetric::StepRate);
    let says = |i: usize| trend.points[i].against.as_ref().unwrap_err().to_string();
    assert_eq!(says(2), "needs 8 road runs with 10 minutes of steady, flat running in the 90 days before, has 2");
    assert_eq!(says(3), "needs 10 minutes of steady, flat running, has 5.0");
}

#[test]
fn no_line_is_drawn_out_beyond_the_speeds_it_rests_on() {
    let mut runs = steady((0..60).step_by(2));
    let form = Form { spm: 170.0, spm_per_mps: 6.0, bend: 0.0 };
    runs.push(run(61, 4.6, |v| form.at(v, 1.0, 0.0)));
    let trend = trend(&runs, FormMetric::StepRate);
    let race = trend.points.last().unwrap();
    let Err(needs @ Needs::Speeds { share: ..0.5, .. }) = &race.against else { panic!("{:?}", race.against) };
    let said = needs.to_string();
    assert!(said.contains("/km to ") && said.ends_with("it was run at 3:37/km"), "paces throughout: {said}");
    assert!(needs.sentence(Units::Imperial).ends_with("it was run at 5:50/mi"));
}

#[test]
fn the_slope_is_the_runners_own_and_one_odd_run_does_not_move_it() {
    let form = Form { spm: 170.0, spm_per_mps: 6.0, bend: 0.0 };
    let mut runs: Vec<Run> = (0..40).map(|day| run(day, speed(3.0, 5, day), |v| form.at(v, 1.0, 0.0))).collect();
    runs[20] = run(20, 3.3, |v| form.at(v, 0.8, 0.0));
    let trend = trend(&runs, FormMetric::StepRate);
    let last = trend.points.last().unwrap().against.as_ref().unwrap();
    assert!((last.slope - 6.0).abs() < 1e-9, "{}", last.slope);
    assert!(last.residual.abs() < 1e-9 && last.band < 1e-9, "{last:?}");
    let odd = trend.points[20].against.as_ref().unwrap();
    assert!(odd.is_outside() && (odd.residual_percent() + 20.0).abs() < 1e-9);
}

const LOG: &str = "fixtures/sample-log";

fn output(arguments: &[&str]) -> String {
    let output = kneewise(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The made-up runner of the sample log takes fewer and fewer steps at the same speed.
#[test]
fn trend_tells_what_changed_and_what_it_rests_on() {
    let text = output(&["trend", "step-rate", LOG]);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "over the last 28 days your step rate was 2.9 spm (1.8%) lower than expected from the 90 days before at the same speeds",
        "That is more than the day-to-day spread",
        "compared with one fixed baseline, the 90 days before them",
        "runs could be compared with your earlier runs",
        "This describes; it does not judge.",
    ] {
        assert!(words.contains(part), "{part}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn trend_as_data_has_a_row_for_each_run_and_the_same_names_in_each_form() {
    let trend = json(&["trend", "step-rate", LOG, "--format", "json"]);
    assert_eq!((&trend["metric"], &trend["unit"]), (&"step-rate".into(), &"spm".into()));
    let points = trend["points"].as_array().unwrap();
    let csv = output(&["trend", "step-rate", LOG, "--format", "csv"]);
    assert_eq!(csv.lines().count(), points.len() + 1);
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    assert_eq!(header[..2], ["metric", "unit"], "a row says by itself what it is of");
    assert!(csv.lines().skip(1).all(|row| row.starts_with("step-rate,spm,")), "{csv}");
    for point in points {
        let point = point.as_object().unwrap();
        assert_eq!(point.len() + 2, header.len());
        assert!(header[2..].iter().all(|name| point.contains_key(*name)));
        assert_ne!(point["needs"].is_null(), point["residual"].is_null(), "one or the other: {point:?}");
    }
}

/// The names of an object, and of the objects and first rows in it.
fn names(value: &Value, into: &mut Vec<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        into.push(name.clone());
        names(value.as_array().and_then(|rows| rows.first()).unwrap_or(value), into);
    }
}

#[test]
fn help_names_every_field() {
    let help = output(&["trend", "--help"]);
    let words: Vec<&str> = help.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    for metric in ["step-rate", "pace_s_per_km"] {
        let mut fields = Vec::new();
        names(&json(&["trend", metric, LOG, "--format", "json"]), &mut fields);
        assert!(fields.len() > 10, "{fields:?}");
        assert!(fields.iter().all(|field| words.contains(&field.as_str())), "{metric}: {fields:?} in {help}");
    }
}

#[test]
fn since_leaves_out_rows_but_not_what_they_are_held_against() {
    let points = |metric: &str, since: &[&str]| {
        let trend = json(&[&["trend", metric, LOG, "--format", "json"], since].concat());
        trend["points"].as_array().unwrap().clone()
    };
    for metric in ["step-rate", "pace_s_per_km"] {
        let late: Vec<Value> = (points(metric, &[]).into_iter())
            .filter(|point| point["local_date"].as_str().unwrap() >= "2026-06-01")
            .collect();
        assert!(late.len() > 5);
        assert_eq!(points(metric, &["--since", "2026-06-01"]), late);
    }
    let none = kneewise(&["trend", "step-rate", LOG, "--since", "2026-06-22"]);
    let told = String::from_utf8(none.stderr).unwrap();
    assert_eq!(none.status.code(), Some(2));
    assert!(told.contains("no run with it from 2026-06-22 on; the last is from 2026-06-21"), "{told}");
}

#[test]
fn any_metric_has_a_trend_and_a_chart() {
    let text = output(&["trend", "avg_heart_rate_bpm", LOG]);
    assert!(text.contains("Nothing is adjusted"), "{text}");
    for metric in ["step-rate", "stance-time", "pace_s_per_km"] {
        let svg = output(&["trend", metric, LOG, "--format", "svg"]);
        assert!(svg.starts_with("<svg ") && !svg.contains("NaN"), "{metric}");
    }
    assert_eq!(kneewise(&["trend", "nonsense", LOG]).status.code(), Some(2));
}

/// The labels at the axis of values and the heights at which they stand, from the top down.
fn axis(svg: &str) -> Vec<(f64, String)> {
    let texts = svg.split("<text ").skip(1).filter(|text| text.contains("text-anchor=\"end\""));
    let mut labels: Vec<(f64, String)> = texts
        .map(|text| {
            let y = text.split("y=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            (y, text.split('>').nth(1).unwrap().split('<').next().unwrap().trim().to_owned())
        })
        .collect();
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    labels
}

#[test]
fn paces_stand_in_minutes_with_the_faster_at_the_top() {
    let svg = |metric: &str, units: &str| output(&["trend", metric, LOG, "--format", "svg", "--units", units]);
    let seconds = |label: &str| {
        let (minutes, seconds) = label.split_once(':').unwrap_or_else(|| panic!("{label}"));
        60 * minutes.parse::<u32>().unwrap() + seconds.parse::<u32>().unwrap()
    };
    for metric in ["pace_s_per_km", "best_5min_mps"] {
        let labels: Vec<u32> = axis(&svg(metric, "metric")).iter().map(|(_, label)| seconds(label)).collect();
        assert!(labels.len() > 3 && labels.is_sorted() && (180..600).contains(&labels[0]), "{metric}: {labels:?}");
    }
    assert!(svg("pace_s_per_km", "metric").contains("pace, minutes per km"));
    assert!(svg("pace_s_per_km", "imperial").contains("pace, minutes per mi"));
}

/// In minutes and seconds the fastest pace comes first wherever a range of them is told, and a best
/// that is told as a pace is called one.
#[test]
fn ranges_of_paces_begin_with_the_fastest() {
    let seconds = |pace: &str| {
        let (minutes, seconds) = pace.strip_suffix("/km")?.split_once(':')?;
        Some(60 * minutes.parse::<u32>().ok()? + seconds.parse::<u32>().ok()?)
    };
    for metric in ["pace_s_per_km", "best_5min_mps", "step-rate"] {
        let text = output(&["trend", metric, LOG]).replace(['(', ')', ','], " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let range = |words: &[&str]| {
            Some((seconds(words[0])?, (words[1] == "to" || words[1] == "and").then(|| seconds(words[2]))??))
        };
        let ranges: Vec<(u32, u32)> = words.windows(3).filter_map(range).collect();
        assert!(!ranges.is_empty() && ranges.iter().all(|(first, last)| first <= last), "{metric}: {ranges:?}");
    }
    assert!(output(&["trend", "best_5min_mps", LOG]).contains("best pace over 5 min"));
    assert!(output(&["explain", "Best pace over 5 min"]).contains("best_5min_mps"));
}

#[test]
fn a_chart_says_what_it_does_not_show() {
    let svg = output(&["trend", "step-rate", LOG, "--format", "svg"]);
    assert!(svg.contains("41 of 60 runs could be compared"), "{svg}");
    let empty = kneewise(&["trend", "vertical-oscillation", "fixtures/formats/one-run.gpx", "--format", "svg"]);
    let told = String::from_utf8(empty.stderr).unwrap();
    assert_eq!(told, "kneewise: nothing was drawn. No run with it over steady, flat running in the log\n");
}

/// Of a history's runs, how many lie outside of the band of the `n` comparable ones before them,
/// and of how many.
fn outside_on_real_runs(runs: &[Run], metric: FormMetric, n: usize) -> (usize, usize) {
    let options = Options { window_days: 36_500, ..Options::default() };
    let points = form_trend(runs, metric, last_day(runs), &options).points;
    let kind = |i: usize| (points[i].device.clone(), points[i].surface);
    let mut count = (0, 0);
    for i in 0..points.len() {
        let is_of_baseline = |j: &usize| {
            kind(*j) == kind(i) && points[*j].date < points[i].date && points[*j].seconds >= options.min_seconds
        };
        let before: Vec<&str> = (0..i).rev().filter(is_of_baseline).take(n).map(|j| points[j].run.as_str()).collect();
        if before.len() < n || points[i].seconds < options.min_seconds {
            continue;
        }
        let is_meant = |run: &&Run| run.id == points[i].run || before.contains(&run.id.as_str());
        let some: Vec<Run> = runs.iter().filter(is_meant).cloned().collect();
        let trend = form_trend(&some, metric, last_day(&some), &options);
        let Some(Ok(against)) = trend.points.last().map(|point| &point.against) else { continue };
        if against.runs == n {
            count.0 += usize::from(against.is_outside());
            count.1 += 1;
        }
    }
    count
}

/// The shares of docs/trend.md over two open histories. Real runs differ by more than chance: by
/// the months between them, wind, heat and hills.
#[test]
fn the_band_is_measured_on_real_runs() {
    for (name, path) in [("A", "data/histories/arthurfsy2/FIT"), ("B", "data/histories/tang-hi/GPX")] {
        let Some(folder) = shared(path) else { return };
        let runs = imported(&folder).runs;
        for metric in [FormMetric::StepRate, FormMetric::StepLength] {
            for n in [8, 12, 20, 40] {
                let (outside, of) = outside_on_real_runs(&runs, metric, n);
                let percent = 100.0 * outside as f64 / of.max(1) as f64;
                let _ = writeln!(std::io::stderr(), "{name} {metric:?} {n}: {outside} of {of}, {percent:.1}%");
                assert!(of > 20 && (5.0..=20.0).contains(&percent), "{name} {metric:?} {n}: {outside} of {of}");
            }
        }
    }
}
