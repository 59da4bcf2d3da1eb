//! Which recordings are of one run, and which of two people.

use std::collections::{HashMap, HashSet};

use kneewise_core::run::SESSION_GAP_S;
use kneewise_read::sport::Sport;

use super::sets::{Link, Sets, Strangers, WORTH_A_WORD_S};
use super::{Place, recording, sport, sports, standing};
use crate::compare::LEAST_PART_S;
use crate::item::{Item, Recording};
use crate::matches::{Lookup, Matches};
use crate::same::{self, FARTHEST_S, Relation, SHORT_S};
use crate::trail::Bounds;

/// Each recording is compared with no more than so many that begin next, and closely with no more
/// than so many that are no copies of it: as many are of many people, or made up.
const MOST_NEIGHBOURS: usize = 512;
const MOST_IN_VAIN: usize = 48;

/// Recordings whose ways lie further apart than this (metres) are of two runs, whatever the clocks.
const ELSEWHERE_M: f64 = 300.0;

/// Recordings whose time differs by no more than this share are of one length.
const LIKE: f64 = 0.1;

/// Distances of recordings (metres) that differ by less are alike.
const CLOSE_M: f64 = 5.0;

/// Parts of one file have one clock: by theirs they lie on a run alike but for so much (seconds).
const ONE_CLOCK_S: f64 = 5.0;

/// The next part of a file begins no later than this (seconds) after the end of the one before.
const NEXT_PART_S: f64 = 600.0;

/// Of one run no more than so many parts are held against each other.
const MOST_PARTS: usize = 64;

/// Two recordings that are of one run if no other is more so: by a clock that is off, or of unlike
/// lengths.
struct Doubtful {
    places: (usize, usize),
    later_s: f64,
    misfit_m: f64,
    /// By what share of the longer they differ in length.
    unlike: f64,
    /// Whether another part of the same file says the same of the clock.
    is_backed: bool,
}

impl Doubtful {
    fn is_part(&self) -> bool {
        self.unlike > LIKE
    }
}

impl Doubtful {
    /// The more likely first: what two parts say before what one does. Nearly as close is as close;
    /// a clock that is off must lie closer than one that is right. Of parts, how much of the other
    /// they are says nothing.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let is_off = |of: &Self| is_off(of.later_s);
        let distance = |of: &Self| (of.misfit_m / CLOSE_M) as u32 + u32::from(is_off(of));
        let length = |of: &Self| if of.is_part() { 1.0 } else { of.unlike };
        (other.is_backed.cmp(&self.is_backed))
            .then(distance(self).cmp(&distance(other)))
            .then(is_off(self).cmp(&is_off(other)))
            .then(length(self).total_cmp(&length(other)))
            .then(self.misfit_m.round().total_cmp(&other.misfit_m.round()))
            .then(self.later_s.abs().total_cmp(&other.later_s.abs()))
            .then(self.unlike.total_cmp(&other.unlike))
    }
}

/// Finds the pairs that are of one run, as many as join all recordings of it, and those of two
/// people with what to ask.
pub(super) fn find(items: &[Item], places: &[Place], matches: &Matches) -> (Vec<Link>, Vec<Strangers>) {
    let lookup = Lookup::of(matches);
    let mut sweep = Sweep::new(items, places);
    sweep.join_forced(&lookup);
    sweep.compare_neighbours(&lookup);
    sweep.settle_doubtful();
    sweep.join_overlaps();
    (sweep.links, sweep.strangers)
}

/// What is known of the recordings, in order of time, while they are compared.
struct Sweep<'a> {
    items: &'a [Item],
    places: &'a [Place],
    bounds: Vec<Option<Bounds>>,
    set: Sets,
    links: Vec<Link>,
    strangers: Vec<Strangers>,
    overlaps: Vec<(usize, usize)>,
    doubtful: Vec<Doubtful>,
}

impl<'a> Sweep<'a> {
    fn new(items: &'a [Item], places: &'a [Place]) -> Self {
        Self {
            items,
            places,
            bounds: places.iter().map(|&place| recording(items, place).trail().bounds()).collect(),
            set: Sets::new(places.len()),
            links: Vec::new(),
            strangers: Vec::new(),
            overlaps: Vec::new(),
            doubtful: Vec::new(),
        }
    }

