//! What must hold of reading any bytes at all: the bodies of the fuzz targets.
//!
//! `tests/fuzz_smoke.rs` runs the same functions in `cargo test`.

use kneewise_core::measure::metric::Combine;
use kneewise_core::run::{SESSION_GAP_S, sessions};
use kneewise_core::{Contents, ReadError, Run, Runner, Settings, analyze, read};
use kneewise_read::activity::{Activity, Channel, Format, NoteKind, Span, Totals};
use kneewise_read::{Options, read_with, sniff};

/// Bytes as a FIT file: whatever they begin with is taken for a header.
pub fn fit(bytes: &[u8]) {
    let headed = if sniff(bytes) == Some(Format::Fit) { bytes.to_vec() } else { [&EMPTY_HEADER, bytes].concat() };
    if let Ok(contents) = check(&headed)
        && contents.notes.iter().all(|note| note.kind != NoteKind::Damage)
    {
        assert!(checksum_holds(&headed), "a file with a wrong checksum is damaged, and no note says so");
    }
}

/// Of a recording that broke off: its length was never written.
const EMPTY_HEADER: [u8; 14] = *b"\x0E\x20\x6E\x08\0\0\0\0.FIT\0\0";

/// Bytes as GPX: without a root element they get one.
pub fn gpx(bytes: &[u8]) {
    if sniff(bytes) == Some(Format::Gpx) {
        let _ = check(bytes);
    } else {
        let _ = check(&[b"<gpx><trk><type>running</type><trkseg>", bytes].concat());
    }
}

/// Bytes as TCX: without a root element they get one.
pub fn tcx(bytes: &[u8]) {
    if sniff(bytes) == Some(Format::Tcx) {
        let _ = check(bytes);
    } else {
        let root: &[u8] = b"<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Lap><Track>";
        let _ = check(&[root, bytes].concat());
    }
}

/// Bytes as they are, all the way to the report.
pub fn any(bytes: &[u8]) {
    let Ok(contents) = read_with(bytes, &Options { untyped_are_runs: true, ..Options::default() }) else { return };
    contents.activities.iter().for_each(check_activity);
    let run = |activity: &Activity| Run::from_activity(activity, "fuzz", None).ok();
    let runs = sessions(contents.activities.iter().filter_map(run).collect(), SESSION_GAP_S);
    let Some(as_of) = runs.iter().map(|run| run.local_date).max() else { return };
    for run in &runs {
        for metric in kneewise_core::measure::metric::METRICS {
            if let Some(value) = run.value(metric) {
                // What adds up counts something; changes and angles may be negative.
                let is_possible = value.is_finite() && (value >= 0.0 || metric.combine != Combine::Sum);
                assert!(is_possible, "{} is {value}", metric.id);
            }
        }
    }
    let report = analyze(runs, &Runner::default(), &Settings::default(), as_of);
    for measured in report.findings.iter().filter_map(|finding| finding.measured) {
        assert!(measured.value.is_finite(), "a finding measured {}", measured.value);
    }
}

/// Reads bytes and checks what must hold of whatever comes out.
fn check(bytes: &[u8]) -> Result<Contents, ReadError> {
    let contents = read(bytes);
    match (&contents, &read(bytes)) {
        (Ok(first), Ok(second)) => assert_same(first, second),
        (Err(first), Err(second)) => assert_eq!(first, second),
        _ => panic!("read, and refused the second time"),
    }
    if let Ok(contents) = &contents {
        assert!(!contents.activities.is_empty(), "who reads nothing says why");
        assert_eq!(Some(contents.format), sniff(bytes));
        let samples: usize = contents.activities.iter().map(|activity| activity.samples.len()).sum();
        assert!(samples <= bytes.len(), "{samples} samples of {} bytes", bytes.len());
        let activities = contents.activities.len();
        assert!(activities <= (16 + bytes.len() / 64).min(1000), "{activities} activities of {} bytes", bytes.len());
        let laps: usize = contents.activities.iter().map(|activity| activity.laps.len()).sum();
        assert!(laps <= 64 + bytes.len() / 12, "{laps} laps of {} bytes", bytes.len());
        contents.activities.iter().for_each(check_activity);
    }
    contents
}

