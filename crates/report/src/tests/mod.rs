//! All formats on the same small log, which holds what renderers must cope with.

mod charts;
mod data;
mod events;
mod every_form;
mod first_screen;
mod forms;
mod loads;
mod notes;
mod page;
mod pain;
mod people;

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use kneewise_core::measure::metric::{AVG_STEP_RATE, DISTANCE, MOVING_TIME, TIMER};
use kneewise_core::run::Source;
use kneewise_core::{Report, Run, Runner, Settings, analyze};
use kneewise_import::{Ledger, Outcome, Row};
use kneewise_read::activity::{Note, NoteKind};
use kneewise_read::time::{DateExt, Timestamp};
use kneewise_read::unit::Units;

use crate::{Detail, Document, Format, TEXT, TextStyle, render};

/// A file name that no format may take for anything else.
const EVIL: &str = "<b onclick=x>|*x*\u{1B}[31m\u{202E}.fit";

pub(crate) const AS_OF: Date = date(2026, 3, 22);

fn run(day: Date, km: f64) -> Run {
    let start = Timestamp::parse_iso8601(&format!("{day}T08:00:00Z")).expect("a time").0;
    let seconds = km * 330.0;
    let mut run = Run::summary(
        start,
        None,
        &[(&DISTANCE, km * 1000.0), (&TIMER, seconds), (&MOVING_TIME, seconds), (&AVG_STEP_RATE, 168.0)],
    );
    run.sources.push(Source::new(format!("home/runner/{day}.fit"), None));
    run
}

/// Sixteen weeks of three runs, in the eighth a run of 1.36 times the longest, in the last one of
/// 2.13 times.
pub(crate) fn runs() -> Vec<Run> {
    let first = date(2025, 12, 1);
    let mut runs: Vec<Run> = (0..16)
        .flat_map(|week| [(0, 8.0), (2, 9.0), (5, 11.0)].map(|(day, km)| (week, day, km)))
        .map(|(week, day, km)| match (week, day) {
            (7, 5) => (week, day, 15.0),
            (15, 5) => (week, day, 32.0),
            _ => (week, day, km),
        })
        .map(|(week, day, km)| run(first.saturating_add_days(week * 7 + day), km))
        .collect();
    for run in &mut runs[..4] {
        run.notes.push(Note::new(NoteKind::Samples, EVIL));
    }
    runs
}

pub(crate) fn report(runs: Vec<Run>, as_of: Date) -> Report {
    analyze(runs, &Runner::default(), &Settings::default(), as_of)
}

fn ledger() -> Ledger {
    let row = |path: &str, outcome, reason: Option<&str>| {
        let mut row = Row::new(path, outcome);
        (row.reason, row.bytes) = (reason.map(str::to_owned), 1000);
        row
    };
    Ledger::new(vec![
        row("home/runner/a.fit", Outcome::Read, None),
        row(
            &format!("home/runner/{EVIL}"),
            Outcome::Salvaged,
            Some("the file is cut off: 19 bytes are missing at its end"),
        ),
        row("home/runner/notes.txt", Outcome::Skipped, Some("neither FIT, GPX nor TCX")),
    ])
}

pub(crate) fn document(report: &Report, detail: Detail) -> Document<'_> {
    static LEDGER: LazyLock<Ledger> = LazyLock::new(ledger);
    Document { report, ledger: &LEDGER, own: &[], units: Units::Metric, detail }
}

fn rendered(report: &Report, format: &Format, style: TextStyle) -> String {
    render(&document(report, Detail::Full), format, &style).expect("renders")
}

fn text(report: &Report) -> String {
    rendered(report, &TEXT, TextStyle::default())
}
