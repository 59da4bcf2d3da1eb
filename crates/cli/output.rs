//! Where results go: data to standard output or a file, all else to standard error.

use std::fmt::Arguments;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};
use kneewise_report::TextStyle;

use crate::args::ColorWhen;

/// Fails where `file` is one of the inputs: writing to it would destroy what it holds.
pub fn spare<'p>(file: Option<&Path>, mut inputs: impl Iterator<Item = &'p Path>) -> anyhow::Result<()> {
    // What is not there yet can be no input.
    let Some((file, there)) = file.and_then(|file| Some((file, file.canonicalize().ok()?))) else { return Ok(()) };
    if there.is_file() && inputs.any(|input| input.canonicalize().is_ok_and(|input| input == there)) {
        bail!("{} is one of the files to read; name another file for the output", file.display());
    }
    Ok(())
}

/// Writes a result to `file`, or to standard output.
pub fn write(file: Option<&Path>, text: &str) -> anyhow::Result<()> {
    if let Some(path) = file {
        return std::fs::write(path, text).with_context(|| format!("could not write {}", path.display()));
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    Ok(stdout.flush()?)
}

/// Gives a result piece by piece to `file`, or to standard output.
///
/// A file is only made when there is something to write.
pub fn stream(file: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let Some(path) = file else { return write(&mut BufWriter::new(io::stdout().lock())) };
    let mut file = BufWriter::new(LazyFile { path, file: None });
    write(&mut file)
}

/// A file that is made with the first byte written to it.
struct LazyFile<'p> {
    path: &'p Path,
    file: Option<File>,
}

impl Write for LazyFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let named = |error: io::Error| {
                    io::Error::new(error.kind(), format!("could not write {}: {error}", self.path.display()))
                };
                none.insert(File::create(self.path).map_err(named)?)
            }
        };
        file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
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

/// How a table looks that loses nothing where it goes to a file or another program.
pub fn wide_style(file: Option<&Path>) -> TextStyle {
    const ALL: usize = 10_000;
    TextStyle { color: in_color(ColorWhen::Auto, file), width: asked_columns(file).unwrap_or(ALL) }
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

/// The columns of the terminal, or what `COLUMNS` says for another program; 80 anywhere else.
fn columns(file: Option<&Path>) -> usize {
    asked_columns(file).unwrap_or(80)
}

fn asked_columns(file: Option<&Path>) -> Option<usize> {
    let named = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| (1..=10_000).contains(columns));
    terminal_columns(file).or_else(|| if file.is_none() { named() } else { None })
}

/// The columns of the terminal, if that is where the result goes.
pub fn terminal_columns(file: Option<&Path>) -> Option<usize> {
    const NARROWEST: usize = 50;
    match terminal_size::terminal_size_of(io::stdout()) {
        Some((width, _)) if file.is_none() => Some(usize::from(width.0).max(NARROWEST)),
        _ => None,
    }
}
