//! The bytes of FIT: headers, definitions, base types, checksums.

use crate::value::Value;

/// A file header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// Bytes that it takes up: 12 or 14.
    pub size: usize,
    /// The size that its first byte claims, which may be nonsense.
    pub claimed_size: u8,
    pub protocol: u8,
    pub profile: u16,
    /// Bytes of messages after it, as declared.
    pub data_size: usize,
    /// Its own checksum, where it has one.
    pub checksum: Option<u16>,
}

impl Header {
    /// Parses the header at the start of `bytes`; only the letters `.FIT` are insisted on.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let head: &[u8; 12] = bytes.first_chunk()?;
        if head[8..] != *b".FIT" {
            return None;
        }
        let size = match head[0] {
            size @ (12 | 14) => usize::from(size),
            // Messages begin with a definition: where one stands, the header has ended.
            _ if bytes.get(14).is_some_and(|byte| byte & 0xC0 == 0x40) => 14,
            _ => 12,
        };
        let checksum = bytes.get(12..14).filter(|_| size == 14).map(|b| u16::from_le_bytes([b[0], b[1]]));
        Some(Self {
            size: size.min(bytes.len()),
            claimed_size: head[0],
            protocol: head[1],
            profile: u16::from_le_bytes([head[2], head[3]]),
            data_size: u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize,
            checksum: checksum.filter(|checksum| *checksum != 0),
        })
    }
}

/// The CRC-16 of FIT; 0 over bytes that end with their own.
pub(super) fn crc16(bytes: &[u8]) -> u16 {
    const TABLE: [u16; 16] = [
        0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401, 0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01,
        0x8801, 0x4400,
    ];
    bytes.iter().fold(0, |crc: u16, byte| {
        let step = |crc: u16, nibble: u8| (crc >> 4) ^ TABLE[usize::from(crc & 0xF)] ^ TABLE[usize::from(nibble)];
        step(step(crc, byte & 0xF), byte >> 4)
    })
}

/// What a header byte announces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Definition { local: usize, developer: bool },
    Data { local: usize },
}

pub(super) fn kind(header: u8) -> Kind {
    if header & 0x80 != 0 {
        return Kind::Data { local: usize::from(header >> 5 & 0x3) };
    }
    let local = usize::from(header & 0xF);
    match header & 0x40 {
        0 => Kind::Data { local },
        _ => Kind::Definition { local, developer: header & 0x20 != 0 },
    }
}

/// How the bytes of a field are to be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct BaseType {
    /// Its code, with the bit of the byte order where that matters.
    pub code: u8,
    size: usize,
}

impl BaseType {
    pub const BYTE: Self = Self { code: 0x0D, size: 1 };

    /// The type of a code, of which some writers leave out bits; `None` for a code that there is not.
    pub fn from_code(code: u8) -> Option<Self> {
        let (code, size) = match code & 0x1F {
            code @ (0x00..=0x02 | 0x0A | 0x0D | 0x07) => (code, 1),
            code @ (0x03 | 0x04 | 0x0B) => (code | 0x80, 2),
            code @ (0x05 | 0x06 | 0x08 | 0x0C) => (code | 0x80, 4),
            code @ (0x09 | 0x0E..=0x10) => (code | 0x80, 8),
            _ => return None,
        };
        Some(Self { code, size })
    }

    /// The type that reads a field of `size` bytes. Where a writer declares a size that is no multiple of
    /// its type's, a smaller type of its kind fits, or else bytes are bytes.
    pub fn fitting(self, size: usize) -> Self {
        if size.is_multiple_of(self.size) {
            return self;
        }
        let code = match (self.code & 0x1F, size) {
            (0x04 | 0x06 | 0x0F, 1) => 0x02,
            (0x03 | 0x05 | 0x0E, 1) => 0x01,
            (0x06 | 0x0F, 2) => 0x84,
            (0x05 | 0x0E, 2) => 0x83,
            (0x0F, 4) => 0x86,
            (0x0E, 4) => 0x85,
            _ => return Self::BYTE,
        };
        Self { code, size }
    }

    /// Whether some watch writes a field of this type in so many bytes.
    fn can_be_of(self, size: usize) -> bool {
        let is_float = matches!(self.code & 0x1F, 0x08 | 0x09);
        size >= self.size || !is_float && matches!(size, 1 | 2 | 4)
    }

    /// What `bytes` hold, unscaled; places that hold the type's "no value" are missing.
    pub fn read(self, bytes: &[u8], big_endian: bool) -> Value {
        if self.code == 0x07 {
            let texts: Vec<Value> = bytes
                .split(|byte| *byte == 0)
                .filter(|text| !text.is_empty())
                .map(|text| Value::Text(String::from_utf8_lossy(text).into_owned()))
                .collect();
            return Value::of(texts);
        }
        Value::of(bytes.chunks_exact(self.size).map(|chunk| self.read_one(chunk, big_endian)).collect())
    }

    fn read_one(self, bytes: &[u8], big_endian: bool) -> Value {
        let mut wide = [0u8; 8];
        for (to, from) in wide.iter_mut().enumerate().take(self.size) {
            *from = bytes[if big_endian { self.size - 1 - to } else { to }];
        }
        let bits = u64::from_le_bytes(wide);
        let all_ones = u64::MAX >> (64 - 8 * self.size);
        let unsigned = |invalid: u64| if bits == invalid { Value::Missing } else { Value::Unsigned(bits) };
        match self.code & 0x1F {
            0x01 | 0x03 | 0x05 | 0x0E => {
                let shift = 64 - 8 * self.size;
                if bits == all_ones >> 1 { Value::Missing } else { Value::Int((bits << shift) as i64 >> shift) }
            }
            0x08 => Value::single(f32::from_bits(bits as u32)),
            0x09 => Value::number(f64::from_bits(bits)),
            0x0A | 0x0B | 0x0C | 0x10 => unsigned(0),
            // Bytes have no value of their own that says "none".
            0x0D => Value::Unsigned(bits),
            _ => unsigned(all_ones),
        }
    }
}

