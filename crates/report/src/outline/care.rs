//! What comes before all training, and what came before the pain.

use kneewise_core::before_pain::{FEWEST_DAYS, Rise, StoodOut, Tally};
use kneewise_core::metric;
use kneewise_core::rule::Quantity;
use kneewise_core::triage::{Care, comes_first};

use crate::Document;
use crate::words::{count, figure, quantity};

use super::{Block, Item, Section, Table};

/// So many rises, and so many figures over all of them, are shown.
const RISES: usize = 8;

pub(super) fn first(document: &Document) -> Section {
    let item = |care: &Care| Item {
        name: care.care.to_owned(),
        text: format!("On {} {}", care.date.strftime("%-d %b %Y"), sentence(&care.because)),
        detail: format!("somebody with training should look {} · kneewise explain red-flags", care.urgency),
    };
    let care = &document.report.care;
    let items: Vec<Item> = care.iter().map(item).collect();
    let silent = "Until somebody has looked at it, this report has nothing to consider about training. What was \
        measured stands below.";
    let mut blocks = if items.is_empty() { Vec::new() } else { vec![Block::Items(items)] };
    if comes_first(care) {
        blocks.push(Block::Text(silent.to_owned()));
    }
    Section { heading: "Before anything else", blocks }
}

/// With its end.
fn sentence(text: &str) -> String {
    if text.ends_with('?') { text.to_owned() } else { format!("{text}.") }
}

pub(super) fn before_pain(document: &Document) -> Section {
    const HEADING: &str = "What came before the pain";
    let Some(before) = &document.report.before_pain else { return Section { heading: HEADING, blocks: Vec::new() } };
    let mut blocks = vec![Block::Text(
        "Each rise of knee pain in your diary, and what stood outside your own usual range (that of 9 in 10 days) up to that \
         day. A sequence, not a cause: something stands out on any day, and the last column tells on how many of the other days it did."
            .to_owned(),
    )];
    blocks.extend(before.rises.iter().take(RISES).map(|rise| block(rise, document)));
    if before.rises.len() > 1 && !before.tallies.is_empty() {
        blocks.push(Block::Table(tallies(&before.tallies, before.rises.len())));
    }
    blocks.push(Block::Aside("kneewise explain before-pain".to_owned()));
    Section { heading: HEADING, blocks }
}

fn span(days: i64) -> String {
    if days == 1 { "the day itself".to_owned() } else { format!("{days} days") }
}

/// A table of what stood out, or a line where nothing did.
fn block(rise: &Rise, document: &Document) -> Block {
    let from = rise.from.map_or("no entry".to_owned(), |from| from.to_string());
    let caption = format!("{}: pain from {from} to {}", rise.date, rise.to);
    let row = |out: &StoodOut| {
        let of = |value: f64| match metric::find(out.metric) {
            Some(metric) => figure(metric, value, document.units),
            None => quantity(Quantity::new(value, out.value.unit), document.units),
        };
        let side = if out.value.value < out.low { "lower" } else { "higher" };
        vec![
            format!("{}, {}", out.name, span(out.days)),
            format!("{} ({side})", of(out.value.value)),
            format!("{} to {}", of(out.low), of(out.high)),
            format!("{:.0} %", out.anyway_percent),
        ]
    };
    let rows: Vec<Vec<String>> = rise.stood_out.iter().map(row).collect();
    let days = rise.compared_days;
    if days < FEWEST_DAYS {
        return Block::Text(format!(
            "{caption}. Nothing to compare with: {days} such days in the year before, and it needs {FEWEST_DAYS}."
        ));
    }
    if rows.is_empty() {
        return Block::Text(format!("{caption}. Nothing stood out, compared with {days} days of the year before."));
    }
    let more = format!("compared with {days} days of the year before");
    Block::Table(Table { caption, header: vec!["what", "up to the rise", "usual", "on other days"], rows, more })
}

fn tallies(tallies: &[Tally], rises: usize) -> Table {
    let row = |tally: &Tally| {
        vec![
            format!("{}, {}", tally.name, span(tally.days)),
            format!("{} of {}", tally.stood_out, count(tally.of, "rise")),
            format!("{:.0} %", tally.anyway_percent),
        ]
    };
    Table {
        caption: format!("Over all {rises} rises"),
        header: vec!["what", "stood out before", "on other days"],
        rows: tallies.iter().take(RISES).map(row).collect(),
        more: String::new(),
    }
}
