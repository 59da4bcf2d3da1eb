//! Why there is nothing to report on, in a sentence, and what to do about it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kneewise_import::{Ledger, Outcome, Row};

/// How each kind of file is called, by the ends of its names: one, many, the ends.
const KINDS: [(&str, &str, &[&str]); 5] = [
    ("photo", "photos", &["jpg", "jpeg", "png", "heic", "heif", "gif", "webp", "tif", "tiff", "raw", "dng"]),
    ("video", "videos", &["mp4", "mov", "avi", "mkv", "m4v"]),
    ("document", "documents", &["pdf", "doc", "docx", "odt", "rtf", "txt", "md", "html", "htm"]),
    ("table", "tables", &["csv", "tsv", "xls", "xlsx", "ods"]),
    ("sound file", "sound files", &["mp3", "m4a", "wav", "ogg", "flac"]),
];

/// A sentence on why nothing was read, and a hint in a line of its own.
pub fn nothing_read(paths: &[PathBuf], ledger: &Ledger) -> String {
    let (what, hint) = said(paths, ledger);
    format!("{what}\nhint: {hint}")
}

fn said(paths: &[PathBuf], ledger: &Ledger) -> (String, &'static str) {
    const EXPORT: &str = "name an export of your watch or app, or FIT, GPX and TCX files";
    let name = match paths {
        [only] => name_of(only),
        _ => "what you named".to_owned(),
    };
    if ledger.rows.iter().any(needs_password) {
        let name = ledger.rows.iter().find(|row| needs_password(row)).map_or(name, |row| archive_of(&row.path));
        return (format!("{name} needs a password."), "unpack it first, then name the folder with its files");
    }
    match ledger.rows.as_slice() {
        [] => (format!("{name} holds no files."), EXPORT),
        [only] if paths.iter().any(|path| path.is_file() && path.as_path() == Path::new(&only.path)) => {
            (format!("{name} is not a file of runs: {}.", reason(only)), EXPORT)
        }
        rows => match rows.iter().find(|row| row.outcome == Outcome::Unreadable) {
            Some(first) => {
                let n = rows.len();
                let all = if n == 1 { "1 file, which".to_owned() } else { format!("{n} files, none of which") };
                let verb = if n == 1 { "cannot" } else { "can" };
                (
                    format!(
                        "{name} holds {all} {verb} be read; {}: {}.",
                        name_of(Path::new(&first.path)),
                        reason(first)
                    ),
                    EXPORT,
                )
            }
            None => (format!("{name} holds {} and no runs.", kinds(rows)), EXPORT),
        },
    }
}

fn reason(row: &Row) -> &str {
    row.reason.as_deref().unwrap_or("it holds no activity").trim_end_matches('.')
}

fn needs_password(row: &Row) -> bool {
    let reason = row.reason.as_deref().unwrap_or_default().to_lowercase();
    row.outcome == Outcome::Unreadable && (reason.contains("password") || reason.contains("encrypted"))
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The innermost archive in the path of a member.
fn archive_of(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let archive = parts.iter().rev().skip(1).find(|part| part.to_lowercase().ends_with(".zip"));
    (*archive.or(parts.last()).unwrap_or(&path)).to_owned()
}

/// `12 photos, 3 documents and 1 other file`, the most frequent first.
fn kinds(rows: &[Row]) -> String {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        let end = row.path.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
        let kind = KINDS.iter().position(|(_, _, ends)| ends.contains(&end.as_str())).unwrap_or(KINDS.len());
        *counts.entry(kind).or_default() += 1;
    }
    let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(kind, n)| (*kind == KINDS.len(), std::cmp::Reverse(*n)));
    let is_alone = counts.len() == 1;
    let named = |(kind, n): &(usize, usize)| {
        let (one, many) = match KINDS.get(*kind) {
            Some((one, many, _)) => (*one, *many),
            None if is_alone => ("file of another kind", "files of other kinds"),
            None => ("other file", "other files"),
        };
        format!("{n} {}", if *n == 1 { one } else { many })
    };
    let names: Vec<String> = counts.iter().map(named).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(path: &str, outcome: Outcome, reason: &str) -> Row {
        let mut row = Row::new(path, outcome);
        (row.reason, row.bytes) = (Some(reason.to_owned()), 9);
        row
    }

    fn first_line(paths: &[&str], rows: Vec<Row>) -> String {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        nothing_read(&paths, &Ledger::new(rows)).lines().next().unwrap().to_owned()
    }

    #[test]
    fn the_reason_is_named_at_once() {
        let photo = |i: usize| row(&format!("photos.zip/IMG_{i}.JPG"), Outcome::Skipped, "not a recording");
        assert_eq!(
            first_line(&["photos.zip"], (0..12).map(photo).collect()),
            "photos.zip holds 12 photos and no runs."
        );
        let more = vec![photo(0), photo(1), row("photos.zip/a", Outcome::Skipped, "not a recording")];
        assert_eq!(first_line(&["photos.zip"], more), "photos.zip holds 2 photos, 1 other file and no runs.");
        let member = row("export/encrypted.zip/#0", Outcome::Unreadable, "Password required to decrypt file");
        assert_eq!(first_line(&["export"], vec![member]), "encrypted.zip needs a password.");
        assert_eq!(first_line(&["here"], Vec::new()), "here holds no files.");
        let broken = row("runs/a.fit", Outcome::Unreadable, "the file is cut off");
        assert_eq!(
            first_line(&["runs"], vec![broken]),
            "runs holds 1 file, which cannot be read; a.fit: the file is cut off."
        );
    }
}
