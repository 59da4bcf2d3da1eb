//! `kneewise render`: another form of a report that was written before.

use std::path::Path;

use anyhow::{Context, bail};
use kneewise_report::{Detail, Saved};

use super::report::by_name;
use crate::args::RenderArgs;
use crate::output::As;
use crate::{Ending, output};

pub fn run(args: &RenderArgs) -> anyhow::Result<Ending> {
    let (from, file) = (args.report.as_path(), args.output.as_deref());
    output::spare_own(file, &[])?;
    output::spare_inputs(file, std::iter::once(from.to_owned()))?;
    let named = || from.display().to_string();
    let written = read(from).with_context(named)?;
    let saved = Saved::parse(&written).with_context(named)?;
    let format = args.format.unwrap_or_else(|| by_name(file));
    let style = if args.full { output::style(args.color, file) } else { output::screen_style(args.color, file) };
    let detail = if args.full { Detail::Full } else { Detail::Brief };
    let Some(text) = saved.render(format, detail, &style) else {
        bail!(
            "{} is made from the recordings, which are not in {}\n\
             hint: kneewise report with your files and -o report.html makes a page",
            format.name,
            from.display()
        );
    };
    output::write(file, &text, As::of_form(format, style.color))?;
    Ok(Ending::Done)
}

fn read(path: &Path) -> anyhow::Result<String> {
    /// A report of a hundred thousand runs as JSON.
    const MOST_BYTES: u64 = 1 << 30;
    use std::io::Read as _;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    }
    String::from_utf8(bytes).context("not a text")
}
