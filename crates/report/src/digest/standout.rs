//! The findings that stand out: at most three, each event once.

use std::borrow::Cow;
use std::cmp::Reverse;

use jiff::civil::Date;
use kneewise_core::report::{Finding, FindingOutcome};
use kneewise_core::rule::{self, Area, Evidence, Flagged, Quantity, Reading, Tier};
use kneewise_core::triage::comes_first;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};
use serde::{Deserialize, Serialize};

use crate::Document;
use crate::outline::findings::{leads, opens};
use crate::words::printable;

use super::number;
use super::pain::Pain;

/// So many findings stand out at most.
const MOST: usize = 3;

/// What came so many days before a pain belongs to its story (days).
pub(super) const BEFORE_DAYS: i64 = 14;

/// A finding in a few words.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Standout {
    /// Its place in the findings of the report.
    pub finding: usize,
    /// The id of the rule.
    pub rule: Cow<'static, str>,
    /// How much attention it asks for.
    #[serde(deserialize_with = "crate::words::tier")]
    pub tier: Tier,
    /// Its last day.
    pub date: Date,
    /// Two to four words: `Unusually long run`.
    pub title: Cow<'static, str>,
    /// The distance of the run that it is about: `23.0 km`; of other findings `None`.
    pub lead: Option<String>,
    /// The number, with its unit where that is a sign: `1.59×`.
    pub number: String,
    /// The unit in words; may be empty.
    pub unit: Cow<'static, str>,
    /// What the number is compared with, or of: `your longest of 30 days`.
    pub compared: String,
    /// From where on it is flagged: `above 1.30×`.
    pub limit: String,
    /// One thing to do, as an imperative; `None` while care comes first.
    pub action: Option<String>,
    /// How good the evidence is: `moderate evidence`.
    pub evidence: Cow<'static, str>,
    /// Whether studies link it with the inner side of the knee, and the diary names that side.
    pub inner_knee: bool,
    /// What happened, for a sentence: `a run 1.59 times your longest of 30 days`; may be empty.
    pub event: String,
    /// The names of what else the same run raised.
    pub raised_with: Vec<Cow<'static, str>>,
    /// How many more findings of the same rule belong to these days.
    pub more_of_rule: usize,
}

