//! The load of one run: one file each, one list of all.

mod distance;
mod duration;
mod heart;
mod hr_stress;
mod impact_index;
mod ladder;
mod pace_stress;
mod session_rpe;
mod steps;
mod trimp_banister;
mod trimp_edwards;
mod trimp_lucia;

pub use distance::DISTANCE;
pub use duration::DURATION;
pub use hr_stress::HR_STRESS;
pub use impact_index::IMPACT_INDEX;
pub use ladder::LADDER;
pub use pace_stress::{PACE_STRESS, stress};
pub use session_rpe::SESSION_RPE;
pub use steps::STEPS;
pub use trimp_banister::TRIMP_BANISTER;
pub use trimp_edwards::TRIMP_EDWARDS;
pub use trimp_lucia::TRIMP_LUCIA;

use std::fmt;

use super::{Convention, KNEEWISE};
use crate::measure::metric::{Measured, Metric};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

/// Every load, the default first.
pub static LOADS: &[&Load] = &[
    &DISTANCE,
    &DURATION,
    &STEPS,
    &SESSION_RPE,
    &TRIMP_BANISTER,
    &TRIMP_EDWARDS,
    &TRIMP_LUCIA,
    &HR_STRESS,
    &PACE_STRESS,
    &IMPACT_INDEX,
    &LADDER,
];

/// Returns the load of an id such as `trimp_banister`.
pub fn find(id: &str) -> Option<&'static Load> {
    LOADS.iter().copied().find(|load| load.id == id)
}

/// One way to say what a run adds.
#[derive(Debug)]
#[non_exhaustive]
pub struct Load {
    /// The stable name in data.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The unit of the value.
    pub unit: Unit,
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// How it is worked out.
    pub compute: Compute,
}

/// How a load is worked out.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Compute {
    /// From the run and what the runner says.
    Of(fn(&Run, &Runner) -> Result<Measured, Missing>),
    /// From these by a formula that the convention names.
    ByConvention(fn(&Run, &Runner, &Convention) -> Result<Measured, Missing>),
    /// The first of these loads that the run has.
    Ladder(&'static [&'static Load]),
}

/// What a run would need to have a load.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Missing {
    /// What it takes, as in "needs the runner's highest heart rate".
    pub needs: &'static str,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "needs {}", self.needs)
    }
}

/// The load of a run.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SessionLoad {
    /// Which load it is: of a ladder, the rung on which the run stands.
    pub load: &'static Load,
    /// The value in the unit of that load, with what it rests on.
    pub measured: Measured,
}

impl Load {
    /// Returns what a run adds, by the default convention.
    ///
    /// # Errors
    /// [`Missing`] where the run or the runner does not say enough.
    pub fn of(&'static self, run: &Run, runner: &Runner) -> Result<SessionLoad, Missing> {
        self.by(run, runner, &KNEEWISE)
    }

    /// Returns what a run adds, by a convention.
    ///
    /// # Errors
    /// As of [`Load::of`].
    pub fn by(&'static self, run: &Run, runner: &Runner, convention: &Convention) -> Result<SessionLoad, Missing> {
        let of_this = |measured| SessionLoad { load: self, measured };
        match self.compute {
            Compute::Of(compute) => compute(run, runner).map(of_this),
            Compute::ByConvention(compute) => compute(run, runner, convention).map(of_this),
            Compute::Ladder(rungs) => {
                let nothing = Missing { needs: "any of the loads of the ladder" };
                let mut found = rungs.iter().map(|rung| rung.by(run, runner, convention));
                found.find(Result::is_ok).unwrap_or(Err(nothing))
            }
        }
    }

    /// Returns the formula of a load that conventions have different ones for, by one of them.
    pub fn formula(&self, convention: &Convention) -> Option<String> {
        let trimp = matches!(self.compute, Compute::ByConvention(_)).then(|| convention.heart_load.formula())?;
        let is_ratio = self.id == HR_STRESS.id;
        Some(if is_ratio { format!("100 · T / T of an hour at the second threshold, T = {trimp}") } else { trimp })
    }

    /// Returns the manual page as Markdown: `docs/load.md` is made of these, and `kneewise explain`
    /// prints them.
    pub fn manual_page(&self) -> String {
        format!(
            "# {} (`{}`)\n\nLoad of a run. Unit: {}.\n\n{}",
            self.name,
            self.id,
            self.unit,
            crate::doc::page(self.doc)
        )
    }
}

/// The value of a metric as a load.
fn metric(run: &Run, metric: &Metric, needs: &'static str) -> Result<Measured, Missing> {
    run.measured(metric).ok_or(Missing { needs })
}
