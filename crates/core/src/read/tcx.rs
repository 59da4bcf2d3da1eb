//! TCX: Garmin's Training Center XML, activities of laps of track points.
//!
//! Follows the schemas `TrainingCenterDatabasev2` and `ActivityExtensionv2` by local name. The legs of
//! a multi-sport session are activities of their own; courses and workouts are none.

use quick_xml::events::BytesStart;

use crate::activity::{Activity, Channel, Device, Format, Lap, Span, Totals};
use crate::sport;
use crate::time::Timestamp;

use super::columns::{Point, Points, number};
use super::xml::{self, Visitor};
use super::{Contents, ReadError};

/// Reads every activity of a TCX document.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let text = xml::decode(bytes);
    let mut tcx = Tcx::default();
    let broken = xml::walk(&text, &mut tcx).err();
    tcx.end_activity();
    xml::contents(Format::Tcx, tcx.activities, broken, tcx.other_kind.unwrap_or("nothing"))
}

/// From pressing start to the first point it takes no longer (seconds).
const LONGEST_WAIT_S: f64 = 900.0;

#[derive(Default)]
struct Tcx {
    activities: Vec<Activity>,
    other_kind: Option<&'static str>,
    activity: Option<Unfinished>,
    /// Within `<Creator>`, whose `<Name>` is the device.
    in_creator: bool,
    heart_rate: Option<HeartRateOf>,
}

/// Whose `<Value>` comes next.
#[derive(Clone, Copy)]
enum HeartRateOf {
    Point,
    LapAverage,
    LapMaximum,
}

#[derive(Default)]
struct Unfinished {
    sport: String,
    id: Option<Timestamp>,
    device: String,
    utc_offset_s: Option<i32>,
    laps: Vec<(Option<Timestamp>, Totals)>,
    in_lap: bool,
    points: Points,
    point: Option<Point>,
    /// The stretches in which the timer ran.
    tracks: Vec<Track>,
    in_new_track: bool,
}

/// A `<Track>`: the times of its first and last point.
struct Track {
    lap: usize,
    first: Timestamp,
    last: Timestamp,
}

