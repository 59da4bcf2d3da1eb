//! The data that a page carries: the report as JSON, without folders and addresses.

use std::cmp::Reverse;

use kneewise_core::Finding;
use kneewise_core::knowledge::card::Card;
use kneewise_core::report::{FOOTER, FindingOutcome, RecentLoad, SCHEMA_VERSION};
use kneewise_core::rule::before_pain::BeforePain;
use kneewise_core::triage::Referral;
use kneewise_import::Ledger;
use serde::Serialize;
use serde_json::Value;

use crate::json::{Named, Row, value, week_row};
use crate::saved::Words;
use crate::words::{file_name, without_addresses};
use crate::{Document, OwnFile, RenderError};

/// The names and the order of a report's own data.
#[derive(Serialize)]
struct PageData<'a> {
    schema_version: u32,
    as_of: String,
    ledger: Ledger,
    own_files: &'a [OwnFile],
    runs: Vec<Value>,
    weeks: Vec<Row>,
    care: &'a [Referral],
    load: &'a RecentLoad,
    findings: Vec<Value>,
    before_pain: Option<&'a BeforePain>,
    cards: &'a [&'static Card],
    footer: &'static str,
    #[serde(flatten)]
    words: Words,
    left_out: LeftOut,
}

/// What was left out because a page is to stay small.
#[derive(Serialize)]
struct LeftOut {
    findings: usize,
    runs: usize,
    ledger_rows: usize,
}

/// Room that gets less.
struct Room(usize);

impl Room {
    fn takes(&mut self, value: &Value) -> bool {
        let bytes = value.to_string().len() + 1;
        let is_within = bytes <= self.0;
        self.0 = if is_within { self.0 - bytes } else { 0 };
        is_within
    }
}

/// The report as JSON: all of it where it fits in `room_bytes`. Otherwise the earliest findings,
/// the oldest runs and the last rows of the ledger are left out, and counted.
pub(super) fn of(document: &Document, room_bytes: usize) -> Result<String, RenderError> {
    let as_json = |error: serde_json::Error| RenderError::Json(error.to_string());
    let Document { report, ledger, own, .. } = document;
    let folders = folders(ledger);
    let mut without_rows = Ledger::default();
    (without_rows.inputs, without_rows.counts, without_rows.notes) =
        (ledger.inputs, ledger.counts, ledger.notes.clone());
    let mut data = PageData {
        schema_version: SCHEMA_VERSION,
        as_of: report.as_of.to_string(),
        ledger: without_rows,
        own_files: own,
        runs: Vec::new(),
        weeks: report.log.weeks().iter().map(week_row).collect(),
        care: &report.care,
        load: &report.load,
        findings: Vec::new(),
        before_pain: report.before_pain.as_ref(),
        cards: &report.cards,
        footer: FOOTER,
        words: Words::of(document),
        left_out: LeftOut { findings: 0, runs: 0, ledger_rows: 0 },
    };
    let mut room = Room(room_bytes.saturating_sub(serde_json::to_string(&data).map_err(as_json)?.len()));
    let kept = findings(document, &mut room);
    for found in &mut data.words.first_screen.standouts {
        found.finding = kept.partition_point(|(place, _)| *place < found.finding);
    }
    data.findings = kept.into_iter().map(|(_, finding)| finding).collect();
    let runs = report.log.runs();
    data.runs = runs.iter().rev().map(|run| named(value(run), "source")).take_while(|run| room.takes(run)).collect();
    data.runs.reverse();
    let row = |row: &kneewise_import::Row| {
        let mut of = row.clone();
        file_name(&row.path).clone_into(&mut of.path);
        of.reason = row.reason.as_deref().map(|reason| without(&folders, reason));
        of
    };
    data.ledger.rows = ledger.rows.iter().map(row).take_while(|row| room.takes(&value(row))).collect();
    data.left_out = LeftOut {
        findings: report.findings.len() - data.findings.len(),
        runs: runs.len() - data.runs.len(),
        ledger_rows: ledger.rows.len() - data.ledger.rows.len(),
    };
    Ok(safe(&without_addresses(&serde_json::to_string(&data).map_err(as_json)?)))
}

/// The findings with their places in the report: those of the last days and of what was checked,
/// and of the earlier ones the latest, as many as there is room for.
fn findings(document: &Document, room: &mut Room) -> Vec<(usize, Value)> {
    let report = document.report;
    let of = |(place, finding): (usize, &Finding)| (place, value(&Named::of(finding, document)));
    let is_earlier = |finding: &Finding| finding.outcome == FindingOutcome::Flagged && !report.is_recent(finding);
    let places = || report.findings.iter().enumerate();
    let mut kept: Vec<(usize, Value)> = places().filter(|(_, finding)| !is_earlier(finding)).map(of).collect();
    for (_, finding) in &kept {
        room.takes(finding);
    }
    let mut earlier: Vec<(usize, &Finding)> = places().filter(|(_, finding)| is_earlier(finding)).collect();
    earlier.sort_by_key(|(_, finding)| Reverse(finding.window.map(|window| window.to)));
    kept.extend(earlier.into_iter().map(of).take_while(|(_, finding)| room.takes(finding)));
    kept.sort_by_key(|(place, _)| *place);
    kept
}

/// A value whose path is only its last part.
fn named(mut of: Value, key: &str) -> Value {
    if let Some(name) = of[key].as_str().map(|path| file_name(path).to_owned()) {
        of[key] = Value::String(name);
    }
    of
}

/// The folders of the files, the longest first.
fn folders(ledger: &Ledger) -> Vec<&str> {
    let folder = |row: &'_ kneewise_import::Row| row.path.len() - file_name(&row.path).len();
    let mut folders: Vec<&str> = ledger.rows.iter().map(|row| &row.path[..folder(row)]).collect();
    folders.retain(|folder| folder.len() > 1);
    folders.sort_unstable_by_key(|folder| (Reverse(folder.len()), *folder));
    folders.dedup();
    folders
}

fn without(folders: &[&str], text: &str) -> String {
    folders.iter().fold(text.to_owned(), |text, folder| text.replace(folder, ""))
}

/// JSON that ends no script, whatever its texts are, and turns no direction of writing.
fn safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '<' || matches!(u32::from(c), 0x7F..=0x9F | 0x200E..=0x200F | 0x2028..=0x202E | 0x2066..=0x2069) {
            safe.extend(["\\u", &format!("{:04x}", u32::from(c))]);
        } else {
            safe.push(c);
        }
    }
    safe
}
