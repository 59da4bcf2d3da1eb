use super::{Answer, Figure, FigureContext, FigureUnit};
use crate::doc::documented;
use crate::load::window::trailing;
use crate::measure::metric::TIMER;
use crate::run::Run;
use kneewise_read::unit::Unit;

documented! {
    /// The time on the timer over the last 28 days: the exposure on which injury rates per 1,000
    /// hours are based.
    ///
    /// **Limits**: it is unknown where a run of these days has no timer time.
    ///
    /// **Source**: exposure as in sports epidemiology, hours of the sport; a plain sum.
    pub static EXPOSURE: Figure {
        id: "exposure_28d_s",
        name: "Exposure of 28 days",
        aliases: &["exposure"],
        unit: FigureUnit::Is(Unit::Seconds),
        compute: exposure,
    }
}

documented! {
    /// The share of the last 28 days' running time at a heart rate below the runner's first
    /// threshold.
    ///
    /// **Computed from** the time at each heart rate and the runner's heart rate at the first
    /// (aerobic) threshold.
    ///
    /// **Limits**: the heart follows the legs by a minute or two, so short hard parts look easier.
    /// It is unknown where more than a fifth of the time of these days has no heart rate. A best
    /// share of 80% is a concept of performance. A trial in 447 runners found no difference in
    /// injuries between adding pace and adding distance.
    ///
    /// **Source**: the share as in studies of training intensity; the trial is Ramskov et al., Run
    /// Clever.
    pub static EASY_SHARE: Figure {
        id: "easy_share_28d",
        name: "Easy share of 28 days",
        aliases: &["intensity share"],
        unit: FigureUnit::Is(Unit::Ratio),
        compute: easy_share,
    }
}

const DAYS: usize = 28;

/// Heart rate over less of the time than this says too little.
const MIN_COVERAGE: f64 = 0.8;

/// A value of each day's runs added up; NaN where a run has none.
fn by_day(ground: &FigureContext, of: impl Fn(&Run) -> Option<f64>) -> Vec<f64> {
    let day = |date| {
        let runs = ground.log.runs_between(date, date);
        // Not `sum`, which makes −0 of no runs.
        runs.iter().fold(0.0, |sum, run| sum + of(run).unwrap_or(f64::NAN))
    };
    ground.series.days.iter().map(|known| day(known.date)).collect()
}

fn exposure(ground: &FigureContext) -> Vec<Answer<f64>> {
    trailing(&by_day(ground, |run| run.value(&TIMER)), DAYS, |days| Answer::Known(days.iter().sum()))
}

fn easy_share(ground: &FigureContext) -> Vec<Answer<f64>> {
    // NaN only where there is a run on a day of which no threshold is known.
    let easy = by_day(ground, |run| {
        let threshold = ground.runner.limits_on(run.local_date).first_threshold_bpm?;
        Some(run.heart_rate.iter().filter(|(bpm, _)| *bpm < threshold).map(|(_, seconds)| seconds).sum())
    });
    let beating = by_day(ground, |run| Some(run.heart_rate.total_s()));
    let timer = exposure(ground);
    let sum = |values: &[f64]| trailing(values, DAYS, |days| Answer::Known(days.iter().sum()));
    let share = |i: usize, easy: Answer<f64>, beating: Answer<f64>| match (easy, beating, timer[i]) {
        (Answer::Undefined(_), ..) => Answer::Undefined("needs the runner's heart rate at the first threshold"),
        (Answer::Known(easy), Answer::Known(beating), Answer::Known(timer)) => {
            if timer <= 0.0 || beating <= 0.0 {
                Answer::Undefined("no time with a heart rate")
            } else if beating < MIN_COVERAGE * timer {
                Answer::Undefined("needs a heart rate for at least 80% of the time")
            } else {
                Answer::Known(easy / beating)
            }
        }
        (easy, _, Answer::Known(_)) => easy,
        (_, _, timer) => timer,
    };
    let sums = sum(&easy).into_iter().zip(sum(&beating)).enumerate();
    sums.map(|(i, (easy, beating))| share(i, easy, beating)).collect()
}
