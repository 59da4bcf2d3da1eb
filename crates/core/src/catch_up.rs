//! Where a counter of metres makes up at once for what it had missed.

/// A counter that counts more than so many times what the speed adds up to makes up for something.
const LEAPS: f64 = 2.0;

/// So many metres more than the speed are worth a look; fewer are the watch's smoothing of the speed.
const AHEAD_M: f64 = 20.0;

/// Distance and speed agree where the distance is at most so many times what the speed adds up to: watches smooth the
/// speed until it adds up to some per cent less.
const AGREES: f64 = 1.1;

/// What they do not agree on within so many seconds is no catch-up.
const LONGEST_S: f64 = 600.0;

/// Spreads catch-ups by the speed, in points of (seconds, metres): from the last point from which on distance and speed agree
/// to where the counter has caught up. All other points stay as they are. `by_speed` has the metres that the speed adds up to
/// from the point before.
///
/// A counter that lost the satellites for a while catches up within seconds that nobody ran; the speed beside it shows
/// who ran and when. Where no minutes before it agree, the distance stays as it is. From the end to the start, once.
pub(crate) fn spread(points: &mut [(f64, f64)], by_speed: &[f64]) {
    let step = |points: &[(f64, f64)], i: usize| points[i].1 - points[i - 1].1;
    let mut to = points.len().min(by_speed.len()).saturating_sub(1);
    while to > 0 {
        let mut from = to;
        let (mut metres, mut speed_m) = (0.0, 0.0);
        while from > 0 && step(points, from) > LEAPS * by_speed[from] {
            metres += step(points, from);
            speed_m += by_speed[from];
            from -= 1;
        }
        if metres - speed_m >= AHEAD_M {
            while from > 0 && metres > AGREES * speed_m && points[to].0 - points[from].0 < LONGEST_S {
                metres += step(points, from);
                speed_m += by_speed[from];
                from -= 1;
            }
            if metres <= AGREES * speed_m {
                let (from_m, share) = (points[from].1, metres / speed_m);
                let mut so_far_m = 0.0;
                // The last point stays where it is, to the last bit.
                for (point, leg_m) in points[from + 1..to].iter_mut().zip(&by_speed[from + 1..]) {
                    so_far_m += leg_m;
                    point.1 = from_m + so_far_m * share;
                }
            }
        }
        to = from.min(to - 1);
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
        let legs = points.windows(2).map(|pair| pair[1].1 - pair[0].1);
        assert!(legs.fold(0.0, f64::max) <= 3.0 * AGREES + 1e-9, "{points:?}");
    }

    #[test]
    fn a_leap_that_nothing_explains_is_spread_over_the_minutes_before_it_and_no_more() {
        let leap = |i: usize| 3.0 * i as f64 + if i < 300 { 0.0 } else { 40.0 };
        let (recorded, points) = spread_at_3_mps(leap);
        // 40 m are a tenth of what 3 m/s add up to in 134 s.
        assert_eq!(points[..=166], recorded[..=166]);
        assert_eq!(points[300..], recorded[300..]);
        assert!(points[166..=300].windows(2).all(|pair| (3.0..3.31).contains(&(pair[1].1 - pair[0].1))), "{points:?}");
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
                let most = if is_moved { AGREES * by_speed[i] } else { recorded[i].1 - recorded[i - 1].1 };
                prop_assert!(points[i].1 - points[i - 1].1 <= most + 1e-9, "{i}");
            }
        }
    }
}
