//! Rows of a list that another list has as well.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use kneewise_read::activity::{Note, NoteKind};

use super::{Figures, MOST_A_DAY, Place, day, figures};
use crate::item::Item;
use crate::ledger::Outcome;

/// Takes the rows out that another list has as well.
///
/// A list at another time repeats most of its rows, with some edited and some new: of the days that
/// both have the later state counts. What else two lists tell alike of a day is one run.
pub(crate) fn leave_out_of_lists(items: &mut [Item]) {
    let mut kept: HashMap<Date, Vec<Place>> = HashMap::new();
    for i in latest_lists_first(items) {
        let rows = runs_of(items, i);
        let found = told_before(items, &rows, &kept);
        note(items, i, rows.len(), &found);
        for &((_, r), _) in &found.out {
            items[i].recordings[r].run = None;
        }
        let gone: HashSet<Place> = found.out.iter().map(|(place, _)| *place).collect();
        for place in rows.into_iter().filter(|place| !gone.contains(place)) {
            kept.entry(day(items, place)).or_default().push(place);
        }
    }
}

/// The rows of a list that are runs: only runs are compared, since an hour of strength and an hour
/// of running are two things.
fn runs_of(items: &[Item], i: usize) -> Vec<Place> {
    let recordings = items[i].recordings.iter().enumerate();
    recordings.filter(|(_, recording)| recording.run.is_some()).map(|(r, _)| (i, r)).collect()
}

/// The lists by their last day, the latest first; none where there is only one, which repeats
/// others and not itself.
fn latest_lists_first(items: &[Item]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).filter(|&i| items[i].is_hand_kept).collect();
    if order.len() < 2 {
        return Vec::new();
    }
    let last_day = |i: usize| runs_of(items, i).into_iter().map(|place| day(items, place)).max();
    order.sort_by_cached_key(|&i| {
        std::cmp::Reverse((last_day(i), items[i].recordings.len(), std::cmp::Reverse(items[i].row.path.clone())))
    });
    order
}

/// The rows of a list that lists before it have.
struct ToldBefore {
    /// Each with the row that it repeats, or that its day has in a later state.
    out: Vec<(Place, Place)>,
    /// Of these the ones that the later state has otherwise.
    edited: Vec<Place>,
}

fn told_before(items: &[Item], rows: &[Place], kept: &HashMap<Date, Vec<Place>>) -> ToldBefore {
    let of_day = |place: Place| kept.get(&day(items, place)).into_iter().flatten().copied().take(MOST_A_DAY);
    let later = later_state(items, rows, of_day);
    let mut matched: HashSet<Place> = HashSet::new();
    let mut found = ToldBefore { out: Vec::new(), edited: Vec::new() };
    for &place in rows {
        let own = figures(items, place);
        let is_open = |other: &Place| !matched.contains(other);
        let find = |is_meant: &dyn Fn(Figures) -> bool| {
            of_day(place).filter(is_open).find(|&other| is_meant(figures(items, other)))
        };
        if let Some(same) = find(&|other| own.repeats(other)).or_else(|| find(&|other| own.is_like(other))) {
            matched.insert(same);
            found.out.push((place, same));
        } else if let Some(other) = of_day(place).find(|other| Some(other.0) == later) {
            found.edited.push(place);
            found.out.push((place, other));
        }
    }
    found
}

/// Says in the ledger which of so many runs of a list are told elsewhere.
fn note(items: &mut [Item], i: usize, runs: usize, found: &ToldBefore) {
    let ToldBefore { out, edited } = found;
    let Some((_, other)) = out.first() else { return };
    let other = items[other.0].row.path.clone();
    let counted = match out.len() {
        1 => format!("counted once: 1 row is in {other} as well"),
        n => format!("counted once: {n} of the rows are in {other} as well"),
    };
    let of_edited = |&place: &Place| {
        let words = figures(items, place).words();
        format!(
            "the row of {} ({words}) differs in {other}, a later version of this list, which counts",
            day(items, place)
        )
    };
    let edited = edited.iter().take(MOST_A_DAY).map(of_edited);
    let notes: Vec<Note> =
        std::iter::once(counted).chain(edited).map(|text| Note::new(NoteKind::Session, text)).collect();
    let is_all = out.len() == runs && runs == items[i].recordings.len();
    let row = &mut items[i].row;
    row.notes.extend(notes);
    if is_all {
        row.outcome = Outcome::Duplicate;
        row.reason = Some(format!("every row of it is in {other} as well"));
    }
}

/// The list, by its item, of which some rows are an earlier state: at least half of those on its
/// days are in it too.
fn later_state<I: Iterator<Item = Place>>(
    items: &[Item],
    rows: &[Place],
    of_day: impl Fn(Place) -> I,
) -> Option<usize> {
    // How many rows lie on a day of another list, and how many of them it repeats.
    let mut lists: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for &place in rows {
        let own = figures(items, place);
        let mut of_row: BTreeMap<usize, bool> = BTreeMap::new();
        for other in of_day(place) {
            *of_row.entry(other.0).or_default() |= own.repeats(figures(items, other));
        }
        for (list, is_repeated) in of_row {
            let (on_days, repeated) = lists.entry(list).or_default();
            *on_days += 1;
            *repeated += usize::from(is_repeated);
        }
    }
    // One row alike is a run that two lists tell of.
    let is_state = |(_, (on_days, repeated)): &(usize, (usize, usize))| *repeated >= 2 && 2 * repeated >= *on_days;
    lists.into_iter().filter(is_state).max_by_key(|(_, (_, repeated))| *repeated).map(|(list, _)| list)
}
