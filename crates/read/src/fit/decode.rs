//! Walks the messages of one FIT sequence and keeps what kneewise reads of them.
//!
//! Each definition is compiled once into a [`Plan`]. Records cost the walk a look at their time;
//! what they hold is decoded in blocks by [`Records`], the messages that are rare are read field by
//! field, and all others are skipped by their length.

use std::ops::Range;

use crate::fit::protocol::{
    Definition, DeveloperFieldDefinition, Kind, MAX_JUMP_S, Shape, Shapes, count_on, damage, looks_sound,
};

use super::budget::{self, Budget};
use super::developer::{DeveloperField, Key};
use super::fields::{self, Message, WantedField};
use super::heart_beats::{BeatLayout, HeartBeats};
use super::profile::{self, message};
use super::records::{Layout, Records};

/// What the messages of one sequence held.
#[derive(Default)]
pub(super) struct Decoded {
    pub records: Records,
    /// The messages other than records that are read, in file order.
    pub messages: Vec<Message>,
    /// How many more there were, beyond what any watch writes.
    pub messages_left_out: usize,
    pub beats: HeartBeats,
    pub faults: Vec<Fault>,
}

impl Decoded {
    /// Returns whether this is what a strap handed over, and nothing else.
    pub fn holds_only_beats(&self) -> bool {
        let is_recording = |m: &Message| matches!(m.number, message::SESSION | message::LAP);
        !self.beats.is_empty() && self.records.timestamps.is_empty() && !self.messages.iter().any(is_recording)
    }
}

/// A stretch of bytes that could not be read.
#[derive(Debug)]
pub(super) struct Fault {
    /// Offset from the start of the message area.
    pub at: usize,
    pub bytes_lost: usize,
    /// How many records of the size last met fit into those bytes; 0 before the first.
    pub records_lost: usize,
    pub problem: &'static str,
}

/// How the data messages of one local type are read.
struct Local {
    definition: Definition,
    timestamp_at: Option<usize>,
    plan: Plan,
}

enum Plan {
    Records(Layout),
    HeartBeats(BeatLayout),
    Fields(Vec<WantedField>),
    Skip,
}

/// No watch with all its pods and apps comes near this many; a damaged file could claim 65,536.
const MAX_DEVELOPER_FIELDS: usize = 64;

/// Eleven days at a sample a second. A crafted file could hold a hundred million.
const MAX_RECORDS: usize = 1_000_000;

/// Records that are decoded together: few enough that their bytes stay in the fastest memory.
const BLOCK: usize = 512;

/// Reads the message area of one sequence: the bytes between the header and the CRC.
pub(super) fn decode(data: &[u8], budget: &mut Budget) -> Decoded {
    let before = budget.clone();
    let first = Decoder::new(data, Vec::new(), budget).walk();
    if !first.described_late {
        return first.out;
    }
    // Some writers describe a developer field only after records that have it. What is known now
    // makes them readable.
    let known = first.out.records.developer;
    *budget = before;
    Decoder::new(data, known, budget).walk().out
}

struct Decoder<'a> {
    data: &'a [u8],
    budget: &'a mut Budget,
    locals: [Option<Local>; 16],
    /// Of the last message of any kind that had one: what compressed timestamps count from.
    last_timestamp: Option<u32>,
    last_record: Option<u32>,
    /// The bodies of the records that are not decoded yet; all are of `block_local`.
    block: Vec<usize>,
    block_local: usize,
    /// Bytes of the record last met, its header included.
    record_size: Option<usize>,
    /// Developer fields that were met before a description of them.
    undescribed: Vec<Key>,
    /// Whether one of those was described after all.
    described_late: bool,
    out: Decoded,
}

impl<'a> Decoder<'a> {
    fn new(data: &'a [u8], developer: Vec<DeveloperField>, budget: &'a mut Budget) -> Self {
        Self {
            data,
            locals: Default::default(),
            last_timestamp: None,
            last_record: None,
            block: Vec::with_capacity(BLOCK),
            block_local: 0,
            record_size: None,
            undescribed: Vec::new(),
            described_late: false,
            out: Decoded { records: Records::of(budget.values, developer), ..Decoded::default() },
            budget,
        }
    }

    fn walk(mut self) -> Self {
        let mut pos = 0;
        while pos < self.data.len() {
            match self.step(pos) {
                Ok(next) => pos = next,
                Err(problem) if self.out.records.timestamps.len() >= MAX_RECORDS => {
                    self.lose(pos..self.data.len(), problem);
                    break;
                }
                Err(problem) => {
                    let next = self.resync(pos + 1);
                    self.lose(pos..next, problem);
                    pos = next;
                }
            }
        }
        self.decode_block();
        self.budget.values -= self.out.records.finish().min(self.budget.values);
        self
    }

