//! More up and down for each metre than the runner's own at the same speed.

use std::collections::BTreeMap;

use crate::baseline::{Against, FormTrend};
use crate::doc::documented;
use crate::knowledge::reference::WILLSON_2014;
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::runner::Runner;
use kneewise_read::unit::{Unit, in_percent};

use super::own_form::{self, Held};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Outcome, Quantity, Rule, Tier, Window, flagged_or, latest_first,
};

settable! {
    /// A vertical ratio this far above the runner's usual at the same speed (per cent of it) is
    /// flagged.
    rise_percent: f64 = 10.0, 0.0..=1000.0;
    /// Runs in a row that must be that far.
    min_runs: usize = 3, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Vertical ratio is how far the trunk goes up and down in a step, in per cent of the step's
    /// length. Each run is compared with your usual at the same speeds: oscillation and step length
    /// of the run, divided by the values expected from your runs of the 90 days before (as the
    /// manual page `trend` describes), by the same device on the same surface.
    ///
    /// `rise = 100 · ((oscillation / expected oscillation) / (step length / expected step length) −
    /// 1)`
    ///
    /// Three runs in a row with a rise of at least 10% are info.
    ///
    /// ## Why it matters
    /// At one speed, more oscillation mostly comes with fewer and longer steps. Longer steps loaded
    /// the front of the knee more in a laboratory study of 23 women. No study that followed runners
    /// has linked vertical ratio with knee injuries.
    ///
    /// ## Limits
    /// The colours of watches rank runners by economy and are not used here. A strap, a pod and a
    /// wrist measure different points of the body; a new strap on the same watch is not seen. A
    /// worn battery, a loose strap or a rucksack change it. The three runs in a row are a
    /// heuristic. Nothing is compared in the first weeks after a break of at least 14 days.
    ///
    /// ## Example
    /// | date | km | `step_mm` | `oscillation_mm` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | 1100 | 88 | |
    /// | 2026-03-02 | 8.0 | 1100 | 88 | |
    /// | 2026-03-03 | 8.0 | 1100 | 88 | |
    /// | 2026-03-04 | 8.0 | 1100 | 88 | |
    /// | 2026-03-05 | 8.0 | 1100 | 88 | |
    /// | 2026-03-06 | 8.0 | 1100 | 88 | |
    /// | 2026-03-07 | 8.0 | 1100 | 88 | |
    /// | 2026-03-08 | 8.0 | 1100 | 88 | not assessed |
    /// | 2026-03-09 | 8.0 | 1100 | 88 | |
    /// | 2026-03-10 | 8.0 | 1100 | 99 | not assessed |
    /// | 2026-03-12 | 8.0 | 1100 | 99 | clear 12 |
    /// | 2026-03-14 | 8.0 | 1100 | 99 | info 12 |
    ///
    /// ## Options
    /// `rise_percent` (10), `min_runs` (3).
    ///
    /// ## References
    /// Willson 2014.
    pub static VERTICAL_RATIO_RISE: Rule {
        id: "vertical-ratio-rise",
        name: "Vertical ratio",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "vertical oscillation of eight runs in 90 days by one device on one surface, each with ten minutes of steady, flat running, and three more",
        not_known: "No study that followed runners has linked vertical ratio with knee injuries.",
        brief: Brief::new(
            "Higher vertical ratio",
            "Check that the strap or pod sits as before.",
            &[Reading::at_least(Unit::Percent, "above your usual")],
        ),
        references: &[&WILLSON_2014],
        check: check,
    }
}

/// A run's oscillation and step length against the runner's own.
#[derive(Clone, Copy)]
struct Both<'t> {
    oscillation: Held<'t>,
    length: &'t Against,
}

impl<'t> Both<'t> {
    fn of(oscillation: Held<'t>, lengths: &BTreeMap<&str, &'t Against>) -> Option<Self> {
        Some(Self { oscillation, length: lengths.get(oscillation.point.run.as_str())? })
    }

    fn rise_percent(&self) -> f64 {
        let over = |against: &Against| against.measured / against.expected;
        100.0 * (over(self.oscillation.against) / over(self.length) - 1.0)
    }

    fn measured_percent(&self) -> f64 {
        100.0 * self.oscillation.against.measured / self.length.measured
    }

