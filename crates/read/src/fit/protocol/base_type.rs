//! How a number or a text lies in the bytes of a field.

/// The base types, in the order of their codes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BaseType {
    /// A code; 255 stands for no value.
    Enum,
    /// Signed, as all whose names begin with `I`; the largest value stands for none.
    I8,
    /// Unsigned, as all whose names begin with `U`; the largest value stands for none.
    U8,
    /// Signed, two bytes.
    I16,
    /// Unsigned, two bytes.
    U16,
    /// Signed, four bytes.
    I32,
    /// Unsigned, four bytes.
    U32,
    /// UTF-8, closed by a zero.
    Text,
    /// All bits set stands for no value, as in other floating numbers that are not finite.
    F32,
    /// The same in eight bytes.
    F64,
    /// Unsigned, and 0 stands for no value, as in all whose names end with `z`.
    U8z,
    /// The same in two bytes.
    U16z,
    /// The same in four bytes.
    U32z,
    /// Part of something; only a field of nothing but 255 has no value.
    Byte,
    /// Signed, eight bytes.
    I64,
    /// Unsigned, eight bytes.
    U64,
    /// Unsigned, eight bytes; 0 stands for no value.
    U64z,
}

impl BaseType {
    const BY_CODE: [Self; 17] = [
        Self::Enum,
        Self::I8,
        Self::U8,
        Self::I16,
        Self::U16,
        Self::I32,
        Self::U32,
        Self::Text,
        Self::F32,
        Self::F64,
        Self::U8z,
        Self::U16z,
        Self::U32z,
        Self::Byte,
        Self::I64,
        Self::U64,
        Self::U64z,
    ];

    /// Returns the type of a code; `None` for one that there is not.
    pub fn from_code(code: u8) -> Option<Self> {
        // Some writers leave out the endianness bit (0x80); the low bits alone are unambiguous.
        Self::BY_CODE.get(usize::from(code & 0x1F)).copied()
    }

    /// Returns its code, with the bit that tells of types whose byte order matters.
    pub fn code(self) -> u8 {
        self as u8 | if self.size() > 1 { 0x80 } else { 0 }
    }

    /// Returns whether it is a number, and not a text.
    pub fn is_number(self) -> bool {
        self != Self::Text
    }

    /// Returns bytes of one number; 1 of a text.
    pub fn size(self) -> usize {
        match self {
            Self::Enum | Self::I8 | Self::U8 | Self::U8z | Self::Byte | Self::Text => 1,
            Self::I16 | Self::U16 | Self::U16z => 2,
            Self::I32 | Self::U32 | Self::U32z | Self::F32 => 4,
            Self::I64 | Self::U64 | Self::U64z | Self::F64 => 8,
        }
    }

    /// Returns the type of a field of `size` bytes; `None` where none makes sense. Where a writer
    /// declares less bytes than its type has (COROS does), the size is right: the bytes are there.
    pub fn fitting(self, size: usize) -> Option<Self> {
        if size >= self.size() {
            return Some(self);
        }
        let is_signed = matches!(self, Self::I16 | Self::I32 | Self::I64);
        match (size, is_signed) {
            _ if matches!(self, Self::F32 | Self::F64) => None,
            (1, false) => Some(Self::U8),
            (1, true) => Some(Self::I8),
            (2, false) => Some(Self::U16),
            (2, true) => Some(Self::I16),
            (4, false) => Some(Self::U32),
            (4, true) => Some(Self::I32),
            _ => None,
        }
    }

    /// Returns the number at the start of `bytes`; NaN for a text, for "no value" and where bytes
    /// are short.
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
            Self::Enum | Self::U8 | Self::Byte => int!(u8, u8::MAX),
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
            Self::Text => f64::NAN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BaseType::{self, *};

    #[test]
    fn no_value_is_nan_and_values_keep_their_sign_in_both_orders() {
        assert!(U8.read(&[0xFF], false).is_nan());
        assert!(U16z.read(&[0, 0], false).is_nan());
        assert!(F32.read(&[0xFF; 4], false).is_nan());
        assert!(U32.read(&[1, 2], false).is_nan(), "short bytes");
        assert_eq!(I16.read(&[0xFE, 0xFF], false), -2.0);
        assert_eq!(I16.read(&[0xFF, 0xFE], true), -2.0);
        assert_eq!(U32.read(&[0, 0, 1, 0], true), 256.0);
    }

    #[test]
    fn a_field_smaller_than_its_type_is_read_by_its_size() {
        assert_eq!(U32.fitting(2), Some(U16));
        assert_eq!(U32.fitting(3), None);
        assert_eq!(F32.fitting(2), None);
        assert_eq!(Text.fitting(3), Some(Text));
    }

    #[test]
    fn codes_are_those_of_the_protocol() {
        let codes =
            [0x00, 0x01, 0x02, 0x83, 0x84, 0x85, 0x86, 0x07, 0x88, 0x89, 0x0A, 0x8B, 0x8C, 0x0D, 0x8E, 0x8F, 0x90];
        for code in codes {
            let of_it = BaseType::from_code(code).expect("a type");
            assert_eq!(of_it.code(), code);
            assert_eq!(BaseType::from_code(code & 0x1F), Some(of_it), "without the bit of the byte order");
        }
        assert_eq!(BaseType::from_code(0x91), None);
    }
}
