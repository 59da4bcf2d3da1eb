//! One event is one story: of late, among earlier findings, and in the data.

use jiff::civil::{Date, date};
use kneewise_core::Report;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::load::session_spike::SESSION_SPIKE;
use kneewise_read::time::DateExt;

use super::{rendered, report, run};
use crate::{JSON, MARKDOWN, TEXT, TextStyle};

/// Ten weeks of three runs of 7 km, a marathon on the last Sunday, and so many more weeks.
fn after_a_marathon(weeks: i64) -> Report {
    let first = date(2026, 1, 5);
    let on = |day: i64| first.saturating_add_days(day);
    let days = (0..70 + 7 * weeks).filter(|day| day % 7 % 3 == 0);
    let runs = days.map(|day| run(on(day), if day == 69 { 42.2 } else { 7.0 })).collect();
    report(runs, on(69 + 7 * weeks))
}

/// The day of the marathon.
const RACE: Date = date(2026, 3, 15);

#[test]
fn an_earlier_event_is_one_row_in_text_and_markdown() {
    let report = after_a_marathon(6);
    let raised: Vec<_> = report.of(FindingOutcome::Flagged).filter(|finding| finding.made_by.is_some()).collect();
    assert!(raised.len() > 2 && raised.iter().all(|finding| !report.is_recent(finding)), "{raised:?}");
    for format in [&TEXT, &MARKDOWN] {
        let text = rendered(&report, format, TextStyle { color: false, width: 10_000 });
        let earlier = text.to_lowercase();
        let earlier = earlier.split("earlier findings").nth(1).expect("a part on earlier findings");
        let earlier = earlier.split("checked, nothing found").next().unwrap_or_default();
        let tables = ["session-spike", "weekly-jump", "two-week-ramp", "long-run-share"];
        let told: Vec<_> = tables.iter().filter(|rule| earlier.contains(&format!("explain {rule}"))).collect();
        assert_eq!(told, [&SESSION_SPIKE.id], "{earlier}");
        assert!(earlier.contains("also raised week-to-week jump in distance"), "{earlier}");
        assert!(text.contains("1 finding, the latest on 15 Mar 2026"), "{text}");
    }
}

#[test]
fn an_event_of_late_is_told_once_though_its_weeks_end_earlier() {
    for weeks in 0..6 {
        let report = after_a_marathon(weeks);
        let text = rendered(&report, &TEXT, TextStyle { color: false, width: 10_000 });
        let flags = text.split("LOOKED FOR AND NOT FOUND").next().unwrap_or_default();
        let rules = ["session-spike", "weekly-jump", "two-week-ramp", "long-run-share"];
        let told = rules.iter().map(|rule| flags.matches(&format!("explain {rule}")).count()).sum::<usize>();
        assert_eq!(told, 1, "{weeks}: {flags}");
    }
}

#[test]
fn the_data_names_the_run_and_what_else_it_raised() {
    let report = after_a_marathon(0);
    let json = rendered(&report, &JSON, TextStyle::default());
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let findings = json["findings"].as_array().expect("findings");
    let race = report.log.runs().iter().find(|run| run.local_date == RACE).expect("the race");
    let made: Vec<_> = findings.iter().filter(|finding| finding["made_by"] == race.id.as_str()).collect();
    assert!(made.len() > 2, "{made:?}");
    assert!(
        made.iter().all(|finding| finding["raised_with"].as_array().is_some_and(|with| with.len() + 1 == made.len()))
    );
}
