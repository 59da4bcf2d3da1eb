//! Load held against figures that others have published, one test a source, and what holds of any
//! load.
//!
//! Nine sources reach a figure that the program shows, each to the tolerance given here, which is
//! how it is printed wherever it is:
//!
//! | source | what of it | within | figures |
//! |---|---|---|---|
//! | R package ACWR (`r_acwr`, `oracle`) | its loads of three people, and its formulas on them | 5e-7; rolling on day 28 0.005 | `fatigue`, `fitness`, `ratio_exponential`, `ratio_coupled`, `ratio_uncoupled` |
//! | Runalyze (`runalyze`) | `TsbModelTest`, `MonotonyTest` | the whole numbers; 1e-9 and 0.1 | `fitness`, `fatigue`, `form`, `monotony`, `strain` |
//! | R package Athlytics (`athlytics`) | its tests of loads and stress | 1e-9 | `fatigue`, `fitness`, `ratio_coupled`, `ratio_exponential`, `trimp_banister` |
//! | fellrnr (`sessions`) | 30 min at 130 bpm are 32 | 0.32, which is Runalyze's | `trimp_banister` |
//! | afitpilot (`sessions`) | 60 min at 155 bpm are about 118 | 0.5 | `trimp_banister` |
//! | BMJ Military Health (`foster`) | a mean of 790 and a deviation of 897 are 0.88 | 0.005 | `monotony` |
//! | Lövdal et al. 2021 (`oracle`) | 53 days of a runner, a 35 km run among them | 5e-5 of the ratio | rule `session-spike` |
//! | R package trackeR (`tracker`, `real_files.rs`) | the printed summary of one of its 27 sessions; its 33 files | 5 m, 0.05 bpm, 0.5 spm, 0.005 h; 1 m a file | `distance_m`, `moving_time_s`, `pace_s_per_km`, `avg_heart_rate_bpm`, `avg_step_rate_spm`; rule `session-spike` |
//! | Minetti et al. 2002 (`minetti`) | measured cost of running on four slopes | its standard deviation | `grade_adjusted_pace_s_per_km` |
//!
//! Held against formulas for embedders alone: the 1.26 of Foster et al. 2001 (`foster`), which is
//! over nine sessions where the figure is over seven days; Runalyze's `BanisterModel`;
//! `injurytools`. Worked out by hand from the formulas, and so no source of their own: a hundred a
//! day by each constant (`constants`), Edwards' and Lucía's minutes in zones (`sessions`), the
//! ratios of Lövdal's and trackeR's runs. The metrics of a run beside what its device says are in
//! `metrics.rs`.

mod athlytics;
mod constants;
mod foster;
mod identities;
mod injurytools;
mod minetti;
mod oracle;
mod r_acwr;
mod runalyze;
mod sessions;
mod tracker;
mod verbs;

use jiff::civil::{Date, Weekday, date};
use kneewise_core::load::{self, Answer, Convention, DISTANCE, Figure};
use kneewise_core::measure::metric;
use kneewise_core::{Run, Runner, TrainingLog};
use kneewise_read::time::{DateExt, Timestamp};

/// The day on which made-up logs begin.
const FIRST: Date = date(2026, 1, 1);

/// Equal to 1e-9, of figures that a source gives in full or that follow exactly from it.
#[track_caller]
fn close(ours: f64, theirs: f64) {
    within(ours, theirs, 1e-9);
}

/// Equal as far as a source prints it.
#[track_caller]
fn within(ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance, "ours {ours}, theirs {theirs}");
}

/// A run of so many metres on the nth day.
fn run(day: usize, metres: f64) -> Run {
    let date = FIRST.saturating_add_days(day as i64);
    let start = Timestamp::parse_iso8601(&format!("{date}T08:00:00Z")).unwrap().0;
    Run::summary(start, Some(0), &[(&metric::DISTANCE, metres), (&metric::TIMER, metres / 3.0)])
}

/// A log with these loads as metres, a day each; 0 is a day of rest, but that the log begins with
/// its first run.
fn log(loads: &[f64]) -> TrainingLog {
    let runs = loads.iter().enumerate().filter(|(_, load)| **load > 0.0).map(|(day, load)| run(day, *load));
    let last = FIRST.saturating_add_days(loads.len() as i64 - 1);
    TrainingLog::new(runs.collect(), last, Weekday::Monday)
}

/// A figure of each day of these loads.
fn figure(loads: &[f64], figure: &Figure, convention: &Convention) -> Vec<Answer<f64>> {
    let days = load::days(&log(loads), &Runner::default(), &DISTANCE, convention).unwrap();
    days.iter().map(|day| day.get(figure)).collect()
}

/// The known values of it; a day that is not known has none.
fn known(loads: &[f64], of: &Figure, convention: &Convention) -> Vec<Option<f64>> {
    figure(loads, of, convention).into_iter().map(Answer::known).collect()
}
