use super::{Combine, Compute, DISTANCE, MOVING_DISTANCE, MOVING_TIME, Measured, Measures, Metric, SAMPLED_DISTANCE};
use crate::doc::documented;
use kneewise_read::unit::Unit;

documented! {
    /// Mean pace while moving: the seconds at 1 m/s or faster, divided by the metres covered in
    /// them.
    ///
    /// **Computed from** the distance while moving and its own seconds: metres across a gap in the
    /// recording, whose seconds nobody knows, and metres slower than 1 m/s, whose seconds do not
    /// count, make no pace. On the flat it is the grade-adjusted pace. Else, where only the totals
    /// of a run are known, moving time divided by distance.
    ///
    /// **Source**: our own method, but for the threshold of moving time.
    ///
    /// **Limits**: those of the distance and of the moving time. Stops do not count: a run with
    /// many is slower by the clock.
    pub static PACE: Metric {
        id: "pace_s_per_km",
        name: "Pace",
        unit: Unit::SecondsPerKilometre,
        combine: Combine::Derived,
        compute: Compute::FromMetrics(compute),
    }
}

fn compute(of: &Measures) -> Option<Measured> {
    if let Some(Measured { value: metres, over_s, .. }) = of.get(&MOVING_DISTANCE) {
        let value = over_s / metres * 1000.0;
        return Some(Measured { value, over_s, basis: "distance while moving and its time" })
            .filter(|_| value.is_finite());
    }
    let moving = of.get(&MOVING_TIME)?;
    // A device's own moving time can be longer than its samples: then it goes with the whole
    // distance.
    let sampled = of.get(&SAMPLED_DISTANCE).filter(|sampled| moving.value <= sampled.over_s + 1.0);
    let distance = sampled.or_else(|| of.get(&DISTANCE))?;
    let value = moving.value / distance.value * 1000.0;
    value.is_finite().then_some(Measured { value, over_s: moving.over_s, basis: "moving time and distance" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::GRADE_ADJUSTED_PACE;
    use crate::measure::trace::Trace;
    use kneewise_read::activity::{Activity, Channel, Format, Samples};
    use kneewise_read::time::Timestamp;
    use proptest::prelude::*;

    /// A run on the flat of stretches, each of so many seconds at a speed.
    fn paces(stretches: &[(usize, f64)]) -> (Option<f64>, Option<f64>, Vec<String>) {
        let speed: Vec<f64> = stretches.iter().flat_map(|&(seconds, mps)| vec![mps; seconds]).collect();
        let distance = speed.iter().scan(0.0, |metres, mps| {
            *metres += mps;
            Some(*metres)
        });
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.samples = Samples::new((0..speed.len()).map(|i| i as f64).collect());
        activity.samples.set(Channel::Distance, distance.collect());
        activity.samples.set(Channel::Altitude, vec![400.0; speed.len()]);
        activity.samples.set(Channel::Speed, speed);
        let trace = Trace::new(&activity);
        let of = Measures::of_activity(&trace);
        let value = |metric| of.get(metric).map(|measured| measured.value);
        (value(&PACE), value(&GRADE_ADJUSTED_PACE), trace.notes().map(|note| note.text).collect())
    }

    #[test]
    fn metres_walked_slowly_count_as_little_as_their_time() {
        let (pace, graded, notes) = paces(&[(1800, 3.0), (1200, 0.9)]);
        assert!(pace.is_some_and(|pace| (pace - 1000.0 / 3.0).abs() < 1e-6), "{pace:?}");
        assert_eq!(pace.map(f64::round), graded.map(f64::round));
        assert_eq!(notes, ["1080 m of the distance were covered at less than 1 m/s: pace leaves them out"]);
        assert_eq!(paces(&[(1800, 3.0), (50, 0.9)]).2, [""; 0], "45 m are not worth a word");
    }

    #[test]
    fn of_totals_alone_it_is_moving_time_over_distance() {
        let of = Measures::from_fn(|metric| {
            let value = [(&DISTANCE, 5000.0), (&MOVING_TIME, 1500.0)].iter().find(|known| known.0.id == metric.id)?.1;
            Some(Measured { value, over_s: 1500.0, basis: "" })
        });
        assert_eq!(of.get(&PACE).map(|pace| pace.value), Some(300.0));
    }

    proptest! {
        #[test]
        fn on_the_flat_it_is_the_graded_pace(stretches in prop::collection::vec((20..400_usize, 0.0..5.0f64), 1..8)) {
            if let (Some(pace), Some(graded), _) = paces(&stretches) {
                // A sample on which the grade is not known yet has little weight.
                prop_assert!((pace / graded - 1.0).abs() < 0.02, "{pace} and {graded}");
            }
        }
    }
}
