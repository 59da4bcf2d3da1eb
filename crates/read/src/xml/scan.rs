//! A walk over the elements of an XML document, whatever state it is in.
//!
//! The files of watches and apps use little of XML: elements, attributes and short texts. That
//! little is found here by looking for `<` and `>` in the bytes, without copying anything. What is
//! not well-formed costs its own bytes and no more: reading goes on at the next `<`, and [`Faults`]
//! remembers the place.
//!
//! Namespaces and their prefixes differ from exporter to exporter and are often undeclared, so
//! names are compared without them.

/// What comes next in a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Event<'b> {
    /// An element begins that holds others, or at least does not end behind its text.
    Open(Tag<'b>),
    /// A whole element without others in it, and its text as written.
    Leaf(Tag<'b>, &'b [u8]),
    /// An element ends that was opened; its name without the prefix.
    Close(&'b [u8]),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tag<'b> {
    /// The name without its prefix.
    pub name: &'b [u8],
    /// The prefix without its colon; often empty.
    pub prefix: &'b [u8],
    /// Everything behind the name.
    attributes: &'b [u8],
}

impl<'b> Tag<'b> {
    /// Returns the value of the attribute `name`, as written.
    pub fn attribute(&self, name: &[u8]) -> Option<&'b [u8]> {
        self.attributes().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Names and values as written, in order. What is no attribute is passed over.
    pub fn attributes(&self) -> impl Iterator<Item = (&'b [u8], &'b [u8])> + use<'b> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            loop {
                let equals = rest.iter().position(|b| *b == b'=')?;
                let name = last_word(&rest[..equals]);
                rest = rest[equals + 1..].trim_ascii_start();
                let (quote, behind) = rest.split_first()?;
                if matches!(quote, b'"' | b'\'') {
                    let Some(end) = behind.iter().position(|b| b == quote) else { continue };
                    let value = &behind[..end];
                    rest = &behind[end + 1..];
                    return Some((name, value));
                }
            }
        })
    }
}

fn last_word(text: &[u8]) -> &[u8] {
    text.trim_ascii_end().rsplit(u8::is_ascii_whitespace).next().unwrap_or_default()
}

/// Where a document is not well-formed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Faults {
    /// The first place: the byte, and what is wrong there.
    pub first: Option<(usize, &'static str)>,
    /// How many places there are.
    pub places: usize,
    /// How many bytes were passed over because they are part of nothing.
    pub lost_bytes: usize,
    /// The document ends before its elements do.
    pub is_cut: bool,
    /// Where the document begins to define entities. Reading ended there.
    pub defines_entities: Option<usize>,
}

/// What is looked for up to the end of the document: places in [`Scanner::no_more`].
const COMMENT_END: usize = 0;
const CDATA_END: usize = 1;
const DOCTYPE_END: usize = 2;

const LONE: &str = "a `<` that begins nothing";

/// Elements deeper than this are counted, but not remembered by name.
const MOST_OPEN: usize = 64;

/// Reads one event after the other.
pub(crate) struct Scanner<'b> {
    bytes: &'b [u8],
    at: usize,
    /// The names of the elements that are open, outermost first.
    open: Vec<&'b [u8]>,
    /// How many more are open than fit in there.
    deeper: usize,
    faults: Faults,
    /// A tag was lost, so that its end tag may come on its own.
    has_lost_tag: bool,
    /// Texts that are known not to come any more, so that nobody looks for them twice.
    no_more: [bool; 3],
}

