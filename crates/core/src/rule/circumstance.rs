//! What the runner tells that makes findings weigh more.

use std::fmt;

use jiff::civil::Date;

use crate::runner::{Entry, Runner};

/// Something the runner tells that shifts the tier of other findings.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// An injury that began in the twelve months before.
    RecentInjury,
    /// Knee pain in the diary within the four weeks before.
    KneePain,
    /// Pain on the inner side of a knee in the diary within the four weeks before.
    InnerKneePain,
}

/// Pain counts for so many days (days).
const PAIN_DAYS: i64 = 28;

impl Circumstance {
    /// Whether the runner tells of it, as of a day.
    pub fn holds(self, runner: &Runner, day: Date) -> bool {
        let entries = runner.diary.of_last(PAIN_DAYS, day);
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
            Self::KneePain => "knee pain in the diary in the four weeks before",
            Self::InnerKneePain => "pain on the inner side of a knee in the diary in the four weeks before",
        })
    }
}
