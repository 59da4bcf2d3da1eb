//! What the bytes of a field hold, without names and scales.

use kneewise_read::fit::protocol::{BaseType, Definition, FieldDefinition};

use crate::value::Value;

/// The type that shows a field of `size` bytes: its own where whole numbers of it fill the field,
/// or else a smaller one of its kind; bytes where there is none.
pub(super) fn shown_type(base_type: Option<BaseType>, size: usize) -> BaseType {
    let fitting = base_type.and_then(|base_type| base_type.fitting(size));
    fitting.filter(|base_type| size.is_multiple_of(base_type.size())).unwrap_or(BaseType::Byte)
}

/// What a field of a message holds, unscaled.
pub(super) fn of_field(field: &FieldDefinition, definition: &Definition, body: &[u8]) -> Value {
    let bytes = &body[field.at..field.at + field.size];
    read(shown_type(field.base_type, field.size), bytes, definition.big_endian)
}

/// What field `number` of a message with this body holds, unscaled; `None` for nothing.
pub(super) fn of_number(number: u8, definition: &Definition, body: &[u8]) -> Option<Value> {
    Some(of_field(definition.field(number)?, definition, body)).filter(|value| !value.is_missing())
}

/// What `bytes` hold; places that hold the type's "no value" are missing.
pub(super) fn read(base_type: BaseType, bytes: &[u8], big_endian: bool) -> Value {
    if base_type == BaseType::Text {
        let texts = bytes.split(|byte| *byte == 0).filter(|text| !text.is_empty());
        return Value::of(texts.map(|text| Value::Text(String::from_utf8_lossy(text).into_owned())).collect());
    }
    let numbers = bytes.chunks_exact(base_type.size());
    Value::of(numbers.map(|number| read_one(base_type, number, big_endian)).collect())
}

fn read_one(base_type: BaseType, bytes: &[u8], big_endian: bool) -> Value {
    use BaseType as T;
    let value = base_type.read(bytes, big_endian);
    match base_type {
        // One byte of several has no value of its own that says "none".
        T::Byte => Value::Unsigned(u64::from(bytes[0])),
        _ if value.is_nan() => Value::Missing,
        T::F32 => Value::single(value as f32),
        T::F64 => Value::number(value),
        // Beyond 2^53 a float would lose the last digits.
        T::I64 => Value::Int(wide(bytes, big_endian) as i64),
        T::U64 | T::U64z => Value::Unsigned(wide(bytes, big_endian)),
        T::I8 | T::I16 | T::I32 => Value::Int(value as i64),
        _ => Value::Unsigned(value as u64),
    }
}

fn wide(bytes: &[u8], big_endian: bool) -> u64 {
    let raw = bytes.first_chunk().copied().unwrap_or_default();
    if big_endian { u64::from_be_bytes(raw) } else { u64::from_le_bytes(raw) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: u8, bytes: &[u8], big_endian: bool) -> Value {
        read(shown_type(BaseType::from_code(code), bytes.len()), bytes, big_endian)
    }

    #[test]
    fn values_by_base_type_in_both_orders() {
        assert_eq!(shown(0x83, &[0xFE, 0xFF], false), Value::Int(-2));
        assert_eq!(shown(0x83, &[0xFF, 0xFE], true), Value::Int(-2));
        assert_eq!(shown(0x86, &[0, 0, 1, 0], true), Value::Unsigned(256));
        assert_eq!(shown(0x89, &1.5f64.to_le_bytes(), false), Value::Number(1.5));
        assert_eq!(shown(0x02, &[1, 0xFF], false), Value::List(vec![Value::Unsigned(1), Value::Missing]));
        assert_eq!(shown(0x07, b"ab\0cd\0\0", false).to_string(), "[ab, cd]");
        for (code, bytes) in [(0x84, &[0xFF; 2][..]), (0x8C, &[0; 4]), (0x8E, &[0xFF; 7]), (0x88, &[0xFF; 4])] {
            let is_missing = shown(code, bytes, false).is_missing();
            assert_eq!(is_missing, bytes.len() != 7, "{code:#x}: seven bytes are no number of eight, but bytes");
        }
    }

    #[test]
    fn numbers_of_eight_bytes_keep_every_digit() {
        let large = (1u64 << 53) + 1;
        assert_eq!(shown(0x8F, &large.to_le_bytes(), false), Value::Unsigned(large));
        assert_eq!(shown(0x8E, &(-(large as i64)).to_be_bytes(), true), Value::Int(-(large as i64)));
    }

    #[test]
    fn a_field_too_short_for_its_type_is_read_by_its_size() {
        assert_eq!(shown(0x86, &[7, 0], false), Value::Unsigned(7));
        assert_eq!(shown(0x06, &[7, 0, 0, 0], false), Value::Unsigned(7), "without the bit of the byte order");
    }
}
