//! How texts for people are written: the habits to avoid, how long a sentence of a finding is, and
//! how percent, days and numbers look. Names in code and comments are no texts for people.

use std::fs;

use kneewise_core::baseline::METHOD;
use kneewise_core::knowledge::article;
use kneewise_core::knowledge::card::CARDS;
use kneewise_core::load::{CONVENTIONS, FIGURES, LOADS};
use kneewise_core::rule::before_pain::BEFORE_PAIN;
use kneewise_core::rule::{RULES, Rule};
use kneewise_core::triage::{self, signs};
use kneewise_core::{Finding, Report};
use kneewise_import::Ledger;
use kneewise_report::{Detail, Document, HTML, MARKDOWN, TEXT, TextStyle, render};

use crate::corpus::LOGS;
use crate::docs::sources;
use crate::prose::{literals, texts_for_people};
use crate::support::in_project;

/// A habit, and what replaces it.
const HABITS: [(&str, &str); 42] = [
    ("goes with injur", "is linked to"),
    ("go with injur", "are linked to"),
    ("gone with", "been linked to"),
    ("went with injur", "were linked to"),
    ("went with more", "was linked to more"),
    ("went with fewer", "was linked to fewer"),
    ("of late", "recently"),
    ("would be noted", "is flagged"),
    ("is noted", "is flagged"),
    ("are noted", "are flagged"),
    ("held against", "compared with"),
    ("your own of the", "your usual"),
    ("from your own", "from your usual"),
    ("above your own", "above your usual"),
    ("below your own", "below your usual"),
    ("of your own", "your"),
    ("in the mean", "on average"),
    ("mean week", "average week"),
    ("for want of", "for lack of"),
    ("anew", "again"),
    ("weighs one tier more", "raised one level"),
    ("weigh one tier more", "raised one level"),
    ("looked for and not found", "checked, nothing found"),
    ("somebody with training", "a doctor or physiotherapist"),
    ("is none such as", "is not a … such as"),
    ("where there is none", "without"),
    ("where there are none", "without"),
    ("such as it is", "(leave it out)"),
    ("speaks of", "covers, mentions"),
    ("speak of", "cover, mention"),
    ("says of", "found about"),
    ("say of", "found about"),
    ("tells of", "records"),
    ("tell of", "record"),
    ("does not tell", "does not show"),
    ("is not told", "is not known"),
    ("are not told", "are not known"),
    ("whoever", "a runner who"),
    ("how many of a hundred", "(once, at the foot)"),
    ("how many that is", "(once, at the foot)"),
    ("its summary does not say", "(once, at the foot)"),
    ("otherwise than", "differently from"),
];

/// A text in lower case with single blanks, and one at either end.
fn plain(text: &str) -> String {
    format!(" {} ", text.replace("\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
}

/// Where a phrase stands in a text, as words of its own; `go with injur` may go on.
fn stands(text: &str, phrase: &str) -> Option<usize> {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let open = phrase.ends_with("injur");
    text.match_indices(phrase).map(|(at, _)| at).find(|at| {
        is_edge(text[..*at].chars().next_back()) && (open || is_edge(text[at + phrase.len()..].chars().next()))
    })
}

/// What of the habits a text has.
fn habits(text: &str) -> Vec<String> {
    let text = plain(text);
    let around =
        |at: usize| text.chars().skip(text[..at].chars().count().saturating_sub(40)).take(100).collect::<String>();
    let mut found: Vec<String> = (HABITS.iter())
        .filter_map(|(habit, instead)| Some(format!("`{habit}` for `{instead}`: …{}", around(stands(&text, habit)?))))
        .collect();
    found.extend(["and more", "and fewer"].into_iter().filter_map(|more| {
        let (at, _) = text.match_indices(more).find(|(at, _)| {
            let mut before = text[..*at].split_whitespace().rev().take(3);
            // "90 minutes and more", and not "more than 90 minutes. And more".
            before.any(|word| word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | '°')))
                && text[at + more.len()..].starts_with([' ', '.', ',', ')'])
                && !text[at + more.len()..].starts_with(" than")
        })?;
        Some(format!("`N {more}` for `at least N`: …{}", around(at)))
    }));
    let spaced = text.char_indices().zip(text.chars().skip(1)).zip(text.chars().skip(2));
    found.extend(spaced.filter_map(|(((at, digit), blank), sign)| {
        let is_spaced = digit.is_ascii_digit() && matches!(blank, ' ' | '\u{a0}' | '\u{2009}') && sign == '%';
        is_spaced.then(|| format!("`15 %` for `15%`: …{}", around(at)))
    }));
    found
}

