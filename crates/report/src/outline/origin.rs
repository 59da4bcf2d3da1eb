//! Where the numbers come from: the files, and what holds for many of the runs.

use std::collections::BTreeMap;

use kneewise_core::activity::{Note, NoteKind};
use kneewise_core::sport::Sport;
use kneewise_import::{Outcome, Row};

use crate::Document;
use crate::words::{count, file_name, printable};

use super::{Block, Item, Section};

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
        *sports.entry(activity.sport.name().replace('_', " ")).or_default() += 1;
    }
    let found = sports.iter().map(|(sport, n)| format!("{n} {sport}")).collect::<Vec<_>>().join(", ");
    let text = if ledger.inputs == 0 {
        "No file was looked at, so there is nothing to report on.".to_owned()
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
    Section { heading: "No runs", blocks: vec![Block::Text(text)] }
}

pub(super) fn files(document: &Document) -> Section {
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
    let counts = ledger.counts;
    if counts.salvaged + counts.skipped + counts.unreadable > 0 {
        blocks.push(Block::Aside("kneewise scan PATH... lists every file and what became of it.".to_owned()));
    }
    let notes: Vec<String> = shared_notes(document).collect();
    if !notes.is_empty() {
        blocks.push(Block::List(notes));
    }
    Section { heading: "Files", blocks }
}

/// The notes that many runs share, the most frequent first.
fn shared_notes(document: &Document) -> impl Iterator<Item = String> {
    let mut runs_by_note: BTreeMap<(NoteKind, &str), usize> = BTreeMap::new();
    // The ground of a cadence is told with its number, so that no two runs share one; JSON has them.
    let is_told = |note: &&Note| !matches!(note.kind, NoteKind::CadenceBasis | NoteKind::Session);
    for note in document.report.log.runs().iter().flat_map(|run| &run.notes).filter(is_told) {
        *runs_by_note.entry((note.kind, note.text.as_str())).or_default() += 1;
    }
    let mut notes: Vec<_> = runs_by_note.into_iter().filter(|(_, runs)| *runs >= SHARED_BY).collect();
    notes.sort_by_key(|(_, runs)| std::cmp::Reverse(*runs));
    notes.into_iter().take(NAMED).map(|((kind, text), runs)| match kind {
        NoteKind::Clock => format!(
            "{} are dated by UTC: their files name no time zone. --tz NAME, such as --tz Asia/Shanghai, puts them on \
             local days.",
            count(runs, "run")
        ),
        _ => format!("{}: {}.", count(runs, "run"), printable(text)),
    })
}
