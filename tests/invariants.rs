//! What must not change a result: the order of inputs, the machine, the way a file is packed.

use std::io::Write;

use crate::support::{command, imported, in_project, json, kneewise};

const LOG: &str = "fixtures/sample-log";

#[test]
fn the_time_zone_of_the_machine_changes_nothing() {
    let report = |zone: &str| {
        let output = command(&["report", LOG, "--format", "json"]).env("TZ", zone).output().unwrap();
        assert!(output.status.success());
        output.stdout
    };
    assert_eq!(report("UTC"), report("Pacific/Auckland"));
}

#[test]
fn the_order_of_the_paths_changes_nothing() {
    let mut files: Vec<String> = std::fs::read_dir(in_project(LOG))
        .unwrap()
        .map(|entry| format!("{LOG}/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    files.sort();
    let report = |files: &[String]| {
        let mut arguments = vec!["report", "--format", "json"];
        arguments.extend(files.iter().map(String::as_str));
        kneewise(&arguments).stdout
    };
    let forwards = report(&files);
    files.reverse();
    assert_eq!(report(&files), forwards);
    files.rotate_left(17);
    assert_eq!(report(&files), forwards);
    assert_eq!(kneewise(&["report", "--format", "json", LOG]).stdout, forwards, "named one by one or by their folder");
}

#[test]
fn a_file_named_twice_counts_once() {
    let twice = json(&["scan", "--format", "json", LOG, &format!("{LOG}/2026-03-03-easy.fit"), &format!("./{LOG}")]);
    let once = json(&["scan", "--format", "json", LOG]);
    assert_eq!(twice["inputs"], once["inputs"]);
}

#[test]
fn packing_does_not_change_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let fit = std::fs::read(in_project("fixtures/formats/one-run.fit")).unwrap();
    let plain = folder.path().join("named-anything.bin");
    std::fs::write(&plain, &fit).unwrap();
    let gz = folder.path().join("x.gz");
    let mut encoder = flate2::write::GzEncoder::new(std::fs::File::create(&gz).unwrap(), flate2::Compression::fast());
    encoder.write_all(&fit).unwrap();
    encoder.finish().unwrap();
    let plain = imported(&plain);
    let packed = imported(&gz);
    assert_eq!(plain.runs[0].id, packed.runs[0].id);
    assert_eq!(plain.runs[0].distance_m(), packed.runs[0].distance_m());
}

/// A report is for showing around: it must not say where the runner lives.
#[test]
fn no_report_holds_coordinates() {
    for format in ["text", "md", "json", "html"] {
        let output = kneewise(&["report", LOG, "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        for word in ["latitude", "longitude", "\"lat\"", "\"lon\""] {
            assert!(!text.contains(word), "{word} in {format}");
        }
    }
}

/// The sample log lies at 30° N, 40° W: no number near those may stand in a report's data.
#[test]
fn no_number_of_the_data_is_a_position() {
    let report = json(&["report", LOG, "--format", "json"]);
    let mut stack = vec![&report];
    while let Some(value) = stack.pop() {
        match value {
            serde_json::Value::Number(number) => {
                let n = number.as_f64().unwrap();
                assert!(!(-40.2..-39.8).contains(&n), "{n}");
            }
            serde_json::Value::Array(items) => stack.extend(items),
            serde_json::Value::Object(fields) => stack.extend(fields.values()),
            _ => {}
        }
    }
}
