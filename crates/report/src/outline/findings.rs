//! What the rules say, in the order in which it is read: of late, before, not found, not assessed.

use std::cmp::Reverse;

use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::{Coverage, RECENT_DAYS, Tier};
use kneewise_core::unit::Units;
use kneewise_core::{Finding, Run};

use crate::Document;
use crate::words::{file_name, meaning, printable, quantity, sign};

use super::{Block, Card, Item, Section, Table};

/// Rows of a table of earlier findings.
const EARLIER_ROWS: usize = 8;

const NOT_CLEARANCE: &str = "Not found is not clearance to run: injuries come without these patterns too.";

const NOT_LOOKED_AT: &str = "Not looked at, because neither a watch nor a diary can tell: how strong the muscles are, \
    how hip, knee and foot move, what is going on inside the knee. This report says nothing about them, for or against. If \
    something hurts and it persists, see a physiotherapist or doctor.";

pub(super) fn recent(document: &Document) -> Section {
    let report = document.report;
    let mut findings: Vec<&Finding> =
        report.of(FindingOutcome::Flagged).filter(|finding| report.is_recent(finding)).collect();
    // Stable: within an area what weighs more is read first.
    findings.sort_by_key(|finding| (finding.area, Reverse(finding.tier)));
    let mut blocks = Vec::new();
    if report.findings.iter().all(|finding| finding.outcome == FindingOutcome::NotAssessed) {
        // Silence of rules that could not look is not even "nothing stood out".
        blocks.push(Block::Text("Nothing could be assessed yet. What each rule would need stands below.".to_owned()));
    } else if findings.is_empty() {
        let some_could_not_look =
            silent_of_late(document).next().is_some() || report.of(FindingOutcome::NotAssessed).next().is_some();
        let of_what = if some_could_not_look { ", in what could be assessed" } else { "" };
        blocks.push(Block::Text(format!(
            "Nothing stood out in the last {RECENT_DAYS} days{of_what}. That is not the same as no risk."
        )));
    } else {
        let tiers = Tier::ALL.iter().rev().map(|tier| format!("{} {tier}: {}", sign(*tier), meaning(*tier)));
        blocks.push(Block::Aside(tiers.collect::<Vec<_>>().join(" · ")));
    }
    for (i, finding) in findings.iter().enumerate() {
        let is_last_of_rule = findings.get(i + 1).is_none_or(|next| next.rule != finding.rule);
        blocks.push(Block::Finding(Card {
            tier: finding.tier.unwrap_or(Tier::Info),
            name: finding.name,
            evidence: format!("{} evidence", finding.evidence),
            message: printable(&told(finding)),
            facts: facts(finding, document),
            not_known: is_last_of_rule.then(|| finding.not_known.to_owned()),
        }));
    }
    Section { heading: "Findings of the last 28 days", blocks }
}

pub(super) fn earlier(document: &Document) -> Section {
    let report = document.report;
    let findings: Vec<&Finding> =
        report.of(FindingOutcome::Flagged).filter(|finding| !report.is_recent(finding)).collect();
    let table = |findings: &[&Finding]| {
        let rows = findings.iter().take(EARLIER_ROWS).map(|finding| {
            let measured = measured(finding, document.units).unwrap_or_default();
            let limit = finding.limit.map_or_else(String::new, |limit| quantity(limit, document.units));
            let tier = finding.tier.unwrap_or(Tier::Info);
            let date = finding.window.map_or_else(String::new, |window| window.to.to_string());
            let tier = format!("{} {tier}", sign(tier));
            vec![date, measured, limit, tier, distance(finding, document), files(finding, document)]
        });
        let more = match findings.len().saturating_sub(EARLIER_ROWS) {
            0 => String::new(),
            n => format!("and {n} more, in the JSON form of this report"),
        };
        let first = findings[0];
        let caption = format!("{} ({} evidence; {})", first.name, first.evidence, explain(first));
        Table {
            caption,
            header: vec!["until", "measured", "limit", "tier", document.units.long_symbol(), "file"],
            rows: rows.collect(),
            more,
        }
    };
    let tables = findings.chunk_by(|a, b| a.rule == b.rule).map(|findings| Block::Table(table(findings)));
    Section { heading: "Earlier findings", blocks: tables.collect() }
}

pub(super) fn not_found(document: &Document) -> Section {
    let items: Vec<Item> = (document.report.of(FindingOutcome::Clear))
        .map(|finding| Item {
            name: finding.name.to_owned(),
            text: printable(&finding.message),
            detail: format!("{} evidence · {}", finding.evidence, facts(finding, document)),
        })
        .collect();
    let blocks =
        if items.is_empty() { Vec::new() } else { vec![Block::Items(items), Block::Aside(NOT_CLEARANCE.to_owned())] };
    Section { heading: "Looked for and not found", blocks }
}

