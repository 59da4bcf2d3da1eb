//! What a runner can do at most: beyond it lies a wrong clock, a ride or a damaged byte.

/// The world's best for men as (metres, seconds), from 400 m to a day's run (World Athletics and the
/// International Association of Ultrarunners, as of November 2026). Over the half marathon the fastest
/// time ever run counts, ratified or not.
const WORLD_BESTS: [(f64, f64); 11] = [
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
];

/// The longest that anybody has run with hardly a stop is 119 hours (backyard ultra), in seconds.
pub(crate) const LONGEST_RUN_S: f64 = 120.0 * 3600.0;

/// The furthest that anybody has run in six days, in metres, rounded up.
pub(crate) const FURTHEST_RUN_M: f64 = 1_100_000.0;

/// Slower than this is standing or strolling (metres per second): the R package trackeR's threshold for
/// runs, after preferred walking speeds.
pub(crate) const MOVING_MPS: f64 = 1.0;

/// Nobody takes more steps in a minute.
pub(crate) const HIGHEST_STEP_RATE_SPM: f64 = 300.0;

/// Returns the mean speed of the world's best over `metres`, in metres per second; between two
/// distances that of the shorter.
pub(crate) fn world_best_mps(metres: f64) -> f64 {
    let shorter = WORLD_BESTS.iter().rev().find(|(length_m, _)| *length_m <= metres);
    let (length_m, seconds) = shorter.unwrap_or(&WORLD_BESTS[0]);
    length_m / seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_the_slower() {
        let lengths = || (1..200).map(|i| f64::from(i) * 2_000.0);
        assert!(lengths().map(world_best_mps).is_sorted_by(|shorter, longer| shorter >= longer));
        assert!(WORLD_BESTS.is_sorted_by(|a, b| a.0 / a.1 > b.0 / b.1));
    }
}
