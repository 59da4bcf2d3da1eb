//! What only FIT files can hold: each test writes one such file by hand and reads it back.

use kneewise_core::read;
use kneewise_fixtures::fit::{BaseType, DevField, EPOCH_UNIX_S, Field, FitWriter, Value};
use kneewise_read::activity::{Activity, Channel, DeveloperColumn, NoteKind, SplitKind};
use kneewise_read::sport::Sport;

use BaseType::{Byte, Enum, Float32, Sint32, String as Text, Uint8, Uint16, Uint32};
use Value::{Bytes, Float, Int};

/// Seconds of FIT's clock at noon of 1 January 2026 UTC.
const NOON: i64 = 1_767_268_800 - EPOCH_UNIX_S;

const FILE_ID: u16 = 0;
const USER_PROFILE: u16 = 3;
const ZONES_TARGET: u16 = 7;
const SPORT: u16 = 12;
const SESSION: u16 = 18;
const RECORD: u16 = 20;
const HR: u16 = 132;
const FIELD_DESCRIPTION: u16 = 206;
const TIME_IN_ZONE: u16 = 216;
const SPLIT: u16 = 312;

fn field(number: u8, base_type: BaseType) -> Field {
    wide(number, base_type, 1)
}

fn wide(number: u8, base_type: BaseType, count: u8) -> Field {
    Field { number, size: count * base_type.size() as u8, base_type }
}

const TIMESTAMP: u8 = 253;

/// A file that begins with its kind: an activity.
fn activity_file() -> FitWriter {
    let mut fit = FitWriter::new(14);
    message(&mut fit, FILE_ID, &[(field(0, Enum), Int(4))]);
    fit
}

/// Writes one message with a definition of its own, as local type 15.
fn message(fit: &mut FitWriter, global: u16, fields: &[(Field, Value)]) {
    let (fields, values): (Vec<Field>, Vec<Value>) = fields.iter().cloned().unzip();
    fit.define(15, global, &fields, false, &[]);
    fit.data(15, &values);
}

/// A session of a minute's running from noon on.
fn session(fit: &mut FitWriter, more: &[(Field, Value)]) {
    let fields = [
        (field(TIMESTAMP, Uint32), Int(NOON + 60)),
        (field(2, Uint32), Int(NOON)),
        (field(5, Enum), Int(1)),
        (field(8, Uint32), Int(60_000)),
    ];
    message(fit, SESSION, &[&fields, more].concat());
}

fn describe(fit: &mut FitWriter, number: u8, base_type: BaseType, name: &str, unit: &str, native: i64) {
    let text = |number, text: &str| (Field { number, size: 32, base_type: Text }, Value::Text(text.to_owned()));
    message(
        fit,
        FIELD_DESCRIPTION,
        &[
            (field(0, Uint8), Int(0)),
            (field(1, Uint8), Int(i64::from(number))),
            (field(2, Uint8), Int(i64::from(base_type.code()))),
            text(3, name),
            text(8, unit),
            (field(15, Uint8), Int(native)),
        ],
    );
}

fn only(fit: FitWriter) -> Activity {
    let [activity] = activities(fit).try_into().expect("one activity");
    activity
}

fn activities(fit: FitWriter) -> Vec<Activity> {
    read(&fit.finish()).expect("an activity").activities
}

fn values(activity: &Activity, channel: Channel) -> Vec<f64> {
    activity.samples.column(channel).map(<[f64]>::to_vec).unwrap_or_default()
}

fn notes(activity: &Activity, kind: NoteKind) -> Vec<&str> {
    activity.notes.iter().filter(|note| note.kind == kind).map(|note| note.text.as_str()).collect()
}

