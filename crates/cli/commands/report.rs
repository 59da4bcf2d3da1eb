//! `kneewise report`

use kneewise_report::{Detail, Document, Format};

use crate::args::{ReportArgs, ReportFormat};
use crate::output::As;
use crate::{Ending, input, output};

pub fn run(args: &ReportArgs) -> anyhow::Result<Ending> {
    let mut input = input::import(&args.input, args.output.as_deref())?;
    let report = input::report(&args.input, &mut input)?;
    let file = args.output.as_deref();
    let detail = if args.full || args.format != ReportFormat::Text { Detail::Full } else { Detail::Brief };
    let (ledger, told) = (&input.import.ledger, &input.told);
    let document = Document { report: &report, ledger, own: &told.own, units: told.units, detail };
    let style = output::style(args.color, file);
    let format = match args.format {
        ReportFormat::Text => Format::Text,
        ReportFormat::Md => Format::Markdown,
        ReportFormat::Json => Format::Json,
        ReportFormat::Html => Format::Html,
    };
    let what = match format {
        Format::Text => As::Text { color: style.color },
        Format::Json => As::Json,
        _ => As::PLAIN,
    };
    if what == As::Json {
        output::stream(file, what, |out| Ok(kneewise_report::json::write_report(&document, out)?))?;
        return Ok(input::ending(&args.input, &input, Ending::Done));
    }
    output::write(file, &kneewise_report::render(&document, format, &style)?, what)?;
    Ok(input::ending(&args.input, &input, Ending::Done))
}
