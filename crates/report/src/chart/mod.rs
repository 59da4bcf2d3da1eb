//! Charts. A chart is data first: each makes a [`Drawing`] of shapes, labels and a table, and a
//! sink writes it as SVG. One list of all; [`CHARTS`] is where a new one is added.

mod axis;
mod calendar;
mod drawing;
mod form_trend;
mod intensity;
mod load;
#[cfg(feature = "png")]
mod looks;
mod pain;
#[cfg(feature = "png")]
mod png;
mod risk;
mod run;
mod scale;
mod session_spike;
mod shoes;
mod step_rate;
pub(crate) mod svg;
mod text;
mod weekly_distance;

use kneewise_core::Report;
use kneewise_read::unit::Units;

use crate::trend::Trend;

pub use drawing::{Anchor, Drawing, Key, Label, Path, Shape, Sign, Step, Table};
pub use run::{RUN, run_drawing};

pub(crate) use form_trend::FORM_TREND;
pub(crate) use pain::PAIN;
pub(crate) use session_spike::SESSION_SPIKE;
pub(crate) use weekly_distance::WEEKLY_DISTANCE;

/// A picture of a report.
#[derive(Debug)]
#[non_exhaustive]
pub struct Chart {
    /// The stable name: `weekly-distance`.
    pub name: &'static str,
    /// The title, which the chart bears as well.
    pub title: &'static str,
    /// Draws it.
    pub draw: fn(&Data, &View) -> Drawing,
}

/// Every chart.
pub static CHARTS: &[&Chart] = &[
    &SESSION_SPIKE,
    &WEEKLY_DISTANCE,
    &PAIN,
    &step_rate::STEP_RATE,
    &FORM_TREND,
    &load::LOAD,
    &intensity::INTENSITY,
    &calendar::CALENDAR,
    &shoes::SHOES,
    &risk::RISK,
];

/// What charts are made of.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Data<'a> {
    /// The log, the findings and the runner.
    pub report: &'a Report,
    /// For people to read.
    pub units: Units,
}

impl<'a> Data<'a> {
    /// Takes a report, in these units.
    pub fn new(report: &'a Report, units: Units) -> Self {
        Self { report, units }
    }
}

/// How large a chart is, and how far it looks back.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct View {
    /// Width in pixels.
    pub width_px: f64,
    /// Height in pixels.
    pub height_px: f64,
    /// The last days to draw; `None` for all.
    pub days: Option<i64>,
}

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// Titles and axes do not fit.
    #[error("{width_px} by {height_px} pixels are too few for a chart: at least {MIN_WIDTH_PX} by {MIN_HEIGHT_PX}")]
    TooSmall {
        /// The width asked for.
        width_px: f64,
        /// The height asked for.
        height_px: f64,
    },
    /// A picture could not be made; the text says why.
    #[error("the picture could not be made: {0}")]
    Png(String),
}

const MIN_WIDTH_PX: f64 = 240.0;
const MIN_HEIGHT_PX: f64 = 60.0;

impl View {
    /// Makes a view of all days, in pixels.
    pub const fn new(width_px: f64, height_px: f64) -> Self {
        Self { width_px, height_px, days: None }
    }

    /// Looks back over these last days only.
    #[must_use]
    pub const fn last_days(self, days: i64) -> Self {
        Self { days: Some(days), ..self }
    }

    /// Whether it is for a phone, with room for few labels.
    pub(crate) fn is_small(&self) -> bool {
        self.width_px < 500.0
    }

    fn size(&self) -> (f64, f64) {
        (self.width_px, self.height_px)
    }
}

/// Returns the chart of a name.
pub fn find(name: &str) -> Option<&'static Chart> {
    CHARTS.iter().copied().find(|chart| chart.name == name)
}

/// Draws a chart as an SVG file in light colours. A log without the data gives a picture that says
/// so.
///
/// # Errors
/// [`ChartError::TooSmall`] below 240 by 60 pixels.
pub fn svg(chart: &Chart, data: &Data, view: &View) -> Result<String, ChartError> {
    check_size(view)?;
    Ok(svg::file(&(chart.draw)(data, view)))
}

/// Draws a chart: what [`svg`] writes, as data.
///
/// # Errors
/// Like [`svg`].
pub fn drawing(chart: &Chart, data: &Data, view: &View) -> Result<Drawing, ChartError> {
    check_size(view)?;
    Ok((chart.draw)(data, view))
}

/// Draws a number over time, as data.
///
/// # Errors
/// Like [`svg`].
pub fn trend_drawing(trend: &Trend, units: Units, view: &View) -> Result<Drawing, ChartError> {
    check_size(view)?;
    Ok(form_trend::of(trend, units, view))
}

/// Writes a drawing as an SVG file in light colours.
pub fn svg_of(drawing: &Drawing) -> String {
    svg::file(drawing)
}

/// Writes a drawing as a PNG file in light colours, twice as large as the drawing, with a font of
/// the program's own.
///
/// # Errors
/// [`ChartError::Png`] for a drawing without a size.
#[cfg(feature = "png")]
pub fn png_of(drawing: &Drawing) -> Result<Vec<u8>, ChartError> {
    png::file(drawing)
}

/// Draws a number over time as an SVG file.
///
/// # Errors
/// Like [`svg`].
pub fn trend_svg(trend: &Trend, units: Units, view: &View) -> Result<String, ChartError> {
    check_size(view)?;
    Ok(svg::file(&form_trend::of(trend, units, view)))
}

fn check_size(view: &View) -> Result<(), ChartError> {
    let View { width_px, height_px, .. } = *view;
    if width_px < MIN_WIDTH_PX || height_px < MIN_HEIGHT_PX {
        return Err(ChartError::TooSmall { width_px, height_px });
    }
    Ok(())
}
