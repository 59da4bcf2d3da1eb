//! Where reading goes on behind damage: at the next place where whole messages follow one another.

use super::{Decoder, Kind, MAX_JUMP_S, Plan, kind};
use crate::read::fit::budget;
use crate::read::fit::profile::message;
use crate::read::fit::protocol::{Definition, Number};

impl Decoder<'_> {
    /// Where sound messages begin again, from `from` on. A bound to the search keeps a file of noise from costing
    /// more than a real one; stretches that were wiped or never written cost nothing.
    pub(super) fn resync(&mut self, from: usize) -> usize {
        for at in from..self.data.len() {
            if self.looks_sound(at) {
                return at;
            }
            if !matches!(self.data[at], 0 | 0xFF) && !budget::spend(&mut self.budget.resync) {
                break;
            }
        }
        self.data.len()
    }

    /// Whether whole messages follow one another from `pos` on: the sign of having found the beat again.
    pub(super) fn looks_sound(&self, mut pos: usize) -> bool {
        const CHAIN: usize = 12;
        const ENOUGH: usize = 2;
        let data = self.data;
        let mut sizes = [0usize; 16];
        let mut timestamps_at = [None; 16];
        let mut big_endian = [false; 16];
        for (i, local) in self.locals.iter().enumerate() {
            if let Some(local) = local {
                sizes[i] = local.definition.body_size;
                timestamps_at[i] = local.timestamp_at.filter(|_| matches!(local.plan, Plan::Records(_)));
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
}

/// Below this a timestamp counts seconds since the device was switched on (FIT protocol, `date_time`).
const FIRST_DATE: u32 = 0x1000_0000;

/// A device that knows the date does not forget it: a stretch of zeros in a damaged file looks like that.
fn loses_the_date(last: u32, now: u32) -> bool {
    last >= FIRST_DATE && now < FIRST_DATE
}
