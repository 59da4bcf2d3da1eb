//! Record messages, the samples of a recording, decoded column by column.
//!
//! A definition is compiled once into a [`Layout`]: where in the body each wanted field lies, how
//! to read it, which column it fills. The walk over the messages only notes where each record
//! begins; a block of records is then decoded one column at a time, so what kind of number a field
//! is gets decided once for the block and not for every value.

use crate::fit::protocol::{BaseType, Definition};

use crate::activity::Channel;

use super::developer::DeveloperField;
use super::profile;

/// The record messages of a sequence, in columns.
#[derive(Default)]
pub(super) struct Records {
    /// FIT seconds of each record.
    pub timestamps: Vec<u32>,
    /// Records before the first time in the file: they have no place in a series.
    pub untimed: usize,
    /// By [`profile::Projection::target`]; NaN for no value. After [`Records::finish`] a column is
    /// empty or as long as `timestamps`.
    pub columns: Vec<Vec<f64>>,
    /// What the columns from [`profile::FIRST_DEVELOPER`] on are.
    pub developer: Vec<DeveloperField>,
    /// Columns left out because the file is too small for what they would take: see
    /// [`Records::room`].
    pub columns_left_out: usize,
    /// How many values all columns together may hold. A real file has at least a byte for each. A
    /// crafted one could define a hundred columns, fill each once, and go on with a million records
    /// of a byte.
    room: usize,
    /// The last packed distance and the sum of all: see [`Records::unpack_speed_and_distance`].
    packed_distance: Option<(u16, u64)>,
}

/// How the records of one definition are read.
pub(super) struct Layout {
    ops: Vec<Op>,
    big_endian: bool,
    body_size: usize,
    /// Where the packed speed and distance of old foot-pod watches lie.
    packed_at: Option<usize>,
}

/// One field of a record: where it lies, how it is read, where it goes.
struct Op {
    at: usize,
    number: BaseType,
    target: usize,
    scale: f64,
    offset: f64,
}

impl Layout {
    /// Compiles a definition; developer fields that are not described yet are left out.
    pub fn compile(definition: &Definition, developer: &[DeveloperField]) -> Self {
        let mut ranked: Vec<(u8, Op)> = Vec::new();
        // Field 52 holds the cadence with its fraction; field 53 would add that again.
        let whole_cadence = definition.fields.iter().any(|f| f.number == profile::CADENCE_256);
        for f in definition.fields.iter().filter(|f| !(whole_cadence && f.number == profile::FRACTIONAL_CADENCE_FIELD))
        {
            if let (Some(p), Some(number)) = (profile::projection(f.number), f.base_type.filter(|t| t.is_number())) {
                ranked.push((p.rank, Op { at: f.at, number, target: p.target, scale: p.scale, offset: p.offset }));
            }
        }
        // The field of highest rank writes last and so has the last word.
        ranked.sort_by_key(|(rank, _)| *rank);
        for f in &definition.developer_fields {
            let Some(column) = developer.iter().position(|d| d.key() == f.key()) else { continue };
            let described = &developer[column];
            if let Some(number) = described.base_type.fitting(f.size).filter(|t| t.is_number()) {
                let (target, scale, offset) = (profile::FIRST_DEVELOPER + column, described.scale, described.offset);
                ranked.push((2, Op { at: f.at, number, target, scale, offset }));
            }
        }
        let packed = definition.fields.iter().find(|f| f.number == profile::COMPRESSED_SPEED_DISTANCE && f.size == 3);
        Self {
            ops: ranked.into_iter().map(|(_, op)| op).collect(),
            big_endian: definition.big_endian,
            body_size: definition.body_size,
            packed_at: packed.map(|f| f.at),
        }
    }
}

impl Records {
    /// Records whose columns may hold so many values together, with the developer fields that are
    /// known.
    pub fn of(room: usize, developer: Vec<DeveloperField>) -> Self {
        Self { developer, room, ..Self::default() }
    }

