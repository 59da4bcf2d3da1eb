//! From one message to the next, by their sizes alone; and past damage to where messages follow one
//! another again.
//!
//! What counts as damage is what the reader of `kneewise-core` takes for it, so that `scan` and `inspect` agree on a
//! file; a test compares them.

use std::sync::Arc;

use super::named::TIMESTAMP;
use super::protocol::{Definition, Kind, kind};

/// What stands at a place of the message area.
pub(super) enum Item {
    /// A definition.
    Definition,
    /// A data message.
    Data(Arc<Definition>),
    /// Bytes that are no message, and why.
    Lost(&'static str),
}

/// An item and where it is.
pub(super) struct Step {
    pub item: Item,
    /// Offset in the message area, and the bytes that it takes up.
    pub at: usize,
    pub len: usize,
}

/// Number of the message that holds a sample.
const RECORD: u16 = 20;

/// Times further apart than this (seconds) do not belong to one recording.
const MAX_JUMP_S: u32 = 30 * 86_400;

/// Below this a time counts seconds since the device was switched on.
const FIRST_DATE: u32 = 0x1000_0000;

/// Walks over the messages of one sequence.
#[derive(Clone)]
pub(super) struct Walk<'a> {
    data: &'a [u8],
    at: usize,
    locals: [Option<Arc<Definition>>; 16],
    /// Of the last message that had a time: what times in a header byte count from.
    last_time: Option<u32>,
    last_record: Option<u32>,
    /// The local type of the item before, where that was a record.
    record_before: Option<usize>,
    tries: usize,
}

impl<'a> Walk<'a> {
    /// `data` is what stands between a header and its checksum, `tries` how many places may be looked at in search of
    /// sound messages: noise shall cost no more than a real file.
    pub fn new(data: &'a [u8], tries: usize) -> Self {
        Self { data, at: 0, locals: Default::default(), last_time: None, last_record: None, record_before: None, tries }
    }

    /// How many places may still be looked at.
    pub fn tries(&self) -> usize {
        self.tries
    }

    fn next_item(&mut self) -> Result<(Item, usize), &'static str> {
        let (data, at) = (self.data, self.at);
        let record_before = self.record_before.take();
        match kind(data[at]) {
            Kind::Definition { local, developer } => {
                let parsed = Definition::parse(&data[at + 1..], developer);
                let (definition, used) = parsed.ok_or("a definition that makes no sense")?;
                self.locals[local] = Some(Arc::new(definition));
                Ok((Item::Definition, at + 1 + used))
            }
            Kind::Data { local } => {
                let definition = Arc::clone(self.locals[local].as_ref().ok_or("data without a definition")?);
                let end = at + 1 + definition.body_size;
                let body = data.get(at + 1..end).ok_or("the file ends inside a message")?;
                let has_time = timestamp_at(&definition).is_some();
                // A clock that began with the recording is 0 at its start: records around that are no damage.
                let is_start = record_before == Some(local) && self.last_record.is_some_and(|last| last <= MAX_JUMP_S);
                if data[at] == 0 && has_time && !is_start && body.iter().all(|byte| *byte == 0) {
                    return Err("nothing but zeros");
                }
                let time = self.time(data[at], &definition, body);
                if is_record(&definition) {
                    let is_far = |last: u32| time.is_some_and(|now| now.abs_diff(last) > MAX_JUMP_S);
                    if self.last_record.is_some_and(is_far) && !self.looks_sound(at) {
                        return Err("a time far from the one before");
                    }
                    self.record_before = Some(local);
                    self.last_record = time.or(self.last_record).or(self.last_time);
                }
                self.last_time = time.or(self.last_time);
                Ok((Item::Data(definition), end))
            }
        }
    }

    /// The time of a message in FIT seconds: its own, or one of five bits that counts on from the last.
    fn time(&self, header: u8, definition: &Definition, body: &[u8]) -> Option<u32> {
        match self.last_time {
            Some(last) if header & 0x80 != 0 => {
                Some(last.wrapping_add(u32::from(header & 0x1F).wrapping_sub(last) & 0x1F))
            }
            _ => timestamp(definition, body),
        }
    }

    /// Where sound messages begin again, from `from` on. Stretches that were wiped or never written cost no tries.
    fn resync(&mut self, from: usize) -> usize {
        for at in from..self.data.len() {
            if self.looks_sound(at) {
                return at;
            }
            if !matches!(self.data[at], 0 | 0xFF) {
                if self.tries == 0 {
                    break;
                }
                self.tries -= 1;
            }
        }
        self.data.len()
    }

    /// Whether whole messages follow one another from `at` on: definitions that a watch would write, or
    /// samples near in time.
    fn looks_sound(&self, mut at: usize) -> bool {
        const CHAIN: usize = 12;
        const ENOUGH: usize = 2;
        let mut locals = None;
        let (mut evidence, mut near) = (0, None);
        for _ in 0..CHAIN {
            if at >= self.data.len() || evidence >= ENOUGH {
                break;
            }
            match kind(self.data[at]) {
                Kind::Definition { local, developer } => {
                    let Some((definition, used)) = Definition::parse(&self.data[at + 1..], developer) else {
                        return false;
                    };
                    if !definition.is_plausible() {
                        return false;
                    }
                    locals.get_or_insert_with(|| self.locals.clone())[local] = Some(Arc::new(definition));
                    evidence += 1;
                    at += 1 + used;
                }
                Kind::Data { local } => {
                    let Some(definition) = &locals.as_ref().unwrap_or(&self.locals)[local] else { return false };
                    let Some(body) = self.data.get(at + 1..at + 1 + definition.body_size) else { return false };
                    if body.is_empty() {
                        return false;
                    }
                    if is_record(definition) && timestamp_at(definition).is_some() {
                        let Some(time) = timestamp(definition, body) else { return false };
                        let is_near = |other: u32| time.abs_diff(other) <= MAX_JUMP_S;
                        // A device that knows the date does not forget it: zeros look like that.
                        let is_lost = self.last_record.is_some_and(|last| last >= FIRST_DATE && time < FIRST_DATE);
                        if near.is_some_and(|near| !is_near(near)) || is_lost {
                            return false;
                        }
                        evidence += usize::from(near.is_some() || self.last_record.is_some_and(is_near));
                        near = Some(time);
                    }
                    at += 1 + body.len();
                }
            }
        }
        evidence >= ENOUGH || evidence > 0 && at == self.data.len()
    }
}

/// Whether messages are samples. One without a body tells nothing.
fn is_record(definition: &Definition) -> bool {
    definition.message == RECORD && definition.body_size > 0
}

/// Where the time of a message lies in its body.
fn timestamp_at(definition: &Definition) -> Option<usize> {
    definition.fields.iter().find(|field| field.number == TIMESTAMP && field.size == 4).map(|field| field.at)
}

/// The time that a body holds, in FIT seconds.
fn timestamp(definition: &Definition, body: &[u8]) -> Option<u32> {
    let raw = *body.get(timestamp_at(definition)?..)?.first_chunk()?;
    let time = if definition.big_endian { u32::from_be_bytes(raw) } else { u32::from_le_bytes(raw) };
    (time != u32::MAX).then_some(time)
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.at >= self.data.len() {
            return None;
        }
        let at = self.at;
        let (item, end) = self.next_item().unwrap_or_else(|problem| (Item::Lost(problem), self.resync(at + 1)));
        self.at = end;
        Some(Step { item, at, len: end - at })
    }
}