    fn expected_percent(&self) -> f64 {
        100.0 * self.oscillation.against.expected / self.length.expected
    }
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.vertical_ratio_rise);
    let oscillation = log.form_trend(FormMetric::VerticalOscillation);
    if oscillation.points.is_empty() {
        return own_form::missing(log, oscillation, 0, options.min_runs, units);
    }
    let (kinds, coverage) = measure(log, oscillation);
    let most = kinds.iter().map(Vec::len).max().unwrap_or(0);
    let highest = kinds.iter().flatten().max_by(|a, b| a.rise_percent().total_cmp(&b.rise_percent()));
    let Some(highest) = highest.filter(|_| most >= options.min_runs) else {
        return own_form::missing(log, oscillation, most, options.min_runs, units);
    };
    let is_up = |both: &Both| (both.rise_percent() >= options.rise_percent).then_some(());
    let rows = kinds.iter().flat_map(|kind| own_form::in_a_row(kind, is_up, options.min_runs));
    let flags = latest_first(rows.map(|row| flag(row, oscillation.options.window_days, coverage, options)));
    flagged_or(flags, || clear(log, &kinds, highest, coverage, options))
}

/// The runs of which both could be held against the runner's own, each device and surface by
/// itself.
fn measure<'t>(log: &'t TrainingLog, oscillation: &'t FormTrend) -> (Vec<Vec<Both<'t>>>, Coverage) {
    let length = log.form_trend(FormMetric::StepLength);
    let lengths: BTreeMap<&str, &Against> =
        length.points.iter().filter_map(|point| Some((point.run.as_str(), point.against.as_ref().ok()?))).collect();
    let held = own_form::held(log, oscillation);
    let kinds: Vec<Vec<Both>> =
        (held.iter()).map(|kind| kind.iter().filter_map(|held| Both::of(*held, &lengths)).collect()).collect();
    let oscillations: Vec<Vec<Held>> =
        kinds.iter().map(|kind| kind.iter().map(|both| both.oscillation).collect()).collect();
    let coverage = own_form::coverage(log, &oscillations);
    (kinds, coverage)
}

fn flag(row: &[Both], window_days: u32, coverage: Coverage, options: &Options) -> Flag {
    let held: Vec<Held> = row.iter().map(|both| both.oscillation).collect();
    let rise = own_form::middle(row, Both::rise_percent);
    Flag {
        tier: Tier::Info,
        message: format!(
            "{} you went up and down by {:.1}% of your step length. Your usual at the same speeds was {:.1}%. That is {rise:.0}% more; {} is flagged. Your usual is that of the {window_days} days before (medians).",
            own_form::when(&held),
            own_form::middle(row, Both::measured_percent),
            own_form::middle(row, Both::expected_percent),
            in_percent(options.rise_percent)),
        study: "In a laboratory study of 23 women, longer steps at one speed loaded the front of the knee more. No study that \
                followed runners has linked vertical ratio with knee injuries."
            .to_owned(),
        consider: "Check that the strap or pod sits as before.".to_owned(),
        measured: Quantity::new(rise, Unit::Percent),
        limit: Quantity::new(options.rise_percent, Unit::Percent),
        window: own_form::window(&held),
        runs: own_form::ids(&held),
        coverage,
    }
}

fn clear(log: &TrainingLog, kinds: &[Vec<Both>], highest: &Both, coverage: Coverage, options: &Options) -> Outcome {
    let dates = || kinds.iter().flatten().map(|both| both.oscillation.point.date);
    let day = highest.oscillation.point.date;
    Outcome::Clear(Clear {
        message: format!(
            "The largest rise of your vertical ratio was {:+.1}%, on {}. {} runs in a row at least {} above your usual are flagged. {} could \
             be compared at the same speeds.",
            highest.rise_percent(),
            own_form::day(day),
            options.min_runs,
            in_percent(options.rise_percent),
            own_form::runs(dates().count()),
        ),
        measured: Some(Quantity::new(highest.rise_percent(), Unit::Percent)),
        limit: Some(Quantity::new(options.rise_percent, Unit::Percent)),
        window: Window { from: dates().min().unwrap_or(day), to: log.as_of() },
        coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    fn said(more: &[(f64, f64)]) -> String {
        let run = |(n, &(length, oscillation)): (usize, &(f64, f64))| {
            let form = [(FormMetric::StepLength, length), (FormMetric::VerticalOscillation, oscillation)];
            made::run(n as i64, &form)
        };
        let all = [&[(1000.0, 80.0); 8], more].concat();
        made::said(&VERTICAL_RATIO_RISE, all.iter().enumerate().map(run).collect(), &Runner::default())
    }

    #[test]
    fn ten_per_cent_three_times_in_a_row() {
        assert_eq!(said(&[(1000.0, 89.0); 3]), "info 11.25");
        assert_eq!(said(&[(1000.0, 87.9); 3]), "clear");
        assert_eq!(said(&[(1000.0, 89.0), (1000.0, 89.0), (1000.0, 80.0)]), "clear");
        assert_eq!(said(&[(1000.0, 89.0); 2]), "not assessed", "there cannot be three in a row");
    }

    #[test]
    fn more_oscillation_with_longer_steps_is_none() {
        assert_eq!(said(&[(1125.0, 90.0); 3]), "clear");
    }
}
