use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::{MOST_TIMES_FAST_END, Trace};
use kneewise_read::limits::world_best_mps;
use kneewise_read::unit::Unit;

/// What all of them rest on.
macro_rules! computed_from {
    () => {
        " **Computed from** the distance of the samples as it was recorded, over every stretch there is. Only a leap of the
 counter is spread, by the recorded speed, since a counter that lost the satellites catches up all at once. A leap is 20 m or
 more above what the speed adds up to and a quarter; it is spread over the shortest stretch up to its end in which the
 distance is at most a quarter more than the speed adds up to, and left as it is where twenty minutes are too few.
 No best is given that is faster than the world's best over that distance, or of a distance that was corrected
 afterwards. Minutes faster than twice the speed that the run exceeds for a tenth of its time are part of none, and neither
 are one or two stretches that are twice as fast as the rest of the run (1.6 times from 80% of the world's best on),
 unless the steps are as much quicker. A recording without steps and heart rate has no bests where it is at 60% of the
 world's best or more and 1.4 times as fast as all recordings of the log with them, of which there must be ten.
 The clock runs on while standing and in short stops; no stretch reaches over a silence of
 the recording of more than 30 s (or ten times the usual interval, if that is longer)."
    };
}

documented! {
    /// The highest mean speed over one minute of the run. As data it is a speed, to people it is
    /// told as a pace.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: downhill and with the wind count as well; see grade-adjusted pace. A distance
    /// that a receiver exaggerates for a while, as between houses, makes a best that nobody ran,
    /// the likelier the shorter the stretch.
    pub static BEST_ONE_MIN: Metric {
        id: "best_1min_mps",
        name: "Best pace over 1 min",
        unit: Unit::MetresPerSecond,
        combine: Combine::Max,
        compute: Compute::FromActivity(|trace| fastest(trace, 60.0)),
    }
}

documented! {
    /// The highest mean speed over five minutes of the run.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: those of the best pace over 1 min.
    pub static BEST_FIVE_MIN: Metric {
        id: "best_5min_mps",
        name: "Best pace over 5 min",
        unit: Unit::MetresPerSecond,
        combine: Combine::Max,
        compute: Compute::FromActivity(|trace| fastest(trace, 300.0)),
    }
}

documented! {
    /// The highest mean speed over twenty minutes of the run.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: those of the best pace over 1 min.
    pub static BEST_TWENTY_MIN: Metric {
        id: "best_20min_mps",
        name: "Best pace over 20 min",
        unit: Unit::MetresPerSecond,
        combine: Combine::Max,
        compute: Compute::FromActivity(|trace| fastest(trace, 1200.0)),
    }
}

documented! {
    /// The highest mean speed over an hour of the run.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: those of the best pace over 1 min.
    pub static BEST_SIXTY_MIN: Metric {
        id: "best_60min_mps",
        name: "Best pace over 60 min",
        unit: Unit::MetresPerSecond,
        combine: Combine::Max,
        compute: Compute::FromActivity(|trace| fastest(trace, 3600.0)),
    }
}

documented! {
    /// The shortest time in which the run covered one kilometre.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: a distance that is too long by a per cent makes a time that is too short by as
    /// much; a measured course is another thing. By the clock it can be slower than the splits,
    /// which leave pauses out. Those of the best pace over 1 min.
    pub static BEST_ONE_KM: Metric {
        id: "best_1km_s",
        name: "Best time over 1 km",
        unit: Unit::Seconds,
        combine: Combine::Min,
        compute: Compute::FromActivity(|trace| quickest(trace, 1_000.0)),
    }
}

documented! {
    /// The shortest time in which the run covered five kilometres.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: a distance that is too long by a per cent makes a time that is too short by as
    /// much; a measured course is another thing. By the clock it can be slower than the splits,
    /// which leave pauses out. Those of the best pace over 1 min.
    pub static BEST_FIVE_KM: Metric {
        id: "best_5km_s",
        name: "Best time over 5 km",
        unit: Unit::Seconds,
        combine: Combine::Min,
        compute: Compute::FromActivity(|trace| quickest(trace, 5_000.0)),
    }
}

documented! {
    /// The shortest time in which the run covered ten kilometres.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: a distance that is too long by a per cent makes a time that is too short by as
    /// much; a measured course is another thing. By the clock it can be slower than the splits,
    /// which leave pauses out. Those of the best pace over 1 min.
    pub static BEST_TEN_KM: Metric {
        id: "best_10km_s",
        name: "Best time over 10 km",
        unit: Unit::Seconds,
        combine: Combine::Min,
        compute: Compute::FromActivity(|trace| quickest(trace, 10_000.0)),
    }
}

documented! {
    /// The shortest time in which the run covered 21.0975 km.
    ///
    #[doc = computed_from!()]
    ///
    /// **Source**: our own method: the best of every window there is, not of whole kilometres or
    /// laps.
    ///
    /// **Limits**: a distance that is too long by a per cent makes a time that is too short by as
    /// much; a measured course is another thing. By the clock it can be slower than the splits,
    /// which leave pauses out. Those of the best pace over 1 min.
    pub static BEST_HALF_MARATHON: Metric {
        id: "best_half_marathon_s",
        name: "Best time over half marathon",
        unit: Unit::Seconds,
        combine: Combine::Min,
        compute: Compute::FromActivity(|trace| quickest(trace, 21_097.5)),
    }
}

/// All of these.
pub static BESTS: &[&Metric] = &[
    &BEST_ONE_MIN,
    &BEST_FIVE_MIN,
    &BEST_TWENTY_MIN,
    &BEST_SIXTY_MIN,
    &BEST_ONE_KM,
    &BEST_FIVE_KM,
    &BEST_TEN_KM,
    &BEST_HALF_MARATHON,
];

/// The highest mean speed over `window_s`.
fn fastest(trace: &Trace, window_s: f64) -> Option<Measured> {
    let metres = stretches(trace).filter_map(|stretch| most_metres(stretch, window_s)).reduce(f64::max)?;
    (metres > 0.0 && can_be(trace, metres, window_s)).then(|| Measured {
        value: metres / window_s,
        over_s: window_s,
        basis: BASIS,
    })
}

/// The shortest time over `length_m`.
fn quickest(trace: &Trace, length_m: f64) -> Option<Measured> {
    let value = stretches(trace).filter_map(|stretch| least_seconds(stretch, length_m)).reduce(f64::min)?;
    (value > 0.0 && can_be(trace, length_m, value)).then_some(Measured { value, over_s: value, basis: BASIS })
}

/// Whether the runner can have covered `metres` in `seconds`: not faster than anybody has, nor out
/// of all proportion to the rest of the run; and not by a distance that was corrected afterwards.
fn can_be(trace: &Trace, metres: f64, seconds: f64) -> bool {
    let is_in_reach = metres / seconds <= world_best_mps(metres);
    let is_in_proportion = trace.fast_end_mps().is_none_or(|mps| metres / seconds <= MOST_TIMES_FAST_END * mps);
    is_in_reach && is_in_proportion && !trace.is_corrected()
}

const BASIS: &str = "distance of the samples, by the clock";

/// The samples as (seconds, metres), between one long silence and the next.
fn stretches<'a>(trace: &'a Trace) -> impl Iterator<Item = &'a [(f64, f64)]> {
    trace.stretches().iter().map(|stretch| &trace.clocked()[stretch.clone()])
}

