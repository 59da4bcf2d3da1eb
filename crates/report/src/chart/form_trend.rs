//! A number over time: form compared with the runner's usual form, or a metric as it was measured.

use jiff::civil::Date;
use kneewise_core::baseline::{FormPoint, FormTrend, MetricPoint, MetricTrend};
use kneewise_core::measure::form::FormMetric;
use kneewise_core::measure::metric::{DISTANCE, Metric};
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, clock};

use crate::trend::Trend;
use crate::words::decimals;

use super::axis;
use super::drawing::{Drawing, Path, Sign, Table};
use super::scale::{Days, Values};
use super::text::{day, n};
use super::{Chart, Data, View};

pub(crate) static FORM_TREND: Chart =
    Chart { name: "form-trend", title: "Steps per minute compared with your usual at the same speed", draw };

/// A line over more days without a run would say what nobody measured.
const GAP_DAYS: i64 = 28;

fn draw(data: &Data, view: &View) -> Drawing {
    let trend = data.report.log.form_trend(FormMetric::StepRate);
    form(FORM_TREND.title, trend, view)
}

/// Draws a number over time.
pub(super) fn of(trend: &Trend, units: Units, view: &View) -> Drawing {
    match trend {
        Trend::Form(trend) => form(
            &format!("{} of each run, compared with your usual at the same speed", trend.metric.name()),
            trend,
            view,
        ),
        Trend::Metric(trend) => metric(&format!("{} of each run", trend.metric.name), trend, units, view),
    }
}

/// A day with the lower and the upper end of a band.
type Ends = (Date, f64, f64);

/// What is drawn, in the unit of the axis.
struct Picture {
    as_of: Date,
    dots: Vec<Dot>,
    /// A band for each device and surface.
    bands: Vec<Vec<Ends>>,
    medians: Vec<(Date, f64)>,
    unit: String,
    scale: Scale,
    band_name: &'static str,
    median_days: u32,
    description: String,
}

struct Dot {
    date: Date,
    value: f64,
    is_outside: bool,
}

fn form(title: &str, trend: &FormTrend, view: &View) -> Drawing {
    if let Some(why) = Trend::Form(trend.clone()).nothing_to_draw() {
        return Drawing::nothing(title, view.size(), why);
    }
    let compared = || trend.points.iter().filter_map(|point| Some((point, point.against.as_ref().ok()?)));
    let dots: Vec<Dot> = compared()
        .map(|(point, against)| Dot { date: point.date, value: against.residual, is_outside: against.is_outside() })
        .collect();
    // Where runs alternate between two devices, one band would jump with every run.
    let mut bands: Vec<(&FormPoint, Vec<Ends>)> = Vec::new();
    for (point, against) in compared() {
        let ends = (point.date, -against.band, against.band);
        match bands.iter_mut().find(|(kind, _)| kind.surface == point.surface && kind.device == point.device) {
            Some((_, band)) => band.push(ends),
            None => bands.push((point, vec![ends])),
        }
    }
    let unit = trend.metric.unit_symbol();
    let outside = dots.iter().filter(|dot| dot.is_outside).count();
    let all = trend.points.len();
    let description = format!(
        "{} of {} could be compared; {outside} outside the usual range. Zero is your usual at the same speed, in {unit}.",
        dots.len(),
        n(all, "run")
    );
    let medians = trend.points.iter().filter_map(|point| Some((point.date, point.running_median?))).collect();
    let picture = Picture {
        as_of: trend.as_of,
        bands: bands.into_iter().map(|(_, band)| band).collect(),
        medians,
        unit: format!("{unit} more or fewer than usual"),
        scale: Scale::plain(),
        band_name: "usual range, 9 in 10 runs",
        median_days: trend.options.recent_days,
        description,
        dots,
    };
    picture.draw(title, view)
}

