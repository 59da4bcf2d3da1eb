//! Inputs of at most a megabyte that are made to cost much, of each kind, and each command on them.
//!
//! The limits here are those of a process of an unoptimized build; docs/limits.md has what was
//! measured of the program as it is built for release.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use kneewise_fixtures::fit::{BaseType, Field, FitWriter, Value};
use kneewise_fixtures::pack::{gzip, zip};

use crate::support::in_project;

/// Kilobytes that a process may ask for at all: its threads' stacks, the heap's reserve and the map
/// of time zones are in it.
const ADDRESSES_KB: usize = 400_000;

/// Seconds of all processors.
const SECONDS: usize = 20;

const LOG: &str = "date,distance_km\n";
const GPX: &str = "<gpx><trk><type>running</type><trkseg>";
const TCX: &str = "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">";

type Inputs = Vec<(&'static str, Vec<u8>)>;

fn many(head: &str, n: usize, each: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = head.to_owned();
    for i in 0..n {
        text.push_str(&each(i));
    }
    text.into_bytes()
}

fn day(i: usize) -> String {
    format!("{}-{:02}-{:02}", 1990 + i / 336 % 200, i / 28 % 12 + 1, i % 28 + 1)
}

fn clock(i: usize) -> String {
    format!("2026-01-{:02}T{:02}:{:02}:{:02}Z", i / 86_400 % 28 + 1, i / 3600 % 24, i / 60 % 60, i % 60)
}

fn tables() -> Inputs {
    let days = |n: usize| many(LOG, n, |i| format!("{},{}\n", day(i), i * 7919 % 97 + 1));
    vec![
        ("days.csv", days(65_000)),
        ("fifty-a-day.csv", many(LOG, 65_000, |i| format!("{},{}\n", day(i / 50), 5 + i % 7))),
        ("one-day.csv", many(LOG, 75_000, |_| "2026-01-01,5\n".into())),
        ("one-time.csv", many("date,time,distance_km\n", 50_000, |_| "2026-01-01,07:00,5\n".into())),
        ("shoes.csv", many("date,distance_km,shoe\n", 45_000, |i| format!("{},5,s{i}\n", day(i)))),
        ("sports.csv", many("date,distance_km,sport\n", 40_000, |i| format!("{},5,zz{i}\n", day(i)))),
        ("rest.csv", many("date,distance_km,sport\n", 50_000, |_| "2026-01-01,5,rest\n".into())),
        ("open-quotes.csv", many(LOG, 200_000, |_| "x\",\"\n".into())),
        ("nothing-but-quotes.csv", many(LOG, 900_000, |_| "\"".into())),
        ("empty-quotes.csv", many(LOG, 300_000, |_| "\"\"\n".into())),
        ("one-long-row.csv", many(LOG, 900_000, |_| "5".into())),
        ("one-long-quoted-row.csv", many(&format!("{LOG}2026-01-01,\""), 400_000, |_| "5\n".into())),
        ("commas-only.csv", vec![b','; 1_000_000]),
        ("commas.csv", many(LOG, 900_000, |_| ",".into())),
        ("short-rows.csv", many(LOG, 240_000, |_| "x,y\n".into())),
        ("columns.csv", many("date,distance_km", 900, |i| format!(",c{i}"))),
        ("wide-rows.csv", many(&format!("date,distance_km{}\n", ",c".repeat(980)), 900, |_| ",".repeat(990) + "\n")),
        ("zeros.csv", many(LOG, 900_000, |_| "\0".into())),
        ("lone-returns.csv", many("date,distance_km\r", 70_000, |_| "2026-01-01,5\r".into())),
        ("gear.csv", many("Activity ID,Filename,Activity Gear\n", 30_000, |i| format!("{i},a/{i}.fit,g{i}\n"))),
        ("two-hundred-years.csv", format!("{LOG}1990-01-01,5\n2199-12-31,5\n").into_bytes()),
    ]
}

fn xml() -> Inputs {
    let moving = |i: usize| format!("<trkpt lat=\"1.{i:05}\" lon=\"1\"><time>{}</time></trkpt>", clock(i));
    let climbing = |i: usize| {
        format!("<trkpt lat=\"1.{i:05}\" lon=\"1\"><ele>{}</ele><time>{}</time></trkpt>", i % 2 * 300, clock(i))
    };
    let track = |i: usize| {
        format!("<trk><type>running</type><trkseg>{}{}</trkseg></trk>", moving(i * 700), moving(i * 700 + 60))
    };
    let lap = |i: usize| {
        let totals = "<TotalTimeSeconds>1</TotalTimeSeconds><DistanceMeters>3</DistanceMeters>";
        format!("<Lap StartTime=\"{}\">{totals}</Lap>", clock(i))
    };
    vec![
        ("deep.gpx", many("<gpx>", 330_000, |_| "<a>".into())),
        ("deep.tcx", many("<TrainingCenterDatabase>", 190_000, |_| "<Lap>".into())),
        ("attribute.gpx", many(&format!("{GPX}<trkpt lon=\"1\" lat=\""), 1_000_000, |_| "1".into())),
        ("attributes.gpx", many(&format!("{GPX}<trkpt "), 90_000, |i| format!("a{i}=\"\" "))),
        ("tracks.gpx", many("<gpx>", 160_000, |_| "<trk/>".into())),
        ("short-tracks.gpx", many("<gpx>", 5_000, track)),
        ("segments.gpx", many("<gpx><trk>", 100_000, |_| "<trkseg/>".into())),
        ("points.gpx", many(GPX, 120_000, |_| "<trkpt/>".into())),
        ("moving.gpx", many(GPX, 14_000, moving)),
        ("backwards.gpx", many(GPX, 14_000, |i| moving(14_000 - i))),
        ("leaping.gpx", many(GPX, 14_000, |i| moving(i * 7919 % 14_000))),
        ("climbing.gpx", many(GPX, 10_000, climbing)),
        ("entities.gpx", many("<!DOCTYPE g [<!ENTITY a \"aaaa\">]><gpx>", 300_000, |_| "&a;".into())),
        ("brackets.gpx", many("<gpx>", 1_000_000, |_| "<".into())),
        ("ampersands.gpx", many("<gpx><trk><name>", 1_000_000, |_| "&".into())),
        ("comments.gpx", many("<gpx>", 250_000, |_| "<!--".into())),
        ("laps.tcx", many(TCX, 160_000, |_| "<Lap/>".into())),
        ("laps-without-points.tcx", many(TCX, 7_500, lap)),
        ("activities.tcx", many("<TrainingCenterDatabase><Activities>", 85_000, |_| "<Activity/>".into())),
        ("points.tcx", many(&format!("{TCX}<Lap><Track>"), 70_000, |_| "<Trackpoint/>".into())),
    ]
}

const TIME: Field = Field { number: 253, size: 4, base_type: BaseType::Uint32 };

/// A FIT file of so many messages of a kind, each with these numbers of four bytes.
fn fit(message: u16, fields: &[u8], n: usize, values: impl Fn(usize) -> Vec<i64>) -> Vec<u8> {
    let mut fit = FitWriter::new(14);
    fit.define(0, 0, &[Field { number: 0, size: 1, base_type: BaseType::Enum }], false, &[]);
    fit.data(0, &[Value::Int(4)]);
    let fields: Vec<Field> = fields.iter().map(|number| Field { number: *number, ..TIME }).collect();
    fit.define(1, message, &fields, false, &[]);
    for i in 0..n {
        let values: Vec<Value> = values(i).into_iter().map(Value::Int).collect();
        fit.data(1, &values);
    }
    fit.finish()
}

fn definitions(n: usize, fields: u8) -> Vec<u8> {
    let mut fit = FitWriter::new(14);
    let fields: Vec<Field> = (0..fields).map(|number| Field { number, size: 1, base_type: BaseType::Uint8 }).collect();
    (0..n).for_each(|_| fit.define(1, 20, &fields, false, &[]));
    fit.finish()
}

fn fits() -> Inputs {
    const START: i64 = 1_000_000_000;
    let at = |i: usize| START + i as i64;
    let moving = fit(20, &[253, 5], 100_000, |i| vec![at(i), i as i64 * 300]);
    vec![
        ("definitions.fit", definitions(65_535, 3)),
        ("wide-definitions.fit", definitions(1_300, 255)),
        ("records.fit", fit(20, &[253], 200_000, |i| vec![at(i)])),
        ("one-moment.fit", fit(20, &[253], 200_000, |_| vec![START])),
        ("leaping.fit", fit(20, &[253], 200_000, |i| vec![(i * 2_654_435_761) as i64 & 0x7FFF_FFFF])),
        ("odd-distance.fit", fit(20, &[253, 5], 100_000, |i| vec![at(i), (i * 7919 % 100_000) as i64 * 100])),
        ("laps.fit", fit(19, &[253], 200_000, |i| vec![at(i)])),
        (
            "sessions.fit",
            fit(18, &[253, 2, 8, 9], 55_000, |i| vec![at(i * 1000 + 600), at(i * 1000), 600_000, 200_000]),
        ),
        ("events.fit", fit(21, &[253], 200_000, |i| vec![at(i)])),
        ("lengths.fit", fit(101, &[253], 200_000, |i| vec![at(i)])),
        ("unknown.fit", fit(0xFF00, &[1, 2, 3], 70_000, |i| vec![at(i), 0, 0])),
        ("chain.fit", fit(20, &[253], 1, |i| vec![at(i)]).repeat(18_000)),
        ("cut.fit", moving[..moving.len() / 2].to_vec()),
        ("bytes-of-1.fit", [&moving[..14], &vec![0xFF; 1_000_000]].concat()),
        ("bytes-of-0.fit", [&moving[..14], &vec![0; 1_000_000]].concat()),
        ("moving.fit", moving.clone()),
        ("moving.fit.gz", gzip(&moving)),
        ("laps.fit.gz", gzip(&fit(19, &[253], 1_000_000, |_| vec![START]))),
        ("records.fit.gz", gzip(&fit(20, &[253], 500_000, |i| vec![at(i)]))),
        ("definitions.fit.gz", gzip(&definitions(500_000, 0))),
    ]
}

fn zipped(members: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let members: Vec<(String, Vec<u8>)> =
        members.into_iter().enumerate().map(|(i, bytes)| (format!("{i}"), bytes)).collect();
    zip(members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

fn archives() -> Inputs {
    let days = |n: usize, km: usize| many(LOG, n, |i| format!("{},{km}\n", day(i)));
    let of_sports = many("date,distance_km,sport\n", 40, |i| format!("{},5,football\n", day(i)));
    let many_empty = zipped(std::iter::repeat_n(Vec::new(), 9_000));
    let inner = zipped((0..20).map(|i| days(500, i)));
    let points = |n: usize| many("<gpx><trk><trkseg>", n, |_| "<trkpt/>".into());
    let track = |i: usize| {
        many(GPX, 30, |k| format!("<trkpt lat=\"1.{k:03}\" lon=\"1\"><time>{}</time></trkpt>", clock(i * 40 + k)))
    };
    vec![
        ("equal-logs.zip", zipped(vec![days(1000, 5); 100])),
        ("equal-dense-logs.zip", zipped(vec![many(LOG, 1000, |i| format!("{},{}\n", day(i / 40), i % 40 + 1)); 100])),
        ("equal-logs-of-sports.zip", zipped(vec![of_sports; 3000])),
        ("logs.zip", zipped((0..100).map(|i| days(1000, i + 1)))),
        (
            "equal-tracks.zip",
            zipped(vec![
                many(GPX, 1800, |i| format!(
                    "<trkpt lat=\"1.{i:05}\" lon=\"1\"><time>{}</time></trkpt>",
                    clock(i)
                ));
                50
            ]),
        ),
        ("near-tracks.zip", zipped((0..1000).map(track))),
        (
            "equal-lists.zip",
            zipped(vec![many("Activity ID,Filename,Activity Gear\n", 3_000, |i| format!("{i},{i},g\n")); 40]),
        ),
        ("empty-members.zip", many_empty.clone()),
        ("empty-members.zip.gz", gzip(&many_empty)),
        ("small-members.zip", zipped((0..6_000).map(|i| format!("{LOG}2026-01-01,{i}\n").into_bytes()))),
        ("zips.zip", zipped(vec![inner; 60])),
        ("zeros.zip", zipped(vec![vec![0; 16 << 20]; 20])),
        ("commas.csv.gz", gzip(&vec![b','; 64 << 20])),
        ("zeros.gz", gzip(&vec![0; 64 << 20])),
        ("days.csv.gz", gzip(&days(200_000, 5))),
        ("points.gpx.gz", gzip(&points(8 << 20))),
        ("gzip.gz", gzip(&gzip(&gzip(&vec![0; 64 << 20])))),
        ("members.gz", gzip(b"x").repeat(40_000)),
        ("log-in-members.gz", [gzip(LOG.as_bytes()), gzip(b"2026-01-01,5\n").repeat(20_000)].concat()),
        ("cut.gz", gzip(&days(60_000, 5))[..30_000].to_vec()),
    ]
}

/// Runs a command within the limits; says so where it did not end by itself.
fn over_limits(name: &str, arguments: &[&str]) -> Option<String> {
    let quoted: Vec<String> = arguments.iter().map(|argument| format!("'{argument}'")).collect();
    let program = env!("CARGO_BIN_EXE_kneewise");
    let script = format!("ulimit -v {ADDRESSES_KB}; ulimit -t {SECONDS}; exec {program} {}", quoted.join(" "));
    let mut shell = std::process::Command::new("/bin/sh");
    // More threads have more reserved, not more in use.
    shell.env_clear().env("RAYON_NUM_THREADS", "2").current_dir(in_project(""));
    let output = shell.args(["-c", &script]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let is_fine = matches!(output.status.code(), Some(0 | 2)) && !said.contains("panicked");
    (!is_fine).then(|| {
        let said: String = said.chars().take(300).collect();
        format!("{name}: {arguments:?}: {:?}: {said}", output.status)
    })
}

fn each(inputs: Inputs) {
    let folder = tempfile::tempdir().unwrap();
    let mut over = Vec::new();
    for (i, (name, bytes)) in inputs.into_iter().enumerate() {
        assert!(bytes.len() <= 1 << 20, "{name}: {} bytes", bytes.len());
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let path = path.to_str().unwrap();
        // Each on what is read, and one of the others in turn.
        let other = ["runs", "scan", "inspect", "show"][i % 4];
        over.extend(["report", other].iter().filter_map(|verb| over_limits(name, &[verb, path])));
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn tables_stay_within_the_limits() {
    each(tables());
}

#[cfg(target_os = "linux")]
#[test]
fn gpx_and_tcx_stay_within_the_limits() {
    each(xml());
}

#[cfg(target_os = "linux")]
#[test]
fn fit_stays_within_the_limits() {
    each(fits());
}

#[cfg(target_os = "linux")]
#[test]
fn archives_stay_within_the_limits() {
    each(archives());
}

/// A command line for a file.
#[cfg(target_os = "linux")]
type CommandLine<'a> = dyn Fn(&str) -> Vec<String> + 'a;

#[cfg(target_os = "linux")]
#[test]
fn own_files_stay_within_the_limits() {
    let folder = tempfile::tempdir().unwrap();
    let run = "fixtures/formats/one-run.fit";
    let mut over = Vec::new();
    let mut on = |name: &str, bytes: Vec<u8>, commands: &[&CommandLine]| {
        assert!(bytes.len() <= 1 << 20, "{name}: {} bytes", bytes.len());
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        for command in commands {
            let arguments = command(path.to_str().unwrap());
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            over.extend(over_limits(name, &arguments));
        }
    };
    let option = |option: &'static str| move |path: &str| ["report", run, option, path].map(str::to_owned).to_vec();
    let listed = |path: &str| ["diary", "list", "--diary", path].map(str::to_owned).to_vec();
    for (name, bytes) in diaries() {
        on(name, bytes, &[&option("--diary"), &listed]);
    }
    for (name, bytes) in settings() {
        on(name, bytes, &[&option("--profile"), &option("--config")]);
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

fn diaries() -> Inputs {
    vec![
        (
            "pain.csv",
            many("date,pain_during,place,side\n", 30_000, |i| format!("{},{},inner-below,left\n", day(i), i % 11)),
        ),
        ("bad.csv", many("date,pain_during\n", 170_000, |_| "x,99\n".into())),
        ("one-day.csv", many("date,pain_during\n", 70_000, |_| "2026-01-01,3\n".into())),
        ("signs.csv", many("date,signs\n", 15, |i| format!("{},{}\n", day(i), "locked ".repeat(9_000)))),
        ("columns.csv", many("date", 990, |i| format!(",c{i}"))),
        ("control.csv", many("date,note\n2026-01-01,", 1_000_000, |_| "\u{1B}".into())),
    ]
}

fn settings() -> Inputs {
    vec![
        ("brackets.toml", many("a = ", 500_000, |_| "[".into())),
        ("inline.toml", many("a = ", 300_000, |_| "{a=".into())),
        ("dots.toml", many("", 400_000, |_| "a.".into())),
        ("keys.toml", many("", 80_000, |i| format!("k{i}=1\n"))),
        ("limits.toml", many("[rules.session-spike]\nsmall = \"x\"\n", 80_000, |i| format!("k{i}=1\n"))),
        ("pairs.toml", many("[same_run]\n", 60_000, |i| format!("\"a{i}.fit\"=1\n"))),
        ("real-pairs.toml", many("[same_run]\n", 40_000, |i| format!("\"a{i}.fit\"=\"b{i}.fit\"\n"))),
        ("selected.toml", many("[rules]\nselect=[", 60_000, |i| format!("\"x{i}\","))),
        ("shoes.toml", many("", 90_000, |_| "[[shoes]]\n".into())),
        ("injuries.toml", [many("injuries = [", 200_000, |_| "{},".into()), b"]\n".to_vec()].concat()),
        ("text.toml", many("a = \"", 1_000_000, |_| "x".into())),
        ("lines.toml", many("a = \"\"\"", 400_000, |_| "x\n".into())),
    ]
}

/// Twenty years of diary and of hard runs, with thousands of findings.
#[test]
fn a_lifetime_of_runs_and_findings_is_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).unwrap();
        folder.path().join(name)
    };
    // Every second day a run three times as long as those of the month before.
    let mut log = String::from(LOG);
    let mut pain = String::from("date,pain_during,place\n");
    for i in 0..20 * 336 {
        let km = if i % 40 == 39 { 30 } else { 5 + i % 40 / 6 };
        writeln!(log, "{},{km}", day(i)).unwrap();
        writeln!(pain, "{},{},inner-below", day(i), i % 11).unwrap();
    }
    let (log, pain) = (at("log.csv", log.as_bytes()), at("diary.csv", pain.as_bytes()));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let report = crate::support::json(&["report", &text(&log), "--diary", &text(&pain), "--format", "json"]);
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.len() > 400, "{}", findings.len());
    for finding in findings.iter().filter(|finding| finding["made_by"].is_string()) {
        let with = finding["raised_with"].as_array().unwrap();
        let of_run = findings.iter().filter(|other| other["made_by"] == finding["made_by"]);
        let mut rules: Vec<&str> = of_run.filter_map(|other| other["rule"].as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        assert_eq!(with.len() + 1, rules.len(), "{finding}");
    }
}
