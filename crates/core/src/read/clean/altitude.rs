//! Altitude before the device knows it: a 0 before the first fix, a barometer that is set right.

use crate::activity::{Activity, Channel};
use crate::climb::impossible_steps;

/// Devices settle within this time of the start (seconds).
const SETTLES_WITHIN_S: f64 = 300.0;

/// Settled is what then changes by at most so much (metres) over so long (seconds).
const SETTLED_M: f64 = 3.0;
const SETTLED_OVER_S: f64 = 30.0;

/// Leaves out what the altitude says before it has settled, and a column that never says anything.
pub(super) fn settle(activity: &mut Activity) {
    let (time, altitude) = activity.samples.times_and_column_mut(Channel::Altitude);
    if altitude.is_empty() {
        return;
    }
    if altitude.iter().all(|metres| metres.is_nan() || *metres == 0.0) {
        activity.samples.clear(Channel::Altitude);
        return;
    }
    let mut known = (0..altitude.len()).filter(|&i| !altitude[i].is_nan()).peekable();
    let Some(until_s) = known.peek().map(|&first| time[first] + SETTLES_WITHIN_S + SETTLED_OVER_S) else { return };
    let known: Vec<usize> = known.take_while(|&i| time[i] <= until_s).collect();
    let (from_s, at) = (time[known[0]], |k: usize| (time[known[k]], altitude[known[k]]));
    let early = known.partition_point(|&i| time[i] <= from_s + SETTLES_WITHIN_S);
    let points: Vec<(f64, f64)> = (0..early).map(at).collect();
    let Some(last_leap) = impossible_steps(&points).iter().rposition(|is_impossible| *is_impossible) else {
        return;
    };
    let is_settled = |k: &usize| {
        let (t, metres) = at(*k);
        let later = (*k + 1..known.len()).map(at).take_while(|(s, _)| *s <= t + SETTLED_OVER_S);
        let mut later = later.map(|(_, m)| (m - metres).abs());
        later.all(|change| change <= SETTLED_M)
    };
    let settled = (last_leap + 1..early).find(is_settled).unwrap_or(last_leap + 1);
    for &i in &known[..settled] {
        altitude[i] = f64::NAN;
    }
    activity.samples.drop_if_missing(Channel::Altitude);
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
        assert_eq!(left(5.0, &[0.0, 1117.0, 1117.0, 1118.0, 1118.0]), [1117.0, 1118.0, 1118.0]);
        let falls = [217.0, 187.0, 60.0, 35.0, 25.0, 18.0, 14.0, 12.0, 11.0, 10.0, 10.0, 10.0];
        assert_eq!(left(10.0, &falls), [12.0, 11.0, 10.0, 10.0, 10.0]);
        assert!(left(5.0, &[0.0; 8]).is_empty(), "a column of zeros says nothing");
    }

    #[test]
    fn a_steep_start_is_one() {
        let stairs: Vec<f64> = (0..60).map(|i| 400.0 + f64::from(i) * 0.9).collect();
        assert_eq!(left(1.0, &stairs), stairs);
        let sea_wall = [0.0, 0.0, 1.0, 2.0, 2.0];
        assert_eq!(left(10.0, &sea_wall), sea_wall);
    }
}
