//! Runs compared with the runner's usual form, as several rules do it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::baseline::{self, Against, FormPoint, FormTrend};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;

use crate::rule::{Coverage, Missing, Outcome, Window};

/// A run that could be held against the runner's own baseline.
#[derive(Clone, Copy, Debug)]
pub(in crate::rule) struct Held<'t> {
    pub point: &'t FormPoint,
    pub against: &'t Against,
}

/// The runs that could be compared, each device and surface by itself, in order of time. Runs in
/// the first weeks after a break are left out, and so are those that another watch may have
/// [counted](counted_anew), until the baseline is its own.
pub(in crate::rule) fn held<'t>(log: &TrainingLog, trend: &'t FormTrend) -> Vec<Vec<Held<'t>>> {
    let mut kinds = of_kinds(log, trend);
    let days = i64::from(trend.options.window_days);
    for kind in &mut kinds {
        let since: Vec<Date> = steps(kind).map(|step| step.day).collect();
        let is_counted_anew = |day: Date| since.iter().any(|since| (0..days).contains(&day.days_since(*since)));
        kind.retain(|held| !is_counted_anew(held.point.date));
    }
    kinds.retain(|kind| !kind.is_empty());
    kinds
}

fn of_kinds<'t>(log: &TrainingLog, trend: &'t FormTrend) -> Vec<Vec<Held<'t>>> {
    let mut kinds: Vec<Vec<Held>> = Vec::new();
    for point in trend.points.iter().filter(|point| log.returning_on(point.date).is_none()) {
        let Ok(against) = &point.against else { continue };
        let held = Held { point, against };
        let is_like = |other: &Held| other.point.device == point.device && other.point.surface == point.surface;
        match kinds.iter_mut().find(|kind| is_like(&kind[0])) {
            Some(kind) => kind.push(held),
            None => kinds.push(vec![held]),
        }
    }
    kinds
}

/// A change at once that stayed, between runs of which no file names the watch: another one that
/// counts otherwise looks the same.
#[derive(Clone, Copy, Debug)]
pub(in crate::rule) struct CountedAnew {
    /// The day of the first run after it.
    pub day: Date,
    /// The middle of the runs before, in the metric's unit.
    pub before: f64,
    /// The middle of the runs after.
    pub after: f64,
}

/// Every such change, the earliest first.
pub(in crate::rule) fn counted_anew(log: &TrainingLog, trend: &FormTrend) -> Vec<CountedAnew> {
    let mut all: Vec<CountedAnew> =
        of_kinds(log, trend).iter().flat_map(|kind| steps(kind).collect::<Vec<_>>()).collect();
    all.sort_by_key(|step| step.day);
    all
}

/// So many runs before and after a change are looked at; at least so many must be there.
const AROUND: usize = 8;
const MIN_BEFORE: usize = 5;
const MIN_AFTER: usize = 3;

/// A smaller change (per cent) is a runner's own.
const STEP_PERCENT: f64 = 3.0;

/// Where the runs before and after lie apart by more than half of the change between them: form
/// that is trained or lost comes over weeks, and runs between would show it.
fn steps<'k>(kind: &'k [Held]) -> impl Iterator<Item = CountedAnew> + 'k {
    let names_no_device = kind.first().is_some_and(|held| held.point.device.is_none());
    let last = if names_no_device { kind.len().saturating_sub(MIN_AFTER) } else { 0 };
    (MIN_BEFORE..=last).filter_map(|k| {
        let before = &kind[k.saturating_sub(AROUND)..k];
        let after = &kind[k..(k + AROUND).min(kind.len())];
        let percent = |held: &Held| held.against.residual_percent();
        let change = middle(after, percent) - middle(before, percent);
        // Falls are looked at upside down.
        let up = |held: &Held| percent(held) * change.signum();
        let highest_before = before.iter().map(up).fold(f64::NEG_INFINITY, f64::max);
        let lowest_after = after.iter().map(up).fold(f64::INFINITY, f64::min);
        let is_step = change.abs() >= STEP_PERCENT && lowest_after - highest_before >= change.abs() / 2.0;
        let measured = |held: &Held| held.against.measured;
        is_step.then(|| CountedAnew {
            day: after[0].point.date,
            before: middle(before, measured),
            after: middle(after, measured),
        })
    })
}

/// At least `min` things in a row that are off to the same side; `None` is not off.
pub(in crate::rule) fn in_a_row<T, S: PartialEq>(
    things: &[T],
    side: impl Fn(&T) -> Option<S> + Copy,
    min: usize,
) -> impl Iterator<Item = &[T]> {
    let rows = things.chunk_by(move |a, b| side(a) == side(b));
    rows.filter(move |row| row.len() >= min.max(1) && side(&row[0]).is_some())
}

