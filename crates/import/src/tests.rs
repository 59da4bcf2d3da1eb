//! Whatever lies in a folder ends in one row each.

mod copies;
mod hand_kept;
mod sources;
mod zones;

use std::fs;
use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use kneewise_core::measure::metric::{PERCEIVED_EXERTION, TIMER};
use kneewise_fixtures::synth::Spec;
use kneewise_fixtures::{fit_activity, gpx, synth, tcx};
use kneewise_read::activity::{Note, NoteKind};
use kneewise_read::sport::SubSport;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// 2026-04-01T07:00:00Z.
const START_UNIX_S: i64 = 1_775_026_800;

fn run(hours_later: i64) -> kneewise_fixtures::run::FixtureRun {
    synth::run(&Spec {
        start_unix_s: START_UNIX_S + hours_later * 3600,
        distance_m: 1000.0,
        every_s: 5,
        ..Spec::default()
    })
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("packed")
}

fn import_files(files: &[(&str, &[u8])]) -> (TempDir, Import) {
    let folder = TempDir::new().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let import = import(&[folder.path().to_owned()], &Options::default());
    (folder, import)
}

/// The outcomes, in order of the paths.
fn outcomes(import: &Import) -> Vec<Outcome> {
    import.ledger.rows.iter().map(|row| row.outcome).collect()
}

#[test]
fn archives_in_archives_are_read_to_the_depth_that_exports_have() {
    let fit = fit_activity::write(&run(0));
    let inner = zipped(&[("b.fit", &fit_activity::write(&run(24)))]);
    let too_deep = zipped(&[("d.zip", &zipped(&[("e.fit", &fit_activity::write(&run(72)))]))]);
    let outer =
        zipped(&[("a/", b""), ("a/a.fit.gz", &gzipped(&fit)), ("inner.zip", &inner), ("too-deep.zip", &too_deep)]);
    let (_folder, import) = import_files(&[("export.zip", &outer)]);
    assert_eq!(outcomes(&import), [Outcome::Read, Outcome::Read, Outcome::Skipped], "{:#?}", import.ledger);
    assert!(import.ledger.rows[0].path.ends_with("export.zip/a/a.fit.gz"));
    assert!(import.ledger.rows[1].path.ends_with("export.zip/inner.zip/b.fit"));
    assert_eq!(import.runs.len(), 2);
}

#[test]
fn what_cannot_be_read_says_why_and_stops_nothing() {
    let fit = fit_activity::write(&run(0));
    let zip = zipped(&[("a.fit", &fit)]);
    let gz = gzipped(gpx::write(&run(48)).as_bytes());
    let (_folder, import) = import_files(&[
        ("a.fit", &fit_activity::write(&run(24))),
        ("b-empty.fit", b""),
        ("c-broken.zip", &zip[..zip.len() / 2]),
        ("d-cut.gpx.gz", &gz[..gz.len() * 2 / 3]),
        ("e-diary.txt", b"felt good"),
    ]);
    let expected = [Outcome::Read, Outcome::Skipped, Outcome::Unreadable, Outcome::Salvaged, Outcome::Skipped];
    assert_eq!(outcomes(&import), expected, "{:#?}", import.ledger);
    assert!(import.ledger.rows.iter().skip(1).all(|row| row.reason.is_some()));
    assert_eq!(import.ledger.to_string(), "5 files: 1 read, 1 salvaged, 2 skipped, 1 unreadable");
}

#[test]
fn a_path_that_leads_nowhere_is_a_row_too() {
    let import = import(&["/no/such/place.fit".into()], &Options::default());
    assert_eq!(outcomes(&import), [Outcome::Unreadable]);
    assert!(!import.ledger.has_activities());
}

#[test]
fn a_small_file_that_unpacks_to_a_huge_one_is_refused() {
    let bomb = gzipped(&vec![0; 40 << 20]);
    let (_folder, import) = import_files(&[("bomb.gpx.gz", &bomb)]);
    assert_eq!(outcomes(&import), [Outcome::Unreadable]);
    assert!(import.ledger.rows[0].reason.as_deref().is_some_and(|reason| reason.contains("more than a recording can")));
}

