//! kneewise-report: a [`Report`] as text, Markdown, JSON or HTML, tables for a terminal, charts as
//! SVG.
//!
//! ```
//! use kneewise_core::{Runner, Settings, analyze};
//! use kneewise_import::{Options, import};
//! use kneewise_report::{Document, TEXT, TextStyle, render};
//!
//! let import = import(&[], &Options::default());
//! let as_of = jiff::civil::date(2026, 8, 11);
//! let report = analyze(import.runs, &Runner::default(), &Settings::default(), as_of);
//! let document = Document::new(&report, &import.ledger);
//! let text = render(&document, &TEXT, &TextStyle::default())?;
//! assert!(text.starts_with("kneewise report, 11 Aug 2026"));
//! # Ok::<(), kneewise_report::RenderError>(())
//! ```
//!
//! One file per form ([`FORMATS`]) and one per chart ([`chart`]). Text, Markdown and HTML share an
//! outline: every sentence and the order of all of them stand there once, and a format only lays
//! them out. Kilometres, miles and minutes per kilometre live in this crate and in the rules'
//! sentences; data is SI.

pub mod catalogue;
pub mod chart;
pub mod digest;
mod format;
mod grid;
mod hint;
pub mod json;
mod jsonl;
pub mod loads;
pub mod manual;
mod markdown;
mod outline;
mod page;
mod saved;
mod show;
pub mod table;
mod terminal;
mod text;
pub mod trend;
mod words;
mod wrap;

#[cfg(test)]
mod tests;

/// The pages whose code is compiled and run as a test.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../../README.md")]
    mod readme {}
    #[doc = include_str!("../../../docs/embedding.md")]
    mod embedding {}
}

use kneewise_core::Report;
use kneewise_import::Ledger;
use kneewise_read::unit::Units;

pub use digest::{Digest, digest};
pub use format::Format;
pub use json::JSON;
pub use jsonl::JSONL;
pub use markdown::MARKDOWN;
pub use page::HTML;
pub use saved::{Saved, SavedError};
pub use show::{Recording, SHOW_FORMATS, Session, show};
pub use terminal::ascii;
pub use text::TEXT;
pub use words::not_counted;
pub use wrap::fill;

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Document<'a> {
    /// What the rules say, with the log.
    pub report: &'a Report,
    /// What became of the files.
    pub ledger: &'a Ledger,
    /// The runner's own files that it was made with.
    pub own: &'a [OwnFile],
    /// For people to read; data formats are SI whatever this says.
    pub units: Units,
    /// How much is said of what was not found and not assessed; data formats have all of it.
    pub detail: Detail,
}

impl<'a> Document<'a> {
    /// Takes a report and the ledger of its files: the first screen, in kilometres.
    pub fn new(report: &'a Report, ledger: &'a Ledger) -> Self {
        Self { report, ledger, own: &[], units: Units::Metric, detail: Detail::Brief }
    }

    /// Names the runner's own files that the report was made with.
    #[must_use]
    pub fn own(self, own: &'a [OwnFile]) -> Self {
        Self { own, ..self }
    }

    /// Writes sentences in these units.
    #[must_use]
    pub fn units(self, units: Units) -> Self {
        Self { units, ..self }
    }

    /// Says this much of what was not found.
    #[must_use]
    pub fn detail(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }
}

/// A file of the runner's own that a report was made with.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize)]
pub struct OwnFile {
    /// What it is: `profile`, `diary`, `rules`.
    pub what: &'static str,
    /// Its name, without its folder.
    pub name: String,
    /// What could not be read of it: the line, and what is wrong.
    pub problems: Vec<String>,
    /// What it changes of the rules on pain, each as a clause such as `leaves out the rule
    /// pain-zones`.
    pub on_pain: Vec<String>,
}

/// How much a report says of what was not found and of what could not be assessed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Detail {
    /// As text, the first screen: at most 40 lines of 80 columns. Otherwise what was measured, and
    /// what it would take.
    #[default]
    Brief,
    /// Everything, with limits, studies, coverage and reasons.
    Full,
}

/// How text for a terminal is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TextStyle {
    /// Colour and weight by ANSI escapes. Nothing is told by colour alone.
    pub color: bool,
    /// Columns that no line exceeds; a terminal of less than 50 is taken for one of 50.
    pub width: usize,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self { color: false, width: 80 }
    }
}

impl TextStyle {
    /// The columns to fill: below 50 a table of findings would not fit.
    fn columns(self) -> usize {
        self.width.clamp(50, 10_000)
    }
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The data could not be written as JSON; the text says why.
    #[error("the report could not be written as JSON: {0}")]
    Json(String),
}

/// Returns the headline of a report and one thing to consider, as text for a terminal.
pub fn headline(document: &Document, style: &TextStyle) -> String {
    terminal::headline(document, style)
}

/// Every form of a report, the one without a file first.
pub static FORMATS: &[&Format] = &[&TEXT, &MARKDOWN, &JSON, &JSONL, &HTML];

/// Returns the form of a name or an alias.
pub fn format_of_name(name: &str) -> Option<&'static Format> {
    let is_meant = |format: &&&Format| format.name == name || format.aliases.contains(&name);
    FORMATS.iter().find(is_meant).copied()
}

/// Returns the form that an ending of a file name asks for.
pub fn format_of_extension(extension: &str) -> Option<&'static Format> {
    let extension = extension.to_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str())).copied()
}

/// Returns a report in a form. `style` is the text's; the other forms do not ask it.
///
/// # Errors
/// [`RenderError`] when a serializer fails, which no log is known to bring about.
pub fn render(document: &Document, format: &Format, style: &TextStyle) -> Result<String, RenderError> {
    let mut out = Vec::new();
    (format.write)(document, style, &mut out).map_err(|error| RenderError::Json(error.to_string()))?;
    String::from_utf8(out).map_err(|error| RenderError::Json(error.to_string()))
}
