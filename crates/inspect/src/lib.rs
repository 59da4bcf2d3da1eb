//! Shows everything that is in one watch file: every message of a FIT file, unknown ones included,
//! and every element of a GPX, TCX or other XML document. Positions are shown too.
//!
//! This is for people who want to see what a file really says. `kneewise-core` reads such files for
//! what kneewise makes of them; both have the FIT protocol from `kneewise-fit`.
//!
//! ```
//! use kneewise_inspect::{Options, inspect};
//! let mut out = Vec::new();
//! inspect(b"<gpx><trk><name>Evening</name></trk></gpx>", &Options::default(), &mut out)?;
//! assert!(String::from_utf8_lossy(&out).contains("name  Evening"));
//! # Ok::<(), kneewise_inspect::InspectError>(())
//! ```

mod count;
mod fit;
mod guard;
mod json;
mod note;
mod text;
mod value;
mod xml;

use std::io::{self, Write};

use fit::Fit;
use xml::Xml;

/// What is to be shown, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The form of what is written.
    pub format: Format,
    /// Only messages of these names or numbers, or elements of these names with all that is in
    /// them, in capitals or not; all of them when empty.
    pub kinds: Vec<String>,
    /// No more messages than this, or elements.
    pub limit: Option<usize>,
    /// Columns after which a line of text goes on in the next; never when `None`.
    pub width: Option<usize>,
    /// What a user should know of how the bytes were come by.
    pub notes: Vec<String>,
}

/// The form of what is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Format {
    /// For people: an overview, then a line a message or element. Messages of a kind that is rare
    /// have a line a field.
    #[default]
    Text,
    /// One JSON document.
    ///
    /// Of FIT: `format` ("FIT"), `bytes`, `sequences` (`offset`, `header_size`, `header_checksum`,
    /// `protocol`, `profile`, bytes of messages `declared` and `present`, `checksum`; a checksum is
    /// "ok", "wrong" or "missing"), `messages` with `kind`, `number`, `offset` and `fields`
    /// (`name`, `number`, `developer` where an app or pod added it, `value`, `units`), and
    /// `problem` where it could not be read in one piece. Of XML: `format` ("GPX", "TCX" or "XML"),
    /// `bytes`, and `elements` with `name`, `depth`, `offset`, `attributes` (`name`, `value`) and
    /// `text`. Both end with `shown`, how many messages or elements of those that were asked for
    /// are shown; `total`, how many there are; `notes`; and `damaged`: whether any of them tells of
    /// damage to the bytes that were shown.
    Json,
}

/// Why a file was not shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// The bytes are neither FIT nor XML.
    #[error("neither FIT, GPX nor TCX by its content")]
    UnknownFormat,
    /// There are no bytes.
    #[error("an empty file")]
    Empty,
    /// The file has no message or element of any kind that was asked for.
    #[error("nothing called {} in it; there is: {}", quoted(kinds), there.join(", "))]
    NoSuchKind {
        /// What was asked for.
        kinds: Vec<String>,
        /// What there is.
        there: Vec<String>,
    },
    /// What was to be shown could not be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// What came of showing a file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Shown {
    /// Kinds that were asked for and that the file has nothing of.
    pub missing: Vec<String>,
}

impl Shown {
    /// Returns a sentence on the kinds that are missing, if any are.
    pub fn remark(&self) -> Option<String> {
        (!self.missing.is_empty()).then(|| format!("nothing called {} in it", quoted(&self.missing)))
    }
}

/// Names in a sentence.
fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

