use super::{AVG_STEP_RATE, Combine, Compute, DISTANCE, Measured, Measures, Metric, TIMER};
use crate::doc::documented;
use crate::unit::Unit;

documented! {
    /// Mean step length: metres from one foot's landing to the other's.
    ///
    /// **Formula**: distance / timer time · 60 / mean step rate, so that speed = step length × step rate
    /// holds for the run's own figures. Both are over all of the timer, standing included.
    pub static AVG_STEP_LENGTH: Metric {
        id: "avg_step_length_m",
        name: "Mean step length",
        unit: Unit::Metres,
        combine: Combine::Derived,
        compute: Compute::FromMetrics(compute),
    }
}

fn compute(of: &Measures) -> Option<Measured> {
    let (distance, timer, rate) = (of.get(&DISTANCE)?, of.get(&TIMER)?, of.get(&AVG_STEP_RATE)?);
    let value = distance.value / timer.value * 60.0 / rate.value;
    let measured = Measured { value, over_s: rate.over_s, basis: "distance, timer time and step rate" };
    (value.is_finite() && value > 0.0).then_some(measured)
}
