//! Long and few steps for the runner's height: a proxy for a foot that lands far ahead.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::knowledge::reference::{LIEBERMAN_2015, OVERSTRIDE_2020, THAKKAR_2019};
use crate::log::TrainingLog;
use crate::measure::form::{FormAtSpeed, FormMetric};
use crate::measure::median;
use crate::measure::metric::{BRAKING_LEFT, BRAKING_RIGHT, Metric};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::own_form;
use crate::rule::brief::{Brief, Reading};
use crate::rule::{
    self, Area, Circumstance, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window,
};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Days up to the log's last in which runs are looked at.
    pub window_days: u32,
    /// Only so many of them, where they hold enough runs.
    pub latest_days: u32,
    /// Runs that must have enough steady running.
    pub min_runs: usize,
    /// Seconds of steady, flat running at the speed that a run must have.
    pub min_seconds: f64,
    /// The lowest speed looked at, in metres per second.
    pub min_speed_mps: f64,
    /// The highest, in metres per second.
    pub max_speed_mps: f64,
    /// A step rate at or below this (steps per minute) is low.
    pub low_spm: f64,
    /// A step of this many body heights and more is long at 2.98 m/s; at other speeds in proportion
    /// to them.
    pub long_step_ratio: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            window_days: 90,
            latest_days: 28,
            min_runs: 3,
            min_seconds: 600.0,
            min_speed_mps: 2.7,
            max_speed_mps: 3.3,
            low_spm: 166.0,
            long_step_ratio: 0.65,
        }
    }
}

documented! {
    /// ## What it does
    /// Takes the median step length and step rate over steady, flat running at 2.7–3.3 m/s (6:10 to
    /// 5:03 per km) in the last 28 days, or in the last 90 where those hold fewer than three such
    /// runs, in runs with ten minutes or more of that. Both of these together are info:
    ///
    /// * 166 steps per minute or fewer, and
    /// * steps of 0.65 body heights or more at 2.98 m/s; at other speeds the limit goes with the
    ///   speed: `step length / height ≥ 0.65 · speed / 2.98`.
    ///
    /// At one speed, long steps and few steps are the same; the height says whether they are long
    /// for you. This is a **proxy**: a watch cannot see where the foot lands. Where pods measured
    /// how hard the feet brake, that is said too.
    ///
    /// ## Why it matters
    /// A series of nine runners with pain on the inner side of the knee, which no accident had
    /// caused, puts it down to overstriding: landing far ahead of the body. With treatment most got
    /// better (89 %), and none had it again after learning to run otherwise. Feet that land further
    /// ahead of the hip brake harder, in the laboratory.
    ///
    /// ## Limits
    /// Nine cases without a comparison are weak evidence, and they were seen on video, not by a
    /// watch. Runners with long steps may well land below their body. The 0.65 is a heuristic: what
    /// 166 steps a minute at 2.98 m/s come to at a height of 1.66 m. Where no sensor measures step
    /// length, it is speed over step rate, and indoors the speed is a guess.
    ///
    /// ## Example
    /// | date | km | spm | `step_mm` | `height_m` | outcome |
    /// |---|---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | 160 | 1144 | | |
    /// | 2026-03-03 | 8.0 | 160 | 1144 | | |
    /// | 2026-03-05 | 8.0 | 160 | 1144 | | not assessed |
    /// | 2026-03-06 | 8.0 | 160 | 1144 | 1.85 | clear 0.62 |
    /// | 2026-03-07 | 8.0 | 160 | 1144 | 1.70 | info 0.67 |
    ///
    /// ## Options
    /// `window_days` (90), `latest_days` (28), `min_runs` (3), `min_seconds` (600), `min_speed_mps`
    /// (2.7), `max_speed_mps` (3.3), `low_spm` (166), `long_step_ratio` (0.65).
    ///
    /// ## References
    /// Overstride 2020, Lieberman 2015, Thakkar 2019.
    pub static OVERSTRIDE: Rule {
        id: "overstride",
        name: "Long, few steps for the height (a proxy for overstriding)",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[Circumstance::InnerKneePain],
        needs: "your height, and three runs in 90 days with a step rate and ten minutes of steady, flat running at 2.7–3.3 m/s",
        not_known: "Where the foot lands: a watch cannot see it. Nine cases without a comparison are all that links overstriding with pain on the inner side of the knee.",
        brief: Brief::new(
            "Long, few steps",
            "Have someone film you from the side.",
            &[Reading::at_least(Unit::Ratio, "your height in a step")],
        ).of_inner_knee(),
        references: &[
            &OVERSTRIDE_2020,
            &LIEBERMAN_2015,
            &THAKKAR_2019,
        ],
        check: check,
    }
}

