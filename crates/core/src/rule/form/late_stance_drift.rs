//! Longer on the ground at the end of long runs than at their beginning.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::form::FormMetric;
use crate::log::TrainingLog;
use crate::metric::{STANCE_TIME_FADE, TIMER};
use crate::reference::CLANSEY_2012;
use crate::run::Run;
use crate::runner::Runner;
use crate::unit::{Unit, clock};

use super::late_change::Choice;
use super::own_form;
use crate::rule::{self, Area, Clear, Evidence, Flag, Outcome, Quantity, Rule, Tier};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Days up to the log's last in which runs are looked at.
    pub window_days: u32,
    /// A run must have so many seconds on the timer.
    pub min_run_s: f64,
    /// Of these runs so many, the latest.
    pub last_runs: usize,
    /// So many of them must have drifted.
    pub min_drifted_runs: usize,
    /// A stance time longer by this (per cent) in the last third than in the first has drifted.
    pub drift_percent: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { window_days: 90, min_run_s: 2700.0, last_runs: 10, min_drifted_runs: 2, drift_percent: 5.0 }
    }
}

documented! {
    /// ## What it does
    /// Compares how long a foot is on the ground in the last third of a run with the first third, at one and the same speed on
    /// the flat (`stance_time_fade_percent`, see `kneewise explain stance_time_fade_percent`), in the last 10 runs of 45 minutes
    /// and more within 90 days. Where it was longer by 5 % or more in two of them or more, that is info: one finding, with the
    /// latest of them and how many there were.
    ///
    /// ## Why it matters
    /// A leg that gives more stays longer on the ground: with tiredness both change. What that means for the knee
    /// is not known, and no study has linked it with injuries.
    ///
    /// ## Limits
    /// Soft ground, wind and wet shoes lengthen it too, and a wrist measures it worse than a strap or pod. Intervals and fast
    /// finishes are left out. The 5 %, the 45 minutes and the two of ten are heuristics. A pod's leg-spring stiffness
    /// says much the same, but is only known as a mean of the whole run.
    ///
    /// ## Example
    /// | date | km | min | `stance_time_fade_percent` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 9.0 | 50 | 1.0 | |
    /// | 2026-03-08 | 10.0 | 55 | 5.5 | clear 6 |
    /// | 2026-03-15 | 12.0 | 66 | 6.2 | info 6 |
    ///
    /// ## Options
    /// `window_days` (90), `min_run_s` (2700), `last_runs` (10), `min_drifted_runs` (2), `drift_percent` (5).
    ///
    /// ## References
    /// Clansey 2012.
    pub static LATE_STANCE_DRIFT: Rule {
        id: "late-stance-drift",
        name: "Stance time growing late in runs",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "two runs of 45 minutes and more in 90 days with running dynamics, at an even pace on the flat",
        not_known: "That form changes with tiredness is known; whether a growing stance time goes with injuries is not. Wind and ground are not seen.",
        references: &[&CLANSEY_2012],
        check: check,
    }
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.late_stance_drift;
    let choice = Choice {
        metric: &STANCE_TIME_FADE,
        window_days: options.window_days,
        min_run_s: options.min_run_s,
        last_runs: options.last_runs,
        min_runs: options.min_drifted_runs,
        remedy: own_form::remedy(FormMetric::StanceTime),
    };
    let runs = match choice.of(log) {
        Ok(runs) => runs,
        Err(missing) => return Outcome::NotAssessed(missing),
    };
    let limit = Quantity::new(options.drift_percent, Unit::Percent);
    let drifted: Vec<(&Run, f64)> =
        runs.latest.iter().copied().filter(|(_, percent)| *percent >= limit.value).collect();
    let of = runs.latest.len();
    match drifted.last() {
        Some(&(latest, percent)) if drifted.len() >= options.min_drifted_runs => Outcome::Flagged(vec![Flag {
            tier: Tier::Info,
            message: format!(
                "On {}, over {}, your feet stayed {percent:.1} % longer on the ground in the last third than at the same speeds in \
                 the first; they stayed {:.0} % longer and more in {} of your last {of} runs of {:.0} minutes and more.",
                own_form::day(latest.local_date),
                clock(latest.value(&TIMER).unwrap_or(0.0)),
                options.drift_percent,
                drifted.len(),
                options.min_run_s / 60.0,
            ),
            study: "In laboratory studies tired runners moved otherwise; whether a growing stance time goes with injuries is not \
                    known."
                .to_owned(),
            consider: "Consider an easier start on long runs, and see whether it stays.".to_owned(),
            measured: Quantity::new(percent, Unit::Percent),
            limit,
            window: runs.window_to(latest),
            runs: drifted.iter().map(|(run, _)| run.id.clone()).collect(),
            coverage: runs.coverage,
        }]),
        _ => {
            let (run, percent) = runs.latest.iter().copied().fold(runs.latest[0], |a, b| if b.1 > a.1 { b } else { a });
            Outcome::Clear(Clear {
                message: format!(
                    "Of your last {of} runs of {:.0} minutes and more, {} had a stance time longer by {:.0} % and more in the last \
                     third than at the same speeds in the first; {} would be noted. The largest change was {percent:+.1} %, on {}.",
                    options.min_run_s / 60.0,
                    drifted.len(),
                    options.drift_percent,
                    options.min_drifted_runs,
                    own_form::day(run.local_date),
                ),
                measured: Some(Quantity::new(percent, Unit::Percent)),
                limit: Some(limit),
                window: runs.window_to(runs.latest[of - 1].0),
                coverage: runs.coverage,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    #[test]
    fn five_per_cent_is_noted_when_it_comes_back() {
        let said = |drifts: &[f64]| {
            let run =
                |(n, &drift): (usize, &f64)| made::with(n as i64, &[(&TIMER, 2700.0), (&STANCE_TIME_FADE, drift)]);
            made::said(&LATE_STANCE_DRIFT, drifts.iter().enumerate().map(run).collect(), &Runner::default())
        };
        assert_eq!(said(&[5.0, 0.0, 5.0]), "info 5.00");
        assert_eq!(said(&[4.99, 0.0, 5.0]), "clear");
        assert_eq!(said(&[9.0]), "not assessed");
    }
}