#[test]
fn developer_fields_are_read_where_their_description_comes_late() {
    let mut fit = activity_file();
    let stiffness = DevField { number: 9, size: 4, developer_index: 0, base_type: Float32 };
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[stiffness]);
    fit.data(0, &[Int(NOON), Float(9.5)]);
    describe(&mut fit, 9, Float32, "Leg Spring Stiffness", "kN/m", 255);
    fit.data(0, &[Int(NOON + 1), Float(10.0)]);
    session(&mut fit, &[]);
    let activity = only(fit);
    let [column] = activity.samples.developer() else { panic!("one developer field") };
    assert_eq!((column.name.as_str(), column.values.as_slice()), ("Leg Spring Stiffness", [9.5, 10.0].as_slice()));
}

/// The unit is right and not the field that it claims to stand for.
#[test]
fn a_pods_own_units_decide_what_its_fields_stand_for() {
    let mut fit = activity_file();
    let dev =
        |number, base_type: BaseType| DevField { number, size: base_type.size() as u8, developer_index: 0, base_type };
    describe(&mut fit, 3, Uint16, "FigureContext Time", "Milliseconds", 40);
    describe(&mut fit, 4, Float32, "Vertical Oscillation", "Centimeters", 39);
    describe(&mut fit, 5, Uint16, "Contact Share", "%", 41);
    let fields = [dev(3, Uint16), dev(4, Float32), dev(5, Uint16)];
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &fields);
    fit.data(0, &[Int(NOON), Int(240), Float(7.5), Int(33)]);
    fit.data(0, &[Int(NOON + 1), Int(0), Float(0.0), Int(0)]);
    session(&mut fit, &[]);
    let activity = only(fit);
    let first = |channel| values(&activity, channel)[0];
    assert_eq!((first(Channel::StanceTime), first(Channel::VerticalOscillation)), (240.0, 75.0));
    assert!(values(&activity, Channel::StanceTime)[1].is_nan(), "a pod writes 0 while nobody runs");
    let told = "taken from fields that an app or a pod added to the file: FigureContext Time (Milliseconds), \
                Vertical Oscillation (Centimeters)";
    assert!(notes(&activity, NoteKind::Samples).contains(&told), "{:?}", activity.notes);
}

#[test]
fn fields_of_a_pod_that_writes_no_names_are_known_by_their_numbers() {
    let named = |units: [&str; 3]| {
        let mut fit = activity_file();
        for (number, unit) in [0, 3, 9].into_iter().zip(units) {
            describe(&mut fit, number, Float32, "", unit, 255);
        }
        let dev = |number| DevField { number, size: 4, developer_index: 0, base_type: Float32 };
        fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[dev(0), dev(3), dev(9)]);
        fit.data(0, &[Int(NOON), Float(2.0), Float(-11.5), Float(-10.5)]);
        session(&mut fit, &[]);
        let name_and_unit = |d: &DeveloperColumn| format!("{} in {}", d.name, d.unit);
        only(fit).samples.developer().iter().map(name_and_unit).collect::<Vec<_>>()
    };
    assert_eq!(named(["", "", "deg"]), ["RS_Impact_GS_L in G", "RS_Pronation_L in deg", "RS_Pronation_R in deg"]);
    assert_eq!(named(["doughnuts", "", ""]), [" in doughnuts", " in ", " in "], "somebody else's");
}

/// Each packed distance has 12 bits of sixteenths of a metre: it rolls over every 256 m.
#[test]
fn packed_distance_counts_on_when_it_rolls_over() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32), wide(8, Byte, 3)], false, &[]);
    let metres = [0, 100, 200, 300, 400, 520];
    for (i, m) in (0..).zip(metres) {
        let (speed, distance) = (300u32, (m * 16) & 0xFFF);
        let packed = speed | distance << 12;
        fit.data(0, &[Int(NOON + 30 * i), Bytes(packed.to_le_bytes()[..3].to_vec())]);
    }
    session(&mut fit, &[]);
    let activity = only(fit);
    assert_eq!(values(&activity, Channel::Distance), metres.map(f64::from));
    assert_eq!(values(&activity, Channel::Speed), [3.0; 6]);
}

