//! Manual pages, written as Markdown in the program's source, as HTML.

use super::tag::text;

/// A page of headings, paragraphs, lists and tables.
pub(super) fn html(doc: &str) -> String {
    let lines: Vec<&str> = doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let mut html = String::new();
    for part in lines.split(|line| line.trim().is_empty()).filter(|part| !part.is_empty()) {
        html += &block(part);
    }
    html
}

fn block(lines: &[&str]) -> String {
    let (first, rest) = (lines[0], &lines[1..]);
    if let Some(heading) = first.strip_prefix("## ") {
        let after = if rest.is_empty() { String::new() } else { block(rest) };
        return format!("<h4>{}</h4>{after}", inline(heading));
    }
    if first.starts_with('|') {
        return table(lines);
    }
    if first.starts_with("- ") || first.starts_with("* ") {
        return items(lines);
    }
    if first.starts_with("```") {
        let code: Vec<String> = rest.iter().filter(|line| !line.starts_with("```")).map(|line| text(line)).collect();
        return format!("<pre>{}</pre>", code.join("\n"));
    }
    format!("<p>{}</p>", inline(&lines.join(" ")))
}

fn items(lines: &[&str]) -> String {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- ").or(line.strip_prefix("* ")), items.last_mut()) {
            (None, Some(item)) => item.extend([" ", line.trim()]),
            (Some(item), _) => items.push(item.to_owned()),
            (None, None) => items.push((*line).to_owned()),
        }
    }
    format!("<ul>{}</ul>", items.iter().map(|item| format!("<li>{}</li>", inline(item))).collect::<String>())
}

fn table(lines: &[&str]) -> String {
    let cells = |line: &str, tag: &str| {
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
        inner.split('|').map(|cell| format!("<{tag}>{}</{tag}>", inline(cell.trim()))).collect::<String>()
    };
    let rows: String = lines.iter().skip(2).map(|line| format!("<tr>{}</tr>", cells(line, "td"))).collect();
    let inner = format!("<thead><tr>{}</tr></thead><tbody>{rows}</tbody>", cells(lines[0], "th"));
    super::tag::scroll("Example", &format!("<table class=\"values\">{inner}</table>"))
}

/// Code, bold and the text of links.
fn inline(line: &str) -> String {
    let mut html = String::new();
    for (i, part) in text(line).split('`').enumerate() {
        if i % 2 == 1 {
            html.extend(["<code>", part, "</code>"]);
        } else {
            for (k, piece) in part.split("**").enumerate() {
                html.extend(if k % 2 == 1 { ["<b>", piece, "</b>"] } else { ["", piece, ""] });
            }
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn a_manual_page_keeps_its_headings_lists_and_tables() {
        let page = html(
            " ## What it does\n Counts `a < b`.\n\n - one\n   more\n - two\n\n | day | km |\n |---|---|\n | 1 | 5 |",
        );
        assert!(
            page.starts_with(
                "<h4>What it does</h4><p>Counts <code>a &lt; b</code>.</p><ul><li>one more</li><li>two</li></ul>"
            ),
            "{page}"
        );
        assert!(page.contains("<th>km</th>") && page.contains("<td>5</td>") && !page.contains("---"), "{page}");
    }
}
