//! GPX: tracks of points in XML, with sensor values in extensions of many dialects.
//!
//! Each `<trk>` is an activity. A track point's heart rate, cadence, temperature, power and speed
//! are taken by local name from whatever extension holds them. Some exporters write the activity's
//! totals into `<extensions>` of the document; those stand in where a track has no points (a
//! treadmill run).

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::activity::{Activity, Channel, Device, Format, Labels, Note, NoteKind, Span, Totals};
use crate::sport;
use crate::time::Timestamp;
use crate::witness::Witness;

use super::columns::{Point, Points};
use super::xml::{self, Document, Event, Scanner, Tag, number};
use super::{Contents, ReadError, gpx_totals};

/// Reads every track of a GPX document.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let document = Document::new(bytes);
    let mut scanner = Scanner::new(&document.bytes);
    let mut gpx = Gpx::new(&document);
    while let Some(event) = scanner.next() {
        match event {
            Event::Leaf(tag, text) => {
                if !gpx.value(&tag, text, &scanner) {
                    gpx.open(&tag);
                    gpx.close(tag.name);
                }
            }
            Event::Open(tag) => gpx.open(&tag),
            Event::Close(name) => gpx.close(name),
        }
    }
    gpx.end_document();
    let what_else = gpx.what_it_is();
    let mut contents = xml::contents(Format::Gpx, &document, &scanner.into_faults(), gpx.activities, what_else)?;
    contents.notes.extend(gpx.notes);
    Ok(contents)
}

struct Gpx<'d> {
    document: &'d Document<'d>,
    activities: Vec<Activity>,
    notes: Vec<Note>,
    creator: String,
    /// From the document's own extensions, outside any track.
    totals: Totals,
    document_time: Option<Timestamp>,
    has_route: bool,
    has_waypoint: bool,
    untimed_tracks: usize,
    /// The track being read.
    track: Option<Track>,
    /// Tracks without points, and the sport of the first: the totals that may stand in for it can
    /// come after it.
    empty_tracks: usize,
    empty_sport: String,
    empty_totals: Totals,
    /// Tracks beyond what a file of this length can hold.
    too_many: usize,
    /// The point being read.
    point: Option<Point>,
}

#[derive(Default)]
struct Track {
    sport: String,
    labels: Labels,
    points: Points,
    /// From the track's own extensions.
    totals: Totals,
    /// The rows of each segment.
    segments: Vec<Range<usize>>,
    in_new_segment: bool,
    utc_offset_s: Option<i32>,
    /// Whether the first time names neither UTC nor an offset.
    is_local_clock: Option<bool>,
}

/// The channel that a point's element fills, by the names that exporters use.
#[inline]
fn channel(name: &[u8]) -> Option<Channel> {
    Some(match name {
        b"ele" => Channel::Altitude,
        b"hr" | b"heartrate" | b"HeartRate" | b"heartRate" => Channel::HeartRate,
        b"cad" | b"cadence" | b"RunCadence" | b"Cadence" => Channel::StepRate,
        b"atemp" | b"temp" | b"temperature" => Channel::Temperature,
        b"power" | b"PowerInWatts" | b"watts" | b"Watts" => Channel::Power,
        b"speed" => Channel::Speed,
        b"distance" => Channel::Distance,
        _ => return None,
    })
}

