//! Fewer steps per minute at the end of long runs than at their beginning.

use crate::doc::documented;
use crate::knowledge::reference::{CLANSEY_2012, WILLSON_2014};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::measure::metric::{STEP_RATE_FADE, TIMER};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::{Unit, clock, in_percent};

use super::late_change::{Choice, LongRuns};
use super::own_form;
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{self, Area, Clear, Evidence, Flag, Outcome, Quantity, Rule, Tier, flagged_or};

settable! {
    /// Days up to the log's last whose runs are taken.
    window_days: u32 = 90, 1..=3660;
    /// Seconds on the timer that a run must have.
    min_run_s: f64 = 2700.0, 0.0..=1e7;
    /// The latest of these runs that are taken.
    last_runs: usize = 10, 1..=10_000;
    /// Runs that must have faded.
    min_faded_runs: usize = 2, 1..=10_000;
    /// A step rate lower by this (per cent) in the last third than in the first has faded.
    fade_percent: f64 = 3.0, 0.0..=1000.0;
}

documented! {
    /// ## What it does
    /// Compares the step rate in the last third of a run with that in the first third, at the same
    /// speed on the flat (see the manual page of `step_rate_fade_percent`). It takes the last 10
    /// runs of at least 45 minutes within 90 days. Two runs in which the step rate fell by at least
    /// 3% are info: one finding, with the latest run and the number of runs.
    ///
    /// ## Why it matters
    /// In the laboratory, two hard runs of 20 minutes changed how 21 trained men landed. At one
    /// speed fewer steps are longer steps, and those loaded the front of the knee more in 23 women.
    /// No study has linked a fading step rate with injuries.
    ///
    /// ## Limits
    /// Wind, a soft path on the way back or a bag put down change steps too. Intervals and fast
    /// finishes have no speeds in common early and late and are left out. The 3%, the 45 minutes
    /// and the two of ten are heuristics.
    ///
    /// ## Example
    /// | date | km | min | `step_rate_fade_percent` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 9.0 | 50 | -0.8 | |
    /// | 2026-03-08 | 10.0 | 55 | -3.4 | clear -3.40 |
    /// | 2026-03-11 | 6.0 | 35 | -4.0 | clear -3.40 |
    /// | 2026-03-15 | 12.0 | 66 | -4.1 | info -4.10 |
    ///
    /// ## Options
    /// `window_days` (90), `min_run_s` (2700), `last_runs` (10), `min_faded_runs` (2),
    /// `fade_percent` (3).
    ///
    /// ## References
    /// Clansey 2012, Willson 2014.
    pub static LATE_STEP_RATE_FADE: Rule {
        id: "late-step-rate-fade",
        name: "Step rate late in runs",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "two runs of at least 45 minutes in 90 days with a step rate, at an even pace on the flat",
        not_known: "Form changes with tiredness. Whether a fading step rate is linked to injuries is unknown. The rule does not see wind or surface.",
        brief: Brief::new(
            "Step rate fades late",
            "Start long runs more easily.",
            &[
                Reading::at_least(Unit::Percent, "fewer steps late in runs").below_zero(),
                Reading::at_least(Unit::Percent, "fewer steps late in runs"),
            ],
        ),
        references: &[
            &CLANSEY_2012,
            &WILLSON_2014,
        ],
        check: check,
    }
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.late_step_rate_fade;
    let choice = Choice {
        metric: &STEP_RATE_FADE,
        window_days: options.window_days,
        min_run_s: options.min_run_s,
        last_runs: options.last_runs,
        min_runs: options.min_faded_runs,
        remedy: own_form::remedy(FormMetric::StepRate),
    };
    let runs = match choice.of(log) {
        Ok(runs) => runs,
        Err(missing) => return Outcome::NotAssessed(missing),
    };
    let is_faded = |(_, percent): &(&Run, f64)| *percent <= -options.fade_percent;
    let faded: Vec<(&Run, f64)> = runs.latest.iter().copied().filter(is_faded).collect();
    let latest = faded.last().filter(|_| faded.len() >= options.min_faded_runs);
    flagged_or(latest.map(|latest| flag(&runs, &faded, *latest, options)), || clear(&runs, faded.len(), options))
}

