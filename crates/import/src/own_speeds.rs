//! Recordings that are far faster than the runner ever is: rides that an app took for runs.
//!
//! How fast a runner is, recordings with steps or a heart rate tell: a body took part in them. They
//! are compared by their share of the world's best speed over the same length, so that a kilometre
//! and ten are alike.

use kneewise_core::Run;
use kneewise_core::measure::metric::{
    AVG_HEART_RATE, AVG_STEP_RATE, BEST_FIVE_KM, BEST_FIVE_MIN, BEST_ONE_KM, BEST_TEN_KM, BEST_TWENTY_MIN, MOVING_TIME,
    Metric,
};
use kneewise_read::activity::{Note, NoteKind};
use kneewise_read::limits::world_best_mps;
use kneewise_read::sport::Sport;

use crate::item::Item;

/// Fewer recordings with steps or a heart rate do not tell how fast the runner is.
const LEAST_KNOWN: usize = 10;

/// A best is none where it is so many times the runner's own level, and this share of the world's
/// best or more: people run races without a watch.
const TOO_FAST: f64 = 1.4;
const FAST: f64 = 0.6;

/// A whole recording is no run where it is so many times the runner's own level, and this share of
/// the world's best or more.
const FAR_TOO_FAST: f64 = 1.5;
const NEAR_RECORD: f64 = 0.8;

/// Bests over a distance (metres) and over a time (seconds).
const OVER_DISTANCE: [(&Metric, f64); 3] = [(&BEST_ONE_KM, 1000.0), (&BEST_FIVE_KM, 5000.0), (&BEST_TEN_KM, 10_000.0)];
const OVER_TIME: [(&Metric, f64); 2] = [(&BEST_FIVE_MIN, 300.0), (&BEST_TWENTY_MIN, 1200.0)];

/// Takes bests out of recordings without steps and heart rate that the runner cannot have run, and
/// whole recordings where all of them is too fast.
pub(crate) fn hold(items: &mut [Item]) {
    let recordings = items.iter().flat_map(|item| &item.recordings);
    let known = recordings.filter_map(|recording| recording.recorded()).filter(|run| is_told_by_body(run));
    let mut levels: Vec<f64> = known.filter_map(best_level).collect();
    if levels.len() < LEAST_KNOWN {
        return;
    }
    levels.sort_by(|a, b| b.total_cmp(a));
    // One may be wrong.
    let own = levels[1];
    for item in items {
        for (recording, row) in item.recordings.iter_mut().zip(&mut item.row.activities) {
            let Some(run) = recording.recorded_mut().filter(|run| !is_told_by_body(run)) else { continue };
            let note = if is_no_run(run, own) {
                recording.run = None;
                row.sport = Sport::Generic;
                let text = "recorded as a run without steps and heart rate, but near the records of the world and far \
                            faster than all runs with them; not counted as a run";
                Note::new(NoteKind::Sport, text)
            } else if best_level(run).is_some_and(|level| level >= FAST && level >= TOO_FAST * own) {
                let text = "far faster than all runs with steps or a heart rate; no best is made of it";
                let note = Note::new(NoteKind::Distance, text);
                run.leave_out_bests(note.clone());
                note
            } else {
                continue;
            };
            item.row.notes.push(note);
        }
    }
}

fn is_told_by_body(run: &Run) -> bool {
    run.value(&AVG_STEP_RATE).or(run.value(&AVG_HEART_RATE)).is_some()
}

/// The share of the world's best of a speed in metres per second over so many metres.
fn level(mps: f64, metres: f64) -> f64 {
    mps / world_best_mps(metres)
}

/// The highest share of the world's best over some minutes or kilometres of a run.
fn best_level(run: &Run) -> Option<f64> {
    let over_distance =
        OVER_DISTANCE.iter().filter_map(|(best, metres)| Some(level(metres / run.value(best)?, *metres)));
    let over_time = OVER_TIME.iter().filter_map(|(best, seconds)| {
        let mps = run.value(best)?;
        Some(level(mps, mps * seconds))
    });
    over_distance.chain(over_time).reduce(f64::max)
}

fn is_no_run(run: &Run, own: f64) -> bool {
    let whole = run.distance_m().zip(run.value(&MOVING_TIME)).filter(|(_, seconds)| *seconds > 0.0);
    let level = whole.map(|(metres, seconds)| level(metres / seconds, metres));
    level.is_some_and(|level| level >= NEAR_RECORD && level >= FAR_TOO_FAST * own)
}
