//! Which bytes of a file belong to a sequence, and whether they are whole.

use std::ops::Range;

use crate::crc::crc16;
use crate::header::{Checksum, Header};

/// Which bytes belong to a sequence, counted from the start of its header.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Extent {
    /// The messages.
    pub messages: Range<usize>,
    /// Where the sequence and its checksum end.
    pub end: usize,
    /// How it ends.
    pub ending: Ending,
}

/// How a sequence ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// Where the header says, with the checksum of all bytes before it.
    Whole,
    /// Where the header says, with another checksum.
    WrongChecksum,
    /// The header declares no data, as after a crash while recording: all bytes up to the end are taken.
    NoSize(Checksum),
    /// The header declares less data than there is: all bytes up to the end are taken.
    SizeTooSmall(Checksum),
    /// So many bytes are missing at the end of the file.
    CutOff(usize),
}

impl Extent {
    /// The extent of the sequence at the start of `bytes`, which has this header.
    pub fn of(bytes: &[u8], header: &Header) -> Self {
        let declared_end = header.size + header.data_size;
        if header.data_size == 0 && bytes.len() > header.size + 2 {
            return Self::to_the_end(bytes, header, Ending::NoSize);
        }
        let Some(with_checksum) = bytes.get(..declared_end + 2) else {
            // The messages may be whole and only the checksum gone, or the cut may lie within them.
            let messages = header.size..declared_end.min(bytes.len());
            return Self { messages, end: bytes.len(), ending: Ending::CutOff(declared_end + 2 - bytes.len()) };
        };
        let rest = &bytes[declared_end + 2..];
        let ending = match crc16(with_checksum) {
            0 => Ending::Whole,
            _ if Header::find(rest).is_none() && rest.iter().any(|byte| *byte != 0) => {
                return Self::to_the_end(bytes, header, Ending::SizeTooSmall);
            }
            _ => Ending::WrongChecksum,
        };
        Self { messages: header.size..declared_end, end: declared_end + 2, ending }
    }

    fn to_the_end(bytes: &[u8], header: &Header, ending: impl Fn(Checksum) -> Ending) -> Self {
        let end = bytes.len();
        let (messages_end, checksum) =
            if crc16(bytes) == 0 { (end - 2, Checksum::Right) } else { (end, Checksum::Missing) };
        Self { messages: header.size..messages_end, end, ending: ending(checksum) }
    }

    /// What became of the checksum of the sequence.
    pub fn checksum(&self) -> Checksum {
        match self.ending {
            Ending::Whole => Checksum::Right,
            Ending::WrongChecksum => Checksum::Wrong,
            Ending::NoSize(checksum) | Ending::SizeTooSmall(checksum) => checksum,
            Ending::CutOff(_) => Checksum::Missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sequence of six bytes of messages that declares `data_size` of them.
    fn sequence(data_size: u8) -> Vec<u8> {
        let mut bytes = vec![12, 0x20, 0x54, 0x08, data_size, 0, 0, 0];
        bytes.extend(b".FIT");
        bytes.extend([0x40, 0, 0, 20, 0, 0]);
        let checksum = crc16(&bytes);
        bytes.extend(checksum.to_le_bytes());
        bytes
    }

    fn extent(bytes: &[u8]) -> Extent {
        Extent::of(bytes, &Header::parse(bytes).expect("a header"))
    }

    #[test]
    fn a_whole_sequence_ends_where_it_says_whatever_follows() {
        let mut bytes = sequence(6);
        let whole = Extent { messages: 12..18, end: 20, ending: Ending::Whole };
        assert_eq!(extent(&bytes), whole);
        bytes.extend([0; 9]);
        assert_eq!(extent(&bytes), whole);
        bytes.extend(b"noise");
        assert_eq!(extent(&bytes), whole);
    }

    #[test]
    fn a_sequence_that_was_never_finished_goes_on_to_the_end() {
        let closed = Extent { messages: 12..18, end: 20, ending: Ending::NoSize(Checksum::Right) };
        assert_eq!(extent(&sequence(0)), closed);
        let mut open = sequence(0);
        open.truncate(18);
        assert_eq!(extent(&open), Extent { messages: 12..18, end: 18, ending: Ending::NoSize(Checksum::Missing) });
        assert_eq!(extent(&sequence(3)).ending, Ending::SizeTooSmall(Checksum::Right));
    }

    #[test]
    fn a_cut_says_how_much_is_missing() {
        let bytes = sequence(6);
        assert_eq!(extent(&bytes[..19]), Extent { messages: 12..18, end: 19, ending: Ending::CutOff(1) });
        assert_eq!(extent(&bytes[..14]), Extent { messages: 12..14, end: 14, ending: Ending::CutOff(6) });
    }

    #[test]
    fn a_wrong_checksum_before_another_sequence_is_just_wrong() {
        let mut bytes = sequence(6);
        bytes[13] ^= 1;
        bytes.extend(sequence(6));
        assert_eq!(extent(&bytes), Extent { messages: 12..18, end: 20, ending: Ending::WrongChecksum });
    }
}
