//! JSON: SI units, stable names, the same bytes for the same report.
//!
//! The report and its names are the core's ([`Run::fields`]); CSV headers are made of them too.

use std::io;

use kneewise_core::log::Week;
use kneewise_core::report::Fields;
use kneewise_core::run::Run;
use kneewise_import::Ledger;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::saved::Words;
use crate::{Document, RenderError};

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

/// The whole report.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no report is known to bring about.
pub fn report(document: &Document) -> Result<String, RenderError> {
    let mut json = Vec::new();
    write_report(document, &mut json).map_err(|error| RenderError::Json(error.to_string()))?;
    String::from_utf8(json).map_err(|error| RenderError::Json(error.to_string()))
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
/// Like [`report`].
pub fn weeks(weeks: &[Week]) -> Result<String, RenderError> {
    write(&weeks)
}

/// The ledger.
///
/// # Errors
/// Like [`report`].
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

/// The data of a report with its words: what comes first in every form of it, and the outline that
/// text and Markdown are laid out from, in metric units.
#[derive(Serialize)]
struct Whole<R> {
    #[serde(flatten)]
    report: R,
    #[serde(flatten)]
    words: Words,
}

/// Fields in the order given, which a [`Map`] would lose.
pub(crate) struct Row(pub(crate) Vec<(&'static str, Value)>);

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
