//! The runner's own files, as the program reads and writes them.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;

use kneewise_core::triage;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{command, in_project, json, kneewise};

const LOG: &str = "fixtures/sample-log";

/// A home with a profile in it.
fn home(profile: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    let folder = home.path().join(".config/kneewise");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("profile.toml"), profile).unwrap();
    home
}

fn at(home: &Path, arguments: &[&str]) -> Output {
    command(arguments).env("HOME", home).output().expect("the program starts")
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_line_counts_before_the_profile_and_that_before_the_watch() {
    let home = home(
        "height_m = 1.68\nbegan = \"2024-03\"\nunits = \"imperial\"\n[[limits]]\nfrom = 2026-01-01\nmax_heart_rate_bpm = 190\n",
    );
    let show = |arguments: &[&str]| said(&at(home.path(), &[&["profile", "show"], arguments].concat())).0;
    let fit = "fixtures/formats/one-run.fit";
    let text = show(&[fit, "--max-hr", "185"]);
    for line in [
        "5'6\", 1.68 m (profile)",
        "185 bpm (command line)",
        "52 bpm (the watch's file)",
        "Birth year                       not given",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(show(&[fit]).contains("190 bpm (profile)"));
    let data: Value = serde_json::from_str(&show(&[fit, "--max-hr", "185", "--format", "json"])).unwrap();
    for (name, value, origin) in [
        ("height_m", Value::from(1.68), "profile"),
        ("max_heart_rate_bpm", Value::from(185.0), "command_line"),
        ("resting_heart_rate_bpm", Value::from(52.0), "watch"),
        ("began", Value::from("2024-03"), "profile"),
    ] {
        let found = &data["values"][name];
        assert_eq!((&found["value"], found["origin"].as_str()), (&value, Some(origin)), "{name}");
    }
    assert!(data["values"]["birth_year"].is_null() && data["is_there"] == true);

    let report = |arguments: &[&str]| said(&at(home.path(), &[&["report", LOG], arguments].concat())).0;
    assert_eq!(report(&[]), report(&["--units", "imperial"]));
    assert_ne!(report(&[]), report(&["--units", "metric"]));
    let low = ["--first-threshold-hr", "170", "--second-threshold-hr", "160"];
    let wrong = at(home.path(), &[&["report", LOG][..], &low].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).1.contains("--first-threshold-hr must be below --second-threshold-hr"), "{wrong:?}");
    assert!(said(&at(home.path(), &["report", LOG, "--resting-hr", "121"])).1.contains("from 25 to 120"));
}

#[test]
fn a_slip_in_a_file_is_named_with_its_line_and_what_was_meant() {
    let home = home("birth_year = 1988\nheigth_m = 1.7\n");
    let output = at(home.path(), &["report", LOG]);
    assert_eq!(output.status.code(), Some(2));
    let (_, error) = said(&output);
    assert!(error.contains("profile.toml:2: `heigth_m` is not known; did you mean `height_m`?"), "{error}");

    let file = home.path().join("rules.toml");
    fs::write(&file, "[rules.sesion-spike]\nsmall = 1.2\n").unwrap();
    let output = kneewise(&["check", LOG, "--config", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).1.contains("`sesion-spike` is not known; did you mean `session-spike`?"));
    for arguments in [["--profile", "none.toml"], ["--diary", "none.csv"], ["--config", "none.toml"]] {
        let output = kneewise(&[&["report", LOG][..], &arguments].concat());
        assert_eq!((output.status.code(), said(&output).1.contains("no such file")), (Some(2), true), "{arguments:?}");
    }
}

#[test]
fn check_reads_the_runner_s_own_files_too() {
    let check = |home: &Path, arguments: &[&str]| {
        at(home, &[&["check", "fixtures/formats/one-run.fit"][..], arguments].concat())
    };
    let wrong = home("height_m = 168\n");
    let output = check(wrong.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).1.contains("profile.toml:1: `height_m` is 168"), "{output:?}");

    let limits = home("");
    let file = limits.path().join(".config/kneewise/kneewise.toml");
    fs::write(&file, "[rules.session-spike]\nsmall = 5\n").unwrap();
    let output = check(limits.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).1.contains("kneewise.toml:2: `small` is 5; it must be no more than `moderate`"),
        "{output:?}"
    );

    let diary = TempDir::new().unwrap();
    fs::create_dir_all(diary.path().join(".local/share/kneewise")).unwrap();
    fs::write(diary.path().join(".local/share/kneewise/diary.csv"), "date,sleep_h\n2026-05-01,99\n").unwrap();
    let (loose, strict) = (check(diary.path(), &[]), check(diary.path(), &["--strict"]));
    assert!(said(&loose).1.contains("diary.csv:2: sleep_h"), "{loose:?}");
    assert_eq!((loose.status.code(), strict.status.code()), (Some(0), Some(2)));
    assert!(said(&strict).1.contains("not all of diary.csv was read, with --strict"), "{strict:?}");
}

