//! What a rule says of a log.

use std::fmt;

use jiff::civil::Date;

use super::Tier;
use kneewise_read::time::{DateExt, Window};
use kneewise_read::unit::Unit;

/// What a rule says of a log.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// Assessed, and the pattern is not there. That is no clearance to run.
    Clear(Clear),
    /// The pattern is there: one flag for each time, the latest first.
    Flagged(Vec<Flag>),
    /// Measured and told for context; the manual page says why it is never a flag.
    Described(Clear),
    /// The log does not hold what it takes.
    NotAssessed(Missing),
}

/// Returns the flags, or, where there are none, what `otherwise` says: the ending of every rule.
pub(in crate::rule) fn flagged_or(
    flags: impl IntoIterator<Item = Flag>,
    otherwise: impl FnOnce() -> Outcome,
) -> Outcome {
    let flags: Vec<Flag> = flags.into_iter().collect();
    if flags.is_empty() { otherwise() } else { Outcome::Flagged(flags) }
}

/// Sorts flags by the last day of each, the latest first; those of one day stay in their order.
pub(in crate::rule) fn latest_first(flags: impl IntoIterator<Item = Flag>) -> Vec<Flag> {
    let mut flags: Vec<Flag> = flags.into_iter().collect();
    flags.sort_by_key(|flag| std::cmp::Reverse(flag.window.to));
    flags
}

/// Why a rule could not be assessed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Missing {
    /// What it needs and what there is, as a clause: `needs 14 days of history; the log covers 6`.
    pub reason: String,
    /// What would make it assessable.
    pub remedy: Remedy,
}

impl Missing {
    /// An outcome of these words.
    pub fn outcome(reason: impl Into<String>, remedy: impl Into<Remedy>) -> Outcome {
        Outcome::NotAssessed(Self { reason: reason.into(), remedy: remedy.into() })
    }
}

/// What would make a rule assessable: where it comes from, and a clause after "To have it
/// assessed:", such as `8 more days of history` or `add your height to the profile`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Remedy {
    /// An answer in the profile.
    Profile(String),
    /// Lines in the diary.
    Diary(String),
    /// More of the same: days, weeks or runs that the log does not hold yet.
    History(String),
    /// Anything else: a sensor, files that hold more, or nothing to do.
    Other(String),
}

impl Remedy {
    /// An answer in the profile.
    pub fn profile(text: impl Into<String>) -> Self {
        Self::Profile(text.into())
    }

    /// Lines in the diary.
    pub fn diary(text: impl Into<String>) -> Self {
        Self::Diary(text.into())
    }

    /// More days, weeks or runs.
    pub fn history(text: impl Into<String>) -> Self {
        Self::History(text.into())
    }

    /// Returns the clause.
    pub fn text(&self) -> &str {
        match self {
            Self::Profile(text) | Self::Diary(text) | Self::History(text) | Self::Other(text) => text,
        }
    }
}

impl From<String> for Remedy {
    fn from(text: String) -> Self {
        Self::Other(text)
    }
}

impl From<&str> for Remedy {
    fn from(text: &str) -> Self {
        Self::Other(text.to_owned())
    }
}

impl serde::Serialize for Remedy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// What was measured where a pattern was looked for and not found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clear {
    /// A sentence or two: what was measured, over what, against which limit.
    pub message: String,
    /// The value closest to the limit.
    pub measured: Option<Quantity>,
    /// The limit.
    pub limit: Option<Quantity>,
    /// The days looked at.
    pub window: Window,
    /// How much of the log could be assessed.
    pub coverage: Coverage,
}

impl Clear {
    /// Makes one of a sentence, for the days looked at.
    pub fn new(message: impl Into<String>, window: Window, coverage: Coverage) -> Self {
        Self { message: message.into(), measured: None, limit: None, window, coverage }
    }

    /// Adds the value closest to the limit, and the limit.
    #[must_use]
    pub fn compared(self, measured: Quantity, limit: Quantity) -> Self {
        Self { measured: Some(measured), limit: Some(limit), ..self }
    }
}

