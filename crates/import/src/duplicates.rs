//! The same run twice: the watch's FIT and somebody's GPX of it, or one file that holds it whole
//! and in part.
//!
//! [`same`] tells of two recordings whether they are of one run. Of all that are, one is kept: the
//! one that is counted as a run over one that is not, then the one whose file names its sport, then
//! the one that covers far more of the time than others, then the one that [tells most](Richness).
//! What the others have outside its time goes on as a part of the session, and what the runner told
//! there goes to the run.

mod links;
mod reason;
mod sets;

use std::collections::{HashMap, HashSet};

use kneewise_core::run::Run;
use kneewise_read::activity::{Note, NoteKind};
use kneewise_read::sport::{Sport, SubSport};
use kneewise_read::time::Timestamp;

use crate::item::{Item, Recording, Richness, RunOf};
use crate::ledger::Outcome;
use crate::matches::Matches;
use crate::same::Sports;
use crate::trail::{Span, cover, outside};

use reason::reason;
use sets::{Link, Sets, Strangers, between_no_strangers};

/// A copy with this much more recorded time than another is kept, whatever the other tells.
const LONGER: f64 = 1.2;

/// As much where the one that tells more is damaged and the other is not.
const LONGER_THAN_DAMAGED: f64 = 1.02;

/// What a copy has outside the time of the kept one, and is shorter than this (seconds), is a
/// button pressed late.
const LEAST_PART_S: f64 = 180.0;

/// A recording is a copy and no more where less than this share of its time is left.
const LEFT_OVER: f64 = 0.2;

/// The heart rate of a copy with less than this share of the kept one's time is not the whole
/// run's.
const HEART_RATE_SHARE: f64 = 0.8;

/// A recording, by the indices of its item and of itself in there.
type Place = (usize, usize);

/// What makes one copy better than another, the weightiest first.
#[derive(Eq, Ord, PartialEq, PartialOrd)]
struct Rank {
    is_run: bool,
    names_sport: bool,
    richness: Richness,
}

/// Marks the copies among `items` in their rows and takes their runs out, or what of them another
/// recording has as well.
pub(crate) fn mark(items: &mut [Item], matches: &Matches) {
    // A row kept by hand is held against what was recorded [elsewhere](crate::told_twice).
    let mut places: Vec<Place> = (0..items.len())
        .filter(|&i| !items[i].is_hand_kept)
        .flat_map(|i| (0..items[i].recordings.len()).map(move |r| (i, r)))
        .filter(|&place| recording(items, place).is_dated)
        .collect();
    let first_s = |place| recording(items, place).first_s();
    places.sort_by(|&a, &b| first_s(a).total_cmp(&first_s(b)).then(a.cmp(&b)));
    let (links, strangers) = links::find(items, &places, matches);
    let links = between_no_strangers(places.len(), links, &strangers);
    tell_people_apart(items, &places, &links, &strangers);
    let mut reasons: HashMap<usize, (usize, String)> = HashMap::new();
    for group in groups(places.len(), &links) {
        for (place, reason) in settle(items, &places, &group) {
            let entry = reasons.entry(place.0).or_insert((0, reason.clone()));
            entry.0 += 1;
            if entry.0 < items[place.0].recordings.len() {
                items[place.0].row.notes.push(Note::new(NoteKind::Session, format!("counted once: {reason}")));
            }
        }
    }
    for (i, (copies, reason)) in reasons {
        let item = &mut items[i];
        if copies == item.recordings.len() {
            item.row.outcome = Outcome::Duplicate;
            item.row.notes.retain(|note| !note.text.starts_with("counted once: "));
            item.row.reason = Some(reason);
        }
    }
}