/// Writes what the bytes of a file hold.
///
/// Damage is no error: it stands in the notes, and what can be read around it is shown.
///
/// # The panic hook
/// The first call that meets a FIT file wraps the [panic hook](std::panic::set_hook) of the
/// process, for good: `fitparser` panics on some damaged messages, and such a panic, which is
/// caught, shall not be printed. Panics of anything else go to the hook that was set before, and a
/// hook that is set later replaces the wrapped one: it then sees the panics that are caught, too.
/// With `panic = "abort"` none can be caught.
///
/// # Errors
/// [`InspectError`] when the bytes are of no known format, nothing in them is of any kind that was
/// asked for, or writing fails.
pub fn inspect(bytes: &[u8], options: &Options, out: &mut dyn Write) -> Result<Shown, InspectError> {
    if bytes.is_empty() {
        return Err(InspectError::Empty);
    }
    let missing = if Fit::is(bytes) {
        let fit = Fit::new(bytes);
        let kinds: Vec<_> = fit.counts.iter().map(|(number, _)| (fit::message_name(*number), *number)).collect();
        let is_there = |asked: &str| kinds.iter().any(|(name, number)| is_message(asked, name, *number));
        let missing = missing(options, is_there, || kinds.iter().map(|(name, _)| name.clone()).collect())?;
        match options.format {
            Format::Text => text::fit(&fit, bytes.len(), options, out)?,
            Format::Json => json::fit(&fit, bytes.len(), options, out)?,
        }
        missing
    } else if Xml::is(bytes) {
        let xml = Xml::new(bytes);
        let is_there = |asked: &str| xml.counts.iter().any(|(name, _)| is_element(asked, name));
        let missing = missing(options, is_there, || xml.counts.iter().map(|(name, _)| name.clone()).collect())?;
        match options.format {
            Format::Text => text::xml(&xml, bytes.len(), options, out)?,
            Format::Json => json::xml(&xml, bytes.len(), options, out)?,
        }
        missing
    } else {
        return Err(InspectError::UnknownFormat);
    };
    out.flush()?;
    Ok(Shown { missing })
}

/// The kinds that were asked for and are not there; fails where none is: most often a slip of the
/// keyboard.
fn missing(
    options: &Options,
    is_there: impl Fn(&str) -> bool,
    there: impl FnOnce() -> Vec<String>,
) -> Result<Vec<String>, InspectError> {
    let missing: Vec<String> = options.kinds.iter().filter(|kind| !is_there(kind)).cloned().collect();
    if !missing.is_empty() && missing.len() == options.kinds.len() {
        return Err(InspectError::NoSuchKind { kinds: missing, there: there() });
    }
    Ok(missing)
}

/// Whether a message is meant by a name or a number.
fn is_message(asked: &str, name: &str, number: u16) -> bool {
    asked.eq_ignore_ascii_case(name) || asked == number.to_string()
}

/// Whether an element is meant by a name, with its prefix or without.
fn is_element(asked: &str, name: &str) -> bool {
    asked.eq_ignore_ascii_case(name) || asked.eq_ignore_ascii_case(xml::local(name))
}

impl Options {
    /// Whether messages of a kind are to be shown.
    fn wants_message(&self, name: &str, number: u16) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|asked| is_message(asked, name, number))
    }

    /// Whether elements of a name are to be shown.
    fn wants_element(&self, name: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|asked| is_element(asked, name))
    }

    /// The messages that are to be shown.
    fn messages<'f>(&'f self, fit: &'f Fit) -> impl Iterator<Item = fit::Message> + 'f {
        let wanted = fit.messages().filter(|message| self.wants_message(&message.kind, message.number));
        wanted.take(self.limit.unwrap_or(usize::MAX))
    }

    /// How many messages would be shown without a limit.
    fn messages_in_all(&self, fit: &Fit) -> usize {
        let wanted = fit.counts.iter().filter(|(number, _)| self.wants_message(&fit::message_name(**number), **number));
        wanted.map(|(_, count)| count).sum()
    }

    /// The elements that are to be shown.
    fn elements<'x>(&'x self, xml: &'x Xml) -> impl Iterator<Item = xml::Element> + 'x {
        let limit = self.limit.unwrap_or(usize::MAX);
        let mut within: Option<usize> = None;
        let mut shown = 0;
        xml.elements()
            .filter(move |element| {
                // What lies in an element that is shown is shown with it.
                if within.is_some_and(|depth| element.depth > depth) {
                    return true;
                }
                let is_meant = self.wants_element(&element.name);
                within = (is_meant && !self.kinds.is_empty()).then_some(element.depth);
                is_meant
            })
            .take_while(move |element| {
                shown += usize::from(self.wants_element(&element.name));
                shown <= limit
            })
    }

    /// How many elements that were asked for would be shown without a limit.
    fn elements_in_all(&self, xml: &Xml) -> usize {
        xml.counts.iter().filter(|(name, _)| self.wants_element(name)).map(|(_, count)| count).sum()
    }
}
