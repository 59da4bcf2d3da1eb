//! `kneewise report`

use std::path::Path;

use kneewise_report::{Detail, Document, Format, TEXT, format_of_extension};

use crate::args::ReportArgs;
use crate::output::As;
use crate::{Ending, input, output, pager};

pub fn run(args: &ReportArgs) -> anyhow::Result<Ending> {
    let mut input = input::import(&args.input, args.output.as_deref())?;
    let report = input::report(&args.input, &mut input)?;
    let file = args.output.as_deref();
    let format = args.format.unwrap_or_else(|| by_name(file));
    let detail = if args.full || format != &TEXT { Detail::Full } else { Detail::Brief };
    let (ledger, told) = (&input.import.ledger, &input.told);
    let document = Document::new(&report, ledger).own(&told.own).units(told.units).detail(detail);
    if format == &TEXT {
        text(args, &document)?;
    } else {
        let style = output::style(args.color, file);
        output::stream(file, As::of_form(format, false), |out| Ok((format.write)(&document, &style, out)?))?;
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
        kneewise_report::render(document, &TEXT, &style)?
    };
    let is_paged = args.full && file.is_none() && !args.no_pager && !output::is_quiet() && pager::is_possible();
    if is_paged && pager::show(&output::shown(&output::clean(&text, what))) {
        return Ok(());
    }
    output::write(file, &text, what)
}

/// The form that the name of the output asks for.
pub fn by_name(file: Option<&Path>) -> &'static Format {
    let end = file.and_then(Path::extension).and_then(|end| end.to_str());
    end.and_then(format_of_extension).unwrap_or(&TEXT)
}
