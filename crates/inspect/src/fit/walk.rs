//! From one message to the next, by their sizes alone; and past damage to where messages follow one
//! another again.

use std::sync::Arc;

use super::named::TIMESTAMP;
use super::protocol::{Definition, Kind, kind};

/// What stands at a place of the message area.
pub(super) enum Item {
    /// A definition.
    Definition(Arc<Definition>),
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
const MAX_JUMP_S: f64 = 30.0 * 86_400.0;

/// Offsets tried in search of sound messages, in all: noise shall cost no more than a real file.
const MAX_TRIES: usize = 1 << 18;

type Locals = [Option<Arc<Definition>>; 16];

/// Walks over the messages of one sequence.
#[derive(Clone)]
pub(super) struct Walk<'a> {
    data: &'a [u8],
    at: usize,
    locals: Locals,
    last_record_s: Option<f64>,
    tries: usize,
}

impl<'a> Walk<'a> {
    /// `data` is what stands between a header and its checksum.
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, locals: Locals::default(), last_record_s: None, tries: 0 }
    }

    /// The item at `at` and where the next one begins.
    fn look(&self, at: usize, locals: &Locals) -> Result<(Item, usize), &'static str> {
        match kind(self.data[at]) {
            Kind::Definition { developer, .. } => {
                let parsed = Definition::parse(&self.data[at + 1..], developer);
                let (definition, used) = parsed.ok_or("a definition that makes no sense")?;
                Ok((Item::Definition(Arc::new(definition)), at + 1 + used))
            }
            Kind::Data { local } => {
                let definition = locals[local].as_ref().ok_or("data without a definition")?;
                let end = at + 1 + definition.body_size;
                if end > self.data.len() {
                    return Err("the file ends inside a message");
                }
                Ok((Item::Data(Arc::clone(definition)), end))
            }
        }
    }

    /// The time of a message in FIT seconds.
    fn time(&self, definition: &Definition, at: usize, end: usize) -> Option<f64> {
        definition.raw(TIMESTAMP, &self.data[at + 1..end])?.as_f64()
    }

    fn is_far(&self, time: f64) -> bool {
        self.last_record_s.is_some_and(|last| (time - last).abs() > MAX_JUMP_S)
    }

    /// Whether whole messages follow one another from `at` on: definitions that a watch would write, or
    /// samples near in time.
    fn looks_sound(&self, mut at: usize) -> bool {
        const CHAIN: usize = 12;
        const ENOUGH: usize = 2;
        let mut locals = self.locals.clone();
        let (mut evidence, mut near) = (0, self.last_record_s);
        for _ in 0..CHAIN {
            if at >= self.data.len() || evidence >= ENOUGH {
                break;
            }
            let Ok((item, end)) = self.look(at, &locals) else { return false };
            match item {
                Item::Definition(definition) => {
                    if !definition.is_plausible() {
                        return false;
                    }
                    if let Kind::Definition { local, .. } = kind(self.data[at]) {
                        locals[local] = Some(definition);
                    }
                    evidence += 1;
                }
                Item::Data(definition) => {
                    if definition.body_size == 0 {
                        return false;
                    }
                    if definition.message == RECORD
                        && let Some(time) = self.time(&definition, at, end)
                    {
                        if near.is_some_and(|near| (time - near).abs() > MAX_JUMP_S) {
                            return false;
                        }
                        near = Some(time);
                        evidence += 1;
                    }
                }
                Item::Lost(_) => return false,
            }
            at = end;
        }
        evidence >= ENOUGH
    }

    fn next_item(&mut self) -> Result<(Item, usize), &'static str> {
        let at = self.at;
        let (item, end) = self.look(at, &self.locals)?;
        match &item {
            Item::Definition(definition) => {
                if let Kind::Definition { local, .. } = kind(self.data[at]) {
                    self.locals[local] = Some(Arc::clone(definition));
                }
            }
            Item::Data(definition) if definition.message == RECORD => {
                if let Some(time) = self.time(definition, at, end) {
                    if !self.is_far(time) || self.looks_sound_anew(at) {
                        self.last_record_s = Some(time);
                    } else if !self.looks_sound(end) {
                        return Err("a time far from the one before");
                    }
                }
            }
            _ => {}
        }
        Ok((item, end))
    }

    /// Whether messages from `at` on are sound among themselves, whatever the time before was.
    fn looks_sound_anew(&self, at: usize) -> bool {
        Self { last_record_s: None, ..self.clone() }.looks_sound(at)
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.at >= self.data.len() {
            return None;
        }
        let at = self.at;
        let (item, end) = self.next_item().unwrap_or_else(|problem| {
            let budget = MAX_TRIES.saturating_sub(self.tries);
            let until = self.data.len().min((at + 1).saturating_add(budget));
            let next = (at + 1..until).find(|place| self.looks_sound(*place)).unwrap_or(self.data.len());
            self.tries = self.tries.saturating_add(next - at);
            (Item::Lost(problem), next)
        });
        self.at = end;
        Some(Step { item, at, len: end - at })
    }
}
