use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::run::Run;
use crate::unit::Unit;

documented! {
    /// Time from the start to the end, pauses included.
    ///
    /// **Computed from** the device's total or the last sample's time, whichever is later. A session of
    /// several files lasts from the first one's start to the last one's end.
    pub static ELAPSED: Metric {
        id: "elapsed_s",
        name: "Elapsed time",
        unit: Unit::Seconds,
        combine: Combine::Derived,
        compute: Compute::FromRun(compute),
    }
}

fn compute(run: &Run) -> Option<Measured> {
    let value = run.end()?.seconds_since(run.start);
    Some(Measured { value, over_s: value, basis: "start and end" })
}
