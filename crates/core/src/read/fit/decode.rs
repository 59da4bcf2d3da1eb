//! Walks the messages of one FIT sequence and keeps what kneewise reads of them.
//!
//! Each definition is compiled once into a [`Plan`]: where in the body each wanted field lies, how to
//! read it and which column it fills. Records then cost one pass over a handful of fields, and all
//! other messages are skipped by their length.

use crate::activity::Channel;
use crate::read::columns::put;

use super::fields::{self, DeveloperField, Message, WantedField};
use super::profile::{self, message};
use super::protocol::{BaseType, Definition, Number};

/// What the messages of one sequence held.
#[derive(Default)]
pub(super) struct Decoded {
    pub records: Records,
    /// The messages other than records that are read, in file order.
    pub messages: Vec<Message>,
    pub faults: Vec<Fault>,
}

/// The record messages, in columns.
#[derive(Default)]
pub(super) struct Records {
    /// FIT seconds of each record.
    pub timestamps: Vec<u32>,
    /// Records before the first time in the file: they have no place in a series.
    pub untimed: usize,
    /// By [`profile::Projection::target`]; each no longer than `timestamps`, NaN for no value.
    pub columns: Vec<Vec<f64>>,
    /// What the columns from [`profile::FIRST_DEVELOPER`] on are.
    pub developer: Vec<DeveloperField>,
}

/// A stretch of bytes that could not be read.
#[derive(Debug)]
pub(super) struct Fault {
    /// Offset from the start of the message area.
    pub at: usize,
    pub bytes_lost: usize,
    pub problem: &'static str,
}

/// How the data messages of one local type are read.
struct Local {
    definition: Definition,
    timestamp_at: Option<usize>,
    plan: Plan,
}

enum Plan {
    Records {
        ops: Vec<Op>,
        /// Where the packed speed and distance of old foot-pod watches lie.
        compressed_at: Option<usize>,
    },
    Fields(Vec<WantedField>),
    Skip,
}

/// One field of a record: where it lies, how it is read, where it goes.
struct Op {
    at: usize,
    number: Number,
    target: usize,
    scale: f64,
    offset: f64,
}

/// Timestamps further apart than this do not belong to one recording.
const MAX_JUMP_S: u32 = 30 * 86_400;

/// Offsets tried in search of sound messages after a fault. Enough for any lost block that a watch's
/// memory can make; a bound, so that a file of noise costs no more than a real one.
const MAX_RESYNC_BYTES: usize = 1 << 18;

/// No watch with all its pods and apps comes near this many; a damaged file could claim 65,536.
const MAX_DEVELOPER_FIELDS: usize = 64;

/// Eleven days at a sample a second. A crafted file could hold a hundred million.
const MAX_RECORDS: usize = 1_000_000;

/// Reads the message area of one sequence: the bytes between the header and the CRC.
pub(super) fn decode(data: &[u8]) -> Decoded {
    let mut decoder = Decoder::default();
    let mut pos = 0;
    let mut resync_budget = MAX_RESYNC_BYTES;
    while pos < data.len() {
        match decoder.step(data, pos) {
            Ok(next) => pos = next,
            Err(problem) if decoder.out.records.timestamps.len() >= MAX_RECORDS => {
                decoder.out.faults.push(Fault { at: pos, bytes_lost: data.len() - pos, problem });
                break;
            }
            Err(problem) => {
                let from = pos + 1;
                let to = data.len().min(from.saturating_add(resync_budget));
                let next = (from..to).find(|&p| decoder.looks_sound(data, p)).unwrap_or(data.len());
                resync_budget = resync_budget.saturating_sub(next - pos);
                decoder.out.faults.push(Fault { at: pos, bytes_lost: next - pos, problem });
                pos = next;
            }
        }
    }
    decoder.finish()
}

#[derive(Default)]
struct Decoder {
    locals: [Option<Local>; 16],
    /// Of the last message of any kind that had one: what compressed timestamps count from.
    last_timestamp: Option<u32>,
    last_record: Option<u32>,
    /// Where the last compressed distance stood, and the sum so far (in sixteenths of a metre).
    compressed_distance: Option<(u16, u64)>,
    out: Decoded,
}

/// What a header byte announces.
enum Kind {
    Definition { local: usize, developer: bool },
    Data { local: usize, time_offset: Option<u8> },
}

fn kind(header: u8) -> Kind {
    if header & 0x80 != 0 {
        return Kind::Data { local: usize::from(header >> 5 & 0x3), time_offset: Some(header & 0x1F) };
    }
    let local = usize::from(header & 0xF);
    match header & 0x40 {
        0 => Kind::Data { local, time_offset: None },
        _ => Kind::Definition { local, developer: header & 0x20 != 0 },
    }
}