/// Two beats in three bytes, 12 bits of 1024ths of a second each, which roll over every 4 s.
#[test]
fn heart_rates_that_a_strap_hands_over_later_reach_the_samples() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    (0..8).for_each(|i| fit.data(0, &[Int(NOON + i)]));
    let anchor = 5_000u32;
    message(
        &mut fit,
        HR,
        &[
            (field(TIMESTAMP, Uint32), Int(NOON)),
            (field(6, Uint8), Int(120)),
            (field(9, Uint32), Int(i64::from(anchor))),
        ],
    );
    let beats = [1, 2, 3, 4, 5, 6, 7, 7].map(|s: u32| (anchor + s * 1024) & 0xFFF);
    let packed: Vec<u8> =
        beats.chunks(2).flat_map(|pair| (pair[0] | pair[1] << 12).to_le_bytes()[..3].to_vec()).collect();
    let bpm = vec![121, 122, 123, 124, 125, 126, 127, 127];
    message(&mut fit, HR, &[(wide(6, Uint8, 8), Bytes(bpm)), (wide(10, Byte, 12), Bytes(packed))]);
    session(&mut fit, &[]);
    let heart_rate = values(&only(fit), Channel::HeartRate);
    // A beat's rate holds until the next one: three quarters of a second of the last one, then the
    // new one.
    assert_eq!(heart_rate, [120.0, 120.0, 121.0, 122.0, 123.0, 124.0, 125.0, 126.0]);
}

#[test]
fn doubled_records_become_one_and_contradictions_stay() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32), field(3, Uint8)], false, &[]);
    fit.define(1, RECORD, &[field(TIMESTAMP, Uint32), field(7, Uint16)], false, &[]);
    fit.data(0, &[Int(NOON), Int(120)]);
    fit.data(1, &[Int(NOON), Int(250)]);
    fit.data(0, &[Int(NOON + 1), Int(121)]);
    fit.data(0, &[Int(NOON + 1), Int(121)]);
    fit.data(0, &[Int(NOON + 2), Int(122)]);
    fit.data(0, &[Int(NOON + 2), Int(150)]);
    session(&mut fit, &[]);
    let activity = only(fit);
    assert_eq!(activity.samples.time_s(), [0.0, 1.0, 2.0, 2.0]);
    assert_eq!(values(&activity, Channel::HeartRate), [120.0, 121.0, 122.0, 150.0]);
    assert_eq!(values(&activity, Channel::Power)[0], 250.0);
    assert!(notes(&activity, NoteKind::Samples).contains(&"samples joined with another of the same second: 2"));
}

#[test]
fn what_the_runner_felt_and_where_they_walked_come_out() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    fit.data(0, &[Int(NOON)]);
    for (kind, from) in [(17, 0), (18, 40)] {
        let fields =
            [(field(0, Enum), Int(kind)), (field(1, Uint32), Int(20_000)), (field(9, Uint32), Int(NOON + from))];
        message(&mut fit, SPLIT, &fields);
    }
    session(&mut fit, &[(field(192, Uint8), Int(75)), (field(193, Uint8), Int(60))]);
    let activity = only(fit);
    assert_eq!((activity.totals.feel, activity.totals.perceived_exertion), (Some(75.0), Some(6.0)));
    let splits: Vec<_> = activity.splits.iter().map(|s| (s.kind, s.span.from_s, s.span.to_s)).collect();
    assert_eq!(splits, [(SplitKind::Run, 0.0, 20.0), (SplitKind::Walk, 40.0, 60.0)]);
}

