//! `kneewise trend`: one number over time.

use anyhow::bail;
use jiff::civil::Date;
use kneewise_core::Report;
use kneewise_core::baseline::{Options, form_trend, metric_trend};
use kneewise_core::measure::form::FormMetric;
use kneewise_report::chart::{View, trend_svg};
use kneewise_report::trend::{self, Trend};

use super::table as forms;
use crate::args::{TrendArgs, TrendFormat};
use crate::names::{self, Thing};
use crate::output::As;
use crate::{Ending, input, output};

/// The size of a chart; SVG scales to any other.
const VIEW: View = View::new(960.0, 400.0);

pub fn run(args: &TrendArgs) -> anyhow::Result<Ending> {
    let wanted = Wanted::by_name(&args.metric)?;
    let file = args.output.as_deref();
    let mut input = input::import(&args.input, file)?;
    let report = input::report(&args.input, &mut input)?;
    input::tell_not_counted(&input.import);
    let mut trend = wanted.of(&report);
    if let Some(since) = args.input.since {
        leave_out_before(since, &mut trend)?;
    }
    let units = input.told.units;
    let style = output::style(crate::args::ColorWhen::Auto, file);
    let what = match args.format {
        TrendFormat::Json => As::Json,
        TrendFormat::Text => As::Text { color: style.color },
        TrendFormat::Csv | TrendFormat::Svg => As::Cells,
    };
    let text = match args.format {
        TrendFormat::Text => trend::text(&trend, units, &style),
        TrendFormat::Json => trend::json(&trend)?,
        TrendFormat::Csv => forms::csv(&trend::blank_row(&trend), trend::rows(&trend).into_iter())?,
        TrendFormat::Svg => {
            if let Some(why) = trend.nothing_to_draw() {
                output::warn(format_args!("nothing was drawn. {why}"));
            }
            trend_svg(&trend, units, &VIEW)?
        }
    };
    output::write(file, &text, what)?;
    Ok(input::ending(&args.input, &input, Ending::Done))
}

/// Leaves out the runs before a day; those after it were held against them all the same.
fn leave_out_before(since: Date, trend: &mut Trend) -> anyhow::Result<()> {
    let (last, left) = match trend {
        Trend::Form(trend) => {
            let last = trend.points.last().map(|point| point.date);
            trend.points.retain(|point| point.date >= since);
            (last, trend.points.len())
        }
        Trend::Metric(trend) => {
            let last = trend.points.last().map(|point| point.date);
            trend.points.retain(|point| point.date >= since);
            (last, trend.points.len())
        }
        _ => return Ok(()),
    };
    match last {
        Some(last) if left == 0 => bail!("no run with it from {since} on; the last is from {last}"),
        _ => Ok(()),
    }
}

/// What was asked for.
enum Wanted {
    Form(FormMetric),
    Metric(&'static kneewise_core::measure::metric::Metric),
}

impl Wanted {
    /// By its id, another name that is in use or a part of either that no other has; of form, where
    /// a name is both a form metric's and a run metric's.
    fn by_name(name: &str) -> anyhow::Result<Self> {
        let (forms, others): (Vec<Thing>, Vec<Thing>) =
            Thing::all().into_iter().partition(|thing| matches!(thing, Thing::Form(_)));
        let (metrics, others): (Vec<Thing>, Vec<Thing>) =
            others.into_iter().partition(|thing| matches!(thing, Thing::Metric(_)));
        let mut things = names::called(name, &forms);
        if things.is_empty() {
            things = names::called(name, &metrics);
        }
        if things.is_empty() {
            if let [thing, ..] = names::called(name, &others).as_slice() {
                bail!("`{name}` is {}", thing.whereabouts());
            }
            things = names::meant(name, &[forms, metrics].concat())?;
        }
        names::tell(name, &things);
        match things.first() {
            Some(Thing::Form(metric)) => Ok(Self::Form(*metric)),
            Some(Thing::Metric(metric)) => Ok(Self::Metric(metric)),
            _ => bail!("nothing is called `{name}`"),
        }
    }

    fn of(&self, report: &Report) -> Trend {
        let options = Options::default();
        let (runs, as_of) = (report.log.runs(), report.as_of);
        match self {
            Self::Form(metric) => Trend::Form(form_trend(runs, *metric, as_of, &options)),
            Self::Metric(metric) => Trend::Metric(metric_trend(runs, metric, as_of, options.recent_days)),
        }
    }
}
