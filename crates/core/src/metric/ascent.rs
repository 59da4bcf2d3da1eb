use super::{Combine, Compute, Measured, Metric};
use crate::activity::Channel;
use crate::doc::documented;
use crate::trace::Trace;
use crate::unit::Unit;

/// A rise or fall counts from here on (metres). Less is the sway of a barometer in the wind or of a
/// receiver's fix; heuristic, as every program's is.
const HYSTERESIS_M: f64 = 3.0;

documented! {
    /// Metres climbed.
    ///
    /// **Computed from** the device's total; else from the recorded altitude, where a rise counts once it
    /// exceeds 3 m above the lowest point since the last fall of as much (hysteresis).
    ///
    /// **Limits**: an altitude from satellites alone wanders by more than a gentle hill.
    pub static ASCENT: Metric {
        id: "ascent_m",
        name: "Ascent",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(ascent),
    }
}

documented! {
    /// Metres descended.
    ///
    /// **Computed from** the same as ascent, downwards.
    pub static DESCENT: Metric {
        id: "descent_m",
        name: "Descent",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(descent),
    }
}

fn ascent(trace: &Trace) -> Option<Measured> {
    measured(trace, trace.activity.totals.ascent_m, |(up, _)| up)
}

fn descent(trace: &Trace) -> Option<Measured> {
    measured(trace, trace.activity.totals.descent_m, |(_, down)| down)
}

fn measured(trace: &Trace, total: Option<f64>, pick: fn((f64, f64)) -> f64) -> Option<Measured> {
    let over_s = trace.recorded_s();
    if let Some(value) = total {
        return Some(Measured { value, over_s, basis: "the device's total" });
    }
    let altitude = trace.activity.samples.recorded(Channel::Altitude).map(|(_, metres)| metres);
    let value = pick(climbed_and_fallen(altitude)?);
    Some(Measured { value, over_s, basis: "recorded altitude, changes of 3 m and more" })
}

/// Metres up and metres down over a series of altitudes; `None` for an empty one.
fn climbed_and_fallen(mut altitudes: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let mut turning_point = altitudes.next()?;
    let (mut up, mut down) = (0.0, 0.0);
    let mut count = |from: f64, to: f64| {
        let sum = if to > from { &mut up } else { &mut down };
        *sum += (to - from).abs();
    };
    // The furthest altitude of the rise (+1) or fall (-1) that is going on.
    let mut going: Option<(f64, f64)> = None;
    for altitude in altitudes {
        match &mut going {
            None if (altitude - turning_point).abs() >= HYSTERESIS_M => {
                going = Some(((altitude - turning_point).signum(), altitude));
            }
            None => {}
            Some((direction, extreme)) => {
                let beyond = (altitude - *extreme) * *direction;
                if beyond > 0.0 {
                    *extreme = altitude;
                } else if beyond <= -HYSTERESIS_M {
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
    Some((up, down))
}

#[cfg(test)]
mod tests {
    use super::climbed_and_fallen;
    use proptest::prelude::*;

    fn over(altitudes: &[f64]) -> Option<(f64, f64)> {
        climbed_and_fallen(altitudes.iter().copied())
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