fn metric(title: &str, trend: &MetricTrend, units: Units, view: &View) -> Drawing {
    let highest = trend.points.iter().map(|point| point.value).fold(0.0, f64::max);
    let Some(first) = trend.points.first() else {
        return Drawing::nothing(title, view.size(), "No run with it in the log");
    };
    let (scale, unit) = Scale::of(trend.metric, highest, units);
    let outside = |value: f64, band: Option<(f64, f64)>| band.is_some_and(|(low, high)| value < low || value > high);
    let dot = |point: &MetricPoint| Dot {
        date: point.date,
        value: point.value * scale.factor,
        is_outside: outside(point.value, point.band),
    };
    let band = trend
        .points
        .iter()
        .filter_map(|point| point.band.map(|(low, high)| (point.date, low * scale.factor, high * scale.factor)));
    let medians = trend.points.iter().filter_map(|point| Some((point.date, point.running_median? * scale.factor)));
    let (dots, bands, medians) = (trend.points.iter().map(dot).collect(), vec![band.collect()], medians.collect());
    let description = format!("{} since {}.", n(trend.points.len(), "run"), day(first.date, trend.as_of));
    let picture = Picture {
        as_of: trend.as_of,
        dots,
        bands,
        medians,
        unit,
        scale,
        band_name: "middle 9 in 10 runs of those days",
        median_days: trend.days,
        description,
    };
    picture.draw(title, view)
}

/// How the values of a metric stand at the axis.
struct Scale {
    /// Values are drawn times this.
    factor: f64,
    /// Whether small values stand at the top: the faster of two paces is the smaller number.
    falls: bool,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Plain,
    /// In seconds.
    Clock,
    /// Speeds in metres per second, marked as paces over so many metres.
    PaceOver(f64),
}

impl Scale {
    fn plain() -> Self {
        Self { factor: 1.0, falls: false, kind: Kind::Plain }
    }

    /// The scale of a metric of which no run has more than `highest`, and what is said above it.
    fn of(metric: &Metric, highest: f64, units: Units) -> (Self, String) {
        let long = units.metres_per_long_unit();
        let pace = || format!("pace, minutes per {}", units.long_symbol());
        match metric.unit {
            Unit::SecondsPerKilometre => (Self { factor: long / 1000.0, falls: true, kind: Kind::Clock }, pace()),
            Unit::MetresPerSecond => (Self { kind: Kind::PaceOver(long), ..Self::plain() }, pace()),
            Unit::Seconds if highest < 3600.0 => (Self { kind: Kind::Clock, ..Self::plain() }, "minutes".to_owned()),
            Unit::Seconds => (Self { factor: 1.0 / 60.0, ..Self::plain() }, "minutes".to_owned()),
            Unit::Metres if metric.id == DISTANCE.id => {
                (Self { factor: 1.0 / long, ..Self::plain() }, units.long_symbol().to_owned())
            }
            other => (Self::plain(), other.symbol().to_owned()),
        }
    }

    fn text(&self, value: f64, decimals_n: usize) -> String {
        match self.kind {
            Kind::Plain => decimals(value, decimals_n),
            Kind::Clock => clock(value),
            Kind::PaceOver(metres) => clock(metres / value),
        }
    }
}

impl Picture {
    fn values(&self, ends: (f64, f64)) -> Values {
        let dots = self.dots.iter().map(|dot| dot.value);
        let edges = self.bands.iter().flatten().flat_map(|(_, low, high)| [*low, *high]);
        let (low, high) = dots.chain(edges).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        match self.scale.kind {
            Kind::Clock => Values::times(low, high, ends),
            _ => Values::holding(low, high, ends),
        }
    }

