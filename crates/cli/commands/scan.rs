//! `kneewise scan`: the ledger.

use crate::args::{ScanArgs, ScanFormat};
use crate::nothing::nothing_read;
use crate::output::As;
use crate::{Ending, input, output};

pub fn run(args: &ScanArgs) -> anyhow::Result<Ending> {
    let input = input::import(&args.input, args.output.as_deref())?;
    let file = args.output.as_deref();
    let ledger = &input.import.ledger;
    match args.format {
        ScanFormat::Json => {
            output::stream(file, As::Json, |out| Ok(kneewise_report::json::write_ledger(ledger, out)?))?;
        }
        ScanFormat::Table => {
            let text = kneewise_report::table::ledger(ledger, &output::table_style(file));
            output::write(file, &text, As::PLAIN)?;
        }
    }
    if input.import.ledger.has_activities() {
        return Ok(input::ending(&args.input, &input, Ending::Done));
    }
    output::warn(format_args!("{}", nothing_read(&args.input.paths, ledger)));
    Ok(Ending::Failed)
}
