//! Which limits of rules make sense: a range for each, by what its name says it is, and which may
//! not lie above which.

use std::fmt;

/// From where to where a limit makes sense.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sense {
    pub low: f64,
    pub high: f64,
    pub is_whole: bool,
}

impl Sense {
    pub fn has(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value) && (!self.is_whole || value.fract() == 0.0)
    }
}

impl fmt::Display for Sense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_whole { "a whole number" } else { "a number" };
        write!(f, "{kind} from {} to {}", self.low, self.high)
    }
}

/// A limit that its name alone does not tell the range of.
const OWN: [(&str, &str, [f64; 2]); 20] = [
    // Scales from 0 to 10, and from 1 to 7.
    ("pain-zones", "low", [0.0, 10.0]),
    ("pain-zones", "high", [0.0, 10.0]),
    ("persistent-pain", "min_pain", [0.0, 10.0]),
    ("poor-sleep", "bad_quality", [1.0, 7.0]),
    ("poor-sleep", "min_sleep_h", [0.0, 24.0]),
    ("novice-first-week", "bmi", [10.0, 100.0]),
    // Parts of a whole.
    ("contact-balance", "high_percent", [50.0, 100.0]),
    ("intensity-share", "info_percent", [0.0, 100.0]),
    ("intensity-share", "first_of_second_percent", [1.0, 100.0]),
    ("long-run-share", "info_percent", [0.0, 100.0]),
    ("new-shoe", "share_percent", [0.0, 100.0]),
    // A maker's scale from 1 to 16.
    ("strike-change", "middle_from", [1.0, 16.0]),
    ("strike-change", "front_from", [1.0, 16.0]),
    ("strike-change", "min_difference", [0.0, 15.0]),
    // Times the longest run before: from 1 on a run is longer than that.
    ("session-spike", "small", [1.0, 100.0]),
    ("session-spike", "moderate", [1.0, 100.0]),
    ("session-spike", "large", [1.0, 100.0]),
    ("return-after-break", "notice_ratio", [1.0, 100.0]),
    ("no-rest-days", "notice_excess_days", [0.0, 3660.0]),
    // Fitness less fatigue, which is below 0 after hard weeks.
    ("fitness-ramp", "form_points", [-1000.0, 0.0]),
];

/// By how its name ends: of whole numbers, then of others. A window of no days or no runs has
/// nothing to look at.
const WHOLE: [(&str, [f64; 2]); 2] = [("_days", [1.0, 3660.0]), ("", [1.0, 10_000.0])];
const OTHER: [(&str, [f64; 2]); 10] = [
    ("_percent", [0.0, 1000.0]),
    ("_percent_long", [0.0, 1000.0]),
    ("_points", [0.0, 1000.0]),
    ("_ratio", [0.1, 100.0]),
    ("_mps", [0.0, 20.0]),
    ("_spm", [60.0, 300.0]),
    ("_deg", [0.0, 90.0]),
    ("_per_week", [0.0, 100.0]),
    // What growth is a share of: of 0 m it is none.
    ("_base_m", [1.0, 1e7]),
    ("", [0.0, 1e7]),
];

/// The range in which an option of a rule makes sense; `is_whole` says whether its default is a
/// whole number.
pub(super) fn range(rule: &str, name: &str, is_whole: bool) -> Sense {
    let own = OWN.iter().find(|(of, option, _)| (*of, *option) == (rule, name)).map(|(.., range)| *range);
    let by_end = |ends: &[(&str, [f64; 2])]| ends.iter().find(|(end, _)| name.ends_with(end)).map(|(_, range)| *range);
    let of_kind = || if is_whole { by_end(&WHOLE) } else { by_end(&OTHER) };
    let [low, high] = own.or_else(of_kind).unwrap_or([0.0, 1e7]);
    Sense { low, high, is_whole }
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
