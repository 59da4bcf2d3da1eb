//! JSON: SI units, stable names, the same bytes for the same report.
//!
//! The report and its names are the core's ([`Run::fields`]); CSV headers are made of them too.

use std::io;

use kneewise_core::log::Week;
use kneewise_core::report::{Fields, Finding};
use kneewise_core::run::Run;
use kneewise_import::Ledger;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::format::Format;
use crate::saved::Words;
use crate::words::file_name;
use crate::{Document, RenderError};

/// The whole report as one object.
pub static JSON: Format = Format {
    name: "json",
    aliases: &[],
    extensions: &["json"],
    marks: &[("{\n  \"schema_version\": ", "\n  \"as_of\": ")],
    about: "JSON, SI units, stable names",
    is_json: true,
    from_saved: Some(|saved, _, _| saved.json()),
    write: |document, _, out| write_report(document, out),
};

/// One row of data: stable names and values, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub(crate) Vec<(&'static str, Value)>);

/// A value as the text of a table's cell; empty where it is not known.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// A number, in the unit that its name ends with.
    Number(String),
    /// Anything else.
    Text(String),
}

impl Row {
    /// Returns the names and cells of a table. What is an object, such as what each value was
    /// computed from, has no place in a cell.
    pub fn cells(&self) -> impl Iterator<Item = (&'static str, Cell)> {
        self.0.iter().filter(|(_, value)| !value.is_object()).map(|(name, value)| {
            let text = cell_text(value);
            (*name, if value.is_number() { Cell::Number(text) } else { Cell::Text(text) })
        })
    }
}

fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell_text).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn row(fields: Fields) -> Row {
    Row(fields.into_iter().map(|(name, field)| (name, value(&field))).collect())
}

/// Returns the [names and values](Run::labelled_fields) of a run with its labels.
pub fn run_row(run: &Run) -> Row {
    row(run.labelled_fields())
}

/// Returns the [names and values](Week::fields) of a week.
pub fn week_row(week: &Week) -> Row {
    row(week.fields())
}

/// Writes the whole report, one run at a time.
///
/// # Errors
/// Where `out` does not take it.
pub fn write_report(document: &Document, out: impl io::Write) -> io::Result<()> {
    let Document { report, ledger, own, .. } = document;
    write_to(&Whole { report: report.with_inputs(*ledger, *own), words: Words::of(document) }, out)
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
        serializer.collect_seq(self.0.iter().map(run_row))
    }
}

/// The data of a report with its words: what comes first in every form of it, and the outline that
/// text and Markdown are laid out from, in metric units.
#[derive(Serialize)]
struct Whole<R> {
    #[serde(flatten)]
    report: R,
    #[serde(flatten)]
    words: Words,
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

/// In the order given, which a [`Map`](serde_json::Map) would lose.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A value of a type that writes itself without failing.
pub(crate) fn value(of: &impl Serialize) -> Value {
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
