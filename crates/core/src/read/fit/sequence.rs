//! One header with its messages, cut out of a file that may hold several, or less than it says.

use crate::activity::{Note, NoteKind};

use super::crc::crc16;
use super::protocol::Header;

/// One header with its messages.
pub(super) struct Sequence<'a> {
    /// Where the messages begin in the file.
    pub at: usize,
    pub messages: &'a [u8],
    /// What comes after the sequence.
    pub rest: &'a [u8],
    pub notes: Vec<Note>,
}

impl<'a> Sequence<'a> {
    /// Takes the sequence off that begins `offset` bytes into the file. A declared size of 0, or one beyond the
    /// end, is what a watch leaves that lost power while recording: then all bytes up to the end are messages.
    pub fn cut(bytes: &'a [u8], header: Header, offset: usize) -> Self {
        let mut notes = header_notes(bytes, header);
        let mut damage = |text: String| notes.push(Note::new(NoteKind::Damage, text));
        let declared_end = header.size + header.data_size;
        let to_the_end = header.size..bytes.len();
        let (messages, rest) = match bytes.get(..declared_end + 2) {
            _ if header.data_size == 0 && bytes.len() > header.size + 2 => {
                damage(
                    "the header declares no data, as after a crash while recording; read to the end of the file".into(),
                );
                (to_the_end, bytes.len())
            }
            None => {
                // The messages may be whole and only the checksum gone, or the cut may lie within them.
                damage(format!("the file is cut off: {} bytes are missing at its end", declared_end + 2 - bytes.len()));
                (header.size..declared_end.min(bytes.len()), bytes.len())
            }
            Some(with_crc) => {
                let rest = &bytes[declared_end + 2..];
                let is_whole = crc16(with_crc) == 0;
                if !is_whole && next_header(rest).is_none() && rest.iter().any(|byte| *byte != 0) {
                    damage("the header declares less data than the file holds; read to the end of the file".into());
                    (to_the_end, bytes.len())
                } else {
                    if !is_whole {
                        damage("the checksum does not match: some values in the file may be wrong".into());
                    }
                    (header.size..declared_end, declared_end + 2)
                }
            }
        };
        let mut rest = &bytes[rest..];
        if rest.iter().all(|byte| *byte == 0) {
            // Some writers fill up their last block.
            rest = &[];
        } else if Header::parse(rest).is_none() {
            let next = next_header(rest).unwrap_or(rest.len());
            let where_ = if next == rest.len() { "after the end of the recording" } else { "between two recordings" };
            damage(format!("{next} bytes {where_} are not FIT and were left out"));
            rest = &rest[next..];
        }
        Self { at: offset + header.size, messages: &bytes[messages], rest, notes }
    }
}

/// Where the next header begins.
fn next_header(bytes: &[u8]) -> Option<usize> {
    const SIGNATURE: &[u8] = b".FIT";
    const BEFORE_IT: usize = 8;
    let mut signatures = memchr::memmem::find_iter(bytes, SIGNATURE).filter_map(|at| at.checked_sub(BEFORE_IT));
    signatures.find(|at| Header::parse(&bytes[*at..]).is_some())
}

fn header_notes(bytes: &[u8], header: Header) -> Vec<Note> {
    let mut notes = Vec::new();
    if !matches!(header.claimed_size, 12 | 14) {
        let text = format!("the header says it has {} bytes; read as one of {}", header.claimed_size, header.size);
        notes.push(Note::new(NoteKind::Damage, text));
    } else if header.size == 14 && bytes[12..14] != [0, 0] && crc16(&bytes[..14]) != 0 {
        let text = "the header's own checksum does not match";
        notes.push(Note::new(NoteKind::Damage, text));
    }
    notes
}
