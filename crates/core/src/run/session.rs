//! Recordings close in time, joined to one session.

use super::Run;
use crate::measure::metric::{ELAPSED, MOVING_TIME, Slight, TIMER};
use kneewise_read::activity::{Note, NoteKind, Wearer};
use kneewise_read::sport::SubSport;
use kneewise_read::surface::Surface;
use kneewise_read::time::Timestamp;

/// Files of runs no further apart than this (seconds) are one session: a warm-up, a race and a
/// cool-down are often recorded separately. Ninety minutes, as the R package trackeR joins its
/// example runs.
pub const SESSION_GAP_S: f64 = 90.0 * 60.0;

/// Recordings that begin further apart than this (seconds) are one session only where the first was
/// in motion for half of its time or more: of a recording of years, two points with a wrong date
/// are the likelier story.
const MAX_SESSION_S: f64 = 86_400.0;

/// A recording of less time than this (seconds), or of a smaller share of its session's, adds what
/// it says and nothing else.
const SLIGHT_S: f64 = 60.0;
const SLIGHT_SHARE: f64 = 0.01;

const MIXED: &str = "recorded by several devices or on several surfaces: its form is compared with no other run's";

impl Run {
    /// Seconds that it took by the timer, else from its start to its end.
    fn own_s(&self) -> f64 {
        self.value(&TIMER).or_else(|| self.value(&ELAPSED)).unwrap_or(0.0)
    }

    /// Whether what it does not say adds nothing to a session of `whole_s` seconds.
    fn is_slight(&self, whole_s: f64) -> bool {
        let own_s = self.own_s();
        let is_standing = self.has_no_metres || self.distance_m().is_some_and(|metres| metres <= 0.0);
        own_s < SLIGHT_S || own_s < SLIGHT_SHARE * whole_s || is_standing
    }

    /// Takes in a later part of the same session.
    fn merge(&mut self, later: Self, slight: Slight) {
        let end_of = |run: &Self| run.end().unwrap_or_else(|| run.start.plus_seconds(run.own_s()));
        let end = end_of(self).max(end_of(&later));
        if self.parts.is_empty() {
            self.parts.push(self.as_part());
        }
        self.parts.extend(later.parts().into_owned());
        self.measures = self.measures.with_later(&later.measures, end.seconds_since(self.start), slight);
        self.has_no_metres &= later.has_no_metres;
        self.form_by_speed.extend(later.form_by_speed);
        self.is_speed_guessed |= later.is_speed_guessed;
        self.heart_rate.add(&later.heart_rate);
        let is_one_surface = Surface::of(self.sub_sport) == Surface::of(later.sub_sport);
        let is_mixed = later.is_form_mixed || !is_one_surface || self.device != later.device;
        if is_mixed && !self.is_form_mixed && !self.form_by_speed.is_empty() {
            self.is_form_mixed = true;
            self.notes.push(Note::new(NoteKind::MixedForm, MIXED));
        }
        self.device = self.device.take().or(later.device);
        if self.wearer == Wearer::default() {
            self.wearer = later.wearer;
        }
        if !is_one_surface {
            self.sub_sport = SubSport::Generic;
        }
        self.sources.extend(later.sources);
        self.decisions.extend(later.decisions);
        let new_notes: Vec<Note> = later.notes.into_iter().filter(|note| !self.notes.contains(note)).collect();
        self.notes.extend(new_notes);
        self.notes.retain(|note| note.kind != NoteKind::Session);
        let text = format!("{} recordings close in time, taken as one session", self.sources.len());
        self.notes.push(Note::new(NoteKind::Session, text));
    }
}

/// Joins recordings that begin within `gap_s` seconds after the end of the one before; returns
/// sessions in order of time.
///
/// The recordings must not be copies of one another: what overlaps is taken as one session too.
pub fn sessions(mut recordings: Vec<Run>, gap_s: f64) -> Vec<Run> {
    recordings.sort_by(|a, b| a.start.cmp(&b.start).then_with(|| a.source().cmp(&b.source())));
    let mut groups: Vec<Group> = Vec::with_capacity(recordings.len());
    for recording in recordings {
        match groups.last_mut() {
            Some(last) if last.goes_on(&recording, gap_s) => last.add(recording),
            _ => groups.push(Group::new(recording)),
        }
    }
    groups.into_iter().map(Group::joined).collect()
}

/// The recordings of one session.
struct Group {
    first: Run,
    later: Vec<Run>,
    end: Timestamp,
}

impl Group {
    fn new(first: Run) -> Self {
        let end = first.end().unwrap_or(first.start);
        Self { first, later: Vec::new(), end }
    }

    /// Whether the session goes on with a recording that starts later.
    fn goes_on(&self, next: &Run, gap_s: f64) -> bool {
        let is_short = next.start.seconds_since(self.first.start) <= MAX_SESSION_S;
        next.start.seconds_since(self.end) <= gap_s && (is_short || self.is_mostly_in_motion())
    }

    /// An ultra goes on for days, but somebody runs all the while.
    fn is_mostly_in_motion(&self) -> bool {
        let parts = std::iter::once(&self.first).chain(&self.later);
        let moving_s: f64 = parts.filter_map(|part| part.value(&MOVING_TIME)).sum();
        moving_s >= self.end.seconds_since(self.first.start) / 2.0
    }

    fn add(&mut self, later: Run) {
        self.end = self.end.max(later.end().unwrap_or(later.start));
        self.later.push(later);
    }

    fn joined(self) -> Run {
        let mut run = self.first;
        if self.later.is_empty() {
            return run;
        }
        let whole_s = run.own_s() + self.later.iter().map(Run::own_s).sum::<f64>();
        let is_slight: Vec<bool> =
            std::iter::once(&run).chain(&self.later).map(|recording| recording.is_slight(whole_s)).collect();
        let mut earlier = is_slight[0];
        for (part, later) in self.later.into_iter().zip(is_slight.iter().copied().skip(1)) {
            run.merge(part, Slight { earlier, later });
            earlier &= later;
        }
        for (part, _) in run.parts.iter_mut().zip(&is_slight).filter(|(_, is_slight)| **is_slight) {
            part.distance_m = part.distance_m.or(Some(0.0));
        }
        run.take_from_parts();
        run
    }
}
