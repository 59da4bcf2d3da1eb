//! What a file whose copy lies beside it gives.

use super::*;

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
