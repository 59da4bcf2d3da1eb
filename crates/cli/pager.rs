//! Long text through a pager, where somebody reads it in a terminal.

use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

/// The pager where none is named: it ends by itself where a page holds all, and shows colours.
const DEFAULT: &str = "less -FRX";

/// Whether somebody reads standard output in a terminal.
pub fn is_possible() -> bool {
    io::stdout().is_terminal()
}

/// Shows a text in `$PAGER`. Returns whether it could: where there is no pager, or `cat`, the text
/// goes to standard output as it is.
pub fn show(text: &str) -> bool {
    let named = std::env::var("PAGER").unwrap_or_else(|_| DEFAULT.to_owned());
    let mut words = named.split_whitespace();
    let Some(program) = words.next().filter(|program| *program != "cat") else { return false };
    let Ok(mut pager) = Command::new(program).args(words).stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // Who quits before the end has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    // What it ends with is the reader's affair.
    let _ = pager.wait();
    true
}
