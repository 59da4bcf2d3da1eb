//! Small pieces of HTML. Texts of files and diaries are escaped here and nowhere else.

use crate::chart::Table;
use crate::chart::svg::escaped;
use crate::words::{printable, without_addresses};

/// A text, with what could steer a reader's terminal or page made harmless.
pub(super) fn text(text: &str) -> String {
    escaped(&without_addresses(&printable(text)))
}

/// A part of the page that opens at a click, with a count at its right.
pub(super) fn fold(id: &str, heading: &str, count: &str, inner: &str) -> String {
    if inner.is_empty() {
        return String::new();
    }
    format!(
        "<details class=\"fold\" id=\"{id}\"><summary><h2>{}</h2><span class=\"count\">{}</span></summary>\
         <div class=\"in\">{inner}</div></details>\n",
        text(heading),
        text(count)
    )
}

/// A table whose first column names its rows.
pub(super) fn table(table: &Table, class: &str) -> String {
    let head: String = table.header.iter().map(|name| format!("<th scope=\"col\">{}</th>", text(name))).collect();
    let row = |row: &Vec<String>| {
        let cells: String = row.iter().map(|cell| format!("<td>{}</td>", text(cell))).collect();
        format!("<tr>{cells}</tr>")
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!("<table class=\"{class}\"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
}

/// A table in a box that scrolls, which the keyboard reaches.
pub(super) fn scroll(label: &str, inner: &str) -> String {
    format!("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">{inner}</div>", text(label))
}

/// Markup that the script builds when it is asked for, and that a browser without scripts shows at
/// once: to one with scripts it is a text without elements.
pub(super) fn waiting(inner: &str) -> String {
    format!("<noscript>{inner}</noscript>")
}

pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: String = items.into_iter().map(|item| format!("<li>{item}</li>")).collect();
    if items.is_empty() { items } else { format!("<ul class=\"plain\">{items}</ul>") }
}

pub(super) fn paragraph(inner: &str) -> String {
    if inner.is_empty() { String::new() } else { format!("<p>{}</p>", text(inner)) }
}

/// Percent as people write it.
pub(super) fn percent(text: &str) -> String {
    text.replace(" %", "%")
}
