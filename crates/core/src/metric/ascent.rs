use super::altitude::look_at;
use super::{Combine, Compute, Measured, Metric};
use crate::activity::Channel;
use crate::doc::documented;
use crate::trace::Trace;
use crate::unit::Unit;

documented! {
    /// Metres climbed.
    ///
    /// **Computed from** the device's total; else as ascent by altitude, which stands beside it in data.
    ///
    /// **Source**: the device's total (FIT profile, `session.total_ascent`), by a rule of its maker's; else of our own
    /// making.
    ///
    /// **Limits**: devices count by rules of their own, with a barometer or without.
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
    ///
    /// **Source**: the device's total (FIT profile, `session.total_descent`), by a rule of its maker's; else of our own
    /// making.
    ///
    /// **Limits**: those of ascent.
    pub static DESCENT: Metric {
        id: "descent_m",
        name: "Descent",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(descent),
    }
}

documented! {
    /// Metres climbed by the recorded altitude, counted alike whatever device recorded it.
    ///
    /// **Computed from** the altitude of the samples: a rise counts once it exceeds 3 m above the lowest point
    /// since the last fall of as much (hysteresis). Where the altitude sways as a satellite receiver's does it
    /// takes 10 m. It sways if, between neighbours no more than 10 s apart, it turns up or down at 20 % of the
    /// samples or more and its slope changes by 0.12 m/s or more in the mean. The basis in data says which it was.
    ///
    /// **Source**: of our own making. In the median of the real recordings it was held against it is within 15 % of the
    /// device's total.
    ///
    /// **Limits**: some watches without a barometer smooth what their receiver says, and look like one with it;
    /// such an altitude wanders by more than a gentle hill.
    pub static ASCENT_BY_ALTITUDE: Metric {
        id: "ascent_by_altitude_m",
        name: "Ascent by altitude",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(ascent_by_altitude),
    }
}

documented! {
    /// Metres descended by the recorded altitude.
    ///
    /// **Computed from** the same as ascent by altitude, downwards.
    ///
    /// **Source**: of our own making.
    ///
    /// **Limits**: those of ascent by altitude.
    pub static DESCENT_BY_ALTITUDE: Metric {
        id: "descent_by_altitude_m",
        name: "Descent by altitude",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(descent_by_altitude),
    }
}

fn ascent(trace: &Trace) -> Option<Measured> {
    device_total(trace, trace.activity.totals.ascent_m).or_else(|| ascent_by_altitude(trace))
}

fn descent(trace: &Trace) -> Option<Measured> {
    device_total(trace, trace.activity.totals.descent_m).or_else(|| descent_by_altitude(trace))
}

fn ascent_by_altitude(trace: &Trace) -> Option<Measured> {
    by_altitude(trace, |(up, _)| up)
}

fn descent_by_altitude(trace: &Trace) -> Option<Measured> {
    by_altitude(trace, |(_, down)| down)
}

fn device_total(trace: &Trace, total: Option<f64>) -> Option<Measured> {
    Some(Measured { value: total?, over_s: trace.recorded_s(), basis: "the device's total" })
}

fn by_altitude(trace: &Trace, pick: fn((f64, f64)) -> f64) -> Option<Measured> {
    let samples = &trace.activity.samples;
    let altitude = look_at(samples)?;
    let metres = samples.recorded(Channel::Altitude).map(|(_, metres)| metres);
    let value = pick(climbed_and_fallen(metres, altitude.hysteresis_m())?);
    Some(Measured { value, over_s: trace.recorded_s(), basis: altitude.basis() })
}

/// Metres up and metres down over a series of altitudes, where changes count from `hysteresis_m` on; `None` for an empty one.
fn climbed_and_fallen(mut altitudes: impl Iterator<Item = f64>, hysteresis_m: f64) -> Option<(f64, f64)> {
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
    Some((up, down))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Format, Samples};
    use crate::time::Timestamp;
    use proptest::prelude::*;

    #[test]
    fn the_device_s_total_stands_and_ours_stands_beside_it() {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.samples = Samples::new((0..100).map(f64::from).collect());
        activity.samples.set(Channel::Altitude, (0..100).map(f64::from).collect());
        activity.totals.ascent_m = Some(90.0);
        let trace = Trace::new(&activity);
        let of = |metric: &Metric| metric.of_activity(&trace).map(|measured| (measured.value, measured.basis));
        let by_barometer = "recorded altitude, as smooth as a barometer's, changes of 3 m and more";
        assert_eq!(of(&ASCENT), Some((90.0, "the device's total")));
        assert_eq!(of(&ASCENT_BY_ALTITUDE), Some((99.0, by_barometer)));
        assert_eq!(of(&DESCENT), of(&DESCENT_BY_ALTITUDE), "no total of the device's");
    }

    fn over(altitudes: &[f64]) -> Option<(f64, f64)> {
        climbed_and_fallen(altitudes.iter().copied(), 3.0)
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
