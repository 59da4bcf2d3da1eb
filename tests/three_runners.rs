//! Runners who know different things of themselves: each gets a report that is right and says what
//! it could not see.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{json, kneewise};

/// What the rules say of a log, as the program tells it.
struct Told {
    findings: Vec<Value>,
    /// The whole report for people, on one line.
    full: String,
}

fn told(arguments: &[&str]) -> Told {
    let findings = json(&[&["report"], arguments, &["--format", "json"]].concat())["findings"].clone();
    let output = kneewise(&[&["report"], arguments, &["--full"]].concat());
    assert!(output.status.success());
    let full = String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    Told { findings: findings.as_array().expect("a list").clone(), full }
}

impl Told {
    /// The rules of an outcome.
    fn rules(&self, outcome: &str) -> BTreeSet<&str> {
        let of = self.findings.iter().filter(|finding| finding["outcome"] == outcome);
        of.map(|finding| finding["rule"].as_str().unwrap()).collect()
    }

    fn assert_assessed(&self, rules: &[&str]) {
        let not = self.rules("not_assessed");
        for rule in rules {
            assert!(!not.contains(rule), "{rule} could be assessed, but: {not:?}");
        }
    }

    fn assert_not_assessed(&self, rules: &[&str]) {
        let not = self.rules("not_assessed");
        for rule in rules {
            assert!(not.contains(rule), "{rule} could not be assessed, only: {not:?}");
        }
    }

    /// Everything that could not be seen stands in the report, with what would make it visible.
    fn assert_says_what_it_could_not_see(&self) {
        let (_, said) = self.full.split_once("COULD NOT BE ASSESSED").expect("a part on what could not be assessed");
        let said = said.to_lowercase();
        for finding in self.findings.iter().filter(|finding| finding["outcome"] == "not_assessed") {
            let word = |key: &str| finding[key].as_str().unwrap_or_else(|| panic!("no {key}: {finding}"));
            for key in ["name", "reason", "remedy"] {
                assert!(said.contains(&word(key).to_lowercase()), "{}: `{}` in\n{said}", word("rule"), word(key));
            }
        }
    }

    /// The last days of the flags of a rule, the latest first.
    fn days(&self, rule: &str) -> Vec<&str> {
        let of = self.findings.iter().filter(|finding| finding["rule"] == rule && finding["outcome"] == "flagged");
        of.map(|finding| finding["window"]["to"].as_str().unwrap()).collect()
    }
}

/// Rules that need a distance and days, which every log has.
const OF_LOAD: [&str; 6] =
    ["session-spike", "weekly-jump", "two-week-ramp", "no-rest-days", "long-run-share", "return-after-break"];

/// Rules that need what no watch records.
const OF_THE_RUNNER: [&str; 6] =
    ["pain-zones", "persistent-pain", "previous-injury", "poor-sleep", "shoe-age", "shoe-rotation"];

/// Rules that need a strap or pods.
const OF_A_STRAP: [&str; 4] = ["contact-balance", "vertical-ratio-rise", "late-stance-drift", "pronation-change"];

#[test]
fn a_runner_with_nothing_but_gpx() {
    let told = told(&["fixtures/logs/gpx-only"]);
    told.assert_assessed(&OF_LOAD);
    told.assert_not_assessed(&OF_A_STRAP);
    told.assert_not_assessed(&OF_THE_RUNNER);
    // Three runs a week are too few to say that days are alike.
    told.assert_not_assessed(&["monotony"]);
    told.assert_not_assessed(&["low-step-rate", "late-step-rate-fade", "form-change", "overstride", "intensity-share"]);
    told.assert_says_what_it_could_not_see();
    assert_eq!(told.days("session-spike"), ["2026-03-15"], "the one long run that was put there");
}

#[test]
fn a_runner_with_a_strap_and_pods() {
    let told = told(&["fixtures/logs/strap-and-pods"]);
    told.assert_assessed(&OF_LOAD);
    told.assert_assessed(&OF_A_STRAP);
    told.assert_assessed(&["low-step-rate", "late-step-rate-fade", "form-change"]);
    told.assert_not_assessed(&OF_THE_RUNNER);
    told.assert_says_what_it_could_not_see();
    assert_eq!(told.days("session-spike"), [] as [&str; 0]);
    // The new watch of the fourth week is not taken for a change of form, the change of the
    // thirteenth is found.
    for rule in ["form-change", "contact-balance", "pronation-change", "low-step-rate"] {
        let days = told.days(rule);
        assert!(!days.is_empty() && days.iter().all(|day| *day > "2025-11-24"), "{rule}: {days:?}");
    }
}

