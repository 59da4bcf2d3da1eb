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
        Mean::Exponential { .. } => format!("average daily load over about {days} days, later days weighing more"),
        Mean::Rolling => format!("average daily load of the last {days} days"),
        _ => format!("average daily load over about {days} days"),
    };
    let is = |one: &Figure| figure.id == one.id;
    let fixed = match figure.id {
        _ if is(&FITNESS) => return mean(by.fitness_days),
        _ if is(&FATIGUE) => return mean(by.fatigue_days),
        _ if is(&RATIO_COUPLED) => {
            return format!(
                "average load of the last {acute} days divided by that of the last {chronic}, which include them"
            );
        }
        _ if is(&RATIO_UNCOUPLED) => {
            return format!("average load of the last {acute} days divided by that of the {before} days before them");
        }
        _ if is(&RATIO_EXPONENTIAL) => {
            return format!(
                "exponential averages over {} and {} days, one divided by the other",
                ratio.acute_days, ratio.chronic_days
            );
        }
        _ if is(&FORM) && by.form_day == FormDay::Same => "fitness minus fatigue",
        _ if is(&FORM) => "fitness minus fatigue, of the day before",
        _ if is(&SUM_7) => "load of the last 7 days",
        _ if is(&SUM_14) => "load of the last 14 days",
        _ if is(&SUM_28) => "load of the last 28 days",
        _ if is(&RAMP) => "change of fitness in 7 days",
        _ if is(&RATIO_LOW) => "lower end of the ratio's band: how much it depends on single days",
        _ if is(&RATIO_HIGH) => "upper end of that band",
        _ if is(&MONOTONY) => "similarity of the last 7 days: mean divided by standard deviation",
        _ if is(&STRAIN) => "load of the last 7 days times monotony",
        _ if is(&RUN_STREAK) => "days in a row with a run",
        _ if is(&REST_DAYS) => "days without a run among the last 7",
        _ if is(&EXPOSURE) => "hours on the timer in the last 28 days",
        _ if is(&EASY_SHARE) => "share of 28 days' running below the first threshold's heart rate",
        _ => figure.name,
    };
    fixed.to_owned()
}
