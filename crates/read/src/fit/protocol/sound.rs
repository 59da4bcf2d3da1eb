//! Where reading goes on behind damage: at the next place where whole messages follow one another.

use crate::fit::protocol::definition::{Definition, Kind};
use crate::fit::protocol::time::{MAX_JUMP_S, loses_the_date};

/// What the search knows of a local type: how long its data messages are, and where those of
/// samples have their time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    body_size: usize,
    record_time_at: Option<usize>,
    big_endian: bool,
}

/// By local type; as of no body where none is defined.
pub type Shapes = [Shape; 16];

impl From<&Definition> for Shape {
    fn from(definition: &Definition) -> Self {
        Self {
            body_size: definition.body_size,
            record_time_at: definition.timestamp_at().filter(|_| definition.is_record()),
            big_endian: definition.big_endian,
        }
    }
}

/// Returns whether whole messages follow one another from `at` on: definitions that a watch would
/// write, or samples near in time, to one another or to `last_record` (FIT seconds).
pub fn looks_sound(data: &[u8], mut at: usize, mut shapes: Shapes, last_record: Option<u32>) -> bool {
    const CHAIN: usize = 12;
    const ENOUGH: usize = 2;
    let mut evidence = 0;
    let mut near: Option<u32> = None;
    for _ in 0..CHAIN {
        if at >= data.len() || evidence >= ENOUGH {
            break;
        }
        match Kind::of(data[at]) {
            Kind::Definition { local, developer } => {
                let Some((definition, used)) = Definition::parse(&data[at + 1..], developer) else { return false };
                if !definition.is_plausible() {
                    return false;
                }
                shapes[local] = Shape::from(&definition);
                evidence += 1;
                at += 1 + used;
            }
            Kind::Data { local, .. } => {
                let Shape { body_size, record_time_at, big_endian } = shapes[local];
                let Some(body) = data.get(at + 1..at + 1 + body_size).filter(|body| !body.is_empty()) else {
                    return false;
                };
                if let Some(raw) = record_time_at.and_then(|time_at| body[time_at..].first_chunk()) {
                    let now = if big_endian { u32::from_be_bytes(*raw) } else { u32::from_le_bytes(*raw) };
                    let is_near = |time: u32| now.abs_diff(time) <= MAX_JUMP_S;
                    let is_lost = last_record.is_some_and(|last| loses_the_date(last, now));
                    if now == u32::MAX || !near.is_none_or(is_near) || is_lost {
                        return false;
                    }
                    evidence += usize::from(near.is_some() || last_record.is_some_and(is_near));
                    near = Some(now);
                }
                at += 1 + body_size;
            }
        }
    }
    evidence >= ENOUGH || evidence > 0 && at == data.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples of nothing but their time.
    const SAMPLES: [u8; 8] = [0, 0, 20, 0, 1, 253, 4, 0x86];
    const TIME: u32 = 0x4000_0000;

    fn sample(time: u32) -> Vec<u8> {
        [&[0][..], &time.to_le_bytes()].concat()
    }

    fn sounds(data: &[u8]) -> bool {
        let (definition, _) = Definition::parse(&SAMPLES, false).expect("it is whole");
        let mut shapes = Shapes::default();
        shapes[0] = Shape::from(&definition);
        looks_sound(data, 0, shapes, Some(TIME))
    }

    #[test]
    fn samples_near_in_time_are_sound_and_samples_of_other_years_are_not() {
        assert!(sounds(&[sample(TIME + 1), sample(TIME + 2)].concat()));
        assert!(!sounds(&[sample(TIME + 1), sample(TIME + 2 + MAX_JUMP_S)].concat()));
        assert!(!sounds(&[sample(0), sample(1)].concat()), "a device forgets no date");
        assert!(!sounds(&[sample(TIME + 1), vec![5, 1, 2, 3]].concat()), "of a local type that nobody defined");
    }

    #[test]
    fn one_sample_is_enough_only_at_the_very_end() {
        assert!(sounds(&sample(TIME + 1)));
        assert!(!sounds(&[sample(TIME + 1), vec![0, 1]].concat()));
    }

    #[test]
    fn a_definition_counts_where_a_watch_would_write_it() {
        let definition = [&[0x40][..], &SAMPLES].concat();
        assert!(sounds(&definition));
        let of_no_fields = [0x40, 0, 0, 20, 0, 0];
        assert!(!sounds(&of_no_fields));
    }
}
