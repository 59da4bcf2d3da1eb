//! Steps a minute against speed: the runner's own runs, their usual line, the last 28 days dark.

use kneewise_core::Run;
use kneewise_core::measure::form::FormMetric;
use kneewise_read::time::DateExt;
use kneewise_read::unit::clock;

use crate::words::decimals;

use super::axis;
use super::drawing::{Anchor, Drawing, Path, Sign, Table};
use super::scale::Values;
use super::text::n;
use super::{Chart, Data, View};

pub(crate) static STEP_RATE: Chart =
    Chart { name: "step-rate", title: "Steps per minute at each speed, steady and flat running", draw };

/// The last days, drawn dark.
const NOW_DAYS: i64 = 28;
/// The days that the usual line is made of.
const USUAL_DAYS: i64 = 365;
/// A bin of a run counts from so many seconds on.
const LEAST_S: f64 = 60.0;
/// The width of a step of the usual line (metres per second).
const BIN_MPS: f64 = 0.2;
/// So many values make a step of the usual line.
const LEAST_VALUES: usize = 5;

/// Speed (metres per second) and steps a minute.
type Point = (f64, f64);

/// The usual steps a minute at a speed: median, and the ends that nine in ten lie between.
struct Usual {
    speed_mps: f64,
    median: f64,
    low: f64,
    high: f64,
}

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, size) = (data.report, view.size());
    let as_of = report.as_of;
    let span = view.days.unwrap_or(USUAL_DAYS);
    let points = |from: i64, to: i64| -> Vec<Point> {
        let runs = report.log.runs_between(as_of.saturating_add_days(1 - from), as_of.saturating_add_days(-to));
        runs.iter().flat_map(points_of).collect()
    };
    let (before, now) = (points(span, NOW_DAYS), points(NOW_DAYS, 0));
    if before.is_empty() && now.is_empty() {
        return Drawing::nothing(STEP_RATE.title, size, "No run with a step rate over steady, flat running");
    }
    let mut drawing = Drawing::new(STEP_RATE.title, size);
    let usual = usual(&before);
    let all = || before.iter().chain(&now);
    let ends = |value: fn(&Point) -> f64| {
        all().map(value).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let (slow, fast) = ends(|point| point.0);
    let (few, many) = ends(|point| point.1);
    let options = &report.settings.rules.low_step_rate;
    let (left, right, height) = axis::area(view, axis::RIGHT_PX);
    let bottom = height.1 - 14.0;
    let values = Values::holding(few.min(options.low_spm) - 2.0, many.max(options.low_spm) + 2.0, (height.0, bottom));
    let x = |speed: f64| left + 6.0 + (speed - slow) / (fast - slow).max(0.1) * (right - left - 12.0);
    band(&mut drawing, &usual, &x, &values);
    let unit = format!("steps per minute; the axis starts at {:.0}", values.low);
    axis::values(&mut drawing, &values, (left, right), &unit);
    paces(&mut drawing, data, (slow, fast), &x, (left, right, bottom));
    let mut limit = Path::default();
    let (from, to) = (options.min_speed_mps.max(slow), options.max_speed_mps.min(fast));
    if from < to {
        let y = values.at(options.low_spm);
        limit.line((x(from), y), (x(to), y));
        let text = format!("{:.0} or fewer is flagged", options.low_spm);
        let has_room = x(to) + 130.0 < right;
        let (at, anchor) =
            if has_room { ((x(to) + 6.0, y + 4.0), Anchor::Start) } else { ((x(to), y + 15.0), Anchor::End) };
        drawing.label(at, anchor, "t flagged", text);
    }
    dots(&mut drawing, "dot small", &before, &x, &values);
    dots(&mut drawing, "dot small now", &now, &x, &values);
    drawing.shape("limit", limit);
    let mut line = Path::default();
    line.through(usual.iter().map(|usual| (x(usual.speed_mps), values.at(usual.median))));
    drawing.shape("base", line);
    drawing.key("dot small", Sign::Dot, "a run at a speed, last 12 months");
    drawing.key("dot small now", Sign::Dot, "last 28 days");
    drawing.key("base", Sign::Line, "your usual");
    drawing.key("own", Sign::Box, "9 in 10 of your runs");
    drawing.description = sentence(&usual, &now);
    table(&mut drawing, data, &usual, &now, &x);
    drawing
}

fn points_of(run: &Run) -> impl Iterator<Item = Point> + '_ {
    let bins = run.form_by_speed.iter().filter(|bin| bin.seconds >= LEAST_S);
    bins.filter_map(|bin| Some((bin.speed_mps, bin.median(FormMetric::StepRate)?)))
}

