//! Every day as a cell: a row a week with its total, or a row a year of months for long logs.

use jiff::civil::Date;
use kneewise_core::Report;
use kneewise_core::log::Week;
use kneewise_core::rule::load::session_spike::spikes;
use kneewise_read::time::DateExt;

use crate::words::{decimals, with_commas};

use super::drawing::{Anchor, Drawing, Path, Sign};
use super::scale::next_month;
use super::text::n;
use super::{Chart, Data, View};

pub(crate) static CALENDAR: Chart = Chart { name: "calendar", title: "Calendar of distance", draw };

/// So many weeks are drawn as rows.
const WEEKS: usize = 26;
/// A log of more days is drawn by months.
const MONTHS_FROM_DAYS: usize = 3 * 365;
const ROW_PX: f64 = 24.0;
const HEAD_PX: f64 = 24.0;
const CLASSES: [&str; 4] = ["cell1", "cell2", "cell3", "cell4"];

/// A cell: its text, how far of the highest, whether flagged, whether a knee hurt.
#[derive(Default)]
struct Cell {
    metres: f64,
    is_flagged: bool,
    hurts: bool,
}

/// A row: its name, its cells, and its total in metres.
struct Row {
    name: String,
    cells: Vec<Cell>,
    metres: f64,
}

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, units) = (data.report, data.units);
    let by_months = report.log.span_days() > MONTHS_FROM_DAYS;
    let (heads, rows) = if by_months { years(report) } else { weeks(report, view.is_small()) };
    if rows.is_empty() {
        return Drawing::nothing(CALENDAR.title, view.size(), "No run in the log");
    }
    let size = (view.width_px.min(760.0), HEAD_PX + ROW_PX * rows.len() as f64 + 4.0);
    let mut drawing = Drawing::new(CALENDAR.title, size);
    let (left, right) = (if view.is_small() { 48.0 } else { 66.0 }, size.0 - if view.is_small() { 38.0 } else { 56.0 });
    let width = (right - left) / heads.len() as f64;
    let highest = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.metres).fold(1.0, f64::max);
    let km = units.metres_per_long_unit();
    for (i, head) in heads.iter().enumerate() {
        drawing.label((left + (i as f64 + 0.5) * width, HEAD_PX - 8.0), Anchor::Middle, "t m", head.clone());
    }
    drawing.label((size.0 - 2.0, HEAD_PX - 8.0), Anchor::End, "t b", units.long_symbol());
    let mut paths = CLASSES.map(|_| Path::default());
    let (mut flagged, mut hurts) = (Path::default(), Path::default());
    for (k, row) in rows.iter().enumerate() {
        let top = HEAD_PX + k as f64 * ROW_PX;
        drawing.label((left - 8.0, top + 16.0), Anchor::End, "t m", row.name.clone());
        drawing.label((size.0 - 2.0, top + 16.0), Anchor::End, "t b", with_commas(&decimals(row.metres / km, 0)));
        for (i, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.metres > 0.0 || cell.hurts) {
            let (x, to) = (left + i as f64 * width + 1.0, left + (i + 1) as f64 * width - 1.0);
            let class = ((cell.metres / highest * 4.0).ceil() as usize).clamp(1, 4) - 1;
            if cell.metres > 0.0 {
                paths[class].bar(x, top + 1.0, to, top + ROW_PX - 1.0);
                let text_class = ["c", "c", "c on", "c on dark"][class];
                let digits = usize::from(!by_months && width > 40.0);
                let text = decimals(cell.metres / km, digits);
                // On a phone the shade and the total say it: so many numbers are hard to read.
                if !view.is_small() {
                    drawing.label((f64::midpoint(x, to), top + 16.0), Anchor::Middle, text_class, text);
                }
            }
            if cell.is_flagged {
                flagged.bar(x + 1.0, top + 2.0, to - 1.0, top + ROW_PX - 2.0);
            }
            if cell.hurts {
                hurts.line((x, top + ROW_PX - 2.0), (to, top + ROW_PX - 2.0));
            }
        }
    }
    for (class, path) in CLASSES.into_iter().zip(paths) {
        drawing.shape(class, path);
    }
    drawing.shape("cell-flag", flagged);
    drawing.shape("cell-pain", hurts);
    drawing.key("cell-flag", Sign::Box, "much longer run");
    drawing.key("cell-pain", Sign::Line, "knee pain");
    let what = if by_months { n(rows.len(), "year") } else { n(rows.len(), "week") };
    drawing.description = format!("{what}. Darker is farther; the total stands at the end of each row.");
    drawing
}

/// The days on which a run was much longer than the longest before.
fn flagged_days(report: &Report) -> Vec<Date> {
    let options = &report.settings.rules.session_spike;
    let spikes = spikes(&report.log, options);
    spikes.iter().filter(|spike| spike.ratio > options.moderate).map(|spike| spike.run.local_date).collect()
}

fn cell(report: &Report, flagged: &[Date], from: Date, to: Date) -> Cell {
    let days = report.log.days_between(from, to);
    let entries = report.runner.diary.between(from, to);
    Cell {
        metres: days.iter().map(|day| day.distance_m).sum(),
        is_flagged: flagged.iter().any(|day| from <= *day && *day <= to),
        hurts: entries.iter().any(|entry| entry.knee_pain().unwrap_or(0) > 0),
    }
}

fn weeks(report: &Report, is_small: bool) -> (Vec<String>, Vec<Row>) {
    let weeks = report.log.weeks();
    let flagged = flagged_days(report);
    let row = |week: &Week| {
        let day = |i: i64| week.start.saturating_add_days(i);
        Row {
            name: week.start.strftime("%-d %b").to_string(),
            cells: (0..7).map(|i| cell(report, &flagged, day(i), day(i))).collect(),
            metres: week.distance_m,
        }
    };
    let format = if is_small { "%a" } else { "%A" };
    let start = weeks.first().map_or(report.as_of, |week| week.start);
    let heads = (0..7).map(|i| start.saturating_add_days(i).strftime(format).to_string()).collect();
    (heads, weeks[weeks.len().saturating_sub(WEEKS)..].iter().map(row).collect())
}

fn years(report: &Report) -> (Vec<String>, Vec<Row>) {
    let flagged = flagged_days(report);
    let first = report.log.first_day().unwrap_or(report.as_of).year();
    let row = |year: i16| {
        let months = (1..=12).filter_map(|month| Date::new(year, month, 1).ok());
        let cells: Vec<Cell> =
            months.map(|from| cell(report, &flagged, from, next_month(from).saturating_add_days(-1))).collect();
        Row { name: year.to_string(), metres: cells.iter().map(|cell| cell.metres).sum(), cells }
    };
    let heads = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // The first letter tells months apart by their places, and fits a phone.
    (heads.map(|head| head[..1].to_owned()).to_vec(), (first..=report.as_of.year()).rev().map(row).collect())
}
