//! Every form of one report: as it was when it was last looked at, and with the numbers of the
//! data.

use std::collections::BTreeSet;

use kneewise_core::runner::diary::{Pain, Place, Side};
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::{Report, Runner, Settings, analyze};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;
use serde_json::Value;

use super::{AS_OF, document, rendered, runs};
use crate::chart::{self, Data, View};
use crate::{Detail, HTML, JSON, MARKDOWN, Saved, TEXT, TextStyle, render};

/// Sixteen weeks of runs, and a knee that hurts in the last of them.
fn with_pain() -> Report {
    let entry = |days: i64, after: u8| Entry {
        pain: Pain { during: Some(after / 2), after: Some(after), next_morning: Some(1) },
        side: Some(Side::Right),
        place: Some(Place::InnerBelow),
        note: "stairs, asked me@mail.example".to_owned(),
        ..Entry::on(AS_OF.saturating_add_days(-days))
    };
    let runner = Runner { diary: Diary::new(vec![entry(9, 2), entry(5, 4), entry(2, 5)]), ..Runner::default() };
    analyze(runs(), &runner, &Settings::default(), AS_OF)
}

fn brief(report: &Report) -> String {
    render(&document(report, Detail::Brief), &TEXT, &TextStyle::default()).expect("renders")
}

/// The parts of a page that are read first, a tag a line, without pictures.
fn first_screen(page: &str) -> String {
    let (_, shown) = page.split_once("<header>").expect("a header");
    let (shown, _) = shown.split_once("<section class=\"card sec\" id=\"load\"").expect("the load");
    let mut text = String::new();
    for (i, part) in shown.split("<svg ").enumerate() {
        text += if i == 0 { part } else { part.split_once("</svg>").map_or("", |(_, after)| after) };
    }
    text.replace("><", ">\n<")
}

#[test]
fn every_form_of_one_report_is_as_it_was() {
    let report = with_pain();
    insta::assert_snapshot!("first_screen_text", brief(&report));
    insta::assert_snapshot!("full_text", rendered(&report, &TEXT, TextStyle::default()));
    insta::assert_snapshot!("markdown", rendered(&report, &MARKDOWN, TextStyle::default()));
    insta::assert_snapshot!("first_screen_page", first_screen(&rendered(&report, &HTML, TextStyle::default())));
    let view = View { width_px: 400.0, height_px: 200.0, days: Some(28) };
    let chart = chart::find("session-spike").expect("a chart");
    let svg = chart::svg(chart, &Data { report: &report, units: Units::Metric }, &view).expect("draws");
    insta::assert_snapshot!("chart", svg.split("</style>").nth(1).expect("shapes").replace("><", ">\n<"));
}

/// The numbers of a text, without commas between thousands.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let pieces = text.split(|c| !is_part(c)).map(|piece| piece.trim_matches(['.', ',']).replace(',', ""));
    pieces.filter(|piece| !piece.is_empty()).map(|piece| plain(&piece)).collect()
}

/// A number without zeros in front.
fn plain(number: &str) -> String {
    let text = number.trim_start_matches('0');
    if text.is_empty() || text.starts_with('.') { format!("0{text}") } else { text.to_owned() }
}

/// Every way in which a value of the data may be written: as it is, in kilometres, in minutes, as
/// per cent more.
fn allowed(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => into.extend(numbers(&text.replace('-', " "))),
        Value::Number(number) => {
            let number = number.as_f64().expect("a number").abs();
            let rounded_down = (number / 100.0 + 1e-6).floor() / 10.0;
            for value in [number, number / 1000.0, rounded_down, 100.0 * (number - 1.0), number / 60.0, number / 3600.0]
            {
                into.extend([0, 1, 2].map(|digits| plain(&format!("{value:.digits$}"))));
            }
        }
        Value::Array(all) => {
            into.insert(all.len().to_string());
            for value in all {
                allowed(value, into);
            }
        }
        Value::Object(all) => {
            for value in all.values() {
                allowed(value, into);
            }
        }
        _ => {}
    }
}

/// A page's text, without tags, pictures and what is folded.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push(' ');
        text += part.split_once('>').map_or(part, |(_, after)| after);
    }
    text
}

#[test]
fn every_number_that_is_read_is_one_of_the_data() {
    let report = with_pain();
    let mut data: Value = serde_json::from_str(&rendered(&report, &JSON, TextStyle::default())).expect("JSON");
    // The words of the report would allow themselves.
    data.as_object_mut().expect("an object").remove("outline");
    let mut known = BTreeSet::new();
    allowed(&data, &mut known);
    let page = rendered(&report, &HTML, TextStyle::default());
    let forms = [
        ("text", brief(&report)),
        ("page", text_of(&first_screen(&page).replace("&#39;", "'"))),
        ("markdown", rendered(&report, &MARKDOWN, TextStyle::default())),
        ("full text", rendered(&report, &TEXT, TextStyle::default())),
    ];
    for (name, text) in forms {
        let unknown: Vec<String> = numbers(&text).difference(&known).cloned().collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?} are not in the data\n{text}");
    }
}

#[test]
fn a_page_and_its_data_give_the_other_forms_again() {
    let report = with_pain();
    let page = rendered(&report, &HTML, TextStyle::default());
    let json = rendered(&report, &JSON, TextStyle::default());
    let style = TextStyle::default();
    for (what, saved) in [("page", &page), ("JSON", &json)] {
        let saved = Saved::parse(saved).unwrap_or_else(|error| panic!("{what}: {error}"));
        let form = |format, detail| saved.render(format, detail, &style);
        let (first, full) = (form(&TEXT, Detail::Brief), form(&TEXT, Detail::Full));
        let mask = |text: String| text.replace("me@mail.example", "(e-mail)");
        assert_eq!(first.map(mask), Some(mask(brief(&report))), "{what}");
        assert_eq!(full.map(mask), Some(mask(rendered(&report, &TEXT, style))), "{what}");
        let markdown = form(&MARKDOWN, Detail::Full);
        assert_eq!(markdown.map(mask), Some(mask(rendered(&report, &MARKDOWN, style))), "{what}");
        assert_eq!(form(&HTML, Detail::Full), None);
    }
    let again = Saved::parse(&json).expect("a report").render(&JSON, Detail::Full, &style);
    assert_eq!(again.as_deref(), Some(json.as_str()));
}

#[test]
fn a_page_names_no_address_folder_or_place() {
    let page = rendered(&with_pain(), &HTML, TextStyle::default());
    for private in ["me@mail", "home/runner", "latitude", "longitude"] {
        assert!(!page.contains(private), "{private}");
    }
    assert!(page.contains("(e-mail)"), "the note itself is shown");
}

#[test]
fn what_a_page_has_no_room_for_is_counted() {
    let many: Vec<_> = (0..3000).rev().map(|day| super::run(AS_OF.saturating_add_days(-day), 8.0)).collect();
    let page = rendered(&super::report(many, AS_OF), &HTML, TextStyle::default());
    let data = Saved::parse(&page).expect("a report").render(&JSON, Detail::Full, &TextStyle::default());
    let data: Value = serde_json::from_str(&data.expect("a form")).expect("JSON");
    let runs = data["runs"].as_array().expect("runs");
    assert!(page.len() < 1_500_000 && !runs.is_empty(), "{} bytes", page.len());
    assert_eq!(data["left_out"]["runs"], 3000 - runs.len());
    assert_eq!(runs.last().expect("a run")["local_date"], AS_OF.to_string(), "the newest are kept");
}
