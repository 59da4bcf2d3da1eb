//! What the runner tells of body and habits.

use jiff::civil::Date;

use super::diary::Side;
use super::named::named;
use kneewise_read::sport::{Sport, SubSport};
use kneewise_read::time::DateExt;

/// An injury of earlier.
#[derive(Clone, Debug, PartialEq)]
pub struct Injury {
    /// Where it was.
    pub site: Site,
    /// On which side.
    pub side: Option<Side>,
    /// The first day of the month in which it began.
    pub month: Date,
    /// Whether the runner has fully recovered from it.
    pub is_recovered: Option<bool>,
}

impl Injury {
    /// Returns days from the last day of its month to a day: less than 1 in that month itself.
    pub fn days_ago(&self, day: Date) -> i64 {
        day.days_since(self.month.last_of_month())
    }
}

/// Where an injury was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Site {
    /// The knee.
    Knee,
    /// The hip or groin.
    Hip,
    /// The thigh.
    Thigh,
    /// The shin or calf.
    LowerLeg,
    /// The ankle or the Achilles tendon.
    Ankle,
    /// The foot.
    Foot,
    /// The back.
    Back,
    /// Anywhere else.
    Other,
}

/// How the foot stands, as a professional said.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FootPosture {
    /// Rolls inward a lot.
    HighlyPronated,
    /// Rolls inward.
    Pronated,
    /// Neither.
    Neutral,
    /// Rolls outward.
    Supinated,
    /// Rolls outward a lot.
    HighlySupinated,
}

named!(Site {
    Knee => "knee", "knee";
    Hip => "hip", "hip or groin";
    Thigh => "thigh", "thigh";
    LowerLeg => "lower-leg", "shin or calf";
    Ankle => "ankle", "ankle or Achilles tendon";
    Foot => "foot", "foot";
    Back => "back", "back";
    Other => "other", "elsewhere";
});

named!(FootPosture {
    HighlyPronated => "highly-pronated", "rolls inward a lot";
    Pronated => "pronated", "rolls inward";
    Neutral => "neutral", "neither inward nor outward";
    Supinated => "supinated", "rolls outward";
    HighlySupinated => "highly-supinated", "rolls outward a lot";
});

/// A body mass and the day from which it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MassFrom {
    /// The day; `None` for as long as there are runs.
    pub from: Option<Date>,
    /// Kilograms.
    pub kg: f64,
}

/// A session of another sport, from the same files as the runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtherSession {
    /// The runner's day.
    pub date: Date,
    /// The sport.
    pub sport: Sport,
    /// How or where it was done.
    pub sub_sport: SubSport,
    /// Seconds; `None` where no file says.
    pub seconds: Option<f64>,
}

impl OtherSession {
    /// Returns whether it was strength training, which is told of by itself and is no other sport.
    pub fn is_strength(&self) -> bool {
        self.sub_sport == SubSport::StrengthTraining
    }
}
