//! What rules over days and weeks share: patterns that go on are one event, and the figures of a
//! day.

use jiff::civil::Date;
use kneewise_read::time::DateExt;

use crate::load::{Answer, Convention, DISTANCE, Figure, FigureContext, Load, Series};
use crate::log::{Day, TrainingLog, Week};
use crate::runner::Runner;

use crate::rule::{Missing, Outcome, Remedy, Window};

/// A stretch over which a pattern goes on: positions of its first and last time and of its highest
/// value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Episode {
    pub first: usize,
    pub last: usize,
    pub peak: usize,
    pub value: f64,
}

/// Where `values` are above `limit`, the earliest first. Two stretches with fewer than `quiet`
/// positions between them are one; a position without a value is quiet.
pub(super) fn episodes(values: &[Option<f64>], limit: f64, quiet: usize) -> Vec<Episode> {
    let mut episodes: Vec<Episode> = Vec::new();
    for (i, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|value| *value > limit) else { continue };
        match episodes.last_mut() {
            Some(open) if i - open.last <= quiet => {
                open.last = i;
                if value > open.value {
                    (open.peak, open.value) = (i, value);
                }
            }
            _ => episodes.push(Episode { first: i, last: i, peak: i, value }),
        }
    }
    episodes
}

/// ` It was over 2.0 on days from 3 May 2026 to 17 May 2026.`, which its peak alone does not tell;
/// empty for a single day.
pub(super) fn goes_on(days: &[Day], episode: &Episode, over: &str) -> String {
    if episode.first == episode.last {
        return String::new();
    }
    format!(
        " It was {over} on days from {} to {}.",
        days[episode.first].date.in_words(),
        days[episode.last].date.in_words(),
    )
}

/// ` That is the steepest of 3 weeks in a row over 10%, up to 17 May 2026.`; empty for a single
/// week.
pub(super) fn in_a_row(weeks: &[Week], episode: &Episode, steepest: &str, over: &str) -> String {
    match episode.last - episode.first + 1 {
        1 => String::new(),
        n => format!(
            " It was the {steepest} of {n} weeks in a row {over}, up to {}.",
            weeks[episode.last].last_day().in_words()
        ),
    }
}

/// The position of the highest of the values that there are.
pub(super) fn highest(values: &[Option<f64>]) -> Option<(usize, f64)> {
    let known = values.iter().enumerate().filter_map(|(i, value)| Some((i, (*value)?)));
    known.max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The ids of the runs of a window.
pub(super) fn run_ids(log: &TrainingLog, window: Window) -> Vec<String> {
    log.runs_between(window.from, window.to).iter().map(|run| run.id.clone()).collect()
}

/// The `recent` weeks of `log.weeks()` before the position `first`, as far as the log has them
/// since the last break before a `week`.
fn recent_weeks(log: &TrainingLog, week: usize, first: usize, recent: usize) -> impl Iterator<Item = &Week> {
    let weeks = log.weeks();
    let back = log.breaks().iter().rev().map(|pause| pause.back).find(|back| *back <= weeks[week].last_day());
    let before = weeks[first.saturating_sub(recent)..first].iter();
    before.filter(move |earlier| back.is_none_or(|back| earlier.last_day() >= back))
}

/// Whether the distance of a week is above that of each of the recent weeks: then more is run than
/// a return to the usual. What is known counts where a distance is missing.
pub(super) fn exceeds_recent(log: &TrainingLog, week: usize, first: usize, recent: usize) -> bool {
    recent_weeks(log, week, first, recent).all(|earlier| log.weeks()[week].distance_m > earlier.distance_m)
}

/// Returns ` It is also more than in any of the 3 weeks before that.`, for the weeks that the log
/// covers from end to end; nothing without any.
pub(super) fn than_recent(log: &TrainingLog, week: usize, first: usize, recent: usize) -> String {
    let is_known = |earlier: &&Week| earlier.complete && earlier.runs_without_distance == 0;
    match recent_weeks(log, week, first, recent).filter(is_known).count() {
        0 => String::new(),
        1 => " It is also more than in the week before that.".to_owned(),
        n => format!(" It is also more than in any of the {n} weeks before that."),
    }
}

/// Whether the runner came back from a break within days, so that a mean over them is too low.
pub(super) fn has_break(log: &TrainingLog, from: Date, to: Date) -> bool {
    log.breaks().iter().any(|pause| from < pause.back && pause.back <= to)
}

/// A figure of a load on each day of the log.
pub(super) fn figure(
    log: &TrainingLog,
    runner: &Runner,
    load: &'static Load,
    figure: &Figure,
    convention: &Convention,
) -> Vec<Answer<f64>> {
    let Ok(series) = Series::of(log, runner, load, convention) else { return Vec::new() };
    (figure.compute)(&FigureContext::new(log, runner, &series, convention))
}

/// [`figure`] of the distance.
pub(super) fn of_distance(
    log: &TrainingLog,
    runner: &Runner,
    which: &Figure,
    convention: &Convention,
) -> Vec<Answer<f64>> {
    figure(log, runner, &DISTANCE, which, convention)
}

/// That the log is too short; `None` where it is not.
pub(super) fn too_short(log: &TrainingLog, days: usize) -> Option<Outcome> {
    let lacking = days.checked_sub(log.span_days()).filter(|lacking| *lacking > 0)?;
    let has = log.span_days();
    Some(Missing::outcome(
        format!("needs {days} days of history. The log covers {has}"),
        Remedy::history(format!("{lacking} more {} of history", if lacking == 1 { "day" } else { "days" })),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_goes_on_is_one_event() {
        let values = [1.0, 3.0, 1.0, 4.0, 1.0, 1.0, 3.0, 2.0].map(Some);
        let spans = |quiet| episodes(&values, 2.0, quiet).iter().map(|e| (e.first, e.last, e.peak)).collect::<Vec<_>>();
        assert_eq!(spans(1), [(1, 1, 1), (3, 3, 3), (6, 6, 6)]);
        assert_eq!(spans(2), [(1, 3, 3), (6, 6, 6)]);
        assert_eq!(spans(3), [(1, 6, 3)]);
        assert_eq!(episodes(&[Some(2.0), None, Some(f64::NAN)], 2.0, 1), [], "the limit itself is not above it");
    }
}