/// A triathlon whose watch died before it wrote a summary.
#[test]
fn a_change_of_sport_parts_a_recording_without_summaries() {
    let mut fit = activity_file();
    for (sport, from) in [(2, 0), (1, 100)] {
        message(&mut fit, SPORT, &[(field(0, Enum), Int(sport)), (field(1, Enum), Int(0))]);
        fit.define(0, RECORD, &[field(TIMESTAMP, Uint32), field(3, Uint8)], false, &[]);
        (0..5).for_each(|i| fit.data(0, &[Int(NOON + from + i), Int(130)]));
    }
    let legs = activities(fit);
    let told: Vec<_> = legs.iter().map(|leg| (leg.sport, leg.samples.len())).collect();
    assert_eq!(told, [(Sport::Cycling, 5), (Sport::Running, 5)]);
}

/// Of an array the first value is the sample's; a field of two bytes that claims four is read by
/// its size.
#[test]
fn sizes_that_are_not_those_of_the_type_are_read_by_what_is_there() {
    let mut fit = activity_file();
    let fields = [field(TIMESTAMP, Uint32), wide(3, Uint8, 3), Field { number: 5, size: 2, base_type: Uint32 }];
    // The writer insists on whole values, so the field of half a size is written as two bytes.
    let written = [fields[0], fields[1], Field { number: 5, size: 2, base_type: Byte }];
    fit.define(0, RECORD, &written, false, &[]);
    fit.data(0, &[Int(NOON), Bytes(vec![140, 141, 142]), Bytes(vec![0x10, 0x27])]);
    session(&mut fit, &[]);
    let mut bytes = fit.finish();
    let definition = [5, 2, Byte.code()];
    let at = bytes.windows(3).position(|w| w == definition).expect("the field's definition");
    bytes[at + 2] = Uint32.code();
    let activity = read(&bytes).expect("an activity").activities.remove(0);
    assert_eq!(values(&activity, Channel::HeartRate), [140.0]);
    assert_eq!(values(&activity, Channel::Distance), [100.0]);
}

/// A file of a million tiny records after one wide one cannot make every column a million long.
#[test]
fn series_that_the_file_has_no_bytes_for_are_left_out_and_told() {
    let mut fit = activity_file();
    (0..40).for_each(|number| describe(&mut fit, number, Uint8, &format!("field {number}"), "", 255));
    let dev: Vec<_> =
        (0..40).map(|number| DevField { number, size: 1, developer_index: 0, base_type: Uint8 }).collect();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &dev);
    fit.data(0, &[vec![Int(NOON)], vec![Int(1); 40]].concat());
    fit.define(1, RECORD, &[field(3, Uint8)], false, &[]);
    (0..200_000).for_each(|_| fit.data(1, &[Int(130)]));
    session(&mut fit, &[(field(200, Sint32), Int(0))]);
    let contents = read(&fit.finish()).expect("an activity");
    let held: usize = contents.activities[0].samples.developer().iter().map(|d| d.values.len()).sum();
    assert!(held <= 400_000, "{held} values");
    assert!(
        contents.notes.iter().any(|note| note.text.contains("fields of the samples left out")),
        "{:?}",
        contents.notes
    );
}

/// What a wrong clock or a damaged byte does to the start of a session.
#[test]
fn a_session_begins_with_its_samples_where_its_own_start_cannot_be() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    (0..60).for_each(|i| fit.data(0, &[Int(NOON + 40 * 86_400 + i)]));
    session(&mut fit, &[]);
    let activity = only(fit);
    assert_eq!((activity.samples.time_s()[0], activity.elapsed_s()), (0.0, Some(60.0)));
    assert!(notes(&activity, NoteKind::Samples).iter().any(|note| note.starts_with("begins with its first sample")));
}

/// Without a start of its own a session began as long before its end as it took.
#[test]
fn a_session_without_a_start_is_dated_by_its_end() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    (0..=60).for_each(|i| fit.data(0, &[Int(NOON + i)]));
    let fields =
        [(field(TIMESTAMP, Uint32), Int(NOON + 60)), (field(5, Enum), Int(1)), (field(7, Uint32), Int(60_000))];
    message(&mut fit, SESSION, &fields);
    let activity = only(fit);
    assert_eq!((activity.samples.time_s()[0], activity.elapsed_s()), (0.0, Some(60.0)));
}

