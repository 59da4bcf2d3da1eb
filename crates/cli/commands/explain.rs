//! `kneewise explain`: the manual pages of rules, metrics, loads, figures, conventions and methods.

use std::fmt::Write;

use anyhow::bail;
use kneewise_core::baseline::METHOD;
use kneewise_core::form::FormMetric;
use kneewise_core::load::{CONVENTIONS, FIGURES, LOADS};
use kneewise_core::metric::METRICS;
use kneewise_core::rule::RULES;
use kneewise_report::manual;

use crate::args::{ColorWhen, ExplainArgs};
use crate::{Ending, output};

pub fn run(args: &ExplainArgs) -> anyhow::Result<Ending> {
    let style = output::style(ColorWhen::Auto, None);
    let text = match &args.name {
        None => list()?,
        Some(name) => match pages(name).as_slice() {
            [] => bail!("nothing is called `{name}`; `kneewise explain` lists what there is"),
            pages => pages.iter().map(|page| manual::page(page, &style)).collect::<Vec<_>>().join("\n"),
        },
    };
    output::write(None, &text)?;
    Ok(Ending::Done)
}

/// The pages of all that has this very name (a metric may be a load too), else of the first whose name begins with it.
fn pages(name: &str) -> Vec<String> {
    let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "-");
    let wanted = plain(name);
    let pages = all();
    let whole: Vec<String> =
        pages.iter().filter(|(names, _)| names.iter().any(|id| plain(id) == wanted)).map(|(_, page)| page()).collect();
    if !whole.is_empty() {
        return whole;
    }
    pages.iter().find(|(names, _)| plain(names[0]).starts_with(&wanted)).map(|(_, page)| page()).into_iter().collect()
}

/// The id and other names of everything that has a page, and the page.
type Page = (Vec<&'static str>, Box<dyn Fn() -> String>);

fn all() -> Vec<Page> {
    let rules = RULES.iter().map(|rule| -> Page { (vec![rule.id], Box::new(|| rule.manual_page())) });
    let metrics = METRICS.iter().map(|metric| -> Page { (vec![metric.id], Box::new(|| metric.manual_page())) });
    let loads = LOADS.iter().map(|load| -> Page { (vec![load.id], Box::new(|| load.manual_page())) });
    let figures = FIGURES
        .iter()
        .map(|figure| -> Page { ([&[figure.id], figure.aliases].concat(), Box::new(|| figure.manual_page())) });
    let conventions = CONVENTIONS.iter().map(|known| -> Page { (vec![known.id], Box::new(|| known.manual_page())) });
    // Each of the form metrics that are compared so leads to the method.
    let names = std::iter::once(METHOD.id).chain(FormMetric::ALL.map(FormMetric::id)).collect();
    let method: Page = (names, Box::new(|| METHOD.manual_page()));
    rules.chain(metrics).chain(loads).chain(figures).chain(conventions).chain([method]).collect()
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
    Ok(text)
}
