//! What the tests share.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kneewise_core::{Report, Runner, Settings, analyze};
use kneewise_import::{Import, Options, import};
use kneewise_read::activity::{Activity, Channel};
use serde_json::Value;

/// A file or folder of the checkout.
pub fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder of real files, or `None` after saying that the test is skipped.
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = in_project("../shared").join(path);
    if folder.exists() {
        return Some(folder);
    }
    // Not `eprintln`, which the test harness would keep to itself.
    let _ = writeln!(std::io::stderr(), "SKIPPED: no ../shared/{path} beside the checkout");
    None
}

/// Imports a path with default options.
pub fn imported(path: &Path) -> Import {
    import(&[path.to_owned()], &Options::default())
}

/// The default report of an import, on the day of its last run.
pub fn reported(import: &Import) -> Report {
    let as_of = import.runs.iter().map(|run| run.local_date).max().expect("a run");
    analyze(import.runs.clone(), &Runner::default(), &Settings::default(), as_of)
}

/// Runs the program in the checkout, in a bare environment.
pub fn kneewise(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program starts")
}

/// The program in the checkout, in a bare environment.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kneewise"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_clear();
    command
}

/// What the program wrote to standard output, which must be JSON after success.
pub fn json(arguments: &[&str]) -> Value {
    let output = kneewise(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// How many steps an activity has for each one that its file counts, by what its notes say: files
/// are told from one another by what a body can do, and made-up values can look like either.
pub fn steps_per_count(activity: &Activity) -> f64 {
    let basis = activity.notes.iter().find(|note| note.text.starts_with("cadence"));
    let says = |words: &str| basis.is_some_and(|note| note.text.contains(words));
    if says("halved") {
        0.5
    } else if says("not doubled") || says("taken for steps") {
        1.0
    } else {
        2.0
    }
}

/// Whether the speed of a sample may be another than was written: where there was none, where it
/// was 0 although the distance grew, and after a stop, whose whole time it stands for.
pub fn may_differ_in_speed(activity: &Activity, i: usize, written: Option<f64>) -> bool {
    let time = activity.samples.time_s();
    let knows_distance = activity.samples.column(Channel::Distance).is_some_and(|metres| !metres[i].is_nan());
    knows_distance && (written.is_none_or(|mps| mps == 0.0) || i > 0 && time[i] - time[i - 1] > 10.0)
}
