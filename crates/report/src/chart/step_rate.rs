//! The step rate of each run as the low-step-rate rule looks at it, and its median over four weeks.

use jiff::civil::Date;
use kneewise_core::Report;
use kneewise_core::rule::form::low_step_rate;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;
use plotters::element::PathElement;

use super::calendar::Calendar;
use super::frame::{self, Canvas, Drawn, Frame, Mark};
use super::theme;

/// The median is over the runs of so many days, the run's own the last.
const MEDIAN_DAYS: i64 = 28;

pub(super) fn draw(canvas: &Canvas, report: &Report, units: Units) -> Drawn {
    let options = &report.settings.rules.low_step_rate;
    let runs = report.log.runs().iter();
    let rates: Vec<(Date, f64)> =
        runs.filter_map(|run| Some((run.local_date, low_step_rate::step_rate_spm(run, options)?))).collect();
    let Some(&(first, _)) = rates.first() else {
        return frame::empty(canvas, "No run with ten minutes of steady, flat running and a step rate");
    };
    let with_limit = || rates.iter().map(|(_, spm)| *spm).chain([options.low_spm]);
    let low = ((with_limit().fold(f64::MAX, f64::min) - 3.0) / 5.0).floor() * 5.0;
    let high = ((with_limit().fold(f64::MIN, f64::max) + 3.0) / 5.0).ceil() * 5.0;
    let (slow, fast) = (units.pace_at(options.min_speed_mps), units.pace_at(options.max_speed_mps));
    let run = format!("run, median at {fast} to {slow}");
    let low_text = format!("{:.0} and fewer: highest knee forces in one lab study", options.low_spm);
    let calendar = || Calendar::new(first, report.as_of);
    let axes = Frame {
        days: calendar(),
        values: low..high,
        x_title: "day of the run",
        y_title: "steps per minute",
        is_clock: false,
        label: &frame::decimals(0),
        legend: &[
            (Mark::Dot, &theme::POINT, &run),
            (Mark::Line, &theme::MAIN, "median of 28 days"),
            (Mark::Line, &theme::LIMIT, &low_text),
        ],
        has_limits: true,
    };
    let plot = frame::plot(canvas, axes)?;
    frame::limit(canvas, &plot, options.low_spm, format!("{:.0}", options.low_spm))?;
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
