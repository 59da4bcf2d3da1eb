//! GPX: tracks of points in XML, with sensor values in extensions of many dialects.
//!
//! Each `<trk>` is an activity. A track point's heart rate, cadence, temperature, power and speed are
//! taken by local name from whatever extension holds them. Some exporters write the activity's totals
//! into `<extensions>` of the document; those stand in where a track has no points (a treadmill run).

use quick_xml::events::BytesStart;

use crate::activity::{Activity, Channel, Device, Format, Note, NoteKind, Span, Totals};
use crate::sport;
use crate::time::Timestamp;

use super::columns::{Point, Points, number};
use super::xml::{self, Visitor};
use super::{Contents, ReadError};

/// Reads every track of a GPX document.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let text = xml::decode(bytes);
    let mut gpx = Gpx::default();
    let broken = xml::walk(&text, &mut gpx).err();
    gpx.end_document();
    let what_else = gpx.what_it_is();
    xml::contents(Format::Gpx, gpx.activities, broken, what_else)
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each tells of another kind of content that was met")]
struct Gpx {
    activities: Vec<Activity>,
    creator: String,
    /// From the document's own extensions, outside any track.
    totals: Totals,
    document_time: Option<Timestamp>,
    has_route: bool,
    has_waypoint: bool,
    has_untimed_track: bool,
    in_metadata: bool,
    /// Within `<link>`, whose `<type>` is that of a web page.
    in_link: bool,
    track: Option<Track>,
    /// Tracks without points: the totals that may stand in for them can come after them.
    empty_tracks: Vec<Track>,
    /// The point being read.
    point: Option<Point>,
}

#[derive(Default)]
struct Track {
    sport: String,
    points: Points,
    /// First and last time of each segment.
    segments: Vec<(Timestamp, Timestamp)>,
    in_new_segment: bool,
    utc_offset_s: Option<i32>,
}

impl Visitor for Gpx {
    fn open(&mut self, name: &str, tag: &BytesStart) {
        match name {
            "trkpt" => {
                let mut point = Point::default();
                if let Some(lat) = xml::attribute(tag, "lat") {
                    point.set(Channel::Latitude, &lat);
                }
                if let Some(lon) = xml::attribute(tag, "lon") {
                    point.set(Channel::Longitude, &lon);
                }
                self.point = Some(point);
            }
            "trk" => {
                self.end_track();
                self.track = Some(Track::default());
            }
            "trkseg" => {
                if let Some(track) = &mut self.track {
                    track.in_new_segment = true;
                }
            }
            "gpx" => self.creator = xml::attribute(tag, "creator").unwrap_or_default().into_owned(),
            "metadata" => self.in_metadata = true,
            "link" => self.in_link = true,
            "rte" => self.has_route = true,
            "wpt" => self.has_waypoint = true,
            _ => {}
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        if name == "link" {
            self.in_link = false;
        } else if name == "trkpt" {
            if let (Some(track), Some(point)) = (&mut self.track, self.point.take()) {
                track.push(&point);
            }
        } else if let Some(point) = &mut self.point {
            if name == "time" {
                if let Some((time, offset)) = Timestamp::parse_iso8601(text) {
                    point.time = Some(time);
                    if let Some(track) = &mut self.track {
                        track.utc_offset_s = track.utc_offset_s.or(offset);
                    }
                }
            } else if let Some(channel) = channel(name) {
                point.set(channel, text);
            }
        } else if let Some(track) = &mut self.track {
            match name {
                "type" if track.sport.is_empty() && !self.in_link => text.clone_into(&mut track.sport),
                "trk" => self.end_track(),
                _ => {}
            }
        } else {
            self.document(name, text);
        }
    }
}

/// The channel that a point's element fills, by the names that exporters use.
fn channel(name: &str) -> Option<Channel> {
    Some(match name {
        "ele" => Channel::Altitude,
        "hr" | "heartrate" | "HeartRate" | "heartRate" => Channel::HeartRate,
        "cad" | "cadence" | "RunCadence" | "Cadence" => Channel::StepRate,
        "atemp" | "temp" | "temperature" => Channel::Temperature,
        "power" | "PowerInWatts" | "watts" | "Watts" => Channel::Power,
        "speed" => Channel::Speed,
        "distance" => Channel::Distance,
        _ => return None,
    })
}

impl Gpx {
    /// What stands outside tracks: the time of the document and the totals that some exporters add.
    fn document(&mut self, name: &str, text: &str) {
        let totals = &mut self.totals;
        match name {
            "metadata" => self.in_metadata = false,
            "time" if self.in_metadata || self.document_time.is_none() => {
                self.document_time = Timestamp::parse_iso8601(text).map(|(time, _)| time).or(self.document_time);
            }
            "distance" => totals.distance_m = number(text),
            "average_hr" => totals.avg_heart_rate_bpm = number(text).filter(|bpm| *bpm > 0.0),
            "moving_time" => totals.moving_s = number(text),
            "elapsed_time" => totals.elapsed_s = number(text),
            "start_time" => {
                self.document_time = Timestamp::parse_iso8601(text).map(|(time, _)| time).or(self.document_time);
            }
            _ => {}
        }
    }

