//! A profile, a diary and settings from texts, as an app stores them, and the report they make.
//!
//! `cargo run --example profile_and_diary`

#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use kneewise_import::{Matches, Options, import_bytes};
use kneewise_profile::{diary, profile, settings};

const PROFILE: &str = r#"
height_m = 1.68
time_zone = "Europe/Berlin"
units = "imperial"

[[limits]]
max_heart_rate_bpm = 188
resting_heart_rate_bpm = 52
"#;

const DIARY: &str = "date,pain_during,pain_after,place\n2026-03-08,3,4,inner-below\n";

const RULES: &str = "[rules]\nignore = [\"no-other-sports\"]\n\n[rules.session-spike]\nsmall = 1.05\n";

const LOG: &str = "date,distance_km,minutes\n2026-01-26,6,36\n2026-02-14,6,36\n2026-02-21,6,36\n2026-02-28,6,36\n\
    2026-03-07,6.5,39\n";

/// Reports on a log of five runs.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut profile = profile::parse(PROFILE, "the profile")?;
    let rules = settings::parse(RULES, "the settings")?;
    let kept = diary::parse(DIARY.as_bytes(), "the diary")?;
    for problem in &kept.problems {
        println!("the diary, line {problem}"); // the other lines count
    }
    profile.runner.diary = kept.diary;
    profile.runner.check()?; // what it says of the heart can be true together

    let settings = profile.settings(&rules)?;
    let matches = Matches { same: rules.same_run, not_same: rules.not_same_run };
    let options = Options { zone: profile.zone()?, matches, ..Options::default() };
    let mut import = import_bytes("log.csv", LOG.into(), &options);
    let report = import.report(&mut profile.runner, &settings, None)?;
    println!("as of {}", report.as_of); // the day of the diary's last entry
    for finding in report.findings.iter().filter(|finding| finding.tier.is_some()) {
        println!("{}: {}", finding.name, finding.message);
    }
    assert_eq!(report.as_of.to_string(), "2026-03-08");
    assert!(report.findings.iter().any(|finding| finding.rule == "session-spike" && finding.message.contains(" mi")));
    Ok(())
}