impl<'d> Gpx<'d> {
    fn new(document: &'d Document<'d>) -> Self {
        Self {
            document,
            activities: Vec::new(),
            notes: Vec::new(),
            creator: String::new(),
            totals: Totals::default(),
            document_time: None,
            has_route: false,
            has_waypoint: false,
            untimed_tracks: 0,
            track: None,
            empty_tracks: 0,
            empty_sport: String::new(),
            empty_totals: Totals::default(),
            too_many: 0,
            point: None,
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag.name {
            b"trkpt" => {
                // The end of the point before may have been lost.
                self.end_point();
                let mut point = Point::default();
                for (name, value) in tag.attributes() {
                    match name {
                        b"lat" => point.set(Channel::Latitude, number(value)),
                        b"lon" => point.set(Channel::Longitude, number(value)),
                        _ => {}
                    }
                }
                self.point = Some(point);
            }
            b"trk" => {
                self.end_track();
                self.track = Some(Track::default());
            }
            b"trkseg" => {
                self.end_point();
                self.track.get_or_insert_default().in_new_segment = true;
            }
            b"gpx" => self.creator = xml::name(self.document, tag.attribute(b"creator").unwrap_or_default()),
            b"rte" => self.has_route = true,
            b"wpt" => self.has_waypoint = true,
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"trkpt" => self.end_point(),
            b"trk" => self.end_track(),
            _ => {}
        }
    }

    /// Takes the value of an element that holds only text; false where it is none that holds a
    /// value.
    #[inline]
    fn value(&mut self, tag: &Tag, text: &[u8], scanner: &Scanner) -> bool {
        if let Some(point) = &mut self.point {
            return point_value(point, &mut self.track, tag, text);
        }
        match tag.name {
            b"trkpt" | b"trk" | b"trkseg" => return false,
            // Of a point whose start tag was lost.
            b"ele" | b"time" if scanner.parent() == b"trkseg" => {
                let point = self.point.insert(Point::default());
                return point_value(point, &mut self.track, tag, text);
            }
            // The `<type>` of a link is that of a web page.
            b"type" if scanner.parent() != b"link" => {
                if let Some(track) = self.track.as_mut().filter(|track| track.sport.is_empty()) {
                    track.sport = xml::name(self.document, text);
                }
            }
            b"name" | b"desc" | b"cmt" if scanner.parent() == b"trk" => {
                if let Some(labels) = self.track.as_mut().map(|track| &mut track.labels) {
                    let to = if tag.name == b"name" { &mut labels.name } else { &mut labels.comment };
                    *to = to.take().or_else(|| xml::prose(self.document, text));
                }
            }
            b"wpt" | b"rte" | b"rtept" | b"gpx" => return false,
            _ => self.total(tag.name, text, scanner),
        }
        true
    }

    /// What stands outside points: the time of the document and the totals that some exporters add.
    fn total(&mut self, name: &[u8], text: &[u8], scanner: &Scanner) {
        if gpx_totals::is_of_a_part(scanner.path()) {
            return;
        }
        match &mut self.track {
            Some(track) if scanner.path().contains(&&b"extensions"[..]) => {
                gpx_totals::take(&mut track.totals, name, text);
            }
            Some(_) => {}
            None => {
                let in_metadata = scanner.parent() == b"metadata";
                let is_time = name == b"time" && (in_metadata || self.document_time.is_none()) || name == b"start_time";
                if is_time {
                    self.document_time = xml::time(text).map(|(time, _)| time).or(self.document_time);
                }
                gpx_totals::take(&mut self.totals, name, text);
            }
        }
    }

    fn end_point(&mut self) {
        if let Some(point) = self.point.take() {
            self.track.get_or_insert_default().push(&point);
        }
    }

    /// Makes an activity of the track being read, if it has points.
    fn end_track(&mut self) {
        self.end_point();
        let Some(mut track) = self.track.take() else { return };
        let moves = track.points.set_clock_right();
        match track.points.first_time() {
            Some(_) if self.activities.len() >= xml::most_activities(self.document) => self.too_many += 1,
            Some(start) => {
                let mut activity = track.finish(start, &self.creator);
                activity.notes.extend(moves.notes());
                self.activities.push(activity);
            }
            None if track.points.untimed() > 0 => self.untimed_tracks += 1,
            None => {
                if self.empty_tracks == 0 {
                    (self.empty_sport, self.empty_totals) = (track.sport, track.totals);
                }
                self.empty_tracks += 1;
            }
        }
    }

    /// Gives a lone track without points the totals that stand beside it, and says what is left
    /// out.
    fn end_document(&mut self) {
        self.end_track();
        // What an exporter wrote beside the only track is about it.
        if let ([activity], 0) = (self.activities.as_mut_slice(), self.untimed_tracks)
            && activity.totals == Totals::default()
        {
            activity.totals = self.totals.clone();
        }
        if self.empty_totals == Totals::default() {
            self.empty_totals = self.totals.clone();
        }
        if let (1, true, Some(start)) = (self.empty_tracks, self.activities.is_empty(), self.document_time)
            && self.empty_totals != Totals::default()
        {
            let track = Track { sport: std::mem::take(&mut self.empty_sport), ..Track::default() };
            let mut activity = track.finish(start, &self.creator);
            activity.totals = self.empty_totals.clone();
            let text = "the track has no points; its totals are those the exporter wrote beside it";
            activity.notes.push(Note::new(NoteKind::Distance, text));
            self.activities.push(activity);
        }
        let counted = [
            (NoteKind::Samples, "tracks left out whose points have no times", self.untimed_tracks),
            (NoteKind::Damage, "tracks left out, more than a file of this size can hold", self.too_many),
        ];
        for (kind, text, n) in counted.into_iter().filter(|(.., n)| *n > 0) {
            self.notes.push(Note::counted(kind, text, n));
        }
    }

    /// What a document without an activity holds instead.
    fn what_it_is(&self) -> &'static str {
        match (self.untimed_tracks > 0, self.has_route, self.has_waypoint) {
            (true, ..) => "a track without times",
            (_, true, _) => "a route",
            (_, _, true) => "waypoints",
            _ => "no points",
        }
    }
}

