//! A runner's form against the runner's own baseline, at matched speed.

mod band;
#[cfg(test)]
mod coverage_tests;
mod curve;
mod fit;
mod method;
mod name;
mod needs;
mod plain;
mod robust;
mod series;

pub use curve::{Curve, Shape};
pub use fit::{Against, Baseline};
pub use kneewise_read::surface::Surface;
pub use method::{METHOD, Method};
pub use needs::{Needs, bin_edges};
pub use plain::{MetricPoint, MetricTrend, metric_trend};
pub(crate) use robust::median;
pub use series::{Change, FormPoint, FormTrend, Month, Shift, form_trend};

/// How a baseline is made and what is held against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Days before a run whose runs make its baseline.
    pub window_days: u32,
    /// Runs that a baseline needs.
    pub min_runs: usize,
    /// Seconds of steady, flat running that each run must have, the one compared too.
    pub min_seconds: f64,
    /// Days that a running median looks back over, and that [`Change`] compares with those before.
    pub recent_days: u32,
    /// Runs that a running median and a [`Change`] need.
    pub min_recent_runs: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { window_days: 90, min_runs: 8, min_seconds: 600.0, recent_days: 28, min_recent_runs: 3 }
    }
}
