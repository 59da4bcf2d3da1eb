//! `kneewise show`: one recording in full.

use serde_json::Value;

use crate::support::{in_project, kneewise};

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
    for metric in kneewise_core::metric::METRICS {
        let (is_known, is_missing) = (known.iter().any(|id| id == metric.id), missing.iter().any(|id| id == metric.id));
        assert!(is_known != is_missing, "{}: known {is_known}, missing {is_missing}", metric.id);
        assert!(!is_known || text.contains(metric.name), "{} is not in the text", metric.name);
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
