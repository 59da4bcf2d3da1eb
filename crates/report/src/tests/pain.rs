//! Pain that is by itself a reason to be seen, in every format.

use jiff::civil::Date;
use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::Tier;
use kneewise_core::runner::diary::{Pain, Side};
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::{Report, Runner, Settings, analyze};
use kneewise_read::time::DateExt;

use super::{AS_OF, rendered, runs};
use crate::{JSON, MARKDOWN, TEXT, TextStyle};

const SEE: &str = "doctor or physiotherapist";

/// A report on pains of so many days before its day.
fn of(entries: Vec<Entry>) -> Report {
    let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
    analyze(runs(), &runner, &Settings::default(), AS_OF)
}

fn on(days_before: i64) -> Date {
    AS_OF.saturating_add_days(-days_before)
}

fn after(days_before: i64, pain: u8) -> Entry {
    Entry { pain: Pain { after: Some(pain), ..Pain::default() }, ..Entry::on(on(days_before)) }
}

fn missed(entry: Entry) -> Entry {
    Entry { missed_run: Some(true), ..entry }
}

/// The highest tier of the findings on pain.
fn tier(report: &Report) -> Option<Tier> {
    let of_pain = report.of(FindingOutcome::Flagged).filter(|finding| finding.rule.contains("pain"));
    of_pain.filter_map(|finding| finding.tier).max()
}

/// Referral comes before everything else, in each format, and nothing of training is advised beside
/// strong pain.
fn assert_care_first(report: &Report) {
    for format in [&TEXT, &MARKDOWN] {
        let text = rendered(report, format, TextStyle { color: false, width: 10_000 });
        let care = text.find(SEE).unwrap_or_else(|| panic!("{SEE} in {text}"));
        let short = ["IN SHORT", "## In short", ">In short<"].iter().filter_map(|heading| text.find(heading)).min();
        assert!(short.is_some_and(|short| care < short), "{care} {short:?}\n{text}");
        assert!(text.to_lowercase().contains("elevated"), "{text}");
    }
    let json = rendered(report, &JSON, TextStyle::default());
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(json["care"][0]["care"].as_str().is_some_and(|care| care.contains(SEE)), "{}", json["care"]);
    let findings = json["findings"].as_array().expect("findings").iter();
    let mut of_pain = findings.filter(|finding| finding["rule"] == "pain-zones" && finding["outcome"] == "flagged");
    let first = of_pain.next().expect("a finding on pain");
    assert_eq!(first["tier"], "elevated");
    assert!(first["message"].as_str().is_some_and(|message| message.contains(SEE)), "{first}");
}

#[test]
fn a_diary_of_six_to_ten_with_three_missed_runs_is_elevated_and_points_to_care_first() {
    let diary = [(9, 6), (6, 8), (3, 9), (0, 10)].map(|(day, pain)| missed(after(day, pain)));
    let report = of(diary[..].to_vec());
    assert_care_first(&report);
    let zones = report.findings.iter().find(|finding| finding.rule == "pain-zones").expect("flagged");
    for said in ["reached 10 out of 10", "7 or more is strong", "On 4 days you missed a run"] {
        assert!(zones.message.contains(said), "{said}: {}", zones.message);
    }
    assert!(report.findings.iter().all(|finding| finding.consider.is_none()), "no advice on training");
}

#[test]
fn each_reason_alone_is_elevated_and_points_to_care() {
    let morning = |pain| Entry { pain: Pain { next_morning: Some(pain), ..Pain::default() }, ..Entry::on(on(1)) };
    let both = |pain| [Side::Left, Side::Right].map(|side| Entry { side: Some(side), ..after(1, pain) }).to_vec();
    let rising = |days: &[(i64, u8)]| days.iter().map(|(day, pain)| after(*day, *pain)).collect::<Vec<_>>();
    for entries in [
        vec![after(1, 7)],
        vec![morning(7)],
        both(7),
        rising(&[(14, 3), (10, 4), (5, 5), (0, 6)]),
        rising(&[(14, 5), (0, 6)]),
        vec![missed(after(1, 2))],
        vec![missed(Entry::on(on(1)))],
        vec![missed(Entry::on(on(1))), missed(Entry::on(on(4))), missed(Entry::on(on(8)))],
    ] {
        let report = of(entries.clone());
        assert_eq!(tier(&report), Some(Tier::Elevated), "{entries:?}");
        assert_care_first(&report);
    }
    for entries in [vec![after(1, 6)], rising(&[(7, 4), (0, 5)]), vec![after(1, 3)]] {
        let report = of(entries.clone());
        assert_eq!(tier(&report), Some(Tier::Notice), "{entries:?}");
        assert!(report.care.is_empty(), "{:?}", report.care);
    }
}

#[test]
fn pain_that_is_long_gone_is_told_as_such() {
    let quiet = (0..30).map(|day| after(day * 3, 0));
    let report = of(quiet.chain([missed(after(100, 8))]).collect());
    assert!(report.care.is_empty(), "{:?}", report.care);
    let zones = report.findings.iter().find(|finding| finding.rule == "pain-zones").expect("flagged");
    assert_eq!(zones.tier, Some(Tier::Elevated), "it was");
    assert!(zones.message.contains("If the pain is still there or comes back, see a doctor"), "{}", zones.message);
    assert!(!zones.message.contains("should see it"), "{}", zones.message);
}
