//! Where the numbers come from: the files, and what holds for many of the runs.

use std::collections::BTreeMap;

use kneewise_import::{Outcome, Row};
use kneewise_read::activity::{Note, NoteKind};
use kneewise_read::sport::Sport;

use crate::Document;
use crate::hint::Hint;
use crate::words::{count, file_name, not_counted, printable, sport};

use super::{Block, Item, Points, Section};

/// Damaged files that are named, and shared notes that are told.
const NAMED: usize = 5;

/// A note on so many runs is worth a line.
const SHARED_BY: usize = 3;

/// What was found where there is no run to report on.
pub(super) fn nothing(document: &Document) -> Section {
    let ledger = document.ledger;
    let mut sports: BTreeMap<String, usize> = BTreeMap::new();
    let activities = ledger.rows.iter().flat_map(|row| &row.activities);
    let runs = activities.clone().filter(|activity| activity.sport == Sport::Running).count();
    for activity in activities {
        *sports.entry(sport(activity.sport)).or_default() += 1;
    }
    let found = sports.iter().map(|(sport, n)| format!("{n} {sport}")).collect::<Vec<_>>().join(", ");
    let text = if ledger.inputs == 0 {
        "No file was read, so there is nothing to report on.".to_owned()
    } else if runs > 0 {
        format!(
            "No run on or before {}. The files hold these activities, later runs among them: {found}.",
            document.report.as_of
        )
    } else if sports.is_empty() {
        "No run, and no other activity, was found in the files.".to_owned()
    } else {
        format!("No run was found. The files hold other activities: {found}.")
    };
    Section { heading: "No runs".into(), blocks: vec![Block::Text(text)] }
}

pub(crate) fn files(document: &Document) -> Section {
    let ledger = document.ledger;
    let not_whole = |row: &&Row| matches!(row.outcome, Outcome::Salvaged | Outcome::Unreadable);
    let mut blocks = vec![Block::Text(format!("{ledger}."))];
    let named: Vec<Item> = (ledger.rows.iter().filter(not_whole).take(NAMED))
        .map(|row| Item {
            name: format!("{} ({})", printable(file_name(&row.path)), row.outcome),
            text: printable(row.reason.as_deref().unwrap_or_default()),
            detail: String::new(),
        })
        .collect();
    if !named.is_empty() {
        blocks.push(Block::Items(named));
    }
    blocks.extend(not_counted(ledger).map(|text| Block::Text(format!("{text}."))));
    blocks.extend(own_files(document));
    blocks.extend(left_aside(document));
    let counts = ledger.counts;
    if counts.salvaged + counts.skipped + counts.unreadable > 0 {
        blocks.push(Block::Hint(Hint::Scan));
    }
    let notes: Vec<String> = shared_notes(document).collect();
    if !notes.is_empty() {
        blocks.push(Block::List(notes));
    }
    Section { heading: "Files".into(), blocks }
}

/// The options that would use the runner's own files among the inputs, where nothing of the kind
/// was used.
pub(crate) fn unused_own(document: &Document) -> Vec<&'static str> {
    let skipped = document.ledger.rows.iter().filter(|row| row.outcome == Outcome::Skipped);
    let options = skipped.filter_map(|row| match file_name(&row.path) {
        "diary.csv" => Some(("diary", "--diary diary.csv")),
        "profile.toml" => Some(("profile", "--profile profile.toml")),
        "kneewise.toml" => Some(("rules", "--config kneewise.toml")),
        _ => None,
    });
    let mut unused: Vec<&str> = options
        .filter(|(what, _)| document.own.iter().all(|file| file.what != *what))
        .map(|(_, option)| option)
        .collect();
    unused.dedup();
    unused
}

/// That they lie there.
fn left_aside(document: &Document) -> Option<Block> {
    let unused = unused_own(document);
    let text = || {
        format!(
            "Your diary, profile or settings are among these files and were not used: name them with {}.",
            unused.join(" and ")
        )
    };
    (!unused.is_empty()).then(|| Block::Text(text()))
}

/// The runner's own files, and what could not be read of them.
fn own_files(document: &Document) -> Vec<Block> {
    let own = document.own;
    if own.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = own.iter().map(|file| format!("{} ({})", file.what, printable(&file.name))).collect();
    let mut blocks = vec![Block::Text(format!("Made with your {}.", names.join(", ")))];
    blocks.extend(own.iter().filter(|file| !file.problems.is_empty()).map(|file| {
        let more = file.problems.len().saturating_sub(NAMED);
        let more =
            if more > 0 { format!("and {more} more; kneewise {} list names them", file.what) } else { String::new() };
        Block::Points(Points {
            caption: format!("Not fully read: {}", printable(&file.name)),
            lines: file.problems.iter().take(NAMED).map(|problem| printable(problem)).collect(),
            more,
        })
    }));
    blocks
}

/// The notes that many runs share, the most frequent first; what they count is added up.
fn shared_notes(document: &Document) -> impl Iterator<Item = String> {
    let mut shared: BTreeMap<(NoteKind, &str), (usize, usize)> = BTreeMap::new();
    // The ground of a cadence is told with its number, so that no two runs share one; JSON has
    // them.
    let is_told = |note: &&Note| !matches!(note.kind, NoteKind::CadenceBasis | NoteKind::Session | NoteKind::MixedForm);
    for note in document.report.log.runs().iter().flat_map(|run| &run.notes).filter(is_told) {
        let (runs, sum) = shared.entry((note.kind, note.what())).or_default();
        *runs += 1;
        *sum += note.count.unwrap_or(0);
    }
    let mut notes: Vec<_> = shared.into_iter().filter(|(_, (runs, _))| *runs >= SHARED_BY).collect();
    notes.sort_by_key(|(_, (runs, _))| std::cmp::Reverse(*runs));
    notes.into_iter().take(NAMED).map(|((kind, text), (runs, sum))| match (kind, sum) {
        (NoteKind::NoZone, _) => format!(
            "{} are dated by UTC, because their files name no time zone. --tz NAME, such as --tz Asia/Shanghai, puts them on local \
             days.",
            count(runs, "run")
        ),
        (_, 0) => format!("{}: {}.", count(runs, "run"), printable(text)),
        _ => format!("{}: {}: {sum} in all.", count(runs, "run"), printable(text)),
    })
}
