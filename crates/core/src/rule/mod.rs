//! Overuse rules: one file each, one list of all.
//!
//! A [`Rule`] names a pattern in the log that research has looked at, with the evidence for and against
//! it; its doc comment is its manual page, and the table in that page's example is run as a test. Rules
//! read the log and never each other. A new rule is a new file here and its lines in [`RULES`] and
//! [`Options`].

#[cfg(test)]
mod tests;

pub mod low_step_rate;
pub mod no_rest_days;
pub mod session_spike;
pub mod weekly_jump;

use std::fmt;

use jiff::civil::Date;

use crate::log::TrainingLog;
use crate::runner::Runner;
use crate::time::DateExt;
use crate::unit::{Unit, Units};

/// Every rule, in the order in which reports show them.
pub static RULES: &[&Rule] = &[
    &session_spike::SESSION_SPIKE,
    &weekly_jump::WEEKLY_JUMP,
    &no_rest_days::NO_REST_DAYS,
    &low_step_rate::LOW_STEP_RATE,
];

/// The rule of an id such as `session-spike`.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// What can be set of the rules; each rule owns its part.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The units that sentences are written in.
    pub units: Units,
    /// Of [`session_spike`].
    pub session_spike: session_spike::Options,
    /// Of [`weekly_jump`].
    pub weekly_jump: weekly_jump::Options,
    /// Of [`no_rest_days`].
    pub no_rest_days: no_rest_days::Options,
    /// Of [`low_step_rate`].
    pub low_step_rate: low_step_rate::Options,
}

/// One overuse risk factor and how to see it in a log.
#[derive(Debug)]
pub struct Rule {
    /// The stable name, which names the pattern found: `session-spike`.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// How good the evidence is that the pattern goes with injuries.
    pub evidence: Evidence,
    /// What the log must hold for the rule to be assessed.
    pub needs: &'static str,
    /// What a finding does not tell.
    pub not_known: &'static str,
    /// The studies behind it; at least one.
    pub references: &'static [Reference],
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// Looks at a log.
    pub check: fn(&TrainingLog, &Runner, &Options) -> Outcome,
}

impl Rule {
    /// The manual page as Markdown: `docs/rules.md` is made of these, and `kneewise explain` prints them.
    pub fn manual_page(&self) -> String {
        let Self { id, name, evidence, needs, not_known, .. } = self;
        let references: String = self.references.iter().map(|reference| format!("* {}\n", reference.full)).collect();
        let doc = crate::doc::page(self.doc);
        format!(
            "# {name} (`{id}`)\n\nEvidence: {evidence}. Needs: {needs}.\n\n{doc}\n{references}\nNot known: {not_known}\n"
        )
    }
}

/// A publication.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Reference {
    /// First author and year: `Frandsen 2025`.
    pub short: &'static str,
    /// Authors, title, journal, year, doi.
    pub full: &'static str,
}

/// How good the evidence is that a pattern goes with injuries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Evidence {
    /// Consistent over several good studies.
    Strong,
    /// One large cohort or a randomised trial.
    Moderate,
    /// Small or indirect studies.
    Weak,
    /// Studies contradict each other.
    Contested,
    /// A rule of thumb without a study behind the number.
    Heuristic,
}

impl Evidence {
    /// The word in data and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Moderate => "moderate",
            Self::Weak => "weak",
            Self::Contested => "contested",
            Self::Heuristic => "heuristic",
        }
    }

    /// The highest tier that a rule on such evidence may give.
    pub fn highest_tier(self) -> Tier {
        match self {
            Self::Strong | Self::Moderate => Tier::Elevated,
            Self::Weak => Tier::Notice,
            Self::Contested | Self::Heuristic => Tier::Info,
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Evidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// How much attention a finding asks for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Tier {
    /// For context.
    Info,
    /// Worth watching.
    Notice,
    /// Worth acting on: only on moderate or better evidence.
    Elevated,
}

impl Tier {
    /// Every tier, from the lowest.
    pub const ALL: [Self; 3] = [Self::Info, Self::Notice, Self::Elevated];

    /// The word in data and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Notice => "notice",
            Self::Elevated => "elevated",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Tier {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What a rule says of a log.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Assessed, and the pattern is not there. That is no clearance to run.
    Clear(Clear),
    /// The pattern is there: one flag for each time, the latest first.
    Flagged(Vec<Flag>),
    /// The log does not hold what it takes; the text says what is missing and how to mend that.
    NotAssessed(String),
}

/// What was measured where a pattern was looked for and not found.
#[derive(Clone, Debug, PartialEq)]
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

/// A pattern that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// How much attention it asks for.
    pub tier: Tier,
    /// What was measured, compared with what, what studies say of it.
    pub message: String,
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

/// Days, both ends included.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What ends within so many days up to the log's last is recent.
pub const RECENT_DAYS: i64 = 28;

/// How many of the things a rule looks at could be assessed: in the whole log, and of late, since a log
/// that could be assessed years ago may be silent about last week.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
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
    /// What those that could not be assessed have not; empty where all could, or where it is not said.
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
