use super::{Compute, Load, Missing, heart};
use crate::doc::documented;
use crate::load::trimp::{Banister, reserve};
use crate::metric::Measured;
use crate::run::Run;
use crate::runner::{Runner, Sex};
use crate::unit::Unit;

documented! {
    /// Banister's training impulse: minutes, weighted by the share `x` of the heart rate reserve that the heart beat at:
    ///
    /// `TRIMP = Σ minutes · x · a · e^(b·x)`, `x = (bpm − resting) / (highest − resting)`
    ///
    /// with a = 0.64 and b = 1.92 for men, 0.86 and 1.67 for women. `x` counts as 0 below rest and as 1 above the highest.
    ///
    /// **Computed from** the time at each heart rate, summed; where a file has only a mean, from that, which counts uneven
    /// runs low since the weight is convex. The limits are the runner's on the day; where they are silent, those set in the
    /// watch. A run whose heart rate covers less than 80 % of the timer time has no value.
    ///
    /// **Limits**: it is the heart's load, not that of tendons and joints. Heat, coffee and a sensor that locks on to the
    /// step rate all raise it. Programs differ: GoldenCheetah has a = 0.64 for both sexes; Runalyze scales women's a to
    /// 0.821776, so that both sexes come to the same at the highest heart rate.
    ///
    /// **Source**: Banister EW, Modeling elite athletic performance, 1991; Morton, Fitz-Clarke & Banister, Journal of Applied
    /// Physiology 1990;69:1171–1177.
    pub static TRIMP_BANISTER: Load {
        id: "trimp_banister",
        name: "TRIMP (Banister)",
        unit: Unit::Arbitrary,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, runner: &Runner) -> Result<Measured, Missing> {
    let (resting, highest, whose) = heart::reserve(run, runner)?;
    let weight =
        match runner.sex.ok_or(Missing { needs: "the runner's sex, since the formula has constants for each" })? {
            Sex::Male => Banister::MEN,
            Sex::Female => Banister::WOMEN,
        };
    heart::sum_over(run, whose, |bpm| weight.per_minute(reserve(bpm, resting, highest)))
}
