//! Which files a result must not replace.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::bail;
use kneewise_profile::{diary, profile};
use kneewise_read::sniff;
use kneewise_report::FORMATS;

/// A file that a result must not replace, and what it is.
pub struct Kept {
    pub path: PathBuf,
    pub what: &'static str,
}

/// Fails where `output` is one of `own`, whether that is there yet or not, or no place for a file.
/// To be asked before any work.
pub fn spare_own(output: Option<&Path>, own: &[Kept]) -> anyhow::Result<()> {
    let Some(output) = output else { return Ok(()) };
    let shown = output.display();
    if let Some(kept) = own.iter().find(|kept| is_same(output, &kept.path)) {
        bail!("{shown} is {}; name another file for the output", kept.what);
    }
    if output.is_dir() {
        bail!("{shown} is a folder; name a file for the output");
    }
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("could not write {shown}: there is no folder {}", folder.display());
    }
    Ok(())
}

static FORCE: OnceLock<bool> = OnceLock::new();

/// Says at the beginning whether a result may replace a file that nobody knows.
pub fn set_force(force: bool) {
    // Only `main` sets it, and once.
    let _ = FORCE.set(force);
}

/// Checks that `output` is no file that is read, skipped files included, and nothing that somebody
/// else made. An old result of ours may be replaced, and so may an empty file that is no input.
///
/// # Errors
/// Names the file, what it is and how to go on.
pub fn spare_inputs(output: Option<&Path>, inputs: impl Iterator<Item = PathBuf>) -> anyhow::Result<()> {
    let force = FORCE.get().copied().unwrap_or_default();
    let Some(output) = output else { return Ok(()) };
    replaceable(output, inputs, force)
}

fn replaceable(output: &Path, mut inputs: impl Iterator<Item = PathBuf>, force: bool) -> anyhow::Result<()> {
    // What is not there yet can be no input, and a pipe or a device keeps nothing.
    if !output.is_file() {
        return Ok(());
    }
    let (ends, shown) = (ends(output), output.display());
    let what = precious(&ends);
    if what.is_none() && is_ours(&ends) {
        return Ok(());
    }
    if inputs.any(|input| input.is_file() && is_same(output, &input)) {
        bail!("{shown} is one of the files to read; name another file for the output");
    }
    if let Some(what) = what {
        bail!("{shown} is there already and is {what}; name another file for the output");
    }
    if !ends.is_empty() && !force {
        bail!(
            "{shown} is there already, and kneewise did not write it; name another file for the output, or add --force"
        );
    }
    Ok(())
}

/// Returns whether two paths lead to the same file, through links too, or will once it exists.
fn is_same(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(a), Ok(b)) = (a.metadata(), b.metadata()) {
        use std::os::unix::fs::MetadataExt;
        if (a.dev(), a.ino()) == (b.dev(), b.ino()) {
            return true;
        }
    }
    true_path(a) == true_path(b)
}

/// Where a path leads to, links followed; what is not there yet lies in a folder that is.
pub fn true_path(path: &Path) -> PathBuf {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(there) = path.canonicalize() {
            return there;
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let Some(name) = path.file_name() else { return path };
        // A link that leads to nothing yet.
        match path.read_link() {
            Ok(next) => path = folder.join(next),
            Err(_) => return folder.join(name),
        }
    }
    path
}

/// The first bytes of a file and, where it has more, the last.
fn ends(path: &Path) -> Vec<u8> {
    const BYTES: u64 = 64 << 10;
    let mut ends = Vec::new();
    let mut read = |path| {
        let mut file = File::open(path)?;
        file.by_ref().take(BYTES).read_to_end(&mut ends)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(BYTES).max(BYTES)))?;
        file.take(BYTES).read_to_end(&mut ends)
    };
    if path.is_file() {
        // What cannot be read is known for nothing.
        let _ = read(path);
    }
    ends
}

/// What a file is that somebody would miss: by what is in it.
fn precious(head: &[u8]) -> Option<&'static str> {
    if sniff(head).is_some() {
        return Some("a recording");
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(&[0x1F, 0x8B]) {
        return Some("an archive");
    }
    let text = String::from_utf8_lossy(head);
    let columns: Vec<&str> = text.lines().next().unwrap_or_default().split([',', ';', '\t']).map(str::trim).collect();
    let is_of_diary = |name: &str| name != "date" && diary::COLUMNS.iter().any(|column| column.name == name);
    if columns.contains(&"date") && columns.iter().any(|name| is_of_diary(name)) {
        return Some("a diary");
    }
    let is_template = text.starts_with("# Your profile for kneewise");
    if is_template || profile::parse(&text, "").is_ok_and(|known| known != profile::Profile::default()) {
        return Some("a profile");
    }
    text.lines().any(|line| line.trim_start().starts_with("[rules")).then_some("a file of settings")
}

/// What an old result of ours that is no report begins with, and what is further down in it.
const OURS: &[(&str, &str)] = &[
    ("kneewise trend · ", ""),
    ("{\n  \"schema_version\": ", "\n  \"convention\": "),
    ("{\n  \"inputs\": ", "\n  \"counts\": {"),
    ("[\n  {\n    \"id\": \"", "\n    \"local_date\": \""),
    ("[\n  {\n    \"start\": \"", "\n    \"runs_without_distance\": "),
    ("[\n  {\n    \"file\": \"", "\n    \"format\": \""),
    ("{\"format\":\"", "\"bytes\":"),
    ("id,start,local_date,sport,", ""),
    ("start,distance_m,timer_s,runs,", ""),
    ("date,load_id,convention,", ""),
    ("start,load_id,convention,", ""),
    ("metric,unit,run,local_date,", ""),
    ("date        id  ", ""),
    ("week from ", ""),
    ("date        runs ", ""),
    ("<svg role=\"img\" aria-label=\"", "</svg>"),
    ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", " class=\"chart \""),
];

