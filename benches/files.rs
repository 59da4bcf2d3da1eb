//! What the benchmarks read: made-up runs, and real files where `KNEEWISE_BENCH_FILES` names a
//! folder of them.

use std::path::PathBuf;

use kneewise_fixtures::run::FixtureRun;
use kneewise_fixtures::synth::{self, Spec};
use kneewise_fixtures::{fit_activity, gpx, tcx};
use kneewise_read::activity::Format;

/// Files that are read one after the other, as one measurement.
pub struct Files {
    /// What kind of files they are.
    pub name: &'static str,
    /// The bytes of each.
    pub files: Vec<Vec<u8>>,
}

impl Files {
    /// Bytes of all files together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.len() as u64).sum()
    }
}

/// The folder of real files to measure with, named by the environment variable
/// `KNEEWISE_BENCH_FILES`.
pub fn real_folder() -> Option<PathBuf> {
    std::env::var_os("KNEEWISE_BENCH_FILES").map(PathBuf::from)
}

/// Everything that is measured in a format.
pub fn of(format: Format) -> Vec<Files> {
    let write = match format {
        Format::Fit => fit_activity::write,
        Format::Tcx => |run: &FixtureRun| tcx::write(run).into_bytes(),
        _ => |run: &FixtureRun| gpx::write(run).into_bytes(),
    };
    let made_up = [("an hour's run", 10_800.0, true), ("a day's run", 200_000.0, true), ("plain", 10_800.0, false)];
    let mut all: Vec<Files> = made_up
        .into_iter()
        .map(|(name, distance_m, with_dynamics)| {
            let sensor = |value| with_dynamics.then_some(value);
            let run = synth::run(&Spec {
                distance_m,
                with_dynamics,
                every_s: 1,
                heart_rate_bpm: sensor(142.0),
                step_rate_spm: sensor(166.0),
                ..Spec::default()
            });
            Files { name, files: vec![write(&run)] }
        })
        .collect();
    all.extend(real(format));
    all
}

/// The real files of a format that are whole and hold an activity, so that every reader has the
/// same to do.
fn real(format: Format) -> Option<Files> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(real_folder()?).ok()?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let bytes = paths.iter().filter_map(|path| std::fs::read(path).ok());
    let whole = |bytes: &Vec<u8>| kneewise_core::read(bytes).is_ok_and(|c| c.format == format && c.notes.is_empty());
    let files: Vec<Vec<u8>> = bytes.filter(whole).collect();
    (!files.is_empty()).then_some(Files { name: "real files", files })
}
