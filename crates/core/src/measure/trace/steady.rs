//! Which samples can be compared between runs: steady running on flat ground.

use std::ops::RangeInclusive;

use crate::measure::trace::Trace;
use kneewise_read::activity::Channel;

/// Step rates of running, in steps per minute; others are a sensor's slip.
pub(crate) const STEP_RATES_SPM: RangeInclusive<f64> = 100.0..=260.0;

/// Slower than this form is not looked at (metres per second): walking, or standing with one foot
/// up.
const SLOWEST_MPS: f64 = 1.5;
const FASTEST_MPS: f64 = 7.0;

/// Steeper than this is not flat (metres per metre).
const FLAT_GRADE: f64 = 0.02;

/// Left out after each start and before each stop (seconds): the pace is not steady there.
const SETTLING_S: f64 = 10.0;

/// The samples that are comparable between runs, in order: at least 1.5 m/s, on ground of less than
/// 2% grade (where an altitude tells), ten seconds or more from the start, the end and every
/// pause, and with a plausible step rate where there is one.
pub(crate) fn steady(trace: &Trace) -> Vec<u32> {
    let samples = &trace.activity.samples;
    let Some(speed) = samples.column(Channel::Speed) else { return Vec::new() };
    let (grade, rate) = (trace.grade(), samples.column(Channel::StepRate));
    let rates = STEP_RATES_SPM;
    let flat = |i: usize| grade.is_none_or(|grade| grade[i].is_nan() || grade[i].abs() < FLAT_GRADE);
    let steps = |i: usize| rate.is_none_or(|rate| rates.contains(&rate[i]));
    let by = trace.speed_correction();
    let (slowest, fastest) = (SLOWEST_MPS / by, FASTEST_MPS / by);
    let is_steady = |i: usize| (slowest..fastest).contains(&speed[i]) && steps(i) && flat(i);
    let time = samples.time_s();
    // Each sample is written down and the next one over it, unless it counts: a step without a
    // branch.
    let (mut steady, mut count) = (vec![0_u32; samples.len() + 1], 0);
    let mut from = 0;
    for to in stops(trace) {
        let part = &time[from..to];
        let (settled_s, unsettled_s) = (time[from] + SETTLING_S, time[to - 1] - SETTLING_S);
        let settled = from + part.partition_point(|seconds| *seconds < settled_s);
        let unsettled = from + part.partition_point(|seconds| *seconds <= unsettled_s);
        for i in settled..unsettled {
            steady[count] = i as u32;
            count += usize::from(is_steady(i));
        }
        from = to;
    }
    steady.truncate(count);
    steady
}

/// One after the last sample of each part of the recording without a pause or a gap.
fn stops(trace: &Trace) -> impl Iterator<Item = usize> {
    let time = trace.activity.samples.time_s();
    let seconds = trace.seconds();
    // A sample that stands for less time than has passed lies behind a pause or a gap.
    let is_behind_a_stop = move |i: &usize| seconds[*i] + 0.5 < time[*i] - time[*i - 1];
    (1..time.len()).filter(is_behind_a_stop).chain((!time.is_empty()).then_some(time.len()))
}
