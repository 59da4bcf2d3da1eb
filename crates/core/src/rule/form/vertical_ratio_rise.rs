//! More up and down for each metre than the runner's own at the same speed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::baseline::Against;
use crate::doc::documented;
use crate::knowledge::reference::WILLSON_2014;
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

use super::own_form::{self, Held};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Evidence, Flag, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A vertical ratio so far above the runner's own at the same speed (per cent of it) is noted.
    pub rise_percent: f64,
    /// So many runs in a row must be.
    pub min_runs: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { rise_percent: 10.0, min_runs: 3 }
    }
}

documented! {
    /// ## What it does
    /// Vertical ratio is how far the trunk goes up and down in a step, in per cent of the step's
    /// length. Each run is held against your own at the same speeds: oscillation and step length of
    /// the run, over those that your runs of the 90 days before make one expect (as `kneewise
    /// explain trend` tells), by the same device on the same surface.
    ///
    /// `rise = 100 · ((oscillation / expected oscillation) / (step length / expected step length) −
    /// 1)`
    ///
    /// Three runs in a row with a rise of 10 % or more are info.
    ///
    /// ## Why it matters
    /// At one speed, more oscillation mostly comes with fewer and longer steps, and those loaded
    /// the front of the knee more in a laboratory study of 23 women. No study that follows runners
    /// has linked it with injuries of the knee.
    ///
    /// ## Limits
    /// The colours of watches rank runners by economy and are not used here. A strap, a pod and a
    /// wrist measure different points of the body; a new strap on the same watch is not seen. A
    /// worn battery, a loose strap or a rucksack change it. That it takes three runs in a row is a
    /// heuristic. Not compared in the first weeks after a break of 14 days and more.
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
        name: "Vertical ratio above your own",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "vertical oscillation of eight runs in 90 days by one device on one surface, each with ten minutes of steady, flat running, and three more",
        not_known: "No study that follows runners has linked vertical ratio with injuries of the knee.",
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
    let length = log.form_trend(FormMetric::StepLength);
    let lengths: BTreeMap<&str, &Against> =
        length.points.iter().filter_map(|point| Some((point.run.as_str(), point.against.as_ref().ok()?))).collect();
    let held = own_form::held(log, oscillation);
    let kinds: Vec<Vec<Both>> =
        (held.iter()).map(|kind| kind.iter().filter_map(|held| Both::of(*held, &lengths)).collect()).collect();
    let oscillations: Vec<Vec<Held>> =
        kinds.iter().map(|kind| kind.iter().map(|both| both.oscillation).collect()).collect();
    let coverage = own_form::coverage(log, &oscillations);
    let most = kinds.iter().map(Vec::len).max().unwrap_or(0);
    let highest = kinds.iter().flatten().max_by(|a, b| a.rise_percent().total_cmp(&b.rise_percent()));
    let Some(highest) = highest.filter(|_| most >= options.min_runs) else {
        return own_form::missing(log, oscillation, most, options.min_runs, units);
    };
    let limit = Quantity::new(options.rise_percent, Unit::Percent);
    let is_up = |both: &Both| (both.rise_percent() >= limit.value).then_some(());
    let flag = |row: &[Both]| {
        let held: Vec<Held> = row.iter().map(|both| both.oscillation).collect();
        let rise = own_form::middle(row, Both::rise_percent);
        Flag {
            tier: Tier::Info,
            message: format!(
                "{} your vertical ratio (how far you go up and down in a step, for its length) was {:.0} % and more above your own at the same speeds in the {} days before: {:.1} instead of \
                 {:.1} % of the step length, {rise:.0} % more (medians).",
                own_form::when(&held),
                options.rise_percent,
                oscillation.options.window_days,
                own_form::middle(row, Both::measured_percent),
                own_form::middle(row, Both::expected_percent),
            ),
            study: "In a laboratory study of 23 women, longer steps at one speed loaded the front of the knee more; no study that \
                    follows runners has linked vertical ratio with injuries of the knee."
                .to_owned(),
            consider: "Consider whether the strap or pod sits as before; if it does, see whether it stays.".to_owned(),
            measured: Quantity::new(rise, Unit::Percent),
            limit,
            window: own_form::window(&held),
            runs: own_form::ids(&held),
            coverage,
        }
    };
    let rows = kinds.iter().flat_map(|kind| own_form::in_a_row(kind, is_up, options.min_runs));
    let mut flags: Vec<Flag> = rows.map(flag).collect();
    flags.sort_by_key(|flag| std::cmp::Reverse(flag.window.to));
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    let dates = || kinds.iter().flatten().map(|both| both.oscillation.point.date);
    let day = highest.oscillation.point.date;
    Outcome::Clear(Clear {
        message: format!(
            "Of {} that could be held against your own at the same speeds, no {} in a row had a vertical ratio (how far you go up and down in \
             a step, for its length) {:.0} % or more above it. The largest difference was {:+.1} %, on {}.",
            own_form::runs(dates().count()),
            options.min_runs,
            options.rise_percent,
            highest.rise_percent(),
            own_form::day(day),
        ),
        measured: Some(Quantity::new(highest.rise_percent(), Unit::Percent)),
        limit: Some(limit),
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
