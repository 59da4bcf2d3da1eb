//! TCX: Garmin's Training Center XML, activities of laps of track points.
//!
//! Follows the schemas `TrainingCenterDatabasev2` and `ActivityExtensionv2` by local name. The legs
//! of a multi-sport session and the changes between them are activities of their own; courses and
//! workouts are none.

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::activity::{Activity, Channel, Device, Format, Labels, Lap, Note, NoteKind, Span, Totals};
use crate::sport;
use crate::time::Timestamp;

use super::columns::{Point, Points};
use super::xml::{self, Document, Event, Scanner, Tag, number};
use super::{Contents, ReadError};

/// Reads every activity of a TCX document.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let document = Document::new(bytes);
    let mut scanner = Scanner::new(&document.bytes);
    let mut tcx = Tcx::new(&document);
    while let Some(event) = scanner.next() {
        match event {
            Event::Leaf(tag, text) => {
                if !tcx.value(&tag, text, &scanner) {
                    tcx.open(&tag, &scanner);
                    tcx.close(tag.name);
                }
            }
            Event::Open(tag) => tcx.open(&tag, &scanner),
            Event::Close(name) => tcx.close(name),
        }
    }
    tcx.end_activity();
    let what_else = tcx.other_kind.unwrap_or("nothing");
    let mut contents = xml::contents(Format::Tcx, &document, &scanner.into_faults(), tcx.activities, what_else)?;
    if tcx.too_many > 0 {
        let what = "activities or laps left out, more than a file of this size can hold";
        contents.notes.push(Note::counted(NoteKind::Damage, what, tcx.too_many));
    }
    Ok(contents)
}

/// From pressing start to the first point it takes no longer (seconds).
const LONGEST_WAIT_S: f64 = 900.0;

struct Tcx<'d> {
    document: &'d Document<'d>,
    activities: Vec<Activity>,
    other_kind: Option<&'static str>,
    activity: Option<Unfinished>,
    /// Where the leg before ended: when, and at which distance (metres).
    leg_before: Option<(Timestamp, f64)>,
    /// Activities and laps beyond what a file of this length can hold.
    too_many: usize,
}

#[derive(Default)]
struct Unfinished {
    sport: String,
    /// What was written of the whole activity.
    notes: Option<String>,
    id: Option<Timestamp>,
    device: String,
    utc_offset_s: Option<i32>,
    /// Whether the first time names neither UTC nor an offset.
    is_local_clock: Option<bool>,
    laps: Vec<UnfinishedLap>,
    in_lap: bool,
    points: Points,
    point: Option<Point>,
    /// The stretches in which the timer ran.
    tracks: Vec<Track>,
    in_new_track: bool,
    distance: Counter,
}

/// A `<Lap>`: when it began by its own word, and the row of its first point.
struct UnfinishedLap {
    start: Option<Timestamp>,
    totals: Totals,
    row: usize,
}

/// A `<Track>` and the rows of its points.
struct Track {
    lap: usize,
    rows: Range<usize>,
}

impl<'d> Tcx<'d> {
    fn new(document: &'d Document<'d>) -> Self {
        Self { document, activities: Vec::new(), other_kind: None, activity: None, leg_before: None, too_many: 0 }
    }

    fn open(&mut self, tag: &Tag, scanner: &Scanner) {
        match tag.name {
            b"Activity" => {
                self.end_activity();
                let sport = xml::name(self.document, tag.attribute(b"Sport").unwrap_or_default());
                self.activity = Some(Unfinished { sport, ..Unfinished::default() });
            }
            // The change between two legs: a lap outside of any activity.
            b"Transition" => {
                self.end_activity();
                let mut transition = Unfinished { sport: "transition".to_owned(), ..Unfinished::default() };
                transition.begin_lap(tag);
                self.activity = Some(transition);
            }
            b"Course" => self.other_kind = Some("a course"),
            b"Workout" => self.other_kind = self.other_kind.or(Some("a workout")),
            b"Lap" => {
                let most_laps = xml::most_laps(self.document);
                if let Some(activity) = self.activity_of(scanner) {
                    if activity.laps.len() < most_laps {
                        activity.begin_lap(tag);
                    } else {
                        activity.in_lap = false;
                        self.too_many += 1;
                    }
                }
            }
            b"Track" => {
                if let Some(activity) = &mut self.activity {
                    activity.end_point();
                    activity.in_new_track = true;
                }
            }
            b"Trackpoint" => {
                if let Some(activity) = self.activity_of(scanner) {
                    // The end of the point before may have been lost.
                    activity.end_point();
                    activity.point = Some(Point::default());
                }
            }
            _ => {}
        }
    }

    /// The activity that an element belongs to: a new one where its beginning was lost, and none
    /// within a course.
    fn activity_of(&mut self, scanner: &Scanner) -> Option<&mut Unfinished> {
        if self.activity.is_none() && !scanner.path().iter().any(|name| matches!(*name, b"Course" | b"Workout")) {
            self.activity = Some(Unfinished::default());
        }
        self.activity.as_mut()
    }

