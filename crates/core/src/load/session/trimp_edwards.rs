use super::{Compute, Load, Missing, heart};
use crate::doc::documented;
use crate::load::trimp::edwards_per_minute;
use crate::measure::metric::Measured;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// Edwards' training impulse: minutes in five zones of the highest heart rate, times one to
    /// five:
    ///
    /// `TRIMP = Σ minutes · zone`: 1 from 50%, 2 from 60%, 3 from 70%, 4 from 80%, 5 from 90%
    /// of the highest
    ///
    /// **Computed from** the time at each heart rate, as `trimp_banister` is; it needs neither
    /// resting heart rate nor sex.
    ///
    /// **Limits**: one beat more or less at the edge of a zone changes a whole point. Below 50%
    /// nothing is added.
    ///
    /// **Source**: Edwards S, The Heart Rate Monitor Book, 1993; as the summated heart rate zones
    /// score in Foster et al., Journal of Strength and Conditioning Research 2001;15(1):109–115.
    pub static TRIMP_EDWARDS: Load {
        id: "trimp_edwards",
        name: "TRIMP (Edwards)",
        unit: Unit::Arbitrary,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, runner: &Runner) -> Result<Measured, Missing> {
    let (highest, whose) = heart::highest(&runner.about(run))?;
    heart::sum_over(run, whose, |bpm| edwards_per_minute(bpm / highest))
}
