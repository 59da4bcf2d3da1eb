//! A number over time: form against the runner's own baseline, or a metric as it was measured.

use jiff::civil::Date;
use kneewise_core::baseline::{FormPoint, FormTrend, MetricTrend};
use kneewise_core::time::DateExt;
use plotters::element::{PathElement, Polygon};

use super::calendar::Calendar;
use super::frame::{self, Canvas, Drawn, Frame, Mark, Plot};
use super::theme;

/// A line over more days without a run would say what nobody measured.
const GAP_DAYS: i64 = 28;

/// Room above and below the values, of their range.
const AIR: f64 = 0.06;

/// A run: its day, its value, and whether it lies outside of its band.
type Dot = (Date, f64, bool);

/// A day with the lower and the upper end of a band.
type Ends = (Date, f64, f64);

pub(super) fn form(canvas: &Canvas, trend: &FormTrend) -> Drawn {
    let compared = || trend.points.iter().filter_map(|point| Some((point, point.against.as_ref().ok()?)));
    if trend.points.is_empty() {
        return frame::empty(canvas, "No run with it over steady, flat running in the log");
    }
    if compared().next().is_none() {
        return frame::empty(canvas, "Too few runs for a baseline: `kneewise trend` as text says what it takes");
    }
    let dots: Vec<Dot> =
        compared().map(|(point, against)| (point.date, against.residual, against.is_outside())).collect();
    // A band for each device and surface: where runs alternate between two, one would jump with every run.
    let mut bands: Vec<(&FormPoint, Vec<Ends>)> = Vec::new();
    for (point, against) in compared() {
        let ends = (point.date, -against.band, against.band);
        match bands.iter_mut().find(|(kind, _)| kind.surface == point.surface && kind.device == point.device) {
            Some((_, band)) => band.push(ends),
            None => bands.push((point, vec![ends])),
        }
    }
    let bands: Vec<Vec<Ends>> = bands.into_iter().map(|(_, band)| band).collect();
    let medians: Vec<(Date, f64)> =
        trend.points.iter().filter_map(|point| Some((point.date, point.running_median?))).collect();
    let median_name = format!("median of {} days", trend.options.recent_days);
    let unit = trend.metric.unit_symbol();
    let drawing = Drawing {
        first: trend.points[0].date,
        last: trend.as_of,
        dots: &dots,
        bands: &bands,
        medians: &medians,
        zero: true,
        y_title: &format!("{unit}, from what your runs before lead to expect"),
        band_name: "90 % band of the runs before",
        median_name: &median_name,
        decimals: usize::from(spread(&dots) < 8.0),
    };
    drawing.draw(canvas)
}

pub(super) fn metric(canvas: &Canvas, trend: &MetricTrend) -> Drawn {
    let Some(first) = trend.points.first() else {
        return frame::empty(canvas, "No run with it in the log");
    };
    let outside = |value: f64, band: Option<(f64, f64)>| band.is_some_and(|(low, high)| value < low || value > high);
    let dots: Vec<Dot> =
        trend.points.iter().map(|point| (point.date, point.value, outside(point.value, point.band))).collect();
    let band: Vec<Ends> =
        trend.points.iter().filter_map(|point| point.band.map(|(low, high)| (point.date, low, high))).collect();
    let medians: Vec<(Date, f64)> =
        trend.points.iter().filter_map(|point| Some((point.date, point.running_median?))).collect();
    let drawing = Drawing {
        first: first.date,
        last: trend.as_of,
        dots: &dots,
        bands: &[band],
        medians: &medians,
        zero: false,
        y_title: trend.metric.unit.symbol(),
        band_name: "middle 90 % of the runs of those days",
        median_name: &format!("median of {} days", trend.days),
        decimals: if spread(&dots) < 0.8 { 2 } else { usize::from(spread(&dots) < 8.0) },
    };
    drawing.draw(canvas)
}

