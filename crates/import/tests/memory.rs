//! What an import costs, of each kind of input: in memory at most 8 times its input's bytes and a
//! constant, in time as many times more as it has more bytes. The one test of its binary, so that
//! nothing else allocates or takes time meanwhile.

#![allow(clippy::print_stdout, reason = "the measures, for who asks with --nocapture")]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use kneewise_core::{Runner, Settings, analyze};
use kneewise_fixtures::fit::{BaseType, Field, FitWriter, Value};
use kneewise_fixtures::synth::{self, Spec};
use kneewise_fixtures::{fit_activity, gpx, tcx};
use kneewise_import::{Import, Limits, Options, import_bytes};
use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const TIMES: usize = 8;
/// What may be reserved whatever the input: what a small one may unpack to, and the rows of a log.
const IN_ANY_CASE: usize = 72 << 20;

/// A row kept by hand that becomes no run, at the peak: its row of the ledger, its recording, and
/// the count of its day.
const OF_A_ROW: usize = 300;

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("packed")
}

fn zipped(members: &[Vec<u8>]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (i, bytes) in members.iter().enumerate() {
        writer.start_file(format!("{i}"), SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

fn log(rows: usize, sport: &str) -> Vec<u8> {
    let row = |i: usize| format!("{}-{:02}-{:02},5,{sport}\n", 1990 + i / 336 % 200, i / 28 % 12 + 1, i % 28 + 1);
    ("date,distance_km,sport\n".to_owned() + &(0..rows).map(row).collect::<String>()).into_bytes()
}

fn inputs() -> Vec<(&'static str, Vec<u8>)> {
    let commas = vec![b','; 16 << 20];
    let many = zipped(&vec![b"x".to_vec(); 20_000]);
    vec![
        ("a log", log(50_000, "")),
        ("a log, packed", gzipped(&log(70_000, ""))),
        ("commas", commas.clone()),
        ("commas, packed", gzipped(&commas)),
        ("quotation marks", ("date,distance_km\n".to_owned() + &"x\",\"\n".repeat(1_000_000)).into_bytes()),
        ("rows of nothing", ("date,distance_km\n".to_owned() + &"x\n".repeat(1_000_000)).into_bytes()),
        ("commas in a zip", zipped(&vec![commas; 20])),
        ("logs in a zip", zipped(&vec![log(30_000, ""); 20])),
        ("zips in a zip", zipped(&vec![many; 20])),
        ("zeros, packed twice", gzipped(&gzipped(&vec![0; 64 << 20]))),
    ]
}

/// A run of so many samples.
fn run(samples: usize) -> kneewise_fixtures::run::FixtureRun {
    synth::run(&Spec { distance_m: 3.0 * samples as f64, every_s: 1, with_dynamics: true, ..Spec::default() })
}

/// A FIT file of nothing but laps.
fn fit_of_laps(laps: usize) -> Vec<u8> {
    let mut fit = FitWriter::new(14);
    fit.define(0, 0, &[Field { number: 0, size: 1, base_type: BaseType::Enum }], false, &[]);
    fit.data(0, &[Value::Int(4)]);
    fit.define(1, 19, &[Field { number: 253, size: 4, base_type: BaseType::Uint32 }], false, &[]);
    (0..laps).for_each(|i| fit.data(1, &[Value::Int(1_000_000_000 + i as i64)]));
    fit.finish()
}

/// Something in a tar archive, which is not opened.
fn tar_of(bytes: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..9].copy_from_slice(b"a/run.csv");
    [header, bytes.to_vec(), vec![0; 1024]].concat()
}

/// Each kind of input, of a size that grows with the number.
type Kind = (&'static str, fn(usize) -> Vec<u8>);

const KINDS: [Kind; 17] = [
    ("FIT", |n| fit_activity::write(&run(200 * n))),
    ("GPX", |n| gpx::write(&run(200 * n)).into_bytes()),
    ("TCX", |n| tcx::write(&run(200 * n)).into_bytes()),
    ("FIT, packed", |n| gzipped(&fit_activity::write(&run(200 * n)))),
    ("GPX, packed", |n| gzipped(gpx::write(&run(200 * n)).as_bytes())),
    ("FIT of laps", |n| fit_of_laps(500 * n)),
    ("FIT of laps, packed", |n| gzipped(&fit_of_laps(500 * n))),
    ("a log", |n| log(500 * n, "")),
    ("a log, packed", |n| gzipped(&log(500 * n, ""))),
    ("sports nobody knows", |n| log(500 * n, "quidditch")),
    ("a log in a tar, packed", |n| gzipped(&tar_of(&log(500 * n, "")))),
    ("logs in a zip", |n| zipped(&(0..n).map(|i| log(200 + i, "")).collect::<Vec<_>>())),
    ("equal logs in a zip", |n| zipped(&vec![log(2000, ""); n])),
    ("recordings in a zip", |n| zipped(&(0..n).map(|i| fit_activity::write(&run(200 + i))).collect::<Vec<_>>())),
    ("equal recordings in a zip", |n| zipped(&vec![fit_activity::write(&run(500)); n])),
    ("quotation marks", |n| ("date,distance_km\n".to_owned() + &"x\",\"\n".repeat(2000 * n)).into_bytes()),
    ("an open element for each byte", |n| ("<gpx>".to_owned() + &"<a>".repeat(4000 * n)).into_bytes()),
];

/// Seconds of all threads that something takes: the least of some.
fn seconds_of(work: impl Fn()) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let once = |_| {
        let before = now();
        work();
        now() - before
    };
    (0..3).map(once).fold(f64::INFINITY, f64::min)
}

/// Times longer than something is larger; and what no small input can be measured below (seconds).
const SLOWER: f64 = 2.0;
const NOISE_S: f64 = 0.02;

fn time_grows_with_the_bytes() {
    let importing = |name, bytes: &[u8]| seconds_of(|| drop(import_bytes(name, bytes.to_vec(), &Options::default())));
    for (name, of) in KINDS {
        let (small, large) = (of(10), of(40));
        let times = large.len() as f64 / small.len() as f64;
        let (small_s, large_s) = (importing(name, &small), importing(name, &large));
        println!("{small_s:.4} s, {large_s:.4} s for {times:.1} times the bytes: {name}");
        // What packs well is unpacked and read in the size that it had before.
        let times = times.max(4.0);
        assert!(large_s <= SLOWER * times * small_s + NOISE_S, "{name}: {small_s} s, then {large_s} s");
    }
}

/// A log of so many runs in 9000 days: even ones, and ones of which many are far longer than those
/// before.
fn runs_of_years(runs: usize, are_even: bool) -> Vec<u8> {
    let row = |i: usize| {
        let day = i * 9000 / runs;
        let km = if are_even { 50 + i * 7919 % 40 } else { 20 + i * 7919 % 97 * (1 + i % 40 / 39 * 4) };
        let (year, month, day) = (1995 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        format!("{year}-{month:02}-{day:02},{}.{},{}\n", km / 10, km % 10, 6 * km / 10)
    };
    ("date,distance_km,minutes\n".to_owned() + &(0..runs).map(row).collect::<String>()).into_bytes()
}

fn a_report_takes_as_many_times_longer_as_there_are_more_runs() {
    for are_even in [true, false] {
        let report = |runs: usize| {
            let import = import_bytes("log.csv", runs_of_years(runs, are_even), &Options::default());
            let last = import.runs.iter().map(|run| run.local_date).max().expect("a run");
            let analyzed = || analyze(import.runs.clone(), &Runner::default(), &Settings::default(), last);
            (seconds_of(|| drop(analyzed())), analyzed().findings.len())
        };
        let ((small_s, _), (large_s, findings)) = (report(10_000), report(40_000));
        println!("{small_s:.3} s, {large_s:.3} s for four times the runs, {findings} findings");
        assert!(large_s <= 4.0 * SLOWER * small_s + NOISE_S, "{small_s} s, then {large_s} s");
    }
}

fn larger_limits_read_more_and_no_more_than_ten_times_as_much() {
    let rows = Limits::default().rows + 50;
    let plain = log(rows, "");
    let read = |bytes: &[u8], limits: Limits| {
        let import = import_bytes("log.csv", bytes.to_vec(), &Options { limits, ..Options::default() });
        (import.runs.len(), import.ledger.rows[0].reason.clone().unwrap_or_default())
    };
    // What is packed has fewer bytes for its rows.
    for (bytes, most) in [(plain.clone(), 100_000), (gzipped(&plain), 50_000)] {
        let (runs, reason) = read(&bytes, Limits::default());
        let said = format!("only the first {most} rows read: more than {most} rows in one input");
        assert!(runs == most && reason.contains(&said), "{runs}: {reason}");
        assert_eq!(read(&bytes, Limits::larger()), (rows, String::new()));
    }
    // Blanks pack to next to nothing.
    let blanks = |times: usize| {
        let limit = Limits::default().member_bytes as usize;
        gzipped(&[vec![b' '; times * limit + 1], log(2, "")].concat())
    };
    for (times, limits, is_read) in
        [(1, Limits::default(), false), (1, Limits::larger(), true), (10, Limits::larger(), false)]
    {
        let import = import_bytes("log.csv.gz", blanks(times), &Options { limits, ..Options::default() });
        let reason = import.ledger.rows[0].reason.clone().unwrap_or_default();
        assert_eq!(reason.contains("more than a recording can"), !is_read, "{times}: {reason}");
    }
}

fn peak_of(name: &str, bytes: &[u8]) -> (usize, Import) {
    let own = bytes.to_vec();
    let before = HEAP.current_usage() - own.len();
    HEAP.reset_peak_usage();
    let import = import_bytes(name, own, &Options::default());
    (HEAP.peak_usage() - before, import)
}

#[test]
fn an_import_takes_no_more_than_stated() {
    // Once, for what is made only once.
    peak_of("first", &log(1, ""));
    let kinds = KINDS.into_iter().map(|(name, of)| (name, of(40)));
    for (name, bytes) in inputs().into_iter().chain(kinds) {
        let (peak, import) = peak_of(name, &bytes);
        println!(
            "{:8} kB for {:8} kB, {:6} runs, {}: {name}",
            peak >> 10,
            bytes.len() >> 10,
            import.runs.len(),
            import.ledger
        );
        assert!(peak <= TIMES * bytes.len() + IN_ANY_CASE, "{name}: {peak} bytes for {}", bytes.len());
    }
    // Rows that do not become runs cost what every row costs until it does.
    let rows = 60_000;
    let rides = log(rows, "ride");
    let (peak, import) = peak_of("rides", &rides);
    assert_eq!((import.runs.len(), import.ledger.rows[0].activities.len()), (0, rows));
    assert!(peak - rides.len() <= OF_A_ROW * rows, "{} bytes a row", (peak - rides.len()) / rows);
    time_grows_with_the_bytes();
    a_report_takes_as_many_times_longer_as_there_are_more_runs();
    larger_limits_read_more_and_no_more_than_ten_times_as_much();
}
