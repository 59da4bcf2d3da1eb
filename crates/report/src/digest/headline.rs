//! The one or two sentences that a report opens with, and one thing to consider.

use std::cmp::Reverse;

use kneewise_core::report::{Finding, FindingOutcome};
use kneewise_core::rule::{Area, RECENT_DAYS};
use kneewise_core::triage::comes_first;
use kneewise_read::time::DateExt;
use serde::{Deserialize, Serialize};

use crate::Document;
use crate::outline::findings::nothing_assessed;
use crate::words::{capital, printable};

use super::counts::{Counts, Kind, files};
use super::number;
use super::pain::Pain;
use super::standout::{BEFORE_DAYS, Standout, date, event, rank};

/// A last run so long ago (days) is said.
const PAUSE_DAYS: i64 = 7;

/// What a report opens with.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum State {
    /// Something comes before all training.
    Care,
    /// A knee hurts.
    Pain,
    /// Findings stand out.
    Findings,
    /// Nothing stood out in what could be assessed.
    Nothing,
    /// Too little history to compare a run with.
    TooShort,
    /// There is no run.
    NoRuns,
}

/// One thing to do.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct NextStep {
    /// Whether it is to be seen by somebody, before all training.
    pub is_referral: bool,
    /// What follows "Consider:", or the referral as a sentence.
    pub text: String,
}

pub(super) fn state(document: &Document, pain: Option<&Pain>, standouts: &[Standout]) -> State {
    let report = document.report;
    if comes_first(&report.care) {
        State::Care
    } else if pain.is_some_and(|pain| pain.goes_on) {
        State::Pain
    } else if report.log.runs().is_empty() {
        State::NoRuns
    } else if !standouts.is_empty() {
        State::Findings
    } else if report.log.span_days() <= report.settings.rules.session_spike.window_days as usize
        || nothing_assessed(document)
    {
        State::TooShort
    } else {
        State::Nothing
    }
}

pub(super) fn headline(
    document: &Document,
    state: State,
    pain: Option<&Pain>,
    standouts: &[Standout],
    counts: &Counts,
) -> Vec<String> {
    let mut said = match state {
        State::Care => care(document),
        State::Pain => pain.map_or_else(Vec::new, |pain| pain_sentences(document, pain)),
        State::Findings => standouts.first().map(|first| vec![finding(first, document)]).unwrap_or_default(),
        State::Nothing => vec![
            format!("Nothing stood out in the last {RECENT_DAYS} days."),
            format!("{} checked. This is not clearance to run.", were(counts.nothing_found)),
        ],
        State::TooShort => too_short(document),
        State::NoRuns => no_runs(document),
    };
    if state == State::Nothing {
        said.splice(0..1, since_last_run(document).into_iter().chain([said[0].clone()]));
    }
    said
}

/// That there is no run, and what there is.
fn no_runs(document: &Document) -> Vec<String> {
    let files = files(document.ledger);
    let is_activity =
        |kind: &&Kind| !["copy", "copies", "damaged", "other file", "other files"].contains(&kind.what.as_str());
    let kinds: Vec<String> = (files.kinds.iter().filter(is_activity))
        .map(|kind| format!("{} {}", number::count(kind.n), kind.what))
        .collect();
    let day = document.report.as_of.in_words();
    let has_runs = files.kinds.iter().any(|kind| kind.what == "run" || kind.what == "runs");
    let first = if has_runs {
        format!("There are no runs up to {day}.")
    } else {
        "There are no runs in these files.".to_owned()
    };
    let second = (!kinds.is_empty()).then(|| format!("The files hold {}.", kinds.join(", ")));
    std::iter::once(first).chain(second).collect()
}

fn were(n: usize) -> String {
    format!("{} {}", number::things(n, "pattern"), if n == 1 { "was" } else { "were" })
}

/// That the last run was some time ago.
fn since_last_run(document: &Document) -> Option<String> {
    let report = document.report;
    let last = report.log.runs().last()?.local_date;
    let days = report.as_of.days_since(last);
    let day = number::day(last, report.as_of);
    (days >= PAUSE_DAYS).then(|| format!("Your last run was on {day}, {days} days before this report."))
}

fn care(document: &Document) -> Vec<String> {
    let report = document.report;
    let Some(first) = report.care.first() else { return Vec::new() };
    let end = if first.because.ends_with('?') { "" } else { "." };
    let because = format!("On {} {}{end}", number::day(first.date, report.as_of), first.because);
    vec![first.care.to_owned(), printable(&because)]
}

