//! Two recordings that lie on one another: one run, or the same way run twice at the same pace?
//!
//! Nobody runs a way twice at the same pace from minute to minute. Between two runs the distance
//! along the way drifts, while that to the side is only the noise of the positions; between two
//! recordings of one run both are noise alone. And where both tracks have noise of their own, a
//! copy has the same, and a second run another.

use crate::numbers::median;
use crate::pair::Pair;
use crate::trail::{Moment, Trail};

/// So many instants are looked at, and in so many stretches.
const MOST_MOMENTS: usize = 256;
const LEAST_MOMENTS: usize = 32;
const OF_A_STRETCH: usize = 12;
const LEAST_STRETCHES: usize = 4;
const MOST_STRETCHES: usize = 10;

/// Where the runner is heading is told by the places so many seconds before and after, if they are
/// so many metres apart.
const HEADING_S: f64 = 15.0;
const LEAST_HEADING_M: f64 = 10.0;

/// A drift along the way that positions and their rounding leave (metres), and that of the noise
/// (times that to the side).
const NO_DRIFT_M: f64 = 1.5;
const OF_NOISE: f64 = 2.5;

/// The same where the heart rates are those of one run: phones are late by a second.
const NO_DRIFT_OF_ONE_HEART_M: f64 = 2.5;
const OF_NOISE_OF_ONE_HEART: f64 = 3.0;

/// Tracks whose bends are smaller than this (metres, root of the mean square) have no noise to
/// compare.
const LEAST_NOISE_M: f64 = 1.0;
const LEAST_BENDS: usize = 60;

/// Larger bends (metres) are leaps of the position.
const LARGEST_BEND_M: f64 = 60.0;

/// The noise of two recordings of one run correlates by more.
const OTHER_NOISE: f64 = 0.15;

/// What tells one run from two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    /// How far the distance along the way drifts over stretches of time (metres, standard
    /// deviation).
    along_m: f64,
    /// How far that to the side does, and no less than its noise allows.
    aside_m: f64,
    /// The correlation of the noise, where both tracks have some and points of the same instants.
    noise: Option<f64>,
}

impl Evidence {
    /// Looks at two recordings where b's clock is set `set_s` seconds on; `None` where they have
    /// too few instants in common.
    pub fn of(pair: &Pair, set_s: f64) -> Option<Self> {
        let (of, other, later_s) = pair.sides(set_s);
        let apart: Vec<(f64, f64)> =
            of.moments(MOST_MOMENTS).filter_map(|moment| apart(of, &moment, other, later_s)).collect();
        if apart.len() < LEAST_MOMENTS {
            return None;
        }
        let stretches = (apart.len() / OF_A_STRETCH).clamp(LEAST_STRETCHES, MOST_STRETCHES);
        let of_each = apart.len().div_ceil(stretches);
        let medians = |pick: fn(&(f64, f64)) -> f64| -> Vec<f64> {
            apart.chunks(of_each).map(|stretch| median(&mut stretch.iter().map(pick).collect::<Vec<_>>())).collect()
        };
        let (along, aside) = (medians(|apart| apart.0), medians(|apart| apart.1));
        // The median of so much noise varies by so much, though that of a few stretches may by
        // chance not.
        let scatter = |(stretch, middle): (&[(f64, f64)], &f64)| {
            stretch.iter().map(move |apart| (apart.1 - middle).abs()).collect::<Vec<_>>()
        };
        let mut scatters: Vec<f64> = apart.chunks(of_each).zip(&aside).flat_map(scatter).collect();
        let noise_m = 1.48 * 1.25 * median(&mut scatters) / (of_each as f64).sqrt();
        Some(Self {
            along_m: deviation(&along),
            aside_m: deviation(&aside).max(noise_m),
            noise: noise(of, other, later_s),
        })
    }

    /// Whether the same way was run twice. Where neither drift nor noise says so, it was not:
    /// hearts that beat alike say the same.
    pub fn is_second_run(&self, is_one_heart: bool) -> bool {
        let most_m = if is_one_heart {
            NO_DRIFT_OF_ONE_HEART_M + OF_NOISE_OF_ONE_HEART * self.aside_m
        } else {
            NO_DRIFT_M + OF_NOISE * self.aside_m
        };
        self.along_m > most_m || !is_one_heart && self.noise.is_some_and(|r| r < OTHER_NOISE)
    }
}

/// How far the other is ahead at an instant, and to the side, in metres.
fn apart(of: &Trail, moment: &Moment, other: &Trail, later_s: f64) -> Option<(f64, f64)> {
    let (here, there) = (moment.place?, other.at(moment.time_s + later_s).place?);
    let headed = |trail: &Trail, time_s: f64| {
        let [from, to] = [-HEADING_S, HEADING_S].map(|by_s| trail.at(time_s + by_s).place);
        Some(from?.metres_north_and_east(to?))
    };
    let (own, others) = (headed(of, moment.time_s)?, headed(other, moment.time_s + later_s)?);
    let heading = (own.0 + others.0, own.1 + others.1);
    let metres = libm::hypot(heading.0, heading.1);
    if metres < 2.0 * LEAST_HEADING_M {
        return None;
    }
    let (north, east) = here.metres_north_and_east(there);
    let (to_north, to_east) = (heading.0 / metres, heading.1 / metres);
    Some((north * to_north + east * to_east, north * to_east - east * to_north))
}

/// The correlation of the noise of two tracks: of how far each point lies from the middle between
/// its neighbours.
fn noise(of: &Trail, other: &Trail, later_s: f64) -> Option<f64> {
    let is_small = |bend: &(f64, f64)| libm::hypot(bend.0, bend.1) <= LARGEST_BEND_M;
    let bends: Vec<[(f64, f64); 2]> = of
        .times()
        .filter_map(|time_s| Some([of.bend(time_s)?, other.bend(time_s + later_s)?]))
        .filter(|bends| bends.iter().all(is_small))
        .collect();
    if bends.len() < LEAST_BENDS {
        return None;
    }
    let dot = |a: (f64, f64), b: (f64, f64)| a.0 * b.0 + a.1 * b.1;
    let sum = |i: usize, j: usize| bends.iter().map(|bends| dot(bends[i], bends[j])).sum::<f64>() / bends.len() as f64;
    let (own, others) = (sum(0, 0), sum(1, 1));
    let has_noise = own.min(others) >= LEAST_NOISE_M * LEAST_NOISE_M;
    has_noise.then(|| sum(0, 1) / (own * others).sqrt())
}

fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n).sqrt()
}
