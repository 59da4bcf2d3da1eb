//! A step rate at the low end of what the studies looked at.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::form::FormMetric;
use crate::log::TrainingLog;
use crate::median;
use crate::run::Run;
use crate::runner::Runner;
use crate::time::DateExt;
use crate::unit::Unit;

use super::{
    Area, Circumstance, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Reference, Rule, Tier, Window,
};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Days before the log's last in which runs are looked at.
    pub window_days: u32,
    /// Runs that must have enough steady running.
    pub min_runs: usize,
    /// Seconds of steady, flat running at the speed that a run must have.
    pub min_seconds: f64,
    /// The lowest speed looked at, in metres per second.
    pub min_speed_mps: f64,
    /// The highest, in metres per second.
    pub max_speed_mps: f64,
    /// A step rate at or below this (steps per minute) is noted.
    pub low_spm: f64,
    /// With the height known: so far below the expected step rate (per cent) is noted.
    pub low_percent: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            window_days: 90,
            min_runs: 3,
            min_seconds: 600.0,
            min_speed_mps: 2.7,
            max_speed_mps: 3.3,
            low_spm: 166.0,
            low_percent: 8.0,
        }
    }
}

documented! {
    /// ## What it does
    /// Takes the median step rate over steady, flat running at 2.7–3.3 m/s (6:10 to 5:03 per km) in the last
    /// 90 days: samples at least ten seconds from a start or stop, on less than 2 % grade where an altitude
    /// tells, in runs with ten minutes or more of that.
    ///
    /// * At or below 166 steps per minute is info.
    /// * With your height known, 8 % or more below the expected step rate is info too:
    ///   `expected = (166 + 6 · (speed − 2.98)) · √(1.70 / height)`, speed in m/s, height in m. That formula is a
    ///   heuristic (a slope between published groups, a pendulum's scaling), not a study's.
    ///
    /// ## Why it matters
    /// In a laboratory study of 55 women at 2.98 m/s, those with 166 steps a minute and fewer had the highest peak
    /// forces in the knee joint, its inner compartment included, and those with 178 and more the lowest. Ten per cent
    /// more steps took 14 % off the peak force behind the kneecap in 30 adults. That is mechanics.
    ///
    /// ## Limits
    /// Whether a low step rate leads to knee injuries is not known: a cohort of high-school runners found more
    /// shin injuries with it and, on only three knee cases, no link to pain at the front of the knee. There is no right number for everyone, 180 included: taller runners and slower
    /// paces have fewer steps. More steps load calf and Achilles tendon more.
    ///
    /// ## Example
    /// | date | km | spm | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 8.0 | 160 | |
    /// | 2026-03-04 | 8.0 | 162 | |
    /// | 2026-03-08 | 8.0 | 164 | info 162 |
    /// | 2026-03-12 | 8.0 | 170 | |
    /// | 2026-03-15 | 8.0 | 172 | |
    /// | 2026-03-18 | 8.0 | 172 | |
    /// | 2026-03-20 | 8.0 | 174 | clear 170 |
    ///
    /// ## Options
    /// `window_days` (90), `min_runs` (3), `min_seconds` (600), `min_speed_mps` (2.7), `max_speed_mps` (3.3), `low_spm` (166), `low_percent` (8).
    ///
    /// ## References
    /// Thakkar 2019, Lenhart 2014, Luedke 2016.
    pub static LOW_STEP_RATE: Rule {
        id: "low-step-rate",
        name: "Low step rate",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[Circumstance::KneePain],
        needs: "three runs in 90 days with a step rate and ten minutes of steady, flat running at 2.7–3.3 m/s",
        not_known: "Laboratory forces, not injuries: whether changing the step rate spares the knee is not known. A watch cannot see where the foot lands.",
        references: &[
            Reference {
                short: "Thakkar 2019",
                full: "Thakkar B, et al. (step rate and knee joint forces in women). Medicine & Science in Sports & Exercise 2019;51(7):1444–1450. doi:10.1249/MSS.0000000000001915",
            },
            Reference {
                short: "Lenhart 2014",
                full: "Lenhart RL, et al. Increasing running step rate reduces patellofemoral joint forces. Medicine & Science in Sports & Exercise 2014;46(3):557–564. doi:10.1249/MSS.0b013e3182a78c3a",
            },
            Reference {
                short: "Luedke 2016",
                full: "Luedke LE, et al. Influence of step rate on shin injury and anterior knee pain in high school runners. Medicine & Science in Sports & Exercise 2016;48(7):1244–1250. doi:10.1249/MSS.0000000000000890",
            },
        ],
        check: check,
    }
}

/// Steps per minute to expect at a speed from a runner of a height; see the manual page.
fn expected_spm(speed_mps: f64, height_m: f64) -> f64 {
    (166.0 + 6.0 * (speed_mps - 2.98)) * (1.70 / height_m).sqrt()
}

/// The speeds, seconds and step rates of a run's bins at the speeds looked at.
fn at_speed<'a>(run: &'a Run, options: &Options) -> impl Iterator<Item = (f64, f64, f64)> + use<'a> {
    let speeds = options.min_speed_mps..options.max_speed_mps;
    let bins = run.form_by_speed.iter().filter(move |bin| speeds.contains(&bin.speed_mps));
    bins.filter_map(|bin| Some((bin.speed_mps, bin.seconds_of(FormMetric::StepRate), bin.step_rate_spm()?)))
}