/// The speed of the study that the low step rate comes from.
const STUDY_MPS: f64 = 2.98;

/// The bins of a run at the speeds looked at that have both.
fn at_speed<'a>(run: &'a Run, options: &Options) -> impl Iterator<Item = &'a FormAtSpeed> + use<'a> {
    let speeds = options.min_speed_mps..options.max_speed_mps;
    let has = |bin: &&FormAtSpeed, metric| bin.median(metric).is_some();
    let bins = run.form_by_speed.iter().filter(move |bin| speeds.contains(&bin.speed_mps));
    bins.filter(move |bin| has(bin, FormMetric::StepRate) && has(bin, FormMetric::StepLength))
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.overstride);
    let has_enough = |run: &Run| {
        at_speed(run, options).map(|bin| bin.seconds_of(FormMetric::StepRate)).sum::<f64>() >= options.min_seconds
    };
    let days = own_form::latest_days(log, options.latest_days, options.window_days, options.min_runs, has_enough);
    let recent = log.runs_between(log.as_of().saturating_add_days(1 - i64::from(days)), log.as_of());
    let enough = |run: &&Run| has_enough(run);
    let usable: Vec<&Run> = recent.iter().filter(enough).collect();
    let coverage = Coverage::count("runs", log.as_of(), recent.iter().map(|run| (run.local_date, enough(&run))))
        .without("enough steady, flat running with a step rate at that pace");
    let bins: Vec<&FormAtSpeed> = usable.iter().flat_map(|run| at_speed(run, options)).collect();
    let (Some(spm), Some(length_mm), true) = (
        weighted(&bins, FormMetric::StepRate),
        weighted(&bins, FormMetric::StepLength),
        usable.len() >= options.min_runs,
    ) else {
        return not_enough(log, recent.len(), usable.len(), options, units);
    };
    let Some(height_m) = own_form::height_m(log, runner) else {
        return Missing::outcome(
            "needs your height to tell whether steps are long for it; neither the profile nor a file has it",
            "add your height to the profile",
        );
    };
    let seconds: f64 = bins.iter().map(|bin| bin.seconds_of(FormMetric::StepRate)).sum();
    let speed_mps = bins.iter().map(|bin| bin.speed_mps * bin.seconds_of(FormMetric::StepRate)).sum::<f64>() / seconds;
    let ratio = length_mm / 1000.0 / height_m;
    let limit = options.long_step_ratio * speed_mps / STUDY_MPS;
    let measured = Quantity::new(ratio, Unit::Ratio);
    let window = Window { from: usable[0].local_date, to: usable[usable.len() - 1].local_date };
    let so_it_is = format!(
        "Over {:.0} minutes of steady, flat running at about {} in the last {days} days (since {}) your steps were {:.2} m long, at {spm:.0} per \
         minute",
        seconds / 60.0,
        units.pace_at(speed_mps),
        own_form::day(window.from),
        length_mm / 1000.0,
    );
    let limits = format!("{:.2} m and more, at {:.0} per minute and fewer,", limit * height_m, options.low_spm);
    if ratio < limit || spm > options.low_spm {
        return Outcome::Clear(Clear {
            message: format!(
                "{so_it_is}. For a height of {height_m:.2} m, steps of {limits} would be noted at that pace."
            ),
            measured: Some(measured),
            limit: Some(Quantity::new(limit, Unit::Ratio)),
            window,
            coverage,
        });
    }
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message: format!(
            "{so_it_is}: long and few for a height of {height_m:.2} m (steps of {limits} are noted at that pace).{} That is a proxy for \
             overstriding, which is landing far ahead of the body: a watch cannot see where the foot lands.",
            braking(&usable),
        ),
        study: "A series of nine runners with pain on the inner side of the knee put it down to landing far ahead of the body; how \
                many runners land so without pain it does not tell."
            .to_owned(),
        consider: "Consider having someone film you from the side: it shows what a watch cannot see.".to_owned(),
        measured,
        limit: Quantity::new(limit, Unit::Ratio),
        window,
        runs: usable.iter().map(|run| run.id.clone()).collect(),
        coverage,
    }])
}

