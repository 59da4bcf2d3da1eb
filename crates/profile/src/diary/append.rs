//! Adding an entry: one line at the end, and nothing before it touched.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use kneewise_core::runner::Entry;
use kneewise_table::{Row, Table};

use super::COLUMNS;
use crate::{Error, file};

/// Adds an entry to the end of a diary, and makes the file (mode 0600) where there is none.
///
/// The line, with the header in a new file, is one write at the end of the file, which is locked
/// meanwhile and on the disk before this returns. The file's own columns and separator are kept to.
///
/// # Errors
/// [`Error::NoColumns`] where the entry says something for which the header has no column,
/// [`Error::OpenEnd`] where the last line would swallow the new one, [`Error::NotADiary`] where the
/// file is something else, [`Error::Io`] and [`Error::NotAdded`] where it cannot be written.
/// Nothing is written then; where a part of the line was, and cannot be taken away again, it is
/// [`Error::TornEnd`].
pub fn append(path: &Path, entry: &Entry) -> Result<(), Error> {
    file::regular_or_none(path)?;
    file::make_folder(path)?;
    let mut file =
        file::private(OpenOptions::new().read(true).append(true).create(true)).open(path).map_err(file::named(path))?;
    file.lock().map_err(file::named(path))?;
    let before = file::bytes(path, &file)?;
    let addition = addition(&before, entry, &path.display().to_string())?;
    let added = file.write_all(addition.as_bytes()).and_then(|()| file.sync_all());
    added.map_err(|error| {
        let path = path.display().to_string();
        match file.set_len(before.len() as u64).and_then(|()| file.sync_all()) {
            Ok(()) => Error::NotAdded { path, error },
            Err(_) => Error::TornEnd { path, error },
        }
    })
}

/// What has to stand behind these bytes for the entry to be in the diary.
fn addition(before: &[u8], entry: &Entry, path: &str) -> Result<String, Error> {
    let of = |name: &str| COLUMNS.iter().find(|column| column.name == name).map(|column| (column.get)(entry));
    let Some(table) = Table::new(before) else {
        if !before.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(before).trim_ascii().is_empty() {
            return Err(Error::NotADiary { path: path.to_owned() });
        }
        let header: Vec<String> = COLUMNS.iter().map(|column| column.name.to_owned()).collect();
        let fields: Vec<String> = COLUMNS.iter().map(|column| (column.get)(entry)).collect();
        let gap = if before.is_empty() || before.ends_with(b"\n") { "" } else { "\n" };
        let line = |fields: &[String]| kneewise_table::line(fields, b',');
        return Ok(format!("{gap}{}\n{}\n", line(&header), line(&fields)));
    };
    let line = table.header_line();
    let is_needed = |name: &str| name == "date" || of(name).is_some_and(|text| !text.is_empty());
    let mut columns = COLUMNS.iter().map(|column| column.name.to_owned()).collect::<Vec<_>>();
    columns.retain(|name| is_needed(name) && table.column(name).is_none());
    if !columns.is_empty() {
        return Err(Error::NoColumns { path: path.to_owned(), line, columns });
    }
    let end = table.line_end();
    let own = |(i, name): (usize, &String)| of(name).filter(|_| table.column(name) == Some(i)).unwrap_or_default();
    let fields: Vec<String> = table.columns().iter().enumerate().map(own).collect();
    // The last line may lack its end, where somebody wrote it with an editor.
    let gap = if before.ends_with(b"\n") { "" } else { end };
    let addition = format!("{gap}{}{end}", kneewise_table::line(&fields, table.separator()));
    let after = [before, addition.as_bytes()].concat();
    let last: Option<Row> = Table::new(&after).and_then(|table| table.rows().last());
    match last.map(|row| row.fields) {
        Some(Ok(read)) if read == fields => Ok(addition),
        _ => Err(Error::OpenEnd { path: path.to_owned() }),
    }
}
