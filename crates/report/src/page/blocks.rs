//! Parts of the outline, which other formats share, in the page.

use crate::chart::Table;
use crate::outline::{Block, Section};

use super::tag::{list, paragraph, percent, scroll, table, text};

pub(super) fn section(section: &Section) -> String {
    section.blocks.iter().map(block).collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Text(said) => paragraph(&percent(said)),
        // A page has no command line beside it.
        Block::Hint(_) => String::new(),
        Block::Aside(said) => format!("<p class=\"quiet\">{}</p>", text(&percent(said))),
        Block::List(items) => list(items.iter().map(|item| text(&percent(item)))),
        Block::Items(items) => list(items.iter().map(|item| {
            let detail = if item.detail.is_empty() {
                String::new()
            } else {
                format!(" <span>{}</span>", text(&percent(&item.detail)))
            };
            format!("<b>{}</b> {}{detail}", text(&item.name), text(&percent(&item.text)))
        })),
        Block::Points(points) => {
            let lines = list(points.lines.iter().map(|line| text(&percent(line))));
            let more = if points.more.is_empty() {
                String::new()
            } else {
                format!("<p class=\"quiet\">{}</p>", text(&points.more))
            };
            format!("<h3>{}</h3>{lines}{more}", text(&points.caption))
        }
        Block::Facts(facts) => {
            list(facts.iter().map(|(name, said)| format!("<b>{}</b> {}", text(name), text(&percent(said)))))
        }
        Block::Table(of) => {
            let header = of.header.iter().map(|name| name.clone().into_owned()).collect();
            let inner = table(&Table { header, rows: of.rows.clone() }, "values");
            format!("<h3>{}</h3>{}{}", text(&of.caption), scroll(&of.caption, &inner), paragraph(&of.more))
        }
        Block::Finding(_) | Block::Weeks(_) => String::new(),
    }
}
