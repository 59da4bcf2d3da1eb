//! `kneewise scan`: the ledger.

use crate::args::{ScanArgs, ScanFormat};
use crate::output::As;
use crate::{Ending, input, output};

pub fn run(args: &ScanArgs) -> anyhow::Result<Ending> {
    let input = input::import(&args.input, args.output.as_deref())?;
    let file = args.output.as_deref();
    let text = match args.format {
        ScanFormat::Json => kneewise_report::json::ledger(&input.import.ledger)?,
        ScanFormat::Table => kneewise_report::table::ledger(&input.import.ledger, &output::table_style(file)),
    };
    output::write(file, &text, As::data_if(args.format == ScanFormat::Json))?;
    if input.import.ledger.has_activities() {
        return Ok(input::ending(&args.input, &input, Ending::Done));
    }
    output::complain(format_args!("nothing readable"));
    Ok(Ending::Failed)
}
