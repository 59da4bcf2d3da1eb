//! Longer on the ground, or on a leg that gives more, at the end of long runs than at their
//! beginning.

use crate::doc::documented;
use crate::knowledge::reference::{CLANSEY_2012, DAVIS_2021};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::measure::metric::{LEG_SPRING_STIFFNESS_FADE, Metric, STANCE_TIME_FADE, TIMER};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::unit::{Unit, clock, in_percent};

use super::late_change::{Choice, LongRuns};
use super::own_form;
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{self, Area, Clear, Evidence, Flag, Outcome, Quantity, Rule, Tier, flagged_or, latest_first};

settable! {
    /// Days up to the log's last whose runs are taken.
    window_days: u32 = 90, 1..=3660;
    /// Seconds on the timer that a run must have.
    min_run_s: f64 = 2700.0, 0.0..=1e7;
    /// The latest of these runs that are taken.
    last_runs: usize = 10, 1..=10_000;
    /// Runs that must have drifted.
    min_drifted_runs: usize = 2, 1..=10_000;
    /// A stance time longer by this (per cent) in the last third than in the first has drifted; so
    /// has a leg-spring stiffness lower by it.
    drift_percent: f64 = 5.0, 0.0..=1000.0;
}

documented! {
    /// ## What it does
    /// Compares the last third of a run with the first third, at the same speed on the flat. It
    /// takes the last 10 runs of at least 45 minutes within 90 days, for each of two measures that
    /// at least two of these runs have:
    ///
    /// * the time a foot is on the ground (`stance_time_fade_percent`): at least 5% longer is a
    ///   drift;
    /// * the stiffness of the leg, seen as a spring, as a Stryd pod works it out
    ///   (`leg_spring_stiffness_fade_percent`): at least 5% lower is a drift.
    ///
    /// Two such runs are info: one finding for each measure, with the latest run and the number of
    /// runs. The manual page of `stance_time_fade_percent` describes how a change is worked out.
    ///
    /// ## Why it matters
    /// A leg that gives more stays longer on the ground; with tiredness both may change. In a
    /// laboratory study of 21 trained men, two hard runs of 20 minutes changed how they landed. The
    /// meaning for the knee is not known. A study that followed 49 runners for a year found
    /// nothing: 23 were injured, and leg stiffness at the start made no clear difference (P between
    /// 0.2 and 0.6; Davis 2021). No study of injuries looked at a drift within runs.
    ///
    /// ## Limits
    /// Soft ground, wind and wet shoes change both measures too, and a wrist measures stance time
    /// worse than a strap or pod. The stiffness is the maker's model of the foot's movements. Both
    /// may come from one pod and then carry much the same information. Intervals and fast finishes
    /// are left out. The 5%, the 45 minutes and the two of ten are heuristics.
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
        name: "Stance time and leg stiffness late in runs",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "two runs of at least 45 minutes in 90 days with running dynamics or a pod's leg-spring stiffness, at an even pace on the flat",
        not_known: "Form changes with tiredness. Whether a longer stance time or a softer leg is linked to injuries is unknown. The rule does not see wind or surface.",
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
        was: "your leg-spring stiffness was",
        than: "lower",
        had: "a lower leg-spring stiffness",
    },
];

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.late_stance_drift;
    let [stance, stiffness] = MEASURES.map(|measure| measure.look(log, options));
    match (stance, stiffness) {
        (Outcome::Flagged(flags), Outcome::Flagged(more)) => {
            // Of the same day the stance time first.
            Outcome::Flagged(latest_first(flags.into_iter().chain(more)))
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
        let has_drifted = |(_, percent): &(&Run, f64)| self.sign * percent >= options.drift_percent;
        let drifted: Vec<(&Run, f64)> = runs.latest.iter().copied().filter(has_drifted).collect();
        let latest = drifted.last().filter(|_| drifted.len() >= options.min_drifted_runs);
        let flag = latest.map(|latest| self.flag(&runs, &drifted, *latest, options));
        flagged_or(flag, || self.clear(&runs, drifted.len(), options))
    }

    fn limit(&self, options: &Options) -> Quantity {
        Quantity::new(self.sign * options.drift_percent, Unit::Percent)
    }

    fn flag(
        &self,
        runs: &LongRuns,
        drifted: &[(&Run, f64)],
        (latest, percent): (&Run, f64),
        options: &Options,
    ) -> Flag {
        Flag {
            tier: Tier::Info,
            message: format!(
                "On {}, over {}, {} {:.1}% {} in the last third than in the first, at the same speeds. {} of {} drifted by at least {}; {} or more are flagged.",
                own_form::day(latest.local_date),
                clock(latest.value(&TIMER).unwrap_or(0.0)),
                self.was,
                self.sign * percent,
                self.than,
                drifted.len(),
                runs.words(options.min_run_s),
                in_percent(options.drift_percent),
                options.min_drifted_runs),
            study: "In a laboratory study of 21 trained men, two hard runs of 20 minutes changed how they landed. Whether a drift like \
                    this one is linked to injuries is not known."
                .to_owned(),
            consider: "Start long runs more easily, and see whether it stays.".to_owned(),
            measured: Quantity::new(percent, Unit::Percent),
            limit: self.limit(options),
            window: runs.window_to(latest),
            runs: drifted.iter().map(|(run, _)| run.id.clone()).collect(),
            coverage: runs.coverage,
        }
    }

    fn clear(&self, runs: &LongRuns, drifted: usize, options: &Options) -> Outcome {
        let by = |percent: f64| self.sign * percent;
        let (run, percent) =
            runs.latest.iter().copied().fold(runs.latest[0], |a, b| if by(b.1) > by(a.1) { b } else { a });
        Outcome::Clear(Clear {
            message: format!(
                "Of {}, {} had {} in the last third than in the first, by at least {}. {} or more are flagged. The largest change was \
                 {percent:+.1}%, on {}.",
                runs.words(options.min_run_s),
                own_form::none_or(drifted),
                self.had,
                in_percent(options.drift_percent),
                options.min_drifted_runs,
                own_form::day(run.local_date),
            ),
            measured: Some(Quantity::new(percent, Unit::Percent)),
            limit: Some(self.limit(options)),
            window: runs.window_to(runs.latest[runs.latest.len() - 1].0),
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
