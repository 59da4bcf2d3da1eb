//! Runs as stems over time, under the longest of the 30 days before each day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kneewise_core::Run;
use kneewise_core::report::Report;
use kneewise_core::rule::load::session_spike::{Comparison, Options, believed_distance_m, comparisons, spikes};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;

use super::axis;
use super::drawing::{Anchor, Drawing, Path, Sign, Table};
use super::scale::{Days, Values};
use super::text::{day, distance, long, n};
use super::{Chart, Data, View};

pub(crate) static SESSION_SPIKE: Chart =
    Chart { name: "session-spike", title: "Each run and the longest of the 30 days before it", draw };

/// Labels of flagged runs are no closer than this (pixels), and there are no more of them.
const LABEL_PX: f64 = 92.0;
const MOST_LABELS: usize = 6;

/// Room for what the lines are called (pixels).
const NAMES_PX: f64 = 118.0;

/// With less room than this a run (pixels) its stem has no dot.
const DOT_PX: f64 = 5.0;

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, units) = (data.report, data.units);
    let log = &report.log;
    let size = view.size();
    let Some(begins) = log.first_day() else {
        return Drawing::nothing(SESSION_SPIKE.title, size, "No run in the log");
    };
    let right_px = if view.is_small() { axis::RIGHT_PX } else { NAMES_PX };
    let (left, right, ends) = axis::area(view, right_px);
    let days = Days { first: axis::first_day(begins, log.as_of(), view.days), last: log.as_of(), left, right };
    let runs: Vec<(&Run, f64)> = log
        .runs_between(days.first, days.last)
        .iter()
        .filter_map(|run| Some((run, run.distance_m().filter(|m| *m > 0.0)?)))
        .collect();
    if runs.is_empty() {
        return Drawing::nothing(SESSION_SPIKE.title, size, "No run with a distance in these days");
    }
    let picture = Picture::of(report, days, runs);
    let mut drawing = Drawing::new(SESSION_SPIKE.title, size);
    let km = units.metres_per_long_unit();
    let values = Values::holding(0.0, picture.highest_m() / km, ends);
    picture.bands(&mut drawing, &values, km);
    axis::values(&mut drawing, &values, (left, right), units.long_symbol());
    axis::days(&mut drawing, &picture.days, ends.1);
    picture.stems(&mut drawing, &values, km);
    picture.base(&mut drawing, &values, km, units, view);
    picture.label_spikes(&mut drawing, &values, units);
    picture.keys(&mut drawing);
    drawing.description = picture.sentence(units);
    picture.table(&mut drawing, units);
    drawing
}

/// What is drawn: runs, and the longest of the days before each day.
struct Picture<'a> {
    report: &'a Report,
    options: &'a Options,
    days: Days,
    runs: Vec<(&'a Run, f64)>,
    /// Metres, a day each from the first; `None` where nothing could be compared on it.
    longest: Vec<Option<f64>>,
    compared: Vec<Comparison<'a>>,
    spikes: Vec<Comparison<'a>>,
    /// The band of each spike, by the id of its run: 1 or 2.
    classes: BTreeMap<&'a str, usize>,
}

