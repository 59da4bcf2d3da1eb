use super::{Compute, Load, Missing, heart};
use crate::doc::documented;
use crate::load::trimp::reserve;
use crate::load::{Convention, HeartLoad, HeartRates};
use crate::measure::metric::Measured;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// Banister's training impulse: minutes, weighted by the share `x` of the heart rate reserve
    /// that the heart beat at:
    ///
    /// `TRIMP = Σ minutes · x · a · e^(b·x)`, `x = (bpm − resting) / (highest − resting)`
    ///
    /// with a = 0.64 and b = 1.92 for men, 0.86 and 1.67 for women. `x` counts as 0 below rest and
    /// as 1 above the highest.
    ///
    /// **Computed from** the time at each heart rate, summed. Where a file has only a mean it is
    /// used, which counts uneven runs low because the weight is convex. Limits and sex are the
    /// runner's on the day; without them, those set in the watch. A run whose heart rate covers
    /// less than 80% of the timer time has no value.
    ///
    /// **Limits**: it is the load on the heart, not on tendons and joints. Heat, coffee and a
    /// sensor that locks on to the step rate all raise it. Programs differ, and days and weeks
    /// follow their convention: GoldenCheetah has the mean heart rate and a = 0.64 for both sexes;
    /// Runalyze scales women's a to 0.821776, so that both sexes come to the same at the highest
    /// heart rate; Athlytics takes `x` alone for the weight.
    ///
    /// **Source**: Banister EW, Modeling elite athletic performance, 1991; Morton, Fitz-Clarke &
    /// Banister, Journal of Applied Physiology 1990;69:1171–1177.
    pub static TRIMP_BANISTER: Load {
        id: "trimp_banister",
        name: "TRIMP (Banister)",
        unit: Unit::Arbitrary,
        compute: Compute::ByConvention(compute),
    }
}

pub(super) fn compute(run: &Run, runner: &Runner, convention: &Convention) -> Result<Measured, Missing> {
    let about = runner.about(run);
    let (resting, highest, whose) = heart::reserve(&about)?;
    let HeartLoad { weight, over } = convention.heart_load;
    let needs = "the runner's sex, since the formula has constants for each";
    let weight = weight.per_minute(about.sex.map(|sex| sex.value)).ok_or(Missing { needs })?;
    let per_minute = |bpm| weight(reserve(bpm, resting, highest));
    match over {
        HeartRates::Each => heart::sum_over(run, whose, per_minute),
        HeartRates::Mean => heart::of_mean(run, whose, per_minute),
    }
}
