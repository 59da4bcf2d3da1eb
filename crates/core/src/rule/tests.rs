//! What holds of every rule; each rule's own cases stand in the table of its manual page.

use jiff::civil::{Date, Weekday};

use crate::form::StepRateAtSpeed;
use crate::log::TrainingLog;
use crate::metric;
use crate::run::Run;
use crate::runner::Runner;
use crate::time::Timestamp;

use super::{Options, Outcome, RULES, Rule};

/// A row of an example: a run, and what the rule says with that run as the latest.
struct Row {
    date: Date,
    km: f64,
    spm: Option<f64>,
    outcome: String,
}

/// The table under `## Example`: columns by name, `date`, `km`, `spm`, `outcome`.
fn example(rule: &Rule) -> Vec<Row> {
    let (_, example) = rule.doc.split_once("## Example").expect("every rule has an example");
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut lines = example
        .lines()
        .map(str::trim)
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'));
    let header = cells(lines.next().expect("a header"));
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let row = |line: &str| {
        let cells = cells(line);
        let cell = |name: &str| column(name).map(|i| cells[i].clone()).unwrap_or_default();
        Row {
            date: cell("date").parse().expect("a date"),
            km: cell("km").parse().expect("a distance"),
            spm: cell("spm").parse().ok(),
            outcome: cell("outcome"),
        }
    };
    lines.skip(1).map(row).collect()
}

fn run(row: &Row) -> Run {
    let start = Timestamp::parse_iso8601(&format!("{}T07:00:00Z", row.date)).expect("a time").0;
    let mut run = Run::summary(start, Some(0), &[(&metric::DISTANCE, row.km * 1000.0)]);
    run.step_rate_by_speed = row
        .spm
        .map(|spm| StepRateAtSpeed { speed_mps: 3.05, seconds: 1200.0, step_rate_spm: spm })
        .into_iter()
        .collect();
    run
}

fn log(rows: &[Row]) -> TrainingLog {
    let as_of = rows.last().expect("a row").date;
    TrainingLog::new(rows.iter().map(run).collect(), as_of, Weekday::Monday)
}

/// `notice 1.36` for a flag on the log's last day, `clear 1.10`, `not assessed`.
fn said(outcome: &Outcome, as_of: Date) -> String {
    let short = |value: f64| if value < 3.0 { format!("{value:.2}") } else { format!("{value:.0}") };
    match outcome {
        Outcome::NotAssessed(_) => "not assessed".to_owned(),
        Outcome::Clear(clear) => format!("clear {}", short(clear.measured.expect("a value").value)),
        Outcome::Flagged(flags) => match flags.iter().find(|flag| flag.window.to == as_of) {
            Some(flag) => format!("{} {}", flag.tier, short(flag.measured.value)),
            None => "flagged before".to_owned(),
        },
    }
}

#[test]
fn every_example_says_what_the_rule_says() {
    for rule in RULES {
        let rows = example(rule);
        let mut checked = 0;
        for last in (0..rows.len()).filter(|&i| !rows[i].outcome.is_empty()) {
            let log = log(&rows[..=last]);
            let outcome = (rule.check)(&log, &Runner::default(), &Options::default());
            assert_eq!(said(&outcome, log.as_of()), rows[last].outcome, "{} on {}: {outcome:?}", rule.id, log.as_of());
            checked += 1;
        }
        assert!(checked >= 2, "{}: an example shows the rule clear and flagged", rule.id);
        assert!(rows.iter().any(|row| row.outcome.starts_with("clear")), "{}", rule.id);
    }
}

#[test]
fn no_rule_assesses_an_empty_log() {
    let log = TrainingLog::new(Vec::new(), jiff::civil::date(2026, 3, 1), Weekday::Monday);
    for rule in RULES {
        let outcome = (rule.check)(&log, &Runner::default(), &Options::default());
        assert!(matches!(outcome, Outcome::NotAssessed(_)), "{}: {outcome:?}", rule.id);
    }
}

#[test]
fn every_rule_is_documented_and_cited() {
    const HEADINGS: [&str; 6] =
        ["## What it does", "## Why it matters", "## Limits", "## Example", "## Options", "## References"];
    for rule in RULES {
        let places: Vec<_> = HEADINGS.iter().map(|heading| rule.doc.find(heading)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}: headings in order", rule.id);
        assert!(!rule.references.is_empty() && !rule.needs.is_empty() && !rule.not_known.is_empty(), "{}", rule.id);
        let cited = rule.doc.split("## References").nth(1).unwrap_or_default();
        for reference in rule.references {
            assert!(cited.contains(reference.short), "{} cites {}", rule.id, reference.short);
        }
        let kebab = rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(kebab, "{} is lower case with hyphens", rule.id);
    }
    let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len(), "ids are unique");
}
