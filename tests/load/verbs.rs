//! `kneewise days` and `kneewise weeks --load`, from outside.

use kneewise_core::load::FIGURES;
use kneewise_core::measure::metric::METRICS;

use crate::support::{json, kneewise};

const LOG: &str = "fixtures/sample-log";

#[test]
fn days_name_the_load_the_convention_and_why_a_figure_is_not_there() {
    let days = json(&["days", LOG, "--format", "json", "--convention", "goldencheetah"]);
    assert_eq!((days["load"].as_str(), days["unit"].as_str()), (Some("distance_m"), Some("m")));
    assert_eq!(days["convention"], "goldencheetah");
    let first = &days["days"][0];
    for figure in FIGURES {
        assert!(first.get(figure.id).is_some(), "{}", figure.id);
    }
    assert_eq!(first["sum_28d"], serde_json::Value::Null);
    assert_eq!(first["unknown"]["sum_28d"], "needs 28 days, has 1");
    assert_eq!(first["basis"], "the device's total");
}

#[test]
fn the_days_of_a_week_add_up_to_it() {
    let weeks = json(&["weeks", LOG, "--load", "duration", "--format", "json"]);
    let days = json(&["days", LOG, "--load", "duration", "--format", "json"]);
    let week = &weeks["weeks"][3];
    let of = |name: &str| week[name].as_str().unwrap().to_owned();
    let in_week = days["days"].as_array().unwrap().iter().filter(|day| {
        let date = day["date"].as_str().unwrap();
        (of("start").as_str()..=of("last_date").as_str()).contains(&date)
    });
    let sum: f64 = in_week.map(|day| day["load"].as_f64().unwrap()).sum();
    assert!((sum - week["load"].as_f64().unwrap()).abs() < 1e-6);
    assert!((sum - week["sum_7d"].as_f64().unwrap()).abs() < 1e-6, "its last day's last seven are the week");
}

#[test]
fn a_load_that_no_run_has_says_what_it_would_take() {
    for verb in ["days", "weeks"] {
        let output = kneewise(&[verb, LOG, "--load", "lucia", "--format", "csv"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "no table of nothing");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("needs the runner's heart rates at the first and second threshold"), "{told}");
        assert!(told.contains("--first-threshold-hr with --second-threshold-hr"), "{told}");
    }
    let limits = ["--first-threshold-hr", "140", "--second-threshold-hr", "165"];
    let output =
        kneewise(&[&["days", LOG, "--load", "trimp_lucia", "--last", "2", "--format", "csv"][..], &limits].concat());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = String::from_utf8(output.stdout).unwrap();
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(table.starts_with("date,load_id,convention,runs,runs_without,load,basis,sum_7d"), "{table}");
}

