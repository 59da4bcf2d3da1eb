//! Weekly distance above, pain below, on one axis of days.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kneewise_core::Run;
use kneewise_core::rule::load::session_spike::spikes;
use kneewise_core::runner::Entry;
use kneewise_read::time::DateExt;

use super::axis;
use super::drawing::{Anchor, Drawing, Path, Sign, Table};
use super::scale::{Days, Values};
use super::text::{day, distance, long};
use super::weekly_distance::{self, Bar};
use super::{Chart, Data, View};

pub(crate) static PAIN: Chart = Chart { name: "pain", title: "Distance a week, and pain", draw };

/// Weeks drawn before the pain began.
const BEFORE_DAYS: i64 = 42;
/// No more days than this are drawn unless asked for.
const MOST_DAYS: i64 = 182;
/// Above this pain is high: the rule's zone, said beside the line.
const HIGH: f64 = 5.0;
/// With less room than this a day (pixels) its three marks are drawn as one.
const ROOM_PX: f64 = 5.0;

/// The three times of a day at which pain is scored: name, class, sign, of the entry, in parts of a
/// day.
type Score = (&'static str, &'static str, Sign, fn(&Entry) -> Option<u8>, f64);
const SCORES: [Score; 3] = [
    ("during", "pain-during", Sign::Dot, |entry| entry.pain.during, 0.3),
    ("after", "pain-after", Sign::Triangle, |entry| entry.pain.after, 0.7),
    ("next morning", "pain-morning", Sign::Square, |entry| entry.pain.next_morning, 1.25),
];

fn draw(data: &Data, view: &View) -> Drawing {
    let (report, units, size) = (data.report, data.units, view.size());
    let told: Vec<&Entry> = data.report.runner.diary.entries().iter().filter(|entry| entry.records_knee()).collect();
    let upto = told.partition_point(|entry| entry.date <= report.as_of);
    let told = &told[..upto];
    let Some(first) = told.first() else {
        return Drawing::nothing(PAIN.title, size, "No knee pain in the diary");
    };
    let onset = onset(data).unwrap_or(first.date);
    let span = view.days.unwrap_or((report.as_of.days_since(onset) + BEFORE_DAYS).min(MOST_DAYS));
    let bars = weekly_distance::weeks_from(report, report.as_of.saturating_add_days(1 - span));
    let begin = bars.first().map_or(first.date, |bar| bar.from);
    let last = weekly_distance::last_of(&bars).min(report.as_of.saturating_add_days(6)).max(report.as_of);
    let right = view.width_px - axis::RIGHT_PX;
    let days = Days { first: begin, last, left: axis::LEFT_PX, right };
    let told: Vec<&Entry> = told.iter().copied().filter(|entry| days.has(entry.date)).collect();
    let mut drawing = Drawing::new(PAIN.title, size);
    let panels = Panels::of(view);
    let km = units.metres_per_long_unit();
    let highest = bars.iter().map(|bar| bar.distance_m).fold(0.0, f64::max);
    let load = Values::holding(0.0, highest * 1.1 / km, panels.load);
    let pain = Values { marks: vec![0.0, 5.0, 10.0], step: 5.0, ..Values::holding(0.0, 10.0, panels.pain) };
    axis::values(&mut drawing, &load, (days.left, days.right), &format!("{} a week", units.long_symbol()));
    let of_days =
        if days.day_px() < ROOM_PX { "pain, 0 to 10, lowest to highest of each day" } else { "pain, 0 to 10" };
    axis::values(&mut drawing, &pain, (days.left, days.right), of_days);
    drawing.plotted_y = (load.top, pain.bottom);
    axis::days(&mut drawing, &days, pain.bottom);
    let mut axis_line = Path::default();
    axis_line.line((days.left, load.bottom), (days.right, load.bottom));
    drawing.shape("axis", axis_line);
    let picture = Picture { data, days, load, pain, told, onset };
    picture.events(&mut drawing, view);
    weekly_distance::draw_bars(&mut drawing, &bars, &days, &picture.load, units);
    weekly_distance::label_bars(&mut drawing, &bars, &days, &picture.load, units);
    let spike = picture.spikes(&mut drawing);
    picture.scores(&mut drawing);
    picture.notes(&mut drawing);
    Picture::keys(&mut drawing, &bars);
    if let Some(text) = spike {
        drawing.key("mark flagged", Sign::Diamond, text);
    }
    drawing.description = picture.sentence();
    picture.table(&mut drawing, &bars);
    drawing
}

