//! Real files, which lie beside the checkout where there are any: see `support::shared`.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use kneewise_core::measure::metric::{AVG_STEP_RATE, DISTANCE};
use kneewise_core::measure::trace::Trace;
use kneewise_core::report::FindingOutcome;
use kneewise_import::{Import, Outcome, Row};
use serde_json::Value;

use crate::support::{imported, reported, shared};

fn assert_adds_up(import: &Import) {
    let ledger = &import.ledger;
    let by_outcome: usize = Outcome::ALL.iter().map(|outcome| ledger.counts.of(*outcome)).sum();
    assert_eq!((ledger.rows.len(), by_outcome), (ledger.inputs, ledger.inputs));
    for row in &ledger.rows {
        assert_eq!(row.reason.is_some(), row.outcome != Outcome::Read, "{}: {:?}", row.path, row.outcome);
        let has_activities = !row.activities.is_empty();
        let may_have = !matches!(row.outcome, Outcome::Skipped | Outcome::Unreadable);
        assert_eq!(has_activities, may_have, "{}: {:?}", row.path, row.outcome);
    }
}

#[test]
fn every_collected_file_ends_in_one_row() {
    for folder in ["data/fit", "data/gpx", "data/tcx", "data/corrupt", "data/archives"] {
        let Some(folder) = shared(folder) else { return };
        assert_adds_up(&imported(&folder));
    }
}

/// One runner's fifteen months of GPX, against what an independent reading of the files says.
#[test]
fn a_history_of_gpx_agrees_with_its_manifest() {
    let (Some(folder), Some(manifest)) = (shared("data/histories/tang-hi"), shared("data/MANIFEST.csv")) else {
        return;
    };
    let import = imported(&folder);
    assert_adds_up(&import);
    let manifest = manifest_rows(&fs::read_to_string(manifest).unwrap(), "histories/tang-hi/");
    let running = |row: &&&Row| manifest[file_name(&row.path)].sport == "running";
    let runs: Vec<&Row> = import.ledger.rows.iter().collect::<Vec<_>>().iter().filter(running).copied().collect();
    assert_eq!(runs.len(), 338);
    let mut close = 0;
    for row in &runs {
        let (activity, expected) = (&row.activities[0], &manifest[file_name(&row.path)]);
        assert_eq!(activity.samples, expected.points, "{}", row.path);
        let (document_m, along_m) = two_distances(Path::new(&row.path));
        assert_eq!(activity.distance_m, Some(document_m), "{}", row.path);
        close += usize::from((along_m / expected.distance_m - 1.0).abs() < 0.01);
        let step_rate = activity.avg_step_rate_spm.unwrap();
        // With standing, which counts as no steps: a fifth of the time in one of them.
        assert!((120.0..200.0).contains(&step_rate), "{}: {step_rate} spm", row.path);
        let in_a_session = import.runs.iter().any(|run| run.sources.iter().any(|source| source.name == row.path));
        assert!(in_a_session, "{} is part of a session", row.path);
    }
    // The manifest counts the way across silences that was walked; where there are any, leaving it
    // out halves the difference to the watch's own distance.
    assert!(close * 10 >= runs.len() * 8, "{close} of {} distances within 1%", runs.len());
}

/// What the exporter of a GPX wrote beside its track, read without our reader, and what our reader
/// finds along it.
fn two_distances(path: &Path) -> (f64, f64) {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    let (_, after) = text.split_once("<distance>").unwrap();
    let document_m = after.split_once('<').unwrap().0.parse().unwrap();
    let mut activity = kneewise_core::read(text.as_bytes()).unwrap().activities.remove(0);
    activity.totals.distance_m = None;
    (document_m, DISTANCE.of_activity(&Trace::new(&activity)).unwrap().value)
}

