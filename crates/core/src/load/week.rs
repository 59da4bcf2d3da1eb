use super::figure::{FigureContext, LoadDay};
use crate::log::Week;
use kneewise_read::time::DateExt;

/// Seven days of load.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WeekLoad {
    /// The week of the log.
    pub week: Week,
    /// How many of its runs have no value.
    pub runs_without: usize,
    /// The loads of its days added up, in the series' unit; `None` where a run has no value.
    pub load: Option<f64>,
    /// What the runs without a value would need.
    pub needs: Option<&'static str>,
    /// The last day of it that the log covers, with its figures.
    pub last_day: LoadDay,
}

/// Returns every week of a log, with its load and the figures at its end.
pub fn weeks(ground: &FigureContext) -> Vec<WeekLoad> {
    let days = super::days_of(ground);
    let week = |known: &Week| {
        let begin = days.partition_point(|day| day.date < known.start);
        let end = days.partition_point(|day| day.date <= known.start.saturating_add_days(6));
        let days = days.get(begin..end)?;
        Some(WeekLoad {
            week: known.clone(),
            runs_without: days.iter().map(|day| day.runs_without).sum(),
            load: days.iter().map(|day| day.load).sum(),
            needs: days.iter().find_map(|day| day.needs),
            last_day: days.last()?.clone(),
        })
    };
    ground.log.weeks().iter().filter_map(week).collect()
}
