//! One number over time: as text, JSON, rows for CSV.

mod data;
mod text;

use kneewise_core::baseline::{FormTrend, MetricTrend};

pub use data::{blank_row, json, rows};
pub use text::text;

/// A number over time.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Trend {
    /// Form, each run against the runner's own baseline at the same speed.
    Form(FormTrend),
    /// Any other metric, as it was measured.
    Metric(MetricTrend),
}

impl Trend {
    /// Why a chart of it shows no run, where it shows none.
    pub fn nothing_to_draw(&self) -> Option<&'static str> {
        match self {
            Self::Form(trend) if trend.points.is_empty() => Some("No run with it over steady, flat running in the log"),
            Self::Form(trend) if trend.points.iter().all(|point| point.against.is_err()) => {
                Some("Too few runs for a baseline: `kneewise trend` as text says what it takes")
            }
            Self::Metric(trend) if trend.points.is_empty() => Some("No run with it in the log"),
            _ => None,
        }
    }
}
