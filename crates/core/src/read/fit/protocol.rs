//! The FIT protocol: headers, base types, definition messages.

use super::profile;

/// A FIT file header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// 12 or 14 bytes, of which messages begin behind.
    pub size: usize,
    /// What the header says of its size.
    pub claimed_size: u8,
    /// Bytes of messages after the header, as declared.
    pub data_size: usize,
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
        let data_size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        (bytes.len() >= size).then_some(Self { size, claimed_size: head[0], data_size })
    }
}

/// How a number lies in the bytes of a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Number {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    /// Unsigned kinds whose invalid value is 0.
    U8z,
    U16z,
    U32z,
    U64z,
}

impl Number {
    pub fn size(self) -> usize {
        match self {
            Self::U8 | Self::I8 | Self::U8z => 1,
            Self::U16 | Self::I16 | Self::U16z => 2,
            Self::U32 | Self::I32 | Self::U32z | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::U64z | Self::F64 => 8,
        }
    }

    /// The number at the start of `bytes`; NaN for the base type's "no value" and where bytes are short.
    #[inline]
    pub fn read(self, bytes: &[u8], big_endian: bool) -> f64 {
        macro_rules! int {
            ($type:ty, $invalid:expr) => {{
                let Some(raw) = bytes.first_chunk() else { return f64::NAN };
                let value = if big_endian { <$type>::from_be_bytes(*raw) } else { <$type>::from_le_bytes(*raw) };
                if value == $invalid { f64::NAN } else { value as f64 }
            }};
        }
        macro_rules! float {
            ($type:ty) => {{
                let Some(raw) = bytes.first_chunk() else { return f64::NAN };
                let value =
                    f64::from(if big_endian { <$type>::from_be_bytes(*raw) } else { <$type>::from_le_bytes(*raw) });
                if value.is_finite() { value } else { f64::NAN }
            }};
        }
        match self {
            Self::U8 => int!(u8, u8::MAX),
            Self::I8 => int!(i8, i8::MAX),
            Self::U16 => int!(u16, u16::MAX),
            Self::I16 => int!(i16, i16::MAX),
            Self::U32 => int!(u32, u32::MAX),
            Self::I32 => int!(i32, i32::MAX),
            Self::U64 => int!(u64, u64::MAX),
            Self::I64 => int!(i64, i64::MAX),
            Self::U8z => int!(u8, 0),
            Self::U16z => int!(u16, 0),
            Self::U32z => int!(u32, 0),
            Self::U64z => int!(u64, 0),
            Self::F32 => float!(f32),
            Self::F64 => float!(f64),
        }
    }
}

/// What a base type byte stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum BaseType {
    Number(Number),
    Text,
}

impl BaseType {
    pub fn from_code(code: u8) -> Option<Self> {
        // Some writers leave out the endianness bit (0x80); the low bits alone are unambiguous.
        Some(match code & 0x1F {
            0x00 | 0x02 | 0x0D => Self::Number(Number::U8),
            0x01 => Self::Number(Number::I8),
            0x03 => Self::Number(Number::I16),
            0x04 => Self::Number(Number::U16),
            0x05 => Self::Number(Number::I32),
            0x06 => Self::Number(Number::U32),
            0x07 => Self::Text,
            0x08 => Self::Number(Number::F32),
            0x09 => Self::Number(Number::F64),
            0x0A => Self::Number(Number::U8z),
            0x0B => Self::Number(Number::U16z),
            0x0C => Self::Number(Number::U32z),
            0x0E => Self::Number(Number::I64),
            0x0F => Self::Number(Number::U64),
            0x10 => Self::Number(Number::U64z),
            _ => return None,
        })
    }

    /// The type of a field of `size` bytes. Where a writer declares a size that is no multiple of its
    /// type's (COROS does), the size is right: the bytes are there.
    pub fn fitting(self, size: usize) -> Option<Self> {
        let Self::Number(number) = self else { return Some(self) };
        if size >= number.size() {
            return Some(self);
        }
        if matches!(number, Number::F32 | Number::F64) {
            return None;
        }
        let signed = matches!(number, Number::I16 | Number::I32 | Number::I64);
        Some(Self::Number(match (size, signed) {
            (1, false) => Number::U8,
            (1, true) => Number::I8,
            (2, false) => Number::U16,
            (2, true) => Number::I16,
            (4, false) => Number::U32,
            (4, true) => Number::I32,
            _ => return None,
        }))
    }
}

/// One field of a definition message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FieldDefinition {
    pub number: u8,
    /// Where the field begins in the message's body.
    pub at: usize,
    pub size: usize,
    pub base_type: Option<BaseType>,
}

/// One developer field of a definition message; its type stands in a `field_description`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DeveloperFieldDefinition {
    pub number: u8,
    pub developer_index: u8,
    pub at: usize,
    pub size: usize,
}

impl DeveloperFieldDefinition {
    pub fn key(&self) -> (u8, u8) {
        (self.developer_index, self.number)
    }
}

/// A definition message: how the data messages of its local type are laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Definition {
    pub message: u16,
    pub big_endian: bool,
    pub fields: Vec<FieldDefinition>,
    pub developer_fields: Vec<DeveloperFieldDefinition>,
    /// Bytes of a data message after its header byte.
    pub body_size: usize,
}

impl Definition {
    /// Parses the definition after its header byte; returns it and the bytes it takes up.
    /// `None` when bytes are missing or no writer would write it.
    pub fn parse(bytes: &[u8], with_developer_fields: bool) -> Option<(Self, usize)> {
        let [0, architecture @ (0 | 1), a, b, n_fields, ..] = *bytes else { return None };
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
        Some((Self { message, big_endian, fields, developer_fields, body_size: at }, used))
    }

    /// Where the timestamp lies in the body.
    pub fn timestamp_at(&self) -> Option<usize> {
        self.fields.iter().find(|f| f.number == profile::TIMESTAMP && f.size == 4).map(|f| f.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_nan_and_values_keep_their_sign_in_both_orders() {
        assert!(Number::U8.read(&[0xFF], false).is_nan());
        assert!(Number::U16z.read(&[0, 0], false).is_nan());
        assert!(Number::F32.read(&[0xFF; 4], false).is_nan());
        assert!(Number::U32.read(&[1, 2], false).is_nan(), "short bytes");
        assert_eq!(Number::I16.read(&[0xFE, 0xFF], false), -2.0);
        assert_eq!(Number::I16.read(&[0xFF, 0xFE], true), -2.0);
        assert_eq!(Number::U32.read(&[0, 0, 1, 0], true), 256.0);
    }

    #[test]
    fn a_field_smaller_than_its_type_is_read_by_its_size() {
        let u32_in_two_bytes = BaseType::Number(Number::U32).fitting(2);
        assert_eq!(u32_in_two_bytes, Some(BaseType::Number(Number::U16)));
        assert_eq!(BaseType::Number(Number::U32).fitting(3), None);
        assert_eq!(BaseType::Text.fitting(3), Some(BaseType::Text));
    }

    #[test]
    fn a_definition_cut_short_is_none() {
        let whole = [0, 0, 20, 0, 1, 253, 4, 0x86];
        assert!(Definition::parse(&whole, false).is_some());
        for len in 0..whole.len() {
            assert!(Definition::parse(&whole[..len], false).is_none(), "{len} bytes");
        }
    }
}
