//! Resting heart rate and its variability in the morning.

use crate::doc::documented;
use crate::knowledge::reference::BELLENGER_2016;
use crate::log::TrainingLog;
use crate::runner::diary::of_days;
use crate::runner::{Entry, Runner};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{self, Area, Clear, Coverage, Evidence, Missing, Outcome, Quantity, Remedy, Rule, Window};

settable! {
    /// Days whose mornings are the latest.
    recent_days: i64 = 7, 1..=3660;
    /// Days before those whose mornings they are compared with.
    baseline_days: i64 = 60, 1..=3660;
    /// Mornings before them that make a baseline.
    min_mornings: usize = 14, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Compares the resting heart rates (or, without any, the heart-rate variabilities) of the last
    /// seven mornings in your diary with those of the 60 days before. It is shown for context and
    /// never flagged.
    ///
    /// ## Why it matters
    /// Coaches take a higher resting heart rate, or a lower variability, over some mornings as a
    /// sign of strain or of a cold coming on. A review (Bellenger 2016) looked at heart-rate
    /// variability at rest and after exercise, and at how fast the heart rate falls and rises, as
    /// signs of training status. Resting heart rate is not among its measures. No study was found
    /// that relates either to runners' injuries, so it is never flagged here.
    ///
    /// ## Limits
    /// Alcohol, heat, travel, a cold and the time of measuring move both. The rule sees only what
    /// you write down; night values of a watch are not read.
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
        needs: "a resting heart rate or a variability in the diary, for a morning of the last seven days and fourteen before",
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
    let Some(Measured { name, unit, recent, usual, mornings }) = measure(log, runner, options) else {
        return Missing::outcome(
            format!(
                "needs mornings in the diary, one in the last {} days and {} in the {} before. It has {} in all",
                options.recent_days,
                options.min_mornings,
                options.baseline_days,
                of_days(runner.diary.entries(), rate_or_variability).count()
            ),
            Remedy::diary("write your resting heart rate in the diary on most mornings"),
        );
    };
    let window = Window { from: as_of.saturating_add_days(1 - options.recent_days), to: as_of };
    let dated = of_days(runner.diary.between(window.from, as_of), rate_or_variability).map(|(day, _)| (day, true));
    Outcome::Described(Clear {
        message: format!(
            "Your {name} in the last {} days was {recent:.0} {unit} on average over {mornings} mornings, compared with your usual \
             {usual:.0} ({} days before). This is for context: no study relates it to runners' injuries.",
            options.recent_days, options.baseline_days
        ),
        measured: Some(Quantity::new(recent, unit)),
        limit: None,
        window,
        coverage: Coverage::count("mornings", as_of, dated),
    })
}

/// The mean of the last mornings, and of those before.
struct Measured {
    name: &'static str,
    unit: Unit,
    recent: f64,
    usual: f64,
    /// How many the last ones are.
    mornings: usize,
}

fn rate_or_variability(entry: &Entry) -> Option<f64> {
    entry.resting_heart_rate_bpm.or(entry.hrv_ms)
}

/// The resting heart rate where it is told often enough, otherwise its variability; `None` of
/// neither.
fn measure(log: &TrainingLog, runner: &Runner, options: &Options) -> Option<Measured> {
    let recent_from = log.as_of().saturating_add_days(-options.recent_days);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let of = |name, unit, value: fn(&Entry) -> Option<f64>| {
        let values = |entries: &[Entry]| of_days(entries, value).map(|(_, value)| value).collect::<Vec<f64>>();
        let recent = values(runner.diary.of_last(options.recent_days, log.as_of()));
        let before = values(runner.diary.of_last(options.baseline_days, recent_from));
        let is_enough = before.len() >= options.min_mornings && !recent.is_empty();
        is_enough.then(|| Measured { name, unit, recent: mean(&recent), usual: mean(&before), mornings: recent.len() })
    };
    of("resting heart rate", Unit::BeatsPerMinute, |entry| entry.resting_heart_rate_bpm)
        .or_else(|| of("heart-rate variability", Unit::Milliseconds, |entry| entry.hrv_ms))
}