/// From the lowest to the highest value.
fn spread(dots: &[Dot]) -> f64 {
    let of = |pick: fn(f64, f64) -> f64| dots.iter().map(|dot| dot.1).reduce(pick).unwrap_or(0.0);
    of(f64::max) - of(f64::min)
}

struct Drawing<'a> {
    first: Date,
    last: Date,
    dots: &'a [Dot],
    bands: &'a [Vec<Ends>],
    medians: &'a [(Date, f64)],
    /// Whether there is a line at 0.
    zero: bool,
    y_title: &'a str,
    band_name: &'a str,
    median_name: &'a str,
    decimals: usize,
}

impl Drawing<'_> {
    fn calendar(&self) -> Calendar {
        Calendar::new(self.first, self.last)
    }

    fn at(&self, plot: &Plot, date: Date, value: f64) -> (i32, i32) {
        plot.backend_coord(&(self.calendar().at(date) + 0.5, value))
    }

    fn values(&self) -> std::ops::Range<f64> {
        let dots = self.dots.iter().map(|dot| dot.1);
        let ends = self.bands.iter().flatten().flat_map(|(_, low, high)| [*low, *high]);
        let (low, high) =
            dots.chain(ends).fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let air = AIR * (high - low).max(1e-3 * high.abs()).max(1e-6);
        low - air..high + air
    }

    fn draw(&self, canvas: &Canvas) -> Drawn {
        let mut legend = vec![(Mark::Dot, &theme::POINT, "run")];
        if self.dots.iter().any(|dot| dot.2) {
            legend.push((Mark::Diamond, &theme::NOTICE, "run outside of its band"));
        }
        if !self.medians.is_empty() {
            legend.push((Mark::Line, &theme::MAIN, self.median_name));
        }
        if self.bands.iter().any(|band| !band.is_empty()) {
            legend.push((Mark::Box, &theme::BAND, self.band_name));
        }
        let frame = Frame {
            days: self.calendar(),
            values: self.values(),
            x_title: "day of the run",
            y_title: self.y_title,
            decimals: self.decimals,
            legend: &legend,
            has_limits: false,
        };
        let plot = frame::plot(canvas, frame)?;
        self.draw_band(canvas, &plot)?;
        if self.zero {
            let days = plot.x_range();
            let ends = [plot.backend_coord(&(days.start, 0.0)), plot.backend_coord(&(days.end, 0.0))];
            canvas.draw(&PathElement::new(ends, theme::LIMIT.line(1)))?;
        }
        for (date, value, is_outside) in self.dots {
            let (mark, ink) = if *is_outside { (Mark::Diamond, &theme::NOTICE) } else { (Mark::Dot, &theme::POINT) };
            mark.draw(canvas, self.at(&plot, *date, *value), ink)?;
        }
        for stretch in self.medians.chunk_by(|a, b| b.0.days_since(a.0) <= GAP_DAYS) {
            let line: Vec<_> = stretch.iter().map(|(date, median)| self.at(&plot, *date, *median)).collect();
            canvas.draw(&PathElement::new(line, theme::MAIN.line(2)))?;
        }
        Ok(())
    }

    fn draw_band(&self, canvas: &Canvas, plot: &Plot) -> Drawn {
        let stretches = self.bands.iter().flat_map(|band| band.chunk_by(|a, b| b.0.days_since(a.0) <= GAP_DAYS));
        for stretch in stretches {
            // From the morning of the first day to the evening of the last, so that a day by itself has a width.
            let morning = |date: Date, value: f64| plot.backend_coord(&(self.calendar().at(date), value));
            let evening = |date: Date, value: f64| plot.backend_coord(&(self.calendar().at(date) + 1.0, value));
            let low = stretch.iter().flat_map(|(date, low, _)| [morning(*date, *low), evening(*date, *low)]);
            let high = stretch.iter().rev().flat_map(|(date, _, high)| [evening(*date, *high), morning(*date, *high)]);
            canvas.draw(&Polygon::new(low.chain(high).collect::<Vec<_>>(), theme::BAND.fill()))?;
        }
        Ok(())
    }
}
