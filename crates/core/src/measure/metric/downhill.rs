use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

documented! {
    /// The distance down slopes of at least 5%.
    ///
    /// **Formula**: the metres between samples, summed where the grade is −5% or steeper. The
    /// grade is the change of altitude over 30 m of distance to either side, 100 m where the
    /// altitude sways as a satellite receiver's does.
    ///
    /// **Source**: none for the limit of 5%; it is where a slope begins to be felt. On declines of
    /// at least 4° (7%) the knee does more of the work: Telhan G, et al. J Athl Train 2010;45:16;
    /// Ho K-Y, Shih H-T, J Sports Sci Med 2023;22:111–116.
    ///
    /// **Limits**: as good as the altitude. Steps and stairs shorter than the window are spread
    /// over it.
    pub static DOWNHILL: Metric {
        id: "downhill_m",
        name: "Downhill",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(compute),
    }
}

/// From here on down a slope counts (metres up per metre along).
const STEEP: f64 = -0.05;

fn compute(trace: &Trace) -> Option<Measured> {
    let grade = trace.grade()?;
    let (mut value, mut over_s) = (0.0, 0.0);
    for leg in &trace.way().legs {
        let at = grade[leg.to as usize];
        if !at.is_nan() {
            over_s += leg.seconds;
            value += if at <= STEEP { leg.metres } else { 0.0 };
        }
    }
    let value = value * trace.correction();
    (over_s > 0.0).then_some(Measured { value, over_s, basis: "distance and altitude" })
}
