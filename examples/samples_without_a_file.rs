//! From arrays of a program's own to findings: no file, no format.
//!
//! `cargo run --example samples_without_a_file`

#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use kneewise_core::report::last_day;
use kneewise_core::run::{SESSION_GAP_S, sessions};
use kneewise_core::{Activity, Run, Runner, Settings, analyze};
use kneewise_read::activity::{Channel, Samples};
use kneewise_read::sport::Sport;
use kneewise_read::time::{Timestamp, Zone};

/// Makes a run of arrays every other day for six weeks, and reports on them.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let zone = Zone::named("Europe/Berlin")?;
    let mut runs = Vec::new();
    for day in (0..=42).step_by(2) {
        let start = Timestamp::from_unix_s(1_772_348_400 + day * 86_400).ok_or("out of range")?;
        let seconds = if day == 42 { 4800 } else { 1800 };
        // One recording may settle into several, where its clock leapt.
        for activity in Activity::recorded(start, Sport::Running, samples(seconds)?).settle() {
            match Run::from_activity(&activity, "my watch", Some(&zone)) {
                Ok(run) => runs.push(run),
                Err(why) => println!("left out: {why}"),
            }
        }
    }
    let runs = sessions(runs, SESSION_GAP_S);
    let runner = Runner::default();
    let last = last_day(&runs, None, &runner.diary).ok_or("no runs")?;
    let report = analyze(runs, &runner, &Settings::default(), last.date);
    let spike = report.findings.iter().find(|finding| finding.rule == "session-spike").ok_or("the rule was asked")?;
    println!("{}", spike.message);
    assert!(spike.tier.is_some(), "{spike:?}");
    Ok(())
}

/// A second a sample, at 3 m/s to the north.
fn samples(seconds: u32) -> Result<Samples, kneewise_read::WrongLength> {
    let column = |of: fn(f64) -> f64| (0..seconds).map(f64::from).map(of).collect::<Vec<f64>>();
    Samples::new(column(|s| s))
        .with(Channel::Latitude, column(|s| 52.5 + s * 2.7e-5))?
        .with(Channel::Longitude, column(|_| 13.4))?
        .with(Channel::HeartRate, column(|s| 130.0 + (s / 300.0).floor()))?
        .with(Channel::StepRate, column(|_| 168.0))
}
