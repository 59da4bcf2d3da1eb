//! The same activity twice: the watch's FIT and somebody's GPX of it, or one file that holds it whole and in part.
//!
//! Two recordings of much the same time are copies, and of one sport a part is a copy of the whole: nobody
//! does it twice at once. A file that names no sport may hold anything, a whole day of a phone's track or
//! two years of three points; only what begins and ends alike is a copy of it.
//!
//! The copy that is a run is kept over one that is not counted, then the one whose file names its sport,
//! then the one that [tells most](crate::intake::Richness), unless another covers far more of the time.

use std::collections::{BTreeSet, HashMap};

use kneewise_core::activity::{Note, NoteKind};
use kneewise_core::sport::Sport;
use kneewise_core::time::Timestamp;

use crate::intake::{Item, Recording, Richness};
use crate::ledger::Outcome;

/// Copies share at least this much of the longer one's time; a part shares as much of its own.
const SHARED_TIME: f64 = 0.8;

/// A copy with this much more recorded time than another is kept, whatever the other tells.
const LONGER: f64 = 1.2;

/// As much where the one that tells more is damaged and the other is not.
const LONGER_THAN_DAMAGED: f64 = 1.02;

/// Starts this close (seconds) make copies of recordings whose length is not known.
const SAME_START_S: f64 = 120.0;

/// A recording with less than a sample in so many seconds knows too little of its time to hold others.
const SPARSE_S: f64 = 60.0;

/// A recording, by the indices of its item and of itself in there.
type Place = (usize, usize);

/// What makes one copy better than another, the weightiest first.
#[derive(Eq, Ord, PartialEq, PartialOrd)]
struct Rank {
    is_run: bool,
    names_sport: bool,
    richness: Richness,
}

/// Marks the copies among `items` in their rows and takes their runs out.
pub(crate) fn mark(items: &mut [Item]) {
    let mut order: Vec<Place> =
        (0..items.len()).flat_map(|i| (0..items[i].recordings.len()).map(move |r| (i, r))).collect();
    order.sort_by(|&a, &b| {
        let by_path = || items[a.0].row.path.cmp(&items[b.0].row.path).then(a.1.cmp(&b.1));
        rank(items, b).cmp(&rank(items, a)).then_with(by_path)
    });
    let longest_s = order.iter().map(|&place| recording(items, place).duration_s()).fold(0.0, f64::max);

    let mut kept: BTreeSet<(Timestamp, Place)> = BTreeSet::new();
    let mut copies: Vec<(Place, Place)> = Vec::new();
    for place in order {
        let new = recording(items, place);
        let from = new.start.plus_seconds(-longest_s - SAME_START_S);
        let to = new.end.plus_seconds(SAME_START_S);
        let originals: Vec<Place> = (kept.range((from, (0, 0))..(to, (usize::MAX, usize::MAX))))
            .map(|&(_, original)| original)
            .filter(|&original| may_be_copies(items, place, original) && are_copies(items, place, original))
            .collect();
        let kept_s: f64 = originals.iter().map(|&original| recording(items, original).recorded_s).sum();
        let is_no_less = |&original: &Place| standing(items, place) >= standing(items, original);
        match originals.first() {
            // However much a copy tells, one of a fraction of the time is not the activity.
            Some(&first)
                if new.recorded_s > longer(items, place, first) * kept_s && originals.iter().all(is_no_less) =>
            {
                for original in originals {
                    kept.remove(&(recording(items, original).start, original));
                    copies.push((original, place));
                }
                kept.insert((new.start, place));
            }
            Some(&original) => copies.push((place, original)),
            None => {
                kept.insert((new.start, place));
            }
        }
    }
    let mut copies_in: HashMap<usize, usize> = HashMap::new();
    for &(copy, original) in &copies {
        let reason = reason(items, copy, original);
        let item = &mut items[copy.0];
        item.recordings[copy.1].run = None;
        let n = copies_in.entry(copy.0).or_default();
        *n += 1;
        if *n == item.recordings.len() {
            item.row.outcome = Outcome::Duplicate;
            item.row.reason = Some(reason);
        } else {
            item.row.notes.push(Note::new(NoteKind::Session, format!("counted once: {reason}")));
        }
    }
}

