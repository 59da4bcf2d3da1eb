//! The metres of a recording, from one sample with a distance to the next.

use super::Trace;
use kneewise_read::activity::{Channel, Note, NoteKind};
use kneewise_read::limits::MOVING_MPS;

/// The metres of a recording, and which of them have a time.
///
/// Metres go with seconds only where samples lie along them. Those across a silence or a pause are
/// part of the distance and of nothing that divides by time.
#[derive(Debug, Default)]
pub(crate) struct Way {
    /// The legs that have a time, in order.
    pub legs: Vec<Leg>,
    /// Metres of them all.
    pub metres: f64,
    /// Metres of the legs in motion, at 1 m/s or faster by the speed.
    pub moving_m: f64,
    /// Their seconds.
    pub moving_s: f64,
    /// Metres of the legs below that.
    pub slow_m: f64,
    /// The samples that end a leg without a time, ascending.
    pub untimed: Vec<usize>,
    /// Metres across silences of more than [`Trace::longest_gap_s`].
    pub silent_m: f64,
    /// Seconds of those silences, pauses left out.
    pub silent_s: f64,
    /// Metres while the timer was paused.
    pub paused_m: f64,
}

/// From one sample with a distance to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    /// The sample that ends it.
    pub to: u32,
    /// Metres, never less than 0.
    pub metres: f64,
    /// Seconds, more than 0: those of all samples since the one before with a distance.
    pub seconds: f64,
}

impl Way {
    /// Taken by the distance and not by the speed, which watches smooth until it adds up to some
    /// per cent less.
    pub(super) fn of(trace: &Trace) -> Self {
        let Some(distance) = trace.activity.samples.column(Channel::Distance) else { return Self::default() };
        let time = trace.activity.samples.time_s();
        let speed = trace.activity.samples.column(Channel::Speed);
        let mut way = Self { legs: Vec::with_capacity(distance.len()), ..Self::default() };
        let mut silences = trace.time.silences.iter().peekable();
        let (mut before, mut seconds, mut silent_s, mut is_stop) = (f64::NAN, 0.0, 0.0, false);
        for (i, &distance_m) in distance.iter().enumerate() {
            seconds += trace.time.seconds[i];
            match silences.next_if(|(at, _)| *at == i) {
                Some((_, silence_s)) => silent_s += silence_s,
                None => is_stop |= i > 0 && trace.time.seconds[i] + SHORTEST_STOP_S < time[i] - time[i - 1],
            }
            if distance_m.is_nan() {
                continue;
            }
            let metres = distance_m - before;
            if metres >= 0.0 {
                if silent_s > 0.0 {
                    way.silent_m += metres;
                    way.silent_s += silent_s;
                    way.untimed.push(i);
                } else if is_stop && metres > FASTEST_MPS * seconds {
                    way.paused_m += metres;
                    way.untimed.push(i);
                } else if seconds > 0.0 {
                    way.metres += metres;
                    let mps = speed.map_or(f64::NAN, |speed| speed[i]);
                    if mps >= MOVING_MPS {
                        way.moving_m += metres;
                        way.moving_s += seconds;
                    } else if mps < MOVING_MPS {
                        way.slow_m += metres;
                    }
                    way.legs.push(Leg { to: i as u32, metres, seconds });
                } else if !is_stop {
                    // Several places at one and the same time: the next sample has the metres of
                    // all.
                    continue;
                }
            }
            (before, seconds, silent_s, is_stop) = (distance_m, 0.0, 0.0, false);
        }
        way
    }

    /// Returns metres that have none.
    pub fn untimed_m(&self) -> f64 {
        self.silent_m + self.paused_m
    }

    /// What a reader of paces should know.
    pub(super) fn notes(&self, correction: f64) -> impl Iterator<Item = Note> {
        let (silent_m, paused_m) = (self.silent_m * correction, self.paused_m * correction);
        let silent = (silent_m >= WORTH_A_NOTE_M).then(|| {
            let (metres, seconds) = (silent_m, self.silent_s);
            format!(
                "{metres:.0} m of the distance are in {seconds:.0} s without samples: \
                 times, pace, step length and splits leave them out"
            )
        });
        let paused = (paused_m >= WORTH_A_NOTE_M).then(|| {
            format!(
                "{paused_m:.0} m of the distance are in pauses of the timer: pace, step length and splits leave them out"
            )
        });
        let slow = (self.slow_m * correction >= WORTH_A_NOTE_M).then(|| {
            let metres = self.slow_m * correction;
            format!("{metres:.0} m of the distance were covered at less than {MOVING_MPS} m/s: pace leaves them out")
        });
        silent.into_iter().chain(paused).chain(slow).map(|text| Note::new(NoteKind::Distance, text))
    }
}

/// Fewer metres without a time are drift (metres).
const WORTH_A_NOTE_M: f64 = 50.0;

/// More than anyone runs (metres per second): who seems to do so beside a pause was moved in it.
const FASTEST_MPS: f64 = 12.5;

/// Less than this by which a sample's time falls short of the clock's is rounding, more is a pause
/// (seconds).
const SHORTEST_STOP_S: f64 = 0.5;

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::tests::activity;
    use super::*;
    use kneewise_read::activity::Activity;

    /// A run at 3 m/s with a sample each second but for those in `without`.
    fn even(without: Range<usize>, pauses: &[(f64, f64)]) -> Activity {
        let times: Vec<f64> = (0..3000).filter(|i| !without.contains(i)).map(|i| i as f64).collect();
        let mut activity = activity(&times, pauses);
        activity.samples.set(Channel::Distance, times.iter().map(|seconds| 3.0 * seconds).collect());
        activity
    }

    #[test]
    fn metres_across_a_silence_have_no_time_and_a_note_says_so() {
        let told = |activity: &Activity| {
            let trace = Trace::new(activity);
            (trace.way().metres, trace.notes().map(|note| note.text).collect::<Vec<_>>())
        };
        assert_eq!(told(&even(0..0, &[])), (8997.0, Vec::new()));
        assert_eq!(told(&even(1000..1020, &[])), (8997.0, Vec::new()), "too short a gap to leave out");
        let silent = "903 m of the distance are in 301 s without samples: \
            times, pace, step length and splits leave them out";
        assert_eq!(told(&even(1000..1300, &[])), (8997.0 - 903.0, vec![silent.to_owned()]));
        let paused = "903 m of the distance are in pauses of the timer: pace, step length and splits leave them out";
        assert_eq!(told(&even(1000..1300, &[(999.5, 1299.5)])), (8997.0 - 903.0, vec![paused.to_owned()]));
    }

    #[test]
    fn samples_without_a_distance_lend_their_time_to_the_next_with_one() {
        let mut activity = even(0..0, &[]);
        let mut distance: Vec<f64> = (0..3000).map(|i| 3.0 * f64::from(i)).collect();
        distance[100..140].fill(f64::NAN);
        activity.samples.set(Channel::Distance, distance);
        let trace = Trace::new(&activity);
        let seconds: f64 = trace.way().legs.iter().map(|leg| leg.seconds).sum();
        assert_eq!((trace.way().metres, seconds), (8997.0, 2999.0));
    }
}
