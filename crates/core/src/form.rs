//! A run's form at each speed, small enough to keep for every run of a lifetime.

use std::ops::RangeInclusive;

use crate::activity::Channel;
use crate::trace::Trace;

/// Width of a speed bin in metres per second.
pub const BIN_MPS: f64 = 0.1;

/// Slower than this form is not looked at (metres per second): walking, or standing with one foot up.
const SLOWEST_MPS: f64 = 1.5;
const FASTEST_MPS: f64 = 7.0;

/// Bins of speed from 0 to the fastest.
pub(crate) const BINS: usize = 70;

/// Steeper than this is not flat (metres per metre).
const FLAT_GRADE: f64 = 0.02;

/// Left out after each start and before each stop (seconds): the pace is not steady there.
const SETTLING_S: f64 = 10.0;

/// What of a runner's form is compared at one and the same speed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FormMetric {
    /// Steps of both feet per minute.
    StepRate,
    /// Millimetres from one foot's landing to the other's; speed over step rate where no sensor says.
    StepLength,
    /// Milliseconds that one foot is on the ground.
    StanceTime,
    /// Millimetres that the trunk moves up and down in a step.
    VerticalOscillation,
    /// Per cent of ground contact that falls to the left foot.
    StanceTimeBalance,
}

impl FormMetric {
    /// Every one of them.
    pub const ALL: [Self; 5] =
        [Self::StepRate, Self::StepLength, Self::StanceTime, Self::VerticalOscillation, Self::StanceTimeBalance];

    /// The channel that it is read from.
    pub fn channel(self) -> Channel {
        match self {
            Self::StepRate => Channel::StepRate,
            Self::StepLength => Channel::StepLength,
            Self::StanceTime => Channel::StanceTime,
            Self::VerticalOscillation => Channel::VerticalOscillation,
            Self::StanceTimeBalance => Channel::StanceTimeBalance,
        }
    }

    /// Values outside this are a sensor's slip.
    pub(crate) fn plausible(self) -> RangeInclusive<f64> {
        match self {
            Self::StepRate => 100.0..=260.0,
            Self::StepLength => 300.0..=2500.0,
            Self::StanceTime => 100.0..=500.0,
            Self::VerticalOscillation => 20.0..=200.0,
            Self::StanceTimeBalance => 40.0..=60.0,
        }
    }
}

/// The form of a run within one bin of speed, over steady and flat running.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormAtSpeed {
    /// The middle of the speed bin, in metres per second.
    pub speed_mps: f64,
    /// Seconds of running in the bin.
    pub seconds: f64,
    /// By [`FormMetric`]; NaN where the run does not say.
    medians: [f64; FormMetric::ALL.len()],
}

impl FormAtSpeed {
    /// A bin of which these medians are known.
    pub fn new(speed_mps: f64, seconds: f64, medians: &[(FormMetric, f64)]) -> Self {
        let mut bin = Self { speed_mps, seconds, medians: [f64::NAN; FormMetric::ALL.len()] };
        for &(metric, value) in medians {
            bin.medians[metric as usize] = value;
        }
        bin
    }

    /// The median over the bin's samples, weighted by time; `None` where the run does not say.
    pub fn median(&self, metric: FormMetric) -> Option<f64> {
        Some(self.medians[metric as usize]).filter(|value| !value.is_nan())
    }

    /// The median step rate in steps per minute.
    pub fn step_rate_spm(&self) -> Option<f64> {
        self.median(FormMetric::StepRate)
    }
}

