//! Stretches that are out of all proportion to the run they are part of: nobody who jogs for an
//! hour runs one minute of it twice as fast as all others.

use std::ops::Range;

use kneewise_read::limits::world_best_mps;

/// No minute is faster than this many times the speed that a tenth of the run's time in motion
/// exceeds.
pub(crate) const MOST_TIMES_FAST_END: f64 = 2.0;

/// Strides are shorter (seconds).
const WINDOW_S: f64 = 60.0;

/// A stretch near the records of the world is looked at over these times (seconds), and out of
/// proportion from so many times the fast end on.
const LONG_WINDOWS_S: [f64; 2] = [180.0, 600.0];
const MOST_TIMES_NEAR_RECORD: f64 = 1.6;
const NEAR_RECORD: f64 = 0.8;

/// Beside such a stretch, what is this many times as fast as the fast end, over so many seconds, is
/// of it too.
const BESIDE: f64 = 1.5;
const EDGE_S: f64 = 10.0;

/// More stretches of one run that are as fast are intervals, which people run.
const MOST_LONE: usize = 2;

/// Who really runs so fast takes steps that are no longer than this (metres), and quicker than in
/// the rest of the run by this factor.
const LONGEST_STEP_M: f64 = 2.2;
const QUICKER_STEPS: f64 = 1.05;

/// A stretch with its metres and seconds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lone {
    /// The points.
    pub points: Range<usize>,
    /// Metres.
    pub metres: f64,
    /// Seconds.
    pub seconds: f64,
}

impl Lone {
    fn of(points: &[(f64, f64)], range: Range<usize>) -> Self {
        let (from, to) = (points[range.start], points[range.end]);
        Self { points: range, metres: to.1 - from.1, seconds: to.0 - from.0 }
    }

    /// Whether step rates of the stretch and of the rest of the run, per minute, say that it was
    /// run.
    pub fn is_run_by_steps(&self, own_spm: f64, usual_spm: f64) -> bool {
        let step_m = self.metres / self.seconds * 60.0 / own_spm;
        step_m <= LONGEST_STEP_M && own_spm >= QUICKER_STEPS * usual_spm
    }
}

/// The one or two stretches of the run that are twice as fast as its usual fast end, or nearly so
/// and near the records of the world; none where there are more.
pub(super) fn lone(points: &[(f64, f64)], stretches: &[Range<usize>], usual_mps: f64) -> Vec<Lone> {
    let is_twice = |metres: f64, seconds: f64| metres > MOST_TIMES_FAST_END * usual_mps * seconds;
    let is_near_record = |metres: f64, seconds: f64| {
        metres > MOST_TIMES_NEAR_RECORD * usual_mps * seconds && metres > NEAR_RECORD * world_best_mps(metres) * seconds
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        let twice = blocks(points, stretch.clone(), WINDOW_S, usual_mps, is_twice);
        let near_record = LONG_WINDOWS_S
            .iter()
            .flat_map(|window_s| blocks(points, stretch.clone(), *window_s, usual_mps, is_near_record));
        found.extend(twice.into_iter().chain(near_record).map(|block| grown(points, stretch, block, usual_mps)));
    }
    found.sort_by_key(|block| block.start);
    found.dedup_by(|later, earlier| {
        let overlap = later.start <= earlier.end;
        if overlap {
            earlier.end = earlier.end.max(later.end);
        }
        overlap
    });
    if found.len() > MOST_LONE {
        return Vec::new();
    }
    found.into_iter().map(|block| Lone::of(points, block)).collect()
}

/// The block with what is as fast beside it.
fn grown(points: &[(f64, f64)], stretch: &Range<usize>, block: Range<usize>, usual_mps: f64) -> Range<usize> {
    let is_fast = |edge: &usize, other: Option<usize>| {
        let (a, b) = (points[*edge], points[other.unwrap_or(*edge)]);
        (b.1 - a.1).abs() > BESIDE * usual_mps * (b.0 - a.0).abs()
    };
    let is_far = |edge: usize, other: usize| (points[other].0 - points[edge].0).abs() >= EDGE_S;
    let before = |edge: &usize| is_fast(edge, (stretch.start..*edge).rev().find(|other| is_far(*edge, *other)));
    let after = |edge: &usize| is_fast(edge, (*edge + 1..stretch.end).find(|other| is_far(*edge, *other)));
    let start = (stretch.start + 1..=block.start).rev().take_while(before).last().map_or(block.start, |edge| edge - 1);
    let end = (block.end..stretch.end - 1).take_while(after).last().map_or(block.end, |edge| edge + 1);
    start..end
}

