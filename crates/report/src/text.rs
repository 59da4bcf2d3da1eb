//! Text for a terminal.

use anstyle::{AnsiColor, Style};
use kneewise_core::rule::Tier;
use kneewise_read::unit::Units;

use crate::format::Format;
use crate::outline::{self, Bar, Block, Card, Item, Outline, Points, Table};
use crate::words::sign;
use crate::wrap::{columns, wrap};
use crate::{Detail, Document, TextStyle, terminal};

/// The first screen, or all of it by paragraphs.
pub static TEXT: Format = Format {
    name: "text",
    aliases: &[],
    extensions: &["txt"],
    marks: &[("kneewise report · as of ", ""), ("kneewise report, ", "")],
    about: "For a terminal",
    is_json: false,
    from_saved: Some(|saved, detail, style| match detail {
        Detail::Brief => terminal::of(&saved.words.first_screen, Units::Metric, style),
        Detail::Full => render(&saved.words.outline, style),
    }),
    write: |document, style, out| out.write_all(of(document, style).as_bytes()),
};

fn of(document: &Document, style: &TextStyle) -> String {
    match document.detail {
        Detail::Brief => terminal::render(document, style),
        Detail::Full => render(&outline::of(document), style),
    }
}

const HEADING: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

fn tier_style(tier: Tier) -> Style {
    let color = match tier {
        Tier::Elevated => AnsiColor::Red,
        Tier::Notice => AnsiColor::Yellow,
        Tier::Info => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

/// Columns of the longest bar of the weeks.
const BAR: usize = 28;

pub(crate) fn render(outline: &Outline, style: &TextStyle) -> String {
    let page = Page { color: style.color, width: style.columns() };
    let mut parts = vec![page.painted(HEADING, &page.filled(&outline.title.join(" · "), ""))];
    for section in &outline.sections {
        parts.push(page.painted(HEADING, &section.heading.to_uppercase()));
        parts.extend(section.blocks.iter().map(|block| page.block(block)));
    }
    parts.push(page.painted(QUIET, &page.filled(&outline.footer, "")));
    parts.join("\n\n") + "\n"
}

struct Page {
    color: bool,
    width: usize,
}

impl Page {
    fn block(&self, block: &Block) -> String {
        match block {
            Block::Text(text) => self.filled(text, ""),
            Block::Aside(text) => self.painted(QUIET, &self.filled(text, "")),
            Block::Hint(hint) => self.painted(QUIET, &self.filled(&format!("{hint}."), "")),
            Block::List(remarks) => self.list(remarks),
            Block::Finding(card) => self.card(card),
            Block::Items(items) => items.iter().map(|item| self.item(item)).collect::<Vec<_>>().join("\n\n"),
            Block::Points(points) => self.points(points),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Weeks(bars) => self.bars(bars),
        }
    }

    fn card(&self, card: &Card) -> String {
        let tier = format!("{} {}  ", sign(card.tier), card.tier.name().to_uppercase());
        let heading = wrap(&format!("{} · {}", card.name, card.evidence), self.width, &tier, "  ");
        let mut lines = vec![self.painted(tier_style(card.tier), &heading), self.filled(&card.message, "  ")];
        if !card.study.is_empty() {
            lines.push(self.filled(&card.study, "  "));
        }
        if !card.consider.is_empty() {
            lines.push(wrap(&card.consider, self.width, "  → ", "    "));
        }
        lines.push(self.painted(QUIET, &self.filled(&card.facts, "  ")));
        lines.extend(card.not_known.as_ref().map(|text| self.filled(&format!("Not known: {text}"), "  ")));
        lines.join("\n")
    }

    fn item(&self, item: &Item) -> String {
        let mut lines = vec![self.painted(HEADING, &self.filled(&item.name, "")), self.filled(&item.text, "  ")];
        if !item.detail.is_empty() {
            lines.push(self.painted(QUIET, &self.filled(&item.detail, "  ")));
        }
        lines.join("\n")
    }

    fn list(&self, remarks: &[String]) -> String {
        remarks.iter().map(|remark| wrap(remark, self.width, "* ", "  ")).collect::<Vec<_>>().join("\n")
    }

    fn points(&self, points: &Points) -> String {
        let mut lines = vec![self.painted(HEADING, &self.filled(&points.caption, "")), self.list(&points.lines)];
        if !points.more.is_empty() {
            lines.push(self.painted(QUIET, &self.filled(&points.more, "  ")));
        }
        lines.join("\n")
    }

    fn facts(&self, facts: &[(String, String)]) -> String {
        let names = facts.iter().map(|(name, _)| columns(name)).max().unwrap_or(0);
        let indent = " ".repeat(names + 2);
        let line = |(name, text): &(String, String)| wrap(text, self.width, &format!("{name:names$}  "), &indent);
        facts.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn table(&self, table: &Table) -> String {
        let header: Vec<String> = table.header.iter().map(|name| name.clone().into_owned()).collect();
        let widths: Vec<usize> = (0..header.len())
            .map(|i| table.rows.iter().chain([&header]).map(|row| columns(&row[i])).max().unwrap_or(0))
            .collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).map(|(cell, width)| cell.clone() + &" ".repeat(width - columns(cell)));
            let line = format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned();
            match row.split_last() {
                // Names of files take what room there is.
                Some((last, _)) if columns(&line) > self.width && line.ends_with(last.as_str()) => {
                    wrap(last, self.width, &line[..line.len() - last.len()], "      ")
                }
                _ => line,
            }
        };
        let mut lines = vec![self.painted(HEADING, &self.filled(&table.caption, ""))];
        lines.push(self.painted(QUIET, &line(&header)));
        lines.extend(table.rows.iter().map(line));
        if !table.more.is_empty() {
            lines.push(self.painted(QUIET, &self.filled(&table.more, "  ")));
        }
        lines.join("\n")
    }

    fn bars(&self, bars: &[Bar]) -> String {
        let labels = bars.iter().map(|bar| columns(&bar.label)).max().unwrap_or(0);
        let values = bars.iter().map(|bar| columns(&bar.value)).max().unwrap_or(0);
        // On a narrow terminal the notes go to lines of their own, never the bars.
        let longest = BAR.min(self.width.saturating_sub(labels + values + 6));
        let line = |bar: &Bar| {
            let filled = (bar.share * longest as f64).round() as usize;
            let blocks = if bar.complete { "█" } else { "░" }.repeat(filled) + &" ".repeat(longest - filled);
            let first = format!("{:labels$}  {blocks}  {:>values$}  ", bar.label, bar.value);
            wrap(&bar.note, self.width, &first, &" ".repeat(labels + 2))
        };
        bars.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn filled(&self, text: &str, indent: &str) -> String {
        wrap(text, self.width, indent, indent)
    }

    /// Every line painted by itself, so that a pager that shows a part shows it right.
    fn painted(&self, style: Style, text: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        text.lines().map(|line| format!("{style}{line}{style:#}")).collect::<Vec<_>>().join("\n")
    }
}
