//! Whatever lies in a folder ends in one row each.

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
fn of_two_copies_the_one_that_tells_more_stays() {
    let original = fit_activity::write(&run(0));
    let copy = gpx::write(&run(0));
    let (_folder, import) = import_files(&[("a.gpx", copy.as_bytes()), ("b.fit", &original), ("c.fit", &original)]);
    assert_eq!(outcomes(&import), [Outcome::Duplicate, Outcome::Read, Outcome::Duplicate]);
    let reason = |i: usize| import.ledger.rows[i].reason.as_deref().unwrap_or_default();
    assert!(reason(0).ends_with("b.fit, which holds more"), "{}", reason(0));
    assert!(reason(2).starts_with("a copy of ") && reason(2).ends_with("b.fit"), "{}", reason(2));
    assert_eq!(import.runs.len(), 1);
}

#[test]
fn a_whole_copy_is_kept_over_a_cut_one() {
    let fit = fit_activity::write(&run(0));
    let (_folder, import) =
        import_files(&[("a.fit", &fit[..fit.len() / 2]), ("b.gpx", gpx::write(&run(0)).as_bytes())]);
    assert_eq!(outcomes(&import), [Outcome::Duplicate, Outcome::Read]);
}

#[test]
fn of_two_copies_alike_the_one_without_damage_stays() {
    let whole = fit_activity::write(&run(0));
    let mut damaged = whole.clone();
    damaged.last_mut().map(|byte| *byte ^= 1).expect("a checksum");
    let (_folder, import) = import_files(&[("a.fit", &damaged), ("b.fit", &whole)]);
    assert_eq!(outcomes(&import), [Outcome::Duplicate, Outcome::Read]);
    assert!(import.ledger.rows[0].reason.as_deref().is_some_and(|reason| reason.ends_with("which is not damaged")));
}

#[test]
fn a_wrong_checksum_does_not_outweigh_what_a_file_tells() {
    let mut watch = fit_activity::write(&run(0));
    watch.last_mut().map(|byte| *byte ^= 1).expect("a checksum");
    let (_folder, import) = import_files(&[("a.fit", &watch), ("b.gpx", gpx::write(&run(0)).as_bytes())]);
    assert_eq!(outcomes(&import), [Outcome::Salvaged, Outcome::Duplicate]);
}

#[test]
fn a_run_that_stands_twice_in_one_file_counts_once() {
    let whole = fit_activity::write(&run(0));
    let broken_off = &whole[..whole.len() * 3 / 4];
    let (_folder, import) = import_files(&[("a.fit", &[broken_off, &whole].concat())]);
    assert_eq!(import.runs.len(), 1);
    let alone = import_files(&[("a.fit", &whole)]).1;
    assert_eq!(import.runs[0].distance_m(), alone.runs[0].distance_m());
    let notes = &import.ledger.rows[0].notes;
    assert!(notes.iter().any(|note| note.text.starts_with("counted once")), "{notes:?}");
}

#[test]
fn a_copy_of_a_part_does_not_replace_the_whole() {
    let long =
        synth::run(&Spec { start_unix_s: START_UNIX_S, distance_m: 6000.0, heart_rate_bpm: None, ..Spec::default() });
    let (_folder, import) =
        import_files(&[("a.fit", &fit_activity::write(&run(0))), ("b.gpx", gpx::write(&long).as_bytes())]);
    assert_eq!(outcomes(&import), [Outcome::Duplicate, Outcome::Read], "a.fit tells more, but of a kilometre only");
    assert!(import.runs[0].distance_m().is_some_and(|metres| metres > 5500.0));
}

