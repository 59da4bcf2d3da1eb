//! A trend as data: SI units and steps per minute, stable names, null for what is not known.

use kneewise_core::baseline::{
    Against, Change, FormPoint, FormTrend, MetricPoint, MetricTrend, Needs, Options, Shift, Surface,
};
use kneewise_core::report::SCHEMA_VERSION;
use serde_json::{Value, json};

use super::Trend;
use crate::RenderError;
use crate::json::{Row, write};

/// The names and values of a row.
type Fields = Vec<(&'static str, Value)>;

/// Returns the runs of a trend, a row for each, in order of time; all rows have the same names.
/// `metric` and `unit` come first, so that a row says by itself what it is of, then what a point in
/// JSON has.
pub fn rows(trend: &Trend) -> Vec<Row> {
    points(trend).into_iter().map(|point| of_its_metric(trend, point)).collect()
}

/// A row with what it is of.
fn of_its_metric(trend: &Trend, point: Fields) -> Row {
    let (metric, unit) = match trend {
        Trend::Form(trend) => (trend.metric.id(), trend.metric.unit_symbol()),
        Trend::Metric(trend) => (trend.metric.id, trend.metric.unit.symbol()),
    };
    Row([("metric", Value::from(metric)), ("unit", Value::from(unit))].into_iter().chain(point).collect())
}

fn points(trend: &Trend) -> Vec<Fields> {
    match trend {
        Trend::Form(trend) => trend.points.iter().map(form_fields).collect(),
        Trend::Metric(trend) => trend.points.iter().map(metric_fields).collect(),
    }
}

/// Returns a row of the same names as [`rows`] has, for a header where there are no rows.
pub fn blank_row(trend: &Trend) -> Row {
    let date = jiff::civil::Date::ZERO;
    let point = match trend {
        Trend::Form(_) => form_fields(&FormPoint {
            run: String::new(),
            date,
            device: None,
            surface: Surface::Road,
            measured: 0.0,
            speed_mps: 0.0,
            seconds: 0.0,
            note: None,
            against: Err(Needs::Running { needs_s: 0.0, has_s: 0.0 }),
            running_median: None,
        }),
        Trend::Metric(_) => metric_fields(&MetricPoint {
            run: String::new(),
            date,
            value: 0.0,
            basis: "",
            running_median: None,
            band: None,
        }),
    };
    of_its_metric(trend, point)
}

fn form_fields(point: &FormPoint) -> Fields {
    let against = point.against.as_ref().ok();
    let of = |value: fn(&Against) -> f64| Value::from(against.map(value));
    let day = |value: fn(&Against) -> jiff::civil::Date| Value::from(against.map(|against| value(against).to_string()));
    vec![
        ("run", Value::from(point.run.as_str())),
        ("local_date", Value::from(point.date.to_string())),
        ("device", Value::from(point.device.as_ref().map(ToString::to_string))),
        ("surface", Value::from(point.surface.name())),
        ("note", Value::from(point.note)),
        ("seconds", Value::from(point.seconds)),
        ("speed_mps", Value::from(point.speed_mps)),
        ("measured", Value::from(point.measured)),
        ("compared_seconds", of(|against| against.seconds)),
        ("compared_speed_mps", of(|against| against.speed_mps)),
        ("compared_measured", of(|against| against.measured)),
        ("expected", of(|against| against.expected)),
        ("residual", of(|against| against.residual)),
        ("residual_percent", of(Against::residual_percent)),
        ("band", of(|against| against.band)),
        ("is_outside", Value::from(against.map(Against::is_outside))),
        ("running_median_residual", Value::from(point.running_median)),
        ("baseline_runs", Value::from(against.map(|against| against.runs))),
        ("baseline_from", day(|against| against.window.from)),
        ("baseline_to", day(|against| against.window.to)),
        ("baseline_seconds", of(|against| against.baseline_seconds)),
        ("baseline_slowest_mps", of(|against| *against.speeds_mps.start())),
        ("baseline_fastest_mps", of(|against| *against.speeds_mps.end())),
        ("baseline_slope", of(|against| against.slope)),
        ("needs", Value::from(point.against.as_ref().err().map(ToString::to_string))),
    ]
}

fn metric_fields(point: &MetricPoint) -> Fields {
    vec![
        ("run", Value::from(point.run.as_str())),
        ("local_date", Value::from(point.date.to_string())),
        ("value", Value::from(point.value)),
        ("basis", Value::from(point.basis)),
        ("running_median", Value::from(point.running_median)),
        ("band_low", Value::from(point.band.map(|band| band.0))),
        ("band_high", Value::from(point.band.map(|band| band.1))),
    ]
}

/// A trend with what it rests on.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no trend is known to bring about.
pub fn json(trend: &Trend) -> Result<String, RenderError> {
    let (head, changes) = match trend {
        Trend::Form(trend) => {
            (form_head(trend), Some(trend.changes.iter().map(|change| Row(change_fields(change))).collect()))
        }
        Trend::Metric(trend) => (metric_head(trend), None),
    };
    write(&Whole { head: Row(head), changes, points: points(trend).into_iter().map(Row).collect() })
}

#[derive(serde::Serialize)]
struct Whole {
    #[serde(flatten)]
    head: Row,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Row>>,
    points: Vec<Row>,
}

fn form_head(trend: &FormTrend) -> Fields {
    let Options { window_days, min_runs, min_seconds, recent_days, min_recent_runs, .. } = trend.options;
    let (outside, compared) = trend.outside();
    vec![
        ("schema_version", Value::from(SCHEMA_VERSION)),
        ("metric", Value::from(trend.metric.id())),
        ("unit", Value::from(trend.metric.unit_symbol())),
        ("as_of", Value::from(trend.as_of.to_string())),
        ("adjusted_for", json!(["speed", "grade", "surface", "device"])),
        (
            "options",
            json!({
                "window_days": window_days, "min_runs": min_runs, "min_seconds": min_seconds,
                "recent_days": recent_days, "min_recent_runs": min_recent_runs,
            }),
        ),
        ("compared", Value::from(compared)),
        ("outside", Value::from(outside)),
    ]
}

fn change_fields(change: &Change) -> Fields {
    let shift = change.outcome.as_ref().ok();
    let of = |value: fn(&Shift) -> f64| Value::from(shift.map(value));
    let day = |value: fn(&Shift) -> jiff::civil::Date| Value::from(shift.map(|shift| value(shift).to_string()));
    vec![
        ("device", Value::from(change.device.as_ref().map(ToString::to_string))),
        ("surface", Value::from(change.surface.name())),
        ("runs", Value::from(shift.map(|shift| shift.runs))),
        ("median_residual", of(|shift| shift.median)),
        ("median_residual_percent", of(Shift::percent)),
        ("band", of(|shift| shift.band)),
        ("is_outside", Value::from(shift.map(Shift::is_outside))),
        ("baseline_runs", Value::from(shift.map(|shift| shift.baseline.runs))),
        ("baseline_from", day(|shift| shift.baseline.window.from)),
        ("baseline_to", day(|shift| shift.baseline.window.to)),
        ("baseline_seconds", of(|shift| shift.baseline.seconds)),
        ("baseline_slowest_mps", of(|shift| *shift.baseline.speeds_mps.start())),
        ("baseline_fastest_mps", of(|shift| *shift.baseline.speeds_mps.end())),
        ("baseline_intercept", of(|shift| shift.baseline.curve.intercept)),
        ("baseline_slope", of(|shift| shift.baseline.curve.slope)),
        ("needs", Value::from(change.outcome.as_ref().err().map(ToString::to_string))),
    ]
}

fn metric_head(trend: &MetricTrend) -> Fields {
    vec![
        ("schema_version", Value::from(SCHEMA_VERSION)),
        ("metric", Value::from(trend.metric.id)),
        ("unit", Value::from(trend.metric.unit.symbol())),
        ("as_of", Value::from(trend.as_of.to_string())),
        ("adjusted_for", json!([])),
        ("days", Value::from(trend.days)),
    ]
}
