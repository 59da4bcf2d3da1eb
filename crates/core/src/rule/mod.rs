//! Overuse rules: one file each, one list of all.
//!
//! A [`Rule`] names a pattern in the log that research has looked at, with the evidence for and against
//! it; its doc comment is its manual page, and the table in that page's example is run as a test. Rules
//! read the log and never each other. A new rule is a new file here and its lines in [`RULES`] and
//! [`Options`].

#[cfg(test)]
mod tests;

pub mod contact_balance;
pub mod downhill_spike;
pub mod fitness_ramp;
pub mod form_change;
pub mod intensity_share;
pub mod knee_load_index;
pub mod late_stance_drift;
pub mod late_step_rate_fade;
pub mod load_ratio;
pub mod long_run_share;
pub mod low_step_rate;
pub mod monotony;
pub mod morning_heart;
pub mod new_shoe;
pub mod no_other_sports;
pub mod no_rest_days;
pub mod no_strength;
pub mod novice_first_week;
pub mod overstride;
pub mod pain_zones;
pub mod persistent_pain;
pub mod poor_sleep;
pub mod previous_injury;
pub mod pronation_change;
pub mod return_after_break;
pub mod session_spike;
pub mod shoe_age;
pub mod shoe_rotation;
pub mod speed_spike;
pub mod surface_change;
pub mod two_week_ramp;
pub mod vertical_ratio_rise;
pub mod weekly_jump;

mod circumstance;
mod days;
mod late_change;
mod options;
mod outcome;
mod own_form;
mod shoe_wear;
mod tier;

use crate::log::TrainingLog;
use crate::runner::Runner;

pub use circumstance::Circumstance;
pub use options::{Options, Selection};
pub use outcome::{Clear, Coverage, Flag, Missing, Outcome, Quantity, RECENT_DAYS, Window};
pub use tier::{Area, Evidence, Tier};

/// Every rule, in the order in which reports show them.
pub static RULES: &[&Rule] = &[
    &pain_zones::PAIN_ZONES,
    &persistent_pain::PERSISTENT_PAIN,
    &session_spike::SESSION_SPIKE,
    &weekly_jump::WEEKLY_JUMP,
    &two_week_ramp::TWO_WEEK_RAMP,
    &load_ratio::LOAD_RATIO,
    &monotony::MONOTONY,
    &fitness_ramp::FITNESS_RAMP,
    &no_rest_days::NO_REST_DAYS,
    &long_run_share::LONG_RUN_SHARE,
    &return_after_break::RETURN_AFTER_BREAK,
    &intensity_share::INTENSITY_SHARE,
    &speed_spike::SPEED_SPIKE,
    &downhill_spike::DOWNHILL_SPIKE,
    &knee_load_index::KNEE_LOAD_INDEX,
    &novice_first_week::NOVICE_FIRST_WEEK,
    &low_step_rate::LOW_STEP_RATE,
    &late_step_rate_fade::LATE_STEP_RATE_FADE,
    &contact_balance::CONTACT_BALANCE,
    &vertical_ratio_rise::VERTICAL_RATIO_RISE,
    &overstride::OVERSTRIDE,
    &late_stance_drift::LATE_STANCE_DRIFT,
    &pronation_change::PRONATION_CHANGE,
    &form_change::FORM_CHANGE,
    &shoe_age::SHOE_AGE,
    &shoe_rotation::SHOE_ROTATION,
    &new_shoe::NEW_SHOE,
    &surface_change::SURFACE_CHANGE,
    &previous_injury::PREVIOUS_INJURY,
    &poor_sleep::POOR_SLEEP,
    &morning_heart::MORNING_HEART,
    &no_strength::NO_STRENGTH,
    &no_other_sports::NO_OTHER_SPORTS,
];

/// The rule of an id such as `session-spike`.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// One overuse risk factor and how to see it in a log.
#[derive(Debug)]
pub struct Rule {
    /// The stable name, which names the pattern found: `session-spike`.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The part of a report that it belongs to.
    pub area: Area,
    /// How good the evidence is that the pattern goes with injuries.
    pub evidence: Evidence,
    /// Whether it rests on mechanics alone, and is off unless it is asked for.
    pub is_preview: bool,
    /// What makes its findings weigh one tier more, as far as the evidence allows.
    pub raised_by: &'static [Circumstance],
    /// What the log must hold for the rule to be assessed.
    pub needs: &'static str,
    /// What a finding does not tell.
    pub not_known: &'static str,
    /// The studies behind it; at least one.
    pub references: &'static [Reference],
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// Looks at a log.
    pub check: fn(&TrainingLog, &Runner, &Options) -> Outcome,
}

impl Rule {
    /// The manual page as Markdown: `docs/rules.md` is made of these, and `kneewise explain` prints them.
    pub fn manual_page(&self) -> String {
        let Self { id, name, area, evidence, needs, not_known, .. } = self;
        let preview = if self.is_preview { " A preview: off unless selected." } else { "" };
        let raised: String = (self.raised_by.iter())
            .map(|circumstance| {
                format!(" With {}, a finding weighs one tier more, up to {}.", circumstance, evidence.highest_tier())
            })
            .collect();
        let references: String = self.references.iter().map(|reference| format!("* {}\n", reference.full)).collect();
        let doc = crate::doc::page(self.doc);
        format!(
            "# {name} (`{id}`)\n\nArea: {area}. Evidence: {evidence}. Needs: {needs}.{preview}{raised}\n\n{doc}\n{references}\nNot known: {not_known}\n"
        )
    }
}

/// A publication.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Reference {
    /// First author and year: `Frandsen 2025`.
    pub short: &'static str,
    /// Authors, title, journal, year, doi.
    pub full: &'static str,
}
