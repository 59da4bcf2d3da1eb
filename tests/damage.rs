//! Damage costs only what is damaged, and nothing makes a reader fall over.

use kneewise_core::{ReadError, read};
use kneewise_fixtures::synth::Spec;
use kneewise_read::activity::{Channel, Note, NoteKind};

use crate::support::in_project;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(in_project("fixtures/formats").join(name)).unwrap()
}

fn samples(bytes: &[u8]) -> usize {
    read(bytes).map_or(0, |contents| contents.activities.iter().map(|activity| activity.samples.len()).sum())
}

/// The damage that is told of.
fn damage(name: &str) -> String {
    let contents = read(&bytes(name)).unwrap();
    let notes = contents.notes.into_iter().filter(|note| note.kind == NoteKind::Damage);
    notes.map(|note| note.text).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_cut_keeps_what_came_before_it() {
    let whole = samples(&bytes("one-run.fit"));
    let cut = samples(&bytes("one-run-cut.fit"));
    assert!(cut > whole / 2 && cut < whole, "{cut} of {whole}");
    assert!(damage("one-run-cut.fit").contains("cut off"));

    let (whole, cut) = (samples(&bytes("one-run.gpx")), samples(&bytes("cut.gpx")));
    assert!(cut > whole / 2 && cut < whole, "{cut} of {whole}");
    assert!(damage("cut.gpx").starts_with("damaged: 205 points kept (at byte"), "{}", damage("cut.gpx"));
}

#[test]
fn a_crashed_recording_is_read_to_its_end() {
    assert_eq!(samples(&bytes("one-run-crashed.fit")), samples(&bytes("one-run.fit")));
    assert!(damage("one-run-crashed.fit").contains("declares no data"));
}

#[test]
fn a_wrong_checksum_is_a_note() {
    assert_eq!(samples(&bytes("one-run-bad-crc.fit")), samples(&bytes("one-run.fit")));
    assert!(damage("one-run-bad-crc.fit").contains("checksum"));
}

#[test]
fn reading_goes_on_behind_a_hole() {
    let (whole, holed) = (samples(&bytes("one-run.fit")), samples(&bytes("one-run-hole.fit")));
    assert!(holed >= whole - 5, "{holed} of {whole}");
    let activities = read(&bytes("one-run-hole.fit")).unwrap().activities;
    let time = activities[0].samples.time_s();
    assert!(time.iter().all(|t| (0.0..=1737.0).contains(t)), "no sample at an invented time");
    let distance = activities[0].samples.recorded(Channel::Distance).last().unwrap().1;
    assert_eq!(distance, 5000.12, "the end of the run is there");
}

/// Half a minute of running in each format.
fn small_files() -> [(&'static str, Vec<u8>); 3] {
    let run = kneewise_fixtures::synth::run(&Spec { distance_m: 100.0, every_s: 5, ..Spec::default() });
    [
        ("FIT", kneewise_fixtures::fit_activity::write(&run)),
        ("GPX", kneewise_fixtures::gpx::write(&run).into_bytes()),
        ("TCX", kneewise_fixtures::tcx::write(&run).into_bytes()),
    ]
}

/// Every prefix of a small file of each format reads, or is refused; more of a file never gives
/// less.
#[test]
fn every_prefix_is_survived() {
    for (format, whole) in small_files() {
        let mut most = 0;
        for cut in 0..=whole.len() {
            let n = samples(&whole[..cut]);
            assert!(n >= most, "{format}: {n} samples of {cut} bytes, {most} of fewer");
            most = n;
        }
        assert!(most > 5, "{format}: {most}");
    }
}

/// No single changed byte makes a reader panic, lose everything or invent much: a changed
/// definition may make records of other messages. Only where the file says what it is can a byte
/// cost all of it.
fn every_changed_byte_is_survived(seed: &str, says_what_it_is: fn(&[u8]) -> usize) {
    let whole = std::fs::read(in_project("fuzz/seeds").join(seed)).unwrap();
    let (in_whole, front) = (samples(&whole), says_what_it_is(&whole));
    assert!(in_whole > 1 && front < whole.len() / 3, "{seed}: {in_whole} samples, the first behind byte {front}");
    let mut changed = whole.clone();
    for at in 0..whole.len() {
        for value in (0..=u8::MAX).filter(|value| *value != whole[at]) {
            changed[at] = value;
            let n = samples(&changed);
            assert!(n <= 2 * in_whole, "{seed} byte {at} as {value:#x}: {n} samples of {in_whole}");
            assert!(n > 0 || at < front, "{seed} byte {at} as {value:#x}: nothing is left of {in_whole} samples");
        }
        changed[at] = whole[at];
    }
}

/// Where the fields of the only definition of records begin: without it no record can be read.
fn after_the_head_of_the_records(fit: &[u8]) -> usize {
    const RECORD: [u8; 4] = [0, 0, 20, 0];
    fit.windows(4).position(|bytes| bytes == RECORD).unwrap() + RECORD.len() + 1
}

fn after_the_root_tag(xml: &[u8]) -> usize {
    let text = std::str::from_utf8(xml).unwrap();
    let root = ["<gpx", "<TrainingCenterDatabase"].into_iter().find_map(|root| text.find(root)).unwrap();
    root + text[root..].find('>').unwrap() + 1
}

#[test]
fn every_changed_byte_of_a_fit_file_is_survived() {
    every_changed_byte_is_survived("fit/run.fit", after_the_head_of_the_records);
}

#[test]
fn every_changed_byte_of_a_gpx_file_is_survived() {
    every_changed_byte_is_survived("gpx/dialects.gpx", after_the_root_tag);
}

#[test]
fn every_changed_byte_of_a_tcx_file_is_survived() {
    every_changed_byte_is_survived("tcx/multi-sport.tcx", after_the_root_tag);
}

/// Every value of every byte where a FIT file says how it is to be read: the header, the first
/// definitions.
#[test]
fn every_value_of_the_first_bytes_is_survived() {
    let (_, whole) = small_files().into_iter().next().unwrap();
    let in_whole = samples(&whole);
    for at in 0..64 {
        for value in 0..=u8::MAX {
            let mut changed = whole.clone();
            changed[at] = value;
            let n = samples(&changed);
            assert!(n <= 2 * in_whole, "byte {at} as {value:#x}: {n} samples of {in_whole}");
            assert!(n == 0 || value == whole[at] || is_told(&changed), "byte {at} as {value:#x} goes unnoticed");
        }
    }
}

/// What is read of the front of a file is told to be that.
#[test]
fn every_cut_is_told() {
    for (format, whole) in small_files() {
        let end = whole.trim_ascii_end().len();
        for cut in (0..end).filter(|cut| samples(&whole[..*cut]) > 0) {
            assert!(is_told(&whole[..cut]), "{format} cut at byte {cut}");
        }
        assert!(!is_told(&whole), "{format}");
    }
}

fn is_told(bytes: &[u8]) -> bool {
    read(bytes).unwrap().notes.iter().any(|note| note.kind == NoteKind::Damage)
}

#[test]
fn noise_is_survived() {
    // A header and then a fixed pattern that looks like messages here and there.
    let mut noise = bytes("one-run.fit")[..14].to_vec();
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    noise.extend((0..300_000).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    }));
    assert!(samples(&noise) < noise.len());
    for text in
        ["<gpx>", "<gpx><trk><trkseg><trkpt", "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Lap>"]
    {
        assert_eq!(samples(text.as_bytes()), 0, "{text}");
    }
}

