//! A run's form at each speed, small enough to keep for every run of a lifetime.

use std::ops::RangeInclusive;

use crate::measure::median;
use crate::measure::trace::{STEP_RATES_SPM, Trace};
use kneewise_read::activity::Channel;

/// Width of a speed bin in metres per second.
pub const BIN_MPS: f64 = 0.1;

/// Bins of speed from 0 to the fastest.
pub(crate) const BINS: usize = 70;

/// What of a runner's form is compared at one and the same speed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FormMetric {
    /// Steps of both feet per minute.
    StepRate,
    /// Millimetres from one foot's landing to the other's; speed over step rate where no sensor
    /// says.
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

    /// Returns the channel that it is read from.
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
            Self::StepRate => STEP_RATES_SPM,
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
    /// Seconds of running in the bin, whatever is known of it.
    pub seconds: f64,
    /// By [`FormMetric`]; NaN where the run does not say.
    medians: [f64; FormMetric::ALL.len()],
    /// Seconds in which the metric is known.
    known_s: [f32; FormMetric::ALL.len()],
}

impl FormAtSpeed {
    /// Returns a bin of which these medians are known, each over all of its seconds.
    pub fn new(speed_mps: f64, seconds: f64, medians: &[(FormMetric, f64)]) -> Self {
        let (unknown, none) = ([f64::NAN; FormMetric::ALL.len()], [0.0; FormMetric::ALL.len()]);
        let mut bin = Self { speed_mps, seconds, medians: unknown, known_s: none };
        for &(metric, value) in medians {
            bin.medians[metric as usize] = value;
            bin.known_s[metric as usize] = seconds as f32;
        }
        bin
    }

    /// Returns the median over the bin's samples, weighted by time; `None` where the run does not
    /// say.
    pub fn median(&self, metric: FormMetric) -> Option<f64> {
        Some(self.medians[metric as usize]).filter(|value| !value.is_nan())
    }

    /// Returns seconds in the bin in which the metric has a plausible value: fewer than
    /// [`FormAtSpeed::seconds`] where a strap or a pod fell silent.
    pub fn seconds_of(&self, metric: FormMetric) -> f64 {
        f64::from(self.known_s[metric as usize])
    }

    /// Returns the median step rate in steps per minute.
    pub fn step_rate_spm(&self) -> Option<f64> {
        self.median(FormMetric::StepRate)
    }
}

/// The form at each speed of a run, over the samples that are comparable between runs, which are
/// those of [`Trace::steady`].
pub(crate) fn form_by_speed(trace: &Trace) -> Vec<FormAtSpeed> {
    let samples = &trace.activity.samples;
    let Some(speed) = samples.column(Channel::Speed) else { return Vec::new() };
    let columns = FormMetric::ALL.map(|metric| samples.column(metric.channel()));
    let step_length = step_length_mm(trace);
    if columns.iter().all(Option::is_none) {
        return Vec::new();
    }
    let by = trace.speed_correction();
    let bin_of = |i: u32| bin_of(speed[i as usize] * by);
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
    let (mut values, mut weights, mut near) = (Vec::new(), Vec::new(), Vec::new());
    let mut bin = |bin: usize| {
        let of_bin = &picked[starts[bin]..ends[bin]];
        let indices = || of_bin.iter().map(|i| *i as usize);
        weights.clear();
        weights.extend(indices().map(|i| seconds[i]));
        let known = FormMetric::ALL.map(|metric| {
            values.clear();
            match (metric, columns[metric as usize], &step_length) {
                (FormMetric::StepLength, _, Some(length)) => values.extend(indices().map(length)),
                (_, Some(column), _) => values.extend(indices().map(|i| column[i])),
                _ => return (f64::NAN, 0.0),
            }
            median::weighted(&values, &weights, &metric.plausible(), &mut near).unwrap_or((f64::NAN, 0.0))
        });
        let (medians, known_s) = (known.map(|known| known.0), known.map(|known| known.1 as f32));
        FormAtSpeed { speed_mps: (bin as f64 + 0.5) * BIN_MPS, seconds: weights.iter().sum(), medians, known_s }
    };
    let with_samples = (0..BINS).filter(|bin| ends[*bin] > starts[*bin]);
    with_samples.map(&mut bin).filter(|bin| bin.medians.iter().any(|median| !median.is_nan())).collect()
}

/// An edge belongs to the bin above it: so much of a bin below it is the rounding of tenths in
/// binary (2.9 / 0.1 is 28.999...).
const EDGE: f64 = 1e-6;

/// The bin of a speed that [`Trace::steady`] lets through.
pub(crate) fn bin_of(speed_mps: f64) -> usize {
    ((speed_mps / BIN_MPS + EDGE) as usize).min(BINS - 1)
}

/// The step length at a sample in millimetres, scaled to the distance of the run: as recorded,
/// which a watch works out from its speed, else what speed and step rate make of it. `None` where
/// neither is known.
pub(crate) fn step_length_mm<'a>(trace: &'a Trace) -> Option<impl Fn(usize) -> f64 + 'a> {
    let samples = &trace.activity.samples;
    let recorded = samples.column(Channel::StepLength);
    let worked_out = || samples.column(Channel::Speed).zip(samples.column(Channel::StepRate));
    let (length, rate) = recorded.map(|column| (column, None)).or_else(|| {
        let (speed, rate) = worked_out()?;
        Some((speed, Some(rate)))
    })?;
    let by = trace.speed_correction();
    Some(move |i: usize| by * rate.map_or(length[i], |rate| length[i] * 60_000.0 / rate[i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_in_tenths_and_millimetres_are_in_the_bin_that_begins_with_them() {
        for mm in 0..7000_usize {
            assert_eq!(bin_of(mm as f64 / 1000.0), mm / 100, "{mm} mm/s");
        }
        assert_eq!(bin_of(7.0 - 1e-12), BINS - 1, "the fastest has no bin above it");
    }
}
