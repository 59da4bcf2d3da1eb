//! The program from outside: streams, exit codes, names in its data.

use std::io::Read;
use std::process::Stdio;

use kneewise_core::load::{CONVENTIONS, FIGURES, LOADS};
use kneewise_core::measure::metric::METRICS;
use serde_json::Value;

use crate::support::{command, json, kneewise};

const LOG: &str = "fixtures/sample-log";

fn code(arguments: &[&str]) -> i32 {
    kneewise(arguments).status.code().unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn exit_codes() {
    assert_eq!(code(&["report", LOG]), 0);
    assert_eq!(code(&["check", LOG, "--fail-on", "notice"]), 1);
    assert_eq!(code(&["check", LOG, "--fail-on", "elevated"]), 0);
    assert_eq!(code(&["check", LOG, "--fail-on", "notice", "--since", "2026-06-15"]), 0, "the spike is older");
    assert_eq!(code(&["report", "no-such-folder"]), 2);
    assert_eq!(code(&["report"]), 2);
    assert_eq!(code(&["report", "fixtures/sample-log/notes.txt"]), 2, "nothing readable");
    assert_eq!(code(&["scan", "fixtures/sample-log/notes.txt"]), 2, "nothing readable");
    assert_eq!(code(&["report", LOG, "--tz", "Middle/Earth"]), 2);
    assert_eq!(code(&["explain", "no-such-rule"]), 2);
    assert_eq!(code(&["runs", LOG, "--format", "parquet"]), 2, "parquet is not for a terminal");
}

#[test]
fn strict_takes_damage_for_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let fixture = |name: &str| std::fs::read(format!("fixtures/formats/{name}")).unwrap();
    let path = folder.path().to_str().unwrap();
    put("whole.fit", &fixture("one-run.fit"));
    assert_eq!(code(&["report", path, "--strict"]), 0, "nothing is damaged");

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, &fixture("one-run.tcx")).unwrap();
    let packed = packed.finish().unwrap();
    let damaged = [
        ("crc.fit", fixture("one-run-bad-crc.fit"), "checksum"),
        ("cut.fit", fixture("one-run-cut.fit"), "cut off"),
        ("cut.gpx", fixture("cut.gpx"), "damaged: 205 points kept"),
        ("cut.tcx.gz", packed[..packed.len() / 2].to_vec(), "damaged compression"),
    ];
    for (name, bytes, reason) in &damaged {
        put(name, bytes);
        let alone = folder.path().join(name);
        let alone = alone.to_str().unwrap();
        assert_eq!(code(&["report", alone]), 0, "{name} is read without --strict");
        let output = kneewise(&["scan", alone, "--strict", "--format", "json"]);
        let ledger: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((output.status.code(), &ledger["rows"][0]["outcome"]), (Some(2), &"unreadable".into()), "{name}");
        assert!(ledger["rows"][0]["reason"].as_str().unwrap().contains(reason), "{ledger}");
    }
    for command in ["report", "runs", "weeks", "scan", "check"] {
        assert_eq!((code(&[command, path]), code(&[command, path, "--strict"])), (0, 2), "{command}");
    }
    let output = kneewise(&["runs", path, "--strict", "--format", "json"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("crc.fit") && said.contains("3 more"), "{said}");
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap().as_array().unwrap().len(), 1, "the whole one");
}

#[test]
fn errors_go_to_standard_error_and_name_the_trouble() {
    let output = kneewise(&["report", "no-such-folder"]);
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("kneewise: ") && said.contains("no-such-folder"), "{said}");
}