    fn of(&self, i: usize) -> &'a Recording {
        recording(self.items, self.places[i])
    }

    fn relation(&self, i: usize, j: usize) -> Relation {
        same::relation(self.of(i), self.of(j), sports(self.items, self.places[i], self.places[j]))
    }

    /// By what share of the longer two recordings differ in length.
    fn unlike(&self, i: usize, j: usize) -> f64 {
        let (a_s, b_s) = (self.of(i).time_s(), self.of(j).time_s());
        (a_s - b_s).abs() / a_s.max(b_s).max(1.0)
    }

    /// Joins two recordings, unless they are of one run already.
    fn join(&mut self, i: usize, j: usize, later_s: f64) -> bool {
        let is_new = self.set.root(i) != self.set.root(j);
        if is_new {
            self.set.join(i, j);
            self.links.push(Link { places: [i, j], later_s });
        }
        is_new
    }

    /// Joins what the runner says is one run.
    fn join_forced(&mut self, lookup: &Lookup) {
        for (i, j) in forced(self.items, self.places, lookup) {
            let (a, b) = (self.of(i), self.of(j));
            let later_s = if b.first_s() < a.last_s() { 0.0 } else { a.start.seconds_since(b.start) };
            self.join(i, j, later_s);
        }
    }

    /// Compares each recording with those that begin before its copies can no more.
    fn compare_neighbours(&mut self, lookup: &Lookup) {
        for i in 0..self.places.len() {
            let until_s = self.of(i).last_s() + FARTHEST_S;
            let mut in_vain = 0;
            for j in (i + 1..self.places.len()).take(MOST_NEIGHBOURS) {
                if self.of(j).first_s() > until_s {
                    break;
                }
                let path = |i: usize| &self.items[self.places[i].0].row.path;
                if lookup.forbids(path(i), path(j)) {
                    self.strangers.push(Strangers { places: [i, j], ask: None });
                } else if in_vain < MOST_IN_VAIN && self.is_worth_comparing(i, j) {
                    in_vain += usize::from(!self.compare(i, j));
                }
            }
        }
    }

    fn is_worth_comparing(&mut self, i: usize, j: usize) -> bool {
        if self.set.root(i) == self.set.root(j) {
            return false;
        }
        let is_later = self.of(j).first_s() > self.of(i).last_s();
        let is_elsewhere = || self.bounds[i].zip(self.bounds[j]).is_some_and(|(a, b)| !a.are_near(b, ELSEWHERE_M));
        !(is_later && is_elsewhere()) && may_be_copies(self.items, self.places[i], self.places[j])
    }

    /// Compares two recordings; returns whether they were joined.
    fn compare(&mut self, i: usize, j: usize) -> bool {
        let (relation, unlike) = (self.relation(i, j), self.unlike(i, j));
        let others = if unlike > LIKE { same::parts_by_other_clocks(self.of(i), self.of(j)) } else { Vec::new() };
        let is_same = matches!(relation, Relation::Same { .. }) || !others.is_empty();
        // A warm-up and a cool-down on the same way, and the race between them.
        if is_same && is_repeated(self.items, &self.places[i..=j]) {
            return false;
        }
        let doubtful = |later_s, misfit_m| Doubtful { places: (i, j), later_s, misfit_m, unlike, is_backed: false };
        self.doubtful.extend(others.into_iter().map(|setting| doubtful(setting.later_s, setting.misfit_m)));
        match relation {
            Relation::None => {}
            Relation::Same { later_s, misfit_m } if is_off(later_s) || unlike > LIKE => {
                self.doubtful.push(doubtful(later_s, misfit_m));
            }
            Relation::Same { later_s, .. } => return self.join(i, j, later_s),
            Relation::Overlap => self.overlaps.push((i, j)),
            Relation::Apart { metres } => {
                let far = if metres < 1000.0 { format!("{metres:.0} m") } else { format!("{:.0} km", metres / 1000.0) };
                self.strangers.push(Strangers::of([i, j], &format!("the positions are {far} apart")));
            }
            Relation::OtherHeart => self.strangers.push(Strangers::of([i, j], "the heart rates differ")),
        }
        false
    }

    /// Joins recordings that may be of one run, the likeliest first.
    ///
    /// A recording whose clock is off may fit several: it is of one run with the one that it lies
    /// closest on and is most like, and with others only where these are one run themselves.
    fn settle_doubtful(&mut self) {
        let mut doubtful = std::mem::take(&mut self.doubtful);
        self.back(&mut doubtful);
        let is_long_enough = |two: &Doubtful| two.is_backed || !self.is_short_part(two);
        doubtful.retain(is_long_enough);
        doubtful.sort_by(Doubtful::order);
        let mut partners = Partners::default();
        self.links.iter().for_each(|link| partners.remember(link));
        for Doubtful { places: (i, j), later_s, .. } in doubtful {
            if self.set.root(i) == self.set.root(j) {
                continue;
            }
            let others = [self.partner(&partners, i, j, later_s), self.partner(&partners, j, i, -later_s)];
            let is_one = |(a, b): (usize, usize)| matches!(self.relation(a.min(b), a.max(b)), Relation::Same { .. });
            if others.into_iter().flatten().all(is_one) {
                self.join(i, j, later_s);
                partners.remember(&Link { places: [i, j], later_s });
            }
        }
    }

    /// Whether a part is too short for its pace alone to tell its clock.
    fn is_short_part(&self, two: &Doubtful) -> bool {
        let (i, j) = two.places;
        two.is_part() && is_off(two.later_s) && self.of(i).time_s().min(self.of(j).time_s()) < LEAST_PART_S
    }

    /// Marks the parts whose clock other parts of the same file have too, one after the other: all
    /// lie on the same run where they are set by as much, and are long enough together.
    fn back(&self, doubtful: &mut [Doubtful]) {
        let mut of_runs: HashMap<usize, Vec<(usize, f64, usize)>> = HashMap::new();
        for (n, two) in doubtful.iter().enumerate().filter(|(_, two)| two.is_part()) {
            let (i, j) = two.places;
            let is_first_longer = self.of(i).time_s() >= self.of(j).time_s();
            let (run, part, later_s) = if is_first_longer { (i, j, two.later_s) } else { (j, i, -two.later_s) };
            let parts = of_runs.entry(run).or_default();
            if parts.len() < MOST_PARTS {
                parts.push((part, later_s, n));
            }
        }
        for parts in of_runs.into_values() {
            for &(part, later_s, n) in &parts {
                let has_clock = |(_, by_s, _): &&(usize, f64, usize)| (by_s - later_s).abs() <= ONE_CLOCK_S;
                let mut alike: Vec<usize> = parts.iter().filter(has_clock).map(|(part, ..)| *part).collect();
                alike.sort_unstable();
                alike.dedup();
                doubtful[n].is_backed = alike.chunk_by(|a, b| self.is_next(*a, *b)).any(|in_a_row| {
                    let all_s: f64 = in_a_row.iter().map(|part| self.of(*part).time_s()).sum();
                    in_a_row.len() > 1 && in_a_row.contains(&part) && all_s >= LEAST_PART_S
                });
            }
        }
    }

    /// Whether a recording is the next part of the file of which one before it is a part.
    fn is_next(&self, before: usize, next: usize) -> bool {
        let after_s = self.of(next).first_s() - self.of(before).last_s();
        (-WORTH_A_WORD_S..=NEXT_PART_S).contains(&after_s)
    }

    /// Returns the recording whose clock `i` shares, with `j`, where both must be one run as well.
    fn partner(&self, partners: &Partners, i: usize, j: usize, later_s: f64) -> Option<(usize, usize)> {
        let (other, by_s) = *partners.0.get(&i)?;
        // Parts of one file have one clock, and are not one another's copies.
        let are_parts = self.of(other.max(j)).first_s() > self.of(other.min(j)).last_s() - WORTH_A_WORD_S;
        let is_moved = is_off(later_s) || is_off(by_s);
        (is_moved && (is_off(by_s - later_s) || !are_parts)).then_some((other, j))
    }

    /// Joins what overlaps, and leaves strangers apart, where the clocks of both are right: what a
    /// recording overlaps whose clock is off says nothing.
    fn join_overlaps(&mut self) {
        let has_time = |i: &usize| self.of(*i).trail().has_time();
        let doubted = |link: &Link| {
            let typed: Vec<usize> = link.places.into_iter().filter(|i| !has_time(i)).collect();
            if typed.is_empty() { link.places.to_vec() } else { typed }
        };
        let off: HashSet<usize> = self.links.iter().filter(|link| is_off(link.later_s)).flat_map(doubted).collect();
        let is_right = |i: usize, j: usize| !off.contains(&i) && !off.contains(&j);
        for (i, j) in std::mem::take(&mut self.overlaps).into_iter().filter(|&(i, j)| is_right(i, j)) {
            self.join(i, j, 0.0);
        }
        self.strangers.retain(|two| two.ask.is_none() || is_right(two.places[0], two.places[1]));
    }
}

