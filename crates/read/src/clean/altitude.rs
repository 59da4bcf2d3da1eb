//! Altitude before the device knows it: a 0 without a fix, a barometer that is set right or settles
//! slowly.

use std::ops::Range;

use crate::activity::{Activity, Channel};
use crate::climb::leaps;

/// Devices settle within this time of the start (seconds), or take no longer to settle slowly.
const SETTLES_WITHIN_S: f64 = 300.0;
const SETTLES_SLOWLY_WITHIN_S: f64 = 600.0;

/// Changes are looked at over this time (seconds).
const WINDOW_S: f64 = 30.0;

/// Settled is what then changes by at most so much (metres) over a window, or by no more than is
/// usual later.
const SETTLED_M: f64 = 2.0;

/// Ground that rises or falls by this share of the way at the start of a run, or by so much
/// (metres) over a window, and nowhere near as steeply later, is a device that settles.
const STEEP: f64 = 0.18;
const STEEP_M: f64 = 12.0;
const TIMES_STEEPER: f64 = 3.0;

/// The rest of a run tells how steep its ground is where it is so long (seconds).
const LONG_ENOUGH_S: f64 = 300.0;

/// An altitude does not fall to exactly 0 and rise again from it by such steps (metres).
const ZERO_STEP_M: f64 = 5.0;

/// Leaves out what the altitude says without a fix or before it has settled, and a column that
/// never says anything.
pub(super) fn settle(activity: &mut Activity) {
    let (time, altitude) = activity.samples.times_and_column_mut(Channel::Altitude);
    if altitude.is_empty() {
        return;
    }
    if altitude.iter().all(|metres| metres.is_nan() || *metres == 0.0) {
        activity.samples.clear(Channel::Altitude);
        return;
    }
    drop_zeros(time, altitude);
    let known: Vec<usize> = (0..altitude.len()).filter(|&i| !altitude[i].is_nan()).collect();
    let points: Vec<(f64, f64)> = known.iter().map(|&i| (time[i], altitude[i])).collect();
    let unsettled = settled_after_leaps(&points).max(settled_slowly(activity, &known, &points));
    let altitude = activity.samples.column_mut(Channel::Altitude);
    for &i in &known[..unsettled] {
        altitude[i] = f64::NAN;
    }
    activity.samples.drop_if_missing(Channel::Altitude);
}

/// Drops zeros that the altitude falls to and leaves by a step: the device wrote that it knew none.
fn drop_zeros(time: &[f64], altitude: &mut [f64]) {
    if altitude.iter().map(|metres| usize::from(*metres == 0.0)).sum::<usize>() == 0 {
        return;
    }
    let known: Vec<usize> = (0..altitude.len()).filter(|&i| !altitude[i].is_nan()).collect();
    let is_step = |a: usize, b: usize| {
        (altitude[a] - altitude[b]).abs() >= ZERO_STEP_M.max(time[b].max(time[a]) - time[b].min(time[a]))
    };
    let mut zeros: Vec<usize> = Vec::new();
    for block in known.chunk_by(|a, b| (altitude[*a] == 0.0) == (altitude[*b] == 0.0)) {
        if altitude[block[0]] != 0.0 {
            continue;
        }
        let (first, last) = (block[0], block[block.len() - 1]);
        let before = known[..known.partition_point(|&i| i < first)].last();
        let after = known.get(known.partition_point(|&i| i <= last));
        let steps = [before.map(|&i| is_step(i, first)), after.map(|&i| is_step(last, i))];
        if steps.iter().flatten().all(|is_step| *is_step) {
            zeros.extend(block);
        }
    }
    for i in zeros {
        altitude[i] = f64::NAN;
    }
}

/// How many of the first points come before the altitude has settled after a leap that nobody
/// climbs.
fn settled_after_leaps(points: &[(f64, f64)]) -> usize {
    let Some(&(from_s, _)) = points.first() else { return 0 };
    let early = points.partition_point(|(seconds, _)| *seconds <= from_s + SETTLES_WITHIN_S);
    let Some(last_leap) = leaps(&points[..early]).iter().rposition(|is_leap| *is_leap) else { return 0 };
    let settled_m = usual_m(points).map_or(SETTLED_M, |usual_m| SETTLED_M.max(2.0 * usual_m));
    (last_leap + 1..early).find(|k| is_settled(points, *k, settled_m)).unwrap_or(last_leap + 1)
}

