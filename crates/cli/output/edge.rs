//! Cleans text before it leaves the program: control characters from files and file names.
//!
//! A control character could steer a terminal, one that turns the direction of writing could make a
//! name look like another, and the folder of a runner's home says who they are.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

use kneewise_report::{Format, TEXT};

/// What a result is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum As {
    /// Text for people, in colours or not.
    Text { color: bool },
    /// What other programs read as text: cells of a table, Markdown, SVG, a page.
    Cells,
    /// JSON, which has a way to write every character.
    Json,
}

impl As {
    /// Text without colours.
    pub const PLAIN: Self = Self::Text { color: false };

    /// JSON, cells that other programs read, or else text without colours.
    pub fn of_table(is_json: bool, is_csv: bool) -> Self {
        if is_json {
            Self::Json
        } else if is_csv {
            Self::Cells
        } else {
            Self::PLAIN
        }
    }

    /// What a form of a report is.
    pub fn of_form(form: &Format, color: bool) -> Self {
        if form == &TEXT { Self::Text { color } } else { Self::of_table(form.is_json, true) }
    }

    /// JSON, or else text without colours.
    pub fn data_if(is_json: bool) -> Self {
        if is_json { Self::Json } else { Self::PLAIN }
    }
}

/// The runner's home folder, and whether data has paths in it as they were given.
#[derive(Debug, Default)]
struct Home {
    folder: Option<String>,
    data_has_it: bool,
}

static HOME: OnceLock<Home> = OnceLock::new();

/// Says at the beginning whether JSON and Parquet hold paths as they were given.
pub fn set_full_paths(data_has_it: bool) {
    let named = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let folder = named.filter(|home| home.is_absolute() && home.parent().is_some());
    let folder = folder.and_then(|home| Some(home.to_str()?.trim_end_matches(['/', '\\']).to_owned()));
    // Only `main` sets it, and once.
    let _ = HOME.set(Home { folder, data_has_it });
}

/// A text as a stream may carry it.
pub fn clean(text: &str, what: As) -> String {
    let home = HOME.get().and_then(|home| home.folder.as_deref().filter(|_| what != As::Json || !home.data_has_it));
    let text = home.map_or_else(|| text.to_owned(), |home| shortened(text, home));
    let mut out = String::with_capacity(text.len());
    let (mut from, mut done) = (0, 0);
    // Most text has no byte that such a character begins with.
    while let Some(found) = text.as_bytes()[from..].iter().position(|byte| MAY_STEER[usize::from(*byte)]) {
        let at = from + found;
        let Some(letter) = text[at..].chars().next() else { break };
        from = at + letter.len_utf8();
        if !steers(letter) {
            continue;
        }
        out.push_str(&text[done..at]);
        match (what, color(&text[at..])) {
            (As::Text { color: true }, Some(length)) => {
                from = at + length;
                out.push_str(&text[at..from]);
            }
            (As::Json, _) => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            (As::Text { .. } | As::Cells, _) => out.push('\u{FFFD}'),
        }
        done = from;
    }
    out.push_str(&text[done..]);
    out
}

/// Which bytes begin a character that [`steers`].
const MAY_STEER: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < may.len() {
        may[byte] = byte < 0x20 && byte != 0x0A || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2);
        byte += 1;
    }
    may
};

/// Returns whether a text has a character that could steer a terminal.
pub fn may_steer(text: &str) -> bool {
    text.contains(steers)
}

/// A path as people read it, and data holds it unless paths are asked for in full.
pub fn path_in_data(path: &str) -> String {
    match HOME.get() {
        Some(Home { folder: Some(home), data_has_it: false }) => shortened(path, home),
        _ => path.to_owned(),
    }
}

/// Whether a character could steer a terminal or turn the direction of writing.
fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || matches!(c, '\u{2028}' | '\u{2029}') || c.is_control() && !matches!(c, '\n' | '\t')
}

/// The length of a sequence that sets a colour or weight, which is all that we write.
fn color(text: &str) -> Option<usize> {
    let numbers = text.strip_prefix("\u{1B}[")?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    numbers[end..].starts_with('m').then_some(2 + end + 1)
}

