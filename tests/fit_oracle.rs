//! Every open FIT file against two independent decoders, Garmin's SDK and fitdecode.
//!
//! What they say of the files lies beside the checkout: see `support::shared`. Where both read a
//! whole file, so do we, and to the same numbers; each exception is listed with its reason.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use kneewise_core::{Contents, ReadError, read};
use kneewise_read::activity::{Activity, Channel};
use kneewise_read::time::Timestamp;
use serde_json::Value;

use crate::support::{shared, steps_per_count};

/// On what a file is differed, to the figure as in [`differences`], and why.
type Known = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const JOINED: &str = "two records of one second are one sample of ours, and where both have a value one of them counts";
const NO_SESSION: &str = "it holds samples and no session; an activity is made of the samples, and a note says so";
const TEST_RAMP: &str = "its heart rates run through all numbers from 0 to 255; outside 25 to 250 is no heart's";

const FLATTER: &str =
    "the device's climb is three times what every rise of its own altitude adds up to, and is left out";

/// The files on which we say something else than one of the two.
const KNOWN: [Known; 29] = [
    ("83506658.fit", &[("ascent", "None, not Some(99.0)")], FLATTER),
    (
        "muktihari__fit__big_activity.fit",
        &[("last distance", "None, not Some(405.81)")],
        "made up: its distance is one number all along, which counts nothing",
    ),
    ("113358164.fit", &[("descent", "None, not Some(94.0)")], FLATTER),
    ("230479426.fit", &[("ascent", "None, not Some(109.0)")], FLATTER),
    (
        "257798670.fit",
        &[("mean cadence", "None, not Some(6.4453125)")],
        "a mean of 13 steps a minute beside samples of some 160 and the watch's own count of steps is left out, with a note",
    ),
    (
        "GoldenCheetah__GoldenCheetah__Garmin945swimRRdata.fit",
        &[("sum of heart rates", "349733, not 349731")],
        "what the strap handed over overlaps in time; put in order, two of 2,915 samples differ by a beat from the SDK's",
    ),
    (
        "jimmykane__fit-parser__test2.fit",
        &[("sum of heart rates", "456693, not 457175"), ("distance", "Some(10715.0), not None")],
        "two records of one second are one sample of ours; the distance is that of the laps, which the session does not repeat",
    ),
    (
        "99698039.fit",
        &[("last distance", "Some(6441.99), not Some(6888.57)")],
        "447 m within a second, between two samples at 3 m/s, are left out",
    ),
    (
        "GPSBabel__gpsbabel__lezyne_super_gps-garmin_fit-sample-bad-endian.fit",
        &[
            ("records of the SDK", "1778, not 804"),
            ("records of fitdecode", "1778, not 804"),
            ("sessions of the SDK", "2, not 1"),
            ("sessions of fitdecode", "2, not 1"),
        ],
        "behind the first recording lies an earlier one without its beginning; the others stop there, we read it too",
    ),
    ("GoldenCheetah__GoldenCheetah__HRV-Data.fit", &[("sum of cadences", "323038, not 323190")], JOINED),
    (
        "GoldenCheetah__GoldenCheetah__IpBike-HRV-Data.fit",
        &[("sum of heart rates", "456286, not 456415"), ("sum of cadences", "227490, not 227565")],
        JOINED,
    ),
    (
        "GoldenCheetah__GoldenCheetah__MultiSport-2019-11-24.fit",
        &[("cycles", "None, not Some(1986.0)")],
        "1,986 strides counted over a leg whose cadence adds up to 47,197 steps; the count is left out",
    ),
    ("GoldenCheetah__GoldenCheetah__SigmaRox11_1.fit", &[("sum of heart rates", "974527, not 974643")], JOINED),
    (
        "dtcooper__python-fitparse__activity-large-fenxi2-multisport.fit",
        &[("sum of heart rates", "3544039, not 3544927")],
        JOINED,
    ),
    (
        "dtcooper__python-fitparse__DeveloperData.fit",
        &[("no activity", "FIT file with samples without a time: no activity, not \"activity\"")],
        "an example of developer fields: three samples, and not one time in the whole file",
    ),
    (
        "dtcooper__python-fitparse__activity-activity-filecrc.fit",
        &[
            ("records of the SDK", "14, not 28"),
            ("records of fitdecode", "14, not 28"),
            ("sessions of the SDK", "1, not 2"),
            ("sessions of fitdecode", "1, not 2"),
        ],
        "the same recording stands twice in the file, and counts once",
    ),
    (
        "dtcooper__python-fitparse__antfs-dump.63.fit",
        &[
            ("records of the SDK", "685, not 0"),
            ("records of fitdecode", "685, not 686"),
            ("sum of heart rates", "110956, not 0"),
        ],
        "the SDK does not read compressed timestamps; fitdecode counts a sample of nothing but its time, and has our sum",
    ),
    (
        "dtcooper__python-fitparse__compressed-speed-distance.fit",
        &[
            ("records of the SDK", "754, not 0"),
            ("records of fitdecode", "754, not 755"),
            ("sum of heart rates", "128573, not 0"),
            ("sum of cadences", "61711, not 0"),
            ("last distance", "Some(10248.6875), not None"),
        ],
        "the SDK does not read compressed timestamps; fitdecode counts a sample of nothing but its time, and has our sums",
    ),
    (
        "dtcooper__python-fitparse__nick.fit",
        &[
            ("sessions of the SDK", "1, not 0"),
            ("sessions of fitdecode", "1, not 0"),
            ("sum of heart rates", "2053480, not 2053626"),
        ],
        "it broke off before its session, so we make one of the samples; and two of one second are one of ours",
    ),
    (
        "dtcooper__python-fitparse__strava-android-app-201.10-b1218918.fit",
        &[
            ("records of the SDK", "5313, not 473"),
            ("records of fitdecode", "5313, not 473"),
            ("last distance", "Some(11274.04), not Some(928.25)"),
        ],
        "bytes are missing after 473 samples, where the others stop; we go on behind the gap",
    ),
    ("garmin__fit-python-sdk__ActivityDevFields.fit", &[("sum of heart rates", "385505, not 455561")], TEST_RAMP),
    (
        "garmin__fit-python-sdk__WithGearChangeData.fit",
        &[("sessions of the SDK", "1, not 0"), ("sessions of fitdecode", "1, not 0")],
        NO_SESSION,
    ),
    (
        "jimmykane__fit-parser__downhill.fit",
        &[("sum of heart rates", "1431499, not 1431571")],
        "three samples of 24 beats a minute are no heart's",
    ),
    ("muktihari__fit__Activity.fit", &[("sum of heart rates", "385505, not 455561")], TEST_RAMP),
    (
        "muktihari__fit__WithGearChangeData.fit",
        &[("sessions of the SDK", "1, not 0"), ("sessions of fitdecode", "1, not 0")],
        NO_SESSION,
    ),
    ("muktihari__fit__activity_developerdata.fit", &[("sum of heart rates", "385505, not 455561")], TEST_RAMP),
    (
        "muktihari__fit__activity_truncated.fit",
        &[("sessions of the SDK", "1, not 0"), ("sessions of fitdecode", "1, not 0")],
        NO_SESSION,
    ),
    (
        "muktihari__fit__chained_Activity_activity_poolswim.fit",
        &[("sum of heart rates", "385505, not 455561")],
        TEST_RAMP,
    ),
    (
        "muktihari__fit__valid_only_contain_fileid.fit",
        &[("sessions of the SDK", "1, not 0"), ("sessions of fitdecode", "1, not 0")],
        NO_SESSION,
    ),
];

