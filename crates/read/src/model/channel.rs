//! What each channel is called in data formats, and its unit.

use super::activity::Channel;
use super::unit::Unit;

impl Channel {
    /// Returns the stable name in data formats: `heart_rate`.
    pub fn name(self) -> &'static str {
        self.definition().0
    }

    /// Returns the unit of the channel's values.
    pub fn unit(self) -> Unit {
        self.definition().1
    }

    fn definition(self) -> (&'static str, Unit) {
        match self {
            Self::Latitude => ("latitude", Unit::Degrees),
            Self::Longitude => ("longitude", Unit::Degrees),
            Self::Altitude => ("altitude", Unit::Metres),
            Self::Distance => ("distance", Unit::Metres),
            Self::Speed => ("speed", Unit::MetresPerSecond),
            Self::HeartRate => ("heart_rate", Unit::BeatsPerMinute),
            Self::StepRate => ("step_rate", Unit::StepsPerMinute),
            Self::Power => ("power", Unit::Watts),
            Self::StanceTime => ("stance_time", Unit::Milliseconds),
            Self::StanceTimeBalance => ("stance_time_balance", Unit::Percent),
            Self::VerticalOscillation => ("vertical_oscillation", Unit::Millimetres),
            Self::VerticalRatio => ("vertical_ratio", Unit::Percent),
            Self::StepLength => ("step_length", Unit::Millimetres),
            Self::Temperature => ("temperature", Unit::DegreesCelsius),
        }
    }
}
