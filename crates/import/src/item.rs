//! What is kept of an input while an import goes on: its row, its recordings, what it says of other
//! files and what it has cost.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use kneewise_core::Run;
use kneewise_read::activity::{Format, Labels, Note};
use kneewise_read::time::Timestamp;

use crate::ledger::{Outcome, Row};
use crate::trail::{Span, Trail};

/// One input, read: its row and what goes on.
#[derive(Clone)]
pub(crate) struct Item {
    pub row: Row,
    /// What is known of each activity in the row, in its order.
    pub recordings: Vec<Recording>,
    /// Whether it is a log that somebody kept by hand.
    pub is_hand_kept: bool,
    /// What is said of other files, where it is an export's list of them.
    pub listed: Listed,
    /// What reading it has cost.
    pub cost: Cost,
    /// Of its bytes, where it is a whole member of an archive.
    pub digest: Option<Digest>,
}

/// An activity, small enough to keep.
#[derive(Clone)]
pub(crate) struct Recording {
    pub start: Timestamp,
    pub end: Timestamp,
    /// Seconds that were recorded sample by sample, or else counted by the device.
    pub recorded_s: f64,
    /// How much it tells; of two copies the richer is kept.
    pub richness: Richness,
    /// Whether its positions are of a made-up world.
    pub is_made_up: bool,
    /// Whether its file, its place or the one who asks says what time zone it was in.
    pub is_zone_known: bool,
    /// The run that it is, if it is one, or the first part that no other recording has.
    pub run: Option<RunOf>,
    /// Further such parts.
    pub more: Vec<Run>,
    /// What the file of another sport, or of none, tells: it may be a copy of a run. Dropped once
    /// copies are told.
    pub no_run: Option<Box<Run>>,
    /// Metres.
    pub distance_m: Option<f32>,
    /// Whether the device knew the date.
    pub is_dated: bool,
    /// 0, or another number where it overlaps what somebody else must have recorded.
    pub person: u8,
    /// Where it was when; what copies are told by.
    pub trail: Option<Box<Trail>>,
}

/// Where a run comes from.
#[derive(Clone)]
pub(crate) enum RunOf {
    /// A recording.
    Recorded(Box<Run>),
    /// A row of a log kept by hand, which is made a run of when all that are none are known.
    Row(RowOfRun),
}

impl Recording {
    /// A row of a log kept by hand, which begins at `start` and takes so many seconds.
    pub fn of_row(start: Timestamp, seconds: f64, distance_m: Option<f64>, run: Option<RowOfRun>) -> Self {
        Self {
            start,
            end: start.plus_seconds(seconds),
            recorded_s: seconds,
            richness: Richness { often: i8::MIN, channels: 0, format: None, samples: 0, is_whole: true },
            is_made_up: false,
            is_zone_known: true,
            run: run.map(RunOf::Row),
            more: Vec::new(),
            no_run: None,
            distance_m: distance_m.map(|metres| metres as f32),
            is_dated: true,
            person: 0,
            trail: None,
        }
    }

    /// Where it was when; an empty trail where nobody knows.
    pub fn trail(&self) -> &Trail {
        static NOWHERE: Trail = Trail::EMPTY;
        self.trail.as_deref().unwrap_or(&NOWHERE)
    }

    /// The run of a recording, as long as it counts.
    pub fn recorded(&self) -> Option<&Run> {
        match &self.run {
            Some(RunOf::Recorded(run)) => Some(run),
            _ => None,
        }
    }

    /// Takes the run of a recording out.
    pub fn take_recorded(&mut self) -> Option<Run> {
        match self.run.take_if(|run| matches!(run, RunOf::Recorded(_))) {
            Some(RunOf::Recorded(run)) => Some(*run),
            _ => None,
        }
    }

