//! What a run adds to the runner's load, and its time in zones of heart rate.

use kneewise_core::load::zones;
use kneewise_core::load::{self, LADDER, LOADS, Load, SessionLoad};
use kneewise_core::{Run, Runner};
use kneewise_read::unit::{Unit, Units, clock, in_percent};

use crate::outline::{Block, Table};
use crate::words::{decimals, ground};

pub(super) fn blocks(run: &Run, runner: &Runner, units: Units) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Ok(rung) = LADDER.of(run, runner) {
        let text = format!(
            "The best load of this run is {}: the first of session-RPE, TRIMP, pace stress and duration that it has.",
            rung.load.name
        );
        blocks.push(Block::Text(text));
    }
    let facts = loads(run, runner).map(|(load, of_run)| {
        let text = match of_run {
            Ok(SessionLoad { measured, .. }) => {
                format!(
                    "{} · {} · over {}",
                    value(load, measured.value, units),
                    ground(measured.basis),
                    clock(measured.over_s)
                )
            }
            Err(needs) => format!("- · {needs}"),
        };
        (load.name.to_owned(), text)
    });
    blocks.push(Block::Facts(facts.collect()));
    blocks.extend(time_in_zones(run, runner));
    blocks
}

/// Every load but the ladder, which is one of the others.
pub(super) fn loads<'a>(
    run: &'a Run,
    runner: &'a Runner,
) -> impl Iterator<Item = (&'static Load, Result<SessionLoad, load::Missing>)> + use<'a> {
    let all = LOADS.iter().copied().filter(|load| load.id != LADDER.id);
    all.map(|load| (load, load.of(run, runner)))
}

fn value(load: &Load, value: f64, units: Units) -> String {
    match load.unit {
        Unit::Metres => units.distance(value),
        Unit::Seconds => clock(value),
        Unit::Count => decimals(value, 0),
        unit => format!("{} {unit}", decimals(value, 1)),
    }
}

/// The time in each zone, by the limits that are known.
fn time_in_zones(run: &Run, runner: &Runner) -> Vec<Block> {
    let zones = zones::of(run, runner);
    let Some(zones) = zones.filter(|_| run.heart_rate.total_s() > 0.0) else { return Vec::new() };
    let total_s: f64 = zones.zones.iter().map(|zone| zone.seconds).sum();
    let rows = (zones.zones.iter())
        .map(|zone| {
            // Hearts are counted in whole beats: a limit of 94.5 is met at 95.
            let met = |bpm: Option<f64>| bpm.map(|bpm| (bpm - 1e-9).ceil());
            let range = match (met(zone.from_bpm), met(zone.to_bpm)) {
                (None, Some(to)) => format!("below {to:.0} bpm"),
                (Some(from), None) => format!("from {from:.0} bpm"),
                (Some(from), Some(to)) => format!("{from:.0} to {to:.0} bpm"),
                (None, None) => "any".to_owned(),
            };
            vec![zone.name.to_owned(), range, clock(zone.seconds), in_percent(zone.seconds / total_s * 100.0)]
        })
        .collect();
    let header = ["zone", "heart rate", "time", "share"].map(Into::into).into();
    vec![Block::Table(Table { caption: format!("Time in zones: {}", zones.basis), header, rows, more: String::new() })]
}
