use super::{Combine, Compute, DISTANCE, MOVING_TIME, Measured, Measures, Metric};
use crate::doc::documented;
use crate::unit::Unit;

documented! {
    /// Mean pace while moving: moving time divided by distance.
    pub static PACE: Metric {
        id: "pace_s_per_km",
        name: "Pace",
        unit: Unit::SecondsPerKilometre,
        combine: Combine::Derived,
        compute: Compute::FromMetrics(compute),
    }
}

fn compute(of: &Measures) -> Option<Measured> {
    let (distance, moving) = (of.get(&DISTANCE)?, of.get(&MOVING_TIME)?);
    let value = moving.value / distance.value * 1000.0;
    value.is_finite().then_some(Measured { value, over_s: moving.over_s, basis: "moving time and distance" })
}
