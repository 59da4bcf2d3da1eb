//! Manual pages for a terminal: the Markdown of a rule or metric, its lines filled and its signs
//! gone.

use crate::TextStyle;
use crate::wrap::{columns, wrap};

/// Lays out a [manual page](kneewise_core::rule::Rule::manual_page): headings in capitals but the
/// title, paragraphs and list items filled to the width, tables as they are.
pub fn page(markdown: &str, style: &TextStyle) -> String {
    let width = style.width;
    let mut text = String::new();
    let mut paragraph = String::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in markdown.lines().chain([""]) {
        let goes_on = !line.is_empty() && !line.starts_with(['#', '|', '*']) || line.starts_with("**");
        if !goes_on {
            text.push_str(&filled(&paragraph, width));
            paragraph.clear();
        }
        if !line.starts_with('|') {
            text.push_str(&table(&std::mem::take(&mut rows), width));
        }
        match line.trim_start_matches('#') {
            heading if heading.len() < line.len() => {
                // The title names the rule or metric as it is typed.
                let heading = plain(heading.trim());
                text.push_str(&if line.starts_with("##") { heading.to_uppercase() } else { heading });
                text.push('\n');
            }
            // The line between a table's header and its rows.
            _ if line.starts_with("|---") => {}
            _ if line.starts_with('|') => {
                rows.push(line.trim_matches('|').split('|').map(|cell| plain(cell.trim())).collect());
            }
            "" => text.push('\n'),
            _ => {
                paragraph.push_str(line);
                paragraph.push(' ');
            }
        }
    }
    text.trim_end().to_owned() + "\n"
}

fn filled(paragraph: &str, width: usize) -> String {
    match paragraph.strip_prefix("* ") {
        _ if paragraph.is_empty() => String::new(),
        Some(item) => wrap(&plain(item), width, "* ", "  ") + "\n",
        None => wrap(&plain(paragraph), width, "", "") + "\n",
    }
}

/// Rows with their cells below each other; the last cell goes on in the next line where it does not
/// fit.
fn table(rows: &[Vec<String>], width: usize) -> String {
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
    let columns_before_last = rows.first().map_or(0, |row| row.len().saturating_sub(1));
    let before_last: usize = (0..columns_before_last).filter_map(widest).map(|wide| wide + 2).sum();
    if before_last + LEAST_COLUMN > width {
        return stacked(rows, width);
    }
    let mut text = String::new();
    for row in rows {
        let Some((last, cells)) = row.split_last() else { continue };
        let mut first = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let gap = widest(column).unwrap_or(0) - columns(cell);
            first.extend(["  ", cell, &" ".repeat(gap)]);
        }
        first += "  ";
        let indent = " ".repeat(columns(&first));
        text += wrap(last, width, &first, &indent).trim_end();
        text.push('\n');
    }
    text
}

/// A last column narrower than this cannot be read.
const LEAST_COLUMN: usize = 16;

/// The rows of a table that is too wide, one below the other: the first cell, and below it the
/// others with their heads.
fn stacked(rows: &[Vec<String>], width: usize) -> String {
    let Some((heads, rows)) = rows.split_first() else { return String::new() };
    let mut text = String::new();
    for row in rows {
        let Some((first, others)) = row.split_first() else { continue };
        text += &wrap(first, width, "* ", "  ");
        text.push('\n');
        for (head, cell) in heads.iter().skip(1).zip(others).filter(|(_, cell)| !cell.is_empty()) {
            text += &wrap(&format!("{head}: {cell}"), width, "  ", "    ");
            text.push('\n');
        }
    }
    text
}

fn plain(markdown: &str) -> String {
    markdown.replace("**", "").replace('`', "")
}

#[cfg(test)]
mod tests {
    use kneewise_core::baseline::METHOD;
    use kneewise_core::load::{CONVENTIONS, FIGURES, LOADS};
    use kneewise_core::measure::metric::METRICS;
    use kneewise_core::rule::RULES;

    use super::*;

    #[test]
    fn every_page_fits_the_terminal_and_keeps_its_words() {
        let pages =
            RULES.iter().map(|rule| rule.manual_page()).chain(METRICS.iter().map(|metric| metric.manual_page()));
        let loads = LOADS.iter().map(|load| load.manual_page());
        let figures = FIGURES.iter().map(|figure| figure.manual_page());
        let conventions = CONVENTIONS.iter().map(|convention| convention.manual_page());
        for markdown in pages.chain(loads).chain(figures).chain(conventions).chain([METHOD.manual_page()]) {
            let text = page(&markdown, &TextStyle::default());
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
            assert!(!text.contains("**") && !text.contains('`') && !text.contains('#'), "{text}");
            let words =
                |text: &str| text.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)).count();
            assert_eq!(words(&text), words(&plain(&markdown)), "{text}");
        }
    }
}
