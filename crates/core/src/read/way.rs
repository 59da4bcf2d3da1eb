//! What a track's positions add up to: the way that was run, without jumps and without lifts.

use crate::activity::Span;

use super::geodesy;

/// The positions of a recording, NaN where a sample has none.
pub(super) struct Track<'a> {
    /// Seconds, ascending.
    pub time_s: &'a [f64],
    /// Degrees.
    pub lat: &'a [f64],
    /// Degrees.
    pub lon: &'a [f64],
    /// In order and apart.
    pub pauses: &'a [Span],
}

/// What a track's positions add up to.
pub(super) struct Way {
    /// Metres since the start at each sample with a position that counts.
    pub metres: Vec<f64>,
    /// Positions passed over because nobody gets there in the time.
    pub jumps: usize,
    /// Stops across which the runner got further than a stroll: by car, by train, or running unrecorded.
    pub stops: usize,
}

impl Track<'_> {
    /// Adds up the way; what is out of reach at `fastest_mps` (metres per second) is passed over.
    pub fn way(&self, fastest_mps: f64) -> Way {
        /// So many positions in a row that agree with each other are where the runner really is.
        const BELIEVED_AFTER: usize = 5;
        /// Nobody who is stopped counts on more than this (metres), the sway of a receiver.
        const STROLL_M: f64 = 50.0;
        let mut way = Way { metres: vec![f64::NAN; self.time_s.len()], jumps: 0, stops: 0 };
        let mut sum = 0.0;
        let mut in_a_row = 0;
        let mut last: Option<usize> = None;
        for i in 0..self.time_s.len() {
            if self.lat[i].is_nan() || self.lon[i].is_nan() {
                continue;
            }
            if let Some(from) = last {
                let step = geodesy::distance_m(self.lat[from], self.lon[from], self.lat[i], self.lon[i]);
                let seconds = self.time_s[i] - self.time_s[from];
                let stopped = is_stopped_between(self.pauses, self.time_s[from], self.time_s[i]);
                if stopped || seconds > SILENCE_S && step > FASTEST_UNSEEN_MPS * seconds {
                    way.stops += usize::from(step > STROLL_M);
                // Times are often whole seconds: a step may seem to take up to a second less than it did.
                } else if step <= fastest_mps * (seconds + 1.0) {
                    sum += step;
                } else {
                    way.jumps += 1;
                    in_a_row += 1;
                    if in_a_row < BELIEVED_AFTER {
                        continue;
                    }
                }
            }
            in_a_row = 0;
            last = Some(i);
            way.metres[i] = sum;
        }
        way
    }
}

/// Whether the timer stood at any moment between two times (seconds); `pauses` in order and apart.
pub(super) fn is_stopped_between(pauses: &[Span], from_s: f64, to_s: f64) -> bool {
    let next = pauses.partition_point(|pause| pause.to_s <= from_s);
    pauses.get(next).is_some_and(|pause| pause.from_s < to_s)
}

/// After so long without a position (seconds) the way between two is believed only up to a running pace.
const SILENCE_S: f64 = 30.0;
const FASTEST_UNSEEN_MPS: f64 = 6.0;
