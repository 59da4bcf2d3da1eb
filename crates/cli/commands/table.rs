//! What `runs`, `days` and `weeks` share: which rows, CSV from named fields, and where Parquet
//! goes.

use std::io::{self, Write};
use std::path::Path;

#[cfg(feature = "parquet")]
use anyhow::Context;
use anyhow::bail;
use jiff::civil::Date;
use kneewise_core::TrainingLog;
#[cfg(feature = "parquet")]
use kneewise_core::columns;
use serde_json::Value;

use crate::Ending;
#[cfg(feature = "parquet")]
use crate::output;

/// The rows from a day on, and of those the last so many. `day` is the last one that a row covers.
///
/// Fails where there are rows, but none from that day on.
pub fn asked<R>(
    rows: &[R],
    day: impl Fn(&R) -> Date,
    since: Option<Date>,
    last: Option<usize>,
) -> anyhow::Result<&[R]> {
    let from = since.map_or(0, |since| rows.partition_point(|row| day(row) < since));
    let asked = &rows[from..];
    if let (true, Some(since), Some(row)) = (asked.is_empty(), since, rows.last()) {
        bail!("nothing since {since}; the last is from {}", day(row));
    }
    Ok(&asked[asked.len().saturating_sub(last.unwrap_or(usize::MAX))..])
}

/// Comma-separated values. `blank` is a row like any other, of which only the names are used: they
/// make the header even where there are no rows.
pub fn csv(blank: &Fields, rows: impl Iterator<Item = Fields>) -> anyhow::Result<String> {
    let mut out = Vec::new();
    write_csv(blank, rows, &mut out)?;
    Ok(String::from_utf8(out)?)
}

/// Writes them, one row at a time.
pub fn write_csv(blank: &Fields, rows: impl Iterator<Item = Fields>, out: impl Write) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    // What each value was computed from is an object, which has no place in a cell.
    let names = blank.iter().filter(|(_, value)| !value.is_object()).map(|(name, _)| name);
    // As an error of the stream, so that a closed pipe is known for one.
    writer.write_record(names).map_err(io::Error::from)?;
    for row in rows {
        let cells = row.iter().filter(|(_, value)| !value.is_object());
        writer
            .write_record(cells.map(|(_, value)| if value.is_number() { cell(value) } else { inert(cell(value)) }))
            .map_err(io::Error::from)?;
    }
    Ok(writer.flush()?)
}

/// The names and values of one row.
type Fields = Vec<(&'static str, Value)>;

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// A text that no spreadsheet runs: one that begins as a formula does gets an apostrophe, which
/// spreadsheets take for the sign of a text.
fn inert(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text }
}

/// A table of the log that Parquet can hold.
#[derive(Clone, Copy)]
pub enum Frame {
    Runs,
    Weeks,
}

/// Writes a table of the log as Parquet; it is no text for a terminal, so it needs a file.
#[cfg(feature = "parquet")]
pub fn parquet(log: &TrainingLog, which: Frame, output: Option<&Path>) -> anyhow::Result<Ending> {
    let file = output.context("parquet needs an output file: -o FILE")?;
    let columns = match which {
        Frame::Runs => columns::runs(log),
        Frame::Weeks => columns::weeks(log),
    };
    let mut bytes = Vec::new();
    kneewise_parquet::write(&columns, &mut bytes)?;
    output::to_file(file, |out| Ok(out.write_all(&bytes)?))?;
    Ok(Ending::Done)
}

/// Parquet is a feature of the build.
#[cfg(not(feature = "parquet"))]
pub fn parquet(_: &TrainingLog, _: Frame, _: Option<&Path>) -> anyhow::Result<Ending> {
    bail!("this build has no Parquet; build it with the feature `parquet`")
}
