//! Filling lines of text.

use unicode_width::UnicodeWidthStr;

/// Columns that a text takes in a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Breaks `text` into lines of at most `width` columns, each after `indent`.
pub fn fill(text: &str, width: usize, indent: &str) -> String {
    wrap(text, width, indent, indent)
}

/// Breaks `text` into lines of at most `width` columns, the first after `first` and the others
/// after `rest`.
pub(crate) fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut lines = String::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in words(text) {
        let is_full = columns(&line) + usize::from(!is_empty) + columns(&word) > width;
        if is_full && (!is_empty || columns(&line) > columns(rest)) {
            lines.push_str(line.trim_end());
            lines.push('\n');
            rest.clone_into(&mut line);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        is_empty = false;
        for piece in word.chars() {
            // A word longer than a line: a file name.
            if columns(&line) + columns(piece.encode_utf8(&mut [0; 4])) > width {
                lines.push_str(&line);
                lines.push('\n');
                rest.clone_into(&mut line);
            }
            line.push(piece);
        }
    }
    lines + line.trim_end()
}

/// The words of a text, a number and its unit being one.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let is_unit = matches!(word.trim_end_matches(|c: char| ".,;:)".contains(c)), "%" | "km" | "mi" | "·");
        match words.last_mut() {
            Some(last) if word == "·" || (is_unit && last.ends_with(|c: char| c.is_ascii_digit())) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_indent() {
        assert_eq!(wrap("one two three four", 10, "* ", "  "), "* one two\n  three\n  four");
        assert_eq!(wrap("", 10, "* ", "  "), "*");
    }

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(wrap("more by 10%, then 20 km.", 11, "", ""), "more by\n10%, then\n20 km.");
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        assert_eq!(wrap("a abcdefghij", 6, "", " "), "a\n abcde\n fghij");
        assert_eq!(wrap("朝のラン朝", 6, "", ""), "朝のラ\nン朝", "wide letters take two columns");
    }
}
