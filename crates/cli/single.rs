//! From one path to one file: a file as it is, one of an archive, or standard input.

use std::io;
use std::path::Path;

use anyhow::{Context, bail};
use kneewise_import::{Import, LoadError, Loaded, Options, Outcome, Row, import, import_loaded, load, load_from};
use kneewise_read as read;
use kneewise_read::ReadError;

/// What `-` is called in what is shown.
const STANDARD_INPUT: &str = "standard input";

/// So many files of an archive are named; `runs` lists all.
const MOST_NAMED: usize = 20;

/// The file that a path leads to; of an archive with one run, that run.
pub fn file(path: &Path) -> anyhow::Result<Loaded> {
    let named = || path.display().to_string();
    if path == Path::new("-") {
        return load_from(STANDARD_INPUT, io::stdin().lock()).context(STANDARD_INPUT);
    }
    match load(path) {
        Ok(loaded) => Ok(loaded),
        Err(LoadError::Archive) => load(Path::new(&only_run(path)?)).with_context(named),
        Err(_) if is_line(path) => bail!("{}: {}", named(), hand_kept(&of_line(path).unwrap_or_default())),
        Err(LoadError::Folder) => bail!("{0}: a folder, not a file; `kneewise runs {0}` lists the runs in it", named()),
        Err(error) => Err(error).with_context(named),
    }
}

/// The file that `log.csv:17` names a line of, as reports name the runs of a log kept by hand.
fn of_line(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    let (file, line) = text.rsplit_once(':')?;
    (!line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())).then(|| file.to_owned())
}

fn is_line(path: &Path) -> bool {
    of_line(path).is_some_and(|file| load(Path::new(&file)).is_ok_and(|log| is_hand_kept(&log)))
}

/// Whether a file is a log kept by hand, of whose runs nothing is known but their rows.
pub fn is_hand_kept(file: &Loaded) -> bool {
    let is_table = matches!(read::read(&file.bytes), Err(ReadError::UnknownFormat));
    let has_rows = |import: &Import| import.ledger.has_activities();
    is_table && has_rows(&import_loaded(std::slice::from_ref(file), &Options::default()))
}

/// Why a run of such a log cannot be shown, and what shows it.
pub fn hand_kept(file: &str) -> String {
    format!("a log kept by hand has no more of a run than its line; `kneewise runs {file}` shows them")
}

/// The path of the one run in an archive, or of the one recording where none is a run.
fn only_run(archive: &Path) -> anyhow::Result<String> {
    // The archive may lie in another one, which is what can be opened.
    let on_disk = archive.ancestors().find(|path| path.is_file()).unwrap_or(archive).to_owned();
    let all = import(&[on_disk], &Options::default());
    let within = format!("{}/", archive.to_string_lossy().replace('\\', "/"));
    let of_archive = |row: &&Row| row.path.starts_with(&within) && !row.activities.is_empty();
    let rows: Vec<&Row> = all.ledger.rows.iter().filter(of_archive).collect();
    let runs: Vec<&&Row> = rows.iter().filter(|row| holds_run(row) && row.outcome != Outcome::Duplicate).collect();
    match (runs.as_slice(), rows.as_slice()) {
        ([only], _) => Ok(only.path.clone()),
        ([], [only]) => Ok(only.path.clone()),
        (_, []) => bail!("{}: nothing readable in this archive. `kneewise scan` tells why", archive.display()),
        (_, several) => {
            let names: Vec<String> = several.iter().take(MOST_NAMED).map(|row| described(row)).collect();
            let more = several.len().saturating_sub(MOST_NAMED);
            let more =
                if more > 0 { format!("\n  and {more} more, which `kneewise scan` lists") } else { String::new() };
            let n = several.len();
            bail!(
                "{}: a zip archive of {n} recordings; name one of them:\n{}{more}",
                archive.display(),
                names.join("\n")
            )
        }
    }
}

fn holds_run(row: &Row) -> bool {
    row.activities.iter().any(|activity| activity.sport == kneewise_read::sport::Sport::Running)
}

/// A file of an archive: how to name it, and what it is.
fn described(row: &Row) -> String {
    let what = row.activities.iter().map(|activity| {
        let length = activity.distance_m.map_or(String::new(), |metres| format!(", {:.2} km", metres / 1000.0));
        format!("{} at {}{length}", activity.sport.name().replace('_', " "), activity.start)
    });
    format!("  {}  ({})", row.path, what.collect::<Vec<_>>().join("; "))
}
