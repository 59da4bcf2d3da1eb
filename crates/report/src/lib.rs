//! kneewise-report: a [`Report`] as text, Markdown, JSON or HTML, tables for a terminal, charts as
//! SVG.
//!
//! ```
//! use kneewise_read::unit::Units;
//! use kneewise_core::{Runner, Settings, analyze};
//! use kneewise_import::{Options, import};
//! use kneewise_report::{Detail, Document, Format, TextStyle, render};
//!
//! let import = import(&[], &Options::default());
//! let as_of = jiff::civil::date(2026, 8, 11);
//! let report = analyze(import.runs, &Runner::default(), &Settings::default(), as_of);
//! let document =
//!     Document { report: &report, ledger: &import.ledger, own: &[], units: Units::Metric, detail: Detail::Brief };
//! let text = render(&document, Format::Text, &TextStyle::default())?;
//! assert!(text.starts_with("kneewise report, 11 Aug 2026"));
//! # Ok::<(), kneewise_report::RenderError>(())
//! ```
//!
//! One file per format ([`text`](Format::Text), `markdown`, [`json`], `page`) and one per chart
//! ([`chart`]). Text, Markdown and HTML share an outline: every sentence and the order of all of
//! them stand there once, and a format only lays them out. Kilometres, miles and minutes per
//! kilometre live in this crate and in the rules' sentences; data is SI.

pub mod catalogue;
pub mod chart;
pub mod digest;
mod grid;
mod hint;
pub mod json;
pub mod loads;
pub mod manual;
mod markdown;
mod outline;
mod page;
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
pub use show::{Recording, Session, ShowFormat, show};
pub use terminal::ascii;
pub use words::not_counted;
pub use wrap::fill;

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
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

/// A format that reports are written in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// For a terminal.
    Text,
    /// For pasting into a mail or an issue.
    Markdown,
    /// For programs: SI units, stable names.
    Json,
    /// One self-contained page with charts.
    Html,
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

/// Writes a report in a format. `style` is the text format's; the others do not ask it.
///
/// # Errors
/// [`RenderError`] when a chart or a serializer fails, which no log is known to bring about.
pub fn render(document: &Document, format: Format, style: &TextStyle) -> Result<String, RenderError> {
    match format {
        Format::Text if document.detail == Detail::Brief => Ok(terminal::render(document, style)),
        Format::Text => Ok(text::render(&outline::of(document), style)),
        Format::Markdown => Ok(markdown::render(&outline::of(document))),
        Format::Json => json::report(document),
        Format::Html => page::render(document),
    }
}
