//! What can be true of a grown or growing runner: values outside are slips of the keyboard or of
//! the unit.

use std::ops::RangeInclusive;

/// Body height in metres. A round 1 is a slip, and so are centimetres and feet.
pub const HEIGHT_M: RangeInclusive<f64> = 1.01..=2.29;

/// Body mass in kilograms.
pub const MASS_KG: RangeInclusive<f64> = 25.0..=250.0;

/// Resting heart rate in beats per minute.
pub const RESTING_BPM: RangeInclusive<f64> = 25.0..=120.0;

/// Highest heart rate in beats per minute.
pub const MAX_BPM: RangeInclusive<f64> = 100.0..=230.0;

/// Heart rate at a threshold in beats per minute.
pub const THRESHOLD_BPM: RangeInclusive<f64> = 60.0..=230.0;

/// The pace that can be held on the flat for an hour, in seconds per kilometre.
pub const PACE_S_PER_KM: RangeInclusive<u32> = 120..=1259;

/// The year of birth, whatever year it is; see [`YOUNGEST_YEARS`].
pub const BIRTH_YEAR: RangeInclusive<i16> = 1900..=2100;

/// Who was born fewer years ago writes no profile.
pub const YOUNGEST_YEARS: i16 = 5;
