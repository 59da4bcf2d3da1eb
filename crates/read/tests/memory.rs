//! What reading costs in memory, as a multiple of the bytes read. The one test of its binary, so
//! that nothing else allocates meanwhile.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]
#![allow(clippy::print_stdout, reason = "the measures, for who asks with --nocapture")]

use std::fmt::Write;

use kneewise_fixtures::encode::{Style, encode};
use kneewise_fixtures::fit::{BaseType, DevField, Field, FitWriter, Value};
use kneewise_fixtures::synth::{self, Spec};
use kneewise_fixtures::{files, fit_activity, gpx, tcx};
use kneewise_read::read;
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Of files as watches and apps write them.
const REAL: f64 = 8.0;
/// Of files made to cost as much as they can, byte for byte. The dearest are laps that hold nothing
/// but a time: as many as are read of them take 15 MB, however large the file.
const HOSTILE: f64 = 80.0;
/// What is reserved whatever the file, so that small files pass.
const IN_ANY_CASE: usize = 8 << 10;
/// The same of files made to cost much: one that is small may take what every larger one may.
const IN_ANY_HOSTILE_CASE: usize = 64 << 10;

#[test]
fn reading_takes_no_more_memory_than_stated() {
    let mut over = Vec::new();
    for (name, bytes) in fixtures().into_iter().chain(big_files()) {
        over.extend(over_limit(&name, &bytes, REAL, IN_ANY_CASE));
    }
    for (name, bytes) in hostile_files().into_iter().chain(hostile_sequences()) {
        over.extend(over_limit(name, &bytes, HOSTILE, IN_ANY_HOSTILE_CASE));
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

/// Reads bytes; says so where that took more memory at once than `times` their size and
/// `in_any_case`.
fn over_limit(name: &str, bytes: &[u8], times: f64, in_any_case: usize) -> Option<String> {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let contents = read(bytes);
    let peak = HEAP.peak_usage() - before;
    let samples: usize = contents.iter().flat_map(|c| &c.activities).map(|a| a.samples.len()).sum();
    let measured = peak as f64 / bytes.len() as f64;
    println!("{measured:7.2} times {:8} bytes, {samples:6} samples: {name}", bytes.len());
    let allowed = bytes.len() as f64 * times + in_any_case as f64;
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
        ("laps of one byte", fit(|fit| ones(19, MANY, fit))),
        ("events of one byte", fit(|fit| ones(21, MANY, fit))),
        ("sessions of one byte", fit(|fit| ones(18, MANY, fit))),
        ("other messages of one byte", fit(|fit| ones(34, MANY, fit))),
        ("laps of a time", fit(|fit| times(19, MANY, fit))),
        ("sessions of a time", fit(|fit| times(18, MANY, fit))),
        ("starts and stops", fit(starts_and_stops)),
        ("records of one byte", fit(records_of_one_byte)),
        ("records of one byte, once with everything", fit(|fit| wide_then_narrow(MANY, fit))),
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

/// Files of many activities, and small ones that are made to look as if they came to many. What is
/// bounded by the file's length must be bounded by that of the whole file, however many sequences
/// it chains.
fn hostile_sequences() -> Vec<(&'static str, Vec<u8>)> {
    let thousand_sessions = || bare(|fit| times(18, 1000, fit));
    let no_bodies = || fit(|fit| of_no_bytes(19, fit));
    let wide = || fit(|fit| wide_then_narrow(3_400, fit));
    vec![
        ("sequences of nothing", vec![bare(|_| ()); 1000].concat()),
        ("sequences of one record", vec![fit(|_| ()); 1000].concat()),
        ("sport after sport, no session", fit(|fit| sports(7_600, fit))),
        (
            "sport after sport, no session, with 64 developer fields",
            fit(|fit| {
                describe(64, fit);
                sports(7_600, fit);
            }),
        ),
        ("few sessions of a time", bare(|fit| times(18, 1000, fit))),
        ("100 sequences of sessions of a time", vec![thousand_sessions(); 100].concat()),
        ("sessions of a time and 64 developer fields", {
            let sessions = || {
                fit(|fit| {
                    describe(64, fit);
                    times(18, 1000, fit);
                })
            };
            vec![sessions(); 10].concat()
        }),
        ("few records of one byte, once with everything", wide()),
        ("50 sequences of records of one byte, once with everything", vec![wide(); 50].concat()),
        ("few records of one byte, once with everything and 64 developer fields", wide_with_developer_fields()),
        (
            "50 sequences of records of one byte, once with everything and 64 developer fields",
            vec![wide_with_developer_fields(); 50].concat(),
        ),
        ("laps of no bytes", no_bodies()),
        ("50 sequences of laps of no bytes", vec![no_bodies(); 50].concat()),
        ("100 sequences of laps of one byte", vec![fit(|fit| ones(19, 20_000, fit)); 100].concat()),
        ("100 sequences of sport after sport", vec![fit(|fit| sports(400, fit)); 100].concat()),
    ]
}

/// A FIT file of an activity with what `fill` adds.
fn fit(fill: impl Fn(&mut FitWriter)) -> Vec<u8> {
    bare(|fit| {
        fit.define(2, 20, &[TIME, byte(3)], false, &[]);
        fit.data(2, &[Value::Int(START), Value::Int(150)]);
        fill(fit);
    })
}

/// A FIT file that says it is an activity, and then only what `fill` adds.
fn bare(fill: impl Fn(&mut FitWriter)) -> Vec<u8> {
    let mut fit = FitWriter::new(14);
    fit.define(0, 0, &[byte(0)], false, &[]);
    fit.data(0, &[Value::Int(4)]);
    fill(&mut fit);
    fit.finish()
}

const fn byte(number: u8) -> Field {
    Field { number, size: 1, base_type: BaseType::Uint8 }
}

fn ones(message: u16, n: u32, fit: &mut FitWriter) {
    fit.define(1, message, &[byte(0)], false, &[]);
    (0..n).for_each(|_| fit.data(1, &[Value::Int(0)]));
}

fn times(message: u16, n: u32, fit: &mut FitWriter) {
    fit.define(1, message, &[TIME], false, &[]);
    (0..n).for_each(|i| fit.data(1, &[Value::Int(START + i64::from(i))]));
}

/// Messages of which there is nothing but the byte that announces them.
fn of_no_bytes(message: u16, fit: &mut FitWriter) {
    fit.define(1, message, &[], false, &[]);
    (0..MANY).for_each(|_| fit.data(1, &[]));
}

/// Running, cycling, running and so on, a record of each.
fn sports(n: u32, fit: &mut FitWriter) {
    fit.define(1, 12, &[byte(0)], false, &[]);
    fit.define(3, 20, &[TIME, byte(3)], false, &[]);
    for i in 0..n {
        fit.data(1, &[Value::Int(i64::from(i % 2) + 1)]);
        fit.data(3, &[Value::Int(START + i64::from(i)), Value::Int(150)]);
    }
}

/// Descriptions of `n` developer fields, which are numbers of a byte.
fn describe(n: u8, fit: &mut FitWriter) {
    fit.define(4, 206, &[byte(0), byte(1), byte(2)], false, &[]);
    (0..n).for_each(|number| fit.data(4, &[Value::Int(0), Value::Int(number.into()), Value::Int(2)]));
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

/// One record with every channel opens a column for each; then records of a byte stretch all of
/// them.
fn wide_then_narrow(n: u32, fit: &mut FitWriter) {
    let wide = [0, 1, 2, 3, 4, 5, 6, 7, 13, 39, 41, 83, 84, 85].map(byte);
    let wide_ones = wide.map(|_| Value::Int(100));
    fit.define(3, 20, &wide, false, &[]);
    fit.data(3, &wide_ones);
    fit.define(1, 20, &[byte(3)], false, &[]);
    (0..n).for_each(|i| fit.data(1, &[Value::Int(100 + i64::from(i % 50))]));
    fit.data(3, &wide_ones);
}

/// Columns for 64 developer fields, and as many records as fill the values that even a small file
/// may hold.
fn wide_with_developer_fields() -> Vec<u8> {
    let fields: Vec<DevField> =
        (0..64).map(|number| DevField { number, size: 1, developer_index: 0, base_type: BaseType::Uint8 }).collect();
    fit(|fit| {
        describe(64, fit);
        fit.define(5, 20, &[byte(3)], false, &fields);
        fit.data(5, &vec![Value::Int(100); 65]);
        wide_then_narrow(800, fit);
        fit.data(5, &vec![Value::Int(100); 65]);
    })
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
