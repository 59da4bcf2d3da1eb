//! Rows that tell of what was recorded.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kneewise_core::Run;
use kneewise_read::activity::{Note, NoteKind};
use kneewise_read::sport::Sport;

use super::{Figures, MOST_A_DAY, Place, day, figures};
use crate::item::Item;
use crate::ledger::Outcome;

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
    let mut over_midnight: HashMap<Date, Vec<usize>> = HashMap::new();
    for (s, session) in sessions.iter().enumerate() {
        recorded.entry(session.local_date).or_default().push(s);
        if session.last_date() > session.local_date {
            over_midnight.entry(session.last_date()).or_default().push(s);
        }
    }
    let mut out: HashMap<usize, usize> = HashMap::new();
    let mut is_told = vec![false; sessions.len()];
    for (day, mut rows) in of_days {
        let mut of_day = recorded.remove(&day).unwrap_or_default();
        // Who runs into a day may write it down under either.
        let ended = over_midnight.get(&day).into_iter().flatten().copied();
        let ended: Vec<usize> = ended.filter(|s| !is_told[*s]).collect();
        of_day.extend(&ended);
        if of_day.is_empty() {
            continue;
        }
        // What is left of a list is compared with what is left of the day.
        rows.truncate(MOST_A_DAY);
        let open = of_day.clone();
        let (found, open) = Day { items, sessions, rows, open, ended, found: Vec::new() }.compared();
        of_day.into_iter().filter(|s| !open.contains(s)).for_each(|s| is_told[s] = true);
        for (place, said) in found {
            let item = &mut items[place.0];
            let text = format!("counted once: the run of {day} {said}");
            item.row.notes.push(Note::new(NoteKind::Session, text));
            item.recordings[place.1].run = None;
            *out.entry(place.0).or_default() += 1;
        }
    }
    for (i, n) in out {
        let left = items[i].recordings.iter().filter(|recording| recording.run.is_some()).count();
        if left == 0 && n > 0 && items[i].row.activities.iter().all(|row| row.sport == Sport::Running) {
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
    /// Those of them that began the day before.
    ended: Vec<usize>,
    /// Rows with what they are told by.
    found: Vec<(Place, String)>,
}

impl Day<'_> {
    /// The rows that are told of, and the sessions that no row tells of.
    fn compared(mut self) -> (Vec<(Place, String)>, Vec<usize>) {
        self.sessions_like_rows();
        self.parts_like_rows();
        self.sums();
        self.other_distances();
        self.repeated();
        (self.found, self.open)
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
        let (ended, own): (Vec<usize>, Vec<usize>) = self.open.iter().copied().partition(|s| self.ended.contains(s));
        let Some(recorded) = Figures::sum(own.iter().map(|&s| self.session(s))) else { return };
        let n = own.len();
        if let Some(i) = self.rows.iter().position(|&place| n > 1 && self.row(place).is_like(recorded)) {
            let place = self.rows.remove(i);
            self.found.push((place, format!("is the sum of the {n} recorded ones of that day")));
            self.open = ended;
        } else if let Some(told) = Figures::sum(self.rows.iter().map(|&place| self.row(place)))
            && self.rows.len() > 1
            && told.is_like(recorded)
        {
            let all = self.rows.len();
            let text = format!("is one of {all} that together are what was recorded that day");
            self.found.extend(self.rows.drain(..).map(|place| (place, text.clone())));
            self.open = ended;
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
