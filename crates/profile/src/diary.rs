//! `diary.csv`: a line a day or run, in the runner's own file. It is only ever added to: a line
//! with something wrong in it is named, and stays as it is.

mod append;
mod columns;

use std::path::Path;

use kneewise_core::runner::{Diary, Entry};
use kneewise_table::{Row, Table};

use crate::{Error, Problem, file, spelling};
pub use append::append;
pub use columns::{COLUMNS, Column};

/// What a diary says, and what could not be read of it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ParsedRow {
    /// The entries.
    pub diary: Diary,
    /// Lines with something wrong in them; what else they say is among the entries.
    pub problems: Vec<Problem>,
}

/// So many problems are named: a file with more is no diary that somebody will mend line by line.
const MOST_PROBLEMS: usize = 1000;

/// Reads a diary; `None` where there is no file.
///
/// # Errors
/// Where the file cannot be read, and as of [`parse`].
pub fn load(path: &Path) -> Result<Option<ParsedRow>, Error> {
    file::read(path)?.map(|bytes| parse(&bytes, &path.display().to_string())).transpose()
}

/// Reads a diary; `path` names it in errors. The columns may stand in any order and most may be
/// missing.
///
/// A value that cannot be is named and left out, and the rest of its line counts: what else it says
/// may matter more.
///
/// # Errors
/// [`Error::NoDateColumn`] where the header has no `date`, [`Error::NotADiary`] where there is no
/// header; a file with nothing in it is an empty diary.
pub fn parse(bytes: &[u8], path: &str) -> Result<ParsedRow, Error> {
    let Some(table) = Table::new(bytes) else {
        let is_empty = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii().is_empty();
        return if is_empty { Ok(ParsedRow::default()) } else { Err(Error::NotADiary { path: path.to_owned() }) };
    };
    if table.column("date").is_none() {
        return Err(Error::NoDateColumn { path: path.to_owned(), line: table.header_line() });
    }
    let mut problems = Vec::new();
    let columns = columns_of(&table, &mut problems);
    let mut entries = Vec::new();
    let (mut more, mut last_problem) = (0, 0);
    for row in table.rows() {
        let line = row.line;
        entries.extend(entry(row, &table, &columns, &mut problems));
        if problems.len() > MOST_PROBLEMS {
            more += problems.drain(MOST_PROBLEMS..).count();
            last_problem = line;
        }
    }
    if more > 0 {
        let what = format!("the last of {more} more that are not named");
        problems.push(Problem { line: last_problem, column: None, what, count: 1 });
    }
    Ok(ParsedRow { diary: Diary::new(entries), problems })
}

/// Puts what somebody typed into an entry, as the column of that name reads it; commas may stand
/// for points.
///
/// # Errors
/// Says what is wrong with it: a column or a value that is not known, or a number out of range.
pub fn set(entry: &mut Entry, column: &str, text: &str) -> Result<(), String> {
    if text.contains(is_foreign) {
        return Err("has a control character, which no keyboard writes".to_owned());
    }
    let known = COLUMNS.iter().find(|known| known.name == column);
    let known = known.ok_or_else(|| format!("there is no column {column}"))?;
    (known.set)(entry, text.trim(), b';').map_err(|why| format!("\"{text}\" is not {why}"))
}

/// Returns whether a character is one that nobody types into a diary.
fn is_foreign(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// What each column of the file holds; `None` for those that are the runner's own affair.
fn columns_of(table: &Table, problems: &mut Vec<Problem>) -> Vec<Option<&'static Column>> {
    let line = table.header_line();
    let known = || COLUMNS.iter().map(|column| column.name);
    let of = |(i, name): (usize, &String)| {
        let column = COLUMNS.iter().find(|column| column.name == name);
        let what = match column {
            Some(_) if table.column(name) != Some(i) => "appears twice; the first counts".to_owned(),
            None if !name.is_empty() => {
                let meant = spelling::nearest(name, known());
                let meant = meant.map_or_else(String::new, |meant| format!(" (did you mean `{meant}`?)"));
                format!("is not known{meant}; it stays in the file and is not read")
            }
            _ => return column,
        };
        problems.push(Problem { line, column: Some(name.clone()), what, count: 1 });
        None
    };
    table.columns().iter().enumerate().map(of).collect()
}

fn entry(row: Row, table: &Table, columns: &[Option<&'static Column>], problems: &mut Vec<Problem>) -> Option<Entry> {
    let line = row.line;
    let mut problem = |column: Option<&str>, what: String| {
        problems.push(Problem { line, column: column.map(str::to_owned), what, count: 1 });
    };
    let fields = match row.fields {
        Ok(fields) => fields,
        Err(broken) => {
            problem(None, format!("{broken}; the line is not read and stays in the file"));
            return None;
        }
    };
    let date_at = table.column("date")?;
    let day = fields.get(date_at).map_or("", |field| field.trim());
    let Some(date) = columns::day(day) else {
        problem(
            Some("date"),
            format!("\"{day}\" is not a day such as 2026-03-01; the line is not read and stays in the file"),
        );
        return None;
    };
    if fields.iter().any(|field| field.contains(is_foreign)) {
        problem(None, "has a control character, which no keyboard writes; the rest counts".to_owned());
    }
    let mut entry = Entry::on(date);
    for (field, column) in fields.iter().zip(columns) {
        let Some(column) = column.filter(|_| !field.trim().is_empty()) else { continue };
        if let Err(why) = (column.set)(&mut entry, field.trim(), table.separator()) {
            problem(Some(column.name), format!("\"{}\" is not {why}; the rest of the line counts", field.trim()));
        }
    }
    if fields.iter().skip(columns.len()).any(|field| !field.trim().is_empty()) {
        problem(None, format!("has more fields than the header ({}); those to the right are not read", columns.len()));
    }
    Some(entry)
}

#[cfg(test)]
mod tests;