fn has_enough(run: &Run, options: &Options) -> bool {
    at_speed(run, options).map(|(_, seconds, _)| seconds).sum::<f64>() >= options.min_seconds
}

/// The median step rate of one run as the rule looks at it: over steady, flat running at its speeds, by time. `None` where
/// there are less than [`Options::min_seconds`] of that.
pub fn step_rate_spm(run: &Run, options: &Options) -> Option<f64> {
    let mut rates: Vec<(f64, f64)> = at_speed(run, options).map(|(_, seconds, spm)| (spm, seconds)).collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    median::weighted_of_sorted(rates.into_iter()).filter(|_| has_enough(run, options))
}

fn check(log: &TrainingLog, runner: &Runner, options: &super::Options) -> Outcome {
    let (units, options) = (options.units, &options.low_step_rate);
    let from = log.as_of().saturating_add_days(-i64::from(options.window_days));
    let recent = log.runs_between(from, log.as_of());
    let enough = |run: &&Run| has_enough(run, options);
    let usable: Vec<&Run> = recent.iter().filter(enough).collect();
    let coverage = Coverage::count("runs", log.as_of(), recent.iter().map(|run| (run.local_date, enough(&run))))
        .without("ten minutes of steady, flat running with a step rate at that pace");
    let pace_range = || {
        let slow = units.pace_at(options.min_speed_mps);
        format!(
            "{} to {slow}",
            units.pace_at(options.max_speed_mps).trim_end_matches(&format!("/{}", units.long_symbol()))
        )
    };
    if usable.len() < options.min_runs {
        let with_step_rate =
            recent.iter().filter(|run| run.form_by_speed.iter().any(|bin| bin.step_rate_spm().is_some())).count();
        let reason = format!(
            "needs {} runs with at least {:.0} minutes of steady, flat running at {} in the last {} days; {} of {} runs have that, {with_step_rate} have any step rate",
            options.min_runs,
            options.min_seconds / 60.0,
            pace_range(),
            options.window_days,
            usable.len(),
            recent.len(),
        );
        let remedy = match with_step_rate {
            0 => "a watch or foot pod that records steps, and runs with it".to_owned(),
            _ => format!(
                "{} more runs with ten minutes of steady running at {}",
                options.min_runs - usable.len(),
                pace_range()
            ),
        };
        return Missing::outcome(reason, remedy);
    }
    let mut rates: Vec<(f64, f64)> =
        usable.iter().flat_map(|run| at_speed(run, options)).map(|(_, seconds, spm)| (spm, seconds)).collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bins = || usable.iter().flat_map(|run| at_speed(run, options));
    let seconds: f64 = bins().map(|(_, seconds, _)| seconds).sum();
    let speed = bins().map(|(speed_mps, seconds, _)| speed_mps * seconds).sum::<f64>() / seconds;
    let Some(spm) = median::weighted_of_sorted(rates.into_iter()) else {
        return Missing::outcome("no step rate at these speeds", "runs with a step rate at these speeds");
    };
    let height_m = runner
        .height_m
        .filter(|metres| *metres > 0.0)
        .or_else(|| log.runs().iter().rev().find_map(|run| run.wearer.height_m));
    let height_limit =
        height_m.map(|height| (height, expected_spm(speed, height) * (1.0 - options.low_percent / 100.0)));
    let window = Window { from: usable[0].local_date, to: usable[usable.len() - 1].local_date };
    let measured = Quantity::new(spm, Unit::StepsPerMinute);
    let at = format!(
        "Over {:.0} minutes of steady, flat running at about {} since {}",
        seconds / 60.0,
        units.pace_at(speed),
        window.from.strftime("%-d %b %Y")
    );
    let below_height_limit = height_limit.filter(|(_, limit)| spm <= *limit);
    if spm > options.low_spm && below_height_limit.is_none() {
        let height_note = match height_m {
            Some(_) => "",
            None => " Your height is not known, so it could not be compared with runners of your size.",
        };
        return Outcome::Clear(Clear {
            message: format!(
                "{at} your median step rate was {spm:.0} steps per minute, above the {:.0} that would be noted.{height_note}",
                options.low_spm
            ),
            measured: Some(measured),
            limit: Some(Quantity::new(options.low_spm, Unit::StepsPerMinute)),
            window,
            coverage,
        });
    }
    let (limit, compared_with) = match below_height_limit {
        Some((height, limit)) if spm > options.low_spm => {
            let percent = options.low_percent;
            let expects =
                format!("{percent:.0} % or more below what a rule of thumb expects for a height of {height:.2} m");
            (limit, expects)
        }
        _ => (options.low_spm, format!("not above {:.0}", options.low_spm)),
    };
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message: format!("{at} your median step rate was {spm:.0} steps per minute, {compared_with}."),
        study: format!(
            "In a laboratory study of 55 women at {}, 166 and fewer went with higher loads inside the knee than 178 and \
             more; whether changing yours would spare it is unproven.",
            units.pace_at(2.98),
        ),
        consider:
            "If your knee is sore, about 5 % more steps for part of your easy runs is a common experiment; expect \
            the calves to work harder."
                .to_owned(),
        measured,
        limit: Quantity::new(limit, Unit::StepsPerMinute),
        window,
        runs: usable.iter().map(|run| run.id.clone()).collect(),
        coverage,
    }])
}
