//! What a runner can do at most: beyond it lies a wrong clock, a ride or a damaged byte.

/// The world's best for men as (metres, seconds), from 200 m to six days (World Athletics and the
/// International Association of Ultrarunners, as of November 2026). Over the half marathon the
/// fastest time ever run counts, ratified or not. Those over two and six days are rounded up.
pub const WORLD_BESTS: &[(f64, f64)] = &[
    (200.0, 19.19),
    (400.0, 43.03),
    (800.0, 100.91),
    (1_000.0, 131.96),
    (1_500.0, 206.00),
    (3_000.0, 437.55),
    (5_000.0, 755.36),
    (10_000.0, 1_571.0),
    (21_097.5, 3_402.0),
    (42_195.0, 7_235.0),
    (100_000.0, 21_935.0),
    (319_614.0, 86_400.0),
    (490_000.0, 172_800.0),
    (FURTHEST_RUN_M, 518_400.0),
];

/// No sample lies further from its start (seconds): instants are of the years 1900 to 2200.
pub const FURTHEST_S: f64 = 1e10;

/// The longest that anybody has run with hardly a stop is 119 hours (backyard ultra), in seconds.
pub const LONGEST_RUN_S: f64 = 120.0 * 3600.0;

/// The furthest that anybody has run in six days, in metres, rounded up.
pub const FURTHEST_RUN_M: f64 = 1_100_000.0;

/// Faster than this nobody runs (metres per second): the limit of the R package trackeR for running
/// speeds.
pub const FASTEST_RUN_MPS: f64 = 12.5;

/// Slower than this is standing or strolling (metres per second): the R package trackeR's threshold
/// for runs, after preferred walking speeds.
pub const MOVING_MPS: f64 = 1.0;

/// Nobody takes more steps in a minute.
pub const HIGHEST_STEP_RATE_SPM: f64 = 300.0;

/// Nobody climbs or descends more metres than this share of the metres along the ground: the
/// steepest races go up by half of their length.
pub const STEEPEST: f64 = 0.6;

/// Nobody climbs or descends faster for a whole run (metres per second): the vertical kilometre
/// takes 29 minutes, and the fastest descents of ten minutes go down by 1.45 m/s.
pub const FASTEST_ASCENT_MPS: f64 = 0.7;
/// As [`FASTEST_ASCENT_MPS`], downwards.
pub const FASTEST_DESCENT_MPS: f64 = 1.5;

/// Returns the mean speed of the world's best over `metres`, in metres per second. Between two
/// distances it falls as between these, by a power of the distance; beyond the last it is that of
/// the last.
pub fn world_best_mps(metres: f64) -> f64 {
    let longer = WORLD_BESTS.partition_point(|(length_m, _)| *length_m <= metres);
    let speed = |(length_m, seconds): (f64, f64)| length_m / seconds;
    let (Some(&before), Some(&after)) = (WORLD_BESTS.get(longer.wrapping_sub(1)), WORLD_BESTS.get(longer)) else {
        return speed(WORLD_BESTS[longer.saturating_sub(1)]);
    };
    let power = libm::log(speed(after) / speed(before)) / libm::log(after.0 / before.0);
    speed(before) * libm::pow(metres / before.0, power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_the_slower() {
        let lengths = || (1..200).map(|i| f64::from(i) * 2_000.0);
        assert!(lengths().map(world_best_mps).is_sorted_by(|shorter, longer| shorter >= longer));
        assert!((world_best_mps(319_614.0) - 319_614.0 / 86_400.0).abs() < 1e-9);
        assert!((world_best_mps(1e9) - FURTHEST_RUN_M / 518_400.0).abs() < 1e-9);
        assert!(world_best_mps(50.0) > 10.0);
        assert!(WORLD_BESTS.windows(2).all(|pair| pair[0].0 / pair[0].1 > pair[1].0 / pair[1].1));
    }
}
