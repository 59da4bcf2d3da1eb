//! The figures of a span of days, on every day of a log, and on which side of their usual range
//! they lie.

use std::cell::OnceCell;
use std::cmp::Ordering;

use jiff::civil::Date;

use super::chance::Anyway;
use super::{FEWEST_DAYS, YEAR_DAYS};
use crate::log::TrainingLog;
use crate::measure::metric::{self, Metric};
use kneewise_read::time::DateExt;

/// A figure of a span, and how the runs of the span make it.
pub(super) struct Figure {
    pub name: &'static str,
    pub metric: &'static Metric,
    of: Of,
    /// Over the shorter spans it is another figure.
    pub from_days: i64,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Of {
    Sum,
    Highest,
    Mean,
}

pub(super) static FIGURES: [Figure; 8] = [
    Figure { name: "distance", metric: &metric::DISTANCE, of: Of::Sum, from_days: 1 },
    Figure { name: "running time", metric: &metric::TIMER, of: Of::Sum, from_days: 1 },
    Figure { name: "descent", metric: &metric::DESCENT, of: Of::Sum, from_days: 1 },
    Figure { name: "longest run", metric: &metric::DISTANCE, of: Of::Highest, from_days: 7 },
    Figure { name: "fastest five minutes", metric: &metric::BEST_FIVE_MIN, of: Of::Highest, from_days: 1 },
    Figure { name: "step rate", metric: &metric::RUNNING_STEP_RATE, of: Of::Mean, from_days: 1 },
    Figure { name: "stance time", metric: &metric::STANCE_TIME, of: Of::Mean, from_days: 1 },
    Figure { name: "vertical ratio", metric: &metric::VERTICAL_RATIO, of: Of::Mean, from_days: 1 },
];

impl Figure {
    /// Whether it says how the runner ran, not how much or how fast.
    pub fn is_form(&self) -> bool {
        self.of == Of::Mean
    }

    /// Its metric of every run in order; NaN where a run does not say.
    pub fn of_runs(&self, log: &TrainingLog) -> Vec<f64> {
        log.runs().iter().map(|run| run.value(self.metric).unwrap_or(f64::NAN)).collect()
    }

    /// Its value over some runs; NaN where they do not say. A sum without runs is 0, a sum with a
    /// gap is not known.
    fn over(&self, runs: &[f64]) -> f64 {
        match self.of {
            Of::Sum => runs.iter().fold(0.0, |sum, value| sum + value),
            Of::Highest => runs.iter().copied().fold(f64::NAN, f64::max),
            Of::Mean => {
                let known = || runs.iter().filter(|value| !value.is_nan());
                known().sum::<f64>() / known().count() as f64
            }
        }
    }
}

/// The days of a log by their place in it, and the runs of each.
pub(super) struct Calendar {
    first: Option<Date>,
    /// How many runs there are before each day, and after the last.
    runs_before: Vec<usize>,
    /// How many days with a run there are before each day, and after the last.
    run_days_before: Vec<usize>,
}

impl Calendar {
    pub fn new(log: &TrainingLog) -> Self {
        let (mut runs_before, mut run_days_before) = (vec![0], vec![0]);
        let (mut runs, mut run_days) = (0, 0);
        for day in log.days() {
            runs += day.runs;
            run_days += usize::from(!day.is_rest());
            runs_before.push(runs);
            run_days_before.push(run_days);
        }
        Self { first: log.first_day(), runs_before, run_days_before }
    }

    fn len(&self) -> usize {
        self.runs_before.len() - 1
    }

    /// The place of a day; `None` where the log does not cover it.
    pub fn index(&self, day: Date) -> Option<usize> {
        let index = usize::try_from(day.days_since(self.first?)).ok()?;
        (index < self.len()).then_some(index)
    }

    pub fn has_run(&self, day: usize) -> bool {
        self.runs_before[day + 1] > self.runs_before[day]
    }