    /// What a row tells of a run, as long as it counts.
    pub fn told(self) -> Option<RowOfRun> {
        match self.run {
            Some(RunOf::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// The run of a recording, for changes.
    pub fn recorded_mut(&mut self) -> Option<&mut Run> {
        match &mut self.run {
            Some(RunOf::Recorded(run)) => Some(run),
            _ => None,
        }
    }

    /// The row of a log kept by hand that it is, as long as it counts.
    pub fn row(&self) -> Option<&RowOfRun> {
        match &self.run {
            Some(RunOf::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// Gives the run what an export's list says of its file.
    pub fn set_listed(&mut self, entry: &Entry) {
        let run = match &mut self.run {
            Some(RunOf::Recorded(run)) => Some(run),
            Some(RunOf::Row(row)) => {
                row.gear = entry.gear.as_deref().map(Box::from).or(row.gear.take());
                None
            }
            None => self.no_run.as_mut(),
        };
        let Some(run) = run else { return };
        run.gear = entry.gear.clone().or(run.gear.take());
        let mut labels = entry.labels.clone();
        labels.fill(run.labels());
        run.set_labels(labels);
    }
}

/// How much a recording tells, the most telling first: how often it has a sample, then how many
/// channels, then FIT over TCX over GPX, then how many samples, then whether its file is whole: a
/// wrong checksum alone takes nothing from it.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Richness {
    /// Samples a second, as a power of two: nearly as often is as often.
    pub often: i8,
    pub channels: u8,
    /// `None` for a row of a table.
    pub format: Option<Format>,
    pub samples: u32,
    pub is_whole: bool,
}

impl Recording {
    /// Seconds from its start to its end.
    pub fn duration_s(&self) -> f64 {
        self.end.seconds_since(self.start)
    }

    /// Start to end, in seconds since 1970.
    pub fn whole(&self) -> Span {
        let from_s = self.start.unix_ms() as f64 / 1000.0;
        Span { from_s, to_s: from_s + self.duration_s() }
    }

    /// The time with samples, else from start to end, in seconds since 1970.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        let start_s = self.start.unix_ms() as f64 / 1000.0;
        let whole = (!self.trail().has_time()).then(|| self.whole());
        self.trail().spans().map(move |span| span.later(start_s)).filter(move |_| whole.is_none()).chain(whole)
    }

    /// Seconds of [`Recording::spans`].
    pub fn time_s(&self) -> f64 {
        self.spans().map(Span::seconds).sum()
    }

    /// When its samples begin, in seconds since 1970.
    pub fn first_s(&self) -> f64 {
        self.spans().next().map_or(0.0, |span| span.from_s)
    }

    /// When they end.
    pub fn last_s(&self) -> f64 {
        self.spans().last().map_or(0.0, |span| span.to_s)
    }
}

/// What a row tells of a run besides what stands in the ledger.
#[derive(Clone)]
pub(crate) struct RowOfRun {
    pub line: u32,
    pub has_time: bool,
    pub exertion: Option<f64>,
    pub gear: Option<Box<str>>,
    /// What was written of it; most rows say nothing.
    pub labels: Option<Box<Labels>>,
}

/// What a list says of each file, by its path from the list's folder.
pub(crate) type Listed = HashMap<String, Entry>;

/// What a list says of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    pub gear: Option<String>,
    pub labels: Labels,
}

/// What reading something has cost.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Cost {
    pub unpacked_bytes: u64,
    pub members: usize,
    pub rows: usize,
}

/// What stands for some bytes. Its keys are drawn anew by each process, so that nobody can make two
/// files that share one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Digest(u64, u64);

impl Digest {
    /// Sums up some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);
        Self(KEYS[0].hash_one(bytes), KEYS[1].hash_one(bytes))
    }
}

/// A row of which nothing is known but where it lies.
pub(crate) fn blank(label: &str, bytes: u64) -> Row {
    Row {
        path: label.to_owned(),
        outcome: Outcome::Read,
        reason: None,
        bytes,
        activities: Vec::new(),
        notes: Vec::new(),
    }
}

impl Item {
    pub fn of(row: Row, recordings: Vec<Recording>) -> Self {
        let cost = Cost { members: 1, ..Cost::default() };
        Self { row, recordings, is_hand_kept: false, listed: Listed::new(), cost, digest: None }
    }

    /// How many rows of tables are kept of it.
    pub fn rows(&self) -> usize {
        if self.is_hand_kept { self.recordings.len() } else { self.listed.len() }
    }

    /// Returns a copy of it without what is known of its activities.
    pub fn without_recordings(&self) -> Self {
        let Self { row, is_hand_kept, listed, cost, digest, .. } = self;
        let row = Row {
            path: row.path.clone(),
            reason: row.reason.clone(),
            activities: Vec::new(),
            notes: row.notes.clone(),
            ..*row
        };
        Self {
            row,
            recordings: Vec::new(),
            is_hand_kept: *is_hand_kept,
            listed: listed.clone(),
            cost: *cost,
            digest: *digest,
        }
    }

    /// Keeps the first so many rows of a log, and says so.
    pub fn keep_rows(&mut self, rows: usize, said: Note) {
        if self.listed.len() > rows {
            self.listed.clear();
        }
        self.recordings.truncate(rows);
        self.row.activities.truncate(rows);
        self.row.outcome = if rows == 0 { Outcome::Unreadable } else { Outcome::Salvaged };
        self.row.reason = Some(said.text.clone());
        self.row.notes.push(said);
    }

    pub fn without_activity(row: Row, outcome: Outcome, reason: String) -> Self {
        Self::of(Row { outcome, reason: Some(reason), ..row }, Vec::new())
    }
}

/// An input that is nothing to us.
pub(crate) fn skipped(label: &str, size: u64, reason: &str) -> Item {
    Item::without_activity(blank(label, size), Outcome::Skipped, reason.to_owned())
}

/// An input of which nothing could be read.
pub(crate) fn unreadable(label: &str, size: u64, reason: String) -> Item {
    Item::without_activity(blank(label, size), Outcome::Unreadable, reason)
}