#[test]
fn members_with_the_same_bytes_are_answered_for_alike() {
    let log: String = (1..=28).map(|day| format!("2026-04-{day:02},{},30\n", 5 + day % 3)).collect();
    let log = "date,distance_km,minutes\n".to_owned() + &log;
    let (fit, gpx) = (fit_activity::write(&run(0)), gpx::write(&run(48)));
    let mut names: Vec<(String, &[u8])> = Vec::new();
    for i in 0..30 {
        names.push((format!("log-{i:02}.csv"), log.as_bytes()));
        names.push((format!("watch-{i:02}.fit"), &fit));
        names.push((format!("phone-{i:02}.gpx"), gpx.as_bytes()));
        names.push((format!("note-{i:02}.txt"), b"felt good"));
    }
    let members: Vec<(&str, &[u8])> = names.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let (_folder, packed) = import_files(&[("all.zip", &zipped(&members))]);
    let (_other, plain) = import_files(&members);
    let told = |import: &Import| {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let rows = import
            .ledger
            .rows
            .iter()
            .map(|row| (name(&row.path), row.outcome, row.activities.first().map(|a| a.start)));
        let rows: Vec<_> = rows.filter(|(name, ..)| !name.starts_with("log")).collect();
        let runs: Vec<_> =
            import.runs.iter().map(|run| (run.id.clone(), name(&run.source()), run.distance_m())).collect();
        (rows, runs)
    };
    assert_eq!(told(&packed), told(&plain), "as in a folder");
    let logs = || packed.ledger.rows.iter().filter(|row| row.path.contains("log-"));
    assert_eq!(logs().filter(|row| row.outcome == Outcome::Read).count(), 1);
    for row in logs().filter(|row| row.outcome != Outcome::Read) {
        let reason = row.reason.as_deref().unwrap_or_default();
        assert_eq!(row.outcome, Outcome::Duplicate);
        assert!(reason.contains("all.zip/log-00.csv as well: they have the same bytes"), "{reason}");
    }
    assert_eq!(packed.runs.len(), 30);
}

#[test]
fn rows_of_equal_logs_count_once_against_the_limit() {
    let log =
        "date,distance_km\n".to_owned() + &(1..=28).map(|day| format!("2026-02-{day:02},5\n")).collect::<String>();
    let other = log.replace("2026", "2025");
    let names: Vec<String> = (0..50).map(|i| format!("{i:02}.csv")).collect();
    let mut members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), log.as_bytes())).collect();
    members.push(("z.csv", other.as_bytes()));
    let limits = Limits { rows: 60, ..Limits::default() };
    let import = import_bytes("a.zip", zipped(&members), &Options { limits, ..Options::default() });
    assert_eq!(import.runs.len(), 2 * 28, "{}", import.ledger);
}

#[test]
fn a_cool_down_is_merged_into_the_session_before_it() {
    // Of other lengths: the same again an hour later would be a copy whose clock was off.
    let of = |hours_later: i64, distance_m: f64| {
        let start_unix_s = START_UNIX_S + hours_later * 3600;
        fit_activity::write(&synth::run(&Spec { start_unix_s, distance_m, every_s: 5, ..Spec::default() }))
    };
    let (_folder, import) =
        import_files(&[("a.fit", &of(0, 1000.0)), ("b.fit", &of(1, 1500.0)), ("c.fit", &of(5, 2000.0))]);
    assert_eq!(outcomes(&import), [Outcome::Read, Outcome::Merged, Outcome::Read]);
    assert_eq!(import.runs.iter().map(|run| run.sources.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn progress_adds_up_to_what_was_found() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("a.fit"), fit_activity::write(&run(0))).expect("written");
    fs::write(folder.path().join("b.txt"), "notes").expect("written");
    let (found, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let progress = |progress: Progress| match progress {
        Progress::Found { bytes } => found.store(bytes, Ordering::Relaxed),
        Progress::Done { bytes } => drop(done.fetch_add(bytes, Ordering::Relaxed)),
    };
    import(&[folder.path().to_owned()], &Options { progress: &progress, ..Options::default() });
    assert_eq!(found.load(Ordering::Relaxed), done.load(Ordering::Relaxed));
}
