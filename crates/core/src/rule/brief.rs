//! A rule and its flags in a few words, for a first screen.

use kneewise_read::unit::Unit;

/// A rule in a few words.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Brief {
    /// Names the pattern in two to four words: `Unusually long run`.
    pub title: &'static str,
    /// One thing to do, as an imperative of at most twelve words; may be empty.
    pub action: &'static str,
    /// How the number of a flag reads; at least one, the first where none fits.
    pub readings: &'static [Reading],
    /// Whether studies link it with the inner side of the knee.
    pub inner_knee: bool,
}

/// How the number of a flag reads.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// The unit of the numbers that it is for.
    pub unit: Unit,
    /// Whether it is for numbers below zero, which are shown without their sign.
    pub below_zero: bool,
    /// The least number that it is for, without its sign.
    pub from: f64,
    /// The unit in words, where the number's own does not say enough: `points`.
    pub unit_words: &'static str,
    /// What follows the number: `your longest of {days} days`.
    pub compared: &'static str,
    /// On which side of the limit a number is flagged.
    pub flagged: Flagged,
    /// What happened, as a noun with `{}` for the number, after "5 days after"; empty where it is
    /// a habit and has no day.
    pub event: &'static str,
}

/// On which side of the limit a number is flagged.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Flagged {
    /// More than the limit.
    Above,
    /// The limit or more.
    AtLeast,
    /// Less than the limit.
    Below,
    /// The limit or less.
    AtMost,
}

impl Brief {
    /// A rule of this title, with what to do and how its numbers read.
    pub const fn new(title: &'static str, action: &'static str, readings: &'static [Reading]) -> Self {
        Self { title, action, readings, inner_knee: false }
    }

    /// The same, of a pattern that studies link with the inner side of the knee.
    #[must_use]
    pub const fn of_inner_knee(self) -> Self {
        Self { inner_knee: true, ..self }
    }

    /// How a number reads: the reading of its unit and sign, of its unit, or the first.
    pub fn reading(&self, value: f64, unit: Unit) -> Option<&'static Reading> {
        let of_unit = || self.readings.iter().filter(|reading| reading.unit == unit && reading.from <= value.abs());
        let of_sign = of_unit().filter(|reading| reading.below_zero == (value < 0.0));
        of_sign.max_by(|a, b| a.from.total_cmp(&b.from)).or(of_unit().next()).or(self.readings.first())
    }
}

impl Reading {
    const fn of(unit: Unit, flagged: Flagged, compared: &'static str) -> Self {
        Self { unit, below_zero: false, from: 0.0, unit_words: "", compared, flagged, event: "" }
    }

    /// Numbers that are flagged above the limit.
    pub const fn above(unit: Unit, compared: &'static str) -> Self {
        Self::of(unit, Flagged::Above, compared)
    }

    /// Numbers that are flagged from the limit on.
    pub const fn at_least(unit: Unit, compared: &'static str) -> Self {
        Self::of(unit, Flagged::AtLeast, compared)
    }

    /// Numbers that are flagged below the limit.
    pub const fn below(unit: Unit, compared: &'static str) -> Self {
        Self::of(unit, Flagged::Below, compared)
    }

    /// Numbers that are flagged from the limit down.
    pub const fn at_most(unit: Unit, compared: &'static str) -> Self {
        Self::of(unit, Flagged::AtMost, compared)
    }

    /// The same for numbers below zero.
    #[must_use]
    pub const fn below_zero(self) -> Self {
        Self { below_zero: true, ..self }
    }

    /// The same for numbers from `from` on.
    #[must_use]
    pub const fn from(self, from: f64) -> Self {
        Self { from, ..self }
    }

    /// The same with the unit in words.
    #[must_use]
    pub const fn in_words(self, unit_words: &'static str) -> Self {
        Self { unit_words, ..self }
    }

    /// The same as something that happened on a day.
    #[must_use]
    pub const fn event(self, event: &'static str) -> Self {
        Self { event, ..self }
    }
}
