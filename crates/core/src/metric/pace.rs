use super::{Combine, Compute, DISTANCE, MOVING_TIME, Measured, Metric};
use crate::doc::documented;
use crate::run::Run;
use crate::unit::Unit;

documented! {
    /// Mean pace while moving: moving time divided by distance.
    pub static PACE: Metric {
        id: "pace_s_per_km",
        name: "Pace",
        unit: Unit::SecondsPerKilometre,
        combine: Combine::Derived,
        compute: Compute::FromRun(compute),
    }
}

fn compute(run: &Run) -> Option<Measured> {
    let (distance, moving) = (run.measured(&DISTANCE)?, run.measured(&MOVING_TIME)?);
    let value = moving.value / distance.value * 1000.0;
    value.is_finite().then_some(Measured { value, over_s: moving.over_s, basis: "moving time and distance" })
}
