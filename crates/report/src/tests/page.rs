//! The page.

use kneewise_core::report::FindingOutcome;
use kneewise_core::runner::diary::{Pain, Place, Side};
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::triage;
use kneewise_core::{Report, Run, Runner, Settings, analyze};
use kneewise_read::activity::Labels;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;

use super::{AS_OF, EVIL, document, rendered, report, run, runs};
use crate::digest::digest;
use crate::{Detail, HTML, TextStyle};

/// What closes the data and opens a script of its own.
const SCRIPT: &str = "</script><script>alert(1)</script>";

fn html(report: &Report) -> String {
    rendered(report, &HTML, TextStyle::default())
}

fn entry(days: i64, after: u8) -> Entry {
    Entry {
        pain: Pain { after: Some(after), ..Pain::default() },
        side: Some(Side::Right),
        place: Some(Place::InnerBelow),
        note: SCRIPT.to_owned(),
        ..Entry::on(AS_OF.saturating_add_days(-days))
    }
}

fn of_diary(entries: Vec<Entry>) -> Report {
    let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
    analyze(runs(), &runner, &Settings::default(), AS_OF)
}

/// The page without its style, its data and its script.
fn shown(html: &str) -> String {
    let body = html.split("<body>").nth(1).expect("a body");
    body.split("<script").next().expect("text before the data").to_owned()
}

#[test]
fn texts_of_files_and_diaries_stay_texts() {
    let mut runs = runs();
    for run in &mut runs {
        run.set_labels(Labels { name: Some(format!("{SCRIPT}{EVIL}")), comment: None, is_race: false });
    }
    let runner = Runner { diary: Diary::new(vec![entry(3, 4), entry(1, 5)]), ..Runner::default() };
    let html = html(&analyze(runs, &runner, &Settings::default(), AS_OF));
    assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"), "it is shown as it is");
    assert!(!html.contains("<script>alert") && !html.contains("<b onclick"));
    assert_eq!((html.matches("<script").count(), html.matches("</script").count()), (2, 2));
    assert!(!html.contains(['\u{1B}', '\u{202E}']), "nothing steers a reader");
    assert!(!html.contains("home/runner"), "a report is for showing around");
}

#[test]
fn the_page_asks_for_nothing_and_obeys_two_constant_parts() {
    let html = html(&report(runs(), AS_OF));
    let policy = html.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    let policy = policy.expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
    let html = html.replace("http://www.w3.org/2000/svg", "");
    for sign in ["http:", "src=", "url(", "@import", " style="] {
        assert!(!html.contains(sign), "{sign}");
    }
    let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    assert!(links.into_iter().all(|link| link.starts_with('#') || link.starts_with("https://doi.org/")));
}

#[test]
fn every_link_within_the_page_has_its_place_and_no_place_is_named_twice() {
    for report in [report(runs(), AS_OF), of_diary(vec![entry(3, 4), entry(1, 5)])] {
        let html = html(&report);
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{ids:?}");
        for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&link), "{link}");
        }
    }
}

#[test]
fn the_first_screen_is_that_of_the_data() {
    for report in [report(runs(), AS_OF), of_diary(vec![entry(3, 4), entry(1, 5)])] {
        let shown = shown(&html(&report));
        let digest = digest(&document(&report, Detail::Full));
        for line in &digest.headline {
            assert!(shown.contains(line.as_str()), "{line}");
        }
        assert_eq!(shown.matches("class=\"card find ").count(), digest.standouts.len() + digest.counts.more_recent);
        for found in &digest.standouts {
            assert!(shown.contains(found.number.as_str()) && shown.contains(&*found.title), "{}", found.rule);
        }
    }
}

#[test]
fn where_something_comes_first_the_page_suggests_nothing_about_training() {
    let fever = triage::find("fever").expect("a sign");
    let report = of_diary(vec![Entry { signs: Some(vec![fever]), ..entry(0, 5) }]);
    let shown = shown(&html(&report));
    let main = shown.split("<header>").nth(1).expect("a header");
    let (care, headline) = (main.find("Before anything else"), main.find("<h1"));
    assert!(care.is_some() && care < headline, "care comes first");
    assert!(!shown.contains("class=\"todo\"") && !shown.contains("Consider:"), "{main}");
}

#[test]
fn pain_stands_beside_the_load_and_on_the_first_sheet() {
    let shown = shown(&html(&of_diary(vec![entry(12, 2), entry(3, 4), entry(1, 5)])));
    assert!(shown.contains("Right knee, inner side, below the joint"));
    for class in ["pain-after", "event onset", "high"] {
        assert!(shown.contains(&format!("<path class=\"{class}\"")), "{class}");
    }
    let sheet = shown.split("<h3>Running</h3>").next().unwrap_or_default();
    for answer in ["<dt>Side</dt><dd>Right</dd>", "<dt>Since</dt><dd>10 Mar"] {
        assert!(sheet.contains(answer), "{answer} in {sheet}");
    }
    assert!(sheet.contains("<dt>How it began</dt><dd class=\"blank\">"), "what is not known is left blank");
}

#[test]
fn what_was_checked_and_what_was_not_is_said_without_ids_and_commands() {
    let report = report(runs(), AS_OF);
    let shown = shown(&html(&report));
    for finding in &report.findings {
        if matches!(finding.outcome, FindingOutcome::Clear | FindingOutcome::NotAssessed) {
            assert!(shown.contains(finding.brief.title), "{}", finding.rule);
        }
    }
    for part in shown.split("<details class=\"fold\"").filter(|part| !part.starts_with(" id=\"rules\"")) {
        for command in ["kneewise explain", "kneewise scan", "kneewise profile", "--full", "(session-spike)"] {
            assert!(!part.contains(command), "{command} in {part}");
        }
    }
}

#[test]
fn a_page_of_no_run_one_run_and_very_many_runs_keeps_its_size() {
    let none = shown(&html(&report(Vec::new(), AS_OF)));
    assert!(none.contains("There are no runs in these files.") && !none.contains("NaN"));
    let one = shown(&html(&report(vec![run(AS_OF, 5.0)], AS_OF)));
    assert!(!one.contains("NaN"), "no number is missing in a path");
    let many: Vec<Run> =
        (0..5000).map(|day| run(AS_OF.saturating_add_days(-day), 5.0 + (day % 9) as f64)).rev().collect();
    let many = html(&report(many, AS_OF));
    // What waits in `noscript` is one text until somebody asks for it.
    let drawn: String =
        many.split("<noscript>").map(|part| part.rsplit("</noscript>").next().unwrap_or(part)).collect();
    let elements = drawn.matches('<').count() - drawn.matches("</").count();
    assert!(many.len() < 1_500_000 && elements < 6_000, "{} bytes, {elements} elements", many.len());
    assert!(!shown(&many).contains("NaN"));
}

#[test]
fn numbers_are_in_the_units_asked_for() {
    let report = report(runs(), AS_OF);
    let document = crate::Document { units: Units::Imperial, ..document(&report, Detail::Full) };
    let html = crate::render(&document, &HTML, &TextStyle::default()).expect("renders");
    assert!(shown(&html).contains("mi a week") && !shown(&html).contains("km a week"));
}