/// `Right knee pain up to 6 out of 10.` and what came just before it.
fn pain_sentences(document: &Document, pain: &Pain) -> Vec<String> {
    let missed = || format!("because of which you missed or cut short {}", number::things(pain.missed_runs, "run"));
    let how_much = pain.highest.map_or_else(missed, |highest| format!("up to {highest} out of 10"));
    let first = match pain.side.as_deref() {
        Some("both") => format!("Pain in both knees, {how_much}."),
        Some(side) if pain.highest.is_some() => format!("{} knee pain {how_much}.", capital(side)),
        Some(side) => format!("{} knee pain, {how_much}.", capital(side)),
        None if pain.highest.is_some() => format!("Knee pain {how_much}."),
        None => format!("Knee pain, {how_much}."),
    };
    let mut said = vec![first];
    said.extend(began_after(document, pain));
    said
}

/// `It began 5 days after a run 1.59 times your longest of 30 days.`: a date, not a cause.
fn began_after(document: &Document, pain: &Pain) -> Option<String> {
    let report = document.report;
    let days = |finding: &Finding| pain.since.days_since(date(finding, report.as_of));
    let happened = report.of(FindingOutcome::Flagged).filter(|finding| {
        matches!(finding.area, Area::Load | Area::Shoes)
            && (0..=BEFORE_DAYS).contains(&days(finding))
            && !event(finding, document.units).is_empty()
    });
    let first = happened.min_by_key(|finding| (Reverse(finding.tier), rank(finding.evidence), days(finding)))?;
    let event = event(first, document.units);
    Some(match days(first) {
        0 => format!("It began on the day of {event}."),
        1 => format!("It began the day after {event}."),
        n => format!("It began {n} days after {event}."),
    })
}

fn finding(first: &Standout, document: &Document) -> String {
    let day = number::day(first.date, document.report.as_of);
    match &first.lead {
        Some(lead) => {
            let times = first.number.trim_end_matches('×');
            format!("You ran {lead} on {day}, {times} times {}.", first.compared)
        }
        None => format!("{}: {}.", first.title, first.phrase()),
    }
}

fn too_short(document: &Document) -> Vec<String> {
    let report = document.report;
    let needed = i64::from(report.settings.rules.session_spike.window_days);
    let days = report.log.span_days();
    let mut said = vec![format!("Your runs cover {}: too few to compare them yet.", number::things(days, "day"))];
    if let Some(from) = report.log.first_day().map(|first| first.saturating_add_days(needed)) {
        if from > report.as_of {
            let day = number::day(from, report.as_of);
            said.push(format!("A run can be compared with the {needed} days before it from {day} on."));
        } else {
            return vec!["Nothing could be assessed yet.".to_owned()];
        }
    }
    said
}

/// What to consider: of a pain first, otherwise of the first finding.
pub(super) fn next_step(document: &Document, pain: Option<&Pain>, standouts: &[Standout]) -> Option<NextStep> {
    let report = document.report;
    if comes_first(&report.care) {
        let text = "Until a doctor or physiotherapist has seen it, there is no advice on running.".to_owned();
        return Some(NextStep { is_referral: true, text });
    }
    let options = &report.settings.rules.pain_zones;
    let of_pain = pain.filter(|pain| pain.goes_on).and_then(|pain| match pain.highest_of_late? {
        score if score > options.high => {
            Some(format!("shorten or leave out runs until pain stays at {} or below", options.high))
        }
        score if score > options.low => {
            Some(format!("keep runs short and easy enough that pain stays at {} or below", options.low))
        }
        _ => None,
    });
    let of_finding = || {
        let action = standouts.first()?.action.as_ref()?;
        let mut letters = action.trim_end_matches('.').chars();
        letters.next().map(|first| first.to_lowercase().chain(letters).collect::<String>())
    };
    let referral = (!report.care.is_empty()).then_some("see a physiotherapist or doctor within two weeks");
    let text = match (of_pain.or_else(of_finding), referral) {
        (Some(text), Some(referral)) => format!("{text}, and {referral}."),
        (Some(text), None) => format!("{text}."),
        (None, Some(referral)) => format!("{referral}."),
        (None, None) => return None,
    };
    Some(NextStep { is_referral: false, text })
}
