//! The load of the last days, and what a next run may be.

use jiff::civil::Date;
use kneewise_core::Run;
use kneewise_core::rule::load::session_spike::comparisons;
use kneewise_core::triage::comes_first;
use kneewise_read::time::DateExt;
use serde::{Deserialize, Serialize};

use crate::Document;

use super::LOAD_DAYS;

/// How much was run in the last 28 days.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct LastDays {
    /// Days.
    pub days: i64,
    /// Metres.
    pub distance_m: f64,
    /// Sessions.
    pub runs: usize,
    /// The longest run on the last day and the 30 before it.
    pub longest_run_m: Option<f64>,
    /// Its day.
    pub longest_run_date: Option<Date>,
}

/// How far a next run may go without being flagged.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Next {
    /// Per cent more than the longest run.
    pub percent: f64,
    /// Days that the longest run counts for.
    pub days: i64,
    /// Metres.
    pub distance_m: f64,
    /// The last day on which that holds, if nothing longer is run.
    pub until: Date,
    /// Metres from then on, where nothing else is run.
    pub then_m: Option<f64>,
}

/// The run that came closest to a flag.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Closest {
    /// Its day.
    pub date: Date,
    /// Metres.
    pub distance_m: f64,
    /// Its distance over that of the longest run before it.
    pub ratio: f64,
    /// The ratio above which it would be flagged.
    pub limit: f64,
    /// Days before it that were compared.
    pub days: i64,
}

pub(super) fn last_days(document: &Document) -> LastDays {
    let (report, load) = (document.report, &document.report.load);
    let window = i64::from(report.settings.rules.session_spike.window_days);
    let longest = longest(document, report.as_of.saturating_add_days(-window));
    LastDays {
        days: LOAD_DAYS,
        distance_m: load.last_28_days.distance_m,
        runs: load.last_28_days.runs,
        longest_run_m: longest.map(|(_, metres)| metres),
        longest_run_date: longest.map(|(run, _)| run.local_date),
    }
}

/// The longest run from a day on.
fn longest<'a>(document: &Document<'a>, from: Date) -> Option<(&'a Run, f64)> {
    let report = document.report;
    let runs = report.log.runs_between(from, report.as_of).iter();
    runs.filter_map(|run| Some((run, run.distance_m()?))).max_by(|a, b| a.1.total_cmp(&b.1))
}

pub(super) fn next(document: &Document) -> Option<Next> {
    let report = document.report;
    let options = &report.settings.rules.session_spike;
    let window = i64::from(options.window_days);
    let distance_m = report.load.reference_distance_m?;
    // Which run that rests on: its distance times the limit.
    let is_it = |run: &&Run| run.distance_m().is_some_and(|metres| (metres * options.small - distance_m).abs() < 0.5);
    let from = report.as_of.saturating_add_days(-window);
    let last = report.log.runs_between(from, report.as_of).iter().rfind(is_it)?.local_date;
    let after = last.saturating_add_days(1);
    let left = report.log.runs_between(after, report.as_of).iter().filter(|run| run.distance_m().is_some()).count();
    let then = longest(document, after).filter(|_| left >= options.min_runs);
    Some(Next {
        percent: (1000.0 * (options.small - 1.0)).round() / 10.0,
        days: window,
        distance_m,
        until: last.saturating_add_days(window),
        then_m: then.map(|(_, metres)| metres * options.small),
    })
}

pub(super) fn closest(document: &Document) -> Option<Closest> {
    let report = document.report;
    if comes_first(&report.care) {
        return None;
    }
    let options = &report.settings.rules.session_spike;
    let recent = |day: Date| report.as_of.days_since(day) < LOAD_DAYS;
    let compared = comparisons(&report.log, options).into_iter().flatten();
    let closest = compared
        .filter(|compared| recent(compared.run.local_date))
        .max_by(|a, b| a.ratio.total_cmp(&b.ratio))
        .filter(|closest| closest.ratio <= options.small)?;
    Some(Closest {
        date: closest.run.local_date,
        distance_m: closest.run.distance_m()?,
        ratio: closest.ratio,
        limit: options.small,
        days: i64::from(options.window_days),
    })
}