#[test]
fn lists_are_explained_as_data_too() {
    for (name, list, fields) in [
        ("article", "statements", &["part", "says", "research", "does", "pages"][..]),
        ("references", "references", &["short", "full", "known"]),
        ("diary", "columns", &["name", "what", "takes"]),
    ] {
        let data = json(&["explain", name, "--format", "json"]);
        let all = data[list].as_array().unwrap();
        assert!(all.len() > 15 && all.iter().all(|one| fields.iter().all(|field| one.get(field).is_some())), "{name}");
    }
    let none = said(&kneewise(&["explain", "trend", "--format", "json"])).1;
    assert!(none.contains("JSON is available for rules, and for article, references, diary"), "{none}");
    assert_eq!(said(&kneewise(&["explain", "triage"])).0, said(&kneewise(&["explain", "red-flags"])).0);
}

#[test]
fn a_day_of_the_profile_that_has_not_come_is_named_and_changes_no_result() {
    let shoes = |year: u16| {
        home(&format!("[[shoes]]\nname = \"Road\"\ndefault = true\nuntil = {year}-01-01\nsince = {year}-01-01\n"))
    };
    let (past, later) = (shoes(2020), shoes(2199));
    let output = at(later.path(), &["shoes", LOG]);
    assert!(output.status.success());
    let (_, errors) = said(&output);
    assert!(errors.contains("profile.toml:5: `since` is 2199-01-01, which is after today"), "{errors}");
    assert!(errors.contains("is the year right?") && !errors.contains("until"), "{errors}");
    assert!(!said(&at(past.path(), &["shoes", LOG])).1.contains("after today"));
}

