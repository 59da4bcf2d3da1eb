//! How the project writes: what people read, apart from names and comments, and how wide prose is.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::in_project;

/// The widest line of prose, in characters.
const WIDEST: usize = 100;

/// Pages that are generated, with a line a paragraph.
const GENERATED: [&str; 8] = [
    "docs/article.md",
    "docs/load.md",
    "docs/metrics.md",
    "docs/readers.md",
    "docs/references.md",
    "docs/rules.md",
    "docs/trend.md",
    "fixtures/README.md",
];

/// The parts of a Rust source that people read outside of it: string literals and doc comments.
pub fn texts_for_people(source: &str) -> String {
    texts(source, true)
}

/// The string literals of a Rust source.
pub fn literals(source: &str) -> String {
    texts(source, false)
}

fn texts(source: &str, with_docs: bool) -> String {
    let mut texts = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            let line = comment.lines().next().unwrap_or_default();
            if let Some(doc) = line.strip_prefix(['/', '!']).filter(|_| with_docs) {
                texts.push_str(doc);
                texts.push('\n');
            }
            rest = &comment[line.len()..];
        } else if let Some((literal, after)) = string_literal(rest) {
            texts.push_str(literal);
            texts.push('\n');
            rest = after;
        } else if let Some(after) = char_literal(rest) {
            rest = after;
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    texts
}

/// The text of a string literal that begins here, and what follows it.
fn string_literal(source: &str) -> Option<(&str, &str)> {
    if let Some(raw) = source.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let text = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let at = text.find(&end)?;
        return Some((&text[..at], &text[at + end.len()..]));
    }
    let text = source.strip_prefix('"')?;
    let mut escaped = false;
    let at = text.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((&text[..at], &text[at + 1..]))
}

/// What follows a character literal that begins here; a lifetime is none.
fn char_literal(source: &str) -> Option<&str> {
    let text = source.strip_prefix('\'')?;
    let inner = if text.starts_with('\\') { text.get(2..)?.find('\'')? + 2 } else { text.chars().next()?.len_utf8() };
    text.get(inner..)?.strip_prefix('\'')
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
}

/// Lines that cannot be broken: tables, code, and a word longer than a line.
fn is_wide(line: &str, prose: &str, in_code: bool) -> bool {
    let can_be_broken = prose.trim().split(' ').count() > 3 && !prose.trim_start().starts_with(['|', '#', '<']);
    line.chars().count() > WIDEST && !in_code && can_be_broken
}

fn wide_lines<'a>(text: &'a str, prose_of: impl Fn(&'a str) -> Option<&'a str>) -> Vec<&'a str> {
    let mut in_code = false;
    let mut wide = Vec::new();
    for line in text.lines() {
        let Some(prose) = prose_of(line) else { continue };
        if prose.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if is_wide(line, prose, in_code) {
            wide.push(line);
        }
    }
    wide
}

#[test]
fn lines_of_prose_are_at_most_100_columns() {
    let comment = |line: &'static str| {
        let text = line.trim_start().strip_prefix("//")?;
        Some(text.strip_prefix(['/', '!']).unwrap_or(text))
    };
    let mut over = Vec::new();
    for ending in ["rs", "md"] {
        let mut found = Vec::new();
        files(&in_project("."), ending, &mut found);
        assert!(found.len() > 10, "{ending}");
        for path in found.into_iter().filter(|path| !GENERATED.iter().any(|page| path.ends_with(page))) {
            let text: &'static str = fs::read_to_string(&path).unwrap().leak();
            let wide = if ending == "rs" { wide_lines(text, comment) } else { wide_lines(text, Some) };
            over.extend(wide.into_iter().map(|line| format!("{}: {line}", path.display())));
        }
    }
    assert!(over.is_empty(), "{} lines:\n{}", over.len(), over.join("\n"));
}

#[test]
fn names_and_comments_are_no_texts_for_people() {
    let source = "/// Shows \"it\".\n// why\nfn risk(c: &'a str) { say(\"one \\\" two\", r#\"raw\"#, '\"', '\\''); }";
    assert_eq!(texts_for_people(source), " Shows \"it\".\none \\\" two\nraw\n");
}
