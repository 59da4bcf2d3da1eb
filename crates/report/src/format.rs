//! The forms of a report: one file each, one list of all.

use std::fmt;
use std::io;

use crate::{Document, TextStyle, json, markdown, page, text};

/// A form that reports are written in.
#[non_exhaustive]
pub struct Format {
    /// The stable name: `html`.
    pub name: &'static str,
    /// Other names that it may be asked for by.
    pub aliases: &'static [&'static str],
    /// The endings of the files that are written in it.
    pub extensions: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether it is JSON, which has a way to write every character.
    pub is_json: bool,
    /// Writes a report, piece by piece where it may be long.
    pub write: fn(&Document, &TextStyle, &mut dyn io::Write) -> io::Result<()>,
}

/// Every form, the one without a file first.
pub static FORMATS: &[&Format] = &[&text::TEXT, &markdown::MARKDOWN, &json::JSON, &page::HTML];

impl Format {
    /// Returns the form of a name or an alias.
    pub fn find(name: &str) -> Option<&'static Self> {
        let is_meant = |format: &&&Self| format.name == name || format.aliases.contains(&name);
        FORMATS.iter().find(is_meant).copied()
    }

    /// Returns the form that an ending of a file name asks for.
    pub fn by_extension(extension: &str) -> Option<&'static Self> {
        let extension = extension.to_lowercase();
        FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str())).copied()
    }
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
