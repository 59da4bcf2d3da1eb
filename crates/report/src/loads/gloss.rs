//! What the columns of a load's table are, a line for each.

use kneewise_core::load::{
    Convention, EASY_SHARE, EXPOSURE, FATIGUE, FITNESS, FORM, Figure, FormDay, MONOTONY, Mean, RAMP, RATIO_COUPLED,
    RATIO_EXPONENTIAL, RATIO_HIGH, RATIO_LOW, RATIO_UNCOUPLED, REST_DAYS, RUN_STREAK, STRAIN, SUM_7, SUM_14, SUM_28,
};

/// A figure in a few words, by a convention; its manual page says it in full.
pub(super) fn gloss(figure: &Figure, by: &Convention) -> String {
    let Convention { acute_days: acute, chronic_days: chronic, exponential_ratio: ratio, .. } = by;
    let before = chronic.saturating_sub(*acute);
    let mean = |days: f64| match by.mean {
        Mean::Exponential { .. } => format!("mean daily load, of some {days} days, later ones weighing more"),
        Mean::Rolling => format!("mean daily load of the last {days} days"),
        _ => format!("mean daily load, of some {days} days"),
    };
    let is = |one: &Figure| figure.id == one.id;
    let fixed = match figure.id {
        _ if is(&FITNESS) => return mean(by.fitness_days),
        _ if is(&FATIGUE) => return mean(by.fatigue_days),
        _ if is(&RATIO_COUPLED) => {
            return format!("mean load of the last {acute} days over that of the last {chronic}, these included");
        }
        _ if is(&RATIO_UNCOUPLED) => {
            return format!("mean load of the last {acute} days over that of the {before} days before them");
        }
        _ if is(&RATIO_EXPONENTIAL) => {
            return format!(
                "exponential means of {} and {} days, one over the other",
                ratio.acute_days, ratio.chronic_days
            );
        }
        _ if is(&FORM) && by.form_day == FormDay::Same => "fitness less fatigue",
        _ if is(&FORM) => "fitness less fatigue, of the day before",
        _ if is(&SUM_7) => "load of the last 7 days",
        _ if is(&SUM_14) => "load of the last 14 days",
        _ if is(&SUM_28) => "load of the last 28 days",
        _ if is(&RAMP) => "change of fitness in 7 days",
        _ if is(&RATIO_LOW) => "lower end of the ratio's band, by how much hangs on single days",
        _ if is(&RATIO_HIGH) => "upper end of that band",
        _ if is(&MONOTONY) => "how alike the last 7 days were: mean over standard deviation",
        _ if is(&STRAIN) => "load of the last 7 days times monotony",
        _ if is(&RUN_STREAK) => "days in a row with a run",
        _ if is(&REST_DAYS) => "days without a run among the last 7",
        _ if is(&EXPOSURE) => "hours on the timer in the last 28 days",
        _ if is(&EASY_SHARE) => "share of 28 days' running below the first threshold's heart rate",
        _ => figure.name,
    };
    fixed.to_owned()
}
