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
//! A record is what the `csv` crate takes for one. Before that the bytes are cut into records here, so that a
//! quotation mark that is never closed costs its own line and not the rest of the file, and each record knows its line.

use std::fmt;

/// A record longer than this (bytes) is no line that somebody wrote.
const MAX_RECORD_BYTES: usize = 64 << 10;

/// A table with a header: columns by name, records by line.
#[derive(Clone, Debug)]
pub struct Table<'b> {
    separator: u8,
    columns: Vec<String>,
    header_line: usize,
    rows: Records<'b>,
    is_crlf: bool,
}

/// A record below the header.
#[derive(Clone, Debug, Eq, PartialEq)]
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
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenQuote => f.write_str("a quotation mark is opened and never closed"),
        }
    }
}

impl<'b> Table<'b> {
    /// The table in the bytes of a file; `None` where there is no header. Fields are separated by whichever of comma,
    /// semicolon and tab the header has most of. Bytes that are no UTF-8 are replaced.
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let first = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty())?;
        let separator = separator_of(first);
        let mut rows = Records { bytes, line: 1, separator };
        let header = rows.next()?;
        let columns = header.fields.ok()?.iter().map(|name| plain(name)).collect();
        Some(Self { separator, columns, header_line: header.line, rows, is_crlf: first.ends_with(b"\r") })
    }

    /// The names of the columns in small letters, with `_` for blanks and hyphens.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The place of a column; of two with one name the first.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The line of the header, from 1.
    pub fn header_line(&self) -> usize {
        self.header_line
    }

    /// The byte between fields.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// What ends its lines.
    pub fn line_end(&self) -> &'static str {
        if self.is_crlf { "\r\n" } else { "\n" }
    }

    /// The records below the header; lines with nothing in them are passed over.
    pub fn rows(&self) -> impl Iterator<Item = Row> + 'b {
        self.rows.clone()
    }

    /// A number as [`number`] reads it in this table.
    pub fn number(&self, text: &str) -> Option<f64> {
        number(text, self.separator)
    }
}

/// A number; with a comma for the point where commas do not separate fields.
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

/// Records of bytes, the header among them.
#[derive(Clone, Debug)]
struct Records<'b> {
    bytes: &'b [u8],
    line: usize,
    separator: u8,
}

impl Iterator for Records<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.bytes.is_empty() {
            let whole = record_end(self.bytes, self.separator);
            let line_end = || self.bytes.iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |at| at + 1);
            let (record, rest) = self.bytes.split_at(whole.unwrap_or_else(line_end));
            let line = self.line;
            self.bytes = rest;
            self.line += memchr::memchr_iter(b'\n', record).count();
            let fields = match whole {
                Some(_) => Ok(fields(record, self.separator)),
                None => Err(Broken::OpenQuote),
            };
            let is_blank = fields.as_ref().is_ok_and(|fields| fields.iter().all(|field| field.trim().is_empty()));
            if !is_blank {
                return Some(Row { line, fields });
            }
        }
        None
    }
}

/// Where the first record ends, its line end included; `None` where a quotation mark is still open at the end of the
/// bytes or of any length that a record may have.
fn record_end(bytes: &[u8], separator: u8) -> Option<usize> {
    let (mut is_quoted, mut is_field_start, mut was_closed) = (false, true, false);
    for (i, byte) in bytes.iter().enumerate() {
        let closes = *byte == b'"' && is_quoted;
        match *byte {
            b'"' if is_quoted => is_quoted = false,
            // A doubled mark within quotes closes them and opens them again, which comes to the same.
            b'"' if is_field_start || was_closed => is_quoted = true,
            b'\n' if !is_quoted => return Some(i + 1),
            _ => {}
        }
        was_closed = closes;
        is_field_start = !is_quoted && *byte == separator;
        if is_quoted && i > MAX_RECORD_BYTES {
            return None;
        }
    }
    (!is_quoted).then_some(bytes.len())
}

fn fields(record: &[u8], separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(record.len().clamp(64, 8 << 10))
        .from_reader(record);
    let mut fields = csv::ByteRecord::new();
    // Reading from memory does not fail, and a flexible reader takes records of any length.
    match reader.read_byte_record(&mut fields) {
        Ok(true) => fields.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect(),
        _ => Vec::new(),
    }
}

/// A record as a line, without its end: fields are quoted where they have to be.
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
    fn empty_lines_a_mark_of_byte_order_and_foreign_line_ends_do_no_harm() {
        let table = Table::new(b"\xEF\xBB\xBF\r\nDate;Pain During\r\n\r\n;;\r\n1;2\r\n").expect("a header");
        assert_eq!((table.columns()[1].as_str(), table.header_line(), table.line_end()), ("pain_during", 2, "\r\n"));
        let rows: Vec<_> = table.rows().collect();
        assert_eq!((rows.len(), rows[0].line, rows[0].fields.as_ref().unwrap()[1].as_str()), (1, 5, "2"));
        assert!(Table::new(b"\n \n").is_none());
    }
}
