//! Knee pain that is by itself a reason to be seen: by its strength, its course, and what it cost.

use jiff::civil::Date;

use crate::runner::{Diary, Entry};
use kneewise_read::time::DateExt;

/// Pain from this on (0 to 10) is strong. A heuristic: the top third of the scale.
pub(crate) const STRONG: u8 = 7;

/// Pain that passes this (0 to 10) from one week to the next is rising: the upper end of the middle
/// zone.
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
    MissedRuns {
        /// On so many days.
        days: usize,
    },
}

impl Concern {
    /// Says why, as a sentence.
    pub fn because(self) -> String {
        match self {
            Self::Strong { .. } => format!("Pain of {STRONG} or more is strong."),
            Self::Rising { from, to } => format!("Your pain rose from {from} to {to} within two weeks, past {PASSES}."),
            Self::MissedRuns { days: 1 } => "You missed a run or cut it short because of pain.".to_owned(),
            Self::MissedRuns { days } => {
                format!("On {days} days you missed a run or cut it short because of pain.")
            }
        }
    }

    /// Says what to do.
    pub fn care(self) -> &'static str {
        match self {
            Self::Strong { .. } => {
                "See a doctor or physiotherapist within the next few days, and do not run until then."
            }
            Self::Rising { .. } | Self::MissedRuns { .. } => {
                "See a doctor or physiotherapist within about two weeks, and leave out runs that hurt until then."
            }
        }
    }
}

/// Returns the concerns of the days from `from` to `to`, each kind once with its latest day, the
/// most serious first.
///
/// Of strong pain the strongest is given, of rising pain the latest rise.
pub(crate) fn concerns(diary: &Diary, from: Date, to: Date) -> Vec<(Date, Concern)> {
    let entries = diary.between(from, to);
    let strong = entries.iter().filter(|entry| entry.knee_pain().is_some_and(|pain| pain >= STRONG));
    let strong = strong.filter_map(|entry| Some((entry.date, Concern::Strong { pain: entry.knee_pain()? })));
    let strongest = strong.max_by_key(|(date, concern)| (*concern, *date));
    let days = entries.chunk_by(|a, b| a.date == b.date);
    let rising = days.rev().find_map(|day| Some((day.first()?.date, rise_to(diary, day)?)));
    let mut missed: Vec<Date> =
        entries.iter().filter(|entry| entry.missed_for_knee()).map(|entry| entry.date).collect();
    missed.dedup();
    let missed = missed.last().map(|last| (*last, Concern::MissedRuns { days: missed.len() }));
    [strongest, rising, missed].into_iter().flatten().collect()
}

/// The last pain of a day that passes 5 and did not the week before.
fn rise_to(diary: &Diary, day: &[Entry]) -> Option<Concern> {
    let date = day.first()?.date;
    let to = day.iter().rev().filter_map(Entry::knee_pain).find(|pain| *pain > PASSES)?;
    let (first, last) = (date.saturating_add_days(-2 * WEEK_DAYS), date.saturating_add_days(-WEEK_DAYS));
    let week_before = diary.between(first, last).iter().filter_map(Entry::knee_pain).max();
    // Who began to write within the week rose from their first entry.
    let own_week = diary.between(last.saturating_add_days(1), date.saturating_add_days(-1));
    let from = week_before.or_else(|| own_week.iter().find_map(Entry::knee_pain))?;
    (from <= PASSES).then_some(Concern::Rising { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::diary::{Pain, Place};
    use jiff::civil::date;

    fn on(day: i8, pain: u8) -> Entry {
        Entry { pain: Pain { after: Some(pain), ..Pain::default() }, ..Entry::on(date(2026, 3, day)) }
    }

    fn of(entries: &[Entry]) -> Vec<Concern> {
        let diary = Diary::new(entries.to_vec());
        concerns(&diary, date(2026, 3, 1), date(2026, 3, 31)).into_iter().map(|(_, concern)| concern).collect()
    }

    #[test]
    fn strength_course_and_missed_runs_count_from_their_limits_on() {
        let rising = |from, to| vec![Concern::Rising { from, to }];
        assert_eq!(of(&[on(1, 6)]), []);
        assert_eq!(of(&[on(1, 7)]), [Concern::Strong { pain: 7 }]);
        assert_eq!(of(&[on(1, 5), on(8, 6)]), rising(5, 6));
        assert_eq!(of(&[on(1, 4), on(5, 5), on(9, 6)]), rising(4, 6));
        assert_eq!(of(&[on(1, 2), on(5, 4), on(7, 6)]), rising(2, 6));
        assert_eq!(of(&[on(1, 5), on(15, 6)]), rising(5, 6), "two weeks apart");
        assert_eq!(of(&[on(1, 4), on(8, 5)]), [], "up to 5");
        assert_eq!(of(&[on(1, 6), on(8, 6)]), [], "as high a week before");
        assert_eq!(of(&[on(1, 5), on(16, 6)]), [], "nobody knows of the two weeks before");
    }

    #[test]
    fn runs_missed_for_a_knee_count_with_a_score_and_without() {
        let missed = |day, pain, place| Entry { missed_run: Some(true), place, ..on(day, pain) };
        let without_score = |day| Entry { pain: Pain::default(), ..missed(day, 0, None) };
        assert_eq!(of(&[missed(3, 2, None)]), [Concern::MissedRuns { days: 1 }]);
        assert_eq!(of(&[without_score(3), without_score(3), without_score(6)]), [Concern::MissedRuns { days: 2 }]);
        assert_eq!(of(&[missed(3, 0, None)]), [Concern::MissedRuns { days: 1 }], "rest keeps a knee quiet");
        assert_eq!(of(&[missed(3, 9, Some(Place::Elsewhere))]), [], "no knee");
        let all = [on(1, 6), on(4, 8), on(6, 10), on(8, 9), without_score(5)];
        let both = [Concern::Strong { pain: 10 }, Concern::MissedRuns { days: 1 }];
        assert_eq!(of(&all), both, "6 is where it began");
        let with_rise = [&[on(1, 4)][..], &all[1..]].concat();
        assert_eq!(of(&with_rise)[1], Concern::Rising { from: 4, to: 9 });
    }
}