/// Numbers people so that no two strangers share a number, and asks about them. Of two the one
/// whose file tells most is the first; which of them the runner is nobody knows.
fn tell_people_apart(items: &mut [Item], places: &[Place], links: &[Link], strangers: &[Strangers]) {
    for Strangers { places: two, ask } in strangers {
        let [a, b] = two.map(|i| places[i]);
        for (of, other) in [(a, b), (b, a)] {
            let text = ask.as_ref().map(|ask| ask.replace("{}", &items[other.0].row.path));
            items[of.0].row.notes.extend(text.map(|text| Note::new(NoteKind::Session, text)));
        }
    }
    let mut sets = Sets::new(places.len());
    for link in links {
        sets.join(link.places[0], link.places[1]);
    }
    let mut strangers_of: HashMap<usize, Vec<usize>> = HashMap::new();
    for [a, b] in strangers.iter().map(|two| two.places.map(|i| sets.root(i))) {
        strangers_of.entry(a).or_default().push(b);
        strangers_of.entry(b).or_default().push(a);
    }
    let mut best: HashMap<usize, usize> = HashMap::new();
    for i in 0..places.len() {
        let of_run = best.entry(sets.root(i)).or_insert(i);
        if better(items, places[i], places[*of_run]) {
            *of_run = i;
        }
    }
    let mut known: Vec<usize> = strangers_of.keys().copied().collect();
    known.sort_by(|a, b| by_rank(items, places[best[a]], places[best[b]]));
    let mut numbers: HashMap<usize, u8> = HashMap::new();
    for root in known {
        let taken: HashSet<u8> = strangers_of[&root].iter().filter_map(|other| numbers.get(other).copied()).collect();
        numbers.insert(root, (0..u8::MAX).find(|number| !taken.contains(number)).unwrap_or(u8::MAX));
    }
    for (i, place) in places.iter().enumerate() {
        items[place.0].recordings[place.1].person = numbers.get(&sets.root(i)).copied().unwrap_or(0);
    }
}

/// The recordings of each run that has several, each with the seconds that set its clock to the
/// first's.
fn groups(n: usize, links: &[Link]) -> Vec<Vec<(usize, f64)>> {
    let mut linked: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
    for link in links {
        let [a, b] = link.places;
        linked.entry(a).or_default().push((b, link.later_s));
        linked.entry(b).or_default().push((a, -link.later_s));
    }
    let mut is_done = vec![false; n];
    let mut groups = Vec::new();
    for first in (0..n).filter(|place| linked.contains_key(place)) {
        if is_done[first] {
            continue;
        }
        is_done[first] = true;
        let mut group = vec![(first, 0.0)];
        let mut next = 0;
        while let Some(&(place, clock_s)) = group.get(next) {
            next += 1;
            for &(other, later_s) in &linked[&place] {
                if !std::mem::replace(&mut is_done[other], true) {
                    group.push((other, clock_s + later_s));
                }
            }
        }
        groups.push(group);
    }
    groups
}

/// Keeps one recording of a run, and of the others what lies outside the time of those kept.
/// Returns what are copies and no more, and why.
fn settle(items: &mut [Item], places: &[Place], group: &[(usize, f64)]) -> Vec<(Place, String)> {
    let mut members: Vec<(Place, f64)> = group.iter().map(|&(i, clock_s)| (places[i], clock_s)).collect();
    members.sort_by(|a, b| by_rank(items, a.0, b.0));
    let best = (0..members.len()).find(|&i| {
        let is_longer = |n: &usize| takes_place(items, members[*n].0, members[i].0);
        !(0..members.len()).filter(is_longer).any(|n| !is_covered(items, &members[..n], members[n].0))
    });
    let kept = members.remove(best.unwrap_or_default());
    let mut covered = covered(recording(items, kept.0), kept.1);
    let mut copies = Vec::new();
    for (place, clock_s) in members {
        let copy = recording(items, place);
        let own = spans_at(copy, clock_s);
        let mut left = outside(&own, &covered);
        // Of a run that was typed in nobody knows which metres were when.
        left.retain(|span| span.seconds() >= LEAST_PART_S && copy.trail().has_time());
        let left_s: f64 = left.iter().map(|span| span.seconds()).sum();
        if left_s > 0.0 && left_s >= copy.time_s() {
            cover(&mut covered, own);
            continue;
        }
        let moved_s = clock_s - kept.1;
        let reason = reason(items, place, kept.0, moved_s);
        fill(items, place, kept.0);
        let copy = recording(items, place);
        let parts: Vec<Run> =
            copy.recorded().into_iter().flat_map(|run| parts(run, copy, &left, clock_s, kept.1)).collect();
        let is_copy = left_s < LEFT_OVER * copy.time_s() || copy.run.is_some() && parts.is_empty();
        cover(&mut covered, own);
        let name = items[kept.0.0].row.path.clone();
        let item = &mut items[place.0];
        if !parts.is_empty() {
            let text =
                format!("{:.0} min of it are in {name} as well and count once", (own_s(item, place) - left_s) / 60.0);
            item.row.notes.push(Note::new(NoteKind::Session, text));
        }
        let recording = &mut item.recordings[place.1];
        if parts.is_empty() && is_copy {
            copies.push((place, reason));
            recording.run = None;
        } else if !parts.is_empty() {
            let mut parts = parts.into_iter();
            recording.run = parts.next().map(Box::new).map(RunOf::Recorded);
            recording.more = parts.collect();
        }
    }
    copies
}