/// The first day of the pain that goes on; of one that is over, of the last there was.
fn onset(data: &Data) -> Option<Date> {
    let diary = &data.report.runner.diary;
    let going_on = diary.knee_pain_going_on(data.report.as_of);
    let last_pain = || {
        let hurts = |entry: &&Entry| entry.date <= data.report.as_of && entry.knee_pain().unwrap_or(0) > 0;
        let last = diary.entries().iter().rev().find(hurts)?;
        diary.knee_pain_going_on(last.date)
    };
    going_on.or_else(last_pain).map(|(first, _)| first)
}

struct Panels {
    load: (f64, f64),
    pain: (f64, f64),
}

impl Panels {
    fn of(view: &View) -> Self {
        let bottom = view.height_px - axis::BOTTOM_PX;
        let height = bottom - axis::TOP_PX;
        let split = axis::TOP_PX + height * if view.is_small() { 0.34 } else { 0.44 };
        Self { load: (axis::TOP_PX, split), pain: (split + axis::TOP_PX + 14.0, bottom) }
    }
}

struct Picture<'a, 'd> {
    data: &'d Data<'a>,
    days: Days,
    load: Values,
    pain: Values,
    told: Vec<&'d Entry>,
    onset: Date,
}

impl Picture<'_, '_> {
    /// Marks the days on which pain began, shoes came, a race was run.
    fn events(&self, drawing: &mut Drawing, view: &View) {
        let (mut lines, mut onset, mut limit) = (Path::default(), Path::default(), Path::default());
        let y = self.pain.at(HIGH);
        limit.line((self.days.left, y), (self.days.right, y));
        drawing.shape("high", limit);
        drawing.label((self.days.left + 4.0, y - 4.0), Anchor::Start, "t m", "above 5 is high");
        let x = self.days.noon(self.onset);
        onset.line((x, self.load.bottom), (x, self.pain.bottom));
        drawing.shape("event onset", onset);
        let text = format!("first pain, {}", day(self.onset, self.data.report.as_of));
        let is_late = x > self.days.right - 110.0;
        let (x, anchor) = if is_late { (x - 5.0, Anchor::End) } else { (x + 5.0, Anchor::Start) };
        // Between the panels, where no mark is.
        drawing.label((x, self.load.bottom + 13.0), anchor, "t pain", text);
        let mut taken: Vec<f64> = Vec::new();
        let most = if view.is_small() { 1 } else { 3 };
        for (date, what) in self.dated().into_iter().rev() {
            let x = self.days.noon(date);
            if taken.len() >= most || taken.iter().any(|other| (other - x).abs() < 130.0) {
                continue;
            }
            lines.line((x, self.load.top), (x, self.load.bottom));
            let anchor = if x > f64::midpoint(self.days.left, self.days.right) { Anchor::End } else { Anchor::Start };
            let x_text = if anchor == Anchor::End { x - 4.0 } else { x + 4.0 };
            let text = format!("{what}, {}", day(date, self.data.report.as_of));
            drawing.label((x_text, self.load.top - 2.0), anchor, "t m", text);
            taken.push(x);
        }
        drawing.shape("event", lines);
    }

