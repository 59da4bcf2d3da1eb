//! Activities to runs, beside reading them: same files, same run, one core.
//!
//! `cargo bench -p kneewise-benches --bench measure`. With `KNEEWISE_BENCH_FILES=folder` the whole
//! files of that folder are measured too. The ratio of the two is what counts: measuring is to cost
//! no more than reading.

use std::hint::black_box;
use std::time::{Duration, Instant};

use kneewise_benches::of;
use kneewise_core::{Run, read};
use kneewise_read::activity::{Activity, Format};

#[allow(clippy::print_stdout, reason = "a benchmark prints")]
fn main() {
    for format in [Format::Fit, Format::Gpx, Format::Tcx] {
        for files in of(format) {
            let activities = activities(&files.files);
            let reading = least(|| self::activities(&files.files).len());
            let measuring = least(|| runs(&activities));
            let ratio = measuring.as_secs_f64() / reading.as_secs_f64();
            let name = files.name;
            println!("{format}, {name}: reading {reading:.2?}, measuring {measuring:.2?}, {ratio:.2} of it");
        }
    }
}

/// All activities of some files.
fn activities(files: &[Vec<u8>]) -> Vec<Activity> {
    let read = files.iter().filter_map(|bytes| read(black_box(bytes)).ok());
    read.flat_map(|contents| contents.activities).collect()
}

fn runs(activities: &[Activity]) -> usize {
    activities.iter().filter_map(|activity| Run::from_activity(black_box(activity), "a run", None).ok()).count()
}

/// The least time of nine, one after the other.
fn least(work: impl Fn() -> usize) -> Duration {
    let times = (0..9).map(|_| {
        let since = Instant::now();
        black_box(work());
        since.elapsed()
    });
    times.min().unwrap_or_default()
}
