use super::{Combine, Compute, Measured, Metric, step_rate};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::activity::Channel;
use kneewise_read::unit::Unit;

documented! {
    /// Steps of both feet.
    ///
    /// **Computed from** the device's count (a FIT file counts strides; they are doubled);
    /// otherwise the step rate summed over the time of the samples; otherwise mean step rate times
    /// timer time.
    ///
    /// **Source**: FIT profile, `session.total_cycles`, which counts strides when running;
    /// otherwise our own method.
    ///
    /// **Limits**: where the device counted none, gaps in the recording hold no steps. A wrist that
    /// holds a bottle or a pram swings none.
    pub static STEPS: Metric {
        id: "steps",
        name: "Steps",
        unit: Unit::Count,
        combine: Combine::Sum,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let totals = &trace.activity.totals;
    let measured = |value: f64, over_s, basis| Measured { value: value.round(), over_s, basis };
    if let Some(steps) = totals.steps {
        return Some(measured(steps, totals.timer_s.unwrap_or_else(|| trace.recorded_s()), "the device's count"));
    }
    if let Some((spm, seconds)) = trace.mean(Channel::StepRate, |_| true) {
        return Some(measured(spm * seconds / 60.0, seconds, "step rate over the samples"));
    }
    let spm = step_rate::AVG_STEP_RATE.of_activity(trace)?.value;
    let seconds = totals.timer_s?;
    Some(measured(spm * seconds / 60.0, seconds, "mean step rate and timer time"))
}
