//! Rows of logs kept by hand that tell of what another row or a recording tells as well.
//!
//! A row has a day, metres and minutes, all of them rounded, and seldom a time of day. So it is
//! held against all that the day has: another state of the same list, sessions, recordings within
//! them, the sum of the day. Each is one run, and stands for one row.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use kneewise_core::Run;
use kneewise_core::measure::metric::TIMER;
use kneewise_read::activity::{Note, NoteKind};

use crate::intake::Item;
use crate::ledger::Outcome;

/// So many rows of a day are compared: nobody runs more often, and a list may be no log at all.
const MOST_A_DAY: usize = 40;

/// Distances, else times, that differ by no more than this share are alike: people round, and
/// watches differ.
const ALIKE: f64 = 0.1;

/// Times no further apart than this share, or than so many seconds, are the same.
const SAME_TIME: f64 = 0.02;
const SAME_TIME_S: f64 = 60.0;

/// A belt and a watch do not differ by more than this factor in the distance of one run.
const OTHER_DISTANCE: f64 = 1.5;

/// A row, by the indices of its item and of itself in there.
type Place = (usize, usize);

/// Metres and seconds of a row or a run.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Figures {
    metres: Option<f64>,
    seconds: Option<f64>,
}

impl Figures {
    fn of_run(run: &Run) -> Self {
        Self { metres: run.distance_m(), seconds: run.value(&TIMER) }
    }

    /// Whether two may be the same run.
    fn is_like(self, other: Self) -> bool {
        let is_near = |a: Option<f64>, b: Option<f64>| Some((a? - b?).abs() <= ALIKE * a?.max(b?));
        is_near(self.metres, other.metres).or_else(|| is_near(self.seconds, other.seconds)).unwrap_or(false)
    }

    /// Whether two tell of one time, and of distances that a belt and a watch may tell of one run.
    fn is_same_time(self, other: Self) -> bool {
        let is_one = |(a, b): (f64, f64)| (a - b).abs() <= SAME_TIME_S.max(SAME_TIME * a.max(b));
        let is_near = |(a, b): (f64, f64)| a.max(b) <= OTHER_DISTANCE * a.min(b);
        self.seconds.zip(other.seconds).is_some_and(is_one) && self.metres.zip(other.metres).is_none_or(is_near)
    }

    /// Whether two rows say the same, as far as both say something.
    fn repeats(self, other: Self) -> bool {
        let is_equal = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| (a - b).abs() < 1.0);
        let said = [is_equal(self.metres, other.metres), is_equal(self.seconds, other.seconds)];
        said.contains(&Some(true)) && !said.contains(&Some(false))
    }

    /// Two together; what one does not say, both do not.
    fn plus(self, other: Self) -> Self {
        let sum = |a: Option<f64>, b: Option<f64>| Some(a? + b?);
        Self { metres: sum(self.metres, other.metres), seconds: sum(self.seconds, other.seconds) }
    }

    fn sum(all: impl Iterator<Item = Self>) -> Option<Self> {
        all.reduce(Self::plus)
    }

    /// `10.0 km in 1:00:00`.
    fn words(self) -> String {
        let km = self.metres.map(|metres| format!("{:.1} km", metres / 1000.0));
        let time = self.seconds.map(|seconds| {
            let seconds = seconds.round() as i64;
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        });
        [km, time].into_iter().flatten().collect::<Vec<_>>().join(" in ")
    }
}

fn figures(items: &[Item], (i, r): Place) -> Figures {
    let row = &items[i].row.activities[r];
    Figures { metres: row.distance_m, seconds: row.timer_s }
}

/// The day of a row: its clock is the runner's own.
fn day(items: &[Item], (i, r): Place) -> Date {
    items[i].recordings[r].start.date_at_offset(0)
}

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

/// Takes the rows out that tell of what was recorded, and gives the recordings what only the rows
/// say.
pub(crate) fn leave_out_recorded(items: &mut [Item], sessions: &mut [Run]) {
    if sessions.is_empty() {
        return;
    }
    let mut of_days: BTreeMap<Date, Vec<Place>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate().filter(|(_, item)| item.is_hand_kept) {
        for (r, recording) in item.recordings.iter().enumerate() {
            if recording.run.is_some() {
                of_days.entry(day(items, (i, r))).or_default().push((i, r));
            }
        }
    }
    let mut recorded: HashMap<Date, Vec<usize>> = HashMap::new();
    for (s, session) in sessions.iter().enumerate() {
        recorded.entry(session.local_date).or_default().push(s);
    }
    let mut out: HashMap<usize, usize> = HashMap::new();
    for (day, mut rows) in of_days {
        let Some(of_day) = recorded.remove(&day) else { continue };
        // What is left of a list is compared with what is left of the day.
        rows.truncate(MOST_A_DAY);
        for (place, said) in (Day { items, sessions, rows, open: of_day, found: Vec::new() }).compared() {
            let item = &mut items[place.0];
            let text = format!("counted once: the run of {day} {said}");
            item.row.notes.push(Note::new(NoteKind::Session, text));
            item.recordings[place.1].run = None;
            *out.entry(place.0).or_default() += 1;
        }
    }
    for (i, n) in out {
        let left = items[i].recordings.iter().filter(|recording| recording.run.is_some()).count();
        if left == 0
            && n > 0
            && items[i].row.activities.iter().all(|row| row.sport == kneewise_read::sport::Sport::Running)
        {
            items[i].row.outcome = Outcome::Duplicate;
            items[i].row.reason.get_or_insert_with(|| "every run of it is in another file as well".to_owned());
        }
    }
}

/// The rows of a day and its sessions, as far as they have not found one another.
struct Day<'i> {
    items: &'i [Item],
    sessions: &'i mut [Run],
    rows: Vec<Place>,
    open: Vec<usize>,
    /// Rows with what they are told by.
    found: Vec<(Place, String)>,
}