impl Decoder {
    /// Reads the message at `pos`; returns where the next one begins.
    fn step(&mut self, data: &[u8], pos: usize) -> Result<usize, &'static str> {
        match kind(data[pos]) {
            Kind::Definition { local, developer } => {
                let (definition, used) =
                    Definition::parse(&data[pos + 1..], developer).ok_or("a definition that makes no sense")?;
                self.locals[local] = Some(self.compile(definition));
                Ok(pos + 1 + used)
            }
            Kind::Data { local, time_offset } => {
                let Some(plan) = &self.locals[local] else { return Err("data without a definition") };
                let end = pos + 1 + plan.definition.body_size;
                let body = data.get(pos + 1..end).ok_or("the file ends inside a message")?;
                let timestamp = self.timestamp(plan, body, time_offset);
                if let (Plan::Records { .. }, Some(last), Some(now)) = (&plan.plan, self.last_record, timestamp)
                    && now.abs_diff(last) > MAX_JUMP_S
                    && !self.looks_sound(data, pos)
                {
                    return Err("a time far from the one before");
                }
                if self.out.records.timestamps.len() >= MAX_RECORDS {
                    return Err("more samples than any watch writes in one recording");
                }
                self.data(local, body, timestamp);
                Ok(end)
            }
        }
    }

    fn timestamp(&self, local: &Local, body: &[u8], time_offset: Option<u8>) -> Option<u32> {
        if let (Some(offset), Some(last)) = (time_offset, self.last_timestamp) {
            // Five bits of seconds; they roll over every 32 s (FIT protocol, compressed timestamp header).
            let offset = u32::from(offset);
            return Some(last.wrapping_add(offset.wrapping_sub(last) & 0x1F));
        }
        let value = Number::U32.read(body.get(local.timestamp_at?..)?, local.definition.big_endian);
        (!value.is_nan()).then_some(value as u32)
    }

    fn data(&mut self, local: usize, body: &[u8], timestamp: Option<u32>) {
        let Some(plan) = &self.locals[local] else { return };
        match &plan.plan {
            Plan::Skip => {}
            Plan::Records { ops, compressed_at } => {
                let records = &mut self.out.records;
                let Some(time) = timestamp.or(self.last_record).or(self.last_timestamp) else {
                    records.untimed += 1;
                    return;
                };
                let row = records.timestamps.len();
                records.timestamps.push(time);
                self.last_record = Some(time);
                for op in ops {
                    let raw = op.number.read(&body[op.at..], plan.definition.big_endian);
                    if !raw.is_nan() {
                        put(&mut records.columns[op.target], row, raw / op.scale - op.offset);
                    }
                }
                let packed = compressed_at.and_then(|at| body[at..].first_chunk()).copied();
                if let Some(packed) = packed.filter(|bytes| *bytes != [0xFF; 3]) {
                    self.put_compressed(row, packed);
                }
            }
            Plan::Fields(wanted) => {
                let read = fields::read(&plan.definition, wanted, body, timestamp);
                self.message(read);
            }
        }
        self.last_timestamp = timestamp.or(self.last_timestamp);
    }

    fn message(&mut self, read: Message) {
        if read.number == message::FIELD_DESCRIPTION
            && let Some(described) = DeveloperField::from_message(&read)
        {
            self.describe(described);
        }
        self.out.messages.push(read);
    }

    /// Takes in a developer field's description, and gives it a place in layouts defined before it.
    fn describe(&mut self, described: DeveloperField) {
        let known = &mut self.out.records.developer;
        let key = (described.developer_index, described.number);
        match known.iter().position(|d| (d.developer_index, d.number) == key) {
            Some(earlier) => known[earlier] = described,
            None if known.len() < MAX_DEVELOPER_FIELDS => known.push(described),
            None => return,
        }
        for index in 0..self.locals.len() {
            if let Some(local) = self.locals[index].take() {
                let has_developer_fields = !local.definition.developer_fields.is_empty();
                self.locals[index] = Some(if has_developer_fields { self.compile(local.definition) } else { local });
            }
        }
    }

    fn compile(&mut self, definition: Definition) -> Local {
        let plan = match definition.message {
            // A record without a body tells nothing, and a byte of file would make a row of it.
            message::RECORD if definition.body_size > 0 => Plan::Records {
                ops: self.compile_record(&definition),
                compressed_at: (definition.fields.iter())
                    .find(|f| f.number == profile::COMPRESSED_SPEED_DISTANCE && f.size == 3)
                    .map(|f| f.at),
            },
            other => match profile::wanted(other) {
                [] => Plan::Skip,
                wanted => Plan::Fields(fields::compile(&definition, wanted)),
            },
        };
        Local { timestamp_at: definition.timestamp_at(), definition, plan }
    }

    fn compile_record(&mut self, definition: &Definition) -> Vec<Op> {
        let mut ranked: Vec<(u8, Op)> = Vec::new();
        // Field 52 holds the cadence with its fraction; field 53 would add that again.
        let whole_cadence = definition.fields.iter().any(|f| f.number == profile::CADENCE_256);
        for f in definition.fields.iter().filter(|f| !(whole_cadence && f.number == profile::FRACTIONAL_CADENCE_FIELD))
        {
            if let (Some(p), Some(BaseType::Number(number))) = (profile::projection(f.number), f.base_type) {
                ranked.push((p.rank, Op { at: f.at, number, target: p.target, scale: p.scale, offset: p.offset }));
            }
        }
        // The field of highest rank writes last and so has the last word.
        ranked.sort_by_key(|(rank, _)| *rank);
        for f in &definition.developer_fields {
            let of_field = |d: &DeveloperField| (d.developer_index, d.number) == (f.developer_index, f.number);
            let Some(column) = self.out.records.developer.iter().position(of_field) else { continue };
            let described = &self.out.records.developer[column];
            if let Some(BaseType::Number(number)) = described.base_type.fitting(f.size) {
                let (target, scale, offset) = (profile::FIRST_DEVELOPER + column, described.scale, described.offset);
                ranked.push((2, Op { at: f.at, number, target, scale, offset }));
            }
        }
        let columns = &mut self.out.records.columns;
        columns.resize_with(columns.len().max(profile::FIRST_DEVELOPER + self.out.records.developer.len()), Vec::new);
        ranked.into_iter().map(|(_, op)| op).collect()
    }

    /// Unpacks 12 bits of speed (cm/s) and 12 bits of rolling distance (1/16 m).
    fn put_compressed(&mut self, row: usize, [a, b, c]: [u8; 3]) {
        let speed = u16::from(a) | u16::from(b & 0xF) << 8;
        let distance = u16::from(b >> 4) | u16::from(c) << 4;
        let sum = match self.compressed_distance {
            Some((last, sum)) => sum + u64::from(distance.wrapping_sub(last) & 0xFFF),
            None => u64::from(distance),
        };
        self.compressed_distance = Some((distance, sum));
        let columns = &mut self.out.records.columns;
        put(&mut columns[Channel::Speed as usize], row, f64::from(speed) / 100.0);
        put(&mut columns[Channel::Distance as usize], row, sum as f64 / 16.0);
    }

    /// Whether whole messages follow one another from `pos` on: the sign of having found the beat again.
    fn looks_sound(&self, data: &[u8], mut pos: usize) -> bool {
        const CHAIN: usize = 12;
        const ENOUGH: usize = 2;
        let mut sizes = [0usize; 16];
        let mut timestamps_at = [None; 16];
        let mut big_endian = [false; 16];
        for (i, local) in self.locals.iter().enumerate() {
            if let Some(local) = local {
                sizes[i] = local.definition.body_size;
                timestamps_at[i] = local.timestamp_at.filter(|_| matches!(local.plan, Plan::Records { .. }));
                big_endian[i] = local.definition.big_endian;
            }
        }
        let mut evidence = 0;
        let mut time: Option<u32> = None;
        for _ in 0..CHAIN {
            if pos >= data.len() || evidence >= ENOUGH {
                break;
            }
            match kind(data[pos]) {
                Kind::Definition { local, developer } => {
                    let Some((definition, used)) = Definition::parse(&data[pos + 1..], developer) else { return false };
                    if definition.fields.is_empty()
                        || definition.fields.iter().any(|f| f.size == 0 || f.base_type.is_none())
                    {
                        return false;
                    }
                    sizes[local] = definition.body_size;
                    let is_record = definition.message == message::RECORD;
                    timestamps_at[local] = definition.timestamp_at().filter(|_| is_record);
                    big_endian[local] = definition.big_endian;
                    evidence += 1;
                    pos += 1 + used;
                }
                Kind::Data { local, .. } => {
                    let end = pos + 1 + sizes[local];
                    if sizes[local] == 0 || end > data.len() {
                        return false;
                    }
                    if let Some(at) = timestamps_at[local] {
                        let now = Number::U32.read(&data[pos + 1 + at..end], big_endian[local]);
                        let near = |t: u32| now.is_finite() && (now as u32).abs_diff(t) <= MAX_JUMP_S;
                        let lost = self.last_record.is_some_and(|last| loses_the_date(last, now as u32));
                        if !time.is_none_or(near) || now.is_nan() || lost {
                            return false;
                        }
                        evidence += usize::from(time.is_some() || self.last_record.is_some_and(near));
                        time = Some(now as u32);
                    }
                    pos = end;
                }
            }
        }
        evidence >= ENOUGH || evidence > 0 && pos == data.len()
    }

    fn finish(mut self) -> Decoded {
        let n = self.out.records.timestamps.len();
        for column in &mut self.out.records.columns {
            if !column.is_empty() {
                column.resize(n, f64::NAN);
            }
        }
        self.out
    }
}

/// Below this a timestamp counts seconds since the device was switched on (FIT protocol, `date_time`).
const FIRST_DATE: u32 = 0x1000_0000;

/// A device that knows the date does not forget it: a stretch of zeros in a damaged file looks like that.
fn loses_the_date(last: u32, now: u32) -> bool {
    last >= FIRST_DATE && now < FIRST_DATE
}
