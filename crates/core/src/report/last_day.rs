//! The day that a report looks back from where nobody names one.

use jiff::civil::Date;
use kneewise_read::time::DateExt;

use crate::run::Run;
use crate::runner::Diary;

/// After more days than this without anything a date is more likely wrong than late.
pub const LONG_DAYS: i64 = 365;

/// The last day of a report, and the reasons to doubt it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct LastDay {
    /// The day.
    pub date: Date,
    /// What speaks against it; empty for nearly every log.
    pub doubts: Vec<DayDoubt>,
}

/// A reason to doubt a date.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum DayDoubt {
    /// The last diary entry lies more than [`LONG_DAYS`] after the last run; the run counts.
    LateEntry {
        /// The entry's day.
        entry: Date,
        /// The day of the last run.
        last_run: Date,
    },
    /// The last run lies more than [`LONG_DAYS`] after the one before; the last run counts.
    LoneRun {
        /// The last run's day.
        date: Date,
        /// The files it was read from.
        source: String,
        /// The day of the run before.
        before: Date,
    },
}

/// Returns the day of the last run, or of a later diary entry; never today's, so that the same
/// inputs give the same report whenever it is made.
///
/// A runner whose knee hurts writes on when the running has stopped. `other` is the day of the last
/// activity of another sport, for logs without a run. Without either there is no day.
///
/// ```
/// use kneewise_core::Run;
/// use kneewise_core::report::last_day;
/// use kneewise_core::runner::{Diary, Entry};
/// use kneewise_read::time::Timestamp;
///
/// let (start, offset) = Timestamp::parse_iso8601("2026-03-01T07:30:00+01:00").unwrap();
/// let run = Run::summary(start, offset, &[]);
/// let diary = Diary::new(vec![Entry::on(jiff::civil::date(2026, 3, 4))]);
/// assert_eq!(last_day(&[run], None, &diary).unwrap().date.to_string(), "2026-03-04");
/// ```
pub fn last_day(runs: &[Run], other: Option<Date>, diary: &Diary) -> Option<LastDay> {
    let last_run = runs.iter().max_by_key(|run| (run.local_date, run.start));
    let last = last_run.map(|run| run.local_date).or(other)?;
    let mut doubts = Vec::new();
    let mut date = last;
    if let Some(entry) = diary.entries().last().map(|entry| entry.date).filter(|entry| *entry > last) {
        if entry.days_since(last) > LONG_DAYS {
            doubts.push(DayDoubt::LateEntry { entry, last_run: last });
        } else {
            date = entry;
        }
    }
    let before = |lone: &Run| {
        let others = runs.iter().filter(|run| !std::ptr::eq(*run, lone));
        others.map(|run| run.local_date).max()
    };
    if let Some((lone, before)) = last_run.and_then(|lone| Some((lone, before(lone)?)))
        && lone.local_date.days_since(before) > LONG_DAYS
    {
        doubts.push(DayDoubt::LoneRun { date: lone.local_date, source: lone.source(), before });
    }
    Some(LastDay { date, doubts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::Entry;
    use jiff::civil::date;
    use kneewise_read::time::Timestamp;

    fn run(day: &str) -> Run {
        let start = Timestamp::parse_iso8601(&format!("{day}T08:00:00Z")).expect("a time").0;
        Run::summary(start, Some(0), &[])
    }

    #[test]
    fn entries_count_until_they_are_a_year_late() {
        let on = |entry| {
            let last = last_day(&[run("2026-03-01")], None, &Diary::new(vec![Entry::on(entry)])).expect("a day");
            (last.date, last.doubts.len())
        };
        assert_eq!(on(date(2026, 2, 1)), (date(2026, 3, 1), 0));
        assert_eq!(on(date(2027, 3, 1)), (date(2027, 3, 1), 0));
        assert_eq!(on(date(2027, 3, 2)), (date(2026, 3, 1), 1));
    }

    #[test]
    fn a_lone_last_run_counts_and_is_doubted_in_any_order() {
        for runs in [["2026-03-01", "2028-01-01"], ["2028-01-01", "2026-03-01"]] {
            let last = last_day(&runs.map(run), None, &Diary::default()).expect("a day");
            assert_eq!(last.date, date(2028, 1, 1));
            let doubt = DayDoubt::LoneRun { date: last.date, source: String::new(), before: date(2026, 3, 1) };
            assert_eq!(last.doubts, [doubt]);
        }
        assert_eq!(last_day(&[], None, &Diary::new(vec![Entry::on(date(2026, 3, 1))])), None, "nothing was run");
        let other = last_day(&[], Some(date(2026, 3, 1)), &Diary::default());
        assert_eq!(other.map(|last| last.date), Some(date(2026, 3, 1)));
    }
}
