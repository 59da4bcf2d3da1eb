//! What comes from anywhere, and what is the runner's own.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::{command, in_project, kneewise, shared};

const RUN: &str = "fixtures/formats/one-run.fit";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_runner_s_own_files_are_no_place_for_a_result() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let own = [
        ("diary.csv", "--diary", "date,pain_during\n2026-05-01,3\n"),
        ("profile.toml", "--profile", "birth_year = 1988\n"),
        ("kneewise.toml", "--config", "[rules]\nignore = [\"no-rest-days\"]\n"),
    ];
    for (name, option, held) in own {
        fs::write(at(name), held).unwrap();
        let path = at(name);
        let mut ways = vec![path.clone(), at(&format!("./{name}"))];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&path, at(&format!("link-{name}"))).unwrap();
            fs::hard_link(&path, at(&format!("hard-{name}"))).unwrap();
            ways.extend([at(&format!("link-{name}")), at(&format!("hard-{name}"))]);
        }
        for way in &ways {
            for verb in ["runs", "report", "weeks", "scan"] {
                let output = kneewise(&[verb, RUN, option, text(&path), "-o", text(way)]);
                assert_eq!(output.status.code(), Some(2), "{verb} {way:?}");
                assert!(said(&output).contains("; name another file for the output"), "{}", said(&output));
            }
            // Nor where the command does not know it for the runner's: it shows by what is in it.
            assert_eq!(kneewise(&["runs", RUN, "-o", text(way)]).status.code(), Some(2), "{way:?}");
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), held);
    }
}

