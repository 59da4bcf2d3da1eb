//! A step rate at the low end of what the studies looked at.

use crate::doc::documented;
use crate::knowledge::reference::{CHAN_2018, HEIDERSCHEIT_2011, LENHART_2014, LUEDKE_2016, THAKKAR_2019, WINTER_2020};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::measure::median;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, in_percent};

use super::own_form::{self, Held};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Circumstance, Clear, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, flagged_or, latest_first,
};

use absolute::{Absolute, absolute};

mod absolute;

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
    /// A step rate at or below this (steps per minute) is flagged; a lower one where the height
    /// lets one expect less.
    low_spm: f64 = 166.0, 60.0..=300.0;
    /// With the height known: this far below the expected step rate (per cent) is flagged in any
    /// case.
    low_percent: f64 = 8.0, 0.0..=1000.0;
    /// This far below the runner's usual step rate at the same speed (per cent) is flagged.
    own_low_percent: f64 = 4.0, 0.0..=1000.0;
    /// Runs in a row that must be that far.
    own_min_runs: usize = 3, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Takes the median step rate over steady, flat running at 2.7–3.3 m/s (6:10 to 5:03 per km) in
    /// the last 28 days, or in the last 90 where those have fewer than three usable runs. It uses
    /// samples at least ten seconds from a start or stop, on less than 2% grade where an altitude
    /// is recorded, in runs with at least ten minutes of that.
    ///
    /// * At or below 166 steps per minute is info. A tall runner has fewer steps at the same speed,
    ///   so with your height known the limit moves, downwards only. It then takes both 166 or fewer
    ///   and no more than a rule of thumb expects for the height: `expected = (166 + 6 · (speed −
    ///   2.98)) · √(1.70 / height)`, speed in m/s, height in m. At 2.98 m/s that makes 166 up to a
    ///   height of 1.70 m, 159 at 1.85 m and 155 at 1.95 m.
    /// * At least 8% below the expected step rate is info too. At 2.98 m/s that is 160 at 1.55 m,
    ///   153 at 1.70 m and 143 at 1.95 m. It comes before the other limit only below 1.44 m.
    /// * Three runs in a row, each at least 4% below your usual step rate at the same speed, are
    ///   info too, at any speed. Each run is compared with your runs of the 90 days before, by the
    ///   same device on the same surface, as the manual page `trend` describes. That takes eight
    ///   earlier runs; the limit is a heuristic.
    ///
    /// ## Why it matters
    /// In a laboratory study of 55 women at 2.98 m/s, the third with 166 steps a minute or fewer
    /// had the highest peak forces in the knee joint, including its inner compartment. The third
    /// with 178 or more had the lowest. Ten per cent more steps took 14% off the peak force behind
    /// the kneecap in 30 adults, and 5% more lowered the energy absorbed at the knee in 45 runners.
    /// That is mechanics.
    ///
    /// ## Limits
    /// Whether a low step rate leads to knee injuries is not known. A cohort of high-school runners
    /// found more shin injuries with it and, on only three knee cases, no link to pain at the front
    /// of the knee. Of 76 runners followed for a year 39 were injured. The injured women had lower
    /// step rates than the other women; among men there was no difference (Winter 2020). In a trial
    /// of 320 beginners, 166 learned to land more softly with feedback on a screen and 154 ran
    /// without it (Chan 2018). It changed the impact, not the step rate alone.
    ///
    /// There is no right number for everyone, 180 included: taller runners and slower paces have
    /// fewer steps. More steps load calf and Achilles tendon more. The rule of thumb is a heuristic
    /// (a slope between published groups and a pendulum's scaling), not a study's. The study's
    /// summary does not give the height of the 55 women. The limit is not rare: the third of those
    /// women with the fewest steps ended there.
    ///
    /// Where no file names the watch, a step rate that changes at once and stays changed is not
    /// compared with your usual until the baseline follows the change: another watch that counts
    /// differently looks the same. Your usual step rate moves along: after 90 days a change is your
    /// usual. A new pod, a pram, snow or mud change it too. Nothing is compared with your usual in
    /// the first weeks after a break of at least 14 days.
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
    /// | 2026-03-21 | 8.0 | 176 | |
    /// | 2026-03-22 | 8.0 | 176 | |
    /// | 2026-03-23 | 8.0 | 176 | |
    /// | 2026-03-24 | 8.0 | 176 | |
    /// | 2026-03-25 | 8.0 | 176 | |
    /// | 2026-03-26 | 8.0 | 176 | |
    /// | 2026-03-27 | 8.0 | 164 | |
    /// | 2026-03-28 | 8.0 | 164 | clear 172 |
    /// | 2026-03-29 | 8.0 | 164 | info -5.20 |
    ///
    /// ## Options
    /// `window_days` (90), `latest_days` (28), `min_runs` (3), `min_seconds` (600), `min_speed_mps`
    /// (2.7), `max_speed_mps` (3.3), `low_spm` (166), `low_percent` (8), `own_low_percent` (4),
    /// `own_min_runs` (3).
    ///
    /// ## References
    /// Thakkar 2019, Heiderscheit 2011, Lenhart 2014, Luedke 2016, Winter 2020, Chan 2018.
    pub static LOW_STEP_RATE: Rule {
        id: "low-step-rate",
        name: "Step rate",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[Circumstance::KneePain],
        needs: "three runs in 90 days with a step rate and ten minutes of steady, flat running at 2.7–3.3 m/s",
        not_known: "The studies measured forces in a laboratory, not injuries. Whether changing the step rate helps the knee is unknown. A watch cannot see where the foot lands.",
        brief: Brief::new(
            "Low step rate",
            "Try about 5% more steps for part of an easy run.",
            &[
                Reading::at_most(Unit::StepsPerMinute, "at an easy pace").in_words("steps a minute"),
                Reading::at_least(Unit::Percent, "fewer steps than usual").below_zero(),
                Reading::at_least(Unit::Percent, "fewer steps than usual"),
            ],
        ).of_inner_knee(),
        references: &[
            &THAKKAR_2019,
            &HEIDERSCHEIT_2011,
            &LENHART_2014,
            &LUEDKE_2016,
            &WINTER_2020,
            &CHAN_2018,
        ],
        check: check,
    }
}

