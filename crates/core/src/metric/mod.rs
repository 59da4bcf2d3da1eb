//! Run metrics: one file each, one list of all.
//!
//! A [`Metric`] says what it is called, in what unit it is, how values combine, and how it is worked
//! out; its doc comment is its manual page. Column names, CSV headers and data frames come from
//! [`METRICS`], so a new metric is a new file here and a line in that list.

mod ascent;
mod distance;
mod elapsed;
mod heart_rate;
mod moving_time;
mod pace;
mod step_length;
mod step_rate;
mod steps;
mod timer;
mod trace;

pub use ascent::{ASCENT, DESCENT};
pub use distance::DISTANCE;
pub use elapsed::ELAPSED;
pub use heart_rate::{AVG_HEART_RATE, MAX_HEART_RATE};
pub use moving_time::MOVING_TIME;
pub use pace::PACE;
pub use step_length::AVG_STEP_LENGTH;
pub use step_rate::AVG_STEP_RATE;
pub use steps::STEPS;
pub use timer::TIMER;
pub use trace::Trace;

use crate::run::Run;
use crate::unit::Unit;

/// Every metric, in the order in which tables show them.
pub static METRICS: &[&Metric] = &[
    &DISTANCE,
    &TIMER,
    &MOVING_TIME,
    &ELAPSED,
    &PACE,
    &AVG_HEART_RATE,
    &MAX_HEART_RATE,
    &AVG_STEP_RATE,
    &AVG_STEP_LENGTH,
    &ASCENT,
    &DESCENT,
    &STEPS,
];

/// The metric of an id such as `distance_m`.
pub fn find(id: &str) -> Option<&'static Metric> {
    METRICS.iter().copied().find(|metric| metric.id == id)
}

/// One number that a run has.
#[derive(Debug)]
pub struct Metric {
    /// The stable name in data, unit included: `moving_time_s`.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The unit of the value.
    pub unit: Unit,
    /// How the values of several files or runs make one.
    pub combine: Combine,
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// How it is worked out.
    pub compute: Compute,
}

/// How several values of a metric make one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Combine {
    /// Added up.
    Sum,
    /// The mean, weighted by the seconds that each value rests on.
    Mean,
    /// The largest.
    Max,
    /// Worked out anew from the combined metrics it is made of.
    Derived,
}

/// How a metric is worked out.
#[derive(Clone, Copy, Debug)]
pub enum Compute {
    /// From the samples and totals of each activity.
    FromActivity(fn(&Trace) -> Option<Measured>),
    /// From a run whose metrics before this one in [`METRICS`] are in place.
    FromRun(fn(&Run) -> Option<Measured>),
}

/// A value with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// In the metric's unit.
    pub value: f64,
    /// Seconds of recording that the value rests on; the weight of a mean.
    pub over_s: f64,
    /// What it was computed from, in a few words.
    pub basis: &'static str,
}

/// Combines the values that the parts of one session have; `None` where none of them has one.
pub(crate) fn combine(how: Combine, parts: impl Iterator<Item = Measured>) -> Option<Measured> {
    parts.reduce(|a, b| {
        let over_s = a.over_s + b.over_s;
        let value = match how {
            Combine::Sum => a.value + b.value,
            Combine::Max => a.value.max(b.value),
            Combine::Mean if over_s > 0.0 => (a.value * a.over_s + b.value * b.over_s) / over_s,
            Combine::Mean => f64::midpoint(a.value, b.value),
            Combine::Derived => b.value,
        };
        Measured {
            value,
            over_s,
            basis: if a.basis == b.basis { a.basis } else { "several files, by different means" },
        }
    })
}

impl Metric {
    /// The manual page as Markdown: `docs/metrics.md` is made of these, and `kneewise explain` prints them.
    pub fn manual_page(&self) -> String {
        let combine = match self.combine {
            Combine::Sum => "added up",
            Combine::Mean => "averaged, weighted by time",
            Combine::Max => "the largest counts",
            Combine::Derived => "worked out anew from the whole",
        };
        let (id, name, unit) = (self.id, self.name, self.unit);
        let doc = crate::doc::page(self.doc);
        format!("# {name} (`{id}`)\n\nUnit: {unit}. Over several files of a session: {combine}.\n\n{doc}")
    }

    /// The value that one activity gives; `None` for what it does not hold, and for metrics that are
    /// worked out from a whole run.
    pub fn of_activity(&self, trace: &Trace) -> Option<Measured> {
        match self.compute {
            Compute::FromActivity(compute) => compute(trace).filter(|measured| measured.value.is_finite()),
            Compute::FromRun(_) => None,
        }
    }
}
