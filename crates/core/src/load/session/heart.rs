//! What the loads by heart rate share: the time at each rate, and the limits that count.

use super::Missing;
use crate::metric::{AVG_HEART_RATE, MOVING_TIME, Measured, TIMER};
use crate::run::Run;
use crate::runner::{Limits, Runner};

/// Heart rate over less of the timer time than this says too little of the run.
const MIN_COVERAGE: f64 = 0.8;

/// The sum over the run of what a minute at each heart rate adds.
pub(super) fn sum_over(run: &Run, limits: Whose, per_minute: impl Fn(f64) -> f64) -> Result<Measured, Missing> {
    let recorded_s = covered_s(run)?;
    if recorded_s > 0.0 {
        let value = run.heart_rate.iter().map(|(bpm, seconds)| seconds / 60.0 * per_minute(bpm)).sum();
        let basis = match limits {
            Whose::Runners => "the time at each heart rate; the runner's limits",
            Whose::Files => "the time at each heart rate; limits that the file names",
        };
        return Ok(Measured { value, over_s: recorded_s, basis });
    }
    let bpm = run.value(&AVG_HEART_RATE).ok_or(NO_HEART_RATE)?;
    let timer_s = run.value(&TIMER).ok_or(NO_TIMER)?;
    let basis = match limits {
        Whose::Runners => "the mean heart rate, which counts uneven runs low; the runner's limits",
        Whose::Files => "the mean heart rate, which counts uneven runs low; limits that the file names",
    };
    Ok(Measured { value: timer_s / 60.0 * per_minute(bpm), over_s: timer_s, basis })
}

/// The minutes in motion times what one at the mean heart rate adds.
pub(super) fn of_mean(run: &Run, limits: Whose, per_minute: impl Fn(f64) -> f64) -> Result<Measured, Missing> {
    covered_s(run)?;
    let bpm = run.value(&AVG_HEART_RATE).ok_or(NO_HEART_RATE)?;
    let seconds = run.value(&MOVING_TIME).or_else(|| run.value(&TIMER)).ok_or(NO_TIMER)?;
    let basis = match limits {
        Whose::Runners => "the mean heart rate and the moving time, as the convention has it; the runner's limits",
        Whose::Files => "the mean heart rate and the moving time, as the convention has it; limits that the file names",
    };
    Ok(Measured { value: seconds / 60.0 * per_minute(bpm), over_s: seconds, basis })
}

const NO_HEART_RATE: Missing = Missing { needs: "a heart rate in the file" };
const NO_TIMER: Missing = Missing { needs: "a timer time in the file" };

/// How long a heart rate was recorded for: not at all, or for enough of the run.
fn covered_s(run: &Run) -> Result<f64, Missing> {
    let recorded_s = run.heart_rate.total_s();
    let enough_s = MIN_COVERAGE * run.value(&TIMER).unwrap_or(recorded_s);
    if recorded_s > 0.0 && recorded_s < enough_s {
        return Err(Missing { needs: "a heart rate for at least 80 % of the timer time" });
    }
    Ok(recorded_s)
}

/// Who named the limits that count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Whose {
    /// The runner all of them.
    Runners,
    /// The file at least one of them.
    Files,
}

/// The highest heart rate that holds for a run: the runner's, else the file's.
pub(super) fn highest(run: &Run, runner: &Runner) -> Result<(f64, Whose), Missing> {
    let limits = runner.limits_on(run.local_date);
    either(limits.max_heart_rate_bpm, run.wearer.max_heart_rate_bpm)
        .filter(|(bpm, _)| *bpm > 0.0)
        .ok_or(Missing { needs: "the runner's highest heart rate" })
}

/// The resting and the highest heart rate that hold for a run.
pub(super) fn reserve(run: &Run, runner: &Runner) -> Result<(f64, f64, Whose), Missing> {
    let resting = either(runner.limits_on(run.local_date).resting_heart_rate_bpm, run.wearer.resting_heart_rate_bpm);
    match (resting, highest(run, runner)) {
        (None, Err(_)) => Err(Missing { needs: "the runner's resting and highest heart rate" }),
        (None, Ok(_)) => Err(Missing { needs: "the runner's resting heart rate" }),
        (Some(_), Err(missing)) => Err(missing),
        (Some((resting, _)), Ok((highest, _))) if resting >= highest => {
            Err(Missing { needs: "a highest heart rate above the resting one" })
        }
        (Some((resting, a)), Ok((highest, b))) => Ok((resting, highest, if a == Whose::Files { a } else { b })),
    }
}

/// The thresholds that hold for a run; no file names them.
pub(super) fn thresholds(run: &Run, runner: &Runner) -> Result<(f64, f64), Missing> {
    let Limits { first_threshold_bpm, second_threshold_bpm, .. } = runner.limits_on(run.local_date);
    match (first_threshold_bpm, second_threshold_bpm) {
        (Some(first), Some(second)) if first < second => Ok((first, second)),
        (Some(_), Some(_)) => Err(Missing { needs: "a heart rate at the second threshold above that at the first" }),
        _ => Err(Missing { needs: "the runner's heart rates at the first and second threshold" }),
    }
}

fn either(runners: Option<f64>, files: Option<f64>) -> Option<(f64, Whose)> {
    runners.map(|bpm| (bpm, Whose::Runners)).or(files.map(|bpm| (bpm, Whose::Files)))
}