#[test]
fn settings_change_what_is_found() {
    let folder = TempDir::new().unwrap();
    let log = in_project(LOG);
    let found = |settings: &str| {
        fs::write(folder.path().join("kneewise.toml"), settings).unwrap();
        let mut command = command(&["report", log.to_str().unwrap(), "--format", "json"]);
        let report: Value =
            serde_json::from_slice(&command.current_dir(folder.path()).output().unwrap().stdout).unwrap();
        let flagged = report["findings"].as_array().unwrap().iter().filter(|finding| finding["outcome"] == "flagged");
        flagged.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let has_spike = |settings: &str| found(settings).iter().any(|rule| rule == "session-spike");
    assert!(has_spike(""));
    assert!(!has_spike("[rules.session-spike]\nsmall = 9\nmoderate = 10\nlarge = 11\n"), "a higher limit");
    assert!(!has_spike("[rules]\nignore = [\"session-spike\"]\n"));
    assert!(found("[rules]\nselect = [\"session-spike\"]\n").iter().all(|rule| rule == "session-spike"));
}

#[test]
fn an_entry_is_added_and_listed_and_nobody_else_may_read_it() {
    let home = TempDir::new().unwrap();
    let add = |arguments: &[&str]| at(home.path(), &[&["diary", "add", "--date", "2026-06-01"], arguments].concat());
    let first = add(&[
        "--pain",
        "3",
        "--after=1",
        "--side",
        "left",
        "--place",
        "inner-below",
        "--swelling=no",
        "--note",
        "a, \"b\"",
    ]);
    assert!(first.status.success(), "{first:?}");
    assert!(said(&first).1.contains("kneewise triage"), "it hurts");
    let file = home.path().join(".local/share/kneewise/diary.csv");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let before = fs::read(&file).unwrap();
    for wrong in
        [&["--pain", "11"][..], &["--place", "knee"], &["--sign", "fevr"], &["--date", "2999-01-01", "--pain", "1"]]
    {
        let output = at(home.path(), &[&["diary", "add"], wrong].concat());
        assert_eq!((output.status.code(), fs::read(&file).unwrap()), (Some(2), before.clone()), "{wrong:?}");
    }
    let nothing = said(&add(&[])).1;
    assert!(nothing.contains("no values given"), "{nothing}");

    let flag = &triage::RED_FLAGS[0];
    let (care, _) = said(&add(&["--sign", flag.id]));
    assert!(care.contains(flag.care) && care.contains(flag.urgency.words()), "{care}");
    fs::write(&file, [fs::read(&file).unwrap(), b"soon,4\n".to_vec()].concat()).unwrap();
    let kept = fs::read(&file).unwrap();
    let list = at(home.path(), &["diary", "list"]);
    let (text, errors) = said(&list);
    assert!(text.contains("2026-06-01  pain 3 during, 1 after · left · inner side, two to four"), "{text}");
    assert!(text.contains("not swollen · a, \"b\"") && text.contains("yes to fever"), "{text}");
    assert!(errors.contains("diary.csv:4: date: \"soon\" is not a day such as 2026-03-01"), "{errors}");
    assert_eq!((list.status.code(), fs::read(&file).unwrap()), (Some(2), kept), "named, and left as it is");
    assert_eq!(said(&at(home.path(), &["diary", "list", "--last", "1"])).0.lines().count(), 2);
}

#[test]
fn the_diary_s_exertion_makes_session_rpe_and_its_last_entry_the_day_of_the_report() {
    let home = TempDir::new().unwrap();
    let add = |day: &str, arguments: &[&str]| {
        assert!(at(home.path(), &[&["diary", "add", "--date", day], arguments].concat()).status.success());
    };
    add("2026-06-21", &["--exertion", "5"]);
    let days = ["days", LOG, "--load", "session_rpe", "--format", "json", "--last", "1"];
    let load = |output: Output| {
        let days: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        days["days"][0]["load"].as_f64()
    };
    let runs = json(&["runs", LOG, "--format", "json", "--last", "1"]);
    let seconds = runs[0]["timer_s"].as_f64().unwrap();
    assert_eq!(runs[0]["local_date"], "2026-06-21");
    assert_eq!(load(at(home.path(), &days)), Some(5.0 * seconds / 60.0));
    assert_eq!(load(kneewise(&days)), None, "without a diary");

    add("2026-06-25", &["--pain", "4", "--sign", "locked"]);
    let report = at(home.path(), &["report", LOG, "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["as_of"], "2026-06-25", "who stopped running is told as well");
}

#[test]
fn each_pair_of_shoes_has_its_distance_and_its_age() {
    let home = home(
        "[[shoes]]\nname = \"Road\"\nsince = 2026-03-01\nuntil = 2026-05-31\nstart_km = 100\nlimit_km = 800\ndefault = true\n\
         [[shoes]]\nname = \"Hill\"\ndefault_for = [\"trail\"]\n",
    );
    let runs = json(&["runs", LOG, "--format", "json"]);
    let runs = runs.as_array().unwrap();
    let worn =
        runs.iter().filter(|run| run["sub_sport"] != "trail" && run["local_date"].as_str() <= Some("2026-05-31"));
    let metres: f64 = worn.clone().filter_map(|run| run["distance_m"].as_f64()).sum();
    let output = at(home.path(), &["shoes", LOG, "--format", "json"]);
    let shoes: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let road = &shoes["pairs"][0];
    assert_eq!((road["runs"].as_u64(), road["age_days"].as_u64()), (Some(worn.count() as u64), Some(91)));
    assert!((road["distance_m"].as_f64().unwrap() - metres - 100_000.0).abs() < 0.01);
    let counted = |pair: &Value| pair["runs"].as_u64().unwrap();
    let all = counted(road) + counted(&shoes["pairs"][1]) + counted(&shoes["unassigned"]);
    assert_eq!(all, runs.len() as u64, "each run is in one pair or in none");
    let (text, _) = said(&at(home.path(), &["shoes", LOG]));
    assert!(text.contains("of the 800.0 km you set") && text.contains("no longer worn since 2026-05-31"), "{text}");
    assert!(text.contains("In no pair: "), "{text}");
    assert!(said(&kneewise(&["shoes", LOG])).1.contains("no shoes in the profile"));
}

#[test]
fn the_questions_that_come_first_are_there_without_a_terminal() {
    let (text, _) = said(&kneewise(&["triage"]));
    assert!(triage::signs().all(|sign| text.contains(sign.question) && text.contains(sign.id)), "{text}");
    let (text, _) = said(&kneewise(&["triage", "--yes", "night", "--yes", "fever"]));
    let place = |id: &str| text.find(triage::find(id).unwrap().care).unwrap();
    assert!(place("fever") < place("night"), "the most urgent first");
    assert_eq!(kneewise(&["triage", "--yes", "tired"]).status.code(), Some(2));
}

#[test]
fn without_a_terminal_a_template_is_printed_and_nothing_is_written() {
    let home = TempDir::new().unwrap();
    let (template, _) = said(&at(home.path(), &["profile", "init"]));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    let file = home.path().join("p.toml");
    fs::write(&file, template).unwrap();
    assert!(kneewise(&["report", LOG, "--profile", file.to_str().unwrap()]).status.success());
}

#[test]
fn a_log_kept_by_hand_and_a_diary_make_a_report() {
    let home = TempDir::new().unwrap();
    let mut log = String::from("date,distance_km,minutes,exertion,shoe\n");
    for day in 1..=30 {
        writeln!(log, "2026-05-{day:02},5,30,3,Road").unwrap();
    }
    let file = home.path().join("log.csv");
    fs::write(&file, log + "2026-05-31,15,95,6,Road\n").unwrap();
    let report = at(home.path(), &["report", file.to_str().unwrap(), "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let spike = findings.iter().find(|finding| finding["rule"] == "session-spike").unwrap();
    assert_eq!((spike["outcome"].as_str(), report["runs"].as_array().map(Vec::len)), (Some("flagged"), Some(31)));
    let named = spike["files"].as_array().unwrap();
    assert_eq!(named[0], "log.csv:32", "{named:?}");
    for name in [format!("{}:32", file.display()), file.display().to_string()] {
        let shown = kneewise(&["show", &name]);
        let (_, told) = said(&shown);
        assert!(told.contains(&format!("`kneewise runs {}` shows them", file.display())), "{told}");
        assert_eq!(shown.status.code(), Some(2));
    }
    let other = kneewise(&["show", "fixtures/formats/one-run.fit:3"]);
    assert!(said(&other).1.contains("No such file"), "{other:?}");
}