    fn close(&mut self, name: &[u8]) {
        match (name, &mut self.activity) {
            (b"Activity" | b"Transition", _) => self.end_activity(),
            (b"Trackpoint", Some(activity)) => activity.end_point(),
            (b"Lap", Some(activity)) => activity.in_lap = false,
            _ => {}
        }
    }

    /// Takes the value of an element that holds only text; false where it is none that holds a
    /// value.
    #[inline]
    fn value(&mut self, tag: &Tag, text: &[u8], scanner: &Scanner) -> bool {
        if matches!(tag.name, b"Trackpoint" | b"Track" | b"Lap" | b"Activity" | b"Transition" | b"Course" | b"Workout")
        {
            return false;
        }
        let Some(activity) = &mut self.activity else { return true };
        match (&mut activity.point, tag.name) {
            (Some(_), b"Time") => {
                let time = activity.time(text);
                activity.point.iter_mut().for_each(|point| point.time = time);
            }
            (Some(_), b"Value") if scanner.parent() != b"HeartRateBpm" => {}
            (Some(point), name) => {
                if let Some(channel) = channel(name) {
                    point.set(channel, number(text));
                }
            }
            (None, b"Name") if scanner.parent() == b"Creator" => activity.device = xml::name(self.document, text),
            (None, b"Id") => activity.id = activity.time(text),
            (None, b"Notes") if scanner.parent() == b"Activity" => {
                activity.notes = activity.notes.take().or_else(|| xml::prose(self.document, text));
            }
            (None, name) => activity.lap_value(name, text, scanner.parent()),
        }
        true
    }

    fn end_activity(&mut self) {
        let Some(mut unfinished) = self.activity.take() else { return };
        unfinished.end_point();
        let continues = unfinished.count_from(self.leg_before);
        // A change between legs often has no distance: the one after it goes on from the leg
        // before.
        self.leg_before = unfinished.distance.last.or(self.leg_before);
        let Some(mut activity) = unfinished.finish() else { return };
        if let Some(metres) = continues {
            let text = format!("the recorded distance goes on from the leg before; counted from its {metres:.0} m");
            activity.notes.push(Note::new(NoteKind::Distance, text));
        }
        if self.activities.len() < xml::most_activities(self.document) {
            self.activities.push(activity);
        } else {
            self.too_many += 1;
        }
    }
}

/// A distance recorded point by point, in files that count on over laps and in those that begin
/// anew with each.
#[derive(Default)]
struct Counter {
    /// Metres that the laps before add to what is written.
    before: f64,
    /// The last distance in metres from the start, and when.
    last: Option<(Timestamp, f64)>,
    in_new_lap: bool,
    /// Laps that began anew.
    anew: usize,
}

impl Counter {
    /// Metres from the start where `written` is the distance of a point.
    fn count(&mut self, time: Timestamp, written: f64) -> f64 {
        /// The first point of a lap that begins anew is not further into it (metres).
        const BEGINNING_M: f64 = 50.0;
        /// A step back by less is rounding (metres).
        const ROUNDING_M: f64 = 1.0;
        if let Some((then, last)) = self.last
            && std::mem::take(&mut self.in_new_lap)
            && written < BEGINNING_M
            && self.before + written < last - ROUNDING_M
            && time >= then
        {
            self.before = last;
            self.anew += 1;
        }
        let metres = self.before + written;
        self.last = Some((time, metres));
        metres
    }
}

impl Unfinished {
    fn begin_lap(&mut self, tag: &Tag) {
        self.end_point();
        let start = tag.attribute(b"StartTime").and_then(|text| self.time(text));
        self.laps.push(UnfinishedLap { start, totals: Totals::default(), row: self.points.len() });
        self.in_lap = true;
        self.distance.in_new_lap = true;
    }

    fn lap_value(&mut self, name: &[u8], text: &[u8], parent: &[u8]) {
        let Some(UnfinishedLap { totals, .. }) = self.laps.last_mut().filter(|_| self.in_lap) else { return };
        match (name, parent) {
            (b"TotalTimeSeconds", _) => totals.timer_s = number(text),
            (b"DistanceMeters", _) => totals.distance_m = number(text),
            (b"AvgRunCadence", _) => totals.avg_step_rate_spm = number(text),
            (b"Cadence", _) => totals.avg_step_rate_spm = totals.avg_step_rate_spm.or(number(text)),
            (b"Steps", _) => totals.steps = number(text),
            (b"Value", b"AverageHeartRateBpm") => totals.avg_heart_rate_bpm = number(text),
            (b"Value", b"MaximumHeartRateBpm") => totals.max_heart_rate_bpm = number(text),
            _ => {}
        }
    }

