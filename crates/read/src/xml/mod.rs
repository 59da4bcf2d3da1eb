//! What the XML formats share: characters from bytes, a walk over elements by name, numbers, and
//! what is said of damage.
//!
//! XML's own five entities and character references are resolved and no others. A document that
//! defines entities of its own is refused: there is nothing here for an "entity bomb" to set off,
//! and nothing to gain from one. A document type that merely names a schema is passed over; it is
//! never fetched.
//!
//! Reading a document takes at most eight times its bytes of memory, and some kilobytes: a point is
//! kept only with its time, names are cut, and activities and laps that no whole file of that
//! length could hold are counted instead of kept.

mod encoding;
mod scan;
mod text;

pub(super) use encoding::Document;
pub(super) use scan::{Event, Faults, Scanner, Tag};
use text::plain;
pub(super) use text::{names_no_zone, number, time};

use crate::activity::{Activity, Format, Note, NoteKind};

use super::{Contents, ReadError};

/// Bytes that are looked at to find the root element; comments before it may be long.
const PROLOG_BYTES: usize = 64 * 1024;

/// The longest name of a device or an app that is kept (characters).
const LONGEST_NAME: usize = 100;

/// How many activities are kept of a document. One takes some thousand bytes of memory, and in a
/// whole file more than the 512 counted here: so files that are made of nothing else cost a small
/// multiple of their length.
pub(super) fn most_activities(document: &Document) -> usize {
    16 + document.bytes.len() / 512
}

/// How many laps are kept of an activity; what the schema demands of one takes more than 128 bytes.
pub(super) fn most_laps(document: &Document) -> usize {
    16 + document.bytes.len() / 128
}

/// The name of the root element, if the bytes are XML.
pub(super) fn root_name(bytes: &[u8]) -> Option<Vec<u8>> {
    let prolog = &bytes[..bytes.len().min(PROLOG_BYTES)];
    let first =
        prolog.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE | 0))?;
    if *first != b'<' {
        return None;
    }
    let document = Document::new(prolog);
    let mut scanner = Scanner::new(&document.bytes);
    match scanner.next() {
        Some(Event::Open(tag) | Event::Leaf(tag, _)) => Some(tag.name.to_owned()),
        Some(Event::Close(_)) => None,
        // A document that ends in its document type is told by the name there, to be refused as
        // what it is.
        None => scanner.into_faults().defines_entities.and_then(|_| doctype(&document.bytes)),
    }
}

fn doctype(bytes: &[u8]) -> Option<Vec<u8>> {
    const DOCTYPE: &[u8] = b"<!DOCTYPE";
    let at = bytes.windows(DOCTYPE.len()).position(|window| window == DOCTYPE)?;
    let name = bytes[at + DOCTYPE.len()..].trim_ascii_start();
    name.split(|b| !b.is_ascii_alphanumeric()).next().map(<[u8]>::to_owned)
}

/// A name for people out of a document's text, of bounded length.
pub(super) fn name(document: &Document, raw: &[u8]) -> String {
    let text = plain(raw);
    let text = document.characters(text.trim_ascii());
    text.chars().take(LONGEST_NAME).collect()
}

/// What people wrote, cut at a thousand characters; `None` where they wrote nothing.
pub(super) fn prose(document: &Document, raw: &[u8]) -> Option<String> {
    const LONGEST_PROSE: usize = 1000;
    let text = plain(raw);
    let text: String = document.characters(text.trim_ascii()).chars().take(LONGEST_PROSE).collect();
    Some(text).filter(|text| !text.trim().is_empty())
}

/// What a reader found in a document, told with what was wrong with it. `what_else` says what a
/// whole document without an activity holds instead.
pub(super) fn contents(
    format: Format,
    document: &Document,
    faults: &Faults,
    activities: Vec<Activity>,
    what_else: &str,
) -> Result<Contents, ReadError> {
    if let Some(at) = faults.defines_entities {
        let problem = "it defines entities of its own, which no recording needs".to_owned();
        return Err(ReadError::Refused { format, offset: document.offset_in_file(at), problem });
    }
    let end = (document.bytes.len(), "the document ends too early");
    let Some((at, problem)) = faults.first.or(faults.is_cut.then_some(end)) else {
        return if activities.is_empty() {
            Err(ReadError::NotAnActivity { format, kind: what_else.to_owned(), is_damaged: false })
        } else {
            Ok(Contents { format, activities, notes: Vec::new() })
        };
    };
    let offset = document.offset_in_file(at);
    if activities.is_empty() {
        return Err(ReadError::Damaged { format, offset, problem: problem.to_owned() });
    }
    let points: usize = activities.iter().map(|activity| activity.samples.len()).sum();
    let places = if faults.places > 1 { format!(" at {} places", faults.places) } else { String::new() };
    let cut = if faults.is_cut && faults.places > 0 { " and cut off" } else { "" };
    let lost = match faults.lost_bytes {
        0 => String::new(),
        n => format!(", {n} bytes passed over"),
    };
    let first_at = if faults.places > 1 { "first at" } else { "at" };
    let text = format!("damaged{places}{cut}: {points} points kept{lost} ({first_at} byte {offset}: {problem})");
    Ok(Contents { format, activities, notes: vec![Note::new(NoteKind::Damage, text)] })
}