    /// Days of new shoes and races, in order of time.
    fn dated(&self) -> Vec<(Date, String)> {
        let report = self.data.report;
        let shoes = self.data.report.runner.shoes.iter().filter_map(|shoe| {
            let name: String = crate::words::printable(&shoe.name).chars().take(18).collect();
            Some((shoe.since?, format!("new shoes {name}")))
        });
        let races = report.log.runs().iter().filter(|run| run.labels().is_race);
        let mut all: Vec<(Date, String)> = shoes.chain(races.map(|run| (run.local_date, "race".to_owned()))).collect();
        all.retain(|(date, _)| self.days.has(*date) && *date <= report.as_of);
        all.sort();
        all
    }

    /// Marks the run furthest above the longest before it, and says what it was.
    fn spikes(&self, drawing: &mut Drawing) -> Option<String> {
        let (report, units) = (self.data.report, self.data.units);
        let options = &report.settings.rules.session_spike;
        let all = spikes(&report.log, options);
        let drawn = all.iter().filter(|spike| self.days.has(spike.run.local_date) && spike.ratio > options.moderate);
        let highest = drawn.max_by(|a, b| a.ratio.total_cmp(&b.ratio))?;
        let metres = highest.run.distance_m().unwrap_or_default();
        let at = (self.days.noon(highest.run.local_date), self.load.at(metres / units.metres_per_long_unit()));
        let mut mark = Path::default();
        mark.diamond(at, 5.5);
        drawing.shape("mark flagged", mark);
        Some(format!("{} run, {:.2}× the longest before", distance(metres, units), highest.ratio))
    }

    fn at(&self, entry: &Entry, part: f64, score: u8) -> (f64, f64) {
        let x = self.days.morning(entry.date) + part * self.days.day_px();
        (x.min(self.days.right + 4.0), self.pain.at(f64::from(score)))
    }

    fn scores(&self, drawing: &mut Drawing) {
        if self.has_room() {
            self.each_score(drawing);
        } else {
            self.scores_of_days(drawing);
        }
        let mut missed = Path::default();
        for entry in self.told.iter().filter(|entry| entry.missed_for_knee()) {
            missed.cross((self.days.noon(entry.date), self.pain.bottom - 7.0), 3.6);
        }
        drawing.shape("missed", missed);
        let worst = self.told.iter().rev().max_by_key(|entry| entry.knee_pain());
        if let Some((entry, score)) = worst.and_then(|entry| Some((entry, entry.knee_pain()?))) {
            let (x, y) = self.at(entry, if self.has_room() { 0.7 } else { 0.5 }, score);
            drawing.label((x, y - 7.0), Anchor::Middle, "t pain", score.to_string());
        }
    }

    /// Whether three marks of a day can be told apart.
    fn has_room(&self) -> bool {
        self.days.day_px() >= ROOM_PX
    }

    /// Of each day a line from its lowest to its highest score, and a dot at the highest.
    fn scores_of_days(&self, drawing: &mut Drawing) {
        let (mut range, mut high) = <(Path, Path)>::default();
        for entry in &self.told {
            let scores = SCORES.iter().filter_map(|(_, _, _, score, _)| score(entry));
            let (Some(lowest), Some(highest)) = (scores.clone().min(), scores.max()) else { continue };
            let (low, top) = (self.at(entry, 0.5, lowest), self.at(entry, 0.5, highest));
            if lowest < highest {
                range.line(low, top);
            }
            high.dot(top);
        }
        drawing.shape("pain-range", range);
        drawing.shape("pain-high", high);
    }

