//! Long and few steps for the runner's height: a proxy for a foot that lands far ahead.

use crate::doc::documented;
use crate::knowledge::reference::{LIEBERMAN_2015, OVERSTRIDE_2020, THAKKAR_2019};
use crate::log::TrainingLog;
use crate::measure::form::{FormAtSpeed, FormMetric};
use crate::measure::median;
use crate::measure::metric::{BRAKING_LEFT, BRAKING_RIGHT, Metric};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use super::own_form;
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Circumstance, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window,
    flagged_or,
};

settable! {
    /// Days up to the log's last whose runs are taken.
    window_days: u32 = 90, 1..=3660;
    /// Only these latest of them, where they hold enough runs.
    latest_days: u32 = 28, 1..=3660;
    /// Runs that must have enough steady running.
    min_runs: usize = 3, 1..=10_000;
    /// Seconds of steady, flat running at the speed that a run must have.
    min_seconds: f64 = 600.0, 0.0..=1e7;
    /// The lowest speed taken, in metres per second.
    min_speed_mps: f64 = 2.7, 0.0..=20.0;
    /// The highest, in metres per second.
    max_speed_mps: f64 = 3.3, 0.0..=20.0;
    /// A step rate at or below this (steps per minute) is low.
    low_spm: f64 = 166.0, 60.0..=300.0;
    /// A step of at least this many body heights is long at 2.98 m/s; at other speeds in
    /// proportion.
    long_step_ratio: f64 = 0.65, 0.1..=100.0;
}

documented! {
    /// ## What it does
    /// Takes the median step length and step rate over steady, flat running at 2.7–3.3 m/s (6:10 to
    /// 5:03 per km) in the last 28 days, or in the last 90 where those have fewer than three usable
    /// runs. It uses runs with at least ten minutes of that. Both of these together are info:
    ///
    /// * 166 steps per minute or fewer, and
    /// * steps of at least 0.65 body heights at 2.98 m/s; at other speeds the limit moves with the
    ///   speed: `step length / height ≥ 0.65 · speed / 2.98`.
    ///
    /// At one speed, long steps and few steps are the same; the height shows whether they are long
    /// for you. This is a **proxy**: a watch cannot see where the foot lands. Where pods measured
    /// how hard the feet brake, the finding reports it.
    ///
    /// ## Why it matters
    /// A series of nine runners had pain on the inner side of the knee that no accident had caused.
    /// Its authors put it down to overstriding: landing far ahead of the body. With treatment most
    /// got better (89%), and none had it again after learning to run differently. In the
    /// laboratory, feet that land further ahead of the hip brake harder.
    ///
    /// ## Limits
    /// Nine cases without a comparison are weak evidence, and they were seen on video, not by a
    /// watch. Runners with long steps may well land below their body. The 0.65 is a heuristic: 166
    /// steps a minute at 2.98 m/s give it at a height of 1.66 m. Where no sensor measures step
    /// length, it is speed divided by step rate, and indoors the speed is a guess.
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
        name: "Step length for the height (a proxy for overstriding)",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[Circumstance::InnerKneePain],
        needs: "your height, and three runs in 90 days with a step rate and ten minutes of steady, flat running at 2.7–3.3 m/s",
        not_known: "A watch cannot see where the foot lands. Only nine cases without a comparison link overstriding with pain on the inner side of the knee.",
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
    match measure(log, runner, options, units) {
        Err(missing) => Outcome::NotAssessed(missing),
        Ok(measured) => {
            let is_clear = measured.ratio < measured.limit_ratio || measured.spm > options.low_spm;
            let flag = (!is_clear).then(|| measured.flag(options, units));
            flagged_or(flag, || measured.clear(options, units))
        }
    }
}

/// The steps of the last days, beside the runner's height.
struct Measured<'a> {
    /// The runs that hold enough steady running.
    runs: Vec<&'a Run>,
    coverage: Coverage,
    /// How many days were looked at.
    days: u32,
    /// How long they ran at these speeds, and how fast on average.
    seconds: f64,
    speed_mps: f64,
    spm: f64,
    length_m: f64,
    height_m: f64,
    /// Step length over height, and from where on that is long.
    ratio: f64,
    limit_ratio: f64,
}

