//! Where a counter of metres stood still and then made up for it.

/// A counter that counts less than this share of what the speed adds up to stands still, and one that counts more than the
/// inverse of it makes up for that.
const STANDS: f64 = 0.5;

/// So many metres behind the speed are worth a look; fewer are the watch's smoothing of the speed.
const BEHIND_M: f64 = 20.0;

/// Afterwards distance and speed agree again over the whole of it, within a fifth.
const AGREEMENT: std::ops::RangeInclusive<f64> = 0.8..=1.25;

/// Spreads catch-ups by the speed, in points of (seconds, metres): from where the counter began to stand to where it has made up
/// for it. All other points stay as they are. `by_speed` has the metres that the speed adds up to from the point before.
///
/// A counter that lost the satellites for a while catches up within seconds that nobody ran; the speed beside it shows
/// who ran and when. One that never catches up, or whose speed adds up to something else, stays as it is.
pub(crate) fn spread(points: &mut [(f64, f64)], by_speed: &[f64]) {
    let n = points.len().min(by_speed.len());
    let mut at = 1;
    while at < n {
        let from = at - 1;
        let step = |points: &[(f64, f64)], i: usize| points[i].1 - points[i - 1].1;
        let mut behind_m = 0.0;
        while at < n && step(points, at) < STANDS * by_speed[at] {
            behind_m += by_speed[at] - step(points, at);
            at += 1;
        }
        if behind_m < BEHIND_M {
            at = at.max(from + 2);
            continue;
        }
        while at < n && behind_m > 0.0 && STANDS * step(points, at) > by_speed[at] {
            behind_m -= step(points, at) - by_speed[at];
            at += 1;
        }
        let to = at - 1;
        let (from_m, by_speed) = (points[from].1, &by_speed[from + 1..=to]);
        let share = (points[to].1 - from_m) / by_speed.iter().sum::<f64>();
        if AGREEMENT.contains(&share) {
            let mut metres = from_m;
            // The last point stays where it is, to the last bit.
            for (point, by_speed_m) in points[from + 1..to].iter_mut().zip(by_speed) {
                metres += by_speed_m * share;
                point.1 = metres;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A sample each second at 3 m/s by the speed; the counter as given.
    fn spread_at_3_mps(metres: impl Fn(usize) -> f64) -> (Vec<(f64, f64)>, Vec<(f64, f64)>) {
        let recorded: Vec<(f64, f64)> = (0..400).map(|i| (i as f64, metres(i))).collect();
        let mut points = recorded.clone();
        spread(&mut points, &vec![3.0; 400]);
        (recorded, points)
    }

    #[test]
    fn a_counter_that_stands_and_jumps_is_spread_over_that_time_and_no_other() {
        let even = |i: usize| 3.0 * i as f64;
        // From 100 s to 130 s it stood, and made up for it in two steps.
        let stood = |i: usize| match i {
            100..=129 => even(100),
            130 => even(120),
            _ => even(i),
        };
        let (recorded, points) = spread_at_3_mps(stood);
        assert_eq!(points[..=100], recorded[..=100]);
        assert_eq!(points[131..], recorded[131..]);
        assert!(points.iter().enumerate().all(|(i, point)| (point.1 - even(i)).abs() < 1e-9), "{points:?}");
    }

    #[test]
    fn what_is_no_catch_up_stays_as_recorded() {
        let even = |i: usize| 3.0 * i as f64;
        let lost = |i: usize| if i < 100 { even(i) } else { even(i.max(130) - 30) };
        let small = |i: usize| if (100..106).contains(&i) { even(100) } else { even(i) };
        let far =
            |i: usize| if (100..110).contains(&i) { even(100) } else { even(i) + if i < 110 { 0.0 } else { 300.0 } };
        let slower = |i: usize| 2.9 * i as f64;
        for (what, metres) in [
            ("it never catches up", &lost as &dyn Fn(usize) -> f64),
            ("some metres", &small),
            ("it jumps much further than anyone ran", &far),
            ("a speed of a few per cent more", &slower),
        ] {
            let (recorded, points) = spread_at_3_mps(metres);
            assert_eq!(points, recorded, "{what}");
        }
    }

    proptest! {
        /// Metres only move within a span whose ends stay where they were recorded, never backwards.
        #[test]
        fn the_ends_of_every_span_stay(legs in prop::collection::vec((0.0..6.0f64, 0_u8..4, 0.0..120.0f64), 2..200)) {
            let mut metres = 0.0;
            let recorded: Vec<(f64, f64)> = (0..legs.len()).map(|i| {
                let (speed, kind, jump) = legs[i];
                metres += match kind { 0 => jump, 1 => speed, _ => 0.0 };
                (i as f64, metres)
            }).collect();
            let by_speed: Vec<f64> = legs.iter().map(|leg| leg.0).collect();
            let mut points = recorded.clone();
            spread(&mut points, &by_speed);
            prop_assert!(points.windows(2).all(|pair| pair[1].1 >= pair[0].1 - 1e-9));
            prop_assert_eq!(points[points.len() - 1], recorded[recorded.len() - 1]);
            for i in 1..points.len() {
                let is_moved = (points[i] != recorded[i]) || (points[i - 1] != recorded[i - 1]);
                let most = if is_moved { 1.25 * by_speed[i] } else { recorded[i].1 - recorded[i - 1].1 };
                prop_assert!(points[i].1 - points[i - 1].1 <= most + 1e-9, "{i}");
            }
        }
    }
}
