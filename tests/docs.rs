//! The documents: generated pages are up to date, and all words keep to what can be said.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kneewise_core::baseline::METHOD;
use kneewise_core::knowledge::card::CARDS;
use kneewise_core::knowledge::{article, reference};
use kneewise_core::load::{CONVENTIONS, FIGURES, LOADS};
use kneewise_core::measure::form::FormMetric;
use kneewise_core::measure::metric::METRICS;
use kneewise_core::report::FOOTER;
use kneewise_core::rule::RULES;
use kneewise_core::rule::before_pain::BEFORE_PAIN;
use kneewise_core::triage;
use kneewise_read::activity::NoteKind;
use kneewise_read::witness;

use crate::prose::texts_for_people;
use crate::support::{imported, in_project, kneewise};

/// Compares a page with what the code says, or writes it where `KNEEWISE_BLESS` is set.
fn check_page(path: &str, title: &str, pages: impl Iterator<Item = String>) {
    let headed = pages.map(|page| page.replace("\n## ", "\n### ").replacen("# ", "## ", 1));
    let text = format!(
        "# {title}\n\nGenerated from the doc comments in the code; `kneewise explain` prints the same.\n\n{}",
        headed.collect::<Vec<_>>().join("\n")
    );
    let file = in_project(path);
    if std::env::var_os("KNEEWISE_BLESS").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let on_disk = fs::read_to_string(&file).unwrap_or_default();
    assert!(on_disk == text, "{path} is out of date: run `KNEEWISE_BLESS=1 cargo test docs`");
}

#[test]
fn rules_page_is_what_the_code_says() {
    let pages = RULES.iter().map(|rule| rule.manual_page());
    check_page("docs/rules.md", "Rules", pages.chain([crate::corpus::base_rates_page()]));
}

#[test]
fn article_page_is_what_the_code_says() {
    let cards = CARDS.iter().map(|card| card.manual_page());
    let pages = [article::page(), triage::page(), BEFORE_PAIN.manual_page()];
    check_page("docs/article.md", "The article, and what comes of it", pages.into_iter().chain(cards));
}

#[test]
fn references_page_is_what_the_code_says() {
    check_page("docs/references.md", "References", [reference::page()].into_iter());
}

#[test]
fn metrics_page_is_what_the_code_says() {
    let pages = METRICS.iter().map(|metric| metric.manual_page());
    check_page("docs/metrics.md", "Metrics", [witness::page()].into_iter().chain(pages));
}

/// The pages of loads, figures and conventions.
fn load_pages() -> impl Iterator<Item = String> {
    let loads = LOADS.iter().map(|load| load.manual_page());
    let figures = FIGURES.iter().map(|figure| figure.manual_page());
    loads.chain(figures).chain(CONVENTIONS.iter().map(|convention| convention.manual_page()))
}

#[test]
fn load_page_is_what_the_code_says() {
    check_page("docs/load.md", "Load", load_pages());
}

#[test]
fn every_page_of_a_load_names_its_source_and_its_limits() {
    for page in load_pages() {
        for part in ["**Source**: ", "**Limits**: "] {
            let said = page.split_once(part).map_or("", |(_, rest)| rest.split("\n\n").next().unwrap_or_default());
            assert!(said.trim().len() > 10, "{part}in\n{page}");
        }
        // One page is read at a time.
        assert!(!page.contains("as of `") && !page.contains("; see `"), "{page}");
    }
}

#[test]
fn trend_page_is_what_the_code_says() {
    check_page("docs/trend.md", "Trends", std::iter::once(METHOD.manual_page()));
}

/// The table of docs/readers.md is what the readers make of every fixture, read by itself.
#[test]
fn readers_page_is_what_the_readers_do() {
    let cell = |text: &str| text.replace('|', "\\|");
    let row = |fixture: &kneewise_fixtures::Fixture| {
        let name = fixture.path.strip_prefix("formats/")?;
        let import = imported(&in_project("fixtures").join(&fixture.path));
        let [row] = import.ledger.rows.as_slice() else { panic!("{name}: {} rows", import.ledger.rows.len()) };
        let samples: usize = row.activities.iter().map(|activity| activity.samples).sum();
        let what = match &row.reason {
            Some(reason) if samples == 0 => format!("{}: {reason}", row.outcome),
            _ => format!("{}, {} in {}", row.outcome, samples, row.activities.len()),
        };
        let damage = row.notes.iter().filter(|note| note.kind == NoteKind::Damage).map(|note| note.text.as_str());
        let said = damage.collect::<Vec<_>>().join("; ");
        Some(format!("| `{name}` | {} | {} | {} |\n", cell(&fixture.why), cell(&what), cell(&said)))
    };
    let rows: String = kneewise_fixtures::all().iter().filter_map(row).collect();
    let file = in_project("docs/readers.md");
    let on_disk = fs::read_to_string(&file).unwrap();
    let (before, rest) = on_disk.split_once("<!-- begin -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    let head = "| file | what it is | what becomes of it: samples in activities | what is said of damage |\n|---|---|---|---|\n";
    let text = format!("{before}<!-- begin -->\n{head}{rows}<!-- end -->{after}");
    if std::env::var_os("KNEEWISE_BLESS").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let on_disk = fs::read_to_string(&file).unwrap();
    assert!(on_disk == text, "docs/readers.md is out of date: run `KNEEWISE_BLESS=1 cargo test docs`");
}

/// Words of evidence that no training log can give, but where a sentence denies them.
fn assert_claims_nothing(text: &str) {
    const NEVER: [&str; 28] = [
        "diagnose",
        "diagnoses",
        "diagnosis",
        "detect",
        "detects",
        "prevent",
        "prevents",
        "treat",
        "treats",
        "cure",
        "safe",
        "danger",
        "dangerous",
        "overpronator",
        "you have a",
        "predict",
        "predicts",
        "predicted",
        "predicting",
        "prediction",
        "predictions",
        "predictor",
        "predictive",
        "forecast",
        "injury risk",
        "risk of injury",
        "at risk",
        "sweet spot",
    ];
    // Sentences that say what cannot be said; a new one is judged when it is written here.
    const DENIALS: [&str; 6] = [
        FOOTER,
        "does not predict",
        "do not predict",
        "cannot predict",
        "have not reliably predicted",
        "does not support using it to predict",
    ];
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let plain = format!(" {} ", words(text));
    let plain = DENIALS.iter().fold(plain, |plain, denial| plain.replace(&words(denial), ""));
    for word in NEVER {
        assert!(!plain.contains(&format!(" {word} ")), "`{word}` in:\n{text}");
    }
}

#[test]
fn no_text_claims_what_a_training_log_cannot_show() {
    let pages = RULES.iter().map(|rule| rule.manual_page()).chain(METRICS.iter().map(|metric| metric.manual_page()));
    let cards = CARDS.iter().map(|card| card.manual_page());
    let readme = fs::read_to_string(in_project("README.md")).unwrap();
    let own =
        [article::page(), triage::page(), reference::page(), BEFORE_PAIN.manual_page(), METHOD.manual_page(), readme];
    pages.chain(load_pages()).chain(cards).chain(own).for_each(|text| assert_claims_nothing(&text));
}

/// The files of source under a folder, but for tests.
pub fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "tests") {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|end| end == "rs")
            && path.file_name().is_none_or(|name| name != "tests.rs")
        {
            found.push(path);
        }
    }
}

