//! The `hr` messages of a chest strap that recorded by itself, as under water, and handed over
//! later.
//!
//! Each holds some beats: when, in 1024ths of a second of the strap's own clock, and the heart rate
//! then. A message with a timestamp ties that clock to the watch's. Samples get the mean heart rate
//! since the sample before, as Garmin's description of these messages ("Plugin Example: HR") has
//! it.

use crate::fit::protocol::{BaseType, Definition, FieldDefinition};

use super::profile::field;

/// Every beat that was handed over.
#[derive(Default)]
pub(super) struct HeartBeats {
    /// In the file's order; FIT seconds and beats per minute.
    beats: Vec<(f64, f64)>,
    anchor: Option<Anchor>,
    /// The strap's clock at the last beat, in 1024ths of a second.
    last_event: u32,
}

/// One moment on both clocks.
#[derive(Clone, Copy)]
struct Anchor {
    fit_s: f64,
    event: u32,
}

/// Where the fields lie in the `hr` messages of a definition.
pub(super) struct BeatLayout {
    fraction: Option<FieldDefinition>,
    time_256: Option<FieldDefinition>,
    bpm: Option<FieldDefinition>,
    event: Option<FieldDefinition>,
    event_12: Option<FieldDefinition>,
}

/// Across a gap this long the strap's last heart rate still holds, in steps (seconds).
const HOLDS_FOR_S: f64 = 5.0;
const STEP_S: f64 = 0.25;

impl BeatLayout {
    pub fn compile(definition: &Definition) -> Self {
        let find = |number| definition.field(number).copied();
        Self {
            fraction: find(field::HR_FRACTIONAL_TIMESTAMP),
            time_256: find(field::HR_TIME256),
            bpm: find(field::HR_FILTERED_BPM),
            event: find(field::HR_EVENT_TIMESTAMP),
            event_12: find(field::HR_EVENT_TIMESTAMP_12),
        }
    }
}

/// The bytes of a field in a message's body.
fn bytes<'a>(of: Option<&FieldDefinition>, body: &'a [u8]) -> &'a [u8] {
    of.and_then(|f| body.get(f.at..f.at + f.size)).unwrap_or_default()
}

impl HeartBeats {
    /// Takes the beats of one message.
    pub fn read(&mut self, layout: &BeatLayout, definition: &Definition, body: &[u8], timestamp: Option<u32>) {
        let number = |of: Option<&FieldDefinition>| Some(of?.base_type?.read(bytes(of, body), definition.big_endian));
        let fraction_s = |of: &Option<FieldDefinition>, scale: f64| {
            number(of.as_ref()).filter(|value| !value.is_nan()).map(|value| value / scale)
        };
        let whole_events = bytes(layout.event.as_ref(), body).chunks_exact(4);
        let events: Vec<u32> = if layout.event.is_some() {
            let read = |raw: &[u8]| BaseType::U32.read(raw, definition.big_endian);
            whole_events.map(read).take_while(|event| !event.is_nan()).map(|event| event as u32).collect()
        } else {
            self.unpack(bytes(layout.event_12.as_ref(), body))
        };
        let Some(&first) = events.first() else { return };
        if let Some(at) = timestamp {
            let part = fraction_s(&layout.fraction, 32_768.0).or(fraction_s(&layout.time_256, 256.0));
            self.anchor = Some(Anchor { fit_s: f64::from(at) + part.unwrap_or(0.0), event: first });
        }
        self.last_event = *events.last().unwrap_or(&first);
        let Some(anchor) = self.anchor else { return };
        for (event, bpm) in events.iter().zip(bytes(layout.bpm.as_ref(), body)) {
            // The strap's clock rolls over; no gap is half of its range, which is 24 days.
            let since_anchor_s = f64::from(event.wrapping_sub(anchor.event) as i32) / 1024.0;
            if !matches!(*bpm, 0 | u8::MAX) {
                self.beats.push((anchor.fit_s + since_anchor_s, f64::from(*bpm)));
            }
        }
    }

    /// Unpacks clock readings of 12 bits, two in three bytes, which count on from the last one and
    /// roll over every 4 s.
    fn unpack(&self, packed: &[u8]) -> Vec<u32> {
        let mut last = self.last_event;
        let pairs = packed.chunks_exact(3).flat_map(|three| {
            let [a, b, c] = [three[0], three[1], three[2]].map(u32::from);
            [a | (b & 0xF) << 8, b >> 4 | c << 4]
        });
        pairs
            .map(|reading| {
                last = last.wrapping_add(reading.wrapping_sub(last) & 0xFFF);
                last
            })
            .collect()
    }

    /// Takes the beats of another sequence.
    pub fn append(&mut self, mut other: Self) {
        self.beats.append(&mut other.beats);
    }

    pub fn is_empty(&self) -> bool {
        self.beats.is_empty()
    }

    /// For each of the ascending sample times (FIT seconds) the mean heart rate since the sample
    /// before, in whole beats per minute; NaN where no beat says.
    pub fn at(mut self, times: &[u32]) -> Vec<f64> {
        self.beats.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut held = self.held().peekable();
        let mut last: Option<(f64, f64)> = None;
        let mut before: Option<f64> = None;
        let mut heart_rate = Vec::with_capacity(times.len());
        for &time in times {
            let time = f64::from(time);
            // The first sample, and one at the time of another, speak for the second before them.
            let is_again = before == Some(time);
            let from = before.filter(|_| !is_again).unwrap_or(time - 1.0);
            let again = last.filter(|(at, _)| is_again && *at > from);
            let (mut sum, mut n) = again.map_or((0.0, 0), |(_, bpm)| (bpm, 1));
            while let Some((at, bpm)) = held.next_if(|(at, _)| *at <= time) {
                last = Some((at, bpm));
                if at > from {
                    (sum, n) = (sum + bpm, n + 1);
                }
            }
            heart_rate.push(if n > 0 { (sum / f64::from(n) + 0.5).floor() } else { f64::NAN });
            before = Some(time);
        }
        heart_rate
    }

    /// The beats, and between them the last heart rate every quarter of a second as long as it
    /// holds.
    fn held(&self) -> impl Iterator<Item = (f64, f64)> {
        self.beats.iter().enumerate().flat_map(|(i, &(at, bpm))| {
            let before = i.checked_sub(1).map_or((at, bpm), |i| self.beats[i]);
            let steps = ((at - before.0).min(HOLDS_FOR_S + STEP_S) / STEP_S).ceil() as u32;
            let between = (1..steps).map(move |step| (before.0 + f64::from(step) * STEP_S, before.1));
            between.chain(std::iter::once((at, bpm)))
        })
    }
}
