//! What only the runner can tell.

use jiff::civil::Date;

/// The runner: what no file says, or says better than a watch's settings do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runner {
    /// Body height in metres.
    pub height_m: Option<f64>,
    /// The sex whose published constants fit, where a formula has two sets.
    pub sex: Option<Sex>,
    /// Heart rates and thresholds as they became known, in any order.
    pub limits: Vec<LimitsFrom>,
}

/// Sex, for formulas that have constants for each.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sex {
    /// The constants published for women.
    Female,
    /// The constants published for men.
    Male,
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

impl Runner {
    /// The limits that hold on a day: of each the latest that was known by then.
    pub fn limits_on(&self, day: Date) -> Limits {
        let mut known: Vec<&LimitsFrom> =
            self.limits.iter().filter(|known| known.from.is_none_or(|from| from <= day)).collect();
        known.sort_by_key(|known| known.from);
        known.iter().fold(Limits::default(), |before, known| known.limits.or(before))
    }
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