    fn draw(&self, title: &str, view: &View) -> Drawing {
        let mut drawing = Drawing::new(title, view.size());
        let (left, right, ends) = axis::area(view, axis::RIGHT_PX);
        let left = left + 8.0;
        let begins = self.dots.first().map_or(self.as_of, |dot| dot.date);
        let days = Days { first: axis::first_day(begins, self.as_of, view.days), last: self.as_of, left, right };
        let values = self.values(ends);
        let decimals_n = usize::from(values.high - values.low < 8.0) + usize::from(values.high - values.low < 0.8);
        let is_zero_based = matches!(self.scale.kind, Kind::Plain) && values.low <= 0.0;
        let unit = if is_zero_based {
            self.unit.clone()
        } else {
            format!("{}; the axis starts at {}", self.unit, self.scale.text(values.low, 0))
        };
        let at = |date: Date, value: f64| {
            let y = values.at(value);
            (days.noon(date), if self.scale.falls { ends.0 + ends.1 - y } else { y })
        };
        self.band(&mut drawing, &days, &at);
        let mark = |mark: f64| {
            let shown = if self.scale.falls { values.low + values.high - mark } else { mark };
            self.scale.text(shown, decimals_n)
        };
        axis::labelled_values(&mut drawing, &values, (left, right), &unit, &mark);
        axis::days(&mut drawing, &days, ends.1);
        self.dots(&mut drawing, &days, &at);
        let mut line = Path::default();
        let shown: Vec<_> = self.medians.iter().filter(|(date, _)| days.has(*date)).collect();
        for stretch in shown.chunk_by(|a, b| b.0.days_since(a.0) <= GAP_DAYS) {
            line.through(stretch.iter().map(|(date, median)| at(*date, *median)));
        }
        drawing.shape("base", line);
        drawing.key("dot", Sign::Dot, "a run");
        drawing.key("mark flagged", Sign::Diamond, "outside the range");
        drawing.key("base", Sign::Line, format!("median of {} days", self.median_days));
        drawing.key("own", Sign::Box, self.band_name);
        drawing.description.clone_from(&self.description);
        self.table(&mut drawing, &days, decimals_n);
        drawing
    }

    fn band(&self, drawing: &mut Drawing, days: &Days, at: &dyn Fn(Date, f64) -> (f64, f64)) {
        let half = days.day_px() / 2.0;
        let mut path = Path::default();
        let shown =
            |band: &Vec<Ends>| -> Vec<Ends> { band.iter().copied().filter(|(date, ..)| days.has(*date)).collect() };
        for band in &self.bands {
            for stretch in shown(band).chunk_by(|a, b| b.0.days_since(a.0) <= GAP_DAYS) {
                // From the morning of the first day to the evening of the last, so that a day by
                // itself has a width.
                let wide = |(date, low, high): Ends, is_low: bool| {
                    let (x, y) = at(date, if is_low { low } else { high });
                    [(x - half, y), (x + half, y)]
                };
                let low = stretch.iter().flat_map(|day| wide(*day, true));
                let high = stretch.iter().rev().flat_map(|day| {
                    let [left, right] = wide(*day, false);
                    [right, left]
                });
                path.through(low.chain(high));
                path.close();
            }
        }
        drawing.shape("own", path);
    }

    fn dots(&self, drawing: &mut Drawing, days: &Days, at: &dyn Fn(Date, f64) -> (f64, f64)) {
        let (mut dots, mut outside) = (Path::default(), Path::default());
        let shown = || self.dots.iter().filter(|dot| days.has(dot.date));
        let is_dense = shown().count() as f64 * 3.0 > days.right - days.left;
        for dot in shown() {
            let point = at(dot.date, dot.value);
            if dot.is_outside { outside.diamond(point, if is_dense { 3.0 } else { 4.5 }) } else { dots.dot(point) }
        }
        drawing.shape(if is_dense { "dot small" } else { "dot" }, dots);
        drawing.shape("mark flagged", outside);
        drawing.key("dot small", Sign::Dot, "a run");
    }

    /// A row a run; of very many the last ones.
    fn table(&self, drawing: &mut Drawing, days: &Days, decimals_n: usize) {
        const MOST: usize = 60;
        let shown: Vec<&Dot> = self.dots.iter().filter(|dot| days.has(dot.date)).collect();
        let shown = &shown[shown.len().saturating_sub(MOST)..];
        let row = |dot: &&Dot| {
            let note = if dot.is_outside { "outside the range" } else { "–" };
            vec![day(dot.date, self.as_of), self.scale.text(dot.value, decimals_n.max(1)), note.to_owned()]
        };
        drawing.rows_x = shown.iter().map(|dot| days.noon(dot.date)).collect();
        drawing.table = Table {
            header: vec!["Run".to_owned(), self.unit.clone(), "Note".to_owned()],
            rows: shown.iter().map(row).collect(),
        };
    }
}
