//! Every sample of a file as columns: for a data frame, a database or a chart of one's own.
//!
//! `cargo run --example samples_as_columns -- fixtures/formats/run.fit`

#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::Path;

/// Runs it on what the command line names.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    run(&std::env::args().skip(1).collect::<Vec<_>>())
}

/// Prints the columns of the file named on the command line, or of one of the fixtures.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sample-log/2026-03-03-easy.fit");
    let file = arguments.first().map_or(sample, String::as_str);

    let loaded = kneewise_import::load(Path::new(file))?; // unpacked, whatever it was packed in
    for activity in kneewise_core::read(&loaded.bytes)?.activities {
        println!("{} at {}, {} samples", activity.sport.name(), activity.start, activity.samples.len());
        let columns = activity.samples.into_columns();
        println!("time_s: {} values", columns.time_s.len());
        for (channel, values) in &columns.channels {
            let known = values.iter().filter(|value| !value.is_nan()); // NaN where a sample lacks it
            println!("{} in {}: {} values", channel.name(), channel.unit(), known.count());
        }
        for column in &columns.developer {
            println!("{} in {}: {} values", column.name, column.unit, column.values.len()); // of apps and pods
        }
        assert!(columns.channels.iter().all(|(_, values)| values.len() == columns.time_s.len()));
    }
    Ok(())
}
