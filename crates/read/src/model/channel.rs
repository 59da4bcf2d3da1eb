//! The series that are recorded: what each is called in data formats, and its unit.

use super::unit::Unit;

/// A series that is recorded sample by sample.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[repr(u8)]
#[non_exhaustive]
pub enum Channel {
    /// Degrees north (WGS 84).
    Latitude,
    /// Degrees east (WGS 84).
    Longitude,
    /// Metres above sea level.
    Altitude,
    /// Metres since the start, cumulative.
    Distance,
    /// Metres per second.
    Speed,
    /// Beats per minute.
    HeartRate,
    /// Steps of both feet per minute.
    StepRate,
    /// Watts.
    Power,
    /// Milliseconds that one foot is on the ground.
    StanceTime,
    /// Per cent of ground contact that falls to the left foot.
    StanceTimeBalance,
    /// Millimetres that the trunk moves up and down in a step.
    VerticalOscillation,
    /// Vertical oscillation in per cent of step length.
    VerticalRatio,
    /// Millimetres from one foot's landing to the other's.
    StepLength,
    /// Degrees Celsius at the device.
    Temperature,
}

impl Channel {
    /// How many channels there are.
    pub(crate) const COUNT: usize = Self::Temperature as usize + 1;

    /// Every channel, in the order of the enum.
    pub const ALL: &[Self] = &[
        Self::Latitude,
        Self::Longitude,
        Self::Altitude,
        Self::Distance,
        Self::Speed,
        Self::HeartRate,
        Self::StepRate,
        Self::Power,
        Self::StanceTime,
        Self::StanceTimeBalance,
        Self::VerticalOscillation,
        Self::VerticalRatio,
        Self::StepLength,
        Self::Temperature,
    ];
}

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
