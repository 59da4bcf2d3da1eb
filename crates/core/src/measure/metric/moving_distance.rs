use super::moving_time::is_told;
use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

documented! {
    /// How far the run went at 1 m/s or faster: what pace is worked out from, with the seconds of
    /// these very metres.
    ///
    /// **Computed from** the distance of the samples whose speed is 1 m/s or more, as the moving
    /// time, without metres across gaps in the recording and pauses of the timer; scaled to the
    /// device's total as the distance says. A note on the run says how many metres were slower,
    /// from 50 m on. The seconds that it rests on stand beside it in data; they differ from the
    /// moving time where a sample has a speed and no distance. `None` where the moving time does
    /// not come from the samples.
    ///
    /// **Source**: our own method; the threshold is that of the R package trackeR for runs.
    ///
    /// **Limits**: strolling and a slow climb below 1 m/s are left out with their time, so it says
    /// nothing of them.
    pub static MOVING_DISTANCE: Metric {
        id: "moving_distance_m",
        name: "Distance while moving",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let way = trace.way();
    let value = way.moving_m * trace.correction();
    let measured = Measured { value, over_s: way.moving_s, basis: "distance of the samples at 1 m/s or faster" };
    (value > 0.0 && is_told(trace)).then_some(measured)
}