/// The form at each speed of a run, over the samples that are comparable between runs, which are those of
/// [`Trace::steady`].
pub(crate) fn form_by_speed(trace: &Trace) -> Vec<FormAtSpeed> {
    let samples = &trace.activity.samples;
    let Some(speed) = samples.column(Channel::Speed) else { return Vec::new() };
    let columns = FormMetric::ALL.map(|metric| samples.column(metric.channel()));
    if columns.iter().all(Option::is_none) {
        return Vec::new();
    }
    let bin_of = |i: u32| (speed[i as usize] / BIN_MPS) as usize;
    // The samples bin by bin, each bin's in order, by counting how many each has.
    let mut ends = [0_usize; BINS + 1];
    trace.steady().iter().for_each(|&i| ends[bin_of(i) + 1] += 1);
    (0..BINS).for_each(|bin| ends[bin + 1] += ends[bin]);
    let starts = ends;
    let mut picked = vec![0_u32; trace.steady().len()];
    for &i in trace.steady() {
        let place = &mut ends[bin_of(i)];
        picked[*place] = i;
        *place += 1;
    }
    let seconds = trace.seconds();
    let is_even = picked.first().is_some_and(|i| seconds[*i as usize] > 0.0)
        && picked.windows(2).all(|pair| seconds[pair[0] as usize] == seconds[pair[1] as usize]);
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    let mut values: Vec<f64> = Vec::with_capacity(picked.len());
    let mut bin = |bin: usize| {
        let of_bin = &picked[starts[bin]..ends[bin]];
        let indices = || of_bin.iter().map(|i| *i as usize);
        let medians = FormMetric::ALL.map(|metric| {
            let plausible = metric.plausible();
            values.clear();
            match (metric, columns[metric as usize], columns[0]) {
                (_, Some(column), _) => values.extend(indices().map(|i| column[i])),
                (FormMetric::StepLength, None, Some(rate)) => {
                    values.extend(indices().map(|i| speed[i] * 60_000.0 / rate[i]));
                }
                _ => return f64::NAN,
            }
            if is_even {
                values.retain(|value| plausible.contains(value));
                return median(&mut values).unwrap_or(f64::NAN);
            }
            let weighted = values.iter().zip(indices()).map(|(value, i)| (*value, seconds[i]));
            pairs.clear();
            pairs.extend(weighted.filter(|(value, _)| plausible.contains(value)));
            weighted_median(&mut pairs).unwrap_or(f64::NAN)
        });
        FormAtSpeed { speed_mps: (bin as f64 + 0.5) * BIN_MPS, seconds: indices().map(|i| seconds[i]).sum(), medians }
    };
    let with_samples = (0..BINS).filter(|bin| ends[*bin] > starts[*bin]);
    with_samples.map(&mut bin).filter(|bin| bin.medians.iter().any(|median| !median.is_nan())).collect()
}

/// The value at which half of the weight is reached, of pairs of value and weight in any order; `None` without any
/// weight.
fn weighted_median(pairs: &mut [(f64, f64)]) -> Option<f64> {
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    weighted_median_of_sorted(pairs.iter().copied())
}

/// The same where all weigh alike, as samples a second apart do: no need to sort.
fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// The samples that are comparable between runs, in order: at least 1.5 m/s, on ground of less than 2 % grade (where
/// an altitude tells), ten seconds or more from the start, the end and every pause, and with a plausible step rate
/// where there is one.
pub(crate) fn steady(trace: &Trace) -> Vec<u32> {
    let samples = &trace.activity.samples;
    let Some(speed) = samples.column(Channel::Speed) else { return Vec::new() };
    let (grade, rate) = (trace.grade(), samples.column(Channel::StepRate));
    let flat = |i: usize| grade.is_none_or(|grade| grade[i].is_nan() || grade[i].abs() < FLAT_GRADE);
    let steps = |i: usize| rate.is_none_or(|rate| FormMetric::StepRate.plausible().contains(&rate[i]));
    let is_steady = |i: usize| (SLOWEST_MPS..FASTEST_MPS).contains(&speed[i]) && steps(i) && flat(i);
    let time = samples.time_s();
    let mut steady = Vec::with_capacity(samples.len());
    let mut from = 0;
    for to in stops(trace) {
        let settled = time[from] + SETTLING_S..=time[to - 1] - SETTLING_S;
        for (i, seconds) in time.iter().enumerate().take(to).skip(from) {
            if settled.contains(seconds) && is_steady(i) {
                steady.push(i as u32);
            }
        }
        from = to;
    }
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

#[cfg(test)]
mod tests {
    use super::weighted_median_of_sorted;

    proptest::proptest! {
        #[test]
        fn samples_that_weigh_alike_need_no_sorting(values in proptest::collection::vec(-9.0..9.0f64, 0..50)) {
            let mut pairs: Vec<(f64, f64)> = values.iter().map(|value| (*value, 0.5)).collect();
            let mut values = values;
            proptest::prop_assert_eq!(super::median(&mut values), super::weighted_median(&mut pairs));
        }
    }

    #[test]
    fn the_weighted_median_is_where_half_of_the_time_is_reached() {
        let median = |pairs: &[(f64, f64)]| weighted_median_of_sorted(pairs.iter().copied());
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[(160.0, 0.0)]), None);
        assert_eq!(median(&[(160.0, 1.0), (170.0, 1.0), (180.0, 1.0)]), Some(170.0));
        assert_eq!(median(&[(160.0, 5.0), (170.0, 1.0), (180.0, 1.0)]), Some(160.0));
    }
}
