//! What can be set of the rules, and which of them are asked.

use serde::{Deserialize, Serialize};

use super::{
    Rule, contact_balance, form_change, late_stance_drift, late_step_rate_fade, low_step_rate, new_shoe, no_rest_days,
    overstride, pronation_change, session_spike, shoe_age, shoe_rotation, surface_change, vertical_ratio_rise,
    weekly_jump,
};
use crate::unit::Units;

/// What can be set of the rules; each rule owns its part. In data each part has the id of its rule.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The units that sentences are written in.
    #[serde(skip)]
    pub units: Units,
    /// Of [`session_spike`].
    pub session_spike: session_spike::Options,
    /// Of [`weekly_jump`].
    pub weekly_jump: weekly_jump::Options,
    /// Of [`no_rest_days`].
    pub no_rest_days: no_rest_days::Options,
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
