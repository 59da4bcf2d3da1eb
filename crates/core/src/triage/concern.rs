//! Knee pain that is by itself a reason to be seen: by its strength, its course, and what it cost.

use jiff::civil::Date;

use crate::runner::{Diary, Entry};
use crate::time::DateExt;

/// Pain from this on (0 to 10) is strong. A heuristic: the top third of the scale.
pub(crate) const STRONG: u8 = 7;

/// Pain that passes this (0 to 10) from one week to the next is rising: the upper end of the middle zone.
const PASSES: u8 = 5;

/// Days of each of the two weeks that are compared.
const WEEK_DAYS: i64 = 7;

/// Why pain is a reason to be seen, the more serious first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Concern {
    /// It was strong.
    Strong {
        /// The pain.
        pain: u8,
    },
    /// It passed 5 within two weeks.
    Rising {
        /// The highest pain of the week before.
        from: u8,
        /// The pain.
        to: u8,
    },
    /// Runs were missed or cut short because of it.
    MissedRun,
}

impl Concern {
    /// Says why, as a sentence.
    pub fn because(self) -> String {
        match self {
            Self::Strong { .. } => format!("Pain of {STRONG} or more is strong."),
            Self::Rising { from, to } => format!("It rose from {from} to {to} within two weeks, past {PASSES}."),
            Self::MissedRun => "You missed or cut short runs because of it.".to_owned(),
        }
    }

    /// Says what to do.
    pub fn care(self) -> &'static str {
        match self {
            Self::Strong { .. } => {
                "See a doctor or physiotherapist within the next few days, and do not run until then."
            }
            Self::Rising { .. } | Self::MissedRun => {
                "See a doctor or physiotherapist within about two weeks, and leave out runs that hurt until then."
            }
        }
    }
}

/// Returns the most serious concern of the days from `from` to `to` and its latest day; `None` without one.
pub(crate) fn concern(diary: &Diary, from: Date, to: Date) -> Option<(Date, Concern)> {
    let of_entry = |entry: &Entry| of_entry(diary, entry).map(|concern| (entry.date, concern));
    let found: Vec<(Date, Concern)> = diary.between(from, to).iter().filter_map(of_entry).collect();
    let kind = |concern: Concern| std::mem::discriminant(&concern);
    let most = found.iter().map(|(_, concern)| *concern).min()?;
    found.into_iter().rev().find(|(_, concern)| kind(*concern) == kind(most))
}

fn of_entry(diary: &Diary, entry: &Entry) -> Option<Concern> {
    let pain = entry.knee_pain();
    let rising = || {
        let to = pain.filter(|pain| *pain > PASSES)?;
        let (first, last) =
            (entry.date.saturating_add_days(1 - 2 * WEEK_DAYS), entry.date.saturating_add_days(-WEEK_DAYS));
        let week_before = diary.between(first, last).iter().filter_map(Entry::knee_pain).max();
        // Who began to write within the week rose from their first entry.
        let own_week = diary.between(last.saturating_add_days(1), entry.date.saturating_add_days(-1));
        let from = week_before.or_else(|| own_week.iter().find_map(Entry::knee_pain))?;
        (from <= PASSES).then_some(Concern::Rising { from, to })
    };
    let missed = entry.missed_run == Some(true) && entry.is_of_knee() && pain != Some(0);
    let strong = pain.filter(|pain| *pain >= STRONG).map(|pain| Concern::Strong { pain });
    strong.or_else(rising).or_else(|| missed.then_some(Concern::MissedRun))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::diary::{Pain, Place};
    use jiff::civil::date;

    fn on(day: i8, pain: u8) -> Entry {
        Entry { pain: Pain { after: Some(pain), ..Pain::default() }, ..Entry::on(date(2026, 3, day)) }
    }

    fn of(entries: &[Entry]) -> Option<Concern> {
        let diary = Diary::new(entries.to_vec());
        concern(&diary, date(2026, 3, 1), date(2026, 3, 31)).map(|(_, concern)| concern)
    }

    #[test]
    fn strength_course_and_missed_runs_count_from_their_limits_on() {
        assert_eq!(of(&[on(1, 6)]), None);
        assert_eq!(of(&[on(1, 7)]), Some(Concern::Strong { pain: 7 }));
        assert_eq!(of(&[on(1, 5), on(8, 6)]), Some(Concern::Rising { from: 5, to: 6 }));
        assert_eq!(of(&[on(1, 4), on(5, 5), on(9, 6)]), Some(Concern::Rising { from: 4, to: 6 }));
        assert_eq!(of(&[on(1, 2), on(5, 4), on(7, 6)]), Some(Concern::Rising { from: 2, to: 6 }));
        assert_eq!(of(&[on(1, 4), on(8, 5)]), None, "up to 5");
        assert_eq!(of(&[on(1, 6), on(8, 6)]), None, "as high a week before");
        assert_eq!(of(&[on(1, 5), on(15, 6)]), None, "nobody knows of the week before");
        let missed = |pain, place| Entry { missed_run: Some(true), place, ..on(3, pain) };
        assert_eq!(of(&[missed(2, None)]), Some(Concern::MissedRun));
        assert_eq!(of(&[missed(0, None)]), None, "a run missed without pain");
        assert_eq!(of(&[missed(9, Some(Place::Elsewhere))]), None, "no knee");
        assert_eq!(of(&[missed(2, None), on(5, 8)]), Some(Concern::Strong { pain: 8 }), "the most serious");
    }
}
