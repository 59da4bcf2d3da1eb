//! Rides that a track holds: minutes in which the positions get further than anybody runs.
//!
//! They are looked for before the way is added up, which passes over single positions that are out
//! of reach: of a ride it would count what fits a runner.

use crate::activity::Span;
use crate::geodesy;
use crate::limits::world_best_mps;

/// How far apart two positions lie is looked at over this time (seconds); no further apart than so
/// many are two of one stretch.
const WINDOW_S: f64 = 60.0;
const LONGEST_WINDOW_S: f64 = 90.0;

/// A shorter ride (seconds) is a receiver that went wrong for a while.
const SHORTEST_S: f64 = 180.0;

/// Where more of the time than this share is one, it is no run with a ride in it.
const MOST_SHARE: f64 = 0.4;

/// At the edges it ends where over this time (seconds) nothing is faster than the usual by more
/// than this factor.
const EDGE_S: f64 = 15.0;
const USUAL: f64 = 1.5;

/// Times are often whole seconds.
const ROUNDING_S: f64 = 1.0;

/// Nothing slower than this (metres per second) is looked at: the best over so short a time is
/// faster.
const SLOWEST_MPS: f64 = 7.0;

/// The samples with a position.
struct Places<'t> {
    time_s: &'t [f64],
    lat: &'t [f64],
    lon: &'t [f64],
    known: Vec<u32>,
}

/// Returns the rides in a track, in seconds since the start, in order; `time_s` ascends, and
/// positions are NaN where a sample has none.
pub(super) fn rides(time_s: &[f64], lat: &[f64], lon: &[f64]) -> Vec<Span> {
    let is_known = |i: &u32| !lat[*i as usize].is_nan() && !lon[*i as usize].is_nan();
    let places = Places { time_s, lat, lon, known: (0..time_s.len() as u32).filter(is_known).collect() };
    let mut rides = places.too_fast();
    if rides.is_empty() {
        return rides;
    }
    let usual_mps = places.usual_mps();
    for ride in &mut rides {
        places.trim(ride, usual_mps);
    }
    rides.retain(|ride| ride.to_s - ride.from_s >= SHORTEST_S);
    let all_s: f64 = rides.iter().map(|ride| ride.to_s - ride.from_s).sum();
    if all_s > MOST_SHARE * places.seconds() { Vec::new() } else { rides }
}

impl Places<'_> {
    fn seconds(&self) -> f64 {
        self.known.len().checked_sub(1).map_or(0.0, |last| self.at_s(last) - self.at_s(0))
    }

    fn at_s(&self, place: usize) -> f64 {
        self.time_s[self.known[place] as usize]
    }

    /// Metres as the crow flies.
    fn metres(&self, from: usize, to: usize) -> f64 {
        let [from, to] = [from, to].map(|place| self.known[place] as usize);
        geodesy::distance_m(self.lat[from], self.lon[from], self.lat[to], self.lon[to])
    }

    /// From each place, the next one that is `window_s` later, if it is not much later.
    fn windows(&self, window_s: f64) -> impl Iterator<Item = (usize, usize)> {
        let mut to = 0;
        (0..self.known.len()).filter_map(move |from| {
            while to < self.known.len() && self.at_s(to) - self.at_s(from) < window_s {
                to += 1;
            }
            let is_near = to < self.known.len() && self.at_s(to) - self.at_s(from) <= LONGEST_WINDOW_S;
            is_near.then_some((from, to))
        })
    }

    fn too_fast(&self) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        for (from, to) in self.windows(WINDOW_S) {
            let (metres, seconds) = (self.metres(from, to), self.at_s(to) - self.at_s(from));
            if metres < SLOWEST_MPS * seconds || metres <= world_best_mps(metres) * (seconds + ROUNDING_S) {
                continue;
            }
            let window = Span { from_s: self.at_s(from), to_s: self.at_s(to) };
            match found.last_mut() {
                Some(last) if window.from_s <= last.to_s => last.to_s = window.to_s,
                _ => found.push(window),
            }
        }
        found
    }

    /// The median of the speeds as the crow flies over some seconds, in metres per second.
    fn usual_mps(&self) -> f64 {
        let mut speeds: Vec<f64> = (self.windows(EDGE_S))
            .map(|(from, to)| self.metres(from, to) / (self.at_s(to) - self.at_s(from)))
            .collect();
        let middle = speeds.len() / 2;
        if speeds.is_empty() { 0.0 } else { *speeds.select_nth_unstable_by(middle, f64::total_cmp).1 }
    }

    /// Takes what is of the usual speed off the edges.
    fn trim(&self, ride: &mut Span, usual_mps: f64) {
        let is_fast = |(from, to): &(usize, usize)| {
            self.metres(*from, *to) > USUAL * usual_mps * (self.at_s(*to) - self.at_s(*from))
        };
        let (from_s, to_s) = (ride.from_s, ride.to_s);
        let is_within = |(from, to): &(usize, usize)| self.at_s(*from) >= from_s && self.at_s(*to) <= to_s;
        let fast = || self.windows(EDGE_S).filter(is_within).filter(is_fast);
        if let Some((first, last)) = fast().next().zip(fast().last()) {
            // The first such time is fast by its end, and the last by its start.
            let (from_s, to_s) = (self.at_s(first.1), self.at_s(last.0));
            *ride = Span { from_s, to_s: to_s.max(from_s) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A track due north, a point a second for an hour, at 2.8 m/s but for a stretch.
    fn rides_of(stretch: std::ops::Range<usize>, mps: f64) -> Vec<Span> {
        let mut metres = 0.0;
        let lat = (0..3600).map(|i| {
            metres += if stretch.contains(&i) { mps } else { 2.8 };
            50.0 + metres / 111_229.0
        });
        let time: Vec<f64> = (0..3600).map(f64::from).collect();
        rides(&time, &lat.collect::<Vec<_>>(), &vec![-30.0; 3600])
    }

    #[test]
    fn minutes_that_nobody_runs_are_a_ride() {
        for mps in [10.0, 14.0, 30.0] {
            let found = rides_of(1200..1700, mps);
            let [ride] = &found[..] else { panic!("one ride at {mps}: {found:?}") };
            assert!((ride.from_s - 1200.0).abs() < 5.0 && (ride.to_s - 1700.0).abs() < 5.0, "{ride:?}");
        }
        assert_eq!(rides_of(1200..1700, 6.0), [], "somebody may");
        assert_eq!(rides_of(1200..1300, 14.0), [], "a receiver that went wrong");
        assert_eq!(rides_of(600..3000, 14.0), [], "no run at all");
    }
}
