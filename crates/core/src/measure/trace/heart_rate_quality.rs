//! Which recorded heart rates are the heart's.

use std::cell::OnceCell;
use std::ops::Range;

use kneewise_read::activity::{Activity, Channel, Note, NoteKind};
use kneewise_read::limits::MOVING_MPS;

/// A heart rate that keeps this close (beats or steps per minute) to the step rate, or to half of
/// it, may be the step rate.
const CLOSE: f64 = 3.0;

/// It is one if it does so for this long (seconds) and over so many samples, apart from slips of so
/// many ...
const LOCKED_S: f64 = 180.0;
const LOCKED_SAMPLES: usize = 30;
const LONGEST_SLIP: usize = 10;

/// ... and if its changes over so many samples go with those of the step rate: the heart follows a
/// change of steps slowly, and not one for one.
///
/// Close alone says little. Of 199 runs (156 h) of one runner whose heart and feet both go at some
/// 165 a minute, 17 h are stretches of three minutes and more within 3; in those that were looked
/// at changes correlate by 0.2 in the mean and hardly ever by more than 0.7.
const LAG: usize = 10;
const GOES_WITH: f64 = 0.8;

/// No heart changes by so much (beats per minute) within so little time (seconds), as watches
/// average it. What lies between such a jump and the return is left out, if there is one within two
/// minutes.
const JUMP: f64 = 25.0;
const JUMP_WITHIN_S: f64 = 3.0;
const BACK_WITHIN: f64 = 10.0;
const BACK_WITHIN_S: f64 = 120.0;

/// Neither stretch reaches over a stop: so many seconds (seconds) of the clock that no sample
/// stands for end it.
const STOP_S: f64 = 0.5;

/// The very same heart rate for this long (seconds) and over so many samples, while the speed
/// changes by so much (metres per second), is a value that got stuck. The longest that the same 199
/// runs have at one rate is 130 s.
const STUCK_S: f64 = 180.0;
const STUCK_SAMPLES: usize = 30;
const SPEED_RANGE_MPS: f64 = 0.5;

/// The heart rate of an activity without what cannot be the heart's.
#[derive(Debug, Default)]
pub(crate) struct Trusted {
    /// The column with NaN in place of what is doubtful; `None` where nothing is.
    pub column: Option<Vec<f64>>,
    locked_s: f64,
    spiking_s: f64,
    stuck_s: f64,
}

impl Trusted {
    /// Of the samples of an activity, each of which stands for some `seconds`.
    pub fn of(activity: &Activity, seconds: &[f64]) -> Self {
        let samples = &activity.samples;
        let Some(rate) = samples.column(Channel::HeartRate) else { return Self::default() };
        let mut trusted = Self::default();
        let time = samples.time_s();
        // Of most recordings a first look, which takes no time, tells that there is nothing to
        // find.
        if jumps(rate) {
            trusted.spiking_s = trusted.leave_out(rate, seconds, |found| spikes(time, rate, found));
        }
        let unbroken = OnceCell::new();
        let unbroken = || unbroken.get_or_init(|| self::unbroken(time, seconds)).as_slice();
        if let Some(speed) = samples.column(Channel::Speed).filter(|_| stands_still(rate)) {
            trusted.stuck_s = trusted.leave_out(rate, seconds, |found| stuck(unbroken(), seconds, rate, speed, found));
        }
        if let Some(steps) = samples.column(Channel::StepRate) {
            for steps_a_beat in [1.0, 2.0].into_iter().filter(|steps_a_beat| comes_close(rate, steps, *steps_a_beat)) {
                let locked =
                    |found: &mut Vec<(usize, usize)>| locked(unbroken(), seconds, rate, steps, steps_a_beat, found);
                trusted.locked_s += trusted.leave_out(rate, seconds, locked);
            }
        }
        trusted
    }

    /// Leaves out what `find` finds; returns its seconds.
    fn leave_out(&mut self, rate: &[f64], seconds: &[f64], find: impl FnOnce(&mut Vec<(usize, usize)>)) -> f64 {
        let mut found = Vec::new();
        find(&mut found);
        let mut left_out_s = 0.0;
        for (from, to) in found {
            let column = self.column.get_or_insert_with(|| rate.to_vec());
            for i in from..to {
                left_out_s += if column[i].is_nan() { 0.0 } else { seconds[i] };
                column[i] = f64::NAN;
            }
        }
        left_out_s
    }

    /// Returns what a reader of the run's figures should know.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        let told = [
            (self.locked_s, "follows the steps and not the heart"),
            (self.spiking_s, "jumps as no heart does"),
            (self.stuck_s, "stands still while the speed changes"),
        ];
        told.into_iter().filter(|(seconds, _)| *seconds > 0.0).map(|(seconds, what)| {
            let text = format!("heart rate left out where it {what}: {seconds:.0} s");
            Note::new(NoteKind::HeartRate, text)
        })
    }
}

/// Whether any two neighbours are as far apart as a spike. Looks at all, which is faster than to
/// stop at the first.
fn jumps(rate: &[f64]) -> bool {
    let most = rate.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f64::max);
    most >= JUMP
}

