//! Everything else, folded, with a count that says whether there is something to see.

use std::collections::BTreeMap;

use kneewise_core::Finding;
use kneewise_core::knowledge::NO_SCALE;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule;
use kneewise_core::rule::Remedy;

use crate::chart::{CHARTS, Chart, Table};
use crate::digest::number;
use crate::outline::findings::{earlier, silent_of_late};
use crate::outline::{before_pain, origin};
use crate::words::capital;

use super::Page;
use super::figure::Figure;
use super::tag::{fold, list, paragraph, percent, scroll, table, text};
use super::{blocks, findings, runs, sources};

pub(super) fn all(page: &Page) -> String {
    let report = page.document.report;
    let counts = &page.digest.counts;
    let mut html = String::new();
    let others = findings::others(page);
    html += &fold(
        "more",
        "Also in the last 28 days",
        &number::things(others.len(), "finding"),
        &if others.is_empty() { String::new() } else { format!("<div class=\"more\">{}</div>", others.concat()) },
    );
    html += &before(page);
    let clear = findings::clear(page);
    let not_clearance =
        "<p class=\"quiet\">Nothing found is not clearance to run. Injuries come without these patterns too.</p>";
    let inner = if clear.is_empty() { String::new() } else { list(clear) + not_clearance };
    html += &fold("nothing-found", "Checked, nothing found", &number::things(counts.nothing_found, "pattern"), &inner);
    html += &fold(
        "not-assessed",
        "Could not be assessed",
        &number::things(counts.not_assessed, "pattern"),
        &not_assessed(page),
    );
    html += &earlier_findings(page);
    html += &described(page);
    html += &charts(page, "form", "Form", &["step-rate", "form-trend"]);
    html += &charts(page, "fitness", "Load over time", &["load", "intensity"]);
    html += &charts(page, "shoes", "Shoes", &["shoes"]);
    html += &charts(page, "risk", "How often longer runs are followed by an injury", &["risk"]);
    html += &charts(page, "calendar", "Calendar", &["calendar"]);
    html += &fold("all-runs", "All runs", &number::things(report.log.runs().len(), "run"), &runs::table_of_runs(page));
    html += &research(page);
    html += &rules(page);
    let named = sources::named(page);
    html += &fold(
        "sources",
        "Sources",
        &number::things(named.len(), "study").replace("studys", "studies"),
        &format!("{}<p class=\"quiet\">{}</p>", sources::list(&named), text(NO_SCALE)),
    );
    html += &fold("files", "Files", &number::things(page.digest.files.inputs, "file"), &files(page));
    html
}

/// What could not be assessed, by what it would take, what adds most first.
fn not_assessed(page: &Page) -> String {
    let mut by_remedy: Vec<(String, Vec<&str>)> = Vec::new();
    for finding in page.document.report.of(FindingOutcome::NotAssessed) {
        let remedy = if page.digest.care_first { "" } else { finding.remedy.as_ref().map_or("", Remedy::text) };
        let remedy = capital(remedy);
        match by_remedy.iter_mut().find(|(known, _)| *known == remedy) {
            Some((_, titles)) => titles.push(finding.brief.title),
            None => by_remedy.push((remedy, vec![finding.brief.title])),
        }
    }
    by_remedy.sort_by_key(|(_, titles)| std::cmp::Reverse(titles.len()));
    let line = |(remedy, titles): (String, Vec<&str>)| match remedy.as_str() {
        "" => text(&titles.join(", ")),
        _ => format!("<b>{}</b> <span>{}</span>", text(&remedy), text(&titles.join(", "))),
    };
    let silent = silent_of_late(page.document).map(|(finding, _)| text(finding.brief.title));
    let silent: Vec<String> = silent.collect();
    let silent = if silent.is_empty() {
        String::new()
    } else {
        format!("<h3>Assessed earlier, and not in the last 28 days</h3><p>{}</p>", silent.join(", "))
    };
    let all = list(by_remedy.into_iter().map(line)) + &silent;
    if all.is_empty() { all } else { format!("{all}<p class=\"quiet\">{}</p>", text(NOT_LOOKED_AT)) }
}

/// What no data of this program can tell.
const NOT_LOOKED_AT: &str = "Neither a watch nor a diary records how strong the muscles are, how hip, knee and foot move, or \
    what is going on inside the knee. If something hurts and it persists, see a physiotherapist or doctor.";

fn before(page: &Page) -> String {
    let rises = page.document.report.before_pain.as_ref().map_or(0, |before| before.rises.len());
    let inner = blocks::section(&before_pain::section(page.document, false));
    fold("before-pain", "Each rise of pain, and what came before it", &number::things(rises, "rise"), &inner)
}

