//! `kneewise report`

use std::path::Path;

use kneewise_report::{Detail, Document, Format};

use crate::args::{ReportArgs, ReportFormat};
use crate::output::As;
use crate::{Ending, input, output, pager};

pub fn run(args: &ReportArgs) -> anyhow::Result<Ending> {
    let mut input = input::import(&args.input, args.output.as_deref())?;
    let report = input::report(&args.input, &mut input)?;
    let file = args.output.as_deref();
    let format = args.format.unwrap_or_else(|| by_name(file));
    let detail = if args.full || format != ReportFormat::Text { Detail::Full } else { Detail::Brief };
    let (ledger, told) = (&input.import.ledger, &input.told);
    let document = Document { report: &report, ledger, own: &told.own, units: told.units, detail };
    match format {
        ReportFormat::Text => text(args, &document)?,
        ReportFormat::Json => {
            output::stream(file, As::Json, |out| Ok(kneewise_report::json::write_report(&document, out)?))?;
        }
        ReportFormat::Md | ReportFormat::Html => {
            let format = if format == ReportFormat::Md { Format::Markdown } else { Format::Html };
            let style = output::style(args.color, file);
            output::write(file, &kneewise_report::render(&document, format, &style)?, As::Cells)?;
        }
    }
    Ok(input::ending(&args.input, &input, Ending::Done))
}

/// The first screen, or with `--full` everything, in a pager where somebody reads it.
fn text(args: &ReportArgs, document: &Document) -> anyhow::Result<()> {
    let file = args.output.as_deref();
    let style = if args.full { output::style(args.color, file) } else { output::screen_style(args.color, file) };
    let what = As::Text { color: style.color };
    let text = if output::is_quiet() {
        kneewise_report::headline(document, &style)
    } else {
        kneewise_report::render(document, Format::Text, &style)?
    };
    let is_paged = args.full && file.is_none() && !args.no_pager && !output::is_quiet() && pager::is_possible();
    if is_paged && pager::show(&output::shown(&output::clean(&text, what))) {
        return Ok(());
    }
    output::write(file, &text, what)
}

/// The format that the name of the output asks for.
pub fn by_name(file: Option<&Path>) -> ReportFormat {
    let end = file.and_then(Path::extension).map(|end| end.to_string_lossy().to_lowercase());
    match end.as_deref() {
        Some("html" | "htm") => ReportFormat::Html,
        Some("json") => ReportFormat::Json,
        Some("md" | "markdown") => ReportFormat::Md,
        _ => ReportFormat::Text,
    }
}
