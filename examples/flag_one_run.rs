//! From the bytes of watch files to what the rules say, without touching a disk: what a phone app
//! or a server that holds files in memory would do.
//!
//! `cargo run --example flag_one_run -- fixtures/sample-log/*.fit`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use kneewise_core::run::{SESSION_GAP_S, sessions};
use kneewise_core::{Run, Runner, Settings, analyze, read};

/// Reads the files named on the command line, or two runs that it makes up.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<(String, Vec<u8>)> = match std::env::args().skip(1).collect::<Vec<_>>() {
        names if names.iter().any(|name| std::path::Path::new(name).is_file()) => {
            names.into_iter().map(|name| Ok((name.clone(), std::fs::read(&name)?))).collect::<std::io::Result<_>>()?
        }
        _ => made_up(),
    };

    let mut runs = Vec::new();
    for (name, bytes) in &files {
        match read(bytes) {
            Ok(contents) => {
                runs.extend(contents.activities.iter().filter_map(|activity| Run::from_activity(activity, name, None)));
            }
            Err(error) => println!("{name}: {error}"),
        }
    }
    let Some(as_of) = runs.iter().map(|run| run.local_date).max() else {
        println!("no run among {} files", files.len());
        return Ok(());
    };

    // A warm-up, a race and its cool-down are one session.
    let runs = sessions(runs, SESSION_GAP_S);
    let report = analyze(runs, &Runner::default(), &Settings::default(), as_of);
    println!("{} runs up to {as_of}", report.log.runs().len());
    for finding in &report.findings {
        match &finding.reason {
            Some(reason) => println!("{}: not assessed: {reason}", finding.rule),
            None => println!("{}: {}", finding.rule, finding.message),
        }
    }
    Ok(())
}

/// Four easy runs over a month and then one twice as long, as GPX in memory.
fn made_up() -> Vec<(String, Vec<u8>)> {
    let runs =
        [("2026-04-01", 1000), ("2026-04-08", 1400), ("2026-04-15", 1500), ("2026-04-22", 1600), ("2026-05-01", 3400)];
    let file = |(day, seconds): (&str, u32)| {
        let point = |i: u32| {
            let (lat, minute, second) = (40.0 + f64::from(i) * 27e-6, i / 60, i % 60);
            format!(r#"<trkpt lat="{lat:.6}" lon="-30.0"><time>{day}T07:{minute:02}:{second:02}Z</time></trkpt>"#)
        };
        let points: String = (0..seconds).map(point).collect();
        let gpx = format!(r#"<gpx version="1.1"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"#);
        (format!("{day}.gpx"), gpx.into_bytes())
    };
    runs.into_iter().map(file).collect()
}
