//! Circumstances that raise findings one level.

use std::fmt;

use jiff::civil::Date;

use crate::runner::{Entry, Runner};
use kneewise_read::time::DateExt;

/// Something the runner tells that shifts the tier of other findings.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Circumstance {
    /// An injury that began in the twelve months before.
    RecentInjury,
    /// Knee pain in the diary within the four weeks before or the week after.
    KneePain,
    /// Pain on the inner side of a knee in the diary within the four weeks before or the week
    /// after.
    InnerKneePain,
}

/// Pain counts for so many days up to the day itself, and when it is written down in so many after
/// it: what a run did to a knee is felt the next morning (days).
const PAIN_DAYS: i64 = 28;
const PAIN_DAYS_AFTER: i64 = 7;

impl Circumstance {
    /// Whether the runner tells of it, as of the last day of a finding, in a log that ends on the
    /// day `as_of`.
    pub fn holds(self, runner: &Runner, day: Date, as_of: Date) -> bool {
        let to = day.saturating_add_days(PAIN_DAYS_AFTER).min(as_of).max(day);
        let entries = runner.diary.between(day.saturating_add_days(1 - PAIN_DAYS), to);
        match self {
            Self::RecentInjury => runner.recent_injuries(day).next().is_some(),
            Self::KneePain => entries.iter().any(|entry| entry.knee_pain().is_some_and(|pain| pain > 0)),
            Self::InnerKneePain => entries.iter().any(Entry::hurts_inside),
        }
    }
}

impl fmt::Display for Circumstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RecentInjury => "an injury in the twelve months before",
            Self::KneePain => "knee pain in the diary in the four weeks before or the week after",
            Self::InnerKneePain => {
                "pain on the inner side of a knee in the diary in the four weeks before or the week after"
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::Diary;
    use crate::runner::diary::Pain;
    use jiff::civil::date;

    #[test]
    fn pain_counts_from_four_weeks_before_to_a_week_after_but_never_beyond_the_log() {
        let (day, as_of) = (date(2026, 3, 10), date(2026, 4, 30));
        let holds = |days_after: i64, as_of: Date| {
            let pain = Pain { during: Some(3), ..Pain::default() };
            let entry = Entry { pain, ..Entry::on(day.saturating_add_days(days_after)) };
            let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
            Circumstance::KneePain.holds(&runner, day, as_of)
        };
        assert_eq!([-28, -27, 0, 1, 7, 8].map(|n| holds(n, as_of)), [false, true, true, true, true, false]);
        let ends = |days_after: i64| day.saturating_add_days(days_after);
        assert_eq!([holds(2, ends(2)), holds(3, ends(2))], [true, false], "the log ends two days after");
    }
}
