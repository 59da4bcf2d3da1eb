//! The crate `fitparser` decodes every record as we do, field by field.

use std::fs;

use fitparser::profile::MesgNum;
use fitparser::{FitDataRecord, Value};
use kneewise_core::read;
use kneewise_read::activity::{Activity, Channel};

use crate::support::{in_project, may_differ_in_speed, steps_per_count};

#[test]
fn fitparser_agrees_on_every_fixture() {
    let mut compared = 0;
    for folder in ["fixtures/formats", "fixtures/sample-log", "fuzz/seeds/fit"] {
        for entry in fs::read_dir(in_project(folder)).unwrap() {
            let path = entry.unwrap().path();
            // It adds up packed distances as if each began where the last one ended.
            let is_packed = path.ends_with("packed-speed-and-distance.fit");
            // It leaves heart rates in messages of their own where they are.
            let is_late = path.ends_with("late-heart-rate.fit");
            if is_packed || is_late || path.extension().is_none_or(|extension| extension != "fit") {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            // Of damaged files it reads nothing; of settings there is nothing to compare.
            if let (Ok(theirs), Ok(ours)) = (fitparser::from_bytes(&bytes), read(&bytes)) {
                let differ = differences(&ours.activities, &theirs);
                assert!(differ.is_none(), "{}: {}", path.display(), differ.unwrap_or_default());
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "{compared} files");
}

/// Fields of records by `fitparser`'s names, and what makes our units of theirs.
const FIELDS: [(Channel, &str, f64); 13] = [
    (Channel::Latitude, "position_lat", 180.0 / 2_147_483_648.0),
    (Channel::Longitude, "position_long", 180.0 / 2_147_483_648.0),
    (Channel::Altitude, "enhanced_altitude", 1.0),
    (Channel::Distance, "distance", 1.0),
    (Channel::Speed, "enhanced_speed", 1.0),
    (Channel::HeartRate, "heart_rate", 1.0),
    (Channel::Power, "power", 1.0),
    (Channel::StanceTime, "stance_time", 1.0),
    (Channel::StanceTimeBalance, "stance_time_balance", 1.0),
    (Channel::VerticalOscillation, "vertical_oscillation", 1.0),
    (Channel::VerticalRatio, "vertical_ratio", 1.0),
    (Channel::StepLength, "step_length", 1.0),
    (Channel::Temperature, "temperature", 1.0),
];

/// The first value on which we and `fitparser` differ, in words. Activities share out the records
/// by time.
pub fn differences(ours: &[Activity], theirs: &[FitDataRecord]) -> Option<String> {
    let mut records: Vec<&FitDataRecord> = theirs.iter().filter(|message| message.kind() == MesgNum::Record).collect();
    records.sort_by_key(|record| time(record));
    let samples = ours.iter().flat_map(|activity| (0..activity.samples.len()).map(move |i| (activity, i)));
    let samples: Vec<(&Activity, usize)> = samples.collect();
    if samples.len() != records.len() {
        return Some(format!("{} samples, {} records", samples.len(), records.len()));
    }
    for (n, ((activity, i), record)) in samples.into_iter().zip(records).enumerate() {
        let at = activity.start.plus_seconds(activity.samples.time_s()[i]).unix_ms() / 1000;
        if Some(at) != time(record) {
            return Some(format!("record {n} is at {at}, and to fitparser at {:?}", time(record)));
        }
        let fields = FIELDS.iter().map(|&(channel, name, unit)| {
            (channel, numbers(record, name).into_iter().map(|value| value * unit).collect::<Vec<f64>>())
        });
        let number = |name: &str| numbers(record, name).first().copied();
        let strides =
            number("cadence256").or_else(|| Some(number("cadence")? + number("fractional_cadence").unwrap_or(0.0)));
        let steps = strides.filter(|_| was_on_foot(activity)).map(|strides| strides * steps_per_count(activity));
        for (channel, theirs) in fields.chain([(Channel::StepRate, steps.into_iter().collect())]) {
            let is_filled = channel == Channel::Speed && may_differ_in_speed(activity, i, theirs.first().copied());
            if is_filled || activity.samples.is_worked_out(channel) || says_nothing(activity, channel, i) {
                continue;
            }
            let ours = activity.samples.column(channel).map(|column| column[i]).filter(|value| !value.is_nan());
            let agree = match ours {
                None => theirs.is_empty(),
                Some(ours) => theirs.iter().any(|theirs| (ours - theirs).abs() < 1e-9),
            };
            if !agree {
                return Some(format!("{channel:?} of record {n} is {ours:?}, and to fitparser {theirs:?}"));
            }
        }
    }
    None
}

/// What nobody runs is no run, but its steps were counted as one's.
fn was_on_foot(activity: &Activity) -> bool {
    activity.sport.is_on_foot() || activity.notes.iter().any(|note| note.text.starts_with("recorded as a run"))
}

/// Whether an altitude had not settled yet, a column stood still, or a position lacks a half in
/// every sample, which we leave out.
fn says_nothing(activity: &Activity, channel: Channel, i: usize) -> bool {
    let first = activity.samples.recorded(channel).next().map(|(first, _)| first);
    match channel {
        Channel::Altitude => first.is_none_or(|first| i < first),
        Channel::Distance | Channel::Latitude | Channel::Longitude => first.is_none(),
        _ => false,
    }
}

fn time(record: &FitDataRecord) -> Option<i64> {
    let field = record.fields().iter().find(|field| field.name() == "timestamp")?;
    match field.value() {
        Value::Timestamp(at) => Some(at.timestamp()),
        _ => None,
    }
}

/// A field's numbers, of an array the first. There can be two: `fitparser` makes an
/// `enhanced_speed` of a `speed`, even beside the one that is in the file.
fn numbers(record: &FitDataRecord, name: &str) -> Vec<f64> {
    let of_name = record.fields().iter().filter(|field| field.name() == name);
    let values = of_name.filter_map(|field| match field.value() {
        Value::Array(values) => values.first().cloned()?.try_into().ok(),
        value => value.clone().try_into().ok(),
    });
    values.collect()
}