/// Takes a value of a point; false for elements that end a point whose end was lost.
#[inline]
fn point_value(point: &mut Point, track: &mut Option<Track>, tag: &Tag, text: &[u8]) -> bool {
    match tag.name {
        b"time" => {
            if let Some((time, offset)) = xml::time(text) {
                point.time = Some(time);
                let track_clock = track.get_or_insert_default();
                track_clock.is_local_clock.get_or_insert_with(|| xml::names_no_zone(text));
                if offset.is_some() {
                    let track = track.get_or_insert_default();
                    track.utc_offset_s = track.utc_offset_s.or(offset);
                }
            }
        }
        // OpenTracks: what a foot pod counted since the point before. Its sum stands beside it.
        b"distance" if tag.prefix == b"opentracks" => {}
        // Movescount repeats the altitude in its extension.
        b"altitude" if point.get(Channel::Altitude).is_none() => {
            point.set(Channel::Altitude, number(text));
        }
        b"trkpt" | b"trkseg" | b"trk" => return false,
        name => {
            if let Some(channel) = channel(name) {
                point.set(channel, number(text));
            }
        }
    }
    true
}

impl Track {
    fn finish(mut self, start: Timestamp, creator: &str) -> Activity {
        let mut activity = Activity::new(Format::Gpx, start);
        activity.summary = Witness::Document;
        sport::name(&mut activity, &self.sport);
        activity.labels = Labels { is_race: sport::is_race(&self.sport), ..std::mem::take(&mut self.labels) };
        activity.utc_offset_s = self.utc_offset_s;
        activity.device =
            (!creator.is_empty()).then(|| Device { manufacturer: creator.to_owned(), product: String::new() });
        activity.is_local_clock = self.is_local_clock == Some(true);
        activity.pauses = self.pauses(start);
        activity.totals = self.totals;
        self.points.fill(&mut activity);
        activity
    }

    fn push(&mut self, point: &Point) {
        let row = self.points.len();
        if self.points.push(point).is_none() {
            return;
        }
        if std::mem::take(&mut self.in_new_segment) {
            self.segments.push(row..row);
        }
        self.segments.iter_mut().next_back().into_iter().for_each(|segment| segment.end = row + 1);
    }

    /// The gaps between segments: that is how GPX writes a pause.
    fn pauses(&self, start: Timestamp) -> Vec<Span> {
        let mut segments: Vec<_> = self.segments.iter().filter_map(|rows| self.points.span(rows)).collect();
        // Some exporters write segments in another order than they were run.
        segments.sort_unstable();
        let gaps = segments
            .windows(2)
            .map(|pair| Span { from_s: pair[0].1.seconds_since(start), to_s: pair[1].0.seconds_since(start) });
        gaps.filter(|gap| gap.to_s > gap.from_s).collect()
    }
}