impl Standout {
    /// The number and what it is of, in one phrase.
    pub fn phrase(&self) -> String {
        let parts = [self.number.as_str(), &self.unit, self.compared.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The findings that stand out in the last days, and before a pain that goes on, the weightiest
/// first: by tier, by evidence, by what bears on a pain of the inner side, the latest first.
pub(super) fn of(document: &Document, pain: Option<&Pain>) -> Vec<Standout> {
    let report = document.report;
    let pain = pain.filter(|pain| pain.goes_on);
    let is_inner = pain.is_some_and(|pain| pain.is_inner);
    let belongs = |finding: &Finding| {
        let is_before = |pain: &Pain| (0..=BEFORE_DAYS).contains(&pain.since.days_since(date(finding, report.as_of)));
        report.is_recent(finding) || pain.is_some_and(is_before)
    };
    // Pain has a place of its own.
    let flagged = report.findings.iter().enumerate().filter(|(_, finding)| {
        finding.outcome == FindingOutcome::Flagged && finding.area != Area::Pain && belongs(finding)
    });
    let flagged: Vec<(usize, &Finding)> = flagged.collect();
    let all: Vec<&Finding> = flagged.iter().map(|(_, finding)| *finding).collect();
    // A habit is no news; what changed before a pain is.
    let is_news = |finding: &Finding| opens(finding) || (pain.is_some() && !event_words(finding).is_empty());
    let mut leading: Vec<(usize, &Finding)> =
        flagged.iter().copied().filter(|(_, finding)| leads(finding, &all) && is_news(finding)).collect();
    leading.sort_by_key(|(_, finding)| {
        let bears = is_inner && finding.brief.inner_knee;
        (Reverse(finding.tier), rank(finding.evidence), !bears, Reverse(date(finding, report.as_of)))
    });
    let mut first_of_rule: Vec<(usize, &Finding)> = Vec::new();
    for (i, finding) in &leading {
        if first_of_rule.iter().all(|(_, known)| known.rule != finding.rule) {
            first_of_rule.push((*i, finding));
        }
    }
    let more = |finding: &Finding| leading.iter().filter(|(_, other)| other.rule == finding.rule).count() - 1;
    first_of_rule
        .into_iter()
        .take(MOST)
        .map(|(i, finding)| Standout { more_of_rule: more(finding), ..standout(i, finding, document, is_inner) })
        .collect()
}

/// The last day of a finding.
pub(super) fn date(finding: &Finding, as_of: Date) -> Date {
    finding.window.map_or(as_of, |window| window.to)
}

/// The better the evidence, the lower.
pub(super) fn rank(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::Strong => 0,
        Evidence::Moderate => 1,
        Evidence::Weak | Evidence::Consensus => 2,
        Evidence::Heuristic => 3,
        _ => 4,
    }
}

pub(crate) fn standout(i: usize, finding: &Finding, document: &Document, is_inner: bool) -> Standout {
    let (report, units) = (document.report, document.units);
    let reading = reading(finding);
    let (number, limit) = texts(finding, reading, units);
    let run = finding.made_by.as_ref().filter(|_| finding.rule == rule::load::session_spike::SESSION_SPIKE.id);
    let lead = run.and_then(|id| report.log.run(id)?.distance_m());
    let action = Some(finding.brief.action).filter(|action| !action.is_empty() && !comes_first(&report.care));
    let names = finding.raised_with.iter().filter_map(|id| rule::find(id)).map(|rule| rule.brief.title);
    Standout {
        finding: i,
        rule: finding.rule.into(),
        tier: finding.tier.unwrap_or(Tier::Info),
        date: date(finding, report.as_of),
        title: finding.brief.title.into(),
        lead: lead.map(|metres| number::distance(metres, units)),
        number,
        unit: reading.map_or("", |reading| reading.unit_words).into(),
        compared: reading.map_or_else(|| printable(&finding.message), |reading| with_days(reading.compared, finding)),
        limit,
        action: action.map(str::to_owned),
        evidence: evidence_words(finding.evidence).into(),
        inner_knee: is_inner && finding.brief.inner_knee,
        event: event(finding, units),
        raised_with: names.map(Cow::from).collect(),
        more_of_rule: 0,
    }
}

fn reading(finding: &Finding) -> Option<&'static Reading> {
    let measured = finding.measured?;
    finding.brief.reading(measured.value, measured.unit)
}

/// The number and its limit in words.
fn texts(finding: &Finding, reading: Option<&Reading>, units: Units) -> (String, String) {
    let Some((measured, limit)) = finding.measured.zip(finding.limit) else {
        return (finding.measured.map_or_else(String::new, |value| number::measured(value, units)), String::new());
    };
    let of_points = |text: String| match reading {
        // A difference of two shares is in points.
        Some(reading) if !reading.unit_words.is_empty() => text.trim_end_matches('%').to_owned(),
        _ => text,
    };
    let (number, limit_text) = number::apart(measured, limit, units);
    let (number, limit_text) = (of_points(number), of_points(limit_text));
    let unit = reading.map_or("", |reading| reading.unit_words);
    let limit_text = if unit == "points" { format!("{limit_text} {unit}") } else { limit_text };
    let flagged = reading.map_or(Flagged::Above, |reading| reading.flagged);
    let limit_text = match flagged {
        Flagged::AtLeast if unit == "points" => format!("from {limit_text}"),
        flagged => limit_words(limit, &limit_text, flagged),
    };
    (number, limit_text)
}

/// `above 1.30×`, `166 or fewer`.
fn limit_words(limit: Quantity, text: &str, flagged: Flagged) -> String {
    let is_counted = matches!(limit.unit, Unit::Count | Unit::Days | Unit::StepsPerMinute);
    match flagged {
        Flagged::Above => format!("above {text}"),
        Flagged::Below => format!("below {text}"),
        Flagged::AtLeast => format!("{text} or more"),
        Flagged::AtMost if limit.value == 0.0 => "none at all".to_owned(),
        Flagged::AtMost if limit.unit == Unit::Days => format!("within {text}"),
        Flagged::AtMost if is_counted => format!("{text} or fewer"),
        Flagged::AtMost => format!("{text} or less"),
    }
}

/// `{days}` as the days that the finding looked back on.
fn with_days(text: &str, finding: &Finding) -> String {
    let days = finding.window.map_or(0, |window| window.to.days_since(window.from));
    text.replace("{days}", &days.to_string())
}

fn event_words(finding: &Finding) -> &'static str {
    reading(finding).map_or("", |reading| reading.event)
}

/// What happened, as a noun with its number; empty where it is a habit.
pub(super) fn event(finding: &Finding, units: Units) -> String {
    let Some((measured, reading)) = finding.measured.zip(reading(finding)).filter(|(_, r)| !r.event.is_empty()) else {
        return String::new();
    };
    let mut words = number::in_words(measured, units);
    if !reading.unit_words.is_empty() {
        words = format!("{} {}", words.trim_end_matches('%'), reading.unit_words);
    }
    with_days(&reading.event.replace("{}", &words), finding)
}

/// How good evidence is, in two or three words.
pub(super) fn evidence_words(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Strong => "strong evidence",
        Evidence::Moderate => "moderate evidence",
        Evidence::Weak => "weak evidence",
        Evidence::Consensus => "expert consensus",
        Evidence::Heuristic => "rule of thumb",
        _ => "disputed evidence",
    }
}
