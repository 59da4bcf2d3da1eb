//! Fitness and fatigue by distance above, form below, on one axis of days.

use kneewise_core::load::{self, DISTANCE, FATIGUE, FITNESS, FORM, Figure, FigureContext, KNEEWISE, LoadDay, Series};
use kneewise_read::time::DateExt;

use crate::words::decimals;

use super::axis;
use super::drawing::{Anchor, Drawing, Path, Sign, Table};
use super::scale::{Days, Values};
use super::text::day;
use super::{Chart, Data, View};

pub(crate) static LOAD: Chart = Chart { name: "load", title: "Fitness, fatigue and form, by distance", draw };

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, units, size) = (data.report, data.units, view.size());
    let series = Series::of(&report.log, &report.runner, &DISTANCE, &KNEEWISE);
    let (Some(begins), Ok(series)) = (report.log.first_day(), series) else {
        return Drawing::nothing(LOAD.title, size, "No run with a distance in the log");
    };
    let ground = FigureContext::new(&report.log, &report.runner, &series, &KNEEWISE);
    let all = load::days_with(&ground, &[&FITNESS, &FATIGUE, &FORM]);
    let first = axis::first_day(begins, report.as_of, view.days);
    // Days closer than a pixel are not told apart.
    let step = (report.as_of.days_since(first) / view.width_px as i64).max(1);
    let is_drawn = |day: &&LoadDay| day.date >= first && report.as_of.days_since(day.date) % step == 0;
    let shown: Vec<&LoadDay> = all.iter().filter(is_drawn).collect();
    let km = units.metres_per_long_unit();
    let value = |day: &LoadDay, figure: &Figure| day.get(figure).known().map(|metres| metres / km);
    let highest_of = |figure: &Figure| shown.iter().filter_map(|day| value(day, figure)).fold(0.0, f64::max);
    let highest = highest_of(&FITNESS).max(highest_of(&FATIGUE));
    if highest_of(&FITNESS) <= 0.0 {
        return Drawing::nothing(LOAD.title, size, "Fourteen weeks of runs with a distance are needed");
    }
    let forms = || shown.iter().filter_map(|day| value(day, &FORM));
    let (low, high) = forms().fold((0.0f64, 0.0f64), |(low, high), form| (low.min(form), high.max(form)));
    let (left, right, (top, bottom)) = axis::area(view, if view.is_small() { axis::RIGHT_PX } else { 62.0 });
    let split = top + (bottom - top) * 0.56;
    let days = Days { first, last: report.as_of, left, right };
    let upper = Values::holding(0.0, highest * 1.05, (top, split));
    let lower = Values::holding(low * 1.05, high * 1.05, (split + axis::TOP_PX + 16.0, bottom));
    let mut drawing = Drawing::new(LOAD.title, size);
    let unit = units.long_symbol();
    let ends = (left, right);
    axis::values(&mut drawing, &lower, ends, &format!("form, {unit} a day (fitness less fatigue)"));
    axis::values(&mut drawing, &upper, ends, &format!("{unit} a day"));
    drawing.plotted_y = (top, bottom);
    axis::days(&mut drawing, &days, bottom);
    let line = |figure: &Figure, values: &Values| {
        let mut path = Path::default();
        for stretch in shown.chunk_by(|a, b| value(a, figure).is_some() == value(b, figure).is_some()) {
            let points = stretch.iter().filter_map(|day| Some((days.noon(day.date), values.at(value(day, figure)?))));
            path.through(points);
        }
        path
    };
    drawing.shape("form", area(&shown, &days, &lower, &|day| value(day, &FORM)));
    drawing.shape("fatigue", line(&FATIGUE, &upper));
    drawing.shape("fitness", line(&FITNESS, &upper));
    name_ends(&mut drawing, &shown, &upper, view, &|day, figure| value(day, figure), right);
    drawing.key("fitness", Sign::Line, "fitness: average of about 42 days");
    drawing.key("fatigue", Sign::Line, "fatigue: average of about 7 days");
    drawing.key("form", Sign::Box, "form");
    let last = shown.last().and_then(|day| Some((value(day, &FITNESS)?, value(day, &FATIGUE)?)));
    drawing.description = last.map_or_else(String::new, |(fitness, fatigue)| {
        format!(
            "On {} your fitness was {fitness:.1} and your fatigue {fatigue:.1} {unit} a day. They describe training, \
             not readiness to run.",
            day(report.as_of, report.as_of)
        )
    });
    table(&mut drawing, data, &shown, &days, &|day, figure| value(day, figure));
    drawing
}

/// The area between zero and a line.
fn area(shown: &[&LoadDay], days: &Days, values: &Values, value: &dyn Fn(&LoadDay) -> Option<f64>) -> Path {
    let mut path = Path::default();
    for stretch in shown.chunk_by(|a, b| value(a).is_some() == value(b).is_some()) {
        let points: Vec<_> =
            stretch.iter().filter_map(|day| Some((days.noon(day.date), values.at(value(day)?)))).collect();
        if let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) {
            let zero = values.at(0.0);
            path.through([(first.0, zero)].into_iter().chain(points).chain([(last.0, zero)]));
            path.close();
        }
    }
    path
}

/// Names the lines at their right ends.
fn name_ends(
    drawing: &mut Drawing,
    shown: &[&LoadDay],
    values: &Values,
    view: &View,
    value: &dyn Fn(&LoadDay, &Figure) -> Option<f64>,
    right: f64,
) {
    let Some(last) = shown.last().filter(|_| !view.is_small()) else { return };
    let (Some(fitness), Some(fatigue)) = (value(last, &FITNESS), value(last, &FATIGUE)) else { return };
    let (y_fitness, mut y_fatigue) = (values.at(fitness) + 4.0, values.at(fatigue) + 4.0);
    if (y_fitness - y_fatigue).abs() < 14.0 {
        y_fatigue = if y_fatigue > y_fitness { y_fitness + 14.0 } else { y_fitness - 14.0 };
    }
    drawing.label((right + 6.0, y_fitness), Anchor::Start, "t b", "fitness");
    drawing.label((right + 6.0, y_fatigue), Anchor::Start, "t warm", "fatigue");
}

/// A row a week; of very long logs the last ones.
fn table(
    drawing: &mut Drawing,
    data: &Data,
    shown: &[&LoadDay],
    days: &Days,
    value: &dyn Fn(&LoadDay, &Figure) -> Option<f64>,
) {
    const MOST: usize = 60;
    let text = |value: Option<f64>| value.map_or("–".to_owned(), |value| decimals(value, 1));
    let is_shown = |day: &&&LoadDay| data.report.as_of.days_since(day.date) % 7 == 0;
    let weekly: Vec<&&LoadDay> = shown.iter().filter(is_shown).collect();
    let weekly = &weekly[weekly.len().saturating_sub(MOST)..];
    let row = |known: &&&LoadDay| {
        let figures = [&FITNESS, &FATIGUE, &FORM].map(|figure| text(value(known, figure)));
        [vec![day(known.date, data.report.as_of)], figures.to_vec()].concat()
    };
    drawing.rows_x = weekly.iter().map(|known| days.noon(known.date)).collect();
    drawing.table = Table {
        header: ["Day", "Fitness", "Fatigue", "Form"].map(str::to_owned).to_vec(),
        rows: weekly.iter().map(row).collect(),
    };
}
