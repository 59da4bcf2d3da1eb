use super::{Compute, DURATION, Load, PACE_STRESS, SESSION_RPE, TRIMP_BANISTER};
use crate::doc::documented;
use kneewise_read::unit::Unit;

documented! {
    /// The best load that a run has, and each run says which: session-RPE, else Banister's TRIMP,
    /// else pace stress, else duration.
    ///
    /// **Limits**: these are four units, and a sum over runs on different rungs is none of them.
    /// Where the runs of a log stand on different rungs, days and weeks are refused, or bridged on
    /// demand: the best rung that at least ten runs have stands, and other rungs are multiplied by
    /// a factor, the median of the ratios over the runs that have both (at least ten). The answer
    /// names factor, number of runs and quartiles.
    ///
    /// **Source**: of our own making; its rungs name theirs.
    pub static LADDER: Load {
        id: "ladder",
        name: "Best load there is",
        unit: Unit::Arbitrary,
        compute: Compute::Ladder(&[&SESSION_RPE, &TRIMP_BANISTER, &PACE_STRESS, &DURATION]),
    }
}
