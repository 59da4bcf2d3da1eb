//! What only the runner can tell.

pub mod diary;
pub mod history;
mod merge;
mod named;
mod settle;
pub mod shoes;
pub(crate) mod sign;

use std::fmt;

use jiff::civil::Date;

use crate::run::Run;
pub use diary::{Diary, Entry};
pub use history::{FootPosture, Injury, MassFrom, OtherSession, Site};
pub use kneewise_read::activity::Sex;
pub use merge::{Disorder, LimitKind};
pub use shoes::{Shoe, ShoeKind};

/// The runner: what no file says, or says better than a watch's settings do. Every field may be
/// empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runner {
    /// The year of birth.
    pub birth_year: Option<i16>,
    /// The sex whose published constants fit, where a formula has two sets.
    pub sex: Option<Sex>,
    /// Body height in metres.
    pub height_m: Option<f64>,
    /// Body masses as they were weighed, in any order.
    pub masses: Vec<MassFrom>,
    /// Heart rates and thresholds as they became known, in any order.
    pub limits: Vec<LimitsFrom>,
    /// The first day of the month in which the runner began to run at all; `None` where that is not
    /// told.
    pub began: Option<Date>,
    /// Injuries of earlier; `None` where the runner does not say whether there were any.
    pub injuries: Option<Vec<Injury>>,
    /// Conditions that a professional named, in the runner's words.
    pub conditions: Vec<String>,
    /// Whether inserts or orthoses are worn.
    pub orthoses: Option<bool>,
    /// How the foot stands, as a professional said.
    pub foot_posture: Option<FootPosture>,
    /// Sessions of hip and core strength training a week, as a habit.
    pub strength_per_week: Option<f64>,
    /// Whether stretching is a habit before or after runs.
    pub stretches: Option<bool>,
    /// Hours of other sports a week that no file holds, as a habit.
    pub other_sports_h_per_week: Option<f64>,
    /// Sessions of other sports from files.
    pub other_sessions: Vec<OtherSession>,
    /// The days of recordings in files that name no sport, any of which may have been a run.
    pub unnamed_days: Vec<Date>,
    /// Pairs of shoes.
    pub shoes: Vec<Shoe>,
    /// The diary.
    pub diary: Diary,
}

/// Limits and the day from which they hold.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitsFrom {
    /// The day; `None` for as long as there are runs.
    pub from: Option<Date>,
    /// What holds from then on; what is not said stays as it was.
    pub limits: Limits,
}

/// A runner's heart rates and thresholds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Highest heart rate, in beats per minute.
    pub max_heart_rate_bpm: Option<f64>,
    /// Resting heart rate, in beats per minute.
    pub resting_heart_rate_bpm: Option<f64>,
    /// Heart rate at the first (aerobic, ventilatory) threshold, in beats per minute.
    pub first_threshold_bpm: Option<f64>,
    /// Heart rate at the second (lactate, respiratory) threshold, in beats per minute.
    pub second_threshold_bpm: Option<f64>,
    /// Speed on the flat that can be held for about an hour, in metres per second.
    pub threshold_speed_mps: Option<f64>,
}

/// An injury that began no longer ago than this (days) is recent: the twelve months that studies
/// ask about.
pub const RECENT_INJURY_DAYS: i64 = 365;

impl Runner {
    /// Returns kilograms on a day: the latest that was known by then.
    pub fn mass_kg_on(&self, day: Date) -> Option<f64> {
        let known = self.masses.iter().filter(|mass| mass.from.is_none_or(|from| from <= day));
        known.max_by_key(|mass| mass.from).map(|mass| mass.kg)
    }

    /// Returns the body mass index on a day, in kg/m²; `None` without a height and a mass.
    pub fn bmi_on(&self, day: Date) -> Option<f64> {
        let height_m = self.height_m.filter(|metres| *metres > 0.0)?;
        Some(self.mass_kg_on(day)? / (height_m * height_m))
    }

    /// Returns years of age that are reached in the year of a day.
    pub fn age_on(&self, day: Date) -> Option<i16> {
        Some(day.year().saturating_sub(self.birth_year?))
    }

    /// Returns the injuries of whose month the last day lies within the [`RECENT_INJURY_DAYS`]
    /// before a day. One of the day's own month may have come after it, and does not count yet.
    pub fn recent_injuries(&self, day: Date) -> impl Iterator<Item = &Injury> {
        self.injuries.iter().flatten().filter(move |injury| (1..=RECENT_INJURY_DAYS).contains(&injury.days_ago(day)))
    }

    /// Returns the pair that a run was run in; see [`shoes::shoe_of`].
    pub fn shoe_of(&self, run: &Run) -> Option<&Shoe> {
        shoes::shoe_of(&self.shoes, run)
    }

    /// Returns the pair of each part of a run; see [`shoes::shoes_of`].
    pub fn shoes_of(&self, run: &Run) -> Vec<(Option<&Shoe>, crate::run::Part)> {
        shoes::shoes_of(&self.shoes, run)
    }

    /// Returns the limits that hold on a day: of each the latest that was known by then.
    pub fn limits_on(&self, day: Date) -> Limits {
        let mut known: Vec<&LimitsFrom> =
            self.limits.iter().filter(|known| known.from.is_none_or(|from| from <= day)).collect();
        known.sort_by_key(|known| known.from);
        known.iter().fold(Limits::default(), |before, known| known.limits.or(before))
    }
}

