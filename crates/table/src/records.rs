//! Bytes cut into records, in time linear in the bytes whatever they are.

use csv_core::{Reader, ReaderBuilder, Terminator};

use crate::{Broken, MAX_RECORD_BYTES, Row};

/// Records of bytes, the header among them. One reader and its buffers serve them all.
pub(crate) struct Records<'b> {
    bytes: &'b [u8],
    /// Where the next record begins.
    at: usize,
    line: usize,
    separator: u8,
    /// The last line known to end a quotation that was open where the line began. It only ever
    /// moves on.
    closer: Option<Closer>,
    /// Never cloned: a clone of it reads without writing.
    reader: Box<Reader>,
    /// The text of a record's fields, one behind the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
    /// So many bytes were walked through to find where records end.
    pub walked: usize,
}

/// A line in which a quotation closes, and the record with it, that was open at the beginning of
/// any line between two places.
#[derive(Clone, Copy, Debug)]
struct Closer {
    from: usize,
    /// Where the line begins and ends; `None` where no line up to the end of the bytes closes it.
    line: Option<(usize, usize)>,
}

/// What a line comes to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum LineEnd {
    /// The record ends with it.
    Ends,
    /// A quotation is open, and goes on in the next line.
    Open,
}

impl<'b> Records<'b> {
    /// Returns the records from the byte `at` on, with which a line of this number begins.
    pub fn new(bytes: &'b [u8], separator: u8, (at, line): (usize, usize)) -> Self {
        Self {
            bytes,
            at,
            line,
            separator,
            closer: None,
            reader: Box::new(ReaderBuilder::new().delimiter(separator).terminator(Terminator::Any(b'\n')).build()),
            text: Vec::new(),
            ends: Vec::new(),
            walked: 0,
        }
    }

    /// Returns where the next record begins, and on which line.
    pub fn place(&self) -> (usize, usize) {
        (self.at, self.line)
    }

    /// Where the record that begins here ends, its line end included, or what is wrong with its
    /// first line, and where that ends.
    fn extent(&mut self) -> (Result<(), Broken>, usize) {
        let end = line_end(self.bytes, self.at);
        if end - self.at > MAX_RECORD_BYTES {
            return (Err(Broken::TooLong), end);
        }
        if self.walk(self.at, end, false) == LineEnd::Ends {
            return (Ok(()), end);
        }
        match self.closing(end) {
            Some(whole) if whole - self.at <= MAX_RECORD_BYTES => (Ok(()), whole),
            _ => (Err(Broken::OpenQuote), end),
        }
    }

    /// The end of the first line, from the one that begins at `from` on, that closes an open
    /// quotation. Each line is walked through once for this, however many records ask.
    fn closing(&mut self, from: usize) -> Option<usize> {
        let serves = |known: &Closer| from >= known.from && known.line.is_none_or(|(begin, _)| from <= begin);
        let closer = if let Some(known) = self.closer.filter(serves) {
            known
        } else {
            let mut lines = Lines { bytes: self.bytes, at: from };
            Closer { from, line: lines.find(|(begin, end)| self.walk(*begin, *end, true) == LineEnd::Ends) }
        };
        self.closer = Some(closer);
        closer.line.map(|(_, end)| end)
    }

    /// Walks through one line, which is entered within a quotation or not.
    fn walk(&mut self, begin: usize, end: usize, mut is_quoted: bool) -> LineEnd {
        self.walked += end - begin;
        let (mut is_field_start, mut was_closed) = (!is_quoted, false);
        for byte in &self.bytes[begin..end] {
            let closes = *byte == b'"' && is_quoted;
            match *byte {
                b'"' if is_quoted => is_quoted = false,
                // A doubled mark within quotes closes them and opens them again, which comes to the
                // same.
                b'"' if is_field_start || was_closed => is_quoted = true,
                _ => {}
            }
            was_closed = closes;
            is_field_start = !is_quoted && *byte == self.separator;
        }
        if is_quoted { LineEnd::Open } else { LineEnd::Ends }
    }

    /// The fields of a record.
    fn fields(&mut self, record: &[u8]) -> Vec<String> {
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        let record = record.strip_suffix(b"\r").unwrap_or(record);
        // Fields are no longer than their record, and no more than it has bytes and one; both have
        // room to spare, so that the reader never stops for want of it.
        self.text.resize((record.len() + 1).max(self.text.len()), 0);
        self.ends.resize((record.len() + 2).max(self.ends.len()), 0);
        let (mut texts, mut fields) = (0, 0);
        // Where a quotation were still open for the reader, the end of the line would not end the
        // record: it is not.
        for input in [record, b"\n"] {
            let (_, _, wrote, ended) =
                self.reader.read_record(input, &mut self.text[texts..], &mut self.ends[fields..]);
            (texts, fields) = (texts + wrote, fields + ended);
        }
        let ends = &self.ends[..fields];
        let begins = std::iter::once(&0).chain(ends);
        begins.zip(ends).map(|(from, to)| String::from_utf8_lossy(&self.text[*from..*to]).into_owned()).collect()
    }
}

/// The lines from a place on: where each begins and ends.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let begin = self.at;
        self.at = line_end(self.bytes, begin);
        (begin < self.at).then_some((begin, self.at))
    }
}

/// Where the line ends that begins at `at`, its end included.
fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length + 1)
}

impl Iterator for Records<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while self.at < self.bytes.len() {
            let (sound, end) = self.extent();
            let record = &self.bytes[self.at..end];
            let line = self.line;
            self.at = end;
            self.line += memchr::memchr_iter(b'\n', record).count();
            let is_blank = |fields: &[String]| fields.iter().all(|field| field.trim().is_empty());
            match sound {
                Err(broken) => return Some(Row { line, fields: Err(broken) }),
                Ok(()) if record.trim_ascii().is_empty() => {}
                Ok(()) => {
                    let fields = self.fields(record);
                    if !is_blank(&fields) {
                        return Some(Row { line, fields: Ok(fields) });
                    }
                }
            }
        }
        None
    }
}