fn is_off(later_s: f64) -> bool {
    later_s.abs() > WORTH_A_WORD_S
}

/// Of each recording the partner that sets its clock: the other one, and by how many seconds.
#[derive(Default)]
struct Partners(HashMap<usize, (usize, f64)>);

impl Partners {
    /// Keeps a partner of each recording, one by another clock rather than one by the same.
    fn remember(&mut self, link: &Link) {
        let [a, b] = link.places;
        for (of, other, later_s) in [(a, b, link.later_s), (b, a, -link.later_s)] {
            let partner = self.0.entry(of).or_insert((other, later_s));
            if later_s.abs() > partner.1.abs() {
                *partner = (other, later_s);
            }
        }
    }
}

/// Whether the first and the last of some recordings in order of time are short and make a session
/// with one between them: laps of one loop, or a way run before and after something else, though a
/// clock may say otherwise.
fn is_repeated(items: &[Item], places: &[Place]) -> bool {
    const TOUCH_S: f64 = 60.0;
    let [first, between @ .., last] = places else { return false };
    let (first, last) = (recording(items, *first), recording(items, *last));
    let (from_s, to_s) = (first.last_s() - TOUCH_S, last.first_s() + TOUCH_S);
    let is_between = |place: &Place| {
        let other = recording(items, *place);
        let is_within = other.first_s() >= from_s && other.last_s() <= to_s;
        let is_session = other.first_s() - from_s <= SESSION_GAP_S && to_s - other.last_s() <= SESSION_GAP_S;
        !items[place.0].is_hand_kept && other.trail().has_time() && is_within && is_session
    };
    first.trail().has_time()
        && last.trail().has_time()
        && first.time_s().max(last.time_s()) < SHORT_S
        && first.last_s() < last.first_s()
        && between.iter().any(is_between)
}

