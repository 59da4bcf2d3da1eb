//! The whole report in a few lines.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kneewise_core::Finding;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::RECENT_DAYS;
use kneewise_core::triage::comes_first;
use kneewise_import::Outcome;
use kneewise_read::sport::Sport;
use kneewise_read::time::DateExt;

use crate::Document;
use crate::hint::Hint;
use crate::words::{count, sign};

use super::{Block, Section, findings};

/// A last run so long ago (days) is said.
const PAUSE_DAYS: i64 = 7;

pub(super) fn section(document: &Document) -> Section {
    let report = document.report;
    let rules = |outcome| report.of(outcome).map(|finding| finding.rule).collect::<BTreeSet<_>>().len();
    let fact = |name: &str, text: String| (name.to_owned(), text);
    let span = match report.settings.findings_since {
        Some(since) => format!("Since {}", since.in_words()),
        None => format!("Last {RECENT_DAYS} days"),
    };
    let mut facts = vec![fact(&span, recent(document))];
    facts.extend(last_run(document).map(|text| fact("Last run", text)));
    facts.extend(back(document).map(|text| fact("Back after a break", text)));
    let earlier = findings::earlier(document);
    if let Some(latest) = earlier.iter().filter_map(|finding| finding.window).map(|window| window.to).max() {
        facts.push(fact(
            "Before that",
            format!("{}, the latest on {}", count(earlier.len(), "finding"), latest.in_words()),
        ));
    }
    let not_found = rules(FindingOutcome::Clear);
    if not_found > 0 {
        facts.push(fact("Checked, nothing found", count(not_found, "pattern")));
    }
    let not_assessed = rules(FindingOutcome::NotAssessed);
    let of_late = findings::silent_of_late(document).count();
    let mut could_not: Vec<String> = Vec::new();
    could_not.extend((not_assessed > 0).then(|| count(not_assessed, "pattern")));
    could_not.extend((of_late > 0).then(|| format!("{of_late} not recently")));
    if !could_not.is_empty() {
        facts.push(fact(
            "Not assessed",
            format!("{}; the end of the report lists what they need", could_not.join(", ")),
        ));
    }
    facts.push(fact("If a knee hurts", Hint::Triage.to_string()));
    Section { heading: "In short".into(), blocks: vec![Block::Facts(facts)] }
}

/// `3 findings: ◆ Uneven ground contact, ○ Low step rate, ○ Abrupt change of form`.
fn recent(document: &Document) -> String {
    let findings = findings::of_late(document);
    if findings::nothing_assessed(document) {
        return "nothing could be assessed yet".to_owned();
    }
    if findings.is_empty() {
        return "nothing stood out in what could be assessed".to_owned();
    }
    let name = |finding: &&&Finding| format!("{} {}", finding.tier.map_or("", sign), finding.name);
    let (open, quiet): (Vec<&Finding>, Vec<&Finding>) =
        findings.into_iter().partition(|finding| findings::opens(finding));
    let mut names: Vec<String> = open.iter().map(|finding| name(&finding)).collect();
    names.dedup();
    match (open.len(), quiet.len()) {
        (0, n) => format!("nothing important; {} for context below", count(n, "finding")),
        (n, 0) => format!("{}: {}", count(n, "finding"), names.join(", ")),
        (n, more) => format!("{}: {}; {more} more for context below", count(n, "finding"), names.join(", ")),
    }
}

/// What to know of a comeback that goes on; nothing while something comes first.
fn back(document: &Document) -> Option<String> {
    let report = document.report;
    let pause = report.log.returning_on(report.as_of).filter(|_| !comes_first(&report.care))?;
    // Both ends of a pause are days with a run.
    let days = pause.days() - 1;
    let is_within = |day: Date| day > pause.last_run && day < pause.back;
    let rows = document.ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
    let unnamed = rows.flat_map(|row| &row.activities).filter(|activity| {
        matches!(activity.sport, Sport::Generic | Sport::Unknown) && activity.local_date.is_some_and(is_within)
    });
    let what = match unnamed.count() {
        0 => "days without a run",
        _ => "days without a run that names its sport (other files from those days name none)",
    };
    Some(format!("{days} {what}: build from where you are now, not from where you left off"))
}

/// The last run, where it was not of late.
fn last_run(document: &Document) -> Option<String> {
    let report = document.report;
    let last = report.log.runs().last()?.local_date;
    let days = report.as_of.days_since(last);
    (days >= PAUSE_DAYS).then(|| format!("{}, {days} days before the day of this report", last.in_words()))
}
