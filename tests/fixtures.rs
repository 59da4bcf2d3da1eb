//! The made-up runner's sixteen weeks: what was put in comes out.

use jiff::civil::date;
use kneewise_core::measure::metric::{AVG_STEP_RATE, DISTANCE};
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::Tier;
use kneewise_import::{Import, Outcome, Row};
use kneewise_read::sport::SubSport;

use crate::support::{imported, in_project, reported};

fn sample_log() -> Import {
    imported(&in_project("fixtures/sample-log"))
}

fn row<'a>(import: &'a Import, end: &str) -> &'a Row {
    import.ledger.rows.iter().find(|row| row.path.ends_with(end)).unwrap_or_else(|| panic!("{end} has a row"))
}

#[test]
fn every_file_is_accounted_for() {
    let import = sample_log();
    let counts: Vec<usize> = Outcome::ALL.iter().map(|outcome| import.ledger.counts.of(*outcome)).collect();
    assert_eq!(counts, [64, 1, 1, 2, 2, 0]);
    assert_eq!(import.ledger.inputs, 70);
    assert_eq!(import.runs.len(), 64);
}

#[test]
fn each_kind_of_trouble_ends_where_it_should() {
    let import = sample_log();
    assert_eq!(row(&import, "2026-03-26-steady.fit").outcome, Outcome::Salvaged);
    assert_eq!(row(&import, "2026-06-02-easy.gpx.gz").outcome, Outcome::Duplicate, "the FIT of the run tells more");
    assert_eq!(row(&import, "2026-05-24-cool-down.fit").outcome, Outcome::Merged);
    assert_eq!(row(&import, "settings.fit").outcome, Outcome::Skipped);
    assert_eq!(row(&import, "notes.txt").outcome, Outcome::Skipped);
    assert_eq!(row(&import, "2026-05-06-ride.fit").activities[0].sport.name(), "cycling");
    let race = import.runs.iter().find(|run| run.local_date == date(2026, 5, 24)).unwrap();
    assert_eq!(race.sources.len(), 3, "warm-up, race and cool-down are one session");
    let treadmill = import.runs.iter().find(|run| run.local_date == date(2026, 5, 14)).unwrap();
    assert_eq!(treadmill.sub_sport, SubSport::Treadmill);
    assert!(treadmill.distance_m().is_some());
}

#[test]
fn a_week_without_step_rate_has_none_and_others_have() {
    let import = sample_log();
    let missing: Vec<_> =
        import.runs.iter().filter(|run| run.value(&AVG_STEP_RATE).is_none()).map(|run| run.local_date).collect();
    assert_eq!(missing.len(), 4);
    assert!(missing.iter().all(|day| (date(2026, 4, 6)..=date(2026, 4, 12)).contains(day)), "{missing:?}");
}

#[test]
fn the_spike_and_the_low_step_rate_are_found() {
    let report = reported(&sample_log());
    let spikes: Vec<_> = report.of(FindingOutcome::Flagged).filter(|f| f.rule == "session-spike").collect();
    assert_eq!(spikes.len(), 1);
    let spike = spikes[0];
    assert_eq!(spike.tier, Some(Tier::Notice));
    assert_eq!(spike.window.unwrap().to, date(2026, 6, 14));
    let metres = |id: &String| report.log.runs().iter().find(|run| run.id == *id).unwrap().value(&DISTANCE).unwrap();
    let by_hand = metres(&spike.runs[0]) / metres(&spike.runs[1]);
    assert_eq!(spike.measured.unwrap().value, by_hand);
    assert!((by_hand - 23.0 / 14.5).abs() < 0.01, "{by_hand}");

    let step_rate = report.findings.iter().find(|f| f.rule == "low-step-rate").unwrap();
    assert_eq!((step_rate.outcome, step_rate.tier), (FindingOutcome::Flagged, Some(Tier::Info)));
    assert!((160.0..=165.0).contains(&step_rate.measured.unwrap().value));
}
