//! What a header byte announces, and definition messages.

use crate::fit::protocol::base_type::BaseType;
use crate::fit::protocol::time::TIMESTAMP;

/// Number of the message that holds a sample.
pub const RECORD: u16 = 20;

/// What the header byte of a message announces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// How the data messages of a local type are laid out from here on.
    Definition {
        /// Below 16.
        local: usize,
        /// Whether developer fields are defined too.
        developer: bool,
    },
    /// Values.
    Data {
        /// Below 16.
        local: usize,
        /// The last five bits of the message's time: see
        /// [`count_on`](crate::fit::protocol::count_on).
        time_offset: Option<u8>,
    },
}

impl Kind {
    /// Returns what `header` announces.
    #[inline]
    pub fn of(header: u8) -> Self {
        if header & 0x80 != 0 {
            return Self::Data { local: usize::from(header >> 5 & 0x3), time_offset: Some(header & 0x1F) };
        }
        let local = usize::from(header & 0xF);
        match header & 0x40 {
            0 => Self::Data { local, time_offset: None },
            _ => Self::Definition { local, developer: header & 0x20 != 0 },
        }
    }
}

/// One field of a definition message.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct FieldDefinition {
    /// Which field of the message it is, by the profile.
    pub number: u8,
    /// Where the field begins in the message's body.
    pub at: usize,
    /// Its bytes; several times the type's where it is an array.
    pub size: usize,
    /// How it is read; `None` for a code that there is not, or a size that no number of the type
    /// can have.
    pub base_type: Option<BaseType>,
}

/// One developer field of a definition message; its type stands in a `field_description`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeveloperFieldDefinition {
    /// Which of the developer's fields it is.
    pub number: u8,
    /// Which developer.
    pub developer_index: u8,
    /// Where the field begins in the message's body.
    pub at: usize,
    /// Its bytes.
    pub size: usize,
}

impl DeveloperFieldDefinition {
    /// Returns what tells a developer field from all others: the developer's index and the field's
    /// number.
    pub fn key(&self) -> (u8, u8) {
        (self.developer_index, self.number)
    }
}

/// A definition message: how the data messages of its local type are laid out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Definition {
    /// 0 in all that watches write.
    pub reserved: u8,
    /// The message's number in the profile.
    pub message: u16,
    /// The byte order of its numbers.
    pub big_endian: bool,
    /// Its fields, in the order of the bytes.
    pub fields: Vec<FieldDefinition>,
    /// Its developer fields, which come after.
    pub developer_fields: Vec<DeveloperFieldDefinition>,
    /// Bytes of a data message after its header byte.
    pub body_size: usize,
}

impl Definition {
    /// Parses the definition after its header byte; returns it and the bytes it takes up.
    /// `None` when bytes are missing or no writer would write it.
    pub fn parse(bytes: &[u8], with_developer_fields: bool) -> Option<(Self, usize)> {
        let [reserved, architecture @ (0 | 1), a, b, n_fields, ..] = *bytes else { return None };
        let big_endian = architecture == 1;
        let message = if big_endian { u16::from_be_bytes([a, b]) } else { u16::from_le_bytes([a, b]) };
        let mut at = 0;
        let mut used = 5;
        let mut fields = Vec::with_capacity(usize::from(n_fields));
        for _ in 0..n_fields {
            let [number, size, code] = *bytes.get(used..)?.first_chunk()?;
            let size = usize::from(size);
            let base_type = BaseType::from_code(code).and_then(|t| t.fitting(size));
            fields.push(FieldDefinition { number, at, size, base_type });
            at += size;
            used += 3;
        }
        let mut developer_fields = Vec::new();
        if with_developer_fields {
            let n = *bytes.get(used)?;
            used += 1;
            for _ in 0..n {
                let [number, size, developer_index] = *bytes.get(used..)?.first_chunk()?;
                let size = usize::from(size);
                developer_fields.push(DeveloperFieldDefinition { number, developer_index, at, size });
                at += size;
                used += 3;
            }
        }
        let definition = Self { reserved, message, big_endian, fields, developer_fields, body_size: at };
        // The reserved byte is 0 in all that watches write. A damaged one costs nothing, but bytes
        // that are no definition are told by it.
        (reserved == 0 || definition.makes_sense()).then_some((definition, used))
    }

    /// Returns the field of this number.
    pub fn field(&self, number: u8) -> Option<&FieldDefinition> {
        self.fields.iter().find(|field| field.number == number)
    }

    /// Returns where the timestamp lies in the body.
    pub fn timestamp_at(&self) -> Option<usize> {
        self.fields.iter().find(|field| field.number == TIMESTAMP && field.size == 4).map(|field| field.at)
    }

    /// Returns the unsigned number of four bytes that stands at `at` in a body; `None` for "no
    /// value".
    #[inline]
    pub fn u32_at(&self, at: usize, body: &[u8]) -> Option<u32> {
        let raw = *body.get(at..)?.first_chunk()?;
        let value = if self.big_endian { u32::from_be_bytes(raw) } else { u32::from_le_bytes(raw) };
        (value != u32::MAX).then_some(value)
    }

    /// Returns whether its messages are samples. A record without a body tells nothing, and a byte
    /// of file would make a row of it.
    pub fn is_record(&self) -> bool {
        self.message == RECORD && self.body_size > 0
    }

    /// Returns whether a watch would write it.
    pub fn is_plausible(&self) -> bool {
        self.reserved == 0 && self.makes_sense()
    }

    fn makes_sense(&self) -> bool {
        !self.fields.is_empty() && self.fields.iter().all(|field| field.base_type.is_some() && field.size > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_cut_short_is_none() {
        let whole = [0, 0, 20, 0, 1, 253, 4, 0x86];
        assert!(Definition::parse(&whole, false).is_some());
        for len in 0..whole.len() {
            assert!(Definition::parse(&whole[..len], false).is_none(), "{len} bytes");
        }
    }

    #[test]
    fn a_time_in_either_byte_order_and_none_where_it_says_so() {
        let (big_endian, _) = Definition::parse(&[0, 1, 0, 20, 1, 253, 4, 0x86], false).expect("it is whole");
        assert_eq!((big_endian.message, big_endian.timestamp_at()), (RECORD, Some(0)));
        assert_eq!(big_endian.u32_at(0, &[0, 0, 1, 2]), Some(258));
        assert_eq!(big_endian.u32_at(0, &[0xFF; 4]), None);
        assert_eq!(big_endian.u32_at(0, &[0; 3]), None);
    }
}