/// Some watches sum up a session when half of it is done and again at its end.
#[test]
fn of_summaries_of_one_session_the_longest_counts() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    let distance = |cm: i64| (field(9, Uint32), Int(cm));
    (0..30).for_each(|i| fit.data(0, &[Int(NOON + i)]));
    session(&mut fit, &[distance(10_000), (field(7, Uint32), Int(30_000))]);
    (30..=60).for_each(|i| fit.data(0, &[Int(NOON + i)]));
    session(&mut fit, &[distance(20_000), (field(7, Uint32), Int(60_000))]);
    let activity = only(fit);
    assert_eq!((activity.samples.len(), activity.totals.distance_m), (61, Some(200.0)));
}

#[test]
fn a_session_without_a_sport_is_what_the_watch_was_switched_to() {
    let mut fit = activity_file();
    message(&mut fit, SPORT, &[(field(0, Enum), Int(1))]);
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    (0..=60).for_each(|i| fit.data(0, &[Int(NOON + i)]));
    message(&mut fit, SESSION, &[(field(TIMESTAMP, Uint32), Int(NOON + 60)), (field(2, Uint32), Int(NOON))]);
    let activity = only(fit);
    assert_eq!(activity.sport, Sport::Running);
    assert!(notes(&activity, NoteKind::Sport).is_empty());
}

/// A bicycle's gear changes do not crowd out the session at the end.
#[test]
fn any_number_of_events_leaves_room_for_the_session() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    fit.define(1, 21, &[field(TIMESTAMP, Uint32), field(0, Enum), field(1, Enum)], false, &[]);
    (0..60).for_each(|i| fit.data(0, &[Int(NOON + i)]));
    (0..30_000).for_each(|i| fit.data(1, &[Int(NOON + i), Int(42), Int(3)]));
    session(&mut fit, &[]);
    let contents = read(&fit.finish()).expect("an activity");
    assert_eq!((contents.activities[0].sport, contents.notes), (Sport::Running, Vec::new()));
}

#[test]
fn more_activities_than_any_watch_writes_are_left_out_and_told() {
    let mut fit = activity_file();
    for i in 0..500 {
        message(&mut fit, SESSION, &[(field(TIMESTAMP, Uint32), Int(NOON + i))]);
    }
    let bytes = fit.finish();
    let contents = read(&bytes).expect("activities");
    assert!(contents.activities.len() <= 16 + bytes.len() / 512, "{}", contents.activities.len());
    assert!(contents.notes.iter().any(|note| note.text.contains("activities left out")), "{:?}", contents.notes);
}

/// The letters `.FIT` make a header, and the second recording of a chain is found by them.
#[test]
fn a_damaged_header_costs_no_recording() {
    let one = |from: i64| {
        let mut fit = activity_file();
        fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
        (0..60).for_each(|i| fit.data(0, &[Int(NOON + from + i)]));
        session(&mut fit, &[(field(2, Uint32), Int(NOON + from))]);
        fit.finish()
    };
    let damaged = |bytes: &[u8]| {
        let contents = read(bytes).expect("activities");
        assert!(contents.notes.iter().any(|note| note.kind == NoteKind::Damage), "{:?}", contents.notes);
        contents.activities.iter().map(|activity| activity.samples.len()).collect::<Vec<_>>()
    };
    let mut size = one(0);
    size[0] = 13;
    assert_eq!(damaged(&size), [60]);
    let mut checksum = one(0);
    checksum[12] ^= 1;
    assert_eq!(damaged(&checksum), [60]);
    let mut kind = one(0);
    let at = kind.windows(2).position(|pair| pair == [15, 4]).expect("the file's kind");
    kind[at + 1] = 6;
    assert_eq!(damaged(&kind), [60]);
    assert_eq!(damaged(&[one(0), vec![7; 9], one(7200)].concat()), [60, 60]);
}

