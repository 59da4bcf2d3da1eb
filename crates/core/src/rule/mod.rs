//! Overuse rules: one file each, one list of all.
//!
//! A [`Rule`] names a pattern in the log that research has looked at, with the evidence for and
//! against it; its doc comment is its manual page, and the table in that page's example is run as a
//! test. Rules read the log and never each other. A new rule is a new file here and its lines in
//! [`RULES`] and [`Options`].

#[cfg(test)]
mod tests;

pub mod before_pain;
pub mod form;
pub mod load;
pub mod pain;
pub mod person;
pub mod shoes;

pub mod brief;
mod circumstance;
mod options;
mod outcome;
mod own;
mod shoe_wear;
mod tier;

use crate::knowledge::reference::Reference;
use crate::log::TrainingLog;
use crate::runner::Runner;

pub use brief::{Brief, Flagged, Reading};
pub use circumstance::Circumstance;
pub use kneewise_read::time::Window;
pub use options::{OptionRange, Options, Selection};
pub use outcome::{Clear, Coverage, Flag, Missing, Outcome, Quantity, RECENT_DAYS, Remedy};
use outcome::{flagged_or, latest_first};
pub use own::{OwnOption, OwnOptions, OwnRule, Refused};
pub use tier::{Area, Evidence, Tier};

/// Every rule, in the order in which reports show them.
pub static RULES: &[&Rule] = &[
    &pain::pain_zones::PAIN_ZONES,
    &pain::persistent_pain::PERSISTENT_PAIN,
    &load::session_spike::SESSION_SPIKE,
    &load::weekly_jump::WEEKLY_JUMP,
    &load::two_week_ramp::TWO_WEEK_RAMP,
    &load::load_ratio::LOAD_RATIO,
    &load::monotony::MONOTONY,
    &load::fitness_ramp::FITNESS_RAMP,
    &load::no_rest_days::NO_REST_DAYS,
    &load::long_run_share::LONG_RUN_SHARE,
    &load::return_after_break::RETURN_AFTER_BREAK,
    &load::intensity_share::INTENSITY_SHARE,
    &load::speed_spike::SPEED_SPIKE,
    &load::downhill_spike::DOWNHILL_SPIKE,
    &load::knee_load_index::KNEE_LOAD_INDEX,
    &load::novice_first_week::NOVICE_FIRST_WEEK,
    &form::low_step_rate::LOW_STEP_RATE,
    &form::late_step_rate_fade::LATE_STEP_RATE_FADE,
    &form::contact_balance::CONTACT_BALANCE,
    &form::vertical_ratio_rise::VERTICAL_RATIO_RISE,
    &form::overstride::OVERSTRIDE,
    &form::late_stance_drift::LATE_STANCE_DRIFT,
    &form::pronation_change::PRONATION_CHANGE,
    &form::strike_change::STRIKE_CHANGE,
    &form::form_change::FORM_CHANGE,
    &shoes::shoe_age::SHOE_AGE,
    &shoes::shoe_rotation::SHOE_ROTATION,
    &shoes::new_shoe::NEW_SHOE,
    &shoes::surface_change::SURFACE_CHANGE,
    &person::previous_injury::PREVIOUS_INJURY,
    &person::poor_sleep::POOR_SLEEP,
    &person::morning_heart::MORNING_HEART,
    &person::no_strength::NO_STRENGTH,
    &person::no_other_sports::NO_OTHER_SPORTS,
];

/// Those of [`RULES`] that look at what hurts: who leaves them out should know it.
pub static ON_PAIN: &[&Rule] = &[&pain::pain_zones::PAIN_ZONES, &pain::persistent_pain::PERSISTENT_PAIN];

/// The rule of an id such as `session-spike`.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// One overuse risk factor and how to see it in a log. Programs make an [`OwnRule`] instead.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// The stable name, which names the pattern found: `session-spike`.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The part of a report that it belongs to.
    pub area: Area,
    /// How good the evidence is that the pattern is linked to injuries.
    pub evidence: Evidence,
    /// Whether it rests on mechanics alone, and is off unless it is asked for.
    pub is_preview: bool,
    /// What raises its findings one level, as far as the evidence allows.
    pub raised_by: &'static [Circumstance],
    /// What the log must hold for the rule to be assessed.
    pub needs: &'static str,
    /// What a finding does not tell.
    pub not_known: &'static str,
    /// The rule in a few words, for a first screen.
    pub brief: Brief,
    /// The studies behind it; at least one.
    pub references: &'static [&'static Reference],
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// Looks at a log.
    pub check: fn(&TrainingLog, &Runner, &Options) -> Outcome,
}

impl Rule {
    /// Returns the highest tier that it may give: as far as its evidence allows, and any for pain,
    /// which is graded by how strong it is, how it goes and what it cost.
    pub fn highest_tier(&self) -> Tier {
        if self.area == Area::Pain { Tier::Elevated } else { self.evidence.highest_tier() }
    }

    /// Whether its findings may open a report. Those of some rules are told further down: on real
    /// histories they are habits and noise more often than news.
    pub fn opens_a_report(&self) -> bool {
        !["monotony", "long-run-share", "surface-change", "no-other-sports", "no-strength"].contains(&self.id)
    }

    /// The manual page as Markdown: `docs/rules.md` is made of these, and `kneewise explain` prints
    /// them.
    pub fn manual_page(&self) -> String {
        let Self { id, name, area, evidence, needs, not_known, .. } = self;
        let preview = if self.is_preview { " A preview: off unless selected." } else { "" };
        let raised: String = (self.raised_by.iter())
            .map(|circumstance| {
                format!(" With {}, a finding is raised one level, up to {}.", circumstance, self.highest_tier())
            })
            .collect();
        let references: String = self.references.iter().map(|reference| format!("* {reference}\n")).collect();
        let doc = crate::doc::page(self.doc);
        format!(
            "# {name} (`{id}`)\n\nArea: {area}. Evidence: {evidence}. Needs: {needs}.{preview}{raised}\n\n{doc}\n{references}\nNot known: {not_known}\n"
        )
    }
}