/// Whatever the program asks, answers or warns of is a string literal or a doc comment of its
/// source: questions, help, errors, notes.
#[test]
fn no_question_help_or_error_claims_it() {
    let mut files = Vec::new();
    for folder in ["crates/cli", "crates/profile/src", "crates/import/src", "crates/table/src"] {
        sources(&in_project(folder), &mut files);
    }
    let mut all = String::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let text = texts_for_people(source.split("#[cfg(test)]").next().unwrap_or_default()).replace("\\n", " ");
        assert_claims_nothing(&format!("{}: {text}", file.display()));
        all.push_str(&text);
    }
    for said in
        ["In which month did you begin to run", "Which rules are checked and with which limits", "is not a pace"]
    {
        assert!(all.contains(said), "{said}");
    }
}

#[test]
fn no_report_claims_it_either() {
    for format in kneewise_report::FORMATS.iter().map(|format| format.name) {
        let output = kneewise(&["report", "fixtures/sample-log", "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(FOOTER), "{format} closes with the footer");
        assert_claims_nothing(&text);
    }
}

#[test]
fn no_other_output_claims_it() {
    const LOG: &str = "fixtures/sample-log";
    let run = "fixtures/formats/one-run.fit";
    let mut commands = vec![vec!["show", run], vec!["show", run, "--format", "md"], vec!["explain"], vec!["--help"]];
    commands.extend(["runs", "days", "weeks", "scan", "check"].map(|command| vec![command, LOG]));
    commands.extend(["trimp_banister", "ladder"].map(|load| vec!["days", LOG, "--load", load]));
    commands.push(vec!["weeks", LOG, "--load", "session_rpe"]);
    commands.extend(FormMetric::ALL.map(|metric| vec!["trend", metric.id(), LOG]));
    commands.push(vec!["trend", "pace_s_per_km", LOG]);
    commands.extend(["au", "threshold-heart-rate", "band", "bridge", "ewma"].map(|word| vec!["explain", word]));
    let verbs = [
        "report", "runs", "days", "weeks", "show", "trend", "scan", "check", "explain", "plot", "inspect", "shoes",
        "triage",
    ];
    commands.extend(verbs.map(|verb| vec![verb, "--help"]));
    for (verb, part) in [("profile", "init"), ("profile", "show"), ("diary", "add"), ("diary", "list")] {
        commands.extend([vec![verb, "--help"], vec![verb, part, "--help"]]);
    }
    commands.extend([vec!["triage"], vec!["profile", "init"]]);
    for arguments in commands {
        let output = kneewise(&arguments);
        // What is said on standard error is read too.
        for bytes in [output.stdout, output.stderr] {
            assert_claims_nothing(&String::from_utf8(bytes).unwrap());
        }
    }
}

#[test]
fn every_command_and_rule_is_in_the_readme() {
    let readme = fs::read_to_string(in_project("README.md")).unwrap();
    for command in ["report", "runs", "days", "weeks", "trend", "scan", "check", "explain", "plot"] {
        assert!(readme.contains(&format!("`kneewise {command} ")), "{command}");
    }
    for rule in RULES {
        assert!(readme.contains(&format!("| `{}` |", rule.id)), "{}", rule.id);
    }
}

#[test]
fn nothing_in_the_program_can_reach_a_network() {
    const NETWORK: [&str; 9] =
        ["reqwest", "hyper", "ureq", "curl", "isahc", "surf", "rustls", "native-tls", "tungstenite"];
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--locked", "--offline"])
        .current_dir(in_project("."))
        .output()
        .unwrap();
    let packages = String::from_utf8(tree.stdout).unwrap();
    assert!(packages.contains("memchr "), "{}", String::from_utf8_lossy(&tree.stderr));
    for package in packages.lines() {
        let name = package.split(' ').next().unwrap_or_default();
        assert!(!NETWORK.contains(&name), "{package} is compiled into the program");
    }
}