/// A block that was never written is no message of whatever type 0 happens to be.
#[test]
fn a_stretch_of_zeros_is_passed_over_and_told() {
    let mut fit = activity_file();
    fit.define(0, 21, &[field(TIMESTAMP, Uint32), field(0, Enum), field(1, Enum)], false, &[]);
    fit.define(1, RECORD, &[field(TIMESTAMP, Uint32), field(3, Uint8)], false, &[]);
    (0..300).for_each(|i| fit.data(1, &[Int(NOON + i), Int(130)]));
    session(&mut fit, &[]);
    let mut bytes = fit.finish();
    bytes[600..1300].fill(0);
    let contents = read(&bytes).expect("an activity");
    let activity = &contents.activities[0];
    assert!((180..=190).contains(&activity.samples.len()), "{}", activity.samples.len());
    assert!(activity.pauses.is_empty());
    assert!(contents.notes.iter().any(|note| note.text.contains("700 bytes lost")), "{:?}", contents.notes);
}

#[test]
fn what_stands_twice_counts_once() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32)], false, &[]);
    (0..60).for_each(|i| fit.data(0, &[Int(NOON + i)]));
    session(&mut fit, &[]);
    session(&mut fit, &[]);
    let bytes = fit.finish();
    for twice in [bytes.clone(), [bytes.clone(), bytes].concat()] {
        let activities = read(&twice).expect("an activity").activities;
        assert_eq!(activities.iter().map(|activity| activity.samples.len()).collect::<Vec<_>>(), [60]);
    }
}

/// A record without a time of its own does not set back the clock from which packed times count on.
#[test]
fn packed_times_count_on_from_the_last_time_of_any_message() {
    let mut fit = activity_file();
    fit.define(0, RECORD, &[field(TIMESTAMP, Uint32), field(3, Uint8)], false, &[]);
    fit.define(1, RECORD, &[field(3, Uint8)], false, &[]);
    fit.data(0, &[Int(NOON), Int(120)]);
    message(&mut fit, 21, &[(field(TIMESTAMP, Uint32), Int(NOON + 100)), (field(0, Enum), Int(0))]);
    fit.data(0, &[Value::Missing, Int(121)]);
    fit.compressed(1, ((NOON + 101) & 0x1F) as u8, &[Int(122)]);
    session(&mut fit, &[]);
    assert_eq!(only(fit).samples.time_s().last(), Some(&101.0));
}

/// Watches write the wearer's limits in three places, and 0 where nobody has set them.
#[test]
fn the_wearers_limits_are_those_of_the_session_then_of_the_watch() {
    let wearer = |of_session: bool, running_max: i64| {
        let mut fit = activity_file();
        let rate = |number: u8, bpm: i64| (field(number, Uint8), Int(bpm));
        let profile = [(field(1, Enum), Int(0)), rate(8, 0), rate(9, running_max), rate(11, 180)];
        message(&mut fit, USER_PROFILE, &profile);
        message(&mut fit, ZONES_TARGET, &[rate(1, 189), rate(2, 162)]);
        session(&mut fit, &[]);
        if of_session {
            let reference = [(field(0, Uint16), Int(i64::from(SESSION))), (field(1, Uint16), Int(0))];
            message(&mut fit, TIME_IN_ZONE, &[&reference[..], &[rate(11, 186), rate(12, 47), rate(13, 165)]].concat());
        }
        let wearer = only(fit).wearer;
        (wearer.max_heart_rate_bpm, wearer.resting_heart_rate_bpm, wearer.threshold_heart_rate_bpm, wearer.sex)
    };
    let female = Some(kneewise_core::runner::Sex::Female);
    assert_eq!(wearer(false, 0), (Some(189.0), None, Some(162.0), female));
    assert_eq!(wearer(true, 0), (Some(186.0), Some(47.0), Some(165.0), female));
    assert_eq!(wearer(true, 191).0, Some(191.0), "set for running");
}
