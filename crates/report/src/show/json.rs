//! Recordings as JSON: SI units, stable names.

use kneewise_core::activity::Span;
use kneewise_core::metric::METRICS;
use kneewise_core::split::splits;
use serde::Serialize;

use super::Seen;
use crate::{RenderError, json};

#[derive(Serialize)]
struct Recording {
    file: String,
    format: String,
    sport: &'static str,
    sub_sport: &'static str,
    start: String,
    utc_offset_s: i32,
    device: Option<String>,
    samples: usize,
    recorded_s: f64,
    metrics: Vec<Figure>,
    /// Ids of metrics that the recording does not give.
    missing: Vec<&'static str>,
    /// One a kilometre.
    splits: Vec<Split>,
    pauses: Vec<Pause>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Figure {
    id: &'static str,
    value: f64,
    unit: String,
    basis: &'static str,
    over_s: f64,
}

#[derive(Serialize)]
struct Split {
    from_m: f64,
    to_m: f64,
    seconds: f64,
    heart_rate_bpm: Option<f64>,
    step_rate_spm: Option<f64>,
    altitude_change_m: Option<f64>,
}

#[derive(Serialize)]
struct Pause {
    from_s: f64,
    to_s: f64,
}

pub(super) fn write<'a>(seen: impl Iterator<Item = Seen<'a>>) -> Result<String, RenderError> {
    json::write(&seen.map(|seen| recording(&seen)).collect::<Vec<_>>())
}

fn recording(seen: &Seen) -> Recording {
    let activity = seen.recording.activity;
    let figure = |metric: &&'static kneewise_core::metric::Metric| {
        let measured = seen.measures.get(metric)?;
        let (unit, basis) = (metric.unit.to_string(), measured.basis);
        Some(Figure { id: metric.id, value: measured.value, unit, basis, over_s: measured.over_s })
    };
    let split = |split: kneewise_core::split::DistanceSplit| Split {
        from_m: split.from_m,
        to_m: split.to_m,
        seconds: split.seconds,
        heart_rate_bpm: split.heart_rate_bpm,
        step_rate_spm: split.step_rate_spm,
        altitude_change_m: split.altitude_change_m,
    };
    Recording {
        file: seen.recording.file.to_owned(),
        format: activity.format.to_string(),
        sport: activity.sport.name(),
        sub_sport: activity.sub_sport.name(),
        start: activity.start.to_string(),
        utc_offset_s: seen.utc_offset_s,
        device: activity.device.as_ref().map(ToString::to_string),
        samples: activity.samples.len(),
        recorded_s: seen.trace.recorded_s(),
        metrics: METRICS.iter().filter_map(figure).collect(),
        missing: METRICS.iter().filter(|metric| seen.measures.get(metric).is_none()).map(|metric| metric.id).collect(),
        splits: splits(&seen.trace, 1000.0).into_iter().map(split).collect(),
        pauses: activity.pauses.iter().map(|&Span { from_s, to_s }| Pause { from_s, to_s }).collect(),
        notes: seen.clock_ground().into_iter().chain(seen.notes()).collect(),
    }
}
