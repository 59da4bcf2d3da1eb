//! The same activity in two files: the watch's FIT and somebody's GPX of it.
//!
//! One runner cannot do two things at once, so what overlaps in time is a copy. The copy that
//! [tells most](crate::intake::Richness) is kept, unless another covers far more of the time.

use std::collections::{BTreeMap, HashMap};

use kneewise_core::sport::Sport;
use kneewise_core::time::Timestamp;

use crate::intake::{Item, Recording};
use crate::ledger::Outcome;

/// Copies share at least this much of the shorter one's time.
const SHARED_TIME: f64 = 0.8;

/// A copy with this much more recorded time than another is kept, whatever the other tells.
const LONGER: f64 = 1.2;

/// Starts this close (seconds) make copies of recordings whose length is not known.
const SAME_START_S: f64 = 120.0;

/// Marks the copies among `items` in their rows and takes their runs out.
pub(crate) fn mark(items: &mut [Item]) {
    let mut order: Vec<(usize, usize)> =
        (0..items.len()).flat_map(|i| (0..items[i].recordings.len()).map(move |r| (i, r))).collect();
    order.sort_by(|&a, &b| {
        let richness = |(i, r): (usize, usize)| items[i].recordings[r].richness;
        richness(b).cmp(&richness(a)).then_with(|| items[a.0].row.path.cmp(&items[b.0].row.path)).then(a.1.cmp(&b.1))
    });
    let longest_s = order.iter().map(|&(i, r)| items[i].recordings[r].duration_s()).fold(0.0, f64::max);

    let mut kept: BTreeMap<(Timestamp, usize, usize), Sport> = BTreeMap::new();
    let mut copies: Vec<(usize, usize, usize)> = Vec::new();
    for (i, r) in order {
        let recording = &items[i].recordings[r];
        let sport = items[i].row.activities[r].sport;
        let from = recording.start.plus_seconds(-longest_s - SAME_START_S);
        let to = recording.end.plus_seconds(SAME_START_S);
        let same_sport = |other: Sport| other == sport || sport == Sport::Generic || other == Sport::Generic;
        let originals: Vec<(Timestamp, usize, usize)> = (kept.range((from, 0, 0)..(to, usize::MAX, usize::MAX)))
            .filter(|((_, k, kr), kept_sport)| {
                *k != i && same_sport(**kept_sport) && are_copies(recording, &items[*k].recordings[*kr])
            })
            .map(|(key, _)| *key)
            .collect();
        let kept_s: f64 = originals.iter().map(|&(_, k, kr)| items[k].recordings[kr].recorded_s).sum();
        match originals.first() {
            // However much a copy tells, one of a fraction of the time is not the activity.
            Some(_) if recording.recorded_s > LONGER * kept_s => {
                for key in originals {
                    kept.remove(&key);
                    copies.push((key.1, key.2, i));
                }
                kept.insert((recording.start, i, r), sport);
            }
            Some(&(_, k, _)) => copies.push((i, r, k)),
            None => {
                kept.insert((recording.start, i, r), sport);
            }
        }
    }
    let mut copies_in: HashMap<usize, usize> = HashMap::new();
    for &(i, r, original) in &copies {
        let name = items[original].row.path.clone();
        items[i].recordings[r].run = None;
        let n = copies_in.entry(i).or_default();
        *n += 1;
        if *n == items[i].recordings.len() {
            items[i].row.outcome = Outcome::Duplicate;
            items[i].row.reason = Some(format!("the same activity as in {name}, which tells more"));
        }
    }
}

fn are_copies(a: &Recording, b: &Recording) -> bool {
    let shorter_s = a.duration_s().min(b.duration_s());
    if shorter_s <= 0.0 {
        return a.start.seconds_since(b.start).abs() <= SAME_START_S;
    }
    let shared_s = a.end.min(b.end).seconds_since(a.start.max(b.start));
    shared_s >= SHARED_TIME * shorter_s
}

impl Recording {
    fn duration_s(&self) -> f64 {
        self.end.seconds_since(self.start)
    }
}
