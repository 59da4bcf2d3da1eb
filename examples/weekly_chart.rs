//! A chart of weekly distance from a folder of files, as an SVG to put anywhere.
//!
//! `cargo run --example weekly_chart -- fixtures/sample-log weekly.svg`

#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::PathBuf;

use kneewise_core::{Runner, Settings};
use kneewise_import::{Options, import};
use kneewise_read::unit::Units;
use kneewise_report::chart::{self, Data, View};

/// Runs it on what the command line names.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    run(&std::env::args().skip(1).collect::<Vec<_>>())
}

/// Reads the folder in the first argument, writes the chart to the file in the second.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sample-log");
    let folder = arguments.first().map_or(sample, String::as_str);

    let mut import = import(&[PathBuf::from(folder)], &Options::default());
    println!("{}", import.ledger);
    let report = import.report(&mut Runner::default(), &Settings::default(), None)?;
    let chart = chart::find("weekly-distance").ok_or("no such chart")?;
    let data = Data::new(&report, Units::Metric);
    let svg = chart::svg(chart, &data, &View::new(960.0, 400.0))?;
    match arguments.get(1) {
        Some(file) => std::fs::write(file, svg)?,
        None => println!("{} bytes of SVG; name a file to keep them", svg.len()),
    }
    Ok(())
}
