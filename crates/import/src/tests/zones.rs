//! The day of a run, by the zone that counts.

use super::*;

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
    let is_of_the_day = |note: &&Note| matches!(note.kind, NoteKind::Clock | NoteKind::NoZone | NoteKind::Zone);
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
#[cfg(feature = "tz-lookup")]
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
