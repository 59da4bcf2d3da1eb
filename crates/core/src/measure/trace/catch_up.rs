//! Where a counter of metres runs ahead of the speed, as one does that makes up at once for what it
//! had missed.

/// Distance and speed agree within a fifth: where the distance is at most so many times what the
/// speed adds up to. Watches smooth the speed until it adds up to some per cent less.
const AGREES: f64 = 1.25;

/// So many metres more than that are worth a look; fewer are the smoothing of the speed.
const AHEAD_M: f64 = 20.0;

/// Where so many seconds do not bring them to agree, it is not the counter that is wrong, or not it
/// alone.
const LONGEST_S: f64 = 1200.0;

/// Spreads leaps by the speed, in points of (seconds, metres): each over the shortest stretch up to
/// its end in which distance and speed agree. All other points stay as they are. `by_speed` has the
/// metres that the speed adds up to from the point before.
///
/// A counter that lost the satellites for a while catches up within seconds that nobody ran; the
/// speed beside it shows who ran and when. One pass, from the end to the start.
pub(crate) fn spread(points: &mut [(f64, f64)], by_speed: &[f64]) {
    let mut to = points.len().min(by_speed.len()).saturating_sub(1);
    while to > 0 {
        let mut from = to;
        // Metres that the legs up to `to` have no room for, and the most of them.
        let (mut ahead_m, mut most_m) = (0.0_f64, 0.0_f64);
        loop {
            ahead_m += points[from].1 - points[from - 1].1 - AGREES * by_speed[from];
            most_m = most_m.max(ahead_m);
            from -= 1;
            if ahead_m <= 0.0 || from == 0 || points[to].0 - points[from].0 > LONGEST_S {
                break;
            }
        }
        if ahead_m <= 0.0 && most_m >= AHEAD_M {
            let (from_m, legs) = (points[from].1, &by_speed[from + 1..=to]);
            let share = (points[to].1 - from_m) / legs.iter().sum::<f64>();
            let mut so_far_m = 0.0;
            // The last point stays where it is, to the last bit.
            for (point, leg_m) in points[from + 1..to].iter_mut().zip(legs) {
                so_far_m += leg_m;
                point.1 = from_m + so_far_m * share;
            }
        }
        to = from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Points = Vec<(f64, f64)>;

    /// A sample each second at 3 m/s by the speed; the counter as given.
    fn spread_at_3_mps(metres: impl Fn(usize) -> f64) -> (Points, Points) {
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
        let legs = points.windows(2).map(|pair| pair[1].1 - pair[0].1);
        assert!(legs.fold(0.0, f64::max) <= 3.0 * AGREES + 1e-9, "{points:?}");
    }

    #[test]
    fn a_leap_that_nothing_explains_is_spread_over_the_minutes_before_it_and_no_more() {
        let leap = |i: usize| 3.0 * i as f64 + if i < 300 { 0.0 } else { 40.0 };
        let (recorded, points) = spread_at_3_mps(leap);
        // 40 m are a quarter of what 3 m/s add up to in 53 s.
        assert_eq!(points[..=246], recorded[..=246]);
        assert_eq!(points[300..], recorded[300..]);
        assert!(points[246..=300].windows(2).all(|pair| (3.0..3.76).contains(&(pair[1].1 - pair[0].1))), "{points:?}");
    }

    #[test]
    fn what_is_no_catch_up_stays_as_recorded() {
        let even = |i: usize| 3.0 * i as f64;
        let lost = |i: usize| if i < 100 { even(i) } else { even(i.max(130) - 30) };
        let wild = |i: usize| even(i) + if i < 10 { 0.0 } else { 900.0 };
        let small = |i: usize| if (100..106).contains(&i) { even(100) } else { even(i) };
        let slower = |i: usize| 2.9 * i as f64;
        for (what, metres) in [
            ("it never catches up", &lost as &dyn Fn(usize) -> f64),
            ("some metres", &small),
            ("it leaps further than the minutes before can hold", &wild),
            ("a speed of a few per cent more", &slower),
        ] {
            let (recorded, points) = spread_at_3_mps(metres);
            assert_eq!(points, recorded, "{what}");
        }
    }

    proptest! {
        /// Metres only move within a span whose ends stay where they were recorded, never
        /// backwards.
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
                let is_moved = points[i] != recorded[i] || points[i - 1] != recorded[i - 1];
                let most = if is_moved { AGREES * by_speed[i] } else { recorded[i].1 - recorded[i - 1].1 };
                prop_assert!(points[i].1 - points[i - 1].1 <= most + 1e-9, "{i}");
            }
        }
    }
}
