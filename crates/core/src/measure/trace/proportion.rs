//! Stretches that are out of all proportion to the run they are part of: nobody who jogs for an
//! hour runs one minute of it twice as fast as all others.

use std::ops::Range;

/// No minute is faster than this many times the speed that a tenth of the run's time in motion
/// exceeds.
pub(crate) const MOST_TIMES_FAST_END: f64 = 2.0;

/// Strides are shorter (seconds).
const WINDOW_S: f64 = 60.0;

/// Cuts out of the points of `stretch`, as (seconds, metres), the minutes that are out of
/// proportion to the speed of the run's fast end; returns what is left.
pub(super) fn parts(points: &[(f64, f64)], stretch: Range<usize>, fast_end_mps: f64) -> Vec<Range<usize>> {
    let most_mps = MOST_TIMES_FAST_END * fast_end_mps;
    let is_faster =
        |from: usize, to: usize, mps: f64| points[to].1 - points[from].1 > mps * (points[to].0 - points[from].0);
    let mut parts = Vec::new();
    let (mut begin, mut to) = (stretch.start, stretch.start);
    let mut cut: Option<Range<usize>> = None;
    let mut close = |cut: &mut Option<Range<usize>>, begin: &mut usize| {
        let Some(Range { mut start, mut end }) = cut.take() else { return };
        // The edges of the window are run at the usual speed.
        while start < end && !is_faster(start, start + 1, fast_end_mps) {
            start += 1;
        }
        while end > start && !is_faster(end - 1, end, fast_end_mps) {
            end -= 1;
        }
        if start < end {
            parts.push(*begin..start + 1);
            *begin = end;
        }
    };
    for from in stretch.clone() {
        while to < stretch.end && points[to].0 - points[from].0 < WINDOW_S {
            to += 1;
        }
        if to == stretch.end {
            break;
        }
        if is_faster(from, to, most_mps) {
            match &mut cut {
                Some(cut) if from <= cut.end => cut.end = to,
                _ => {
                    close(&mut cut, &mut begin);
                    cut = Some(from..to);
                }
            }
        }
    }
    close(&mut cut, &mut begin);
    parts.push(begin..stretch.end);
    parts
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
}