/// What is measured for context and never flagged.
pub(super) fn described(document: &Document) -> Section {
    let item = |finding: &Finding| Item {
        name: finding.name.to_owned(),
        text: printable(&finding.message),
        detail: format!("{} evidence · {}", finding.evidence, facts(finding, document)),
    };
    let items: Vec<Item> = document.report.of(FindingOutcome::Described).map(item).collect();
    let blocks = if items.is_empty() { Vec::new() } else { vec![Block::Items(items)] };
    Section { heading: "For context, never a flag", blocks }
}

pub(super) fn not_assessed(document: &Document) -> Section {
    let item = |finding: &Finding, text: String| Item { name: finding.name.to_owned(), text, detail: explain(finding) };
    let never = (document.report.of(FindingOutcome::NotAssessed)).map(|finding| {
        let reason = printable(finding.reason.as_deref().unwrap_or_default());
        let remedy = finding.remedy.as_deref().map(|remedy| format!(" What it would take: {}.", printable(remedy)));
        item(finding, format!("It {reason}.{}", remedy.unwrap_or_default()))
    });
    let of_late = silent_of_late(document).map(|(finding, coverage)| {
        let (n, what) = (coverage.recent_of, coverage.what);
        let text = format!("Not of late: 0 of {n} {what} in the last {RECENT_DAYS} days. It needs {}.", finding.needs);
        item(finding, text)
    });
    let items: Vec<Item> = never.chain(of_late).collect();
    let rules = (!items.is_empty()).then_some(Block::Items(items));
    let blocks = rules.into_iter().chain([Block::Text(NOT_LOOKED_AT.to_owned())]).collect();
    Section { heading: "Could not be assessed", blocks }
}

/// The rules that could look at the log, but not at its last weeks; each once.
fn silent_of_late<'a>(document: &'a Document) -> impl Iterator<Item = (&'a Finding, Coverage)> {
    let by_rule = document.report.findings.chunk_by(|a, b| a.rule == b.rule).map(|findings| &findings[0]);
    by_rule.filter_map(|finding| Some((finding, finding.coverage.filter(Coverage::is_silent_of_late)?)))
}

/// All sentences of a finding: what was measured, what studies say of it, one thing to consider, why it weighs more.
fn told(finding: &Finding) -> String {
    let raised = (!finding.raised_by.is_empty()).then(|| {
        let by: Vec<String> = finding.raised_by.iter().map(ToString::to_string).collect();
        format!("It weighs one tier more because of {}.", by.join(" and "))
    });
    let parts = [Some(finding.message.clone()), finding.study.clone(), finding.consider.clone(), raised];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The numbers and studies of a finding and where its rule is told: `measured 1.42 · limit 1.30 · Frandsen 2025 · assessed
/// 310 of 346 runs · kneewise explain session-spike`.
fn facts(finding: &Finding, document: &Document) -> String {
    let units = document.units;
    let measured = measured(finding, units).map(|measured| format!("measured {measured}"));
    let limit = finding.limit.map(|limit| format!("limit {}", quantity(limit, units)));
    let studies = Some(finding.references.join(", ")).filter(|studies| !studies.is_empty());
    let coverage = finding.coverage.map(assessed);
    let files = Some(files(finding, document)).filter(|files| !files.is_empty());
    [measured, limit, files, studies, coverage, Some(explain(finding))]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// `assessed 326 of 344 runs, 18 without ...`
fn assessed(coverage: Coverage) -> String {
    let without = match coverage.without {
        "" => String::new(),
        what => format!(", {} without {what}", coverage.of - coverage.assessed),
    };
    format!("assessed {coverage}{without}")
}

/// The files of the runs that a finding rests on, as `kneewise show` takes them: one, or the first and how many more.
fn files(finding: &Finding, document: &Document) -> String {
    let runs = finding.runs.iter().filter_map(|id| document.report.log.run(id));
    let names: Vec<&str> = runs.flat_map(|run| &run.sources).map(|source| file_name(&source.name)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => printable(one),
        [first, second] => printable(&format!("{first}, {second}")),
        [first, rest @ ..] => printable(&format!("{first} and {} more", rest.len())),
    }
}

/// The distance of the first run that a finding rests on; of one on many there is none to name.
fn distance(finding: &Finding, document: &Document) -> String {
    const COMPARED: usize = 2;
    let first = finding.runs.first().filter(|_| finding.runs.len() <= COMPARED);
    let metres = first.and_then(|id| document.report.log.run(id)).and_then(Run::distance_m);
    metres.map_or_else(|| "-".to_owned(), |metres| format!("{:.1}", metres / document.units.metres_per_long_unit()))
}

/// What to type to read how the rule works.
fn explain(finding: &Finding) -> String {
    format!("kneewise explain {}", finding.rule)
}

/// The measured value, in words where rounding would make it the limit.
fn measured(finding: &Finding, units: Units) -> Option<String> {
    let measured = finding.measured?;
    let text = quantity(measured, units);
    Some(match finding.limit {
        Some(limit) if text != quantity(limit, units) || measured.value == limit.value => text,
        Some(limit) if measured.value > limit.value => format!("just over {text}"),
        Some(_) => format!("just under {text}"),
        None => text,
    })
}
