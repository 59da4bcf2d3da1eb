use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

documented! {
    /// Time spent moving at 1 m/s or faster.
    ///
    /// **Computed from** the samples: each counts for the time since the one before, so that
    /// recordings at any interval weigh alike, if its speed is at least 1 m/s (the threshold of the
    /// R package trackeR for runs). Pauses of the timer do not count, and of a gap of more than 30
    /// s (or ten times the usual interval, if that is longer) nothing does: nobody knows what
    /// happened in it. A sample without a speed, and without a distance to work it out from, counts
    /// neither as moving nor as standing; a note says so from a minute on. Where a speed is known
    /// for less than 80% of the timer, the device's own moving time or the timer time stands in.
    /// It is never longer than the timer.
    ///
    /// **Source**: the threshold is that of the R package trackeR for runs; the rest is of our own
    /// making.
    ///
    /// **Limits**: watches use thresholds of their own, so theirs may differ by some seconds a
    /// stop.
    pub static MOVING_TIME: Metric {
        id: "moving_time_s",
        name: "Moving time",
        unit: Unit::Seconds,
        combine: Combine::Sum,
        compute: Compute::FromActivity(compute),
    }
}

/// A speed that is known for less than this share of the timer does not tell the moving time.
const ENOUGH: f64 = 0.8;

/// Whether the speed of the samples tells the moving time.
pub(super) fn is_told(trace: &Trace) -> bool {
    let is_enough = |timer_s| trace.motion_s().1 >= ENOUGH * timer_s;
    trace.activity.totals.timer_s.is_none_or(is_enough) && !trace.is_told_by_totals()
}

fn compute(trace: &Trace) -> Option<Measured> {
    let measured = |value, basis| Measured { value, over_s: value, basis };
    let totals = &trace.activity.totals;
    let (by_speed_s, _) = trace.motion_s();
    // Nobody moves for longer than the timer runs; samples are cut to whole seconds.
    let capped = |seconds: f64| totals.timer_s.map_or(seconds, |timer_s| seconds.min(timer_s));
    ((by_speed_s > 0.0 && is_told(trace)).then(|| measured(capped(by_speed_s), "samples at 1 m/s or faster")))
        .or(totals.moving_s.map(|s| measured(capped(s), "the device's total")))
        .or(trace.is_told_by_totals().then(|| measured(capped(by_speed_s), "samples, no longer than the timer")))
        .or(totals.timer_s.map(|s| measured(s, "the timer; too little speed was recorded")))
}