#[test]
fn what_is_skipped_is_an_input_too_and_old_results_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["one-run.fit", "route.gpx"] {
        fs::copy(in_project("fixtures/formats").join(name), at(name)).unwrap();
    }
    fs::write(at("notes.txt"), "what the physiotherapist said").unwrap();
    for name in ["route.gpx", "notes.txt", "one-run.fit"] {
        let before = fs::read(at(name)).unwrap();
        let output = kneewise(&["report", text(folder.path()), "-o", text(&at(name))]);
        assert!(said(&output).contains("is one of the files to read; name another"), "{name}: {}", said(&output));
        assert_eq!((output.status.code(), fs::read(at(name)).unwrap()), (Some(2), before), "{name}");
    }
    let all = text(folder.path());
    let results: [&[&str]; 14] = [
        &["report", all],
        &["report", all, "--color", "always"],
        &["report", all, "--format", "md"],
        &["report", all, "--format", "json"],
        &["report", all, "--format", "html"],
        &["runs", all],
        &["runs", all, "--format", "json"],
        &["runs", all, "--format", "csv"],
        &["weeks", all],
        &["days", all, "--load", "distance_m", "--format", "csv"],
        &["scan", all],
        &["scan", all, "--format", "json"],
        &["trend", "pace_s_per_km", all, "--format", "svg"],
        &["show", RUN],
    ];
    for arguments in results {
        for _ in 0..2 {
            let output = kneewise(&[arguments, &["-o", text(&at("result"))]].concat());
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        }
        fs::remove_file(at("result")).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_result_and_nothing_beside_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let arguments = ["report", "fixtures/sample-log", "--format", "html", "-o", text(&page)];
    assert_eq!(kneewise(&arguments).status.code(), Some(0));
    assert_eq!(page.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let old = fs::read(&page).unwrap();
    // A limit on the size of files stands for the disk. Its signal is one to ignore, whether the
    // shell does so or not.
    for trap in ["", "trap '' XFSZ; "] {
        let program = env!("CARGO_BIN_EXE_kneewise");
        let script = format!("{trap}ulimit -f 16; exec {program} {}", arguments.join(" "));
        let output =
            std::process::Command::new("/bin/sh").args(["-c", &script]).current_dir(in_project("")).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{trap}");
        assert!(said(&output).contains("could not write"), "{}", said(&output));
        assert!(fs::read(&page).unwrap() == old, "the old one, whole");
        assert_eq!(names(folder.path()), ["page.html"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_the_diary_that_did_not_fit_is_taken_away_again() {
    let folder = tempfile::tempdir().unwrap();
    let diary = folder.path().join("diary.csv");
    let held = format!("date,note\n{}", "2026-05-01,x\n".repeat(40));
    fs::write(&diary, &held).unwrap();
    let program = env!("CARGO_BIN_EXE_kneewise");
    let note = "y".repeat(1000);
    for trap in ["", "trap '' XFSZ; "] {
        let script = format!(
            "{trap}ulimit -f 1; exec {program} diary add --date 2026-05-02 --note {note} --diary {}",
            text(&diary)
        );
        let output = std::process::Command::new("/bin/sh").args(["-c", &script]).output().unwrap();
        // A shell counts in blocks of 512 bytes or of 1024; either is less than the file would
        // have.
        assert_eq!(output.status.code(), Some(2), "{trap}{}", said(&output));
        assert!(said(&output).contains("nothing was added, the file is as it was"), "{}", said(&output));
        assert_eq!(fs::read_to_string(&diary).unwrap(), held);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_kill_at_any_moment_leaves_one_whole_result() {
    const KILLS: u32 = 16;
    use std::time::Instant;
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let write = |log: &str| command(&["report", log, "--format", "html", "-o", text(&page)]);
    let (large, small) = ("fixtures/sample-log", "fixtures/formats");
    let since = Instant::now();
    assert!(write(large).output().unwrap().status.success());
    let (takes, new) = (since.elapsed(), fs::read(&page).unwrap());
    assert!(write(small).output().unwrap().status.success());
    let old = fs::read(&page).unwrap();
    assert!(old != new);
    let mut is_new = 0;
    for n in 0..KILLS {
        let mut child = write(large).stderr(std::process::Stdio::null()).spawn().unwrap();
        // From the beginning until some time after the end.
        std::thread::sleep(takes * n * 5 / (4 * KILLS));
        let _ = child.kill();
        child.wait().unwrap();
        let held = fs::read(&page).unwrap();
        assert!(held == old || held == new, "killed after {n} of {KILLS}: {} bytes", held.len());
        is_new += usize::from(held == new);
        fs::write(&page, &old).unwrap();
        let beside = names(folder.path()).into_iter().filter(|name| name != "page.html").collect::<Vec<_>>();
        // Between two calls of the system it has a second name, which the next result takes away.
        assert!(beside.is_empty() || beside == [".page.html.kneewise-new"], "{beside:?}");
    }
    assert!(is_new < KILLS as usize, "some were killed before the end");
    assert!(write(large).output().unwrap().status.success());
    assert_eq!((fs::read(&page).unwrap() == new, names(folder.path())), (true, vec!["page.html".to_owned()]));
}

#[test]
fn what_somebody_else_wrote_is_no_place_for_a_result() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (name, held) in [("log.csv", "date,distance_km\n2026-03-01,5\n"), ("notes.txt", "what Ann said\n")] {
        fs::write(at(name), held).unwrap();
        for arguments in [&["report", RUN][..], &["inspect", RUN], &["show", RUN], &["runs", RUN, "--format", "csv"]] {
            let output = kneewise(&[arguments, &["-o", text(&at(name))]].concat());
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(said(&output).contains("kneewise did not write it; name another file"), "{}", said(&output));
            assert_eq!(fs::read_to_string(at(name)).unwrap(), held);
        }
        let output = kneewise(&["report", RUN, "--force", "-o", text(&at(name))]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    fs::write(at("input.csv"), "date,distance_km\n2026-03-01,5\n").unwrap();
    let output = kneewise(&["report", text(&at("input.csv")), "--force", "-o", text(&at("input.csv"))]);
    assert_eq!(output.status.code(), Some(2), "what is read is never replaced");
}

#[test]
fn arguments_steer_no_terminal() {
    let hostile = "\u{1B}]0;x\u{7}\u{9B}31m\u{202E}";
    for arguments in [
        &["report", &format!("--for{hostile}mat"), RUN][..],
        &["report", RUN, "--format", hostile],
        &[hostile],
        &["runs", RUN, "--as-of", hostile],
        &["runs", RUN, "--height", hostile],
        &["runs", RUN, "--tz", hostile],
        &["runs", hostile],
        &["explain", hostile],
        &["runs", RUN, "-o", &format!("/no/{hostile}")],
        &["diary", "add", "--place", hostile],
        &["trend", hostile, RUN],
    ] {
        let output = kneewise(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let all = String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap();
        let steers = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202A}'..='\u{202E}');
        assert!(!all.contains(steers) && !all.is_empty(), "{arguments:?}: {all:?}");
    }
}

#[cfg(unix)]
#[test]
fn settings_here_that_cannot_be_read_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().join("kneewise.toml");
    let report = || {
        let run = in_project(RUN);
        command(&["report", text(&run)]).current_dir(folder.path()).output().unwrap()
    };
    assert!(std::process::Command::new("mkfifo").arg(&here).status().unwrap().success());
    let output = report();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("kneewise.toml: not a regular file"), "{}", said(&output));
    fs::remove_file(&here).unwrap();
    for leads_to in ["/dev/null", "no-such-file"] {
        std::os::unix::fs::symlink(leads_to, &here).unwrap();
        let output = report();
        assert_eq!(output.status.code(), Some(2), "{leads_to}");
        assert!(said(&output).contains("kneewise.toml: "), "{}", said(&output));
        fs::remove_file(&here).unwrap();
    }
    assert_eq!(report().status.code(), Some(0));
}

#[test]
fn nothing_of_a_file_steers_a_terminal_or_runs_in_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("=HYPERLINK(1)\u{202E}\u{9B}31m.csv");
    let rows =
        "date,distance_km,shoe,\u{1B}]0;x\n2026-04-01,5,\u{1B}[31mred,\n\u{1B}[2J\u{9B}bad,5,,\n2026-04-02,6,a,\n";
    fs::write(&log, rows).unwrap();
    let within = folder.path().to_path_buf();
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202A}'..='\u{202E}');
    for arguments in [
        &["scan", "."][..],
        &["scan", ".", "--format", "json"],
        &["runs", ".", "--format", "csv"],
        &["runs", ".", "--format", "json"],
        &["runs", "."],
        &["report", "."],
        &["report", ".", "--format", "html"],
        &["report", ".", "--strict"],
        &["show", text(&log)],
        &["inspect", text(&log)],
        &["report", ".", "--diary", text(&log)],
    ] {
        let output = command(arguments).current_dir(&within).output().unwrap();
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8(stream.clone()).unwrap();
            assert!(!text.contains(steers), "{arguments:?}: {text:?}");
        }
    }
    let output = command(&["runs", log.file_name().unwrap().to_str().unwrap(), "--format", "csv"])
        .current_dir(&within)
        .output()
        .unwrap();
    let csv = String::from_utf8(output.stdout).unwrap();
    assert!(csv.contains(",'=HYPERLINK(1)"), "{csv}");
}

#[test]
fn a_home_folder_is_a_tilde_unless_data_is_asked_for_in_full() {
    let home = tempfile::tempdir().unwrap();
    let run = home.path().join("a.fit");
    fs::copy(in_project(RUN), &run).unwrap();
    let out = |arguments: &[&str]| {
        let output = command(arguments).env("HOME", home.path()).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let path = text(home.path());
    for arguments in [
        &["scan", path][..],
        &["runs", path, "--format", "csv"],
        &["report", path, "--format", "json"],
        &["show", "no", &format!("{path}/none")],
    ] {
        assert!(!out(arguments).contains(path), "{arguments:?}: {}", out(arguments));
    }
    let ledger: Value = serde_json::from_str(&out(&["scan", path, "--format", "json"])).unwrap();
    assert_eq!(ledger["rows"][0]["path"], "~/a.fit");
    assert!(out(&["scan", path, "--format", "json", "--full-paths"]).contains(path));
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_refused_and_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [text(&pipe), "/dev/zero"] {
        for arguments in [
            &["inspect", path][..],
            &["show", path],
            &["report", RUN, "--diary", path],
            &["report", RUN, "--profile", path],
            &["report", RUN, "--config", path],
            &["diary", "list", "--diary", path],
            &["diary", "add", "--note", "x", "--diary", path],
            &["profile", "show", "--profile", path],
            &["scan", path],
        ] {
            let output = kneewise(arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let all = String::from_utf8_lossy(&output.stdout).into_owned() + &said(&output);
            assert!(all.contains("not a regular file"), "{arguments:?}: {all}");
        }
    }
}

#[test]
fn settings_that_leave_out_a_rule_on_pain_are_named_first() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(in_project(RUN), folder.path().join("a.fit")).unwrap();
    let report = |settings: &str, arguments: &[&str]| {
        fs::write(folder.path().join("kneewise.toml"), settings).unwrap();
        let output = command(&[&["report", "a.fit"], arguments].concat()).current_dir(folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let named = "kneewise.toml leaves out the rule pain-zones";
    for settings in ["[rules]\nignore = [\"pain-zones\"]\n", "[rules]\nselect = [\"no-rest-days\"]\n"] {
        let text = report(settings, &[]);
        let at = text.find(named).unwrap_or_else(|| panic!("{text}"));
        assert!(at < text.find("LOAD").unwrap(), "{text}");
        assert!(report(settings, &["--format", "json"]).contains("leaves out the rule pain-zones"));
    }
    let softer = report("[rules.pain-zones]\nhigh = 10\n", &[]);
    assert!(softer.contains("kneewise.toml sets other limits for the rule pain-zones"), "{softer}");
    assert!(!report("[rules]\nignore = [\"no-rest-days\"]\n", &[]).contains("leaves out"));
}

/// The cases that were found, where they lie beside the checkout.
#[test]
fn the_cases_that_were_found_are_refused_or_read_within_bounds() {
    let Some(folder) = shared("cases/security") else { return };
    let mut n = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension == "sh") {
            continue;
        }
        let output = kneewise(&["scan", text(&path), "--format", "json"]);
        assert!(matches!(output.status.code(), Some(0 | 2)), "{path:?}");
        let ledger: Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = ledger["rows"].as_array().unwrap();
        assert!(!rows.is_empty() && rows.len() <= 6000, "{path:?}: {}", rows.len());
        assert!(rows.iter().all(|row| row["outcome"] == "read" || row["reason"].is_string()), "{path:?}");
        n += 1;
    }
    assert!(n >= 8);
}
