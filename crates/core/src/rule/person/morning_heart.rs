//! Resting heart rate and its variability in the morning.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::knowledge::reference::BELLENGER_2016;
use crate::log::TrainingLog;
use crate::runner::diary::of_days;
use crate::runner::{Entry, Runner};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Missing, Outcome, Quantity, Rule, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The mornings of so many days are the latest.
    pub recent_days: i64,
    /// They are held against those of so many days before them.
    pub baseline_days: i64,
    /// So many mornings before them make a baseline.
    pub min_mornings: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { recent_days: 7, baseline_days: 60, min_mornings: 14 }
    }
}

documented! {
    /// ## What it does
    /// Holds the resting heart rates (or, where there are none, the heart-rate variabilities) of
    /// the last seven mornings in your diary against those of the 60 days before. It is told for
    /// context and never a flag.
    ///
    /// ## Why it matters
    /// Coaches take a higher resting heart rate, or a lower variability, over some mornings for a
    /// sign of strain or of a cold coming on. A review (Bellenger 2016) looked at heart-rate
    /// variability at rest and after exercise, and at how fast the heart rate falls and rises, as
    /// signs of training status; resting heart rate is not among its measures. No study was found
    /// that relates either to runners' injuries. That is why it is never a flag here.
    ///
    /// ## Limits
    /// Alcohol, heat, travel, a cold and the time of measuring move both. It knows only what you
    /// write down; what a watch measures at night is not read.
    ///
    /// ## Example
    /// | date | `resting_bpm` | outcome |
    /// |---|---|---|
    /// | 2026-03-01 | 50 | |
    /// | 2026-03-02 | 51 | |
    /// | 2026-03-03 | 50 | |
    /// | 2026-03-04 | 49 | |
    /// | 2026-03-05 | 50 | |
    /// | 2026-03-06 | 50 | |
    /// | 2026-03-07 | 51 | |
    /// | 2026-03-08 | 49 | |
    /// | 2026-03-09 | 50 | |
    /// | 2026-03-10 | 50 | |
    /// | 2026-03-11 | 51 | |
    /// | 2026-03-12 | 49 | |
    /// | 2026-03-13 | 50 | not assessed |
    /// | 2026-03-14 | 50 | |
    /// | 2026-03-21 | 54 | described 54 |
    /// | 2026-03-22 | 56 | described 55 |
    ///
    /// ## Options
    /// `recent_days` (7), `baseline_days` (60), `min_mornings` (14).
    ///
    /// ## References
    /// Bellenger 2016.
    pub static MORNING_HEART: Rule {
        id: "morning-heart",
        name: "Heart rate in the morning",
        area: Area::Person,
        evidence: Evidence::Heuristic,
        is_preview: false,
        raised_by: &[],
        needs: "a resting heart rate, or a variability, of the last seven mornings and of fourteen before, in the diary",
        not_known: "No study was found that relates it to runners' injuries.",
        brief: Brief::new(
            "Heart rate in the morning",
            "",
            &[Reading::above(Unit::BeatsPerMinute, "in the morning")],
        ),
        references: &[&BELLENGER_2016],
        check: check,
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (options, as_of) = (&options.morning_heart, log.as_of());
    let rate = |entry: &Entry| entry.resting_heart_rate_bpm;
    let variability = |entry: &Entry| entry.hrv_ms;
    let told = |of: &dyn Fn(&Entry) -> Option<f64>| {
        let recent_from = as_of.saturating_add_days(-options.recent_days);
        let values = |entries: &[Entry]| of_days(entries, of).map(|(_, value)| value).collect::<Vec<f64>>();
        let recent = values(runner.diary.of_last(options.recent_days, as_of));
        let before = values(runner.diary.of_last(options.baseline_days, recent_from));
        (before.len() >= options.min_mornings && !recent.is_empty()).then_some((recent, before))
    };
    let (name, unit, (recent, before)) = match (told(&rate), told(&variability)) {
        (Some(values), _) => ("resting heart rate", Unit::BeatsPerMinute, values),
        (None, Some(values)) => ("heart-rate variability", Unit::Milliseconds, values),
        (None, None) => {
            let n = of_days(runner.diary.entries(), |entry| rate(entry).or_else(|| variability(entry)));
            return Missing::outcome(
                format!(
                    "needs mornings in the diary, one of the last {} days and {} of the {} before; it has {} in all",
                    options.recent_days,
                    options.min_mornings,
                    options.baseline_days,
                    n.count()
                ),
                "your resting heart rate in the diary on most mornings",
            );
        }
    };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (recent, usual, mornings) = (mean(&recent), mean(&before), recent.len());
    let window = Window { from: as_of.saturating_add_days(1 - options.recent_days), to: as_of };
    Outcome::Described(Clear {
        message: format!(
            "Your {name} of the last {} days was {recent:.0} {unit} in the mean of {mornings} mornings, against {usual:.0} in \
             the {} days before. That is for context: no study relates it to runners' injuries.",
            options.recent_days, options.baseline_days
        ),
        measured: Some(Quantity::new(recent, unit)),
        limit: None,
        window,
        coverage: Coverage::count(
            "mornings",
            as_of,
            of_days(runner.diary.between(window.from, as_of), |entry| rate(entry).or_else(|| variability(entry)))
                .map(|(day, _)| (day, true)),
        ),
    })
}
