//! What people read: text, Markdown, HTML.

use jiff::civil::date;
use kneewise_core::report::{FOOTER, FindingOutcome};
use kneewise_core::runner::diary::Pain;
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::{Runner, Settings, analyze, triage};
use kneewise_import::{Ledger, Outcome, Row};
use kneewise_read::unit::Units;

use super::{AS_OF, EVIL, document, ledger, rendered, report, run, runs, text};
use crate::{Detail, Document, Format, MARKDOWN, OwnFile, TEXT, TextStyle, render, table};

#[test]
fn the_text_of_a_small_log() {
    insta::assert_snapshot!(text(&report(runs(), AS_OF)));
}

#[test]
fn the_markdown_of_a_small_log() {
    insta::assert_snapshot!(rendered(&report(runs(), AS_OF), &MARKDOWN, TextStyle::default()));
}

#[test]
fn the_brief_text_of_a_small_log() {
    let report = report(runs(), AS_OF);
    let own = [
        OwnFile { what: "profile", name: "profile.toml".to_owned(), problems: Vec::new(), on_pain: Vec::new() },
        OwnFile {
            what: "diary",
            name: "diary.csv".to_owned(),
            problems: vec![format!("line 3: {EVIL}")],
            on_pain: Vec::new(),
        },
    ];
    let document = Document { own: &own, ..document(&report, Detail::Brief) };
    insta::assert_snapshot!(render(&document, &TEXT, &TextStyle::default()).expect("renders"));
}

#[test]
fn findings_come_first_and_the_footer_last() {
    let report = report(runs(), AS_OF);
    let (text, markdown) =
        (text(&report).to_lowercase(), rendered(&report, &MARKDOWN, TextStyle::default()).to_lowercase());
    let order = [
        "findings of the last 28 days",
        "elevated",
        "earlier findings",
        "1.36",
        "checked, nothing found",
        "last 28 days  ",
        "never flagged",
        "often said",
        "could not be assessed",
        "neither a watch nor a diary",
        "3 files: 1 read",
    ];
    let mut from = 0;
    for part in order {
        let at = text[from..].find(part).unwrap_or_else(|| panic!("`{part}` in its place"));
        from += at;
    }
    for heading in ["## findings of the last 28 days", "## could not be assessed", "## load", "## files"] {
        assert!(markdown.contains(heading), "{heading}");
    }
    assert!(text.trim_end().ends_with("not clearance to run."));
}

#[test]
fn what_is_not_known_stands_once_for_each_rule() {
    let mut runs = runs();
    runs.push(run(date(2026, 3, 22), 40.0));
    let report = report(runs, AS_OF);
    let flagged: Vec<_> = report.of(FindingOutcome::Flagged).filter(|f| report.is_recent(f)).collect();
    let of_spikes = flagged.iter().filter(|finding| finding.rule == "session-spike").count();
    assert_eq!(of_spikes, 2, "two recent spikes make this a test");
    assert_eq!(text(&report).matches("Not known: This is one exploratory study").count(), 1);
}

#[test]
fn no_line_is_longer_than_the_terminal_is_wide() {
    for width in [50, 60, 80, 120] {
        for report in [report(runs(), AS_OF), report(Vec::new(), AS_OF)] {
            let text = rendered(&report, &TEXT, TextStyle { color: false, width });
            let longest = text.lines().max_by_key(|line| crate::wrap::columns(line)).expect("lines");
            assert!(crate::wrap::columns(longest) <= width, "{width}: {longest}");
        }
    }
}

#[test]
fn colour_adds_nothing_but_escapes() {
    let report = report(runs(), AS_OF);
    let coloured = rendered(&report, &TEXT, TextStyle { color: true, width: 80 });
    let plain = coloured.split('\u{1B}').enumerate().map(|(i, part)| match part.split_once('m') {
        Some((_, rest)) if i > 0 => rest,
        _ => part,
    });
    assert!(coloured.contains('\u{1B}'));
    assert_eq!(plain.collect::<String>(), text(&report));
}

#[test]
fn silence_is_not_called_good_news() {
    let quiet = report(runs(), date(2026, 3, 20));
    let text = text(&quiet);
    let said = "Nothing stood out in the last 28 days, in what could be assessed. That is not the same as no risk.";
    assert!(text.replace('\n', " ").contains(said), "{text}");
}

#[test]
fn rules_that_could_not_look_are_not_called_quiet() {
    let text = text(&report(runs()[..1].to_vec(), date(2025, 12, 2)));
    assert!(text.contains("Nothing could be assessed yet.") && !text.contains("Nothing stood out"), "{text}");
}

#[test]
fn a_log_without_runs_says_what_was_found_instead() {
    let empty = text(&report(Vec::new(), AS_OF));
    assert!(empty.contains("No run, and no other activity, was found in the files."), "{empty}");
    assert!(!empty.contains("LOAD") && empty.contains(&FOOTER[..40]));
    let empty = report(Vec::new(), AS_OF);
    let document =
        Document { report: &empty, ledger: &Ledger::default(), own: &[], units: Units::Metric, detail: Detail::Full };
    let text = render(&document, &TEXT, &TextStyle::default()).expect("renders");
    assert!(text.contains("No file was read"), "{text}");
}

