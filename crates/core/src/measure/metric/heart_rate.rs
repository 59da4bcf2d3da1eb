use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

documented! {
    /// Mean heart rate.
    ///
    /// **Computed from** the samples, each weighted by the time it stands for, pauses left out;
    /// where there are none, the device's own mean. Values outside 25–250 bpm are left out, and so
    /// is, with a note on the run:
    ///
    /// * values that stay within 3 of the step rate, or of half of it, for at least three minutes,
    ///   if their changes over ten samples correlate with those of the step rate by at least 0.8:
    ///   an optical sensor at the wrist can lock on to the steps. Being close is not enough, since
    ///   many hearts beat about as fast as the feet go;
    /// * values between a jump of at least 25 bpm within 3 s and the return to within 10 bpm of the
    ///   earlier value, if that comes within two minutes;
    /// * the same value for at least three minutes over which the speed changes by at least 0.5
    ///   m/s.
    ///
    /// **Source**: FIT profile, `record.heart_rate` and `session.avg_heart_rate`; what is left out
    /// is our own method.
    ///
    /// **Limits**: these rules are our own, and narrow: in 199 runs of one runner (156 h)
    /// they leave out some minutes. A sensor that is wrong in other ways goes unnoticed.
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
    /// **Computed from** the samples, without what the mean heart rate leaves out; where there are
    /// none, the device's own maximum.
    ///
    /// **Source**: FIT profile, `record.heart_rate` and `session.max_heart_rate`; what is left out
    /// is our own method.
    ///
    /// **Limits**: the highest of this run and not the runner's. One wrong sample that those rules
    /// do not see is enough to raise it.
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
    let Some(rate) = trace.heart_rate() else {
        let over_s = totals.timer_s.or(totals.elapsed_s).unwrap_or(0.0);
        return Some(Measured { value: totals.avg_heart_rate_bpm?, over_s, basis: "the device's mean" });
    };
    let known = rate.iter().zip(trace.seconds()).filter(|(bpm, _)| !bpm.is_nan());
    let (sum, over_s) = known.fold((0.0, 0.0), |(sum, s), (bpm, seconds)| (sum + bpm * seconds, s + seconds));
    (over_s > 0.0).then(|| Measured { value: sum / over_s, over_s, basis: basis(trace) })
}

fn max(trace: &Trace) -> Option<Measured> {
    let of = |value, basis| Measured { value, over_s: trace.recorded_s(), basis };
    match trace.heart_rate() {
        Some(rate) => {
            rate.iter().copied().reduce(f64::max).filter(|bpm| !bpm.is_nan()).map(|bpm| of(bpm, basis(trace)))
        }
        None => trace.activity.totals.max_heart_rate_bpm.map(|bpm| of(bpm, "the device's maximum")),
    }
}

fn basis(trace: &Trace) -> &'static str {
    if trace.trusts_every_heart_rate() { "samples" } else { "samples, without those that cannot be the heart's" }
}
