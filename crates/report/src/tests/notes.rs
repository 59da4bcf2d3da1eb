//! What many runs have in common is said once.

use kneewise_core::Run;
use kneewise_read::activity::{Note, NoteKind};

use super::{AS_OF, report, runs, text};

fn report_with(note: impl Fn(usize) -> Note) -> String {
    let noted = |(i, mut run): (usize, Run)| {
        run.notes = vec![note(i)];
        run
    };
    let text = text(&report(runs().into_iter().enumerate().map(noted).collect(), AS_OF));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn counts_of_one_kind_are_added_up() {
    let said = report_with(|i| Note::counted(NoteKind::Samples, "samples left out", i));
    let sum: usize = (0..48).sum();
    assert!(said.contains(&format!("48 runs: samples left out: {sum} in all.")), "{said}");
    let said = report_with(|_| Note::new(NoteKind::Samples, "left out, of 3: 2"));
    assert!(said.contains("48 runs: left out, of 3: 2."), "a number in a text is no count: {said}");
}

#[test]
fn only_runs_without_a_zone_are_said_to_be_dated_by_utc() {
    let is_said = |kind| report_with(|_| Note::new(kind, "the clock was set back")).contains("are dated by UTC");
    assert!(is_said(NoteKind::NoZone) && !is_said(NoteKind::Clock));
}
