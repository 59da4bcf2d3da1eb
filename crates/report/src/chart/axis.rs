//! What charts over days have in common: grid, axes and their labels.

use jiff::civil::Date;
use kneewise_read::time::DateExt;

use super::View;
use super::drawing::{Anchor, Drawing, Path};
use super::scale::{Days, Values};

/// The room above a plot, with the unit in it (pixels).
pub(super) const TOP_PX: f64 = 24.0;
/// The room below a plot, with days in it (pixels).
pub(super) const BOTTOM_PX: f64 = 22.0;
/// The room left of a plot, with values in it (pixels).
pub(super) const LEFT_PX: f64 = 34.0;
/// The room right of a plot (pixels).
pub(super) const RIGHT_PX: f64 = 12.0;

/// The part of a drawing that is plotted: left, right, top, bottom.
pub(super) fn area(view: &View, right_px: f64) -> (f64, f64, (f64, f64)) {
    (LEFT_PX, view.width_px - right_px, (TOP_PX, view.height_px - BOTTOM_PX))
}

/// The first day to draw: so many days before the last, or where the log begins.
pub(super) fn first_day(begins: Date, last: Date, days: Option<i64>) -> Date {
    days.map_or(begins, |days| last.saturating_add_days(1 - days).max(begins))
}

/// Grid and labels of values, with the unit above.
pub(super) fn values(drawing: &mut Drawing, values: &Values, (left, right): (f64, f64), unit: &str) {
    labelled_values(drawing, values, (left, right), unit, &|mark| values.plain(mark));
}

/// As [`values`], with labels of your own.
pub(super) fn labelled_values(
    drawing: &mut Drawing,
    values: &Values,
    (left, right): (f64, f64),
    unit: &str,
    label: &dyn Fn(f64) -> String,
) {
    let mut grid = Path::default();
    for mark in &values.marks {
        let y = values.at(*mark);
        if (y - values.bottom).abs() > 0.5 {
            grid.line((left, y), (right, y));
        }
        drawing.label((left - 6.0, y + 4.0), Anchor::End, "t m", label(*mark));
    }
    drawing.shape("grid", grid);
    drawing.label((0.0, values.top - 12.0), Anchor::Start, "t b", unit);
    drawing.plotted_y = (values.top, values.bottom);
}

/// The axis of days below a plot, and its labels.
pub(super) fn days(drawing: &mut Drawing, days: &Days, bottom: f64) {
    const CHARACTER_PX: f64 = 6.4;
    let mut axis = Path::default();
    axis.line((days.left, bottom), (days.right, bottom));
    for (date, text) in days.marks() {
        let x = days.morning(date);
        let half = text.chars().count() as f64 * CHARACTER_PX / 2.0;
        axis.line((x, bottom), (x, bottom + 4.0));
        let x = x.clamp(half, (drawing.width_px - half).max(half));
        drawing.label((x, bottom + 17.0), Anchor::Middle, "t m", text);
    }
    drawing.shape("axis", axis);
}
