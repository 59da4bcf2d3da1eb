//! The outline of a report: its sections, worded and in order, before any format lays them out.

pub(crate) mod before_pain;
mod cards;
mod care;
mod earlier;
pub(crate) mod findings;
mod load;
mod not_assessed;
pub(crate) mod origin;
mod short;

use std::borrow::Cow;

use kneewise_core::report::{FOOTER, FindingOutcome};
use kneewise_core::rule::Tier;
use serde::{Deserialize, Serialize};

use crate::Document;
use crate::hint::Hint;
use crate::words::count;

/// The heading of what comes before all training.
pub(crate) const CARE_HEADING: &str = "Before anything else";

/// A report, ready to be laid out.
#[derive(Deserialize, Serialize)]
pub(crate) struct Outline {
    /// The parts of the title: what this is, as of when, over what.
    pub title: Vec<String>,
    pub sections: Vec<Section>,
    pub footer: Cow<'static, str>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Section {
    pub heading: Cow<'static, str>,
    pub blocks: Vec<Block>,
}

/// One thing in a section. Texts are plain: each format escapes what it must.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Block {
    Text(String),
    /// Sourced more quietly.
    Aside(String),
    /// What can be done next with the program.
    Hint(Hint),
    Finding(Card),
    /// Remarks, one below the other.
    List(Vec<String>),
    /// Names, each with a sentence or two.
    Items(Vec<Item>),
    Points(Points),
    /// Names, each with a few words beside it.
    Facts(Vec<(String, String)>),
    Table(Table),
    Weeks(Vec<Bar>),
}

/// A finding in full.
#[derive(Deserialize, Serialize)]
pub(crate) struct Card {
    #[serde(deserialize_with = "crate::words::tier")]
    pub tier: Tier,
    pub name: Cow<'static, str>,
    pub evidence: String,
    pub message: String,
    /// What studies say; empty where that stands in the card before.
    pub study: String,
    /// One thing to consider; may be empty.
    pub consider: String,
    pub facts: String,
    pub not_known: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Item {
    pub name: String,
    pub text: String,
    /// The small print; may be empty.
    pub detail: String,
}

/// A caption and what belongs under it, each a sentence.
#[derive(Deserialize, Serialize)]
pub(crate) struct Points {
    pub caption: String,
    pub lines: Vec<String>,
    /// Sourced more quietly below; may be empty.
    pub more: String,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Table {
    pub caption: String,
    pub header: Vec<Cow<'static, str>>,
    pub rows: Vec<Vec<String>>,
    /// What the table leaves out; may be empty.
    pub more: String,
}

/// A bar in a list of bars.
#[derive(Deserialize, Serialize)]
pub(crate) struct Bar {
    pub label: String,
    pub value: String,
    pub note: String,
    /// Of the longest bar: 0 to 1.
    pub share: f64,
    /// Whether it stands for all that it could.
    pub complete: bool,
}

/// The outline of a document.
pub(crate) fn of(document: &Document) -> Outline {
    let report = document.report;
    let over = match report.log.first_day() {
        Some(first) => {
            // A run of a wrong year lies before the first day that counts.
            let runs = report.log.runs().iter().filter(|run| run.local_date >= first).count();
            format!("{} since {first}", count(runs, "run"))
        }
        None => "no runs".to_owned(),
    };
    let title = vec!["kneewise report".to_owned(), format!("as of {}", report.as_of), over];
    let sections = if report.log.runs().is_empty() {
        // A diary may tell of a knee where no file tells of a run.
        let told = report.of(FindingOutcome::Flagged).next().is_some();
        let mut sections = vec![care::first(document)];
        sections.extend(told.then(|| findings::recent(document)));
        sections.extend([origin::nothing(document), origin::files(document)]);
        sections
    } else {
        vec![
            care::first(document),
            short::section(document),
            findings::recent(document),
            before_pain::section(document, true),
            earlier::section(document),
            findings::not_found(document),
            load::section(document),
            findings::described(document),
            cards::section(document),
            not_assessed::section(document),
            origin::files(document),
        ]
    };
    let sections = sections.into_iter().filter(|section| !section.blocks.is_empty()).collect();
    Outline { title, sections, footer: FOOTER.into() }
}
