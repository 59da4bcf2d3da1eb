//! FIT: the binary files of Garmin, COROS, Suunto, Wahoo and most other watches.
//!
//! Follows the FIT protocol (Garmin, "Flexible and Interoperable Data Transfer Protocol"): one or
//! more sequences of a header, messages and a CRC. The crate `kneewise-fit` knows the bytes,
//! `profile` which messages and fields matter here, `budget` how much may be made of a file.
//! `sequence` cuts one out, `decode` walks it, `records` reads its record messages, `developer`
//! those of their fields that apps and pods describe, `heart_beats` what a strap handed over later,
//! `fields` all other messages; `samples`, `wearer` and `assemble` make activities of it.

mod assemble;
mod budget;
mod decode;
mod developer;
mod fields;
mod heart_beats;
mod profile;
pub mod protocol;
mod records;
mod samples;
mod sequence;
mod wearer;

use crate::fit::protocol::Header;

use crate::activity::{Format, Note, NoteKind};

use super::{Contents, ReadError};
use budget::Budget;
use decode::Decoded;
use heart_beats::HeartBeats;
use sequence::Sequence;

/// Whether the bytes begin as a FIT file does.
pub(super) fn is(bytes: &[u8]) -> bool {
    Header::parse(bytes).is_some()
}

/// Reads every activity of a FIT file, chained sequences included.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut contents = Contents { format: Format::Fit, activities: Vec::new(), notes: Vec::new() };
    let mut budget = Budget::of(bytes.len());
    let mut chain: Vec<Decoded> = Vec::new();
    let mut beats = HeartBeats::default();
    let mut rest = bytes;
    while let Some(header) = Header::parse(rest) {
        let sequence = Sequence::cut(rest, header, bytes.len() - rest.len());
        let mut decoded = decode::decode(sequence.messages, &mut budget);
        contents.notes.extend(sequence.notes);
        contents.notes.extend(fault_note(&decoded, sequence.at));
        contents.notes.extend(room_notes(&decoded));
        // What a strap hands over after a swim stands in a sequence of its own, mostly behind the
        // watch's.
        if decoded.holds_only_beats() {
            beats.append(std::mem::take(&mut decoded.beats));
        } else {
            chain.push(decoded);
        }
        rest = sequence.rest;
    }
    if let Some(recording) = chain.iter_mut().rfind(|decoded| !decoded.records.timestamps.is_empty()) {
        recording.beats.append(beats);
    }
    let mut other_kinds = Vec::new();
    let mut left_out = 0;
    for decoded in chain {
        match assemble::activities(decoded, budget.activities) {
            Ok(assembled) => {
                budget.activities -= assembled.activities.len();
                left_out += assembled.left_out;
                contents.activities.extend(assembled.activities);
                contents.notes.extend(assembled.notes);
            }
            Err(kind) => other_kinds.extend(kind),
        }
    }
    if left_out > 0 {
        let text = format!("{left_out} activities left out: more than any watch writes in a file of this size");
        contents.notes.push(Note::new(NoteKind::Damage, text));
    }
    if !contents.activities.is_empty() {
        return Ok(contents);
    }
    let damage = contents.notes.into_iter().find(|note| note.kind == NoteKind::Damage).map(|note| note.text);
    Err(match (damage, other_kinds.into_iter().next()) {
        (damage, Some(kind)) => not_an_activity(kind, damage.is_some()),
        (None, None) => not_an_activity("nothing recorded", false),
        (Some(problem), None) => ReadError::Damaged { format: Format::Fit, offset: bytes.len() as u64, problem },
    })
}

fn not_an_activity(kind: &str, is_damaged: bool) -> ReadError {
    ReadError::NotAnActivity { format: Format::Fit, kind: kind.to_owned(), is_damaged }
}

/// Tells of what was left out to keep a small file from taking much memory.
fn room_notes(decoded: &Decoded) -> impl Iterator<Item = Note> {
    let counted = [
        (decoded.records.columns_left_out, "fields of the samples left out, more than the file has the bytes for"),
        (decoded.messages_left_out, "laps, events and the like left out, more than any watch writes"),
    ];
    let told = counted.into_iter().filter(|(n, _)| *n > 0);
    told.map(|(n, what)| Note::new(NoteKind::Damage, format!("damaged: {n} {what}")))
}

/// What was kept first: that is what a runner wants to know.
fn fault_note(decoded: &Decoded, base: usize) -> Option<Note> {
    let faults = &decoded.faults;
    let first = faults.first()?;
    let bytes: usize = faults.iter().map(|fault| fault.bytes_lost).sum();
    let records: usize = faults.iter().map(|fault| fault.records_lost).sum();
    let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let kept = counted(decoded.records.timestamps.len(), "sample");
    let (bytes, records) = (counted(bytes, "byte"), counted(records, "sample"));
    let places = if faults.len() == 1 { String::new() } else { format!(" at {} places", faults.len()) };
    let first_at = if faults.len() == 1 { "at" } else { "first at" };
    let (at, problem) = (base + first.at, first.problem);
    let text =
        format!("damaged{places}: {kept} kept, {bytes} lost, room for {records} ({first_at} byte {at}: {problem})");
    Some(Note::new(NoteKind::Damage, text))
}
