//! How far each run and each week went downhill, compared with those before.

use jiff::civil::Date;

use super::{BASE_DAYS, Options, WEEK_DAYS};
use crate::log::TrainingLog;
use crate::measure::metric::{DESCENT, DESCENT_BY_ALTITUDE, DOWNHILL, Metric};
use crate::rule::load::days::{Episode, episodes, has_break};
use crate::rule::{Coverage, Window};
use crate::run::Run;
use kneewise_read::time::DateExt;

/// What could be compared.
pub(super) struct Measured<'a> {
    pub runs: Vec<Comparison<'a>>,
    /// By [`weeks_downhill`].
    pub weeks: Vec<Option<(f64, f64)>>,
    pub coverage: Coverage,
}

pub(super) fn measure<'a>(log: &'a TrainingLog, options: &Options) -> Measured<'a> {
    let runs: Vec<Option<Comparison>> = (0..log.runs().len()).map(|index| compare(log, index, options)).collect();
    let weeks = weeks_downhill(log, options);
    let in_a_week = |date: Date| {
        let day = log.days().partition_point(|day| day.date < date);
        weeks.get(day).is_some_and(Option::is_some)
    };
    let dated = log.runs().iter().zip(&runs);
    let dated = dated.map(|(run, comparison)| (run.local_date, comparison.is_some() || in_a_week(run.local_date)));
    let coverage = Coverage::count("runs", log.as_of(), dated);
    Measured { runs: runs.into_iter().flatten().collect(), weeks, coverage }
}

/// A run beside the one with the largest descent of the days before.
pub(super) struct Comparison<'a> {
    pub run: &'a Run,
    pub descent_m: f64,
    pub most: &'a Run,
    pub most_m: f64,
    /// By which both were counted.
    pub metric: &'static Metric,
}

impl Comparison<'_> {
    /// What the descent has to exceed, in metres.
    pub fn limit_m(&self, options: &Options) -> f64 {
        (options.info_ratio * self.most_m).max(options.min_descent_m)
    }

    pub fn is_spike(&self, options: &Options) -> bool {
        self.descent_m > options.info_ratio * self.most_m && self.descent_m >= options.min_descent_m
    }
}

/// Compares a run with the days before it by the recorded altitude and by the devices' own totals,
/// and takes the one by which it grew less: two witnesses of one thing must both say so.
fn compare<'a>(log: &'a TrainingLog, index: usize, options: &Options) -> Option<Comparison<'a>> {
    let run = &log.runs()[index];
    let from = run.local_date.saturating_add_days(-i64::from(options.window_days));
    if log.first_day()? > from || log.returning_on(run.local_date).is_some() {
        return None;
    }
    let before = log.runs()[..index].iter().rev().take_while(|earlier| earlier.local_date >= from);
    let by = |metric: &'static Metric| {
        let descent_m = run.value(metric)?;
        let known: Vec<(&Run, f64)> =
            before.clone().filter_map(|earlier| Some((earlier, earlier.value(metric)?))).collect();
        let enough = known.len() >= options.min_runs;
        let (most, most_m) = known.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| enough)?;
        Some(Comparison { run, descent_m, most, most_m, metric })
    };
    let growth = |c: &Comparison| c.descent_m / c.most_m;
    let by_altitude = by(&DESCENT_BY_ALTITUDE)?;
    let by_device = by(&DESCENT).filter(|by_device| growth(by_device) < growth(&by_altitude));
    Some(by_device.unwrap_or(by_altitude))
}

/// Whether runs of the year before descended about as far, on as many days as make a habit.
pub(super) fn is_habit_of_runs(log: &TrainingLog, c: &Comparison, options: &Options) -> bool {
    let (from, to) = (c.run.local_date.saturating_add_days(-YEAR_DAYS), c.run.local_date.saturating_add_days(-1));
    let runs = log.runs_between(from, to).iter();
    let is_as_far = |run: &&Run| run.value(c.metric).is_some_and(|metres| metres >= ABOUT * c.descent_m);
    let mut days: Vec<_> = runs.filter(is_as_far).map(|run| run.local_date).collect();
    days.dedup();
    days.len() >= options.habit_runs
}

/// The downhill of the seven days up to each day of the log and that of the mean week of the four
/// before, in metres; `None` where that cannot be told.
fn weeks_downhill(log: &TrainingLog, options: &Options) -> Vec<Option<(f64, f64)>> {
    let of_run = |run: &Run| match run.value(&DOWNHILL) {
        None if run.sub_sport.is_indoor() => Some(0.0),
        metres => metres,
    };
    let sum = |from, to| -> Option<f64> { log.runs_between(from, to).iter().map(of_run).sum() };
    let on = |to: Date| {
        let week_from = to.saturating_add_days(1 - WEEK_DAYS);
        let (from, base_to) = (week_from.saturating_add_days(-BASE_DAYS), week_from.saturating_add_days(-1));
        if log.first_day()? > from
            || has_break(log, from, to)
            || log.runs_between(from, base_to).len() < options.min_runs
        {
            return None;
        }
        Some((sum(week_from, to)?, sum(from, base_to)? / 4.0))
    };
    log.days().iter().map(|day| on(day.date)).collect()
}

/// Days over the limit of the weeks that end with them.
pub(super) struct Steep {
    pub episode: Episode,
    pub window: Window,
    /// Of the week up to the day of the highest value.
    pub metres: f64,
    pub base_m: f64,
}

/// The weeks with too much downhill that are no habit, and that no run of theirs tells of already.
pub(super) fn steep_weeks(
    log: &TrainingLog,
    measured: &Measured,
    spikes: &[&Comparison],
    options: &Options,
) -> Vec<Steep> {
    let (days, weeks) = (log.days(), &measured.weeks);
    let ratio = |(metres, base_m): (f64, f64)| metres / week_limit_m(base_m, options);
    let ratios: Vec<Option<f64>> = weeks.iter().map(|week| week.map(ratio)).collect();
    let steep = episodes(&ratios, 1.0, WEEK_DAYS as usize).into_iter().filter_map(|episode| {
        let (metres, base_m) = weeks[episode.peak]?;
        let from = days[episode.first].date.saturating_add_days(1 - WEEK_DAYS);
        Some(Steep { window: Window { from, to: days[episode.last].date }, episode, metres, base_m })
    });
    let is_told = |week: &Steep| spikes.iter().any(|c| (week.window.from..=week.window.to).contains(&c.run.local_date));
    let is_habit = |week: &Steep| {
        let first = week.episode.first;
        let year = &weeks[week.episode.peak.saturating_sub(YEAR_DAYS as usize).min(first)..first];
        let is_as_much =
            |earlier: &&Option<(f64, f64)>| earlier.is_some_and(|(metres, _)| metres >= ABOUT * week.metres);
        year.iter().filter(is_as_much).count() >= 2 * WEEK_DAYS as usize
    };
    steep.filter(|week| !is_told(week) && !is_habit(week)).collect()
}

/// What a week's downhill has to exceed, in metres.
pub(super) fn week_limit_m(base_m: f64, options: &Options) -> f64 {
    (options.info_ratio * base_m).max(options.min_downhill_m)
}

/// About as much as something is at least this share of it.
const ABOUT: f64 = 0.9;

/// Days in which a habit shows.
const YEAR_DAYS: i64 = 365;
