//! The distance of each pair of shoes, with the distance at which they are usually replaced.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kneewise_core::Report;
use kneewise_read::unit::Units;

use crate::digest::number;
use crate::words::printable;

use super::drawing::{Anchor, Drawing, Path, Sign, Table};
use super::scale::Values;
use super::text::{day, distance, n};
use super::{Chart, Data, View};

pub(crate) static SHOES: Chart = Chart { name: "shoes", title: "Distance in each pair of shoes", draw };

/// So many pairs are drawn, the last worn first.
const MOST: usize = 12;
const ROW_PX: f64 = 40.0;
const HEAD_PX: f64 = 26.0;

/// A pair: its name, metres run in it, runs, its limit and the last day.
struct Pair {
    name: String,
    metres: f64,
    runs: usize,
    limit_m: f64,
    last: Date,
}

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, units) = (data.report, data.units);
    let pairs = pairs(report);
    if pairs.is_empty() {
        return Drawing::nothing(SHOES.title, view.size(), "No shoes in the profile, and no gear named by a file");
    }
    let size = (view.width_px.min(760.0), HEAD_PX + ROW_PX * pairs.len() as f64 + 26.0);
    let mut drawing = Drawing::new(SHOES.title, size);
    let km = units.metres_per_long_unit();
    let right = size.0 - 70.0;
    let highest = pairs.iter().map(|pair| pair.metres.max(pair.limit_m)).fold(1.0, f64::max);
    let scale = Values::holding(0.0, highest * 1.02 / km, (0.0, right));
    let x = |value: f64| right - scale.at(value);
    let bottom = HEAD_PX + ROW_PX * pairs.len() as f64;
    let (mut bars, mut over, mut limits, mut axis) = <(Path, Path, Path, Path)>::default();
    for (i, pair) in pairs.iter().enumerate() {
        let top = HEAD_PX + i as f64 * ROW_PX;
        let is_over = pair.metres > pair.limit_m;
        drawing.label((0.0, top + 12.0), Anchor::Start, "t b", pair.name.clone());
        let end = x(pair.metres / km);
        if is_over {
            over.bar(0.0, top + 18.0, end, top + 32.0);
        } else {
            bars.bar(0.0, top + 18.0, end, top + 32.0);
        }
        limits.line((x(pair.limit_m / km), top + 14.0), (x(pair.limit_m / km), top + 36.0));
        let class = if is_over { "t flagged" } else { "t" };
        drawing.label((end + 6.0, top + 29.0), Anchor::Start, class, number::distance(pair.metres, units));
    }
    axis.line((0.0, bottom + 4.0), (right, bottom + 4.0));
    for mark in &scale.marks {
        axis.line((x(*mark), bottom + 4.0), (x(*mark), bottom + 8.0));
        let anchor = if *mark == 0.0 { Anchor::Start } else { Anchor::Middle };
        drawing.label((x(*mark), bottom + 21.0), anchor, "t m", scale.plain(*mark));
    }
    drawing.label((0.0, 12.0), Anchor::Start, "t m", units.long_symbol());
    drawing.shape("bar", bars);
    drawing.shape("bar over", over);
    drawing.shape("limit", limits);
    drawing.shape("axis", axis);
    drawing.key("limit", Sign::Line, "usual limit, a rule of thumb");
    drawing.key("bar over", Sign::Box, "above it");
    let above = pairs.iter().filter(|pair| pair.metres > pair.limit_m).count();
    drawing.description = format!("{}, {above} above the limit.", n(pairs.len(), "pair"));
    drawing.table = table(&pairs, report, units);
    drawing
}

/// The pairs of the profile, or else the gear that files name; the last worn first.
fn pairs(report: &Report) -> Vec<Pair> {
    let usual = report.settings.rules.shoe_age.limit_m;
    let begins = report.log.first_day();
    // What files name counts where the profile names no shoes.
    let by_files = report.runner.shoes.is_empty();
    let mut sums: BTreeMap<String, Pair> = BTreeMap::new();
    for run in report.log.runs() {
        for (shoe, part) in report.runner.shoes_of(run) {
            let gear = part.gear.as_deref().or(run.gear.as_deref()).filter(|_| by_files);
            let Some(name) = shoe.map(|shoe| shoe.name.as_str()).or(gear) else { continue };
            let before_m = shoe.map_or(0.0, |shoe| shoe.distance_m(0.0, begins));
            let limit_m = shoe.and_then(|shoe| shoe.limit_m).unwrap_or(usual);
            let pair = sums.entry(name.to_owned()).or_insert_with(|| Pair {
                name: printable(name).chars().take(40).collect(),
                metres: before_m,
                runs: 0,
                limit_m,
                last: run.local_date,
            });
            pair.metres += part.distance_m.unwrap_or(0.0);
            pair.runs += 1;
            pair.last = run.local_date;
        }
    }
    let mut pairs: Vec<Pair> = sums.into_values().collect();
    pairs.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.name.cmp(&b.name)));
    pairs.truncate(MOST);
    pairs
}

fn table(pairs: &[Pair], report: &Report, units: Units) -> Table {
    let row = |pair: &Pair| {
        vec![
            pair.name.clone(),
            distance(pair.metres, units),
            distance(pair.limit_m, units),
            pair.runs.to_string(),
            day(pair.last, report.as_of),
        ]
    };
    Table {
        header: ["Pair", "Distance", "Limit", "Runs", "Last worn"].map(str::to_owned).to_vec(),
        rows: pairs.iter().map(row).collect(),
    }
}
