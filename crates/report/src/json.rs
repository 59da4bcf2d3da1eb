//! JSON: SI units, stable names, the same bytes for the same report.
//!
//! The report and its names are the core's ([`Run::fields`]); CSV headers are made of them too.

use std::io;

use kneewise_core::log::Week;
use kneewise_core::report::{FOOTER, Fields, Finding, FindingOutcome, SCHEMA_VERSION};
use kneewise_core::rule::before_pain::BeforePain;
use kneewise_core::run::Run;
use kneewise_import::Ledger;
use kneewise_read::unit::Units;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::digest::{Digest, digest};
use crate::format::Format;
use crate::words::file_name;
use crate::{Document, OwnFile, RenderError};

/// The whole report as one object.
pub static JSON: Format = Format {
    name: "json",
    aliases: &[],
    extensions: &["json"],
    marks: &[("{\n  \"schema_version\": ", "\n  \"as_of\": ")],
    about: "JSON, SI units, stable names",
    is_json: true,
    write: |document, _, out| write_report(document, out),
};

/// The names and values of a row as JSON.
fn values(fields: Fields) -> Vec<(&'static str, Value)> {
    fields.into_iter().map(|(name, field)| (name, value(&field))).collect()
}

/// The [names and values](Run::fields) of a run.
pub fn run_fields(run: &Run) -> Vec<(&'static str, Value)> {
    values(run.fields())
}

/// The [names and values](Run::labelled_fields) of a run with its labels.
pub fn labelled_run_fields(run: &Run) -> Vec<(&'static str, Value)> {
    values(run.labelled_fields())
}

/// The [names and values](Week::fields) of a week.
pub fn week_fields(week: &Week) -> Vec<(&'static str, Value)> {
    values(week.fields())
}

/// Writes the whole report, one run at a time.
///
/// # Errors
/// Where `out` does not take it.
pub fn write_report(document: &Document, out: impl io::Write) -> io::Result<()> {
    let Document { report, ledger, own, .. } = document;
    let first_screen = digest(&Document { units: Units::Metric, ..*document });
    write_to(&Whole { report: report.with_inputs(*ledger, *own), first_screen }, out)
}

/// What a page carries of its report: all but the single runs and files, which may be megabytes.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no report is known to bring about.
pub(crate) fn page_data(document: &Document) -> Result<String, RenderError> {
    let Document { report, ledger, own, .. } = document;
    let is_shown = |finding: &&Finding| finding.outcome != FindingOutcome::Flagged || report.is_recent(finding);
    let data = PageData {
        schema_version: SCHEMA_VERSION,
        as_of: report.as_of.to_string(),
        files: ledger.inputs,
        own_files: own,
        first_screen: digest(&Document { units: Units::Metric, ..*document }),
        weeks: report.log.weeks().iter().map(|week| Row(week_fields(week))).collect(),
        findings: report.findings.iter().filter(is_shown).map(|finding| Named::of(finding, document)).collect(),
        before_pain: report.before_pain.as_ref(),
        footer: FOOTER,
    };
    serde_json::to_string(&data).map_err(|error| RenderError::Json(error.to_string()))
}

/// Writes an array of runs, one run at a time: a hundred thousand of them are some hundred
/// megabytes.
///
/// # Errors
/// Where `out` does not take it.
pub fn write_runs(runs: &[Run], out: impl io::Write) -> io::Result<()> {
    write_to(&LabelledRuns(runs), out)
}

/// An array of weeks.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no report is known to bring about.
pub fn weeks(weeks: &[Week]) -> Result<String, RenderError> {
    write(&weeks)
}

/// The ledger.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no report is known to bring about.
pub fn ledger(ledger: &Ledger) -> Result<String, RenderError> {
    write(ledger)
}

/// Writes the ledger, one row at a time.
///
/// # Errors
/// Where `out` does not take it.
pub fn write_ledger(ledger: &Ledger, out: impl io::Write) -> io::Result<()> {
    write_to(ledger, out)
}

/// Runs with their labels, each made into its fields when its turn comes.
struct LabelledRuns<'a>(&'a [Run]);

impl Serialize for LabelledRuns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|run| Row(labelled_run_fields(run))))
    }
}

/// The data of a report, and what comes first in every form of it, in metric units.
#[derive(Serialize)]
struct Whole<R> {
    #[serde(flatten)]
    report: R,
    first_screen: Digest,
}

#[derive(Serialize)]
struct PageData<'a> {
    schema_version: u32,
    as_of: String,
    files: usize,
    own_files: &'a [OwnFile],
    first_screen: Digest,
    weeks: Vec<Row>,
    findings: Vec<Named<'a>>,
    before_pain: Option<&'a BeforePain>,
    footer: &'static str,
}

/// A finding and the names of the files that its runs were read from, without their folders.
#[derive(Serialize)]
pub(crate) struct Named<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    files: Vec<&'a str>,
}

impl<'a> Named<'a> {
    pub(crate) fn of(finding: &'a Finding, document: &Document<'a>) -> Self {
        let runs = finding.runs.iter().filter_map(|id| document.report.log.run(id));
        Self { finding, files: runs.flat_map(|run| &run.sources).map(|source| file_name(&source.name)).collect() }
    }
}

/// Fields in the order given, which a [`Map`] would lose.
pub(crate) struct Row(pub(crate) Vec<(&'static str, Value)>);

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A value of a type that writes itself as a text or as texts, which cannot fail.
fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

fn write_to(value: &impl Serialize, mut out: impl io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)
}

pub(crate) fn write(value: &impl Serialize) -> Result<String, RenderError> {
    let mut json = serde_json::to_string_pretty(value).map_err(|error| RenderError::Json(error.to_string()))?;
    json.push('\n');
    Ok(json)
}
