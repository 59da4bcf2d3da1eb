//! The splits of a recording as a table.

use kneewise_core::split::{DistanceSplit, splits};
use kneewise_core::trace::Trace;
use kneewise_core::unit::{Units, clock};

use crate::outline::{Block, Table};

/// Splits that a table shows; JSON has all.
const MOST: usize = 100;

pub(super) fn blocks(trace: &Trace, units: Units) -> Vec<Block> {
    let every_m = units.metres_per_long_unit();
    let all = splits(trace, every_m);
    if all.is_empty() {
        return Vec::new();
    }
    let rows = all.iter().take(MOST).map(|split| row(split, every_m, units)).collect();
    let more = match all.len().saturating_sub(MOST) {
        0 => String::new(),
        n => format!("and {n} more"),
    };
    let caption = format!("Each {}, pauses left out", units.long_symbol());
    let header = vec![units.long_symbol(), "time", "pace", "bpm", "spm", "up or down"];
    vec![Block::Table(Table { caption, header, rows, more })]
}

fn row(split: &DistanceSplit, every_m: f64, units: Units) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.0}"));
    let at = split.to_m / every_m;
    let whole = split.to_m - split.from_m >= every_m - 1e-6;
    vec![
        if whole { format!("{at:.0}") } else { format!("{at:.2}") },
        clock(split.seconds),
        units.pace_at(split.speed_mps()),
        number(split.heart_rate_bpm),
        number(split.step_rate_spm),
        split.altitude_change_m.map_or_else(|| "-".to_owned(), |metres| format!("{metres:+.0} m")),
    ]
}
