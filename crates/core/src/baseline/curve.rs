//! How a form metric goes with speed.

use crate::measure::form::FormMetric;

/// In which coordinates a metric goes straight with speed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// The value is a straight line over speed: step rate, vertical oscillation.
    OverSpeed,
    /// The value is a straight line over 1 / speed: stance time. While one foot is on the ground
    /// the body goes much the same way at every speed, so the time for it falls like 1 / speed.
    OverInverseSpeed,
    /// The step rate that the value and the speed come to is a straight line over speed: step
    /// length. At a given speed a step is as long as the step rate leaves it, so that the two say
    /// the same of a runner.
    OfStepRate,
    /// The value is the same at every speed: the balance of the feet.
    Constant,
}

impl Shape {
    /// Returns the shape of a metric.
    pub fn of(metric: FormMetric) -> Self {
        match metric {
            FormMetric::StanceTime => Self::OverInverseSpeed,
            FormMetric::StepLength => Self::OfStepRate,
            FormMetric::StanceTimeBalance => Self::Constant,
            FormMetric::StepRate | FormMetric::VerticalOscillation => Self::OverSpeed,
        }
    }

    /// The coordinates in which the metric is a straight line.
    pub(super) fn straight(self, speed_mps: f64, value: f64) -> (f64, f64) {
        match self {
            Self::OverSpeed | Self::Constant => (speed_mps, value),
            Self::OverInverseSpeed => (1.0 / speed_mps, value),
            Self::OfStepRate => (speed_mps, 60_000.0 * speed_mps / value),
        }
    }
}

/// A runner's form metric over speed.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Curve {
    /// In which coordinates it is a straight line.
    pub shape: Shape,
    /// Where the line begins, in the metric's unit (steps per minute for step length).
    pub intercept: f64,
    /// How steep the line is: the metric's unit per m/s for a line over speed, spm per m/s for step
    /// length, ms · m/s for stance time; 0 for the balance.
    pub slope: f64,
}

impl Curve {
    /// Returns the value at a speed, in the metric's unit.
    pub fn at(&self, speed_mps: f64) -> f64 {
        match self.shape {
            Shape::OverSpeed | Shape::Constant => self.intercept + self.slope * speed_mps,
            Shape::OverInverseSpeed => self.intercept + self.slope / speed_mps,
            Shape::OfStepRate => 60_000.0 * speed_mps / (self.intercept + self.slope * speed_mps),
        }
    }
}