fn own_s(item: &Item, place: Place) -> f64 {
    item.recordings[place.1].time_s()
}

/// Gives the kept run what only the copy knows.
fn fill(items: &mut [Item], copy: Place, kept: Place) {
    let copied = recording(items, copy);
    // A strap's or a phone's file that names another sport is no run, and knows the heart rate all
    // the same.
    let Some(mut from) = copied.recorded().or(copied.no_run.as_deref()).cloned() else { return };
    if copied.run.is_none() {
        from.sub_sport = SubSport::Generic;
    }
    let is_most = recording(items, copy).time_s() >= HEART_RATE_SHARE * recording(items, kept).time_s();
    let name = items[copy.0].row.path.clone();
    let item = &mut items[kept.0];
    let Some(run) = item.recordings[kept.1].recorded_mut() else { return };
    run.fill_told(&from);
    if is_most && run.fill_heart_rate(&from) {
        let text = format!("the heart rate is that of {name}, another recording of this run");
        run.notes.push(Note::new(NoteKind::HeartRate, text.clone()));
        item.row.notes.push(Note::new(NoteKind::HeartRate, text));
    }
}

/// The parts of a run in stretches of time by the first clock of its group, told by the kept one's.
fn parts(run: &Run, of: &Recording, left: &[Span], clock_s: f64, kept_clock_s: f64) -> Vec<Run> {
    let (from_s, all_s) = (of.start.unix_ms() as f64 / 1000.0 + clock_s, of.time_s());
    let metres = |span: &Span| {
        let at = |time_s: f64| of.trail().metres_at(time_s - from_s);
        Some(at(span.to_s)? - at(span.from_s)?).filter(|metres| *metres >= 0.0)
    };
    let all_m =
        of.trail().metres_at(f64::INFINITY).zip(of.trail().metres_at(f64::NEG_INFINITY)).map(|(to, from)| to - from);
    let part = |span: &Span| {
        let time_share = span.seconds() / all_s;
        let metres_share = metres(span).zip(all_m.filter(|metres| *metres > 0.0)).map(|(part, all)| part / all);
        let start_ms = ((span.from_s - kept_clock_s) * 1000.0).round() as i64;
        let start = Timestamp::from_unix_ms(start_ms)?;
        Some(run.clone().part(start, span.seconds(), metres_share.unwrap_or(time_share), time_share))
    };
    left.iter().filter_map(part).collect()
}

/// The time of a recording, by the first clock of its group.
fn spans_at(recording: &Recording, clock_s: f64) -> Vec<Span> {
    recording.spans().map(|span| span.later(clock_s)).collect()
}

/// That time, with the pauses in it.
fn covered(recording: &Recording, clock_s: f64) -> Vec<Span> {
    let start_s = recording.start.unix_ms() as f64 / 1000.0;
    if !recording.trail().has_time() {
        return vec![recording.whole().later(clock_s)];
    }
    recording.trail().covered().into_iter().map(|span| span.later(start_s + clock_s)).collect()
}

