//! A report that was written as a page or as JSON, and other forms of it.

use kneewise_read::unit::Units;
use serde::{Deserialize, Serialize};

use crate::digest::{Digest, digest};
use crate::outline::{self, Outline};
use crate::{Detail, Document, Format, RenderError, TextStyle, markdown, terminal, text};

/// The id of the element of a page that holds its data.
pub(crate) const DATA_ID: &str = "report-data";

/// What a report says in words, in metric units: what comes first, and all of it in order.
#[derive(Deserialize, Serialize)]
pub(crate) struct Words {
    pub first_screen: Digest,
    pub outline: Outline,
}

impl Words {
    pub(crate) fn of(document: &Document) -> Self {
        let document = Document { units: Units::Metric, detail: Detail::Full, ..*document };
        Self { first_screen: digest(&document), outline: outline::of(&document) }
    }
}

/// A report as it was written before.
pub struct Saved<'a> {
    json: &'a str,
    words: Words,
}

/// Why a text is no report that can be written in another form.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// It is neither a page nor JSON of this program.
    #[error("neither a page nor JSON that kneewise wrote")]
    NoReport,
    /// Its data is damaged, or of another version; the text says where.
    #[error("its data cannot be read: {0}")]
    Damaged(String),
}

impl<'a> Saved<'a> {
    /// Finds the data in a page or in JSON.
    ///
    /// # Errors
    /// [`SavedError`] for any other text.
    pub fn parse(text: &'a str) -> Result<Self, SavedError> {
        let json = if text.trim_start().starts_with('{') { text } else { in_page(text).ok_or(SavedError::NoReport)? };
        let words = serde_json::from_str(json).map_err(|error| SavedError::Damaged(error.to_string()))?;
        Ok(Self { json, words })
    }

    /// Writes the report in another form, in kilometres; `None` for a page, which takes the runs.
    ///
    /// # Errors
    /// [`RenderError::Json`] when the data is none.
    pub fn render(&self, format: Format, detail: Detail, style: &TextStyle) -> Result<Option<String>, RenderError> {
        let Words { first_screen, outline } = &self.words;
        Ok(match format {
            Format::Text if detail == Detail::Brief => Some(terminal::of(first_screen, Units::Metric, style)),
            Format::Text => Some(text::render(outline, style)),
            Format::Markdown => Some(markdown::render(outline)),
            Format::Json => Some(indented(self.json.trim())),
            Format::Html => None,
        })
    }
}

/// The data of a page: the text of one element, which no text in it can end.
fn in_page(html: &str) -> Option<&str> {
    let begin = format!("<script type=\"application/json\" id=\"{DATA_ID}\">");
    let (_, after) = html.split_once(begin.as_str())?;
    Some(after.split_once("</script>")?.0)
}

/// JSON with a line for each value, as reports are written, in the order that it has.
fn indented(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 3 / 2);
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.extend(std::iter::repeat_n("  ", depth));
    };
    let mut rest = json.chars().peekable();
    while let Some(c) = rest.next() {
        if in_text {
            text.push(c);
            in_text = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
            continue;
        }
        match c {
            '"' => {
                in_text = true;
                text.push(c);
            }
            '{' | '[' => {
                text.push(c);
                while rest.next_if(char::is_ascii_whitespace).is_some() {}
                if rest.peek().is_some_and(|next| !matches!(next, '}' | ']')) {
                    depth += 1;
                    line(&mut text, depth);
                }
            }
            '}' | ']' => {
                if !text.ends_with(['{', '[']) {
                    depth = depth.saturating_sub(1);
                    line(&mut text, depth);
                }
                text.push(c);
            }
            ',' => {
                text.push(c);
                line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => text.push(c),
        }
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_indented_as_a_report_is_written() {
        let value = serde_json::json!({ "a": [], "b": {}, "c": ["x \"{,:\\", 1.5, null], "d": { "e": true } });
        let pretty = serde_json::to_string_pretty(&value).expect("JSON") + "\n";
        assert_eq!(indented(&value.to_string()), pretty);
        assert_eq!(indented(pretty.trim()), pretty, "what is indented stays as it is");
    }

    #[test]
    fn other_texts_are_no_report() {
        for text in ["", "<html></html>", "date,km", "[1]"] {
            assert!(matches!(Saved::parse(text), Err(SavedError::NoReport)), "{text}");
        }
        assert!(matches!(Saved::parse("{}"), Err(SavedError::Damaged(_))));
    }
}
