//! Bootstrap: how much a ratio hangs on single days.

/// A stream of numbers that looks random and is always the same for a seed: Steele, Lea and Flood's
/// splitmix64.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Returns the stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns one of `values`; `None` of none.
    pub fn pick<'v, T>(&mut self, values: &'v [T]) -> Option<&'v T> {
        // The high half of a product spreads all 64 bits evenly over the indices.
        let index = (u128::from(self.next_u64()) * values.len() as u128) >> 64;
        values.get(index as usize)
    }
}

/// The middle 95% of what resampled days give.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Band {
    /// 2.5% lie below.
    pub low: f64,
    /// 2.5% lie above.
    pub high: f64,
}

/// How often each of some days is drawn in each resample, the last days and those before them each
/// with replacement.
#[derive(Clone, Debug)]
pub struct Resamples {
    /// The counts of a day in all draws, then those of the next day.
    counts: Vec<f64>,
    days: usize,
    acute: usize,
    draws: usize,
}

impl Resamples {
    /// Draws `draws` times from `days` days, of which the last `acute` are drawn for themselves;
    /// `None` where `acute` is more than all days.
    pub fn new(days: usize, acute: usize, draws: usize, seed: u64) -> Option<Self> {
        let before: Vec<usize> = (0..days.checked_sub(acute)?).collect();
        let last: Vec<usize> = (before.len()..days).collect();
        let mut random = SplitMix64::new(seed);
        let mut counts = vec![0.0; days * draws];
        for draw in 0..draws {
            for from in [&before, &last] {
                for _ in from {
                    let day = random.pick(from).copied().unwrap_or_default();
                    counts[day * draws + draw] += 1.0;
                }
            }
        }
        Some(Self { counts, days, acute, draws })
    }

    /// The band of the ratio of the last days to all of them (the coupled ratio). `None` where
    /// hardly a draw gives a ratio, or for another number of days.
    ///
    /// It says how much the ratio hangs on single days, not how sure the days are; the order of the
    /// days plays no part.
    pub fn ratio_band(&self, days: &[f64]) -> Option<Band> {
        let before = self.days - self.acute;
        let (loads_before, loads_last) = days.split_at_checked(before).filter(|_| days.len() == self.days)?;
        let (counts_before, counts_last) = self.counts.split_at(before * self.draws);
        let (before, last) = (self.sums(counts_before, loads_before), self.sums(counts_last, loads_last));
        let ratio = |(before, last): (&f64, &f64)| {
            super::ratio::over(last / self.acute as f64, (before + last) / self.days as f64)
        };
        let mut ratios: Vec<f64> = before.iter().zip(&last).filter_map(ratio).collect();
        let is_enough = !ratios.is_empty() && ratios.len() * 10 >= self.draws * 9;
        is_enough.then(|| Band { low: quantile_of(&mut ratios, 0.025), high: quantile_of(&mut ratios, 0.975) })
    }

    /// The sum of the loads in each draw, a day at a time, so that the loop is one of plain
    /// multiplications.
    fn sums(&self, counts: &[f64], loads: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.draws];
        for (counts, load) in counts.chunks_exact(self.draws.max(1)).zip(loads).filter(|(_, load)| **load != 0.0) {
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count * load;
            }
        }
        sums
    }
}

/// Draws from some days and returns the band of their ratio: [`Resamples::ratio_band`].
pub fn ratio_band(days: &[f64], acute: usize, resamples: usize, seed: u64) -> Option<Band> {
    Resamples::new(days.len(), acute, resamples, seed)?.ratio_band(days)
}

/// The same as [`quantile`] of values in any order, which it moves.
fn quantile_of(values: &mut [f64], share: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let (_, &mut below, above) = values.select_nth_unstable_by(at.floor() as usize, f64::total_cmp);
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(below);
    below + (next - below) * at.fract()
}

/// The value below which a share of sorted values lies, between neighbours in proportion; NaN of
/// none.
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    below + (above - below) * at.fract()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        // The first numbers of the seed 1234567 that Rosetta Code prints for splitmix64.
        let mut random = SplitMix64::new(1_234_567);
        assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_band_holds_the_ratio_and_is_the_same_each_time() {
        let days: Vec<f64> = (0..28).map(|day| f64::from(day % 3) * 4000.0).collect();
        let ratio = super::super::ratio::coupled(&days, 7).unwrap();
        let band = ratio_band(&days, 7, 200, 1).unwrap();
        assert!(band.low < ratio && ratio < band.high, "{band:?} {ratio}");
        assert_eq!(Some(band), ratio_band(&days, 7, 200, 1));
        assert_eq!(ratio_band(&[5.0; 28], 7, 200, 1), Some(Band { low: 1.0, high: 1.0 }), "no day matters");
        assert_eq!(ratio_band(&[0.0; 28], 7, 200, 1), None);
        assert_eq!(ratio_band(&days, 29, 200, 1), None, "more acute days than days");
    }

    #[test]
    fn each_resample_draws_as_many_days_as_there_are() {
        let resamples = Resamples::new(28, 7, 50, 1).unwrap();
        let drawn = |days: Range<usize>, draw: usize| days.map(|day| resamples.counts[day * 50 + draw]).sum::<f64>();
        for draw in 0..50 {
            assert_eq!(drawn(0..21, draw), 21.0);
            assert_eq!(drawn(21..28, draw), 7.0);
        }
    }

    #[test]
    fn a_quantile_needs_no_order() {
        let mut random = SplitMix64::new(7);
        for n in 1..60 {
            let values: Vec<f64> = (0..n).map(|_| (random.next_u64() % 20) as f64).collect();
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            for share in [0.0, 0.025, 0.5, 0.975, 1.0] {
                assert_eq!(quantile_of(&mut values.clone(), share), quantile(&sorted, share), "{n} {share}");
            }
        }
    }
}
