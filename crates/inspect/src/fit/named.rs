//! Names, scales and units, which `fitparser` has for every message of the FIT profile.
//!
//! It is given one message at a time, so that nothing it stumbles over costs more than that
//! message, or a field of it: the walk over the file is ours, and so are developer fields, which it
//! refuses where they come before their description. What it cannot read is shown by number.

use std::collections::HashMap;

use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use fitparser::profile::MesgNum;
use kneewise_read::fit::protocol::{
    BaseType, Definition, DeveloperFieldDefinition, EPOCH_UNIX_S, FieldDefinition, TIMESTAMP, count_on,
};
use kneewise_read::time::Timestamp;

use super::{Field, raw};
use crate::guard::guarded;
use crate::value::Value;

/// Message and field numbers of times on the runner's clock. `fitparser` would count them from
/// midnight in the time zone of this machine.
const LOCAL_TIMES: [(u16, u8); 6] = [(34, 5), (55, 11), (103, 0), (162, 3), (28, 6), (398, 0)];

/// The message that describes a developer field.
pub(super) const FIELD_DESCRIPTION: u16 = 206;

/// The name of a message; by number where the profile has none.
pub(crate) fn message_name(number: u16) -> String {
    match MesgNum::from(number) {
        MesgNum::Value(_) => format!("unknown_{number}"),
        known => known.to_string(),
    }
}

/// How a developer field is to be read.
#[derive(Clone, Debug)]
pub(super) struct Description {
    name: String,
    units: String,
    base_type: BaseType,
    scale: f64,
    offset: f64,
}

/// The descriptions of a sequence, by developer and field number.
pub(super) type Descriptions = HashMap<(u8, u8), Description>;

