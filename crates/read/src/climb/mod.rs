//! Metres climbed and descended by a recorded altitude.

pub mod altitude;

use crate::activity::{Channel, Samples};
use crate::climb::altitude::Altitude;

/// Metres up and down.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Climbed {
    /// Metres climbed.
    /// Metres up.
    pub up_m: f64,
    /// Metres down.
    pub down_m: f64,
}

impl Climbed {
    /// Over the samples with an altitude; `None` where there is none.
    pub fn along(samples: &Samples, looks: Altitude) -> Option<Self> {
        Self::with(samples, looks.hysteresis_m())
    }

    /// Counts every change of a metre and more: no rule of a device's makes more of it.
    pub fn at_most(samples: &Samples) -> Option<Self> {
        Self::with(samples, 1.0)
    }

    /// Counts changes from `hysteresis_m` on, but no step that nobody climbs in its time.
    fn with(samples: &Samples, hysteresis_m: f64) -> Option<Self> {
        let time = samples.time_s();
        let points: Vec<(f64, f64)> =
            samples.recorded(Channel::Altitude).map(|(i, metres)| (time[i], metres)).collect();
        let is_impossible = impossible_steps(&points);
        let mut sum: Option<Self> = None;
        let mut from = 0;
        while from < points.len() {
            let steps = is_impossible[from..].iter().take_while(|is_impossible| !**is_impossible).count();
            let to = (from + steps + 1).min(points.len());
            if let Some(part) = Self::over(points[from..to].iter().map(|(_, metres)| *metres), hysteresis_m) {
                let sum = sum.get_or_insert(Self { up_m: 0.0, down_m: 0.0 });
                sum.up_m += part.up_m;
                sum.down_m += part.down_m;
            }
            from = to;
        }
        sum
    }

    /// Over a series of altitudes, where changes count from `hysteresis_m` on; `None` for an empty
    /// one.
    fn over(mut altitudes: impl Iterator<Item = f64>, hysteresis_m: f64) -> Option<Self> {
        let mut turning_point = altitudes.next()?;
        let (mut up_m, mut down_m) = (0.0, 0.0);
        let mut count = |from: f64, to: f64| {
            let sum = if to > from { &mut up_m } else { &mut down_m };
            *sum += (to - from).abs();
        };
        // The furthest altitude of the rise (+1) or fall (-1) that is going on.
        let mut going: Option<(f64, f64)> = None;
        for altitude in altitudes {
            match &mut going {
                None if (altitude - turning_point).abs() >= hysteresis_m => {
                    going = Some(((altitude - turning_point).signum(), altitude));
                }
                None => {}
                Some((direction, extreme)) => {
                    let beyond = (altitude - *extreme) * *direction;
                    if beyond > 0.0 {
                        *extreme = altitude;
                    } else if beyond <= -hysteresis_m {
                        count(turning_point, *extreme);
                        turning_point = *extreme;
                        (*direction, *extreme) = (-*direction, altitude);
                    }
                }
            }
        }
        if let Some((_, extreme)) = going {
            count(turning_point, extreme);
        }
        Some(Self { up_m, down_m })
    }
}

/// Nobody goes up or down by more metres within so many seconds, as (seconds, metres up, metres
/// down): the records for stairs, for the vertical kilometre and for descents on scree lie below.
const REACHES: [(f64, f64, f64); 4] =
    [(10.0, 15.0, 25.0), (30.0, 33.0, 60.0), (60.0, 54.0, 102.0), (120.0, 92.0, 190.0)];

/// For each step between neighbours of a series of (seconds, metres), whether it is part of a
/// stretch over which nobody climbs or descends so far.
pub fn impossible_steps(points: &[(f64, f64)]) -> Vec<bool> {
    let mut is_impossible = vec![false; points.len().saturating_sub(1)];
    for reach in REACHES {
        mark(points, reach, &mut is_impossible);
    }
    is_impossible
}