    /// Reads a time and remembers the offset that it names.
    #[inline]
    fn time(&mut self, text: &[u8]) -> Option<Timestamp> {
        let (time, offset) = xml::time(text)?;
        self.is_local_clock.get_or_insert_with(|| xml::names_no_zone(text));
        self.utc_offset_s = self.utc_offset_s.or(offset);
        Some(time)
    }

    fn end_point(&mut self) {
        let Some(mut point) = self.point.take() else { return };
        if let (Some(time), Some(metres)) = (point.time, point.get(Channel::Distance)) {
            point.set(Channel::Distance, Some(self.distance.count(time, metres)));
        }
        let row = self.points.len();
        if self.points.push(&point).is_none() {
            return;
        }
        if std::mem::take(&mut self.in_new_track) {
            self.tracks.push(Track { lap: self.laps.len(), rows: row..row });
        }
        if let Some(track) = self.tracks.last_mut() {
            track.rows.end = row + 1;
        }
    }

    /// Counts the distance from this leg's own start where it goes on from the leg before, whose
    /// distance (metres) is returned.
    fn count_from(&mut self, leg_before: Option<(Timestamp, f64)>) -> Option<f64> {
        /// Nobody is further than this at the first point of an activity (metres).
        const FAR_M: f64 = 200.0;
        let (then, before) = leg_before?;
        let first_time = self.points.first_time()?;
        let column = self.points.column_mut(Channel::Distance);
        let first = column.iter().copied().find(|metres| !metres.is_nan())?;
        if first_time < then || first < before - 1.0 || first < FAR_M {
            return None;
        }
        for metres in column {
            *metres -= before;
        }
        Some(before)
    }

    fn finish(mut self) -> Option<Activity> {
        let moves = self.points.set_clock_right();
        // A lap is on the clock of its first point.
        for lap in &mut self.laps {
            lap.start = lap.start.map(|start| start.plus_seconds(moves.of(lap.row)));
        }
        let first_lap = self.laps.iter().find_map(|lap| lap.start);
        let stated = self.id.or(first_lap);
        let start = match (stated, self.points.first_time()) {
            // Some writers make an id of midnight.
            (Some(stated), Some(first)) if stated.seconds_since(first).abs() > LONGEST_WAIT_S => first,
            (Some(stated), Some(first)) => stated.min(first),
            (stated, first) => stated.or(first)?,
        };
        let mut activity = Activity::new(Format::Tcx, start);
        sport::name(&mut activity, &self.sport);
        activity.labels = Labels { name: None, comment: self.notes.take(), is_race: sport::is_race(&self.sport) };
        activity.utc_offset_s = self.utc_offset_s;
        activity.device =
            (!self.device.is_empty()).then_some(Device { manufacturer: self.device, product: String::new() });
        activity.pauses = between(&self.tracks, &self.points, start);
        activity.is_local_clock = self.is_local_clock == Some(true);
        // A lap without a start begins where the one before ends.
        let mut next_s = 0.0;
        let laps = self.laps.into_iter().map(|UnfinishedLap { start: lap_start, totals, .. }| {
            let start_s = lap_start.map_or(next_s, |lap_start| lap_start.seconds_since(start));
            next_s = start_s + totals.timer_s.unwrap_or(0.0);
            Lap { start_s, totals }
        });
        activity.laps = laps.collect();
        self.points.fill(&mut activity);
        activity.notes.extend(moves.notes());
        if self.distance.anew > 0 {
            let what = "the recorded distance begins anew in laps, and was added up";
            activity.notes.push(Note::counted(NoteKind::Distance, what, self.distance.anew));
        }
        Some(activity)
    }
}

#[inline]
fn channel(name: &[u8]) -> Option<Channel> {
    Some(match name {
        b"LatitudeDegrees" => Channel::Latitude,
        b"LongitudeDegrees" => Channel::Longitude,
        b"AltitudeMeters" => Channel::Altitude,
        b"DistanceMeters" => Channel::Distance,
        b"Cadence" | b"RunCadence" => Channel::StepRate,
        b"Speed" => Channel::Speed,
        b"Watts" => Channel::Power,
        // As `<Value>` in it by the schema; some writers leave that out.
        b"Value" | b"HeartRateBpm" => Channel::HeartRate,
        b"Temperature" => Channel::Temperature,
        _ => return None,
    })
}

/// The gaps between the tracks of one lap: that is how TCX writes a stop of the timer. Between laps
/// the next point may only be due some seconds later.
fn between(tracks: &[Track], points: &Points, start: Timestamp) -> Vec<Span> {
    let in_one_lap = tracks.windows(2).filter(|pair| pair[0].lap == pair[1].lap);
    let gaps = in_one_lap.filter_map(|pair| {
        let ((_, last), (first, _)) = (points.span(&pair[0].rows)?, points.span(&pair[1].rows)?);
        Some(Span { from_s: last.seconds_since(start), to_s: first.seconds_since(start) })
    });
    gaps.filter(|gap| gap.to_s > gap.from_s).collect()
}
