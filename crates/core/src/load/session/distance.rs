use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// How far the run went: the metric `distance_m`. The default, and what the overuse rules look
    /// at, since it is what the legs did, and every file has it.
    ///
    /// **Limits**: it knows neither speed nor climb nor ground.
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
