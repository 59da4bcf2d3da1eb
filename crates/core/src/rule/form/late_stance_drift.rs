//! Longer on the ground, or on a leg that gives more, at the end of long runs than at their
//! beginning.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::knowledge::reference::{CLANSEY_2012, DAVIS_2021};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::measure::metric::{LEG_SPRING_STIFFNESS_FADE, Metric, STANCE_TIME_FADE, TIMER};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::{Unit, clock};

use super::late_change::Choice;
use super::own_form;
use crate::rule::brief::{Brief, Reading};
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
    /// A stance time longer by this (per cent) in the last third than in the first has drifted; so
    /// has a leg-spring stiffness lower by it.
    pub drift_percent: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { window_days: 90, min_run_s: 2700.0, last_runs: 10, min_drifted_runs: 2, drift_percent: 5.0 }
    }
}

documented! {
    /// ## What it does
    /// Compares the last third of a run with the first third, at one and the same speed on the
    /// flat, in the last 10 runs of 45 minutes and more within 90 days, in each of two measures
    /// that is known of two such runs or more:
    ///
    /// * how long a foot is on the ground (`stance_time_fade_percent`): longer by 5 % or more has
    ///   drifted;
    /// * how stiff the leg is, taken for a spring, as a Stryd pod works it out
    ///   (`leg_spring_stiffness_fade_percent`): lower by 5 % or more has drifted.
    ///
    /// Where two of the runs or more drifted, that is info: one finding for each measure, with the
    /// latest of them and how many there were. `kneewise explain stance_time_fade_percent` tells
    /// how a change is worked out.
    ///
    /// ## Why it matters
    /// A leg that gives more stays longer on the ground: with tiredness both may change. In a
    /// laboratory study of 21 trained men, two hard runs of 20 minutes changed how they landed.
    /// What that means for the knee is not known. A study that looked ahead found nothing: of 49
    /// runners followed for a year 23 were injured, and how stiff their legs were at the start made
    /// no difference that could be told from chance (P between 0.2 and 0.6; Davis 2021). On a drift
    /// within runs there is no study of injuries.
    ///
    /// ## Limits
    /// Soft ground, wind and wet shoes change both too, and a wrist measures stance time worse than
    /// a strap or pod. The stiffness is the maker's own model of movements of the foot. Both may
    /// come from one pod and then say much the same. Intervals and fast finishes are left out. The
    /// 5 %, the 45 minutes and the two of ten are heuristics.
    ///
    /// ## Example
    /// | date | km | min | `stance_fade` | `stiffness_fade` | outcome |
    /// |---|---|---|---|---|---|
    /// | 2026-03-01 | 9.0 | 50 | 1.0 | | |
    /// | 2026-03-08 | 10.0 | 55 | 5.5 | | clear 6 |
    /// | 2026-03-15 | 12.0 | 66 | 6.2 | -5.1 | info 6 |
    /// | 2026-03-22 | 12.0 | 66 | 1.4 | -5.3 | info -5.30 |
    ///
    /// ## Options
    /// `window_days` (90), `min_run_s` (2700), `last_runs` (10), `min_drifted_runs` (2),
    /// `drift_percent` (5).
    ///
    /// ## References
    /// Clansey 2012, Davis 2021.
    pub static LATE_STANCE_DRIFT: Rule {
        id: "late-stance-drift",
        name: "Stance time or leg stiffness drifting late in runs",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "two runs of 45 minutes and more in 90 days with running dynamics or a pod's leg-spring stiffness, at an even pace on the flat",
        not_known: "That form changes with tiredness is known; whether a growing stance time or a softer leg goes with injuries is not. Wind and ground are not seen.",
        brief: Brief::new(
            "Ground contact drifts late",
            "Start long runs more easily.",
            &[
                Reading::at_least(Unit::Percent, "longer or softer late in runs"),
                Reading::at_least(Unit::Percent, "less stiff late in runs").below_zero(),
            ],
        ),
        references: &[&CLANSEY_2012, &DAVIS_2021],
        check: check,
    }
}

/// One of the measures, in words.
struct Measure {
    metric: &'static Metric,
    /// 1 where it drifts upwards, -1 where downwards.
    sign: f64,
    /// After "On 3 May 2026, over 1:02:03,"; the change follows.
    was: &'static str,
    /// After the change.
    than: &'static str,
    /// A run that drifted.
    had: &'static str,
}