/// A GPX track with a point at each of `at_min` minutes after [`START_UNIX_S`], of no sport or of
/// `kind`.
fn sparse_track(at_min: impl Iterator<Item = i64>, kind: &str) -> String {
    let points: String = at_min
        .map(|minute| {
            let time = kneewise_read::time::Timestamp::from_unix_s(START_UNIX_S + minute * 60).expect("a time");
            format!(r#"<trkpt lat="30.{:06}" lon="-40"><time>{time}</time></trkpt>"#, minute.abs())
        })
        .collect();
    format!(r#"<gpx version="1.1"><trk>{kind}<trkseg>{points}</trkseg></trk></gpx>"#)
}

#[test]
fn a_track_far_longer_than_a_run_is_no_copy_of_it() {
    const YEAR_MIN: i64 = 365 * 24 * 60;
    let years = || [-YEAR_MIN, 0, YEAR_MIN].into_iter();
    for track in [
        sparse_track(years(), ""),
        sparse_track(years(), "<type>running</type>"),
        // A phone in the pocket all day, a point a minute.
        sparse_track(-300..600, ""),
    ] {
        let (_folder, import) = import_files(&[("a.gpx", track.as_bytes()), ("b.gpx", gpx::write(&run(0)).as_bytes())]);
        assert_eq!(import.ledger.counts.duplicate, 0, "{:#?}", import.ledger);
        let mut sources = import.runs.iter().flat_map(|run| &run.sources);
        assert!(sources.any(|source| source.name.ends_with("b.gpx")));
    }
}

#[test]
fn a_copy_that_is_no_run_never_displaces_one_that_is() {
    let fit = fit_activity::write(&run(0));
    let untyped_and_longer =
        gpx::write(&synth::run(&Spec { start_unix_s: START_UNIX_S - 30, distance_m: 1080.0, ..Spec::default() }))
            .replace("<type>running</type>", "");
    let (_folder, import) = import_files(&[("a.gpx", untyped_and_longer.as_bytes()), ("b.fit", &fit[..fit.len() - 9])]);
    assert_eq!(outcomes(&import), [Outcome::Duplicate, Outcome::Salvaged], "{:#?}", import.ledger.rows);
    let reason = import.ledger.rows[0].reason.as_deref().unwrap_or_default();
    assert!(reason.ends_with("b.fit, which names its sport"), "{reason}");
    assert_eq!(import.runs.len(), 1);
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

/// A minute's GPX recording, `north` and `east` degrees from the open sea on which made-up runs
/// start.
fn gpx_at(start: &str, north: f64, east: f64) -> String {
    let start = kneewise_read::time::Timestamp::parse_iso8601(start).expect("a time").0;
    let mut run = synth::run(&Spec { start_unix_s: start.unix_ms() / 1000, distance_m: 150.0, ..Spec::default() });
    for sample in &mut run.samples {
        sample.position = sample.position.map(|(n, e)| (n + north, e + east));
    }
    gpx::write(&run)
}

fn day_and_note(gpx: &str, asked: Option<&str>) -> (String, String) {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("a.gpx"), gpx).expect("written");
    let zone = asked.map(|name| Zone::named(name).expect("a zone"));
    let import = import(&[folder.path().to_owned()], &Options { zone, ..Options::default() });
    let run = &import.runs[0];
    let is_of_the_day = |note: &&Note| matches!(note.kind, NoteKind::Clock | NoteKind::Zone);
    (run.local_date.to_string(), run.notes.iter().find(is_of_the_day).map(|note| note.text.clone()).unwrap_or_default())
}

#[test]
#[cfg(feature = "tz-lookup")]
fn a_run_is_dated_by_the_zone_in_which_it_starts() {
    // On a glacier in the Alps, on both sides of the change to summer time.
    let day = |start: &str| day_and_note(&gpx_at(start, 16.45, 48.05), Some("Asia/Tokyo"));
    assert_eq!(day("2026-03-28T22:30:00Z").0, "2026-03-28");
    assert_eq!(day("2026-03-29T22:30:00Z").0, "2026-03-30");
    let note = day("2026-07-01T12:00:00Z").1;
    assert_eq!(note, "the day is that of the time zone at the start position, Europe/Zurich; the file names none");
}

#[test]
fn at_sea_the_zone_asked_for_dates_a_run_or_else_utc() {
    let at_sea = gpx_at("2026-07-01T22:30:00Z", 0.0, 0.0);
    let (day, note) = day_and_note(&at_sea, None);
    assert!(day == "2026-07-01" && note.contains("the day is UTC's"), "{day}: {note}");
    let (day, note) = day_and_note(&at_sea, Some("Europe/Berlin"));
    assert_eq!(day, "2026-07-02");
    assert!(note.contains("time zone asked for, Europe/Berlin"), "{note}");
}

#[test]
fn without_positions_nothing_is_looked_up() {
    let indoors = synth::run(&Spec { indoor: true, distance_m: 500.0, ..Spec::default() });
    let (_folder, import) = import_files(&[("a.tcx", tcx::write(&indoors).as_bytes())]);
    assert!(
        import.runs[0].notes.iter().any(|note| note.text.contains("the day is UTC's")),
        "{:?}",
        import.runs[0].notes
    );
}

/// What the file says of the runner's clock comes before anything else.
#[test]
fn the_offset_in_a_file_comes_first() {
    let mut in_the_alps = synth::run(&Spec { utc_offset_s: 32_400, distance_m: 500.0, ..Spec::default() });
    for sample in &mut in_the_alps.samples {
        sample.position = sample.position.map(|(n, e)| (n + 16.45, e + 48.05));
    }
    let (_folder, import) = import_files(&[("a.fit", &fit_activity::write(&in_the_alps))]);
    assert_eq!(import.runs[0].utc_offset_s, 32_400);
    let notes: Vec<&Note> = import.runs[0].notes.iter().filter(|note| note.kind == NoteKind::Zone).collect();
    assert!(notes.len() == 1 && notes[0].text.ends_with("the file's counts"), "{notes:?}");
}

#[test]
fn a_path_of_the_ledger_leads_to_its_file() {
    let fit = fit_activity::write(&run(0));
    let inner = zipped(&[("b.fit", &fit)]);
    let outer = zipped(&[("a/", b""), ("a/a.fit.gz", &gzipped(&fit)), ("inner.zip", &inner), ("inner", b"no archive")]);
    let (folder, import) = import_files(&[("export.zip", &outer)]);
    for row in import.ledger.rows.iter().filter(|row| !row.activities.is_empty()) {
        let loaded = load(row.path.as_ref()).expect("the file");
        assert_eq!((loaded.name, loaded.bytes == fit), (row.path.clone(), true));
    }
    let at = |within: &str| load(&folder.path().join(within)).map(|_| ()).expect_err("no recording");
    assert!(matches!(at("export.zip"), LoadError::Archive));
    assert!(matches!(at("export.zip/inner.zip"), LoadError::Archive));
    assert!(matches!(at("export.zip/a"), LoadError::NotInArchive { .. }), "a folder in it");
    assert!(matches!(at("export.zip/c.fit"), LoadError::NotInArchive { .. }));
    assert!(matches!(at(""), LoadError::Folder));
    assert!(matches!(at("c.fit"), LoadError::Io(_)));
}

#[test]
fn files_that_were_loaded_make_the_runs_that_their_paths_make() {
    let (early, late) = (fit_activity::write(&run(0)), fit_activity::write(&run(1)));
    let (folder, import) = import_files(&[("a.fit", &early), ("b.fit", &late), ("c.fit", &early)]);
    let load = |name: &str| load(&folder.path().join(name)).expect("a file");
    let loaded = import_loaded(&[load("c.fit"), load("a.fit"), load("b.fit")], &Options::default());
    assert_eq!((outcomes(&loaded), loaded.runs.len()), (outcomes(&import), 1));
    assert_eq!(loaded.runs[0].source(), import.runs[0].source());
}

#[test]
fn a_log_kept_by_hand_gives_its_runs_and_names_the_lines_it_could_not_read() {
    let log = "Date;Distance km;Duration;Exertion;Sport;Shoe;Weather\n2026-04-01;10,5;1:02:30;4;;Road;sun\n\
        2026-04-01;5;;;trail run;;\n2026-04-31;5;;;;;\n2026-04-03;10;1:05;;;;\n2026-04-04;;;;;;\n2026-04-05;30;;;ride;;\n";
    let (_folder, import) = import_files(&[("log.csv", log.as_bytes())]);
    let row = &import.ledger.rows[0];
    assert_eq!((row.outcome, row.activities.len()), (Outcome::Salvaged, 3));
    let notes: Vec<&str> = row.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes[0], "line 4 not read: date \"2026-04-31\" is not a day such as 2026-03-01");
    assert!(notes[1].starts_with("line 5 not read: duration \"1:05\" may be minutes or hours"), "{}", notes[1]);
    assert_eq!(notes[2..4], ["line 6 not read: neither a distance nor a duration", "columns not read: weather"]);
    assert_eq!(notes[4..], ["1 of 3 lines name no sport and count as runs"], "another line names one");
    let told: Vec<_> = import.runs.iter().map(|run| (run.local_date.to_string(), run.distance_m())).collect();
    assert_eq!(told, [("2026-04-01".to_owned(), Some(10_500.0)), ("2026-04-01".to_owned(), Some(5000.0))]);
    let (first, second) = (&import.runs[0], &import.runs[1]);
    assert_eq!((first.value(&TIMER), first.value(&PERCEIVED_EXERTION)), (Some(3750.0), Some(4.0)));
    assert_eq!((first.gear.as_deref(), second.sub_sport), (Some("Road"), SubSport::Trail));
    assert_ne!(first.id, second.id, "two runs of a day are two");
    let names: Vec<&str> = import.runs.iter().map(|run| run.sources[0].name.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["log.csv:2", "log.csv:3"], "a run is told by its line, and the ledger has the file once");
    assert!(row.path.ends_with("log.csv") && import.ledger.rows.len() == 1 && import.ledger.inputs == 1);
}

#[test]
fn a_run_that_a_watch_recorded_and_the_log_tells_of_counts_once() {
    let fit = fit_activity::write(&run(0));
    // The watch's run is one of 1 km; the third is another of that length on that day.
    let log = "date,distance_km\n2026-04-01,1.05\n2026-04-01,5\n2026-04-01,1\n2026-04-02,1\n";
    let (_folder, import) = import_files(&[("a.fit", &fit), ("log.csv", log.as_bytes()), ("copy.csv", log.as_bytes())]);
    let mut km: Vec<i64> =
        import.runs.iter().filter_map(|run| Some((run.distance_m()? / 100.0).round() as i64)).collect();
    km.sort_unstable();
    assert_eq!(km, [10, 10, 10, 50], "{:#?}", import.ledger);
    let log = import.ledger.rows.iter().find(|row| row.path.ends_with("log.csv")).expect("a row");
    let copy = import.ledger.rows.iter().find(|row| row.path.ends_with("copy.csv")).expect("a row");
    let counted_once = |row: &Row| row.notes.iter().any(|note| note.text.contains("counted once"));
    assert!(counted_once(log) || counted_once(copy));
    assert_eq!(import.ledger.counts.duplicate, 1);

    let alone = "date,distance_km\n2026-04-01,1\n";
    let (_folder, import) = import_files(&[("a.fit", &fit), ("log.csv", alone.as_bytes())]);
    assert_eq!((import.runs.len(), outcomes(&import)), (1, vec![Outcome::Read, Outcome::Duplicate]));
}

/// The runs of some tables and of a run of 1 km at seven o'clock on the first of April, by day and
/// hundreds of metres.
fn of_logs(logs: &[&str]) -> (Vec<(String, i64)>, Vec<String>) {
    let fit = fit_activity::write(&run(0));
    let names: Vec<String> = (0..logs.len()).map(|n| format!("log{n}.csv")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("a.fit", &fit)];
    files.extend(names.iter().map(String::as_str).zip(logs.iter().map(|log| log.as_bytes())));
    let (_folder, import) = import_files(&files);
    let of = |run: &Run| (run.local_date.to_string(), (run.distance_m().unwrap_or(-100.0) / 100.0).round() as i64);
    let notes = import.ledger.rows.iter().flat_map(|row| &row.notes).map(|note| note.text.clone()).collect();
    (import.runs.iter().map(of).collect(), notes)
}

#[test]
fn a_later_state_of_a_list_takes_the_place_of_an_earlier_one() {
    let earlier = "date,distance_km,minutes\n2026-05-01,6,36\n2026-05-03,10,60\n2026-05-06,6,36\n2026-05-08,3,20\n";
    let later = "date,distance_km,minutes,sport\n2026-05-01,6,36,run\n2026-05-03,10,60,run\n2026-05-03,5,30,run\n\
        2026-05-06,9,50,run\n2026-06-02,7,42,run\n";
    let (runs, notes) = of_logs(&[earlier, later]);
    let km: Vec<i64> = runs[1..].iter().map(|(_, hundreds)| hundreds / 10).collect();
    assert_eq!(km, [6, 10, 5, 9, 3, 7], "the edited row counts once, and the one that is gone stays");
    assert!(notes.iter().any(|text| text.contains("a later version of this list")), "{notes:?}");
    // Another list of another kind of runs is no state of this one.
    let other = "date,distance_km,minutes\n2026-05-03,21.1,100\n2026-05-20,10,50\n";
    assert_eq!(of_logs(&[earlier, other]).0.len(), 1 + 4 + 2);
}

#[test]
fn what_a_row_says_of_rest_and_of_unknown_sports_is_told() {
    let log = "date,distance_km,minutes,sport\n2026-04-03,5,30,Jog\n2026-04-04,,,Rest\n2026-04-05,,30,Quidditch\n2026-04-06,,30,Yoga\n\
        2026-04-07,4,25,\n";
    let (runs, notes) = of_logs(&[log]);
    assert_eq!(runs.len(), 3, "{runs:?}");
    for text in
        ["line 4: the sport \"Quidditch\" is not known here", "1 line records rest", "name no sport and count as runs"]
    {
        assert!(notes.iter().any(|note| note.contains(text)), "{text}: {notes:?}");
    }
}

#[test]
fn rows_together_may_be_what_was_recorded() {
    let split = "date,distance_km\n2026-04-01,0.4\n2026-04-01,0.6\n";
    assert_eq!(of_logs(&[split]).0, [("2026-04-01".to_owned(), 10)]);
    let more = "date,distance_km\n2026-04-01,0.4\n2026-04-01,2.6\n";
    assert_eq!(of_logs(&[more]).0.len(), 3);
}

#[test]
fn other_tables_are_no_log() {
    for table in [
        "Activity Type,Date,Title,Distance,Time\nRunning,2026-04-01 08:00:00,x,5,0:30:00\n",
        "date,pain_after,exertion_cr10\n2026-04-01,2,4\n",
        "date\n2026-04-01\n",
    ] {
        let (_folder, import) = import_files(&[("t.csv", table.as_bytes())]);
        assert_eq!(outcomes(&import), [Outcome::Skipped], "{table}");
    }
    let (_folder, strict) = import_files(&[("t.csv", b"date,distance_km\nx,5\n")]);
    assert_eq!(outcomes(&strict), [Outcome::Unreadable], "a log of which no line can be read");
}

#[test]
fn an_export_s_list_names_the_gear_of_the_files_beside_it_and_is_no_log() {
    let list = "Activity ID,Activity Date,Activity Name,Distance,Activity Gear,Filename,Distance\n\
        1,\"Apr 1, 2026, 7:00:00 AM\",a,1,Road pair,activities/1.fit.gz,1000\n2,\"Apr 2, 2026\",b,1,,activities/2.fit,1000\n";
    let zip = zipped(&[
        ("activities.csv", list.as_bytes()),
        ("activities/1.fit.gz", &gzipped(&fit_activity::write(&run(0)))),
        ("activities/2.fit", &fit_activity::write(&run(24))),
    ]);
    let (_folder, import) = import_files(&[("export.zip", &zip)]);
    let gear: Vec<_> = import.runs.iter().map(|run| run.gear.as_deref()).collect();
    assert_eq!(gear, [Some("Road pair"), None], "{:#?}", import.ledger);
    assert_eq!(import.ledger.counts.skipped, 1);
}

/// Everything below a folder, by paths and by readers of its files in another order, from two
/// threads.
fn both_ways(folder: &std::path::Path) -> (Import, Import) {
    let paths = [folder.to_owned()];
    let options = Options::default();
    let importer = Importer::new(&options);
    let mut all = files(&paths);
    all.reverse();
    let add = |path: &PathBuf| {
        let bytes = fs::read(path).expect("a file");
        importer.add(&path.to_string_lossy(), Cursor::new(bytes));
    };
    let (some, rest) = all.split_at(all.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| some.iter().for_each(add));
        rest.iter().for_each(add);
    });
    (import(&paths, &options), importer.finish())
}

