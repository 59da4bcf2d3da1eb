//! `kneewise explain`: the manual pages of rules, metrics, loads, figures, conventions and methods.

use anyhow::bail;
use kneewise_core::knowledge::card::CARDS;
use kneewise_core::load::{CONVENTIONS, FIGURES, Figure, LOADS};
use kneewise_core::measure::metric::METRICS;
use kneewise_core::rule::{Options, RULES};
use kneewise_report::{TextStyle, catalogue, manual};

use crate::args::{ColorWhen, ExplainArgs, ExplainFormat};
use crate::glossary::WORDS;
use crate::names::{self, METHODS, Thing};
use crate::output::As;
use crate::pages::{PAGES, Page};
use crate::{Ending, output, user_inputs};

pub fn run(args: &ExplainArgs) -> anyhow::Result<Ending> {
    let style = output::style(ColorWhen::Auto, None);
    let in_force = user_inputs::rules(args.config.as_deref())?.options;
    let text = match (args.format, args.name.join(" ")) {
        (ExplainFormat::Json, name) if name.is_empty() => catalogue::rules(RULES, &in_force)?,
        (ExplainFormat::Json, name) => data(&name, &in_force)?,
        (ExplainFormat::Text, name) if name.is_empty() => list(),
        (ExplainFormat::Text, name) => pages(&name, &in_force, &style)?,
    };
    let what = if args.format == ExplainFormat::Json { As::Json } else { As::Text { color: style.color } };
    output::write(None, &text, what)?;
    Ok(Ending::Done)
}

/// The pages of all that has this very name, else of the one thing that it is a part of.
fn pages(name: &str, in_force: &Options, style: &TextStyle) -> anyhow::Result<String> {
    let things = names::meant(name, &Thing::all())?;
    names::tell(name, &things);
    let page = |thing: &Thing| match thing {
        Thing::Rule(rule) => format!("{}\n{}", thing.page(), catalogue::values_in_force(rule, in_force)),
        _ => thing.page(),
    };
    Ok(things.iter().map(|thing| manual::page(&page(thing), style)).collect::<Vec<_>>().join("\n"))
}

/// What has a name as data, which only rules and lists have.
fn data(name: &str, in_force: &Options) -> anyhow::Result<String> {
    for thing in names::meant(name, &Thing::all())? {
        match thing {
            Thing::Rule(rule) => return Ok(catalogue::rules(&[rule], in_force)?),
            Thing::Page(Page { data: Some(data), .. }) => return Ok(serde_json::to_string_pretty(&data())? + "\n"),
            _ => {}
        }
    }
    let pages = PAGES.iter().filter(|page| page.data.is_some()).map(|page| page.id).collect::<Vec<_>>().join(", ");
    bail!("`{name}` is not a rule; JSON is available for rules, and for {pages}")
}

fn list() -> String {
    let line = |id: &str, what: String| (id.to_owned(), what);
    let figure = |figure: &Figure| match figure.aliases {
        [] => figure.name.to_owned(),
        aliases => format!("{} ({})", figure.name, aliases.join(", ")),
    };
    let sections: [(&str, Vec<(String, String)>); 9] = [
        ("Rules", (RULES.iter()).map(|r| line(r.id, format!("{} (evidence: {})", r.name, r.evidence))).collect()),
        ("Metrics of a run", METRICS.iter().map(|m| line(m.id, format!("{} ({})", m.name, m.unit))).collect()),
        (
            "Loads of a run, for days and weeks --load",
            LOADS.iter().map(|l| line(l.id, format!("{} ({})", l.name, l.unit))).collect(),
        ),
        ("Values of a day, from the load of the days before", FIGURES.iter().map(|f| line(f.id, figure(f))).collect()),
        (
            "Conventions, for days and weeks --convention",
            CONVENTIONS.iter().map(|c| line(c.id, c.name.to_owned())).collect(),
        ),
        ("Methods", METHODS.iter().map(|m| line(m.id, m.name.to_owned())).collect()),
        ("Often said, and what research found", CARDS.iter().map(|c| line(c.id, c.name.to_owned())).collect()),
        ("Other pages", PAGES.iter().map(|p| line(p.id, p.name.to_owned())).collect()),
        ("Words", WORDS.iter().map(|w| line(w.id, format!("{} ({})", w.name, w.aliases.join(", ")))).collect()),
    ];
    let section = |(heading, lines): &(&str, Vec<(String, String)>)| {
        let width = lines.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
        let lines = lines.iter().map(|(id, what)| format!("  {id:width$}  {what}\n"));
        format!("{heading}\n{}", lines.collect::<String>())
    };
    sections.iter().map(section).collect::<Vec<_>>().join("\n")
}
