//! What can be set of the rules, and which of them are asked.

use serde::{Deserialize, Serialize};

use super::Rule;
use super::form::{
    contact_balance, form_change, late_stance_drift, late_step_rate_fade, low_step_rate, overstride, pronation_change,
    strike_change, vertical_ratio_rise,
};
use super::load::{
    downhill_spike, fitness_ramp, intensity_share, knee_load_index, long_run_share, monotony, no_rest_days,
    novice_first_week, return_after_break, session_spike, speed_spike, two_week_ramp, weekly_jump,
};
use super::pain::{pain_zones, persistent_pain};
use super::person::{morning_heart, no_other_sports, no_strength, poor_sleep};
use super::shoes::{new_shoe, shoe_age, shoe_rotation, surface_change};

use kneewise_read::unit::Units;

/// What can be set of the rules; each rule owns its part. In data each part has the id of its rule.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The units that sentences are written in.
    #[serde(skip)]
    pub units: Units,
    /// Of [`pain_zones`].
    pub pain_zones: pain_zones::Options,
    /// Of [`persistent_pain`].
    pub persistent_pain: persistent_pain::Options,
    /// Of [`session_spike`].
    pub session_spike: session_spike::Options,
    /// Of [`weekly_jump`].
    pub weekly_jump: weekly_jump::Options,
    /// Of [`two_week_ramp`].
    pub two_week_ramp: two_week_ramp::Options,
    /// Of [`monotony`].
    pub monotony: monotony::Options,
    /// Of [`fitness_ramp`].
    pub fitness_ramp: fitness_ramp::Options,
    /// Of [`no_rest_days`].
    pub no_rest_days: no_rest_days::Options,
    /// Of [`long_run_share`].
    pub long_run_share: long_run_share::Options,
    /// Of [`return_after_break`].
    pub return_after_break: return_after_break::Options,
    /// Of [`intensity_share`].
    pub intensity_share: intensity_share::Options,
    /// Of [`speed_spike`].
    pub speed_spike: speed_spike::Options,
    /// Of [`downhill_spike`].
    pub downhill_spike: downhill_spike::Options,
    /// Of [`knee_load_index`].
    pub knee_load_index: knee_load_index::Options,
    /// Of [`novice_first_week`].
    pub novice_first_week: novice_first_week::Options,
    /// Of [`low_step_rate`].
    pub low_step_rate: low_step_rate::Options,
    /// Of [`late_step_rate_fade`].
    pub late_step_rate_fade: late_step_rate_fade::Options,
    /// Of [`contact_balance`].
    pub contact_balance: contact_balance::Options,
    /// Of [`vertical_ratio_rise`].
    pub vertical_ratio_rise: vertical_ratio_rise::Options,
    /// Of [`overstride`].
    pub overstride: overstride::Options,
    /// Of [`late_stance_drift`].
    pub late_stance_drift: late_stance_drift::Options,
    /// Of [`pronation_change`].
    pub pronation_change: pronation_change::Options,
    /// Of [`strike_change`].
    pub strike_change: strike_change::Options,
    /// Of [`form_change`].
    pub form_change: form_change::Options,
    /// Of [`shoe_age`].
    pub shoe_age: shoe_age::Options,
    /// Of [`shoe_rotation`].
    pub shoe_rotation: shoe_rotation::Options,
    /// Of [`new_shoe`].
    pub new_shoe: new_shoe::Options,
    /// Of [`surface_change`].
    pub surface_change: surface_change::Options,
    /// Of [`poor_sleep`].
    pub poor_sleep: poor_sleep::Options,
    /// Of [`morning_heart`].
    pub morning_heart: morning_heart::Options,
    /// Of [`no_strength`].
    pub no_strength: no_strength::Options,
    /// Of [`no_other_sports`].
    pub no_other_sports: no_other_sports::Options,
}

/// Which rules are asked, by their ids.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Selection {
    /// Only these; empty for all that are no previews.
    pub only: Vec<String>,
    /// These besides, such as previews.
    pub also: Vec<String>,
    /// But not these.
    pub ignore: Vec<String>,
    /// All previews besides.
    pub previews: bool,
}

impl Selection {
    /// Whether a rule is asked.
    pub fn has(&self, rule: &Rule) -> bool {
        let names = |ids: &[String]| ids.iter().any(|id| id == rule.id);
        let chosen = if self.only.is_empty() { !rule.is_preview || self.previews } else { names(&self.only) };
        (chosen || names(&self.also)) && !names(&self.ignore)
    }
}
