use super::{Compute, DURATION, Load, PACE_STRESS, SESSION_RPE, TRIMP_BANISTER};
use crate::doc::documented;
use kneewise_read::unit::Unit;

documented! {
    /// The best load that a run has, and each run names it: session-RPE, otherwise Banister's
    /// TRIMP, otherwise pace stress, otherwise duration.
    ///
    /// **Limits**: these are four units, and a sum over runs in different units has no meaning.
    /// Where runs of a log have different ones, days and weeks are refused, or converted on demand.
    /// The best load that at least ten runs have then stays, and other loads are multiplied by a
    /// factor: the median of the ratios over the runs that have both (at least ten). The answer
    /// names the factor, the number of runs and the quartiles.
    ///
    /// **Source**: our own order; each load names its source.
    pub static LADDER: Load {
        id: "ladder",
        name: "Best load there is",
        unit: Unit::Arbitrary,
        compute: Compute::Ladder(&[&SESSION_RPE, &TRIMP_BANISTER, &PACE_STRESS, &DURATION]),
    }
}
