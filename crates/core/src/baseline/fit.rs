//! A runner's baseline from the runs of some weeks, and a run held against it.

use std::ops::RangeInclusive;

use crate::measure::form::FormMetric;
use crate::run::Run;
use kneewise_read::activity::Device;
use kneewise_read::time::Window;

use super::band::Band;
use super::curve::{Curve, Shape};
use super::robust::{median, medians_of_the_others, weighted_median};
use super::{Needs, Options, Surface};

/// Of so many runs the latest make a baseline: nobody runs more often in 90 days, and what a file
/// of junk costs stays bounded.
const MOST_RUNS: usize = 300;

/// The share of the runs' time that lies between a baseline's slowest and its fastest speed. What
/// is beyond is some walking, some strides, and noise of the positions.
const SPEEDS_SHARE: f64 = 0.95;

/// The share of a run's comparable time that must lie within the baseline's speeds.
const COVERED_SHARE: f64 = 0.5;

/// What one run says of a metric: its steady, flat running where the metric is known.
#[derive(Clone, Debug)]
pub(super) struct Observed<'r> {
    pub run: &'r Run,
    pub surface: Surface,
    bins: Vec<Bin>,
    pub seconds: f64,
    shape: Shape,
    /// The mean in straight coordinates, weighted by time.
    straight: (f64, f64),
}

#[derive(Clone, Copy, Debug)]
struct Bin {
    speed_mps: f64,
    seconds: f64,
    value: f64,
}

impl<'r> Observed<'r> {
    /// Returns what a run says; `None` where it says nothing of the metric.
    pub fn by(run: &'r Run, metric: FormMetric) -> Option<Self> {
        let mut bins: Vec<Bin> = (run.form_by_speed.iter())
            .filter_map(|bin| {
                let value = bin.median(metric)?;
                Some(Bin { speed_mps: bin.speed_mps, seconds: bin.seconds_of(metric), value })
            })
            .filter(|bin| bin.speed_mps > 0.0 && bin.seconds > 0.0 && bin.value > 0.0)
            .filter(|bin| bin.speed_mps.is_finite() && bin.seconds.is_finite() && bin.value.is_finite())
            .collect();
        // Sums in one order, whatever order a session was joined in.
        bins.sort_unstable_by(|a, b| {
            let by = |of: fn(&Bin) -> f64| of(a).total_cmp(&of(b));
            by(|bin| bin.speed_mps).then_with(|| by(|bin| bin.value)).then_with(|| by(|bin| bin.seconds))
        });
        Self::of_bins(run, Shape::of(metric), bins)
    }

    fn of_bins(run: &'r Run, shape: Shape, bins: Vec<Bin>) -> Option<Self> {
        let (seconds, straight) = weighted_mean(&bins, |bin| shape.straight(bin.speed_mps, bin.value))?;
        Some(Self { run, surface: Surface::of(run.sub_sport), bins, seconds, shape, straight })
    }

    /// Its part at some speeds, where that is at least half of it; else the share that it is.
    fn at_speeds(&self, speeds_mps: &RangeInclusive<f64>) -> Result<Self, f64> {
        let within = self.bins.iter().copied().filter(|bin| speeds_mps.contains(&bin.speed_mps)).collect();
        let part = Self::of_bins(self.run, self.shape, within).ok_or(0.0)?;
        let share = part.seconds / self.seconds;
        if share >= COVERED_SHARE { Ok(part) } else { Err(share) }
    }

    /// Returns the mean value and the mean speed of all its comparable running.
    pub fn mean(&self) -> (f64, f64) {
        weighted_mean(&self.bins, |bin| (bin.value, bin.speed_mps)).map_or((f64::NAN, f64::NAN), |(_, mean)| mean)
    }

    /// Returns whether two runs can be compared: the same device on the same surface.
    pub fn is_like(&self, other: &Self) -> bool {
        self.surface == other.surface && self.run.device == other.run.device
    }

    /// Returns whether it can be compared at all: of one device and surface, with as much
    /// comparable running as it takes.
    pub fn is_comparable(&self, options: &Options) -> Result<(), Needs> {
        if self.run.is_form_mixed {
            return Err(Needs::OneKind);
        }
        let (needs_s, has_s) = (options.min_seconds, self.seconds);
        if has_s >= needs_s { Ok(()) } else { Err(Needs::Running { needs_s, has_s }) }
    }