/// Returns whether a file is an old result of ours, by its first and last bytes.
fn is_ours(ends: &[u8]) -> bool {
    let text = String::from_utf8_lossy(ends);
    let mut text: &str = &text;
    while let Some(rest) = text.strip_prefix("\u{1B}[") {
        text = rest.split_once('m').map_or("", |(_, rest)| rest);
    }
    let first = text.lines().next().unwrap_or_default();
    let marks = || FORMATS.iter().flat_map(|format| format.marks).chain(OURS);
    let is_listed = || marks().any(|(begin, further)| text.starts_with(begin) && text.contains(further));
    let is_shown = || {
        let headings = ["WHERE IT IS FROM", "## Where it is from"];
        first.contains(" · ") && headings.iter().any(|heading| text.contains(heading))
    };
    let is_inspected = || {
        let after = ["FIT, ", "GPX, ", "TCX, "].iter().find_map(|format| first.strip_prefix(format));
        let bytes = after.and_then(|rest| rest.split_once(" bytes"));
        bytes.is_some_and(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
    };
    let is_ledger = || {
        let mut outcomes = kneewise_import::Outcome::ALL.iter().map(|outcome| outcome.name());
        outcomes.any(|name| first.strip_prefix(name).is_some_and(|rest| rest.starts_with("  ")))
            && [" file: ", " files: "].iter().any(|sum| text.contains(sum))
    };
    let is_frame =
        || text.starts_with("PAR1") && (text.contains("local_date") || text.contains("runs_without_distance"));
    let is_picture = || ends.starts_with(b"\x89PNG") && text.contains("Software\0kneewise");
    is_listed() || is_picture() || is_shown() || is_inspected() || is_ledger() || is_frame()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn by_whatever_path_a_file_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("diary.csv"), "date,note\n").unwrap();
        fs::create_dir(at("in")).unwrap();
        let own = [
            Kept { path: at("diary.csv"), what: "your diary" },
            Kept { path: at("in/none.toml"), what: "your profile" },
        ];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("diary.csv", at("link")).unwrap();
            std::os::unix::fs::symlink("in/none.toml", at("dangling")).unwrap();
            fs::hard_link(at("diary.csv"), at("hard")).unwrap();
        }
        let names: &[&str] =
            if cfg!(unix) { &["link", "hard", "dangling", "in/../diary.csv"] } else { &["in/../diary.csv"] };
        for name in names.iter().chain(&["diary.csv", "in/none.toml"]) {
            let said = spare_own(Some(&at(name)), &own).expect_err(name).to_string();
            assert!(said.contains("; name another file for the output"), "{said}");
        }
        spare_own(Some(&at("new.txt")), &own).unwrap();
        assert!(spare_own(Some(&at("in")), &own).is_err(), "a folder");
        assert!(spare_own(Some(&at("no/such")), &own).is_err(), "nowhere");
    }

    #[test]
    fn what_no_other_program_could_make_again_is_known_by_what_is_in_it() {
        let what = |text: &str| precious(text.as_bytes());
        assert!(what("note;Date;x\n").is_none(), "no column of a diary by these names");
        assert_eq!(what("date,pain_during\n"), Some("a diary"));
        assert_eq!(what("birth_year = 1988\n"), Some("a profile"));
        assert_eq!(what("[rules]\nignore = []\n"), Some("a file of settings"));
        assert_eq!(what("<gpx></gpx>"), Some("a recording"));
        assert_eq!(what("shopping list"), None);
        assert!(is_ours("\u{1B}[1mkneewise report · as of 2026-03-01".as_bytes()) && !is_ours(b""));
        assert!(is_ours(b"read        a.fit (running)\n\n1 file: 1 read\n") && !is_ours(b"read        about knees\n"));
        assert!(is_ours(b"FIT, 10,287 bytes\n") && !is_ours(b"FIT, GPX and TCX: notes of 3 bytes\n"));
        assert!(!is_ours(b"{\n  \"schema_version\": 2,\n  \"name\": \"mine\"\n}\n"), "somebody else's data");
    }

    #[test]
    fn what_somebody_else_wrote_is_replaced_only_when_told_to() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str, held: &str| {
            fs::write(folder.path().join(name), held).unwrap();
            folder.path().join(name)
        };
        let none = || std::iter::empty::<PathBuf>();
        for (name, held) in [("log.csv", "date,distance_km\n2026-03-01,5\n"), ("a.txt", "what Ann said"), ("b", " ")] {
            let path = at(name, held);
            let said = replaceable(&path, none(), false).expect_err(name).to_string();
            assert!(said.contains("kneewise did not write it") && said.contains("--force"), "{said}");
            replaceable(&path, none(), true).unwrap();
            assert!(replaceable(&path, std::iter::once(path.clone()), true).is_err(), "no input is ever replaced");
        }
        let recording = at("a.gpx", "<gpx></gpx>");
        assert!(replaceable(&recording, none(), true).is_err(), "no recording either");
        let empty = at("empty", "");
        replaceable(&empty, none(), false).unwrap();
        assert!(replaceable(&empty, std::iter::once(empty.clone()), false).is_err(), "a skipped file is an input");
        let result = at("report.txt", "kneewise report · as of 2026-03-01 · 1 run");
        replaceable(&result, std::iter::once(result.clone()), false).unwrap();
    }
}
