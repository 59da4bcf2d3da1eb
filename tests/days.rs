//! Sessions, days and rows kept by hand come out as a person reckons them, on inputs that lie
//! beside the checkout.

use std::path::Path;

use kneewise_import::{Import, Options, import};
use kneewise_read::time::Zone;

use crate::support::{kneewise, shared};

fn case(name: &str) -> Option<Import> {
    let folder = shared(&format!("cases/{name}"))?;
    Some(of(&folder))
}

fn of(folder: &Path) -> Import {
    let zone = Zone::named("Europe/Berlin").ok();
    import(&[folder.to_owned()], &Options { zone, ..Options::default() })
}

/// The days and whole kilometres of all runs.
fn days(import: &Import) -> Vec<(String, i64)> {
    let km = |metres: f64| (metres / 1000.0).round() as i64;
    import.runs.iter().map(|run| (run.local_date.to_string(), run.distance_m().map_or(-1, km))).collect()
}

fn on(days: &[(&str, i64)]) -> Vec<(String, i64)> {
    days.iter().map(|(day, km)| ((*day).to_owned(), *km)).collect()
}

#[test]
fn a_row_by_hand_of_what_was_recorded_counts_once() {
    let Some(sum) = case("days/hand-total-of-three-recordings") else { return };
    assert_eq!(days(&sum), on(&[("2026-03-01", 10), ("2026-03-05", 8), ("2026-03-08", 14)]));
    let Some(belt) = case("days/treadmill-belt-and-watch") else { return };
    assert_eq!(belt.runs.len(), 2);
    assert!(belt.runs[1].notes.iter().any(|note| note.text.contains("10.0 km in 1:00:00")), "{:?}", belt.runs[1].notes);
    let Some(twice) = case("duplicates/hand_log_plus_fit") else { return };
    assert_eq!(days(&twice), on(&[("2026-06-02", 8)]));
    let notes: Vec<&str> = twice.ledger.rows.iter().flat_map(|row| &row.notes).map(|note| note.text.as_str()).collect();
    assert!(notes.iter().any(|text| text.contains("is in the log twice")), "{notes:?}");
}

#[test]
fn two_states_of_one_list_are_one_list() {
    let Some(states) = case("days/two-states-of-one-log") else { return };
    let expected = [("2026-05-01", 6), ("2026-05-03", 10), ("2026-05-03", 5), ("2026-05-06", 6), ("2026-06-02", 7)];
    assert_eq!(days(&states), on(&expected));
}

#[test]
fn a_virtual_place_dates_nothing() {
    for name in ["days/virtual-run-in-watopia", "days/virtual-run-and-log"] {
        let Some(import) = case(name) else { return };
        assert_eq!(days(&import), on(&[("2026-03-08", 5)]), "{name}");
        assert!(import.runs[0].notes.iter().any(|note| note.text.contains("virtual world")), "{name}");
    }
}

#[test]
fn words_for_runs_are_runs_and_others_are_not() {
    let Some(runs) = case("days/sport-words") else { return };
    let not: Vec<String> = days(&runs).into_iter().map(|(day, _)| day).collect();
    assert!(
        runs.runs.len() == 18 && !not.contains(&"2026-03-13".to_owned()) && !not.contains(&"2026-03-14".to_owned())
    );
    let Some(others) = case("days/sport-words-2") else { return };
    assert_eq!(days(&others), on(&[("2026-03-10", -1)]));
}

/// What the program prints of a case, on both streams.
fn said(folder: &str, command: &[&str]) -> Option<String> {
    let folder = shared(&format!("cases/days/{folder}"))?;
    let words: Vec<String> = command.iter().map(|word| word.replace("{}", folder.to_str().expect("a path"))).collect();
    let output = kneewise(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
    Some(format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn each_part_counts_for_its_shoes_and_each_run_for_its_exertion() {
    let Some(race) = said("race-in-other-shoes", &["shoes", "{}", "--profile", "{}/profile.toml"]) else { return };
    assert!(race.contains("Trainer: 12.0 km, 2 runs") && race.contains("Flat: 10.0 km, 1 run"), "{race}");
    let Some(blue) = said("shoe-list-begun-later", &["shoes", "{}", "--profile", "{}/profile.toml"]) else { return };
    assert!(blue.contains("Blue: 540.0 km"), "{blue}");
    let days = ["days", "{}", "--load", "session_rpe", "--diary", "{}/diary.csv", "--format", "csv"];
    let Some(double) = said("double-with-two-exertions", &days) else { return };
    assert!(double.contains("520"), "{double}");
}

#[test]
fn a_run_over_midnight_is_no_rest_and_a_mistyped_year_no_break() {
    let ultra = ["days", "{}", "--load", "distance_m", "--format", "json"];
    let Some(ultra) = said("ultra-and-rest-days", &ultra) else { return };
    let days: serde_json::Value = serde_json::from_str(&ultra).expect("JSON");
    let text = days.to_string();
    assert!(text.contains("\"run_streak_d\":8.0") && !text.contains("\"rest_days_7d\":1.0"), "{text}");
    let Some(report) = said("year-mistyped-past", &["report", "{}"]) else { return };
    assert!(report.contains("is 7276 days before the next one") && !report.contains("Back after a break"), "{report}");
    assert!(report.contains("10 runs in "), "the run of the wrong year is none of them: {report}");
}

#[test]
fn another_watch_that_no_file_names_is_no_change_of_form() {
    let Some(report) = said("new-watch-unnamed", &["report", "{}", "--format", "json"]) else { return };
    assert!(report.contains("needs the name of the watch: on 24 Feb 2026"), "{report}");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let of_form = findings
        .iter()
        .filter(|finding| ["low-step-rate", "form-change"].contains(&finding["rule"].as_str().unwrap_or("")));
    assert!(
        of_form.clone().count() == 0 || of_form.into_iter().all(|finding| finding["outcome"] != "flagged"),
        "{findings:?}"
    );
}

/// The rule and the text of each finding of a report, and its tier.
fn findings(folder: &str, more: &[&str]) -> Option<Vec<serde_json::Value>> {
    let report = said(folder, &[&["report", "{}", "--format", "json"][..], more].concat())?;
    let json = report.split_once('{').map(|(_, json)| format!("{{{json}")).expect("JSON");
    let report: serde_json::Value =
        serde_json::Deserializer::from_str(&json).into_iter().next().expect("JSON").expect("JSON");
    report["findings"].as_array().cloned()
}

#[test]
fn days_that_are_all_alike_are_told_as_days_that_nearly_are() {
    let monotony = |folder: &str| {
        let all = findings(folder, &[])?;
        all.into_iter().find(|finding| finding["rule"] == "monotony").map(|finding| finding["outcome"].clone())
    };
    let Some(equal) = monotony("equal-days") else { return };
    assert_eq!(Some(&equal), monotony("nearly-equal-days").as_ref());
    assert_eq!(equal, "flagged");
}

#[test]
fn the_first_day_of_a_log_is_told_as_long_as_it_weighs() {
    let Some(all) = findings("log-begins-with-a-marathon", &["--as-of", "2026-02-07"]) else { return };
    let ratio = all.iter().find(|finding| finding["rule"] == "load-ratio").expect("a ratio");
    assert!(ratio["message"].as_str().expect("a text").contains("first day still weighs 9"), "{ratio}");
}
