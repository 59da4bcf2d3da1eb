//! The header of a sequence of messages. A file may hold several sequences, one behind the other.

use crate::fit::protocol::crc::crc16;

/// The header of a sequence.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Header {
    /// Bytes that it takes up, 12 or 14; messages begin behind it.
    pub size: usize,
    /// What its first byte says of its size, which may be nonsense.
    pub claimed_size: u8,
    /// Version of the protocol: major in the upper four bits, minor in the lower.
    pub protocol: u8,
    /// Version of the profile, times 100.
    pub profile: u16,
    /// Bytes of messages after the header, as declared; 0 where a recording was never finished.
    pub data_size: usize,
    /// What became of its own checksum.
    pub checksum: Checksum,
}

/// What became of a checksum.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Checksum {
    /// It is that of the bytes before it.
    Right,
    /// It is that of other bytes.
    Wrong,
    /// There is none.
    Missing,
}

/// The letters that every header has, and how many bytes stand before them.
const LETTERS: &[u8; 4] = b".FIT";
const BEFORE_LETTERS: usize = 8;

impl Header {
    /// Parses the header at the start of `bytes`; only the letters `.FIT` are insisted on.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let head: &[u8; 12] = bytes.first_chunk()?;
        if head[BEFORE_LETTERS..] != *LETTERS {
            return None;
        }
        let size = match head[0] {
            size @ (12 | 14) => usize::from(size),
            // Messages begin with a definition: where one stands, the header has ended.
            _ if bytes.get(14).is_some_and(|byte| byte & 0xC0 == 0x40) => 14,
            _ => 12,
        };
        let with_checksum = bytes.get(..size)?;
        // Writers that have none leave it out, or leave it 0.
        let checksum = match with_checksum.get(12..) {
            None | Some([] | [0, 0]) => Checksum::Missing,
            Some(_) if crc16(with_checksum) == 0 => Checksum::Right,
            Some(_) => Checksum::Wrong,
        };
        Some(Self {
            size,
            claimed_size: head[0],
            protocol: head[1],
            profile: u16::from_le_bytes([head[2], head[3]]),
            data_size: u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize,
            checksum,
        })
    }

    /// Returns whether the header claims a size that no header has.
    pub fn claims_nonsense(&self) -> bool {
        usize::from(self.claimed_size) != self.size
    }

    /// Returns where the first header in `bytes` begins that has all a header must have, the first
    /// definition behind it included: the letters alone may stand in a text, such as a file's name.
    pub fn find_certain(bytes: &[u8]) -> Option<usize> {
        let mut starts = memchr::memmem::find_iter(bytes, LETTERS).filter_map(|at| at.checked_sub(BEFORE_LETTERS));
        starts.find(|at| {
            let bytes = &bytes[*at..];
            Self::parse(bytes).is_some_and(|header| {
                !header.claims_nonsense()
                    && matches!(header.protocol >> 4, 1 | 2)
                    && bytes.get(header.size).is_some_and(|byte| byte & 0xC0 == 0x40)
            })
        })
    }

    /// Returns where the first header in `bytes` begins.
    pub fn find(bytes: &[u8]) -> Option<usize> {
        let mut starts = memchr::memmem::find_iter(bytes, LETTERS).filter_map(|at| at.checked_sub(BEFORE_LETTERS));
        starts.find(|at| Self::parse(&bytes[*at..]).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_impossible_size_is_still_a_header() {
        let mut bytes = *b"\xC8\x10\0\0\x01\0\0\0.FIT\0\0\x40";
        assert_eq!(Header::parse(&bytes).map(|header| header.size), Some(14));
        bytes[14] = 0;
        assert_eq!(Header::parse(&bytes).map(|header| header.size), Some(12));
        assert_eq!(Header::parse(&bytes[..12]).map(|header| header.size), Some(12));
        assert!(Header::parse(&bytes[..11]).is_none());
    }

    #[test]
    fn its_own_checksum_is_right_wrong_or_missing() {
        let mut bytes = *b"\x0E\x20\x54\x08\x00\x01\0\0.FIT\0\0";
        let checksum = |bytes: &[u8]| Header::parse(bytes).expect("a header").checksum;
        assert_eq!(checksum(&bytes), Checksum::Missing, "0 stands for none");
        let right = crc16(&bytes[..12]).to_le_bytes();
        bytes[12..].copy_from_slice(&right);
        assert_eq!(checksum(&bytes), Checksum::Right);
        bytes[13] ^= 1;
        assert_eq!(checksum(&bytes), Checksum::Wrong);
        bytes[0] = 12;
        assert_eq!(checksum(&bytes), Checksum::Missing);
    }

    #[test]
    fn the_next_header_is_found_behind_anything() {
        assert_eq!(Header::find(b".FIT no \x0C\x10\0\0\x01\0\0\0.FIT"), Some(8));
        assert_eq!(Header::find(b"abc.FIT"), None);
    }
}
