//! Load held against figures that others have published, one test a source, and what holds of any load.
//!
//! Figures, loads and rules as the program shows them are held against R's ACWR, Runalyze's `TsbModel` and `Monotony`, Athlytics, Foster
//! 2001, fellrnr, afitpilot, Edwards' example and Lövdal's data. `injurytools` and Runalyze's `BanisterModel` are held
//! against formulas for embedders, which reach no figure of the program.

mod athlytics;
mod constants;
mod foster;
mod identities;
mod injurytools;
mod oracle;
mod r_acwr;
mod runalyze;
mod sessions;
mod verbs;

use jiff::civil::{Date, Weekday, date};
use kneewise_core::load::{self, Answer, Convention, DISTANCE, Figure};
use kneewise_core::time::{DateExt, Timestamp};
use kneewise_core::{Run, Runner, TrainingLog, metric};

/// The day on which made-up logs begin.
const FIRST: Date = date(2026, 1, 1);

/// Equal to 1e-9, of figures that a source gives in full or that follow exactly from it.
#[track_caller]
fn close(ours: f64, theirs: f64) {
    within(ours, theirs, 1e-9);
}

/// Equal as far as a source prints it.
#[track_caller]
fn within(ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance, "ours {ours}, theirs {theirs}");
}

/// A run of so many metres on the nth day.
fn run(day: usize, metres: f64) -> Run {
    let date = FIRST.saturating_add_days(day as i64);
    let start = Timestamp::parse_iso8601(&format!("{date}T08:00:00Z")).unwrap().0;
    Run::summary(start, Some(0), &[(&metric::DISTANCE, metres), (&metric::TIMER, metres / 3.0)])
}

/// A log with these loads as metres, a day each; 0 is a day of rest, but that the log begins with its first run.
fn log(loads: &[f64]) -> TrainingLog {
    let runs = loads.iter().enumerate().filter(|(_, load)| **load > 0.0).map(|(day, load)| run(day, *load));
    let last = FIRST.saturating_add_days(loads.len() as i64 - 1);
    TrainingLog::new(runs.collect(), last, Weekday::Monday)
}

/// A figure of each day of these loads.
fn figure(loads: &[f64], figure: &Figure, convention: &Convention) -> Vec<Answer<f64>> {
    let days = load::days(&log(loads), &Runner::default(), &DISTANCE, convention).unwrap();
    days.iter().map(|day| day.get(figure)).collect()
}

/// The known values of it; a day that is not known has none.
fn known(loads: &[f64], of: &Figure, convention: &Convention) -> Vec<Option<f64>> {
    figure(loads, of, convention).into_iter().map(Answer::known).collect()
}
