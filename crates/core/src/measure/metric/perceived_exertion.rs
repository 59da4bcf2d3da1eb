use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

documented! {
    /// Perceived exertion: how hard the run felt, on Borg's CR10 scale from 0 (nothing at all)
    /// to 10.
    ///
    /// **Computed from** what the runner entered on the watch after the run.
    ///
    /// **Limits**: it is the runner's word. Of several files of a session the highest counts.
    ///
    /// **Source**: Borg's category-ratio scale as used by Foster et al., Journal of Strength and
    /// Conditioning Research 2001;15(1):109–115.
    pub static PERCEIVED_EXERTION: Metric {
        id: "perceived_exertion_cr10",
        name: "Perceived exertion",
        unit: Unit::Cr10,
        combine: Combine::Max,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let totals = &trace.activity.totals;
    let over_s = totals.timer_s.unwrap_or_else(|| trace.recorded_s());
    Some(Measured { value: totals.perceived_exertion?, over_s, basis: "entered on the watch" })
}
