//! A clock that was set while it recorded, told by the order of the samples in the file: sorted by
//! their times, samples on another clock would be run twice over, or lie hours away.

use crate::activity::{Note, NoteKind};
use crate::limits::FASTEST_RUN_MPS;
use crate::sample_time::median_interval_s;

use super::geodesy;

/// A shorter step of time (seconds, and in usual intervals) is a stutter or a sparse recording.
const SHORTEST_S: f64 = 60.0;
const SHORTEST_IN_INTERVALS: f64 = 10.0;

/// More steps back are samples in another order, and no clock that was set.
const MOST: usize = 8;

/// The samples of a file in its order. Columns may be shorter than the times, or empty.
pub(super) struct Recorded<'a> {
    pub time_s: &'a [f64],
    pub lat: &'a [f64],
    pub lon: &'a [f64],
    pub distance: &'a [f64],
}

/// By how much samples are to be moved, from a row on.
#[derive(Default)]
pub(super) struct Moves {
    /// (row, seconds to add from there on), ascending.
    from: Vec<(usize, f64)>,
    /// Seconds by which the clock was set back and stayed so.
    set_back_s: f64,
    /// Rows that were on another clock for a while.
    strays: usize,
}

impl Moves {
    /// Returns whether every sample stays where it is.
    pub fn is_empty(&self) -> bool {
        self.from.is_empty()
    }

    /// Returns the seconds to add to the time of `row`.
    pub fn of(&self, row: usize) -> f64 {
        let passed = self.from.partition_point(|(from, _)| *from <= row);
        passed.checked_sub(1).map_or(0.0, |last| self.from[last].1)
    }

    /// Returns what a user should know about it.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        let set_back = (self.set_back_s > 0.0).then(|| {
            let hours = self.set_back_s / 3600.0;
            format!("the clock was set back by {hours:.1} hours in the recording; what follows is moved on")
        });
        let strays = (self.strays > 0).then(|| {
            let what = "samples on another clock than those around them, moved to where they stand in the file";
            Note::counted(NoteKind::Clock, what, self.strays)
        });
        set_back.map(|text| Note::new(NoteKind::Clock, text)).into_iter().chain(strays)
    }
}

impl Recorded<'_> {
    /// Finds where the clock was set back, or set and set back again, and the track goes on.
    pub fn moves(&self) -> Moves {
        let interval_s = median_interval_s(self.time_s).abs();
        let shortest_s = SHORTEST_S.max(SHORTEST_IN_INTERVALS * interval_s);
        let jumps: Vec<usize> = (1..self.time_s.len()).filter(|&i| self.step_s(i).abs() > shortest_s).collect();
        let back = jumps.iter().copied().filter(|&i| self.step_s(i) < 0.0 && !self.is_swap(i));
        let back: Vec<usize> = back.collect();
        if back.is_empty() || back.len() > MOST {
            return Moves::default();
        }
        let mut steps: Vec<(usize, f64)> = Vec::new();
        let mut moves = Moves::default();
        let mut is_alone = Vec::new();
        for &at in &back {
            let is_free = |i: &usize| steps.iter().all(|(taken, _)| taken != i);
            let forward = jumps.iter().copied().filter(|&i| self.step_s(i) > 0.0 && is_free(&i));
            let partner = forward.filter(|&i| self.cancel(i, at, interval_s)).min_by_key(|i| i.abs_diff(at));
            let Some(partner) = partner else {
                is_alone.push(at);
                continue;
            };
            // What remains of both steps is the time from one sample to the next, twice.
            let both_s = self.step_s(partner) + self.step_s(at);
            let first_s = (both_s / 2.0).floor();
            steps.push((partner.min(at), first_s - self.step_s(partner.min(at))));
            steps.push((partner.max(at), both_s - first_s - self.step_s(partner.max(at))));
            moves.strays += partner.abs_diff(at);
        }
        if is_alone.iter().all(|&at| self.goes_on(at)) {
            for at in is_alone {
                let last_s = if at > 1 { self.step_s(at - 1) } else { interval_s };
                let later_s = last_s.clamp(1.0, SHORTEST_S) - self.step_s(at);
                steps.push((at, later_s));
                moves.set_back_s += later_s;
            }
        }
        steps.sort_unstable_by_key(|(at, _)| *at);
        let mut later_s = 0.0;
        moves.from.extend(steps.into_iter().map(|(at, by)| {
            later_s += by;
            (at, later_s)
        }));
        moves
    }

    /// Seconds from the row before.
    fn step_s(&self, row: usize) -> f64 {
        self.time_s[row] - self.time_s[row - 1]
    }

    /// Whether two steps of the clock undo each other, and the samples between are within reach.
    fn cancel(&self, a: usize, b: usize, interval_s: f64) -> bool {
        let both_s = self.step_s(a) + self.step_s(b);
        let most_s = (4.0 * interval_s).clamp(10.0, SHORTEST_S).min(0.2 * self.step_s(b).abs());
        let is_far = |row| self.step_m(row).is_some_and(|metres| metres > NEAR_M + FASTEST_RUN_MPS * most_s);
        (0.0..=most_s).contains(&both_s) && !is_far(a) && !is_far(b)
    }

    /// Whether `row` and the one before only changed places beside a pause: the other way round
    /// they stand in order among their neighbours. Of the last two of all, that is not known; there
    /// a clock that was set takes a way that goes on.
    fn is_swap(&self, row: usize) -> bool {
        let time_s = self.time_s;
        let follows = row < 2 || time_s[row - 2] <= time_s[row];
        let is_followed = match time_s.get(row + 1) {
            Some(next) => time_s[row - 1] <= *next,
            None => row < 2 || self.step_m(row).or(self.step_m(row - 1)).is_none(),
        };
        follows && is_followed
    }

    /// Whether the way goes on at `row` where it was in the row before.
    fn goes_on(&self, row: usize) -> bool {
        self.step_m(row).is_some_and(|metres| metres <= NEAR_M)
    }

    /// Metres from the row before, by the positions, otherwise by the distance.
    fn step_m(&self, row: usize) -> Option<f64> {
        let at = |column: &[f64], row: usize| column.get(row).copied().filter(|value| !value.is_nan());
        let place = |row| Some((at(self.lat, row)?, at(self.lon, row)?));
        if let (Some((lat, lon)), Some((to_lat, to_lon))) = (place(row - 1), place(row)) {
            return Some(geodesy::distance_m(lat, lon, to_lat, to_lon));
        }
        Some(at(self.distance, row)? - at(self.distance, row - 1)?).filter(|metres| *metres >= -1.0)
    }
}

