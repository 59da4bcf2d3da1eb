//! What could not be assessed, by what it would take.

use std::cmp::Reverse;

use kneewise_core::Finding;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::{Coverage, RECENT_DAYS, Remedy};
use kneewise_core::triage::comes_first;

use crate::hint::Hint;
use crate::words::{capital, printable};
use crate::{Detail, Document};

use super::findings::silent_of_late;
use super::{Block, Points, Section};

const NOT_LOOKED_AT: &str = "Neither a watch nor a diary records how strong the muscles are, how hip, knee and foot move, or what is going on \
    inside the knee. This report covers none of these. If something hurts and it persists, see a physiotherapist or doctor.";

pub(super) fn section(document: &Document) -> Section {
    let detail = document.detail;
    let mut by_remedy: Vec<(&str, Vec<&Finding>)> = Vec::new();
    for finding in document.report.of(FindingOutcome::NotAssessed) {
        let remedy = finding.remedy.as_ref().map_or("", Remedy::text);
        match by_remedy.iter_mut().find(|(known, _)| *known == remedy) {
            Some((_, findings)) => findings.push(finding),
            None => by_remedy.push((remedy, vec![finding])),
        }
    }
    // What would help most rules first. Stable: else the order of the rules stays.
    by_remedy.sort_by_key(|(_, findings)| Reverse(findings.len()));
    let (shared, alone): (Vec<_>, Vec<_>) = by_remedy.into_iter().partition(|(_, findings)| findings.len() > 1);
    let of_late: Vec<String> =
        silent_of_late(document).map(|(finding, coverage)| not_of_late(finding, coverage, detail)).collect();

    if comes_first(&document.report.care) {
        // What it would take is mostly more runs: no word for now.
        let could_not = document.report.of(FindingOutcome::NotAssessed).map(|finding| named(finding, Detail::Brief));
        let caption = "The needs of each are listed here once nothing comes before them".to_owned();
        let lines: Vec<String> = could_not.chain(of_late).collect();
        let rules = (!lines.is_empty()).then(|| points(caption, lines));
        let blocks = rules.into_iter().chain([Block::Text(NOT_LOOKED_AT.to_owned())]).collect();
        return Section { heading: "Could not be assessed".into(), blocks };
    }
    let mut blocks = Vec::new();
    if !shared.is_empty() || !alone.is_empty() {
        blocks.push(Block::Text("Grouped by what they need.".to_owned()));
        blocks.push(Block::Hint(Hint::ExplainEach));
    }
    blocks.extend(shared.into_iter().map(|(remedy, findings)| {
        points(capital(&printable(remedy)), findings.into_iter().map(|finding| named(finding, detail)).collect())
    }));
    if !alone.is_empty() {
        let line = |(remedy, findings): (&str, Vec<&Finding>)| {
            let names: Vec<String> = findings.into_iter().map(|finding| named(finding, detail)).collect();
            let (names, remedy) = (names.join(", "), printable(remedy));
            match detail {
                Detail::Brief => format!("{names}: {remedy}"),
                Detail::Full => format!("{names}. To have it assessed: {remedy}."),
            }
        };
        blocks.push(points("Each for a different reason".to_owned(), alone.into_iter().map(line).collect()));
    }
    if !of_late.is_empty() {
        let caption = format!("Assessed earlier, and not in the last {RECENT_DAYS} days");
        blocks.push(points(caption, of_late));
    }
    blocks.push(Block::Text(NOT_LOOKED_AT.to_owned()));
    Section { heading: "Could not be assessed".into(), blocks }
}

fn points(caption: String, lines: Vec<String>) -> Block {
    Block::Points(Points { caption, lines, more: String::new() })
}

/// A rule by both its names, with the reason where all is told.
fn named(finding: &Finding, detail: Detail) -> String {
    let Finding { name, rule, reason, .. } = finding;
    match (detail, reason) {
        (Detail::Full, Some(reason)) => format!("{name} ({rule}) {}", printable(reason)),
        _ => format!("{name} ({rule})"),
    }
}

fn not_of_late(finding: &Finding, coverage: Coverage, detail: Detail) -> String {
    let Finding { name, rule, needs, .. } = finding;
    match detail {
        Detail::Brief => format!("{name} ({rule})"),
        Detail::Full => format!("{name} ({rule}): 0 of {} {}. It needs {needs}.", coverage.recent_of, coverage.what),
    }
}
