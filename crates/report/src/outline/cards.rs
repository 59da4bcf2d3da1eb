//! What is often said, and what research found.

use kneewise_core::knowledge::reference;

use crate::Document;
use crate::hint::Hint;

use super::{Block, Item, Section};

pub(super) fn section(document: &Document) -> Section {
    let item = |card: &&kneewise_core::knowledge::card::Card| Item {
        name: card.name.to_owned(),
        text: card.short.to_owned(),
        detail: format!("{} · {}", reference::shorts(card.references).join(", "), Hint::Explain(card.id.into())),
    };
    let items: Vec<Item> = document.report.cards.iter().map(item).collect();
    let blocks = if items.is_empty() { Vec::new() } else { vec![Block::Items(items)] };
    Section { heading: "Often said, and what research found".into(), blocks }
}
