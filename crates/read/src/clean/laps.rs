//! Laps that are none: a pause that was written as one, laps that count on, laps that stand twice.

use std::ops::Range;

use crate::activity::{Activity, Channel, Lap, Note, NoteKind, Span};
use crate::geodesy;
use crate::limits::MOVING_MPS;
use crate::sport::Sport;
use crate::witness::Witness;

/// Sums of rounded seconds agree within this (seconds).
const ROUNDING_S: f64 = 2.0;

/// A shorter lap without a sample fell between two of them (seconds).
const SHORTEST_S: f64 = 10.0;

/// Who stands still gets no further than this by the sway of a receiver (metres per second, and
/// metres).
const STILL_MPS: f64 = 0.05;
const SWAY_M: f64 = 50.0;

/// Makes a pause of each lap without metres of a run, where the recording has any and other laps
/// do. An exporter's timer that adds it in loses its seconds; a device's own is a witness against
/// the pause.
pub(super) fn make_pauses(activity: &mut Activity) {
    let has_metres = |lap: &Lap| lap.totals.distance_m.is_some_and(|metres| metres > 0.0);
    // Swimmers rest at the wall and riders at lights while their timers go on.
    let may_be_run = matches!(activity.sport, Sport::Running | Sport::Generic);
    if !may_be_run || !activity.laps.iter().any(has_metres) {
        return;
    }
    let pauses: Vec<Option<Span>> = activity.laps.iter().map(|lap| pause_of(activity, lap)).collect();
    if pauses.iter().all(Option::is_none) || pauses.iter().all(Option::is_some) {
        return;
    }
    let paused_s: f64 = pauses.iter().flatten().map(|pause| pause.to_s - pause.from_s).sum();
    let laps_s = activity.laps.iter().map(|lap| lap.totals.timer_s).sum::<Option<f64>>();
    if activity.summary == Witness::Summary
        && let Some(timer_s) = activity.totals.timer_s
        && laps_s.is_none_or(|laps_s| timer_s > laps_s - paused_s + ROUNDING_S)
    {
        return;
    }
    if let Some((timer_s, laps_s)) = activity.totals.timer_s.as_mut().zip(laps_s)
        && (*timer_s - laps_s).abs() <= ROUNDING_S
    {
        *timer_s -= paused_s;
    }
    let mut is_lap = pauses.iter().map(Option::is_none);
    activity.laps.retain(|_| is_lap.next().unwrap_or(true));
    activity.pauses.extend(pauses.into_iter().flatten());
}

/// Takes the lap before out of laps that each have the time and the distance since the start.
///
/// Told by the laps' own starts; by speeds that rise with each lap as nobody's do, where nothing
/// was recorded.
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

/// Whether each lap lasts, by the start of the next, what its time has more than that of the lap
/// before. Of two laps nothing contradicts that the second is longer.
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
    // Without a sample nothing says that one fell beside a lap.
    let is_bare = activity.samples.is_empty();
    let seconds = lap.totals.timer_s.filter(|seconds| is_bare || *seconds >= SHORTEST_S)?;
    if lap.totals.distance_m.is_some_and(|metres| metres > STILL_MPS * seconds) {
        return None;
    }
    let span = Span { from_s: lap.start_s, to_s: lap.start_s + seconds };
    if is_bare {
        return Some(span);
    }
    let time = activity.samples.time_s();
    let after = time.partition_point(|t| *t <= span.from_s + 1.0);
    let before = time.partition_point(|t| *t < span.to_s - 1.0);
    let is_standing = if before > after {
        stands(activity, after..before)
    } else {
        let metres = way_m(activity, after.checked_sub(1)?, before);
        metres.is_none_or(|metres| metres < MOVING_MPS * seconds)
    };
    is_standing.then_some(span)
}

/// Whether samples show that the runner stood: they name a distance or places, and all is near the
/// first.
fn stands(activity: &Activity, mut rows: Range<usize>) -> bool {
    let first = rows.start;
    let seconds = activity.samples.time_s()[rows.end - 1] - activity.samples.time_s()[first];
    rows.all(|i| way_m(activity, first, i).is_some_and(|metres| metres <= SWAY_M.min(MOVING_MPS / 2.0 * seconds)))
}

/// Metres from one sample to another, by the recorded distance, otherwise straight from place to
/// place.
fn way_m(activity: &Activity, from: usize, to: usize) -> Option<f64> {
    let at = |channel: Channel, i: usize| {
        activity.samples.column(channel).and_then(|column| column.get(i)).copied().filter(|value| !value.is_nan())
    };
    let place = |i| Some((at(Channel::Latitude, i)?, at(Channel::Longitude, i)?));
    if let Some((from_m, to_m)) = at(Channel::Distance, from).zip(at(Channel::Distance, to)) {
        return Some((to_m - from_m).abs());
    }
    let ((lat, lon), (to_lat, to_lon)) = (place(from)?, place(to)?);
    Some(geodesy::distance_m(lat, lon, to_lat, to_lon))
}

/// Drops laps that stand in the file twice.
pub(super) fn drop_doubled(activity: &mut Activity) {
    let mut laps = std::mem::take(&mut activity.laps);
    let n = laps.len();
    laps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    for lap in laps {
        let is_counted = lap.totals.timer_s.or(lap.totals.distance_m).is_some_and(|value| value > 0.0);
        if !is_counted || activity.laps.last() != Some(&lap) {
            activity.laps.push(lap);
        }
    }
    if activity.laps.len() < n {
        let twice = n - activity.laps.len();
        activity.notes.push(Note::counted(
            NoteKind::Distance,
            "laps that stand in the file twice, counted once",
            twice,
        ));
    }
}

