//! The mean step rate of each run, and its median over four weeks.

use jiff::civil::Date;
use kneewise_core::Report;
use kneewise_core::metric::AVG_STEP_RATE;
use kneewise_core::time::DateExt;
use kneewise_core::unit::Units;
use plotters::element::PathElement;

use super::calendar::Calendar;
use super::frame::{self, Canvas, Drawn, Frame, Mark};
use super::theme;

/// The upper end of the group with the highest knee forces among 55 women at 5:36/km (Thakkar 2019); see the low-step-rate rule.
const LOWEST_THIRD_SPM: f64 = 166.0;

/// The median is over the runs of so many days, the run's own the last.
const MEDIAN_DAYS: i64 = 28;

pub(super) fn draw(canvas: &Canvas, report: &Report, _: Units) -> Drawn {
    let runs = report.log.runs().iter();
    let rates: Vec<(Date, f64)> = runs.filter_map(|run| Some((run.local_date, run.value(&AVG_STEP_RATE)?))).collect();
    let Some(&(first, _)) = rates.first() else {
        return frame::empty(canvas, "No run with a step rate in the log");
    };
    let with_limit = || rates.iter().map(|(_, spm)| *spm).chain([LOWEST_THIRD_SPM]);
    let low = ((with_limit().fold(f64::MAX, f64::min) - 3.0) / 5.0).floor() * 5.0;
    let high = ((with_limit().fold(f64::MIN, f64::max) + 3.0) / 5.0).ceil() * 5.0;
    let calendar = || Calendar::new(first, report.as_of);
    let axes = Frame {
        days: calendar(),
        values: low..high,
        x_title: "day of the run",
        y_title: "steps per minute",
        label: &frame::decimals(0),
        legend: &[
            (Mark::Dot, &theme::POINT, "run"),
            (Mark::Line, &theme::MAIN, "median of 28 days"),
            (Mark::Line, &theme::LIMIT, "166 and fewer: highest knee forces in one lab study"),
        ],
        has_limits: true,
    };
    let plot = frame::plot(canvas, axes)?;
    frame::limit(canvas, &plot, LOWEST_THIRD_SPM, format!("{LOWEST_THIRD_SPM:.0}"))?;
    let at = |date: Date, spm: f64| plot.backend_coord(&(calendar().at(date) + 0.5, spm));
    for (date, spm) in &rates {
        Mark::Dot.draw(canvas, at(*date, *spm), &theme::POINT)?;
    }
    // A line over months without a run would say what nobody measured.
    for stretch in rates.chunk_by(|a, b| b.0.days_since(a.0) <= MEDIAN_DAYS) {
        let medians = stretch.iter().map(|(date, _)| at(*date, median_until(&rates, *date)));
        canvas.draw(&PathElement::new(medians.collect::<Vec<_>>(), theme::MAIN.line(2)))?;
    }
    Ok(())
}

/// The median of the rates in the days up to and including `date`.
fn median_until(rates: &[(Date, f64)], date: Date) -> f64 {
    let within = |day: Date| (0..MEDIAN_DAYS).contains(&date.days_since(day));
    let mut window: Vec<f64> = rates.iter().filter(|(day, _)| within(*day)).map(|(_, spm)| *spm).collect();
    window.sort_by(f64::total_cmp);
    let (low, high) = (window[(window.len() - 1) / 2], window[window.len() / 2]);
    f64::midpoint(low, high)
}
