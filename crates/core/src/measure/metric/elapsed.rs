use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

documented! {
    /// Time from the start to the end, pauses included.
    ///
    /// **Computed from** the device's total, its timer or the last sample's time, whichever is
    /// longest. A session of several files lasts from the first one's start to the last one's end.
    ///
    /// **Source**: FIT profile, `session.total_elapsed_time`.
    ///
    /// **Limits**: a watch that was stopped late makes it longer than the run, and a file that ends
    /// early shorter.
    pub static ELAPSED: Metric {
        id: "elapsed_s",
        name: "Elapsed time",
        unit: Unit::Seconds,
        combine: Combine::Span,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let value = trace.activity.elapsed_s()?;
    Some(Measured { value, over_s: value, basis: "start and end" })
}