const MEASURES: [Measure; 2] = [
    Measure {
        metric: &STANCE_TIME_FADE,
        sign: 1.0,
        was: "your feet stayed on the ground",
        than: "longer",
        had: "a longer stance time",
    },
    Measure {
        metric: &LEG_SPRING_STIFFNESS_FADE,
        sign: -1.0,
        was: "your leg-spring stiffness (how little the leg gives, by a pod) was",
        than: "lower",
        had: "a lower leg-spring stiffness (how little the leg gives, by a pod)",
    },
];

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.late_stance_drift;
    let [stance, stiffness] = MEASURES.map(|measure| measure.look(log, options));
    match (stance, stiffness) {
        (Outcome::Flagged(mut flags), Outcome::Flagged(more)) => {
            flags.extend(more);
            // Stable: of the same day the stance time first.
            flags.sort_by_key(|flag| std::cmp::Reverse(flag.window.to));
            Outcome::Flagged(flags)
        }
        (_, Outcome::Flagged(flags)) => Outcome::Flagged(flags),
        (Outcome::Clear(clear), Outcome::Clear(more)) => {
            Outcome::Clear(Clear { message: format!("{} {}", clear.message, more.message), ..clear })
        }
        (Outcome::NotAssessed(_), Outcome::Clear(clear)) => Outcome::Clear(clear),
        (stance, _) => stance,
    }
}

impl Measure {
    /// What is to be said of it alone.
    fn look(&self, log: &TrainingLog, options: &Options) -> Outcome {
        let choice = Choice {
            metric: self.metric,
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
        let limit = Quantity::new(self.sign * options.drift_percent, Unit::Percent);
        let by = |percent: f64| self.sign * percent;
        let drifted: Vec<(&Run, f64)> =
            runs.latest.iter().copied().filter(|(_, percent)| by(*percent) >= options.drift_percent).collect();
        let of = runs.latest.len();
        if let Some(&(latest, percent)) = drifted.last().filter(|_| drifted.len() >= options.min_drifted_runs) {
            return Outcome::Flagged(vec![Flag {
                tier: Tier::Info,
                message: format!(
                    "On {}, over {}, {} {:.1} % {} in the last third than at the same speeds in the first; so it was, by {:.0} % and \
                     more, in {} of {}.",
                    own_form::day(latest.local_date),
                    clock(latest.value(&TIMER).unwrap_or(0.0)),
                    self.was,
                    by(percent),
                    self.than,
                    options.drift_percent,
                    drifted.len(),
                    runs.words(options.min_run_s),
                ),
                study: "In a laboratory study of 21 trained men, two hard runs of 20 minutes changed how they landed; whether a drift like \
                        this one goes with injuries is not known."
                    .to_owned(),
                consider: "Consider an easier start on long runs, and see whether it stays.".to_owned(),
                measured: Quantity::new(percent, Unit::Percent),
                limit,
                window: runs.window_to(latest),
                runs: drifted.iter().map(|(run, _)| run.id.clone()).collect(),
                coverage: runs.coverage,
            }]);
        }
        let (run, percent) =
            runs.latest.iter().copied().fold(runs.latest[0], |a, b| if by(b.1) > by(a.1) { b } else { a });
        Outcome::Clear(Clear {
            message: format!(
                "Of {}, {} had {}, by {:.0} % and more, in the last third than at the same \
                 speeds in the first; {} would be noted. The largest change was {percent:+.1} %, on {}.",
                runs.words(options.min_run_s),
                own_form::none_or(drifted.len()),
                self.had,
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
    #[test]
    fn a_leg_that_gives_more_is_noted_beside_the_stance_time() {
        let said = |drifts: &[(f64, f64)]| {
            let run = |(n, &(stance, stiffness)): (usize, &(f64, f64))| {
                let values = [(&TIMER, 2700.0), (&STANCE_TIME_FADE, stance), (&LEG_SPRING_STIFFNESS_FADE, stiffness)];
                let known: Vec<_> = values.into_iter().filter(|(_, value)| !value.is_nan()).collect();
                made::with(n as i64, &known)
            };
            made::said(&LATE_STANCE_DRIFT, drifts.iter().enumerate().map(run).collect(), &Runner::default())
        };
        assert_eq!(said(&[(f64::NAN, -5.0), (f64::NAN, -5.0)]), "info -5.00", "by a pod alone");
        assert_eq!(said(&[(f64::NAN, -4.99), (f64::NAN, -5.0)]), "clear");
        assert_eq!(said(&[(0.0, 5.0), (0.0, 5.0)]), "clear", "a stiffer leg");
        assert_eq!(said(&[(5.0, -5.0), (5.0, -5.0)]), "info 5.00, info -5.00");
    }
}
