//! One number over time: as text, JSON, rows for CSV, a chart.

mod data;
mod text;

use kneewise_core::baseline::{FormTrend, MetricTrend};
use kneewise_read::unit::Units;

use crate::chart::{ChartError, draw_trend};

pub use data::{blank_fields, fields, json};
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

/// A chart as SVG of `width_px` by `height_px` CSS pixels, in the reader's units. Of form it holds the runs that could be
/// compared, and says how many could not.
///
/// # Errors
/// Like [`chart::draw`](crate::chart::draw).
pub fn svg(trend: &Trend, units: Units, width_px: u32, height_px: u32) -> Result<String, ChartError> {
    draw_trend(trend, units, width_px, height_px)
}
