//! `kneewise trend`: one number over time.

use anyhow::bail;
use kneewise_core::Report;
use kneewise_core::baseline::{Options, form_trend, metric_trend};
use kneewise_core::form::FormMetric;
use kneewise_core::metric::METRICS;
use kneewise_report::trend::{self, Trend};

use super::table as forms;
use crate::args::{TrendArgs, TrendFormat};
use crate::{Ending, input, output};

/// The size of a chart in pixels; SVG scales to any other.
const SIZE_PX: (u32, u32) = (960, 480);

pub fn run(args: &TrendArgs) -> anyhow::Result<Ending> {
    let wanted = Wanted::by_name(&args.metric)?;
    let file = args.output.as_deref();
    let import = input::import(&args.input, file)?;
    let report = input::report(&args.input, &import)?;
    input::tell_not_counted(&import);
    let trend = wanted.of(&report);
    let units = args.input.units.into();
    let text = match args.format {
        TrendFormat::Text => trend::text(&trend, units, &output::style(crate::args::ColorWhen::Auto, file)),
        TrendFormat::Json => trend::json(&trend)?,
        TrendFormat::Csv => forms::csv(&trend::blank_fields(&trend), trend::fields(&trend).into_iter())?,
        TrendFormat::Svg => trend::svg(&trend, SIZE_PX.0, SIZE_PX.1)?,
    };
    output::write(file, &text)?;
    Ok(input::ending(&args.input, &import, Ending::Done))
}

/// What was asked for.
enum Wanted {
    Form(FormMetric),
    Metric(&'static kneewise_core::metric::Metric),
}

impl Wanted {
    /// A form metric by its id, else a metric by its id or the beginning of it.
    fn by_name(name: &str) -> anyhow::Result<Self> {
        let plain = name.to_lowercase().replace('_', "-");
        if let Some(metric) = FormMetric::find(&plain) {
            return Ok(Self::Form(metric));
        }
        let of = |is_meant: &dyn Fn(&str) -> bool| {
            METRICS.iter().copied().find(|metric| is_meant(&metric.id.replace('_', "-")))
        };
        if let Some(metric) = of(&|id| id == plain).or_else(|| of(&|id| id.starts_with(&plain))) {
            return Ok(Self::Metric(metric));
        }
        let forms = FormMetric::ALL.map(FormMetric::id).join(", ");
        bail!("no metric is called `{name}`: {forms}, or any that `kneewise explain` lists")
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
