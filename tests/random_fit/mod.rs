//! Random FIT files come back as they were written, whatever of the protocol they use.

mod model;

use kneewise_core::read;
use kneewise_read::activity::{Activity, Channel, NoteKind};
use proptest::prelude::*;

use crate::fitparser_agrees::differences;
use crate::support::{may_differ_in_speed, steps_per_count};
use model::{Expected, Sequence, Written, sequence};

/// 2026-01-01T12:00:00Z in seconds of the FIT epoch.
const START: u32 = 1_136_203_200;
/// Sequences of one file lie a day apart.
const DAY: u32 = 86_400;
const FIT_EPOCH_UNIX_S: i64 = 631_065_600;

/// A quarter of what is usual, for a second or two in all: these are whole files.
fn cases() -> u32 {
    ProptestConfig::default().cases / 4
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_comes_back(sequences in proptest::collection::vec(sequence(), 1..3)) {
        let starts = (0..).map(|day| START + day * DAY);
        let written: Vec<Written> = sequences.iter().zip(starts).map(|(s, start)| s.write(start)).collect();
        let bytes = written.iter().flat_map(|w| w.bytes.clone()).collect::<Vec<_>>();
        let contents = read(&bytes).expect("a sound file");
        prop_assert!(contents.notes.iter().all(|note| note.kind != NoteKind::Damage), "{:?}", contents.notes);
        let mut activities = contents.activities.iter();
        for (sequence, written) in sequences.iter().zip(&written) {
            for expected in &written.activities {
                let activity = activities.next().expect("an activity for each session");
                compare(sequence, expected, activity)?;
            }
        }
        prop_assert!(activities.next().is_none(), "no session is made up");
    }

    #[test]
    fn fitparser_reads_the_same(sequence in sequence().prop_filter("is read", |s| !s.is_beyond_fitparser())) {
        let bytes = sequence.write(START).bytes;
        match fitparser::from_bytes(&bytes) {
            Ok(theirs) => {
                let differ = differences(&read(&bytes).expect("a sound file").activities, &theirs);
                prop_assert!(differ.is_none(), "{}", differ.unwrap_or_default());
            }
            // It gives up a whole file for a developer field that is not described, or not yet.
            Err(error) => prop_assert!(sequence.describes_late(), "{}", error),
        }
    }
}

fn compare(sequence: &Sequence, expected: &[Expected], activity: &Activity) -> Result<(), TestCaseError> {
    let samples = &activity.samples;
    let start = activity.start.unix_ms() / 1000 - FIT_EPOCH_UNIX_S;
    let times: Vec<f64> = expected.iter().map(|record| (i64::from(record.time) - start) as f64).collect();
    prop_assert_eq!(samples.time_s(), times);
    for channel in Channel::ALL.iter().copied() {
        // The model counts strides. Cadence, speed and step length are drawn apart, and can look
        // like steps.
        let scale = if channel == Channel::StepRate { steps_per_count(activity) / 2.0 } else { 1.0 };
        let values = expected.iter().map(|record| record.values[channel as usize]);
        let wanted: Vec<Option<f64>> = values.map(|value| Some(value? * scale)).collect();
        if samples.is_worked_out(channel) {
            // Made up for, because the file has none or hardly any.
            let written = where_it_says_something(channel, &wanted, None).iter().flatten().count();
            let enough =
                if channel == Channel::Speed { samples.recorded(Channel::Distance).count() * 4 / 5 } else { 0 };
            prop_assert!(written <= enough, "{:?} of {} samples is replaced", channel, written);
        } else {
            let is_filled = |i: usize| channel == Channel::Speed && may_differ_in_speed(activity, i, wanted[i]);
            let wanted: Vec<Option<f64>> =
                wanted.iter().enumerate().map(|(i, value)| value.filter(|_| !is_filled(i))).collect();
            let as_written = samples.column(channel).map(|column| {
                let kept = column.iter().enumerate().map(|(i, value)| if is_filled(i) { f64::NAN } else { *value });
                kept.collect::<Vec<f64>>()
            });
            let mut wanted = where_it_says_something(channel, &wanted, as_written.as_deref());
            // Half of a place is none: who has no latitude at all has no position.
            if matches!(channel, Channel::Latitude | Channel::Longitude) && has_half_a_place(expected) {
                wanted.fill(None);
            }
            same(&format!("{channel:?}"), &wanted, as_written.as_deref())?;
        }
    }
    for (n, developer) in sequence.developer.iter().enumerate() {
        let column = samples.developer().iter().find(|column| column.unit == developer.unit);
        let column = column.map(|column| column.values.as_slice());
        // Before its description a field's type is not known: its value may come out or not.
        let wanted: Vec<Option<f64>> = expected
            .iter()
            .enumerate()
            .map(|(i, record)| match record.developer[n] {
                (true, value) => value,
                (false, value) => value.filter(|_| column.is_some_and(|column| !column[i].is_nan())),
            })
            .collect();
        same(&developer.unit, &wanted, column)?;
    }
    Ok(())
}

/// Whether one half of all positions was never written.
fn has_half_a_place(expected: &[Expected]) -> bool {
    let has = |channel: Channel| expected.iter().any(|record| record.values[channel as usize].is_some());
    has(Channel::Latitude) != has(Channel::Longitude)
}

/// What is wanted of a channel: nothing of an altitude before it has settled, of a distance that
/// stands still or of a column of zeros.
fn where_it_says_something(channel: Channel, wanted: &[Option<f64>], got: Option<&[f64]>) -> Vec<Option<f64>> {
    let mut wanted = wanted.to_vec();
    let mut written = wanted.iter().flatten();
    let first = written.next().copied();
    let is_constant = written.all(|value| Some(*value) == first);
    match (channel, got) {
        (Channel::Distance | Channel::Altitude, None) if is_constant => wanted.fill(None),
        (Channel::Altitude, Some(column)) => {
            let settled = column.iter().position(|value| !value.is_nan()).unwrap_or(0);
            wanted[..settled].fill(None);
            // A 0 that the altitude falls to by a step says that there was none.
            for (value, got) in wanted.iter_mut().zip(column) {
                *value = value.filter(|metres| *metres != 0.0 || !got.is_nan());
            }
        }
        _ => {}
    }
    wanted
}

/// Compares a column with what was written, within what scaling in another order may change.
fn same(name: &str, wanted: &[Option<f64>], column: Option<&[f64]>) -> Result<(), TestCaseError> {
    for (i, wanted) in wanted.iter().enumerate() {
        let got = column.map(|column| column[i]).filter(|value| !value.is_nan());
        let agrees = match (wanted, got) {
            (None, None) => true,
            (Some(wanted), Some(got)) => (wanted - got).abs() <= 1e-12 * wanted.abs().max(1.0),
            _ => false,
        };
        prop_assert!(agrees, "{} of sample {}: wrote {:?}, read {:?}", name, i, wanted, got);
    }
    Ok(())
}
