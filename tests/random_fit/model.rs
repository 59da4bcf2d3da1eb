//! Random FIT files that the protocol allows, and what must come out of them.
//!
//! Values stay within what a runner can do, because readers leave out what nobody can; everything
//! else is as odd as the protocol lets it be.

use kneewise_fixtures::fit::BaseType::{
    self, Byte, Enum, Float32, Float64, Sint8, Sint16, Sint32, Sint64, Uint8, Uint8z, Uint16, Uint16z, Uint32, Uint32z,
    Uint64,
};
use kneewise_fixtures::fit::{DevField, Field, FitWriter, Value, crc16};
use kneewise_read::activity::Channel;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;

/// A field of a record that is read, by Garmin's profile.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub number: u8,
    pub channel: Channel,
    /// A value is `raw / scale - offset`.
    scale: f64,
    offset: f64,
    base_type: BaseType,
    /// Raw numbers that a runner's watch writes.
    lowest: i64,
    highest: i64,
}

const fn known(number: u8, channel: Channel, scale: f64, base_type: BaseType, lowest: i64, highest: i64) -> Known {
    Known { number, channel, scale, offset: 0.0, base_type, lowest, highest }
}

const SEMICIRCLES_PER_DEGREE: f64 = 2_147_483_648.0 / 180.0;

/// Where two fields fill one channel, the later one here has the say, unless it is 0.
pub const KNOWN: [Known; 18] = [
    known(0, Channel::Latitude, SEMICIRCLES_PER_DEGREE, Sint32, -1_000_000_000, -1),
    known(1, Channel::Longitude, SEMICIRCLES_PER_DEGREE, Sint32, 1, 2_100_000_000),
    Known { offset: 500.0, ..known(2, Channel::Altitude, 5.0, Uint16, 1500, 40_000) },
    Known { offset: 500.0, ..known(78, Channel::Altitude, 5.0, Uint32, 1500, 40_000) },
    known(3, Channel::HeartRate, 1.0, Uint8, 30, 220),
    known(4, Channel::StepRate, 1.0, Uint8, 60, 95),
    known(CADENCE_256, Channel::StepRate, 256.0, Uint16, 60 * 256, 95 * 256),
    known(FRACTION, Channel::StepRate, 128.0, Uint8, 0, 127),
    known(DISTANCE, Channel::Distance, 100.0, Uint32, 0, 50),
    known(6, Channel::Speed, 1000.0, Uint16, 0, 9000),
    known(73, Channel::Speed, 1000.0, Uint32, 0, 9000),
    known(7, Channel::Power, 1.0, Uint16, 1, 900),
    known(13, Channel::Temperature, 1.0, Sint8, -30, 50),
    known(39, Channel::VerticalOscillation, 10.0, Uint16, 300, 1400),
    known(41, Channel::StanceTime, 10.0, Uint16, 1800, 3500),
    known(83, Channel::VerticalRatio, 100.0, Uint16, 400, 1400),
    known(84, Channel::StanceTimeBalance, 100.0, Uint16, 4500, 5500),
    known(85, Channel::StepLength, 10.0, Uint16, 5000, 15_000),
];

const DISTANCE: u8 = 5;
const CADENCE_256: u8 = 52;
const FRACTION: u8 = 53;

/// How one field is laid out.
#[derive(Clone, Debug)]
struct Laid {
    /// `None` is a field that no profile knows.
    known: Option<Known>,
    field: Field,
}

/// A developer field: what its description says of it.
#[derive(Clone, Debug)]
pub struct Developer {
    base_type: BaseType,
    /// By which it is found again: some pods write no name.
    pub unit: String,
    has_name: bool,
    /// After which of the records the description stands; `None` for none at all.
    described_before: Option<usize>,
    length: u8,
}

/// A way to lay out records.
#[derive(Clone, Debug)]
struct Layout {
    local: u8,
    big_endian: bool,
    compressed: bool,
    fields: Vec<Laid>,
    developer: Vec<usize>,
}

/// More than fields of a layout.
const MOST_DRAWS: usize = 25;

/// What a record holds: a draw for each field of any layout.
#[derive(Clone, Debug)]
struct Record {
    seconds_later: u32,
    layout: usize,
    draws: [u32; MOST_DRAWS],
    /// A message of a kind unknown to all stands before it.
    after_unknown: Option<Vec<u8>>,
    defined_again: bool,
}

