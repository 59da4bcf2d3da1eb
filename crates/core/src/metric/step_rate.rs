use super::{Combine, Compute, Measured, Metric};
use crate::activity::Channel;
use crate::doc::documented;
use crate::trace::Trace;
use crate::unit::Unit;

documented! {
    /// Mean step rate (cadence): steps of both feet per minute while moving.
    ///
    /// **Computed from** the samples at 1 m/s or faster, each weighted by the time it stands for; zeros
    /// are missing values, and so is more than 300 spm. Where there are none, the device's own mean.
    ///
    /// Most files count the strides of one leg, some count steps, a few count steps twice. Which it is decides, in
    /// this order: speed and recorded step length, within 20 %; more than 250 a minute (steps, counted twice) or
    /// more than 125 (steps); the strides that the device counted over all, if the samples add up to twice as many;
    /// from 100 a minute on, strides that would make steps of less than 0.45 m (steps); else the format's
    /// definition (strides). A note on the run names the ground.
    ///
    /// **Limits**: a wrist that holds a bottle or a pram swings no steps.
    pub static AVG_STEP_RATE: Metric {
        id: "avg_step_rate_spm",
        name: "Mean step rate",
        unit: Unit::StepsPerMinute,
        combine: Combine::Mean,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let moving = trace.moving();
    let samples = trace.mean(Channel::StepRate, |i| moving.as_ref().is_none_or(|moving| moving(i)));
    (samples.map(|(value, over_s)| Measured { value, over_s, basis: "samples while moving" })).or_else(|| {
        let totals = &trace.activity.totals;
        let over_s = totals.timer_s.or(totals.elapsed_s).unwrap_or(0.0);
        Some(Measured { value: totals.avg_step_rate_spm?, over_s, basis: "the device's mean" })
    })
}