/// Whether there may be as many samples of one rate as a stuck one has: they hold two that are half
/// as many apart.
fn stands_still(rate: &[f64]) -> bool {
    let looked_at = || rate.iter().step_by(STUCK_SAMPLES / 2);
    looked_at().zip(looked_at().skip(1)).any(|(a, b)| a == b)
}

/// Whether the heart rate is anywhere as close to the steps as a locked one.
fn comes_close(rate: &[f64], steps: &[f64], steps_a_beat: f64) -> bool {
    let pairs = rate.iter().zip(steps);
    let least = pairs.map(|(bpm, spm)| (steps_a_beat * bpm - spm).abs()).fold(f64::INFINITY, f64::min);
    least <= steps_a_beat * CLOSE
}

fn is_close(bpm: f64, spm: f64, steps_a_beat: f64) -> bool {
    (steps_a_beat * bpm - spm).abs() <= steps_a_beat * CLOSE
}

fn spikes(time: &[f64], rate: &[f64], found: &mut Vec<(usize, usize)>) {
    let mut i = 1;
    while i < rate.len() {
        let (before, since) = (rate[i - 1], time[i - 1]);
        // A missing rate is no jump.
        let is_jump = (rate[i] - before).abs() >= JUMP && time[i] - since <= JUMP_WITHIN_S;
        if !is_jump {
            i += 1;
            continue;
        }
        let soon = |k: &usize| time[*k] - since <= BACK_WITHIN_S;
        let is_back = |k: &usize| (rate[*k] - before).abs() <= BACK_WITHIN;
        match (i..rate.len()).take_while(soon).find(is_back) {
            Some(back) => {
                found.push((i, back));
                i = back + 1;
            }
            None => i += 1,
        }
    }
}

/// The samples between one stop, of the timer or of the recording, and the next.
fn unbroken(time: &[f64], seconds: &[f64]) -> Vec<Range<usize>> {
    let is_behind_a_stop = |i: &usize| seconds[*i] + STOP_S < time[*i] - time[*i - 1];
    let mut from = 0;
    let ends = (1..time.len()).filter(is_behind_a_stop).chain([time.len()]);
    ends.map(|to| std::mem::replace(&mut from, to)..to).collect()
}

/// Seconds from the first of these samples to the last, within a stretch without a stop.
fn lasts(seconds: &[f64], from: usize, to: usize) -> f64 {
    seconds[from..to].iter().skip(1).sum()
}

fn stuck(unbroken: &[Range<usize>], seconds: &[f64], rate: &[f64], speed: &[f64], found: &mut Vec<(usize, usize)>) {
    for stretch in unbroken {
        let mut from = stretch.start;
        for same in rate[stretch.clone()].chunk_by(|a, b| a == b) {
            let to = from + same.len();
            if same.len() >= STUCK_SAMPLES && lasts(seconds, from, to) >= STUCK_S {
                let moving = speed[from..to].iter().filter(|mps| **mps >= MOVING_MPS);
                let (low, high) = moving.fold((f64::MAX, f64::MIN), |(low, high), mps| (low.min(*mps), high.max(*mps)));
                if high - low >= SPEED_RANGE_MPS {
                    found.push((from, to));
                }
            }
            from = to;
        }
    }
}

fn locked(
    unbroken: &[Range<usize>],
    seconds: &[f64],
    rate: &[f64],
    steps: &[f64],
    steps_a_beat: f64,
    found: &mut Vec<(usize, usize)>,
) {
    let is_close = |i: usize| is_close(rate[i], steps[i], steps_a_beat);
    for stretch in unbroken {
        let mut from = stretch.start;
        while from < stretch.end {
            if !is_close(from) {
                from += 1;
                continue;
            }
            let (mut last, mut next) = (from, from + 1);
            while next < stretch.end && next - last <= LONGEST_SLIP {
                if is_close(next) {
                    last = next;
                }
                next += 1;
            }
            let to = last + 1;
            let is_long = to - from >= LOCKED_SAMPLES && lasts(seconds, from, to) >= LOCKED_S;
            if is_long && goes_with(&rate[from..to], &steps[from..to]) {
                found.push((from, to));
            }
            from = to;
        }
    }
}

