//! Short or bad sleep over a week.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::TrainingLog;
use crate::reference::{DE_JONGE_2025, POOR_SLEEP_2025};
use crate::runner::{Entry, Runner};
use crate::unit::Unit;

use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Nights are looked at over so many days.
    pub window_days: i64,
    /// So many of them must be in the diary.
    pub min_nights: usize,
    /// A mean of fewer hours than this is short.
    pub min_sleep_h: f64,
    /// A mean quality of at least this is bad (1 very, very good to 7 very, very bad).
    pub bad_quality: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { window_days: 7, min_nights: 4, min_sleep_h: 7.0, bad_quality: 5.0 }
    }
}

documented! {
    /// ## What it does
    /// Averages the nights of the last seven days in your diary. Fewer than 7 hours in the mean, or a mean quality
    /// of 5 and more (1 is very, very good, 7 very, very bad), is info.
    ///
    /// ## Why it matters
    /// Of 339 runners followed for 26 weeks, those who slept badly had 1.36 times the rate of new injuries (95 % CI
    /// 1.04–1.78). In 425 others asked once, a profile of poor sleep went with more injuries in the
    /// year before.
    ///
    /// ## Limits
    /// An association: pain and worry keep people awake too. The limit of 7 hours is the usual advice for adults
    /// and not one of these studies'. Hours from a watch are not read.
    ///
    /// ## Example
    /// | date | `sleep_h` | sleep | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 7.5 | 2 | |
    /// | 2026-03-02 | 7.0 | 3 | |
    /// | 2026-03-03 | 7.5 | 3 | not assessed |
    /// | 2026-03-04 | 7.0 | 2 | clear 7 |
    /// | 2026-03-05 | 5.0 | 6 | info 7 |
    ///
    /// ## Options
    /// `window_days` (7), `min_nights` (4), `min_sleep_h` (7), `bad_quality` (5).
    ///
    /// ## References
    /// Poor sleep 2025, de Jonge 2025.
    pub static POOR_SLEEP: Rule {
        id: "poor-sleep",
        name: "Short or bad sleep",
        area: Area::Person,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "four nights of the last seven days in the diary",
        not_known: "Whether sleeping more would spare a runner anything.",
        references: &[
            &POOR_SLEEP_2025,
            &DE_JONGE_2025,
        ],
        check: check,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<(f64, usize)> {
    let (sum, n) = values.fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| (sum / n as f64, n))
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.poor_sleep;
    let nights = runner.diary.of_last(options.window_days, log.as_of());
    let enough = |(_, n): &(f64, usize)| *n >= options.min_nights;
    let hours = mean(nights.iter().filter_map(|entry| entry.sleep_h)).filter(enough);
    let quality = mean(nights.iter().filter_map(|entry| entry.sleep_quality.map(f64::from))).filter(enough);
    let told = |entry: &Entry| entry.sleep_h.is_some() || entry.sleep_quality.is_some();
    if hours.is_none() && quality.is_none() {
        let n = nights.iter().filter(|entry| told(entry)).count();
        return Missing::outcome(
            format!(
                "needs {} nights of the last {} days in the diary; it has {n}",
                options.min_nights, options.window_days
            ),
            format!("{} more nights in the diary (kneewise diary add)", options.min_nights.saturating_sub(n)),
        );
    }
    let is_short = hours.is_some_and(|(hours, _)| hours < options.min_sleep_h);
    let is_bad = quality.is_some_and(|(quality, _)| quality >= options.bad_quality);
    let (measured, limit) = match (hours, quality) {
        (_, Some((quality, _))) if is_bad && !is_short => {
            (Quantity::new(quality, Unit::Count), Quantity::new(options.bad_quality, Unit::Count))
        }
        (Some((hours, _)), _) => (Quantity::new(hours, Unit::Hours), Quantity::new(options.min_sleep_h, Unit::Hours)),
        (None, quality) => (
            Quantity::new(quality.map_or(0.0, |quality| quality.0), Unit::Count),
            Quantity::new(options.bad_quality, Unit::Count),
        ),
    };
    let slept = hours.map(|(hours, n)| format!("you slept {hours:.1} hours a night ({n} nights)"));
    let rated =
        quality.map(|(quality, n)| format!("rated your sleep {quality:.1} of 7, 7 being the worst ({n} nights)"));
    let told: Vec<String> = slept.into_iter().chain(rated).collect();
    let message = format!(
        "In the last {} days {}; fewer than {:.0} hours, or {:.0} and more, would be noted.",
        options.window_days,
        if hours.is_some() { told.join(" and ") } else { format!("you {}", told.join("")) },
        options.min_sleep_h,
        options.bad_quality
    );
    let message = match (hours, quality) {
        (Some(_), None) => message + " How good the sleep was is not told, and that is what the studies looked at.",
        (None, Some(_)) => message + " The hours are not told.",
        _ => message,
    };
    let window = Window { from: nights[0].date, to: log.as_of() };
    let coverage = Coverage::count(
        "entries",
        log.as_of(),
        nights.iter().map(|entry| (entry.date, entry.sleep_h.is_some() || entry.sleep_quality.is_some())),
    );
    if !is_short && !is_bad {
        return Outcome::Clear(Clear { message, measured: Some(measured), limit: Some(limit), window, coverage });
    }
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message,
        study: "Of 339 runners followed for 26 weeks, those who slept badly had 1.36 times the rate of new injuries \
            (95 % CI 1.04–1.78)."
            .to_owned(),
        consider: "Consider an easier week until you sleep better.".to_owned(),
        measured,
        limit,
        window,
        runs: Vec::new(),
        coverage,
    }])
}
