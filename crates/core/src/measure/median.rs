//! Medians of values that weigh differently, such as samples that each stand for their own time.

use std::ops::RangeInclusive;

/// So many parts of the range are weighed before one of them is sorted.
const PARTS: usize = 128;

/// The value at which half of the weight is reached, of those within a range, and the weight of
/// them all; `None` without any.
///
/// `values` and `weights` are pairs, in any order. Only the part of the range in which the median
/// lies is ever sorted, in `near`, which is there to be used again.
pub(crate) fn weighted(
    values: &[f64],
    weights: &[f64],
    range: &RangeInclusive<f64>,
    near: &mut Vec<(f64, f64)>,
) -> Option<(f64, f64)> {
    let parts_per_unit = PARTS as f64 / (range.end() - range.start());
    let part_of = |value: f64| (((value - range.start()) * parts_per_unit) as usize).min(PARTS - 1);
    let pairs = || values.iter().zip(weights).filter(|(value, _)| range.contains(value));
    let mut parts = [0.0; PARTS];
    pairs().for_each(|(value, weight)| parts[part_of(*value)] += weight);
    let all = parts.iter().sum::<f64>();
    let half = all / 2.0;
    let mut below = 0.0;
    let part = parts.iter().position(|weight| {
        below += weight;
        below >= half && below > 0.0
    })?;
    near.clear();
    near.extend(pairs().filter(|(value, _)| part_of(**value) == part).map(|(value, weight)| (*value, *weight)));
    near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    Some((reaching(near.iter().copied(), half - (below - parts[part]))?, all))
}

/// The value at which half of the weight is reached; values ascending. `None` without any weight.
pub(crate) fn weighted_of_sorted(sorted: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let half = sorted.clone().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    (half > 0.0).then(|| reaching(sorted, half)).flatten()
}

/// The value at which `weight` is reached; the last one where rounding keeps it from being reached.
fn reaching(sorted: impl Iterator<Item = (f64, f64)>, weight: f64) -> Option<f64> {
    let (mut reached, mut at) = (0.0, None);
    for (value, its) in sorted.filter(|(_, its)| *its > 0.0) {
        reached += its;
        at = Some(value);
        if reached >= weight {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_weighted_median_is_where_half_of_the_time_is_reached() {
        let median = |pairs: &[(f64, f64)]| weighted_of_sorted(pairs.iter().copied());
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[(160.0, 0.0)]), None);
        assert_eq!(median(&[(160.0, 1.0), (170.0, 1.0), (180.0, 1.0)]), Some(170.0));
        assert_eq!(median(&[(160.0, 5.0), (170.0, 1.0), (180.0, 1.0)]), Some(160.0));
    }

    proptest! {
        /// Whole weights, so that no sum depends on its order.
        #[test]
        fn weighing_parts_first_changes_nothing(pairs in prop::collection::vec((-3.0..13.0f64, 0_u8..4), 0..60)) {
            let (values, weights): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(value, weight)| (*value, f64::from(*weight))).unzip();
            let mut sorted: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).collect();
            sorted.retain(|(value, _)| (0.0..=10.0).contains(value));
            sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let all = sorted.iter().map(|(_, weight)| weight).sum::<f64>();
            let expected = weighted_of_sorted(sorted.into_iter()).map(|median| (median, all));
            prop_assert_eq!(weighted(&values, &weights, &(0.0..=10.0), &mut Vec::new()), expected);
        }
    }
}
