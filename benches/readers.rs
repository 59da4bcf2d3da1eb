//! Bytes to activities, beside the crates that others would use: same files, same run, one core.
//!
//! `cargo bench -p kneewise-benches`. Compare ratios and not times: machines are noisy.
//! With `KNEEWISE_BENCH_FILES=folder` the whole files of that folder are measured too.

use std::hint::black_box;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use embedded_io_adapters::std::FromStd;
use kneewise_benches::{Files, of};
use kneewise_read::activity::Format;
use rustyfit::profile::{mesgdef::Record, typedef::MesgNum};
use rustyfit::{DecoderEvent, StreamingIterator};

/// A reader under measurement; the number it gives back keeps its work from being optimised away.
type Reader = fn(&[u8]) -> usize;

fn kneewise(bytes: &[u8]) -> usize {
    kneewise_core::read(bytes).map_or(0, |contents| contents.activities.len())
}

fn fitparser(bytes: &[u8]) -> usize {
    fitparser::from_bytes(bytes).map_or(0, |messages| messages.len())
}

/// Streams messages and makes `Record`s of those that are records, the least that a reader of runs
/// would do.
fn rustyfit(bytes: &[u8]) -> usize {
    let mut source = FromStd::new(bytes);
    let mut decoder = rustyfit::Decoder::new();
    let mut stream = decoder.stream(&mut source);
    let mut records = 0;
    while let Some(Ok(event)) = stream.next() {
        if let DecoderEvent::Message(message) = event
            && message.num == MesgNum::RECORD
        {
            black_box(Record::from(message));
            records += 1;
        }
    }
    records
}

fn gpx(bytes: &[u8]) -> usize {
    gpx::read(bytes).map_or(0, |document| document.tracks.len())
}

fn fit_files(c: &mut Criterion) {
    compare(c, "fit", Format::Fit, &[("kneewise", kneewise), ("fitparser", fitparser), ("rustyfit", rustyfit)]);
}

fn gpx_files(c: &mut Criterion) {
    compare(c, "gpx", Format::Gpx, &[("kneewise", kneewise), ("gpx", gpx)]);
}

fn tcx_files(c: &mut Criterion) {
    compare(c, "tcx", Format::Tcx, &[("kneewise", kneewise)]);
}

fn compare(c: &mut Criterion, group: &str, format: Format, readers: &[(&str, Reader)]) {
    let mut group = c.benchmark_group(group);
    group.sample_size(10);
    for files in of(format) {
        group.throughput(Throughput::Bytes(files.bytes()));
        for (name, reader) in readers {
            measure(&mut group, name, *reader, &files);
        }
    }
    group.finish();
}

fn measure(group: &mut BenchmarkGroup<WallTime>, name: &str, reader: Reader, files: &Files) {
    group.bench_function(format!("{}/{name}", files.name), |b| {
        b.iter(|| files.files.iter().map(|bytes| reader(black_box(bytes))).sum::<usize>());
    });
}

criterion_group!(benches, fit_files, gpx_files, tcx_files);
criterion_main!(benches);
