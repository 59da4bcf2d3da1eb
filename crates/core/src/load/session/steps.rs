use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// How often a foot came down: the metric `steps`.
    ///
    /// **Limits**: a step uphill, downhill, long or short counts one.
    ///
    /// **Source**: of our own making, a plain count; that tissue takes up load step by step is the
    /// idea of Edwards, Exercise and Sport Sciences Reviews 2018;46:224–231.
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