/// The pairs of recordings in files that are of one run by the runner's word, as many as join all
/// of them.
fn forced(items: &[Item], places: &[Place], lookup: &Lookup) -> Vec<(usize, usize)> {
    let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, place) in places.iter().enumerate() {
        for name in lookup.names_of(&items[place.0].row.path) {
            named.entry(name).or_default().push(i);
        }
    }
    let mut pairs = Vec::new();
    for (one, other) in lookup.same() {
        let (Some(ones), Some(others)) = (named.get(one), named.get(other)) else { continue };
        let first = (ones[0], others[0]);
        pairs.extend(others.iter().map(|&other| (first.0, other)));
        pairs.extend(ones[1..].iter().map(|&one| (one, first.1)));
    }
    pairs.retain(|(i, j)| places[*i].0 != places[*j].0);
    pairs.into_iter().map(|(i, j)| (i.min(j), i.max(j))).collect()
}

/// Whether two recordings can be of one activity. Within a file they are so only where it names
/// their sport: tracks of two people, or a day and a part of it, may lie in one file otherwise.
///
/// A row of a log by hand tells of a day, and its time is made up: what it is a copy of is found
/// [elsewhere](crate::told_twice).
fn may_be_copies(items: &[Item], a: Place, b: Place) -> bool {
    if items[a.0].is_hand_kept || items[b.0].is_hand_kept {
        return false;
    }
    a.0 != b.0 || sport(items, a) != Sport::Generic && standing(items, a).1
}
