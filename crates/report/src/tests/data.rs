//! What programs read, and tables of numbers.

use kneewise_core::Run;
use kneewise_core::measure::metric::{DISTANCE, METRICS, TIMER};
use kneewise_import::Outcome;
use kneewise_read::activity::{Note, NoteKind};
use kneewise_read::time::Timestamp;
use kneewise_read::unit::Units;
use serde_json::Value;

use super::{AS_OF, ledger, rendered, report, runs};
use crate::{JSON, TextStyle, json, table};

#[test]
fn json_has_the_names_of_the_schema_in_their_order() {
    let report = report(runs(), AS_OF);
    let written = rendered(&report, &JSON, TextStyle::default());
    let value: Value = serde_json::from_str(&written).expect("JSON");
    let top = [
        "schema_version",
        "as_of",
        "ledger",
        "own_files",
        "runs",
        "weeks",
        "care",
        "load",
        "findings",
        "before_pain",
        "cards",
        "footer",
        "first_screen",
        "outline",
    ];
    let at: Vec<usize> = top.map(|name| written.find(&format!("\n  \"{name}\":")).expect(name)).into();
    assert!(at.is_sorted(), "{at:?}");
    assert_eq!(value.as_object().map(serde_json::Map::len), Some(top.len()));

    let run = value["runs"][0].as_object().expect("a run");
    let mut names = vec!["id", "start", "local_date", "sport", "sub_sport", "source", "basis", "notes"];
    names.extend(METRICS.iter().map(|metric| metric.id));
    names.sort_unstable();
    assert_eq!(run.keys().map(String::as_str).collect::<Vec<_>>(), names);
    assert_eq!((&run["start"], &run["local_date"]), (&"2025-12-01T08:00:00Z".into(), &"2025-12-01".into()));
    assert_eq!((&run["distance_m"], &run["pace_s_per_km"]), (&8000.0.into(), &330.0.into()));
    assert_eq!((&run["avg_heart_rate_bpm"], &run["basis"]["distance_m"]), (&Value::Null, &"a summary".into()));
    assert_eq!(run["notes"].as_array().map(Vec::len), Some(2));

    let week = value["weeks"][1].as_object().expect("a week");
    assert_eq!(week["start"], "2025-12-08");
    assert_eq!((&week["distance_m"], &week["runs"], &week["complete"]), (&28000.0.into(), &3.into(), &true.into()));
    let finding = &value["findings"][0];
    assert_eq!(
        (&finding["rule"], &finding["outcome"], &finding["tier"]),
        (&"session-spike".into(), &"flagged".into(), &"elevated".into())
    );
    assert_eq!(finding["limit"], serde_json::json!({"value": 2.0, "unit": "ratio"}));
    assert_eq!(value["ledger"]["counts"]["salvaged"], 1);
}

#[test]
fn json_never_holds_a_number_that_is_none() {
    let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
    let run = Run::summary(start, None, &[(&DISTANCE, f64::NAN), (&TIMER, f64::INFINITY)]);
    let mut written = Vec::new();
    json::write_runs(&[run], &mut written).expect("writes");
    let value: Value = serde_json::from_slice(&written).expect("JSON");
    assert_eq!((&value[0]["distance_m"], &value[0]["timer_s"]), (&Value::Null, &Value::Null));
}

#[test]
fn tables_keep_to_the_width_and_the_units() {
    let report = report(runs(), AS_OF);
    let style = TextStyle::default();
    let kilometres = table::runs(report.log.runs(), Units::Metric, &style);
    assert_eq!(kilometres.lines().filter(|line| line.starts_with("20")).count(), report.log.runs().len());
    assert!(
        kilometres.lines().nth(1).is_some_and(|line| line.starts_with("2025-12-01   8.0    44:00  5:30/km")),
        "{kilometres}"
    );
    let miles = table::weeks(report.log.weeks(), 0, Units::Imperial, &style);
    assert!(miles.lines().nth(2).is_some_and(|line| line.starts_with("2025-12-08  17.4  2:34:00  3 runs")), "{miles}");
    let ledger = table::ledger(&ledger(), &style);
    assert!(ledger.contains("salvaged    <b onclick=x>") && ledger.contains("all in home/runner/"), "{ledger}");
    for line in kilometres.lines().chain(miles.lines()).chain(ledger.lines()) {
        assert!(crate::wrap::columns(line) <= 80, "{line}");
    }
}

#[test]
fn the_folder_of_all_files_stands_once() {
    let mut ledger = ledger();
    ledger.rows[0].reason = Some("the same as home/runner/b.fit".to_owned());
    let text = table::ledger(&ledger, &TextStyle::default());
    assert_eq!(text.matches("home/runner/").count(), 1, "{text}");
    assert!(text.contains("the same as b.fit") && text.ends_with("all in home/runner/\n"), "{text}");
}

#[test]
fn the_ledger_tells_damage_whatever_else_is_said_of_a_file() {
    let mut ledger = ledger();
    let row = &mut ledger.rows[0];
    (row.outcome, row.reason) = (Outcome::Duplicate, Some("a copy of b.fit".to_owned()));
    row.notes = vec![Note::new(NoteKind::Samples, "x"), Note::new(NoteKind::Damage, "the checksum is wrong")];
    let text = table::ledger(&ledger, &TextStyle { width: 120, ..TextStyle::default() });
    let line = "a copy of b.fit; the checksum is wrong; and 1 more note";
    assert_eq!(text.lines().nth(1).map(str::trim), Some(line), "{text}");
    assert!(text.contains("\n--format json has all notes\n"), "{text}");
}

#[test]
fn a_wide_terminal_shows_every_field_of_a_run() {
    let header = |width| table::runs(&[], Units::Metric, &TextStyle { width, ..TextStyle::default() });
    let head = |width| header(width).lines().next().map(str::to_owned).unwrap_or_default();
    assert!(!head(80).contains("elapsed") && header(80).contains("--format csv"));
    let report = report(runs(), AS_OF);
    let narrow = table::runs(report.log.runs(), Units::Metric, &TextStyle { width: 50, ..TextStyle::default() });
    assert!(narrow.contains("5:30/km") && narrow.contains("2025-12-01") && !narrow.contains('…'), "{narrow}");
    assert!(narrow.replace('\n', " ").contains("has id"), "{narrow}");
    for name in ["id", "moving", "elapsed", "max", "step m", "steps", "down m"] {
        assert!(header(160).contains(name), "{name}");
    }
}
