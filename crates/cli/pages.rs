//! The pages of their own kind, and what they say as data.

use std::fmt::Write;

use jiff::civil::Date;
use kneewise_core::knowledge::article::{self, ARTICLE, Statement};
use kneewise_core::knowledge::card::CARDS;
use kneewise_core::knowledge::reference::{self, REFERENCES, Reference};
use kneewise_core::report::SCHEMA_VERSION;
use kneewise_core::rule::RULES;
use kneewise_core::runner::Entry;
use kneewise_core::triage;
use kneewise_profile::diary::{self, COLUMNS, Column};
use serde_json::{Value, json};

/// A page of its own kind.
pub struct Page {
    pub id: &'static str,
    pub name: &'static str,
    pub text: fn() -> String,
    /// The same as data.
    pub data: Option<fn() -> Value>,
}

/// The pages of their own kind.
pub static PAGES: [Page; 4] = [
    Page { id: "red-flags", name: "Questions that come first", text: triage::page, data: None },
    Page { id: "article", name: "The article, statement by statement", text: article::page, data: Some(statements) },
    Page {
        id: "references",
        name: "The publications that rules and cards rest on",
        text: reference::page,
        data: Some(references),
    },
    Page { id: "diary", name: "The columns of the diary", text: diary_page, data: Some(columns) },
];

fn statements() -> Value {
    let one = |statement: &Statement| {
        let Statement { part, says, research, does, pages, .. } = statement;
        json!({ "part": part.name(), "says": says, "research": research, "does": does, "pages": pages })
    };
    json!({ "schema_version": SCHEMA_VERSION, "statements": ARTICLE.iter().map(one).collect::<Vec<_>>() })
}

fn references() -> Value {
    let one = |reference: &&Reference| {
        let Reference { short, full, known, .. } = reference;
        json!({ "short": short, "full": full, "known": known })
    };
    json!({ "schema_version": SCHEMA_VERSION, "references": REFERENCES.iter().map(one).collect::<Vec<_>>() })
}

fn columns() -> Value {
    let one = |column: &Column| json!({ "name": column.name, "what": column.what, "takes": takes(column) });
    json!({ "schema_version": SCHEMA_VERSION, "columns": COLUMNS.iter().map(one).collect::<Vec<_>>() })
}

fn diary_page() -> String {
    let mut rows = String::new();
    for column in COLUMNS {
        let takes = takes(column).map_or_else(String::new, |takes| takes.replace('|', "\\|"));
        // Writing to a string cannot fail.
        let _ = writeln!(rows, "| `{}` | {} | {takes} |", column.name, column.what);
    }
    format!(
        "# The columns of the diary (`diary`)\n\nThe diary is a table, `diary.csv`, with a line a day or run. `kneewise diary add` \
         adds one; any editor or spreadsheet does too. Columns may be in any order, and all but `date` may be missing. An empty field \
         is no value, which is not 0.\n\n| column | content | values |\n|---|---|---|\n{rows}"
    )
}

/// What can stand in a column: what its reader says of something that cannot. `None` where that
/// says nothing more than what it holds.
fn takes(column: &Column) -> Option<String> {
    const NOTHING: &str = "?";
    let why = diary::set(&mut Entry::on(Date::MIN), column.name, NOTHING).err()?;
    let takes = why.strip_prefix(&format!("\"{NOTHING}\" is not "))?;
    let is_plain = ["a whole number", "a number", "yes or no", "one of"].iter().any(|begin| takes.starts_with(begin));
    is_plain.then(|| takes.to_owned())
}

/// A publication and which rules and cards rest on it, in Markdown.
pub fn publication(reference: &'static Reference) -> String {
    let rules = RULES.iter().filter(|rule| rule.references.contains(&reference)).map(|rule| rule.id);
    let cards = CARDS.iter().filter(|card| card.references.contains(&reference)).map(|card| card.id);
    let cited: Vec<String> = rules.chain(cards).map(|id| format!("`{id}`")).collect();
    format!(
        "# {}\n\n{reference}\n\n**Cited by** {}, whose pages describe its results.\n",
        reference.short,
        cited.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_diary_says_what_each_column_takes() {
        let page = diary_page();
        assert!(COLUMNS.iter().all(|column| page.contains(&format!("| `{}` | {} |", column.name, column.what))));
        for (column, takes) in [
            ("pain_after", "a number from 0 to 10"),
            ("sleep_h", "a number from 0 to 24"),
            ("side", "one of left, right, both"),
            ("swelling", "yes or no"),
        ] {
            let row = page.lines().find(|line| line.contains(&format!("`{column}`")));
            assert!(row.is_some_and(|row| row.ends_with(&format!("| {takes} |"))), "{page}");
        }
    }
}
