use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// The distance of the run: the metric `distance_m`. It is the default and the load of the
    /// overuse rules, because the legs did it and every file has it.
    ///
    /// **Limits**: it does not include speed, climb or surface.
    ///
    /// **Source**: the largest study of runners' sessions and injuries, Schuster Brandt Frandsen et
    /// al., British Journal of Sports Medicine 2025;59(17):1203–1210, measures load as distance.
    pub static DISTANCE: Load {
        id: "distance_m",
        name: "Distance",
        unit: Unit::Metres,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, _: &Runner) -> Result<Measured, Missing> {
    super::metric(run, &metric::DISTANCE, "a distance in the file")
}
