//! How long the heart beat at each rate: all that loads and zones need of it, small enough to keep
//! for every run.

use crate::measure::trace::Trace;

/// Seconds at each whole heart rate.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct HeartRateTime {
    /// The rate of the first of `seconds`, in beats per minute.
    lowest_bpm: u16,
    seconds: Vec<f64>,
}

impl HeartRateTime {
    /// Of the samples of an activity, each for the time it stands for, without those that
    /// [cannot be the heart's](Trace::heart_rate).
    pub(crate) fn of(trace: &Trace) -> Self {
        let mut by_bpm = [0.0; u8::MAX as usize + 1];
        let recorded = trace.heart_rate().unwrap_or_default().iter().zip(trace.seconds());
        for (bpm, seconds) in recorded.filter(|(bpm, _)| !bpm.is_nan()) {
            // Half up; rounding away from zero is a call into a library.
            by_bpm[((bpm + 0.5) as usize).min(usize::from(u8::MAX))] += seconds;
        }
        Self::from_seconds((0..).zip(by_bpm))
    }

    /// Makes one of pairs of a rate, in beats per minute, and the seconds at it.
    pub fn from_seconds(pairs: impl IntoIterator<Item = (u16, f64)>) -> Self {
        let mut time = Self::default();
        for (bpm, seconds) in pairs.into_iter().filter(|(_, seconds)| *seconds > 0.0) {
            *time.slot(bpm) += seconds;
        }
        time
    }

    /// Returns each rate in beats per minute and the seconds at it, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64)> {
        let rates = (self.lowest_bpm..).zip(&self.seconds);
        rates.map(|(bpm, seconds)| (f64::from(bpm), *seconds)).filter(|(_, seconds)| *seconds > 0.0)
    }

    /// Returns seconds with a heart rate.
    pub fn total_s(&self) -> f64 {
        self.seconds.iter().sum()
    }

    /// Takes in the time of another recording.
    pub(crate) fn add(&mut self, other: &Self) {
        for (bpm, seconds) in other.iter() {
            *self.slot(bpm as u16) += seconds;
        }
    }

    /// A share of the time at each rate.
    #[must_use]
    pub(crate) fn share(mut self, share: f64) -> Self {
        self.seconds.iter_mut().for_each(|seconds| *seconds *= share);
        self
    }

    fn slot(&mut self, bpm: u16) -> &mut f64 {
        if self.seconds.is_empty() {
            self.lowest_bpm = bpm;
        }
        if bpm < self.lowest_bpm {
            let more = usize::from(self.lowest_bpm - bpm);
            self.seconds.splice(0..0, std::iter::repeat_n(0.0, more));
            self.lowest_bpm = bpm;
        }
        let index = usize::from(bpm - self.lowest_bpm);
        if index >= self.seconds.len() {
            self.seconds.resize(index + 1, 0.0);
        }
        &mut self.seconds[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_add_up_at_each_rate_whatever_the_order() {
        let mut morning = HeartRateTime::from_seconds([(150, 60.0), (140, 30.0), (150, 5.0)]);
        assert_eq!(morning.iter().collect::<Vec<_>>(), [(140.0, 30.0), (150.0, 65.0)]);
        morning.add(&HeartRateTime::from_seconds([(139, 1.0), (160, 4.0)]));
        let all = [(139.0, 1.0), (140.0, 30.0), (150.0, 65.0), (160.0, 4.0)];
        assert_eq!(morning.iter().collect::<Vec<_>>(), all);
        assert_eq!(morning.total_s(), 100.0);
    }
}
