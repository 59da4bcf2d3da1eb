//! One recording over its time: pace, heart rate, step rate and altitude, a panel each, and on
//! demand the outline of its route.

use kneewise_core::measure::trace::Trace;
use kneewise_read::activity::{Activity, Channel};
use kneewise_read::unit::{Units, clock};

use super::axis;
use super::drawing::{Anchor, Drawing, Path, Table};
use super::scale::Values;
use super::text::distance;
use super::{ChartError, View, check_size};

/// The name of the chart of one recording.
pub const RUN: &str = "run";

const TITLE: &str = "One run: pace, heart rate, step rate and altitude";

/// Slower than this nobody runs or walks (metres a second): a stop, not a pace.
const STANDING_MPS: f64 = 0.7;
/// The width of a stretch that is one point of a line (pixels).
const STRETCH_PX: f64 = 3.0;
/// Of both ends of a route so much is left out (metres): many begin and end at home.
const TRIMMED_M: f64 = 500.0;
/// The room of the outline, as a share of the width.
const OUTLINE: f64 = 0.3;
/// Rows of the table.
const ROWS: usize = 40;
/// The space between panels (pixels).
const GAP_PX: f64 = 30.0;

/// A measure over the time of the recording.
struct Series {
    unit: String,
    /// A value for each stretch of time; NaN where nothing was recorded.
    means: Vec<f64>,
    is_pace: bool,
}

/// Draws a recording over its time. `has_outline` adds the outline of its route without its first
/// and last 500 m; no coordinate is in the drawing.
///
/// # Errors
/// [`ChartError::TooSmall`] below 240 by 60 pixels.
pub fn run_drawing(activity: &Activity, units: Units, view: &View, has_outline: bool) -> Result<Drawing, ChartError> {
    check_size(view)?;
    let trace = Trace::new(activity);
    let outline = if has_outline { outline(activity) } else { Vec::new() };
    let right =
        if outline.is_empty() { view.width_px - axis::RIGHT_PX } else { view.width_px * (1.0 - OUTLINE) - 24.0 };
    let left = axis::LEFT_PX + 10.0;
    let n = (((right - left) / STRETCH_PX) as usize).max(8);
    let series = series(&trace, units, n);
    if series.is_empty() {
        return Ok(Drawing::nothing(TITLE, view.size(), "The recording has no samples of these"));
    }
    let mut drawing = Drawing::new(TITLE, view.size());
    let height = (view.height_px - axis::TOP_PX - axis::BOTTOM_PX + GAP_PX) / series.len() as f64 - GAP_PX;
    let mut top = axis::TOP_PX;
    let mut bottom = top;
    for series in &series {
        bottom = top + height.max(20.0);
        panel(&mut drawing, series, (left, right), (top, bottom));
        top = bottom + GAP_PX;
    }
    drawing.plotted_y = (axis::TOP_PX, bottom);
    minutes(&mut drawing, trace.recorded_s(), (left, right), bottom);
    if !outline.is_empty() {
        route(&mut drawing, &outline, right + 24.0, view);
    }
    drawing.description = sentence(activity, &trace, units, has_outline.then_some(!outline.is_empty()));
    table(&mut drawing, &series, trace.recorded_s(), (left, right));
    Ok(drawing)
}

fn series(trace: &Trace, units: Units, n: usize) -> Vec<Series> {
    let samples = &trace.activity.samples;
    let km = units.metres_per_long_unit();
    let pace = samples.column(Channel::Speed).map(|column| {
        let faster = trace.speed_correction();
        let means = means(trace, column, n).into_iter().map(|mps| mps * faster);
        let means = means.map(|mps| if mps < STANDING_MPS { f64::NAN } else { km / mps }).collect();
        Series { unit: format!("min/{}, faster is higher", units.long_symbol()), means, is_pace: true }
    });
    let plain = |unit: &str, column: Option<&[f64]>, scale: f64| {
        let means = means(trace, column?, n).into_iter().map(|mean| mean * scale).collect();
        Some(Series { unit: unit.to_owned(), means, is_pace: false })
    };
    let (height, scale) = if units == Units::Imperial { ("feet", 1.0 / 0.3048) } else { ("metres", 1.0) };
    let all = [
        pace,
        plain("heart rate, beats a minute", trace.heart_rate(), 1.0),
        plain("steps a minute", samples.column(Channel::StepRate), 1.0),
        plain(&format!("altitude, {height}"), samples.column(Channel::Altitude), scale),
    ];
    all.into_iter().flatten().filter(|series| series.means.iter().any(|mean| mean.is_finite())).collect()
}