impl<'b> Scanner<'b> {
    /// Returns a scanner at the beginning of a document, whose characters below 128 are ASCII.
    pub fn new(bytes: &'b [u8]) -> Self {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Self {
            bytes,
            at,
            open: Vec::new(),
            deeper: 0,
            faults: Faults::default(),
            has_lost_tag: false,
            no_more: [false; 3],
        }
    }

    /// Returns the names of the elements around the last event, without prefixes, outermost first.
    pub fn path(&self) -> &[&'b [u8]] {
        &self.open
    }

    /// Returns the name of the element around the last event.
    pub fn parent(&self) -> &'b [u8] {
        self.open.last().copied().unwrap_or_default()
    }

    /// Returns what was wrong with the document, once it has been read.
    pub fn into_faults(mut self) -> Faults {
        self.faults.is_cut |= !self.open.is_empty() && self.faults.defines_entities.is_none();
        self.faults
    }

    /// Returns the next event; `None` at the end of the document.
    pub fn next(&mut self) -> Option<Event<'b>> {
        loop {
            let tag = find(self.bytes, self.at, b'<')?;
            let event = match self.bytes.get(tag + 1) {
                Some(b'/') => self.close(tag),
                Some(b'!' | b'?') => {
                    self.at = self.skip_markup(tag);
                    None
                }
                Some(begin) if is_name_byte(*begin) => self.open(tag),
                Some(_) => self.lose(tag, tag + 1, LONE),
                None => self.cut(),
            };
            if event.is_some() {
                return event;
            }
        }
    }

    /// An element that begins at `tag`.
    #[inline]
    fn open(&mut self, tag: usize) -> Option<Event<'b>> {
        let bytes = self.bytes;
        let (prefix, name, name_end) = name(bytes, tag + 1);
        let (attributes_end, text_at) = match bytes.get(name_end) {
            Some(b'>') => (name_end, name_end + 1),
            _ => self.tag_end(tag, name_end)?,
        };
        let attributes = &bytes[name_end..attributes_end];
        if let [attributes @ .., b'/'] = attributes {
            self.at = text_at;
            return Some(Event::Leaf(Tag { name, prefix, attributes }, b""));
        }
        let tag_read = Tag { name, prefix, attributes };
        let mut text_end = find(bytes, text_at, b'<').unwrap_or(bytes.len());
        while let Some(&byte) = bytes.get(text_end + 1) {
            let more_text = match byte {
                b'!' | b'?' => self.skip_markup(text_end),
                b'/' => break,
                _ if is_name_byte(byte) => break,
                _ => {
                    self.fault(text_end, LONE);
                    text_end + 1
                }
            };
            text_end = find(bytes, more_text, b'<').unwrap_or(bytes.len());
        }
        self.at = text_end;
        let full_name = &bytes[tag + 1..name_end];
        let behind = bytes.get(text_end..).unwrap_or_default();
        let its_end = behind.strip_prefix(b"</").and_then(|b| b.strip_prefix(full_name)).and_then(|b| b.first());
        if its_end == Some(&b'>') {
            self.at = text_end + full_name.len() + 3;
            return Some(Event::Leaf(tag_read, &bytes[text_at..text_end]));
        }
        if behind.starts_with(b"</") {
            // Another element's end, this one's with a blank or a prefix, or nobody's.
            let (_, ending, ending_end) = self::name(bytes, text_end + 2);
            let end = find(bytes, ending_end, b'>');
            if let (Some(end), true) = (end, ending == name || !self.open.contains(&ending)) {
                if ending != name {
                    self.fault(text_end, "an end tag of another name");
                }
                self.at = end + 1;
                return Some(Event::Leaf(tag_read, &bytes[text_at..text_end]));
            }
        }
        self.has_lost_tag = false;
        if self.open.len() < MOST_OPEN {
            self.open.push(name);
        } else {
            self.deeper += 1;
        }
        Some(Event::Open(tag_read))
    }

    /// The end tag at `tag`.
    #[inline]
    fn close(&mut self, tag: usize) -> Option<Event<'b>> {
        let (_, name, name_end) = name(self.bytes, tag + 2);
        let mut end = name_end;
        while self.bytes.get(end).is_some_and(u8::is_ascii_whitespace) {
            end += 1;
        }
        match self.bytes.get(end) {
            Some(b'>') => self.at = end + 1,
            Some(_) => {
                let next = self.bytes[end..].iter().position(|b| matches!(b, b'<' | b'>')).map(|n| end + n);
                let resume = match next {
                    Some(at) if self.bytes[at] == b'>' => at + 1,
                    Some(at) => at,
                    None => return self.cut(),
                };
                return self.lose(tag, resume, "an end tag that is broken");
            }
            None => return self.cut(),
        }
        if self.deeper > 0 && !self.open.contains(&name) {
            self.deeper -= 1;
        } else if self.open.last() == Some(&name) {
            self.open.pop();
        } else {
            // Where a tag was lost just before, this is no fault of its own.
            if !std::mem::take(&mut self.has_lost_tag) {
                self.fault(tag, "an end tag that matches none");
            }
            // Where it is that of an element further out, those within were not ended.
            if let Some(depth) = self.open.iter().rposition(|open| *open == name) {
                self.open.truncate(depth);
                self.deeper = 0;
            }
        }
        Some(Event::Close(name))
    }

    /// Where the attributes of a start tag end, and where its text begins.
    fn tag_end(&mut self, tag: usize, from: usize) -> Option<(usize, usize)> {
        let mut quote = None;
        let mut first_end = None;
        let mut at = from;
        while let Some(&byte) = self.bytes.get(at) {
            match (byte, quote) {
                (b'<', _) => break,
                (b'>', None) => return Some((at, at + 1)),
                (b'>', Some(_)) => first_end = first_end.or(Some(at)),
                (b'"' | b'\'', None) => quote = Some(byte),
                (b'"' | b'\'', Some(open)) if open == byte => quote = None,
                _ => {}
            }
            at += 1;
        }
        // A value that lost its quotation mark swallows the end of its tag.
        if let Some(end) = first_end {
            self.fault(tag, "a quotation mark without its other half");
            return Some((end, end + 1));
        }
        if at == self.bytes.len() {
            self.cut();
        } else {
            self.lose(tag, at, "a tag without its end");
            self.has_lost_tag = true;
        }
        None
    }

    /// The place behind a comment, a declaration, an instruction, or a section of plain characters.
    #[cold]
    fn skip_markup(&mut self, tag: usize) -> usize {
        const COMMENT: &[u8] = b"<!--";
        const CDATA: &[u8] = b"<![CDATA[";
        const LONGEST_INSTRUCTION: usize = 1024;
        let rest = &self.bytes[tag..];
        if rest.starts_with(COMMENT) {
            return self.skip_until(COMMENT_END, tag, tag + COMMENT.len(), *b"-->");
        }
        if rest.starts_with(CDATA) {
            return self.skip_until(CDATA_END, tag, tag + CDATA.len(), *b"]]>");
        }
        if rest.starts_with(b"<!ENTITY") {
            return self.refuse(tag);
        }
        if rest.starts_with(b"<!DOCTYPE") {
            return self.skip_doctype(tag);
        }
        // An instruction, or what nobody writes: both end with `>`.
        let instruction = &rest[..rest.len().min(LONGEST_INSTRUCTION)];
        if rest[1] == b'?'
            && let Some(end) = find(instruction, 2, b'>')
            && rest[end - 1] == b'?'
        {
            return tag + end + 1;
        }
        match rest[2..].iter().position(|b| matches!(b, b'<' | b'>')) {
            Some(n) if rest[n + 2] == b'>' => tag + n + 3,
            Some(n) => {
                self.lose(tag, tag + n + 2, "a declaration without its end");
                self.at
            }
            None => {
                self.cut();
                self.at
            }
        }
    }

    /// A document type, which may declare its elements but define no entities: nothing here expands
    /// them, so a document that needs them would be read wrongly, and one that bombs with them is
    /// not worth reading.
    fn skip_doctype(&mut self, tag: usize) -> usize {
        let mut quote = None;
        let mut in_subset = false;
        let to_the_end = if self.no_more[DOCTYPE_END] { &[] } else { &self.bytes[tag..] };
        for (n, &byte) in to_the_end.iter().enumerate() {
            match (byte, quote) {
                (b'<', _) if self.bytes[tag + n..].starts_with(b"<!ENTITY") => return self.refuse(tag + n),
                (b'<', None) if n > 0 && !in_subset => {
                    self.lose(tag, tag + n, "a document type without its end");
                    return self.at;
                }
                (b'[', None) => in_subset = true,
                (b']', None) => in_subset = false,
                (b'>', None) if !in_subset => return tag + n + 1,
                (b'"' | b'\'', None) => quote = Some(byte),
                (b'"' | b'\'', Some(open)) if open == byte => quote = None,
                _ => {}
            }
        }
        self.no_more[DOCTYPE_END] = true;
        self.lose(tag, tag + 2, "a document type without its end");
        self.at
    }

    fn refuse(&mut self, at: usize) -> usize {
        self.faults.defines_entities = Some(at);
        self.at = self.bytes.len();
        self.at
    }

    /// The place behind `end`; the place `from` itself where that never comes.
    fn skip_until(&mut self, kind: usize, tag: usize, from: usize, end: [u8; 3]) -> usize {
        let found = if self.no_more[kind] {
            None
        } else {
            self.bytes[from..].windows(end.len()).position(|bytes| bytes == end)
        };
        if let Some(n) = found {
            return from + n + end.len();
        }
        self.no_more[kind] = true;
        self.lose(tag, from, "a comment or a section without its end");
        self.at
    }

    fn fault(&mut self, at: usize, problem: &'static str) {
        self.faults.first.get_or_insert((at, problem));
        self.faults.places += 1;
    }

    /// Passes over what is part of nothing.
    #[cold]
    fn lose(&mut self, from: usize, to: usize, problem: &'static str) -> Option<Event<'b>> {
        self.fault(from, problem);
        self.faults.lost_bytes += to - from;
        self.at = to;
        None
    }

    /// The document ends within a tag.
    #[cold]
    fn cut(&mut self) -> Option<Event<'b>> {
        self.faults.is_cut = true;
        self.at = self.bytes.len();
        None
    }
}

