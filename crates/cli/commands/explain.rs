//! `kneewise explain`: the manual pages of rules and metrics.

use std::fmt::Write;

use anyhow::bail;
use kneewise_core::metric::{self, METRICS};
use kneewise_core::rule::{self, RULES};

use crate::args::ExplainArgs;
use crate::{Ending, output};

pub fn run(args: &ExplainArgs) -> anyhow::Result<Ending> {
    let text = match &args.name {
        None => list()?,
        Some(name) => match (rule::find(name), metric::find(name)) {
            (Some(rule), _) => rule.manual_page(),
            (None, Some(metric)) => metric.manual_page(),
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
