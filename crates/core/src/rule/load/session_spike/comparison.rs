//! How each run compares with the month before it.

use std::collections::VecDeque;

use jiff::civil::Date;

use super::Options;
use crate::log::TrainingLog;
use crate::measure::metric;
use crate::run::Run;
use kneewise_read::time::DateExt;

/// How a run compares with the month before it.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// The run.
    pub run: &'a Run,
    /// The longest run before it in the window.
    pub longest: &'a Run,
    /// Distance of the run over that of the longest.
    pub ratio: f64,
}

/// Compares every run with the longest of the days before it; `None` for runs that cannot be
/// compared. In the order of the log.
pub fn comparisons<'a>(log: &'a TrainingLog, options: &Options) -> Vec<Option<Comparison<'a>>> {
    let mut before = Before::default();
    let all = log.runs().iter();
    let compared = all.map(|run| {
        let from = run.local_date.saturating_add_days(-i64::from(options.window_days));
        before.forget_until(from);
        let compared = compare(log, run, from, &before, options);
        before.push(run, options);
        compared
    });
    compared.collect()
}

fn compare<'a>(
    log: &TrainingLog,
    run: &'a Run,
    from: Date,
    before: &Before<'a>,
    options: &Options,
) -> Option<Comparison<'a>> {
    let distance = believed_distance_m(run, options)?;
    if log.first_day()? > from || log.returning_on(run.local_date).is_some() {
        return None;
    }
    let (longest, longest_m) = before.longest(options)?;
    let ratio = distance / longest_m;
    ratio.is_finite().then_some(Comparison { run, longest, ratio })
}

/// The runs of the days before one, of which the longest is known at once: somebody may have very
/// many.
#[derive(Default)]
struct Before<'a> {
    /// The days of those with a distance.
    known: VecDeque<Date>,
    /// Those that no later one is longer than, the longest first, with their metres.
    longest: VecDeque<(&'a Run, f64)>,
    /// Of those without a distance the ones that no later one took longer than, with their seconds:
    /// infinite where nobody knows.
    unknown: VecDeque<(&'a Run, f64)>,
}

impl<'a> Before<'a> {
    fn push(&mut self, run: &'a Run, options: &Options) {
        if let Some(metres) = believed_distance_m(run, options) {
            self.known.push_back(run.local_date);
            push_falling(&mut self.longest, (run, metres));
        } else if run.distance_m().is_none() {
            push_falling(&mut self.unknown, (run, seconds(run).unwrap_or(f64::INFINITY)));
        }
    }

    fn forget_until(&mut self, day: Date) {
        while self.known.front().is_some_and(|known| *known < day) {
            self.known.pop_front();
        }
        for runs in [&mut self.longest, &mut self.unknown] {
            while runs.front().is_some_and(|(run, _)| run.local_date < day) {
                runs.pop_front();
            }
        }
    }

    /// As [`longest_of`] of all of them.
    fn longest(&self, options: &Options) -> Option<(&'a Run, f64)> {
        let longest = *self.longest.front().filter(|_| self.known.len() >= options.min_runs)?;
        let may_be_longer = self.unknown.front().is_some_and(|(unknown, _)| may_be_longer(unknown, longest.0));
        (!may_be_longer).then_some(longest)
    }
}

/// Adds a run to those that no later one exceeds; of equal ones the first stays.
fn push_falling<'a>(runs: &mut VecDeque<(&'a Run, f64)>, new: (&'a Run, f64)) {
    while runs.back().is_some_and(|(_, value)| *value < new.1) {
        runs.pop_back();
    }
    runs.push_back(new);
}

/// The longest of some runs and its distance in metres; `None` where too few have a distance, or
/// where one without may have been longer.
pub(super) fn longest_of<'a>(runs: impl Iterator<Item = &'a Run> + Clone, options: &Options) -> Option<(&'a Run, f64)> {
    let known = runs.clone().filter_map(|run| Some((run, believed_distance_m(run, options)?)));
    if known.clone().count() < options.min_runs {
        return None;
    }
    let (longest, longest_m) = known.max_by(|a, b| a.1.total_cmp(&b.1))?;
    let mut unknown = runs.filter(|run| run.distance_m().is_none());
    (!unknown.any(|run| may_be_longer(run, longest))).then_some((longest, longest_m))
}

/// Whether a run without a distance may have been longer than one with: it took longer, or nobody
/// knows.
fn may_be_longer(unknown: &Run, longest: &Run) -> bool {
    seconds(unknown).zip(seconds(longest)).is_none_or(|(unknown_s, longest_s)| unknown_s > longest_s)
}

/// How long a run took (seconds), as far as anybody knows.
fn seconds(run: &Run) -> Option<f64> {
    [&metric::TIMER, &metric::MOVING_TIME, &metric::ELAPSED].into_iter().find_map(|metric| run.value(metric))
}

/// The distance of a run in metres; `None` where no file says, or where nobody runs that fast.
pub fn believed_distance_m(run: &Run, options: &Options) -> Option<f64> {
    let pace = run.value(&metric::PACE);
    let metres = run.distance_m().filter(|metres| *metres > 0.0)?;
    pace.is_none_or(|s_per_km| 1000.0 / s_per_km <= options.max_speed_mps).then_some(metres)
}