    /// Makes an activity of the track being read, if it has points.
    fn end_track(&mut self) {
        let Some(track) = self.track.take() else { return };
        match track.points.first_time() {
            Some(start) => self.activities.push(track.finish(start, &self.creator)),
            None if track.points.untimed() > 0 => self.has_untimed_track = true,
            None => self.empty_tracks.push(track),
        }
    }

    /// Gives a lone track without points the totals that stand beside it.
    fn end_document(&mut self) {
        self.end_track();
        if let ([_], true, Some(start)) = (self.empty_tracks.as_slice(), self.activities.is_empty(), self.document_time)
            && self.totals != Totals::default()
        {
            for track in self.empty_tracks.drain(..) {
                let mut activity = track.finish(start, &self.creator);
                activity.totals = self.totals.clone();
                let text = "the track has no points; its totals are those the exporter wrote beside it";
                activity.notes.push(Note::new(NoteKind::Distance, text));
                self.activities.push(activity);
            }
        }
    }

    /// What a document without an activity holds instead.
    fn what_it_is(&self) -> &'static str {
        match (self.has_untimed_track, self.has_route, self.has_waypoint) {
            (true, ..) => "a track without times",
            (_, true, _) => "a route",
            (_, _, true) => "waypoints",
            _ => "no points",
        }
    }
}

impl Track {
    fn finish(mut self, start: Timestamp, creator: &str) -> Activity {
        let mut activity = Activity::new(Format::Gpx, start);
        (activity.sport, activity.sub_sport) = sport::from_words(&self.sport);
        activity.utc_offset_s = self.utc_offset_s;
        activity.device =
            (!creator.is_empty()).then(|| Device { manufacturer: creator.to_owned(), product: String::new() });
        activity.pauses = self.pauses(start);
        self.points.fill(&mut activity);
        activity
    }

    fn push(&mut self, point: &Point) {
        let Some(time) = self.points.push(point) else { return };
        if std::mem::take(&mut self.in_new_segment) {
            self.segments.push((time, time));
        }
        if let Some((_, last)) = self.segments.last_mut() {
            *last = (*last).max(time);
        }
    }

    /// The gaps between segments: that is how GPX writes a pause.
    fn pauses(&mut self, start: Timestamp) -> Vec<Span> {
        // Some exporters write segments in another order than they were run.
        self.segments.sort_unstable();
        let gaps = self
            .segments
            .windows(2)
            .map(|pair| Span { from_s: pair[0].1.seconds_since(start), to_s: pair[1].0.seconds_since(start) });
        gaps.filter(|gap| gap.to_s > gap.from_s).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{Distance, HeartRate, Power, Speed, StepRate, Temperature};

    fn values(extensions: &str) -> Vec<(Channel, f64)> {
        let gpx = format!(
            r#"<gpx><trk><type>running</type><trkseg>
            <trkpt lat="1" lon="2"><ele>3</ele><time>2026-01-01T08:00:00Z</time>{extensions}</trkpt>
            </trkseg></trk></gpx>"#
        );
        let activity = read(gpx.as_bytes()).expect("a track").activities.remove(0);
        let value = |channel| activity.samples.column(channel).map(|column| (channel, column[0]));
        Channel::ALL.into_iter().skip(3).filter_map(value).collect()
    }

    #[test]
    fn sensor_values_are_found_in_every_dialect() {
        let garmin = "<extensions><ns3:TrackPointExtension><ns3:atemp>21</ns3:atemp><ns3:hr>150</ns3:hr><ns3:cad>85</ns3:cad></ns3:TrackPointExtension></extensions>";
        assert_eq!(values(garmin), [(HeartRate, 150.0), (StepRate, 85.0), (Temperature, 21.0)]);
        let strava = "<extensions><power>250</power><gpxtpx:TrackPointExtension><gpxtpx:hr>150</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions>";
        assert_eq!(values(strava), [(HeartRate, 150.0), (Power, 250.0)]);
        let suunto = "<extensions><gpxdata:hr>150</gpxdata:hr><gpxdata:cadence>85</gpxdata:cadence><gpxdata:distance>7.5</gpxdata:distance></extensions>";
        assert_eq!(values(suunto), [(Distance, 7.5), (HeartRate, 150.0), (StepRate, 85.0)]);
        let amazfit = "<extensions><heartrate>150</heartrate><cadence>170</cadence></extensions>";
        assert_eq!(values(amazfit), [(HeartRate, 150.0), (StepRate, 170.0)]);
        assert_eq!(values("<speed>3.5</speed>"), [(Speed, 3.5)]);
        assert_eq!(values("<extensions><hr>a lot</hr></extensions>"), [], "what is no number is no value");
    }

    #[test]
    fn points_without_a_time_are_left_out_and_counted() {
        let gpx = r#"<gpx><trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="1" lon="2"><time>2026-01-01T08:00:00Z</time></trkpt></trkseg></trk></gpx>"#;
        let activity = read(gpx.as_bytes()).expect("a track").activities.remove(0);
        assert_eq!(activity.samples.len(), 1);
        assert!(activity.notes.iter().any(|note| note.text == "points left out for want of a time: 1"));
    }
}
