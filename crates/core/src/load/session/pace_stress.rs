use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// Pace stress: hours in motion, weighted by the square of the speed as a share of the
    /// threshold speed, so that an hour at threshold is 100:
    ///
    /// `stress = 100 · hours · (speed / threshold speed)²`
    ///
    /// **Computed from** the moving time and the metric `grade_adjusted_pace_s_per_km`; without
    /// one, from the mean pace, which counts hills as flat. The basis names which. The threshold
    /// speed is the runner's: the speed they can hold on the flat for about an hour.
    ///
    /// **Limits**: it uses the run's mean speed, so intervals count low. Products that compute a
    /// *normalised* pace first come out higher on uneven runs; their formula is not public.
    ///
    /// **Source**: the form of TrainingPeaks' running stress score, as published; the square of
    /// intensity after Coggan.
    pub static PACE_STRESS: Load {
        id: "pace_stress",
        name: "Pace stress",
        unit: Unit::Arbitrary,
        compute: Compute::Of(compute),
    }
}

/// 100 for each hour at an intensity of 1: `100 · hours · intensity²`.
///
/// ```
/// assert_eq!(kneewise_core::load::stress(3600.0, 250.0 / 250.0), 100.0);
/// ```
pub fn stress(seconds: f64, intensity: f64) -> f64 {
    100.0 * seconds / 3600.0 * intensity * intensity
}

fn compute(run: &Run, runner: &Runner) -> Result<Measured, Missing> {
    let threshold_mps = runner.limits_on(run.local_date).threshold_speed_mps.filter(|mps| *mps > 0.0);
    let threshold_mps = threshold_mps.ok_or(Missing { needs: "the runner's threshold pace" })?;
    let moving = super::metric(run, &metric::MOVING_TIME, "a time in motion")?;
    let on_the_flat = run.value(&metric::GRADE_ADJUSTED_PACE);
    let (s_per_km, basis) = if let Some(s_per_km) = on_the_flat {
        (s_per_km, "grade-adjusted pace and moving time")
    } else {
        let pace = super::metric(run, &metric::PACE, "a pace: a distance and a time in motion")?;
        (pace.value, "mean pace, hills taken for flat, and moving time")
    };
    let value = stress(moving.value, 1000.0 / s_per_km / threshold_mps);
    Some(Measured { value, over_s: moving.value, basis })
        .filter(|load| load.value.is_finite())
        .ok_or(Missing { needs: "a pace" })
}
