use super::{Compute, Load, Missing, heart, trimp_banister};
use crate::doc::documented;
use crate::load::Convention;
use crate::load::trimp::reserve;
use crate::measure::metric::Measured;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// Banister's training impulse in per cent of that of an hour at the second threshold: such an
    /// hour is 100.
    ///
    /// `stress = 100 · TRIMP / (60 · impulse of a minute at the second threshold)`
    ///
    /// **Computed from** `trimp_banister`, by the weight and over the heart rates of the
    /// convention, and the runner's heart rate at the second threshold on the day. The factor `a`
    /// cancels, so sex matters only in the exponent.
    ///
    /// **Limits**: those of `trimp_banister`, and those of the threshold: one beat of it is about
    /// two per cent of the load. TrainingPeaks' score by heart rate has a similar name. It is not
    /// public and may differ.
    ///
    /// **Source**: the ratio is GoldenCheetah's TRIMP(100) points (`TRIMPPoints.cpp`) and Elevate's
    /// HRSS; Banister's weight as for `trimp_banister`.
    pub static HR_STRESS: Load {
        id: "hr_stress",
        name: "Heart-rate stress",
        unit: Unit::Arbitrary,
        compute: Compute::ByConvention(compute),
    }
}

fn compute(run: &Run, runner: &Runner, convention: &Convention) -> Result<Measured, Missing> {
    let trimp = trimp_banister::compute(run, runner, convention)?;
    let about = runner.about(run);
    let (resting, highest, _) = heart::reserve(&about)?;
    let needs = "the runner's heart rate at the second threshold";
    let threshold = about.second_threshold_bpm.ok_or(Missing { needs })?.value;
    let weight = convention.heart_load.weight.per_minute(about.sex.map(|sex| sex.value));
    let an_hour = weight.map(|weight| 60.0 * weight(reserve(threshold, resting, highest)));
    let needs = "a heart rate at the second threshold above the resting one";
    let an_hour = an_hour.filter(|an_hour| *an_hour > 0.0).ok_or(Missing { needs })?;
    Ok(Measured { value: 100.0 * trimp.value / an_hour, ..trimp })
}
