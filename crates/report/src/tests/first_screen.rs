//! What comes first, in a terminal: its words, its states, its size.

use jiff::civil::date;
use kneewise_core::rule::RULES;
use kneewise_core::runner::diary::{Pain, Place, Side};
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::triage::find;
use kneewise_core::{Report, Runner, Settings, analyze};

use kneewise_read::unit::Unit;

use super::{AS_OF, document, report, runs};
use crate::digest::{State, digest};
use crate::wrap::columns;
use crate::{Detail, TEXT, TextStyle, render};

fn with_diary(entries: Vec<Entry>) -> Report {
    let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
    analyze(runs(), &runner, &Settings::default(), AS_OF)
}

fn entry(day: i8, after: u8) -> Entry {
    Entry {
        pain: Pain { after: Some(after), ..Pain::default() },
        side: Some(Side::Right),
        place: Some(Place::InnerBelow),
        ..Entry::on(date(2026, 3, day))
    }
}

fn screen(report: &Report, width: usize) -> String {
    render(&document(report, Detail::Brief), &TEXT, &TextStyle { width, ..TextStyle::default() }).expect("renders")
}

fn stuck() -> Report {
    let signs = Some(vec![find("locked").expect("a sign")]);
    with_diary(vec![Entry { signs, ..entry(21, 3) }])
}

#[test]
fn every_rule_says_in_a_few_words_what_it_found() {
    for rule in RULES {
        let brief = &rule.brief;
        let words = |text: &str| text.split_whitespace().count();
        assert!((1..=5).contains(&words(brief.title)), "{}: {}", rule.id, brief.title);
        assert!(words(brief.action) <= 12, "{}: {}", rule.id, brief.action);
        assert!(brief.action.is_empty() || brief.action.ends_with('.'), "{}: {}", rule.id, brief.action);
        assert!(!brief.readings.is_empty(), "{}", rule.id);
        for reading in brief.readings {
            let number = if reading.unit == Unit::Metres { "1,928 km" } else { "1.59×" };
            let longest = [number, reading.unit_words, reading.compared].join(" ");
            assert!(columns(&longest) <= 41, "{}: {longest}", rule.id);
            assert!(reading.event.is_empty() || reading.event.contains("{}"), "{}: {}", rule.id, reading.event);
        }
    }
}

#[test]
fn the_states_open_with_what_matters() {
    let state = |report: &Report| digest(&document(report, Detail::Brief)).state;
    let pain = with_diary(vec![entry(19, 2), entry(21, 6)]);
    assert_eq!(state(&pain), State::Pain);
    assert_eq!(state(&stuck()), State::Care);
    assert_eq!(state(&report(runs(), AS_OF)), State::Findings);
    assert_eq!(state(&report(runs(), date(2026, 3, 14))), State::Nothing);
    assert_eq!(state(&report(runs(), date(2025, 12, 20))), State::TooShort);
    assert_eq!(state(&report(Vec::new(), AS_OF)), State::NoRuns);
    let said = digest(&document(&pain, Detail::Brief));
    assert_eq!(said.headline[0], "Right knee pain up to 6 out of 10.");
    assert!(
        said.next_step.is_some_and(|next| next.text.starts_with("shorten or leave out runs until pain stays at 5"))
    );
}

#[test]
fn nothing_is_to_be_considered_while_something_comes_first() {
    let said = digest(&document(&stuck(), Detail::Brief));
    assert!(said.next_step.is_some_and(|next| next.is_referral));
    assert!(said.standouts.iter().all(|finding| finding.action.is_none()) && said.next.is_none());
    assert!(!said.standouts.is_empty(), "what was measured is told");
    let text = screen(&stuck(), 80);
    assert!(text.lines().nth(1).is_some_and(|line| line.starts_with('▲')), "{text}");
    assert!(!text.contains("Consider") && !text.contains('→'), "{text}");
}

#[test]
fn an_event_is_told_once_and_with_its_limit() {
    let said = digest(&document(&report(runs(), AS_OF), Detail::Brief));
    let first = &said.standouts[0];
    assert_eq!(
        (&*first.rule, first.number.as_str(), first.lead.as_deref()),
        ("session-spike", "2.91×", Some("32.0 km"))
    );
    assert_eq!((first.limit.as_str(), first.compared.as_str()), ("above 2.00×", "your longest of 30 days"));
    assert!(!first.raised_with.is_empty());
    let (of_run, all) = (&first.raised_with, &said.standouts[1..]);
    assert!(all.iter().all(|finding| !of_run.contains(&finding.title)), "{all:?}");
    assert_eq!(said.headline, ["You ran 32.0 km on 21 Mar, 2.91 times your longest of 30 days."]);
}

#[test]
fn it_fits_a_terminal() {
    let reports = vec![
        report(runs(), AS_OF),
        report(runs(), date(2026, 3, 14)),
        report(runs(), date(2025, 12, 20)),
        report(Vec::new(), AS_OF),
        with_diary(vec![entry(1, 1), entry(9, 2), entry(15, 3), entry(19, 2), entry(21, 6)]),
        with_diary(vec![entry(2, 4)]),
        stuck(),
    ];
    for report in &reports {
        for width in [80, 100, 120] {
            let text = screen(report, width);
            assert!(text.lines().count() <= 40, "{text}");
            assert!(text.lines().all(|line| columns(line) <= width && line == line.trim_end()), "{width}: {text}");
            let folded = crate::ascii(&text);
            assert!(folded.is_ascii() && folded.lines().count() == text.lines().count(), "{folded}");
            assert!(folded.lines().zip(text.lines()).all(|(a, b)| columns(a) == columns(b)), "{folded}");
        }
        // Narrow terminals may need more lines, and no line breaks out of them.
        assert!(screen(report, 50).lines().all(|line| columns(line) <= 50), "{}", screen(report, 50));
    }
}

#[test]
fn what_hurts_and_what_changed_before_it() {
    insta::assert_snapshot!(screen(&with_diary(vec![entry(15, 2), entry(19, 3), entry(21, 6)]), 80));
}
