//! A run's form at each speed, small enough to keep for every run of a lifetime.

use crate::activity::{Activity, Channel};
use crate::trace::Trace;

/// Width of a speed bin in metres per second.
pub const BIN_MPS: f64 = 0.1;

/// Slower than this form is not looked at (metres per second): walking, or standing with one foot up.
const SLOWEST_MPS: f64 = 1.5;
const FASTEST_MPS: f64 = 7.0;

/// Steeper than this is not flat (metres per metre).
const FLAT_GRADE: f64 = 0.02;

/// The grade at a sample is that over this many metres to either side.
const GRADE_HALF_WINDOW_M: f64 = 30.0;

/// Left out after each start and before each stop (seconds): the pace is not steady there.
const SETTLING_S: f64 = 10.0;

/// Step rates outside these (steps per minute) are a sensor's slip.
const PLAUSIBLE_SPM: std::ops::RangeInclusive<f64> = 100.0..=260.0;

/// The step rate of a run within one bin of speed, over steady and flat running.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepRateAtSpeed {
    /// The middle of the speed bin, in metres per second.
    pub speed_mps: f64,
    /// Seconds of running in the bin.
    pub seconds: f64,
    /// Median of the step rate in it, weighted by time, in steps per minute.
    pub step_rate_spm: f64,
}

/// The step rate at each speed of a run, over the samples that are comparable between runs: at least
/// 1.5 m/s, on ground of less than 2 % grade (where an altitude tells), ten seconds or more from
/// the start, the end and every pause.
pub(crate) fn step_rate_by_speed(trace: &Trace) -> Vec<StepRateAtSpeed> {
    let samples = &trace.activity.samples;
    let (Some(speed), Some(rate)) = (samples.column(Channel::Speed), samples.column(Channel::StepRate)) else {
        return Vec::new();
    };
    let settled = settled(trace);
    let flat = flat(trace.activity);
    let mut picked: Vec<(u32, f64, f64)> = (0..samples.len())
        .filter(|&i| {
            settled[i] && flat[i] && (SLOWEST_MPS..FASTEST_MPS).contains(&speed[i]) && PLAUSIBLE_SPM.contains(&rate[i])
        })
        .map(|i| ((speed[i] / BIN_MPS) as u32, rate[i], trace.seconds()[i]))
        .collect();
    picked.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let bin = |of_bin: &[(u32, f64, f64)]| {
        let weighted = || of_bin.iter().map(|(_, rate, seconds)| (*rate, *seconds));
        Some(StepRateAtSpeed {
            speed_mps: (f64::from(of_bin[0].0) + 0.5) * BIN_MPS,
            seconds: of_bin.iter().map(|(.., seconds)| seconds).sum(),
            step_rate_spm: weighted_median_of_sorted(weighted())?,
        })
    };
    picked.chunk_by(|a, b| a.0 == b.0).filter_map(bin).collect()
}

/// The value at which half of the weight is reached; values ascending. `None` without any weight.
pub(crate) fn weighted_median_of_sorted(sorted: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let half = sorted.clone().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut reached = 0.0;
    let past_half = |&(_, weight): &(f64, f64)| {
        reached += weight;
        reached >= half
    };
    (half > 0.0).then(|| sorted.filter(|(_, weight)| *weight > 0.0).find(past_half).map(|(value, _)| value)).flatten()
}

/// Which samples lie at least [`SETTLING_S`] from the start, the end and every stop.
fn settled(trace: &Trace) -> Vec<bool> {
    let time = trace.activity.samples.time_s();
    let seconds = trace.seconds();
    let n = time.len();
    let mut settled = vec![true; n];
    let mut since = f64::NEG_INFINITY;
    for i in 0..n {
        // A sample that stands for less time than has passed lies behind a pause or a gap.
        if i == 0 || seconds[i] + 0.5 < time[i] - time[i - 1] {
            since = time[i];
            let before = settled[..i].iter_mut().zip(&time[..i]).rev();
            before.take_while(|(_, t)| time[i - 1] - **t < SETTLING_S).for_each(|(ok, _)| *ok = false);
        }
        settled[i] = time[i] - since >= SETTLING_S;
    }
    let end = time.last().copied().unwrap_or(0.0);
    settled.iter_mut().zip(time).rev().take_while(|(_, t)| end - **t < SETTLING_S).for_each(|(ok, _)| *ok = false);
    settled
}

/// Which samples lie on flat ground; all of them where no altitude is known.
fn flat(activity: &Activity) -> Vec<bool> {
    let samples = &activity.samples;
    let n = samples.len();
    let (Some(altitude), Some(distance)) = (samples.column(Channel::Altitude), samples.column(Channel::Distance))
    else {
        return vec![true; n];
    };
    let known: Vec<usize> = (0..n).filter(|&i| !altitude[i].is_nan() && !distance[i].is_nan()).collect();
    let mut flat = vec![true; n];
    let (mut from, mut to) = (0, 0);
    for &i in &known {
        while distance[known[from]] < distance[i] - GRADE_HALF_WINDOW_M {
            from += 1;
        }
        while to + 1 < known.len() && distance[known[to]] < distance[i] + GRADE_HALF_WINDOW_M {
            to += 1;
        }
        let (a, b) = (known[from], known[to]);
        let metres = distance[b] - distance[a];
        flat[i] = metres <= 0.0 || ((altitude[b] - altitude[a]) / metres).abs() < FLAT_GRADE;
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::weighted_median_of_sorted;

    #[test]
    fn the_weighted_median_is_where_half_of_the_time_is_reached() {
        let median = |pairs: &[(f64, f64)]| weighted_median_of_sorted(pairs.iter().copied());
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[(160.0, 0.0)]), None);
        assert_eq!(median(&[(160.0, 1.0), (170.0, 1.0), (180.0, 1.0)]), Some(170.0));
        assert_eq!(median(&[(160.0, 5.0), (170.0, 1.0), (180.0, 1.0)]), Some(160.0));
    }
}
