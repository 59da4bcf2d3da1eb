//! Training load: what each run adds, what days and weeks of it come to.
//!
//! Three lists, each with a manual page for every member: [`LOADS`] (the load of one run),
//! [`FIGURES`] (what is worked out of a load over days) and [`CONVENTIONS`] (every choice on which
//! programs differ, under one name each).
//!
//! ```
//! use kneewise_core::load::{self, Answer, DISTANCE, FITNESS, KNEEWISE};
//! use kneewise_core::{Run, Runner, TrainingLog};
//! use kneewise_core::measure::metric;
//! use kneewise_read::time::Timestamp;
//! use jiff::civil::{Weekday, date};
//!
//! let start = Timestamp::parse_iso8601("2026-03-01T07:30:00+01:00").unwrap();
//! let run = Run::summary(start.0, start.1, &[(&metric::DISTANCE, 8000.0)]);
//! let log = TrainingLog::new(vec![run], date(2026, 3, 2), Weekday::Monday);
//! let days = load::days(&log, &Runner::default(), &DISTANCE, &KNEEWISE)?;
//! assert_eq!(days[0].load, Some(8000.0));
//! assert_eq!(days[1].load, Some(0.0), "a day of rest");
//! assert_eq!(days[1].get(&FITNESS), Answer::NeedsDays { needs: 97, has: 2 });
//! # Ok::<(), load::SeriesError>(())
//! ```
//!
//! The formulas are plain functions over slices and need no log: [`window`], [`fitness`],
//! [`ratio`], [`monotony`], [`trimp`], [`bootstrap`], [`incidence`].

mod answer;
pub mod bootstrap;
mod bridge;
mod convention;
mod figure;
pub mod fitness;
pub mod incidence;
pub mod monotony;
pub mod ratio;
mod series;
mod session;
pub mod trimp;
mod week;
pub mod window;
pub mod zones;

pub use answer::Answer;
pub use bridge::MIN_BRIDGE_RUNS;
pub(crate) use bridge::brought_to;
pub use convention::{
    ATHLYTICS, CONVENTIONS, Convention, DREEVE, Deviation, ELEVATE, ExponentialRatio, FormDay, GOLDENCHEETAH,
    HeartLoad, HeartRates, HeartWeight, KNEEWISE, Lack, LevelWeek, MOST_OF_START, Mean, RUNALYZE, Seed, Smoothing,
    TRAININGPEAKS, TooLittle,
};
pub use figure::{
    EASY_SHARE, EXPOSURE, FATIGUE, FIGURES, FITNESS, FORM, Figure, FigureContext, FigureUnit, LoadDay, MONOTONY, RAMP,
    RATIO_COUPLED, RATIO_EXPONENTIAL, RATIO_HIGH, RATIO_LOW, RATIO_UNCOUPLED, REST_DAYS, RUN_STREAK, STRAIN, SUM_7,
    SUM_14, SUM_28,
};
pub use series::{Bridge, DayLoad, Series, SeriesError};
pub use session::{
    Compute, DISTANCE, DURATION, HR_STRESS, IMPACT_INDEX, LADDER, LOADS, Load, Missing, PACE_STRESS, SESSION_RPE,
    STEPS, SessionLoad, TRIMP_BANISTER, TRIMP_EDWARDS, TRIMP_LUCIA, find, stress,
};
pub use week::{WeekLoad, weeks};

use crate::log::TrainingLog;
use crate::runner::Runner;

/// Returns every day of a log with its load and all that follows from it by a convention.
///
/// # Errors
/// [`SeriesError::Mixed`] where the runs stand on different rungs of a ladder, whose values do not
/// add up; [`Series::bridged`] with [`days_of`] is the way then.
pub fn days(
    log: &TrainingLog,
    runner: &Runner,
    load: &'static Load,
    convention: &Convention,
) -> Result<Vec<LoadDay>, SeriesError> {
    let series = Series::of(log, runner, load, convention)?;
    Ok(days_of(&FigureContext::new(log, runner, &series, convention)))
}

/// Returns every day of a series of loads with all of [`FIGURES`].
pub fn days_of(ground: &FigureContext) -> Vec<LoadDay> {
    figure::days(ground, FIGURES)
}

/// Returns every day of a series of loads with some figures; the others are undefined.
pub fn days_with(ground: &FigureContext, figures: &[&'static Figure]) -> Vec<LoadDay> {
    figure::days(ground, figures)
}
