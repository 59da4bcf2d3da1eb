//! The distance of each week, or of each month as an average week where weeks would be too thin.

use jiff::civil::Date;
use kneewise_core::Report;
use kneewise_core::log::Week;
use kneewise_read::sport::SubSport;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;

use super::axis;
use super::drawing::{Anchor, Drawing, Path, Sign, Table};
use super::scale::{Days, Values, month_of, next_month};
use super::text::{day, distance, long, n};
use super::{Chart, Data, View};

pub(crate) static WEEKLY_DISTANCE: Chart = Chart { name: "weekly-distance", title: "Distance a week", draw };

/// A week takes so much room (pixels), or months are drawn.
const WEEK_PX: f64 = 4.0;

/// The median is that of so many weeks.
const MEDIAN_WEEKS: usize = 4;

/// The table has the last so many bars.
const MOST_ROWS: usize = 60;

/// A bar: some days and their metres a week.
pub(super) struct Bar {
    pub from: Date,
    /// The first day after it.
    pub to: Date,
    pub distance_m: f64,
    pub trail_m: f64,
    pub runs: usize,
    pub without_distance: usize,
    pub is_complete: bool,
}

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, units, size) = (data.report, data.units, view.size());
    let (left, right, ends) = axis::area(view, axis::RIGHT_PX);
    let Some((bars, of_months)) = bars(report, view.days, right - left) else {
        return Drawing::nothing(WEEKLY_DISTANCE.title, size, "No run with a distance in the log");
    };
    let days = Days { first: bars[0].from, last: last_of(&bars), left, right };
    let mut drawing = Drawing::new(WEEKLY_DISTANCE.title, size);
    let km = units.metres_per_long_unit();
    let highest = bars.iter().map(|bar| bar.distance_m).fold(0.0, f64::max);
    let values = Values::holding(0.0, highest * 1.06 / km, ends);
    let unit = format!("{} a week{}", units.long_symbol(), if of_months { ", average of each month" } else { "" });
    axis::values(&mut drawing, &values, (left, right), &unit);
    axis::days(&mut drawing, &days, ends.1);
    draw_bars(&mut drawing, &bars, &days, &values, units);
    let medians = medians(&bars);
    draw_medians(&mut drawing, &bars, &medians, &days, &values, km);
    label_bars(&mut drawing, &bars, &days, &values, units);
    drawing.key("bar", Sign::Box, if bars.iter().any(|bar| bar.trail_m > 0.0) { "road" } else { "distance" });
    drawing.key("bar trail", Sign::Box, "trail");
    drawing.key("ruled", Sign::Ruled, if of_months { "month not covered whole" } else { "week not covered whole" });
    drawing.key("base", Sign::Line, if of_months { "median of 4 months" } else { "median of 4 weeks" });
    drawing.description = sentence(&bars, of_months, report, units);
    let listed = bars.len().saturating_sub(MOST_ROWS);
    drawing.rows_x = bars[listed..].iter().map(|bar| middle(bar, &days)).collect();
    drawing.table = table(&bars[listed..], &medians[listed..], of_months, report, units);
    drawing
}

/// Weeks, or months where weeks would be too thin; `None` where no run has a distance.
fn bars(report: &Report, days: Option<i64>, width_px: f64) -> Option<(Vec<Bar>, bool)> {
    let begins = report.log.first_day()?;
    let first = axis::first_day(begins, report.as_of, days);
    let weeks = weeks_from(report, first);
    let of_months = weeks.len() as f64 * WEEK_PX > width_px;
    let bars = if of_months { months(report, first) } else { weeks };
    bars.iter().any(|bar| bar.distance_m > 0.0).then_some((bars, of_months))
}

/// The weeks that a day or a later one is in.
pub(super) fn weeks_from(report: &Report, first: Date) -> Vec<Bar> {
    let weeks = report.log.weeks().iter().filter(|week| week.last_day() >= first);
    let bar = |week: &Week| Bar {
        from: week.start,
        to: week.last_day().saturating_add_days(1),
        distance_m: week.distance_m,
        trail_m: trail_m(report, week.start, week.last_day()),
        runs: week.runs,
        without_distance: week.runs_without_distance,
        is_complete: week.complete,
    };
    weeks.map(bar).collect()
}