    /// Decodes the records whose bodies begin at `bodies`: the last so many of `timestamps`.
    pub fn decode(&mut self, data: &[u8], layout: &Layout, bodies: &[usize]) {
        let first_row = self.timestamps.len() - bodies.len();
        let rows_to_come = bodies.first().map_or(0, |first| (data.len() - first) / (layout.body_size + 1) + 1);
        self.columns.resize_with(self.columns.len().max(profile::FIRST_DEVELOPER + self.developer.len()), Vec::new);
        for op in &layout.ops {
            if self.reach(op.target, first_row, rows_to_come) {
                op.decode(data, layout.big_endian, bodies, first_row, &mut self.columns[op.target]);
            }
        }
        if let Some(at) = layout.packed_at {
            self.unpack_speed_and_distance(data, at, bodies, first_row, rows_to_come);
        }
    }

    /// Makes a column ready to go on at `row`, with NaN for the rows it heard nothing of; `false`
    /// when there is no room for that.
    fn reach(&mut self, target: usize, row: usize, rows_to_come: usize) -> bool {
        let started = self.columns.iter().enumerate().filter(|(i, column)| *i == target || !column.is_empty()).count();
        let column = &mut self.columns[target];
        if column.len() < row && started * row > self.room {
            self.columns_left_out += 1;
            return false;
        }
        if column.is_empty() {
            column.reserve_exact((row + rows_to_come).min(self.room / started));
        }
        if column.len() < row {
            column.resize(row, f64::NAN);
        }
        true
    }

    /// Unpacks 12 bits of speed (cm/s) and 12 bits of distance (1/16 m), which roll over every 256
    /// m.
    fn unpack_speed_and_distance(
        &mut self,
        data: &[u8],
        at: usize,
        bodies: &[usize],
        first_row: usize,
        rows_to_come: usize,
    ) {
        let (speed_column, distance_column) = (Channel::Speed as usize, Channel::Distance as usize);
        if !self.reach(speed_column, first_row, rows_to_come) || !self.reach(distance_column, first_row, rows_to_come) {
            return;
        }
        for (row, body) in (first_row..).zip(bodies) {
            let packed: Option<&[u8; 3]> = data.get(body + at..).and_then(<[u8]>::first_chunk);
            let Some(&[a, b, c]) = packed.filter(|bytes| **bytes != [0xFF; 3]) else { continue };
            let speed = u16::from(a) | u16::from(b & 0xF) << 8;
            let distance = u16::from(b >> 4) | u16::from(c) << 4;
            let sum = match self.packed_distance {
                Some((last, sum)) => sum + u64::from(distance.wrapping_sub(last) & 0xFFF),
                None => u64::from(distance),
            };
            self.packed_distance = Some((distance, sum));
            for (column, value) in [(speed_column, f64::from(speed) / 100.0), (distance_column, sum as f64 / 16.0)] {
                let column = &mut self.columns[column];
                column.resize(column.len().max(row + 1), f64::NAN);
                column[row] = value;
            }
        }
    }

    /// Parts the records at the rows where each part begins; the first is row 0. A single part
    /// costs no copy.
    pub fn split(self, begins: &[usize]) -> Vec<Self> {
        let part = || Self { developer: self.developer.clone(), ..Self::default() };
        let mut parts: Vec<Self> = begins.iter().map(|_| part()).collect();
        let mut times = self.timestamps;
        for (part, &begin) in parts.iter_mut().zip(begins).rev() {
            part.timestamps = cut(&mut times, begin);
        }
        // Column after column, so that the memory of one serves the next.
        for mut column in self.columns {
            for (part, &begin) in parts.iter_mut().zip(begins).rev() {
                part.columns.push(cut(&mut column, begin));
            }
        }
        parts
    }

