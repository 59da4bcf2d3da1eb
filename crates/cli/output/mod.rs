//! Where results go: data to standard output or a file, all else to standard error.

mod ascii;
mod edge;
mod place;
mod whole;

use std::fmt::Arguments;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::OnceLock;

use anyhow::Context;
use kneewise_report::TextStyle;

use crate::args::ColorWhen;
pub use edge::{As, clean, may_steer, path_in_data, set_full_paths};
pub use place::{Kept, set_force, spare_inputs, spare_own};

use ascii::Ascii;
use edge::Clean;
use whole::Draft;

/// Writes a result to `file`, or to standard output.
pub fn write(file: Option<&Path>, text: &str, what: As) -> anyhow::Result<()> {
    stream(file, what, |out| Ok(out.write_all(text.as_bytes())?))
}

/// Gives a result piece by piece to `file`, or to standard output. A file is there whole in the
/// end, or not at all.
pub fn stream(
    file: Option<&Path>,
    what: As,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match file {
        None if matches!(what, As::Text { .. }) && !is_utf8() => {
            let mut out = Clean::new(Ascii::new(BufWriter::new(io::stdout().lock())), what);
            let written = write(&mut out);
            out.flush()?;
            written
        }
        None => {
            let mut out = Clean::new(BufWriter::new(io::stdout().lock()), what);
            let written = write(&mut out);
            // What came before an error is shown; a file is not begun.
            out.flush()?;
            written
        }
        Some(path) => to_file(path, |out| {
            let mut out = Clean::new(out, what);
            write(&mut out)?;
            Ok(out.flush()?)
        }),
    }
}

/// Gives bytes to a file, which is there whole in the end, or not at all.
pub fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let named = || format!("could not write {}", path.display());
    // A pipe or a device, such as /dev/null, has no place to keep anything: it is written to as it
    // is.
    if path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let mut out = BufWriter::new(File::options().write(true).open(path).with_context(named)?);
        write(&mut out)?;
        return out.flush().with_context(named);
    }
    let mut out = BufWriter::new(Draft::of(path).with_context(named)?);
    write(&mut out).with_context(named)?;
    out.into_inner().map_err(io::IntoInnerError::into_error).and_then(Draft::finish).with_context(named)
}

/// Whether an error only says that the reader of our output has gone, as `head` does.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Says on standard error what went wrong.
pub fn warn(what: Arguments) {
    // Where even that is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{}", shown(&clean(&format!("kneewise: {what}"), As::PLAIN)));
}

/// A text in the letters that the locale has.
pub fn shown(text: &str) -> String {
    if is_utf8() { text.to_owned() } else { kneewise_report::ascii(text) }
}

static LOUDNESS: OnceLock<(bool, bool)> = OnceLock::new();

/// Says at the beginning whether remarks are left out, or files named.
pub fn set_loudness(quiet: bool, verbose: bool) {
    // Only `main` sets it, and once.
    let _ = LOUDNESS.set((quiet, verbose));
}

/// Whether only results and errors are wanted.
pub fn is_quiet() -> bool {
    LOUDNESS.get().is_some_and(|(quiet, _)| *quiet)
}

/// Whether every file that was not simply read is to be named.
pub fn is_verbose() -> bool {
    LOUDNESS.get().is_some_and(|(_, verbose)| *verbose)
}

/// Says something on standard error that is no error.
pub fn remark(what: Arguments) {
    if !is_quiet() {
        warn(what);
    }
}

/// Says on standard error what can be done with the program.
pub fn examples() {
    let text = "kneewise reads your running files and shows what stands out in your training.\n\n  \
        kneewise report export.zip                  what stands out, in a terminal\n  \
        kneewise report export.zip -o report.html   a page to read and print\n  \
        kneewise diary add                          note how your knees felt\n\n\
        hint: kneewise --help lists everything";
    // Where even that is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Whether text for people may hold more than ASCII: unless the locale says otherwise.
pub fn is_utf8() -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = named.into_iter().find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        ["utf-8", "utf8"]
            .iter()
            .any(|name| locale.to_lowercase().ends_with(name) || locale.to_lowercase().contains(&format!("{name}@")))
    })
}

/// How the first screen of a report looks: as wide as the terminal, up to what it can use.
pub fn screen_style(when: ColorWhen, file: Option<&Path>) -> TextStyle {
    TextStyle { color: in_color(when, file), width: columns(file) }
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
