//! How far from a baseline a further run lies by chance: at the usual speed, and further out.

use super::robust::quantile;

/// The share of further runs within a band.
const BAND_SHARE: f64 = 0.9;

/// What the variance of a run's distance has of the height of the line: a median of n values varies
/// by π/2 of what their mean does.
const OF_HEIGHT: f64 = std::f64::consts::FRAC_PI_2;

/// What it has of the slope, by the square of the distance from the usual speed: a median of slopes
/// varies by about a tenth more than a least-squares slope.
const OF_SLOPE: f64 = 1.1;

/// A distance shrinks by no more than this share of its variance where its own run made the slope.
const LEAST_OF_VARIANCE: f64 = 0.1;

/// From so many runs on the place 0.9 · (n + 1) lies among them.
const PLACE_AMONG: usize = 9;

/// By so much the largest distance is widened for each run below that. Eight runs were simulated;
/// fewer are extended from them.
const WIDER_BY: f64 = 0.1;

/// Nine in ten further runs, as wide as the baseline's own runs scatter.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    /// For a run of which height and slope are known for sure.
    scale: f64,
    runs: f64,
    /// The mean speed of the runs, in straight coordinates, and the sum of squares around it.
    usual: f64,
    squares: f64,
}

impl Band {
    /// Returns the band of runs at these speeds (in straight coordinates), each so far from a line
    /// of the slope of all and the height of the others.
    pub fn of(speeds: &[f64], distances: &[f64]) -> Self {
        let runs = speeds.len() as f64;
        let usual = speeds.iter().sum::<f64>() / runs;
        let squares = speeds.iter().map(|speed| (speed - usual) * (speed - usual)).sum();
        let flat = Self { scale: f64::NAN, runs, usual, squares };
        // A run lies too near to a line that it has drawn to itself: its distance is taken for what
        // it would be without.
        let freed = |(speed, distance): (&f64, &f64)| {
            let variance = 1.0 + OF_HEIGHT / (runs - 1.0) - flat.leverage(*speed);
            distance / variance.max(LEAST_OF_VARIANCE).sqrt()
        };
        let mut distances: Vec<f64> = speeds.iter().zip(distances).map(freed).collect();
        let short = PLACE_AMONG.saturating_sub(speeds.len()) as f64;
        let scale = quantile(&mut distances, BAND_SHARE).unwrap_or(f64::NAN) * (1.0 + WIDER_BY * short);
        Self { scale, ..flat }
    }

    /// Returns half the width of the band at a speed in straight coordinates, in the metric's unit.
    pub fn at(&self, speed: f64) -> f64 {
        self.scale * (1.0 + OF_HEIGHT / self.runs + OF_SLOPE * self.leverage(speed)).sqrt()
    }

    /// Returns half the width of the band at the usual speed, in the metric's unit.
    pub fn at_usual(&self) -> f64 {
        self.at(self.usual)
    }

    /// What the slope has to do with a run at a speed: the square of its distance from the usual
    /// one, by the squares of all.
    fn leverage(&self, speed: f64) -> f64 {
        if self.squares > f64::EPSILON { (speed - self.usual) * (speed - self.usual) / self.squares } else { 0.0 }
    }
}
