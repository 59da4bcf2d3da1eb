//! What came before the pain.

use kneewise_core::before_pain::{FEWEST_DAYS, Rise, SPANS, StoodOut, Tally};
use kneewise_core::metric;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::{Area, Quantity};
use kneewise_core::time::DateExt;
use kneewise_core::unit::Units;

use crate::Document;
use crate::words::{capital, count, figure, quantity};

use super::{Block, Points, Section, Table};

/// So many rises, and so many figures over all of them, are shown.
const MOST: usize = 8;

/// The days up to a rise whose findings are named beside it.
const LOOKED_BACK: i64 = SPANS[SPANS.len() - 1];

pub(super) fn section(document: &Document) -> Section {
    const HEADING: &str = "What came before the pain";
    let Some(before) = &document.report.before_pain else { return Section { heading: HEADING, blocks: Vec::new() } };
    let mut blocks = vec![Block::Text(
        "Each rise of knee pain in your diary, and what stood outside your own usual range (that of 9 in 10 days) up to that \
         day. A sequence, not a cause: something stands out before any day, and each line tells on how many of your other days it did too."
            .to_owned(),
    )];
    blocks.extend(before.rises.iter().take(MOST).map(|rise| Block::Points(points(rise, document))));
    let share_days = |pair: &[Rise]| pair[0].date.days_since(pair[1].date) < LOOKED_BACK;
    if before.rises.windows(2).any(share_days) {
        blocks.push(Block::Aside(format!(
            "Rises less than {LOOKED_BACK} days apart share days, so that one run may stand out before several of them."
        )));
    }
    if before.rises.len() > 1 && !before.tallies.is_empty() {
        blocks.push(Block::Table(tallies(&before.tallies, before.rises.len())));
    }
    blocks.push(Block::Aside("kneewise explain before-pain".to_owned()));
    Section { heading: HEADING, blocks }
}

fn points(rise: &Rise, document: &Document) -> Points {
    let from = rise.from.map_or("no entry".to_owned(), |from| from.to_string());
    let caption = format!("{}: pain from {from} to {}", rise.date, rise.to);
    let days = rise.compared_days;
    let mut lines: Vec<String> = by_figure(&rise.stood_out).map(|spans| point(spans, document.units)).collect();
    let more = if days < FEWEST_DAYS {
        lines
            .push(format!("Nothing to compare with: {days} such days in the year before, and it needs {FEWEST_DAYS}."));
        String::new()
    } else {
        if lines.is_empty() {
            lines.push("No figure stood out.".to_owned());
        }
        format!("compared with {days} days of the year before")
    };
    lines.extend(findings(rise, document));
    Points { caption, lines, more }
}

/// What stood out, each figure with all its spans, the shortest first.
fn by_figure(stood_out: &[StoodOut]) -> impl Iterator<Item = &[StoodOut]> {
    stood_out.chunk_by(|a, b| a.name == b.name)
}

/// `Longest run of the day: 16.00 km, usually 5.00 km to 10.50 km; so on 3 of 100 other days. Also over 7 and 14 days.`
fn point(spans: &[StoodOut], units: Units) -> String {
    let Some((out, longer)) = spans.split_first() else { return String::new() };
    let of = |value: f64| match metric::find(out.metric) {
        Some(metric) => figure(metric, value, units),
        None => quantity(Quantity::new(value, out.value.unit), units),
    };
    let also: Vec<String> = longer.iter().map(|out| out.days.to_string()).collect();
    let also = if also.is_empty() { String::new() } else { format!(" Also over {} days.", also.join(" and ")) };
    format!(
        "{} {}: {}, usually {} to {}; outside that on {:.0} of 100 other days.{also}",
        capital(out.name),
        span(out.days),
        of(out.value.value),
        of(out.low),
        of(out.high),
        out.anyway_percent,
    )
}

fn span(days: i64) -> String {
    if days == 1 { "of the day".to_owned() } else { format!("of {days} days") }
}

/// The flags of load, form, shoes and person that end in the days looked at, by name.
fn findings(rise: &Rise, document: &Document) -> Option<String> {
    let flagged = document.report.of(FindingOutcome::Flagged).filter(|finding| finding.area != Area::Pain);
    let near = flagged.filter_map(|finding| {
        let to = finding.window?.to;
        (0..LOOKED_BACK).contains(&rise.date.days_since(to)).then(|| format!("{} ({to})", finding.rule))
    });
    let near: Vec<String> = near.collect();
    (!near.is_empty()).then(|| format!("Findings of these {LOOKED_BACK} days: {}.", near.join(", ")))
}

fn tallies(tallies: &[Tally], rises: usize) -> Table {
    let row = |tally: &Tally| {
        vec![
            format!("{} {}", tally.name, span(tally.days)),
            format!("{} of {}", tally.stood_out, count(tally.of, "rise")),
            format!("{:.0} %", tally.anyway_percent),
        ]
    };
    Table {
        caption: format!("Over all {rises} rises"),
        header: vec!["what", "stood out before", "on other days"],
        rows: tallies.iter().take(MOST).map(row).collect(),
        more: String::new(),
    }
}