#[test]
fn files_from_anywhere_make_the_import_that_their_paths_make() {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let made = TempDir::new().expect("a folder");
    let fit = fit_activity::write(&run(0));
    let inner = zipped(&[("a.fit", &fit), ("again.fit", &fit)]);
    let outer = zipped(&[("inner.zip", &inner), ("b.gpx.gz", &gzipped(gpx::write(&run(5)).as_bytes())), ("c", b"")]);
    let cut = &outer[..outer.len() - 30];
    for (name, bytes) in [("outer.zip", &outer[..]), ("outer.zip.gz", &gzipped(&outer)), ("cut.zip", cut)] {
        fs::write(made.path().join(name), bytes).expect("written");
    }
    let folders = ["sample-log", "logs/gpx-only", "logs/comeback", "logs/hand-kept", "formats"];
    for folder in folders.map(|folder| fixtures.join(folder)).iter().map(PathBuf::as_path).chain([made.path()]) {
        let (by_path, by_reader) = both_ways(folder);
        assert!(!by_path.ledger.rows.is_empty());
        assert_eq!(by_path.ledger.to_string(), by_reader.ledger.to_string());
        assert!(format!("{by_path:?}") == format!("{by_reader:?}"), "{}", folder.display());
        // As an upload, too.
        for file in files(&[folder.to_owned()]) {
            let name = file.to_string_lossy();
            let upload = import_bytes(&name, fs::read(&file).expect("a file"), &Options::default());
            let by_path = import(std::slice::from_ref(&file), &Options::default());
            assert!(format!("{by_path:?}") == format!("{upload:?}"), "{name}");
        }
    }
}

#[test]
fn inputs_of_one_name_are_told_apart() {
    let options = Options::default();
    let importer = Importer::new(&options);
    for name in ["a.csv", "a.csv#2", "a.csv", "a.csv"] {
        importer.add(name, Cursor::new("x"));
    }
    let paths: Vec<String> = importer.finish().ledger.rows.into_iter().map(|row| row.path).collect();
    assert_eq!(paths, ["a.csv", "a.csv#2", "a.csv#3", "a.csv#4"]);
}

#[test]
fn a_source_that_fails_is_a_row_that_says_so() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the line is dead"))
        }
    }
    impl std::io::Seek for Broken {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
    let options = Options::default();
    let importer = Importer::new(&options);
    importer.add("a.fit", Broken);
    let import = importer.finish();
    assert_eq!(
        (outcomes(&import), import.ledger.rows[0].reason.as_deref()),
        (vec![Outcome::Unreadable], Some("the line is dead"))
    );
}
