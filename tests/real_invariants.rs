//! What holds of every run of every real file that lies beside the checkout, or in the folder that
//! the environment variable `KNEEWISE_REAL_FILES` names.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use kneewise_core::measure::metric::{
    ASCENT, AVG_STEP_LENGTH, AVG_STEP_RATE, BEST_FIVE_KM, BEST_ONE_KM, BEST_ONE_MIN, DESCENT, DISTANCE, ELAPSED,
    MOVING_TIME, Metric, PERCEIVED_EXERTION, STEPS, TIMER,
};
use kneewise_core::measure::trace::Trace;
use kneewise_core::{Activity, Run, read};
use kneewise_read::sport::Sport;

use crate::support::{imported, shared};

/// Times are whole seconds in many files.
const ROUNDING_S: f64 = 1.5;

/// So few metres make any step length and any climb.
const FEWEST_M: f64 = 500.0;

fn folders() -> Vec<PathBuf> {
    let shared = ["fit", "gpx", "tcx", "corrupt", "archives", "histories/tang-hi", "histories/arthurfsy2"];
    let mut folders: Vec<PathBuf> = shared.iter().filter_map(|folder| shared_data(folder)).collect();
    folders.extend(std::env::var_os("KNEEWISE_REAL_FILES").map(PathBuf::from));
    folders
}

fn shared_data(folder: &str) -> Option<PathBuf> {
    shared(&format!("data/{folder}"))
}

#[test]
fn no_run_contradicts_itself() {
    let mut wrong = Vec::new();
    for folder in folders() {
        for run in imported(&folder).runs {
            let faults = faults(&run);
            wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", run.source())));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

fn faults(run: &Run) -> Vec<String> {
    let of = |metric: &Metric| run.value(metric);
    let mut faults = Vec::new();
    let mut ascending = |names: &str, less: Option<f64>, more: Option<f64>, slack: f64| {
        if let Some((less, more)) = less.zip(more).filter(|(less, more)| *less > more + slack) {
            faults.push(format!("{names}: {less} > {more}"));
        }
    };
    ascending("moving and timer", of(&MOVING_TIME), of(&TIMER), ROUNDING_S);
    ascending("timer and elapsed", of(&TIMER), of(&ELAPSED), ROUNDING_S);
    let is_long = run.distance_m().is_some_and(|metres| metres >= FEWEST_M);
    for metric in [&ASCENT, &DESCENT].into_iter().filter(|_| is_long) {
        ascending(metric.id, of(metric), run.distance_m().map(|metres| 0.7 * metres), 0.0);
    }
    ascending("seconds of the fastest kilometre", Some(131.0), of(&BEST_ONE_KM), 0.0);
    ascending("seconds of the fastest five kilometres", Some(755.0), of(&BEST_FIVE_KM), 0.0);
    ascending("metres a second over a minute", of(&BEST_ONE_MIN), Some(9.3), 0.0);
    ascending("steps a minute", of(&AVG_STEP_RATE), Some(250.0), 0.0);
    ascending("steps in the time", of(&STEPS), of(&ELAPSED).map(|seconds| 5.0 * seconds.max(60.0)), 0.0);
    ascending("exertion", of(&PERCEIVED_EXERTION), Some(10.0), 0.0);
    if run.distance_m().or(of(&TIMER)).or(of(&ELAPSED)).is_none() {
        faults.push("neither distance nor time".to_owned());
    }
    if let Some(metres) = of(&AVG_STEP_LENGTH).filter(|metres| is_long && !(0.4..=2.2).contains(metres)) {
        faults.push(format!("mean step length {metres:.2} m"));
    }
    for note in &run.notes {
        let (metres, seconds) = (before_unit(&note.text, " m "), before_unit(&note.text, " s "));
        if let Some((metres, seconds)) = metres.zip(seconds).filter(|(m, s)| *s > 0.0 && m / s > 12.5) {
            faults.push(format!("{metres} m in {seconds} s: {}", note.text));
        }
    }
    faults
}

/// The number that stands before a unit in a text.
fn before_unit(text: &str, unit: &str) -> Option<f64> {
    let (before, _) = text.split_once(unit)?;
    before.rsplit(' ').next()?.parse().ok()
}

/// One runner's activities as the watch's FIT and as the exporter's GPX: the GPX holds positions,
/// and the FIT what the watch made of them.
#[test]
fn a_run_in_two_formats_gives_much_the_same() {
    let (Some(fit), Some(gpx)) = (activities("histories/arthurfsy2/FIT"), activities("histories/arthurfsy2/GPX"))
    else {
        return;
    };
    let mut compared = BTreeMap::new();
    for (start_s, fit) in &fit {
        let Some((_, gpx)) = gpx.range(start_s - 60..=start_s + 60).next() else { continue };
        if fit.sport != Sport::Running {
            continue;
        }
        let (fit, gpx) = (Trace::new(fit), Trace::new(gpx));
        for metric in [&DISTANCE, &MOVING_TIME, &AVG_STEP_RATE] {
            let value = |trace: &Trace| metric.of_activity(trace).map(|measured| measured.value);
            let Some((a, b)) = value(&fit).zip(value(&gpx)) else { continue };
            let (within, of) = compared.entry(metric.id).or_insert((0, 0));
            *of += 1;
            *within += usize::from((a / b - 1.0).abs() <= 0.02);
        }
    }
    // What the rest has: positions that wander between houses, stops that only the watch knows of.
    for (metric, percent) in [("distance_m", 75), ("moving_time_s", 75), ("avg_step_rate_spm", 90)] {
        let (within, of) = compared[metric];
        assert!(of >= 20 && within * 100 >= percent * of, "{metric}: {within} of {of} within 2%");
    }
}

/// The first activity of each file of a folder by when it starts, in seconds since 1970.
fn activities(folder: &str) -> Option<BTreeMap<i64, Activity>> {
    let paths = std::fs::read_dir(shared_data(folder)?).unwrap().map(|entry| entry.unwrap().path());
    let first = |path: PathBuf| read(&unpacked(&path)).ok()?.activities.into_iter().next();
    Some(paths.filter_map(first).map(|activity| (activity.start.unix_ms() / 1000, activity)).collect())
}

fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    let mut unpacked = Vec::new();
    if flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).is_ok() {
        unpacked
    } else {
        bytes
    }
}