/// One field of a definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldDefinition {
    pub number: u8,
    /// Where it begins in the body of a data message.
    pub at: usize,
    pub size: usize,
    pub base_type: BaseType,
    /// Whether its base type is one that there is, and can be of this size.
    pub is_known: bool,
}

/// One developer field of a definition; how it is read stands in a description.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeveloperFieldDefinition {
    pub number: u8,
    pub developer: u8,
    pub at: usize,
    pub size: usize,
}

/// How the data messages of a local type are laid out.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub message: u16,
    pub big_endian: bool,
    pub fields: Vec<FieldDefinition>,
    pub developer_fields: Vec<DeveloperFieldDefinition>,
    /// Bytes of a data message after its header byte.
    pub body_size: usize,
}

impl Definition {
    /// Parses a definition after its header byte; returns it and the bytes that it takes up.
    pub fn parse(bytes: &[u8], with_developer_fields: bool) -> Option<(Self, usize)> {
        let [0, architecture @ (0 | 1), a, b, n_fields, ..] = *bytes else { return None };
        let big_endian = architecture == 1;
        let message = if big_endian { u16::from_be_bytes([a, b]) } else { u16::from_le_bytes([a, b]) };
        let (mut at, mut used) = (0, 5);
        let mut fields = Vec::with_capacity(usize::from(n_fields));
        for _ in 0..n_fields {
            let [number, size, code] = *bytes.get(used..)?.first_chunk()?;
            let size = usize::from(size);
            let known = BaseType::from_code(code);
            let is_known = known.is_some_and(|base_type| base_type.can_be_of(size));
            let base_type = known.unwrap_or(BaseType::BYTE).fitting(size);
            fields.push(FieldDefinition { number, at, size, base_type, is_known });
            at += size;
            used += 3;
        }
        let mut developer_fields = Vec::new();
        if with_developer_fields {
            let n = *bytes.get(used)?;
            used += 1;
            for _ in 0..n {
                let [number, size, developer] = *bytes.get(used..)?.first_chunk()?;
                let size = usize::from(size);
                developer_fields.push(DeveloperFieldDefinition { number, developer, at, size });
                at += size;
                used += 3;
            }
        }
        Some((Self { message, big_endian, fields, developer_fields, body_size: at }, used))
    }

    /// What field `number` of a data message with this body holds, unscaled.
    pub fn raw(&self, number: u8, body: &[u8]) -> Option<Value> {
        let field = self.fields.iter().find(|field| field.number == number)?;
        let value = field.base_type.read(body.get(field.at..field.at + field.size)?, self.big_endian);
        (!value.is_missing()).then_some(value)
    }

    /// Whether a watch would write it.
    pub fn is_plausible(&self) -> bool {
        !self.fields.is_empty() && self.fields.iter().all(|field| field.is_known && field.size > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: u8, bytes: &[u8], big_endian: bool) -> Value {
        BaseType::from_code(code).expect("a type").fitting(bytes.len()).read(bytes, big_endian)
    }

    #[test]
    fn values_by_base_type_in_both_orders() {
        assert_eq!(read(0x83, &[0xFE, 0xFF], false), Value::Int(-2));
        assert_eq!(read(0x83, &[0xFF, 0xFE], true), Value::Int(-2));
        assert_eq!(read(0x86, &[0, 0, 1, 0], true), Value::Unsigned(256));
        assert_eq!(read(0x89, &1.5f64.to_le_bytes(), false), Value::Number(1.5));
        assert_eq!(read(0x02, &[1, 0xFF], false), Value::List(vec![Value::Unsigned(1), Value::Missing]));
        assert_eq!(read(0x07, b"ab\0cd\0\0", false).to_string(), "[ab, cd]");
        for (code, bytes) in [(0x84, &[0xFF; 2][..]), (0x8C, &[0; 4]), (0x8E, &[0xFF; 7]), (0x88, &[0xFF; 4])] {
            let is_missing = read(code, bytes, false).is_missing();
            assert_eq!(is_missing, bytes.len() != 7, "{code:#x}: seven bytes are no number of eight, but bytes");
        }
    }

    #[test]
    fn a_field_too_short_for_its_type_is_read_by_its_size() {
        assert_eq!(read(0x86, &[7, 0], false), Value::Unsigned(7));
        assert_eq!(read(0x06, &[7, 0, 0, 0], false), Value::Unsigned(7), "without the bit of the byte order");
    }

    #[test]
    fn a_header_of_impossible_size_is_still_a_header() {
        let mut bytes = *b"\xC8\x10\0\0\x01\0\0\0.FIT\0\0\x40";
        assert_eq!(Header::parse(&bytes).map(|header| header.size), Some(14));
        bytes[14] = 0;
        assert_eq!(Header::parse(&bytes).map(|header| header.size), Some(12));
        assert_eq!(Header::parse(&bytes[..12]).map(|header| header.size), Some(12));
        assert!(Header::parse(&bytes[..11]).is_none());
    }
}