#[test]
fn names_of_files_stay_names() {
    let report = report(runs(), AS_OF);
    let markdown = rendered(&report, &MARKDOWN, TextStyle::default());
    assert!(markdown.contains(r"&lt;b onclick=x>\|\*x\*"), "{markdown}");
    let tables = table::runs(report.log.runs(), Units::Metric, &TextStyle::default())
        + &table::ledger(&ledger(), &TextStyle::default());
    for shown in [text(&report), markdown, tables] {
        assert!(!shown.contains(['\u{1B}', '\u{202E}']), "nothing steers a terminal");
    }
    assert!(!text(&report).contains("home/runner"), "a report is for showing around");
}

#[test]
fn no_text_promises_or_frightens() {
    let forbidden =
        ["diagnos", "detect", "prevent", "treat", "cure", "safe", "danger", "overpronator", "injury risk", "your mcl"];
    let mut texts = vec![
        include_str!("../outline/mod.rs").to_owned(),
        include_str!("../outline/findings.rs").to_owned(),
        include_str!("../outline/load.rs").to_owned(),
        include_str!("../outline/origin.rs").to_owned(),
        include_str!("../words.rs").to_owned(),
        include_str!("../digest/before.rs").to_owned(),
        include_str!("../digest/headline.rs").to_owned(),
        include_str!("../digest/standout.rs").to_owned(),
        include_str!("../terminal/mod.rs").to_owned(),
    ];
    for report in [report(runs(), AS_OF), report(Vec::new(), AS_OF)] {
        texts.extend(
            [&TEXT, &MARKDOWN].map(|format| rendered(&report, format, TextStyle { color: false, width: 10_000 })),
        );
    }
    for text in texts {
        let text = text.replace(FOOTER, "").to_lowercase();
        for word in forbidden {
            assert!(!text.contains(word), "`{word}` in {text}");
        }
    }
}

#[test]
fn a_value_that_rounds_to_its_limit_is_said_to_lie_beside_it() {
    let mut runs = runs();
    runs.retain(|run| run.local_date < date(2026, 1, 15));
    runs.push(run(date(2026, 1, 18), 12.102));
    let text = text(&report(runs, date(2026, 1, 18)));
    assert!(text.contains("measured just over 1.10× · limit 1.10×"), "{text}");
}

/// What the report of a runner says who answered these questions with yes and wrote down pain.
fn text_of(signs: &[&str], format: &Format) -> String {
    let entry = Entry {
        pain: Pain { during: Some(4), ..Pain::default() },
        signs: Some(signs.iter().filter_map(|id| triage::find(id)).collect()),
        ..Entry::on(AS_OF)
    };
    let runner = Runner { birth_year: Some(1970), diary: Diary::new(vec![entry]), ..Runner::default() };
    let report = analyze(runs(), &runner, &Settings::default(), AS_OF);
    rendered(&report, format, TextStyle { color: false, width: 10_000 })
}

#[test]
fn where_something_comes_first_there_is_nothing_to_do_but_that() {
    for format in [&TEXT, &MARKDOWN] {
        let text = text_of(&["fever"], format);
        assert!(text.contains("Go to an emergency department today."), "{text}");
        for advice in ["build up", "stretch", "stay active", "and runs with it", "10% more is", "Ice "] {
            assert!(!text.contains(advice), "{advice} in {text}");
        }
        assert!(text.contains("(low-step-rate)"), "what could not be assessed is said all the same");
        let text = text_of(&["stairs"], format);
        assert!(text.contains("within about two weeks") && text.contains("build up to it"), "{text}");
    }
}

#[test]
fn own_files_among_the_inputs_that_were_not_used_are_named() {
    let skipped = |path: &str| Row::new(path, Outcome::Skipped);
    let ledger = Ledger::new(vec![skipped("logs/diary.csv"), skipped("logs/profile.toml")]);
    let report = report(runs(), AS_OF);
    let own = [OwnFile { what: "profile", name: "me.toml".to_owned(), problems: Vec::new(), on_pain: Vec::new() }];
    let of_detail = |own, detail| {
        let document = Document { own, ledger: &ledger, ..document(&report, detail) };
        render(&document, &TEXT, &TextStyle { color: false, width: 200 }).expect("renders")
    };
    let text = |own| of_detail(own, Detail::Full);
    let first_screen = of_detail(&[], Detail::Brief);
    assert!(
        first_screen.ends_with(
            "hint: your diary or profile is among these files: add --diary diary.csv --profile profile.toml\n"
        )
    );
    assert!(text(&[]).contains("name them with --diary diary.csv and --profile profile.toml."));
    assert!(text(&own).contains("name them with --diary diary.csv."));
}
