//! `kneewise scan`: the ledger.

use crate::args::{ScanArgs, ScanFormat};
use crate::{Ending, input, output};

pub fn run(args: &ScanArgs) -> anyhow::Result<Ending> {
    let import = input::import(&args.input)?;
    let text = match args.format {
        ScanFormat::Json => kneewise_report::json::ledger(&import.ledger)?,
        ScanFormat::Table => kneewise_report::table::ledger(&import.ledger),
    };
    output::write(args.output.as_deref(), &text)?;
    if import.ledger.has_activities() {
        return Ok(Ending::Done);
    }
    output::complain(format_args!("nothing readable"));
    Ok(Ending::Failed)
}
