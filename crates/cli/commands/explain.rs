//! `kneewise explain`: the manual pages of rules, metrics, loads, figures, conventions and methods.

use std::fmt::Write;

use kneewise_core::baseline::METHOD;
use kneewise_core::load::{CONVENTIONS, FIGURES, LOADS};
use kneewise_core::metric::METRICS;
use kneewise_core::rule::RULES;
use kneewise_report::{TextStyle, manual};

use crate::args::{ColorWhen, ExplainArgs};
use crate::glossary::WORDS;
use crate::names::{self, Thing};
use crate::{Ending, output};

pub fn run(args: &ExplainArgs) -> anyhow::Result<Ending> {
    let style = output::style(ColorWhen::Auto, None);
    let text = if args.name.is_empty() { list()? } else { pages(&args.name.join(" "), &style)? };
    output::write(None, &text)?;
    Ok(Ending::Done)
}

/// The pages of all that has this very name, else of the one thing that it is a part of.
fn pages(name: &str, style: &TextStyle) -> anyhow::Result<String> {
    let things = names::meant(name, &Thing::all())?;
    names::tell(name, &things);
    Ok(things.iter().map(|thing| manual::page(&thing.page(), style)).collect::<Vec<_>>().join("\n"))
}

fn list() -> Result<String, std::fmt::Error> {
    let mut text = "Rules\n".to_owned();
    for rule in RULES {
        writeln!(text, "  {:<24} {} (evidence: {})", rule.id, rule.name, rule.evidence)?;
    }
    text.push_str("\nMetrics of a run\n");
    for metric in METRICS {
        writeln!(text, "  {:<24} {} ({})", metric.id, metric.name, metric.unit)?;
    }
    text.push_str("\nLoads of a run, for days and weeks --load\n");
    for load in LOADS {
        writeln!(text, "  {:<24} {} ({})", load.id, load.name, load.unit)?;
    }
    text.push_str("\nFigures of a day, from the load of the days before\n");
    for figure in FIGURES {
        let aliases =
            if figure.aliases.is_empty() { String::new() } else { format!(" ({})", figure.aliases.join(", ")) };
        writeln!(text, "  {:<24} {}{aliases}", figure.id, figure.name)?;
    }
    text.push_str("\nConventions, for days and weeks --convention\n");
    for convention in CONVENTIONS {
        writeln!(text, "  {:<24} {}", convention.id, convention.name)?;
    }
    write!(text, "\nMethods\n  {:<24} {}\n", METHOD.id, METHOD.name)?;
    text.push_str("\nWords\n");
    for word in &WORDS {
        writeln!(text, "  {:<24} {} ({})", word.id, word.name, word.aliases.join(", "))?;
    }
    Ok(text)
}
