//! The runs, days and weeks of a log as columns, for data frames and files of columns.
//!
//! ```
//! use jiff::civil::Weekday;
//! use kneewise_core::columns::{self, Values};
//! use kneewise_core::measure::metric::DISTANCE;
//! use kneewise_core::{Run, TrainingLog};
//! use kneewise_read::time::Timestamp;
//!
//! let start = Timestamp::from_unix_s(1_772_350_200).expect("in range");
//! let run = Run::summary(start, Some(0), &[(&DISTANCE, 5000.0)]);
//! let as_of = run.local_date;
//! let log = TrainingLog::new(vec![run], as_of, Weekday::Monday);
//! let table = columns::runs(&log);
//! let distance = table.iter().find(|column| column.name == "distance_m").expect("a metric");
//! assert_eq!(distance.values, Values::Numbers(vec![Some(5000.0)]));
//! ```
//!
//! Names and units are those of the JSON output; a value that no file holds is `None`.

use jiff::civil::Date;
use kneewise_read::unit::Unit;

use crate::log::TrainingLog;
use crate::measure::metric::METRICS;
use crate::run::Run;

/// A named column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// The name, as in JSON.
    pub name: &'static str,
    /// The unit of its numbers; `None` where there is none.
    pub unit: Option<Unit>,
    /// One value a row.
    pub values: Values,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Texts.
    Texts(Vec<String>),
    /// Numbers, `None` where no file holds one.
    Numbers(Vec<Option<f64>>),
    /// Counts.
    Counts(Vec<u32>),
    /// Days of the runner.
    Dates(Vec<Date>),
    /// Instants, in milliseconds since 1970 in UTC.
    InstantsMs(Vec<i64>),
    /// Yes or no.
    Flags(Vec<bool>),
}

/// Returns one row a run: `id`, `start` (UTC), `local_date`, `sport`, `sub_sport`, `source`, then
/// every metric.
pub fn runs(log: &TrainingLog) -> Vec<Column> {
    let runs = log.runs();
    let mut columns = vec![
        texts("id", runs, |run| run.id.clone()),
        plain("start", Values::InstantsMs(runs.iter().map(|run| run.start.unix_ms()).collect())),
        plain("local_date", Values::Dates(runs.iter().map(|run| run.local_date).collect())),
        texts("sport", runs, |run| run.sport.name().to_owned()),
        texts("sub_sport", runs, |run| run.sub_sport.name().to_owned()),
        texts("source", runs, Run::source),
    ];
    columns.extend(METRICS.iter().map(|metric| Column {
        name: metric.id,
        unit: Some(metric.unit),
        values: Values::Numbers(runs.iter().map(|run| run.value(metric)).collect()),
    }));
    columns
}

/// Returns one row a day, days of rest included: `date`, `runs`, `distance_m`, `timer_s`,
/// `runs_without_distance`.
pub fn days(log: &TrainingLog) -> Vec<Column> {
    let days = log.days();
    vec![
        plain("date", Values::Dates(days.iter().map(|day| day.date).collect())),
        counts("runs", days.iter().map(|day| day.runs)),
        numbers("distance_m", Unit::Metres, days.iter().map(|day| day.distance_m)),
        numbers("timer_s", Unit::Seconds, days.iter().map(|day| day.timer_s)),
        counts("runs_without_distance", days.iter().map(|day| day.runs_without_distance)),
    ]
}

/// Returns one row a week: `start`, `distance_m`, `timer_s`, `runs`, `runs_without_distance`,
/// `complete`.
pub fn weeks(log: &TrainingLog) -> Vec<Column> {
    let weeks = log.weeks();
    vec![
        plain("start", Values::Dates(weeks.iter().map(|week| week.start).collect())),
        numbers("distance_m", Unit::Metres, weeks.iter().map(|week| week.distance_m)),
        numbers("timer_s", Unit::Seconds, weeks.iter().map(|week| week.timer_s)),
        counts("runs", weeks.iter().map(|week| week.runs)),
        counts("runs_without_distance", weeks.iter().map(|week| week.runs_without_distance)),
        plain("complete", Values::Flags(weeks.iter().map(|week| week.complete).collect())),
    ]
}

fn plain(name: &'static str, values: Values) -> Column {
    Column { name, unit: None, values }
}

fn texts(name: &'static str, runs: &[Run], text: impl Fn(&Run) -> String) -> Column {
    plain(name, Values::Texts(runs.iter().map(text).collect()))
}

fn counts(name: &'static str, values: impl Iterator<Item = usize>) -> Column {
    plain(name, Values::Counts(values.map(|n| n as u32).collect()))
}

fn numbers(name: &'static str, unit: Unit, values: impl Iterator<Item = f64>) -> Column {
    Column { name, unit: Some(unit), values: Values::Numbers(values.map(Some).collect()) }
}

impl Values {
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Texts(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Counts(values) => values.len(),
            Self::Dates(values) => values.len(),
            Self::InstantsMs(values) => values.len(),
            Self::Flags(values) => values.len(),
        }
    }

    /// Returns whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
