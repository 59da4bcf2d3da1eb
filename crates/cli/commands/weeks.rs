//! `kneewise weeks`

use kneewise_core::log::Week;
use kneewise_report::{json, table};

use super::table as forms;
use crate::args::{TableArgs, TableFormat};
use crate::{Ending, input, output};

pub fn run(args: &TableArgs) -> anyhow::Result<Ending> {
    let import = input::import(&args.input, args.output.as_deref())?;
    let report = input::report(&args.input, &import)?;
    input::tell_not_counted(&import);
    let weeks = report.log.weeks();
    let file = args.output.as_deref();
    let text = match args.format {
        TableFormat::Table => table::weeks(weeks, args.input.units.into(), &output::table_style(file)),
        TableFormat::Json => json::weeks(weeks)?,
        TableFormat::Csv => forms::csv(&json::week_fields(&Week::default()), weeks.iter().map(json::week_fields))?,
        TableFormat::Parquet => {
            let ending = forms::parquet(&report.log, forms::Frame::Weeks, file)?;
            return Ok(input::ending(&args.input, &import, ending));
        }
    };
    output::write(file, &text)?;
    Ok(input::ending(&args.input, &import, Ending::Done))
}