fn manual_pages() -> Vec<(String, String)> {
    let rules = RULES.iter().map(|rule| (rule.id, rule.manual_page()));
    let loads = LOADS.iter().map(|load| (load.id, load.manual_page()));
    let figures = FIGURES.iter().map(|figure| (figure.id, figure.manual_page()));
    let conventions = CONVENTIONS.iter().map(|convention| (convention.id, convention.manual_page()));
    let cards = CARDS.iter().map(|card| (card.id, card.manual_page()));
    let own = [
        ("article", article::page()),
        ("red-flags", triage::page()),
        (BEFORE_PAIN.id, BEFORE_PAIN.manual_page()),
        (METHOD.id, METHOD.manual_page()),
    ];
    rules
        .chain(loads)
        .chain(figures)
        .chain(conventions)
        .chain(cards)
        .chain(own)
        .map(|(id, page)| (id.to_owned(), page))
        .collect()
}

/// The reports of every log of the corpus in each form for people.
fn reports() -> Vec<(String, String)> {
    let ledger = Ledger::default();
    let style = TextStyle { width: 10_000, ..TextStyle::default() };
    let mut all = Vec::new();
    for log in LOGS.iter() {
        for (format, detail) in
            [(&TEXT, Detail::Brief), (&TEXT, Detail::Full), (&MARKDOWN, Detail::Full), (&HTML, Detail::Full)]
        {
            let document = Document::new(&log.report, &ledger).detail(detail);
            let text = render(&document, format, &style).unwrap();
            // Marks are no words, and neither are the data and the styles of a page.
            let text = if format == &HTML { words_of_page(&text) } else { text };
            all.push((format!("{} as {format:?} ({detail:?})", log.name), text));
        }
    }
    all
}

fn words_of_page(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        words.push(' ');
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        let after = match name {
            "script" | "style" | "svg" => tag.split_once(&format!("</{name}>")).map(|(_, after)| after),
            _ => tag.split_once('>').map(|(_, after)| after),
        };
        rest = after.unwrap_or_default();
    }
    words + rest
}

#[test]
fn texts_for_people_have_none_of_the_habits() {
    let mut texts = manual_pages();
    texts.extend(reports());
    texts.extend(signs().map(|sign| (sign.id.to_owned(), format!("{} {}", sign.question, sign.care))));
    let mut files = Vec::new();
    for folder in ["crates/cli", "crates/profile/src", "crates/import/src", "crates/table/src"] {
        sources(&in_project(folder), &mut files);
    }
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        // The doc comments of arguments are help; others are for programmers.
        let text =
            if file.starts_with(in_project("crates/cli/args")) { texts_for_people(code) } else { literals(code) };
        texts.push((file.display().to_string(), text));
    }
    let found: Vec<String> = texts
        .iter()
        .flat_map(|(name, text)| habits(text).into_iter().map(move |habit| format!("{name}: {habit}")))
        .collect();
    assert!(found.is_empty(), "{} habits:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_habits_are_found_where_they_are() {
    for text in ["It goes with injuries.", "two runs of 45 minutes and more.", "rose by 15 %", "a line of\nlate"] {
        assert_eq!(habits(text).len(), 1, "{text}");
    }
    for text in ["more and more", "a 15% rise", "isolate", "At least 2, and more than 3", "it relates to pain"] {
        assert_eq!(habits(text), Vec::<String>::new(), "{text}");
    }
}

/// The sentences of a text.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let ends: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| {
            matches!(c, '.' | '?' | ':' | ';') && text[at + c.len_utf8()..].chars().next().is_none_or(|c| c == ' ')
        })
        .map(|(at, c)| at + c.len_utf8())
        .chain([text.len()])
        .collect();
    ends.into_iter().map(move |end| {
        let sentence = text[from..end].trim();
        from = end;
        sentence
    })
}

/// The words of a finding, all in all.
fn words_of(finding: &Finding) -> [&str; 4] {
    [
        finding.message.as_str(),
        finding.study.as_deref().unwrap_or_default(),
        finding.consider.as_deref().unwrap_or_default(),
        finding.not_known,
    ]
}