/// One FIT sequence.
#[derive(Clone, Debug)]
pub struct Sequence {
    header_size: u8,
    header_checksum_is_0: bool,
    layouts: Vec<Layout>,
    pub developer: Vec<Developer>,
    records: Vec<Record>,
    /// Records at which a session begins, in order; none for a recording that broke off.
    session_starts: Vec<usize>,
    sessions_first: bool,
    /// Two neighbours that change places.
    swapped: Option<usize>,
}

/// What must come out of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Seconds of the FIT epoch.
    pub time: u32,
    /// By `Channel as usize`.
    pub values: [Option<f64>; Channel::ALL.len()],
    /// By the index in `Sequence::developer`; whether its type was known by then, and its value.
    pub developer: Vec<(bool, Option<f64>)>,
}

/// The bytes of a sequence, and what must come out of it, activity by activity.
pub struct Written {
    pub bytes: Vec<u8>,
    pub activities: Vec<Vec<Expected>>,
}

fn base_type_for(known: Known) -> impl Strategy<Value = BaseType> {
    let integers = [known.base_type, Sint32, Sint64, Uint32, Uint64, Float64];
    let fits = move |t: &BaseType| match t {
        // The profile's own type and all that hold its whole range.
        Uint32 | Uint64 => known.lowest >= 0,
        _ => true,
    };
    let choices: Vec<BaseType> = integers.into_iter().filter(fits).collect();
    // Watches hardly ever leave the profile.
    prop_oneof![3 => Just(known.base_type), 1 => proptest::sample::select(choices)]
}

fn laid(known: Known) -> impl Strategy<Value = Laid> {
    let number = known.number;
    (base_type_for(known), prop_oneof![6 => Just(1u8), 1 => 2..4u8], 0..12u8).prop_map(
        move |(base_type, length, odd)| {
            let mut field = Field { number, size: base_type.size() as u8 * length, base_type };
            // As COROS does: fewer bytes than the declared type has; they hold the number all the
            // same.
            if odd == 0 && known.lowest >= 0 && matches!(known.base_type, Uint8 | Uint16) {
                field = Field { number, size: known.base_type.size() as u8, base_type: Uint32 };
            }
            Laid { known: Some(known), field }
        },
    )
}

fn unknown_field() -> impl Strategy<Value = Laid> {
    (200..230u8, proptest::sample::select(BaseType::ALL.to_vec()), 1..4u8).prop_map(|(number, base_type, length)| {
        Laid { known: None, field: Field { number, size: base_type.size() as u8 * length, base_type } }
    })
}

fn layout(developer: usize) -> impl Strategy<Value = Layout> {
    let known_fields = subsequence(KNOWN.to_vec(), 0..=KNOWN.len()).prop_flat_map(|fields| {
        // A fraction alone, or beside a cadence that has one already, means nothing.
        let has = |number: u8| fields.iter().any(|f| f.number == number);
        let (whole, both) = (has(4), has(CADENCE_256));
        let makes_sense = |f: &Known| match f.number {
            FRACTION => whole && !both,
            4 => !both,
            _ => true,
        };
        fields.iter().copied().filter(makes_sense).map(laid).collect::<Vec<_>>()
    });
    let fields = (known_fields, vec(unknown_field(), 0..3)).prop_map(|(known, unknown)| {
        // With its time in the header, a record of no field at all would be a single byte, which
        // tells nothing.
        let filler = Laid { known: None, field: Field { number: 250, size: 1, base_type: Byte } };
        let filler = (known.is_empty() && unknown.is_empty()).then_some(filler);
        known.into_iter().chain(unknown).chain(filler).collect::<Vec<_>>()
    });
    (0..15u8, any::<bool>(), any::<bool>(), fields, subsequence((0..developer).collect::<Vec<_>>(), 0..=developer))
        .prop_flat_map(|(local, big_endian, compressed, fields, developer)| {
            Just(fields).prop_shuffle().prop_map(move |fields| Layout {
                local: if compressed { local % 4 } else { local },
                big_endian,
                compressed,
                fields,
                developer: developer.clone(),
            })
        })
}

