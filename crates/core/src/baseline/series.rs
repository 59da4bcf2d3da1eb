//! Every run of a log against the runner's baseline of its day, and whether something changed of
//! late.

use jiff::civil::Date;

use crate::measure::form::FormMetric;
use crate::run::Run;
use kneewise_read::activity::Device;
use kneewise_read::time::DateExt;

use super::fit::{Against, Baseline, Observed};
use super::robust::median;
use super::{Needs, Options, Surface};

/// A form metric over time, run by run, each against the runner's own baseline.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FormTrend {
    /// What of the form.
    pub metric: FormMetric,
    /// The last day that it speaks of.
    pub as_of: Date,
    /// The runs that say something of the metric, in order of time.
    pub points: Vec<FormPoint>,
    /// What of the last days differs from the weeks before, one for each device and surface that
    /// was run with and on in them; the one with the most running first.
    pub changes: Vec<Change>,
    /// What it was worked out with.
    pub options: Options,
}

/// One run of a [`FormTrend`].
#[derive(Clone, Debug, PartialEq)]
pub struct FormPoint {
    /// The run's id.
    pub run: String,
    /// The runner's day.
    pub date: Date,
    /// What recorded it.
    pub device: Option<Device>,
    /// What was run on.
    pub surface: Surface,
    /// What a reader of it should know.
    pub note: Option<&'static str>,
    /// The mean over all steady, flat running, in the metric's unit.
    pub measured: f64,
    /// The mean speed of that running, in m/s.
    pub speed_mps: f64,
    /// Seconds of it.
    pub seconds: f64,
    /// The comparison with the baseline of the days before, or what it would take.
    pub against: Result<Against, Needs>,
    /// The median of the residuals in the [recent days](Options::recent_days) up to and including
    /// this one, over at least [three](Options::min_recent_runs).
    pub running_median: Option<f64>,
}

/// Whether the last days differ from the weeks before them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// What recorded the runs.
    pub device: Option<Device>,
    /// What was run on.
    pub surface: Surface,
    /// The comparison, or what it would take.
    pub outcome: Result<Shift, Needs>,
}

/// How far the runs of the last days lie from the baseline of the days before them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Shift {
    /// The median of the recent runs' residuals, in the metric's unit.
    pub median: f64,
    /// What the baseline expects of those runs: the median.
    pub expected: f64,
    /// Nine in ten single runs at the recent speeds lie so near to the baseline by chance: the
    /// median, in the metric's unit.
    pub band: f64,
    /// Over how many recent runs.
    pub runs: usize,
    /// The baseline that ends before the first of the last days.
    pub baseline: Baseline,
}

impl Shift {
    /// Returns whether the median lies outside of the band of single runs: a run in the middle of
    /// the recent ones would have been unusual before.
    pub fn is_outside(&self) -> bool {
        self.median.abs() > self.band
    }

    /// Returns the median in per cent of what was expected.
    pub fn percent(&self) -> f64 {
        100.0 * self.median / self.expected
    }
}

/// Returns every run up to `as_of` against the runner's own baseline.
///
/// The order of the runs makes no difference. Runs that say nothing of the metric are left out.
pub fn form_trend(runs: &[Run], metric: FormMetric, as_of: Date, options: &Options) -> FormTrend {
    let mut said: Vec<Observed> =
        (runs.iter().filter(|run| run.local_date <= as_of)).filter_map(|run| Observed::by(run, metric)).collect();
    said.sort_by(|a, b| {
        let key = |said: &Observed| (said.run.local_date, said.run.start);
        key(a).cmp(&key(b)).then_with(|| a.run.source().cmp(&b.run.source()))
    });
    let log = Log { metric, said: &said, options };
    let mut points: Vec<FormPoint> = said.iter().map(|said| log.point(said)).collect();
    running_medians(&mut points, options);
    FormTrend { metric, as_of, points, changes: log.changes(as_of), options: options.clone() }
}

impl FormTrend {
    /// Counts the runs that were compared, and those of them outside of the band. About one in ten
    /// should lie there where nothing changes.
    pub fn outside(&self) -> (usize, usize) {
        let compared = || self.points.iter().filter_map(|point| point.against.as_ref().ok());
        (compared().filter(|against| against.is_outside()).count(), compared().count())
    }

    /// Returns the months with runs that were compared, in order.
    pub fn months(&self) -> Vec<Month> {
        let compared: Vec<(Date, &Against)> = (self.points.iter())
            .filter_map(|point| Some((point.date.first_of_month(), point.against.as_ref().ok()?)))
            .collect();
        let month = |runs: &[(Date, &Against)]| {
            let of = |what: fn(&Against) -> f64| median(&mut runs.iter().map(|(_, run)| what(run)).collect::<Vec<_>>());
            Some(Month {
                first: runs.first()?.0,
                compared: runs.len(),
                outside: runs.iter().filter(|(_, run)| run.is_outside()).count(),
                median: of(|run| run.residual)?,
                band: of(|run| run.band)?,
            })
        };
        compared.chunk_by(|a, b| a.0 == b.0).filter_map(month).collect()
    }
}