fn findings() -> impl Iterator<Item = (&'static str, &'static Finding)> {
    LOGS.iter().flat_map(|log| log.report.findings.iter().map(move |finding| (log.name, finding)))
}

#[test]
fn a_sentence_of_a_finding_is_short_and_has_one_limit() {
    const MOST_WORDS: usize = 30;
    let mut wrong = Vec::new();
    for (log, finding) in findings() {
        for sentence in words_of(finding).into_iter().flat_map(sentences) {
            let words = sentence.split_whitespace().count();
            let limits = sentence.matches("flagged").count();
            if words > MOST_WORDS || limits > 1 || limits == 1 && sentence.contains("compared with") {
                wrong.push(format!("{log}, {}: {words} words, {limits} limits: {sentence}", finding.rule));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn days_and_numbers_of_findings_are_written_as_people_write_them() {
    for (log, finding) in findings() {
        for word in words_of(finding).into_iter().flat_map(str::split_whitespace) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
            let is_date = word.len() == 10 && word.split('-').count() == 3 && word.split('-').all(digits);
            let whole = word.split('.').next().unwrap_or_default();
            let is_year = digits(word) && matches!(word.parse(), Ok(1900..=2100));
            let is_ungrouped = whole.len() > 3 && digits(whole) && !is_year;
            assert!(!is_date && !is_ungrouped, "{log}, {}: {word} in {}", finding.rule, finding.message);
        }
    }
}

/// Whether a text names a command or an option of the program.
fn named_command(text: &str) -> Option<&str> {
    const VERBS: [&str; 16] = [
        "report", "runs", "days", "weeks", "show", "trend", "scan", "check", "explain", "plot", "inspect", "profile",
        "shoes", "diary", "triage", "render",
    ];
    let command = text.split_whitespace().zip(text.split_whitespace().skip(1)).find(|(program, verb)| {
        program.trim_matches(|c: char| !c.is_alphanumeric()) == "kneewise"
            && VERBS.contains(&verb.trim_matches(|c: char| !c.is_alphanumeric()))
    });
    let is_option = |word: &&str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '-');
        word.strip_prefix("--").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    command.map(|(_, verb)| verb).or_else(|| text.split_whitespace().find(is_option))
}

#[test]
fn what_a_runner_reads_of_a_finding_names_no_rule_and_no_command() {
    let is_id = |rule: &&&Rule, text: &str| rule.id.contains('-') && text.contains(rule.id);
    for (log, finding) in findings() {
        for text in words_of(finding) {
            let id = RULES.iter().find(|rule| is_id(rule, text)).map(|rule| rule.id);
            assert!(id.is_none() && named_command(text).is_none(), "{log}, {}: {id:?} {text}", finding.rule);
        }
        let needs = finding.reason.as_deref().unwrap_or_default();
        let remedy = finding.remedy.as_ref().map_or("", |remedy| remedy.text());
        assert!(named_command(needs).is_none() && named_command(remedy).is_none(), "{needs} {remedy}");
    }
    let care = |report: &Report| report.care.iter().map(|care| care.because.clone()).collect::<Vec<_>>();
    assert!(LOGS.iter().flat_map(|log| care(&log.report)).all(|because| named_command(&because).is_none()));
}

/// The program adds commands and options at its edge.
#[test]
fn no_text_of_a_library_names_a_command_or_an_option() {
    let mut files = Vec::new();
    for folder in ["crates/read/src", "crates/core/src", "crates/table/src", "crates/import/src", "crates/profile/src"]
    {
        sources(&in_project(folder), &mut files);
    }
    assert!(files.len() > 100);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let text = literals(source.split("#[cfg(test)]").next().unwrap_or_default()).replace("\\n", " ");
        assert_eq!(named_command(&text), None, "{}", file.display());
    }
    assert_eq!(named_command("add one with (kneewise diary add)"), Some("diary"));
    assert_eq!(named_command("more; --large-inputs reads"), Some("--large-inputs"));
    assert_eq!(named_command("| --- | what kneewise does |"), None);
}

#[test]
fn names_of_rules_read_under_every_heading() {
    for rule in RULES {
        let name = rule.name.to_lowercase();
        let lean = [
            "no ", "few ", "too ", "low ", "high ", "short ", "bad ", "uneven ", "abrupt ", "sudden ", "above ",
            "below ",
        ];
        assert!(lean.iter().all(|word| !name.starts_with(word)), "{}: {}", rule.id, rule.name);
    }
}
