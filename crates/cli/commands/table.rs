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
use kneewise_report::json::{Cell, Row};

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
pub fn csv(blank: &Row, rows: impl Iterator<Item = Row>) -> anyhow::Result<String> {
    let mut out = Vec::new();
    write_csv(blank, rows, &mut out)?;
    Ok(String::from_utf8(out)?)
}

/// Writes them, one row at a time.
pub fn write_csv(blank: &Row, rows: impl Iterator<Item = Row>, out: impl Write) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    // As an error of the stream, so that a closed pipe is known for one.
    writer.write_record(blank.cells().map(|(name, _)| name)).map_err(io::Error::from)?;
    for row in rows {
        let cells = row.cells().map(|(_, cell)| match cell {
            Cell::Number(number) => number,
            Cell::Text(text) => inert(text),
            _ => String::new(),
        });
        writer.write_record(cells).map_err(io::Error::from)?;
    }
    Ok(writer.flush()?)
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
