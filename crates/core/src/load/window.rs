//! Trailing windows and exponential means over daily values, oldest first. NaN is a missing day.

use super::Answer;

/// A window with a day in it of which the load is not known.
pub(super) const DAY_MISSING: &str = "a run in the window has no value of this load";

/// The weight that missing days may have in an exponential mean.
pub const MAX_MISSING_WEIGHT: f64 = 0.05;

/// Returns what `of` makes of each day's last `days` days. A window that reaches back before the
/// first value needs more days, one with a missing day is undefined.
pub fn trailing(values: &[f64], days: usize, of: impl Fn(&[f64]) -> Answer<f64>) -> Vec<Answer<f64>> {
    let days = days.max(1);
    let answer = |end: usize| match end.checked_sub(days) {
        None => Answer::NeedsDays { needs: days, has: end },
        Some(begin) => match &values[begin..end] {
            window if window.iter().any(|value| value.is_nan()) => Answer::Undefined(DAY_MISSING),
            window => of(window),
        },
    };
    (1..=values.len()).map(answer).collect()
}

/// Returns the mean; NaN of no values.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Returns the exponential mean after each day: `E = alpha · value + (1 − alpha) · E of the day
/// before`, which for the first day is `seed`. A missing day leaves it as it was; with a NaN seed
/// it begins at the first value there is.
///
/// ```
/// use kneewise_core::load::window::ewma;
/// let after: Vec<f64> = ewma(&[8.0, 0.0], 0.25, 0.0).collect();
/// assert_eq!(after, [2.0, 1.5]);
/// ```
pub fn ewma(values: &[f64], alpha: f64, seed: f64) -> impl Iterator<Item = f64> {
    values.iter().scan(seed, move |mean, &value| {
        if !value.is_nan() {
            *mean = if mean.is_nan() { value } else { alpha * value + (1.0 - alpha) * *mean };
        }
        Some(*mean)
    })
}

/// [`ewma`] where days are missing: undefined while they have more than [`MAX_MISSING_WEIGHT`] of
/// its weight.
pub fn ewma_of_known(values: &[f64], alpha: f64, seed: f64) -> Vec<Answer<f64>> {
    let missing: Vec<f64> = values.iter().map(|value| f64::from(u8::from(value.is_nan()))).collect();
    let weights = ewma(&missing, alpha, 0.0);
    let answer = |(mean, missing): (f64, f64)| {
        if missing > MAX_MISSING_WEIGHT || !mean.is_finite() {
            Answer::Undefined(DAY_MISSING)
        } else {
            Answer::Known(mean)
        }
    };
    ewma(values, alpha, seed).zip(weights).map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_day_makes_its_windows_undefined_and_no_others() {
        let values = [1.0, f64::NAN, 3.0, 4.0];
        let sums = trailing(&values, 2, |window| Answer::Known(window.iter().sum()));
        let missing = Answer::Undefined(DAY_MISSING);
        assert_eq!(sums, [Answer::NeedsDays { needs: 2, has: 1 }, missing, missing, Answer::Known(7.0)]);
    }

    #[test]
    fn an_exponential_mean_waits_until_the_missing_day_hardly_counts() {
        let mut values = [10.0; 30];
        values[3] = f64::NAN;
        let after = ewma_of_known(&values, 0.25, 10.0);
        // 0.25 · 0.75ⁿ falls below 0.05 with the sixth day after it.
        let unknown: Vec<usize> = (0..30).filter(|&i| after[i].known().is_none()).collect();
        assert_eq!(unknown, [3, 4, 5, 6, 7, 8]);
        assert_eq!(after[9], Answer::Known(10.0), "the missing day counts as the mean before it, not as rest");
    }
}
