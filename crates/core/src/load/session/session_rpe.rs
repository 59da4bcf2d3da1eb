use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use crate::unit::Unit;

documented! {
    /// Session-RPE: how hard the whole run felt on Borg's CR10 scale (0 to 10), times its minutes on the timer:
    ///
    /// `load = CR10 · minutes`
    ///
    /// **Computed from** the metrics `perceived_exertion_cr10`, as entered on the watch, and `timer_s`.
    ///
    /// **Limits**: it is what the runner says, and when they say it matters; the method asks half an hour after the end. An
    /// exertion of 0 gives a load of 0.
    ///
    /// **Source**: Foster et al., A new approach to monitoring exercise training. Journal of Strength and Conditioning
    /// Research 2001;15(1):109–115.
    pub static SESSION_RPE: Load {
        id: "session_rpe",
        name: "Session-RPE",
        unit: Unit::Arbitrary,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, _: &Runner) -> Result<Measured, Missing> {
    let needs = "the perceived exertion, entered on the watch";
    let exertion = super::metric(run, &metric::PERCEIVED_EXERTION, needs)?;
    let timer = super::metric(run, &metric::TIMER, "a timer time in the file")?;
    Ok(Measured {
        value: exertion.value * timer.value / 60.0,
        over_s: timer.value,
        basis: "perceived exertion and timer time",
    })
}
