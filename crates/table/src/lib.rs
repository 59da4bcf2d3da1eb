//! kneewise-table: comma-separated tables as people keep them by hand.
//!
//! ```
//! let log = b"Date;Distance km;Note\n2026-03-01;10,5;\"with Ann;\nhilly\"\n2026-03-03;8;\"never closed\n2026-03-05;6\n";
//! let table = kneewise_table::Table::new(log).expect("a header");
//! assert_eq!(table.column("distance_km"), Some(1));
//! let rows: Vec<_> = table.rows().collect();
//! assert_eq!((rows[0].line, rows[0].fields.as_ref().unwrap()[2].as_str()), (2, "with Ann;\nhilly"));
//! assert!(rows[1].fields.is_err(), "the one with the open quotation mark, and no other");
//! assert_eq!(table.number("10,5"), Some(10.5));
//! assert_eq!(rows[2].line, 5);
//! ```
//!
//! A record is what the `csv` crate takes for one. Before that the bytes are cut into records here,
//! so that a quotation mark that is never closed costs its own line and not the rest of the file,
//! and each record knows its line. Every byte is looked at a few times and no more, whatever the
//! bytes are, and only one record is held at a time.

mod records;

use std::collections::HashMap;
use std::fmt;

use records::Records;

/// A record longer than this (bytes) is no line that somebody wrote.
pub const MAX_RECORD_BYTES: usize = 64 << 10;

/// More columns than any program exports.
pub const MAX_COLUMNS: usize = 1000;

/// A table with a header: columns by name, records by line.
#[derive(Clone)]
pub struct Table<'b> {
    separator: u8,
    columns: Vec<String>,
    /// The place of each name; of two with one name the first.
    places: HashMap<String, usize>,
    header_line: usize,
    bytes: &'b [u8],
    /// Where the first row begins, and on which line.
    below: (usize, usize),
    is_crlf: bool,
}

/// A record below the header.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its fields, as they stand.
    pub fields: Result<Vec<String>, Broken>,
}

/// Why a record has no fields.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Broken {
    /// A quotation mark opens in it and is not closed.
    OpenQuote,
    /// It has more bytes than [`MAX_RECORD_BYTES`].
    TooLong,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenQuote => f.write_str("a quotation mark is opened and never closed"),
            Self::TooLong => write!(f, "longer than {} kB", MAX_RECORD_BYTES >> 10),
        }
    }
}

impl<'b> Table<'b> {
    /// Returns the table in the bytes of a file; `None` where there is no header. Fields are
    /// separated by whichever of comma, semicolon and tab the header has most of. Bytes that are no
    /// UTF-8 are replaced.
    ///
    /// This looks at the first kilobytes only: a header is a line of text within
    /// [`MAX_RECORD_BYTES`] and of at most [`MAX_COLUMNS`]. Control characters below it stay in
    /// their fields, as do those of a write that broke off.
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let head = &bytes[..bytes.len().min(MAX_RECORD_BYTES)];
        let first = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty())?;
        if !is_text(first) {
            return None;
        }
        let separator = separator_of(first);
        if memchr::memchr_iter(separator, first).count() >= MAX_COLUMNS {
            return None;
        }
        let mut rows = Records::new(bytes, separator, (0, 1));
        let header = rows.next()?;
        let columns: Vec<String> = header.fields.ok()?.iter().map(|name| plain(name)).collect();
        if columns.len() > MAX_COLUMNS {
            return None;
        }
        let places = columns.iter().cloned().enumerate().rev().map(|(place, name)| (name, place)).collect();
        let (below, is_crlf) = (rows.place(), first.ends_with(b"\r"));
        Some(Self { separator, columns, places, header_line: header.line, bytes, below, is_crlf })
    }

    /// Returns the names of the columns in small letters, with `_` for blanks and hyphens.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Returns the place of a column; of two with one name the first.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Returns the line of the header, from 1.
    pub fn header_line(&self) -> usize {
        self.header_line
    }

    /// Returns the byte between fields.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// Returns what ends its lines.
    pub fn line_end(&self) -> &'static str {
        if self.is_crlf { "\r\n" } else { "\n" }
    }

    /// Returns the records below the header; lines with nothing in them are passed over.
    pub fn rows(&self) -> impl Iterator<Item = Row> + 'b {
        Records::new(self.bytes, self.separator, self.below)
    }

    /// Returns a number as [`number`] reads it in this table.
    pub fn number(&self, text: &str) -> Option<f64> {
        number(text, self.separator)
    }
}

/// Returns a number; with a comma for the point where commas do not separate fields.
pub fn number(text: &str, separator: u8) -> Option<f64> {
    let number = text.trim();
    let number = if separator == b',' { number.to_owned() } else { number.replace(',', ".") };
    number.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A name as it is compared: `Distance km` is `distance_km`.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

fn separator_of(header: &[u8]) -> u8 {
    let count = |separator: u8| memchr::memchr_iter(separator, header).count();
    [b';', b'\t'].into_iter().filter(|one| count(*one) > count(b',')).max_by_key(|one| count(*one)).unwrap_or(b',')
}

/// Whether bytes can be text: none of the bytes that texts do not have, which recordings and
/// pictures soon have.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31))
}