    /// Where the run's line meets speed 0 (or 1 / speed 0) if it goes with this slope.
    fn level(&self, slope: f64) -> f64 {
        self.straight.1 - slope * self.straight.0
    }

    /// What a curve expects at the run's speeds: the mean, weighted by time.
    fn expected(&self, curve: &Curve) -> f64 {
        weighted_mean(&self.bins, |bin| (curve.at(bin.speed_mps), 0.0)).map_or(f64::NAN, |(_, mean)| mean.0)
    }
}

/// The seconds of some bins and the means of two values over them; `None` without any.
fn weighted_mean(bins: &[Bin], of: impl Fn(&Bin) -> (f64, f64)) -> Option<(f64, (f64, f64))> {
    let seconds: f64 = bins.iter().map(|bin| bin.seconds).sum();
    let sum = |pick: fn((f64, f64)) -> f64| bins.iter().map(|bin| bin.seconds * pick(of(bin))).sum::<f64>() / seconds;
    (seconds > 0.0).then(|| (seconds, (sum(|pair| pair.0), sum(|pair| pair.1))))
}

/// What a runner's form was like at each speed, over the runs of some weeks by one device on one
/// surface.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Baseline {
    /// What of the form.
    pub metric: FormMetric,
    /// What recorded the runs; `None` where their files do not say.
    pub device: Option<Device>,
    /// What was run on.
    pub surface: Surface,
    /// The days of the first and the last of the runs.
    pub window: Window,
    /// How many runs it rests on.
    pub runs: usize,
    /// Seconds of steady, flat running at these speeds in them.
    pub seconds: f64,
    /// The speeds that it speaks of, in m/s: 95% of the runs' comparable time lie between them.
    pub speeds_mps: RangeInclusive<f64>,
    /// The metric over speed.
    pub curve: Curve,
    /// Nine in ten further runs at the usual speed lie so near to the curve by chance, in the
    /// metric's unit; at other speeds the band is wider.
    pub band: f64,
    width: Band,
}

impl Baseline {
    /// The baseline that runs of one device and surface make, in order of time; `Err` with their
    /// number where they are less than `min_runs`.
    pub(super) fn of(metric: FormMetric, runs: &[&Observed], min_runs: usize) -> Result<Self, usize> {
        let runs = &runs[runs.len().saturating_sub(MOST_RUNS)..];
        let speeds_mps = speeds(runs);
        // As the runs that will be held against it: without their walking and their sprints.
        let runs: Vec<Observed> = runs.iter().filter_map(|run| run.at_speeds(&speeds_mps).ok()).collect();
        // With less than two nothing can be compared with anything.
        if runs.len() < min_runs.max(2) {
            return Err(runs.len());
        }
        let shape = Shape::of(metric);
        let slope = slope(shape, &runs);
        let mut levels: Vec<f64> = runs.iter().map(|run| run.level(slope)).collect();
        let curve = |intercept| Curve { shape, intercept, slope };
        // Each run as if it were the next one: expected from the others.
        let others = medians_of_the_others(&levels).into_iter().zip(&runs);
        let residuals: Vec<f64> =
            others.map(|(level, run)| (run.mean().0 - run.expected(&curve(level))).abs()).collect();
        let speeds: Vec<f64> = runs.iter().map(|run| run.straight.0).collect();
        // Of a metric that is the same at every speed no slope was fitted.
        let is_flat = shape == Shape::Constant;
        let width = Band::of(&if is_flat { vec![0.0; speeds.len()] } else { speeds }, &residuals);
        Ok(Self {
            metric,
            device: runs[0].run.device.clone(),
            surface: runs[0].surface,
            window: Window { from: runs[0].run.local_date, to: runs[runs.len() - 1].run.local_date },
            runs: runs.len(),
            seconds: runs.iter().map(|run| run.seconds).sum(),
            speeds_mps,
            curve: curve(median(&mut levels).unwrap_or(f64::NAN)),
            band: width.at_usual(),
            width,
        })
    }

    /// Returns half the width of the band at a speed in straight coordinates.
    #[cfg(test)]
    pub(super) fn band_at(&self, straight_speed: f64) -> f64 {
        self.width.at(straight_speed)
    }

