//! The splits of a recording as a table.

use kneewise_core::measure::split::{DistanceSplit, splits};
use kneewise_core::measure::trace::Trace;
use kneewise_read::unit::{Units, clock};

use crate::outline::{Block, Table};
use crate::words::height;

/// Splits that a table shows; JSON has all.
const MOST: usize = 100;

pub(super) fn blocks(trace: &Trace, units: Units) -> Vec<Block> {
    let every_m = units.metres_per_long_unit();
    let mut all = splits(trace, every_m);
    // Some metres behind the last kilometre are no split of their own.
    all.pop_if(|last| last.to_m - last.from_m < LEAST_SHARE * every_m);
    if all.iter().all(|split| split.seconds <= 0.0) {
        return Vec::new();
    }
    let rows = all.iter().take(MOST).map(|split| row(split, every_m, units)).collect();
    let more = match all.len().saturating_sub(MOST) {
        0 => String::new(),
        n => format!("and {n} more"),
    };
    let gaps = if all.iter().all(DistanceSplit::is_sampled) { "" } else { "; * of the part with samples alone" };
    let caption = format!("Each {}, pauses left out{gaps}", units.long_symbol());
    let header = [units.long_symbol(), "time", "pace", "bpm", "spm", "up or down"].map(Into::into).into();
    vec![Block::Table(Table { caption, header, rows, more })]
}

/// Less of a kilometre or mile than this at the end is left out.
const LEAST_SHARE: f64 = 0.01;

fn row(split: &DistanceSplit, every_m: f64, units: Units) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.0}"));
    let at = split.to_m / every_m;
    let whole = split.to_m - split.from_m >= every_m - 1e-6;
    vec![
        if whole { format!("{at:.0}") } else { format!("+{:.2}", (split.to_m - split.from_m) / every_m) },
        if split.is_sampled() { clock(split.seconds) } else { format!("{}*", clock(split.seconds)) },
        if split.seconds > 0.0 { units.pace_at(split.speed_mps()) } else { "-".to_owned() },
        number(split.heart_rate_bpm),
        number(split.step_rate_spm),
        split.altitude_change_m.map_or_else(|| "-".to_owned(), |metres| climb(metres, units)),
    ]
}

/// A change of height with its sign.
fn climb(metres: f64, units: Units) -> String {
    let text = height(metres, units);
    if metres > 0.0 && !text.starts_with("0 ") { format!("+{text}") } else { text }
}