/// Steps per minute to expect at a speed from a runner of a height; see the manual page.
fn expected_spm(speed_mps: f64, height_m: f64) -> f64 {
    (166.0 + 6.0 * (speed_mps - 2.98)) * (1.70 / height_m).sqrt()
}

/// At or below how many steps per minute a step rate is low at a speed, what is of the height in
/// whole steps; see the manual page.
fn noted_spm(speed_mps: f64, height_m: Option<f64>, options: &Options) -> f64 {
    let Some(expected) = height_m.map(|height_m| expected_spm(speed_mps, height_m)) else { return options.low_spm };
    options.low_spm.min(expected.round()).max((expected * (1.0 - options.low_percent / 100.0)).round())
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

/// The median step rate of one run as the rule looks at it: over steady, flat running at its
/// speeds, by time. `None` where there are less than [`Options::min_seconds`] of that.
pub fn step_rate_spm(run: &Run, options: &Options) -> Option<f64> {
    let mut rates: Vec<(f64, f64)> = at_speed(run, options).map(|(_, seconds, spm)| (spm, seconds)).collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    median::weighted_of_sorted(rates.into_iter()).filter(|_| has_enough(run, options))
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (own, own_runs) = below_own(log, options);
    let absolute = unless_counted_anew(absolute(log, runner, options), log, &options.low_step_rate);
    let low = match &absolute {
        Absolute::Low(flag) => Some(flag.clone()),
        _ => None,
    };
    // Of the same day the step rate itself first.
    let flags = latest_first(low.into_iter().chain(own));
    flagged_or(flags, || match absolute {
        Absolute::Clear(clear) => Outcome::Clear(with_own(clear, own_runs, &options.low_step_rate)),
        Absolute::Missing(missing) => Outcome::NotAssessed(missing),
        Absolute::Low(flag) => Outcome::Flagged(vec![flag]),
    })
}

/// What is left of it where another watch may have counted: nothing low that was not before, and a
/// word on it.
fn unless_counted_anew(absolute: Absolute, log: &TrainingLog, options: &Options) -> Absolute {
    let from = log.as_of().saturating_add_days(1 - i64::from(options.window_days));
    let anew = own_form::counted_anew(log, log.form_trend(FormMetric::StepRate));
    let Some(anew) = anew.last().filter(|anew| anew.day >= from) else { return absolute };
    match absolute {
        Absolute::Low(flag) if anew.before > flag.limit.value => Absolute::Missing(Missing {
            reason: format!("needs the name of the watch: {}", said_of(anew)),
            remedy: "files that name the watch".into(),
        }),
        Absolute::Clear(clear) => {
            let message = format!("{} A jump is not taken for a change of form: {}.", clear.message, said_of(anew));
            Absolute::Clear(Clear { message, ..clear })
        }
        absolute => absolute,
    }
}

/// With what the comparison with the runner's own came to, where it found nothing.
fn with_own(mut clear: Clear, own_runs: usize, options: &Options) -> Clear {
    let own = match own_runs {
        0 => "Too few runs could be compared with your usual step rate.".to_owned(),
        n => format!(
            "Of {n} runs, no {} in a row were {} or more below your usual step rate.",
            options.own_min_runs,
            in_percent(options.own_low_percent)
        ),
    };
    clear.message = format!("{} {own}", clear.message);
    clear
}

/// `on 24 Feb 2026 the step rate changed at once from 170 to 162 steps per minute and stayed so; …`
fn said_of(anew: &own_form::CountedAnew) -> String {
    format!(
        "on {} the step rate changed at once from {:.0} to {:.0} steps per minute and stayed there. The files name no watch, and \
         another one that counts differently looks the same",
        own_form::day(anew.day),
        anew.before,
        anew.after
    )
}

/// Runs in a row below the runner's own step rate, the latest first, and how many runs could be
/// compared.
fn below_own(log: &TrainingLog, options: &rule::Options) -> (Vec<Flag>, usize) {
    let options = &options.low_step_rate;
    let trend = log.form_trend(FormMetric::StepRate);
    let kinds = own_form::held(log, trend);
    let coverage = own_form::coverage(log, &kinds);
    let limit = -options.own_low_percent;
    let flag = |row: &[Held]| {
        let percent = own_form::middle(row, |held| held.against.residual_percent());
        Flag {
            tier: Tier::Info,
            message: format!(
                "{} your step rate was {:.0} steps per minute. Your usual at the same speeds was {:.0}. That is {:.1}% fewer; {} is \
                 flagged. Your usual is that of the {} days before (medians).",
                own_form::when(row),
                own_form::middle(row, |held| held.against.measured),
                own_form::middle(row, |held| held.against.expected),
                -percent,
                in_percent(options.own_low_percent),
                trend.options.window_days),
            study: "In a laboratory study of 45 runners, 5 and 10% more steps at the same speed lowered the energy absorbed at the knee. \
                    Whether a fallen step rate is linked to injuries is not known."
                .to_owned(),
            consider: CONSIDER.to_owned(),
            measured: Quantity::new(percent, Unit::Percent),
            limit: Quantity::new(limit, Unit::Percent),
            window: own_form::window(row),
            runs: own_form::ids(row),
            coverage,
        }
    };
    let rows = kinds.iter().flat_map(|kind| rows_below_own(kind, options));
    (rows.map(flag).collect(), own_form::could_be_in_a_row(&kinds, options.own_min_runs))
}

/// Runs in a row of one device on one surface that were below the runner's own step rate.
pub(super) fn rows_below_own<'k, 't>(kind: &'k [Held<'t>], options: &Options) -> impl Iterator<Item = &'k [Held<'t>]> {
    let limit = -options.own_low_percent;
    own_form::in_a_row(kind, move |held| (held.against.residual_percent() <= limit).then_some(()), options.own_min_runs)
}

const CONSIDER: &str = "If your knee is sore, try about 5% more steps for part of your easy runs. Expect the \
    calves to work harder.";

#[cfg(test)]
mod tests;