impl<'a> Picture<'a> {
    fn of(report: &'a Report, days: Days, runs: Vec<(&'a Run, f64)>) -> Self {
        let (log, options) = (&report.log, &report.settings.rules.session_spike);
        let is_drawn = |compared: &Comparison| days.has(compared.run.local_date);
        let longest = (0..days.n()).map(|i| longest_before(report, days.first.saturating_add_days(i))).collect();
        let compared = comparisons(log, options).into_iter().flatten().filter(is_drawn).collect();
        let spikes: Vec<Comparison> = spikes(log, options).into_iter().filter(is_drawn).collect();
        let class =
            |spike: &Comparison<'a>| (spike.run.id.as_str(), if spike.ratio > options.moderate { 2 } else { 1 });
        let classes = spikes.iter().map(class).collect();
        Self { report, options, days, runs, longest, compared, spikes, classes }
    }

    /// The longest run, and room for the bands near the line.
    fn highest_m(&self) -> f64 {
        let runs = self.runs.iter().map(|(_, metres)| *metres).fold(0.0, f64::max);
        let base = self.longest.iter().flatten().copied().fold(0.0, f64::max);
        (runs * 1.12).max(base * (self.options.moderate + 0.08))
    }

    /// The stretches of days on which the longest is known: first day, and metres of each.
    fn stretches(&self) -> impl Iterator<Item = (Date, Vec<f64>)> {
        let days = self.longest.iter().enumerate().collect::<Vec<_>>();
        let stretches: Vec<(Date, Vec<f64>)> = days
            .chunk_by(|a, b| a.1.is_some() == b.1.is_some())
            .filter(|chunk| chunk[0].1.is_some())
            .map(|chunk| {
                let first = self.days.first.saturating_add_days(chunk[0].0 as i64);
                (first, chunk.iter().filter_map(|(_, metres)| **metres).collect())
            })
            .collect();
        stretches.into_iter()
    }

    /// A line of steps at so many times the longest.
    fn steps(&self, first: Date, metres: &[f64], times: f64, values: &Values, km: f64) -> Vec<(f64, f64)> {
        let mut points = Vec::new();
        let mut from = 0;
        for i in 1..=metres.len() {
            if metres.get(i) != metres.get(from) || i == metres.len() {
                let y = values.at(metres[from] * times / km);
                points.push((self.days.morning(first.saturating_add_days(from as i64)), y));
                points.push((self.days.morning(first.saturating_add_days(i as i64)), y));
                from = i;
            }
        }
        points
    }

    fn bands(&self, drawing: &mut Drawing, values: &Values, km: f64) {
        let edges = [self.options.small, self.options.moderate, self.options.large, f64::INFINITY];
        let (mut areas, mut lines) = (edges.map(|_| Path::default()), Path::default());
        for (first, metres) in self.stretches() {
            for (band, pair) in edges.windows(2).enumerate() {
                let lower = self.steps(first, &metres, pair[0], values, km);
                let mut upper = self.steps(first, &metres, pair[1], values, km);
                upper.reverse();
                lines.through(lower.iter().copied());
                areas[band].through(lower.into_iter().chain(upper));
                areas[band].close();
            }
        }
        let [first, second, third, _] = areas;
        drawing.shape("band1", first);
        drawing.shape("band2", second);
        drawing.shape("band3", third);
        drawing.shape("band-edge", lines);
        self.without(drawing, values);
    }

    /// Says of the first days why they have no band.
    fn without(&self, drawing: &mut Drawing, values: &Values) {
        let blank = self.longest.iter().take_while(|metres| metres.is_none()).count() as f64 * self.days.day_px();
        if blank > 76.0 {
            let x = self.days.left + blank / 2.0;
            let y = values.top + 12.0;
            let is_begin = self.report.log.first_day() == Some(self.days.first);
            let what = if is_begin { "first 30 days:" } else { "after a break:" };
            drawing.label((x, y), Anchor::Middle, "t m", what);
            drawing.label((x, y + 15.0), Anchor::Middle, "t m", "no comparison");
        }
    }

    fn class(&self, run: &Run) -> usize {
        self.classes.get(run.id.as_str()).copied().unwrap_or(0)
    }

    fn stems(&self, drawing: &mut Drawing, values: &Values, km: f64) {
        let mut stems = [Path::default(), Path::default(), Path::default()];
        let (mut dots, mut warm, mut flagged) = (Path::default(), Path::default(), Path::default());
        let has_dots = self.runs.len() as f64 * DOT_PX < self.days.right - self.days.left;
        // Of plain runs within a pixel the longest hides the others.
        let mut tallest: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for (run, metres) in &self.runs {
            let class = self.class(run);
            let at = (self.days.noon(run.local_date), values.at(metres / km));
            if class == 0 && !has_dots {
                let known = tallest.entry(at.0 as i64).or_insert(at);
                known.1 = known.1.min(at.1);
                continue;
            }
            stems[class].line((at.0, values.bottom), at);
            match class {
                2 => flagged.diamond(at, 5.5),
                1 => warm.diamond(at, 4.0),
                _ if has_dots => dots.dot(at),
                _ => {}
            }
        }
        for at in tallest.into_values() {
            stems[0].line((at.0, values.bottom), at);
        }
        let [plain, warm_stems, flagged_stems] = stems;
        drawing.shape("stem", plain);
        drawing.shape("dot", dots);
        drawing.shape("stem warm", warm_stems);
        drawing.shape("stem flagged", flagged_stems);
        drawing.shape("mark warm", warm);
        drawing.shape("mark flagged", flagged);
    }

    fn base(&self, drawing: &mut Drawing, values: &Values, km: f64, units: Units, view: &View) {
        let mut line = Path::default();
        for (first, metres) in self.stretches() {
            line.through(self.steps(first, &metres, 1.0, values, km));
        }
        drawing.shape("base", line);
        let Some(last) = self.longest.last().copied().flatten() else { return };
        if view.is_small() {
            return;
        }
        let x = self.days.right + 6.0;
        let mut below = f64::MAX;
        for (times, class) in [(1.0, "t b"), (self.options.small, "t m"), (self.options.moderate, "t m")] {
            let y = (values.at(last * times / km) + 4.0).min(below - 14.0);
            let text = if times > 1.0 {
                format!("{times:.2}× = {}", distance(last * times, units))
            } else {
                format!("longest: {}", distance(last, units))
            };
            drawing.label((x, y), Anchor::Start, class, text);
            below = y;
        }
    }

    /// Names the flagged runs, the highest first, where there is room.
    fn label_spikes(&self, drawing: &mut Drawing, values: &Values, units: Units) {
        let mut by_ratio: Vec<&Comparison> = self.spikes.iter().collect();
        by_ratio.sort_by(|a, b| b.ratio.total_cmp(&a.ratio));
        let mut taken: Vec<f64> = Vec::new();
        for spike in by_ratio {
            let x = self.days.noon(spike.run.local_date);
            if taken.len() >= MOST_LABELS || taken.iter().any(|other| (other - x).abs() < LABEL_PX) {
                continue;
            }
            let metres = spike.run.distance_m().unwrap_or_default();
            let y = (values.at(metres / units.metres_per_long_unit()) - 9.0).max(values.top - 2.0);
            let is_high = spike.ratio > self.options.moderate;
            let text = if is_high {
                format!("{} · {:.2}×", distance(metres, units), spike.ratio)
            } else {
                format!("{:.2}×", spike.ratio)
            };
            let anchor = match x {
                x if x > self.days.right - 50.0 => Anchor::End,
                x if x < self.days.left + 50.0 => Anchor::Start,
                _ => Anchor::Middle,
            };
            drawing.label((x, y), anchor, if is_high { "t flagged" } else { "t warm" }, text);
            taken.push(x);
        }
    }

    fn keys(&self, drawing: &mut Drawing) {
        let Options { small, moderate, large, .. } = *self.options;
        drawing.key("stem", Sign::Line, "a run");
        drawing.key("base", Sign::Line, "longest run of the 30 days before");
        drawing.key("mark warm", Sign::Diamond, format!("{small:.2} to {moderate:.2} times that"));
        let is_large = self.spikes.iter().any(|spike| spike.ratio > large);
        let flagged = if is_large { " or more".to_owned() } else { format!(" to {large:.2}") };
        drawing.key("mark flagged", Sign::Diamond, format!("{moderate:.2}{flagged} times that"));
    }

    fn sentence(&self, units: Units) -> String {
        let over = |limit: f64| self.spikes.iter().filter(|spike| spike.ratio > limit).count();
        let high = over(self.options.moderate);
        let (small, moderate) = (self.options.small, self.options.moderate);
        let runs = n(self.runs.len(), "run");
        let text = match (high, self.spikes.len() - high) {
            (0, 0) if self.compared.is_empty() => format!("{runs}, none with 30 days of history to compare with."),
            (0, 0) => format!("{runs}. None was flagged above {small:.2} times the longest of the 30 days before it."),
            (high, 0) => format!("{runs}, {high} above {moderate:.2} times the longest of the 30 days before."),
            (0, low) => {
                format!("{runs}, {low} between {small:.2} and {moderate:.2} times the longest of the 30 days before.")
            }
            (high, low) => format!(
                "{runs}: {high} above {moderate:.2} times the longest of the 30 days before, {low} between {small:.2} and \
                 {moderate:.2} times."
            ),
        };
        let highest = self.spikes.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio));
        let Some(spike) = highest else { return text };
        let metres = distance(spike.run.distance_m().unwrap_or_default(), units);
        let date = day(spike.run.local_date, self.report.as_of);
        format!("{text} The highest was {metres} on {date}, {:.2} times.", spike.ratio)
    }

    /// A row a run; of more than three months the longest of each week and those that are flagged,
    /// of half a year only those.
    fn table(&self, drawing: &mut Drawing, units: Units) {
        const MOST: usize = 40;
        let unit = units.long_symbol();
        let header = ["Run", unit, "Longest before", "Times", "Note"];
        let is_all = self.days.n() <= 92;
        let of_week = |run: &Run| run.local_date.days_since(self.days.first) / 7;
        let mut longest: BTreeMap<i64, f64> = BTreeMap::new();
        for (run, metres) in &self.runs {
            let known = longest.entry(of_week(run)).or_default();
            *known = known.max(*metres);
        }
        let is_longest = |run: &Run, metres: f64| {
            self.days.n() <= 183 && longest.get(&of_week(run)).is_some_and(|most| metres >= *most)
        };
        let flagged = |run: &Run| self.class(run) > 0;
        let listed: Vec<_> =
            self.runs.iter().filter(|(run, metres)| is_all || flagged(run) || is_longest(run, *metres)).collect();
        let most = if is_all { 4 * MOST } else { 2 * MOST };
        let listed = &listed[listed.len().saturating_sub(most)..];
        let row = |(run, metres): &(&Run, f64)| {
            let compared = self.compared.iter().find(|compared| compared.run.id == run.id);
            let before = compared.and_then(|compared| compared.longest.distance_m());
            vec![
                day(run.local_date, self.report.as_of),
                long(*metres, units),
                before.map_or("–".to_owned(), |metres| long(metres, units)),
                compared.map_or("–".to_owned(), |compared| format!("{:.2}×", compared.ratio)),
                if flagged(run) { "flagged".to_owned() } else { "–".to_owned() },
            ]
        };
        drawing.rows_x = listed.iter().map(|(run, _)| self.days.noon(run.local_date)).collect();
        drawing.table = Table {
            header: header.map(str::to_owned).to_vec(),
            rows: listed.iter().map(|listed| row(listed)).collect(),
        };
    }
}

/// The longest run (metres) of the days before one; `None` where the rule could not compare a run
/// of that day.
fn longest_before(report: &Report, day: Date) -> Option<f64> {
    let (log, options) = (&report.log, &report.settings.rules.session_spike);
    let from = day.saturating_add_days(-i64::from(options.window_days));
    if log.first_day()? > from || log.returning_on(day).is_some() {
        return None;
    }
    let runs = log.runs_between(from, day.saturating_add_days(-1)).iter();
    let known: Vec<f64> = runs.filter_map(|run| believed_distance_m(run, options)).collect();
    (known.len() >= options.min_runs).then(|| known.iter().copied().fold(0.0, f64::max))
}
