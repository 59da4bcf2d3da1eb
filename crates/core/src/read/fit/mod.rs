//! FIT: the binary files of Garmin, COROS, Suunto, Wahoo and most other watches.
//!
//! Follows the FIT protocol (Garmin, "Flexible and Interoperable Data Transfer Protocol"): one or more
//! sequences of a header, messages and a CRC. `protocol` knows the bytes, `profile` which messages and
//! fields matter here. `decode` walks a sequence, `records` reads its record messages, `developer` those of
//! their fields that apps and pods describe, `heart_beats` what a strap handed over later, `fields` all
//! other messages; `samples` and `assemble` make activities of it.

mod assemble;
mod crc;
mod decode;
mod developer;
mod fields;
mod heart_beats;
mod profile;
mod protocol;
mod records;
mod samples;

use crate::activity::{Format, Note, NoteKind};

use super::{Contents, ReadError};
use decode::Decoded;
use protocol::Header;

/// Activities in one file: watches chain a handful. A crafted file could hold one in every thirty bytes.
const MAX_ACTIVITIES: usize = 1000;

/// Whether the bytes begin as a FIT file does.
pub(super) fn is(bytes: &[u8]) -> bool {
    Header::parse(bytes).is_some()
}

/// Reads every activity of a FIT file, chained sequences included.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut contents = Contents { format: Format::Fit, activities: Vec::new(), notes: Vec::new() };
    let mut chain: Vec<Decoded> = Vec::new();
    let mut rest = bytes;
    while let Some(header) = Header::parse(rest).filter(|_| chain.len() < MAX_ACTIVITIES) {
        let offset = bytes.len() - rest.len();
        let sequence = Sequence::cut(rest, header);
        let decoded = decode::decode(sequence.messages);
        contents.notes.extend(sequence.notes);
        contents.notes.extend(fault_note(&decoded, offset + header.size));
        contents.notes.extend(room_notes(&decoded));
        match chain.last_mut() {
            // What a strap hands over after a swim stands behind the watch's own recording.
            Some(recording) if decoded.holds_only_beats() => recording.beats.append(decoded.beats),
            _ => chain.push(decoded),
        }
        rest = sequence.rest;
    }
    let mut other_kinds = Vec::new();
    for decoded in chain {
        match assemble::activities(decoded) {
            Ok(activities) => contents.activities.extend(activities),
            Err(kind) => other_kinds.extend(kind),
        }
    }
    if Header::parse(rest).is_some() {
        let text =
            format!("only the first {MAX_ACTIVITIES} activities are read, more than any watch writes in one file");
        contents.notes.push(Note::new(NoteKind::Damage, text));
    } else if !rest.is_empty() && rest.iter().any(|byte| *byte != 0) {
        let text = format!("{} bytes after the end of the recording are not FIT and were left out", rest.len());
        contents.notes.push(Note::new(NoteKind::Samples, text));
    }
    if !contents.activities.is_empty() {
        return Ok(contents);
    }
    let damage = contents.notes.into_iter().find(|note| note.kind == NoteKind::Damage).map(|note| note.text);
    Err(match (damage, other_kinds.into_iter().next()) {
        (_, Some(kind)) => ReadError::NotAnActivity { format: Format::Fit, kind: kind.to_owned() },
        (None, None) => ReadError::NotAnActivity { format: Format::Fit, kind: "nothing recorded".to_owned() },
        (Some(problem), None) => ReadError::Damaged { format: Format::Fit, offset: bytes.len() as u64, problem },
    })
}

/// One header with its messages.
struct Sequence<'a> {
    messages: &'a [u8],
    rest: &'a [u8],
    notes: Vec<Note>,
}

impl<'a> Sequence<'a> {
    /// Takes the first sequence off `bytes`. A declared size of 0, or one beyond the end, is what a
    /// watch leaves that lost power while recording: then all bytes up to the end are messages.
    fn cut(bytes: &'a [u8], header: Header) -> Self {
        let declared_end = header.size + header.data_size;
        if header.data_size == 0 && bytes.len() > header.size + 2 {
            let text = "the header declares no data, as after a crash while recording; read to the end of the file";
            let notes = vec![Note::new(NoteKind::Damage, text)];
            return Self { messages: &bytes[header.size..], rest: &[], notes };
        }
        let Some(with_crc) = bytes.get(..declared_end + 2) else {
            // The messages may be whole and only the checksum gone, or the cut may lie within them.
            let messages = &bytes[header.size..declared_end.min(bytes.len())];
            let missing = declared_end + 2 - bytes.len();
            let text = format!("the file is cut off: {missing} bytes are missing at its end");
            return Self { messages, rest: &[], notes: vec![Note::new(NoteKind::Damage, text)] };
        };
        let mut notes = Vec::new();
        let rest = &bytes[declared_end + 2..];
        let is_whole = crc::crc16(with_crc) == 0;
        if !is_whole && Header::parse(rest).is_none() && rest.iter().any(|byte| *byte != 0) {
            let text = "the header declares less data than the file holds; read to the end of the file";
            let notes = vec![Note::new(NoteKind::Damage, text)];
            return Self { messages: &bytes[header.size..], rest: &[], notes };
        }
        if !is_whole {
            let text = "the checksum does not match: some values in the file may be wrong";
            notes.push(Note::new(NoteKind::Damage, text));
        }
        Self { messages: &bytes[header.size..declared_end], rest, notes }
    }
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

fn fault_note(decoded: &Decoded, base: usize) -> Option<Note> {
    let faults = &decoded.faults;
    let first = faults.first()?;
    let bytes: usize = faults.iter().map(|fault| fault.bytes_lost).sum();
    let records: usize = faults.iter().map(|fault| fault.records_lost).sum();
    let more = match faults.len() - 1 {
        0 => String::new(),
        n => format!(", and {n} more {}", if n == 1 { "place" } else { "places" }),
    };
    let (at, problem) = (base + first.at, first.problem);
    let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (bytes, records) = (counted(bytes, "byte"), counted(records, "sample"));
    let kept = counted(decoded.records.timestamps.len(), "sample");
    let text = format!("damaged at byte {at}{more} ({problem}): {bytes} lost, room for {records}; {kept} kept");
    Some(Note::new(NoteKind::Damage, text))
}
