//! What the rules say, in the order in which it is read: of late, before, not found, not assessed.

use kneewise_read::time::DateExt;
use std::cmp::Reverse;

use jiff::civil::Date;
use kneewise_core::Finding;
use kneewise_core::knowledge::NO_SCALE;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::{self, Area, Coverage, RECENT_DAYS, Rule, Tier};
use kneewise_core::triage::comes_first;
use kneewise_read::unit::{Unit, Units};

use crate::hint::Hint;
use crate::words::{decimals, file_name, meaning, printable, quantity, sign};
use crate::{Detail, Document};

use super::{Block, Card, Item, Section};

const NOT_CLEARANCE: &str = "Not found is not clearance to run: injuries come without these patterns too.";

/// Whether no rule could look at all.
pub(crate) fn nothing_assessed(document: &Document) -> bool {
    document.report.findings.iter().all(|finding| finding.outcome == FindingOutcome::NotAssessed)
}

/// The flags of the last days in the order in which they are read: by area, within one what weighs
/// more first.
pub(crate) fn of_late<'a>(document: &'a Document) -> Vec<&'a Finding> {
    let report = document.report;
    let mut findings: Vec<&Finding> =
        report.of(FindingOutcome::Flagged).filter(|finding| report.is_recent(finding)).collect();
    // One event is one story: what else a run raised stands with the first finding that it made.
    let told: Vec<&Finding> = findings.clone();
    findings.retain(|finding| leads(finding, &told));
    findings.sort_by_key(|finding| (!opens(finding), finding.area, Reverse(finding.tier)));
    findings
}

/// The flags of before the last days, each event once; an event that is told among those of the
/// last days is not told again.
pub(crate) fn earlier<'a>(document: &'a Document) -> Vec<&'a Finding> {
    let report = document.report;
    let (recent, earlier): (Vec<&Finding>, Vec<&Finding>) =
        report.of(FindingOutcome::Flagged).partition(|finding| report.is_recent(finding));
    let is_told =
        |finding: &Finding| finding.made_by.is_some() && recent.iter().any(|other| other.made_by == finding.made_by);
    let leading = earlier.iter().copied().filter(|finding| leads(finding, &earlier) && !is_told(finding));
    leading.collect()
}

/// Whether a finding is the one with which its event is told: the highest tier, and of those the
/// first rule.
pub(crate) fn leads(finding: &Finding, findings: &[&Finding]) -> bool {
    let Some(run) = &finding.made_by else { return true };
    let of_event = findings.iter().filter(|other| other.made_by.as_ref() == Some(run));
    let first = of_event.min_by_key(|other| Reverse(other.tier));
    first.is_none_or(|first| std::ptr::eq(*first, finding) || first.rule == finding.rule)
}

/// Whether a finding may open the report.
pub(crate) fn opens(finding: &Finding) -> bool {
    rule::find(finding.rule).is_none_or(Rule::opens_a_report)
}

/// ` The same run also raised: Week-to-week jump in distance, Two-week ramp in distance.`; empty
/// where it raised nothing else.
fn raised_too(finding: &Finding) -> String {
    let names = raised_names(finding);
    if names.is_empty() { String::new() } else { format!(" The same run also raised: {names}.") }
}

/// The names of what else the run of a finding raised, with commas between; empty where it raised
/// nothing else.
pub(super) fn raised_names(finding: &Finding) -> String {
    let names: Vec<&str> = finding.raised_with.iter().filter_map(|id| rule::find(id)).map(|rule| rule.name).collect();
    names.join(", ")
}

pub(super) fn recent(document: &Document) -> Section {
    let report = document.report;
    let findings = of_late(document);
    let mut blocks = Vec::new();
    if nothing_assessed(document) {
        // Silence of rules that could not look is not even "nothing stood out".
        blocks
            .push(Block::Text("Nothing could be assessed yet. The list below shows what each rule needs.".to_owned()));
    } else if findings.is_empty() {
        let some_could_not_look =
            silent_of_late(document).next().is_some() || report.of(FindingOutcome::NotAssessed).next().is_some();
        let of_what = if some_could_not_look { ", in what could be assessed" } else { "" };
        let since = match report.settings.findings_since {
            Some(since) => format!("since {since}"),
            None => format!("in the last {RECENT_DAYS} days"),
        };
        blocks.push(Block::Text(format!("Nothing stood out {since}{of_what}. That is not the same as no risk.")));
    } else {
        let care_first = comes_first(&report.care);
        let tiers =
            Tier::ALL.iter().rev().map(|tier| format!("{} {tier}: {}", sign(*tier), meaning(*tier, care_first)));
        blocks.push(Block::Aside(tiers.collect::<Vec<_>>().join(" · ")));
    }
    for (i, finding) in findings.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|at| findings.get(at)).filter(|before| before.rule == finding.rule);
        blocks.push(Block::Finding(Card {
            tier: finding.tier.unwrap_or(Tier::Info),
            name: finding.name.into(),
            evidence: format!("{} evidence", finding.evidence),
            message: printable(&format!("{}{}", told(finding), raised_too(finding))),
            // What two of one rule have in common stands once.
            study: unless_said(finding, before, |finding| finding.study.as_deref()),
            consider: unless_said(finding, before, |finding| finding.consider.as_deref()),
            facts: facts(finding, document),
            not_known: before.is_none().then(|| finding.not_known.to_owned()),
        }));
    }
    blocks.extend(of_the_same_weeks(&findings).map(Block::Aside));
    if findings.iter().any(|finding| finding.study.is_some()) {
        blocks.push(Block::Aside(NO_SCALE.to_owned()));
    }
    Section { heading: "Findings of the last 28 days".into(), blocks }
}

