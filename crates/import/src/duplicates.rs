//! The same activity in two files: the watch's FIT and somebody's GPX of it.
//!
//! One runner cannot do two things at once, so what overlaps in time is a copy. The copy that
//! [tells most](crate::intake::Richness) is kept.

use std::collections::{BTreeMap, HashMap};

use kneewise_core::sport::Sport;
use kneewise_core::time::Timestamp;

use crate::intake::{Item, Recording};
use crate::ledger::Outcome;

/// Copies share at least this much of the shorter one's time.
const SHARED_TIME: f64 = 0.8;

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
        let original = kept.range((from, 0, 0)..(to, usize::MAX, usize::MAX)).find(|((_, k, kr), kept_sport)| {
            let same_sport = **kept_sport == sport || sport == Sport::Generic || **kept_sport == Sport::Generic;
            *k != i && same_sport && are_copies(recording, &items[*k].recordings[*kr])
        });
        match original {
            Some(((_, k, _), _)) => copies.push((i, r, *k)),
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
