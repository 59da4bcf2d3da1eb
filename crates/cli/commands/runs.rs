//! `kneewise runs`

use kneewise_core::{Run, TrainingLog};
use kneewise_read::time::Timestamp;
use kneewise_report::{json, table};

use super::table as forms;
use crate::args::{TableArgs, TableFormat};
use crate::output::As;
use crate::{Ending, input, output};

pub fn run(args: &TableArgs) -> anyhow::Result<Ending> {
    let mut input = input::import(&args.input, args.output.as_deref())?;
    let report = input::report_of_runs(&args.input, &mut input)?;
    input::tell_not_counted(&input.import);
    let runs = forms::asked(report.log.runs(), |run| run.local_date, args.input.since, args.last)?;
    let file = args.output.as_deref();
    match args.format {
        TableFormat::Table => {
            let style = output::wide_style(file);
            output::stream(file, As::PLAIN, |out| Ok(table::write_runs(runs, input.told.units, &style, out)?))?;
        }
        TableFormat::Json => output::stream(file, As::Json, |out| Ok(json::write_runs(runs, out)?))?,
        TableFormat::Csv => {
            let blank = json::run_row(&Run::summary(Timestamp::UNIX_EPOCH, Some(0), &[]));
            let rows = runs.iter().map(json::run_row);
            output::stream(file, As::Cells, |out| forms::write_csv(&blank, rows, out))?;
        }
        TableFormat::Parquet => {
            let (as_of, week_start) = (report.log.as_of(), report.log.week_start());
            let mut runs = runs.to_vec();
            for source in runs.iter_mut().flat_map(|run| &mut run.sources) {
                source.name = output::path_in_data(&source.name);
            }
            let shown = TrainingLog::new(runs, as_of, week_start);
            let ending = forms::parquet(&shown, forms::Frame::Runs, file)?;
            return Ok(input::ending(&args.input, &input, ending));
        }
    }
    Ok(input::ending(&args.input, &input, Ending::Done))
}
