//! Charts as SVG: one file each, one list of all. `theme` owns every colour and size, `frame` what
//! all have.

mod calendar;
mod frame;
mod session_spike;
mod step_rate;
pub(crate) mod theme;
mod trend;
mod weekly_distance;

use std::fmt;

use kneewise_core::Report;
use kneewise_read::unit::Units;

use crate::trend::Trend;

/// A picture of a report.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Chart {
    /// The distance of each week.
    WeeklyDistance,
    /// Each run against the longest of the month before it.
    SessionSpike,
    /// The step rate of each run over steady, flat running, as the low-step-rate rule looks at it.
    StepRate,
}

/// Every chart.
pub static CHARTS: &[Chart] = &[Chart::WeeklyDistance, Chart::SessionSpike, Chart::StepRate];

impl Chart {
    /// The stable name: `weekly-distance`.
    pub fn name(self) -> &'static str {
        match self {
            Self::WeeklyDistance => "weekly-distance",
            Self::SessionSpike => "session-spike",
            Self::StepRate => "step-rate",
        }
    }

    /// The title, which the chart bears as well.
    pub fn title(self) -> &'static str {
        match self {
            Self::WeeklyDistance => "Distance per week",
            Self::SessionSpike => "Each run against the month before",
            Self::StepRate => "Step rate in steady, flat running",
        }
    }

    /// The chart of a name.
    pub fn find(name: &str) -> Option<Self> {
        CHARTS.iter().copied().find(|chart| chart.name() == name)
    }
}

impl fmt::Display for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// The text says what.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
    /// Titles and axes do not fit.
    #[error("{width_px} by {height_px} pixels are too few for a chart: at least {MIN_WIDTH_PX} by {MIN_HEIGHT_PX}")]
    TooSmall {
        /// The width asked for.
        width_px: u32,
        /// The height asked for.
        height_px: u32,
    },
}

const MIN_WIDTH_PX: u32 = 320;
const MIN_HEIGHT_PX: u32 = 200;

/// Draws a chart as SVG of `width_px` by `height_px` CSS pixels, on a white ground. A log without
/// the data gives a picture that says so.
///
/// # Errors
/// [`ChartError::TooSmall`] below 320 by 200 pixels; [`ChartError::Drawing`] when the drawing
/// fails, which no log is known to bring about.
pub fn draw(chart: Chart, report: &Report, units: Units, width_px: u32, height_px: u32) -> Result<String, ChartError> {
    check_size(width_px, height_px)?;
    let draw = match chart {
        Chart::WeeklyDistance => weekly_distance::draw,
        Chart::SessionSpike => session_spike::draw,
        Chart::StepRate => step_rate::draw,
    };
    frame::on_canvas(chart.title(), (width_px, height_px), |canvas| draw(canvas, report, units))
        .map_err(|error| ChartError::Drawing(error.to_string()))
}

/// Draws a number over time as SVG of `width_px` by `height_px` CSS pixels, in the reader's units.
/// Of form it holds the runs that could be compared, and says how many could not.
///
/// # Errors
/// Like [`draw`].
pub fn draw_trend(trend: &Trend, units: Units, width_px: u32, height_px: u32) -> Result<String, ChartError> {
    check_size(width_px, height_px)?;
    let title = match trend {
        Trend::Form(trend) => format!("{} of each run, against your own at the same speed", trend.metric.name()),
        Trend::Metric(trend) => format!("{} of each run", trend.metric.name),
    };
    frame::on_canvas(&title, (width_px, height_px), |canvas| match (trend.nothing_to_draw(), trend) {
        (Some(why), _) => frame::empty(canvas, why),
        (None, Trend::Form(trend)) => trend::form(canvas, trend),
        (None, Trend::Metric(trend)) => trend::metric(canvas, trend, units),
    })
    .map_err(|error| ChartError::Drawing(error.to_string()))
}

fn check_size(width_px: u32, height_px: u32) -> Result<(), ChartError> {
    let fits = width_px >= MIN_WIDTH_PX && height_px >= MIN_HEIGHT_PX;
    if fits { Ok(()) } else { Err(ChartError::TooSmall { width_px, height_px }) }
}
