//! What is done to every activity alike, whatever format it came in.
//!
//! This runs over every sample of every file. Each step first looks whether there is anything to
//! do, in a pass that a compiler can make of wide instructions, and takes at most one column of
//! memory for itself.

mod altitude;
mod distance;
mod glitches;
mod goes_on;
mod impossible;
mod laps;
mod leaps;
mod minutes;
mod rides;
mod speed;
mod strays;
mod witnesses;

use crate::activity::{Activity, Channel, Span};
use crate::limits::FASTEST_RUN_MPS;
use crate::sport::Sport;

use super::cadence;

/// Other sports are given more than runs (metres per second).
const FASTEST_OTHER_MPS: f64 = 60.0;

/// Puts samples where the clock should have: most often into the one activity that they are.
pub(super) fn parts(mut activity: Activity) -> Vec<Activity> {
    minutes::spread(&mut activity);
    leaps::move_back(&mut activity);
    strays::leave_out(&mut activity);
    leaps::part(activity)
}

/// Brings an activity to the state that all later code relies on.
pub(super) fn finish(activity: &mut Activity) {
    laps::drop_doubled(activity);
    laps::drop_whole(activity);
    laps::make_pauses(activity);
    laps::make_own(activity);
    put_in_order(&mut activity.pauses);
    impossible::leave_out(activity);
    let ridden_m = distance::settle(activity);
    let not_run_m = ridden_m + glitches::take_out(activity);
    altitude::settle(activity);
    speed::work_out(activity);
    let sampled = witnesses::compare(activity, not_run_m);
    cadence::settle(activity);
    witnesses::hold(activity, &sampled);
    activity.counted_no_metres &=
        activity.totals.distance_m.is_none() && activity.samples.column(Channel::Distance).is_none();
}

fn fastest_mps(sport: Sport) -> f64 {
    if sport == Sport::Running { FASTEST_RUN_MPS } else { FASTEST_OTHER_MPS }
}

/// Sorts pauses and joins those that overlap.
fn put_in_order(pauses: &mut Vec<Span>) {
    pauses.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    pauses.dedup_by(|later, earlier| {
        let overlap = later.from_s <= earlier.to_s;
        if overlap {
            earlier.to_s = earlier.to_s.max(later.to_s);
        }
        overlap
    });
}

/// How many values of a column are there.
fn known(column: &[f64]) -> usize {
    column.iter().map(|value| usize::from(!value.is_nan())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Format, Samples};
    use crate::time::Timestamp;

    pub(super) fn empty(format: Format, samples: Samples) -> Activity {
        let mut activity = Activity::new(format, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.sport = Sport::Running;
        activity.samples = samples;
        activity
    }

    /// The whole of a distance column.
    pub(super) fn distance(activity: &Activity) -> f64 {
        activity.samples.recorded(Channel::Distance).last().expect("a distance").1
    }

    pub(super) fn has_note(activity: &Activity, part: &str) -> bool {
        activity.notes.iter().any(|note| note.text.contains(part))
    }
}
