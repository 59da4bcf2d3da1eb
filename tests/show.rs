//! `kneewise show`: one recording in full.

use kneewise_fixtures::gpx;
use kneewise_fixtures::synth::{self, Spec};
use serde_json::Value;

use crate::support::{command, in_project, kneewise};

fn shown(file: &str, args: &[&str]) -> String {
    let file = in_project("fixtures/formats").join(file);
    let output = kneewise(&[&["show", file.to_str().unwrap()], args].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_metric_stands_with_its_ground_or_among_the_missing() {
    let text = shown("one-run.gpx", &[]);
    let json: Value = serde_json::from_str(&shown("one-run.gpx", &["--format", "json"])).unwrap();
    let ids = |name: &str| json[0][name].as_array().unwrap().clone();
    let known: Vec<String> = ids("metrics").iter().map(|m| m["id"].as_str().unwrap().to_owned()).collect();
    let missing: Vec<String> = ids("missing").iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    for metric in kneewise_core::measure::metric::METRICS {
        let (is_known, is_missing) = (known.iter().any(|id| id == metric.id), missing.iter().any(|id| id == metric.id));
        assert!(is_known != is_missing, "{}: known {is_known}, missing {is_missing}", metric.id);
        // Where the device has no total, one row of ascent says all of it.
        let is_told = text.contains(metric.name) || metric.id.ends_with("_by_altitude_m");
        assert!(!is_known || is_told, "{} is not in the text", metric.name);
    }
    assert!(ids("metrics").iter().all(|m| !m["basis"].as_str().unwrap().is_empty()));
}

#[test]
fn splits_are_kilometres_or_miles_and_add_up() {
    let json: Value = serde_json::from_str(&shown("one-run.fit", &["--format", "json"])).unwrap();
    let splits = json[0]["splits"].as_array().unwrap();
    let total: f64 =
        splits.iter().map(|split| split["to_m"].as_f64().unwrap() - split["from_m"].as_f64().unwrap()).sum();
    assert!((total - 5000.0).abs() < 25.0, "{total} m");
    assert_eq!(splits.len(), 6, "five kilometres and the metres after them");
    assert!(shown("one-run.fit", &["--units", "imperial"]).contains("Each mi"));
}

#[test]
fn no_position_is_shown() {
    let gpx = std::fs::read_to_string(in_project("fixtures/formats/one-run.gpx")).unwrap();
    let (_, after) = gpx.split_once("lat=\"").unwrap();
    let latitude = &after[..6];
    for format in ["text", "md", "json"] {
        assert!(!shown("one-run.gpx", &["--format", format]).contains(latitude), "{format}");
    }
}

#[test]
fn each_load_has_a_value_or_says_what_it_needs() {
    let loads = |args: &[&str]| {
        let json: Value = serde_json::from_str(&shown("one-run.fit", &[args, &["--format", "json"]].concat())).unwrap();
        json[0]["loads"].as_array().unwrap().clone()
    };
    for load in loads(&[]) {
        assert!(load["value"].is_number() != load["needs"].is_string(), "{load}");
    }
    let banister = |loads: Vec<Value>| loads.into_iter().find(|load| load["id"] == "trimp_banister").unwrap();
    assert!(banister(loads(&[]))["needs"].is_string());
    let known = banister(loads(&["--sex", "female", "--max-hr", "190", "--resting-hr", "50"]));
    assert!(known["value"].as_f64().is_some_and(|value| value > 10.0), "{known}");
}

#[test]
fn time_in_zones_adds_up_to_the_time_with_a_heart_rate() {
    let json: Value = serde_json::from_str(&shown("one-run.fit", &["--max-hr", "190", "--format", "json"])).unwrap();
    let zones: f64 = json[0]["zones"].as_array().unwrap().iter().map(|zone| zone["seconds"].as_f64().unwrap()).sum();
    let edwards = json[0]["loads"].as_array().unwrap().iter().find(|load| load["id"] == "trimp_edwards").unwrap();
    assert!((zones - edwards["over_s"].as_f64().unwrap()).abs() < 1e-6, "{zones} s");
}

#[test]
fn what_is_no_run_has_no_figures_of_running() {
    let text = shown("../sample-log/2026-05-06-ride.fit", &[]);
    assert!(text.contains("Not a run") && !text.contains("Step length to height"), "{text}");
}

#[test]
fn every_file_that_runs_names_can_be_shown() {
    let zip = in_project("fixtures/sample-log/2026-04.zip");
    let zip = zip.to_str().unwrap();
    let refused = kneewise(&["show", zip]);
    let named = String::from_utf8(refused.stderr).unwrap();
    let runs: Value = serde_json::from_slice(&kneewise(&["runs", zip, "--format", "json"]).stdout).unwrap();
    assert!(!refused.status.success() && runs.as_array().unwrap().len() > 10);
    for run in runs.as_array().unwrap() {
        let source = run["source"].as_str().unwrap();
        assert!(named.contains(source), "{source} is not among\n{named}");
        let shown: Value =
            serde_json::from_slice(&kneewise(&["show", source, "--format", "json"]).stdout).expect(source);
        assert_eq!(shown[0]["metrics"][0]["value"], run["distance_m"], "{source}");
    }
}

#[test]
fn several_recordings_of_a_session_are_shown_as_the_run_that_they_are() {
    // Of other lengths: the same run an hour later would be a copy whose clock was off.
    let folder = tempfile::TempDir::new().unwrap();
    let (early, late) = (folder.path().join("a.gpx"), folder.path().join("b.gpx"));
    for (path, start_unix_s, distance_m) in [(&early, 1_775_026_800, 3000.0), (&late, 1_775_030_400, 2000.0)] {
        let run = synth::run(&Spec { start_unix_s, distance_m, ..Spec::default() });
        std::fs::write(path, gpx::write(&run)).unwrap();
    }
    let output = kneewise(&["show", early.to_str().unwrap(), late.to_str().unwrap(), "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 3, "{}", String::from_utf8_lossy(&output.stderr));
    let metres = |i: usize| json[i]["metrics"][0]["value"].as_f64().unwrap();
    assert!(json[0]["session_of"].as_array().is_some_and(|files| files.len() == 2));
    assert!((metres(0) - metres(1) - metres(2)).abs() < 1e-6);
}

#[test]
fn a_folder_and_standard_input() {
    let folder = kneewise(&["show", "fixtures/formats"]);
    assert!(String::from_utf8_lossy(&folder.stderr).contains("`kneewise runs fixtures/formats` lists"));
    let file = std::fs::File::open(in_project("fixtures/formats/one-run.fit")).unwrap();
    let output = command(&["show", "-"]).stdin(file).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("standard input · running"));
}

#[test]
fn what_the_runner_says_overrules_the_watch_and_the_page_says_who_said_it() {
    let height = |args: &[&str]| {
        let json: Value = serde_json::from_str(&shown("one-run.fit", &[args, &["--format", "json"]].concat())).unwrap();
        json[0]["runner"].as_array().unwrap().iter().find(|known| known["id"] == "height_m").unwrap().clone()
    };
    assert_eq!((height(&[])["value"].as_f64(), &height(&[])["from"]), (Some(1.7), &Value::from("watch")));
    let said = height(&["--height", "1.6"]);
    assert_eq!((said["value"].as_f64(), &said["from"]), (Some(1.6), &Value::from("runner")));
    assert!(shown("one-run.fit", &[]).contains("188 bpm · set in the watch"));
    assert!(!shown("one-run.gpx", &[]).contains("Step length to height  "));
    assert!(shown("one-run.gpx", &["--height", "1.7"]).contains("Step length to height  "));
}
