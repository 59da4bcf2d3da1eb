//! What the program can do, the libraries can do: the same inputs give the same report from both.

use std::fs;
use std::path::{Path, PathBuf};

use kneewise_import::{Options, import};
use kneewise_profile::{Profile, diary, profile, settings};
use kneewise_report::OwnFile;
use serde_json::Value;

use crate::support::{json, kneewise};

const LOGS: [&str; 8] = [
    "fixtures/sample-log",
    "fixtures/logs/gpx-only",
    "fixtures/logs/strap-and-pods",
    "fixtures/logs/hand-kept",
    "fixtures/logs/comeback",
    "fixtures/logs/steady",
    "fixtures/formats",
    "fixtures/README.md",
];

const PROFILE: &str = "height_m = 1.91\ntime_zone = \"Asia/Tokyo\"\nweek_start = \"sunday\"\nunits = \"imperial\"\n\
    [[limits]]\nmax_heart_rate_bpm = 181\n";

const RULES: &str = "[rules]\npreviews = true\nignore = [\"no-rest-days\"]\n[rules.session-spike]\nsmall = 1.02\n";

/// Where the files of one runner are.
struct Own {
    profile: Option<PathBuf>,
    diary: Option<PathBuf>,
    rules: Option<PathBuf>,
}

/// The report as JSON; `None` where there is nothing to report on.
fn by_program(log: &str, own: &Own) -> Option<String> {
    let mut arguments = vec!["report", log, "--format", "json"];
    for (option, path) in [("--profile", &own.profile), ("--diary", &own.diary), ("--config", &own.rules)] {
        arguments.extend(path.iter().flat_map(|path| [option, path.to_str().unwrap()]));
    }
    let output = kneewise(&arguments);
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

fn by_library(log: &str, own: &Own) -> Option<String> {
    let text = |path: &PathBuf| fs::read_to_string(path).unwrap();
    let file = |what, path: &Path| OwnFile {
        what,
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        problems: Vec::new(),
        on_pain: Vec::new(),
    };
    let mut profile =
        own.profile.as_ref().map_or_else(Profile::default, |path| profile::parse(&text(path), "p").unwrap());
    let rules = own.rules.as_ref().map_or_else(Default::default, |path| settings::parse(&text(path), "r").unwrap());
    if let Some(path) = &own.diary {
        profile.runner.diary = diary::parse(&fs::read(path).unwrap(), "d").unwrap().diary;
    }
    let files = [("profile", &own.profile), ("diary", &own.diary), ("rules", &own.rules)];
    let files: Vec<OwnFile> = files.iter().filter_map(|(what, path)| Some(file(what, path.as_ref()?))).collect();
    let mut import = import(&[log.into()], &Options { zone: profile.zone().unwrap(), ..Options::default() });
    let settings = profile.settings(&rules).unwrap();
    let report = import.report(&mut profile.runner, &settings, None).ok()?;
    Some(serde_json::to_string_pretty(&report.with_inputs(&import.ledger, &files)).unwrap() + "\n")
}

fn without_words(report: &str) -> Value {
    let mut report: Value = serde_json::from_str(report).unwrap();
    report.as_object_mut().unwrap().remove("first_screen");
    report.as_object_mut().unwrap().remove("outline");
    report
}

#[test]
fn the_library_reports_what_the_program_reports() {
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        Some(path)
    };
    let told = Own { profile: made("profile.toml", PROFILE), diary: None, rules: made("kneewise.toml", RULES) };
    for log in LOGS {
        let lies_beside = |name: &str| Some(Path::new(log).join(name)).filter(|path| path.is_file());
        let own = Own { profile: lies_beside("profile.toml"), diary: lies_beside("diary.csv"), rules: None };
        for own in [&own, &Own { diary: own.diary.clone(), ..Own { profile: None, diary: None, rules: None } }, &told] {
            let report = by_program(log, own);
            assert_eq!(report.is_some(), log != "fixtures/README.md", "{log}");
            // The words and what comes first are the renderer's; all else is the library's report.
            let report = report.map(|report| without_words(&report));
            let ours = by_library(log, own).map(|report| without_words(&report));
            assert!(ours == report, "{log} by library and program");
        }
    }
}

#[test]
fn the_height_of_the_profile_counts_in_every_command() {
    const NAME: &str = "step_length_to_height_ratio";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.toml");
    fs::write(&path, "height_m = 2.0\n").unwrap();
    let profile = path.to_str().unwrap();
    let file = "fixtures/sample-log/2026-03-03-easy.fit";
    let ratio = |command: &str, of: &dyn Fn(&Value) -> Option<f64>, told: bool| {
        let mut arguments = vec![command, file, "--format", "json"];
        arguments.extend(told.then_some(["--profile", profile]).into_iter().flatten());
        of(&json(&arguments)).unwrap()
    };
    let of_report = |json: &Value| json["runs"][0][NAME].as_f64();
    let of_runs = |json: &Value| json[0][NAME].as_f64();
    let of_show =
        |json: &Value| json[0]["metrics"].as_array()?.iter().find(|metric| metric["id"] == NAME)?["value"].as_f64();
    let all = |told| [ratio("report", &of_report, told), ratio("runs", &of_runs, told), ratio("show", &of_show, told)];
    let (by_file, told) = (all(false), all(true));
    assert!(told.iter().all(|ratio| *ratio == told[0]) && by_file.iter().all(|ratio| *ratio == by_file[0]));
    assert!(told[0] < 0.95 * by_file[0], "{told:?} for 2.00 m, {by_file:?} for the file's height");
}
