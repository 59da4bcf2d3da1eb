use super::{Compute, Load, Missing, heart};
use crate::doc::documented;
use crate::load::trimp::lucia_per_minute;
use crate::measure::metric::Measured;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// Lucía's training impulse: minutes below, between and above the two thresholds, times one,
    /// two and three.
    ///
    /// `TRIMP = 1 · minutes below the first threshold + 2 · minutes between + 3 · minutes above the
    /// second`
    ///
    /// **Computed from** the time at each heart rate, as `trimp_banister` is, and the runner's
    /// heart rates at the first and second (ventilatory) threshold. Files have the second at most,
    /// as the lactate threshold set in the watch. It counts where the runner names none. A rate at
    /// a threshold counts in the zone above it, as in the table of zones: the three zones' minutes
    /// times 1, 2 and 3 are this load. (The source has phases below, between and above, and does
    /// not place the beat at the threshold.)
    ///
    /// **Limits**: it is only as good as the thresholds, which take a test.
    ///
    /// **Source**: Lucía et al., Tour de France versus Vuelta a España: which is harder? Medicine &
    /// Science in Sports & Exercise 2003;35:872–878.
    pub static TRIMP_LUCIA: Load {
        id: "trimp_lucia",
        name: "TRIMP (Lucía)",
        unit: Unit::Arbitrary,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, runner: &Runner) -> Result<Measured, Missing> {
    let (first, second, whose) = heart::thresholds(&runner.about(run))?;
    heart::sum_over(run, whose, |bpm| lucia_per_minute(bpm, first, second))
}
