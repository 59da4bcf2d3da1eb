//! A rule of one's own beside those of kneewise, with its option in the settings: many runs in the
//! dark hours of the morning.
//!
//! `cargo run --example custom_rule`

#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use jiff::civil::date;
use kneewise_core::measure::metric;
use kneewise_core::rule::{
    Clear, Coverage, Evidence, Flag, Missing, Outcome, OwnOptions, OwnRule, Quantity, Tier, Window,
};
use kneewise_core::{Run, Runner, TrainingLog, analyze};
use kneewise_profile::{Profile, settings};
use kneewise_read::time::Timestamp;
use kneewise_read::unit::Unit;

/// Looks at the hour in which each run began; `before_h` is what the program asks its user.
fn early_runs(log: &TrainingLog, options: &OwnOptions, before_h: i64) -> Outcome {
    let (Some(first), runs) = (log.first_day(), log.runs()) else {
        return Missing::outcome("needs a run", "a run");
    };
    let hour = |run: &Run| (run.start.unix_ms() / 1000 + i64::from(run.utc_offset_s)).rem_euclid(86_400) / 3600;
    let early: Vec<&Run> = runs.iter().filter(|run| hour(run) < before_h).collect();
    let percent = 100.0 * early.len() as f64 / runs.len() as f64;
    let most_percent = options.get("most_percent").unwrap_or(100.0);
    let message = format!("{} of {} runs began before {before_h} o'clock, {percent:.0}%.", early.len(), runs.len());
    let (measured, limit) = (Quantity::new(percent, Unit::Percent), Quantity::new(most_percent, Unit::Percent));
    let window = Window { from: first, to: log.as_of() };
    let coverage = Coverage::count("runs", log.as_of(), runs.iter().map(|run| (run.local_date, true)));
    if percent <= most_percent {
        return Outcome::Clear(Clear::new(message, window, coverage).compared(measured, limit));
    }
    let flag = Flag::new(Tier::Info, message, (measured, limit), window, coverage);
    Outcome::Flagged(vec![flag.on_runs(early.into_iter().map(|run| run.id.clone()))])
}

/// Asks all of kneewise's rules and this one about a made-up week.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let run = |day: u32, hour: u32| {
        let time = format!("2026-03-{day:02}T{hour:02}:00:00+01:00");
        let (start, offset) = Timestamp::parse_iso8601(&time).ok_or("a time")?;
        Ok::<_, &str>(Run::summary(start, offset, &[(&metric::DISTANCE, 6000.0), (&metric::TIMER, 2100.0)]))
    };
    let runs = vec![run(2, 5)?, run(4, 5)?, run(6, 18)?];

    let before_h = 6; // known at run time only
    let rule = OwnRule::new("early-runs", "Early runs", move |log, _, options| early_runs(log, options, before_h))
        .evidence(Evidence::Heuristic)
        .needs("one run")
        .not_known("Whether the hour of a run matters to knees at all.")
        .option("most_percent", 80.0, 0.0..=100.0);
    let text = "[rules]\nignore = [\"no-rest-days\"]\n[rules.early-runs]\nmost_percent = 50\n";
    let rules = settings::parse_with(text, "kneewise.toml", vec![rule])?;

    let report = analyze(runs, &Runner::default(), &Profile::default().settings(&rules)?, date(2026, 3, 8));
    for finding in &report.findings {
        let text = finding.reason.as_deref().unwrap_or(&finding.message);
        println!("{:<16} {:?}: {text}", finding.rule, finding.outcome);
    }
    let ours = report.findings.iter().find(|finding| finding.rule == "early-runs").ok_or("the rule was asked")?;
    assert_eq!((ours.tier, ours.limit.map(|limit| limit.value)), (Some(Tier::Info), Some(50.0)));
    Ok(())
}
