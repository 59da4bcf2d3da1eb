//! Which limits of rules make sense: each in its range, and which may not lie above which.

use std::fmt;

use kneewise_core::rule::{self, OptionRange};

/// From where to where a limit makes sense.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sense(OptionRange);

impl Sense {
    /// Returns the range of an option of a rule; `None` where the rule has no such option.
    pub fn of(rule: &str, name: &str) -> Option<Self> {
        rule::Options::ranges(rule).iter().find(|range| range.name == name).copied().map(Self)
    }

    pub fn has(self, value: f64) -> bool {
        (self.0.low..=self.0.high).contains(&value) && (!self.0.is_whole || value.fract() == 0.0)
    }
}

impl fmt::Display for Sense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.0.is_whole { "a whole number" } else { "a number" };
        write!(f, "{kind} from {} to {}", self.0.low, self.0.high)
    }
}

/// What may not lie above what, where a rule has both. Equal limits are no slip: who wants one tier
/// less sets them so.
pub(super) const ASCENDING: [(&str, &str); 14] = [
    ("small", "moderate"),
    ("moderate", "large"),
    ("low", "high"),
    ("middle_from", "front_from"),
    ("info_points", "notice_points"),
    ("info_percent", "notice_percent"),
    ("min_speed_mps", "max_speed_mps"),
    // After a longer break less is a finding already.
    ("notice_percent_long", "notice_percent"),
    ("own_low_percent", "low_percent"),
    ("min_days", "window_days"),
    ("recent_days", "baseline_days"),
    ("recent_days", "before_days"),
    ("latest_days", "window_days"),
    ("info_days", "history_days"),
];
