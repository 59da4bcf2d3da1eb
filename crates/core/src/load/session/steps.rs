use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// The number of steps: the metric `steps`.
    ///
    /// **Limits**: each step counts one, uphill or downhill, long or short.
    ///
    /// **Source**: our own, a plain count; the idea that tissue takes up load step by step is that
    /// of Edwards, Exercise and Sport Sciences Reviews 2018;46:224–231.
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
