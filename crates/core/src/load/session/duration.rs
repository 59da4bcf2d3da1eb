use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// The time of the run on the timer: the metric `timer_s`.
    ///
    /// **Limits**: an easy hour and a hard one count the same.
    ///
    /// **Source**: none needed, the timer of the device.
    pub static DURATION: Load {
        id: "duration_s",
        name: "Duration",
        unit: Unit::Seconds,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, _: &Runner) -> Result<Measured, Missing> {
    super::metric(run, &metric::TIMER, "a timer time in the file")
}
