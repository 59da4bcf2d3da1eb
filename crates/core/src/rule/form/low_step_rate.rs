//! A step rate at the low end of what the studies looked at.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::knowledge::reference::{CHAN_2018, HEIDERSCHEIT_2011, LENHART_2014, LUEDKE_2016, THAKKAR_2019, WINTER_2020};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::measure::median;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use super::own_form::{self, Held};
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
    /// A step rate at or below this (steps per minute) is noted; less of a runner of whom less is
    /// to be expected by height.
    pub low_spm: f64,
    /// With the height known: so far below the expected step rate (per cent) is noted in any case.
    pub low_percent: f64,
    /// So far below the runner's own step rate at the same speed (per cent) is noted.
    pub own_low_percent: f64,
    /// So many runs in a row must be.
    pub own_min_runs: usize,
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
            low_percent: 8.0,
            own_low_percent: 4.0,
            own_min_runs: 3,
        }
    }
}

documented! {
    /// ## What it does
    /// Takes the median step rate over steady, flat running at 2.7–3.3 m/s (6:10 to 5:03 per km) in
    /// the last 28 days, or in the last 90 where those hold fewer than three usable runs: samples
    /// at least ten seconds from a start or stop, on less than 2 % grade where an altitude tells,
    /// in runs with ten minutes or more of that.
    ///
    /// * At or below 166 steps per minute is info. With your height known, that number is brought
    ///   to it, downwards only: a tall runner has fewer steps at the same speed, so it takes both
    ///   166 and fewer and no more than a rule of thumb expects of the height: `expected = (166 + 6
    ///   · (speed − 2.98)) · √(1.70 / height)`, speed in m/s, height in m. At 2.98 m/s that makes
    ///   166 up to a height of 1.70 m, 159 at 1.85 m and 155 at 1.95 m.
    /// * 8 % or more below what it expects is info too. At 2.98 m/s that is 160 at 1.55 m, 153 at
    ///   1.70 m and 143 at 1.95 m; it comes before the other limit only below 1.44 m.
    /// * Three runs in a row, each 4 % or more below your own step rate at the same speed, are info
    ///   too, whatever the speed: each run is held against your runs of the 90 days before, by the
    ///   same device on the same surface, as `kneewise explain trend` tells. That takes eight runs
    ///   before it; the limit is a heuristic.
    ///
    /// ## Why it matters
    /// In a laboratory study of 55 women at 2.98 m/s, the third with 166 steps a minute and fewer
    /// had the highest peak forces in the knee joint, its inner compartment included, and the third
    /// with 178 and more the lowest. Ten per cent more steps took 14 % off the peak force behind
    /// the kneecap in 30 adults, and 5 % more lessened the energy that the knee takes up in 45
    /// runners. That is mechanics.
    ///
    /// ## Limits
    /// Whether a low step rate leads to knee injuries is not known: a cohort of high-school runners
    /// found more shin injuries with it and, on only three knee cases, no link to pain at the front
    /// of the knee. Of 76 runners followed for a year 39 were injured; the injured women had lower
    /// step rates than the other women, the men not (Winter 2020). In a trial of 320 beginners, 166
    /// learned to land more softly with feedback on a screen and 154 ran without it (Chan 2018); it
    /// changed the impact and not the step rate alone. There is no right number for everyone, 180
    /// included: taller runners and slower paces have fewer steps. More steps load calf and
    /// Achilles tendon more. The rule of thumb is a heuristic (a slope between published groups, a
    /// pendulum's scaling) and not a study's; how tall the 55 women were, the study's summary does
    /// not say. The limit finds nothing rare: it is where the third of those women with the fewest
    /// steps ended.
    ///
    /// Where no file names the watch, a step rate that changes at once and stays so is not held
    /// against your own until the baseline is of the time after: another watch that counts
    /// otherwise looks the same.
    ///
    /// Your own step rate moves along: what stayed for 90 days is your usual one. A new pod, a
    /// pram, snow or mud change it too. Not compared with your own in the first weeks after a break
    /// of 14 days and more.
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
        name: "Low step rate",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[Circumstance::KneePain],
        needs: "three runs in 90 days with a step rate and ten minutes of steady, flat running at 2.7–3.3 m/s",
        not_known: "Laboratory forces, not injuries: whether changing the step rate spares the knee is not known. A watch cannot see where the foot lands.",
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

/// What the step rate itself says: the last days against a study and a rule of thumb.
enum Absolute {
    Low(Flag),
    Clear(Clear),
    Missing(Missing),
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (own, own_runs) = below_own(log, options);
    let mut absolute = absolute(log, runner, options);
    let from = log.as_of().saturating_add_days(1 - i64::from(options.low_step_rate.window_days));
    let anew = own_form::counted_anew(log, log.form_trend(FormMetric::StepRate));
    let anew = anew.last().filter(|anew| anew.day >= from);
    if let (Some(anew), Absolute::Low(flag)) = (anew, &absolute)
        && anew.before > flag.limit.value
    {
        absolute = Absolute::Missing(Missing {
            reason: format!("needs to know which watch counted: {}", said_of(anew)),
            remedy: "files that name the watch".to_owned(),
        });
    }
    if let (Some(anew), Absolute::Clear(clear)) = (anew, &mut absolute) {
        let said = said_of(anew);
        clear.message = format!("{} Not taken for a change of form: {said}.", clear.message);
    }
    let mut flags = own;
    if let Absolute::Low(flag) = &absolute {
        flags.insert(0, flag.clone());
    }
    if !flags.is_empty() {
        // Stable: of the same day the step rate itself first.
        flags.sort_by_key(|flag| std::cmp::Reverse(flag.window.to));
        return Outcome::Flagged(flags);
    }
    match absolute {
        Absolute::Clear(clear) if own_runs == 0 => {
            let note = " Too few runs could be held against your own of the weeks before.";
            Outcome::Clear(Clear { message: clear.message + note, ..clear })
        }
        Absolute::Clear(clear) => Outcome::Clear(Clear {
            message: format!(
                "{} Of {own_runs} runs that could be held against your own, no {} in a row were {:.0} % or more below it.",
                clear.message, options.low_step_rate.own_min_runs, options.low_step_rate.own_low_percent
            ),
            ..clear
        }),
        Absolute::Missing(missing) => Outcome::NotAssessed(missing),
        Absolute::Low(flag) => Outcome::Flagged(vec![flag]),
    }
}

/// `on 24 Feb 2026 the step rate changed at once from 170 to 162 steps per minute and stayed so; …`
fn said_of(anew: &own_form::CountedAnew) -> String {
    format!(
        "on {} the step rate changed at once from {:.0} to {:.0} steps per minute and stayed so; the files name no watch, \
         and another one that counts otherwise looks the same",
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
                "{} your step rate was {:.0} % and more below your own at the same speeds in the {} days before: {:.0} instead \
                 of {:.0} steps per minute, {:.1} % fewer (medians).",
                own_form::when(row),
                options.own_low_percent,
                trend.options.window_days,
                own_form::middle(row, |held| held.against.measured),
                own_form::middle(row, |held| held.against.expected),
                -percent,
            ),
            study: "In a laboratory study of 45 runners, 5 and 10 % more steps at the same speed lessened the energy that the knee \
                    takes up; whether a fall of one's own step rate goes with injuries is not known."
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

const CONSIDER: &str = "If your knee is sore, about 5 % more steps for part of your easy runs is a common experiment; expect the \
    calves to work harder.";

fn absolute(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Absolute {
    let (units, options) = (options.units, &options.low_step_rate);
    let days = own_form::latest_days(log, options.latest_days, options.window_days, options.min_runs, |run| {
        has_enough(run, options)
    });
    let recent = log.runs_between(log.as_of().saturating_add_days(1 - i64::from(days)), log.as_of());
    let enough = |run: &&Run| has_enough(run, options);
    let usable: Vec<&Run> = recent.iter().filter(enough).collect();
    let coverage = Coverage::count("runs", log.as_of(), recent.iter().map(|run| (run.local_date, enough(&run))))
        .without("enough steady, flat running with a step rate at that pace");
    if usable.len() < options.min_runs {
        return Absolute::Missing(too_few(recent, usable.len(), options, units));
    }
    let mut rates: Vec<(f64, f64)> =
        usable.iter().flat_map(|run| at_speed(run, options)).map(|(_, seconds, spm)| (spm, seconds)).collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bins = || usable.iter().flat_map(|run| at_speed(run, options));
    let seconds: f64 = bins().map(|(_, seconds, _)| seconds).sum();
    let speed = bins().map(|(speed_mps, seconds, _)| speed_mps * seconds).sum::<f64>() / seconds;
    let Some(spm) = median::weighted_of_sorted(rates.into_iter()) else {
        return Absolute::Missing(Missing {
            reason: "needs a step rate at these speeds; the log has none".to_owned(),
            remedy: own_form::remedy(FormMetric::StepRate).to_owned(),
        });
    };
    let height_m = own_form::height_m(log, runner);
    let limit_spm = noted_spm(speed, height_m, options);
    let window = Window { from: usable[0].local_date, to: usable[usable.len() - 1].local_date };
    let measured = Quantity::new(spm, Unit::StepsPerMinute);
    let limit = Quantity::new(limit_spm, Unit::StepsPerMinute);
    let so_it_is = format!(
        "Over {:.0} minutes of steady, flat running at about {} in the last {days} days (since {}) your median step rate was {spm:.0} steps \
         per minute",
        seconds / 60.0,
        units.pace_at(speed),
        own_form::day(window.from),
    );
    let is_for_height = limit_spm.total_cmp(&options.low_spm).is_ne();
    if spm > limit_spm {
        let note = match height_m {
            None => " Your height is not known, so it could not be compared with runners of your size.".to_owned(),
            Some(height) if is_for_height => {
                format!(
                    " That is the limit for a height of {height:.2} m; without one it would be {:.0}.",
                    options.low_spm
                )
            }
            Some(_) => String::new(),
        };
        return Absolute::Clear(Clear {
            message: format!("{so_it_is}, above the {limit_spm:.0} that would be noted.{note}"),
            measured: Some(measured),
            limit: Some(limit),
            window,
            coverage,
        });
    }
    let for_height = match height_m {
        Some(height) if is_for_height => format!(
            ", the limit at that pace for a height of {height:.2} m (a rule of thumb; without a height it would be {:.0})",
            options.low_spm
        ),
        _ => String::new(),
    };
    Absolute::Low(Flag {
        tier: Tier::Info,
        message: format!("{so_it_is}, not above {limit_spm:.0}{for_height}."),
        study: format!(
            "In a laboratory study of 55 women at {}, the third with 166 and fewer had higher forces inside the knee than the third with 178 \
             and more. It measured forces and not injuries, and whether changing your step rate would spare the knee is unproven.",
            units.pace_at(2.98),
        ),
        consider: CONSIDER.to_owned(),
        measured,
        limit,
        window,
        runs: usable.iter().map(|run| run.id.clone()).collect(),
        coverage,
    })
}

/// Why the step rate itself cannot be told.
fn too_few(recent: &[Run], usable: usize, options: &Options, units: Units) -> Missing {
    let paces = own_form::paces(options.min_speed_mps, options.max_speed_mps, units);
    let with_step_rate =
        recent.iter().filter(|run| run.form_by_speed.iter().any(|bin| bin.step_rate_spm().is_some())).count();
    let reason = format!(
        "needs {} runs with at least {:.0} minutes of steady, flat running at {} in the last {} days; of {} {} have that, and {} any step rate",
        options.min_runs,
        options.min_seconds / 60.0,
        paces,
        options.window_days,
        own_form::runs(recent.len()),
        own_form::none_or(usable),
        own_form::none_or(with_step_rate),
    );
    let remedy = match with_step_rate {
        0 => own_form::remedy(FormMetric::StepRate).to_owned(),
        _ => format!(
            "{} with {:.0} minutes of steady running at {}",
            own_form::more_runs(options.min_runs - usable),
            options.min_seconds / 60.0,
            paces
        ),
    };
    Missing { reason, remedy }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    fn said(rates: &[f64]) -> String {
        let mut runs: Vec<Run> = (0..8).map(|n| made::run(n, &[(FormMetric::StepRate, 200.0)])).collect();
        runs.extend(rates.iter().enumerate().map(|(n, spm)| made::run(8 + n as i64, &[(FormMetric::StepRate, *spm)])));
        made::said(&LOW_STEP_RATE, runs, &Runner::default())
    }

    #[test]
    fn the_limit_goes_down_with_height_and_hardly_ever_up() {
        let limit = |height_m| noted_spm(2.98, height_m, &Options::default());
        assert_eq!([None, Some(1.40)].map(limit), [166.0, 168.0]);
        assert_eq!([1.55, 1.70, 1.85, 1.95].map(|height_m| limit(Some(height_m))), [166.0, 166.0, 159.0, 155.0]);
        let said = |spm, height_m| {
            let runs = (0..3).map(|n| made::run(n, &[(FormMetric::StepRate, spm)])).collect();
            made::said(&LOW_STEP_RATE, runs, &Runner { height_m, ..Runner::default() })
        };
        assert_eq!((said(160.0, None), said(160.0, Some(1.95))), ("info 160.00".to_owned(), "clear".to_owned()));
        assert_eq!(
            (said(155.0, Some(1.95)), said(155.0, Some(1.70))),
            ("info 155.00".to_owned(), "info 155.00".to_owned())
        );
    }

    /// 28 days hold the runs on the days 62 to 89 of a log that ends on the latter.
    #[test]
    fn what_is_there_now_is_looked_at_before_what_was_three_months_ago() {
        let said = |first_low: i64| {
            let rate = |n: i64| if n >= first_low { 160.0 } else { 175.0 };
            let days = [0, 4, 8, 12, 16, 20, 24, 28, first_low, 80, 89];
            made::said(
                &LOW_STEP_RATE,
                days.map(|n| made::run(n, &[(FormMetric::StepRate, rate(n))])).to_vec(),
                &Runner::default(),
            )
        };
        assert_eq!((said(62), said(61)), ("info 160.00".to_owned(), "clear".to_owned()), "two runs are too few");
    }

    #[test]
    fn the_ninetieth_day_back_counts_and_the_one_before_does_not() {
        let said = |first| {
            let runs = [first, 1, 89].map(|n| made::run(n, &[(FormMetric::StepRate, 160.0)])).to_vec();
            made::said(&LOW_STEP_RATE, runs, &Runner::default())
        };
        assert_eq!((said(0), said(-1)), ("info 160.00".to_owned(), "not assessed".to_owned()));
    }

    #[test]
    fn a_change_at_once_that_no_named_watch_counted_is_no_change_of_form() {
        let said = |is_named: bool, rate: &dyn Fn(i64) -> f64| {
            let run = |n: i64| {
                let mut run = made::run(2 * n, &[(FormMetric::StepRate, rate(n))]);
                run.device = run.device.filter(|_| is_named);
                run
            };
            made::said(&LOW_STEP_RATE, (0..30).map(run).collect(), &Runner::default())
        };
        // Some steps a minute from run to run.
        let step = |n: i64| if n < 20 { 180.0 } else { 170.0 } + (n % 3) as f64;
        assert!(said(true, &step).starts_with("info -5."), "{}", said(true, &step));
        assert_eq!(said(false, &step), "clear");
        let over_weeks = |n: i64| 180.0 - (n - 14).clamp(0, 8) as f64 * 1.75 + (n % 3) as f64;
        assert!(said(false, &over_weeks).starts_with("info -"), "{}", said(false, &over_weeks));
        let to_low = |n: i64| if n < 20 { 170.0 } else { 162.0 } + (n % 3) as f64;
        assert_eq!(said(false, &to_low), "not assessed", "which watch counted right is not known");
    }

    #[test]
    fn three_runs_in_a_row_four_per_cent_below_one_s_own_are_noted() {
        assert_eq!(said(&[192.0, 192.0, 192.0]), "info -4.00");
        assert_eq!(said(&[192.0, 192.0, 192.1]), "clear");
        assert_eq!(said(&[192.0, 192.0, 200.0, 192.0]), "clear", "not in a row");
        assert_eq!(said(&[190.0, 190.0, 190.0, 200.0, 200.0, 190.0, 190.0, 190.0]), "info -5.00, info -5.00");
    }
}
