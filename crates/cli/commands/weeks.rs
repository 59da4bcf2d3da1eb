//! `kneewise weeks`

use kneewise_report::{json, table, week_fields};

use super::table as forms;
use crate::args::{TableArgs, TableFormat};
use crate::{Ending, input, output};

pub fn run(args: &TableArgs) -> anyhow::Result<Ending> {
    let import = input::import(&args.input)?;
    let report = input::report(&args.input, &import)?;
    let weeks = report.log.weeks();
    let text = match args.format {
        TableFormat::Table => table::weeks(weeks, args.input.units.into()),
        TableFormat::Json => json::weeks(weeks)?,
        TableFormat::Csv => forms::csv(weeks.iter().map(week_fields))?,
        TableFormat::Parquet => return forms::parquet(&report.log, forms::Frame::Weeks, args.output.as_deref()),
    };
    output::write(args.output.as_deref(), &text)?;
    Ok(Ending::Done)
}