fn developer_field(index: usize) -> impl Strategy<Value = Developer> {
    let types = [Uint8, Sint8, Uint16, Sint16, Uint32, Sint32, Float32, Float64, Uint8z, Uint16z, Uint32z, Byte];
    let when = prop_oneof![3 => Just(Some(0)), 1 => (1..20usize).prop_map(Some), 1 => Just(None)];
    (proptest::sample::select(types.to_vec()), any::<bool>(), when, 1..3u8).prop_map(
        move |(base_type, has_name, described_before, length)| Developer {
            base_type,
            unit: format!("u{index}"),
            has_name,
            described_before,
            length,
        },
    )
}

/// A random sequence.
pub fn sequence() -> impl Strategy<Value = Sequence> {
    let developer = (0..4usize).prop_flat_map(|n| (0..n).map(developer_field).collect::<Vec<_>>());
    let layouts = developer.prop_flat_map(|developer| {
        let n = developer.len();
        (Just(developer), vec(layout(n), 1..4))
    });
    let unknown = prop_oneof![6 => Just(None), 1 => vec(any::<u8>(), 1..20).prop_map(Some)];
    let later = prop_oneof![8 => 1..6u32, 1 => 6..400u32];
    let record = (later, 0..4usize, any::<[u32; MOST_DRAWS]>(), unknown, proptest::bool::weighted(0.1)).prop_map(
        |(seconds_later, layout, draws, after_unknown, defined_again)| Record {
            seconds_later,
            layout,
            draws,
            after_unknown,
            defined_again,
        },
    );
    let records = vec(record, 1..40).prop_flat_map(|records| {
        let n = records.len();
        let starts = subsequence((1..n).collect::<Vec<_>>(), 0..=(n - 1).min(2));
        (Just(records), starts, any::<bool>(), proptest::option::weighted(0.2, 0..n))
    });
    (layouts, records, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |((developer, layouts), (records, mut starts, has_sessions, swapped), long_header, zero, sessions_first)| {
            starts.insert(0, 0);
            Sequence {
                header_size: if long_header { 14 } else { 12 },
                header_checksum_is_0: zero,
                layouts,
                developer,
                records,
                session_starts: if has_sessions { starts } else { Vec::new() },
                sessions_first,
                swapped,
            }
        },
    )
}

const ACTIVITY: i64 = 4;
const RUNNING: i64 = 1;

impl Sequence {
    /// Whether some developer field stands in a record before anything describes it.
    pub fn describes_late(&self) -> bool {
        self.developer.iter().any(|d| d.described_before != Some(0))
    }

    /// Whether it uses what `fitparser` reads wrongly: numbers in fewer bytes than their type has,
    /// of which it takes some, and the plain speed or altitude as a float, whose bits it takes for
    /// those of a whole number.
    pub fn is_beyond_fitparser(&self) -> bool {
        let fields = self.layouts.iter().flat_map(|layout| &layout.fields);
        fields.into_iter().map(|laid| laid.field).any(|field| {
            let is_cut = usize::from(field.size) < field.base_type.size();
            is_cut || matches!(field.number, 2 | 6) && field.base_type.is_float()
        })
    }

    /// Writes the sequence, its first record at `start`.
    pub fn write(&self, start: u32) -> Written {
        let mut fit = FitWriter::new(self.header_size);
        let code = |number, base_type: BaseType| Field { number, size: base_type.size() as u8, base_type };
        fit.define(15, 0, &[code(0, Enum), code(1, Uint16)], false, &[]);
        fit.data(15, &[Value::Int(ACTIVITY), Value::Int(255)]);
        if self.session_starts.is_empty() {
            fit.define(15, 12, &[code(0, Enum)], true, &[]);
            fit.data(15, &[Value::Int(RUNNING)]);
        }
        let times = self.times(start);
        if self.sessions_first {
            self.sessions(&times, &mut fit);
        }
        let expected = self.records(start, &times, &mut fit);
        if !self.sessions_first {
            self.sessions(&times, &mut fit);
        }
        Written { bytes: self.with_header_checksum(fit.finish()), activities: self.by_session(&times, expected) }
    }

    /// When each record is, in the order of the draws.
    fn times(&self, start: u32) -> Vec<u32> {
        let later = self.records.iter().scan(start, |now, record| {
            *now += record.seconds_later;
            Some(*now)
        });
        later.collect()
    }

