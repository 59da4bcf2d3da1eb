//! Where results go: data to standard output or a file, all else to standard error.

use std::fmt::Arguments;
use std::io::{self, IsTerminal, Write};
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

/// How text that goes to `file` or standard output looks.
pub fn style(when: ColorWhen, file: Option<&Path>) -> TextStyle {
    TextStyle { color: in_color(when, file), width: width(file) }
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

/// How many columns it may take: the terminal's, within what reads well; 80 anywhere else.
fn width(file: Option<&Path>) -> usize {
    const NARROWEST: usize = 60;
    const WIDEST: usize = 100;
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    match columns {
        Some(columns) if file.is_none() && io::stdout().is_terminal() => usize::clamp(columns, NARROWEST, WIDEST),
        _ => 80,
    }
}