/// Equal to the bit, NaN included; `Debug` of whole activities would take most of the time.
fn assert_same(first: &Contents, second: &Contents) {
    assert_eq!(first.notes, second.notes);
    assert_eq!(first.activities.len(), second.activities.len());
    let bits = |column: &[f64]| column.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    for (a, b) in first.activities.iter().zip(&second.activities) {
        assert_eq!((a.start, a.utc_offset_s, a.sport, a.sub_sport), (b.start, b.utc_offset_s, b.sport, b.sub_sport));
        assert_eq!((&a.device, &a.notes, &a.pauses), (&b.device, &b.notes, &b.pauses));
        assert_eq!(a.samples.time_s(), b.samples.time_s());
        for channel in Channel::ALL.iter().copied() {
            assert_eq!(a.samples.column(channel).map(bits), b.samples.column(channel).map(bits), "{channel:?}");
        }
    }
}

fn check_activity(activity: &Activity) {
    let samples = &activity.samples;
    let time = samples.time_s();
    assert!(time.iter().all(|t| t.is_finite()) && time.is_sorted(), "times ascend");
    for channel in Channel::ALL.iter().copied() {
        if let Some(column) = samples.column(channel) {
            assert_eq!(column.len(), time.len(), "{channel:?}");
            let (lowest, highest) = limits(channel);
            for value in column.iter().filter(|value| !value.is_nan()) {
                assert!((lowest..=highest).contains(value), "{channel:?} of {value}");
            }
        }
    }
    for developer in samples.developer() {
        assert_eq!(developer.values.len(), time.len(), "{}", developer.name);
        assert!(developer.values.iter().all(|value| !value.is_infinite()), "{}", developer.name);
    }
    check_pauses(&activity.pauses);
    check_totals(&activity.totals);
    for lap in &activity.laps {
        assert!(lap.start_s.is_finite());
        check_totals(&lap.totals);
    }
    let wearer = &activity.wearer;
    check_numbers(&[wearer.height_m, wearer.mass_kg, wearer.resting_heart_rate_bpm, wearer.max_heart_rate_bpm]);
}

/// The smallest number above 0, which in these channels is written for nothing measured.
const SMALLEST: f64 = f64::from_bits(1);

/// Between these a channel's values lie, whatever a file says.
fn limits(channel: Channel) -> (f64, f64) {
    match channel {
        Channel::Latitude => (-90.0, 90.0),
        Channel::Longitude => (-180.0, 180.0),
        Channel::Altitude => (-500.0, 9000.0),
        Channel::Speed => (0.0, 60.0),
        Channel::HeartRate => (25.0, 250.0),
        Channel::StepRate => (SMALLEST, 300.0),
        Channel::Power => (0.0, 3000.0),
        Channel::Temperature => (-70.0, 120.0),
        Channel::StanceTime => (SMALLEST, 1500.0),
        Channel::StanceTimeBalance | Channel::VerticalRatio => (SMALLEST, 100.0),
        Channel::VerticalOscillation => (SMALLEST, 500.0),
        Channel::StepLength => (SMALLEST, 3000.0),
        // Of the distance small steps back are let be, and can lie before its first value.
        _ => (f64::MIN, f64::MAX),
    }
}

fn check_pauses(pauses: &[Span]) {
    assert!(pauses.iter().all(|p| p.from_s.is_finite() && p.to_s.is_finite() && p.from_s <= p.to_s), "{pauses:?}");
    assert!(pauses.windows(2).all(|pair| pair[0].to_s <= pair[1].from_s), "in order and apart: {pauses:?}");
}

fn check_totals(totals: &Totals) {
    check_numbers(&[
        totals.distance_m,
        totals.timer_s,
        totals.elapsed_s,
        totals.moving_s,
        totals.ascent_m,
        totals.descent_m,
        totals.avg_heart_rate_bpm,
        totals.max_heart_rate_bpm,
        totals.avg_step_rate_spm,
        totals.steps,
        totals.perceived_exertion,
    ]);
}

