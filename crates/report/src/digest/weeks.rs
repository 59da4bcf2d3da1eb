//! The last weeks, each with its pain and what happened in it.

use jiff::civil::Date;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::load::session_spike::SESSION_SPIKE;
use kneewise_core::runner::Entry;
use serde::{Deserialize, Serialize};

use crate::Document;

/// So many weeks are shown at most.
const WEEKS: usize = 26;

/// A week of the first screen.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DigestWeek {
    /// Its first day.
    pub start: Date,
    /// Metres.
    pub distance_m: f64,
    /// Sessions.
    pub runs: usize,
    /// Whether all its days are in the log.
    pub complete: bool,
    /// Whether it is the unfinished last one.
    pub is_open: bool,
    /// The highest knee pain of its diary entries, 0 included; `None` where there is none.
    pub pain_max: Option<u8>,
    /// The longest run of it that is flagged for its distance.
    pub flagged_run: Option<FlaggedRun>,
    /// Whether a new pair of shoes was taken into use in it.
    pub new_shoes: bool,
    /// Days on which a run was missed or cut short because of a knee.
    pub missed_runs: usize,
}

/// A run that is flagged.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FlaggedRun {
    /// Its day.
    pub date: Date,
    /// Metres.
    pub distance_m: f64,
}

pub(super) fn weeks(document: &Document) -> Vec<DigestWeek> {
    let report = document.report;
    let (log, runner) = (&report.log, &report.runner);
    let spikes = report.of(FindingOutcome::Flagged).filter(|finding| finding.rule == SESSION_SPIKE.id);
    let flagged: Vec<FlaggedRun> = spikes
        .filter_map(|finding| log.run(finding.made_by.as_ref()?))
        .filter_map(|run| Some(FlaggedRun { date: run.local_date, distance_m: run.distance_m()? }))
        .collect();
    let skipped = log.weeks().len().saturating_sub(WEEKS);
    let first_day = log.first_day();
    let week = |week: &kneewise_core::log::Week| {
        let last = week.last_day();
        let days = week.start..=last;
        let entries = runner.diary.between(week.start, last.min(report.as_of));
        let mut missed: Vec<Date> =
            entries.iter().filter(|entry| entry.missed_for_knee()).map(|entry| entry.date).collect();
        missed.dedup();
        let longest = flagged.iter().filter(|run| days.contains(&run.date));
        let is_new = |since: Date| days.contains(&since) && first_day.is_some_and(|first| first < since);
        DigestWeek {
            start: week.start,
            distance_m: week.distance_m,
            runs: week.runs,
            complete: week.complete,
            is_open: last > report.as_of,
            pain_max: entries.iter().filter_map(Entry::knee_pain).max(),
            flagged_run: longest.max_by(|a, b| a.distance_m.total_cmp(&b.distance_m)).cloned(),
            new_shoes: runner.shoes.iter().any(|shoe| shoe.since.is_some_and(is_new)),
            missed_runs: missed.len(),
        }
    };
    log.weeks()[skipped..].iter().map(week).collect()
}