    /// A run held against the baseline.
    pub(super) fn hold(&self, said: &Observed) -> Result<Against, Needs> {
        let part = said.at_speeds(&self.speeds_mps).map_err(|share| Needs::Speeds {
            share,
            run_mps: said.mean().1,
            baseline_mps: self.speeds_mps.clone(),
        })?;
        let ((measured, speed_mps), expected) = (part.mean(), part.expected(&self.curve));
        Ok(Against {
            residual: measured - expected,
            measured,
            expected,
            speed_mps,
            seconds: part.seconds,
            of_seconds: said.seconds,
            band: self.width.at(part.straight.0),
            slope: self.curve.slope,
            runs: self.runs,
            window: self.window,
            baseline_seconds: self.seconds,
            speeds_mps: self.speeds_mps.clone(),
        })
    }
}

/// A run's form beside what the runner's baseline expects at the run's own speeds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Against {
    /// Measured minus expected, in the metric's unit.
    pub residual: f64,
    /// The run's mean over the bins that lie within the baseline's speeds, weighted by time.
    pub measured: f64,
    /// The mean of what the baseline expects over the same bins, weighted alike.
    pub expected: f64,
    /// The mean speed of those bins, in m/s.
    pub speed_mps: f64,
    /// Seconds of running in those bins.
    pub seconds: f64,
    /// Seconds of steady, flat running in the whole run where the metric is known.
    pub of_seconds: f64,
    /// Nine in ten further runs at this speed lie so near to the baseline by chance, in the
    /// metric's unit.
    pub band: f64,
    /// How steep the baseline's line is; see [`Curve::slope`].
    pub slope: f64,
    /// How many runs are in the baseline.
    pub runs: usize,
    /// The days of its first and its last run.
    pub window: Window,
    /// Seconds of steady, flat running in it.
    pub baseline_seconds: f64,
    /// The speeds that the baseline speaks of, in m/s.
    pub speeds_mps: RangeInclusive<f64>,
}

impl Against {
    /// Returns the residual in per cent of what was expected.
    pub fn residual_percent(&self) -> f64 {
        100.0 * self.residual / self.expected
    }

    /// Returns whether the run lies further from the baseline than nine in ten do by chance.
    pub fn is_outside(&self) -> bool {
        self.residual.abs() > self.band
    }
}

/// The speeds between which 95% of the runs' comparable time lie, in m/s.
fn speeds(runs: &[&Observed]) -> RangeInclusive<f64> {
    let mut bins: Vec<(f64, f64)> =
        runs.iter().flat_map(|run| &run.bins).map(|bin| (bin.speed_mps, bin.seconds)).collect();
    bins.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let tail = (1.0 - SPEEDS_SHARE) / 2.0 * bins.iter().map(|bin| bin.1).sum::<f64>();
    behind_tail(bins.iter(), tail)..=behind_tail(bins.iter().rev(), tail)
}

/// The first speed behind so many seconds.
fn behind_tail<'b>(mut bins: impl Iterator<Item = &'b (f64, f64)>, tail_s: f64) -> f64 {
    let mut seconds = 0.0;
    let mut is_behind = |bin: &&(f64, f64)| {
        seconds += bin.1;
        seconds > tail_s
    };
    bins.find(&mut is_behind).map_or(f64::NAN, |bin| bin.0)
}

/// How steep the line through the runs is: the middle of the slopes between any two, each weighted
/// by how far apart the two speeds are (Theil 1950, Sen 1968). Odd runs do not carry it away as
/// they would a least-squares line.
///
/// A run counts as one point, the mean of its comparable running, and not by its bins. Within one
/// run the speed at an instant is partly noise of the positions, over which a line comes out too
/// flat, and indoors the watch guesses it from the steps themselves, over which it comes out too
/// steep; the mean of a run has little of the first. Nor are the bins of one run independent of
/// each other.
fn slope(shape: Shape, runs: &[Observed]) -> f64 {
    if shape == Shape::Constant {
        return 0.0;
    }
    let points: Vec<(f64, f64)> = runs.iter().map(|run| run.straight).collect();
    let pairs = points.iter().enumerate().flat_map(|(i, a)| points[..i].iter().map(move |b| (a, b)));
    let mut slopes: Vec<(f64, f64)> = pairs
        .map(|(a, b)| (a.0 - b.0, a.1 - b.1))
        .filter(|(dx, _)| dx.abs() > f64::EPSILON)
        .map(|(dx, dy)| (dy / dx, dx.abs()))
        .collect();
    weighted_median(&mut slopes).unwrap_or(0.0)
}