/// Cuts out of the points of `stretch`, as (seconds, metres), the minutes that are out of
/// proportion to the speed of the run's fast end; returns what is left.
pub(super) fn parts(points: &[(f64, f64)], stretch: Range<usize>, fast_end_mps: f64) -> Vec<Range<usize>> {
    let is_too_fast = |metres: f64, seconds: f64| metres > MOST_TIMES_FAST_END * fast_end_mps * seconds;
    without(stretch.clone(), blocks(points, stretch, WINDOW_S, fast_end_mps, is_too_fast))
}

/// Returns what is left of a stretch without blocks of it.
pub(super) fn without(stretch: Range<usize>, blocks: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut begin = stretch.start;
    for block in blocks {
        parts.push(begin..block.start + 1);
        begin = block.end;
    }
    parts.push(begin..stretch.end);
    parts
}

/// The blocks of a stretch in which any window of this length is too fast, by its metres and
/// seconds; legs at the edges that are no faster than the fast end are none of theirs.
fn blocks(
    points: &[(f64, f64)],
    stretch: Range<usize>,
    window_s: f64,
    fast_end_mps: f64,
    is_too_fast: impl Fn(f64, f64) -> bool,
) -> Vec<Range<usize>> {
    let step = |from: usize, to: usize| (points[to].1 - points[from].1, points[to].0 - points[from].0);
    let is_faster = |leg: usize| {
        let (metres, seconds) = step(leg, leg + 1);
        metres > fast_end_mps * seconds
    };
    let trimmed = |Range { mut start, mut end }: Range<usize>| {
        while start < end && !is_faster(start) {
            start += 1;
        }
        while end > start && !is_faster(end - 1) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    };
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut to = stretch.start;
    for from in stretch.clone() {
        while to < stretch.end && points[to].0 - points[from].0 < window_s {
            to += 1;
        }
        if to == stretch.end {
            break;
        }
        let (metres, seconds) = step(from, to);
        if is_too_fast(metres, seconds) {
            match windows.last_mut() {
                Some(last) if from <= last.end => last.end = to,
                _ => windows.push(from..to),
            }
        }
    }
    windows.into_iter().filter_map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_out_of_proportion_is_cut_out_and_strides_are_not() {
        let track = |fast: Range<usize>, mps: f64| {
            let mut metres = 0.0;
            let point = |i: usize| {
                metres += if fast.contains(&i) { mps } else { 3.0 };
                (i as f64, metres)
            };
            (0..1000).map(point).collect::<Vec<_>>()
        };
        let cut = parts(&track(500..580, 7.0), 0..1000, 3.0);
        assert_eq!(cut, [0..500, 579..1000]);
        let whole = |start, end| vec![Range { start, end }];
        assert_eq!(parts(&track(500..520, 8.0), 0..1000, 3.0), whole(0, 1000));
        assert_eq!(parts(&track(500..580, 5.0), 100..900, 3.0), whole(100, 900));
    }

    #[test]
    fn a_lone_stretch_is_no_part_of_the_run_and_intervals_are() {
        let track = |is_fast: fn(usize) -> bool, mps: f64| {
            let mut metres = 0.0;
            let point = |i: usize| {
                metres += if is_fast(i) { mps } else { 2.8 };
                (i as f64, metres)
            };
            (0..3600).map(point).collect::<Vec<_>>()
        };
        let found =
            |points: &[(f64, f64)], usual_mps| lone(points, std::slice::from_ref(&(0..points.len())), usual_mps);
        let ten_minutes = track(|i| (1200..1800).contains(&i), 6.5);
        let blocks = found(&ten_minutes, 2.9);
        let [block] = &blocks[..] else { panic!("one stretch") };
        assert!((block.seconds - 600.0).abs() <= 2.0 && (block.metres / block.seconds - 6.5).abs() < 0.02, "{block:?}");
        assert_eq!(found(&ten_minutes, 3.5).len(), 1, "near the records of the world");
        assert_eq!(found(&ten_minutes, 4.1), [], "who jogs at that speed may");
        assert!(block.is_run_by_steps(184.0, 168.0), "somebody who is as fast");
        assert!(!block.is_run_by_steps(168.0, 168.0) && !block.is_run_by_steps(168.0, 150.0));
        let intervals = track(|i| i % 600 < 180, 6.2);
        assert_eq!(found(&intervals, 2.9), []);
    }
}
