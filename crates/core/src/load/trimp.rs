//! Training impulses: how long the heart beat how fast, in one number.

use crate::load::zones::{EDWARDS_SHARES, zone_of};

/// The constants `a` and `b` of Banister's weight `a · e^(b·x)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Banister {
    /// The factor.
    pub a: f64,
    /// What the share of the heart rate reserve is multiplied by in the exponent.
    pub b: f64,
}

impl Banister {
    /// For men: 0.64 and 1.92.
    pub const MEN: Self = Self { a: 0.64, b: 1.92 };
    /// For women: 0.86 and 1.67.
    pub const WOMEN: Self = Self { a: 0.86, b: 1.67 };
    /// For women as GoldenCheetah has it: 0.64 and 1.67.
    pub const WOMEN_GOLDENCHEETAH: Self = Self { a: 0.64, b: 1.67 };
    /// For women as Runalyze has it, scaled to give what men's do at the highest heart rate:
    /// 0.821776 and 1.67.
    pub const WOMEN_RUNALYZE: Self = Self { a: 0.821_776, b: 1.67 };
    /// For runners of unknown sex as Runalyze has it: 0.725215 and 1.795.
    pub const UNKNOWN_RUNALYZE: Self = Self { a: 0.725_215, b: 1.795 };

    /// Returns what a minute at a share of the heart rate reserve (0 at rest, 1 at the highest)
    /// adds. Shares beyond either end count as that end.
    ///
    /// ```
    /// use kneewise_core::load::trimp::{Banister, reserve};
    /// let half_an_hour = 30.0 * Banister::MEN.per_minute(reserve(130.0, 40.0, 200.0));
    /// assert!((half_an_hour - 31.80).abs() < 0.005);
    /// ```
    pub fn per_minute(self, reserve: f64) -> f64 {
        let x = reserve.clamp(0.0, 1.0);
        x * self.a * libm::exp(self.b * x)
    }
}

/// Returns the share of the heart rate reserve that a heart rate is: 0 at `resting_bpm`, 1 at
/// `max_bpm`.
pub fn reserve(bpm: f64, resting_bpm: f64, max_bpm: f64) -> f64 {
    (bpm - resting_bpm) / (max_bpm - resting_bpm)
}

/// Returns what a minute at a share of the highest heart rate adds after Edwards: 1 from 50%, 2
/// from 60%, 3 from 70%, 4 from 80%, 5 from 90%; below 50% nothing.
pub fn edwards_per_minute(share_of_max: f64) -> f64 {
    zone_of(share_of_max, &EDWARDS_SHARES) as f64
}

/// Returns what a minute at a heart rate adds after Lucía: 1 below the first threshold, 2 from it
/// on, 3 from the second on.
///
/// ```
/// use kneewise_core::load::trimp::lucia_per_minute;
/// assert_eq!([139.0, 140.0, 164.0, 165.0].map(|bpm| lucia_per_minute(bpm, 140.0, 165.0)), [1.0, 2.0, 2.0, 3.0]);
/// ```
pub fn lucia_per_minute(bpm: f64, first_bpm: f64, second_bpm: f64) -> f64 {
    1.0 + zone_of(bpm, &[first_bpm, second_bpm]) as f64
}
