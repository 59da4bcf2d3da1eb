//! What `runs` and `weeks` share: CSV from named fields, and where Parquet goes.

use std::path::Path;

#[cfg(feature = "parquet")]
use anyhow::Context;
use kneewise_core::TrainingLog;
use serde_json::Value;

use crate::Ending;

/// Comma-separated values of rows that all have the same fields; the names make the header.
pub fn csv(rows: impl Iterator<Item = Vec<(&'static str, Value)>>) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (i, mut row) in rows.enumerate() {
        // What each value was computed from is an object, which has no place in a cell.
        row.retain(|(_, value)| !value.is_object());
        if i == 0 {
            writer.write_record(row.iter().map(|(name, _)| name))?;
        }
        writer.write_record(row.iter().map(|(_, value)| cell(value)))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// A table of the log, as a data frame.
#[derive(Clone, Copy)]
pub enum Frame {
    Runs,
    Weeks,
}

/// Writes a table of the log as Parquet; it is no text for a terminal, so it needs a file.
#[cfg(feature = "parquet")]
pub fn parquet(log: &TrainingLog, which: Frame, output: Option<&Path>) -> anyhow::Result<Ending> {
    let file = output.context("parquet needs a file to go to: -o FILE")?;
    let mut frame = match which {
        Frame::Runs => kneewise_frame::runs(log)?,
        Frame::Weeks => kneewise_frame::weeks(log)?,
    };
    kneewise_frame::write_parquet(&mut frame, file)?;
    Ok(Ending::Done)
}

/// Parquet is a feature of the build.
#[cfg(not(feature = "parquet"))]
pub fn parquet(_: &TrainingLog, _: Frame, _: Option<&Path>) -> anyhow::Result<Ending> {
    anyhow::bail!("this build has no parquet; build with the feature `parquet`")
}