fn recording(items: &[Item], (i, r): Place) -> &Recording {
    &items[i].recordings[r]
}

fn sport(items: &[Item], (i, r): Place) -> Sport {
    items[i].row.activities[r].sport
}

fn rank(items: &[Item], place: Place) -> Rank {
    let (is_run, names_sport) = standing(items, place);
    Rank { is_run, names_sport, richness: recording(items, place).richness }
}

/// Whether a recording is a run, and whether its file says itself what it is: no copy of less standing
/// takes the place of another.
fn standing(items: &[Item], place: Place) -> (bool, bool) {
    let is_assumed = items[place.0].row.notes.iter().any(|note| note.kind == NoteKind::Sport);
    (recording(items, place).run.is_some(), sport(items, place) != Sport::Generic && !is_assumed)
}

/// Whether two recordings can be of one activity. Within a file they are so only where it names their sport: tracks of
/// two people, or a day and a part of it, may lie in one file otherwise.
///
/// A row of a log by hand tells of a day, and its time is made up: what it is a copy of is found [elsewhere](crate::told_twice).
fn may_be_copies(items: &[Item], a: Place, b: Place) -> bool {
    if items[a.0].is_hand_kept || items[b.0].is_hand_kept {
        return false;
    }
    a.0 != b.0 || sport(items, a) != Sport::Generic && standing(items, a).1
}

/// How many times the recorded time of `kept` another must have to take its place. A damaged recording has lost
/// something: a whole one need not be much longer.
fn longer(items: &[Item], new: Place, kept: Place) -> f64 {
    if is_damaged(items, kept) && !is_damaged(items, new) { LONGER_THAN_DAMAGED } else { LONGER }
}

fn are_copies(items: &[Item], a: Place, b: Place) -> bool {
    let sports = (sport(items, a), sport(items, b));
    if sports.0 != sports.1 && sports.0 != Sport::Generic && sports.1 != Sport::Generic {
        return false;
    }
    let duration_s = |place| recording(items, place).duration_s();
    let (shorter, longer) = if duration_s(a) < duration_s(b) { (a, b) } else { (b, a) };
    let (start, end) = (|place| recording(items, place).start, |place| recording(items, place).end);
    if duration_s(shorter) <= 0.0 {
        return start(a).seconds_since(start(b)).abs() <= SAME_START_S;
    }
    let shared_s = end(a).min(end(b)).seconds_since(start(a).max(start(b)));
    let holds_parts = sports.0 == sports.1 && sports.0 != Sport::Generic && !is_sparse(items, longer);
    let of_whom = if holds_parts { shorter } else { longer };
    shared_s >= SHARED_TIME * duration_s(of_whom)
}

fn is_sparse(items: &[Item], place: Place) -> bool {
    let samples = items[place.0].row.activities[place.1].samples;
    recording(items, place).recorded_s > SPARSE_S * samples as f64
}

fn is_damaged(items: &[Item], place: Place) -> bool {
    items[place.0].row.notes.iter().any(|note| note.kind == NoteKind::Damage)
}

/// Why `copy` is left out for `original`.
fn reason(items: &[Item], copy: Place, original: Place) -> String {
    let name = &items[original.0].row.path;
    let (left, kept) = (rank(items, copy), rank(items, original));
    if copy.0 == original.0 {
        return "the same activity as another in this file".to_owned();
    }
    if recording(items, original).recorded_s > LONGER * recording(items, copy).recorded_s {
        format!("the same activity as in {name}, which covers more of it")
    } else if (kept.is_run, kept.names_sport) > (left.is_run, left.names_sport) {
        format!("the same activity as in {name}, which names its sport")
    } else if is_damaged(items, copy) && !is_damaged(items, original) {
        format!("the same activity as in {name}, which is not damaged")
    } else if kept.richness > left.richness {
        format!("the same activity as in {name}, which tells more")
    } else {
        format!("a copy of {name}")
    }
}

impl Recording {
    fn duration_s(&self) -> f64 {
        self.end.seconds_since(self.start)
    }
}