/// A line a rule a year.
fn earlier_findings(page: &Page) -> String {
    let found = earlier(page.document);
    let mut lines: BTreeMap<(i16, &str), (usize, &Finding)> = BTreeMap::new();
    for finding in &found {
        let Some(window) = finding.window else { continue };
        let line = lines.entry((-window.to.year(), finding.rule)).or_insert((0, finding));
        line.0 += 1;
        let value = |finding: &Finding| finding.measured.map_or(0.0, |measured| measured.value.abs());
        if value(finding) > value(line.1) {
            line.1 = finding;
        }
    }
    let place = |finding: &Finding| page.document.report.findings.iter().position(|known| std::ptr::eq(known, finding));
    let row = |((year, _), (n, highest)): (&(i16, &str), &(usize, &Finding))| {
        let found = findings::described(page, place(highest)?, highest);
        let day = highest.window.map_or_else(String::new, |window| window.to.strftime("%-d %b").to_string());
        Some(vec![
            (-year).to_string(),
            found.title.into_owned(),
            n.to_string(),
            found.number,
            format!("flagged {}", found.limit),
            day,
        ])
    };
    let rows: Vec<Vec<String>> = lines.iter().filter_map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let header = ["Year", "Pattern", "Times", "Strongest", "Limit", "On"].map(str::to_owned).to_vec();
    let since = found.iter().filter_map(|finding| Some(finding.window?.to)).min();
    let since = since.map_or_else(String::new, |since| format!(" since {}", since.strftime("%b %Y")));
    let inner = scroll("Earlier findings", &table(&Table { header, rows }, "earlier"));
    fold("earlier", "Earlier findings", &format!("{}{since}", number::count(found.len())), &inner)
}

/// What is measured for context and never flagged.
fn described(page: &Page) -> String {
    let found: Vec<&Finding> = page.document.report.of(FindingOutcome::Described).collect();
    let lines =
        found.iter().map(|finding| format!("<b>{}</b> {}", text(finding.name), text(&percent(&finding.message))));
    fold("context", "For context, never flagged", &number::things(found.len(), "measure"), &list(lines))
}

/// Charts by their names, as far as there is something to draw.
fn charts(page: &Page, id: &str, heading: &str, names: &[&str]) -> String {
    let known = names.iter().filter_map(|name| CHARTS.iter().copied().find(|chart| chart.name == *name));
    let figure = |chart: &'static Chart| {
        let figure = Figure::of(chart, (1078.0, 280.0), 250.0).html(page);
        (!figure.is_empty()).then(|| format!("<h3>{}</h3>{figure}", text(chart.title)))
    };
    let figures: Vec<String> = known.filter_map(figure).collect();
    let count = number::things(figures.len(), "chart");
    fold(id, heading, &count, &figures.concat())
}

/// What the article says, as far as it bears on this runner.
fn research(page: &Page) -> String {
    let cards = &page.document.report.cards;
    let card = |card: &&kneewise_core::knowledge::card::Card| {
        let shorts: Vec<&str> = card.references.iter().map(|known| known.short).collect();
        format!("<h3>{}</h3>{}{}", text(card.name), paragraph(&percent(card.short)), sources::links(&shorts))
    };
    let inner: String = cards.iter().map(card).collect();
    fold("research", "What the article says, and what research found", &number::things(cards.len(), "card"), &inner)
}

/// The manual pages of the rules that found something.
fn rules(page: &Page) -> String {
    let report = page.document.report;
    let mut ids: Vec<&str> =
        report.of(FindingOutcome::Flagged).filter(|found| report.is_recent(found)).map(|found| found.rule).collect();
    ids.extend(page.digest.standouts.iter().map(|found| found.rule.as_ref()));
    ids.sort_unstable();
    ids.dedup();
    let known: Vec<_> = ids.iter().filter_map(|id| rule::find(id)).collect();
    let manual = |known: &&rule::Rule| {
        format!(
            "<section id=\"rule-{}\"><h3>{}</h3>{}</section>",
            known.id,
            text(known.name),
            super::markdown::html(known.doc)
        )
    };
    let inner: String = known.iter().map(manual).collect();
    fold("rules", "How each finding is worked out", &number::things(known.len(), "pattern"), &inner)
}

fn files(page: &Page) -> String {
    let files = &page.digest.files;
    format!("<p>{}</p>{}", text(&files.text()), blocks::section(&origin::files(page.document)))
}
