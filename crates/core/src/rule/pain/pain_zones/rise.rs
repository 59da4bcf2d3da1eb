//! Weeks in a row, each with a higher pain than the one before.

use jiff::civil::{Date, Weekday};

use crate::runner::Entry;
use kneewise_read::time::DateExt;

/// The highest pain of a calendar week, the first day that tells of the knee in it, and the last of
/// the highest.
#[derive(Clone, Copy)]
pub(super) struct WorstOfWeek {
    start: Date,
    pub first: Date,
    pub day: Date,
    pub pain: u8,
}

/// Rows of weeks, each following on the one before with a higher pain; a week by itself is a row of
/// one.
pub(super) fn rises(told: &[&Entry], week_start: Weekday) -> Vec<Vec<WorstOfWeek>> {
    let start_of = |day: Date| day.saturating_add_days(-i64::from(day.weekday().since(week_start)));
    let worst = |entries: &[&Entry]| {
        let worst = entries.iter().max_by_key(|entry| entry.knee_pain())?;
        Some(WorstOfWeek {
            start: start_of(worst.date),
            first: entries.first()?.date,
            day: worst.date,
            pain: worst.knee_pain()?,
        })
    };
    let weeks: Vec<WorstOfWeek> =
        told.chunk_by(|a, b| start_of(a.date) == start_of(b.date)).filter_map(worst).collect();
    let goes_on = |a: &WorstOfWeek, b: &WorstOfWeek| b.start.days_since(a.start) == 7 && b.pain > a.pain;
    weeks.chunk_by(goes_on).map(<[WorstOfWeek]>::to_vec).collect()
}