fn flag(runs: &LongRuns, faded: &[(&Run, f64)], (latest, percent): (&Run, f64), options: &Options) -> Flag {
    Flag {
        tier: Tier::Info,
        message: format!(
            "On {}, over {}, your step rate was {:.1}% lower in the last third than in the first, at the same speeds. {} of {} fell by at \
             least {}; {} or more are flagged.",
            own_form::day(latest.local_date),
            clock(latest.value(&TIMER).unwrap_or(0.0)),
            -percent,
            faded.len(),
            runs.words(options.min_run_s),
            in_percent(options.fade_percent),
            options.min_faded_runs),
        study: "In laboratory studies, 21 trained men landed differently after two hard runs of 20 minutes, and longer steps at one speed \
                loaded the front of the knee more in 23 women. Whether a fading step rate is linked to injuries is not known."
            .to_owned(),
        consider: "Start long runs more easily, and see whether it stays.".to_owned(),
        measured: Quantity::new(percent, Unit::Percent),
        limit: Quantity::new(-options.fade_percent, Unit::Percent),
        window: runs.window_to(latest),
        runs: faded.iter().map(|(run, _)| run.id.clone()).collect(),
        coverage: runs.coverage,
    }
}

fn clear(runs: &LongRuns, faded: usize, options: &Options) -> Outcome {
    let (run, percent) = runs.latest.iter().copied().fold(runs.latest[0], |a, b| if b.1 < a.1 { b } else { a });
    Outcome::Clear(Clear {
        message: format!(
            "Of {}, {} had a step rate at least {} lower in the last third than in the first. {} or more are flagged. The largest change was \
             {:+.1}%, on {}.",
            runs.words(options.min_run_s),
            own_form::none_or(faded),
            in_percent(options.fade_percent),
            options.min_faded_runs,
            percent,
            own_form::day(run.local_date),
        ),
        measured: Some(Quantity::new(percent, Unit::Percent)),
        limit: Some(Quantity::new(-options.fade_percent, Unit::Percent)),
        window: runs.window_to(runs.latest[runs.latest.len() - 1].0),
        coverage: runs.coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    #[test]
    fn three_per_cent_over_forty_five_minutes_twice_in_ten() {
        let said = |runs: &[(f64, f64)]| {
            let run = |(n, &(seconds, fade)): (usize, &(f64, f64))| {
                made::with(n as i64, &[(&TIMER, seconds), (&STEP_RATE_FADE, fade)])
            };
            made::said(&LATE_STEP_RATE_FADE, runs.iter().enumerate().map(run).collect(), &Runner::default())
        };
        assert_eq!(said(&[(2700.0, -3.5), (2700.0, -3.0)]), "info -3.00");
        assert_eq!(said(&[(2700.0, -3.5), (2700.0, -2.99)]), "clear");
        assert_eq!(said(&[(2700.0, -3.5), (2699.0, -3.0)]), "not assessed", "one long run");
        let mut runs = vec![(2700.0, -3.5)];
        runs.extend([(2700.0, 0.0); 8]);
        runs.push((2700.0, -3.5));
        assert_eq!(said(&runs), "info -3.50", "the tenth before counts");
        runs.insert(1, (2700.0, 0.0));
        assert_eq!(said(&runs), "clear", "the eleventh does not");
    }

    #[test]
    fn the_last_runs_are_said_to_be_the_last_only_where_they_are() {
        let message = |fades: &[Option<f64>]| {
            let run = |(n, fade): (usize, &Option<f64>)| {
                let fade = fade.map(|percent| (&STEP_RATE_FADE, percent));
                made::with(n as i64, &[Some((&TIMER, 2700.0)), fade].into_iter().flatten().collect::<Vec<_>>())
            };
            let runs = fades.iter().enumerate().map(run).collect();
            match made::outcome(&LATE_STEP_RATE_FADE, runs, &Runner::default()) {
                Outcome::Clear(clear) => clear.message,
                other => panic!("{other:?}"),
            }
        };
        let none = Some(0.0);
        assert!(
            message(&[none, none]).starts_with("Of your last 2 runs of at least 45 minutes"),
            "{}",
            message(&[none, none])
        );
        assert!(message(&[none; 12]).starts_with("Of your last 10 runs of at least 45 minutes"), "ten of twelve");
        let with_gap: Vec<Option<f64>> = (0..12).map(|n| none.filter(|_| n != 6)).collect();
        assert!(
            message(&with_gap).starts_with("Of the last 10 runs of at least 45 minutes that could be compared"),
            "ten of eleven"
        );
        for fades in [[none, None, none], [none, none, None]] {
            let message = message(&fades);
            assert!(
                message.starts_with("Of the last 2 runs of at least 45 minutes that could be compared"),
                "{message}"
            );
        }
    }
}