    fn sessions(&self, times: &[u32], fit: &mut FitWriter) {
        let field = |number, base_type: BaseType| Field { number, size: base_type.size() as u8, base_type };
        for (i, record) in self.session_starts.iter().enumerate() {
            fit.define(15, 18, &[field(253, Uint32), field(2, Uint32), field(5, Enum)], i % 2 == 1, &[]);
            let last = *times.last().unwrap_or(&0);
            fit.data(15, &[Value::Int(last.into()), Value::Int(times[*record].into()), Value::Int(RUNNING)]);
        }
    }

    fn records(&self, start: u32, times: &[u32], fit: &mut FitWriter) -> Vec<Expected> {
        let mut order: Vec<usize> = (0..self.records.len()).collect();
        if let Some(i) = self.swapped.filter(|i| i + 1 < order.len()) {
            order.swap(i, i + 1);
        }
        let mut expected = Vec::new();
        let mut defined: [Option<usize>; 16] = [None; 16];
        // Of the last message with a time, which compressed ones count from.
        let mut last = (self.sessions_first && !self.session_starts.is_empty()).then(|| *times.last().unwrap_or(&0));
        for (position, index) in order.into_iter().enumerate() {
            let (record, time) = (&self.records[index], times[index]);
            for (number, developer) in self.developer.iter().enumerate() {
                if developer.described_before == Some(position) {
                    developer.describe(number, fit);
                }
            }
            if let Some(bytes) = &record.after_unknown {
                let field = Field { number: 1, size: bytes.len() as u8, base_type: Byte };
                fit.define(15, 0xFF00 + bytes.len() as u16, &[field], bytes.len() % 2 == 0, &[]);
                fit.data(15, &[Value::Bytes(bytes.clone())]);
            }
            let which = record.layout % self.layouts.len();
            let layout = &self.layouts[which];
            let is_compressed =
                layout.compressed && last.is_some_and(|last| (0..32).contains(&(time as i64 - last as i64)));
            // A layout that leaves out the time is another definition.
            let key = which * 2 + usize::from(is_compressed);
            if defined[usize::from(layout.local)] != Some(key) || record.defined_again {
                self.define(layout, is_compressed, fit);
                defined[usize::from(layout.local)] = Some(key);
            }
            let (values, wanted) = self.values(layout, record, position, time, start);
            if is_compressed {
                fit.compressed(layout.local, (time % 32) as u8, &values);
            } else {
                fit.data(layout.local, &[vec![Value::Int(time.into())], values].concat());
            }
            last = Some(time);
            expected.push(wanted);
        }
        expected.sort_by_key(|e| e.time);
        expected
    }

    fn define(&self, layout: &Layout, is_compressed: bool, fit: &mut FitWriter) {
        let time = Field { number: 253, size: 4, base_type: Uint32 };
        let fields: Vec<Field> =
            (!is_compressed).then_some(time).into_iter().chain(layout.fields.iter().map(|laid| laid.field)).collect();
        let developer: Vec<DevField> = layout.developer.iter().map(|&n| self.developer[n].field(n)).collect();
        fit.define(layout.local, 20, &fields, layout.big_endian, &developer);
    }

    /// The values of a record as they are written, and as they must come out.
    fn values(
        &self,
        layout: &Layout,
        record: &Record,
        position: usize,
        time: u32,
        start: u32,
    ) -> (Vec<Value>, Expected) {
        let mut draws = record.draws.iter().cycle().map(|draw| (draw % 6 != 0).then_some(draw / 6));
        let mut drawn: Vec<(u8, f64, Channel)> = Vec::new();
        let mut values = Vec::new();
        for laid in &layout.fields {
            let draw = draws.next().flatten();
            let Some(known) = laid.known else {
                values.push(Value::Bytes(vec![draw.unwrap_or(0xFF) as u8; laid.field.size.into()]));
                continue;
            };
            let raw = draw.map(|draw| {
                let within = known.lowest + i64::from(draw) % (known.highest - known.lowest + 1);
                // A distance grows with time, 3 m a second and half a metre of chance.
                if known.number == DISTANCE { within + 300 * i64::from(time - start) } else { within }
            });
            values.push(write(raw, laid.field, known.base_type, layout.big_endian));
            if let Some(raw) = raw {
                drawn.push((known.number, raw as f64 / known.scale - known.offset, known.channel));
            }
        }
        let mut expected = Expected { time, values: [None; Channel::ALL.len()], developer: Vec::new() };
        for known in KNOWN.iter().filter(|known| known.number != FRACTION) {
            if let Some((_, value, channel)) = drawn.iter().find(|(number, ..)| *number == known.number) {
                // Watches count the strides of one leg.
                let feet = if *channel == Channel::StepRate { 2.0 } else { 1.0 };
                let slot = &mut expected.values[*channel as usize];
                // A 0 says that nothing was measured, and hides no other field's value.
                if slot.is_none() || *value != 0.0 {
                    *slot = Some(value * feet);
                }
            }
        }
        let fraction = drawn.iter().find(|(number, ..)| *number == FRACTION);
        if let (Some((_, fraction, _)), Some(rate)) = (fraction, &mut expected.values[Channel::StepRate as usize]) {
            *rate += 2.0 * fraction;
        }
        expected.developer = vec![(false, None); self.developer.len()];
        for &n in &layout.developer {
            let developer = &self.developer[n];
            let (value, number) = developer.value(draws.next().flatten());
            values.push(value);
            let is_described = developer.described_before.is_some_and(|before| before <= position);
            expected.developer[n] = (is_described, number);
        }
        (values, expected)
    }

