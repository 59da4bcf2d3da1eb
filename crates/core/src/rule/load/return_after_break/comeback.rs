//! The first weeks back after each break, measured.

use super::Options;
use crate::log::{Break, LONG_BREAK_DAYS, TrainingLog};
use crate::rule::{Coverage, Window};
use crate::run::Run;
use kneewise_read::time::DateExt;

/// The first days back that are looked at, and those before the break.
const FIRST_DAYS: i64 = 7;
const BASE_DAYS: i64 = 28;

/// What followed each break of a log.
pub(super) struct Returns<'a> {
    /// The first week after each; `None` where it cannot be compared.
    pub weeks: Vec<Option<Comeback>>,
    /// The runs that were too long.
    pub long: Vec<Long<'a>>,
    pub coverage: Coverage,
}

pub(super) fn measure<'a>(log: &'a TrainingLog, options: &Options) -> Returns<'a> {
    let breaks = log.breaks();
    let weeks: Vec<Option<Comeback>> = breaks.iter().map(|pause| comeback(log, *pause, options)).collect();
    let dated = breaks.iter().zip(&weeks).map(|(pause, week)| (pause.back, week.is_some()));
    let coverage = Coverage::count("breaks", log.as_of(), dated);
    let long = weeks.iter().flatten().flat_map(|week| long_runs(log, week, options)).collect();
    Returns { weeks, long, coverage }
}

impl Returns<'_> {
    /// The first week after the latest break.
    pub fn latest(&self) -> Option<&Comeback> {
        self.weeks.last().and_then(Option::as_ref)
    }

    /// The first week closest to its limit.
    pub fn closest(&self) -> Option<&Comeback> {
        let share = |week: &Comeback| week.percent() / week.limit_percent;
        self.weeks.iter().flatten().max_by(|a, b| share(a).total_cmp(&share(b)))
    }
}

/// The first week back beside the weeks before the break.
pub(super) struct Comeback {
    pub pause: Break,
    pub window: Window,
    pub first_week_m: f64,
    pub mean_week_m: f64,
    pub limit_percent: f64,
}

impl Comeback {
    pub fn percent(&self) -> f64 {
        100.0 * self.first_week_m / self.mean_week_m
    }

    pub fn is_over(&self) -> bool {
        self.percent() > self.limit_percent
    }
}

/// The 28 days up to the last run before a break.
fn days_before(pause: Break) -> Window {
    Window { from: pause.last_run.saturating_add_days(1 - BASE_DAYS), to: pause.last_run }
}

/// `None` where there is too little to compare with.
fn comeback(log: &TrainingLog, pause: Break, options: &Options) -> Option<Comeback> {
    let window = Window { from: pause.back, to: pause.back.saturating_add_days(FIRST_DAYS - 1).min(log.as_of()) };
    let base = days_before(pause);
    let (before, after) = (log.days_between(base.from, base.to), log.days_between(window.from, window.to));
    let metres = |days: &[crate::log::Day]| {
        let is_known = days.iter().all(|day| day.runs_without_distance == 0);
        is_known.then(|| days.iter().map(|day| day.distance_m).sum::<f64>())
    };
    let mean_week_m = metres(before)? / 4.0;
    let is_usable = before.len() as i64 == BASE_DAYS
        && before.iter().map(|day| day.runs).sum::<usize>() >= options.min_runs
        && mean_week_m >= options.min_base_m
        && mean_week_m > 0.0;
    let is_long = pause.days() > LONG_BREAK_DAYS;
    let limit_percent = if is_long { options.notice_percent_long } else { options.notice_percent };
    is_usable.then_some(Comeback { pause, window, first_week_m: metres(after)?, mean_week_m, limit_percent })
}

/// A run of the time in which other rules step back, beside the longest of those that it is held
/// against.
pub(super) struct Long<'a> {
    pub pause: Break,
    pub run: &'a Run,
    pub metres: f64,
    pub longest: &'a Run,
    pub longest_m: f64,
}

impl Long<'_> {
    pub fn ratio(&self) -> f64 {
        self.metres / self.longest_m
    }
}

/// The runs of a return that are longer than all since it and in the weeks before the break; none
/// after one whose distance is not known, which may have been the longest.
fn long_runs<'a>(log: &'a TrainingLog, comeback: &Comeback, options: &Options) -> Vec<Long<'a>> {
    let (pause, base) = (comeback.pause, days_before(comeback.pause));
    let with_distance = |run: &'a Run| Some((run, run.distance_m()?));
    let before = log.runs_between(base.from, base.to).iter().filter_map(with_distance);
    let Some((mut longest, mut longest_m)) = before.max_by(|a, b| a.1.total_cmp(&b.1)) else { return Vec::new() };
    let settled = pause.back.saturating_add_days(pause.settling_days());
    // Runs after a further break are of that one's return.
    let returning = log.runs_between(pause.back, settled).iter();
    let returning = returning.filter(|run| log.returning_on(run.local_date) == Some(pause));
    let mut long = Vec::new();
    for (run, metres) in returning.map_while(with_distance) {
        if metres <= longest_m {
            continue;
        }
        let is_told = comeback.is_over() && run.local_date <= comeback.window.to;
        if !is_told
            && metres > options.notice_ratio * longest_m + ROUNDING_M
            && metres - longest_m > options.min_excess_m
        {
            long.push(Long { pause, run, metres, longest, longest_m });
        }
        (longest, longest_m) = (run, metres);
    }
    long
}

/// A run that is over a limit by less than this (metres) is at it.
const ROUNDING_M: f64 = 1e-6;
