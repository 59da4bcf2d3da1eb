//! A number over time: form against the runner's own baseline, or a metric as it was measured.

use jiff::civil::Date;
use kneewise_core::baseline::{FormPoint, FormTrend, MetricPoint, MetricTrend};
use kneewise_core::measure::metric::{DISTANCE, Metric};
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, clock};
use plotters::element::{PathElement, Polygon};

use super::calendar::Calendar;
use super::frame::{self, Canvas, Drawn, Frame, Mark, Plot};
use super::theme;

/// A line over more days without a run would say what nobody measured.
const GAP_DAYS: i64 = 28;

/// Room above and below the values, of their range.
const AIR: f64 = 0.06;

const X_TITLE: &str = "day of the run";

/// A run: its day, its value, and whether it lies outside of its band.
type Dot = (Date, f64, bool);

/// A day with the lower and the upper end of a band.
type Ends = (Date, f64, f64);

pub(super) fn form(canvas: &Canvas, trend: &FormTrend) -> Drawn {
    let compared = || trend.points.iter().filter_map(|point| Some((point, point.against.as_ref().ok()?)));
    let dots: Vec<Dot> =
        compared().map(|(point, against)| (point.date, against.residual, against.is_outside())).collect();
    // A band for each device and surface: where runs alternate between two, one would jump with
    // every run.
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
    let without = trend.points.len() - dots.len();
    let x_title = match without {
        0 => X_TITLE.to_owned(),
        n => format!("{X_TITLE}; {n} of {} runs could not be compared and are not drawn", trend.points.len()),
    };
    let drawing = Drawing {
        first: trend.points[0].date,
        last: trend.as_of,
        dots: &dots,
        bands: &bands,
        medians: &medians,
        zero: true,
        falls: false,
        x_title: &x_title,
        y_title: &format!("{unit}, from what your runs before lead to expect"),
        band_name: "90 % band of the runs before",
        median_name: &median_name,
        is_clock: false,
        label: &frame::decimals(usize::from(spread(&dots) < 8.0)),
    };
    drawing.draw(canvas)
}

pub(super) fn metric(canvas: &Canvas, trend: &MetricTrend, units: Units) -> Drawn {
    let highest = trend.points.iter().map(|point| point.value).fold(0.0, f64::max);
    let scale = Scale::of(trend.metric, highest, units);
    let outside = |value: f64, band: Option<(f64, f64)>| band.is_some_and(|(low, high)| value < low || value > high);
    let dot = |point: &MetricPoint| (point.date, scale.of_value(point.value), outside(point.value, point.band));
    let dots: Vec<Dot> = trend.points.iter().map(dot).collect();
    let band: Vec<Ends> = (trend.points.iter())
        .filter_map(|point| point.band.map(|(low, high)| (point.date, scale.of_value(low), scale.of_value(high))))
        .collect();
    let medians: Vec<(Date, f64)> =
        (trend.points.iter()).filter_map(|point| Some((point.date, scale.of_value(point.running_median?)))).collect();
    let decimals = frame::decimals(if spread(&dots) < 0.8 { 2 } else { usize::from(spread(&dots) < 8.0) });
    let drawing = Drawing {
        first: trend.points.first().map_or(trend.as_of, |point| point.date),
        last: trend.as_of,
        dots: &dots,
        bands: &[band],
        medians: &medians,
        zero: false,
        falls: scale.falls,
        x_title: X_TITLE,
        y_title: &scale.title,
        band_name: "middle 90 % of the runs of those days",
        median_name: &format!("median of {} days", trend.days),
        is_clock: scale.is_clock,
        label: scale.label.as_deref().unwrap_or(&decimals),
    };
    drawing.draw(canvas)
}

/// How the values of a metric stand at the axis.
struct Scale {
    /// Values are drawn times this.
    factor: f64,
    title: String,
    /// Whether small values stand at the top: the faster of two paces is the smaller number.
    falls: bool,
    /// Whether values are drawn in seconds.
    is_clock: bool,
    /// How labels are written, where not as numbers.
    label: Option<Box<dyn Fn(f64) -> String>>,
}

impl Scale {
    /// The scale of a metric of which no run has more than `longest`.
    fn of(metric: &Metric, longest: f64, units: Units) -> Self {
        let long = units.metres_per_long_unit();
        let plain =
            Self { factor: 1.0, title: metric.unit.symbol().to_owned(), falls: false, is_clock: false, label: None };
        let pace = format!("pace in minutes per {}", units.long_symbol());
        match metric.unit {
            Unit::SecondsPerKilometre => {
                Self { factor: long / 1000.0, title: pace, falls: true, is_clock: true, label: Some(Box::new(clock)) }
            }
            // Even in speed, marked as paces.
            Unit::MetresPerSecond => {
                let label = move |speed_mps: f64| clock(long / speed_mps);
                Self { title: pace, label: Some(Box::new(label)), ..plain }
            }
            Unit::Seconds if longest < 3600.0 => {
                Self { title: "time in minutes".to_owned(), is_clock: true, label: Some(Box::new(clock)), ..plain }
            }
            Unit::Seconds => Self { factor: 1.0 / 60.0, title: "time in minutes".to_owned(), ..plain },
            Unit::Metres if metric.id == DISTANCE.id => {
                Self { factor: 1.0 / long, title: units.long_symbol().to_owned(), ..plain }
            }
            _ => plain,
        }
    }

    fn of_value(&self, value: f64) -> f64 {
        value * self.factor
    }
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
    /// Whether the axis of values falls.
    falls: bool,
    x_title: &'a str,
    y_title: &'a str,
    band_name: &'a str,
    median_name: &'a str,
    is_clock: bool,
    label: &'a dyn Fn(f64) -> String,
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
        if self.falls { high + air..low - air } else { low - air..high + air }
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
            x_title: self.x_title,
            y_title: self.y_title,
            is_clock: self.is_clock,
            label: self.label,
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
            // From the morning of the first day to the evening of the last, so that a day by itself
            // has a width.
            let morning = |date: Date, value: f64| plot.backend_coord(&(self.calendar().at(date), value));
            let evening = |date: Date, value: f64| plot.backend_coord(&(self.calendar().at(date) + 1.0, value));
            let low = stretch.iter().flat_map(|(date, low, _)| [morning(*date, *low), evening(*date, *low)]);
            let high = stretch.iter().rev().flat_map(|(date, _, high)| [evening(*date, *high), morning(*date, *high)]);
            canvas.draw(&Polygon::new(low.chain(high).collect::<Vec<_>>(), theme::BAND.fill()))?;
        }
        Ok(())
    }
}
