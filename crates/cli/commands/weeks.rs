//! `kneewise weeks`

use anyhow::bail;
use jiff::civil::Date;
use kneewise_core::TrainingLog;
use kneewise_core::load::{self, FigureContext, Load, WeekLoad};
use kneewise_core::log::Week;
use kneewise_read::time::DateExt;
use kneewise_report::{json, loads, table};

use super::table as forms;
use crate::args::{TableArgs, TableFormat, WeeksArgs};
use crate::load::series;
use crate::output::As;
use crate::user_inputs::UserInputs;
use crate::{Ending, input, output};

pub fn run(args: &WeeksArgs) -> anyhow::Result<Ending> {
    let WeeksArgs { table: TableArgs { input: from, last, format, output }, .. } = args;
    if args.load.is_none() && !args.by.is_silent() {
        bail!("--convention and --bridge apply to a load; name one with --load");
    }
    let mut input = input::import(from, output.as_deref())?;
    let report = input::report_of_runs(from, &mut input)?;
    input::tell_not_counted(&input.import);
    if let Some(load) = args.load {
        let text = by_load(args, &report.log, &input.told, load)?;
        output::write(
            output.as_deref(),
            &text,
            As::of_table(args.table.format == TableFormat::Json, args.table.format == TableFormat::Csv),
        )?;
        return Ok(input::ending(from, &input, Ending::Done));
    }
    let all = report.log.weeks();
    let weeks = forms::asked(all, last_day, from.since, *last)?;
    let file = output.as_deref();
    let text = match format {
        TableFormat::Table => {
            table::weeks(weeks, all.len() - weeks.len(), input.told.units, &output::table_style(file))
        }
        TableFormat::Json => json::weeks(weeks)?,
        TableFormat::Csv => forms::csv(&json::week_row(&Week::default()), weeks.iter().map(json::week_row))?,
        TableFormat::Parquet if weeks.len() < all.len() => {
            bail!("a selection of weeks is written as table, json or csv; parquet has all")
        }
        TableFormat::Parquet => {
            let ending = forms::parquet(&report.log, forms::Frame::Weeks, file)?;
            return Ok(input::ending(from, &input, ending));
        }
    };
    output::write(
        file,
        &text,
        As::of_table(args.table.format == TableFormat::Json, args.table.format == TableFormat::Csv),
    )?;
    Ok(input::ending(from, &input, Ending::Done))
}

fn last_day(week: &Week) -> Date {
    week.start.saturating_add_days(6)
}

/// The weeks with their load and the figures at the end of each.
fn by_load(args: &WeeksArgs, log: &TrainingLog, told: &UserInputs, load: &'static Load) -> anyhow::Result<String> {
    let TableArgs { input: from, last, format, output } = &args.table;
    let series = series(log, &told.runner, load, &args.by)?;
    let ground = FigureContext::new(log, &told.runner, &series, args.by.convention());
    let all = load::weeks(&ground);
    let weeks = forms::asked(&all, |week| last_day(&week.week), from.since, *last)?;
    Ok(match format {
        TableFormat::Table => loads::weeks_table(weeks, &ground, told.units, &output::table_style(output.as_deref())),
        TableFormat::Json => loads::weeks_json(weeks, &ground)?,
        TableFormat::Csv => {
            let blank = loads::week_row(&WeekLoad::default(), &ground);
            forms::csv(&blank, weeks.iter().map(|week| loads::week_row(week, &ground)))?
        }
        TableFormat::Parquet => bail!("weeks of a load are written as table, json or csv"),
    })
}
