//! A chart of weekly distance from a folder of files, as an SVG to put anywhere.
//!
//! `cargo run --example weekly_chart -- fixtures/sample-log weekly.svg`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::PathBuf;

use kneewise_core::{Runner, Settings, analyze};
use kneewise_import::{Options, import};
use kneewise_read::unit::Units;
use kneewise_report::chart::{self, Data, View};

/// Reads the folder in the first argument, writes the chart to the file in the second.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let sample = || concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sample-log").to_owned();
    let folder = arguments.next().filter(|path| PathBuf::from(path).exists()).unwrap_or_else(sample);

    let import = import(&[PathBuf::from(folder)], &Options::default());
    println!("{}", import.ledger);
    let as_of = import.runs.iter().map(|run| run.local_date).max().ok_or("no runs in there")?;
    let report = analyze(import.runs, &Runner::default(), &Settings::default(), as_of);
    let chart = chart::find("weekly-distance").ok_or("no such chart")?;
    let data = Data { report: &report, units: Units::Metric };
    let svg = chart::svg(chart, &data, &View { width_px: 960.0, height_px: 400.0, days: None })?;
    match arguments.next() {
        Some(file) => std::fs::write(file, svg)?,
        None => println!("{} bytes of SVG; name a file to keep them", svg.len()),
    }
    Ok(())
}
