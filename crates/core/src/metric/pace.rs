use super::{Combine, Compute, DISTANCE, MOVING_TIME, Measured, Measures, Metric, SAMPLED_DISTANCE};
use crate::doc::documented;
use crate::unit::Unit;

documented! {
    /// Mean pace while moving: moving time divided by distance.
    ///
    /// **Computed from** the moving time and the distance with samples, so that metres across a gap in the recording,
    /// whose seconds nobody knows, make no pace; else, where no distance was recorded with the samples, from the whole distance.
    ///
    /// **Source**: of our own making, but for the threshold of moving time.
    ///
    /// **Limits**: those of the distance and of the moving time. Stops do not count: a run with many is slower by the clock.
    pub static PACE: Metric {
        id: "pace_s_per_km",
        name: "Pace",
        unit: Unit::SecondsPerKilometre,
        combine: Combine::Derived,
        compute: Compute::FromMetrics(compute),
    }
}

fn compute(of: &Measures) -> Option<Measured> {
    let moving = of.get(&MOVING_TIME)?;
    // A device's own moving time can be longer than its samples: then it goes with the whole distance.
    let sampled = of.get(&SAMPLED_DISTANCE).filter(|sampled| moving.value <= sampled.over_s + 1.0);
    let distance = sampled.or_else(|| of.get(&DISTANCE))?;
    let value = moving.value / distance.value * 1000.0;
    value.is_finite().then_some(Measured { value, over_s: moving.over_s, basis: "moving time and distance" })
}