fn measure<'a>(
    log: &'a TrainingLog,
    runner: &Runner,
    options: &Options,
    units: Units,
) -> Result<Measured<'a>, Missing> {
    let enough = |run: &Run| {
        at_speed(run, options).map(|bin| bin.seconds_of(FormMetric::StepRate)).sum::<f64>() >= options.min_seconds
    };
    let days = own_form::latest_days(log, options.latest_days, options.window_days, options.min_runs, enough);
    let recent = log.runs_between(log.as_of().saturating_add_days(1 - i64::from(days)), log.as_of());
    let runs: Vec<&Run> = recent.iter().filter(|run| enough(run)).collect();
    let coverage = Coverage::count("runs", log.as_of(), recent.iter().map(|run| (run.local_date, enough(run))))
        .without("enough steady, flat running with a step rate at that pace");
    let bins: Vec<&FormAtSpeed> = runs.iter().flat_map(|run| at_speed(run, options)).collect();
    let (Some(spm), Some(length_mm), true) = (
        weighted(&bins, FormMetric::StepRate),
        weighted(&bins, FormMetric::StepLength),
        runs.len() >= options.min_runs,
    ) else {
        return Err(not_enough(log, recent.len(), runs.len(), options, units));
    };
    let height_m = own_form::height_m(log, runner).ok_or_else(|| Missing {
        reason: "needs your height. Neither the profile nor a file has it".to_owned(),
        remedy: Remedy::profile("add your height to the profile"),
    })?;
    let seconds: f64 = bins.iter().map(|bin| bin.seconds_of(FormMetric::StepRate)).sum();
    let speed_mps = bins.iter().map(|bin| bin.speed_mps * bin.seconds_of(FormMetric::StepRate)).sum::<f64>() / seconds;
    let (length_m, limit_ratio) = (length_mm / 1000.0, options.long_step_ratio * speed_mps / STUDY_MPS);
    let ratio = length_m / height_m;
    Ok(Measured { runs, coverage, days, seconds, speed_mps, spm, length_m, height_m, ratio, limit_ratio })
}

impl Measured<'_> {
    fn window(&self) -> Window {
        Window { from: self.runs[0].local_date, to: self.runs[self.runs.len() - 1].local_date }
    }

    /// `Over 42 minutes of steady, flat running ... your steps were 1.10 m long, at 160 per
    /// minute`.
    fn words(&self, units: Units) -> String {
        format!(
            "Over {:.0} minutes of steady, flat running at about {} in the last {} days (since {}) your steps were {:.2} m long, at {:.0} per \
             minute",
            self.seconds / 60.0,
            units.pace_at(self.speed_mps),
            self.days,
            own_form::day(self.window().from),
            self.length_m,
            self.spm,
        )
    }

    fn limits(&self, options: &Options) -> String {
        let length_m = self.limit_ratio * self.height_m;
        format!("at least {length_m:.2} m, at {:.0} per minute or fewer", options.low_spm)
    }

    fn clear(&self, options: &Options, units: Units) -> Outcome {
        Outcome::Clear(Clear {
            message: format!(
                "{}. For a height of {:.2} m, steps of {}, are flagged at that pace.",
                self.words(units),
                self.height_m,
                self.limits(options),
            ),
            measured: Some(Quantity::new(self.ratio, Unit::Ratio)),
            limit: Some(Quantity::new(self.limit_ratio, Unit::Ratio)),
            window: self.window(),
            coverage: self.coverage,
        })
    }

    fn flag(&self, options: &Options, units: Units) -> Flag {
        Flag {
            tier: Tier::Info,
            message: format!(
                "{}. For a height of {:.2} m, steps of {}, are flagged at that pace.{} Long steps are a proxy for overstriding, which is \
                 landing far ahead of the body. A watch cannot see where the foot lands.",
                self.words(units),
                self.height_m,
                self.limits(options),
                braking(&self.runs),
            ),
            study: "A series of nine runners with pain on the inner side of the knee put it down to landing far ahead of the body. It does not \
                    report how many runners land like that without pain."
                .to_owned(),
            consider: "Have someone film you from the side: a video shows where your foot lands.".to_owned(),
            measured: Quantity::new(self.ratio, Unit::Ratio),
            limit: Quantity::new(self.limit_ratio, Unit::Ratio),
            window: self.window(),
            runs: self.runs.iter().map(|run| run.id.clone()).collect(),
            coverage: self.coverage,
        }
    }
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

fn not_enough(log: &TrainingLog, runs: usize, usable: usize, options: &Options, units: Units) -> Missing {
    let minutes = options.min_seconds / 60.0;
    let paces = own_form::paces(options.min_speed_mps, options.max_speed_mps, units);
    let reason = format!(
        "needs {} runs with at least {minutes:.0} minutes of steady, flat running at {paces} and a step rate in the last {} days. These days hold {}: {} like that",
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
    Missing { reason, remedy: remedy.into() }
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