    /// Each session gets what lies between its start and the next one's.
    fn by_session(&self, times: &[u32], expected: Vec<Expected>) -> Vec<Vec<Expected>> {
        let starts: Vec<u32> = self.session_starts.iter().map(|&record| times[record]).collect();
        if starts.is_empty() {
            return vec![expected];
        }
        let mut activities = vec![Vec::new(); starts.len()];
        for record in expected {
            let own = starts.iter().rposition(|start| *start <= record.time).unwrap_or(0);
            activities[own].push(record);
        }
        activities
    }

    /// Some writers leave the header's own checksum 0, which the protocol allows.
    fn with_header_checksum(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        if self.header_size == 14 && self.header_checksum_is_0 {
            bytes[12..14].fill(0);
            let end = bytes.len() - 2;
            let checksum = crc16(&bytes[..end]);
            bytes[end..].copy_from_slice(&checksum.to_le_bytes());
        }
        bytes
    }
}

/// A raw number in a field as it is laid out.
fn write(raw: Option<i64>, field: Field, profile_type: BaseType, big_endian: bool) -> Value {
    let width = field.base_type.size();
    if usize::from(field.size) < width {
        let mut bytes = raw.unwrap_or(i64::MAX).to_le_bytes()[..usize::from(field.size)].to_vec();
        if raw.is_none() {
            bytes = vec![0xFF; profile_type.size()];
        }
        if big_endian {
            bytes.reverse();
        }
        return Value::Bytes(bytes);
    }
    match raw {
        None => Value::Missing,
        Some(raw) if field.base_type.is_float() => Value::Float(raw as f64),
        Some(raw) => Value::Int(raw),
    }
}

impl Developer {
    fn field(&self, number: usize) -> DevField {
        DevField {
            number: number as u8,
            size: self.base_type.size() as u8 * self.length,
            developer_index: 0,
            base_type: self.base_type,
        }
    }

    /// Writes the message that tells of the field; some pods write no name.
    fn describe(&self, number: usize, fit: &mut FitWriter) {
        let byte = |number| Field { number, size: 1, base_type: Uint8 };
        let text = |number| Field { number, size: 8, base_type: BaseType::String };
        let name = if self.has_name { format!("f{number}") } else { String::new() };
        fit.define(15, 206, &[byte(0), byte(1), byte(2), text(3), text(8)], number % 2 == 1, &[]);
        let numbers = [0, number as i64, self.base_type.code().into()].map(Value::Int);
        let texts = [name, self.unit.clone()].map(Value::Text);
        fit.data(15, &numbers.into_iter().chain(texts).collect::<Vec<_>>());
    }

    fn value(&self, draw: Option<u32>) -> (Value, Option<f64>) {
        // From 1 on, because 0 is "no value" to the types with a z.
        let number = draw.map(|draw| i64::from(draw % 100 + 1));
        match number {
            None => (Value::Missing, None),
            Some(number) if self.base_type.is_float() => (Value::Float(number as f64 + 0.5), Some(number as f64 + 0.5)),
            Some(number) => (Value::Int(number), Some(number as f64)),
        }
    }
}