/// What was found, in groups of what overlaps in time, the earliest first.
pub(in crate::rule) fn together<T>(mut found: Vec<T>, window: impl Fn(&T) -> Window) -> Vec<Vec<T>> {
    found.sort_by_key(|found| window(found).from);
    let mut groups: Vec<Vec<T>> = Vec::new();
    for found in found {
        match groups.last_mut() {
            Some(group) if group.iter().any(|other| window(&found).from <= window(other).to) => group.push(found),
            _ => groups.push(vec![found]),
        }
    }
    groups
}

/// The runner's height in metres: their own word, else what the latest file says that has one.
pub(in crate::rule) fn height_m(log: &TrainingLog, runner: &Runner) -> Option<f64> {
    let of = |metres: Option<f64>| metres.filter(|metres| metres.is_finite() && *metres > 0.0);
    of(runner.height_m).or_else(|| log.runs().iter().rev().find_map(|run| of(run.wearer.height_m)))
}

/// The middle of some values of things; NaN of none.
pub(in crate::rule) fn middle<T>(things: &[T], value: impl Fn(&T) -> f64) -> f64 {
    baseline::median(&mut things.iter().map(value).collect::<Vec<_>>()).unwrap_or(f64::NAN)
}

/// The days from the first of some runs to the last.
pub(in crate::rule) fn window(row: &[Held]) -> Window {
    Window { from: row[0].point.date, to: row[row.len() - 1].point.date }
}

/// How many days up to the log's last are looked at: the latest where they hold enough usable runs,
/// since what was three months ago may be otherwise by now; else all.
pub(in crate::rule) fn latest_days(
    log: &TrainingLog,
    latest: u32,
    all: u32,
    min_runs: usize,
    is_usable: impl Fn(&Run) -> bool,
) -> u32 {
    let from = log.as_of().saturating_add_days(1 - i64::from(latest));
    let usable = log.runs_between(from, log.as_of()).iter().filter(|run| is_usable(run)).count();
    if usable >= min_runs { latest.min(all) } else { all }
}

/// The ids of some runs.
pub(in crate::rule) fn ids(row: &[Held]) -> Vec<String> {
    row.iter().map(|held| held.point.run.clone()).collect()
}

/// Of all runs of a log those that were compared.
pub(in crate::rule) fn coverage(log: &TrainingLog, kinds: &[Vec<Held>]) -> Coverage {
    let compared: BTreeSet<&str> = kinds.iter().flatten().map(|held| held.point.run.as_str()).collect();
    let dated = log.runs().iter().map(|run| (run.local_date, compared.contains(run.id.as_str())));
    Coverage::count("runs", log.as_of(), dated)
        .without("enough similar runs in the weeks before, or the measure itself over enough steady, flat running")
}

/// `in 3 runs in a row, from 2 to 9 Mar 2026`.
pub(in crate::rule) fn when(row: &[Held]) -> String {
    let Window { from, to } = window(row);
    format!("In {} runs in a row, from {} to {},", row.len(), day(from), day(to))
}

/// `2 Mar 2026`.
pub(in crate::rule) fn day(date: Date) -> String {
    date.in_words()
}

/// How many runs stand in lists in which so many in a row could have been found.
pub(in crate::rule) fn could_be_in_a_row<T>(kinds: &[Vec<T>], min: usize) -> usize {
    kinds.iter().map(Vec::len).filter(|len| *len >= min.max(1)).sum()
}

/// `1 run`, `2 runs`.
pub(in crate::rule) fn runs(n: usize) -> String {
    format!("{n} {}", if n == 1 { "run" } else { "runs" })
}

/// `5:03 to 6:10/km`.
pub(in crate::rule) fn paces(slowest_mps: f64, fastest_mps: f64, units: Units) -> String {
    let fastest = units.pace_at(fastest_mps);
    let fastest = fastest.trim_end_matches(&format!("/{}", units.long_symbol()));
    format!("{fastest} to {}", units.pace_at(slowest_mps))
}

/// `none`, `1`, `2`.
pub(in crate::rule) fn none_or(n: usize) -> String {
    if n == 0 { "none".to_owned() } else { n.to_string() }
}

/// `1 more run`, `2 more runs`.
pub(in crate::rule) fn more_runs(n: usize) -> String {
    format!("{n} more {}", if n == 1 { "run" } else { "runs" })
}

