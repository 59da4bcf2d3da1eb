//! XML: its elements one by one, whatever they are called, as far as the document can be read.

use std::borrow::Cow;
use std::collections::VecDeque;

use quick_xml::Reader;
use quick_xml::errors::SyntaxError;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use serde::Serialize;

use crate::count::Counts;
use crate::note::Note;

/// An element, or what else stands in a document under a name that begins with `#`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Element {
    /// Its name with its prefix; `#text` for text behind an element, `#comment` and the like.
    pub name: String,
    /// How many elements it lies in.
    pub depth: usize,
    /// Where it begins, in bytes of UTF-8.
    pub offset: u64,
    pub attributes: Vec<Attribute>,
    /// Its text before the first element in it, without blanks at its ends.
    pub text: String,
}

/// An attribute of an element.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Attribute {
    pub name: String,
    pub value: String,
}

/// An XML document, looked over once.
pub(crate) struct Xml<'a> {
    text: Cow<'a, str>,
    /// `GPX`, `TCX`, or `XML` for any other.
    pub format: &'static str,
    /// How many elements there are of each name.
    pub counts: Counts<String>,
    /// What is odd or wrong with the document.
    pub notes: Vec<Note>,
}

impl<'a> Xml<'a> {
    /// Returns whether the bytes begin as XML does.
    pub fn is(bytes: &[u8]) -> bool {
        let is_mark = |b: &u8| b.is_ascii_whitespace() || matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE | 0);
        bytes.iter().find(|byte| !is_mark(byte)) == Some(&b'<')
    }

    /// Looks over the bytes of a document.
    pub fn new(bytes: &'a [u8]) -> Self {
        let (text, mut notes) = decode(bytes);
        let mut counts = Counts::default();
        let mut elements = Elements::new(&text);
        let mut root = None;
        for element in &mut elements {
            if root.is_none() && !element.name.starts_with('#') {
                root = Some(local(&element.name).to_owned());
            }
            counts.add(element.name);
        }
        notes.extend(elements.damage().map(Note::damage));
        let format = match root.as_deref() {
            Some("gpx") => "GPX",
            Some("TrainingCenterDatabase") => "TCX",
            _ => "XML",
        };
        Self { text, format, counts, notes }
    }

    /// Returns all elements, in the order of the document.
    pub fn elements(&self) -> impl Iterator<Item = Element> {
        Elements::new(&self.text)
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The characters of a document, and what there is to say of them.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| -> Cow<'_, str> {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => (utf16(rest, u16::from_le_bytes), vec![Note::remark("UTF-16")]),
        [0xFE, 0xFF, rest @ ..] => (utf16(rest, u16::from_be_bytes), vec![Note::remark("UTF-16")]),
        [b'<', 0, ..] => (utf16(bytes, u16::from_le_bytes), vec![Note::remark("UTF-16")]),
        [0, b'<', ..] => (utf16(bytes, u16::from_be_bytes), vec![Note::remark("UTF-16")]),
        _ => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => (Cow::Borrowed(text), Vec::new()),
                Err(_) if declares_latin1(bytes) => {
                    // Latin-1 maps bytes to the code points of the same number.
                    let text = bytes.iter().map(|byte| char::from(*byte)).collect();
                    (Cow::Owned(text), vec![Note::remark("ISO 8859-1, as declared")])
                }
                Err(error) => {
                    let note = format!("not UTF-8 from byte {} on; what is none is shown as �", error.valid_up_to());
                    (String::from_utf8_lossy(bytes), vec![Note::damage(note)])
                }
            }
        }
    }
}

fn declares_latin1(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    head.split("?>").next().is_some_and(|decl| decl.contains("8859-1") || decl.contains("windows-1252"))
}