/// Chest straps deliver heart rates late, in messages of their own (`hr`), when they were under
/// water. The oracle's sums leave these out; here are those of Garmin's SDK with them merged into
/// the samples, as we do (version 21.218, `merge_heart_rates`, its default).
const MERGED: [(&str, u64); 10] = [
    ("GoldenCheetah__GoldenCheetah__Garmin945swimRRdata.fit", 349_731),
    ("GoldenCheetah__GoldenCheetah__GarminHRMswim.FIT", 336_058),
    ("GoldenCheetah__GoldenCheetah__HRM-unbucle-resync__activity_2677977976.fit", 519_544),
    ("dreeveapp__dreeve__activity-pool-swim-with-hr-mesgs.fit", 179_665),
    ("dtcooper__python-fitparse__event_timestamp.fit", 605_138),
    ("dtcooper__python-fitparse__sample_mulitple_header.fit", 304_358),
    ("garmin__fit-python-sdk__HrmPluginTestActivity.fit", 22_587),
    ("muktihari__fit__HrmPluginTestActivity.fit", 22_587),
    ("muktihari__fit__activity_poolswim_with_hr.fit", 339_280),
    ("polyvertex__fitdecode__garmin-fr935-cr.fit", 638_688),
];

#[test]
fn every_fit_file_agrees_with_two_independent_decoders() {
    let mut differing: BTreeMap<String, Vec<Difference>> = BTreeMap::new();
    let mut compared = 0;
    let (Some(whole), Some(corrupt), Some(history)) =
        (shared("data/fit"), shared("data/corrupt"), shared("data/histories/arthurfsy2/FIT"))
    else {
        return;
    };
    let files = by_name([whole, corrupt, history]);
    for oracle in ["fit.json", "fit-arthurfsy2.json"] {
        let Some(oracle) = shared(&format!("oracles/{oracle}")) else { return };
        let oracle: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(oracle).unwrap()).unwrap();
        for (file, expected) in &oracle {
            let path = &files[file.trim_end_matches(".gz")];
            compared += 1;
            let differences = differences(file, read(&unpacked(path)), expected);
            if !differences.is_empty() {
                differing.insert(file.clone(), differences);
            }
        }
    }
    let mut wrong = Vec::new();
    for (file, differences) in &differing {
        let differences: Vec<(&str, &str)> = differences.iter().map(|(about, how)| (*about, how.as_str())).collect();
        let listed = KNOWN.iter().find(|(known, ..)| known == file).map(|(_, listed, _)| *listed);
        if listed != Some(differences.as_slice()) {
            wrong.push(format!("{file}, listed with {listed:?}: {differences:?}"));
        }
    }
    for (file, _, why) in KNOWN.iter().filter(|(file, ..)| !differing.contains_key(*file)) {
        wrong.push(format!("{file} is listed ({why}) and agrees"));
    }
    assert!(wrong.is_empty(), "of {compared} files:\n{}", wrong.join("\n"));
}

