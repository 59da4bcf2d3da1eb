//! The acute load over the chronic load.

use super::window::mean;

/// Returns the mean of the last `acute` of these days over the mean of all of them, which include
/// the acute ones. `None` without any load, or where `acute` is 0 or more than there are.
pub fn coupled(days: &[f64], acute: usize) -> Option<f64> {
    let (_, last) = days.split_at_checked(days.len().checked_sub(acute)?)?;
    over(mean(last), mean(days))
}

/// Returns the mean of the last `acute` of these days over the mean of those before them.
///
/// Over 7 and 28 days the coupled ratio `c` follows from this one, `u`: `c = 4u / (u + 3)`, so it
/// never passes 4.
pub fn uncoupled(days: &[f64], acute: usize) -> Option<f64> {
    let (before, last) = days.split_at_checked(days.len().checked_sub(acute)?)?;
    over(mean(last), mean(before))
}

/// Returns one mean over another; `None` where the other is none or 0.
pub fn over(acute: f64, chronic: f64) -> Option<f64> {
    Some(acute / chronic).filter(|ratio| chronic > 0.0 && ratio.is_finite())
}
