//! A metric over time as it was measured, with nothing taken out of it.

use jiff::civil::Date;

use crate::measure::metric::Metric;
use crate::run::Run;
use kneewise_read::time::DateExt;

use super::robust::{median, share};

/// Values that a running median needs.
const MEDIAN_NEEDS: usize = 3;

/// Values that a band of nine in ten needs.
const BAND_NEEDS: usize = 10;

/// A run metric over time: values as they are, not adjusted for speed, ground or device.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MetricTrend {
    /// Which metric.
    pub metric: &'static Metric,
    /// The last day that it speaks of.
    pub as_of: Date,
    /// Days that the median and the band look back over.
    pub days: u32,
    /// The runs that have the metric, in order of time.
    pub points: Vec<MetricPoint>,
}

/// One run of a [`MetricTrend`].
#[derive(Clone, Debug, PartialEq)]
pub struct MetricPoint {
    /// The run's id.
    pub run: String,
    /// The runner's day.
    pub date: Date,
    /// In the metric's unit.
    pub value: f64,
    /// What the value was computed from.
    pub basis: &'static str,
    /// The median of the days up to and including this one; from three values on.
    pub running_median: Option<f64>,
    /// Between these lie nine in ten of the values of those days; from ten values on.
    pub band: Option<(f64, f64)>,
}

/// Returns a metric of every run up to `as_of`, with its running median and band.
pub fn metric_trend(runs: &[Run], metric: &'static Metric, as_of: Date, days: u32) -> MetricTrend {
    let mut runs: Vec<&Run> = runs.iter().filter(|run| run.local_date <= as_of).collect();
    runs.sort_by(|a, b| {
        (a.local_date, a.start).cmp(&(b.local_date, b.start)).then_with(|| a.source().cmp(&b.source()))
    });
    let known: Vec<_> = runs.into_iter().filter_map(|run| Some((run, run.measured(metric)?))).collect();
    let point = |i: usize| {
        let (run, measured) = &known[i];
        let is_recent = |date: Date| run.local_date.days_since(date) < i64::from(days);
        let mut recent: Vec<f64> = (known[..=i].iter().rev())
            .take_while(|(earlier, _)| is_recent(earlier.local_date))
            .map(|(_, measured)| measured.value)
            .collect();
        let n = recent.len();
        MetricPoint {
            run: run.id.clone(),
            date: run.local_date,
            value: measured.value,
            basis: measured.basis,
            running_median: median(&mut recent).filter(|_| n >= MEDIAN_NEEDS),
            band: share(&mut recent, 0.05).zip(share(&mut recent, 0.95)).filter(|_| n >= BAND_NEEDS),
        }
    };
    MetricTrend { metric, as_of, days, points: (0..known.len()).map(point).collect() }
}