/// The mean of a channel over each of `n` stretches of recorded time, weighted by time; NaN where
/// nothing was recorded.
fn means(trace: &Trace, column: &[f64], n: usize) -> Vec<f64> {
    let stretch_s = trace.recorded_s() / n as f64;
    let mut sums = vec![(0.0, 0.0); n];
    let mut at_s = 0.0;
    for (value, seconds) in column.iter().zip(trace.seconds()) {
        let (from_s, to_s) = (at_s, at_s + seconds);
        at_s = to_s;
        if value.is_nan() || stretch_s <= 0.0 {
            continue;
        }
        let stretch_of = |time_s: f64| ((time_s / stretch_s) as usize).min(n - 1);
        for (stretch, (sum, weight)) in sums.iter_mut().enumerate().take(stretch_of(to_s) + 1).skip(stretch_of(from_s))
        {
            let (begin_s, end_s) = (stretch as f64 * stretch_s, (stretch + 1) as f64 * stretch_s);
            let within_s = (to_s.min(end_s) - from_s.max(begin_s)).max(0.0);
            *sum += value * within_s;
            *weight += within_s;
        }
    }
    sums.iter().map(|(sum, weight)| sum / weight).collect()
}

/// The values between which nearly all lie: a stop or a bad second would flatten the rest.
fn usual(means: &[f64]) -> (f64, f64) {
    let mut known: Vec<f64> = means.iter().copied().filter(|mean| mean.is_finite()).collect();
    known.sort_by(f64::total_cmp);
    let at = |share: f64| known.get(((known.len() - 1) as f64 * share) as usize).copied().unwrap_or_default();
    (at(0.02), at(0.98))
}

fn panel(drawing: &mut Drawing, series: &Series, (left, right): (f64, f64), ends: (f64, f64)) {
    let (low, high) = usual(&series.means);
    let room = ((high - low) * 0.1).max(if series.is_pace { 10.0 } else { 4.0 });
    let (low, high) = (low - room, high + room);
    let values = if series.is_pace { Values::times(low, high, ends) } else { Values::holding(low, high, ends) };
    // A pace is higher where its number is lower.
    let at = |value: f64| if series.is_pace { ends.0 + ends.1 - values.at(value) } else { values.at(value) };
    let mut grid = Path::default();
    for mark in &values.marks {
        let y = at(*mark);
        grid.line((left, y), (right, y));
        let label = if series.is_pace { clock(*mark) } else { values.plain(*mark) };
        drawing.label((left - 6.0, y + 4.0), Anchor::End, "t m", label);
    }
    drawing.label((0.0, ends.0 - 12.0), Anchor::Start, "t b", series.unit.clone());
    let step = (right - left) / series.means.len() as f64;
    let mut line = Path::default();
    let mut at_stretch = 0;
    for stretch in series.means.chunk_by(|a, b| a.is_nan() == b.is_nan()) {
        let from = at_stretch;
        at_stretch += stretch.len();
        if stretch[0].is_nan() {
            continue;
        }
        let point = |(i, value): (usize, &f64)| (left + (from + i) as f64 * step + step / 2.0, at(*value));
        line.through(stretch.iter().enumerate().map(point));
    }
    drawing.shape("grid", grid);
    drawing.shape("line", line);
}

/// The axis of minutes below the panels.
fn minutes(drawing: &mut Drawing, recorded_s: f64, (left, right): (f64, f64), bottom: f64) {
    const APART_PX: f64 = 56.0;
    let per_minute = (right - left) * 60.0 / recorded_s.max(1.0);
    let every =
        [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480].into_iter().find(|n| f64::from(*n) * per_minute >= APART_PX);
    let every = every.unwrap_or(1440);
    let mut axis = Path::default();
    axis.line((left, bottom), (right, bottom));
    for minute in (0..).step_by(every as usize).take_while(|minute| f64::from(*minute) * 60.0 <= recorded_s) {
        let x = left + f64::from(minute) * per_minute;
        axis.line((x, bottom), (x, bottom + 4.0));
        if x < right - 24.0 {
            drawing.label((x, bottom + 17.0), Anchor::Middle, "t m", minute.to_string());
        }
    }
    drawing.label((right, bottom + 17.0), Anchor::End, "t m", "min");
    drawing.shape("axis", axis);
}

