//! The first screen over whole logs: its size, and that every number in it is the data's.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{command, in_project, shared};

/// A knee that began to hurt in the last weeks of a log.
fn diary(as_of: &str) -> String {
    let as_of: jiff::civil::Date = as_of.parse().expect("a date");
    let mut text = String::from("date,pain_during,pain_after,pain_next_morning,side,place,onset,missed_run,note\n");
    for (days, scores, more) in [
        (17, "0,1,0", "gradual,,"),
        (12, "1,2,1", ",,"),
        (6, "2,4,3", ",,hurts going downstairs"),
        (4, ",,", ",yes,"),
        (1, "5,6,4", ",,"),
    ] {
        let day = as_of.checked_sub(jiff::Span::new().days(days)).expect("a day");
        text += &[&day.to_string(), scores, "right,inner-below", more].join(",");
        text.push('\n');
    }
    text
}

fn logs() -> Vec<PathBuf> {
    let mut logs = vec![in_project("fixtures/sample-log")];
    let folder = in_project("fixtures/logs");
    logs.extend(folder.read_dir().expect("logs").map(|entry| entry.expect("an entry").path()));
    logs.extend(
        ["histories/tang-hi", "histories/arthurfsy2"].into_iter().filter_map(|name| shared(&format!("data/{name}"))),
    );
    logs
}

fn report(arguments: &[&str], columns: usize) -> String {
    let arguments = [&["report"], arguments].concat();
    let output = command(&arguments).env("COLUMNS", columns.to_string()).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The numbers of a text, without commas between thousands and zeros in front.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let pieces = text.split(|c| !is_part(c)).map(|piece| piece.trim_matches(['.', ',']).replace(',', ""));
    pieces.filter(|piece| !piece.is_empty()).map(|piece| plain(&piece)).collect()
}

fn plain(number: &str) -> String {
    let text = number.trim_start_matches('0');
    if text.is_empty() || text.starts_with('.') { format!("0{text}") } else { text.to_owned() }
}

/// Every way in which the first screen may write a value of the data.
fn allowed(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => into.extend(numbers(&text.replace('-', " "))),
        Value::Number(number) => {
            let number = number.as_f64().expect("a number");
            let km = number / 1000.0;
            let written = [
                format!("{number:.0}"),
                format!("{number:.1}"),
                format!("{number:.2}"),
                format!("{km:.0}"),
                format!("{km:.1}"),
                format!("{:.1}", (10.0 * km + 1e-6).floor() / 10.0),
            ];
            into.extend(written.iter().map(|text| plain(text)));
        }
        Value::Array(all) => all.iter().for_each(|value| allowed(value, into)),
        Value::Object(all) => all.values().for_each(|value| allowed(value, into)),
        _ => {}
    }
}

fn check(path: &str, more: &[&str]) {
    let arguments = [&[path], more].concat();
    let json: Value =
        serde_json::from_str(&report(&[&arguments[..], &["--format", "json"]].concat(), 80)).expect("JSON");
    let mut known = BTreeSet::new();
    allowed(&json["first_screen"], &mut known);
    for columns in [80, 120] {
        let text = report(&arguments, columns);
        assert!(text.lines().count() <= 40, "{path}: {} lines\n{text}", text.lines().count());
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| widest <= columns), "{path}: {widest:?}\n{text}");
        let unknown: Vec<String> = numbers(&text).difference(&known).cloned().collect();
        assert!(unknown.is_empty(), "{path}: {unknown:?} are not in the data\n{text}");
        let shown = |line: &str| line.contains("evidence") || line.contains('×');
        let last = text.lines().enumerate().filter(|(_, line)| shown(line)).map(|(i, _)| i).last();
        assert!(last.is_none_or(|last| last < 24), "{path}: a finding below line 24\n{text}");
        for word in ["kneewise.toml", ".fit", "session-spike", "low-step-rate", " %"] {
            assert!(!text.contains(word), "{path}: {word}\n{text}");
        }
    }
}

#[test]
fn it_is_short_and_its_numbers_are_the_data_s() {
    let folder = tempfile::tempdir().expect("a folder");
    for log in logs() {
        let path = log.to_str().expect("a path");
        check(path, &[]);
        let json: Value = serde_json::from_str(&report(&[path, "--format", "json"], 80)).expect("JSON");
        let file = folder.path().join("diary.csv");
        std::fs::write(&file, diary(json["as_of"].as_str().expect("a day"))).expect("written");
        check(path, &["--diary", file.to_str().expect("a path")]);
    }
}

#[test]
fn a_locale_without_utf_8_gets_ascii_and_a_name_its_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = in_project("fixtures/sample-log");
    let log = log.to_str().expect("a path");
    for full in [&["report", log][..], &["report", log, "--full"]] {
        let output = command(full).env("LC_ALL", "C").output().expect("the program starts");
        assert!(output.stdout.is_ascii() && !output.stdout.is_empty());
        let output = command(full).env("LANG", "de_DE.UTF-8").output().expect("the program starts");
        assert!(!output.stdout.is_ascii());
    }
    for (name, begins) in [("a.html", "<!doctype html>"), ("b.json", "{"), ("c.md", "# "), ("d.txt", "kneewise report")]
    {
        let file = folder.path().join(name);
        report(&[log, "-o", file.to_str().expect("a path")], 80);
        let text = std::fs::read_to_string(&file).expect("written");
        assert!(text.to_lowercase().starts_with(begins), "{name}: {}", &text[..40]);
    }
    assert_eq!(report(&[log, "-o", "-"], 80), report(&[log], 80));
    assert_eq!(report(&[log, "--quiet"], 80).lines().count(), 2);
}

#[test]
fn without_arguments_there_are_three_examples() {
    let output = command(&[]).output().expect("the program starts");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(said.lines().filter(|line| line.starts_with("  kneewise ")).count(), 3, "{said}");
    assert!(said.lines().count() <= 8 && said.contains("hint: "), "{said}");
}
