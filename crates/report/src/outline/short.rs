//! The whole report in a few lines.

use std::collections::BTreeSet;

use kneewise_core::Finding;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::{RECENT_DAYS, Tier};

use crate::Document;
use crate::words::{count, sign};

use super::{Block, Section, findings};

pub(super) fn section(document: &Document) -> Section {
    let report = document.report;
    let flagged = || report.of(FindingOutcome::Flagged);
    let rules = |outcome| report.of(outcome).map(|finding| finding.rule).collect::<BTreeSet<_>>().len();
    let fact = |name: &str, text: String| (name.to_owned(), text);
    let mut facts = vec![fact(&format!("Last {RECENT_DAYS} days"), recent(document))];
    let earlier: Vec<&Finding> = flagged().filter(|finding| !report.is_recent(finding)).collect();
    if let Some(latest) = earlier.iter().filter_map(|finding| finding.window).map(|window| window.to).max() {
        facts.push(fact("Before that", format!("{}, the latest of {latest}", count(earlier.len(), "finding"))));
    }
    let not_found = rules(FindingOutcome::Clear);
    if not_found > 0 {
        facts.push(fact("Not found", format!("{} that were looked for", count(not_found, "pattern"))));
    }
    let not_assessed = rules(FindingOutcome::NotAssessed);
    let of_late = findings::silent_of_late(document).count();
    let mut could_not: Vec<String> = Vec::new();
    could_not.extend((not_assessed > 0).then(|| count(not_assessed, "pattern")));
    could_not.extend((of_late > 0).then(|| format!("{of_late} not of late")));
    if !could_not.is_empty() {
        facts.push(fact("Not assessed", format!("{}; what it would take stands at the end", could_not.join(", "))));
    }
    Section { heading: "In short", blocks: vec![Block::Facts(facts)] }
}

/// `3 findings: ◆ 1 notice, ○ 2 info`.
fn recent(document: &Document) -> String {
    let report = document.report;
    let recent: Vec<&Finding> =
        report.of(FindingOutcome::Flagged).filter(|finding| report.is_recent(finding)).collect();
    if findings::nothing_assessed(document) {
        return "nothing could be assessed yet".to_owned();
    }
    if recent.is_empty() {
        return "nothing stood out in what could be assessed".to_owned();
    }
    let of = |tier: &Tier| {
        let n = recent.iter().filter(|finding| finding.tier == Some(*tier)).count();
        (n > 0).then(|| format!("{} {n} {tier}", sign(*tier)))
    };
    let tiers: Vec<String> = Tier::ALL.iter().rev().filter_map(of).collect();
    format!("{}: {}", count(recent.len(), "finding"), tiers.join(", "))
}