    /// Where sound messages begin again, from `from` on. A bound to the search keeps a file of
    /// noise from costing more than a real one; stretches that were wiped or never written cost
    /// nothing.
    fn resync(&mut self, from: usize) -> usize {
        let shapes = self.shapes();
        for at in from..self.data.len() {
            if looks_sound(self.data, at, shapes, self.last_record) {
                return at;
            }
            if !matches!(self.data[at], 0 | 0xFF) && !budget::spend(&mut self.budget.resync) {
                break;
            }
        }
        self.data.len()
    }

    fn shapes(&self) -> Shapes {
        std::array::from_fn(|i| self.locals[i].as_ref().map_or_else(Shape::default, |of| Shape::from(&of.definition)))
    }

    /// Gives up some bytes.
    fn lose(&mut self, bytes: Range<usize>, problem: &'static str) {
        let records_lost = self.record_size.map_or(0, |size| bytes.len() / size);
        self.out.faults.push(Fault { at: bytes.start, bytes_lost: bytes.len(), records_lost, problem });
    }

    /// Reads the message at `pos`; returns where the next one begins.
    #[inline]
    fn step(&mut self, pos: usize) -> Result<usize, &'static str> {
        match Kind::of(self.data[pos]) {
            Kind::Definition { local, developer } => {
                let (definition, used) =
                    Definition::parse(&self.data[pos + 1..], developer).ok_or(damage::NO_DEFINITION)?;
                self.define(local, definition);
                Ok(pos + 1 + used)
            }
            Kind::Data { local, time_offset } => {
                let Some(of) = &self.locals[local] else { return Err(damage::UNDEFINED) };
                let end = pos + 1 + of.definition.body_size;
                let body = self.data.get(pos + 1..end).ok_or(damage::CUT_OFF)?;
                if self.data[pos] == 0 && of.timestamp_at.is_some() && body.iter().all(|byte| *byte == 0) {
                    return Err(damage::ZEROS);
                }
                let timestamp = timestamp(of, body, time_offset, self.last_timestamp);
                if let Plan::Records(_) = of.plan {
                    self.record(local, pos, timestamp)?;
                    self.last_timestamp = timestamp.or(self.last_timestamp);
                    return Ok(self.records_alike(local, end));
                }
                self.message(local, body, timestamp);
                self.last_timestamp = timestamp.or(self.last_timestamp);
                Ok(end)
            }
        }
    }

    /// Takes in a definition. Some writers repeat theirs before every message: nothing changes
    /// then.
    fn define(&mut self, local: usize, definition: Definition) {
        if self.locals[local].as_ref().is_none_or(|known| known.definition != definition) {
            self.decode_block();
            self.locals[local] = Some(self.compile(definition));
        }
    }

    /// Notes the time of a record and where it begins.
    #[inline]
    fn record(&mut self, local: usize, pos: usize, timestamp: Option<u32>) -> Result<(), &'static str> {
        if let (Some(last), Some(now)) = (self.last_record, timestamp)
            && now.abs_diff(last) > MAX_JUMP_S
            && !looks_sound(self.data, pos, self.shapes(), self.last_record)
        {
            return Err(damage::FAR_IN_TIME);
        }
        if self.out.records.timestamps.len() >= MAX_RECORDS {
            return Err("more samples than any watch writes in one recording");
        }
        let Some(time) = timestamp.or(self.last_record).or(self.last_timestamp) else {
            self.out.records.untimed += 1;
            return Ok(());
        };
        if local != self.block_local || self.block.len() == BLOCK {
            self.decode_block();
            self.block_local = local;
        }
        if self.out.records.timestamps.is_empty()
            && let Some(of) = &self.locals[local]
        {
            let at_most = (self.data.len() - pos) / (1 + of.definition.body_size);
            self.out.records.timestamps.reserve_exact(at_most.min(MAX_RECORDS));
        }
        self.out.records.timestamps.push(time);
        self.block.push(pos + 1);
        self.last_record = Some(time);
        self.record_size = self.locals[local].as_ref().map(|of| 1 + of.definition.body_size);
        Ok(())
    }

    /// Goes on from `pos` as long as one record of a local type follows another, each in good time:
    /// nearly all of a file is like that, and nothing else has to be looked at. Returns where that
    /// ends.
    #[inline]
    fn records_alike(&mut self, local: usize, mut pos: usize) -> usize {
        let Some(Local { definition, timestamp_at: Some(at), .. }) = &self.locals[local] else { return pos };
        let Some(mut last) = self.last_record else { return pos };
        let begin = pos;
        let size = 1 + definition.body_size;
        let room = (BLOCK - self.block.len()).min(MAX_RECORDS.saturating_sub(self.out.records.timestamps.len()));
        for record in self.data[pos..].chunks_exact(size).take(room) {
            let Some(raw) = record.get(1 + at..).and_then(|bytes| bytes.first_chunk()) else { break };
            let time = if definition.big_endian { u32::from_be_bytes(*raw) } else { u32::from_le_bytes(*raw) };
            // A time that is missing is far from any other.
            if usize::from(record[0]) != local || time.abs_diff(last) > MAX_JUMP_S {
                break;
            }
            self.out.records.timestamps.push(time);
            self.block.push(pos + 1);
            last = time;
            pos += size;
        }
        // A record without a time of its own leaves the clock where the message before had it.
        if pos > begin {
            (self.last_record, self.last_timestamp) = (Some(last), Some(last));
        }
        pos
    }

    /// Decodes the records that were noted since the last time.
    fn decode_block(&mut self) {
        if let Some(Local { plan: Plan::Records(layout), .. }) = &self.locals[self.block_local] {
            self.out.records.decode(self.data, layout, &self.block);
        }
        self.block.clear();
    }

    fn message(&mut self, local: usize, body: &[u8], timestamp: Option<u32>) {
        let Some(of) = &self.locals[local] else { return };
        match &of.plan {
            Plan::Records(_) | Plan::Skip => {}
            Plan::HeartBeats(layout) => self.out.beats.read(layout, &of.definition, body, timestamp),
            Plan::Fields(wanted) => {
                let read = fields::read(&of.definition, wanted, body, timestamp, self.out.records.timestamps.len());
                match read.number {
                    message::FIELD_DESCRIPTION => {
                        if let Some(described) = DeveloperField::from_message(&read) {
                            self.describe(described);
                        }
                        return;
                    }
                    // Of what happens, only the timer matters here; some bicycles tell of every
                    // gear change.
                    message::EVENT if !fields::is_of_timer(&read) => return,
                    _ => {}
                }
                let left = match read.number {
                    message::LAP | message::EVENT | message::SPLIT => &mut self.budget.messages,
                    _ => &mut self.budget.summaries,
                };
                if budget::spend(left) {
                    self.out.messages.push(read);
                } else {
                    self.out.messages_left_out += 1;
                }
            }
        }
    }

    /// Takes in a developer field's description, and gives it a place in layouts defined before it.
    fn describe(&mut self, described: DeveloperField) {
        let is_known = self.out.records.developer.contains(&described);
        if is_known || !budget::spend(&mut self.budget.descriptions) {
            return;
        }
        self.decode_block();
        self.described_late |= self.undescribed.contains(&described.key());
        let known = &mut self.out.records.developer;
        let key = described.key();
        match known.iter().position(|d| d.key() == key) {
            Some(earlier) => known[earlier] = described,
            None if known.len() < MAX_DEVELOPER_FIELDS => known.push(described),
            None => return,
        }
        for index in 0..self.locals.len() {
            if let Some(local) = self.locals[index].take() {
                let has_field = local.definition.developer_fields.iter().any(|f| f.key() == key);
                self.locals[index] = Some(if has_field { self.compile(local.definition) } else { local });
            }
        }
    }

    fn compile(&mut self, definition: Definition) -> Local {
        let plan = match definition.message {
            message::RECORD if definition.is_record() => {
                let developer = &self.out.records.developer;
                for key in definition.developer_fields.iter().map(DeveloperFieldDefinition::key) {
                    let is_known = developer.iter().any(|d| d.key() == key) || self.undescribed.contains(&key);
                    if !is_known && self.undescribed.len() < MAX_DEVELOPER_FIELDS {
                        self.undescribed.push(key);
                    }
                }
                Plan::Records(Layout::compile(&definition, developer))
            }
            message::HR => Plan::HeartBeats(BeatLayout::compile(&definition)),
            other => match profile::wanted(other) {
                // Without a body there is nothing to read, and a byte of file would make a message
                // of it.
                _ if definition.body_size == 0 => Plan::Skip,
                [] => Plan::Skip,
                wanted => Plan::Fields(fields::compile(&definition, wanted)),
            },
        };
        Local { timestamp_at: definition.timestamp_at(), definition, plan }
    }
}

/// The time of a message: its own, or one of five bits that counts on from the last.
#[inline]
fn timestamp(of: &Local, body: &[u8], time_offset: Option<u8>, last: Option<u32>) -> Option<u32> {
    match (time_offset, last) {
        (Some(offset), Some(last)) => Some(count_on(last, offset)),
        _ => of.definition.u32_at(of.timestamp_at?, body),
    }
}
