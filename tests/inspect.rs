//! `kneewise inspect` shows what is there: all of it, whatever state it is in.

use std::path::{Path, PathBuf};

use kneewise_fixtures::fit::{BaseType, DevField, Field, FitWriter, Value as FitValue};
use kneewise_fixtures::synth::Spec;
use kneewise_inspect::{Format, Options};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{command, in_project, json, kneewise};

const RUN: &str = "fixtures/formats/one-run.fit";

fn shown(file: &str) -> Value {
    json(&["inspect", file, "--format", "json"])
}

fn text(arguments: &[&str]) -> String {
    let output = kneewise(arguments);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn messages<'j>(shown: &'j Value, kind: &str) -> Vec<&'j Value> {
    shown["messages"].as_array().unwrap().iter().filter(|message| message["kind"] == kind).collect()
}

fn field<'j>(message: &'j Value, name: &str) -> &'j Value {
    message["fields"].as_array().unwrap().iter().find(|f| f["name"] == name).unwrap_or(&Value::Null)
}

fn written(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, bytes).unwrap();
    (folder, file)
}

fn shown_bytes(bytes: &[u8]) -> Value {
    let (_folder, file) = written(bytes);
    let output = kneewise(&["inspect", file.to_str().unwrap(), "--format", "json"]);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn messages_come_with_names_units_and_times_in_utc() {
    let output = |zone: &str| {
        let output = command(&["inspect", RUN, "--format", "json"]).env("TZ", zone).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(output("UTC"), output("America/Sao_Paulo"), "the machine's time zone does not matter");
    let run = shown(RUN);
    let session = messages(&run, "session")[0];
    assert_eq!(
        (field(session, "total_distance")["value"].as_f64(), session["number"].as_u64()),
        (Some(5000.12), Some(18))
    );
    assert_eq!(field(session, "total_distance")["units"], "m");
    assert_eq!(field(session, "start_time")["value"], "2026-05-09T07:00:00Z");
    assert_eq!(field(messages(&run, "activity")[0], "local_timestamp")["value"], "2026-05-09T09:28:57");
    assert_eq!(field(messages(&run, "record")[0], "position_lat")["value"], 30.0);
    assert_eq!(run["notes"].as_array().unwrap().len(), 0);
}

#[test]
fn the_text_has_an_overview_and_a_line_for_each_message() {
    let text = text(&["inspect", RUN]);
    assert!(text.contains("checksum ok") && text.contains("\n  record        342\n"), "{text}");
    assert_eq!(text.lines().filter(|line| line.contains("  record  ") && line.contains("heart_rate=")).count(), 342);
    assert!(
        text.contains("  session\n        message_index=") && text.contains("\n        total_distance=5000.12 m\n")
    );
    assert!(text.lines().all(|line| line.len() < 400), "the fields of what is rare have a line each");
}

#[test]
fn developer_fields_have_their_name_and_unit() {
    let file = shown("fixtures/formats/one-run-developer-fields.fit");
    let record = messages(&file, "record")[0];
    assert_eq!(field(record, "Leg Spring Stiffness")["units"], "kN/m");
    assert_eq!(field(record, "Form Power")["developer"], 0);
    let text = text(&["inspect", "fixtures/formats/one-run-developer-fields.fit", "--messages", "record"]);
    assert!(text.contains("  app:Form Power=") && text.contains("  heart_rate="), "{text}");
}

/// What `fitparser` alone refuses, misreads or complains of: messages and fields that no profile
/// knows, developer fields without or before their description, a size that is no multiple of the
/// type's, a code that is a text.
#[test]
fn what_no_profile_knows_stands_by_number() {
    let one = |number, size, base_type| Field { number, size, base_type };
    let dev = |number| DevField { number, size: 2, developer_index: 3, base_type: BaseType::Uint16 };
    let mut fit = FitWriter::new(14);
    fit.define(2, 65_301, &[one(253, 4, BaseType::Uint32)], false, &[]);
    fit.data(2, &[FitValue::Int(1_000_000_000)]);
    fit.define(0, 65_300, &[one(7, 2, BaseType::Uint16), one(8, 4, BaseType::Uint8)], true, &[dev(1), dev(2)]);
    fit.data(0, &[FitValue::Int(500), FitValue::Bytes(vec![1, 255, 3, 4]), FitValue::Int(258), FitValue::Int(9)]);
    let described = [0, 1, 2].map(|number| one(number, 1, BaseType::Uint8));
    fit.define(1, 206, &[&described[..], &[one(3, 8, BaseType::String)]].concat(), false, &[]);
    fit.data(1, &[FitValue::Int(3), FitValue::Int(2), FitValue::Int(0x84), FitValue::Text("Glow".to_owned())]);
    fit.define(2, 0, &[one(0, 6, BaseType::String), one(3, 4, BaseType::Uint32z)], false, &[]);
    fit.data(2, &[FitValue::Text("four".to_owned()), FitValue::Int(12)]);
    let mut bytes = fit.finish();
    // The size of field 7 stays, its type now asks for four bytes.
    let at = bytes.windows(3).position(|bytes| bytes == [7, 2, BaseType::Uint16.code()]).unwrap();
    bytes[at + 2] = BaseType::Uint32.code();

    let file = shown_bytes(&bytes);
    let unknown = messages(&file, "unknown_65300")[0];
    assert_eq!(field(unknown, "unknown_field_7")["value"], 500);
    assert_eq!(field(unknown, "unknown_field_8")["value"], serde_json::json!([1, null, 3, 4]));
    assert_eq!(field(unknown, "developer_3_field_1")["value"], serde_json::json!([1, 2]));
    assert_eq!(field(unknown, "Glow")["value"], 9, "described later");
    let time = field(messages(&file, "unknown_65301")[0], "timestamp");
    assert_eq!(time["value"], "2021-09-08T01:46:40Z", "field 253 is the time whatever the message");
    let file_id = messages(&file, "file_id")[0];
    assert_eq!(field(file_id, "unknown_field_0")["value"], "four");
    assert_eq!(field(file_id, "serial_number")["value"], 12, "one bad field costs no other its name");
    assert!(file_id["problem"].as_str().unwrap().starts_with("fitparser"), "{file_id}");
}

#[test]
fn a_header_that_makes_fitparser_panic_is_shown() {
    let mut bytes = std::fs::read(in_project(RUN)).unwrap();
    bytes[0] = 0xF0;
    bytes.truncate(200);
    let alone = std::panic::catch_unwind(|| fitparser::from_bytes(&bytes).map(|_| ()));
    assert!(alone.is_err(), "fitparser copes with it by now: the check of the header may go");
    let file = shown_bytes(&bytes);
    assert_eq!(messages(&file, "file_id").len(), 1);
    assert!(file["notes"].to_string().contains("claims to have 240 bytes"), "{}", file["notes"]);
}

#[test]
fn damage_is_told_and_everything_around_it_shown() {
    let notes = |name: &str| shown(&format!("fixtures/formats/{name}"))["notes"].to_string();
    assert!(notes("one-run-bad-crc.fit").contains("checksum"));
    assert!(notes("one-run-cut.fit").contains("cut off"));
    assert!(notes("one-run-crashed.fit").contains("declares no data"));
    assert!(notes("cut.gpx").contains("a tag begins at byte 54594 and has no end"), "{}", notes("cut.gpx"));
    let torn = shown("fixtures/formats/broken-tag.gpx");
    assert!(torn["notes"].to_string().contains("a tag is damaged at byte 9395"), "{}", torn["notes"]);
    let element = |name: &str| torn["elements"].as_array().unwrap().iter().find(|e| e["name"] == name).unwrap();
    assert_eq!(element("#damaged")["text"], "<time2026-05-09T07:02:50Z</time>");
    assert_eq!((torn["damaged"].as_bool(), shown(RUN)["damaged"].as_bool()), (Some(true), Some(false)));
    let hole = shown("fixtures/formats/one-run-hole.fit");
    assert!(hole["notes"].to_string().contains("84 bytes at byte 5141 are no message"), "{}", hole["notes"]);
    let is_zeroed = |record: &&Value| field(record, "timestamp")["value"].as_str().unwrap().starts_with("1989");
    assert_eq!(messages(&hole, "record").iter().filter(|record| is_zeroed(record)).count(), 0);
    assert_eq!(messages(&shown("fixtures/formats/one-run-crashed.fit"), "record").len(), 342);
    assert!(messages(&shown("fixtures/formats/one-run-cut.fit"), "record").len() > 150);
    let chained = shown("fixtures/formats/one-run-chained.fit");
    assert_eq!((chained["sequences"].as_array().unwrap().len(), messages(&chained, "activity").len()), (2, 2));

    // Bytes lost, not overwritten: what follows stands at another place than the sizes say.
    let mut bytes = std::fs::read(in_project(RUN)).unwrap();
    bytes.drain(5000..5045);
    let holed = shown_bytes(&bytes);
    assert!(holed["notes"].to_string().contains("are no message"), "{}", holed["notes"]);
    assert!(messages(&holed, "record").len() > 335 && messages(&holed, "activity").len() == 1);
}

#[test]
fn sequences_have_members_for_programs() {
    let sequence = |name: &str, n: usize| shown(&format!("fixtures/formats/{name}"))["sequences"][n].clone();
    let run = sequence("one-run.fit", 0);
    let bytes = std::fs::metadata(in_project(RUN)).unwrap().len();
    assert_eq!((&run["offset"], &run["header_size"], &run["checksum"]), (&0.into(), &14.into(), &"ok".into()));
    assert_eq!((run["declared"].as_u64(), run["present"].as_u64()), (Some(bytes - 16), Some(bytes - 16)));
    assert!(run["protocol"].as_str().unwrap().contains('.') && run["profile"].as_str().unwrap().contains('.'));
    assert_eq!(sequence("one-run-bad-crc.fit", 0)["checksum"], "wrong");
    let cut = sequence("one-run-cut.fit", 0);
    assert!(cut["checksum"] == "missing" && cut["present"].as_u64() < cut["declared"].as_u64(), "{cut}");
    assert_eq!(sequence("one-run-12-byte-header.fit", 0)["header_checksum"], "missing");
    assert!(sequence("one-run-chained.fit", 1)["offset"].as_u64() > Some(1000));
}

#[test]
fn compressed_times_are_whole_times() {
    let times = |name: &str| {
        let file = shown(&format!("fixtures/formats/{name}"));
        let records = messages(&file, "record").into_iter().map(|r| field(r, "timestamp")["value"].clone());
        records.collect::<Vec<_>>()
    };
    assert_eq!(times("one-run-compressed-timestamps.fit"), times("one-run.fit"));
}

#[test]
fn xml_is_shown_as_its_elements() {
    let gpx = shown("fixtures/formats/one-run.gpx");
    let elements = gpx["elements"].as_array().unwrap();
    assert_eq!((&gpx["format"], elements.iter().filter(|e| e["name"] == "trkpt").count()), (&"GPX".into(), 342));
    let hr = elements.iter().find(|e| e["name"] == "gpxtpx:hr").unwrap();
    assert_eq!((hr["text"].as_str(), hr["depth"].as_u64()), (Some("115"), Some(6)));
    let text = text(&["inspect", "fixtures/formats/one-run.tcx", "--messages", "Trackpoint", "--limit", "2"]);
    assert_eq!(text.matches("\n          Trackpoint").count(), 2, "{text}");
    assert_eq!(text.matches("ns3:RunCadence  ").count(), 2 + 1, "what is in them is shown with them: {text}");
}

#[test]
fn messages_are_picked_by_name_or_number() {
    let picked = json(&["inspect", RUN, "--messages", "lap,18", "--format", "json"]);
    assert_eq!((messages(&picked, "lap").len(), picked["messages"].as_array().unwrap().len()), (5, 6));
    let output = kneewise(&["inspect", RUN, "--messages", "split,LAP,workout", "--format", "json"]);
    let (said, picked) = (String::from_utf8(output.stderr).unwrap(), serde_json::from_slice(&output.stdout).unwrap());
    assert!(output.status.success() && said.contains("nothing called `split` or `workout` in it"), "{said}");
    assert_eq!(messages(&picked, "lap").len(), 5, "what there is of it is shown, in capitals or not");
    let output = kneewise(&["inspect", RUN, "--messages", "recrod,workout"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && output.stdout.is_empty() && said.contains("device_info"), "{said}");
}

#[test]
fn a_limit_says_what_it_left_out() {
    let amount = |shown: &Value| (shown["shown"].as_u64(), shown["total"].as_u64());
    let limited = |file: &str, kind: &str| {
        let arguments = ["inspect", file, "--messages", kind, "--limit", "3"];
        (text(&arguments), amount(&json(&[&arguments[..], &["--format", "json"]].concat())))
    };
    let (said, counted) = limited(RUN, "record");
    assert!(said.ends_with("... 339 more messages; without --limit they are shown\n"), "{said}");
    assert_eq!(counted, (Some(3), Some(342)));
    let (said, counted) = limited("fixtures/formats/one-run.gpx", "trkpt");
    assert!(said.ends_with("... 339 more elements; without --limit they are shown\n"), "{said}");
    assert_eq!(counted, (Some(3), Some(342)));
    let (said, counted) = limited(RUN, "lap,session");
    assert!(said.contains("... 3 more messages"), "{said}");
    assert_eq!(counted, (Some(3), Some(6)));
    let whole = shown(RUN);
    assert!(whole["shown"] == whole["total"] && !text(&["inspect", RUN]).contains("without --limit"));
}

#[test]
fn one_file_it_is() {
    let plain = shown("fixtures/sample-log/2026-05-10-long.fit");
    let packed = shown("fixtures/sample-log/2026-05-16-easy.fit.gz");
    assert_eq!(messages(&plain, "activity").len(), messages(&packed, "activity").len());
    for (path, why) in [
        ("fixtures/sample-log/2026-04.zip", "zip archive"),
        ("fixtures/sample-log", "folder"),
        ("fixtures/sample-log/notes.txt", "neither FIT"),
        ("no-such-file", "no-such-file"),
    ] {
        let output = kneewise(&["inspect", path]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(why) && output.stdout.is_empty(), "{path}: {said}");
    }
}

#[test]
fn a_file_is_written_only_where_there_is_something_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.json");
    let to = |file: &str| kneewise(&["inspect", file, "--format", "json", "-o", out.to_str().unwrap()]).status;
    assert!(!to("fixtures/sample-log/notes.txt").success() && !Path::new(&out).exists());
    assert!(to(RUN).success());
    let written: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(written, shown(RUN));
}

/// What `scan` takes for damage is damage here, and nothing else: of every fixture, and of a run
/// with changes of a byte, cuts, holes and lost bytes, with checksums that are wrong for it and
/// with such that are right.
#[test]
fn inspect_and_the_reader_agree_on_what_is_damaged() {
    use kneewise_core::ReadError;
    use kneewise_read::activity::NoteKind;

    let by_reader = |bytes: &[u8]| match kneewise_core::read(bytes) {
        // What a file calls itself is no matter of its bytes.
        Ok(contents) => {
            contents.notes.iter().any(|note| note.kind == NoteKind::Damage && !note.text.contains("calls itself"))
        }
        Err(ReadError::NotAnActivity { is_damaged, .. }) => is_damaged,
        Err(_) => true,
    };
    let agree = |bytes: &[u8], what: &str| {
        let options = Options { format: Format::Json, ..Options::default() };
        let mut out = Vec::new();
        let is_shown = kneewise_inspect::inspect(bytes, &options, &mut out).is_ok();
        let shown: Value = if is_shown { serde_json::from_slice(&out).unwrap() } else { Value::Null };
        let by_inspect = shown["damaged"].as_bool().unwrap_or(true);
        let read = kneewise_core::read(bytes).map(|read| read.notes);
        assert_eq!(by_inspect, by_reader(bytes), "{what}: {} but {read:?}", shown["notes"]);
        by_inspect
    };
    for folder in ["fixtures/formats", "fixtures/sample-log", "fuzz/seeds/fit"] {
        for entry in std::fs::read_dir(in_project(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "fit") {
                agree(&std::fs::read(&path).unwrap(), &path.display().to_string());
            }
        }
    }

    let run = kneewise_fixtures::synth::run(&Spec { distance_m: 100.0, every_s: 5, ..Spec::default() });
    let whole = kneewise_fixtures::fit_activity::write(&run);
    let mut sound = 0;
    for at in (0..whole.len()).step_by(5) {
        let mut changed = whole.clone();
        changed[at] ^= [0x01, 0x10, 0x40, 0xFF][at % 4];
        let mut zeroed = whole.clone();
        zeroed[at..(at + 60).min(whole.len())].fill(0);
        let mut lost = whole.clone();
        lost.drain(at..(at + 1 + at % 50).min(whole.len()));
        for (what, bytes) in [("changed", changed), ("zeroed", zeroed), ("lost", lost), ("cut", whole[..at].to_vec())] {
            agree(&bytes, &format!("{what} at byte {at}"));
            sound += usize::from(!agree(&with_its_checksum(bytes), &format!("{what} at byte {at}, checksum right")));
        }
    }
    assert!(sound > 50, "values may change without a trace: {sound}");
}

/// The bytes with the size and the checksum that are right for them.
fn with_its_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() < 16 {
        return bytes;
    }
    bytes.truncate(bytes.len() - 2);
    let size = u32::try_from(bytes.len() - 14).unwrap();
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes[12..14].fill(0);
    let checksum = bytes.iter().fold(0u16, |crc, byte| {
        let bit = |crc: u16, _| if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xA001 };
        (0..8).fold(crc ^ u16::from(*byte), bit)
    });
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// Nothing that can happen to a byte of a small file makes it fall over.
#[test]
fn cuts_and_changed_bytes_are_survived() {
    let run = kneewise_fixtures::synth::run(&Spec { distance_m: 40.0, every_s: 5, ..Spec::default() });
    let files = [
        kneewise_fixtures::fit_activity::write(&run),
        kneewise_fixtures::gpx::write(&run).into_bytes(),
        kneewise_fixtures::tcx::write(&run).into_bytes(),
    ];
    let show = |bytes: &[u8]| {
        let options = Options { format: Format::Json, ..Options::default() };
        let mut out = Vec::new();
        if kneewise_inspect::inspect(bytes, &options, &mut out).is_ok() {
            serde_json::from_slice::<Value>(&out).unwrap();
        }
    };
    for whole in files {
        for at in (0..whole.len()).step_by(7) {
            show(&whole[..at]);
            let mut changed = whole.clone();
            changed[at] ^= [0x01, 0x20, 0x80, 0xFF][at % 4];
            show(&changed);
        }
    }
}