impl Day<'_> {
    fn compared(mut self) -> Vec<(Place, String)> {
        self.sessions_like_rows();
        self.parts_like_rows();
        self.sums();
        self.other_distances();
        self.repeated();
        self.found
    }

    fn row(&self, place: Place) -> Figures {
        figures(self.items, place)
    }

    /// Whether a row with a time of day tells of about the time of a session: people write start or
    /// end, and round.
    fn may_be(&self, place: Place, s: usize) -> bool {
        const APART_S: f64 = 3.0 * 3600.0;
        let recording = &self.items[place.0].recordings[place.1];
        if !recording.row().is_some_and(|row| row.has_time) {
            return true;
        }
        let session = &self.sessions[s];
        let on_clock = session.start.plus_seconds(f64::from(session.utc_offset_s));
        let lasts_s = session.end().map_or(0.0, |end| end.seconds_since(session.start));
        (-APART_S..=lasts_s + APART_S).contains(&recording.start.seconds_since(on_clock))
    }

    fn session(&self, s: usize) -> Figures {
        Figures::of_run(&self.sessions[s])
    }

    /// A row that is one session takes it, and the session what only the row says.
    fn take(&mut self, place: Place, s: usize) {
        if let Some(row) = self.items[place.0].recordings[place.1].row() {
            let labels = row.labels.as_deref().cloned().unwrap_or_default();
            self.sessions[s].fill(row.gear.as_deref(), row.exertion, &labels);
        }
        self.open.retain(|other| *other != s);
    }

    fn sessions_like_rows(&mut self) {
        for place in std::mem::take(&mut self.rows) {
            let own = self.row(place);
            match self.open.iter().copied().find(|&s| self.may_be(place, s) && own.is_like(self.session(s))) {
                Some(s) => {
                    self.found.push((place, format!("is in {} as well, which holds more", self.sessions[s].source())));
                    self.take(place, s);
                }
                None => self.rows.push(place),
            }
        }
    }

    fn parts_like_rows(&mut self) {
        let mut parts: Vec<(usize, usize, Figures, String)> = Vec::new();
        for &s in self.open.iter().filter(|&&s| self.sessions[s].parts().len() > 1) {
            parts.extend(self.sessions[s].parts().iter().enumerate().map(|(i, part)| {
                let name = part.sources.first().map(|source| source.name.clone()).unwrap_or_default();
                (s, i, Figures { metres: part.distance_m, seconds: part.timer_s }, name)
            }));
        }
        for place in std::mem::take(&mut self.rows) {
            let own = self.row(place);
            let Some(i) = parts.iter().position(|(.., part, _)| own.is_like(*part)) else {
                self.rows.push(place);
                continue;
            };
            let (s, part, _, name) = parts.swap_remove(i);
            if let Some(row) = self.items[place.0].recordings[place.1].row() {
                let labels = row.labels.as_deref().cloned().unwrap_or_default();
                self.sessions[s].fill_part(part, row.gear.as_deref(), row.exertion, &labels);
            }
            self.found.push((place, format!("is in {name} as well, which holds more")));
            self.open.retain(|other| *other != s);
        }
    }

    /// A row may be the sum of the day, and rows together what one recording went through.
    fn sums(&mut self) {
        let Some(recorded) = Figures::sum(self.open.iter().map(|&s| self.session(s))) else { return };
        let n = self.open.len();
        if let Some(i) = self.rows.iter().position(|&place| n > 1 && self.row(place).is_like(recorded)) {
            let place = self.rows.remove(i);
            self.found.push((place, format!("is the sum of the {n} recorded ones of that day")));
            self.open.clear();
        } else if let Some(told) = Figures::sum(self.rows.iter().map(|&place| self.row(place)))
            && self.rows.len() > 1
            && told.is_like(recorded)
        {
            let all = self.rows.len();
            let text = format!("is one of {all} that together are what was recorded that day");
            self.found.extend(self.rows.drain(..).map(|place| (place, text.clone())));
            self.open.clear();
        }
    }

    /// One time with two distances is one run: a belt and a watch, or a course and a phone.
    fn other_distances(&mut self) {
        for place in std::mem::take(&mut self.rows) {
            let own = self.row(place);
            let Some(s) =
                self.open.iter().copied().find(|&s| self.may_be(place, s) && own.is_same_time(self.session(s)))
            else {
                self.rows.push(place);
                continue;
            };
            let (recorded, name) = (self.session(s), self.sessions[s].source());
            let item = &self.items[place.0];
            let line = item.recordings[place.1].row().map_or(0, |row| row.line);
            let row = format!("{}:{line}", item.row.path);
            let text = format!(
                "a log kept by hand has {} ({row}), the recording {}; counted as one run, by the recording",
                own.words(),
                recorded.words()
            );
            self.sessions[s].notes.push(Note::new(NoteKind::Session, text));
            let text = format!(
                "took as long as the one in {name}, which has {} and counts; the row has {}",
                recorded.words(),
                own.words()
            );
            self.found.push((place, text));
            self.take(place, s);
        }
    }

    /// A row that says again what another of its day said, of a run that was recorded, was written
    /// twice.
    fn repeated(&mut self) {
        for place in std::mem::take(&mut self.rows) {
            let own = self.row(place);
            let says_again = |(other, _): &(Place, String)| {
                let other = self.row(*other);
                own.is_like(other) && own.seconds.is_some() && own.seconds == other.seconds
            };
            if self.found.iter().any(says_again) {
                self.found.push((place, format!("is in the log twice ({})", own.words())));
            } else {
                self.rows.push(place);
            }
        }
    }
}
