//! Units: what a number is in, and how a person likes to read it.
//!
//! Inside and in every data format all values are SI (metres, seconds) and steps per minute.
//! [`Units`] turns them into the kilometres or miles of a sentence; nothing else does.

use std::fmt;

/// The unit of a metric, a measured value or a limit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Unit {
    /// The points of a formula or of a maker's own scale, which have no other unit.
    Arbitrary,
    /// Beats per minute.
    BeatsPerMinute,
    /// Times the weight of the body, per second: how fast a force rises.
    BodyWeightsPerSecond,
    /// A plain count.
    Count,
    /// Borg's category-ratio scale of exertion, 0 to 10.
    Cr10,
    /// Days.
    Days,
    /// Degrees of an angle.
    Degrees,
    /// Degrees Celsius.
    DegreesCelsius,
    /// Hours.
    Hours,
    /// Kilonewtons per metre: how stiff a spring is.
    KilonewtonsPerMetre,
    /// Metres.
    Metres,
    /// Metres per second.
    MetresPerSecond,
    /// Millimetres.
    Millimetres,
    /// Milliseconds.
    Milliseconds,
    /// A share or change, in per cent.
    Percent,
    /// One value divided by another of the same kind.
    Ratio,
    /// Seconds.
    Seconds,
    /// Seconds per kilometre.
    SecondsPerKilometre,
    /// Times the acceleration of gravity, 9.81 m/s².
    StandardGravities,
    /// Steps (both feet) per minute.
    StepsPerMinute,
    /// Watts.
    Watts,
}

impl Unit {
    /// Returns the unit as data formats write it.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Arbitrary => "AU",
            Self::BeatsPerMinute => "bpm",
            Self::BodyWeightsPerSecond => "bw/s",
            Self::Count => "count",
            Self::Cr10 => "CR10",
            Self::Days => "d",
            Self::Degrees => "deg",
            Self::DegreesCelsius => "degC",
            Self::Hours => "h",
            Self::KilonewtonsPerMetre => "kN/m",
            Self::Metres => "m",
            Self::MetresPerSecond => "m/s",
            Self::Millimetres => "mm",
            Self::Milliseconds => "ms",
            Self::Percent => "%",
            Self::Ratio => "ratio",
            Self::Seconds => "s",
            Self::SecondsPerKilometre => "s/km",
            Self::StandardGravities => "g",
            Self::StepsPerMinute => "spm",
            Self::Watts => "W",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.symbol())
    }
}

/// Metres in a mile.
pub const METRES_PER_MILE: f64 = 1609.344;

/// Writes a count with a comma at each thousand: `1,928`.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes a share of a hundred as sentences have it: `15%`.
pub fn in_percent(value: f64) -> String {
    let number = format!("{value:.0}");
    // A zero has no sign.
    format!("{}%", if number == "-0" { "0" } else { &number })
}

/// The units in which sentences and tables for people are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Units {
    /// Kilometres and minutes per kilometre.
    #[default]
    Metric,
    /// Miles and minutes per mile.
    Imperial,
}

impl Units {
    /// Returns metres in one kilometre or one mile.
    pub fn metres_per_long_unit(self) -> f64 {
        match self {
            Self::Metric => 1000.0,
            Self::Imperial => METRES_PER_MILE,
        }
    }

    /// Returns `km` or `mi`.
    pub fn long_symbol(self) -> &'static str {
        match self {
            Self::Metric => "km",
            Self::Imperial => "mi",
        }
    }

    /// Returns a distance with one decimal: `14.9 km`.
    pub fn distance(self, metres: f64) -> String {
        self.in_long_units(metres, 1)
    }

    /// Returns a distance to the hundredth, for those that are set against each other: `12.30 km`.
    pub fn exact_distance(self, metres: f64) -> String {
        self.in_long_units(metres, 2)
    }

    /// From 1,000 on a tenth says nothing.
    fn in_long_units(self, metres: f64, decimals: usize) -> String {
        let long = metres / self.metres_per_long_unit();
        let number = if long >= 999.5 { grouped(long.round() as usize) } else { format!("{long:.decimals$}") };
        format!("{number} {}", self.long_symbol())
    }

    /// Returns a pace from a speed in metres per second: `5:35/km`; `-` when not moving.
    pub fn pace_at(self, speed_mps: f64) -> String {
        let seconds = self.metres_per_long_unit() / speed_mps;
        if !seconds.is_finite() || seconds >= 6000.0 {
            return "-".to_owned();
        }
        let seconds = seconds.round() as u32;
        format!("{}:{:02}/{}", seconds / 60, seconds % 60, self.long_symbol())
    }
}

/// Returns a span of time as a runner reads it: `4:05`, `1:02:03`.
pub fn clock(seconds: f64) -> String {
    let s = seconds.max(0.0).round() as u64;
    match s / 3600 {
        0 => format!("{}:{:02}", s / 60, s % 60),
        hours => format!("{hours}:{:02}:{:02}", s / 60 % 60, s % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paces_and_distances_read_as_runners_write_them() {
        assert_eq!(Units::Metric.distance(14_949.0), "14.9 km");
        assert_eq!(Units::Imperial.distance(42_195.0), "26.2 mi");
        assert_eq!(
            [999_400.0, 999_960.0, 1_928_200.0].map(|m| Units::Metric.distance(m)),
            ["999.4 km", "1,000 km", "1,928 km"]
        );
        assert_eq!([-0.3, 0.4, 14.6, 140.0].map(in_percent), ["0%", "0%", "15%", "140%"]);
        assert_eq!(Units::Metric.pace_at(2.98), "5:36/km");
        assert_eq!(Units::Metric.pace_at(1000.0 / 299.6), "5:00/km");
        assert_eq!(Units::Metric.pace_at(0.0), "-");
        assert_eq!(clock(245.4), "4:05");
        assert_eq!(clock(3723.0), "1:02:03");
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