/// Whether the changes of two series correlate.
fn goes_with(rate: &[f64], steps: &[f64]) -> bool {
    let changes = rate.windows(LAG + 1).zip(steps.windows(LAG + 1)).map(|(r, s)| (r[LAG] - r[0], s[LAG] - s[0]));
    let known = changes.filter(|(of_rate, of_steps)| !of_rate.is_nan() && !of_steps.is_nan());
    let (mut rr, mut ss, mut rs) = (0.0, 0.0, 0.0);
    for (of_rate, of_steps) in known {
        rr += of_rate * of_rate;
        ss += of_steps * of_steps;
        rs += of_rate * of_steps;
    }
    rs >= GOES_WITH * (rr * ss).sqrt() && rs > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_read::activity::{Format, Samples};
    use kneewise_read::time::Timestamp;

    /// Twenty minutes: the heart climbs slowly to 155; the feet go at 164, up and down by 6 each
    /// minute or so.
    fn heart(i: usize) -> f64 {
        (155.0 - 60.0 * libm::exp(-(i as f64) / 120.0)).round() + (i / 40 % 3) as f64
    }
    fn steps(i: usize) -> f64 {
        (164.0 + 6.0 * libm::sin(i as f64 / 11.0)).round()
    }
    fn told(heart: impl Fn(usize) -> f64) -> (Vec<String>, Vec<f64>) {
        told_with_stops(heart, |_| 0.0)
    }
    /// So many seconds of the timer's standing still lie before each sample.
    fn told_with_stops(heart: impl Fn(usize) -> f64, stop_s: impl Fn(usize) -> f64) -> (Vec<String>, Vec<f64>) {
        let mut activity = Activity::new(Format::Fit, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
        let stopped_s = (0..1200).scan(0.0, |sum, i| {
            *sum += stop_s(i);
            Some(*sum + i as f64)
        });
        activity.samples = Samples::new(stopped_s.collect());
        activity.samples.set(Channel::HeartRate, (0..1200).map(heart).collect());
        activity.samples.set(Channel::StepRate, (0..1200).map(steps).collect());
        activity.samples.set(Channel::Speed, (0..1200).map(|i| 3.0 + libm::sin(i as f64 / 70.0)).collect());
        let trusted = Trusted::of(&activity, &vec![1.0; 1200]);
        let column = trusted.column.as_deref().or(activity.samples.column(Channel::HeartRate)).expect("a column");
        (trusted.notes().map(|note| note.text).collect(), column.to_vec())
    }

    #[test]
    fn a_heart_is_left_alone_even_one_as_fast_as_the_feet() {
        let wandering = |i: usize| ((i * 7919) % 5) as f64 - 2.0;
        assert_eq!(told(|i| heart(i) + wandering(i)).0, [""; 0]);
        assert_eq!(told(|i| 164.0 + wandering(i / 9)).0, [""; 0], "close to the step rate, on ways of its own");
    }

    #[test]
    fn steps_in_place_of_beats_are_left_out() {
        for steps_a_beat in [1.0, 2.0] {
            let (notes, column) =
                told(|i| if (600..900).contains(&i) { steps(i) / steps_a_beat } else { 130.0 + (i % 4) as f64 });
            assert_eq!(notes, ["heart rate left out where it follows the steps and not the heart: 300 s"]);
            assert!(column[700].is_nan() && !column[500].is_nan());
        }
    }

    #[test]
    fn a_spike_is_left_out_and_a_lasting_change_is_not() {
        let spike = |i: usize| if (500..512).contains(&i) { 71.0 } else { heart(i) };
        assert_eq!(told(spike).0, ["heart rate left out where it jumps as no heart does: 12 s"]);
        let shifted = |i: usize| heart(i) - if i < 600 { 0.0 } else { 40.0 + (i % 3) as f64 };
        assert_eq!(told(shifted).0, [""; 0], "nobody knows which of the two is right");
    }

    #[test]
    fn a_strap_that_falls_silent_takes_nothing_with_it() {
        let higher_after = |i: usize| match i {
            500..520 => f64::NAN,
            520..600 => heart(i) + 15.0,
            700..712 => heart(i) + 60.0,
            _ => heart(i),
        };
        let (notes, column) = told(higher_after);
        assert_eq!(notes, ["heart rate left out where it jumps as no heart does: 12 s"]);
        assert!(column[520..600].iter().all(|bpm| !bpm.is_nan()), "what it says when it is back counts");
    }

    #[test]
    fn a_value_that_got_stuck_is_left_out() {
        let wandering = |i: usize| 150.0 + (i / 20 % 4) as f64;
        assert_eq!(
            told(|i| if (400..700).contains(&i) { 158.0 } else { wandering(i) }).0,
            ["heart rate left out where it stands still while the speed changes: 300 s"]
        );
        assert_eq!(
            told(|i| if (400..570).contains(&i) { 158.0 } else { wandering(i) }).0,
            [""; 0],
            "for three minutes it can"
        );
    }

    #[test]
    fn a_stop_of_the_timer_lasts_no_time_and_ends_a_stretch() {
        let wandering = |i: usize| 150.0 + (i / 20 % 4) as f64;
        let stop_at = |at: usize| move |i: usize| if i == at { 423.0 } else { 0.0 };
        let short = |i: usize| if (400..440).contains(&i) { 158.0 } else { wandering(i) };
        assert_eq!(told_with_stops(short, stop_at(420)).0, [""; 0], "40 s on the timer");
        let either_side = |i: usize| if (400..700).contains(&i) { 158.0 } else { wandering(i) };
        assert_eq!(told_with_stops(either_side, stop_at(550)).0, [""; 0], "150 s before the stop and behind it");
        let as_steps = |i: usize| if (590..610).contains(&i) { steps(i) } else { 130.0 + (i % 4) as f64 };
        assert_eq!(told_with_stops(as_steps, stop_at(600)).0, [""; 0], "20 s on the timer");
        assert_eq!(told_with_stops(either_side, stop_at(450)).0.len(), 1, "four minutes behind the stop");
    }
}
