//! The compact trail of a recording: where it was, how far it had come and at which heart rate,
//! every ten seconds or so. Copies are told by it; after the import it is dropped.

use kneewise_core::measure::trace::Trace;
use kneewise_read::activity::Channel;

/// Points lie no closer than this (seconds).
const INTERVAL_S: f64 = 10.0;

/// A trail has about so many points at most: those of a recording of days lie further apart.
const MOST_POINTS: f64 = 1024.0;

/// What goes on after so many breaks is no run's.
const MOST_SPANS: usize = 4096;

/// Samples further apart than this (seconds) are no stretch of time with samples.
const LONGEST_GAP_S: f64 = 300.0;

/// A break shorter than this (seconds) within a recording is a pause of it, which no other
/// recording fills.
const LONGEST_PAUSE_S: f64 = 600.0;

/// Faster than this (metres per second) over a break, a distance that went on says that the runner
/// did as well.
const WENT_ON_MPS: f64 = 0.5;

/// Positions are asked for no further than this (seconds, and times the trail's interval) from a
/// point.
const NEAR_S: f64 = 60.0;

/// A point no further than this (seconds) from an instant is the one of that instant.
const AT_ONCE_S: f64 = 1.0;

/// The neighbours of a point that tell its bend lie no further than this (seconds) from it.
const BESIDE_S: f64 = 1.5 * INTERVAL_S;

const METRES_PER_DEGREE: f64 = 111_195.0;

/// A stretch of time, in seconds on a clock that the context names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    pub from_s: f64,
    pub to_s: f64,
}

impl Span {
    pub fn seconds(self) -> f64 {
        self.to_s - self.from_s
    }

    /// Seconds that another stretch has as well.
    pub fn shared_with(self, other: Self) -> f64 {
        (self.to_s.min(other.to_s) - self.from_s.max(other.from_s)).max(0.0)
    }

    pub fn later(self, seconds: f64) -> Self {
        Self { from_s: self.from_s + seconds, to_s: self.to_s + seconds }
    }
}

/// Time, place and distance; 16 bytes.
#[derive(Clone, Copy, Debug)]
struct Point {
    /// Seconds since the recording's start.
    time_s: f32,
    /// Ten-millionths of a degree; [`NOWHERE`] where no position is known.
    north: i32,
    east: i32,
    /// Metres since the start; NaN where none are known.
    metres: f32,
}

const NOWHERE: i32 = i32::MIN;
const PER_DEGREE: f64 = 1e7;

/// A recording, small enough to keep until all have been compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail {
    points: Vec<Point>,
    /// Beats per minute at each point, 0 where unknown; empty where none is known.
    bpm: Vec<u8>,
    /// The time with samples, in seconds since the start, pauses within left out where they are
    /// long.
    spans: Vec<(f32, f32)>,
}

/// A position in degrees.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    north: f64,
    east: f64,
}

impl Place {
    /// Metres to another, good for neighbours: far away is far away.
    pub fn metres_to(self, other: Self) -> f64 {
        let (north_m, east_m) = self.metres_north_and_east(other);
        libm::hypot(north_m, east_m)
    }

    /// The same by direction.
    pub fn metres_north_and_east(self, other: Self) -> (f64, f64) {
        let east = degrees_east(self, other);
        (METRES_PER_DEGREE * (other.north - self.north), METRES_PER_DEGREE * east * libm::cos(self.north.to_radians()))
    }

    /// The place on the way to another.
    fn towards(self, other: Self, share: f64) -> Self {
        let north = self.north + share * (other.north - self.north);
        Self { north, east: self.east + share * degrees_east(self, other) }
    }
}

fn degrees_east(a: Place, b: Place) -> f64 {
    (b.east - a.east + 540.0).rem_euclid(360.0) - 180.0
}

/// Where a trail lies, in degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    south: f64,
    west: f64,
    north: f64,
    east: f64,
}

impl Bounds {
    /// Whether two lie no further apart than some metres. Over the line of the date it is always
    /// so.
    pub fn are_near(self, other: Self, metres: f64) -> bool {
        const WIDE_DEGREES: f64 = 180.0;
        let north = metres / METRES_PER_DEGREE;
        let coldest = self.north.abs().max(self.south.abs()).min(89.0);
        let east = north / libm::cos(coldest.to_radians());
        let is_wide = |of: Self| of.east - of.west > WIDE_DEGREES;
        let meet_north = self.south - north <= other.north && other.south - north <= self.north;
        let meet_east = self.west - east <= other.east && other.west - east <= self.east;
        let is_at_the_date_line = [self, other].into_iter().any(|of| of.east.abs().max(of.west.abs()) > 179.0);
        is_wide(self) || is_wide(other) || is_at_the_date_line || meet_north && meet_east
    }
}

/// What a trail knows of an instant.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub time_s: f64,
    pub place: Option<Place>,
    pub bpm: Option<f64>,
}

impl Trail {
    /// Of a recording of which nobody knows where it was.
    pub const EMPTY: Self = Self { points: Vec::new(), bpm: Vec::new(), spans: Vec::new() };

