//! What else a report holds, in counts.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kneewise_core::report::{Finding, FindingOutcome};
use kneewise_core::rule::Remedy;
use kneewise_core::triage::comes_first;
use kneewise_import::{Ledger, Outcome};
use kneewise_read::sport::Sport;
use serde::{Deserialize, Serialize};

use crate::Document;
use crate::outline::findings::{earlier, of_late, silent_of_late};
use crate::words::sport;

use super::number;
use super::standout::Standout;

/// So many kinds of activity are named, the rest together.
const KINDS: usize = 3;

/// What else the report holds.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Patterns that were checked, and nothing was found.
    pub nothing_found: usize,
    /// Patterns that could not be assessed.
    pub not_assessed: usize,
    /// Patterns that could be assessed, but not in the last 28 days.
    pub not_of_late: usize,
    /// What would add most of the patterns not assessed; `None` while care comes first.
    pub unlock: Option<Unlock>,
    /// Findings of the last 28 days that are not among those that stand out.
    pub more_recent: usize,
    /// Findings before the last 28 days, each event once.
    pub earlier: usize,
    /// The last day of the latest of them.
    pub latest_earlier: Option<Date>,
}

/// What would make patterns assessable.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Unlock {
    /// What it takes: `questions about you`.
    pub what: Cow<'static, str>,
    /// So many patterns more.
    pub adds: usize,
}

/// The files by kind.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Files {
    /// All files.
    pub inputs: usize,
    /// Runs first, then other activities, copies and what could not be used.
    pub kinds: Vec<Kind>,
}

/// A kind of file.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Kind {
    /// How many.
    pub n: usize,
    /// What they are: `runs`.
    pub what: String,
}

pub(super) fn counts(document: &Document, standouts: &[Standout]) -> Counts {
    let report = document.report;
    let rules = |outcome| report.of(outcome).map(|finding| finding.rule).collect::<BTreeSet<_>>().len();
    let is_shown = |finding: &&&Finding| {
        standouts
            .iter()
            .any(|shown| report.findings.get(shown.finding).is_some_and(|known| std::ptr::eq(known, **finding)))
    };
    let recent = of_late(document);
    let earlier = earlier(document);
    let shown_earlier = earlier.iter().filter(is_shown).count();
    Counts {
        nothing_found: rules(FindingOutcome::Clear),
        not_assessed: rules(FindingOutcome::NotAssessed),
        not_of_late: silent_of_late(document).count(),
        unlock: unlock(document).filter(|_| !comes_first(&report.care)),
        more_recent: recent.len() - recent.iter().filter(is_shown).count(),
        earlier: earlier.len() - shown_earlier,
        latest_earlier: earlier.iter().filter_map(|finding| Some(finding.window?.to)).max(),
    }
}

/// What would add most, what is easiest first: an answer, a line a run, time.
fn unlock(document: &Document) -> Option<Unlock> {
    let by = |is_meant: fn(&Remedy) -> bool| {
        let remedies = document.report.of(FindingOutcome::NotAssessed).filter_map(|finding| finding.remedy.as_ref());
        remedies.filter(|remedy| is_meant(remedy)).count()
    };
    [
        ("questions about you", by(|remedy| matches!(remedy, Remedy::Profile(_)))),
        ("one line a day about how you feel", by(|remedy| matches!(remedy, Remedy::Diary(_)))),
        ("more weeks of runs", by(|remedy| matches!(remedy, Remedy::History(_)))),
    ]
    .into_iter()
    .find(|(_, adds)| *adds > 0)
    .map(|(what, adds)| Unlock { what: what.into(), adds })
}

pub(super) fn files(ledger: &Ledger) -> Files {
    let used = ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
    let activities: Vec<_> = used.flat_map(|row| &row.activities).collect();
    let mut sports: BTreeMap<&'static str, (usize, Sport)> = BTreeMap::new();
    for activity in &activities {
        sports.entry(activity.sport.name()).or_insert((0, activity.sport)).0 += 1;
    }
    let mut sports: Vec<(usize, Sport)> = sports.into_values().collect();
    sports.sort_by_key(|(n, sport)| (*sport != Sport::Running, std::cmp::Reverse(*n)));
    let mut kinds: Vec<Kind> =
        sports.iter().take(KINDS).map(|(n, sport)| Kind { n: *n, what: activity_words(*sport, *n) }).collect();
    let counts = ledger.counts;
    let others = sports.iter().skip(KINDS).map(|(n, _)| n).sum();
    let no_distance = |sport: &Sport| *sport == Sport::Running;
    let without =
        activities.iter().filter(|activity| no_distance(&activity.sport) && activity.distance_m.is_none()).count();
    let more = [
        (others, if others == 1 { "other activity" } else { "other activities" }),
        (counts.duplicate, if counts.duplicate == 1 { "copy" } else { "copies" }),
        (counts.salvaged, "damaged"),
        (counts.skipped, if counts.skipped == 1 { "other file" } else { "other files" }),
        (counts.unreadable, "unreadable"),
        (without, "without a distance"),
    ];
    kinds.extend(more.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| Kind { n, what: what.to_owned() }));
    Files { inputs: ledger.inputs, kinds }
}

impl Files {
    /// `131: 89 runs, 37 bike rides, 3 copies`.
    pub fn text(&self) -> String {
        let kinds: Vec<String> =
            self.kinds.iter().map(|kind| format!("{} {}", number::count(kind.n), kind.what)).collect();
        let all = number::count(self.inputs);
        if kinds.is_empty() { all } else { format!("{all}: {}", kinds.join(", ")) }
    }
}

fn activity_words(kind: Sport, n: usize) -> String {
    let (one, many) = match kind {
        Sport::Running => ("run", "runs"),
        Sport::Cycling | Sport::EBiking => ("bike ride", "bike rides"),
        Sport::Walking => ("walk", "walks"),
        Sport::Hiking => ("hike", "hikes"),
        Sport::Swimming => ("swim", "swims"),
        Sport::Generic | Sport::Unknown => ("of no named sport", "of no named sport"),
        other => return format!("{} {}", sport(other), if n == 1 { "session" } else { "sessions" }),
    };
    if n == 1 { one } else { many }.to_owned()
}