/// The usual at each step of speed.
fn usual(points: &[Point]) -> Vec<Usual> {
    let mut bins: std::collections::BTreeMap<i64, Vec<f64>> = std::collections::BTreeMap::new();
    for (speed, spm) in points {
        bins.entry((speed / BIN_MPS).round() as i64).or_default().push(*spm);
    }
    let step = |(bin, mut values): (i64, Vec<f64>)| {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
        let is_enough = values.len() >= LEAST_VALUES;
        is_enough.then(|| Usual { speed_mps: bin as f64 * BIN_MPS, median: at(0.5), low: at(0.05), high: at(0.95) })
    };
    bins.into_iter().filter_map(step).collect()
}

fn band(drawing: &mut Drawing, usual: &[Usual], x: &dyn Fn(f64) -> f64, values: &Values) {
    let mut path = Path::default();
    if usual.len() > 1 {
        let low = usual.iter().map(|usual| (x(usual.speed_mps), values.at(usual.low)));
        let high = usual.iter().rev().map(|usual| (x(usual.speed_mps), values.at(usual.high)));
        path.through(low.chain(high));
        path.close();
    }
    drawing.shape("own", path);
}

/// The axis of speeds, marked as paces.
fn paces(
    drawing: &mut Drawing,
    data: &Data,
    (slow, fast): (f64, f64),
    x: &dyn Fn(f64) -> f64,
    (left, right, bottom): (f64, f64, f64),
) {
    let long = data.units.metres_per_long_unit();
    let mut path = Path::default();
    path.line((left, bottom), (right, bottom));
    let (quick_s, slow_s) = ((long / fast.max(0.1)) as i64, (long / slow.max(0.1)) as i64);
    let mut last = f64::NEG_INFINITY;
    for pace_s in (quick_s..=slow_s).rev().filter(|pace_s| pace_s % 30 == 0) {
        let at = x(long / pace_s as f64);
        if at - last >= 44.0 && at <= right {
            path.line((at, bottom), (at, bottom + 4.0));
            drawing.label((at, bottom + 17.0), Anchor::Middle, "t m", clock(pace_s as f64));
            last = at;
        }
    }
    drawing.shape("axis", path);
    let text = format!("pace, minutes per {} (faster to the right)", data.units.long_symbol());
    drawing.label((f64::midpoint(left, right), bottom + 32.0), Anchor::Middle, "t m", text);
}

fn dots(drawing: &mut Drawing, class: &'static str, points: &[Point], x: &dyn Fn(f64) -> f64, values: &Values) {
    let mut path = Path::default();
    for (speed, spm) in points {
        path.dot((x(*speed), values.at(*spm)));
    }
    drawing.shape(class, path);
}

fn at_speed(now: &[Point], speed_mps: f64) -> Vec<f64> {
    let near = now.iter().filter(|(speed, _)| ((speed / BIN_MPS).round() * BIN_MPS - speed_mps).abs() < 0.01);
    let mut near: Vec<f64> = near.map(|(_, spm)| *spm).collect();
    near.sort_by(f64::total_cmp);
    near
}

fn sentence(usual: &[Usual], now: &[Point]) -> String {
    let differences: Vec<f64> = usual
        .iter()
        .filter_map(|usual| {
            let near = at_speed(now, usual.speed_mps);
            near.get(near.len() / 2).map(|median| median - usual.median)
        })
        .collect();
    if differences.is_empty() {
        return format!("{} at a speed. There is not enough to compare the last 28 days with.", n(now.len(), "value"));
    }
    let mean = differences.iter().sum::<f64>() / differences.len() as f64;
    let what = match mean {
        m if m.abs() < 0.5 => "as many steps as usual".to_owned(),
        m => format!("{} {} steps a minute than usual", decimals(m.abs(), 1), if m > 0.0 { "more" } else { "fewer" }),
    };
    format!("In the last 28 days you took {what} at the same speeds.")
}

fn table(drawing: &mut Drawing, data: &Data, usual: &[Usual], now: &[Point], x: &dyn Fn(f64) -> f64) {
    let long = data.units.metres_per_long_unit();
    let row = |usual: &Usual| {
        let near = at_speed(now, usual.speed_mps);
        vec![
            format!("{}/{}", clock(long / usual.speed_mps), data.units.long_symbol()),
            decimals(usual.median, 0),
            format!("{:.0} to {:.0}", usual.low, usual.high),
            near.get(near.len() / 2).map_or("–".to_owned(), |median| decimals(*median, 0)),
        ]
    };
    drawing.rows_x = usual.iter().map(|usual| x(usual.speed_mps)).collect();
    drawing.table = Table {
        header: ["Pace", "Usual", "9 in 10", "Last 28 days"].map(str::to_owned).to_vec(),
        rows: usual.iter().map(row).collect(),
    };
}
