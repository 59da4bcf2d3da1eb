//! The ledger: one row for every input, and what became of it.

use std::fmt;

use jiff::civil::Date;
use kneewise_core::measure::metric;
use kneewise_core::measure::trace::Trace;
use kneewise_read::activity::Note;
use kneewise_read::sport::{Sport, SubSport};
use kneewise_read::time::{Timestamp, Zone};
use serde::Serialize;

/// What became of every input. The rows add up to the inputs, and the counts to the rows.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Ledger {
    /// How many files were looked at, members of archives counted each.
    pub inputs: usize,
    /// How many inputs came to which end.
    pub counts: Counts,
    /// One row an input, in order of their paths.
    pub rows: Vec<Row>,
    /// What a user should know about the input as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// How many inputs came to which end.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Of [`Outcome::Read`].
    pub read: usize,
    /// Of [`Outcome::Salvaged`].
    pub salvaged: usize,
    /// Of [`Outcome::Duplicate`].
    pub duplicate: usize,
    /// Of [`Outcome::Merged`].
    pub merged: usize,
    /// Of [`Outcome::Skipped`].
    pub skipped: usize,
    /// Of [`Outcome::Unreadable`].
    pub unreadable: usize,
}

/// One input.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// Its path; a member of an archive has the archive's path before its own.
    pub path: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, where it was not simply read.
    pub reason: Option<String>,
    /// Its size, as it lies on the disk or in the archive.
    pub bytes: u64,
    /// The activities in it, of every sport.
    pub activities: Vec<ActivityRow>,
    /// What a user should know about how it was read.
    pub notes: Vec<Note>,
}

impl Row {
    /// Makes a row of an input that holds nothing yet.
    pub fn new(path: impl Into<String>, outcome: Outcome) -> Self {
        Self { path: path.into(), outcome, reason: None, bytes: 0, activities: Vec::new(), notes: Vec::new() }
    }
}

/// What became of an input.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Read whole.
    Read,
    /// Damaged, and what could be read was kept.
    Salvaged,
    /// Holds what a richer input holds as well.
    Duplicate,
    /// Read, and its run is part of a session that an earlier input begins.
    Merged,
    /// Whole, but nothing of a watch's activity.
    Skipped,
    /// Nothing could be read.
    Unreadable,
}

impl Outcome {
    /// Every outcome, in the order of reports.
    pub const ALL: &[Self] =
        &[Self::Read, Self::Salvaged, Self::Duplicate, Self::Merged, Self::Skipped, Self::Unreadable];

    /// Returns the word in data and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Salvaged => "salvaged",
            Self::Duplicate => "duplicate",
            Self::Merged => "merged",
            Self::Skipped => "skipped",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An activity as its file tells of it: the device's own figures where it wrote them.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ActivityRow {
    /// The kind of activity.
    pub sport: Sport,
    /// How or where it was done.
    pub sub_sport: SubSport,
    /// When it began.
    pub start: Timestamp,
    /// The runner's day on which it began; `None` where the device's clock was not set. Not in data
    /// formats, which have it with the runs.
    #[serde(skip)]
    pub local_date: Option<Date>,
    /// How many samples it holds.
    pub samples: usize,
    /// Metres.
    pub distance_m: Option<f64>,
    /// Seconds on the timer.
    pub timer_s: Option<f64>,
    /// Mean heart rate in beats per minute.
    pub avg_heart_rate_bpm: Option<f64>,
    /// Mean step rate in steps per minute, of sports on foot.
    pub avg_step_rate_spm: Option<f64>,
}

impl ActivityRow {
    /// Returns the row of an activity, by its trace. The day is that of the offset in the file,
    /// else of `zone`, else UTC's.
    pub fn of(trace: &Trace, zone: Option<&Zone>) -> Self {
        let activity = trace.activity;
        let worked_out = |metric: &metric::Metric| metric.of_activity(trace).map(|measured| measured.value);
        let totals = &activity.totals;
        let offset_s = activity.utc_offset_s.or_else(|| zone.map(|zone| zone.offset_s_at(activity.start))).unwrap_or(0);
        Self {
            local_date: activity.is_dated().then(|| activity.start.date_at_offset(offset_s)),
            sport: activity.sport,
            sub_sport: activity.sub_sport,
            start: activity.start,
            samples: activity.samples.len(),
            distance_m: worked_out(&metric::DISTANCE),
            timer_s: worked_out(&metric::TIMER),
            avg_heart_rate_bpm: totals.avg_heart_rate_bpm.or_else(|| worked_out(&metric::AVG_HEART_RATE)),
            avg_step_rate_spm: totals.avg_step_rate_spm.or_else(|| worked_out(&metric::AVG_STEP_RATE)),
        }
    }
}

impl Ledger {
    /// Returns a ledger of these rows.
    pub fn new(mut rows: Vec<Row>) -> Self {
        rows.sort_by(|a, b| a.path.cmp(&b.path));
        let mut counts = Counts::default();
        for row in &rows {
            *counts.of_mut(row.outcome) += 1;
        }
        Self { inputs: rows.len(), counts, rows, notes: Vec::new() }
    }

    /// Returns whether any input gave an activity.
    pub fn has_activities(&self) -> bool {
        self.rows.iter().any(|row| !row.activities.is_empty())
    }
}

impl Counts {
    /// Returns how many inputs came to `outcome`.
    pub fn of(mut self, outcome: Outcome) -> usize {
        *self.of_mut(outcome)
    }

    fn of_mut(&mut self, outcome: Outcome) -> &mut usize {
        match outcome {
            Outcome::Read => &mut self.read,
            Outcome::Salvaged => &mut self.salvaged,
            Outcome::Duplicate => &mut self.duplicate,
            Outcome::Merged => &mut self.merged,
            Outcome::Skipped => &mut self.skipped,
            Outcome::Unreadable => &mut self.unreadable,
        }
    }
}

impl fmt::Display for Ledger {
    /// One line: `348 files: 346 read, 1 duplicate, 1 skipped`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.inputs, if self.inputs == 1 { "file" } else { "files" })?;
        let present =
            Outcome::ALL.iter().copied().map(|outcome| (outcome, self.counts.of(outcome))).filter(|(_, n)| *n > 0);
        for (i, (outcome, n)) in present.enumerate() {
            write!(f, "{} {n} {outcome}", if i == 0 { ":" } else { "," })?;
        }
        Ok(())
    }
}
