//! What a form of a report is; [`FORMATS`](crate::FORMATS) lists them.

use std::fmt;
use std::io;

use crate::{Detail, Document, Saved, TextStyle};

/// A form that reports are written in.
#[non_exhaustive]
pub struct Format {
    /// The stable name: `html`.
    pub name: &'static str,
    /// Other names that it may be asked for by.
    pub aliases: &'static [&'static str],
    /// The endings of the files that are written in it.
    pub extensions: &'static [&'static str],
    /// How a report in it begins, and what is further down in it: by that a program knows which
    /// files it may write over.
    pub marks: &'static [(&'static str, &'static str)],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether it is JSON, which has a way to write every character.
    pub is_json: bool,
    /// Writes a report that was [saved](Saved); `None` for what takes the recordings.
    pub from_saved: Option<fn(&Saved, Detail, &TextStyle) -> String>,
    /// Writes a report, piece by piece where it may be long.
    pub write: fn(&Document, &TextStyle, &mut dyn io::Write) -> io::Result<()>,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
