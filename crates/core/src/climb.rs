//! Metres climbed and descended by a recorded altitude.

use crate::activity::{Channel, Samples};
use crate::altitude::Altitude;

/// Metres up and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Climbed {
    pub up_m: f64,
    pub down_m: f64,
}

impl Climbed {
    /// Over the samples with an altitude; `None` where there is none.
    pub fn along(samples: &Samples, looks: Altitude) -> Option<Self> {
        let metres = samples.recorded(Channel::Altitude).map(|(_, metres)| metres);
        Self::over(metres, looks.hysteresis_m())
    }

    /// Over a series of altitudes, where changes count from `hysteresis_m` on; `None` for an empty one.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn over(altitudes: &[f64]) -> Option<(f64, f64)> {
        Climbed::over(altitudes.iter().copied(), 3.0).map(|climbed| (climbed.up_m, climbed.down_m))
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
