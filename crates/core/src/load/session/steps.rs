use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use crate::unit::Unit;

documented! {
    /// How often a foot came down: the metric `steps`.
    ///
    /// **Limits**: a step uphill, downhill, long or short counts one.
    pub static STEPS: Load {
        id: "steps",
        name: "Steps",
        unit: Unit::Count,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, _: &Runner) -> Result<Measured, Missing> {
    super::metric(run, &metric::STEPS, "a step count or a step rate in the file")
}
