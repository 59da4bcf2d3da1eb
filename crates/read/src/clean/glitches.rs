//! Stretches faster than anybody runs, in a run that is slower: a receiver or a counter that went
//! wrong for a while.

use crate::activity::{Activity, Channel, Note, NoteKind};
use crate::limits::{MOVING_MPS, WORLD_BESTS, world_best_mps};
use crate::sport::Sport;

/// Times are often whole seconds: a stretch may have taken so much longer than they say.
const ROUNDING_S: f64 = 1.0;

/// Over shorter stretches (metres) a counter that catches up, or a single position, makes any
/// speed.
const SHORTEST_COUNTED_M: f64 = 200.0;
const SHORTEST_ALONG_M: f64 = 60.0;

/// Longer ones are held to the limits of a whole run (metres).
const LONGEST_M: f64 = 10_000.0;

/// Where more of the time than this share is too fast, it is no run that went wrong for a while.
const MOST_SHARE: f64 = 0.2;

/// For so long (seconds) the runner is taken to have run on as usual; for longer, to have been
/// driven.
const LONGEST_RUN_ON_S: f64 = 180.0;

/// What is not faster than the run by more than this factor, over so many seconds, is not of such a
/// stretch; where that is long (seconds), what is as fast beside it is of it too.
const USUAL: f64 = 1.5;
const EDGE_S: f64 = 10.0;
const LONG_S: f64 = 60.0;

/// A counter that stood still for up to so long (seconds) before it leapt had lost the satellites.
const LONGEST_LAG_S: f64 = 60.0;

/// A leg from one sample with a distance to the next.
struct Legs {
    /// The samples with a distance.
    rows: Vec<usize>,
    time_s: Vec<f64>,
    metres: Vec<f64>,
}

/// Counts stretches that nobody runs at the run's usual speed; returns the metres that this takes
/// out.
pub(super) fn take_out(activity: &mut Activity) -> f64 {
    if activity.sport != Sport::Running {
        return 0.0;
    }
    let Some(legs) = Legs::of(activity) else { return 0.0 };
    let shortest_m =
        if activity.samples.is_worked_out(Channel::Distance) { SHORTEST_ALONG_M } else { SHORTEST_COUNTED_M };
    let mut is_too_fast = legs.too_fast(shortest_m);
    if !is_too_fast.contains(&true) {
        return 0.0;
    }
    let usual_mps = legs.usual_mps(&is_too_fast);
    legs.trim(&mut is_too_fast, usual_mps);
    legs.grow(&mut is_too_fast, usual_mps);
    let total_s = legs.seconds(0..is_too_fast.len());
    let blocks: Vec<std::ops::Range<usize>> = blocks(&is_too_fast).collect();
    let too_fast_s: f64 = blocks.iter().map(|block| legs.seconds(block.clone())).sum();
    if usual_mps.is_nan() || too_fast_s > MOST_SHARE * total_s {
        return 0.0;
    }
    let mut mended = legs.metres.clone();
    let (mut out_m, mut kept_m, mut seconds, mut done) = (0.0, 0.0, 0.0, 0);
    for block in blocks {
        let (from, to) = (block.start, block.end);
        mended[done..=from].iter_mut().for_each(|metres| *metres -= out_m);
        done = from + 1;
        let block_s = legs.seconds(block);
        let mps = if block_s <= LONGEST_RUN_ON_S { usual_mps } else { 0.0 };
        let surplus_m = legs.metres[to] - legs.metres[from] - mps * block_s;
        if surplus_m <= 0.0 {
            continue;
        }
        for i in from + 1..to {
            mended[i] = mended[from] + mps * (legs.time_s[i] - legs.time_s[from]);
        }
        done = to;
        out_m += surplus_m;
        kept_m += mps * block_s;
        seconds += block_s;
        let first = if from == 0 { 0 } else { legs.rows[from] + 1 };
        forget_speed(activity, first..=legs.rows[to]);
    }
    mended[done..].iter_mut().for_each(|metres| *metres -= out_m);
    if out_m <= 0.0 {
        return 0.0;
    }
    let column = activity.samples.column_mut(Channel::Distance);
    for (row, metres) in legs.rows.iter().zip(mended) {
        column[*row] = metres;
    }
    let written_m = out_m + kept_m;
    let text = format!(
        "{seconds:.0} s faster than anybody runs, counted at the run's usual speed or not at all: \
         {kept_m:.0} m instead of {written_m:.0}"
    );
    activity.notes.push(Note::new(NoteKind::Distance, text));
    out_m
}

/// A recorded speed over such a stretch is as wrong as its metres.
fn forget_speed(activity: &mut Activity, rows: std::ops::RangeInclusive<usize>) {
    let speed = activity.samples.column_mut(Channel::Speed);
    if let Some(speed) = speed.get_mut(rows) {
        speed.fill(f64::NAN);
    }
}

