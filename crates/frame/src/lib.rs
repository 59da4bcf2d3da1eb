//! The runs, days and weeks of a training log as polars data frames.
//!
//! ```
//! use jiff::civil::Weekday;
//! use kneewise_core::{Run, TrainingLog};
//! use kneewise_core::measure::metric;
//! use kneewise_read::time::Timestamp;
//!
//! let start = Timestamp::parse_iso8601("2026-03-01T07:30:00Z").unwrap().0;
//! let run = Run::summary(start, Some(0), &[(&metric::DISTANCE, 5000.0)]);
//! let as_of = run.local_date;
//! let log = TrainingLog::new(vec![run], as_of, Weekday::Monday);
//! let frame = kneewise_frame::runs(&log)?;
//! assert_eq!(frame.column("distance_m")?.f64()?.get(0), Some(5000.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Columns are SI and named as in the JSON output; a value that no file holds is null. This is the
//! one crate that compiles polars, which costs minutes; the program does without it.

use jiff::civil::Date;
use kneewise_core::TrainingLog;
use kneewise_core::columns::{self, Values};
use kneewise_read::time::DateExt;
use polars::prelude::*;

/// Why a frame could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// polars refused.
    #[error("data frame: {0}")]
    Polars(#[from] PolarsError),
}

/// Returns one row a run, with the columns of [`columns::runs`].
///
/// # Errors
/// [`FrameError::Polars`] when polars refuses the columns.
pub fn runs(log: &TrainingLog) -> Result<DataFrame, FrameError> {
    frame(columns::runs(log))
}

/// Returns one row a day, with the columns of [`columns::days`].
///
/// # Errors
/// [`FrameError::Polars`] when polars refuses the columns.
pub fn days(log: &TrainingLog) -> Result<DataFrame, FrameError> {
    frame(columns::days(log))
}

/// Returns one row a week, with the columns of [`columns::weeks`].
///
/// # Errors
/// [`FrameError::Polars`] when polars refuses the columns.
pub fn weeks(log: &TrainingLog) -> Result<DataFrame, FrameError> {
    frame(columns::weeks(log))
}

/// Makes a frame of columns of equal length.
///
/// # Errors
/// [`FrameError::Polars`] when polars refuses the columns.
pub fn frame(columns: Vec<columns::Column>) -> Result<DataFrame, FrameError> {
    let rows = columns.first().map_or(0, |column| column.values.len());
    let columns = columns.into_iter().map(|column| series(column.name, column.values)).collect::<Result<_, _>>()?;
    Ok(DataFrame::new(rows, columns)?)
}

fn series(name: &str, values: Values) -> Result<Column, PolarsError> {
    let name = PlSmallStr::from_str(name);
    Ok(match values {
        Values::Texts(texts) => Column::new(name, texts),
        Values::Numbers(numbers) => Column::new(name, numbers),
        Values::Counts(counts) => Column::new(name, counts),
        Values::Flags(flags) => Column::new(name, flags),
        Values::Dates(dates) => {
            let days = |date: &Date| date.days_since(Date::ZERO_EPOCH) as i32;
            Column::new(name, dates.iter().map(days).collect::<Vec<_>>()).cast(&DataType::Date)?
        }
        Values::InstantsMs(instants) => {
            Column::new(name, instants).cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?
        }
        _ => polars_bail!(InvalidOperation: "a kind of column that has no type here"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};
    use kneewise_core::Run;
    use kneewise_core::measure::metric::{self, METRICS};
    use kneewise_read::time::Timestamp;

    fn log() -> TrainingLog {
        let run = |time: &str, values: &[(&metric::Metric, f64)]| {
            let (start, offset) = Timestamp::parse_iso8601(time).expect("a time");
            Run::summary(start, offset, values)
        };
        let known = run("2026-03-01T23:30:00+01:00", &[(&metric::DISTANCE, 5000.0), (&metric::TIMER, 1500.0)]);
        let unknown = run("2026-03-03T07:00:00+01:00", &[]);
        TrainingLog::new(vec![known, unknown], date(2026, 3, 4), Weekday::Monday)
    }

    #[test]
    fn columns_are_the_metrics_and_missing_is_null() {
        let frame = runs(&log()).expect("a frame");
        let names: Vec<_> = frame.get_column_names().iter().map(ToString::to_string).collect();
        assert!(METRICS.iter().all(|metric| names.contains(&metric.id.to_owned())));
        let distance = frame.column("distance_m").expect("a column").f64().expect("numbers");
        assert_eq!((distance.get(0), distance.get(1)), (Some(5000.0), None));
        assert_eq!(frame.column("local_date").expect("a column").get(0).expect("a value").to_string(), "2026-03-01");
    }

    #[test]
    fn days_are_dense() {
        assert_eq!(days(&log()).expect("a frame").height(), 4);
    }

    #[test]
    fn weeks_have_a_row_each() {
        let frame = weeks(&log()).expect("a frame");
        assert_eq!(frame.height(), 2);
    }
}
