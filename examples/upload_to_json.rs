//! From an upload to findings as JSON, without touching a disk: what a web service does.
//!
//! `cargo run --example upload_to_json -- morning.fit.gz > findings.json`

#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use kneewise_core::{Runner, Settings};
use kneewise_import::{Options, import_bytes};

/// Runs it on what the command line names.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    run(&std::env::args().skip(1).collect::<Vec<_>>())
}

/// Takes the file named on the command line for the upload, or a log that it makes up.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let json = match arguments.first() {
        Some(name) => findings(name, std::fs::read(name)?)?,
        None => findings("log.csv", made_up())?,
    };
    println!("{json}");
    Ok(())
}

/// Returns the report of an upload: a FIT, GPX, TCX or CSV file, packed or not, or a whole archive.
fn findings(name: &str, bytes: Vec<u8>) -> Result<String, Box<dyn std::error::Error>> {
    let mut import = import_bytes(name, bytes, &Options::default());
    let report = import.report(&mut Runner::default(), &Settings::default(), None)?;
    Ok(serde_json::to_string_pretty(&report.with_inputs(&import.ledger, &[(); 0]))?)
}

/// Four easy runs over a month, and then one twice as long.
fn made_up() -> Vec<u8> {
    b"date,distance_km,minutes\n2026-04-01,6,36\n2026-04-08,7,42\n2026-04-15,7,42\n2026-04-22,8,48\n2026-05-01,16,96\n"
        .to_vec()
}