/// A text with `~` for the home folder wherever a path begins with it.
fn shortened(text: &str, home: &str) -> String {
    if home.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(home) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        // In the middle of another path, or of a longer name, it is no home.
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '-' | '_' | '~');
        let begins = !out.ends_with(goes_on);
        let after = &from[home.len()..];
        let ends =
            !after.starts_with(|c: char| goes_on(c) && !matches!(c, '/' | '\\' | '.')) && !after.starts_with("..");
        out.push_str(if begins && ends { "~" } else { home });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Cleans what is written to it, however it comes in pieces.
pub struct Clean<W: Write> {
    out: W,
    what: As,
    /// The beginning of a line that is not whole yet.
    line: Vec<u8>,
}

impl<W: Write> Clean<W> {
    pub fn new(out: W, what: As) -> Self {
        Self { out, what, line: Vec::new() }
    }

    fn pass(&mut self, length: usize) -> io::Result<()> {
        let rest = self.line.split_off(length);
        let whole = std::mem::replace(&mut self.line, rest);
        self.out.write_all(clean(&String::from_utf8_lossy(&whole), self.what).as_bytes())
    }
}

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        const ENOUGH: usize = 64 << 10;
        self.line.extend_from_slice(bytes);
        if self.line.len() >= ENOUGH {
            // A line without end goes on in pieces: no path is as long.
            let whole = self.line.iter().rposition(|byte| *byte == b'\n').map_or(self.line.len(), |at| at + 1);
            let is_inside = |at: usize| self.line.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
            let mut at = whole;
            while at > 0 && is_inside(at) {
                at -= 1;
            }
            let at = if at == self.line.len() { start_of_last(&self.line) } else { at };
            self.pass(at)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(self.line.len())?;
        self.out.flush()
    }
}

/// Where the last character begins, which may not be there whole.
fn start_of_last(bytes: &[u8]) -> usize {
    let is_inside = |byte: &u8| byte & 0xC0 == 0x80;
    if bytes.last() == Some(&b'\n') {
        bytes.len()
    } else {
        bytes.iter().rposition(|byte| !is_inside(byte)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_passes() {
        let hostile = "a\u{1B}[2Jb\u{9B}31mc\u{202E}d\u{7}\u{7F}e\tf\n\u{1B}[1mg\u{1B}[0m";
        assert_eq!(
            clean(hostile, As::PLAIN),
            "a\u{FFFD}[2Jb\u{FFFD}31mc\u{FFFD}d\u{FFFD}\u{FFFD}e\tf\n\u{FFFD}[1mg\u{FFFD}[0m"
        );
        let colored = clean(hostile, As::Text { color: true });
        assert!(colored.contains("\u{1B}[1mg\u{1B}[0m") && !colored.contains("\u{1B}[2J"), "{colored:?}");
        let data = clean("\"\u{9B}\u{202E}\"", As::Json);
        assert_eq!(serde_json::from_str::<String>(&data).unwrap(), "\u{9B}\u{202E}");
        assert!(data.is_ascii());
        for c in ('\0'..='\u{10FFFF}').filter(|c| steers(*c)) {
            assert!(!clean(&c.to_string(), As::Json).contains(c) && !clean(&c.to_string(), As::PLAIN).contains(c));
        }
    }

    #[test]
    fn a_home_folder_is_a_tilde_and_nothing_else_is() {
        let short = |text: &str| shortened(text, "/home/ann");
        assert_eq!(short("read /home/ann/a.fit, \"/home/ann\": /home/ann."), "read ~/a.fit, \"~\": ~.");
        for other in ["/mnt/home/ann/a.fit", "/home/anna/a.fit", "x/home/ann/b", "/home/ann_old"] {
            assert_eq!(short(other), other);
        }
    }

    #[test]
    fn pieces_come_to_the_same_as_the_whole() {
        let text = "né\u{202E}e\u{9B}\n".repeat(40_000) + "end";
        let mut out = Vec::new();
        let mut clean_out = Clean::new(&mut out, As::PLAIN);
        for piece in text.as_bytes().chunks(7) {
            clean_out.write_all(piece).unwrap();
        }
        clean_out.flush().unwrap();
        drop(clean_out);
        assert_eq!(String::from_utf8(out).unwrap(), clean(&text, As::PLAIN));
    }
}
