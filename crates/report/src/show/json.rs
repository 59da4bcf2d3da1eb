//! Recordings as JSON: SI units, stable names.

use kneewise_core::load::zones;
use kneewise_core::load::{Load, Missing, SessionLoad};
use kneewise_core::measure::metric::{METRICS, Measures, Metric};
use kneewise_core::measure::split::splits;
use kneewise_core::runner::Origin;
use kneewise_core::{Run, Runner};
use kneewise_read::activity::Span;
use serde::Serialize;

use super::load::loads;
use super::runner::{Known, Value, name};
use super::{Seen, Session};
use crate::words::printable;
use crate::{RenderError, json};

#[derive(Serialize)]
struct Recording {
    file: String,
    format: String,
    name: Option<String>,
    comment: Option<String>,
    is_race: bool,
    sport: &'static str,
    sub_sport: &'static str,
    start: String,
    utc_offset_s: i32,
    device: Option<String>,
    samples: usize,
    recorded_s: f64,
    runner: Vec<KnownOf>,
    metrics: Vec<Figure>,
    /// Ids of metrics that the recording does not give.
    missing: Vec<&'static str>,
    /// One a kilometre.
    splits: Vec<Split>,
    loads: Vec<LoadOf>,
    zones: Vec<ZoneOf>,
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

/// What is reckoned with of the runner.
#[derive(Serialize)]
struct KnownOf {
    id: &'static str,
    value: KnownValue,
    /// `runner` or `watch`.
    from: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum KnownValue {
    Number(f64),
    Text(&'static str),
}

#[derive(Serialize)]
struct Split {
    from_m: f64,
    to_m: f64,
    sampled_m: f64,
    seconds: f64,
    heart_rate_bpm: Option<f64>,
    step_rate_spm: Option<f64>,
    altitude_change_m: Option<f64>,
}

/// A load of the run, or what it needs.
#[derive(Serialize)]
struct LoadOf {
    id: &'static str,
    value: Option<f64>,
    unit: String,
    basis: Option<&'static str>,
    over_s: Option<f64>,
    needs: Option<String>,
}

#[derive(Serialize)]
struct ZoneOf {
    name: &'static str,
    from_bpm: Option<f64>,
    to_bpm: Option<f64>,
    seconds: f64,
}

#[derive(Serialize)]
struct Pause {
    from_s: f64,
    to_s: f64,
}

/// A session of several recordings.
#[derive(Serialize)]
struct Joined {
    session_of: Vec<String>,
    start: String,
    utc_offset_s: i32,
    runner: Vec<KnownOf>,
    metrics: Vec<Figure>,
    missing: Vec<&'static str>,
    loads: Vec<LoadOf>,
    zones: Vec<ZoneOf>,
    notes: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown {
    Session(Joined),
    Recording(Recording),
}

pub(super) fn write<'a>(sessions: &[Session], seen: impl Iterator<Item = Seen<'a>>) -> Result<String, RenderError> {
    let sessions = sessions.iter().map(|of| Shown::Session(session(of)));
    json::write(&sessions.chain(seen.map(|seen| Shown::Recording(recording(&seen)))).collect::<Vec<_>>())
}

fn session(session: &Session) -> Joined {
    let run = session.run;
    Joined {
        session_of: run.sources.iter().map(|source| source.name.clone()).collect(),
        start: run.start.to_string(),
        utc_offset_s: run.utc_offset_s,
        runner: known_of(run, session.runner),
        metrics: metrics(run.measures()),
        missing: missing(run.measures()),
        loads: loads_of(run, session.runner),
        zones: zones_of(run, session.runner),
        notes: run.notes.iter().map(|note| printable(&note.text)).collect(),
    }
}

fn metrics(measures: &Measures) -> Vec<Figure> {
    let figure = |metric: &&'static Metric| {
        let measured = measures.get(metric)?;
        let (unit, basis) = (metric.unit.to_string(), measured.basis);
        Some(Figure { id: metric.id, value: measured.value, unit, basis, over_s: measured.over_s })
    };
    METRICS.iter().filter_map(figure).collect()
}

fn missing(measures: &Measures) -> Vec<&'static str> {
    METRICS.iter().filter(|metric| measures.get(metric).is_none()).map(|metric| metric.id).collect()
}

fn known_of(run: &Run, runner: &Runner) -> Vec<KnownOf> {
    let known = |known: Known| KnownOf {
        id: known.id,
        value: match known.value {
            Value::Number(value, _) => KnownValue::Number(value),
            Value::Sex(sex) => KnownValue::Text(name(sex)),
        },
        from: match known.by {
            Origin::Runner => "runner",
            Origin::Watch => "watch",
        },
    };
    super::runner::known(run, runner).into_iter().map(known).collect()
}

fn loads_of(run: &Run, runner: &Runner) -> Vec<LoadOf> {
    let load = |(load, of_run): (&'static Load, Result<SessionLoad, Missing>)| {
        let (measured, needs) = match of_run {
            Ok(of_run) => (Some(of_run.measured), None),
            Err(missing) => (None, Some(missing.to_string())),
        };
        let (value, basis, over_s) = (measured.map(|m| m.value), measured.map(|m| m.basis), measured.map(|m| m.over_s));
        LoadOf { id: load.id, value, unit: load.unit.to_string(), basis, over_s, needs }
    };
    loads(run, runner).map(load).collect()
}

fn zones_of(run: &Run, runner: &Runner) -> Vec<ZoneOf> {
    let zone = |zone: zones::Zone| ZoneOf {
        name: zone.name,
        from_bpm: zone.from_bpm,
        to_bpm: zone.to_bpm,
        seconds: zone.seconds,
    };
    zones::of(run, runner).into_iter().flat_map(|zones| zones.zones).map(zone).collect()
}

fn recording(seen: &Seen) -> Recording {
    let activity = seen.recording.activity;
    let split = |split: kneewise_core::measure::split::DistanceSplit| Split {
        from_m: split.from_m,
        to_m: split.to_m,
        sampled_m: split.sampled_m,
        seconds: split.seconds,
        heart_rate_bpm: split.heart_rate_bpm,
        step_rate_spm: split.step_rate_spm,
        altitude_change_m: split.altitude_change_m,
    };
    let runner = seen.recording.runner;
    Recording {
        file: seen.recording.file.to_owned(),
        format: activity.format.to_string(),
        name: activity.labels.name.clone(),
        comment: activity.labels.comment.clone(),
        is_race: activity.labels.is_race,
        sport: activity.sport.name(),
        sub_sport: activity.sub_sport.name(),
        start: activity.start.to_string(),
        utc_offset_s: seen.utc_offset_s,
        device: activity.device.as_ref().map(ToString::to_string),
        samples: activity.samples.len(),
        recorded_s: seen.trace.recorded_s(),
        runner: seen.run.as_ref().map_or_else(Vec::new, |run| known_of(run, runner)),
        metrics: metrics(&seen.measures),
        missing: missing(&seen.measures),
        splits: splits(&seen.trace, 1000.0).into_iter().map(split).collect(),
        loads: seen.run.as_ref().map_or_else(Vec::new, |run| loads_of(run, runner)),
        zones: seen.run.as_ref().map_or_else(Vec::new, |run| zones_of(run, runner)),
        pauses: activity.pauses.iter().map(|&Span { from_s, to_s }| Pause { from_s, to_s }).collect(),
        notes: seen.clock_ground().into_iter().chain(seen.notes()).collect(),
    }
}