/// How many of the first points come before the altitude has settled slowly, over ground that is
/// far steeper by it than all that follows.
fn settled_slowly(activity: &Activity, known: &[usize], points: &[(f64, f64)]) -> usize {
    let (Some(&(from_s, _)), Some(&(last_s, _))) = (points.first(), points.last()) else { return 0 };
    let rest = points.partition_point(|(seconds, _)| *seconds <= from_s + SETTLES_SLOWLY_WITHIN_S);
    let early = points.partition_point(|(seconds, _)| *seconds <= from_s + SETTLES_WITHIN_S / 2.0);
    if last_s - points.get(rest).map_or(last_s, |point| point.0) < LONG_ENOUGH_S {
        return 0;
    }
    let distance = activity.samples.column(Channel::Distance).unwrap_or_default();
    let metres = |k: usize| distance.get(known[k]).copied().unwrap_or(f64::NAN);
    let is_steep = |window: &Range<usize>| {
        let change_m = (points[window.end].1 - points[window.start].1).abs();
        let along_m = metres(window.end) - metres(window.start);
        change_m >= STEEP_M && (along_m.is_nan() || change_m >= STEEP * along_m)
    };
    let change_m = |window: Range<usize>| (points[window.end].1 - points[window.start].1).abs();
    let steepest_m = windows(points, 0..early).filter(is_steep).map(change_m).fold(0.0, f64::max);
    let later_m = windows(points, rest..points.len()).map(change_m).fold(0.0, f64::max);
    if steepest_m == 0.0 || steepest_m < TIMES_STEEPER * later_m {
        return 0;
    }
    let settled_m = SETTLED_M.max(later_m);
    (1..rest).find(|k| is_settled(points, *k, settled_m)).unwrap_or(0)
}

/// The points of `among` as windows from one to the last within reach.
fn windows(points: &[(f64, f64)], among: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let (mut to, end) = (among.start, among.end);
    among.filter_map(move |from| {
        while to < end && points[to].0 < points[from].0 + WINDOW_S {
            to += 1;
        }
        (to < end && points[to].0 - points[from].0 <= 2.0 * WINDOW_S).then_some(from..to)
    })
}

/// By how much the altitude usually changes over a window once the run is under way, in metres.
fn usual_m(points: &[(f64, f64)]) -> Option<f64> {
    let from_s = points.first()?.0 + SETTLES_WITHIN_S;
    let rest = points.partition_point(|(seconds, _)| *seconds <= from_s);
    let mut changes: Vec<f64> = windows(points, rest..points.len())
        .map(|window| (points[window.end].1 - points[window.start].1).abs())
        .collect();
    let middle = changes.len() / 2;
    (!changes.is_empty()).then(|| *changes.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// Whether the altitude stays where it is at a point for the length of a window.
fn is_settled(points: &[(f64, f64)], at: usize, settled_m: f64) -> bool {
    let (from_s, metres) = points[at];
    let later = points[at + 1..].iter().take_while(|(seconds, _)| *seconds <= from_s + WINDOW_S);
    later.map(|(_, later_m)| (later_m - metres).abs()).all(|change_m| change_m <= settled_m)
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;
    use crate::activity::{Format, Samples};

    fn left(interval_s: f64, altitude: &[f64]) -> Vec<f64> {
        let time = (0..altitude.len()).map(|i| i as f64 * interval_s).collect();
        let mut activity = empty(Format::Tcx, Samples::new(time));
        activity.samples.set(Channel::Altitude, altitude.to_vec());
        settle(&mut activity);
        activity.samples.recorded(Channel::Altitude).map(|(_, metres)| metres).collect()
    }

    #[test]
    fn a_zero_before_the_first_fix_and_a_fall_at_the_start_are_no_ground() {
        assert_eq!(left(5.0, &[0.0, 1117.0, 1117.0, 1118.0, 1118.0]), [1117.0, 1117.0, 1118.0, 1118.0]);
        let falls = [217.0, 187.0, 60.0, 35.0, 25.0, 18.0, 14.0, 12.0, 11.0, 10.0, 10.0, 10.0];
        assert_eq!(left(10.0, &falls), [12.0, 11.0, 10.0, 10.0, 10.0]);
        let zeros = [400.0, 401.0, 0.0, 0.0, 402.0, 403.0, 0.0];
        assert_eq!(left(5.0, &zeros), [400.0, 401.0, 402.0, 403.0], "a fix that was lost");
        assert!(left(5.0, &[0.0; 8]).is_empty(), "a column of zeros says nothing");
    }

    #[test]
    fn a_barometer_that_settles_slowly_climbs_nothing() {
        for (total_m, constant_s) in [(150.0, 60.0), (-150.0, 60.0), (200.0, 120.0), (-80.0, 30.0)] {
            let falls = |i: i32| 400.0 + total_m * libm::exp(-f64::from(i) * 5.0 / constant_s);
            let altitude: Vec<f64> = (0..360).map(falls).collect();
            let left = left(5.0, &altitude);
            assert!((left[0] - 400.0).abs() < 12.0 && left.len() > 200, "{total_m} m, {constant_s} s: {}", left[0]);
        }
        // Down from a hill for three minutes, and on along a valley that rolls as steeply.
        let hills: Vec<f64> = (0..360).map(|i| 400.0 + 60.0 * libm::cos(f64::from(i) / 24.0)).collect();
        assert_eq!(left(5.0, &hills), hills);
    }

    #[test]
    fn a_steep_start_is_one() {
        let stairs: Vec<f64> = (0..60).map(|i| 400.0 + f64::from(i) * 0.9).collect();
        assert_eq!(left(1.0, &stairs), stairs);
        let sea_wall = [0.0, 0.0, 1.0, 2.0, 2.0];
        assert_eq!(left(10.0, &sea_wall), sea_wall);
    }
}