/// Why the runs of a log could not be compared, and what would mend it. Of one device and surface
/// `most` could be, and `needs` it takes to tell that there were not as many in a row.
pub(in crate::rule) fn missing(
    log: &TrainingLog,
    trend: &FormTrend,
    most: usize,
    needs: usize,
    units: Units,
) -> Outcome {
    let (name, options) = (trend.metric.name().to_lowercase(), &trend.options);
    if most > 0 {
        return Missing::outcome(
            format!("needs {} that can be compared with your usual form. The log has {most}", runs(needs)),
            format!("{} like those", more_runs(needs.saturating_sub(most).max(1))),
        );
    }
    let Some(latest) = trend.points.last() else {
        return Missing::outcome(
            format!("needs {name} over steady, flat running. None of {} has it", runs(log.runs().len())),
            remedy(trend.metric),
        );
    };
    let minutes = options.min_seconds / 60.0;
    let (reason, remedy) = match &latest.against {
        Err(needs) => (
            format!("to be compared with your usual form, the latest run with {name} {}", needs.sentence(units)),
            format!(
                "{} runs within {} days by the same device, each with {minutes:.0} minutes of steady, flat running, and one more like those",
                options.min_runs, options.window_days
            ),
        ),
        Ok(_) => (
            "needs runs more than two weeks after the latest break. The usual comparison does not apply before"
                .to_owned(),
            "two to four weeks of running without a break".to_owned(),
        ),
    };
    Missing::outcome(reason, remedy)
}

/// What records a metric.
pub(in crate::rule) fn remedy(metric: FormMetric) -> &'static str {
    match metric {
        FormMetric::StepRate | FormMetric::StepLength => "a watch or foot pod that records steps, and runs with it",
        FormMetric::StanceTime | FormMetric::VerticalOscillation | FormMetric::StanceTimeBalance => {
            "wear a chest strap or pod that records running dynamics"
        }
    }
}

/// Runs for tests of rules on form.
#[cfg(test)]
pub(in crate::rule) mod made {
    use jiff::civil::{Date, Weekday, date};

    use crate::log::TrainingLog;
    use crate::measure::form::{FormAtSpeed, FormMetric};
    use crate::measure::metric::{self, Metric};
    use crate::rule::{Options, Outcome, Rule};
    use crate::run::Run;
    use crate::runner::Runner;
    use kneewise_read::activity::Device;
    use kneewise_read::time::{DateExt, Timestamp};

    /// The day of so many days after the first of March 2026.
    pub fn day(n: i64) -> Date {
        date(2026, 3, 1).saturating_add_days(n)
    }

    /// A run of 40 minutes at 3.05 m/s with a form.
    pub fn run(n: i64, form: &[(FormMetric, f64)]) -> Run {
        let mut run = with(n, &[]);
        run.form_by_speed = vec![FormAtSpeed::new(3.05, 1200.0, form)];
        run
    }

    /// A run of 10 km with some metrics.
    pub fn with(n: i64, values: &[(&'static Metric, f64)]) -> Run {
        let start = Timestamp::parse_iso8601(&format!("{}T07:00:00Z", day(n))).expect("a time").0;
        let values: Vec<_> = values.iter().copied().chain([(&metric::DISTANCE, 10_000.0)]).collect();
        let mut run = Run::summary(start, Some(0), &values);
        run.device = Some(Device { manufacturer: "a watch".to_owned(), product: String::new() });
        run
    }

    /// A run of which nobody knows how long it was.
    pub fn without_distance(n: i64) -> Run {
        let start = Timestamp::parse_iso8601(&format!("{}T07:00:00Z", day(n))).expect("a time").0;
        Run::summary(start, Some(0), &[])
    }

    /// What a rule says of runs, as of the last one's day.
    pub fn outcome(rule: &Rule, runs: Vec<Run>, runner: &Runner) -> Outcome {
        let as_of = runs.iter().map(|run| run.local_date).max().unwrap_or(day(0));
        (rule.check)(&TrainingLog::new(runs, as_of, Weekday::Monday), runner, &Options::default())
    }

    /// `clear`, `not assessed`, or the tiers and values of its flags.
    pub fn said(rule: &Rule, runs: Vec<Run>, runner: &Runner) -> String {
        match outcome(rule, runs, runner) {
            Outcome::Clear(_) => "clear".to_owned(),
            Outcome::Described(_) => "described".to_owned(),
            Outcome::NotAssessed(_) => "not assessed".to_owned(),
            Outcome::Flagged(flags) => {
                let flags: Vec<String> =
                    flags.iter().map(|flag| format!("{} {:.2}", flag.tier, flag.measured.value)).collect();
                flags.join(", ")
            }
        }
    }
}
