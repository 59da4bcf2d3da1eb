//! `kneewise explain`: the manual pages of rules and metrics.

use std::fmt::Write;

use anyhow::bail;
use kneewise_core::metric::{self, METRICS, Metric};
use kneewise_core::rule::{self, RULES, Rule};

use crate::args::ExplainArgs;
use crate::{Ending, output};

pub fn run(args: &ExplainArgs) -> anyhow::Result<Ending> {
    let text = match &args.name {
        None => list()?,
        Some(name) => match (rule::find(name), metric::find(name)) {
            (Some(rule), _) => rule_page(rule)?,
            (None, Some(metric)) => metric_page(metric)?,
            (None, None) => bail!("no rule or metric is called `{name}`; `kneewise explain` lists them"),
        },
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

fn rule_page(rule: &Rule) -> Result<String, std::fmt::Error> {
    let mut text = format!("# {} ({})\n\nEvidence: {}. Needs: {}.\n\n", rule.name, rule.id, rule.evidence, rule.needs);
    text.push_str(&page(rule.doc));
    for reference in rule.references {
        writeln!(text, "* {}", reference.full)?;
    }
    write!(text, "\nNot known: {}\n", rule.not_known)?;
    Ok(text)
}

fn metric_page(metric: &Metric) -> Result<String, std::fmt::Error> {
    let mut text = format!("# {} ({}, in {})\n\n", metric.name, metric.id, metric.unit);
    text.push_str(&page(metric.doc));
    writeln!(text, "\nCombines over files and weeks: {:?}", metric.combine)?;
    Ok(text)
}

/// A doc comment as text: its lines without the blank that follows the slashes.
fn page(doc: &str) -> String {
    doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).fold(String::new(), |text, line| text + line + "\n")
}
