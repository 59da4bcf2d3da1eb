//! Markdown, for pasting into a mail or an issue.

use crate::format::Format;
use crate::outline::{self, Block, Card, Item, Outline, Points, Table};
use crate::words::sign;

/// Sections and lists with the signs of Markdown.
pub static MARKDOWN: Format = Format {
    name: "md",
    aliases: &["markdown"],
    extensions: &["md", "markdown"],
    marks: &[("# kneewise report · as of ", "")],
    about: "Markdown",
    is_json: false,
    from_saved: Some(|saved, _, _| render(&saved.words.outline)),
    write: |document, _, out| out.write_all(render(&outline::of(document)).as_bytes()),
};

pub(crate) fn render(outline: &Outline) -> String {
    let mut parts = vec![format!("# {}", escaped(&outline.title.join(" · ")))];
    for section in &outline.sections {
        parts.push(format!("## {}", section.heading));
        parts.extend(section.blocks.iter().map(block));
    }
    parts.push(format!("---\n\n{}", escaped(&outline.footer)));
    parts.join("\n\n") + "\n"
}

fn block(block: &Block) -> String {
    match block {
        Block::Text(text) => escaped(text),
        Block::Aside(text) => format!("*{}*", escaped(text)),
        Block::Hint(hint) => format!("*{}.*", escaped(&hint.to_string())),
        Block::List(remarks) => list(remarks),
        Block::Points(points) => self::points(points),
        Block::Finding(finding) => card(finding),
        Block::Items(items) => items.iter().map(item).collect::<Vec<_>>().join("\n"),
        Block::Facts(facts) => {
            let fact = |(name, text): &(String, String)| format!("* **{}**: {}", escaped(name), escaped(text));
            facts.iter().map(fact).collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) => self::table(table),
        Block::Weeks(bars) => grid(
            &["week from", "distance", "runs"],
            bars.iter().map(|bar| vec![bar.label.clone(), bar.value.clone(), bar.note.clone()]),
        ),
    }
}

fn card(card: &Card) -> String {
    let tier = format!("{} {}", sign(card.tier), card.tier.name());
    let heading = format!("### {tier} · {} · {}", escaped(&card.name), card.evidence);
    let mut parts = vec![heading, escaped(&card.message)];
    parts.extend([&card.study, &card.consider].into_iter().filter(|text| !text.is_empty()).map(|text| escaped(text)));
    parts.push(format!("*{}*", escaped(&card.facts)));
    parts.extend(card.not_known.as_ref().map(|text| format!("Not known: {}", escaped(text))));
    parts.join("\n\n")
}

fn item(item: &Item) -> String {
    let detail = if item.detail.is_empty() { String::new() } else { format!(" *{}*", escaped(&item.detail)) };
    // A name that is a sentence has its own end.
    let colon = if item.name.ends_with('.') { "" } else { ":" };
    format!("* **{}**{colon} {}{detail}", escaped(&item.name), escaped(&item.text))
}

fn list(remarks: &[String]) -> String {
    remarks.iter().map(|remark| format!("* {}", escaped(remark))).collect::<Vec<_>>().join("\n")
}

fn points(points: &Points) -> String {
    let more = if points.more.is_empty() { String::new() } else { format!("\n\n*{}*", escaped(&points.more)) };
    format!("**{}**\n\n{}{more}", escaped(&points.caption), list(&points.lines))
}

fn table(table: &Table) -> String {
    let grid = grid(&table.header, table.rows.iter().cloned());
    let more = if table.more.is_empty() { String::new() } else { format!("\n\n*{}*", escaped(&table.more)) };
    format!("**{}**\n\n{grid}{more}", escaped(&table.caption))
}

fn grid<T: AsRef<str>>(header: &[T], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines =
        vec![line(header.iter().map(|name| escaped(name.as_ref())).collect()), "|---".repeat(header.len()) + "|"];
    lines.extend(rows.map(|row| line(row.iter().map(|cell| escaped(cell)).collect())));
    lines.join("\n")
}

/// Text that Markdown shows as it is: names of files and notes never become markup, links or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}