/// That several findings on form may be one and the same change.
fn of_the_same_weeks(findings: &[&Finding]) -> Option<String> {
    let form = || findings.iter().filter(|finding| finding.area == Area::Form);
    let begins = |finding: &&&Finding| finding.window.map(|window| window.from);
    let together = |day: Date| form().filter(|other| begins(other) == Some(day)).count();
    let (n, day) = form().filter_map(|finding| begins(&finding)).map(|day| (together(day), day)).max()?;
    (n > 1).then(|| {
        format!(
            "{n} of the findings on form cover the same runs, from {} on. One change may be behind them, such as other shoes, a sensor \
             in another position, another surface, or soreness.",
            day.in_words()
        )
    })
}

/// A text of a finding; empty where the one before says the same.
fn unless_said(finding: &Finding, before: Option<&&Finding>, text: fn(&Finding) -> Option<&str>) -> String {
    let is_said = before.is_some_and(|before| text(before) == text(finding));
    printable(text(finding).filter(|_| !is_said).unwrap_or_default())
}

pub(super) fn not_found(document: &Document) -> Section {
    let clear = || document.report.of(FindingOutcome::Clear);
    let list = match document.detail {
        Detail::Brief => {
            Block::List(clear().map(|finding| format!("{}: {}", finding.name, printable(&finding.message))).collect())
        }
        Detail::Full => Block::Items(clear().map(|finding| whole(finding, document)).collect()),
    };
    let blocks = if clear().next().is_none() { Vec::new() } else { vec![list, Block::Aside(NOT_CLEARANCE.to_owned())] };
    Section { heading: "Checked, nothing found".into(), blocks }
}

/// What was measured without a flag, with all that belongs to it.
fn whole(finding: &Finding, document: &Document) -> Item {
    Item {
        name: finding.name.to_owned(),
        text: printable(&finding.message),
        detail: format!("{} evidence · {}", finding.evidence, facts(finding, document)),
    }
}

/// What is measured for context and never flagged.
pub(super) fn described(document: &Document) -> Section {
    let items: Vec<Item> =
        document.report.of(FindingOutcome::Described).map(|finding| whole(finding, document)).collect();
    let blocks = if items.is_empty() { Vec::new() } else { vec![Block::Items(items)] };
    Section { heading: "For context, never flagged".into(), blocks }
}

/// The rules that could look at the log, but not at its last weeks; each once.
pub(crate) fn silent_of_late<'a>(document: &'a Document) -> impl Iterator<Item = (&'a Finding, Coverage)> {
    let by_rule = document.report.findings.chunk_by(|a, b| a.rule == b.rule).map(|findings| &findings[0]);
    by_rule.filter_map(|finding| Some((finding, finding.coverage.filter(Coverage::is_silent_of_late)?)))
}

/// What was measured, and why it weighs more.
fn told(finding: &Finding) -> String {
    let by: Vec<String> = finding.raised_by.iter().map(ToString::to_string).collect();
    if by.is_empty() {
        return finding.message.clone();
    }
    format!("{} Raised one level because of {}.", finding.message, by.join(" and "))
}

/// The numbers and studies of a finding and where its rule is told: `measured 1.42 · limit 1.30 ·
/// Frandsen 2025 · assessed 310 of 346 runs · kneewise explain session-spike`.
fn facts(finding: &Finding, document: &Document) -> String {
    let units = document.units;
    let measured = measured(finding, units).map(|measured| format!("measured {measured}"));
    let limit = finding.limit.map(|limit| format!("limit {}", quantity(limit, units)));
    let studies = Some(finding.references.join(", ")).filter(|studies| !studies.is_empty());
    // Of one profile there is nothing to count.
    let coverage = finding.coverage.filter(|coverage| coverage.of > 1).map(assessed);
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

/// The files of the runs that a finding rests on, as `kneewise show` takes them: one, or the first
/// and how many more.
pub(super) fn files(finding: &Finding, document: &Document) -> String {
    let runs = finding.runs.iter().filter_map(|id| document.report.log.run(id));
    let mut names: Vec<&str> = runs.flat_map(|run| &run.sources).map(|source| file_name(&source.name)).collect();
    names.dedup();
    match names.as_slice() {
        [] => String::new(),
        [one] => printable(one),
        [first, rest @ ..] => printable(&format!("{first} and {} more", rest.len())),
    }
}

/// What to type to read how the rule works.
pub(super) fn explain(finding: &Finding) -> String {
    Hint::Explain(finding.rule.into()).to_string()
}

/// The measured value, to the tenth or in words where rounding would make it the limit.
pub(super) fn measured(finding: &Finding, units: Units) -> Option<String> {
    let measured = finding.measured?;
    let text = quantity(measured, units);
    let Some(limit) = finding.limit.filter(|limit| text == quantity(*limit, units) && measured.value != limit.value)
    else {
        return Some(text);
    };
    let tenths = |value: f64| decimals(value, 1);
    if measured.unit == Unit::Percent && tenths(measured.value) != tenths(limit.value) {
        return Some(format!("{}%", tenths(measured.value)));
    }
    Some(format!("just {} {text}", if measured.value > limit.value { "over" } else { "under" }))
}