fn trail_m(report: &Report, from: Date, to: Date) -> f64 {
    let runs = report.log.runs_between(from, to).iter();
    runs.filter(|run| run.sub_sport == SubSport::Trail).filter_map(kneewise_core::Run::distance_m).sum()
}

fn months(report: &Report, first: Date) -> Vec<Bar> {
    let log = &report.log;
    let begins = log.first_day().unwrap_or(first);
    let mut bars = Vec::new();
    let mut from = month_of(first);
    while from <= report.as_of {
        let to = next_month(from);
        let last = to.saturating_add_days(-1);
        let days = log.days_between(from, last);
        // Of a month that is not covered whole too: a few days are not a month.
        let weeks = to.days_since(from) as f64 / 7.0;
        let a_week = |metres: f64| metres / weeks;
        bars.push(Bar {
            from,
            to,
            distance_m: a_week(days.iter().map(|day| day.distance_m).sum()),
            trail_m: a_week(trail_m(report, from, last)),
            runs: days.iter().map(|day| day.runs).sum(),
            without_distance: days.iter().map(|day| day.runs_without_distance).sum(),
            is_complete: begins <= from && last <= report.as_of,
        });
        if to <= from {
            break;
        }
        from = to;
    }
    bars
}

pub(super) fn last_of(bars: &[Bar]) -> Date {
    bars.last().map_or(Date::MAX, |bar| bar.to.saturating_add_days(-1))
}

pub(super) fn middle(bar: &Bar, days: &Days) -> f64 {
    f64::midpoint(days.morning(bar.from), days.morning(bar.to))
}

pub(super) fn draw_bars(drawing: &mut Drawing, bars: &[Bar], days: &Days, values: &Values, units: Units) {
    let km = units.metres_per_long_unit();
    let (mut road, mut trail, mut ruled, mut frame) = Default::default();
    for bar in bars.iter().filter(|bar| bar.distance_m > 0.0) {
        let (left, right) = (days.morning(bar.from), days.morning(bar.to));
        let gap = ((right - left) * 0.14).clamp(0.4, 6.0);
        let (left, right) = (left + gap / 2.0, right - gap / 2.0);
        let (top, split) = (values.at(bar.distance_m / km), values.at(bar.trail_m.min(bar.distance_m) / km));
        if bar.is_complete {
            add_bar(&mut road, (left, top), (right, split));
            add_bar(&mut trail, (left, split), (right, values.bottom));
        } else {
            Path::ruled(&mut ruled, left, top, right, values.bottom);
            Path::bar(&mut frame, left, top, right, values.bottom);
        }
    }
    drawing.shape("bar", road);
    drawing.shape("bar trail", trail);
    drawing.shape("ruled", ruled);
    drawing.shape("frame", frame);
}

fn add_bar(path: &mut Path, (left, top): (f64, f64), (right, bottom): (f64, f64)) {
    if bottom - top > 0.05 {
        path.bar(left, top, right, bottom);
    }
}

/// The median of each complete bar and the three before it; `None` within a break and until there
/// are four.
fn medians(bars: &[Bar]) -> Vec<Option<f64>> {
    let of = |i: usize| {
        let four = bars.get((i + 1).checked_sub(MEDIAN_WEEKS)?..=i)?;
        // A line that ends in a week without runs would end in the middle of nothing.
        let is_break = bars[i].runs == 0 || four.windows(2).any(|pair| pair[0].runs == 0 && pair[1].runs == 0);
        if is_break || four.iter().any(|bar| !bar.is_complete || bar.without_distance > 0) {
            return None;
        }
        let mut metres: Vec<f64> = four.iter().map(|bar| bar.distance_m).collect();
        metres.sort_by(f64::total_cmp);
        Some(f64::midpoint(metres[1], metres[2]))
    };
    (0..bars.len()).map(of).collect()
}

