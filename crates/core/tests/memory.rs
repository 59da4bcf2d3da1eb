//! What reading costs in memory, as a multiple of the bytes read. The one test of its binary, so that nothing else
//! allocates meanwhile.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]
#![allow(clippy::print_stdout, reason = "the measures, for who asks with --nocapture")]

use std::fmt::Write;

use kneewise_core::read;
use kneewise_fixtures::encode::{Style, encode};
use kneewise_fixtures::fit::{BaseType, DevField, Field, FitWriter, Value};
use kneewise_fixtures::synth::{self, Spec};
use kneewise_fixtures::{files, fit_activity, gpx, tcx};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Of files as watches and apps write them.
const REAL: f64 = 8.0;
/// Of files made to cost as much as they can, byte for byte. The dearest are laps that hold nothing but a time: as
/// many as are read of them take 15 MB, however large the file.
const HOSTILE: f64 = 80.0;
/// What is reserved whatever the file, so that small files pass.
const IN_ANY_CASE: usize = 8 << 10;

#[test]
fn reading_takes_no_more_memory_than_stated() {
    let mut over = Vec::new();
    for (name, bytes) in fixtures().into_iter().chain(big_files()) {
        over.extend(over_limit(&name, &bytes, REAL));
    }
    for (name, bytes) in hostile_files() {
        over.extend(over_limit(name, &bytes, HOSTILE));
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

/// Reads bytes; says so where that took more memory at once than `times` their size.
fn over_limit(name: &str, bytes: &[u8], times: f64) -> Option<String> {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let contents = read(bytes);
    let peak = HEAP.peak_usage() - before;
    let samples: usize = contents.iter().flat_map(|c| &c.activities).map(|a| a.samples.len()).sum();
    let measured = peak as f64 / bytes.len() as f64;
    println!("{measured:7.2} times {:8} bytes, {samples:6} samples: {name}", bytes.len());
    let allowed = bytes.len() as f64 * times + IN_ANY_CASE as f64;
    (peak as f64 > allowed).then(|| format!("{name}: {peak} bytes for {} are {measured:.1} times", bytes.len()))
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    files().into_iter().filter(|(path, _)| path.starts_with("formats/")).collect()
}

/// A recording of 20,000 samples in every format, some of them in several ways.
fn big_files() -> Vec<(String, Vec<u8>)> {
    let run =
        synth::run(&Spec { distance_m: 58_000.0, every_s: 1, with_dynamics: true, hill_m: 10.0, ..Spec::default() });
    assert!(run.samples.len() > 19_000, "{}", run.samples.len());
    let messages = fit_activity::messages(std::slice::from_ref(&run));
    let style = |style| encode(&messages, style);
    let plain = Style::default();
    let whole = gpx::write(&run);
    let lines = whole.lines().map(|line| match line.split_once("<extensions>") {
        Some((point, _)) => format!("{point}</trkpt>\n"),
        None => format!("{line}\n"),
    });
    let without_extensions: String = lines.collect();
    vec![
        ("big.fit".to_owned(), style(plain)),
        ("big, with packed times.fit".to_owned(), style(Style { compressed_timestamps: true, ..plain })),
        ("big.gpx".to_owned(), whole.into_bytes()),
        ("without extensions.gpx".to_owned(), without_extensions.into_bytes()),
        ("big.tcx".to_owned(), tcx::write(&run).into_bytes()),
    ]
}

const TIME: Field = Field { number: 253, size: 4, base_type: BaseType::Uint32 };
const START: i64 = 1_136_203_200;
const MANY: u32 = 50_000;

fn hostile_files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("definitions of nothing", fit(|fit| (0..MANY).for_each(|_| fit.define(1, 20, &[], false, &[])))),
        (
            "definitions of records",
            fit(|fit| (0..MANY).for_each(|_| fit.define(1, 20, &[byte(3), byte(4), byte(13)], false, &[]))),
        ),
        ("laps of one byte", fit(|fit| many_of(19, fit))),
        ("events of one byte", fit(|fit| many_of(21, fit))),
        ("sessions of one byte", fit(|fit| many_of(18, fit))),
        ("other messages of one byte", fit(|fit| many_of(34, fit))),
        ("laps of a time", fit(|fit| many_times(19, fit))),
        ("sessions of a time", fit(|fit| many_times(18, fit))),
        ("starts and stops", fit(starts_and_stops)),
        ("records of one byte", fit(records_of_one_byte)),
        ("records of one byte, once with everything", fit(wide_then_narrow)),
        ("developer fields without end", fit(developer_fields)),
        ("points of a time", points("<trkpt><time>2026-01-01T00:00:00Z</time></trkpt>")),
        ("points of nothing", points("<trkpt/>")),
        ("tracks of nothing", document("<gpx>", "<trk/>", "</gpx>")),
        ("segments of nothing", points("<trkseg/>")),
        (
            "laps of nothing",
            document(
                "<TrainingCenterDatabase><Activities><Activity>",
                "<Lap/>",
                "</Activity></Activities></TrainingCenterDatabase>",
            ),
        ),
        (
            "activities of nothing",
            document("<TrainingCenterDatabase><Activities>", "<Activity/>", "</Activities></TrainingCenterDatabase>"),
        ),
        ("elements without end", document("<gpx>", "<a>", "")),
        ("one long text", document("<gpx><trk><name>", "aaaaaaaaaaaaaaaa", "</name></trk></gpx>")),
        ("references", document("<gpx><trk><name>", "&#65;", "</name></trk></gpx>")),
    ]
}