impl Legs {
    fn of(activity: &Activity) -> Option<Self> {
        let time = activity.samples.time_s();
        let (rows, metres): (Vec<usize>, Vec<f64>) = activity.samples.recorded(Channel::Distance).unzip();
        let time_s = rows.iter().map(|row| time[*row]).collect();
        (rows.len() > 2).then_some(Self { rows, time_s, metres })
    }

    fn seconds(&self, legs: std::ops::Range<usize>) -> f64 {
        self.time_s[legs.end] - self.time_s[legs.start]
    }

    fn is_out_of_reach(&self, from: usize, to: usize) -> bool {
        let (metres, seconds) = (self.metres[to] - self.metres[from], self.time_s[to] - self.time_s[from]);
        metres > world_best_mps(metres) * (seconds + ROUNDING_S)
    }

    /// For each leg, whether it is part of a stretch that is faster than the world's best over its
    /// length.
    fn too_fast(&self, shortest_m: f64) -> Vec<bool> {
        let mut is_too_fast = vec![false; self.rows.len() - 1];
        // A stride of sixty metres is the fastest that anybody runs.
        let lengths =
            [(60.0, 0.0), (100.0, 0.0)].into_iter().chain(WORLD_BESTS.iter().copied()).map(|(length_m, _)| length_m);
        for length_m in lengths.filter(|length_m| (shortest_m..=LONGEST_M).contains(length_m)) {
            let (mut to, mut marked) = (0, 0);
            for from in 0..self.rows.len() {
                while to < self.rows.len() && self.metres[to] - self.metres[from] < length_m {
                    to += 1;
                }
                if to == self.rows.len() {
                    break;
                }
                if self.is_out_of_reach(from, to) && self.is_out_of_reach(self.before_lag(from), to) {
                    is_too_fast[marked.max(from)..to].fill(true);
                    marked = to;
                }
            }
        }
        is_too_fast
    }

    /// Where a counter stood still before `from`: it then has to catch up.
    fn before_lag(&self, from: usize) -> usize {
        let stands = |leg: usize| {
            let seconds = self.time_s[leg + 1] - self.time_s[leg];
            self.metres[leg + 1] - self.metres[leg] < MOVING_MPS * seconds
                && self.time_s[from] - self.time_s[leg] <= LONGEST_LAG_S
        };
        (0..from).rev().take_while(|leg| stands(*leg)).last().unwrap_or(from)
    }

    /// The mean speed in motion of the legs that are not too fast; NaN without any.
    fn usual_mps(&self, is_too_fast: &[bool]) -> f64 {
        let mut sum = (0.0, 0.0);
        for (leg, _) in is_too_fast.iter().enumerate().filter(|(_, is_too_fast)| !**is_too_fast) {
            let (metres, seconds) = (self.metres[leg + 1] - self.metres[leg], self.seconds(leg..leg + 1));
            if metres >= MOVING_MPS * seconds && seconds > 0.0 {
                sum = (sum.0 + metres, sum.1 + seconds);
            }
        }
        sum.0 / sum.1
    }

    /// Whether the run goes on at its usual speed from a sample, forwards or backwards: single legs
    /// have the noise of positions.
    fn is_usual(&self, edge: usize, is_forwards: bool, usual_mps: f64) -> bool {
        let seconds = |other: usize| (self.time_s[other] - self.time_s[edge]).abs();
        let other = if is_forwards {
            (edge + 1..self.rows.len()).find(|other| seconds(*other) >= EDGE_S)
        } else {
            (0..edge).rev().find(|other| seconds(*other) >= EDGE_S)
        };
        let Some(other) = other else { return false };
        (self.metres[other] - self.metres[edge]).abs() <= USUAL * usual_mps * seconds(other)
    }

    /// Takes what is of the usual speed off the edges.
    fn trim(&self, is_too_fast: &mut [bool], usual_mps: f64) {
        for block in blocks(is_too_fast).collect::<Vec<_>>() {
            let first = block.clone().find(|leg| !self.is_usual(*leg, true, usual_mps)).unwrap_or(block.end);
            let last = block.clone().rev().find(|leg| !self.is_usual(leg + 1, false, usual_mps));
            let last = last.map_or(first, |leg| leg + 1);
            is_too_fast[block.start..first].fill(false);
            is_too_fast[last.max(first)..block.end].fill(false);
        }
    }