/// Findings name runs and numbers that a person can look up in the table of runs.
#[test]
fn spikes_of_a_history_can_be_checked_by_hand() {
    let Some(folder) = shared("data/histories/tang-hi") else { return };
    let report = reported(&imported(&folder));
    let spikes: Vec<_> = report.of(FindingOutcome::Flagged).filter(|f| f.rule == "session-spike").collect();
    assert!(!spikes.is_empty());
    for spike in spikes {
        let window = spike.window.unwrap();
        let run = |id: &String| report.log.runs().iter().find(|run| run.id == *id).unwrap();
        let (spiking, longest) = (run(&spike.runs[0]), run(&spike.runs[1]));
        let before = report.log.runs_between(window.from, window.to).iter().filter(|run| run.start < spiking.start);
        let by_hand = before.filter_map(|run| run.value(&DISTANCE)).fold(0.0, f64::max);
        assert_eq!(longest.value(&DISTANCE), Some(by_hand));
        assert_eq!(spike.measured.unwrap().value, spiking.value(&DISTANCE).unwrap() / by_hand);
    }
}

/// 33 recordings of June 2013: published as 27 sessions, 301.06 km by lap sums.
#[test]
fn the_runs_of_the_r_package_tracker() {
    let (Some(folder), Some(oracle)) = (shared("data/tcx"), shared("oracles/trackeR.json")) else { return };
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.to_string_lossy().contains("trackerproject__")).collect();
    let import = kneewise_import::import(&files, &kneewise_import::Options::default());
    assert_eq!((files.len(), import.runs.len()), (33, 27));
    let total: f64 = import.runs.iter().filter_map(|run| run.value(&DISTANCE)).sum();
    assert!((total - 301_060.0).abs() < 10.0, "{total} m");
    let oracle: Vec<Value> = serde_json::from_str(&fs::read_to_string(oracle).unwrap()).unwrap();
    for expected in oracle {
        let file = expected["file"].as_str().unwrap();
        let row = import.ledger.rows.iter().find(|row| file_name(&row.path) == file).unwrap();
        let activity = &row.activities[0];
        assert_eq!(activity.samples as u64, expected["points"].as_u64().unwrap(), "{file}");
        assert!(
            (activity.distance_m.unwrap() - expected["distance_km"].as_f64().unwrap() * 1000.0).abs() < 1.0,
            "{file}"
        );
        if let Some(spm) = expected["mean_steps_per_min"].as_f64() {
            assert!((activity.avg_step_rate_spm.unwrap() - spm).abs() < 1.0, "{file}");
        }
    }
}

/// Both copies of an activity are in this history; each counts once.
#[test]
fn a_history_in_two_formats_counts_each_run_once() {
    let Some(folder) = shared("data/histories/arthurfsy2") else { return };
    let import = imported(&folder);
    assert_adds_up(&import);
    assert!(import.ledger.counts.duplicate >= 320, "{}", import.ledger);
    for pair in import.runs.windows(2) {
        let overlap = pair[0].end().unwrap_or(pair[0].start).seconds_since(pair[1].start);
        assert!(overlap <= 0.0, "{} overlaps {}", pair[0].source(), pair[1].source());
    }
    let step_rates: Vec<f64> = import.runs.iter().filter_map(|run| run.value(&AVG_STEP_RATE)).collect();
    let plausible = step_rates.iter().filter(|spm| (140.0..200.0).contains(*spm)).count();
    assert!(plausible * 20 >= step_rates.len() * 19, "{plausible} of {} step rates are a runner's", step_rates.len());
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

struct Expected {
    sport: String,
    points: usize,
    distance_m: f64,
}

/// The rows of the manifest below a folder, by file name.
fn manifest_rows(text: &str, below: &str) -> HashMap<String, Expected> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (path, sport, points, distance) =
        (column("path"), column("sport"), column("n_records"), column("total_distance_m"));
    let rows = reader.records().map(Result::unwrap).filter(|row| row[path].starts_with(below));
    rows.map(|row| {
        let number = |cell: &str| cell.parse().unwrap_or(0.0);
        let expected = Expected {
            sport: row[sport].to_owned(),
            points: number(&row[points]) as usize,
            distance_m: number(&row[distance]),
        };
        (file_name(&row[path]).to_owned(), expected)
    })
    .collect()
}