/// The comparable runs of a calendar month.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// The runs that were compared with a baseline.
    pub compared: usize,
    /// How many of them lie outside of their band.
    pub outside: usize,
    /// The median of their residuals, in the metric's unit.
    pub median: f64,
    /// The median of their bands.
    pub band: f64,
}

const GUESSED: &str = "indoors, with a distance that nobody corrected: the speed is the device's own guess";

struct Log<'l> {
    metric: FormMetric,
    /// In order of time.
    said: &'l [Observed<'l>],
    options: &'l Options,
}

impl Log<'_> {
    /// The baseline for runs like `like` from the days before `day`.
    fn baseline(&self, like: &Observed, day: Date) -> Result<Baseline, Needs> {
        let from = day.saturating_add_days(-i64::from(self.options.window_days));
        let begin = self.said.partition_point(|said| said.run.local_date < from);
        let end = self.said.partition_point(|said| said.run.local_date < day);
        let before = &self.said[begin..end.max(begin)];
        let comparable: Vec<&Observed> =
            before.iter().filter(|said| said.is_like(like) && said.is_comparable(self.options).is_ok()).collect();
        let Options { min_runs, min_seconds, window_days, .. } = *self.options;
        Baseline::of(self.metric, &comparable, min_runs).map_err(|has| Needs::Runs {
            needs: min_runs.max(2),
            has,
            seconds_each: min_seconds,
            days: window_days,
            surface: like.surface,
            new_device_since: self.new_device_since(like, before).filter(|day| *day >= from),
        })
    }

    /// The first day of the device of `like`, where runs on the same surface in the days before are
    /// another's.
    fn new_device_since(&self, like: &Observed, before: &[Observed]) -> Option<Date> {
        let device = &like.run.device;
        before.iter().any(|said| said.surface == like.surface && said.run.device != *device).then_some(())?;
        self.said.iter().find(|said| said.run.device == *device).map(|said| said.run.local_date)
    }

    fn point(&self, said: &Observed) -> FormPoint {
        let (measured, speed_mps) = said.mean();
        FormPoint {
            run: said.run.id.clone(),
            date: said.run.local_date,
            device: said.run.device.clone(),
            surface: said.surface,
            note: said.run.is_speed_guessed.then_some(GUESSED),
            measured,
            speed_mps,
            seconds: said.seconds,
            against: (said.is_comparable(self.options))
                .and_then(|()| self.baseline(said, said.run.local_date))
                .and_then(|baseline| baseline.hold(said)),
            running_median: None,
        }
    }

    /// The last days against the weeks before them, for each device and surface in them.
    fn changes(&self, as_of: Date) -> Vec<Change> {
        let first = as_of.saturating_add_days(1 - i64::from(self.options.recent_days));
        let recent = &self.said[self.said.partition_point(|said| said.run.local_date < first)..];
        let mut kinds: Vec<(&Observed, f64)> = Vec::new();
        for said in recent.iter().filter(|said| !said.run.is_form_mixed) {
            match kinds.iter_mut().find(|(kind, _)| kind.is_like(said)) {
                Some((_, seconds)) => *seconds += said.seconds,
                None => kinds.push((said, said.seconds)),
            }
        }
        // Stable: of equal ones the kind that was run first.
        kinds.sort_by(|a, b| b.1.total_cmp(&a.1));
        let change = |kind: &Observed| Change {
            device: kind.run.device.clone(),
            surface: kind.surface,
            outcome: self.baseline(kind, first).and_then(|baseline| {
                let like = recent.iter().filter(|said| said.is_like(kind) && said.is_comparable(self.options).is_ok());
                let held: Vec<Against> = like.filter_map(|said| baseline.hold(said).ok()).collect();
                self.shift(&held, baseline)
            }),
        };
        kinds.iter().map(|(kind, _)| change(kind)).collect()
    }

    fn shift(&self, held: &[Against], baseline: Baseline) -> Result<Shift, Needs> {
        let Options { min_recent_runs, recent_days, .. } = *self.options;
        let of = |what: fn(&Against) -> f64| median(&mut held.iter().map(what).collect::<Vec<_>>());
        match (of(|held| held.residual), of(|held| held.expected), of(|held| held.band)) {
            (Some(median), Some(expected), Some(band)) if held.len() >= min_recent_runs => {
                Ok(Shift { median, expected, band, runs: held.len(), baseline })
            }
            _ => Err(Needs::Recent { needs: min_recent_runs, has: held.len(), days: recent_days }),
        }
    }
}

fn running_medians(points: &mut [FormPoint], options: &Options) {
    for i in 0..points.len() {
        let last = points[i].date;
        let recent = (points[..=i].iter().rev())
            .take_while(|point| last.days_since(point.date) < i64::from(options.recent_days));
        let mut residuals: Vec<f64> =
            recent.filter_map(|point| point.against.as_ref().ok()).map(|against| against.residual).collect();
        points[i].running_median = median(&mut residuals).filter(|_| residuals.len() >= options.min_recent_runs);
    }
}