    /// Adds what is as fast beside a long stretch: of a ride only some is faster than the records.
    fn grow(&self, is_too_fast: &mut [bool], usual_mps: f64) {
        let long: Vec<_> = blocks(is_too_fast).filter(|block| self.seconds(block.clone()) >= LONG_S).collect();
        for block in long {
            let before = (0..block.start).rev().take_while(|leg| !self.is_usual(leg + 1, false, usual_mps)).last();
            let after = (block.end..is_too_fast.len()).take_while(|leg| !self.is_usual(*leg, true, usual_mps)).last();
            is_too_fast[before.unwrap_or(block.start)..block.start].fill(true);
            is_too_fast[block.end..after.map_or(block.end, |leg| leg + 1)].fill(true);
        }
    }
}

/// The ranges of `true`.
fn blocks(flags: &[bool]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    let alike = flags.chunk_by(|a, b| a == b).map(move |chunk| {
        let block = from..from + chunk.len();
        from = block.end;
        (block, chunk[0])
    });
    alike.filter(|(_, flag)| *flag).map(|(block, _)| block)
}

#[cfg(test)]
mod tests {
    use super::super::finish;
    use super::super::tests::{distance, empty, has_note};
    use super::*;
    use crate::activity::{Format, Samples};

    /// An hour at 2.8 m/s, a sample each second, but for stretches of (from, to, metres per
    /// second).
    fn run(stretches: &[(usize, usize, f64)], has_speed: bool) -> Activity {
        let mps = |i: usize| stretches.iter().find(|(from, to, _)| (*from..*to).contains(&i)).map_or(2.8, |s| s.2);
        let mut activity = empty(Format::Fit, Samples::new((0..=3600).map(f64::from).collect()));
        let mut metres = 0.0;
        let add = |i: usize| {
            metres += if i > 0 { mps(i - 1) } else { 0.0 };
            metres
        };
        activity.samples.set(Channel::Distance, (0..=3600).map(add).collect());
        if has_speed {
            activity.samples.set(Channel::Speed, (0..=3600).map(|i: usize| mps(i.saturating_sub(1))).collect());
        }
        activity.totals.distance_m = activity.samples.recorded(Channel::Distance).last().map(|(_, metres)| metres);
        activity.totals.timer_s = Some(3600.0);
        finish(&mut activity);
        activity
    }

    #[test]
    fn a_stretch_that_nobody_runs_counts_at_the_usual_speed() {
        let kilometre = [(1200, 1297, 1000.0 / 97.0)];
        for stretches in
            [&kilometre[..], &[(0, 20, 12.0)], &[(3580, 3600, 12.0)], &[(600, 660, 11.0), (900, 960, 11.0)]]
        {
            for has_speed in [false, true] {
                let activity = run(stretches, has_speed);
                assert!((distance(&activity) - 10_080.0).abs() < 30.0, "{stretches:?}: {}", distance(&activity));
                assert_eq!(activity.totals.distance_m, None, "the device counted them too: {stretches:?}");
                assert!(activity.samples.recorded(Channel::Speed).all(|(_, mps)| mps < 4.5), "{stretches:?}");
                assert!(has_note(&activity, "faster than anybody runs"));
            }
        }
    }

    #[test]
    fn a_ride_home_counts_nothing_and_a_ride_throughout_is_no_run_that_went_wrong() {
        let home = run(&[(3000, 3600, 10.0)], false);
        assert!((distance(&home) - 8_400.0).abs() < 60.0, "{}", distance(&home));
        let ride = run(&[(0, 3600, 9.0)], false);
        assert_eq!(distance(&ride).round(), 32_400.0);
        assert_ne!(ride.sport, Sport::Running);
    }

    #[test]
    fn of_a_ride_all_is_left_out_and_of_the_run_beside_it_nothing() {
        // Town and country: only the middle is faster than the records of the world.
        let home = run(&[(2400, 2500, 5.5), (2500, 2800, 12.0), (2800, 2900, 5.5)], false);
        assert!((distance(&home) - 2.8 * 3100.0).abs() < 60.0, "{}", distance(&home));
        // A kilometre run fast, in which a position leaps.
        let fast = run(&[(1200, 1300, 5.0), (1300, 1320, 12.0), (1320, 1400, 5.0)], false);
        let usual_m = 2.8 * 3400.0 + 5.0 * 180.0;
        assert!((distance(&fast) - usual_m - 2.9 * 20.0).abs() < 90.0, "{}", distance(&fast));
    }

    #[test]
    fn strides_and_a_counter_that_catches_up_stand() {
        let strides: Vec<_> = (5..15).map(|i| (i * 200, i * 200 + 20, 7.5)).collect();
        let activity = run(&strides, true);
        assert_eq!(distance(&activity).round(), (10_080.0_f64 + 10.0 * 20.0 * 4.7).round());
        let lagging = run(&[(1000, 1040, 0.0), (1040, 1041, 41.0 * 2.8)], false);
        assert_eq!(distance(&lagging).round(), 10_080.0);
        assert!(!has_note(&lagging, "faster than"));
    }
}