/// The most metres within any `window_s` of a stretch; `None` where it is shorter.
///
/// Metres over time are a chain of straight lines, so those within a window that slides along
/// change evenly until one of its ends meets a sample: the most is found where one does.
fn most_metres(stretch: &[(f64, f64)], window_s: f64) -> Option<f64> {
    if stretch.last()?.0 - stretch.first()?.0 < window_s {
        return None;
    }
    let mut most: f64 = 0.0;
    // The window slides from the sample at which one of its ends arrives to the next such sample.
    // What it could hold at the most is looked at first, so that little is worked out.
    let mut end = 0;
    for (start, &(from_s, from_m)) in stretch.iter().enumerate() {
        while end < stretch.len() && stretch[end].0 < from_s + window_s {
            if start > 0 && stretch[end].1 - stretch[start - 1].1 > most {
                let from = between(stretch[start - 1], stretch[start], stretch[end].0 - window_s);
                most = most.max(stretch[end].1 - from);
            }
            end += 1;
        }
        let Some(&after) = stretch.get(end) else { break };
        if after.1 - from_m > most {
            most = most.max(between(stretch[end.saturating_sub(1)], after, from_s + window_s) - from_m);
        }
    }
    Some(most)
}

/// The least seconds in which a stretch covers `length_m`; `None` where it is shorter. Found where
/// one end of the length meets a sample, as in [`most_metres`].
fn least_seconds(stretch: &[(f64, f64)], length_m: f64) -> Option<f64> {
    if stretch.last()?.1 - stretch.first()?.1 < length_m {
        return None;
    }
    let turned = |(seconds, metres): (f64, f64)| (metres, seconds);
    let mut least = f64::INFINITY;
    let mut end = 0;
    for (start, &(from_s, from_m)) in stretch.iter().enumerate() {
        while end < stretch.len() && stretch[end].1 < from_m + length_m {
            if start > 0 && stretch[end].0 - from_s < least {
                let from = between(turned(stretch[start - 1]), turned(stretch[start]), stretch[end].1 - length_m);
                least = least.min(stretch[end].0 - from);
            }
            end += 1;
        }
        let Some(&after) = stretch.get(end) else { break };
        let before = stretch[end.saturating_sub(1)];
        if before.0 - from_s < least {
            least = least.min(between(turned(before), turned(after), from_m + length_m) - from_s);
        }
    }
    Some(least)
}

