//! The messages that are rare and read field by field: sessions, laps, events, descriptions.

use crate::fit::protocol::{BaseType, Definition};

use super::profile::field;

/// A message that is read field by field.
pub(super) struct Message {
    pub number: u16,
    /// FIT seconds, where the message has a time.
    pub timestamp: Option<u32>,
    /// How many records stand before it in the file.
    pub records_before: usize,
    numbers: Vec<(u8, f64)>,
    texts: Vec<(u8, String)>,
}

impl Message {
    /// Returns the scaled value of a field, if it was written with one.
    pub fn number(&self, field: u8) -> Option<f64> {
        self.numbers.iter().find(|(number, _)| *number == field).map(|(_, value)| *value)
    }

    pub fn text(&self, field: u8) -> Option<&str> {
        self.texts.iter().find(|(number, _)| *number == field).map(|(_, text)| text.as_str())
    }

    /// Returns the value of a field that holds a code.
    pub fn code(&self, field: u8) -> Option<u8> {
        self.number(field).map(|value| value as u8)
    }
}

/// Whether an event tells of the timer.
pub(super) fn is_of_timer(event: &Message) -> bool {
    const TIMER: u8 = 0;
    event.code(field::EVENT_EVENT) == Some(TIMER)
}

/// Where a wanted field lies in a message, and how it is read.
pub(super) struct WantedField {
    number: u8,
    at: usize,
    size: usize,
    base_type: BaseType,
    scale: f64,
}

/// Where the wanted fields lie in messages of a definition.
pub(super) fn compile(definition: &Definition, wanted: &[(u8, f64)]) -> Vec<WantedField> {
    let find = |&(number, scale): &(u8, f64)| {
        let f = definition.field(number)?;
        Some(WantedField { number, at: f.at, size: f.size, base_type: f.base_type?, scale })
    };
    wanted.iter().filter_map(find).collect()
}

/// The wanted fields of one message.
pub(super) fn read(
    definition: &Definition,
    wanted: &[WantedField],
    body: &[u8],
    timestamp: Option<u32>,
    records_before: usize,
) -> Message {
    let (numbers, texts) = (Vec::with_capacity(wanted.len()), Vec::new());
    let mut read = Message { number: definition.message, timestamp, records_before, numbers, texts };
    for f in wanted {
        let bytes = &body[f.at..f.at + f.size];
        match f.base_type {
            BaseType::Text => {
                let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
                let text = String::from_utf8_lossy(&bytes[..end]).trim().to_owned();
                if !text.is_empty() {
                    read.texts.push((f.number, text));
                }
            }
            number => {
                let value = number.read(bytes, definition.big_endian);
                if !value.is_nan() {
                    read.numbers.push((f.number, value / f.scale));
                }
            }
        }
    }
    read
}
