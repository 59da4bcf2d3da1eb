//! How far to trust a recorded altitude: whether it is a barometer's or a satellite receiver's.

use crate::activity::{Channel, Samples};

/// What an altitude looks like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Altitude {
    /// A barometer's, or a receiver's that the watch smoothed as well.
    Smooth,
    /// A receiver's as it came: up and down from sample to sample.
    Swaying,
    /// Too sparse to tell.
    Sparse,
}

/// Samples further apart (seconds) tell hills, not sway.
const NEIGHBOURS_S: f64 = 10.0;

/// Of fewer triples of neighbours nothing can be told; of more, these tell as much as all.
const FEWEST: usize = 50;
const ENOUGH: usize = 2048;

/// An altitude sways if it turns at this share of the samples, and by so much in the mean (metres
/// per second).
///
/// Of 648 recordings of watches with a barometer three do; the altitudes of phones, loggers and
/// early receivers turn at a fifth to a third of their samples, by twice the slope and more.
const TURNS: f64 = 0.2;
const BEND_MPS: f64 = 0.12;

impl Altitude {
    /// Returns what the altitude of `samples` looks like; `None` where there is none.
    pub fn of(samples: &Samples) -> Option<Self> {
        let altitude = samples.column(Channel::Altitude)?;
        let time = samples.time_s();
        let (mut looked_at, mut turns, mut bend) = (0_usize, 0_usize, 0.0);
        let triples = altitude.windows(3).zip(time.windows(3));
        for (metres, seconds) in triples.step_by(altitude.len().div_ceil(ENOUGH)) {
            let (before, after) = (seconds[1] - seconds[0], seconds[2] - seconds[1]);
            let (to, from) = ((metres[1] - metres[0]) / before, (metres[2] - metres[1]) / after);
            if before <= NEIGHBOURS_S && after <= NEIGHBOURS_S && to.is_finite() && from.is_finite() {
                looked_at += 1;
                turns += usize::from(to * from < 0.0);
                bend += (from - to).abs();
            }
        }
        let share = |part: f64| part / looked_at as f64;
        Some(match looked_at {
            0..FEWEST => Altitude::Sparse,
            _ if share(turns as f64) >= TURNS && share(bend) >= BEND_MPS => Altitude::Swaying,
            _ => Altitude::Smooth,
        })
    }

    /// Returns a rise or fall counts from here on (metres).
    ///
    /// With 3 m, 394 recordings of one watch with a barometer add up to 97 % of the ascent that the
    /// watch itself counted, and those of most other devices come within 15 % of theirs; with 2 m
    /// they add up to 104 %, with 5 m to 85 %. For an altitude that sways 10 m is what Strava takes
    /// where it knows of no barometer.
    pub fn hysteresis_m(self) -> f64 {
        match self {
            Self::Smooth | Self::Sparse => 3.0,
            Self::Swaying => 10.0,
        }
    }

    /// Returns what a climb over it rests on, in a few words.
    pub fn basis(self) -> &'static str {
        match self {
            Self::Smooth => "recorded altitude, as smooth as a barometer's, changes of 3 m and more",
            Self::Swaying => "recorded altitude, swaying as a satellite receiver's, changes of 10 m and more",
            Self::Sparse => "recorded altitude, too sparse to tell a barometer's, changes of 3 m and more",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(interval_s: f64, altitude: impl Fn(usize) -> f64) -> Option<Altitude> {
        let mut samples = Samples::new((0..200).map(|i| i as f64 * interval_s).collect());
        samples.set(Channel::Altitude, (0..200).map(altitude).collect());
        Altitude::of(&samples)
    }

    #[test]
    fn a_barometer_goes_smoothly_and_a_receiver_sways() {
        // A hill climbed at 0.3 m/s in steps of 0.2 m, as a barometer writes it.
        let hill = |i: usize| (i as f64 * 0.3 / 0.2).floor() * 0.2;
        assert_eq!(look(1.0, hill), Some(Altitude::Smooth));
        let swaying = |i: usize| hill(i) + [0.0, 1.1, -0.6, 0.4, 2.0][i % 5];
        assert_eq!(look(1.0, swaying), Some(Altitude::Swaying));
        let flicker = |i: usize| hill(i) + [0.0, 0.02][i % 2];
        assert_eq!(look(1.0, flicker), Some(Altitude::Smooth), "turns of centimetres are no sway");
    }

    #[test]
    fn of_sparse_samples_nothing_is_told() {
        assert_eq!(look(30.0, |i| (i % 7) as f64), Some(Altitude::Sparse));
        assert_eq!(look(1.0, |_| f64::NAN), None);
    }
}
