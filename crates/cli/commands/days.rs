//! `kneewise days`

use jiff::civil::Date;
use kneewise_core::load::{self, FigureContext, LoadDay};
use kneewise_report::loads;

use super::table as forms;
use crate::args::{DaysArgs, DaysFormat};
use crate::load::series;
use crate::output::As;
use crate::{Ending, input, output};

/// A table for a terminal shows so many days where nothing else is asked for.
const DAYS_IN_A_TABLE: usize = 28;

pub fn run(args: &DaysArgs) -> anyhow::Result<Ending> {
    let mut input = input::import(&args.input, args.output.as_deref())?;
    let report = input::report_of_runs(&args.input, &mut input)?;
    input::tell_not_counted(&input.import);
    let series = series(&report.log, &input.told.runner, args.load, &args.by)?;
    let ground = FigureContext::new(&report.log, &input.told.runner, &series, args.by.convention());
    let since = args.input.since;
    let a_month = (args.format == DaysFormat::Table && since.is_none()).then_some(DAYS_IN_A_TABLE);
    let last = args.last.or(a_month);
    let first_shown = forms::asked(&series.days, |day| day.date, since, last)?.first();
    let ground = ground.with_bands_from(first_shown.map_or(Date::MIN, |day| day.date));
    let days = load::days_of(&ground);
    let shown = forms::asked(&days, |day| day.date, since, last)?;
    let file = args.output.as_deref();
    let text = match args.format {
        DaysFormat::Table => loads::days_table(shown, &ground, input.told.units, &output::table_style(file)),
        DaysFormat::Json => loads::days_json(shown, &ground)?,
        DaysFormat::Csv => {
            let blank = loads::day_row(&LoadDay::default(), &ground);
            forms::csv(&blank, shown.iter().map(|day| loads::day_row(day, &ground)))?
        }
    };
    output::write(file, &text, As::of_table(args.format == DaysFormat::Json, args.format == DaysFormat::Csv))?;
    Ok(input::ending(&args.input, &input, Ending::Done))
}
