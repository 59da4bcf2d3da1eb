//! The R package trackeR (trackerproject/trackeR): its data `runs`, 33 recordings of June 2013, and
//! what its vignettes print of them. That the 33 files are 27 sessions of 301.06 km, file by file,
//! is held in `real_files.rs`.

use std::path::PathBuf;

use jiff::civil::{Date, Weekday, date};
use kneewise_core::measure::metric::{AVG_HEART_RATE, AVG_STEP_RATE, DISTANCE, ELAPSED, MOVING_TIME, Metric, PACE};
use kneewise_core::rule::load::session_spike::{Options, comparisons};
use kneewise_core::{Run, TrainingLog};
use kneewise_read::time::Timestamp;

use super::within;
use crate::support::shared;

/// The runs of the files of this package whose names hold `part`.
fn runs(part: &str) -> Option<Vec<Run>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(shared("data/tcx")?).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.contains("trackerproject__") && name.contains(part)
    });
    Some(kneewise_import::import(&files, &kneewise_import::Options::default()).runs)
}

/// The vignette "Tour de trackeR" (version of 2017-01-11) prints the summary of the first session.
/// It leaves out the first record, which has no speed before it, and puts five seconds of standing
/// at both ends of each stretch, hence the tolerances.
#[test]
fn the_first_session_of_the_tour_de_tracker() {
    let Some(runs) = runs("2013-06-01") else { return };
    let [run] = runs.as_slice() else { panic!("{} runs", runs.len()) };
    let value = |metric: &Metric| run.value(metric).unwrap();
    within(value(&DISTANCE), 14_130.7, 5.0);
    within(value(&ELAPSED) / 3600.0, 1.09, 0.005);
    within(value(&MOVING_TIME) / 3600.0, 1.07, 0.005);
    // Average speed moving, and average pace moving of 4:32 for a kilometre.
    within(1000.0 / value(&PACE), 3.67, 0.015);
    within(value(&PACE), 272.0, 1.5);
    within(value(&AVG_HEART_RATE), 141.11, 0.05);
    // It counts strides.
    within(value(&AVG_STEP_RATE), 2.0 * 88.66, 0.5);
}

/// What the rule for single long runs makes of the lap totals of these sessions, in kilometres,
/// worked out by hand: the day, the session and the longest before it. On 30 June a run and its
/// cool-down are one session.
const COMPARED: [(Date, f64, f64); 3] = [
    (date(2013, 6, 4), 19.203, 14.134),
    (date(2013, 6, 16), 18.697, 21.547),
    (date(2013, 6, 30), 21.106 + 1.241, 21.547),
];

#[test]
fn single_runs_of_the_data_runs() {
    let Some(june) = runs("") else { return };
    let last = june.iter().map(|run| run.local_date).max().unwrap();
    let alone = TrainingLog::new(june.clone(), last, Weekday::Monday);
    assert_eq!(alone.runs().len(), 27);
    assert!(comparisons(&alone, &Options::default()).iter().all(Option::is_none), "one month is no history of 30 days");

    // With short runs of the two months before there is one, and no break to come back from.
    let short = |day: &str| {
        let start = Timestamp::parse_iso8601(&format!("2013-{day}T08:00:00Z")).unwrap().0;
        Run::summary(start, Some(0), &[(&DISTANCE, 1000.0)])
    };
    let before: Vec<Run> = ["04-01", "04-12", "04-23", "05-04", "05-15", "05-26"].map(short).into();
    let log = TrainingLog::new([before, june].concat(), last, Weekday::Monday);
    let compared: Vec<_> = comparisons(&log, &Options::default()).into_iter().flatten().collect();
    for (day, km, longest_km) in COMPARED {
        let ours =
            compared.iter().filter(|c| c.run.local_date == day).max_by(|a, b| a.ratio.total_cmp(&b.ratio)).unwrap();
        within(ours.run.value(&DISTANCE).unwrap() / 1000.0, km, 1e-3);
        within(ours.longest.value(&DISTANCE).unwrap() / 1000.0, longest_km, 1e-3);
        within(ours.ratio, km / longest_km, 2e-4);
    }
}