/// Like [`impossible_steps`], over some seconds only: where an altitude leaps.
pub fn leaps(points: &[(f64, f64)]) -> Vec<bool> {
    let mut is_leap = vec![false; points.len().saturating_sub(1)];
    mark(points, REACHES[0], &mut is_leap);
    is_leap
}

fn mark(points: &[(f64, f64)], (window_s, up_m, down_m): (f64, f64, f64), is_impossible: &mut [bool]) {
    let is_out_of_reach = |from: usize, to: usize| {
        let (metres, seconds) = (points[to].1 - points[from].1, points[to].0 - points[from].0);
        // Over less than the window the steps of a sensor are coarser than anybody's.
        let windows = (seconds / window_s).max(1.0);
        metres > up_m * windows || -metres > down_m * windows
    };
    for (from, is_impossible) in is_impossible.iter_mut().enumerate() {
        // Up and down again at once: the window would see neither.
        *is_impossible |= is_out_of_reach(from, from + 1);
    }
    let (mut to, mut marked) = (0, 0);
    for from in 0..points.len() {
        while to + 1 < points.len() && (to <= from || points[to].0 - points[from].0 < window_s) {
            to += 1;
        }
        if is_out_of_reach(from, to) {
            is_impossible[marked.max(from)..to].fill(true);
            marked = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn over(altitudes: &[f64]) -> Option<(f64, f64)> {
        Climbed::over(altitudes.iter().copied(), 3.0).map(|climbed| (climbed.up_m, climbed.down_m))
    }

    #[test]
    fn what_nobody_climbs_counts_nowhere() {
        let flags = |altitudes: &[f64]| {
            let points: Vec<(f64, f64)> = altitudes.iter().enumerate().map(|(i, m)| (i as f64, *m)).collect();
            impossible_steps(&points)
        };
        assert_eq!(flags(&[0.0, 8000.0, 0.0, 8000.0]), [true; 3], "up and down within one window");
        let stairs: Vec<f64> = (0..30).map(|i| f64::from(i).min(20.0) * 1.2).collect();
        assert_eq!(flags(&stairs), [false; 29]);
        let for_minutes: Vec<f64> = (0..300).map(f64::from).collect();
        assert!(flags(&for_minutes).iter().all(|is_impossible| *is_impossible), "1 m/s up for five minutes");
        let kilometre: Vec<f64> = (0..300).map(|i| f64::from(i) * 0.6).collect();
        assert_eq!(flags(&kilometre), [false; 299], "the vertical kilometre");
        let lift: Vec<f64> = (0..30).map(|i| f64::from(i) * 2.0).collect();
        assert!(flags(&lift)[..20].iter().all(|is_impossible| *is_impossible));
    }

    #[test]
    fn hills_count_and_sway_does_not() {
        assert_eq!(over(&[]), None);
        assert_eq!(over(&[100.0, 101.0, 99.5, 101.5, 100.0]), Some((0.0, 0.0)), "sway of less than 3 m");
        assert_eq!(over(&[100.0, 105.0, 110.0, 109.0, 120.0]), Some((20.0, 0.0)), "one climb with a dip of 1 m");
        assert_eq!(over(&[100.0, 120.0, 110.0, 130.0]), Some((40.0, 10.0)));
    }

    proptest! {
        #[test]
        fn up_minus_down_is_the_net_change_within_the_hysteresis(altitudes in prop::collection::vec(-50.0..50.0f64, 1..60)) {
            let (up, down) = over(&altitudes).expect("not empty");
            let net = altitudes[altitudes.len() - 1] - altitudes[0];
            prop_assert!((up - down - net).abs() <= 3.0 + 1e-9, "{up} up, {down} down, net {net}");
        }

        #[test]
        fn turned_upside_down_it_swaps(altitudes in prop::collection::vec(-50.0..50.0f64, 1..60)) {
            let flipped: Vec<f64> = altitudes.iter().map(|a| -a).collect();
            let (up, down) = over(&altitudes).expect("not empty");
            prop_assert_eq!(over(&flipped), Some((down, up)));
        }
    }
}
