//! One header with its messages, cut out of a file that may hold several, or less than it says.

use crate::fit::protocol::{Checksum, Ending, Extent, Header};

use crate::activity::{Note, NoteKind};

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
    /// Takes the sequence off that begins `offset` bytes into the file. A declared size of 0, or
    /// one beyond the end, is what a watch leaves that lost power while recording: then all bytes
    /// up to the end are messages.
    pub fn cut(bytes: &'a [u8], header: Header, offset: usize) -> Self {
        let mut notes = header_notes(header);
        let mut damage = |text: String| notes.push(Note::new(NoteKind::Damage, text));
        let Extent { messages, end, ending } = Extent::of(bytes, &header);
        match ending {
            Ending::Whole => {}
            Ending::WrongChecksum => damage("the checksum does not match: some values in the file may be wrong".into()),
            Ending::NoSize(_) => damage(
                "the header declares no data, as after a crash while recording; read to the end of the file".into(),
            ),
            Ending::SizeTooSmall(_) => {
                damage("the header declares less data than the file holds; read to the end of the file".into());
            }
            Ending::CutOff(missing) => damage(format!("the file is cut off: {missing} bytes are missing at its end")),
        }
        let mut rest = &bytes[end..];
        if rest.iter().all(|byte| *byte == 0) {
            // Some writers fill up their last block.
            rest = &[];
        } else if Header::parse(rest).is_none() {
            let next = Header::find(rest).unwrap_or(rest.len());
            let where_ = if next == rest.len() { "after the end of the recording" } else { "between two recordings" };
            let (bytes, are) = if next == 1 { ("byte", "is") } else { ("bytes", "are") };
            damage(format!("{next} {bytes} {where_} {are} not FIT and left out"));
            rest = &rest[next..];
        }
        Self { at: offset + header.size, messages: &bytes[messages], rest, notes }
    }
}

fn header_notes(header: Header) -> Vec<Note> {
    let text = if header.claims_nonsense() {
        format!("the header says it has {} bytes; read as one of {}", header.claimed_size, header.size)
    } else if header.checksum == Checksum::Wrong {
        "the header's own checksum does not match".to_owned()
    } else {
        return Vec::new();
    };
    vec![Note::new(NoteKind::Damage, text)]
}
