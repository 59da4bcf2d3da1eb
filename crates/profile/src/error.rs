//! What can be wrong with the runner's files.

use std::fmt;
use std::io;

/// Why a file of the runner could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It could not be opened, read or written.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// It is larger than anything that somebody wrote by hand.
    #[error("{path}: larger than {limit_mb} MB; nothing of it was read")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit in megabytes.
        limit_mb: u64,
    },
    /// A profile or settings with something wrong in them, of which nothing is used until that is
    /// mended.
    #[error("{}nothing of {path} was used", listed(path, problems))]
    Wrong {
        /// The file.
        path: String,
        /// What is wrong, in order of the lines; at least one.
        problems: Vec<Problem>,
    },
    /// A diary without a column for the day.
    #[error("{path}:{line}: the header has no column `date`, so it was not read; the file was not changed")]
    NoDateColumn {
        /// The file.
        path: String,
        /// The line of the header.
        line: usize,
    },
    /// A file that is no diary: no text, or without a line of names at its top.
    #[error("{path}: not a diary, which is a text with the names of its columns at the top; it was not read")]
    NotADiary {
        /// The file.
        path: String,
    },
    /// A diary whose header lacks columns that an entry needs.
    #[error("{path}:{line}: the header has no column {}; add {} to the end of that line, or leave out the value for {}. Nothing was written", columns.join(", "), columns.join(","), if columns.len() == 1 { "it" } else { "them" })]
    NoColumns {
        /// The file.
        path: String,
        /// The line of the header.
        line: usize,
        /// The columns.
        columns: Vec<String>,
    },
    /// A line of which not all could be written was taken away again.
    #[error("{path}: {error}; nothing was added, the file is as it was")]
    NotAdded {
        /// The file.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// A line of which not all could be written, and which could not be taken away again.
    #[error("{path}: {error}; its last line may be cut off: please look at the end of the file")]
    TornEnd {
        /// The file.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// What was added would not be read back as it is.
    #[error(
        "{path}: its last line has an open quotation mark, which would swallow the new one; close it first. \
        Nothing was written"
    )]
    OpenEnd {
        /// The file.
        path: String,
    },
}

/// Something wrong at a line.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column of a table that it is in.
    pub column: Option<String>,
    /// What is wrong, and what was kept.
    pub what: String,
    /// How many problems it stands for.
    pub count: usize,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        f.write_str(&self.what)
    }
}

fn listed(path: &str, problems: &[Problem]) -> String {
    const MOST: usize = 50;
    let more: usize = problems.iter().skip(MOST).map(|problem| problem.count).sum();
    let more = if more > 0 { format!("and {more} more; ") } else { String::new() };
    let lines = problems.iter().take(MOST).map(|problem| format!("{path}:{problem}\n"));
    lines.collect::<String>() + &more
}
