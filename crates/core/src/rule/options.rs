//! What can be set of the rules, and which of them are asked.

use serde::{Deserialize, Serialize};

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
use super::{Refused, Rule};

use kneewise_read::unit::Units;

/// From where to where an option makes sense.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OptionRange {
    /// The option's name: `window_days`.
    pub name: &'static str,
    /// The lowest value, itself included.
    pub low: f64,
    /// The highest value, itself included.
    pub high: f64,
    /// Whether only whole numbers are meant.
    pub is_whole: bool,
}

/// Declares what can be set of a rule as its `Options`: of each option the type, the default and
/// the range in which it makes sense.
macro_rules! settable {
    ($($(#[doc = $doc:expr])+ $name:ident: $type:ident = $default:expr, $low:literal..=$high:literal;)+) => {
        /// What can be set of this rule.
        #[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Options {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        impl Default for Options {
            fn default() -> Self {
                Self { $($name: $default),+ }
            }
        }

        impl Options {
            /// From where to where each option makes sense.
            #[allow(clippy::cast_lossless, clippy::unnecessary_cast, reason = "options are numbers of several types")]
            pub(in crate::rule) const RANGES: &'static [crate::rule::OptionRange] = &[$(crate::rule::OptionRange {
                name: stringify!($name),
                low: { const LOW: $type = $low; LOW as f64 },
                high: { const HIGH: $type = $high; HIGH as f64 },
                is_whole: !matches!(stringify!($type).as_bytes(), b"f64"),
            }),+];

            /// The values, in the order of [`Options::RANGES`].
            #[allow(clippy::cast_lossless, clippy::unnecessary_cast, reason = "options are numbers of several types")]
            pub(in crate::rule) fn values(&self) -> Vec<f64> {
                vec![$(self.$name as f64),+]
            }

            /// Puts the default for what is no number.
            #[allow(clippy::cast_lossless, clippy::unnecessary_cast, reason = "options are numbers of several types")]
            pub(in crate::rule) fn settle(&mut self) {
                $(if !(self.$name as f64).is_finite() {
                    self.$name = $default;
                })+
            }
        }
    };
}
pub(in crate::rule) use settable;

/// Declares the options of all rules, a part for each rule that has some.
macro_rules! options_of {
    ($($rule:ident),+ $(,)?) => {
        /// What can be set of the rules; each rule owns its part. In data each part has the id of
        /// its rule.
        #[derive(Clone, Debug, Default, Deserialize, Serialize)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        pub struct Options {
            /// The units that sentences are written in.
            #[serde(skip)]
            pub units: Units,
            $(#[doc = concat!("Of [`", stringify!($rule), "`].")] pub $rule: $rule::Options,)+
        }

        impl Options {
            /// Returns the ranges in which the options of a rule make sense, by the rule's id;
            /// empty for a rule without options.
            pub fn ranges(id: &str) -> &'static [OptionRange] {
                match id.replace('-', "_").as_str() {
                    $(stringify!($rule) => $rule::Options::RANGES,)+
                    _ => &[],
                }
            }

            /// Checks every option against its range, as settings files are checked.
            ///
            /// # Errors
            /// [`Refused::Value`] for the first that is out of its range.
            pub fn check(&self) -> Result<(), Refused> {
                $(for (range, value) in $rule::Options::RANGES.iter().zip(self.$rule.values()) {
                    let (option, range) = (range.name.to_owned(), range.low..=range.high);
                    if !range.contains(&value) {
                        return Err(Refused::Value { option, value, range });
                    }
                })+
                Ok(())
            }

            /// Puts the default for what is no number: no rule judges by it.
            pub(crate) fn settled(&self) -> Self {
                let mut settled = self.clone();
                $(settled.$rule.settle();)+
                settled
            }
        }
    };
}

options_of! {
    pain_zones,
    persistent_pain,
    session_spike,
    weekly_jump,
    two_week_ramp,
    monotony,
    fitness_ramp,
    no_rest_days,
    long_run_share,
    return_after_break,
    intensity_share,
    speed_spike,
    downhill_spike,
    knee_load_index,
    novice_first_week,
    low_step_rate,
    late_step_rate_fade,
    contact_balance,
    vertical_ratio_rise,
    overstride,
    late_stance_drift,
    pronation_change,
    strike_change,
    form_change,
    shoe_age,
    shoe_rotation,
    new_shoe,
    surface_change,
    poor_sleep,
    morning_heart,
    no_strength,
    no_other_sports,
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
