//! Small recordings in which one source contradicts another, each with the figures that a person
//! reckons by hand. They lie beside the checkout; `crates/read` holds the same kinds built in
//! tests.

use std::path::Path;

use kneewise_core::Run;
use kneewise_core::measure::metric::{
    ASCENT, AVG_STEP_LENGTH, BEST_ONE_KM, DESCENT, DISTANCE, ELAPSED, MOVING_TIME, Metric, PACE, TIMER,
};

use crate::support::{imported, shared};

/// The one run that a case holds.
fn run_of(folder: &Path, file: &str) -> Run {
    let mut runs = imported(&folder.join(file)).runs;
    assert_eq!(runs.len(), 1, "{file}");
    runs.remove(0)
}

/// A case, and the figures that it must give: metric, value, and by how much it may differ.
type Case = (&'static str, &'static [(&'static Metric, f64, f64)]);

const CASES: [Case; 14] = [
    ("tcx-speed-zero-half-of-the-run.tcx", &[(&MOVING_TIME, 1800.0, 0.0), (&PACE, 357.1, 0.5)]),
    ("gpx-speed-zero.gpx", &[(&MOVING_TIME, 1800.0, 0.0), (&PACE, 357.3, 0.5)]),
    (
        "tcx-last-lap-not-written.tcx",
        &[(&DISTANCE, 2884.0, 0.5), (&TIMER, 1030.0, 0.0), (&PACE, 357.1, 0.5), (&BEST_ONE_KM, 357.1, 0.5)],
    ),
    ("tcx-lap-distances-cumulative.tcx", &[(&DISTANCE, 5040.0, 0.5), (&PACE, 357.1, 0.5)]),
    ("tcx-pause-written-as-empty-lap.tcx", &[(&TIMER, 1800.0, 0.0), (&MOVING_TIME, 1800.0, 0.0), (&PACE, 357.1, 0.5)]),
    ("tcx-autopause-25s-not-marked.tcx", &[(&TIMER, 1800.0, 0.0), (&MOVING_TIME, 1770.0, 30.0), (&PACE, 357.5, 1.5)]),
    ("tcx-first-altitude-zero.tcx", &[(&ASCENT, 0.0, 0.0), (&DESCENT, 0.0, 0.0)]),
    ("gpx-altitude-settles-at-the-start.gpx", &[(&ASCENT, 0.0, 0.0), (&DESCENT, 0.0, 2.0)]),
    ("gpx-document-totals-track-covers-a-third.gpx", &[(&DISTANCE, 5040.0, 0.0), (&TIMER, 1800.0, 0.0)]),
    ("gpx-document-totals-and-walk-while-stopped.gpx", &[(&DISTANCE, 5040.0, 0.0), (&TIMER, 1800.0, 0.0)]),
    ("gpx-times-to-the-minute.gpx", &[(&DISTANCE, 5040.0, 20.0), (&MOVING_TIME, 1800.0, 5.0)]),
    ("gpx-local-time-without-zone.gpx", &[(&DISTANCE, 5040.0, 5.0)]),
    ("fit-session-time-without-its-last-lap.fit", &[(&TIMER, 1800.0, 0.0), (&AVG_STEP_LENGTH, 1.0, 0.005)]),
    ("fit-clock-jumps-20-days.fit", &[(&ELAPSED, 1800.0, 0.0), (&DISTANCE, 5040.0, 0.5)]),
];

#[test]
fn contradictory_recordings_give_what_a_person_reckons() {
    let Some(folder) = shared("cases/readers") else { return };
    for (file, figures) in CASES {
        let run = run_of(&folder, file);
        for (metric, wanted, slack) in figures {
            let got = run.value(metric);
            let is_near = got.is_some_and(|got| (got - wanted).abs() <= *slack);
            assert!(is_near, "{file}: {} is {got:?}, not {wanted}", metric.id);
        }
    }
}

#[test]
fn a_treadmill_is_a_run_a_clock_without_zone_is_the_runner_s_and_undated_runs_are_told() {
    let Some(folder) = shared("cases/readers") else { return };
    let belt = run_of(&folder, "fit-treadmill-as-fitness-equipment.fit");
    assert_eq!((belt.sub_sport.name(), belt.distance_m()), ("treadmill", Some(5040.0)));
    let evening = run_of(&folder, "gpx-local-time-without-zone.gpx");
    assert_eq!(evening.local_date.to_string(), "2026-05-09");
    assert!(evening.notes.iter().any(|note| note.text.contains("name no zone")));
    for undated in ["gpx-undated-a.gpx", "gpx-undated-b.gpx"] {
        let import = imported(&folder.join(undated));
        assert!(import.runs.is_empty());
        let notes = &import.ledger.rows[0].notes;
        assert!(notes.iter().any(|note| note.text.contains("clock was not set")), "{notes:?}");
    }
}

/// What lies beside is what the tests look at: a case that nobody checks fails here.
#[test]
fn every_case_is_checked_by_name() {
    let Some(cases) = shared("cases") else { return };
    let checks = [include_str!("cases.rs"), include_str!("copies.rs"), include_str!("days.rs")];
    let mut unchecked = Vec::new();
    for folder in ["readers", "duplicates", "days"] {
        for entry in std::fs::read_dir(cases.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if !checks.iter().any(|text| text.contains(&format!("{name}\""))) {
                unchecked.push(format!("{folder}/{name}"));
            }
        }
    }
    assert!(unchecked.is_empty(), "{unchecked:?}");
}