fn draw_medians(drawing: &mut Drawing, bars: &[Bar], medians: &[Option<f64>], days: &Days, values: &Values, km: f64) {
    let mut line = Path::default();
    let points: Vec<_> = bars.iter().zip(medians).collect();
    for stretch in points.chunk_by(|a, b| a.1.is_some() && b.1.is_some()) {
        let known = stretch.iter().filter_map(|(bar, median)| Some((middle(bar, days), values.at((**median)? / km))));
        line.through(known);
    }
    drawing.shape("base", line);
}

/// Names the highest and the last bar, and the breaks where there is room.
pub(super) fn label_bars(drawing: &mut Drawing, bars: &[Bar], days: &Days, values: &Values, units: Units) {
    let km = units.metres_per_long_unit();
    let highest = highest(bars);
    let mut taken: Vec<f64> = Vec::new();
    for bar in highest.into_iter().chain(bars.last()).filter(|bar| bar.distance_m > 0.0) {
        let x = middle(bar, days).clamp(days.left + 12.0, days.right - 10.0);
        if taken.iter().all(|other| (other - x).abs() > 34.0) {
            let text = crate::words::decimals(bar.distance_m / km, 0);
            drawing.label((x, values.at(bar.distance_m / km) - 5.0), Anchor::Middle, "t b", text);
            taken.push(x);
        }
    }
    for stretch in bars.chunk_by(|a, b| (a.runs == 0) == (b.runs == 0)).filter(|stretch| stretch[0].runs == 0) {
        let (from, to) = (days.morning(stretch[0].from), days.morning(last_of(stretch)));
        let text = if to - from > 46.0 { "no runs" } else { "none" };
        if to - from > 26.0 {
            drawing.label((f64::midpoint(from, to), values.bottom - 6.0), Anchor::Middle, "t m", text);
        }
    }
}

/// The bar of the most metres.
fn highest(bars: &[Bar]) -> Option<&Bar> {
    bars.iter().max_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
}

fn sentence(bars: &[Bar], of_months: bool, report: &Report, units: Units) -> String {
    let what = if of_months { "month" } else { "week" };
    let Some(highest) = highest(bars) else { return String::new() };
    let without = bars.iter().filter(|bar| bar.runs == 0).count();
    let without = if without > 0 { format!(" {} had no run.", n(without, what)) } else { String::new() };
    let of = if of_months { " a week" } else { "" };
    let date = day(highest.from, report.as_of);
    format!(
        "{}. The highest was {}{of}, in the {what} from {date}.{without}",
        n(bars.len(), what),
        distance(highest.distance_m, units)
    )
}

fn table(bars: &[Bar], medians: &[Option<f64>], of_months: bool, report: &Report, units: Units) -> Table {
    let unit = units.long_symbol();
    let (what, of) = if of_months { ("Month from", " a week") } else { ("Week from", "") };
    let trails = bars.iter().any(|bar| bar.trail_m > 0.0);
    let mut header = vec![what.to_owned(), format!("{unit}{of}"), "Runs".to_owned(), "Median of 4".to_owned()];
    header.extend(trails.then(|| "Trail".to_owned()));
    header.push("Note".to_owned());
    let row = |(bar, median): (&Bar, &Option<f64>)| {
        let mut row = vec![
            day(bar.from, report.as_of),
            long(bar.distance_m, units),
            bar.runs.to_string(),
            median.map_or("–".to_owned(), |metres| long(metres, units)),
        ];
        row.extend(trails.then(|| long(bar.trail_m, units)));
        row.push(note(bar));
        row
    };
    Table { header, rows: bars.iter().zip(medians).map(row).collect() }
}

fn note(bar: &Bar) -> String {
    match (bar.is_complete, bar.without_distance) {
        (true, 0) => "–".to_owned(),
        (false, _) => "not covered whole".to_owned(),
        (true, without) => format!("{without} without a distance"),
    }
}
