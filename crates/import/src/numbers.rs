//! Medians and correlations.

/// The middle one of some values; 0 of none.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f64::total_cmp).1 }
}

/// What is left of the pairs without their mean over the eleven about each.
pub(crate) fn detail(pairs: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const ABOUT: usize = 11;
    let left = |about: &[(f64, f64)]| {
        let (a, b) = about.iter().fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
        let n = about.len() as f64;
        let middle = about[ABOUT / 2];
        (middle.0 - a / n, middle.1 - b / n)
    };
    pairs.windows(ABOUT).map(left).collect()
}

/// Pearson's correlation; `None` for a few pairs, and where one side varies by less than `steady`
/// (standard deviation).
pub(crate) fn correlation(pairs: &[(f64, f64)], steady: f64) -> Option<f64> {
    const FEW: usize = 20;
    if pairs.len() < FEW {
        return None;
    }
    let n = pairs.len() as f64;
    let (sum_a, sum_b) = pairs.iter().fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
    let (mean_a, mean_b) = (sum_a / n, sum_b / n);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in pairs.iter().map(|(a, b)| (a - mean_a, b - mean_b)) {
        (aa, bb, ab) = (aa + a * a, bb + b * b, ab + a * b);
    }
    let varies = |square_sum: f64| (square_sum / n).sqrt() >= steady;
    (varies(aa) && varies(bb)).then(|| ab / (aa * bb).sqrt())
}
