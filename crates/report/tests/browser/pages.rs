//! Pages to look at.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use kneewise_core::measure::metric::{AVG_HEART_RATE, AVG_STEP_RATE, DISTANCE, MOVING_TIME, PACE, TIMER};
use kneewise_core::{Run, Runner, Settings, analyze};
use kneewise_import::{Ledger, Options, import};
use kneewise_profile::{diary, profile};
use kneewise_read::activity::Labels;
use kneewise_read::time::{DateExt, Timestamp};
use kneewise_report::{Detail, Document, HTML, TextStyle, render};

/// A name of a run that would be an element and a script, and close both that are there.
pub const HOSTILE: &str = "<img src=x onerror=alert(1)></noscript></script><script>alert(2)</script>";

const LAST: Date = date(2026, 6, 21);

/// Where pages and pictures are left.
pub fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a page. Tests run at the same time, and each writes the same.
pub fn page_file(name: &str, html: &str) -> PathBuf {
    let thread = format!("{:?}", std::thread::current().id());
    let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
    let file = folder().join(format!("{name}-{thread}.html"));
    fs::write(&file, html).unwrap();
    file
}

fn html(runs: Vec<Run>, runner: &Runner, ledger: &Ledger) -> String {
    let as_of = runs.iter().map(|run| run.local_date).max().expect("a run");
    let report = analyze(runs, runner, &Settings::default(), as_of);
    let document = Document::new(&report, ledger).detail(Detail::Full);
    render(&document, &HTML, &TextStyle::default()).unwrap()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The page of a made-up log.
pub fn of_log(name: &str) -> String {
    let import = import(&[fixtures().join(name)], &Options::default());
    html(import.runs, &Runner::default(), &import.ledger)
}

fn of_diary(log: &Path, lines: &str) -> String {
    let import = import(&[log.to_owned()], &Options::default());
    let diary = diary::parse(lines.as_bytes(), "diary.csv").unwrap().diary;
    html(import.runs, &Runner { diary, ..Runner::default() }, &import.ledger)
}

/// A knee that hurts, of the hand-kept log.
pub fn with_pain() -> String {
    let folder = fixtures().join("logs/hand-kept");
    let import = import(&[folder.join("log.csv")], &Options::default());
    let mut runner =
        profile::parse(&fs::read_to_string(folder.join("profile.toml")).unwrap(), "profile.toml").unwrap().runner;
    runner.diary = diary::load(&folder.join("diary.csv")).unwrap().expect("a diary").diary;
    html(import.runs, &runner, &import.ledger)
}

/// A pain so strong that a doctor comes first.
pub fn care() -> String {
    let day = |days: i64| LAST.saturating_add_days(-days);
    let line =
        |(days, score): (i64, u8)| format!("{},{},{score},{},right,inner-below\n", day(days), score - 2, score - 1);
    let lines: String = (0..36).rev().map(|days| (days, 10 - (days / 9) as u8)).map(line).collect();
    of_diary(
        &fixtures().join("sample-log"),
        &format!("date,pain_during,pain_after,pain_next_morning,side,place\n{lines}"),
    )
}

fn run(day: Date, km: f64) -> Run {
    let start = Timestamp::parse_iso8601(&format!("{day}T08:00:00Z")).expect("a time").0;
    let seconds = km * 330.0;
    let values = [
        (&DISTANCE, km * 1000.0),
        (&TIMER, seconds),
        (&MOVING_TIME, seconds),
        (&PACE, 330.0),
        (&AVG_STEP_RATE, 168.0),
        (&AVG_HEART_RATE, 142.0),
    ];
    let mut run = Run::summary(start, None, &values);
    run.set_labels(Labels { name: Some(format!("Morning run {day}")), comment: None, is_race: false });
    run
}

/// Five thousand runs, one a day.
pub fn many() -> String {
    let km = |day: i64| 4.0 + ((day * 7919) % 83) as f64 / 10.0 + if day % 7 == 0 { 8.0 } else { 0.0 };
    let runs = (0..5000).rev().map(|day| run(LAST.saturating_add_days(-day), km(day))).collect();
    html(runs, &Runner::default(), &Ledger::default())
}

/// A log whose runs have a hostile name.
pub fn hostile() -> String {
    let mut runs: Vec<Run> = (0..60).rev().map(|day| run(LAST.saturating_add_days(-2 * day), 8.0)).collect();
    for run in &mut runs {
        run.set_labels(Labels { name: Some(HOSTILE.to_owned()), comment: Some(HOSTILE.to_owned()), is_race: true });
    }
    html(runs, &Runner::default(), &Ledger::default())
}
