use super::{AVG_STEP_RATE, Combine, Compute, DISTANCE, Measured, Measures, Metric, SAMPLED_DISTANCE, TIMER};
use crate::doc::documented;
use kneewise_read::unit::Unit;

documented! {
    /// Mean step length: metres from one foot's landing to the other's.
    ///
    /// **Formula**: distance / timer time · 60 / mean step rate, so that speed = step length × step
    /// rate holds for the run's own figures. Both are over all of the timer, standing included. Of
    /// a recording with gaps it is the distance with samples over the seconds of those samples.
    ///
    /// **Source**: our own method; speed = step length × step rate is the definition of the
    /// three.
    ///
    /// **Limits**: those of the distance and of the mean step rate; standing and walking are in it.
    /// See the share of running, and step length at a speed.
    pub static AVG_STEP_LENGTH: Metric {
        id: "avg_step_length_m",
        name: "Mean step length",
        unit: Unit::Metres,
        combine: Combine::Derived,
        compute: Compute::FromMetrics(compute),
    }
}

fn compute(of: &Measures) -> Option<Measured> {
    let rate = of.get(&AVG_STEP_RATE)?;
    let of_all = || Some((of.get(&DISTANCE)?.value, of.get(&TIMER)?.value));
    let of_samples = of.get(&SAMPLED_DISTANCE).map(|sampled| (sampled.value, sampled.over_s));
    let (metres, seconds) = of_samples.or_else(of_all)?;
    let value = metres / seconds * 60.0 / rate.value;
    let measured = Measured { value, over_s: rate.over_s, basis: "distance, timer time and step rate" };
    (value.is_finite() && value > 0.0).then_some(measured)
}
