//! Developer fields: series that apps and pods add to a file, with descriptions of their own.

use crate::fit::protocol::BaseType;

use crate::activity::Channel;

use super::fields::Message;
use super::profile::field;

/// A developer field as its `field_description` tells of it.
#[derive(Clone, PartialEq)]
pub(super) struct DeveloperField {
    developer_index: u8,
    number: u8,
    /// Empty for a pod that writes none.
    pub name: String,
    pub unit: String,
    pub base_type: BaseType,
    /// A value is `raw / scale - offset`.
    pub scale: f64,
    pub offset: f64,
    /// The number of the record field that it stands for, by its own word.
    native: Option<u8>,
}

/// Units as apps and pods write them, and the factors that make a channel's unit of them.
type Units = &'static [(&'static str, f64)];
const LENGTH_M: Units = &[("m", 1.0), ("meters", 1.0), ("metres", 1.0), ("km", 1000.0), ("cm", 0.01), ("mm", 0.001)];
const LENGTH_MM: Units = &[
    ("mm", 1.0),
    ("millimeters", 1.0),
    ("millimetres", 1.0),
    ("cm", 10.0),
    ("centimeters", 10.0),
    ("centimetres", 10.0),
    ("m", 1000.0),
];
const SPEED_MPS: Units = &[("m/s", 1.0), ("km/h", 1.0 / 3.6), ("kph", 1.0 / 3.6)];
const TIME_MS: Units = &[("ms", 1.0), ("milliseconds", 1.0), ("s", 1000.0)];
const PER_MINUTE: Units = &[("bpm", 1.0), ("rpm", 1.0), ("spm", 1.0), ("1/min", 1.0)];
const POWER_W: Units = &[("w", 1.0), ("watt", 1.0), ("watts", 1.0)];

/// What tells a developer field from all others: the developer's index and the field's number.
pub(super) type Key = (u8, u8);

impl DeveloperField {
    /// Returns what a `field_description` message tells; `None` for one that lacks the numbers it
    /// takes.
    pub fn from_message(read: &Message) -> Option<Self> {
        let text = |field| read.text(field).unwrap_or_default().to_owned();
        let number = read.code(field::DESCRIPTION_NUMBER)?;
        Some(Self {
            developer_index: read.code(field::DESCRIPTION_DEVELOPER_INDEX)?,
            number,
            name: text(field::DESCRIPTION_NAME),
            unit: text(field::DESCRIPTION_UNITS),
            base_type: BaseType::from_code(read.code(field::DESCRIPTION_BASE_TYPE)?)?,
            scale: read.number(field::DESCRIPTION_SCALE).filter(|s| *s != 0.0).unwrap_or(1.0),
            offset: read.number(field::DESCRIPTION_OFFSET).unwrap_or(0.0),
            native: read.code(field::DESCRIPTION_NATIVE_FIELD),
        })
    }

    pub fn key(&self) -> Key {
        (self.developer_index, self.number)
    }

    /// Returns the channel whose values the field holds and the factor that makes the channel's
    /// unit of its own; `None` for a field without a counterpart, or with a unit that the
    /// counterpart cannot have.
    ///
    /// The unit decides and not the number of the counterpart: one maker of pods declares ground
    /// contact in milliseconds as a field that is a percentage, and oscillation in centimetres as
    /// one in millimetres.
    pub fn stands_for(&self) -> Option<(Channel, f64)> {
        let (channel, units) = match self.native? {
            2 | 78 => (Channel::Altitude, LENGTH_M),
            3 => (Channel::HeartRate, PER_MINUTE),
            4 | 52 => (Channel::StepRate, PER_MINUTE),
            5 => (Channel::Distance, LENGTH_M),
            6 | 73 => (Channel::Speed, SPEED_MPS),
            7 => (Channel::Power, POWER_W),
            39 => (Channel::VerticalOscillation, LENGTH_MM),
            40 | 41 => (Channel::StanceTime, TIME_MS),
            85 => (Channel::StepLength, LENGTH_MM),
            _ => return None,
        };
        let unit = self.unit.trim();
        let (_, factor) = units.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
        Some((channel, *factor))
    }
}

/// Names the fields of a pod that writes no names, by their numbers.
///
/// One nameless field could be anybody's. Several with these numbers and no other unit are those of
/// the older `RunScribe` pods; the numbers are those by which other programs read their files.
pub(super) fn name_the_nameless(fields: &mut [DeveloperField]) {
    const SEVERAL: usize = 3;
    let named = |field: &DeveloperField| {
        let (name, units) = nameless(field.number).filter(|_| field.name.is_empty())?;
        let fits = field.unit.is_empty() || units.iter().any(|unit| unit.eq_ignore_ascii_case(&field.unit));
        fits.then_some((name, units.first().copied().unwrap_or_default()))
    };
    let mut known_of = [0; 256];
    for field in fields.iter().filter(|field| named(field).is_some()) {
        known_of[usize::from(field.developer_index)] += 1;
    }
    for field in fields {
        let is_one_of_several = known_of[usize::from(field.developer_index)] >= SEVERAL;
        if let Some((name, unit)) = named(field).filter(|_| is_one_of_several) {
            name.clone_into(&mut field.name);
            unit.clone_into(&mut field.unit);
        }
    }
}

/// What a field without a name is, by its number, and the units that it may have.
fn nameless(number: u8) -> Option<(&'static str, &'static [&'static str])> {
    const ACCELERATION: &[&str] = &["G"];
    const ANGLE: &[&str] = &["deg", "degrees", "\u{b0}"];
    const POWER: &[&str] = &["W", "watts"];
    Some(match number {
        0 => ("RS_Impact_GS_L", ACCELERATION),
        1 => ("RS_Braking_GS_L", ACCELERATION),
        2 => ("RS_FootStrike_L", &[]),
        3 => ("RS_Pronation_L", ANGLE),
        6 => ("RS_Impact_GS_R", ACCELERATION),
        7 => ("RS_Braking_GS_R", ACCELERATION),
        8 => ("RS_FootStrike_R", &[]),
        9 => ("RS_Pronation_R", ANGLE),
        12 => ("RS_Power_AVG", POWER),
        _ => return None,
    })
}
