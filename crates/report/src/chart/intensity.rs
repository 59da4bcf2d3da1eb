//! Hours of each week by heart rate: easy, moderate, hard.

use jiff::civil::Date;
use kneewise_core::load::zones;
use kneewise_core::log::Week;
use kneewise_core::{Report, Run};

use crate::words::decimals;

use super::axis;
use super::drawing::{Drawing, Path, Sign, Table};
use super::scale::{Days, Values};
use super::text::day;
use super::{Chart, Data, View};

pub(crate) static INTENSITY: Chart = Chart { name: "intensity", title: "Hours a week by heart rate", draw };

/// No more weeks than so many pixels each.
const WEEK_PX: f64 = 4.0;

/// A week: its first day, and seconds easy, moderate and hard.
type Hours = (Date, [f64; 3]);

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, size) = (data.report, view.size());
    let (left, right, ends) = axis::area(view, axis::RIGHT_PX);
    let begins = report.log.first_day().unwrap_or(report.as_of);
    let first = axis::first_day(begins, report.as_of, view.days);
    let weeks: Vec<&Week> = report.log.weeks().iter().filter(|week| week.last_day() >= first).collect();
    let most = ((right - left) / WEEK_PX) as usize;
    let weeks = &weeks[weeks.len().saturating_sub(most)..];
    let hours: Vec<Hours> = weeks.iter().map(|week| (week.start, seconds(report, week))).collect();
    let highest = hours.iter().map(|(_, parts)| parts.iter().sum::<f64>() / 3600.0).fold(0.0, f64::max);
    let Some(first) = weeks.first().filter(|_| highest > 0.0) else {
        let why = "No heart rate, or no highest heart rate in the profile or the watch";
        return Drawing::nothing(INTENSITY.title, size, why);
    };
    let last = weeks.last().map_or(report.as_of, |week| week.last_day());
    let days = Days { first: first.start, last, left, right };
    let values = Values::holding(0.0, highest * 1.05, ends);
    let mut drawing = Drawing::new(INTENSITY.title, size);
    axis::values(&mut drawing, &values, (left, right), "hours a week with a heart rate");
    axis::days(&mut drawing, &days, ends.1);
    let mut parts = [Path::default(), Path::default(), Path::default()];
    let width = days.day_px() * 7.0;
    let gap = (width * 0.14).clamp(0.4, 6.0);
    for (start, seconds) in &hours {
        let x = days.morning(*start);
        let mut below = 0.0;
        for (part, path) in seconds.iter().zip(&mut parts) {
            let above = below + part / 3600.0;
            if *part > 0.0 {
                path.bar(x + gap / 2.0, values.at(above), x + width - gap / 2.0, values.at(below));
            }
            below = above;
        }
    }
    let [easy, moderate, hard] = parts;
    drawing.shape("bar easy", easy);
    drawing.shape("bar", moderate);
    drawing.shape("bar trail", hard);
    drawing.key("bar easy", Sign::Box, "easy");
    drawing.key("bar", Sign::Box, "moderate");
    drawing.key("bar trail", Sign::Box, "hard");
    drawing.description = sentence(report, &hours);
    table(&mut drawing, report, &hours, &days);
    drawing
}

/// Seconds easy, moderate and hard.
fn seconds(report: &Report, week: &Week) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for run in report.log.runs_between(week.start, week.last_day()) {
        for (sum, part) in sums.iter_mut().zip(parts(report, run).unwrap_or_default()) {
            *sum += part;
        }
    }
    sums
}

/// By the two thresholds; of five zones those below 70% of the highest are easy, from 80% hard.
fn parts(report: &Report, run: &Run) -> Option<[f64; 3]> {
    let zones = zones::of(run, &report.runner)?.zones;
    let of = |from: usize, to: usize| zones.iter().take(to).skip(from).map(|zone| zone.seconds).sum::<f64>();
    Some(if zones.len() == 3 { [of(0, 1), of(1, 2), of(2, 3)] } else { [of(0, 3), of(3, 4), of(4, 6)] })
}

fn sentence(report: &Report, hours: &[Hours]) -> String {
    let basis = report.log.runs().iter().rev().find_map(|run| zones::of(run, &report.runner)).map(|zones| zones.basis);
    let recent = &hours[hours.len().saturating_sub(4)..];
    let sum = |part: usize| recent.iter().map(|(_, parts)| parts[part]).sum::<f64>();
    let all = sum(0) + sum(1) + sum(2);
    let share = if all > 0.0 {
        format!("In the last four weeks {:.0}% of the time was easy. ", 100.0 * sum(0) / all)
    } else {
        String::new()
    };
    format!(
        "{share}Zones: {}. Five zones are drawn as three: easy below 70%, hard from 80%.",
        basis.unwrap_or_default().replace(" %", "%")
    )
}

fn table(drawing: &mut Drawing, report: &Report, hours: &[Hours], days: &Days) {
    const MOST: usize = 60;
    let shown = &hours[hours.len().saturating_sub(MOST)..];
    let hour = |seconds: f64| decimals(seconds / 3600.0, 1);
    let row = |(start, parts): &Hours| {
        [vec![day(*start, report.as_of)], parts.iter().map(|seconds| hour(*seconds)).collect()].concat()
    };
    drawing.rows_x = shown.iter().map(|(start, _)| days.morning(*start) + days.day_px() * 3.5).collect();
    drawing.table = Table {
        header: ["Week from", "Easy, hours", "Moderate", "Hard"].map(str::to_owned).to_vec(),
        rows: shown.iter().map(row).collect(),
    };
}
