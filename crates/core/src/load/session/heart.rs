//! What the loads by heart rate share: the time at each rate, and the limits that count.

use super::Missing;
use crate::measure::metric::{AVG_HEART_RATE, MOVING_TIME, Measured, TIMER};
use crate::run::Run;
use crate::runner::{About, Origin};

/// Heart rate over less of the timer time than this says too little of the run.
const MIN_COVERAGE: f64 = 0.8;

/// The sum over the run of what a minute at each heart rate adds.
pub(super) fn sum_over(run: &Run, limits: Whose, per_minute: impl Fn(f64) -> f64) -> Result<Measured, Missing> {
    let recorded_s = covered_s(run)?;
    if recorded_s > 0.0 {
        let value = run.heart_rate.iter().map(|(bpm, seconds)| seconds / 60.0 * per_minute(bpm)).sum();
        let basis = limits.basis([
            "the time at each heart rate; the runner's limits",
            "the time at each heart rate; limits set in the watch",
            "the time at each heart rate; limits partly set in the watch",
        ]);
        return Ok(Measured { value, over_s: recorded_s, basis });
    }
    let bpm = run.value(&AVG_HEART_RATE).ok_or(NO_HEART_RATE)?;
    let timer_s = run.value(&TIMER).ok_or(NO_TIMER)?;
    let basis = limits.basis([
        "the mean heart rate, which counts uneven runs low; the runner's limits",
        "the mean heart rate, which counts uneven runs low; limits set in the watch",
        "the mean heart rate, which counts uneven runs low; limits partly set in the watch",
    ]);
    Ok(Measured { value: timer_s / 60.0 * per_minute(bpm), over_s: timer_s, basis })
}

/// The minutes in motion times what one at the mean heart rate adds.
pub(super) fn of_mean(run: &Run, limits: Whose, per_minute: impl Fn(f64) -> f64) -> Result<Measured, Missing> {
    covered_s(run)?;
    let bpm = run.value(&AVG_HEART_RATE).ok_or(NO_HEART_RATE)?;
    let seconds = run.value(&MOVING_TIME).or_else(|| run.value(&TIMER)).ok_or(NO_TIMER)?;
    let basis = limits.basis([
        "the mean heart rate and the moving time, as the convention has it; the runner's limits",
        "the mean heart rate and the moving time, as the convention has it; limits set in the watch",
        "the mean heart rate and the moving time, as the convention has it; limits partly set in the watch",
    ]);
    Ok(Measured { value: seconds / 60.0 * per_minute(bpm), over_s: seconds, basis })
}

const NO_HEART_RATE: Missing = Missing { needs: "a heart rate in the file" };
const NO_TIMER: Missing = Missing { needs: "a timer time in the file" };

/// How long a heart rate was recorded for: not at all, or for enough of the run.
fn covered_s(run: &Run) -> Result<f64, Missing> {
    let recorded_s = run.heart_rate.total_s();
    let enough_s = MIN_COVERAGE * run.value(&TIMER).unwrap_or(recorded_s);
    if recorded_s > 0.0 && recorded_s < enough_s {
        return Err(Missing { needs: "a heart rate for at least 80% of the timer time" });
    }
    Ok(recorded_s)
}

/// Who named the limits that count.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whose {
    /// The runner all of them.
    Runners,
    /// The watch all of them.
    Watchs,
    /// Each some.
    Both,
}

impl Whose {
    fn of<const N: usize>(tellers: [Origin; N]) -> Self {
        let by_runner = tellers.iter().filter(|teller| **teller == Origin::Runner).count();
        match by_runner {
            0 => Self::Watchs,
            n if n == N => Self::Runners,
            _ => Self::Both,
        }
    }

    /// The one of three texts that says so.
    fn basis(self, [runners, watchs, both]: [&'static str; 3]) -> &'static str {
        match self {
            Self::Runners => runners,
            Self::Watchs => watchs,
            Self::Both => both,
        }
    }
}

/// The highest heart rate that holds for a run.
pub(super) fn highest(about: &About) -> Result<(f64, Whose), Missing> {
    let highest = about.max_heart_rate_bpm.ok_or(Missing { needs: "the runner's highest heart rate" })?;
    Ok((highest.value, Whose::of([highest.by])))
}

/// The resting and the highest heart rate that hold for a run.
pub(super) fn reserve(about: &About) -> Result<(f64, f64, Whose), Missing> {
    match (about.resting_heart_rate_bpm, about.max_heart_rate_bpm) {
        (None, None) => Err(Missing { needs: "the runner's resting and highest heart rate" }),
        (None, Some(_)) => Err(Missing { needs: "the runner's resting heart rate" }),
        (Some(_), None) => Err(Missing { needs: "the runner's highest heart rate" }),
        (Some(resting), Some(highest)) if resting.value >= highest.value => {
            Err(Missing { needs: "a highest heart rate above the resting one" })
        }
        (Some(resting), Some(highest)) => Ok((resting.value, highest.value, Whose::of([resting.by, highest.by]))),
    }
}

/// The thresholds that hold for a run.
pub(super) fn thresholds(about: &About) -> Result<(f64, f64, Whose), Missing> {
    match (about.first_threshold_bpm, about.second_threshold_bpm) {
        (Some(first), Some(second)) if first.value < second.value => {
            Ok((first.value, second.value, Whose::of([first.by, second.by])))
        }
        (Some(_), Some(_)) => Err(Missing { needs: "a heart rate at the second threshold above that at the first" }),
        (None, Some(_)) => Err(Missing { needs: "the runner's heart rate at the first threshold" }),
        (Some(_), None) => Err(Missing { needs: "the runner's heart rate at the second threshold" }),
        (None, None) => Err(Missing { needs: "the runner's heart rates at the first and second threshold" }),
    }
}
