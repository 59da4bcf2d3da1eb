//! Which bytes of a file belong to a sequence, and whether they are whole.

use std::ops::Range;

use crate::fit::protocol::crc::crc16;
use crate::fit::protocol::header::{Checksum, Header};

/// Which bytes belong to a sequence, counted from the start of its header.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
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
    /// The header declares no data, as after a crash while recording: all bytes up to the end are
    /// taken.
    NoSize(Checksum),
    /// The header declares less data than there is: all bytes up to the end are taken.
    SizeTooSmall(Checksum),
    /// So many bytes are missing at the end of the file.
    CutOff(usize),
}

/// Fewer bytes than this behind a wrong checksum hold no samples that a size could have left out.
const LEAST_SAMPLES: usize = 16;

impl Extent {
    /// Returns the extent of the sequence at the start of `bytes`, which has this header.
    pub fn of(bytes: &[u8], header: &Header) -> Self {
        let declared_end = header.size + header.data_size;
        let has_size = header.data_size > 0 || bytes.len() <= header.size + 2;
        let whole = bytes.get(..declared_end + 2).filter(|bytes| has_size && crc16(bytes) == 0);
        if whole.is_some() {
            return Self { messages: header.size..declared_end, end: declared_end + 2, ending: Ending::Whole };
        }
        // A recording that broke off ends where the next one begins, whatever its own header says.
        let next = Header::find_certain(&bytes[header.size..]).map(|at| header.size + at);
        let bytes = match next {
            Some(next) if !has_size || next < declared_end + 2 => &bytes[..next],
            _ => bytes,
        };
        if !has_size {
            return Self::to_the_end(bytes, header, Ending::NoSize);
        }
        let Some(rest) = bytes.get(declared_end + 2..) else {
            // The messages may be whole and only the checksum gone, or the cut may lie within them.
            let messages = header.size..declared_end.min(bytes.len());
            return Self { messages, end: bytes.len(), ending: Ending::CutOff(declared_end + 2 - bytes.len()) };
        };
        let holds_more = rest.len() >= LEAST_SAMPLES && rest.iter().any(|byte| *byte != 0);
        if holds_more && Header::find(rest).is_none() {
            return Self::to_the_end(bytes, header, Ending::SizeTooSmall);
        }
        Self { messages: header.size..declared_end, end: declared_end + 2, ending: Ending::WrongChecksum }
    }

    fn to_the_end(bytes: &[u8], header: &Header, ending: impl Fn(Checksum) -> Ending) -> Self {
        let end = bytes.len();
        let (messages_end, checksum) =
            if crc16(bytes) == 0 { (end - 2, Checksum::Right) } else { (end, Checksum::Missing) };
        Self { messages: header.size..messages_end, end, ending: ending(checksum) }
    }

    /// Returns what became of the checksum of the sequence.
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
        let short = [sequence(3), vec![1; LEAST_SAMPLES]].concat();
        assert_eq!(extent(&short).ending, Ending::SizeTooSmall(Checksum::Missing));
    }

    #[test]
    fn a_cut_says_how_much_is_missing() {
        let bytes = sequence(6);
        assert_eq!(extent(&bytes[..19]), Extent { messages: 12..18, end: 19, ending: Ending::CutOff(1) });
        assert_eq!(extent(&bytes[..14]), Extent { messages: 12..14, end: 14, ending: Ending::CutOff(6) });
    }

    #[test]
    fn a_recording_that_broke_off_ends_where_the_next_one_begins() {
        let next = sequence(6);
        let never_finished = [&sequence(0)[..16], &next].concat();
        let no_size = Ending::NoSize(Checksum::Missing);
        assert_eq!(extent(&never_finished), Extent { messages: 12..16, end: 16, ending: no_size });
        let cut = [&sequence(6)[..16], &next].concat();
        assert_eq!(extent(&cut), Extent { messages: 12..16, end: 16, ending: Ending::CutOff(4) });
    }

    #[test]
    fn some_bytes_behind_a_wrong_checksum_are_no_samples() {
        let mut bytes = sequence(6);
        bytes[13] ^= 1;
        bytes.push(b'\n');
        assert_eq!(extent(&bytes), Extent { messages: 12..18, end: 20, ending: Ending::WrongChecksum });
    }

    #[test]
    fn a_wrong_checksum_before_another_sequence_is_just_wrong() {
        let mut bytes = sequence(6);
        bytes[13] ^= 1;
        bytes.extend(sequence(6));
        assert_eq!(extent(&bytes), Extent { messages: 12..18, end: 20, ending: Ending::WrongChecksum });
    }
}
