use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

documented! {
    /// Time on the timer: from start to end without the pauses.
    ///
    /// **Computed from** the device's total; otherwise from the samples, where gaps of more than 30
    /// s (or ten times the usual interval, if that is longer) and the breaks between a GPX track's
    /// segments count as pauses; otherwise the elapsed time.
    ///
    /// **Source**: FIT profile, `session.total_timer_time`; for files without it our own method.
    ///
    /// **Limits**: in a file without a timer a pause looks like lost reception: nothing of a gap
    /// counts, even where the runner is likely to have run on, and loads over time lack these
    /// minutes; the distance with samples says how many metres that concerns. Watches that pause by
    /// themselves have a shorter time than others.
    pub static TIMER: Metric {
        id: "timer_s",
        name: "Timer time",
        unit: Unit::Seconds,
        combine: Combine::Sum,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let measured = |value, basis| Measured { value, over_s: value, basis };
    let totals = &trace.activity.totals;
    let recorded = Some(trace.recorded_s()).filter(|s| *s > 0.0);
    (totals.timer_s.map(|s| measured(s, "the device's total")))
        .or(recorded.map(|s| measured(s, "sample times, gaps left out")))
        .or(totals.elapsed_s.map(|s| measured(s, "the elapsed time; no timer was written")))
}
