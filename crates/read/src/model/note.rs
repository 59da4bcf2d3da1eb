//! What a user should know about how a file was read.

use std::fmt;

/// Something a user should know about how a file was read.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// A sentence for people, without a full stop.
    pub text: String,
    /// How many of something it counts, where that is all in which it differs from others: then the
    /// text ends in it.
    pub count: Option<usize>,
}

/// What a [`Note`] is about.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum NoteKind {
    /// Part of the file could not be read; the text says where and what was kept.
    Damage,
    /// On what ground cadence was taken for strides or for steps.
    CadenceBasis,
    /// Which of several distances stands for the activity, or what is doubtful about it.
    Distance,
    /// The clock was not set, was set back, or is the runner's own without a zone.
    Clock,
    /// Nothing says what the runner's clock showed: the day is UTC's.
    NoZone,
    /// By which time zone a run was put on its day, where its file names none.
    Zone,
    /// Samples were re-ordered, dropped or made up for.
    Samples,
    /// Heart rates that cannot be the heart's were left out.
    HeartRate,
    /// Several recordings are one session.
    Session,
    /// A session is of several devices or surfaces, so that its form is compared with no other's.
    MixedForm,
    /// The file does not say what was done.
    Sport,
}

impl Note {
    /// Makes a note of `kind` that reads `text`.
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), count: None }
    }

    /// Makes a note of `kind` on `count` of `what`.
    pub fn counted(kind: NoteKind, what: impl fmt::Display, count: usize) -> Self {
        Self { kind, text: format!("{what}: {count}"), count: Some(count) }
    }

    /// Returns the text without its count.
    pub fn what(&self) -> &str {
        let counted = self.count.and_then(|count| self.text.strip_suffix(&format!(": {count}")));
        counted.unwrap_or(&self.text)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl serde::Serialize for Note {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