/// The prefix and the rest of the name that begins at `from`, and where it ends.
#[inline]
fn name(bytes: &[u8], from: usize) -> (&[u8], &[u8], usize) {
    let mut end = from;
    let mut colon = None;
    while let Some(&byte) = bytes.get(end) {
        if !is_name_byte(byte) {
            break;
        }
        if byte == b':' {
            colon = Some(end);
        }
        end += 1;
    }
    match colon {
        Some(colon) => (&bytes[from..colon], &bytes[colon + 1..end], end),
        None => (b"", bytes.get(from..end).unwrap_or_default(), end),
    }
}

#[inline]
fn is_name_byte(byte: u8) -> bool {
    NAME_BYTES[byte as usize]
}

/// Letters, digits and `_:-.`, and everything that is not ASCII.
static NAME_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'-' | b'.') || !b.is_ascii();
        byte += 1;
    }
    table
};

/// The place of the next `needle` from `from` on.
#[inline]
fn find(bytes: &[u8], from: usize, needle: u8) -> Option<usize> {
    /// Most texts and gaps are shorter; a call would cost more than looking.
    const NEAR: usize = 4;
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let rest = bytes.get(from..)?;
    let words = rest.as_chunks::<8>().0;
    for (i, word) in words.iter().take(NEAR).enumerate() {
        // The lowest byte that is 0 after the exclusive or gets its highest bit set, and no byte
        // below it.
        let other = u64::from_le_bytes(*word) ^ (ONES * u64::from(needle));
        let hits = other.wrapping_sub(ONES) & !other & (ONES << 7);
        if hits != 0 {
            return Some(from + 8 * i + (hits.trailing_zeros() / 8) as usize);
        }
    }
    let far = 8 * words.len().min(NEAR);
    memchr::memchr(needle, &rest[far..]).map(|n| from + far + n)
}

#[cfg(test)]
mod tests;