/// The files in some folders by their names, without `.gz`.
fn by_name(folders: [PathBuf; 3]) -> HashMap<String, PathBuf> {
    let entries = folders.into_iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().trim_end_matches(".gz").to_owned(), path)).collect()
}

fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return bytes;
    }
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
    unpacked
}

/// What differs, and our figure and theirs.
type Difference = (&'static str, String);

fn differences(file: &str, ours: Result<Contents, ReadError>, expected: &Value) -> Vec<Difference> {
    let (sdk, fitdecode) = (&expected["sdk"], &expected["fitdecode"]);
    let mut all = Differences::default();
    let activities = match ours {
        Ok(contents) => contents.activities,
        Err(error) => {
            let is_activity = sdk["file_type"] == "activity" || sdk["file_type"].is_null();
            if is_activity || !error.is_not_an_activity() {
                all.compare("no activity", &error.to_string(), &sdk["file_type"].to_string());
            }
            return all.0;
        }
    };
    let sessions = in_order(sdk["sessions"].as_array().unwrap());
    let records = activities.iter().map(|activity| activity.samples.len()).sum::<usize>() + joined(&activities);
    all.compare("records of the SDK", &records.to_string(), &sdk["records"].to_string());
    all.compare("records of fitdecode", &records.to_string(), &fitdecode["records"].to_string());
    all.compare("sessions of the SDK", &activities.len().to_string(), &sessions.len().to_string());
    all.compare("sessions of fitdecode", &activities.len().to_string(), &fitdecode["sessions"].to_string());
    let heart_rate: f64 = activities.iter().flat_map(|a| a.samples.recorded(Channel::HeartRate)).map(|(_, v)| v).sum();
    // Without any value a sum of floats is -0.
    let heart_rate = heart_rate + 0.0;
    let merged = MERGED.iter().find(|(merged, _)| *merged == file).map(|(_, sum)| sum.to_string());
    all.compare("sum of heart rates", &heart_rate.to_string(), &merged.unwrap_or_else(|| sdk["sum_hr"].to_string()));
    // Cranks turn too, and only feet are kept.
    if activities.iter().all(|activity| activity.sport.is_on_foot()) {
        let cadence: f64 = activities.iter().map(whole_cadence).sum::<f64>() + 0.0;
        all.compare("sum of cadences", &cadence.to_string(), &sdk["sum_cadence"].to_string());
    }
    // Where the file has no distances ours are worked out from positions; there is nothing to
    // compare them with.
    let recorded = |a: &Activity| a.samples.recorded(Channel::Distance).last().map(|(_, metres)| metres);
    let last = activities.last().filter(|a| !a.samples.is_worked_out(Channel::Distance));
    let last_distance = last.and_then(recorded);
    // A counter that never moves counts nothing: of one that says 0 all along nothing is left.
    let theirs = sdk["last_distance_m"].as_f64().filter(|metres| *metres > 0.0 || last_distance.is_some());
    all.compare("last distance", &format!("{last_distance:?}"), &format!("{theirs:?}"));
    for (i, session) in sessions.into_iter().enumerate() {
        let start = session["start"].as_i64().filter(|start| *start != 0).and_then(Timestamp::from_unix_s);
        // By its start, because salvage can find more activities than the others did.
        let begins_then = |activity: &&Activity| Some(activity.start) == start;
        let in_its_place = activities.get(i);
        let by_start = || activities.iter().find(begins_then);
        let Some(activity) = in_its_place.filter(begins_then).or_else(by_start).or(in_its_place) else { continue };
        all.compare_session(activity, session, start);
    }
    all.0
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn compare(&mut self, about: &'static str, ours: &str, theirs: &str) {
        if ours != theirs {
            self.0.push((about, format!("{ours}, not {theirs}")));
        }
    }

    fn compare_session(&mut self, activity: &Activity, session: &Value, start: Option<Timestamp>) {
        let mut total = |about: &'static str, field: &str, ours: Option<f64>| {
            // A total of 0 is what a device writes that did not count; to us it is missing. But a
            // run on the flat climbs 0 m.
            let is_climb = matches!(about, "ascent" | "descent");
            let theirs = session[field].as_f64().filter(|value| is_climb || *value != 0.0);
            self.compare(about, &format!("{ours:?}"), &format!("{theirs:?}"));
        };
        let totals = &activity.totals;
        total("distance", "distance_m", totals.distance_m);
        total("timer time", "timer_s", totals.timer_s);
        total("elapsed time", "elapsed_s", totals.elapsed_s);
        total("ascent", "ascent_m", totals.ascent_m);
        total("descent", "descent_m", totals.descent_m);
        total("mean heart rate", "avg_hr", totals.avg_heart_rate_bpm);
        total("highest heart rate", "max_hr", totals.max_heart_rate_bpm);
        if activity.sport.is_on_foot() {
            let factor = steps_per_count(activity);
            total("mean cadence", "avg_cadence", totals.avg_step_rate_spm.map(|spm| spm / factor));
            total("cycles", "total_cycles", totals.steps.map(|steps| (steps / factor).floor()));
        }
        if let Some(sport) = session["sport"].as_str().filter(|name| *name != "None") {
            self.compare("sport", activity.sport.name(), sport);
        }
        if let Some(start) = start {
            self.compare("start", &activity.start.to_string(), &start.to_string());
        }
    }
}

/// Records that share their second with another: we make one sample of them, and a note counts
/// them.
fn joined(activities: &[Activity]) -> usize {
    let notes = activities.iter().flat_map(|activity| &activity.notes);
    let counts = notes.filter(|note| note.text.starts_with("samples joined")).map(|note| note.text.rsplit(' ').next());
    // A note on the records of the file stands with each of its activities.
    counts.filter_map(|count| count?.parse().ok()).max().unwrap_or(0)
}

fn in_order(sessions: &[Value]) -> Vec<&Value> {
    let mut sessions: Vec<&Value> = sessions.iter().collect();
    sessions.sort_by_key(|session| session["start"].as_i64().unwrap_or(0));
    sessions
}

/// The sum of the cadences as written, without the fractions that stand in a field of their own.
fn whole_cadence(activity: &Activity) -> f64 {
    let factor = steps_per_count(activity);
    activity.samples.recorded(Channel::StepRate).map(|(_, spm)| (spm / factor).floor()).sum()
}