/// Reads a description; `None` where a part is missing that it cannot do without.
pub(super) fn description(definition: &Definition, body: &[u8]) -> Option<((u8, u8), Description)> {
    let number = |field: u8| raw::of_number(field, definition, body).and_then(|value| value.as_f64());
    let text = |field: u8| match raw::of_number(field, definition, body) {
        Some(Value::Text(text)) => text,
        Some(Value::List(texts)) => texts.iter().map(Value::to_string).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    let key = (number(0)? as u8, number(1)? as u8);
    let described = Description {
        name: text(3),
        units: text(8),
        base_type: BaseType::from_code(number(2)? as u8)?,
        scale: number(6).filter(|scale| *scale > 0.0).unwrap_or(1.0),
        offset: number(7).unwrap_or(0.0),
    };
    Some((key, described))
}

/// Reads the messages of one sequence, in order.
pub(super) struct Namer {
    parser: FitStreamProcessor,
    descriptions: Descriptions,
    buffer: Vec<u8>,
    /// FIT seconds of the last message that had a time: what compressed times count from.
    last_time: Option<u32>,
}

impl Namer {
    /// For a sequence in which these developer fields are described somewhere.
    pub fn new(descriptions: Descriptions) -> Self {
        let mut parser = FitStreamProcessor::new();
        // Without this, fields that pack others would be missing.
        parser.add_option(DecodeOption::KeepCompositeFields);
        // A header of our own: its data is longer than any file, so that the end of the file is
        // never looked for.
        let header = b"\x0E\x20\0\0\xFF\xFF\xFF\x7F.FIT\0\0";
        let _ = guarded(|| parser.deserialize_next(header).map(|_| ()));
        Self { parser, descriptions, buffer: Vec::new(), last_time: None }
    }

    /// Returns the fields of a data message, and what kept some of them from having names.
    pub fn read(&mut self, header: u8, definition: &Definition, body: &[u8]) -> (Vec<Field>, Option<String>) {
        if definition.message == FIELD_DESCRIPTION
            && let Some((key, described)) = description(definition, body)
        {
            self.descriptions.insert(key, described);
        }
        let (mut fields, problem) = match self.decode(definition, &definition.fields, body) {
            Ok(decoded) => (self.own(decoded, definition, body), None),
            Err(problem) => {
                let each = definition.fields.iter().map(|field| self.alone(field, definition, body));
                (each.collect(), Some(problem))
            }
        };
        // The same in every message, those included that the profile does not know.
        if let Some(field) = fields.iter_mut().find(|field| field.number == TIMESTAMP)
            && let Some(Value::Unsigned(seconds @ 0..=0xFFFF_FFFE)) = raw::of_number(TIMESTAMP, definition, body)
        {
            *field = timestamp(seconds as u32);
        }
        fields.extend(self.compressed_time(header, definition, body));
        fields.retain(|field| !field.value.is_missing());
        // The profile's 253 and 254 are the time and the index of a message, by which a reader
        // finds it.
        fields.sort_by_key(|field| if field.number > 252 { (0, u8::MAX - field.number) } else { (1, field.number) });
        fields.extend(definition.developer_fields.iter().filter_map(|field| self.developer(field, definition, body)));
        (fields, problem)
    }

    /// What `fitparser` makes of some fields of a message. It forgets all of it again: what it
    /// would carry on from message to message (sums of fields that roll over) it gets wrong.
    fn decode(
        &mut self,
        definition: &Definition,
        fields: &[FieldDefinition],
        body: &[u8],
    ) -> Result<Vec<Field>, String> {
        let Self { parser, buffer, .. } = self;
        let decoded = guarded(|| -> fitparser::Result<Vec<Field>> {
            parser.reset();
            buffer.clear();
            buffer.extend([0x40, 0, u8::from(definition.big_endian)]);
            let number = definition.message;
            buffer.extend(if definition.big_endian { number.to_be_bytes() } else { number.to_le_bytes() });
            buffer.push(fields.len() as u8);
            for field in fields {
                let is_local_time = LOCAL_TIMES.contains(&(number, field.number));
                // Never a type that does not fit the size, of which it would complain on standard
                // error.
                let shown = if is_local_time { BaseType::Byte } else { raw::shown_type(field.base_type, field.size) };
                buffer.extend([field.number, field.size as u8, shown.code()]);
            }
            parser.deserialize_next(buffer)?;
            buffer.clear();
            buffer.push(0);
            for field in fields {
                buffer.extend(&body[field.at..field.at + field.size]);
            }
            let (_, FitObject::DataMessage(message)) = parser.deserialize_next(buffer)? else { return Ok(Vec::new()) };
            let record = parser.decode_message(message)?;
            Ok(record.fields().iter().map(|field| shown(field, definition, body)).collect())
        });
        match decoded {
            Some(result) => result.map_err(|error| format!("fitparser: {error}")),
            None => Err("fitparser panicked".to_owned()),
        }
    }

    /// One field by itself; by number where not even that can be decoded.
    fn alone(&mut self, field: &FieldDefinition, definition: &Definition, body: &[u8]) -> Field {
        let decoded = self.decode(definition, std::slice::from_ref(field), body).unwrap_or_default();
        decoded.into_iter().find(|decoded| decoded.number == field.number).unwrap_or_else(|| Field {
            name: format!("unknown_field_{}", field.number),
            number: field.number,
            developer: None,
            value: raw::of_field(field, definition, body),
            units: String::new(),
        })
    }

    /// The fields that are in the file, each once. `fitparser` also unpacks fields into others,
    /// which may be there themselves.
    fn own(&mut self, mut decoded: Vec<Field>, definition: &Definition, body: &[u8]) -> Vec<Field> {
        decoded.sort_by_key(|field| field.number);
        decoded.dedup();
        let mut own: Vec<Field> = Vec::with_capacity(definition.fields.len());
        for of_number in decoded.chunk_by(|a, b| a.number == b.number) {
            let Some(defined) = definition.fields.iter().find(|field| field.number == of_number[0].number) else {
                continue;
            };
            match of_number {
                [one] => own.push(one.clone()),
                _ => own.push(self.alone(defined, definition, body)),
            }
        }
        own
    }

    /// The time in the header byte of a message: five bits of seconds, which roll over every 32 s.
    fn compressed_time(&mut self, header: u8, definition: &Definition, body: &[u8]) -> Option<Field> {
        if let Some(Value::Unsigned(time)) = raw::of_number(TIMESTAMP, definition, body) {
            self.last_time = Some(time as u32);
        }
        if header & 0x80 == 0 {
            return None;
        }
        let last = self.last_time?;
        let time = count_on(last, header & 0x1F);
        self.last_time = Some(time);
        Some(timestamp(time))
    }

    fn developer(&self, field: &DeveloperFieldDefinition, definition: &Definition, body: &[u8]) -> Option<Field> {
        let described = self.descriptions.get(&field.key());
        let base_type = raw::shown_type(described.map(|described| described.base_type), field.size);
        let bytes = &body[field.at..field.at + field.size];
        let mut value = raw::read(base_type, bytes, definition.big_endian);
        if let Some(Description { scale, offset, .. }) = described
            && (*scale, *offset) != (1.0, 0.0)
        {
            value = value.map_numbers(&|number| number / scale - offset);
        }
        if value.is_missing() {
            return None;
        }
        let name = described.map(|described| described.name.clone()).filter(|name| !name.is_empty());
        Some(Field {
            name: name.unwrap_or_else(|| format!("developer_{}_field_{}", field.developer_index, field.number)),
            number: field.number,
            developer: Some(field.developer_index),
            value,
            units: described.map_or_else(String::new, |described| described.units.clone()),
        })
    }
}

fn timestamp(fit_s: u32) -> Field {
    let (name, units) = ("timestamp".to_owned(), String::new());
    Field { name, number: TIMESTAMP, developer: None, value: clock(i64::from(fit_s)), units }
}

fn shown(field: &fitparser::FitDataField, definition: &Definition, body: &[u8]) -> Field {
    let number = field.number();
    let mut units = field.units().to_owned();
    let mut value = value(field.value());
    if LOCAL_TIMES.contains(&(definition.message, number)) {
        let seconds = raw::of_number(number, definition, body).and_then(|raw| raw.as_f64());
        value = match seconds.map(|seconds| clock(seconds as i64)) {
            // On the runner's clock, not UTC.
            Some(Value::Text(time)) => Value::Text(time.trim_end_matches('Z').to_owned()),
            other => other.unwrap_or(Value::Missing),
        };
        units.clear();
    }
    if matches!(field.value(), fitparser::Value::Timestamp(_)) {
        units.clear();
    }
    if units == "semicircles" {
        "deg".clone_into(&mut units);
        // Seven decimals are a centimetre.
        value = value.map_numbers(&|n| (n * 180.0 / 2_147_483_648.0 * 1e7).round() / 1e7);
    }
    Field { name: field.name().to_owned(), number, developer: None, value, units }
}

fn value(theirs: &fitparser::Value) -> Value {
    use fitparser::Value as Theirs;
    match theirs {
        Theirs::Timestamp(time) => clock(time.timestamp() - EPOCH_UNIX_S),
        Theirs::Byte(v) | Theirs::Enum(v) | Theirs::UInt8(v) | Theirs::UInt8z(v) => Value::Unsigned(u64::from(*v)),
        Theirs::UInt16(v) | Theirs::UInt16z(v) => Value::Unsigned(u64::from(*v)),
        Theirs::UInt32(v) | Theirs::UInt32z(v) => Value::Unsigned(u64::from(*v)),
        Theirs::UInt64(v) | Theirs::UInt64z(v) => Value::Unsigned(*v),
        Theirs::SInt8(v) => Value::Int(i64::from(*v)),
        Theirs::SInt16(v) => Value::Int(i64::from(*v)),
        Theirs::SInt32(v) => Value::Int(i64::from(*v)),
        Theirs::SInt64(v) => Value::Int(*v),
        Theirs::Float32(v) => Value::single(*v),
        Theirs::Float64(v) => Value::number(*v),
        Theirs::String(text) => Value::Text(text.clone()),
        Theirs::Array(values) => Value::List(values.iter().map(value).collect()),
        Theirs::Invalid => Value::Missing,
    }
}

/// A time as `2026-03-01T07:30:00Z`, from FIT seconds.
fn clock(fit_s: i64) -> Value {
    let time = Timestamp::from_unix_s(fit_s + EPOCH_UNIX_S);
    time.map_or(Value::Int(fit_s), |time| Value::Text(time.to_string()))
}