#[test]
fn results_leave_standard_error_empty() {
    for arguments in [["report", LOG], ["runs", LOG], ["weeks", LOG], ["scan", LOG]] {
        let output = kneewise(&arguments);
        assert!(output.stderr.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn an_input_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("me.fit");
    std::fs::copy("fixtures/formats/one-run.fit", &file).unwrap();
    let before = std::fs::read(&file).unwrap();
    let (within, path) = (folder.path().to_str().unwrap(), file.to_str().unwrap());
    let roundabout = format!("{within}/./me.fit");
    for arguments in [
        &["inspect", path, "-o", &roundabout][..],
        &["report", path, "-o", &roundabout],
        &["runs", within, "-o", path],
        &["weeks", path, "-o", path, "--format", "csv"],
        &["scan", within, "-o", path],
        &["plot", "weekly-distance", path, "-o", path],
    ] {
        let output = kneewise(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said.contains("is one of the files to read; name another"), "{said}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);

    let page = folder.path().join("report.html");
    for _ in 0..2 {
        assert_eq!(code(&["report", within, "--format", "html", "-o", page.to_str().unwrap()]), 0, "may be made anew");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child =
        command(&["runs", LOG, "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 1]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn colour_only_where_asked_for() {
    let colours = |arguments: &[&str]| kneewise(arguments).stdout.contains(&0x1B);
    assert!(!colours(&["report", LOG]), "a pipe is no terminal");
    assert!(colours(&["report", LOG, "--color", "always"]));
}

#[test]
fn the_names_of_the_json_report_are_stable() {
    let report = json(&["report", LOG, "--format", "json"]);
    for name in ["schema_version", "as_of", "ledger", "runs", "weeks", "findings"] {
        assert!(!report[name].is_null(), "{name}");
    }
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["as_of"], "2026-06-21");
    let ledger = &report["ledger"];
    assert_eq!(keys(&ledger["counts"]), ["duplicate", "merged", "read", "salvaged", "skipped", "unreadable"]);
    for name in ["path", "outcome", "reason", "bytes", "activities", "notes"] {
        assert!(ledger["rows"][0].get(name).is_some(), "{name}");
    }
    let activity = ledger["rows"].as_array().unwrap().iter().find_map(|row| row["activities"].get(0)).unwrap();
    let names =
        ["sport", "sub_sport", "start", "samples", "distance_m", "timer_s", "avg_heart_rate_bpm", "avg_step_rate_spm"];
    assert!(names.iter().all(|name| activity.get(name).is_some()), "{activity}");
    let run = &report["runs"][0];
    let names = ["id", "start", "local_date", "sport", "sub_sport", "source", "notes"];
    assert!(names.iter().all(|name| run.get(name).is_some()), "{run}");
    assert!(METRICS.iter().all(|metric| run.get(metric.id).is_some()), "{run}");
    for name in ["start", "distance_m", "runs", "complete"] {
        assert!(report["weeks"][0].get(name).is_some(), "{name}");
    }
    for finding in report["findings"].as_array().unwrap() {
        for name in ["rule", "outcome", "tier", "evidence", "message", "measured", "limit", "window", "runs", "reason"]
        {
            assert!(finding.get(name).is_some(), "{name}: {finding}");
        }
        let outcome = finding["outcome"].as_str().unwrap();
        assert!(["flagged", "clear", "described", "not_assessed"].contains(&outcome));
        assert_eq!(outcome == "flagged", finding["tier"].is_string(), "{finding}");
        assert_eq!(outcome == "not_assessed", finding["reason"].is_string(), "{finding}");
    }
}

#[test]
fn data_stays_si_whatever_the_units() {
    let data = |units: &str| json(&["runs", LOG, "--format", "json", "--units", units]);
    assert_eq!(data("metric"), data("imperial"));
    let text = String::from_utf8(kneewise(&["report", LOG, "--units", "imperial"]).stdout).unwrap();
    assert!(text.contains(" mi") && !text.contains(" km"), "{text}");
}

#[test]
fn no_rule_falls_silent_when_its_findings_are_left_out() {
    let report = json(&["report", LOG, "--format", "json", "--since", "2026-06-20"]);
    let rules: std::collections::BTreeSet<_> =
        report["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    let asked = kneewise_core::rule::RULES.iter().filter(|rule| !rule.is_preview);
    assert_eq!(rules.len(), asked.count(), "{rules:?}");
}

#[test]
fn a_table_without_rows_has_its_header() {
    let output = kneewise(&["runs", "fixtures/sample-log/2026-05-06-ride.fit", "--format", "csv"]);
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("id,start,local_date,"));
}

#[test]
fn csv_and_json_hold_the_same_runs() {
    let output = kneewise(&["runs", LOG, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let header = reader.headers().unwrap().clone();
    let json = json(&["runs", LOG, "--format", "json"]);
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), json.as_array().unwrap().len());
    for (row, run) in rows.iter().zip(json.as_array().unwrap()) {
        for (name, cell) in header.iter().zip(row) {
            match &run[name] {
                Value::Null => assert_eq!(cell, ""),
                Value::Number(number) => {
                    let (a, b) = (cell.parse::<f64>().unwrap(), number.as_f64().unwrap());
                    assert!((a - b).abs() <= 1e-12 * b.abs(), "{name}: {a} {b}");
                }
                Value::String(text) => assert_eq!(cell, text),
                _ => {}
            }
        }
    }
}

#[test]
fn weeks_start_on_the_day_asked_for() {
    let starts = |day: &str| json(&["weeks", LOG, "--format", "json", "--week-start", day])[1]["start"].clone();
    assert_eq!(starts("monday"), "2026-03-09");
    assert_eq!(starts("sunday"), "2026-03-08");
}

#[test]
fn as_of_tells_what_a_report_would_have_said_that_day() {
    let report = json(&["report", LOG, "--format", "json", "--as-of", "2026-03-20"]);
    let spike = report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "session-spike").unwrap();
    assert_eq!(spike["outcome"], "not_assessed");
    assert!(spike["reason"].as_str().unwrap().contains("18 days"), "{spike}");
}

#[test]
fn a_time_zone_moves_runs_to_local_days() {
    let gpx = "fixtures/formats/one-run.gpx";
    let date = |zone: &str| json(&["runs", gpx, "--format", "json", "--tz", zone])[0]["local_date"].clone();
    assert_eq!(date("UTC"), "2026-05-09");
    assert_eq!(date("Pacific/Honolulu"), "2026-05-08");
}

#[test]
fn activities_without_a_sport_count_as_runs_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let gpx = std::fs::read_to_string("fixtures/formats/one-run.gpx").unwrap().replace("<type>running</type>", "");
    let file = folder.path().join("untyped.gpx");
    std::fs::write(&file, gpx).unwrap();
    let file = file.to_str().unwrap();
    let runs =
        |arguments: &[&str]| json(&[&["runs", file, "--format", "json"], arguments].concat()).as_array().unwrap().len();
    assert_eq!(runs(&[]), 0);
    assert_eq!(runs(&["--untyped-as-runs"]), 1);
    let said = |arguments: &[&str]| {
        let output = kneewise(arguments);
        let streams = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        streams.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let sentence = "1 activity names no sport and is not counted; --untyped-as-runs counts it as a run";
    for table in ["runs", "weeks"] {
        assert_eq!(said(&[table, file])[1], format!("kneewise: {sentence}"));
        assert_eq!(said(&[table, file, "--untyped-as-runs"])[1], "");
    }
    let report = &said(&["report", file, "--full", "--format", "text"])[0];
    assert!(report.contains(sentence) && report.contains("1 no sport named"), "{report}");
    let page = &said(&["report", file, "--format", "html"])[0];
    assert!(page.contains("1 activity names no sport and is not counted"), "{page}");
    let first_screen = &said(&["report", file])[0];
    assert!(first_screen.contains("--untyped-as-runs counts it as a run"), "{first_screen}");
    assert!(said(&["scan", file])[0].contains("untyped.gpx (no sport named)"));
    let notes = json(&["scan", file, "--format", "json"])["rows"][0]["notes"].to_string();
    assert!(notes.contains("names no sport"), "{notes}");
}

#[test]
fn a_last_run_years_after_all_others_is_pointed_at() {
    let folder = tempfile::tempdir().unwrap();
    let gpx = std::fs::read_to_string("fixtures/formats/one-run.gpx").unwrap();
    for year in ["2026", "2098"] {
        std::fs::write(folder.path().join(year), gpx.replace("2026-", &format!("{year}-"))).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let said =
        |arguments: &[&str]| String::from_utf8(kneewise(&[&["report", path], arguments].concat()).stderr).unwrap();
    assert!(said(&[]).contains("--as-of DATE"));
    assert_eq!(said(&["--as-of", "2026-05-31"]), "");
}

#[test]
fn plots_are_written_as_svg() {
    let folder = tempfile::tempdir().unwrap();
    for chart in ["weekly-distance", "session-spike", "step-rate"] {
        let file = folder.path().join(format!("{chart}.svg"));
        assert_eq!(code(&["plot", chart, LOG, "-o", file.to_str().unwrap()]), 0, "{chart}");
        let svg = std::fs::read_to_string(file).unwrap();
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{chart}");
    }
}

#[test]
#[cfg(feature = "parquet")]
fn parquet_is_written_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for table in ["runs", "weeks"] {
        let file = folder.path().join(table);
        assert_eq!(code(&[table, LOG, "--format", "parquet", "-o", file.to_str().unwrap()]), 0, "{table}");
        assert!(std::fs::read(file).unwrap().starts_with(b"PAR1"), "{table}");
    }
}

#[test]
fn explain_shows_every_page() {
    let list = String::from_utf8(kneewise(&["explain"]).stdout).unwrap();
    let ids = kneewise_core::rule::RULES.iter().map(|rule| rule.id).chain(METRICS.iter().map(|metric| metric.id));
    let loads = LOADS.iter().map(|load| load.id).chain(FIGURES.iter().map(|figure| figure.id));
    for id in ids.chain(loads).chain(CONVENTIONS.iter().map(|convention| convention.id)) {
        assert!(list.contains(id), "{id}");
        let page = String::from_utf8(kneewise(&["explain", id]).stdout).unwrap();
        assert!(page.contains(id) && page.len() > 100, "{id}");
    }
}

/// What a command says on standard output and on standard error.
fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = kneewise(arguments);
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), out, err)
}

#[test]
fn explain_knows_the_names_that_people_type() {
    for (typed, title) in [
        (&["cadence"][..], "(avg_step_rate_spm)"),
        (&["AU"], "Arbitrary unit"),
        (&["rTSS"], "(pace_stress)"),
        (&["LTHR"], "(threshold-heart-rate)"),
        (&["rpe"], "(perceived_exertion_cr10)"),
        (&["ewma"], "(ewma)"),
        (&["band"], "(band)"),
        (&["bridge"], "(bridge)"),
        (&["late", "change", "step", "rate"], "(step_rate_fade_percent)"),
        (&["Chronic", "Training", "Load"], "(fitness)"),
    ] {
        let (code, page, _) = said(&[&["explain"], typed].concat());
        assert_eq!(code, Some(0), "{typed:?}");
        assert!(page.lines().next().unwrap().contains(title), "{typed:?}: {page}");
    }
    let (_, _, told) = said(&["explain", "cadence"]);
    assert_eq!(told, "kneewise: showing avg_step_rate_spm for `cadence`\n");
    assert_eq!(said(&["explain", "CTL"]).2, "", "the page itself says that fitness is also called CTL");
    let (code, _, told) = said(&["explain", "sesion-spike"]);
    assert!(code == Some(2) && told.contains("did you mean session-spike?"), "{told}");
}

/// The labels of facts and the heads of tables in a text: what stands before two blanks at the
/// beginning of a line, and the cells of the line below a table's caption.
fn labels(text: &str) -> Vec<String> {
    let cells =
        |line: &str| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
    let is_head = |line: &str| {
        ["  km", "  zone", "  until"].iter().any(|head| line.starts_with(head)) && !line.contains(char::is_numeric)
    };
    let label = |line: &str| -> Vec<String> {
        match line.split_once("  ") {
            _ if is_head(line) => cells(line),
            // Tiers and bars of weeks are no labels.
            Some((label, _)) if label.starts_with(char::is_uppercase) => vec![label.to_owned()],
            _ => Vec::new(),
        }
    };
    text.lines().flat_map(label).collect()
}

#[test]
fn every_label_that_is_printed_is_explained() {
    let shown = ["one-run.fit", "one-run.gpx", "one-run-developer-fields.fit", "treadmill.fit"];
    let mut all: Vec<String> = ["2026-05-07-steady.fit", "2026-05-24-race.fit"].map(|f| format!("{LOG}/{f}")).into();
    all.extend(shown.map(|file| format!("fixtures/formats/{file}")));
    let texts = all.iter().map(|file| said(&["show", file]).1).chain([said(&["report", LOG, "--full"]).1]);
    let tables = ["runs", "weeks", "days"].map(|verb| said(&[verb, LOG]).1);
    let heads = tables.iter().filter_map(|table| table.lines().next());
    let heads =
        heads.flat_map(|head| head.split("  ").map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()));
    let mut labels: Vec<String> = texts.flat_map(|text| labels(&text)).chain(heads.collect::<Vec<_>>()).collect();
    labels.sort_unstable();
    labels.dedup();
    for label in ["Last 7 days", "Ascent by altitude", "up or down", "TRIMP (Banister)"] {
        assert!(labels.iter().any(|known| known == label), "{label} in {labels:?}");
    }
    let others =
        ["Time in zones", "basis", "coverage", "assessed", "steady", "sparkline", "evidence", "info", "notice"];
    let others =
        others.into_iter().chain(["elevated", "merged", "duplicate", "session", "measured", "limit", "pauses"]);
    for label in labels.iter().map(String::as_str).chain(others) {
        let (code, _, told) = said(&["explain", label]);
        assert_eq!(code, Some(0), "{label}: {told}");
    }
}

#[test]
fn a_name_that_may_be_several_things_is_refused() {
    let (code, page, told) = said(&["explain", "trimp"]);
    assert!(code == Some(2) && page.is_empty(), "{page}");
    assert!(told.contains("may be trimp_banister, trimp_edwards or trimp_lucia"), "{told}");
    let (code, _, told) = said(&["trend", "best", LOG]);
    assert!(code == Some(2) && told.contains("best_1min_mps, best_5min_mps"), "{told}");
}

#[test]
fn trend_says_where_to_find_what_is_no_number_of_runs() {
    for (typed, told) in [
        ("CTL", "`CTL` is fitness, a value over days; see `kneewise days`"),
        ("trimp_banister", "a load of runs; see `kneewise days --load trimp_banister`"),
        ("session-spike", "a rule; see `kneewise report`"),
    ] {
        let (code, _, err) = said(&["trend", typed, LOG]);
        assert!(code == Some(2) && err.contains(told), "{err}");
    }
    let (code, text, told) = said(&["trend", "cadence", LOG]);
    assert!(
        code == Some(0) && text.contains("step rate") && told.contains("showing step-rate for `cadence`"),
        "{told}"
    );
}