/// A document that defines entities is refused before anything could be expanded; one that only
/// names a schema is read.
#[test]
fn an_entity_bomb_is_refused() {
    let lol = (0..30).map(|i| format!(r#"<!ENTITY l{} "&l{};&l{};&l{};">"#, i + 1, i, i, i)).collect::<String>();
    let document = |doctype: &str| {
        format!(
            r#"<?xml version="1.0"?>{doctype}<gpx><trk><name>&l30;</name><trkseg>
            <trkpt lat="1" lon="2"><time>2026-01-01T00:00:00Z</time></trkpt></trkseg></trk></gpx>"#
        )
    };
    let bomb = document(&format!(r#"<!DOCTYPE gpx [<!ENTITY l0 "ha">{lol}]>"#));
    let Err(error @ ReadError::Refused { offset: 36, .. }) = read(bomb.as_bytes()) else { panic!("not refused") };
    assert!(!error.is_not_an_activity());
    assert_eq!(
        error.to_string(),
        "GPX file refused: it defines entities of its own, which no recording needs, at byte 36"
    );
    assert_eq!(samples(document(r#"<!DOCTYPE gpx SYSTEM "gpx.dtd">"#).as_bytes()), 1);
    assert_eq!(samples(document("").as_bytes()), 1, "a reference to nothing stays what it is");
}

/// One broken tag in the middle of a document costs one point at most, and is told with its place.
#[test]
fn xml_is_read_on_behind_a_broken_place() {
    for (name, tag, broken) in [("one-run.gpx", "<time>", "<ti\0me"), ("one-run.tcx", "<Time>", "<Time")] {
        let whole = bytes(name);
        let text = String::from_utf8(whole.clone()).unwrap();
        let at = text[text.len() / 2..].find(tag).unwrap() + text.len() / 2;
        let damaged = format!("{}{broken}{}", &text[..at], &text[at + tag.len()..]);
        assert_eq!(samples(damaged.as_bytes()), samples(&whole) - 1, "{name}");
        let notes = read(damaged.as_bytes()).unwrap().notes;
        assert!(notes[0].text.contains(&format!("(at byte {at}: a tag without its end)")), "{notes:?}");
    }
}

#[test]
fn damaged_xml_fixtures_say_what_happened() {
    let broken = damage("broken-tag.gpx");
    assert_eq!(broken, "damaged: 67 points kept, 25 bytes passed over (at byte 9395: a tag without its end)");
    assert!(matches!(read(&bytes("entities.gpx")), Err(ReadError::Refused { .. })));
}

/// Files that consist of nothing but the beginnings of what costs memory.
#[test]
fn a_crafted_file_makes_few_activities_and_laps() {
    let time = "2026-01-01T00:00:00Z";
    let tracks = format!("<trk><trkpt><time>{time}</time></trkpt></trk>").repeat(10_000);
    let gpx = format!("<gpx creator=\"{}\">{tracks}</gpx>", "long ".repeat(10_000));
    let contents = read(gpx.as_bytes()).unwrap();
    assert!(contents.activities.len() <= 16 + gpx.len() / 512);
    assert!(contents.activities[0].device.as_ref().is_some_and(|device| device.manufacturer.len() <= 100));
    let is_damage = |note: &Note, text| note.kind == NoteKind::Damage && note.text.starts_with(text);
    assert!(contents.notes.iter().any(|note| is_damage(note, "tracks left out, more than")));

    let laps = format!("<Lap StartTime=\"{time}\"/>").repeat(10_000);
    let tcx = format!("<TrainingCenterDatabase><Activity><Id>{time}</Id>{laps}</Activity></TrainingCenterDatabase>");
    let contents = read(tcx.as_bytes()).unwrap();
    assert!(contents.activities[0].laps.len() <= 16 + tcx.len() / 128);
    assert!(contents.notes.iter().any(|note| is_damage(note, "activities or laps left out")));
}
