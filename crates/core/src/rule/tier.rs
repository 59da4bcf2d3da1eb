//! How good evidence is, and how much attention a finding may ask for.

use std::fmt;

/// How good the evidence is that a pattern is linked to injuries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Evidence {
    /// Consistent over several good studies.
    Strong,
    /// One large cohort or a randomised trial.
    Moderate,
    /// Small or indirect studies.
    Weak,
    /// Agreed on by professionals, without a study behind the number.
    Consensus,
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
            Self::Consensus => "consensus",
            Self::Contested => "contested",
            Self::Heuristic => "heuristic",
        }
    }

    /// The highest tier that a rule on such evidence may give.
    pub fn highest_tier(self) -> Tier {
        match self {
            Self::Strong | Self::Moderate => Tier::Elevated,
            Self::Weak | Self::Consensus => Tier::Notice,
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
    /// Worth acting on: only on moderate or better evidence, or for pain by what the diary records.
    Elevated,
}

impl Tier {
    /// Every tier, from the lowest.
    pub const ALL: &[Self] = &[Self::Info, Self::Notice, Self::Elevated];

    /// The next one up; the highest is its own.
    #[must_use]
    pub fn above(self) -> Self {
        match self {
            Self::Info => Self::Notice,
            Self::Notice | Self::Elevated => Self::Elevated,
        }
    }

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

/// The part of a report that a rule belongs to, in the order in which they are read.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Area {
    /// What the runner feels.
    Pain,
    /// How much, how far, how often.
    Load,
    /// How the feet move.
    Form,
    /// Shoes and the ground.
    Shoes,
    /// The runner: earlier injuries, sleep, strength, other sports.
    Person,
}

impl Area {
    /// Every area, in the order of a report.
    pub const ALL: &[Self] = &[Self::Pain, Self::Load, Self::Form, Self::Shoes, Self::Person];

    /// The word in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::Load => "load",
            Self::Form => "form",
            Self::Shoes => "shoes",
            Self::Person => "person",
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
