//! What an import costs in memory, as bytes of the heap: at most 8 times its input's bytes and a constant. The one test of its
//! binary, so that nothing else allocates meanwhile.

#![allow(clippy::print_stdout, reason = "the measures, for who asks with --nocapture")]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use kneewise_import::{Import, Options, import_bytes};
use peak_alloc::PeakAlloc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const TIMES: usize = 8;
/// What may be reserved whatever the input: what a small one may unpack to, and the rows of a log.
const IN_ANY_CASE: usize = 72 << 20;

/// A row kept by hand that becomes no run, at the peak: its row of the ledger, its recording, and the count of its day.
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
    let row = |i: usize| format!("{}-{:02}-{:02},5,{sport}\n", 1990 + i / 336, i / 28 % 12 + 1, i % 28 + 1);
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

fn peak_of(name: &str, bytes: &[u8]) -> (usize, Import) {
    let own = bytes.to_vec();
    let before = HEAP.current_usage() - own.len();
    HEAP.reset_peak_usage();
    let import = import_bytes(name, own, &Options::default());
    (HEAP.peak_usage() - before, import)
}

#[test]
fn an_import_takes_no_more_memory_than_stated() {
    // Once, for what is made only once.
    peak_of("first", &log(1, ""));
    for (name, bytes) in inputs() {
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
}