    pub fn of(trace: &Trace) -> Self {
        let samples = &trace.activity.samples;
        let time = samples.time_s();
        let longest_gap_s = trace.longest_gap_s().min(LONGEST_GAP_S);
        let interval_s = INTERVAL_S.max(trace.recorded_s() / MOST_POINTS);
        let [north, east, metres] =
            [Channel::Latitude, Channel::Longitude, Channel::Distance].map(|channel| samples.column(channel));
        let (heart_rate, by) = (trace.heart_rate(), trace.correction());
        let mut trail = Self::default();
        let mut furthest = f32::NAN;
        // Slots of the clock, not of the recording: of a part of it, and of a copy whose clock is
        // off by minutes, the same samples are chosen.
        let start_s = trace.activity.start.unix_ms() as f64 / 1000.0;
        let slot_of = |now: f64| ((start_s + now) / interval_s).floor();
        let mut last_slot = f64::NEG_INFINITY;
        for (i, &now) in time.iter().enumerate() {
            if let Some(metres) = metres.map(|column| (column[i] * by) as f32).filter(|metres| !metres.is_nan()) {
                furthest = metres.max(furthest);
            }
            let is_behind_gap = i > 0 && now - time[i - 1] > longest_gap_s;
            let is_room = trail.spans.len() < MOST_SPANS;
            match trail.spans.last_mut() {
                Some(span) if !is_behind_gap => span.1 = now as f32,
                // A lone sample is no time.
                Some(span) if span.0 == span.1 => *span = (now as f32, now as f32),
                _ if is_room => trail.spans.push((now as f32, now as f32)),
                _ => break,
            }
            let is_before_gap = time.get(i + 1).is_none_or(|next| next - now > longest_gap_s);
            let is_edge = (is_behind_gap || is_before_gap) && trail.points.len() < 4 * MOST_POINTS as usize;
            if !is_edge && slot_of(now) <= last_slot {
                continue;
            }
            last_slot = slot_of(now);
            let degrees = |column: Option<&[f64]>| column.map(|column| column[i]).filter(|degrees| !degrees.is_nan());
            let (north, east) = degrees(north)
                .zip(degrees(east))
                .map_or((NOWHERE, NOWHERE), |(north, east)| ((north * PER_DEGREE) as i32, (east * PER_DEGREE) as i32));
            trail.points.push(Point { time_s: now as f32, north, east, metres: furthest });
            if let Some(bpm) = heart_rate {
                // NaN becomes 0.
                trail.bpm.push((bpm[i] + 0.5) as u8);
            }
        }
        trail.points.shrink_to_fit();
        trail.bpm.shrink_to_fit();
        trail
    }

    /// Whether there is more than a point in time.
    pub fn has_time(&self) -> bool {
        self.points.len() > 1
    }