/// A FIT file of an activity with what `fill` adds.
fn fit(fill: impl Fn(&mut FitWriter)) -> Vec<u8> {
    let mut fit = FitWriter::new(14);
    fit.define(0, 0, &[byte(0)], false, &[]);
    fit.data(0, &[Value::Int(4)]);
    fit.define(2, 20, &[TIME, byte(3)], false, &[]);
    fit.data(2, &[Value::Int(START), Value::Int(150)]);
    fill(&mut fit);
    fit.finish()
}

const fn byte(number: u8) -> Field {
    Field { number, size: 1, base_type: BaseType::Uint8 }
}

fn many_of(message: u16, fit: &mut FitWriter) {
    fit.define(1, message, &[byte(0)], false, &[]);
    (0..MANY).for_each(|_| fit.data(1, &[Value::Int(0)]));
}

fn many_times(message: u16, fit: &mut FitWriter) {
    fit.define(1, message, &[TIME], false, &[]);
    (0..MANY).for_each(|i| fit.data(1, &[Value::Int(START + i64::from(i))]));
}

fn starts_and_stops(fit: &mut FitWriter) {
    fit.define(1, 21, &[TIME, byte(0), byte(1)], false, &[]);
    let event = |i: u32| [Value::Int(START + i64::from(i)), Value::Int(0), Value::Int(i64::from(i % 2) * 4)];
    (0..MANY).for_each(|i| fit.data(1, &event(i)));
}

fn records_of_one_byte(fit: &mut FitWriter) {
    fit.define(1, 20, &[byte(3)], false, &[]);
    (0..MANY).for_each(|i| fit.data(1, &[Value::Int(100 + i64::from(i % 50))]));
}

/// One record with every channel opens a column for each; then records of a byte stretch all of them.
fn wide_then_narrow(fit: &mut FitWriter) {
    let wide = [0, 1, 2, 3, 4, 5, 6, 7, 13, 39, 41, 83, 84, 85].map(byte);
    let ones = wide.map(|_| Value::Int(100));
    fit.define(3, 20, &wide, false, &[]);
    fit.data(3, &ones);
    fit.define(1, 20, &[byte(3)], false, &[]);
    (0..MANY).for_each(|i| fit.data(1, &[Value::Int(100 + i64::from(i % 50))]));
    fit.data(3, &ones);
}

/// A description for each of 256 times 256 developer fields, and all of them in records.
fn developer_fields(fit: &mut FitWriter) {
    fit.define(1, 206, &[byte(0), byte(1), byte(2)], false, &[]);
    for index in 0..40u8 {
        for number in 0..255u8 {
            fit.data(1, &[Value::Int(index.into()), Value::Int(number.into()), Value::Int(2)]);
        }
    }
    let fields: Vec<DevField> =
        (0..200).map(|number| DevField { number, size: 1, developer_index: 0, base_type: BaseType::Uint8 }).collect();
    fit.define(3, 20, &[byte(3)], false, &fields);
    let all = vec![Value::Int(100); 201];
    fit.data(3, &all);
    records_of_one_byte(fit);
    fit.data(3, &all);
}

fn points(point: &str) -> Vec<u8> {
    document("<gpx><trk><trkseg>", point, "</trkseg></trk></gpx>")
}

fn document(head: &str, repeated: &str, tail: &str) -> Vec<u8> {
    let mut out = head.to_owned();
    (0..MANY).for_each(|_| out.write_str(repeated).unwrap());
    out.push_str(tail);
    out.into_bytes()
}
