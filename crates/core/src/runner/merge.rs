//! What is told in several places: which of it counts, and whether it can be true together.

use std::fmt;

use jiff::civil::Date;

use super::{Limits, LimitsFrom, Runner};

/// A limit of the heart rate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum LimitKind {
    /// [`Limits::resting_heart_rate_bpm`].
    RestingHeartRate,
    /// [`Limits::first_threshold_bpm`].
    FirstThreshold,
    /// [`Limits::second_threshold_bpm`].
    SecondThreshold,
    /// [`Limits::max_heart_rate_bpm`].
    MaxHeartRate,
}

impl LimitKind {
    /// Returns the words for it in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::RestingHeartRate => "the resting heart rate",
            Self::FirstThreshold => "the heart rate at the first threshold",
            Self::SecondThreshold => "the heart rate at the second threshold",
            Self::MaxHeartRate => "the highest heart rate",
        }
    }
}

/// Two limits of which the lower one is not below the higher one.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{} ({low_bpm}) must be below {} ({high_bpm})", .low.words(), .high.words())]
#[non_exhaustive]
pub struct Disorder {
    /// The one that must be lower.
    pub low: LimitKind,
    /// Its value, in beats per minute.
    pub low_bpm: f64,
    /// The one that must be higher.
    pub high: LimitKind,
    /// Its value, in beats per minute.
    pub high_bpm: f64,
}

impl Limits {
    /// Returns the limits that cannot be true together.
    pub fn disorders(&self) -> impl Iterator<Item = Disorder> {
        use LimitKind::{FirstThreshold, MaxHeartRate, RestingHeartRate, SecondThreshold};
        let resting = (RestingHeartRate, self.resting_heart_rate_bpm);
        let first = (FirstThreshold, self.first_threshold_bpm);
        let second = (SecondThreshold, self.second_threshold_bpm);
        let max = (MaxHeartRate, self.max_heart_rate_bpm);
        let pairs = [(resting, max), (first, second), (second, max)].into_iter();
        pairs.filter_map(|((low, low_bpm), (high, high_bpm))| {
            let (low_bpm, high_bpm) = low_bpm.zip(high_bpm).filter(|(low, high)| low >= high)?;
            Some(Disorder { low, low_bpm, high, high_bpm })
        })
    }
}

impl Runner {
    /// Returns this runner, and where it is silent, the other one: the command line before a
    /// profile, a form before what was stored.
    ///
    /// Limits without a day count instead of all of the other's, whatever their day. Of a list,
    /// such as shoes, the other's counts where this one's is empty.
    ///
    /// ```
    /// use kneewise_core::Runner;
    /// let typed = Runner { height_m: Some(1.68), ..Runner::default() };
    /// let stored = Runner { height_m: Some(1.7), birth_year: Some(1988), ..Runner::default() };
    /// let runner = typed.or(stored);
    /// assert_eq!((runner.height_m, runner.birth_year), (Some(1.68), Some(1988)));
    /// ```
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        fn list<T>(own: Vec<T>, other: Vec<T>) -> Vec<T> {
            if own.is_empty() { other } else { own }
        }
        let always = self.limits.iter().filter(|known| known.from.is_none());
        let said = always.fold(Limits::default(), |before, known| known.limits.or(before));
        let over = |known: LimitsFrom| LimitsFrom { limits: said.or(known.limits), ..known };
        Self {
            birth_year: self.birth_year.or(other.birth_year),
            sex: self.sex.or(other.sex),
            height_m: self.height_m.or(other.height_m),
            masses: list(self.masses, other.masses),
            limits: self.limits.into_iter().chain(other.limits.into_iter().map(over)).collect(),
            began: self.began.or(other.began),
            injuries: self.injuries.or(other.injuries),
            conditions: list(self.conditions, other.conditions),
            orthoses: self.orthoses.or(other.orthoses),
            foot_posture: self.foot_posture.or(other.foot_posture),
            strength_per_week: self.strength_per_week.or(other.strength_per_week),
            stretches: self.stretches.or(other.stretches),
            other_sports_h_per_week: self.other_sports_h_per_week.or(other.other_sports_h_per_week),
            other_sessions: list(self.other_sessions, other.other_sessions),
            unnamed_days: list(self.unnamed_days, other.unnamed_days),
            shoes: list(self.shoes, other.shoes),
            diary: if self.diary.entries().is_empty() { other.diary } else { self.diary },
        }
    }

    /// Checks that what is told of the heart rate can be true together, on every day.
    ///
    /// # Errors
    /// The first [`Disorder`] in order of the days.
    pub fn check(&self) -> Result<(), Disorder> {
        let mut days: Vec<Date> = self.limits.iter().filter_map(|known| known.from).collect();
        days.sort_unstable();
        let all = std::iter::once(Date::MIN).chain(days);
        all.flat_map(|day| self.limits_on(day).disorders().collect::<Vec<_>>()).next().map_or(Ok(()), Err)
    }

    /// Returns the runner's own word on their height, in metres.
    pub fn own_height_m(&self) -> Option<f64> {
        self.height_m.filter(|metres| metres.is_finite() && *metres > 0.0)
    }
}

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn limits(from: Option<Date>, resting: f64, max: f64) -> LimitsFrom {
        let limits = Limits {
            resting_heart_rate_bpm: Some(resting).filter(|bpm| *bpm > 0.0),
            max_heart_rate_bpm: Some(max).filter(|bpm| *bpm > 0.0),
            ..Limits::default()
        };
        LimitsFrom { from, limits }
    }

    #[test]
    fn limits_without_a_day_count_before_the_others() {
        let typed = Runner { limits: vec![limits(None, 0.0, 185.0)], ..Runner::default() };
        let stored = Runner { limits: vec![limits(Some(date(2026, 3, 1)), 50.0, 190.0)], ..Runner::default() };
        let on = |day| {
            let limits = typed.clone().or(stored.clone()).limits_on(day);
            (limits.resting_heart_rate_bpm, limits.max_heart_rate_bpm)
        };
        assert_eq!(on(date(2026, 2, 1)), (None, Some(185.0)));
        assert_eq!(on(date(2026, 4, 1)), (Some(50.0), Some(185.0)));
    }

    #[test]
    fn limits_that_cannot_be_true_together_are_named() {
        let of = |all: &[LimitsFrom]| Runner { limits: all.to_vec(), ..Runner::default() }.check();
        assert_eq!(of(&[limits(None, 50.0, 190.0)]), Ok(()));
        let wrong = of(&[limits(None, 60.0, 190.0), limits(Some(date(2026, 3, 1)), 0.0, 55.0)]).unwrap_err();
        assert_eq!((wrong.low, wrong.high), (LimitKind::RestingHeartRate, LimitKind::MaxHeartRate));
        assert_eq!(wrong.to_string(), "the resting heart rate (60) must be below the highest heart rate (55)");
    }
}