fn check_numbers(numbers: &[Option<f64>]) {
    assert!(numbers.iter().flatten().all(|value| value.is_finite()), "{numbers:?}");
}

/// Whether the checksum of the first sequence of a FIT file is that of its bytes, as far as it has
/// one.
fn checksum_holds(bytes: &[u8]) -> bool {
    let data_size = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    let Some(sequence) = bytes.get(..usize::from(bytes[0]) + data_size + 2) else { return false };
    let written = &sequence[sequence.len() - 2..];
    data_size == 0 || written == [0, 0] || crc16(sequence) == 0
}

/// CRC-16 bit by bit, so that it shares nothing with the tables it checks.
fn crc16(bytes: &[u8]) -> u16 {
    let bit = |crc: u16| if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xA001 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ u16::from(*byte), |crc, _| bit(crc)))
}

/// Bytes as a table, a log kept by hand among them: every line is in one record, and all of it
/// within the budget.
pub fn table(bytes: &[u8]) {
    if let Some(table) = kneewise_table::Table::new(bytes) {
        assert!(table.columns().len() <= kneewise_table::MAX_COLUMNS);
        let mut line = table.header_line();
        for row in table.rows() {
            assert!(row.line > line, "records go on from line to line");
            line = row.line;
            let fields = row.fields.unwrap_or_default();
            assert!(fields.iter().map(String::len).sum::<usize>() <= 3 * kneewise_table::MAX_RECORD_BYTES);
        }
        assert!(line <= bytes.split(|byte| *byte == b'\n').count());
    }
    imported(bytes);
    imported(&[b"date,distance_km,duration,time,exertion\n2026-03-01,", bytes].concat());
}

/// Bytes as a zip archive.
pub fn zip(bytes: &[u8]) {
    imported(bytes);
}

/// Bytes as gzip.
pub fn gzip(bytes: &[u8]) {
    imported(bytes);
    imported(&[&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], bytes].concat());
}

/// Bytes as a profile, and as settings of rules.
pub fn toml(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(profile) = kneewise_profile::profile::parse(&text, "p.toml") {
        let written = kneewise_profile::profile::to_toml(&profile);
        let read = kneewise_profile::profile::parse(&written, "p.toml").expect("what is written is read");
        assert_eq!(read.runner.shoes.len(), profile.runner.shoes.len());
    }
    for wrong in
        [kneewise_profile::profile::parse(&text, "p").err(), kneewise_profile::settings::parse(&text, "k").err()]
    {
        assert!(wrong.is_none_or(|wrong| wrong.to_string().len() < 100_000), "told in short");
    }
}

/// Bytes as a diary: no more entries than lines, and every line with something wrong in it is one
/// that is there.
pub fn diary(bytes: &[u8]) {
    let lines = bytes.split(|byte| *byte == b'\n').count();
    for bytes in [bytes.to_vec(), [b"date,pain_during,pain_after,sleep_h,note\n2026-03-01,", bytes].concat()] {
        let Ok(kept) = kneewise_profile::diary::parse(&bytes, "d.csv") else { continue };
        assert!(kept.diary.entries().len() <= lines + 1);
        assert!(kept.problems.iter().all(|problem| (1..=lines + 1).contains(&problem.line)));
    }
}

/// An import of some bytes: each row of the ledger says what became of it, and there are no more
/// runs than activities.
fn imported(bytes: &[u8]) {
    let options = kneewise_import::Options::default();
    let import = kneewise_import::import_bytes("fuzz", bytes.to_vec(), &options);
    assert!(!import.ledger.rows.is_empty() || may_be_archive(bytes), "no input is lost");
    let activities: usize = import.ledger.rows.iter().map(|row| row.activities.len()).sum();
    assert!(import.runs.len() <= activities);
    for row in &import.ledger.rows {
        assert!(row.outcome == kneewise_import::Outcome::Read || row.reason.is_some(), "{row:?}");
    }
}

/// Whether bytes may be an archive: one of nothing but folders has no row.
fn may_be_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(&[0x1F, 0x8B])
}
