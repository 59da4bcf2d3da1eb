//! The distance of each week: a bar a week, the weeks that the log does not cover whole in a
//! lighter one.

use kneewise_core::Report;
use kneewise_core::log::Week;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;
use plotters::element::Rectangle;

use super::calendar::Calendar;
use super::frame::{self, Canvas, Drawn, Frame, Mark};
use super::theme;

/// Bars are no thinner than this with their gap: older weeks that do not fit are left out.
const WEEK_PX: usize = 4;

pub(super) fn draw(canvas: &Canvas, report: &Report, units: Units) -> Drawn {
    let fit = canvas.dim_in_pixel().0 as usize / WEEK_PX;
    let weeks = report.log.weeks();
    let older = weeks.len().saturating_sub(fit);
    let weeks = &weeks[older..];
    let length = |week: &Week| week.distance_m / units.metres_per_long_unit();
    let most = weeks.iter().map(length).fold(0.0, f64::max);
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
        return frame::empty(canvas, "No run in the log");
    };
    if most <= 0.0 {
        return frame::empty(canvas, "No run with a distance in the log");
    }
    let calendar = || Calendar::new(first.start, last.start.saturating_add_days(6));
    let axes = Frame {
        days: calendar(),
        values: 0.0..most * 1.05,
        x_title: &match older {
            0 => "week".to_owned(),
            n => format!("week; {n} before {} left out for want of room", first.start),
        },
        y_title: &format!("{} per week", units.long_symbol()),
        is_clock: false,
        label: &frame::decimals(0),
        legend: &[(Mark::Box, &theme::MAIN, "whole week"), (Mark::Box, &theme::PART, "week not covered whole")],
        has_limits: false,
    };
    let plot = frame::plot(canvas, axes)?;
    for week in weeks {
        let morning = calendar().at(week.start);
        let (left, top) = plot.backend_coord(&(morning, length(week)));
        let (right, bottom) = plot.backend_coord(&(morning + 7.0, 0.0));
        // A gap at the right: an eighth of the week, and a pixel at least.
        let gap = ((right - left) / 8).max(1);
        let ink = if week.complete { &theme::MAIN } else { &theme::PART };
        canvas.draw(&Rectangle::new([(left, top), (right - gap, bottom)], ink.fill()))?;
    }
    Ok(())
}
