//! A rule of one's own beside those of kneewise: many runs in the dark hours of the morning.
//!
//! `cargo run --example custom_rule`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use jiff::civil::date;
use kneewise_core::knowledge::reference::{Known, Reference};
use kneewise_core::measure::metric;
use kneewise_core::rule::{
    Area, Brief, Clear, Coverage, Evidence, Flag, Missing, Options, Outcome, Quantity, RULES, Reading, Rule, Tier,
    Window,
};
use kneewise_core::{Run, Runner, Settings, TrainingLog, analyze_with};
use kneewise_read::time::Timestamp;
use kneewise_read::unit::Unit;

/// Where the idea comes from.
static EXAMPLE: Reference =
    Reference { short: "Example 2026", full: "An example of how to write a rule; no study", known: Known::Secondhand };

/// The rule: everything about it in one place, as kneewise's own are.
static EARLY_RUNS: Rule = Rule {
    id: "early-runs",
    name: "Runs before six in the morning",
    area: Area::Load,
    evidence: Evidence::Heuristic,
    is_preview: false,
    raised_by: &[],
    needs: "one run",
    not_known: "Whether the hour of a run matters to knees at all.",
    brief: Brief::new("Early runs", "", &[Reading::above(Unit::Percent, "of your runs before six")]),
    references: &[&EXAMPLE],
    doc: "Counts the runs that began before 06:00 on the runner's clock.",
    check: early_runs,
};

/// More than this share of early runs is noted.
const LIMIT_PERCENT: f64 = 50.0;

fn early_runs(log: &TrainingLog, _: &Runner, _: &Options) -> Outcome {
    let (Some(first), runs) = (log.first_day(), log.runs()) else {
        return Missing::outcome("needs a run", "a run");
    };
    let hour = |run: &Run| (run.start.unix_ms() / 1000 + i64::from(run.utc_offset_s)).rem_euclid(86_400) / 3600;
    let early: Vec<&Run> = runs.iter().filter(|run| hour(run) < 6).collect();
    let percent = 100.0 * early.len() as f64 / runs.len() as f64;
    let message = format!("{} of {} runs began before six, {percent:.0} %.", early.len(), runs.len());
    let (measured, limit) = (Quantity::new(percent, Unit::Percent), Quantity::new(LIMIT_PERCENT, Unit::Percent));
    let window = Window { from: first, to: log.as_of() };
    let coverage = Coverage::count("runs", log.as_of(), runs.iter().map(|run| (run.local_date, true)));
    if percent <= LIMIT_PERCENT {
        return Outcome::Clear(Clear { message, measured: Some(measured), limit: Some(limit), window, coverage });
    }
    let runs = early.into_iter().map(|run| run.id.clone()).collect();
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message,
        measured,
        limit,
        window,
        runs,
        coverage,
        study: String::new(),
        consider: String::new(),
    }])
}

/// Asks all of kneewise's rules and this one about a made-up week.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let run = |day: u32, hour: u32| {
        let time = format!("2026-03-{day:02}T{hour:02}:00:00+01:00");
        let (start, offset) = Timestamp::parse_iso8601(&time).ok_or("a time")?;
        Ok::<_, &str>(Run::summary(start, offset, &[(&metric::DISTANCE, 6000.0), (&metric::TIMER, 2100.0)]))
    };
    let runs = vec![run(2, 5)?, run(4, 5)?, run(6, 18)?];

    let rules: Vec<&Rule> = RULES.iter().copied().chain([&EARLY_RUNS]).collect();
    let report = analyze_with(&rules, runs, &Runner::default(), &Settings::default(), date(2026, 3, 8));
    for finding in &report.findings {
        println!(
            "{:<16} {:?}: {}",
            finding.rule,
            finding.outcome,
            finding.reason.as_deref().unwrap_or(&finding.message)
        );
    }
    let ours = report.findings.iter().find(|finding| finding.rule == EARLY_RUNS.id).ok_or("the rule was asked")?;
    assert_eq!(ours.tier, Some(Tier::Info));
    Ok(())
}
