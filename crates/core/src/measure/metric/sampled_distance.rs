use super::{Combine, Compute, DISTANCE, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;
use kneewise_read::witness::Witness;

documented! {
    /// How much of the distance has samples along it, and so a time: what pace and step length are
    /// worked out from.
    ///
    /// **Computed from** the distance less the metres across gaps of more than 30 s in the
    /// recording (or ten times the usual interval, if that is longer), whose seconds no time of the
    /// run counts either, and less those that were covered while the timer was paused. A note on
    /// the run says how many there are, from 50 m on. Where the device's total differs from the
    /// distance of its samples, which cover at least 97% of its timer, the share of metres with
    /// samples is taken of the total; where they cover less, the samples' own metres count.
    ///
    /// **Source**: our own method.
    ///
    /// **Limits**: within a gap nobody knows whether the runner ran, walked or was driven: even a
    /// likely speed across it makes no running time of it. Loads over time lack these minutes, and
    /// loads over distance have these metres.
    pub static SAMPLED_DISTANCE: Metric {
        id: "sampled_distance_m",
        name: "Distance with samples",
        unit: Unit::Metres,
        combine: Combine::Sum,
        compute: Compute::FromActivity(compute),
    }
}

fn compute(trace: &Trace) -> Option<Measured> {
    let way = trace.way();
    let total = DISTANCE.of_activity(trace)?;
    let (timer_s, recorded_s, silent_s) = (trace.activity.totals.timer_s, trace.recorded_s(), trace.silent_s());
    if way.legs.is_empty() {
        return None;
    }
    let measured = |value, over_s, basis| Some(Measured { value, over_s, basis });
    if !trace.covers_timer() {
        return measured(way.metres, recorded_s, "distance recorded with the samples");
    }
    // An exporter's time in motion is shorter than the samples' that hold the same metres. A
    // device's timer may have run on through the silences.
    let timer_s = timer_s.filter(|_| trace.activity.summary != Witness::Document);
    let over_s = timer_s.map_or(recorded_s, |s| if s > recorded_s + silent_s / 2.0 { s - silent_s } else { s });
    let share = way.metres / (way.metres + way.untimed_m());
    measured(total.value * share, over_s, if share < 1.0 { "distance without gaps" } else { total.basis })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::form::{FormAtSpeed, FormMetric};
    use crate::measure::metric::{AVG_STEP_LENGTH, BEST_FIVE_MIN, BEST_ONE_KM, GRADE_ADJUSTED_PACE, Measures, PACE};
    use kneewise_read::activity::{Activity, Channel, Format, Samples};
    use kneewise_read::time::Timestamp;

    /// An even run of 9 km at 3 m/s and 180 steps a minute, a sample each second but for those of
    /// `without`.
    fn even(without: std::ops::Range<usize>) -> Activity {
        let mut activity = Activity::new(Format::Gpx, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        let times: Vec<f64> = (0..3001).filter(|i| !without.contains(i)).map(|i| i as f64).collect();
        let all = |value: f64| vec![value; times.len()];
        activity.samples = Samples::new(times.clone());
        activity.samples.set(Channel::Distance, times.iter().map(|seconds| 3.0 * seconds).collect());
        activity.samples.set(Channel::Speed, all(3.0));
        activity.samples.set(Channel::StepRate, all(180.0));
        activity.samples.set(Channel::Altitude, all(400.0));
        activity
    }

    fn measures(without: std::ops::Range<usize>, with: impl FnOnce(&mut Activity)) -> Measures {
        let mut activity = even(without);
        with(&mut activity);
        Measures::of_activity(&Trace::new(&activity))
    }

    fn close(of: &Measures, metric: &Metric, expected: f64) -> bool {
        of.get(metric).is_some_and(|measured| (measured.value / expected - 1.0).abs() < 2e-3)
    }

    #[test]
    fn points_left_out_of_an_even_run_change_neither_pace_nor_step_length() {
        for without in [0..0, 1000..1020, 1000..1300, 500..2500] {
            let of = measures(without.clone(), |_| {});
            assert_eq!(of.get(&DISTANCE).map(|measured| measured.value), Some(9000.0), "{without:?}");
            for (metric, expected) in
                [(&PACE, 1000.0 / 3.0), (&GRADE_ADJUSTED_PACE, 1000.0 / 3.0), (&AVG_STEP_LENGTH, 1.0)]
            {
                assert!(close(&of, metric, expected), "{without:?}: {} {:?}", metric.id, of.get(metric));
            }
        }
    }

    #[test]
    fn nor_does_it_where_the_device_s_timer_and_total_know_of_the_gap() {
        let of = measures(1000..1300, |activity| {
            activity.totals.timer_s = Some(3000.0);
            activity.totals.distance_m = Some(9000.0);
        });
        assert!(close(&of, &PACE, 1000.0 / 3.0) && close(&of, &AVG_STEP_LENGTH, 1.0), "{of:?}");
    }

    #[test]
    fn a_corrected_total_corrects_pace_and_graded_pace_alike() {
        let of = measures(0..0, |activity| {
            activity.totals.timer_s = Some(3000.0);
            activity.totals.distance_m = Some(9900.0);
        });
        assert_eq!(of.get(&SAMPLED_DISTANCE).map(|measured| measured.value), Some(9900.0));
        assert!(close(&of, &PACE, 1000.0 / 3.3) && close(&of, &GRADE_ADJUSTED_PACE, 1000.0 / 3.3), "{of:?}");
        assert!(close(&of, &BEST_ONE_KM, 1000.0 / 3.3) && close(&of, &BEST_FIVE_MIN, 3.3), "{of:?}");
    }

    #[test]
    fn so_it_does_the_speed_at_which_form_is_looked_at_and_the_step_length() {
        let of = |total_m| {
            let mut activity = even(0..0);
            activity.totals.distance_m = Some(total_m);
            let trace = Trace::new(&activity);
            let bins = crate::measure::form::form_by_speed(&trace);
            // Centimetres a second and whole millimetres.
            let cm_and_mm = |bin: &FormAtSpeed| {
                ((bin.speed_mps * 100.0).round(), bin.median(FormMetric::StepLength).map(f64::round))
            };
            (bins.iter().map(cm_and_mm).collect::<Vec<_>>(), trace.notes().count())
        };
        assert_eq!(of(9000.0), (vec![(305.0, Some(1000.0))], 0));
        assert_eq!(of(9200.0), (vec![(305.0, Some(1022.0))], 0), "less than three per cent: no word of it");
        assert_eq!(of(9900.0), (vec![(335.0, Some(1100.0))], 0), "what the readers decided is told by them");
    }

    #[test]
    fn samples_of_a_part_of_the_timer_have_the_metres_of_that_part() {
        let of = measures(0..600, |activity| {
            activity.totals.timer_s = Some(3000.0);
            activity.totals.distance_m = Some(9000.0);
        });
        assert!(close(&of, &SAMPLED_DISTANCE, 7200.0) && close(&of, &PACE, 1000.0 / 3.0), "{of:?}");
    }
}