    /// How many days of the year before a day it can be compared with.
    pub fn comparable(&self, day: usize, on_run: bool) -> usize {
        let from = day.saturating_sub(YEAR_DAYS);
        if on_run { self.run_days_before[day] - self.run_days_before[from] } else { day - from }
    }
}

/// A figure over a span that ends on each day of the log. NaN is what is not known: numbers compare
/// with it as neither less nor more.
pub(super) struct OverDays<'a> {
    all: Vec<f64>,
    /// The same, NaN on days without a run.
    on_runs: Vec<f64>,
    others: &'a [usize],
    /// Days of the span.
    days: usize,
    /// The sides of the other days, each judged once: of all, and of those with a run.
    sides: [OnceCell<Vec<Ordering>>; 2],
}

impl<'a> OverDays<'a> {
    pub fn new(figure: &Figure, values: &[f64], days: usize, calendar: &Calendar, others: &'a [usize]) -> Self {
        let on_day = |day: usize| match (day + 1).checked_sub(days) {
            Some(from) => figure.over(&values[calendar.runs_before[from]..calendar.runs_before[day + 1]]),
            // What lies before the first file is not known, and no rest.
            None => f64::NAN,
        };
        let all: Vec<f64> = (0..calendar.len()).map(on_day).collect();
        let of_run = |(day, value): (usize, &f64)| if calendar.has_run(day) { *value } else { f64::NAN };
        let on_runs = all.iter().enumerate().map(of_run).collect();
        Self { all, on_runs, others, days, sides: Default::default() }
    }

    pub fn value(&self, day: usize) -> f64 {
        self.all[day]
    }

    fn on(&self, on_run: bool) -> &[f64] {
        if on_run { &self.on_runs } else { &self.all }
    }

    fn year_before(&self, day: usize, on_run: bool) -> &[f64] {
        &self.on(on_run)[day.saturating_sub(YEAR_DAYS)..day]
    }

    /// On which side of the usual range of the year before a day its value lies, equal within it;
    /// `None` where that is not known.
    pub fn side(&self, day: usize, on_run: bool) -> Option<Ordering> {
        let value = self.on(on_run)[day];
        // Counted, not sorted: it is asked of hundreds of days.
        let (mut known, mut at_most, mut at_least) = (0, 0, 0);
        for other in self.year_before(day, on_run) {
            known += usize::from(!other.is_nan());
            at_most += usize::from(*other <= value);
            at_least += usize::from(*other >= value);
        }
        if value.is_nan() || known < FEWEST_DAYS {
            return None;
        }
        Some(if at_most <= beyond(known) {
            Ordering::Less
        } else if at_least <= beyond(known) {
            Ordering::Greater
        } else {
            Ordering::Equal
        })
    }

    /// The usual range of the year before a day that has a [side](OverDays::side).
    pub fn range(&self, day: usize, on_run: bool) -> (f64, f64) {
        let mut usual: Vec<f64> =
            self.year_before(day, on_run).iter().copied().filter(|value| !value.is_nan()).collect();
        usual.sort_by(f64::total_cmp);
        let beyond = beyond(usual.len());
        let at = |index: usize| usual.get(index).copied().unwrap_or(f64::NAN);
        (at(beyond), at(usual.len().saturating_sub(1 + beyond)))
    }

    /// The share of the other days whose side counts, and how many of them share no days; `None`
    /// where too few have a side.
    pub fn anyway(&self, on_run: bool, counts: impl Fn(Ordering) -> bool) -> Option<Anyway> {
        let judge = || self.others.iter().filter_map(|day| self.side(*day, on_run)).collect();
        let sides: &Vec<Ordering> = self.sides[usize::from(on_run)].get_or_init(judge);
        let outside = sides.iter().filter(|side| counts(**side)).count();
        let days = (sides.len() as f64).min(YEAR_DAYS as f64 / self.days as f64);
        (sides.len() >= FEWEST_DAYS).then(|| Anyway { share: outside as f64 / sides.len() as f64, days })
    }
}

/// How many of so many values lie beyond either end of their usual range: one in twenty.
fn beyond(n: usize) -> usize {
    n / 20
}
