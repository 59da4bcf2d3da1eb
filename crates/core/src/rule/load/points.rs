//! Points of training load, in which an hour at threshold pace is 100: for each day the best load
//! that its window has.

use jiff::civil::Date;

use crate::load::{
    Answer, Bridge, Convention, DISTANCE, DURATION, FORM, Figure, FigureContext, KNEEWISE, Load, Mean, PACE_STRESS,
    RAMP, Seed, Series, Smoothing, brought_to,
};
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::time::DateExt;

/// Days of a window: the mean's 42 and the seven over which its rise is taken.
pub(super) const WINDOW_DAYS: i64 = 49;

/// So many of a hundred runs of a window must have a load themselves. A heuristic.
const OWN_PERCENT: usize = 80;

/// One load over the days of a log, in points.
pub(super) struct Points {
    /// What the points are, for people.
    pub words: String,
    /// The rise of fitness in seven days.
    ramps: Vec<Option<f64>>,
    /// Fatigue above fitness.
    depths: Vec<Option<f64>>,
    /// The days of the runs that have the load themselves, and of all.
    own: Vec<Date>,
    all: Vec<Date>,
    /// What the runs without it lack.
    lacks: &'static str,
    bridges: Vec<Bridge>,
}

/// What a load is worth in points.
pub(super) struct Scale {
    pub per_hour: f64,
    pub per_km: f64,
}

/// Returns the loads that some run has, the best first.
pub(super) fn of(log: &TrainingLog, runner: &Runner, scale: &Scale) -> Vec<Points> {
    let pace = "pace stress".to_owned();
    let time = format!("{:.0} for an hour of running at any pace", scale.per_hour);
    let distance = format!("{:.0} for a kilometre, because too few runs have a time", scale.per_km);
    let loads: [(&'static Load, &[&'static Load], f64, String, &str); 3] = [
        (&PACE_STRESS, &[&DURATION, &DISTANCE], 1.0, pace, "pace"),
        (&DURATION, &[&DISTANCE], scale.per_hour / 3600.0, time, "time"),
        (&DISTANCE, &[&DURATION], scale.per_km / 1000.0, distance, "distance"),
    ];
    let points = loads.into_iter().map(|(load, from, per_unit, words, lacks)| {
        let series = brought_to(log, runner, load, from);
        let (ramps, depths) = ramps_and_depths(log, runner, &series, per_unit);
        let has_load = |run: &&crate::run::Run| load.of(run, runner).is_ok();
        let own = log.runs().iter().filter(has_load).map(|run| run.local_date).collect();
        let all = log.runs().iter().map(|run| run.local_date).collect();
        Points { words, ramps, depths, own, all, lacks, bridges: series.bridges }
    });
    points.filter(|points| !points.own.is_empty()).collect()
}

fn ramps_and_depths(
    log: &TrainingLog,
    runner: &Runner,
    series: &Series,
    per_unit: f64,
) -> (Vec<Option<f64>>, Vec<Option<f64>>) {
    // From 0 the start would rise all through the first months.
    let mean = Mean::Exponential { smoothing: Smoothing::ExpOneOverN, seed: Seed::MeanOfFirst(28) };
    let convention = &Convention { mean, ..KNEEWISE };
    let on_days = |figure: &Figure, sign: f64| -> Vec<Option<f64>> {
        let answers = (figure.compute)(&FigureContext::new(log, runner, series, convention));
        let usable = log.days().iter().zip(answers).map(|(day, answer): (_, Answer<f64>)| {
            answer.known().filter(|_| log.returning_on(day.date).is_none()).map(|value| sign * value * per_unit)
        });
        usable.collect()
    };
    (on_days(&RAMP, 1.0), on_days(&FORM, -1.0))
}

impl Points {
    /// Returns how many runs of a window that ends on a day have the load themselves, and how many
    /// runs it has.
    fn runs(&self, to: Date) -> (usize, usize) {
        let from = to.saturating_add_days(1 - WINDOW_DAYS);
        let count = |days: &[Date]| days.partition_point(|day| *day <= to) - days.partition_point(|day| *day < from);
        (count(&self.own), count(&self.all))
    }

    /// Whether enough runs of the window have the load themselves.
    fn holds(&self, to: Date) -> bool {
        let (own, all) = self.runs(to);
        100 * own >= OWN_PERCENT * all
    }

    /// Returns ` 1 of 30 runs in those 49 days has no time. It is estimated …`; nothing where all
    /// have one.
    pub fn estimated(&self, to: Date) -> String {
        let (own, all) = self.runs(to);
        let from = self.bridges.first().map_or("", |bridge| match bridge.from {
            "distance_m" => "distance",
            _ => "time",
        });
        match all - own {
            0 => String::new(),
            1 => format!(
                " 1 of {all} runs in those {WINDOW_DAYS} days has no {}. It is estimated from the {from} and your other runs.",
                self.lacks
            ),
            n => format!(
                " {n} of {all} runs in those {WINDOW_DAYS} days have no {}. It is estimated from the {from} and your other runs.",
                self.lacks
            ),
        }
    }
}

/// The value of each day in the best load of its window, and which that is.
pub(super) struct Chosen<'a> {
    pub ramps: Vec<Option<f64>>,
    pub depths: Vec<Option<f64>>,
    /// The load of each day.
    pub points: Vec<Option<&'a Points>>,
}

/// Returns, for each day of the log, the values of the first load that its window holds.
pub(super) fn choose<'a>(log: &TrainingLog, loads: &'a [Points]) -> Chosen<'a> {
    let best = |(i, day): (usize, &crate::log::Day)| {
        let is_known = |points: &&Points| {
            points.ramps.get(i).is_some_and(Option::is_some) || points.depths.get(i).is_some_and(Option::is_some)
        };
        loads.iter().find(|points| points.holds(day.date) && is_known(points))
    };
    let points: Vec<Option<&Points>> = log.days().iter().enumerate().map(best).collect();
    let value = |of: fn(&Points) -> &Vec<Option<f64>>| {
        let on =
            |(i, points): (usize, Option<&'a Points>)| points.and_then(|points| of(points).get(i).copied().flatten());
        points.iter().copied().enumerate().map(on).collect()
    };
    Chosen { ramps: value(|points| &points.ramps), depths: value(|points| &points.depths), points }
}
