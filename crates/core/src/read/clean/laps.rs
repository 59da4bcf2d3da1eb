//! A pause that was written as a lap.

use crate::activity::{Activity, Channel, Lap, Note, NoteKind, Span};
use crate::limits::MOVING_MPS;

/// A shorter lap without a sample fell between two of them (seconds).
const SHORTEST_S: f64 = 10.0;

/// Makes a pause of each lap that has neither metres nor samples, where the recording has any.
pub(super) fn make_pauses(activity: &mut Activity) {
    if activity.samples.is_empty() {
        return;
    }
    let pauses: Vec<Option<Span>> = activity.laps.iter().map(|lap| pause_of(activity, lap)).collect();
    if pauses.iter().all(Option::is_none) {
        return;
    }
    let mut is_lap = pauses.iter().map(Option::is_none);
    activity.laps.retain(|_| is_lap.next().unwrap_or(true));
    activity.pauses.extend(pauses.into_iter().flatten());
}

/// Takes the lap before out of laps that each have the time and the distance since the start.
///
/// Told by the laps' own starts; by speeds that rise with each lap as nobody's do, where nothing was recorded.
pub(super) fn make_own(activity: &mut Activity) {
    let counted: Vec<Counted> = activity.laps.iter().filter_map(Counted::of).collect();
    if counted.len() < 2 || counted.len() < activity.laps.len() {
        return;
    }
    let times_count_on = times_count_on(&counted);
    let distances_rise = counted.windows(2).all(|pair| pair[1].metres > pair[0].metres);
    let distances_count_on =
        distances_rise && (times_count_on || activity.samples.is_empty() && speeds_count_on(&counted));
    let mut before = Counted { start_s: 0.0, seconds: 0.0, metres: 0.0 };
    for (lap, own) in activity.laps.iter_mut().zip(counted) {
        if times_count_on {
            lap.totals.timer_s = Some(own.seconds - before.seconds);
        }
        if distances_count_on {
            lap.totals.distance_m = Some(own.metres - before.metres);
        }
        before = own;
    }
    if times_count_on || distances_count_on {
        let text = "the laps count on from the start; each was taken for what it adds to the one before";
        activity.notes.push(Note::new(NoteKind::Distance, text));
    }
}

/// What a lap says of itself.
struct Counted {
    start_s: f64,
    seconds: f64,
    /// 0 where it says nothing.
    metres: f64,
}

impl Counted {
    fn of(lap: &Lap) -> Option<Self> {
        let (start_s, metres) = (lap.start_s, lap.totals.distance_m.unwrap_or(0.0));
        Some(Self { start_s, seconds: lap.totals.timer_s?, metres })
    }
}

/// Two figures that differ by no more than this share are about the same.
const ROUGHLY: f64 = 0.25;

fn is_about(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUGHLY * a.abs().max(b.abs())
}

/// Whether each lap lasts, by the start of the next, what its time has more than that of the lap before.
/// Of two laps nothing contradicts that the second is longer.
fn times_count_on(laps: &[Counted]) -> bool {
    let rises = laps.windows(2).all(|pair| pair[1].seconds > pair[0].seconds && pair[0].seconds > 0.0);
    let lasts = |laps: &[Counted]| is_about(laps[2].start_s - laps[1].start_s, laps[1].seconds - laps[0].seconds);
    laps.len() > 2
        && rises
        && is_about(laps[1].start_s - laps[0].start_s, laps[0].seconds)
        && laps.windows(3).all(lasts)
}

/// Whether the last lap is far faster than the first, and each even with it by what it adds.
fn speeds_count_on(laps: &[Counted]) -> bool {
    let (first, last) = (&laps[0], &laps[laps.len() - 1]);
    let first_mps = first.metres / first.seconds;
    last.metres / last.seconds > 1.8 * first_mps
        && laps.windows(2).all(|pair| is_about((pair[1].metres - pair[0].metres) / pair[1].seconds, first_mps))
}

/// The stretch that a lap stood still for.
fn pause_of(activity: &Activity, lap: &Lap) -> Option<Span> {
    let seconds = lap.totals.timer_s.filter(|seconds| *seconds >= SHORTEST_S)?;
    if lap.totals.distance_m.is_some_and(|metres| metres > 0.0) {
        return None;
    }
    let span = Span { from_s: lap.start_s, to_s: lap.start_s + seconds };
    let time = activity.samples.time_s();
    let after = time.partition_point(|t| *t <= span.from_s + 1.0);
    let before = time.partition_point(|t| *t < span.to_s - 1.0);
    if before > after {
        return None;
    }
    let distance = activity.samples.column(Channel::Distance).unwrap_or_default();
    let metres = |i: Option<usize>| i.and_then(|i| distance.get(i)).copied().unwrap_or(f64::NAN);
    let covered_m = metres(Some(before)) - metres(after.checked_sub(1));
    (covered_m.is_nan() || covered_m < MOVING_MPS * seconds).then_some(span)
}