impl Visitor for Tcx {
    fn open(&mut self, name: &str, tag: &BytesStart) {
        match name {
            "Activity" => {
                self.end_activity();
                let sport = xml::attribute(tag, "Sport").unwrap_or_default().into_owned();
                self.activity = Some(Unfinished { sport, ..Unfinished::default() });
            }
            "Course" => self.other_kind = Some("a course"),
            "Workout" => self.other_kind = self.other_kind.or(Some("a workout")),
            "Creator" => self.in_creator = true,
            "HeartRateBpm" => self.heart_rate = Some(HeartRateOf::Point),
            "AverageHeartRateBpm" => self.heart_rate = Some(HeartRateOf::LapAverage),
            "MaximumHeartRateBpm" => self.heart_rate = Some(HeartRateOf::LapMaximum),
            _ => {
                if let Some(activity) = &mut self.activity {
                    activity.open(name, tag);
                }
            }
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        match name {
            "Activity" => return self.end_activity(),
            "Creator" => return self.in_creator = false,
            "HeartRateBpm" | "AverageHeartRateBpm" | "MaximumHeartRateBpm" => return self.heart_rate = None,
            _ => {}
        }
        let Some(activity) = &mut self.activity else { return };
        match (name, self.heart_rate) {
            ("Value", Some(of)) => activity.heart_rate(of, text),
            ("Name", _) if self.in_creator => text.trim().clone_into(&mut activity.device),
            _ => activity.close(name, text),
        }
    }
}

impl Tcx {
    fn end_activity(&mut self) {
        if let Some(activity) = self.activity.take().and_then(Unfinished::finish) {
            self.activities.push(activity);
        }
    }
}

impl Unfinished {
    fn open(&mut self, name: &str, tag: &BytesStart) {
        match name {
            "Lap" => {
                let start = xml::attribute(tag, "StartTime").and_then(|text| self.time(&text));
                self.laps.push((start, Totals::default()));
                self.in_lap = true;
            }
            "Track" => self.in_new_track = true,
            "Trackpoint" => self.point = Some(Point::default()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        if name == "Trackpoint" {
            if let Some(point) = self.point.take() {
                self.push(&point);
            }
        } else if self.point.is_some() {
            if name == "Time" {
                let time = self.time(text);
                self.point.iter_mut().for_each(|point| point.time = time);
            } else if let (Some(channel), Some(point)) = (channel(name), &mut self.point) {
                point.set(channel, text);
            }
        } else if name == "Lap" {
            self.in_lap = false;
        } else if name == "Id" {
            self.id = self.time(text);
        } else if let Some((_, totals)) = self.laps.last_mut().filter(|_| self.in_lap) {
            match name {
                "TotalTimeSeconds" => totals.timer_s = number(text),
                "DistanceMeters" => totals.distance_m = number(text),
                "AvgRunCadence" => totals.avg_step_rate_spm = number(text),
                "Cadence" => totals.avg_step_rate_spm = totals.avg_step_rate_spm.or(number(text)),
                "Steps" => totals.steps = number(text),
                _ => {}
            }
        }
    }

    /// Reads a time and remembers the offset that it names.
    fn time(&mut self, text: &str) -> Option<Timestamp> {
        let (time, offset) = Timestamp::parse_iso8601(text)?;
        self.utc_offset_s = self.utc_offset_s.or(offset);
        Some(time)
    }

    fn heart_rate(&mut self, of: HeartRateOf, text: &str) {
        match (of, &mut self.point, self.laps.last_mut()) {
            (HeartRateOf::Point, Some(point), _) => point.set(Channel::HeartRate, text),
            (HeartRateOf::LapAverage, None, Some((_, totals))) => totals.avg_heart_rate_bpm = number(text),
            (HeartRateOf::LapMaximum, None, Some((_, totals))) => totals.max_heart_rate_bpm = number(text),
            _ => {}
        }
    }

    fn push(&mut self, point: &Point) {
        let Some(time) = self.points.push(point) else { return };
        if std::mem::take(&mut self.in_new_track) {
            self.tracks.push(Track { lap: self.laps.len(), first: time, last: time });
        }
        if let Some(track) = self.tracks.last_mut() {
            track.last = time;
        }
    }

    fn finish(self) -> Option<Activity> {
        let first_lap = self.laps.iter().find_map(|(start, _)| *start);
        let stated = self.id.or(first_lap);
        let start = match (stated, self.points.first_time()) {
            // Some writers make an id of midnight.
            (Some(stated), Some(first)) if stated.seconds_since(first).abs() > LONGEST_WAIT_S => first,
            (Some(stated), Some(first)) => stated.min(first),
            (stated, first) => stated.or(first)?,
        };
        let mut activity = Activity::new(Format::Tcx, start);
        (activity.sport, activity.sub_sport) = sport::from_words(&self.sport);
        activity.utc_offset_s = self.utc_offset_s;
        activity.device =
            (!self.device.is_empty()).then(|| Device { manufacturer: self.device.clone(), product: String::new() });
        activity.pauses = between(&self.tracks, start);
        activity.totals = sum(&self.laps);
        let lap = |(lap_start, totals): &(Option<Timestamp>, Totals)| {
            Some(Lap { start_s: lap_start.as_ref()?.seconds_since(start), totals: totals.clone() })
        };
        activity.laps = self.laps.iter().filter_map(lap).collect();
        self.points.fill(&mut activity);
        Some(activity)
    }
}

fn channel(name: &str) -> Option<Channel> {
    Some(match name {
        "LatitudeDegrees" => Channel::Latitude,
        "LongitudeDegrees" => Channel::Longitude,
        "AltitudeMeters" => Channel::Altitude,
        "DistanceMeters" => Channel::Distance,
        "Cadence" | "RunCadence" => Channel::StepRate,
        "Speed" => Channel::Speed,
        "Watts" => Channel::Power,
        "Temperature" => Channel::Temperature,
        _ => return None,
    })
}

/// The gaps between the tracks of one lap: that is how TCX writes a stop of the timer. Between laps the
/// next point may only be due some seconds later.
fn between(tracks: &[Track], start: Timestamp) -> Vec<Span> {
    let in_one_lap = tracks.windows(2).filter(|pair| pair[0].lap == pair[1].lap);
    let gaps = in_one_lap
        .map(|pair| Span { from_s: pair[0].last.seconds_since(start), to_s: pair[1].first.seconds_since(start) });
    gaps.filter(|gap| gap.to_s > gap.from_s).collect()
}

/// The activity's totals from its laps': a total is only given where every lap has it.
fn sum(laps: &[(Option<Timestamp>, Totals)]) -> Totals {
    let laps = || laps.iter().map(|(_, totals)| totals);
    let add = |of: fn(&Totals) -> Option<f64>| laps().map(of).sum::<Option<f64>>().filter(|_| laps().count() > 0);
    let mean = |of: fn(&Totals) -> Option<f64>| {
        let timed = laps().filter_map(|lap| Some((of(lap)?, lap.timer_s?)));
        let (weighted, time) = timed.fold((0.0, 0.0), |(w, t), (value, s)| (w + value * s, t + s));
        (time > 0.0).then(|| weighted / time)
    };
    Totals {
        distance_m: add(|lap| lap.distance_m),
        timer_s: add(|lap| lap.timer_s),
        avg_heart_rate_bpm: mean(|lap| lap.avg_heart_rate_bpm),
        max_heart_rate_bpm: laps().filter_map(|lap| lap.max_heart_rate_bpm).reduce(f64::max),
        avg_step_rate_spm: mean(|lap| lap.avg_step_rate_spm.filter(|c| *c > 0.0)),
        steps: add(|lap| lap.steps),
        ..Totals::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(inner: &str) -> Vec<u8> {
        let head = r#"<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-01-01T08:00:00Z</Id>"#;
        format!("{head}{inner}</Activity></Activities></TrainingCenterDatabase>").into_bytes()
    }

    fn point(second: u32) -> String {
        format!("<Trackpoint><Time>2026-01-01T08:00:{second:02}Z</Time></Trackpoint>")
    }

    fn pauses(inner: &str) -> Vec<(f64, f64)> {
        let contents = read(&document(inner)).expect("an activity");
        contents.activities[0].pauses.iter().map(|span| (span.from_s, span.to_s)).collect()
    }

    #[test]
    fn a_new_track_in_a_lap_is_a_pause_and_a_new_lap_is_none() {
        let track = |from, to| format!("<Track>{}{}</Track>", point(from), point(to));
        let paused = format!("<Lap>{}{}</Lap>", track(0, 10), track(30, 40));
        assert_eq!(pauses(&paused), [(10.0, 30.0)]);
        let laps = format!("<Lap>{}</Lap><Lap>{}</Lap>", track(0, 10), track(18, 40));
        assert_eq!(pauses(&laps), []);
    }

    #[test]
    fn totals_are_the_sums_of_the_laps_where_every_lap_has_them() {
        let lap = |inner: &str| format!("<Lap><TotalTimeSeconds>100</TotalTimeSeconds>{inner}</Lap>");
        let metres = "<DistanceMeters>300</DistanceMeters>";
        let totals = |inner: &str| read(&document(inner)).expect("an activity").activities[0].totals.clone();
        let both = totals(&format!("{}{}", lap(metres), lap(metres)));
        assert_eq!((both.distance_m, both.timer_s), (Some(600.0), Some(200.0)));
        let one = totals(&format!("{}{}", lap(metres), lap("")));
        assert_eq!((one.distance_m, one.timer_s), (None, Some(200.0)), "half of a distance is not the distance");
    }
}
