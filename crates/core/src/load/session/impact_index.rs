use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// **Experimental.** An open index of the impact on the legs: steps, each weighted by its
    /// length:
    ///
    /// `index = steps · (step length in metres)^1.7`
    ///
    /// It is the number of one-metre steps with the same total. Only its change over a runner's
    /// weeks has a meaning: body mass and any reference length would cancel there and are left out.
    ///
    /// **Computed from** the metrics `steps` and `avg_step_length_m`, means over the whole run.
    ///
    /// **Limits**: it was never validated against an injury or a measured force. The exponent is
    /// between 1.95 (longer) and 1.45 (shorter), from the published change of kneecap stress with
    /// step length, measured in 23 women at one speed. It does not include slope, although descents
    /// load the knee more, nor surface, shoes, fatigue or how a foot lands, nor differences between
    /// steps within the run.
    ///
    /// **Source**: the exponent from Willson et al. 2014 (stress per step +31% and −22% with longer
    /// and shorter steps, per mile +14% and −7.5%); the idea of weighted steps from Edwards,
    /// Exercise and Sport Sciences Reviews 2018;46:224–231.
    pub static IMPACT_INDEX: Load {
        id: "impact_index",
        name: "Impact index (experimental)",
        unit: Unit::Arbitrary,
        compute: Compute::Of(compute),
    }
}

/// How steeply the stress of a step grows with its length.
const EXPONENT: f64 = 1.7;

fn compute(run: &Run, _: &Runner) -> Result<Measured, Missing> {
    let steps = super::metric(run, &metric::STEPS, "a step count or a step rate in the file")?;
    let length = super::metric(run, &metric::AVG_STEP_LENGTH, "a step length, or a distance and a step rate")?;
    let value = steps.value * libm::pow(length.value, EXPONENT);
    Ok(Measured { value, over_s: steps.over_s.min(length.over_s), basis: "steps and mean step length" })
}
