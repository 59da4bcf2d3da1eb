//! `kneewise explain`: the manual pages of rules and metrics.

use std::fmt::Write;

use anyhow::bail;
use kneewise_core::metric::METRICS;
use kneewise_core::rule::RULES;
use kneewise_report::manual;

use crate::args::{ColorWhen, ExplainArgs};
use crate::{Ending, output};

pub fn run(args: &ExplainArgs) -> anyhow::Result<Ending> {
    let style = output::style(ColorWhen::Auto, None);
    let text = match &args.name {
        None => list()?,
        Some(name) => {
            let wanted = name.to_lowercase().replace('_', "-");
            let is_meant = |id: &str| id.replace('_', "-").starts_with(&wanted);
            match (RULES.iter().find(|rule| is_meant(rule.id)), METRICS.iter().find(|metric| is_meant(metric.id))) {
                (Some(rule), _) => manual::page(&rule.manual_page(), &style),
                (None, Some(metric)) => manual::page(&metric.manual_page(), &style),
                (None, None) => bail!("no rule or metric is called `{name}`; `kneewise explain` lists them"),
            }
        }
    };
    output::write(None, &text)?;
    Ok(Ending::Done)
}

fn list() -> Result<String, std::fmt::Error> {
    let mut text = "Rules\n".to_owned();
    for rule in RULES {
        writeln!(text, "  {:<20} {} (evidence: {})", rule.id, rule.name, rule.evidence)?;
    }
    text.push_str("\nMetrics\n");
    for metric in METRICS {
        writeln!(text, "  {:<20} {} ({})", metric.id, metric.name, metric.unit)?;
    }
    Ok(text)
}
