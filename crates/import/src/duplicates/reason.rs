//! Why a recording is left out, in words.

use super::sets::WORTH_A_WORD_S;
use super::{LONGER, Place, is_damaged, rank, recording};
use crate::item::Item;

/// Distances of copies that differ by more than this share are told.
const TOLD_DIFFERENCE: f64 = 0.1;

/// Why `copy` is left out for `original`, whose clock is `moved_s` seconds later.
pub(super) fn reason(items: &[Item], copy: Place, original: Place, moved_s: f64) -> String {
    if copy.0 == original.0 {
        return "the same activity as another in this file".to_owned();
    }
    let name = &items[original.0].row.path;
    let (left, kept) = (rank(items, copy), rank(items, original));
    let why = if recording(items, original).recorded_s > LONGER * recording(items, copy).recorded_s {
        ", which covers more of it"
    } else if (kept.is_run, kept.names_sport) > (left.is_run, left.names_sport) {
        ", which names its sport"
    } else if is_damaged(items, copy) && !is_damaged(items, original) {
        ", which is not damaged"
    } else if kept.richness > left.richness {
        ", which holds more"
    } else {
        ""
    };
    let what =
        if why.is_empty() { format!("a copy of {name}") } else { format!("the same activity as in {name}{why}") };
    let (own_m, kept_m) = (recording(items, copy).distance_m, recording(items, original).distance_m);
    let is_whole = recording(items, copy).recorded_s * LONGER > recording(items, original).recorded_s;
    let differs = own_m
        .zip(kept_m)
        .filter(|(a, b)| is_whole && f64::from((a - b).abs()) > TOLD_DIFFERENCE * f64::from(a.max(*b)));
    let distance = differs.map_or(String::new(), |(own, kept)| {
        format!("; it has {:.2} km, the other {:.2} km", own / 1000.0, kept / 1000.0)
    });
    format!("{what}{distance}{}", clock(moved_s))
}

/// By how much a clock was off, where it was worth a word.
fn clock(moved_s: f64) -> String {
    let minutes = (moved_s.abs() / 60.0).round();
    let by = match ((minutes / 60.0).trunc(), minutes % 60.0) {
        (0.0, minutes) => format!("{minutes} min"),
        (hours, 0.0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    match moved_s {
        s if s.abs() < WORTH_A_WORD_S => String::new(),
        s if s > 0.0 => format!("; its time is {by} earlier"),
        _ => format!("; its time is {by} later"),
    }
}