/// A pattern that was found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Flag {
    /// How much attention it asks for.
    pub tier: Tier,
    /// A sentence or two: what was measured, compared with what, and the limit.
    pub message: String,
    /// What studies say of it: in whom, how much, and on the absolute scale where one is known.
    pub study: String,
    /// One thing to consider, never an order; empty where there is nothing sensible to say. Silent
    /// while [care](crate::triage) comes first.
    pub consider: String,
    /// The measured value.
    pub measured: Quantity,
    /// The limit that it passed.
    pub limit: Quantity,
    /// The days it speaks of.
    pub window: Window,
    /// The [ids](crate::Run::id) of the runs it rests on.
    pub runs: Vec<String>,
    /// How much of the log could be assessed.
    pub coverage: Coverage,
}

impl Flag {
    /// Makes one of a sentence, for its days; it rests on no run and says nothing else yet.
    pub fn new(
        tier: Tier,
        message: impl Into<String>,
        (measured, limit): (Quantity, Quantity),
        window: Window,
        coverage: Coverage,
    ) -> Self {
        let (runs, study, consider) = (Vec::new(), String::new(), String::new());
        Self { tier, message: message.into(), study, consider, measured, limit, window, runs, coverage }
    }

    /// Names the runs that it rests on, by their [ids](crate::Run::id).
    #[must_use]
    pub fn on_runs(self, runs: impl IntoIterator<Item = String>) -> Self {
        Self { runs: runs.into_iter().collect(), ..self }
    }

    /// Adds what studies say of it.
    #[must_use]
    pub fn study(self, text: impl Into<String>) -> Self {
        Self { study: text.into(), ..self }
    }

    /// Adds one thing to consider.
    #[must_use]
    pub fn consider(self, text: impl Into<String>) -> Self {
        Self { consider: text.into(), ..self }
    }
}

/// A value in a unit.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Quantity {
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
}

impl Quantity {
    /// A value in a unit.
    pub fn new(value: f64, unit: Unit) -> Self {
        Self { value, unit }
    }
}

/// What ends within so many days up to the log's last is recent.
pub const RECENT_DAYS: i64 = 28;

/// How many of the things a rule looks at could be assessed: in the whole log, and of late, since a
/// log that could be assessed years ago may be silent about last week.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// How many could.
    pub assessed: usize,
    /// How many there are.
    pub of: usize,
    /// How many of the last [`RECENT_DAYS`] days could.
    pub recent_assessed: usize,
    /// How many there are in the last [`RECENT_DAYS`] days.
    pub recent_of: usize,
    /// What they are: `runs`, `complete weeks`.
    pub what: &'static str,
    /// What those that could not be assessed have not; empty where all could, or where it is not
    /// said.
    pub without: &'static str,
}

impl Coverage {
    /// Counts things by the day on which each ends and whether it could be assessed.
    pub fn count(what: &'static str, as_of: Date, things: impl Iterator<Item = (Date, bool)>) -> Self {
        let mut coverage = Self { assessed: 0, of: 0, recent_assessed: 0, recent_of: 0, what, without: "" };
        for (day, assessed) in things {
            let recent = as_of.days_since(day) < RECENT_DAYS;
            coverage.of += 1;
            coverage.assessed += usize::from(assessed);
            coverage.recent_of += usize::from(recent);
            coverage.recent_assessed += usize::from(recent && assessed);
        }
        coverage
    }

    /// Says what those that could not be assessed lack.
    #[must_use]
    pub fn without(self, what: &'static str) -> Self {
        Self { without: if self.assessed < self.of { what } else { "" }, ..self }
    }

    /// Whether there is something of late, and none of it could be assessed.
    pub fn is_silent_of_late(&self) -> bool {
        self.recent_of > 0 && self.recent_assessed == 0
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} {}", self.assessed, self.of, self.what)
    }
}
