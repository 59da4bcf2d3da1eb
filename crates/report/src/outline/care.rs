//! What comes before all training.

use kneewise_core::triage::{Referral, comes_first};
use kneewise_read::time::DateExt;

use crate::Document;
use crate::hint::Hint;

use crate::words::printable;

use super::{Block, Item, Section};

pub(super) fn first(document: &Document) -> Section {
    let item = |care: &Referral| Item {
        name: care.care.to_owned(),
        text: format!("On {} {}", care.date.in_words(), sentence(&care.because)),
        detail: format!("when: {} · {}", care.urgency, Hint::Explain("red-flags".into())),
    };
    let care = &document.report.care;
    let items: Vec<Item> = care.iter().map(item).collect();
    let silent = "Until a doctor or physiotherapist has seen it, this report gives no advice on training. The measurements \
        follow below.";
    let changed = document.own.iter().flat_map(|file| file.on_pain.iter().map(move |what| (file, what)));
    let changed: Vec<String> = changed.map(|(file, what)| printable(&format!("{} {what}.", file.name))).collect();
    let mut blocks = if items.is_empty() { Vec::new() } else { vec![Block::Items(items)] };
    if !changed.is_empty() {
        blocks.push(Block::List(changed));
    }
    if comes_first(care) {
        blocks.push(Block::Text(silent.to_owned()));
    }
    Section { heading: super::CARE_HEADING.into(), blocks }
}

/// With its end.
fn sentence(text: &str) -> String {
    if text.ends_with('?') { text.to_owned() } else { format!("{text}.") }
}