/// Whether another tag begins in a tag.
fn is_torn(tag: &str) -> bool {
    let mut quote = None;
    for c in tag.chars() {
        match (quote, c) {
            (None, '<') => return true,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    false
}

/// What has no end, where that is what is wrong.
fn unclosed(error: &quick_xml::Error) -> Option<&'static str> {
    let quick_xml::Error::Syntax(error) = error else { return None };
    Some(match error {
        SyntaxError::UnclosedComment => "a comment",
        SyntaxError::UnclosedCData => "a section of plain text",
        SyntaxError::UnclosedDoctype => "the document type",
        SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => "an instruction or declaration",
        SyntaxError::InvalidBangMarkup => return None,
        _ => "a tag",
    })
}

/// Walks over a document; knows afterwards what was wrong with it.
struct Elements<'t> {
    reader: Reader<&'t [u8]>,
    /// Blanks before the document, which the reader does not see.
    skipped: u64,
    depth: usize,
    /// The element whose text is being read.
    open: Option<Element>,
    text: String,
    ready: VecDeque<Element>,
    is_done: bool,
    /// Why it could not be read on.
    ends: Option<String>,
    /// Where the first tag lies of those that another one begins in, and how many there are.
    torn: Option<(u64, usize)>,
}

impl<'t> Elements<'t> {
    fn new(text: &'t str) -> Self {
        let trimmed = text.trim_ascii_start();
        let mut reader = Reader::from_str(trimmed);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            reader,
            skipped: (text.len() - trimmed.len()) as u64,
            depth: 0,
            open: None,
            text: String::new(),
            ready: VecDeque::new(),
            is_done: false,
            ends: None,
            torn: None,
        }
    }

    /// Takes in the next piece of the document.
    fn advance(&mut self) {
        let offset = self.skipped + self.reader.buffer_position();
        match self.reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if is_torn(&tag) => self.torn(&tag, offset),
            Ok(Event::Start(tag)) => {
                let element = self.element(&tag, offset);
                self.flush(offset);
                self.open = Some(element);
                self.depth += 1;
            }
            Ok(Event::Empty(tag)) => {
                let element = self.element(&tag, offset);
                self.flush(offset);
                self.ready.push_back(element);
            }
            Ok(Event::End(_)) => {
                self.flush(offset);
                self.depth = self.depth.saturating_sub(1);
            }
            Ok(Event::Text(piece)) => self.text.push_str(&piece.into_inner()),
            Ok(Event::CData(piece)) => self.text.push_str(&piece.into_inner()),
            Ok(Event::GeneralRef(entity)) => match (&*entity, entity.resolve_char_ref()) {
                (_, Ok(Some(c))) => self.text.push(c),
                ("lt", _) => self.text.push('<'),
                ("gt", _) => self.text.push('>'),
                ("amp", _) => self.text.push('&'),
                ("quot", _) => self.text.push('"'),
                ("apos", _) => self.text.push('\''),
                // Entities that a document declares itself stay as they are written.
                (name, _) => {
                    self.text.push('&');
                    self.text.push_str(name);
                    self.text.push(';');
                }
            },
            Ok(Event::Comment(text)) => self.aside("#comment", &text.into_inner(), offset),
            Ok(Event::Decl(text)) => self.aside("#declaration", &text, offset),
            Ok(Event::PI(text)) => self.aside("#instruction", &text, offset),
            Ok(Event::DocType(text)) => self.aside("#doctype", &text.into_inner(), offset),
            Ok(Event::Eof) => {
                self.flush(offset);
                self.is_done = true;
                if self.depth > 0 {
                    self.ends = Some(format!("the document ends at byte {offset}, inside {} elements", self.depth));
                }
            }
            Err(error) => {
                let at = self.skipped + self.reader.error_position();
                self.flush(offset);
                self.is_done = true;
                self.ends = Some(match unclosed(&error) {
                    Some(what) => format!("{what} begins at byte {at} and has no end; nothing behind it is shown"),
                    None => format!("what stands at byte {at} is not XML; nothing behind it is shown"),
                });
            }
        }
    }

    /// Takes in a tag that another one begins in: one of them lost its end, and with it what it
    /// says.
    fn torn(&mut self, tag: &BytesStart, offset: u64) {
        self.aside("#damaged", &format!("<{}>", &**tag), offset);
        let (first, count) = self.torn.unwrap_or((offset, 0));
        self.torn = Some((first, count + 1));
        let ends = tag.matches("</").count();
        let begins = 1 + tag.matches('<').count() - ends;
        self.depth = (self.depth + begins).saturating_sub(ends);
    }

    /// What was wrong with the part that was walked over.
    fn damage(self) -> impl Iterator<Item = String> {
        let torn = self.torn.map(|(first, count)| match count {
            1 => format!("a tag is damaged at byte {first}, shown as #damaged"),
            _ => format!("{count} tags are damaged, the first at byte {first}; shown as #damaged"),
        });
        torn.into_iter().chain(self.ends)
    }

    fn element(&self, tag: &BytesStart, offset: u64) -> Element {
        let mut all = tag.attributes();
        let attributes = all.with_checks(false).flatten().map(|attribute| Attribute {
            name: attribute.key.as_ref().to_owned(),
            value: unescape(&attribute.value).unwrap_or(Cow::Borrowed(&attribute.value)).into_owned(),
        });
        Element {
            name: tag.name().as_ref().to_owned(),
            depth: self.depth,
            offset,
            attributes: attributes.collect(),
            text: String::new(),
        }
    }

    /// Ends the text that was being read: it belongs to the open element, or stands behind one.
    fn flush(&mut self, offset: u64) {
        let text = self.text.trim();
        if let Some(mut element) = self.open.take() {
            text.clone_into(&mut element.text);
            self.ready.push_back(element);
        } else if !text.is_empty() {
            let behind = Element {
                name: "#text".to_owned(),
                depth: self.depth,
                offset: offset - self.text.len() as u64,
                attributes: Vec::new(),
                text: text.to_owned(),
            };
            self.ready.push_back(behind);
        }
        self.text.clear();
    }

    fn aside(&mut self, name: &str, text: &str, offset: u64) {
        self.flush(offset);
        self.ready.push_back(Element {
            name: name.to_owned(),
            depth: self.depth,
            offset,
            attributes: Vec::new(),
            text: text.trim().to_owned(),
        });
    }
}

