//! `kneewise runs`

use kneewise_report::{json, run_fields, table};

use super::table as forms;
use crate::args::{TableArgs, TableFormat};
use crate::{Ending, input, output};

pub fn run(args: &TableArgs) -> anyhow::Result<Ending> {
    let import = input::import(&args.input)?;
    let report = input::report(&args.input, &import)?;
    let runs = report.log.runs();
    let text = match args.format {
        TableFormat::Table => table::runs(runs, args.input.units.into()),
        TableFormat::Json => json::runs(runs)?,
        TableFormat::Csv => forms::csv(runs.iter().map(run_fields))?,
        TableFormat::Parquet => return forms::parquet(&report.log, forms::Frame::Runs, args.output.as_deref()),
    };
    output::write(args.output.as_deref(), &text)?;
    Ok(Ending::Done)
}
