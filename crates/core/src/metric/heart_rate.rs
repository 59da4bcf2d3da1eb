use super::{Combine, Compute, Measured, Metric};
use crate::activity::Channel;
use crate::doc::documented;
use crate::trace::Trace;
use crate::unit::Unit;

documented! {
    /// Mean heart rate.
    ///
    /// **Computed from** the samples, each weighted by the time it stands for, pauses left out; where
    /// there are none, the device's own mean. Values outside 25–250 bpm are left out.
    ///
    /// **Limits**: an optical sensor at the wrist can lock on to the step rate.
    pub static AVG_HEART_RATE: Metric {
        id: "avg_heart_rate_bpm",
        name: "Mean heart rate",
        unit: Unit::BeatsPerMinute,
        combine: Combine::Mean,
        compute: Compute::FromActivity(mean),
    }
}

documented! {
    /// Highest heart rate.
    ///
    /// **Computed from** the samples; where there are none, the device's own maximum.
    pub static MAX_HEART_RATE: Metric {
        id: "max_heart_rate_bpm",
        name: "Highest heart rate",
        unit: Unit::BeatsPerMinute,
        combine: Combine::Max,
        compute: Compute::FromActivity(max),
    }
}

fn mean(trace: &Trace) -> Option<Measured> {
    let totals = &trace.activity.totals;
    let samples = trace.mean(Channel::HeartRate, |_| true);
    (samples.map(|(value, over_s)| Measured { value, over_s, basis: "samples" })).or_else(|| {
        let over_s = totals.timer_s.or(totals.elapsed_s).unwrap_or(0.0);
        Some(Measured { value: totals.avg_heart_rate_bpm?, over_s, basis: "the device's mean" })
    })
}

fn max(trace: &Trace) -> Option<Measured> {
    let samples = trace.activity.samples.recorded(Channel::HeartRate).map(|(_, bpm)| bpm).reduce(f64::max);
    let measured = |value, basis| Measured { value, over_s: trace.recorded_s(), basis };
    (samples.map(|bpm| measured(bpm, "samples"))).or(trace
        .activity
        .totals
        .max_heart_rate_bpm
        .map(|bpm| measured(bpm, "the device's maximum")))
}
