//! What the XML formats share: characters from bytes, and a walk over elements by local name.
//!
//! Namespaces and their prefixes differ from exporter to exporter and are often undeclared, so only
//! local names count. Entities are never expanded beyond XML's own five and character references:
//! there is nothing for an "entity bomb" to set off.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::activity::{Activity, Format, Note, NoteKind};

use super::{Contents, ReadError};

/// Bytes that are looked at to find the root element; comments before it may be long.
const PROLOG_BYTES: usize = 64 * 1024;

/// The local name of the root element, if the bytes are XML.
pub(super) fn root_name(bytes: &[u8]) -> Option<String> {
    let prolog = &bytes[..bytes.len().min(PROLOG_BYTES)];
    let first =
        prolog.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE | 0))?;
    if *first != b'<' {
        return None;
    }
    let text = decode(prolog);
    let mut reader = reader(&text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) | Event::Empty(e) => return Some(e.local_name().as_ref().to_owned()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The characters of an XML document: UTF-8, or what a byte order mark or the declaration says.
///
/// Bytes that are not valid become U+FFFD; the numbers beside them stay readable.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        [b'<', 0, ..] => Cow::Owned(utf16(bytes, u16::from_le_bytes)),
        [0, b'<', ..] => Cow::Owned(utf16(bytes, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            // Latin-1 maps bytes to the code points of the same number.
            Err(_) if declares_latin1(bytes) => Cow::Owned(bytes.iter().map(|b| char::from(*b)).collect()),
            Err(_) => String::from_utf8_lossy(bytes),
        },
    }
}

fn declares_latin1(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    head.split("?>").next().is_some_and(|decl| decl.contains("8859-1") || decl.contains("windows-1252"))
}

/// What a reader hears of a document.
pub(super) trait Visitor {
    /// An element begins.
    fn open(&mut self, name: &str, tag: &BytesStart);
    /// An element ends. `text` is its character data if it holds no element, else empty.
    fn close(&mut self, name: &str, text: &str);
}

/// Where and why a document could not be read on.
#[derive(Debug)]
pub(super) struct Break {
    pub offset: u64,
    pub problem: String,
}

/// What a reader found in a document, told with where the document broke off. `what_else` says what a whole
/// document without an activity holds instead.
pub(super) fn contents(
    format: Format,
    activities: Vec<Activity>,
    broken: Option<Break>,
    what_else: &str,
) -> Result<Contents, ReadError> {
    let mut notes = Vec::new();
    match (broken, activities.is_empty()) {
        (None, false) => {}
        (None, true) => return Err(ReadError::NotAnActivity { format, kind: what_else.to_owned() }),
        (Some(Break { offset, problem }), true) => return Err(ReadError::Damaged { format, offset, problem }),
        (Some(Break { offset, problem }), false) => {
            let points: usize = activities.iter().map(|activity| activity.samples.len()).sum();
            let text = format!("damaged at byte {offset} ({problem}): {points} points before it kept");
            notes.push(Note::new(NoteKind::Damage, text));
        }
    }
    Ok(Contents { format, activities, notes })
}

/// Walks through a document, names without their prefixes. What came before a break has been visited.
pub(super) fn walk(text: &str, visitor: &mut impl Visitor) -> Result<(), Break> {
    let mut reader = reader(text);
    let mut leaf: Cow<str> = Cow::Borrowed("");
    let mut depth = 0u32;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                leaf = Cow::Borrowed("");
                depth += 1;
                visitor.open(tag.local_name().as_ref(), &tag);
            }
            Ok(Event::Empty(tag)) => {
                leaf = Cow::Borrowed("");
                visitor.open(tag.local_name().as_ref(), &tag);
                visitor.close(tag.local_name().as_ref(), "");
            }
            Ok(Event::End(tag)) => {
                visitor.close(tag.local_name().as_ref(), &leaf);
                leaf = Cow::Borrowed("");
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Text(piece)) => append(&mut leaf, piece.into_inner()),
            Ok(Event::CData(piece)) => append(&mut leaf, piece.into_inner()),
            Ok(Event::GeneralRef(entity)) => {
                let resolved = match &*entity {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                };
                match entity.resolve_char_ref() {
                    Ok(Some(c)) => append(&mut leaf, Cow::Owned(c.to_string())),
                    _ => append(&mut leaf, Cow::Borrowed(resolved)),
                }
            }
            Ok(Event::Eof) if depth > 0 => {
                return Err(Break { offset: text.len() as u64, problem: "the document ends too early".to_owned() });
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_)) => {}
            Err(error) => return Err(Break { offset: reader.error_position(), problem: error.to_string() }),
        }
    }
}

fn append<'a>(leaf: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if leaf.is_empty() {
        *leaf = piece;
    } else {
        leaf.to_mut().push_str(&piece);
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text.trim_ascii_start());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// The value of a tag's attribute, by its exact name.
pub(super) fn attribute<'t>(tag: &'t BytesStart, name: &str) -> Option<Cow<'t, str>> {
    tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name).map(|a| a.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_come_out_whatever_the_encoding() {
        let utf16: Vec<u8> =
            [0xFFu8, 0xFE].into_iter().chain("<gpx>é</gpx>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&utf16), "<gpx>é</gpx>");
        assert_eq!(root_name(&utf16).as_deref(), Some("gpx"));
        let latin1 = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><gpx>\xE9</gpx>";
        assert!(decode(latin1).ends_with("<gpx>é</gpx>"));
        assert_eq!(decode(b"\xEF\xBB\xBF<gpx/>"), "<gpx/>");
        assert!(decode(b"<gpx>\xE9</gpx>").contains('\u{FFFD}'), "neither UTF-8 nor declared");
    }

    #[test]
    fn the_root_is_found_behind_what_may_stand_before_it() {
        let document = b"\n\n<?xml version='1.0'?><!-- made by hand --><!DOCTYPE x><x:gpx xmlns:x='y'/>";
        assert_eq!(root_name(document).as_deref(), Some("gpx"));
        assert_eq!(root_name(b"no xml at all"), None);
        assert_eq!(root_name(b""), None);
    }

    #[test]
    fn text_is_put_together_across_entities() {
        struct Texts(Vec<String>);
        impl Visitor for Texts {
            fn open(&mut self, _: &str, _: &BytesStart) {}
            fn close(&mut self, _: &str, text: &str) {
                self.0.push(text.to_owned());
            }
        }
        let mut texts = Texts(Vec::new());
        walk("<a>x &amp; y &#233; & z<b/></a>", &mut texts).expect("a bare ampersand is forgiven");
        assert_eq!(texts.0, ["", ""], "an element with elements in it has no text of its own");
        let mut texts = Texts(Vec::new());
        walk("<a>x &amp; y &#233;</a>", &mut texts).expect("well-formed");
        assert_eq!(texts.0, ["x & y é"]);
    }
}
