//! One number over time: as text, JSON, rows for CSV, a chart.

mod data;
mod text;

use kneewise_core::baseline::{FormTrend, MetricTrend};

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

/// A chart as SVG of `width_px` by `height_px` CSS pixels.
///
/// # Errors
/// Like [`chart::draw`](crate::chart::draw).
pub fn svg(trend: &Trend, width_px: u32, height_px: u32) -> Result<String, ChartError> {
    draw_trend(trend, width_px, height_px)
}