/// Drops a lap of the whole recording beside laps that together are as long: it is their total.
pub(super) fn drop_whole(activity: &mut Activity) {
    /// The laps together are so much of the whole, as a share.
    const ALL_OF_IT: f64 = 0.9;
    let timed = || activity.laps.iter().filter_map(|lap| Some((lap.start_s, lap.totals.timer_s?)));
    let from_s = timed().map(|(start_s, _)| start_s).fold(f64::INFINITY, f64::min);
    let to_s = timed().map(|(start_s, seconds)| start_s + seconds).fold(f64::NEG_INFINITY, f64::max);
    let all_s: f64 = timed().map(|(_, seconds)| seconds).sum();
    let is_whole = |lap: &Lap| {
        let seconds = lap.totals.timer_s.unwrap_or(0.0);
        let others_s = all_s - seconds;
        lap.start_s <= from_s + ROUNDING_S
            && lap.start_s + seconds >= to_s - ROUNDING_S
            && (ALL_OF_IT * seconds..=seconds + ROUNDING_S).contains(&others_s)
    };
    if activity.laps.len() < 3 || activity.laps.iter().filter(|lap| is_whole(lap)).count() != 1 {
        return;
    }
    let laps = activity.laps.iter().filter(|lap| !is_whole(lap)).cloned().collect();
    activity.laps = laps;
    let text = "a lap of the whole recording beside those of its parts, counted once";
    activity.notes.push(Note::new(NoteKind::Distance, text));
}

#[cfg(test)]
mod tests {
    use super::super::tests::{empty, has_note};
    use super::*;
    use crate::activity::{Format, Samples, Totals};

    /// Fifteen minutes at 2.8 m/s, ten of standing with a sample each `every_s` or none, and
    /// fifteen more.
    fn stopped(every_s: Option<usize>, lap_metres: Option<f64>, sway_m: f64) -> Activity {
        let standing = every_s.map_or(0..0, |_| 901..1500).step_by(every_s.unwrap_or(1));
        let seconds: Vec<usize> = (0..=900).step_by(5).chain(standing).chain((1500..=2400).step_by(5)).collect();
        let metres = |s: &usize| match *s {
            s @ 0..=900 => 2.8 * s as f64,
            s @ 901..1500 => 2520.0 + sway_m * (s % 2) as f64,
            s => 2.8 * (s - 600) as f64,
        };
        let mut activity = empty(Format::Tcx, Samples::new(seconds.iter().map(|s| *s as f64).collect()));
        activity.samples.set(Channel::Distance, seconds.iter().map(metres).collect());
        let lap = |start_s, seconds, metres| Lap {
            start_s,
            totals: Totals { timer_s: Some(seconds), distance_m: metres, ..Totals::default() },
        };
        let half = Some(2520.0);
        activity.laps = vec![lap(0.0, 900.0, half), lap(900.0, 600.0, lap_metres), lap(1500.0, 900.0, half)];
        activity
    }

    #[test]
    fn a_lap_without_metres_is_a_pause_with_samples_or_without() {
        for every_s in [None, Some(1), Some(60)] {
            for metres in [None, Some(0.0), Some(5.0)] {
                for (witness, timer_s) in
                    [(Witness::Document, Some(2400.0)), (Witness::Summary, Some(1800.0)), (Witness::Summary, None)]
                {
                    let mut activity = stopped(every_s, metres, 2.0);
                    (activity.summary, activity.totals.timer_s) = (witness, timer_s);
                    make_pauses(&mut activity);
                    assert_eq!(activity.pauses, [Span { from_s: 900.0, to_s: 1500.0 }], "{every_s:?}, {metres:?}");
                    assert_eq!((activity.laps.len(), activity.totals.timer_s), (2, timer_s.map(|_| 1800.0)));
                }
            }
        }
    }

    #[test]
    fn the_device_s_own_timer_and_other_sports_know_no_such_pause() {
        let mut counted = stopped(None, None, 2.0);
        (counted.summary, counted.totals.timer_s) = (Witness::Summary, Some(2400.0));
        let mut swum = stopped(None, None, 2.0);
        swum.sport = Sport::Swimming;
        for mut activity in [counted, swum] {
            make_pauses(&mut activity);
            assert_eq!((activity.pauses.len(), activity.laps.len()), (0, 3), "{}", activity.sport.name());
        }
    }

    #[test]
    fn a_lap_in_which_somebody_ran_is_none() {
        let kept = |mut activity: Activity| {
            make_pauses(&mut activity);
            activity.pauses.is_empty()
        };
        assert!(kept(stopped(None, Some(1500.0), 0.0)));
        assert!(kept(stopped(Some(5), None, 400.0)), "the samples got somewhere");
        let mut silent = stopped(Some(5), None, 0.0);
        silent.samples.clear(Channel::Distance);
        assert!(kept(silent), "nothing says that they stood");
    }

    #[test]
    fn a_lap_that_stands_twice_counts_once() {
        let mut activity = stopped(None, Some(1500.0), 0.0);
        let twice = activity.laps.clone();
        activity.laps.extend(twice);
        drop_doubled(&mut activity);
        assert_eq!(activity.laps.len(), 3);
        assert!(has_note(&activity, "counted once: 3"));
        let whole = Totals { timer_s: Some(2400.0), distance_m: Some(6540.0), ..Totals::default() };
        activity.laps.insert(0, Lap { start_s: 0.0, totals: whole });
        drop_whole(&mut activity);
        assert_eq!(activity.laps.len(), 3);
    }
}
