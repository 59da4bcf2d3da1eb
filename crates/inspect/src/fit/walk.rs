//! From one message to the next, by their sizes alone; and past damage to where messages follow one
//! another again.
//!
//! What counts as damage is what the reader of `kneewise-core` takes for it, so that `scan` and
//! `inspect` agree on a file; a test compares them.

use std::sync::Arc;

use kneewise_read::fit::protocol::{Definition, Kind, MAX_JUMP_S, Shape, Shapes, count_on, damage, looks_sound};

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
    /// Returns `data` is what stands between a header and its checksum, `tries` how many places may
    /// be looked at in search of sound messages: noise shall cost no more than a real file.
    pub fn new(data: &'a [u8], tries: usize) -> Self {
        Self { data, at: 0, locals: Default::default(), last_time: None, last_record: None, record_before: None, tries }
    }

    /// Returns how many places may still be looked at.
    pub fn tries(&self) -> usize {
        self.tries
    }

    fn next_item(&mut self) -> Result<(Item, usize), &'static str> {
        let (data, at) = (self.data, self.at);
        let record_before = self.record_before.take();
        match Kind::of(data[at]) {
            Kind::Definition { local, developer } => {
                let parsed = Definition::parse(&data[at + 1..], developer);
                let (definition, used) = parsed.ok_or(damage::NO_DEFINITION)?;
                self.locals[local] = Some(Arc::new(definition));
                Ok((Item::Definition, at + 1 + used))
            }
            Kind::Data { local, time_offset } => {
                let definition = Arc::clone(self.locals[local].as_ref().ok_or(damage::UNDEFINED)?);
                let end = at + 1 + definition.body_size;
                let body = data.get(at + 1..end).ok_or(damage::CUT_OFF)?;
                let has_time = definition.timestamp_at().is_some();
                // A clock that began with the recording is 0 at its start: records around that are
                // no damage.
                let is_start = record_before == Some(local) && self.last_record.is_some_and(|last| last <= MAX_JUMP_S);
                if data[at] == 0 && has_time && !is_start && body.iter().all(|byte| *byte == 0) {
                    return Err(damage::ZEROS);
                }
                let time = self.time(time_offset, &definition, body);
                if definition.is_record() {
                    let is_far = |last: u32| time.is_some_and(|now| now.abs_diff(last) > MAX_JUMP_S);
                    if self.last_record.is_some_and(is_far) && !looks_sound(data, at, self.shapes(), self.last_record) {
                        return Err(damage::FAR_IN_TIME);
                    }
                    self.record_before = Some(local);
                    self.last_record = time.or(self.last_record).or(self.last_time);
                }
                self.last_time = time.or(self.last_time);
                Ok((Item::Data(definition), end))
            }
        }
    }

    /// The time of a message in FIT seconds: its own, or one of five bits that counts on from the
    /// last.
    fn time(&self, offset: Option<u8>, definition: &Definition, body: &[u8]) -> Option<u32> {
        match (offset, self.last_time) {
            (Some(offset), Some(last)) => Some(count_on(last, offset)),
            _ => definition.u32_at(definition.timestamp_at()?, body),
        }
    }

    fn shapes(&self) -> Shapes {
        std::array::from_fn(|i| self.locals[i].as_deref().map_or_else(Shape::default, Shape::from))
    }

    /// Where sound messages begin again, from `from` on. Stretches that were wiped or never written
    /// cost no tries.
    fn resync(&mut self, from: usize) -> usize {
        let shapes = self.shapes();
        for at in from..self.data.len() {
            if looks_sound(self.data, at, shapes, self.last_record) {
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