fn recording(items: &[Item], (i, r): Place) -> &Recording {
    &items[i].recordings[r]
}

fn sport(items: &[Item], (i, r): Place) -> Sport {
    items[i].row.activities[r].sport
}

fn sports(items: &[Item], a: Place, b: Place) -> Sports {
    match (sport(items, a), sport(items, b)) {
        (Sport::Generic, _) | (_, Sport::Generic) => Sports::Open,
        (a, b) if a == b => Sports::Same,
        _ => Sports::Different,
    }
}

fn rank(items: &[Item], place: Place) -> Rank {
    let (is_run, names_sport) = standing(items, place);
    Rank { is_run, names_sport, richness: recording(items, place).richness }
}

/// The better one first, and of two alike the first by time, then by path: the order of inputs
/// changes nothing.
fn by_rank(items: &[Item], a: Place, b: Place) -> std::cmp::Ordering {
    let by_time = || recording(items, a).start.cmp(&recording(items, b).start);
    let by_path = || items[a.0].row.path.cmp(&items[b.0].row.path).then(a.1.cmp(&b.1));
    rank(items, b).cmp(&rank(items, a)).then_with(by_time).then_with(by_path)
}

fn better(items: &[Item], a: Place, b: Place) -> bool {
    by_rank(items, a, b).is_lt()
}

/// Whether a recording that tells less is kept all the same: however much a copy tells, one of a
/// fraction of the time is not the activity. A damaged recording has lost something: a whole one
/// need not be much longer.
fn takes_place(items: &[Item], new: Place, kept: Place) -> bool {
    let is_damage_mended = is_damaged(items, kept) && !is_damaged(items, new);
    let longer = if is_damage_mended { LONGER_THAN_DAMAGED } else { LONGER };
    standing(items, new) >= standing(items, kept)
        && recording(items, new).recorded_s > longer * recording(items, kept).recorded_s
}

/// Whether a recording is a run, and whether its file says itself what it is: no copy of less
/// standing takes the place of another.
fn standing(items: &[Item], place: Place) -> (bool, bool) {
    let is_assumed = items[place.0].row.notes.iter().any(|note| note.kind == NoteKind::Sport);
    (recording(items, place).run.is_some(), sport(items, place) != Sport::Generic && !is_assumed)
}

/// Whether recordings that each tell more have together much the same time as a longer one: a phone
/// beside a watch that recorded warm-up, race and cool-down apart.
fn is_covered(items: &[Item], better: &[(Place, f64)], longer: Place) -> bool {
    let whole: Vec<_> = better.iter().filter(|(place, _)| !is_damaged(items, *place)).collect();
    let mut all = Vec::new();
    for (place, clock_s) in &whole {
        cover(&mut all, spans_at(recording(items, *place), *clock_s));
    }
    let all_s: f64 = all.iter().map(|span| span.seconds()).sum();
    whole.len() > 1 && LONGER * all_s >= recording(items, longer).recorded_s
}

fn is_damaged(items: &[Item], place: Place) -> bool {
    items[place.0].row.notes.iter().any(|note| note.kind == NoteKind::Damage)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(a: usize, b: usize) -> Link {
        Link { places: [a, b], later_s: 0.0 }
    }

    #[test]
    fn strangers_stay_apart_through_a_third() {
        let strangers = [Strangers { places: [0, 1], ask: None }];
        let kept = |links: Vec<Link>| -> Vec<[usize; 2]> {
            between_no_strangers(4, links, &strangers).into_iter().map(|link| link.places).collect()
        };
        assert_eq!(kept(vec![link(0, 2), link(1, 2)]), [[0, 2]]);
        assert_eq!(kept(vec![link(0, 2), link(1, 3), link(2, 3)]), [[0, 2], [1, 3]]);
        assert_eq!(kept(vec![link(1, 2), link(2, 3)]), [[1, 2], [2, 3]]);
    }
}