#[test]
fn what_is_said_of_the_runner_must_be_possible_in_every_verb() {
    let impossible =
        [["--resting-hr", "110", "--max-hr", "110"], ["--first-threshold-hr", "170", "--second-threshold-hr", "160"]];
    for verb in ["report", "runs", "days", "weeks", "scan", "check"] {
        for slip in impossible {
            let output = kneewise(&[&[verb, LOG][..], &slip].concat());
            assert_eq!(output.status.code(), Some(2), "{verb} {slip:?}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains(&format!("{} must be below {}", slip[0], slip[2])), "{told}");
        }
    }
}

#[test]
fn a_day_before_all_runs_is_told_instead_of_an_empty_table() {
    for verb in ["days", "weeks", "runs"] {
        let output = kneewise(&[verb, LOG, "--as-of", "1999-01-01"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{verb}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("no runs up to 1999-01-01; the first is of 2026-"), "{told}");
    }
}

#[test]
fn since_and_last_choose_rows_and_change_none() {
    let rows = |arguments: &[&str]| {
        let output = kneewise(&[arguments, &["--format", "csv"]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        let table = String::from_utf8(output.stdout).unwrap();
        table.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    for verb in [&["days", LOG][..], &["weeks", LOG], &["weeks", LOG, "--load", "duration"], &["runs", LOG]] {
        let all = rows(verb);
        let since = rows(&[verb, &["--since", "2026-06-10"]].concat());
        assert!(all.ends_with(&since) && since.len() < all.len() && !since.is_empty(), "{verb:?}");
        assert_eq!(rows(&[verb, &["--since", "2026-06-10", "--last", "1"]].concat()), all[all.len() - 1..], "{verb:?}");
        let none = kneewise(&[verb, &["--since", "2199-01-01"]].concat());
        assert_eq!(none.status.code(), Some(2), "{verb:?}");
        assert!(String::from_utf8_lossy(&none.stderr).contains("nothing since 2199-01-01; the last is from 2026-"));
    }
    // The week that the day lies in is shown.
    let start = |day: &str| json(&["weeks", LOG, "--format", "json", "--since", day])[0]["start"].clone();
    assert_eq!(start("2026-06-10"), "2026-06-08");
    let table = String::from_utf8(kneewise(&["weeks", LOG, "--since", "2026-06-10"]).stdout).unwrap();
    assert!(!table.contains("first of the log"), "{table}");
}

#[test]
fn a_bridge_leads_from_load_to_load() {
    let output = kneewise(&["days", LOG, "--load", "duration_s", "--bridge"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--bridge is for --load ladder"));
}

#[test]
fn the_help_of_a_verb_names_the_fields_of_its_json() {
    let names = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let banister = ["--load", "trimp_banister", "--max-hr", "190", "--resting-hr", "50", "--sex", "male"];
    let runs = json(&["runs", LOG, "--format", "json"]);
    let days = json(&[&["days", LOG, "--format", "json"][..], &banister].concat());
    let weeks = json(&["weeks", LOG, "--format", "json"]);
    let of_load = json(&[&["weeks", LOG, "--format", "json"][..], &banister].concat());
    assert_eq!(days["schema_version"], kneewise_core::report::SCHEMA_VERSION);
    let fields = [
        ("runs", names(&runs[0])),
        ("days", [names(&days), names(&days["days"][0])].concat()),
        ("weeks", [names(&weeks[0]), names(&of_load["weeks"][0])].concat()),
    ];
    for (verb, names) in fields {
        let help = String::from_utf8(kneewise(&[verb, "--help"]).stdout).unwrap();
        let json = help.split_once("JSON: ").unwrap().1;
        for name in names {
            let is_figure =
                FIGURES.iter().any(|figure| figure.id == name) || METRICS.iter().any(|metric| metric.id == name);
            // The week's last sentence refers to the days' for what is not known.
            let known = json.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
            assert!(is_figure || known || (verb == "weeks" && name == "unknown"), "{verb}: {name}\n{json}");
        }
    }
}

#[test]
fn slips_of_the_keyboard_are_told() {
    for slip in [["--load", "trimp"], ["--convention", "mine"], ["--threshold-pace", "4"], ["--max-hr", "19"]] {
        let output = kneewise(&["days", LOG, slip[0], slip[1]]);
        assert_eq!(output.status.code(), Some(2), "{slip:?}");
    }
    for last in ["0", "x"] {
        let told = String::from_utf8(kneewise(&["days", LOG, "--last", last]).stderr).unwrap();
        assert!(told.contains("a number of days, such as 28"), "{told}");
    }
}

#[test]
fn tables_say_what_they_show() {
    let output = kneewise(&["days", LOG, "--last", "3"]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("Load: Distance (distance_m) in km. Convention: kneewise."), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

/// (27/29)^33 is under a tenth, (27/29)^32 is not.
#[test]
fn an_exponential_ratio_waits_until_its_first_day_weighs_a_tenth() {
    let days = json(&["days", LOG, "--format", "json"]);
    let day = |n: usize| &days["days"][n - 1];
    assert_eq!(day(33)["unknown"]["ratio_exponential"], "needs 34 days, has 33");
    assert!(day(33)["ratio_exponential"].is_null() && day(34)["ratio_exponential"].is_number());
    let table = kneewise(&["days", LOG, "--format", "csv"]);
    let table = String::from_utf8(table.stdout).unwrap();
    let column = table.lines().next().unwrap().split(',').position(|name| name == "ratio_exponential").unwrap();
    let of_day = |n: usize| table.lines().nth(n).unwrap().split(',').nth(column).unwrap().to_owned();
    assert!(of_day(33).is_empty() && !of_day(34).is_empty(), "{} {}", of_day(33), of_day(34));
}
