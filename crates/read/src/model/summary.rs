//! What a device counted and what it says of itself and of who wore it.

use std::fmt;

/// A stretch of an activity, in seconds since its start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Where it begins.
    pub from_s: f64,
    /// Where it ends; not before `from_s`.
    pub to_s: f64,
}

/// A lap, as the device counted it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lap {
    /// Seconds from the activity's start to the lap's.
    pub start_s: f64,
    /// What the device counted in it.
    pub totals: Totals,
}

/// A stretch of an activity and what the device took it for, by its own judgement or by a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// What kind of stretch it is.
    pub kind: SplitKind,
    /// From when to when.
    pub span: Span,
}

/// What a [`Split`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SplitKind {
    /// Running, by the device's own detection of runs and walks.
    Run,
    /// Walking, by that detection.
    Walk,
    /// Standing, by that detection.
    Stand,
    /// The warm-up of a planned workout.
    WarmUp,
    /// An interval of a planned workout.
    Work,
    /// The rest between intervals.
    Rest,
    /// The cool-down of a planned workout.
    CoolDown,
}

/// What the device itself counted over an activity or a lap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Metres.
    pub distance_m: Option<f64>,
    /// Seconds on the timer, pauses left out.
    pub timer_s: Option<f64>,
    /// Seconds from start to end.
    pub elapsed_s: Option<f64>,
    /// Seconds in motion by the device's own judgement.
    pub moving_s: Option<f64>,
    /// Metres climbed.
    pub ascent_m: Option<f64>,
    /// Metres descended.
    pub descent_m: Option<f64>,
    /// Mean heart rate in beats per minute.
    pub avg_heart_rate_bpm: Option<f64>,
    /// Highest heart rate in beats per minute.
    pub max_heart_rate_bpm: Option<f64>,
    /// Mean step rate in steps per minute.
    pub avg_step_rate_spm: Option<f64>,
    /// Steps of both feet.
    pub steps: Option<f64>,
    /// Perceived exertion on Borg's CR10 scale, 0 to 10, where the runner entered it on the watch.
    pub perceived_exertion: Option<f64>,
    /// How the runner felt, 0 (very weak) to 100 (very strong), where they entered it on the watch.
    pub feel: Option<f64>,
}

impl Totals {
    /// Returns every one of them, to change.
    pub(crate) fn values_mut(&mut self) -> [&mut Option<f64>; 12] {
        [
            &mut self.distance_m,
            &mut self.timer_s,
            &mut self.elapsed_s,
            &mut self.moving_s,
            &mut self.ascent_m,
            &mut self.descent_m,
            &mut self.avg_heart_rate_bpm,
            &mut self.max_heart_rate_bpm,
            &mut self.avg_step_rate_spm,
            &mut self.steps,
            &mut self.perceived_exertion,
            &mut self.feel,
        ]
    }
}

/// What recorded an activity. No serial number: a report is for showing around.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Device {
    /// The maker, such as `garmin`.
    pub manufacturer: String,
    /// The model, by name where the file has one and else by the maker's number.
    pub product: String,
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.manufacturer)?;
        let gap = if self.manufacturer.is_empty() || self.product.is_empty() { "" } else { " " };
        write!(f, "{gap}{}", self.product)
    }
}

/// Sex, for formulas that have constants for each.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sex {
    /// The constants published for women.
    Female,
    /// The constants published for men.
    Male,
}

/// What a file says of the person wearing the device: what was set in the watch on that day, by
/// them or by its maker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wearer {
    /// Body height in metres.
    pub height_m: Option<f64>,
    /// Body mass in kilograms.
    pub mass_kg: Option<f64>,
    /// Resting heart rate in beats per minute.
    pub resting_heart_rate_bpm: Option<f64>,
    /// Highest heart rate set, for running if there is one for it, in beats per minute. Watches
    /// begin with one by age.
    pub max_heart_rate_bpm: Option<f64>,
    /// Heart rate at the lactate (second) threshold, in beats per minute.
    pub threshold_heart_rate_bpm: Option<f64>,
    /// Sex.
    pub sex: Option<Sex>,
}