#[test]
fn a_runner_with_a_hand_kept_log_and_a_diary() {
    const FOLDER: &str = "fixtures/logs/hand-kept";
    let [log, profile, diary] = ["log.csv", "profile.toml", "diary.csv"].map(|name| format!("{FOLDER}/{name}"));
    let told = told(&[&log, "--profile", &profile, "--diary", &diary]);
    told.assert_assessed(&OF_LOAD);
    told.assert_assessed(&OF_THE_RUNNER);
    told.assert_assessed(&["no-strength", "new-shoe"]);
    told.assert_not_assessed(&OF_A_STRAP);
    told.assert_not_assessed(&["low-step-rate", "form-change", "downhill-spike", "intensity-share", "morning-heart"]);
    told.assert_says_what_it_could_not_see();
    assert_eq!(told.days("session-spike"), ["2026-03-15"], "the one long run that was put there");
    let spike = told.findings.iter().find(|finding| finding["rule"] == "session-spike").unwrap();
    // A notice of its own, and an injury within the year.
    assert_eq!((&spike["tier"], &spike["raised_by"][0]), (&"elevated".into(), &"recent_injury".into()));
    assert!(!told.days("pain-zones").is_empty());
}

/// A log with breaks is a report of its own: what compares with the weeks before steps back after
/// them.
#[test]
fn a_runner_who_comes_back_twice() {
    let told = told(&["fixtures/logs/comeback"]);
    assert_eq!(told.days("return-after-break").len(), 2, "{:?}", told.days("return-after-break"));
    assert_eq!(
        told.days("session-spike"),
        [] as [&str; 0],
        "the first weeks after a break have no month to compare with"
    );
    assert_eq!(told.days("weekly-jump"), [] as [&str; 0]);
}

/// A TCX of one activity.
fn tcx(sport: &str, start: &str, metres: u32) -> String {
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport=\"{sport}\"><Id>{start}</Id><Lap StartTime=\"{start}\">\
         <TotalTimeSeconds>3600</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters></Lap></Activity></Activities>\
         </TrainingCenterDatabase>"
    )
}

/// A ride on the evening of the last run's day, when it is the next day in UTC.
#[test]
fn a_ride_on_the_last_local_day_counts_on_that_day() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("run.tcx"), tcx("Running", "2026-03-05T12:00:00Z", 10_000)).unwrap();
    std::fs::write(path("ride.tcx"), tcx("Biking", "2026-03-06T01:00:00Z", 25_000)).unwrap();
    let told = told(&[folder.path().to_str().unwrap(), "--tz", "America/New_York"]);
    let other = told.findings.iter().find(|finding| finding["rule"] == "no-other-sports").unwrap();
    assert_eq!((&other["outcome"], &other["measured"]["value"]), (&"clear".into(), &0.25.into()), "{other}");
}

/// Rides alone are no log of runs, and nobody is told to ride.
#[test]
fn a_log_of_rides_is_not_told_to_ride() {
    let folder = tempfile::tempdir().unwrap();
    for day in 1..9 {
        let text = tcx("Biking", &format!("2026-03-0{day}T12:00:00Z"), 25_000);
        std::fs::write(folder.path().join(format!("{day}.tcx")), text).unwrap();
    }
    let output = kneewise(&["report", folder.path().to_str().unwrap(), "--full"]);
    let text = String::from_utf8_lossy(&output.stdout).to_lowercase() + &String::from_utf8_lossy(&output.stderr);
    assert!(!text.contains("consider") && !text.contains("swimming or cycling"), "{text}");
}

/// Each day of a week 5.1 km; or one of them a hundred metres more: judged alike, in the report and
/// in both tables.
#[test]
fn equal_and_nearly_equal_days_are_alike_in_every_output() {
    let said = |more_m: u32| {
        let folder = tempfile::tempdir().unwrap();
        for day in 1..8 {
            let text = tcx("Running", &format!("2026-03-0{day}T12:00:00Z"), 5_100 + if day == 4 { more_m } else { 0 });
            std::fs::write(folder.path().join(format!("{day}.tcx")), text).unwrap();
        }
        let path = folder.path().to_str().unwrap();
        let told = told(&[path, "--tz", "UTC"]);
        let monotony = told.findings.iter().find(|finding| finding["rule"] == "monotony").unwrap();
        assert!(told.full.contains("monotony was at least 10.0."), "{}", told.full);
        let days = json(&["days", path, "--tz", "UTC", "--format", "json"]);
        let weeks = json(&["weeks", path, "--tz", "UTC", "--load", "distance_m", "--format", "json"]);
        let last = |rows: &Value| rows.as_array().unwrap().last().unwrap()["monotony"].clone();
        let text = kneewise(&["days", path, "--tz", "UTC"]);
        assert!(text.status.success());
        (
            [monotony["outcome"].clone(), monotony["tier"].clone(), monotony["measured"]["value"].clone()],
            last(&days["days"]),
            last(&weeks["weeks"]),
        )
    };
    let (equal, nearly) = (said(0), said(100));
    assert_eq!(equal, nearly);
    assert_eq!(equal.1, 10.0, "{equal:?}");
}