/// From one sample to the next nobody gets further (metres).
const NEAR_M: f64 = 60.0;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The times that come out of an even track, a sample each `interval_s`, with `shift` added to
    /// each.
    fn mended(interval_s: f64, n: usize, shift: impl Fn(usize) -> f64) -> (Vec<f64>, usize) {
        let time_s: Vec<f64> = (0..n).map(|i| i as f64 * interval_s + shift(i)).collect();
        let lat: Vec<f64> = (0..n).map(|i| 50.0 + i as f64 * interval_s * 2.8 / 111_229.0).collect();
        let recorded = Recorded { time_s: &time_s, lat: &lat, lon: &vec![-40.0; n], distance: &[] };
        let moves = recorded.moves();
        let mended = time_s.iter().enumerate().map(|(row, seconds)| seconds + moves.of(row)).collect();
        (mended, moves.notes().count())
    }

    fn even(interval_s: f64, n: usize) -> Vec<f64> {
        (0..n).map(|i| i as f64 * interval_s).collect()
    }

    #[test]
    fn samples_in_another_order_and_pauses_are_left_alone() {
        let pause = mended(5.0, 300, |i| if i < 150 { 0.0 } else { 3600.0 });
        assert_eq!(pause.1, 0);
        // The second and the third quarter of a track change places.
        let row = |i: usize| if i / 100 == 1 { i + 100 } else if i / 100 == 2 { i - 100 } else { i } as f64;
        let time_s: Vec<f64> = (0..400).map(|i| 5.0 * row(i)).collect();
        let distance: Vec<f64> = (0..400).map(|i| 14.0 * row(i)).collect();
        let recorded = Recorded { time_s: &time_s, lat: &[], lon: &[], distance: &distance };
        assert!(recorded.moves().is_empty());
    }

    #[test]
    fn neighbours_that_changed_places_beside_a_pause_are_no_clock_that_was_set() {
        let moves = |time_s: &[f64]| Recorded { time_s, lat: &[], lon: &[], distance: &[] }.moves();
        for time_s in [
            [0.0, 4.0, 187.0, 9.0, 190.0, 195.0, 401.0],
            [0.0, 3.0, 324.0, 322.0, 636.0, 641.0, 644.0],
            [300.0, 0.0, 302.0, 304.0, 306.0, 308.0, 310.0],
            [0.0, 2.0, 6.0, 7.0, 9.0, 118.0, 11.0],
        ] {
            assert!(moves(&time_s).is_empty(), "{time_s:?}");
        }
        assert!(!moves(&[0.0, 2.0, 6.0, 367.0, 9.0, 11.0, 13.0]).is_empty(), "a sample on another clock");
    }

    proptest! {
        /// Wherever a clock is set back, or set and set back again, by whatever, the samples follow
        /// one another.
        #[test]
        fn each_sample_comes_after_the_one_before(
            interval_s in 1_u32..11, from in 1_usize..199, lasts in 1_usize..250, leap_s in 300_i32..2_000_000,
            is_back: bool,
        ) {
            let interval_s = f64::from(interval_s);
            let leap_s = f64::from(leap_s) * if is_back { -1.0 } else { 1.0 };
            let to = if is_back { from + lasts } else { (from + lasts).min(199) };
            let (mended, notes) = mended(interval_s, 200, |i| if (from..to).contains(&i) { leap_s } else { 0.0 });
            if from < to {
                prop_assert_eq!(mended, even(interval_s, 200));
                prop_assert_eq!(notes, 1);
            }
        }
    }
}
