//! Middles and spreads that a few odd runs do not move.

/// The middle value; the mean of the two middle ones of an even number. Sorts what it is given.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    Some(f64::midpoint(values[last / 2], values[last.div_ceil(2)]))
}

/// The value that a further one of the same kind stays below with probability `p`: the ordered
/// value at place p · (n + 1), between two places in proportion, and at most the largest. Sorts
/// what it is given.
///
/// At that place, and not at p · n, because the further value is none of the `n`.
pub(super) fn quantile(values: &mut [f64], p: f64) -> Option<f64> {
    let place = p * (values.len() + 1) as f64 - 1.0;
    at_place(values, place)
}

/// The value below which the share `p` of the values themselves lies. Sorts what it is given.
pub(super) fn share(values: &mut [f64], p: f64) -> Option<f64> {
    let place = p * values.len().saturating_sub(1) as f64;
    at_place(values, place)
}

fn at_place(values: &mut [f64], place: f64) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let place = place.clamp(0.0, last as f64);
    let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

/// The value at which half of the weight is reached, of values with weights above 0; puts them in
/// another order.
///
/// Thousands of slopes for each run of a lifetime: they are parted around the middle, and never
/// sorted as a whole.
pub(super) fn weighted_median(values: &mut [(f64, f64)]) -> Option<f64> {
    let weight = |part: &[(f64, f64)]| part.iter().map(|(_, weight)| weight).sum::<f64>();
    let half = weight(values) / 2.0;
    let (mut part, mut below) = (values, 0.0);
    loop {
        let middle = part.len() / 2;
        if part.len() < 2 {
            return part.first().map(|(value, _)| *value);
        }
        let (lower, at, upper) =
            part.select_nth_unstable_by(middle, |a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let to_lower = below + weight(lower);
        if to_lower >= half {
            part = lower;
        } else if to_lower + at.1 >= half || upper.is_empty() {
            return Some(at.0);
        } else {
            (part, below) = (upper, to_lower + at.1);
        }
    }
}

/// For each value the median of all the others, in the order of the values; empty below two.
pub(super) fn medians_of_the_others(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(2) else { return Vec::new() };
    let median = |value: &f64| {
        // Which of several equal values is left out makes no difference.
        let own = sorted.partition_point(|other| other < value);
        let other = |i: usize| sorted[i + usize::from(i >= own)];
        f64::midpoint(other(last / 2), other(last.div_ceil(2)))
    };
    values.iter().map(median).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_band_of_nine_is_the_largest_and_of_nineteen_the_second_largest() {
        let of = |n: u32| quantile(&mut (1..=n).map(f64::from).collect::<Vec<_>>(), 0.9);
        assert_eq!((of(0), of(1), of(8), of(9), of(19)), (None, Some(1.0), Some(8.0), Some(9.0), Some(18.0)));
    }

    proptest! {
        #[test]
        fn the_weighted_median_is_that_of_sorted_values(values in prop::collection::vec((-9_i32..9, 1_u32..9), 0..60)) {
            // Whole numbers, whose sums are the same in any order.
            let mut values: Vec<(f64, f64)> = values.into_iter().map(|(value, weight)| (value.into(), weight.into())).collect();
            let found = weighted_median(&mut values);
            values.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert_eq!(found, crate::measure::median::weighted_of_sorted(values.into_iter()));
        }
    }

    #[test]
    fn each_is_left_out_of_its_own_median() {
        assert_eq!(medians_of_the_others(&[1.0]), Vec::<f64>::new());
        assert_eq!(medians_of_the_others(&[1.0, 3.0]), [3.0, 1.0]);
        assert_eq!(medians_of_the_others(&[5.0, 1.0, 2.0]), [1.5, 3.5, 3.0]);
        assert_eq!(medians_of_the_others(&[4.0, 4.0, 4.0, 9.0]), [4.0, 4.0, 4.0, 4.0]);
    }
}
