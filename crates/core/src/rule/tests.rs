//! What holds of every rule; each rule's own cases stand in the table of its manual page.

use jiff::civil::{Date, Weekday};

use crate::form::{FormAtSpeed, FormMetric};
use crate::log::TrainingLog;
use crate::metric;
use crate::run::Run;
use crate::runner::Runner;
use crate::time::{DateExt, Timestamp};

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
    run.form_by_speed =
        row.spm.map(|spm| FormAtSpeed::new(3.05, 1200.0, &[(FormMetric::StepRate, spm)])).into_iter().collect();
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

/// What session-spike says of a run after four of the given kilometres, days before it.
fn spike(days_before: &[(i64, f64)], km: f64) -> String {
    let last = jiff::civil::date(2026, 3, 1);
    let row =
        |&(days, km): &(i64, f64)| Row { date: last.saturating_add_days(-days), km, spm: None, outcome: String::new() };
    let rows: Vec<Row> = days_before.iter().chain([&(0, km)]).map(row).collect();
    said(&(super::session_spike::SESSION_SPIKE.check)(&log(&rows), &Runner::default(), &Options::default()), last)
}

#[test]
fn the_classes_of_a_spike_end_at_their_upper_limits() {
    let month = [(40, 5.0), (20, 9.0), (15, 10.0), (10, 9.0)];
    assert_eq!(spike(&month, 11.0), "clear 1.10", "10 % is in the reference");
    assert_eq!(spike(&month, 11.01), "notice 1.10");
    assert_eq!(spike(&month, 20.0), "notice 2.00", "100 % is a moderate spike");
    assert_eq!(spike(&month, 20.01), "elevated 2.00");
}

#[test]
fn the_month_before_a_run_is_thirty_days_with_three_runs() {
    assert_eq!(spike(&[(40, 5.0), (30, 10.0), (15, 5.0), (10, 5.0)], 13.0), "notice 1.30", "day 30 counts");
    assert_eq!(
        spike(&[(40, 5.0), (31, 10.0), (15, 5.0), (10, 5.0), (5, 5.0)], 13.0),
        "elevated 2.60",
        "day 31 does not"
    );
    assert_eq!(spike(&[(40, 5.0), (15, 5.0), (10, 5.0)], 13.0), "not assessed", "two runs are no habit");
    assert_eq!(spike(&[(29, 5.0), (15, 5.0), (10, 5.0)], 13.0), "not assessed", "29 days are no month");
    assert_eq!(spike(&[(30, 5.0), (15, 5.0), (10, 5.0)], 13.0), "elevated 2.60");
}

#[test]
fn small_runs_and_small_steps_are_no_spike() {
    assert_eq!(spike(&[(40, 1.0), (15, 1.0), (10, 1.0), (5, 1.0)], 2.9), "clear 2.90", "under 3 km");
    assert_eq!(spike(&[(40, 5.0), (15, 5.0), (10, 5.0), (5, 5.0)], 5.9), "clear 1.18", "less than 1 km more");
}

#[test]
fn a_run_after_a_layoff_is_not_called_clear() {
    let said = |km| {
        let rows = [(400, 8.0), (390, 8.0), (380, 8.0), (370, 8.0), (365, 8.0)];
        let last = jiff::civil::date(2026, 3, 1);
        let row = |&(days, km): &(i64, f64)| Row {
            date: last.saturating_add_days(-days),
            km,
            spm: None,
            outcome: String::new(),
        };
        let rows: Vec<Row> = rows.iter().chain([&(0, km)]).map(row).collect();
        match (super::session_spike::SESSION_SPIKE.check)(&log(&rows), &Runner::default(), &Options::default()) {
            Outcome::Clear(clear) => (clear.message, clear.coverage.is_silent_of_late()),
            other => panic!("{other:?}"),
        }
    };
    let (message, is_silent_of_late) = said(30.0);
    assert!(is_silent_of_late && message.contains("The latest run could not be compared"), "{message}");
}

#[test]
fn a_known_height_is_compared_with_what_it_makes_one_expect() {
    let rows: Vec<Row> = (1..=3)
        .map(|day| Row { date: jiff::civil::date(2026, 3, day), km: 8.0, spm: Some(168.0), outcome: String::new() })
        .collect();
    let of_height = |height_m| {
        let runner = Runner { height_m, ..Runner::default() };
        said(
            &(super::low_step_rate::LOW_STEP_RATE.check)(&log(&rows), &runner, &Options::default()),
            log(&rows).as_of(),
        )
    };
    assert_eq!(of_height(None), "clear 168");
    assert_eq!(of_height(Some(1.70)), "clear 168");
    assert_eq!(of_height(Some(1.40)), "info 168", "expected 183, less 8 % is 169");
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