    /// Makes every column as long as the series, and leaves out the last ones where that would take
    /// more room than there is. Returns how much they take.
    pub fn finish(&mut self) -> usize {
        let n = self.timestamps.len();
        let mut room = self.room;
        for column in self.columns.iter_mut().filter(|column| !column.is_empty()) {
            if n <= room {
                room -= n;
                column.resize(n, f64::NAN);
            } else {
                *column = Vec::new();
                self.columns_left_out += 1;
            }
        }
        self.room - room
    }
}

/// Takes what begins at `at` off the end of a column.
fn cut<T>(column: &mut Vec<T>, at: usize) -> Vec<T> {
    match at {
        0 => std::mem::take(column),
        _ if at >= column.len() => Vec::new(),
        _ => column.split_off(at),
    }
}

impl Op {
    /// Appends the field's values to `column`, or writes them over what a field of lower rank has
    /// put there.
    fn decode(&self, data: &[u8], big_endian: bool, bodies: &[usize], first_row: usize, column: &mut Vec<f64>) {
        if column.len() == first_row {
            self.append(data, big_endian, bodies, column);
            self.scale(&mut column[first_row..]);
        } else {
            let mut values = Vec::with_capacity(bodies.len());
            self.append(data, big_endian, bodies, &mut values);
            self.scale(&mut values);
            // A 0 is how many devices write that they measured nothing: it hides no other field's
            // value.
            let tells = |slot: f64, value: f64| value != 0.0 || slot.is_nan();
            for (slot, value) in column[first_row..].iter_mut().zip(values) {
                if !value.is_nan() && tells(*slot, value) {
                    *slot = value;
                }
            }
        }
    }

    /// Appends the raw numbers.
    fn append(&self, data: &[u8], big_endian: bool, bodies: &[usize], column: &mut Vec<f64>) {
        macro_rules! int {
            ($type:ty, $invalid:expr) => {
                append(column, bodies, data, self.at, |raw| {
                    let value = if big_endian { <$type>::from_be_bytes(raw) } else { <$type>::from_le_bytes(raw) };
                    if value == $invalid { f64::NAN } else { value as f64 }
                })
            };
        }
        macro_rules! float {
            ($type:ty) => {
                append(column, bodies, data, self.at, |raw| {
                    let value = if big_endian { <$type>::from_be_bytes(raw) } else { <$type>::from_le_bytes(raw) };
                    if value.is_finite() { f64::from(value) } else { f64::NAN }
                })
            };
        }
        match self.number {
            BaseType::Enum | BaseType::U8 | BaseType::Byte => int!(u8, u8::MAX),
            BaseType::I8 => int!(i8, i8::MAX),
            BaseType::U16 => int!(u16, u16::MAX),
            BaseType::I16 => int!(i16, i16::MAX),
            BaseType::U32 => int!(u32, u32::MAX),
            BaseType::I32 => int!(i32, i32::MAX),
            BaseType::U64 => int!(u64, u64::MAX),
            BaseType::I64 => int!(i64, i64::MAX),
            BaseType::U8z => int!(u8, 0),
            BaseType::U16z => int!(u16, 0),
            BaseType::U32z => int!(u32, 0),
            BaseType::U64z => int!(u64, 0),
            BaseType::F32 => float!(f32),
            BaseType::F64 => float!(f64),
            // No operation is compiled for texts.
            BaseType::Text => {}
        }
    }

    /// Makes values of raw numbers. On its own, so that the compiler divides several at a time.
    fn scale(&self, raw: &mut [f64]) {
        if self.scale != 1.0 || self.offset != 0.0 {
            for value in raw {
                *value = *value / self.scale - self.offset;
            }
        }
    }
}

#[inline]
fn append<const N: usize>(
    column: &mut Vec<f64>,
    bodies: &[usize],
    data: &[u8],
    at: usize,
    value: impl Fn([u8; N]) -> f64,
) {
    let raw = |body: &usize| data.get(body + at..).and_then(|bytes| bytes.first_chunk());
    column.extend(bodies.iter().map(|body| raw(body).map_or(f64::NAN, |raw| value(*raw))));
}
