//! `kneewise check`: an exit code for scripts.

use std::fmt::Write;

use kneewise_core::rule::Tier;

use crate::args::CheckArgs;
use crate::{Ending, input, output};

pub fn run(args: &CheckArgs) -> anyhow::Result<Ending> {
    let mut input = input::import(&args.input, None)?;
    let report = input::report(&args.input, &mut input)?;
    for file in &input.told.own {
        for what in &file.on_pain {
            output::warn(format_args!("{} {what}", file.name));
        }
    }
    let lowest = Tier::from(args.fail_on);
    let reaching: Vec<_> = report.findings.iter().filter(|finding| finding.tier >= Some(lowest)).collect();
    let mut text = String::new();
    for care in &report.care {
        writeln!(text, "{} comes first: {} (kneewise explain red-flags)", care.date, care.care)?;
    }
    for finding in &reaching {
        let (Some(tier), Some(window), Some(measured), Some(limit)) =
            (finding.tier, finding.window, finding.measured, finding.limit)
        else {
            continue;
        };
        writeln!(
            text,
            "{} {tier} {}: measured {:.2}, limit {:.2} {} (kneewise explain {})",
            window.to, finding.rule, measured.value, limit.value, limit.unit, finding.rule
        )?;
    }
    if report.log.runs().is_empty() {
        writeln!(text, "no runs up to {}: nothing could be assessed", report.as_of)?;
    } else if reaching.is_empty() {
        writeln!(text, "no finding reaches {lowest}; that is no clearance to run")?;
    }
    output::write(None, &text, output::As::PLAIN)?;
    let ending = if reaching.is_empty() && report.care.is_empty() { Ending::Done } else { Ending::Findings };
    Ok(input::ending(&args.input, &input, ending))
}
