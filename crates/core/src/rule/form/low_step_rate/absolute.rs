//! The step rate itself: the last days against a study and a rule of thumb.

use super::super::own_form;
use super::{CONSIDER, Options, at_speed, has_enough, noted_spm};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::measure::median;
use crate::rule::{self, Clear, Coverage, Flag, Missing, Quantity, Tier, Window};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

/// The step rate itself, over the last days, against a study and a rule of thumb.
pub(super) enum Absolute {
    Low(Flag),
    Clear(Clear),
    Missing(Missing),
}

pub(super) fn absolute(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Absolute {
    let (units, options) = (options.units, &options.low_step_rate);
    match measure(log, runner, options, units) {
        Err(missing) => Absolute::Missing(missing),
        Ok(measured) if measured.is_above() => Absolute::Clear(measured.clear(options, units)),
        Ok(measured) => Absolute::Low(measured.flag(options, units)),
    }
}

/// The median step rate of the last days, and its limit.
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
    limit_spm: f64,
    height_m: Option<f64>,
}

fn measure<'a>(
    log: &'a TrainingLog,
    runner: &Runner,
    options: &Options,
    units: Units,
) -> Result<Measured<'a>, Missing> {
    let enough = |run: &Run| has_enough(run, options);
    let days = own_form::latest_days(log, options.latest_days, options.window_days, options.min_runs, enough);
    let recent = log.runs_between(log.as_of().saturating_add_days(1 - i64::from(days)), log.as_of());
    let runs: Vec<&Run> = recent.iter().filter(|run| enough(run)).collect();
    let coverage = Coverage::count("runs", log.as_of(), recent.iter().map(|run| (run.local_date, enough(run))))
        .without("enough steady, flat running with a step rate at that pace");
    if runs.len() < options.min_runs {
        return Err(too_few(recent, runs.len(), options, units));
    }
    let bins = || runs.iter().flat_map(|run| at_speed(run, options));
    let seconds: f64 = bins().map(|(_, seconds, _)| seconds).sum();
    let speed_mps = bins().map(|(speed_mps, seconds, _)| speed_mps * seconds).sum::<f64>() / seconds;
    let mut rates: Vec<(f64, f64)> = bins().map(|(_, seconds, spm)| (spm, seconds)).collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let spm = median::weighted_of_sorted(rates.into_iter()).ok_or_else(|| Missing {
        reason: "needs a step rate at these speeds. The log has none".to_owned(),
        remedy: own_form::remedy(FormMetric::StepRate).into(),
    })?;
    let height_m = own_form::height_m(log, runner);
    let limit_spm = noted_spm(speed_mps, height_m, options);
    Ok(Measured { runs, coverage, days, seconds, speed_mps, spm, limit_spm, height_m })
}

impl Measured<'_> {
    fn is_above(&self) -> bool {
        self.spm > self.limit_spm
    }

    fn window(&self) -> Window {
        Window { from: self.runs[0].local_date, to: self.runs[self.runs.len() - 1].local_date }
    }

    /// The height, where the limit is another than without it.
    fn height_that_counts(&self, options: &Options) -> Option<f64> {
        self.height_m.filter(|_| self.limit_spm.total_cmp(&options.low_spm).is_ne())
    }

    /// Returns `Your step rate was 165 steps per minute at about 5:36/km (median of …).`
    fn words(&self, units: Units) -> String {
        format!(
            "Your step rate was {:.0} steps per minute at about {} (median of {:.0} minutes of steady, flat running in the last {} days, \
             since {}).",
            self.spm,
            units.pace_at(self.speed_mps),
            self.seconds / 60.0,
            self.days,
            own_form::day(self.window().from),
        )
    }

    fn clear(&self, options: &Options, units: Units) -> Clear {
        let note = match (self.height_m, self.height_that_counts(options)) {
            (None, _) => " Your height is not known, so the limit could not be fitted to it.".to_owned(),
            (Some(_), Some(height)) => {
                format!(" That limit is for a height of {height:.2} m; without a height it is {:.0}.", options.low_spm)
            }
            (Some(_), None) => String::new(),
        };
        Clear {
            message: format!("{} {:.0} or fewer are flagged.{note}", self.words(units), self.limit_spm),
            measured: Some(Quantity::new(self.spm, Unit::StepsPerMinute)),
            limit: Some(Quantity::new(self.limit_spm, Unit::StepsPerMinute)),
            window: self.window(),
            coverage: self.coverage,
        }
    }

    fn flag(&self, options: &Options, units: Units) -> Flag {
        let for_height = self.height_that_counts(options).map_or_else(String::new, |height| {
            format!(
                " The limit is a rule of thumb for a height of {height:.2} m; without a height it is {:.0}.",
                options.low_spm
            )
        });
        Flag {
            tier: Tier::Info,
            message: format!("{} {:.0} or fewer are flagged.{for_height}", self.words(units), self.limit_spm),
            study: format!(
                "In a laboratory study of 55 women at {}, the third with 166 steps or fewer had higher forces inside the knee than the third \
                 with 178 or more. It measured forces, not injuries. Whether changing your step rate would help the knee is unproven.",
                units.pace_at(2.98),
            ),
            consider: CONSIDER.to_owned(),
            measured: Quantity::new(self.spm, Unit::StepsPerMinute),
            limit: Quantity::new(self.limit_spm, Unit::StepsPerMinute),
            window: self.window(),
            runs: self.runs.iter().map(|run| run.id.clone()).collect(),
            coverage: self.coverage,
        }
    }
}

/// Why the step rate itself cannot be told.
fn too_few(recent: &[Run], usable: usize, options: &Options, units: Units) -> Missing {
    let paces = own_form::paces(options.min_speed_mps, options.max_speed_mps, units);
    let with_step_rate =
        recent.iter().filter(|run| run.form_by_speed.iter().any(|bin| bin.step_rate_spm().is_some())).count();
    let reason = format!(
        "needs {} runs with at least {:.0} minutes of steady, flat running at {} in the last {} days. These days hold {}: {} like that, {} with a step rate at all",
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
    Missing { reason, remedy: remedy.into() }
}
