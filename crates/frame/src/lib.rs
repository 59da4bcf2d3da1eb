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
//! one crate that compiles polars, which costs minutes: nothing else depends on it but the program
//! itself, behind its feature `parquet`.

use std::io::Write;

use jiff::civil::Date;
use kneewise_core::TrainingLog;
use kneewise_core::measure::metric::METRICS;
use kneewise_read::time::DateExt;
use polars::prelude::*;

/// Why a frame could not be made or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// polars refused.
    #[error("data frame: {0}")]
    Polars(#[from] PolarsError),
}

/// One row a run: `id`, `start` (UTC), `local_date`, `sport`, `sub_sport`, `source`, then every
/// metric.
///
/// # Errors
/// [`FrameError::Polars`] when polars refuses the columns.
pub fn runs(log: &TrainingLog) -> Result<DataFrame, FrameError> {
    let runs = log.runs();
    let start: Vec<i64> = runs.iter().map(|run| run.start.unix_ms()).collect();
    let utc_ms = DataType::Datetime(TimeUnit::Milliseconds, None);
    let mut columns = vec![
        texts("id", runs.iter().map(|run| run.id.clone())),
        Column::new("start".into(), start).cast(&utc_ms)?,
        dates("local_date", runs.iter().map(|run| run.local_date))?,
        texts("sport", runs.iter().map(|run| run.sport.name().to_owned())),
        texts("sub_sport", runs.iter().map(|run| run.sub_sport.name().to_owned())),
        texts("source", runs.iter().map(kneewise_core::Run::source)),
    ];
    for metric in METRICS {
        let values: Vec<Option<f64>> = runs.iter().map(|run| run.value(metric)).collect();
        columns.push(Column::new(metric.id.into(), values));
    }
    Ok(DataFrame::new(runs.len(), columns)?)
}

/// One row a day, days of rest included: `date`, `runs`, `distance_m`, `timer_s`,
/// `runs_without_distance`.
///
/// # Errors
/// [`FrameError::Polars`] when polars refuses the columns.
pub fn days(log: &TrainingLog) -> Result<DataFrame, FrameError> {
    let days = log.days();
    let columns = vec![
        dates("date", days.iter().map(|day| day.date))?,
        counts("runs", days.iter().map(|day| day.runs)),
        numbers("distance_m", days.iter().map(|day| day.distance_m)),
        numbers("timer_s", days.iter().map(|day| day.timer_s)),
        counts("runs_without_distance", days.iter().map(|day| day.runs_without_distance)),
    ];
    Ok(DataFrame::new(days.len(), columns)?)
}

/// One row a week: `start`, `distance_m`, `timer_s`, `runs`, `runs_without_distance`, `complete`.
///
/// # Errors
/// [`FrameError::Polars`] when polars refuses the columns.
pub fn weeks(log: &TrainingLog) -> Result<DataFrame, FrameError> {
    let weeks = log.weeks();
    let columns = vec![
        dates("start", weeks.iter().map(|week| week.start))?,
        numbers("distance_m", weeks.iter().map(|week| week.distance_m)),
        numbers("timer_s", weeks.iter().map(|week| week.timer_s)),
        counts("runs", weeks.iter().map(|week| week.runs)),
        counts("runs_without_distance", weeks.iter().map(|week| week.runs_without_distance)),
        Column::new("complete".into(), weeks.iter().map(|week| week.complete).collect::<Vec<_>>()),
    ];
    Ok(DataFrame::new(weeks.len(), columns)?)
}

/// Writes a frame as Apache Parquet.
///
/// # Errors
/// [`FrameError::Polars`] when writing fails.
pub fn write_parquet(frame: &mut DataFrame, out: impl Write) -> Result<(), FrameError> {
    ParquetWriter::new(out).finish(frame)?;
    Ok(())
}

fn texts(name: &str, values: impl Iterator<Item = String>) -> Column {
    Column::new(name.into(), values.collect::<Vec<_>>())
}

fn numbers(name: &str, values: impl Iterator<Item = f64>) -> Column {
    Column::new(name.into(), values.collect::<Vec<_>>())
}

fn counts(name: &str, values: impl Iterator<Item = usize>) -> Column {
    Column::new(name.into(), values.map(|n| n as u32).collect::<Vec<_>>())
}

fn dates(name: &str, values: impl Iterator<Item = Date>) -> Result<Column, PolarsError> {
    let days: Vec<i32> = values.map(|date| date.days_since(Date::ZERO_EPOCH) as i32).collect();
    Column::new(name.into(), days).cast(&DataType::Date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};
    use kneewise_core::Run;
    use kneewise_core::measure::metric;
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
    fn days_are_dense_and_parquet_reads_back_the_same() {
        let mut frame = days(&log()).expect("a frame");
        assert_eq!(frame.height(), 4);
        let mut written = Vec::new();
        write_parquet(&mut frame, &mut written).expect("written");
        let read = ParquetReader::new(std::io::Cursor::new(written)).finish().expect("read");
        assert!(read.equals_missing(&frame));
    }

    #[test]
    fn weeks_have_a_row_each() {
        let frame = weeks(&log()).expect("a frame");
        assert_eq!(frame.height(), 2);
    }
}
