//! Bootstrap: how much a ratio hangs on single days.

/// A stream of numbers that looks random and is always the same for a seed: Steele, Lea and Flood's
/// splitmix64.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of `values`; `None` of none.
    pub fn pick<'v, T>(&mut self, values: &'v [T]) -> Option<&'v T> {
        // The high half of a product spreads all 64 bits evenly over the indices.
        let index = (u128::from(self.next_u64()) * values.len() as u128) >> 64;
        values.get(index as usize)
    }
}

/// The middle 95% of what resampled days give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// 2.5% lie below.
    pub low: f64,
    /// 2.5% lie above.
    pub high: f64,
}

/// The band of a ratio of the last `acute` of some days to all of them (the coupled ratio): both
/// parts are drawn anew with replacement, `resamples` times. `None` where hardly a draw gives a
/// ratio.
///
/// It says how much the ratio hangs on single days, not how sure the days are; the order of the
/// days plays no part.
pub fn ratio_band(days: &[f64], acute: usize, resamples: usize, seed: u64) -> Option<Band> {
    let (before, last) = days.split_at_checked(days.len().checked_sub(acute)?)?;
    let mut random = SplitMix64::new(seed);
    let mut draw = |from: &[f64]| from.iter().filter_map(|_| random.pick(from)).sum::<f64>();
    let ratios = (0..resamples).filter_map(|_| {
        let (before_sum, last_sum) = (draw(before), draw(last));
        super::ratio::over(last_sum / last.len() as f64, (before_sum + last_sum) / days.len() as f64)
    });
    let mut ratios: Vec<f64> = ratios.collect();
    ratios.sort_by(f64::total_cmp);
    let enough = !ratios.is_empty() && ratios.len() * 10 >= resamples * 9;
    enough.then(|| Band { low: quantile(&ratios, 0.025), high: quantile(&ratios, 0.975) })
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
    }
}
