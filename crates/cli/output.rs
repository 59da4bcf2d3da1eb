//! Where results go: data to standard output or a file, all else to standard error.

use std::fmt::Arguments;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use kneewise_report::TextStyle;

use crate::args::ColorWhen;

/// Writes a result to `file`, or to standard output.
pub fn write(file: Option<&Path>, text: &str) -> anyhow::Result<()> {
    if let Some(path) = file {
        return std::fs::write(path, text).with_context(|| format!("could not write {}", path.display()));
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    Ok(stdout.flush()?)
}

/// Whether an error only says that the reader of our output has gone, as `head` does.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Says on standard error what went wrong.
pub fn complain(what: Arguments) {
    // Where even that is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "kneewise: {what}");
}

/// How running text that goes to `file` or standard output looks: no wider than reads well.
pub fn style(when: ColorWhen, file: Option<&Path>) -> TextStyle {
    const WIDEST: usize = 100;
    TextStyle { color: in_color(when, file), width: columns(file).min(WIDEST) }
}

/// How a table looks: as wide as the terminal.
pub fn table_style(file: Option<&Path>) -> TextStyle {
    TextStyle { color: in_color(ColorWhen::Auto, file), width: columns(file) }
}

/// Whether it gets colours.
fn in_color(when: ColorWhen, file: Option<&Path>) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => {
            file.is_none() && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    }
}

/// The columns of the terminal; 80 anywhere else.
fn columns(file: Option<&Path>) -> usize {
    const NARROWEST: usize = 50;
    match terminal_size::terminal_size_of(io::stdout()) {
        Some((width, _)) if file.is_none() => usize::from(width.0).max(NARROWEST),
        _ => 80,
    }
}
