//! The figures of a recording with what they rest on, where it is from, and what to know.

use kneewise_core::measure::metric::{
    ASCENT, ASCENT_BY_ALTITUDE, AVG_HEART_RATE, DESCENT, DESCENT_BY_ALTITUDE, DISTANCE, ELAPSED, MAX_HEART_RATE,
    METRICS, MOVING_TIME, Measured, Metric, POD_METRICS, TIMER,
};
use kneewise_read::unit::{Units, clock};

use super::{Figures, Seen, list};
use crate::hint::Hint;
use crate::outline::Block;
use crate::words::{self, printable};

pub(super) fn provenance(seen: &Seen) -> Vec<Block> {
    let activity = seen.recording.activity;
    let mut facts = vec![("Format".to_owned(), activity.format.to_string())];
    let device = activity.device.as_ref().map(|device| printable(&device.to_string())).filter(|name| !name.is_empty());
    facts.push(("Device".to_owned(), device.unwrap_or_else(|| "not named in the file".to_owned())));
    let samples = &activity.samples;
    let every_s = if samples.len() > 1 { seen.trace.recorded_s() / (samples.len() - 1) as f64 } else { 0.0 };
    let rate = if every_s > 0.0 { format!(", one every {every_s:.1} s on average") } else { String::new() };
    facts.push(("Samples".to_owned(), format!("{}{rate}", samples.len())));
    if !activity.pauses.is_empty() {
        let paused_s: f64 = activity.pauses.iter().map(|pause| pause.to_s - pause.from_s).sum();
        facts.push(("Pauses".to_owned(), format!("{}, {} in all", activity.pauses.len(), clock(paused_s))));
    }
    if !activity.laps.is_empty() {
        facts.push(("Laps".to_owned(), activity.laps.len().to_string()));
    }
    vec![Block::Facts(facts)]
}

pub(super) fn figures(seen: &Figures, units: Units) -> Vec<Block> {
    // Without a total of the device's the ascent is the one by altitude: one row says so.
    let is_again = |metric: &Metric| {
        let pairs = [(&ASCENT_BY_ALTITUDE, &ASCENT), (&DESCENT_BY_ALTITUDE, &DESCENT)];
        pairs.iter().any(|(by_altitude, of_device)| {
            by_altitude.id == metric.id && seen.measures.get(by_altitude) == seen.measures.get(of_device)
        })
    };
    let known = |metric: &'static Metric| {
        seen.measures.get(metric).filter(|_| !is_again(metric)).map(|measured| (metric, measured))
    };
    let facts: Vec<(String, String)> = told(seen)
        .filter_map(known)
        .map(|(metric, measured)| (metric.name.to_owned(), figure(metric, measured, seen.recorded_s, units)))
        .collect();
    let is_missing = |metric: &&'static Metric| seen.measures.get(metric).is_none();
    let (of_pods, missing): (Vec<_>, Vec<_>) =
        told(seen).filter(is_missing).partition(|metric| POD_METRICS.iter().any(|pod| pod.id == metric.id));
    let mut missing: Vec<String> = missing.iter().map(|metric| metric.name.to_lowercase()).collect();
    if of_pods.len() == POD_METRICS.len() {
        missing.push("the values of a Stryd or RunScribe pod".to_owned());
    } else {
        missing.extend(of_pods.iter().map(|metric| metric.name.to_lowercase()));
    }
    let mut blocks = Vec::new();
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    if !missing.is_empty() {
        blocks.push(Block::Text(format!("Not in this recording, or too little of it: {}.", missing.join("; "))));
    }
    if !seen.is_run {
        blocks.push(Block::Text("Not a run: running metrics are left out.".to_owned()));
    }
    blocks.push(Block::Hint(Hint::ExplainMetric));
    blocks
}

/// What has a meaning whatever the sport.
static OF_ANY_SPORT: [&Metric; 10] = [
    &DISTANCE,
    &TIMER,
    &MOVING_TIME,
    &ELAPSED,
    &AVG_HEART_RATE,
    &MAX_HEART_RATE,
    &ASCENT,
    &DESCENT,
    &ASCENT_BY_ALTITUDE,
    &DESCENT_BY_ALTITUDE,
];

/// The metrics to tell of.
fn told(seen: &Figures) -> impl Iterator<Item = &'static Metric> + use<> {
    if seen.is_run { METRICS } else { OF_ANY_SPORT.as_slice() }.iter().copied()
}

pub(super) fn notes(seen: &Seen) -> Vec<Block> {
    list(seen.clock_ground().into_iter().chain(seen.notes()).collect())
}

/// A value, the part of the recording that it rests on, and what it was computed from.
fn figure(metric: &Metric, measured: Measured, recorded_s: f64, units: Units) -> String {
    let covers_all = measured.over_s >= 0.995 * recorded_s;
    let over = if covers_all || measured.over_s <= 0.0 {
        String::new()
    } else {
        format!(" · over {} of {}", clock(measured.over_s), clock(recorded_s))
    };
    format!("{} · {}{over}", words::figure(metric, measured.value, units), words::ground(measured.basis))
}
