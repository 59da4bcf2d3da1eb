//! The time of a run in zones of heart rate, by limits of the runner's own.

use crate::run::Run;
use crate::runner::{Runner, Sourced};

/// Time in zones.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Zones {
    /// By which limits, for people.
    pub basis: String,
    /// From the lowest to the highest.
    pub zones: Vec<Zone>,
}

/// One zone: heart rates from its lower limit up to, and without, the upper one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Zone {
    /// Its name.
    pub name: &'static str,
    /// `None` for the lowest.
    pub from_bpm: Option<f64>,
    /// `None` for the highest.
    pub to_bpm: Option<f64>,
    /// Seconds in it.
    pub seconds: f64,
}

/// Returns the time of a run in three zones by the thresholds, where both are known; else in
/// Edwards' five of the highest heart rate, the runner's or the one set in the watch. `None` where
/// neither is known.
///
/// Only heart rates that can be the heart's count: see
/// [`Trace::heart_rate`](crate::measure::trace::Trace::heart_rate).
///
/// Sources: three zones as Seiler S, Kjerland G, Scandinavian Journal of Medicine & Science in
/// Sports 2006;16:49–56 have them; five as in Edwards S, The Heart Rate Monitor Book, 1993 (50 to
/// 100% in tenths; what is below 50% stands apart).
///
/// ```
/// use kneewise_core::measure::heart_rate::HeartRateTime;
/// use kneewise_core::runner::{Limits, LimitsFrom};
/// use kneewise_core::{Run, Runner};
/// use kneewise_read::time::Timestamp;
/// use kneewise_core::load::zones;
///
/// let mut run = Run::summary(Timestamp::UNIX_EPOCH, Some(0), &[]);
/// run.heart_rate = HeartRateTime::from_seconds([(120, 600.0), (170, 60.0)]);
/// let limits = Limits { max_heart_rate_bpm: Some(190.0), ..Limits::default() };
/// let runner = Runner { limits: vec![LimitsFrom { from: None, limits }], ..Runner::default() };
/// let zones = zones::of(&run, &runner).unwrap();
/// assert_eq!(zones.zones[2].seconds, 600.0, "60 to 70% of 190");
/// assert_eq!(zones.zones[4].seconds, 60.0, "80 to 90%");
/// ```
pub fn of(run: &Run, runner: &Runner) -> Option<Zones> {
    let about = runner.about(run);
    if let (Some(first), Some(second)) = (about.first_threshold_bpm, about.second_threshold_bpm)
        && first.value < second.value
    {
        let names = ["below the first threshold", "between the thresholds", "from the second threshold"];
        let (Sourced { value: first, by: of_first }, Sourced { value: second, by: of_second }) = (first, second);
        let basis =
            format!("three, by the thresholds at {first:.0} bpm ({of_first}) and {second:.0} bpm ({of_second})");
        return Some(Zones { basis, zones: count(run, &names, &[first, second]) });
    }
    let Sourced { value: max_bpm, by } = about.max_heart_rate_bpm?;
    let basis = format!("five after Edwards, by a highest heart rate of {max_bpm:.0} bpm ({by})");
    let names = ["below 50%", "1: 50 to 60%", "2: 60 to 70%", "3: 70 to 80%", "4: 80 to 90%", "5: from 90%"];
    let edges = EDWARDS_SHARES.map(|share| share * max_bpm);
    Some(Zones { basis, zones: count(run, &names, &edges) })
}

/// The shares of the highest heart rate at which Edwards' zones begin.
pub(crate) const EDWARDS_SHARES: [f64; 5] = [0.5, 0.6, 0.7, 0.8, 0.9];

/// In which zone a value lies, 0 for below the first of the ascending edges: at an edge, in the
/// zone above it. Tables of zones and the loads that weigh zones all ask here, so that their
/// minutes agree.
pub(crate) fn zone_of(value: f64, edges: &[f64]) -> usize {
    // A product such as 0.7 · 190, or a ratio such as 95 / 190, must not lose its edge to a
    // rounding.
    edges.partition_point(|edge| *edge <= value + 1e-9)
}

/// The seconds between edges in ascending order; there is one name more than edges.
fn count(run: &Run, names: &[&'static str], edges: &[f64]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = (names.iter().enumerate())
        .map(|(i, name)| Zone {
            name,
            from_bpm: i.checked_sub(1).map(|below| edges[below]),
            to_bpm: edges.get(i).copied(),
            seconds: 0.0,
        })
        .collect();
    for (bpm, seconds) in run.heart_rate.iter() {
        zones[zone_of(bpm, edges)].seconds += seconds;
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::heart_rate::HeartRateTime;
    use crate::runner::{Limits, LimitsFrom};
    use kneewise_read::time::Timestamp;

    fn run() -> Run {
        let mut run = Run::summary(Timestamp::UNIX_EPOCH, Some(0), &[]);
        run.heart_rate = HeartRateTime::from_seconds([(94, 1.0), (95, 2.0), (133, 4.0), (171, 8.0), (190, 16.0)]);
        run
    }

    fn seconds(limits: Limits) -> Option<Vec<f64>> {
        let runner = Runner { limits: vec![LimitsFrom { from: None, limits }], ..Runner::default() };
        Some(of(&run(), &runner)?.zones.iter().map(|zone| zone.seconds).collect())
    }

    #[test]
    fn a_rate_on_an_edge_counts_above_it() {
        let by_max = Limits { max_heart_rate_bpm: Some(190.0), ..Limits::default() };
        assert_eq!(seconds(by_max), Some(vec![1.0, 2.0, 0.0, 4.0, 0.0, 24.0]));
        let by_thresholds = Limits { first_threshold_bpm: Some(133.0), second_threshold_bpm: Some(171.0), ..by_max };
        assert_eq!(seconds(by_thresholds), Some(vec![3.0, 4.0, 24.0]), "thresholds come first");
        assert_eq!(seconds(Limits::default()), None);
    }
}