/// The median over bins, weighted by time.
fn weighted(bins: &[&FormAtSpeed], metric: FormMetric) -> Option<f64> {
    let mut values: Vec<(f64, f64)> =
        bins.iter().filter_map(|bin| Some((bin.median(metric)?, bin.seconds_of(metric)))).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    median::weighted_of_sorted(values.into_iter())
}

/// What pods measured of it; empty without any.
fn braking(runs: &[&Run]) -> String {
    let of = |metric: &Metric| {
        let known: Vec<f64> = runs.iter().filter_map(|run| run.value(metric)).collect();
        (!known.is_empty()).then(|| own_form::middle(&known, |g| *g))
    };
    match (of(&BRAKING_LEFT), of(&BRAKING_RIGHT)) {
        (Some(left), Some(right)) => {
            format!(" Pods measured a braking of {left:.1} g on the left and {right:.1} g on the right (medians).")
        }
        _ => String::new(),
    }
}

fn not_enough(
    log: &TrainingLog,
    runs: usize,
    usable: usize,
    options: &Options,
    units: kneewise_read::unit::Units,
) -> Outcome {
    let minutes = options.min_seconds / 60.0;
    let paces = own_form::paces(options.min_speed_mps, options.max_speed_mps, units);
    let reason = format!(
        "needs {} runs with at least {minutes:.0} minutes of steady, flat running at {paces} and a step rate in the last {} days; \
         of {} {} have that",
        options.min_runs,
        options.window_days,
        own_form::runs(runs),
        own_form::none_or(usable),
    );
    let has_steps = log.runs().iter().any(|run| run.form_by_speed.iter().any(|bin| bin.step_rate_spm().is_some()));
    let remedy = if has_steps {
        format!(
            "{} with {minutes:.0} minutes of steady running at {paces}",
            own_form::more_runs(options.min_runs.saturating_sub(usable).max(1))
        )
    } else {
        own_form::remedy(FormMetric::StepRate).to_owned()
    };
    Missing::outcome(reason, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    fn said(spm: f64, ratio: f64) -> String {
        let form = [(FormMetric::StepRate, spm), (FormMetric::StepLength, ratio * 2000.0)];
        let runs = (0..3).map(|n| made::run(n, &form)).collect();
        made::said(&OVERSTRIDE, runs, &Runner { height_m: Some(2.0), ..Runner::default() })
    }

    #[test]
    fn the_last_four_weeks_come_first_where_they_hold_enough_runs() {
        let said = |first_long: i64| {
            let form = |n: i64| {
                let spm = if n >= first_long { 160.0 } else { 175.0 };
                [(FormMetric::StepRate, spm), (FormMetric::StepLength, 1400.0)]
            };
            let runs = [0, 5, 10, 15, 20, first_long, 80, 89].map(|n| made::run(n, &form(n))).to_vec();
            made::said(&OVERSTRIDE, runs, &Runner { height_m: Some(2.0), ..Runner::default() })
        };
        assert_eq!((said(62), said(61)), ("info 0.70".to_owned(), "clear".to_owned()));
    }

    #[test]
    fn it_takes_both_long_steps_and_few() {
        let limit = 0.65 * 3.05 / 2.98;
        assert_eq!(said(166.0, limit + 1e-9), "info 0.67");
        assert_eq!(said(166.1, limit + 1e-9), "clear", "not few");
        assert_eq!(said(166.0, limit - 1e-9), "clear", "not long");
    }
}