    /// Three marks a day, and a line through the highest scores.
    fn each_score(&self, drawing: &mut Drawing) {
        let size = (self.days.day_px() * 0.5).clamp(2.2, 3.6);
        let mut join = Path::default();
        // A line over days that nobody wrote of would say what nobody felt.
        for stretch in self.told.chunk_by(|a, b| b.date.days_since(a.date) <= 7) {
            join.through(stretch.iter().filter_map(|entry| Some(self.at(entry, 0.7, entry.knee_pain()?))));
        }
        drawing.shape("pain-line", join);
        for (_, class, sign, score, part) in SCORES {
            let mut path = Path::default();
            for entry in &self.told {
                let Some(score) = score(entry) else { continue };
                let at = self.at(entry, part, score);
                match sign {
                    Sign::Triangle => path.triangle(at, size),
                    Sign::Square => path.square(at, size * 0.82),
                    _ => path.dot(at),
                }
            }
            drawing.shape(class, path);
        }
    }

    /// Says of the days before the diary that nothing is known.
    fn notes(&self, drawing: &mut Drawing) {
        let Some(first) = self.data.report.runner.diary.entries().first() else { return };
        let room = self.days.noon(first.date.max(self.days.first)) - self.days.left;
        if room > 90.0 {
            let x = self.days.left + room / 2.0;
            drawing.label((x, self.pain.bottom - 6.0), Anchor::Middle, "t m", "no diary yet");
        }
    }

    fn keys(drawing: &mut Drawing, bars: &[Bar]) {
        let trails = bars.iter().any(|bar| bar.trail_m > 0.0);
        drawing.key("bar", Sign::Box, if trails { "road" } else { "distance" });
        drawing.key("bar trail", Sign::Box, "trail");
        for (name, class, sign, ..) in SCORES {
            drawing.key(class, sign, name);
        }
        drawing.key("pain-high", Sign::Dot, "highest of a day");
        drawing.key("pain-range", Sign::Line, "lowest to highest");
        drawing.key("missed", Sign::Cross, "missed");
    }

    fn sentence(&self) -> String {
        let as_of = self.data.report.as_of;
        let worst = self.told.iter().filter_map(|entry| entry.knee_pain()).max().unwrap_or(0);
        let since = day(self.onset, as_of);
        format!(
            "Weekly distance above, pain below, on the same days. The pain began on {since} and reached {worst} out of 10."
        )
    }

    /// A row a day with a run or an entry.
    fn table(&self, drawing: &mut Drawing, bars: &[Bar]) {
        let (report, units) = (self.data.report, self.data.units);
        let header = ["Day", units.long_symbol(), "During", "After", "Next morning", "Note"];
        let runs = report.log.runs_between(self.days.first, report.as_of);
        let dates: BTreeSet<Date> =
            self.told.iter().map(|entry| entry.date).chain(runs.iter().map(|run| run.local_date)).collect();
        let score = |score: Option<u8>| score.map_or("–".to_owned(), |score| score.to_string());
        let mut events = self.dated();
        events.push((self.onset, "first pain".to_owned()));
        let row = |date: &Date| {
            let metres: f64 = report.log.runs_between(*date, *date).iter().filter_map(Run::distance_m).sum();
            let entry = self.told.iter().rev().find(|entry| entry.date == *date);
            let mut notes: Vec<String> =
                events.iter().filter(|(day, _)| day == date).map(|(_, what)| what.clone()).collect();
            notes.extend(entry.filter(|entry| entry.missed_for_knee()).map(|_| "missed run".to_owned()));
            let mut row =
                vec![day(*date, report.as_of), if metres > 0.0 { long(metres, units) } else { "–".to_owned() }];
            row.extend(SCORES.iter().map(|(_, _, _, of, _)| score(entry.and_then(|entry| of(entry)))));
            row.push(if notes.is_empty() { "–".to_owned() } else { notes.join(", ") });
            row
        };
        // Bars begin before the first day where its week does.
        let from = bars.first().map_or(self.days.first, |bar| bar.from);
        let dates: Vec<Date> = dates.into_iter().filter(|date| *date >= from).collect();
        drawing.rows_x = dates.iter().map(|date| self.days.noon(*date)).collect();
        drawing.table = Table { header: header.map(str::to_owned).to_vec(), rows: dates.iter().map(row).collect() };
    }
}