/// What holds for one run of the runner's: their own word, and where they are silent what was set
/// in the watch.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct About {
    /// Body height in metres.
    pub height_m: Option<Sourced<f64>>,
    /// The sex whose published constants fit.
    pub sex: Option<Sourced<Sex>>,
    /// Highest heart rate, in beats per minute.
    pub max_heart_rate_bpm: Option<Sourced<f64>>,
    /// Resting heart rate, in beats per minute.
    pub resting_heart_rate_bpm: Option<Sourced<f64>>,
    /// Heart rate at the first threshold, in beats per minute: no file names it.
    pub first_threshold_bpm: Option<Sourced<f64>>,
    /// Heart rate at the second threshold, in beats per minute.
    pub second_threshold_bpm: Option<Sourced<f64>>,
    /// Speed on the flat that can be held for about an hour, in metres per second: no file names
    /// it.
    pub threshold_speed_mps: Option<Sourced<f64>>,
}

/// A value and who said it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// By whom.
    pub by: Origin,
}

/// Who said something of the runner.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// The runner.
    Runner,
    /// The settings of the watch on the day of the run, as the file has them.
    Watch,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Runner => "as you say",
            Self::Watch => "set in the watch",
        })
    }
}

impl Runner {
    /// Returns what holds for a run: the runner's own word, and where they are silent what was set
    /// in the watch.
    ///
    /// ```
    /// use kneewise_core::measure::metric::TIMER;
    /// use kneewise_core::runner::{Limits, LimitsFrom, Origin};
    /// use kneewise_core::{Run, Runner};
    /// use kneewise_read::time::Timestamp;
    ///
    /// let limits = Limits { max_heart_rate_bpm: Some(190.0), ..Limits::default() };
    /// let runner = Runner { limits: vec![LimitsFrom { from: None, limits }], ..Runner::default() };
    /// let mut run = Run::summary(Timestamp::UNIX_EPOCH, None, &[(&TIMER, 1800.0)]);
    /// run.wearer.max_heart_rate_bpm = Some(183.0);
    /// run.wearer.resting_heart_rate_bpm = Some(54.0);
    /// let about = runner.about(&run);
    /// assert_eq!(about.max_heart_rate_bpm.map(|said| (said.value, said.by)), Some((190.0, Origin::Runner)));
    /// assert_eq!(about.resting_heart_rate_bpm.map(|said| (said.value, said.by)), Some((54.0, Origin::Watch)));
    /// ```
    pub fn about(&self, run: &Run) -> About {
        let wearer = &run.wearer;
        let limits = self.limits_on(run.local_date);
        let bpm = |runner: Option<f64>, watch: Option<f64>| {
            let is_rate = |bpm: &f64| *bpm > 0.0;
            said(runner.filter(is_rate), watch.filter(is_rate))
        };
        About {
            height_m: said(self.own_height_m(), wearer.height_m),
            sex: said(self.sex, wearer.sex),
            max_heart_rate_bpm: bpm(limits.max_heart_rate_bpm, wearer.max_heart_rate_bpm),
            resting_heart_rate_bpm: bpm(limits.resting_heart_rate_bpm, wearer.resting_heart_rate_bpm),
            first_threshold_bpm: bpm(limits.first_threshold_bpm, None),
            second_threshold_bpm: bpm(limits.second_threshold_bpm, wearer.threshold_heart_rate_bpm),
            threshold_speed_mps: said(limits.threshold_speed_mps.filter(|mps| *mps > 0.0), None),
        }
    }
}

fn said<T>(runner: Option<T>, watch: Option<T>) -> Option<Sourced<T>> {
    let by_runner = runner.map(|value| Sourced { value, by: Origin::Runner });
    by_runner.or(watch.map(|value| Sourced { value, by: Origin::Watch }))
}

impl Limits {
    /// These, and where they are silent, those.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            max_heart_rate_bpm: self.max_heart_rate_bpm.or(other.max_heart_rate_bpm),
            resting_heart_rate_bpm: self.resting_heart_rate_bpm.or(other.resting_heart_rate_bpm),
            first_threshold_bpm: self.first_threshold_bpm.or(other.first_threshold_bpm),
            second_threshold_bpm: self.second_threshold_bpm.or(other.second_threshold_bpm),
            threshold_speed_mps: self.threshold_speed_mps.or(other.threshold_speed_mps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_latest_that_was_known_by_then_holds() {
        let max =
            |from, bpm| LimitsFrom { from, limits: Limits { max_heart_rate_bpm: Some(bpm), ..Limits::default() } };
        let resting = Limits { resting_heart_rate_bpm: Some(50.0), ..Limits::default() };
        let runner = Runner {
            limits: vec![
                max(Some(date(2026, 3, 1)), 185.0),
                max(None, 190.0),
                LimitsFrom { from: Some(date(2026, 4, 1)), limits: resting },
            ],
            ..Runner::default()
        };
        let on = |day| {
            let limits = runner.limits_on(day);
            (limits.max_heart_rate_bpm, limits.resting_heart_rate_bpm)
        };
        assert_eq!(on(date(2026, 2, 28)), (Some(190.0), None));
        assert_eq!(on(date(2026, 3, 1)), (Some(185.0), None));
        assert_eq!(on(date(2026, 4, 1)), (Some(185.0), Some(50.0)));
    }
}
