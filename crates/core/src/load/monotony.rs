//! Foster's monotony: how alike the days of a week are.

use super::convention::Deviation;
use super::window::mean;

/// Returns the mean over the standard deviation; `None` where all values are alike, and of fewer
/// than two.
///
/// ```
/// use kneewise_core::load::{Deviation, monotony::monotony};
/// let week = [0.0, 20.0, 10.0, 10.0, 10.0, 10.0, 10.0];
/// let value = monotony(&week, Deviation::Population).unwrap();
/// assert!((value - 10.0 / (200.0_f64 / 7.0).sqrt()).abs() < 1e-12);
/// assert_eq!(monotony(&[60.0; 7], Deviation::Population), None);
/// ```
pub fn monotony(values: &[f64], deviation: Deviation) -> Option<f64> {
    let first = *values.first()?;
    // By comparison, for a mean is rounded and equal values may seem to differ from it.
    if values.len() < 2 || values.iter().all(|value| *value == first) {
        return None;
    }
    Some(mean(values) / standard_deviation(values, deviation)).filter(|monotony| monotony.is_finite())
}

/// Returns the standard deviation: of all there is, or of a sample of it.
pub fn standard_deviation(values: &[f64], deviation: Deviation) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|value| (value - middle) * (value - middle)).sum();
    let n = match deviation {
        Deviation::Population => values.len() as f64,
        Deviation::Sample => values.len() as f64 - 1.0,
    };
    (squares / n).sqrt()
}