impl Iterator for Elements<'_> {
    type Item = Element;

    fn next(&mut self) -> Option<Element> {
        while self.ready.is_empty() && !self.is_done {
            self.advance();
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(document: &str) -> Vec<String> {
        let line = |e: Element| {
            let attributes: String = e.attributes.iter().map(|a| format!(" {}={}", a.name, a.value)).collect();
            format!("{}{}{attributes} {}", "-".repeat(e.depth), e.name, e.text)
        };
        Xml::new(document.as_bytes()).elements().map(line).collect()
    }

    #[test]
    fn elements_come_with_prefix_attributes_and_text() {
        let document =
            r#"<?xml version="1.0"?><a:b x="1 &amp; 2"> one &#233; &bomb;<c/>two<d>three</d></a:b><!-- end -->"#;
        let expected = [
            r#"#declaration xml version="1.0""#,
            "a:b x=1 & 2 one é &bomb;",
            "-c ",
            "-#text two",
            "-d three",
            "#comment end",
        ];
        assert_eq!(lines(document), expected);
    }

    #[test]
    fn a_cut_document_is_shown_to_the_cut() {
        let xml = Xml::new(b"<gpx><trk><name>evening</name><trkseg><trkpt la");
        assert_eq!(xml.format, "GPX");
        let names: Vec<_> = xml.elements().map(|element| element.name).collect();
        assert_eq!(names, ["gpx", "trk", "name", "trkseg"]);
        assert_eq!(xml.notes.len(), 1, "{:?}", xml.notes);
    }

    #[test]
    fn characters_come_out_whatever_the_encoding() {
        let utf16: Vec<u8> =
            [0xFFu8, 0xFE].into_iter().chain("<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let latin1 = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        for bytes in [utf16.as_slice(), latin1, b"\xEF\xBB\xBF\n<a>\xC3\xA9</a>"] {
            assert!(Xml::is(bytes));
            assert_eq!(Xml::new(bytes).elements().last().map(|e| e.text).as_deref(), Some("é"));
        }
    }
}