/// Returns a record as a line, without its end: fields are quoted where they have to be.
pub fn line(fields: &[String], separator: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    let written = writer.write_record(fields).ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8_lossy(&written).trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        Table::new(text.as_bytes()).map(|table| table.rows().collect()).unwrap_or_default()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let fields = ["a, b", "say \"no\"", "two\nlines", "", "5\" heel", " "].map(str::to_owned).to_vec();
        for separator in [b',', b';', b'\t'] {
            let header = "a,b,c,d,e,f".replace(',', &char::from(separator).to_string());
            let text = format!("{header}\n{}\nx\n", line(&fields, separator));
            let rows = rows(&text);
            assert_eq!(rows[0].fields.as_ref().unwrap(), &fields);
            assert_eq!((rows[1].line, rows.len()), (4, 2));
        }
    }

    #[test]
    fn a_mark_for_inches_opens_no_quotation() {
        let rows = rows("date,note\n1,5\" heel\n2,5\"\"\n");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].fields.as_ref().unwrap()[1], "5\" heel");
    }

    #[test]
    fn an_open_quotation_costs_its_own_line() {
        let rows = rows("date,note\n1,\"open\n2,x\n3,y");
        let told: Vec<_> = rows.iter().map(|row| (row.line, row.fields.is_ok())).collect();
        assert_eq!(told, [(2, false), (3, true), (4, true)]);
    }

    #[test]
    fn a_control_character_below_the_header_stays_in_its_field() {
        for control in 0..=0x1F {
            let letter = if b"\t\n\r".contains(&control) { b'x' } else { control };
            let text = [b"date,note\n1,a\n2,b".as_slice(), &[letter], b"\n3,c\n", &[letter; 40]].concat();
            let rows: Vec<Row> = Table::new(&text).expect("a header").rows().collect();
            let first: Vec<&str> = rows[..3].iter().map(|row| row.fields.as_ref().unwrap()[0].as_str()).collect();
            assert_eq!(first, ["1", "2", "3"], "{control}");
        }
    }

    /// The rows by the plainest of ways: for each record all bytes from it on, in time quadratic in
    /// them.
    fn slowly(text: &str) -> Vec<Row> {
        let (mut rest, mut line, mut rows) = (text.as_bytes(), 1, Vec::new());
        while !rest.is_empty() {
            let first = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
            let (mut is_quoted, mut at_start, mut closed, mut whole) = (false, true, false, None);
            for (i, byte) in rest.iter().enumerate() {
                let closes = *byte == b'"' && is_quoted;
                match byte {
                    b'"' if is_quoted => is_quoted = false,
                    b'"' if at_start || closed => is_quoted = true,
                    b'\n' if !is_quoted => {
                        whole = Some(i + 1);
                        break;
                    }
                    _ => {}
                }
                (closed, at_start) = (closes, !is_quoted && *byte == b',');
            }
            let whole = whole.or((!is_quoted).then_some(rest.len()));
            let record = &rest[..whole.unwrap_or(first)];
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(record);
            let fields: Vec<String> = match reader.records().next() {
                Some(Ok(fields)) => fields.iter().map(str::to_owned).collect(),
                _ => Vec::new(),
            };
            if whole.is_none() || fields.iter().any(|field| !field.trim().is_empty()) {
                rows.push(Row { line, fields: whole.map(|_| fields).ok_or(Broken::OpenQuote) });
            }
            line += memchr::memchr_iter(b'\n', record).count();
            rest = &rest[record.len()..];
        }
        rows
    }

    #[test]
    fn records_are_those_of_the_csv_crate_cut_by_looking_at_everything_again() {
        let mut seed = 7u32;
        let mut letter = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ["\"", "\"", ",", "\n", "x"][(seed >> 24) as usize % 5]
        };
        for length in 1..600 {
            let below: String = (0..length % 60).map(|_| letter()).collect();
            let text = format!("a,b\n{below}");
            assert_eq!(rows(&text), slowly(&text)[1..], "{text:?}");
        }
    }

    #[test]
    fn marks_that_never_close_cost_one_pass() {
        // On every line one opens, and closes what was open before: 10 MB take no longer than
        // reading them.
        let text = format!("date,note\n{}", "x\",\"\n".repeat(2_000_000));
        let mut rows = Records::new(text.as_bytes(), b',', (0, 1));
        assert_eq!(rows.by_ref().count(), 2_000_001);
        assert!(rows.walked <= 2 * text.len(), "{} bytes for {}", rows.walked, text.len());
    }

    #[test]
    fn what_is_no_text_or_has_no_header_of_a_line_is_no_table() {
        assert!(Table::new(&[b"date\0,km\n".as_slice(), b"1,2\n"].concat()).is_none(), "not text");
        assert!(Table::new(",".repeat(1_000_000).as_bytes()).is_none(), "no header");
        assert!(Table::new("date,".repeat(MAX_COLUMNS).as_bytes()).is_none(), "too many columns");
        assert!(Table::new("date,".repeat(MAX_COLUMNS - 1).as_bytes()).is_some());
        let long = format!("date,km\n{}\n1,2\n", ",".repeat(MAX_RECORD_BYTES));
        assert_eq!((rows(&long)[0].fields.clone(), rows(&long)[1].line), (Err(Broken::TooLong), 3));
    }

    #[test]
    fn empty_lines_a_mark_of_byte_order_and_foreign_line_ends_do_no_harm() {
        let table = Table::new(b"\xEF\xBB\xBF\r\nDate;Pain During\r\n\r\n;;\r\n1;2\r\n").expect("a header");
        assert_eq!((table.columns()[1].as_str(), table.header_line(), table.line_end()), ("pain_during", 2, "\r\n"));
        let rows: Vec<_> = table.rows().collect();
        assert_eq!((rows.len(), rows[0].line, rows[0].fields.as_ref().unwrap()[1].as_str()), (1, 5, "2"));
        assert!(Table::new(b"\n \n").is_none());
    }
}