/// The route in metres east and north of its middle, without its ends; empty where it is not known
/// or hardly longer than what is left out.
fn outline(activity: &Activity) -> Vec<(f64, f64)> {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let samples = &activity.samples;
    let (Some(lat), Some(lon)) = (samples.column(Channel::Latitude), samples.column(Channel::Longitude)) else {
        return Vec::new();
    };
    let known: Vec<(f64, f64)> = lat
        .iter()
        .zip(lon)
        .map(|(lat, lon)| (*lon, *lat))
        .filter(|(lon, lat)| !lon.is_nan() && !lat.is_nan())
        .collect();
    let Some((first_lon, first_lat)) = known.first().copied() else { return Vec::new() };
    let east = METRES_PER_DEGREE * first_lat.to_radians().cos();
    let points: Vec<(f64, f64)> = known
        .iter()
        .map(|(lon, lat)| {
            let turn = (lon - first_lon + 540.0).rem_euclid(360.0) - 180.0;
            (turn * east, (lat - first_lat) * METRES_PER_DEGREE)
        })
        .collect();
    // Both ends may lie at home, so what comes near them later is left out as well.
    let ends = [points.first().copied(), points.last().copied()];
    let is_near =
        |point: &(f64, f64)| ends.iter().flatten().any(|end| (point.0 - end.0).hypot(point.1 - end.1) < TRIMMED_M);
    let mut along = vec![0.0];
    for pair in points.windows(2) {
        along.push(along[along.len() - 1] + (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1));
    }
    let whole = along.last().copied().unwrap_or_default();
    let is_within = |metres: &f64| *metres >= TRIMMED_M && whole - metres >= TRIMMED_M;
    points
        .into_iter()
        .zip(along)
        .filter(|(point, metres)| is_within(metres) && !is_near(point))
        .map(|(point, _)| point)
        .collect()
}

/// Draws the route into the room on the right.
fn route(drawing: &mut Drawing, points: &[(f64, f64)], left: f64, view: &View) {
    const APART_M: f64 = 200.0;
    let span = |of: fn(&(f64, f64)) -> f64| {
        let (low, high) = points.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        (low, (high - low).max(1.0))
    };
    let ((west, width), (south, height)) = (span(|point| point.0), span(|point| point.1));
    let (room_x, room_y) = (view.width_px - axis::RIGHT_PX - left, view.height_px - axis::TOP_PX - axis::BOTTOM_PX);
    let scale = (room_x / width).min(room_y / height);
    let at = |point: &(f64, f64)| {
        let x = left + (room_x - width * scale) / 2.0 + (point.0 - west) * scale;
        let y = axis::TOP_PX + room_y - (room_y - height * scale) / 2.0 - (point.1 - south) * scale;
        (x, y)
    };
    let mut line = Path::default();
    for stretch in points.chunk_by(|a, b| (a.0 - b.0).hypot(a.1 - b.1) < APART_M) {
        line.through(stretch.iter().map(at));
    }
    drawing.shape("base", line);
    drawing.label((left, axis::TOP_PX - 12.0), Anchor::Start, "t b", "route, without both ends");
}

fn sentence(activity: &Activity, trace: &Trace, units: Units, outline: Option<bool>) -> String {
    let far = activity.totals.distance_m.map_or_else(String::new, |metres| format!("{} in ", distance(metres, units)));
    let outline = match outline {
        Some(true) => " The outline leaves out 500 m around both ends.",
        Some(false) => " The route has no position further than 500 m from its ends, so its outline is left out.",
        None => "",
    };
    format!("{far}{} of recording, from left to right.{outline}", clock(trace.recorded_s()))
}

/// A row for each stretch of some minutes.
fn table(drawing: &mut Drawing, series: &[Series], recorded_s: f64, (left, right): (f64, f64)) {
    let n = series[0].means.len();
    let every = n.div_ceil(ROWS);
    let mut header = vec!["Minute".to_owned()];
    header.extend(series.iter().map(|series| series.unit.clone()));
    let cell = |series: &Series, from: usize| {
        let known: Vec<f64> =
            series.means.iter().skip(from).take(every).copied().filter(|mean| mean.is_finite()).collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        match (known.is_empty(), series.is_pace) {
            (true, _) => "–".to_owned(),
            (_, true) => clock(mean),
            (_, false) => format!("{mean:.0}"),
        }
    };
    let row = |from: usize| {
        let minute = (from as f64 + every as f64 / 2.0) / n as f64 * recorded_s / 60.0;
        let mut row = vec![format!("{minute:.0}")];
        row.extend(series.iter().map(|series| cell(series, from)));
        row
    };
    let step = (right - left) / n as f64;
    drawing.rows_x = (0..n).step_by(every).map(|from| left + (from as f64 + every as f64 / 2.0) * step).collect();
    for x in &mut drawing.rows_x {
        *x = x.min(right);
    }
    drawing.table = Table { header, rows: (0..n).step_by(every).map(row).collect() };
}