    /// The time with samples, in seconds since the recording's start.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.spans.iter().map(|span| Span { from_s: f64::from(span.0), to_s: f64::from(span.1) })
    }

    /// Seconds with samples.
    pub fn seconds(&self) -> f64 {
        self.spans().map(Span::seconds).sum()
    }

    /// The time with samples and the pauses in it, which are no other recording's to fill: breaks
    /// that are short, or over which the distance went on.
    pub fn covered(&self) -> Vec<Span> {
        let mut covered: Vec<Span> = Vec::new();
        for span in self.spans() {
            let went_on = |from_s: f64, to_s: f64| {
                let metres = self.metres_at(to_s).zip(self.metres_at(from_s)).map(|(to, from)| to - from);
                metres.is_some_and(|metres| metres >= WENT_ON_MPS * (to_s - from_s))
            };
            match covered.last_mut() {
                Some(last) if span.from_s - last.to_s < LONGEST_PAUSE_S || went_on(last.to_s, span.from_s) => {
                    last.to_s = span.to_s;
                }
                _ => covered.push(span),
            }
        }
        covered
    }

    /// Some of its instants, evenly chosen.
    pub fn moments(&self, most: usize) -> impl Iterator<Item = Moment> {
        let stride = self.points.len().div_ceil(most.max(1)).max(1);
        (0..self.points.len()).step_by(stride).map(|i| Moment {
            time_s: f64::from(self.points[i].time_s),
            place: self.points[i].place(),
            bpm: self.bpm_of(i),
        })
    }

    /// What is known of an instant, between the points beside it.
    pub fn at(&self, time_s: f64) -> Moment {
        let mut moment = Moment { time_s, place: None, bpm: None };
        let Some((before, share)) = self.around(time_s) else { return moment };
        let (a, b) = (self.points[before], self.points[before + 1]);
        if f64::from(b.time_s - a.time_s) > NEAR_S.max(2.5 * self.seconds() / MOST_POINTS) {
            return moment;
        }
        moment.place = a.place().zip(b.place()).map(|(a, b)| a.towards(b, share));
        moment.bpm = self.bpm_of(before).zip(self.bpm_of(before + 1)).map(|(a, b)| a + share * (b - a));
        moment
    }

    /// Whether an instant lies between two of its points.
    pub fn is_during(&self, time_s: f64) -> bool {
        self.around(time_s).is_some()
    }

    /// The times of its points, in seconds since the recording's start.
    pub fn times(&self) -> impl Iterator<Item = f64> {
        self.points.iter().map(|point| f64::from(point.time_s))
    }

    /// How far the point of an instant lies from the middle between its neighbours, in metres north
    /// and east: the bend of the way, and the noise of the position. `None` where no point is of
    /// that instant or its neighbours are far.
    pub fn bend(&self, time_s: f64) -> Option<(f64, f64)> {
        let after = self.points.partition_point(|point| f64::from(point.time_s) < time_s);
        let far_s = |i: &usize| (f64::from(self.points[*i].time_s) - time_s).abs();
        let near =
            (after.saturating_sub(1)..self.points.len().min(after + 1)).min_by(|a, b| far_s(a).total_cmp(&far_s(b)));
        let i = near.filter(|i| far_s(i) <= AT_ONCE_S)?;
        let [before, here, next] = [i.checked_sub(1)?, i, i + 1].map(|i| self.points.get(i).copied());
        let (before, here, next) = (before?, here?, next?);
        if f64::from(here.time_s - before.time_s).max(f64::from(next.time_s - here.time_s)) > BESIDE_S {
            return None;
        }
        let share = f64::from(here.time_s - before.time_s) / f64::from(next.time_s - before.time_s);
        let middle = before.place()?.towards(next.place()?, share);
        Some(middle.metres_north_and_east(here.place()?))
    }

    /// South, west, north and east of all its places, in degrees; `None` where none is known.
    pub fn bounds(&self) -> Option<Bounds> {
        let places = self.points.iter().filter_map(|point| point.place());
        let of_one =
            |place: Place| Bounds { south: place.north, west: place.east, north: place.north, east: place.east };
        places.map(of_one).reduce(|a, b| Bounds {
            south: a.south.min(b.south),
            west: a.west.min(b.west),
            north: a.north.max(b.north),
            east: a.east.max(b.east),
        })
    }

    /// Metres at an instant, held at both ends; `None` where no distance is known.
    pub fn metres_at(&self, time_s: f64) -> Option<f64> {
        let metres = |i: usize| Some(f64::from(self.points.get(i)?.metres)).filter(|metres| !metres.is_nan());
        match self.around(time_s) {
            Some((i, share)) => match (metres(i), metres(i + 1)) {
                (Some(a), Some(b)) => Some(a + share * (b - a)),
                (a, b) => a.or(b),
            },
            None if f64::from(self.points.first()?.time_s) >= time_s => metres(0),
            None => metres(self.points.len() - 1),
        }
    }

    /// The point before an instant, and how far on to the next one it is.
    fn around(&self, time_s: f64) -> Option<(usize, f64)> {
        let after = self.points.partition_point(|point| f64::from(point.time_s) <= time_s);
        if after == 0 {
            return None;
        }
        let before = (after - 1).min(self.points.len().checked_sub(2)?);
        let (from_s, to_s) = (f64::from(self.points[before].time_s), f64::from(self.points[before + 1].time_s));
        if time_s > to_s {
            return None;
        }
        Some((before, if to_s > from_s { (time_s - from_s) / (to_s - from_s) } else { 0.0 }))
    }

    fn bpm_of(&self, i: usize) -> Option<f64> {
        self.bpm.get(i).filter(|bpm| **bpm > 0).map(|bpm| f64::from(*bpm))
    }
}

impl Point {
    fn place(self) -> Option<Place> {
        let degrees = |ten_millionths: i32| f64::from(ten_millionths) / PER_DEGREE;
        (self.north != NOWHERE).then(|| Place { north: degrees(self.north), east: degrees(self.east) })
    }
}

/// Adds stretches of time to others, and joins those that touch: of a thousand copies the time is
/// that of one.
pub(crate) fn cover(covered: &mut Vec<Span>, more: Vec<Span>) {
    covered.extend(more);
    covered.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    covered.dedup_by(|later, earlier| {
        let touches = later.from_s <= earlier.to_s;
        if touches {
            earlier.to_s = earlier.to_s.max(later.to_s);
        }
        touches
    });
}

/// What of `of` lies outside all of `others`, both in order.
pub(crate) fn outside(of: &[Span], others: &[Span]) -> Vec<Span> {
    let mut others: Vec<Span> = others.to_vec();
    others.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    let mut left = Vec::new();
    for span in of {
        let mut from_s = span.from_s;
        for other in others.iter().filter(|other| other.to_s > span.from_s && other.from_s < span.to_s) {
            if other.from_s > from_s {
                left.push(Span { from_s, to_s: other.from_s });
            }
            from_s = from_s.max(other.to_s);
        }
        if from_s < span.to_s {
            left.push(Span { from_s, to_s: span.to_s });
        }
    }
    left
}