/// The value at `x` on the line from `a` to `b`, points as (x, value).
fn between(a: (f64, f64), b: (f64, f64), x: f64) -> f64 {
    let share = if b.0 > a.0 { ((x - a.0) / (b.0 - a.0)).clamp(0.0, 1.0) } else { 1.0 };
    a.1 + (b.1 - a.1) * share
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_read::activity::{Activity, Channel, Format, Samples};
    use kneewise_read::time::Timestamp;
    use proptest::prelude::*;

    #[test]
    fn the_best_is_found_between_samples_too() {
        // 100 m in each ten seconds but for 60 m in one.
        let track = [(0.0, 0.0), (10.0, 100.0), (20.0, 160.0), (30.0, 260.0), (40.0, 360.0)];
        assert_eq!(most_metres(&track, 20.0), Some(200.0));
        assert_eq!(most_metres(&track, 25.0), Some(230.0), "five seconds of the slow part");
        assert_eq!(least_seconds(&track, 200.0), Some(20.0));
        assert_eq!((most_metres(&track, 41.0), least_seconds(&track, 361.0)), (None, None));
    }

    #[test]
    fn standing_counts_and_a_long_silence_ends_a_stretch() {
        let best = |silence_s: f64| {
            let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
            let time = |i: i32| f64::from(i) + if i > 200 { silence_s } else { 0.0 };
            activity.samples = Samples::new((0..=400).map(time).collect());
            activity.samples.set(Channel::Distance, (0..=400).map(|i| 4.0 * f64::from(i)).collect());
            BEST_ONE_KM.of_activity(&Trace::new(&activity)).map(|measured| measured.value)
        };
        assert_eq!(best(0.0), Some(250.0));
        assert_eq!(best(20.0), Some(270.0), "a short stop is part of it");
        assert_eq!(best(60.0), None, "800 m on either side");
    }

    /// A run with a sample each second; the counter is 36 m behind from 500 s to 510 s.
    fn with_a_catch_up() -> Activity {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        activity.samples = Samples::new((0..=600).map(f64::from).collect());
        let metres = |i: i32| 4.0 * f64::from(if (500..510).contains(&i) { 500 } else { i });
        activity.samples.set(Channel::Distance, (0..=600).map(metres).collect());
        activity
    }

    #[test]
    fn a_counter_that_catches_up_makes_no_best_where_the_speed_tells() {
        let mut activity = with_a_catch_up();
        let best = |activity: &Activity| BEST_ONE_MIN.of_activity(&Trace::new(activity)).map(|best| best.value);
        assert_eq!(best(&activity), Some((4.0 * 60.0 + 36.0) / 60.0), "recorded, and nothing tells otherwise");
        activity.samples.set(Channel::Speed, vec![4.0; 601]);
        let spread = best(&activity).expect("long enough");
        assert!((4.0..4.2).contains(&spread), "{spread}");
    }

    /// A track of samples at any intervals, with halts.
    fn track() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((1_u32..9, 0_u32..40), 2..40).prop_map(|steps| {
            let mut at = (0.0, 0.0);
            std::iter::once(at)
                .chain(steps.into_iter().map(|(s, m)| {
                    at = (at.0 + f64::from(s), at.1 + f64::from(m));
                    at
                }))
                .collect::<Vec<_>>()
        })
    }

    fn at(track: &[(f64, f64)], x: f64) -> f64 {
        let after = track.iter().position(|point| point.0 >= x).expect("within the track");
        between(track[after.saturating_sub(1)], track[after], x)
    }

    proptest! {
        /// Whoever has the splits can redo the best: it is none slower than them, and found in the
        /// recorded distance.
        #[test]
        fn no_splits_beat_the_best(legs in prop::collection::vec(1.0..7.0f64, 1200..2400), off in 0.93..1.07f64) {
            let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
            let whole = |metres: &mut f64, leg: &f64| { *metres += leg; Some(*metres) };
            let metres: Vec<f64> = std::iter::once(0.0).chain(legs.iter().scan(0.0, whole)).collect();
            activity.samples = Samples::new((0..metres.len()).map(|i| i as f64).collect());
            activity.samples.set(Channel::Distance, metres.clone());
            // A speed that is some per cent off changes nothing.
            activity.samples.set(Channel::Speed, std::iter::once(0.0).chain(legs.iter().map(|leg| leg * off)).collect());
            let trace = Trace::new(&activity);
            let splits = crate::measure::split::splits(&trace, 250.0);
            let fours = splits.windows(4).filter(|four| four.iter().all(|split| split.to_m - split.from_m > 249.9));
            let by_splits = fours.map(|four| four.iter().map(|split| split.seconds).sum()).reduce(f64::min);
            let best = BEST_ONE_KM.of_activity(&trace).map(|best| best.value);
            prop_assert!(best.unwrap_or(0.0) <= by_splits.unwrap_or(f64::INFINITY) + 1e-6, "{best:?} {by_splits:?}");
            let recorded: Vec<(f64, f64)> = metres.iter().enumerate().map(|(i, metres)| (i as f64, *metres)).collect();
            prop_assert_eq!(best, least_seconds(&recorded, 1000.0));
        }

        /// All numbers are whole, so windows that begin or end at a sample begin at whole seconds.
        #[test]
        fn no_window_has_more_metres(track in track(), window_s in 1_u32..60) {
            let (last, window_s) = (track[track.len() - 1].0, f64::from(window_s));
            let starts = (0..).map(f64::from).take_while(|from| from + window_s <= last);
            let tried = starts.map(|from| at(&track, from + window_s) - at(&track, from)).reduce(f64::max);
            let found = most_metres(&track, window_s);
            prop_assert_eq!(found.is_some(), tried.is_some());
            prop_assert!((found.unwrap_or(0.0) - tried.unwrap_or(0.0)).abs() < 1e-9, "{found:?} {tried:?}");
        }

        #[test]
        fn no_length_takes_less_time(track in track(), length_m in 1_u32..300) {
            let length_m = f64::from(length_m);
            // Leaving a place as late and reaching one as early as can be.
            let leaves = |m: f64| {
                let after = track.iter().position(|point| point.1 > m)?;
                Some(between((track[after - 1].1, track[after - 1].0), (track[after].1, track[after].0), m))
            };
            let reaches = |m: f64| {
                let after = track.iter().position(|point| point.1 >= m)?;
                let before = track[after.saturating_sub(1)];
                Some(between((before.1, before.0), (track[after].1, track[after].0), m))
            };
            let last = track[track.len() - 1].1;
            let starts = (0..).map(f64::from).take_while(|from| from + length_m <= last);
            let tried = starts.filter_map(|from| Some(reaches(from + length_m)? - leaves(from)?)).reduce(f64::min);
            let found = least_seconds(&track, length_m);
            prop_assert_eq!(found.is_some(), tried.is_some());
            prop_assert!((found.unwrap_or(0.0) - tried.unwrap_or(0.0)).abs() < 1e-9, "{found:?} {tried:?}");
        }
    }
}
