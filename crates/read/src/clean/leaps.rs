//! A clock that was set while it recorded: what was recorded after the leap belongs where the
//! device's own count of seconds puts it.

use super::goes_on;
use super::strays::LONGEST_SILENCE_S;
use crate::activity::{Activity, Note, NoteKind, Samples, Totals};

/// A shorter silence is one (seconds).
const SHORTEST_LEAP_S: f64 = 300.0;

/// The device's elapsed time and its samples may differ by this (seconds, and as a share).
const SLACK_S: f64 = 60.0;
const SLACK: f64 = 0.03;

/// More leaps are no clock that was set.
const MOST_LEAPS: usize = 4;

/// So many of the longest silences may be leaps.
const MOST_LOOKED_AT: usize = 16;

/// More parts are no outings that somebody put into one file.
const MOST_PARTS: usize = 1000;

/// A silence of which the timer stood for this share is a pause.
const PAUSED: f64 = 0.8;

/// Laps count no pauses: only a silence that nobody sits out is a leap by them (seconds).
const LONGEST_PAUSE_S: f64 = 20.0 * 3600.0;

/// A part of fewer samples is no recording of its own.
const FEWEST_SAMPLES: usize = 10;

/// Moves what was recorded after leaps of the clock back to where the device's own time has it, or
/// where the way plainly goes on.
pub(super) fn move_back(activity: &mut Activity) {
    match counted_by_device(activity) {
        Some(counted) if activity.totals.elapsed_s.is_some() => by_device(activity, counted),
        counted => {
            if let Some(counted) = counted {
                by_device(activity, counted);
            }
            by_way(activity);
        }
    }
}

/// The longest silences of more than `shortest_s` that are no pauses, as (first sample after,
/// seconds), longest first.
fn silences(activity: &Activity, shortest_s: f64) -> Vec<(usize, f64)> {
    let time = activity.samples.time_s();
    let is_pause = |i: usize| {
        let paused =
            activity.pauses.iter().map(|pause| (pause.to_s.min(time[i]) - pause.from_s.max(time[i - 1])).max(0.0));
        paused.sum::<f64>() >= PAUSED * (time[i] - time[i - 1])
    };
    let gaps = (1..time.len()).map(|i| (i, time[i] - time[i - 1])).filter(|(_, gap)| *gap > shortest_s);
    let mut gaps: Vec<(usize, f64)> = gaps.collect();
    gaps.sort_by(|a, b| b.1.total_cmp(&a.1));
    // Each of these is held against all pauses.
    gaps.into_iter().take(MOST_LOOKED_AT).filter(|(i, _)| !is_pause(*i)).collect()
}

fn by_device(activity: &mut Activity, (lasted_s, shortest_s): (f64, f64)) {
    let time = activity.samples.time_s();
    let (Some(&first), Some(&last)) = (time.first(), time.last()) else { return };
    let slack_s = SLACK_S + SLACK * lasted_s;
    let mut too_long_s = last - first.min(0.0) - lasted_s;
    if too_long_s <= slack_s.max(shortest_s) {
        return;
    }
    let interval_s = crate::sample_time::median_interval_s(time);
    let mut leaps: Vec<(usize, f64)> = Vec::new();
    for (at, gap) in silences(activity, shortest_s).into_iter().take(MOST_LEAPS) {
        if too_long_s <= slack_s {
            break;
        }
        leaps.push((at, gap - interval_s));
        too_long_s -= gap - interval_s;
    }
    if leaps.is_empty() || too_long_s.abs() > slack_s {
        return;
    }
    let total_s: f64 = leaps.iter().map(|(_, by)| by).sum();
    leaps.sort_unstable_by_key(|(at, _)| *at);
    shift(activity, &leaps, lasted_s + slack_s);
    let text = format!(
        "the clock leapt by {} in the recording; its {lasted_s:.0} s follow one another, as the device counted them",
        duration(total_s)
    );
    activity.notes.push(Note::new(NoteKind::Clock, text));
}

/// Moves back what follows where the next sample is one step away and the runner goes on as before.
fn by_way(activity: &mut Activity) {
    let interval_s = crate::sample_time::median_interval_s(activity.samples.time_s());
    let silences = silences(activity, SHORTEST_LEAP_S).into_iter();
    let leaps = silences.filter(|(at, _)| goes_on::is_leap(activity, *at)).map(|(at, gap)| (at, gap - interval_s));
    let mut leaps: Vec<(usize, f64)> = leaps.take(MOST_LEAPS).collect();
    let Some(&(first_at, _)) = leaps.iter().min_by_key(|(at, _)| *at) else { return };
    leaps.sort_unstable_by_key(|(at, _)| *at);
    let total_s: f64 = leaps.iter().map(|(_, by)| by).sum();
    // A few samples before all others have the wrong clock themselves.
    let is_early = (first_at as f64) <= EARLY_SHARE * activity.samples.len() as f64;
    let later_s = if is_early { leaps[0].1 } else { 0.0 };
    shift(activity, &leaps, 0.0);
    activity.start = activity.start.plus_seconds(later_s);
    let text = format!(
        "the clock leapt by {} in the recording, and the way goes on; what follows is moved back",
        duration(total_s)
    );
    activity.notes.push(Note::new(NoteKind::Clock, text));
}

/// Samples before a leap that are no more than this share of all are the ones on a wrong clock.
const EARLY_SHARE: f64 = 0.05;

/// How long the device itself says that the recording lasted, and from which silence on a leap can
/// be told by it.
fn counted_by_device(activity: &Activity) -> Option<(f64, f64)> {
    if let Some(elapsed_s) = activity.totals.elapsed_s {
        let lasted_s = elapsed_s.max(activity.totals.timer_s.unwrap_or(0.0));
        return Some((lasted_s, SHORTEST_LEAP_S));
    }
    let laps = activity.laps.iter().map(|lap| lap.totals.timer_s).sum::<Option<f64>>();
    let timer_s = activity.totals.timer_s.or(laps).filter(|seconds| *seconds > 0.0)?;
    Some((timer_s, LONGEST_PAUSE_S))
}

/// Takes leaps, as (first sample after, seconds), out of all times.
fn shift(activity: &mut Activity, leaps: &[(usize, f64)], lasted_s: f64) {
    let time = activity.samples.time_s().to_vec();
    let total_s: f64 = leaps.iter().map(|(_, by)| by).sum();
    let starts: Vec<f64> = leaps.iter().map(|(at, _)| time[*at]).collect();
    // Where the start of the activity belongs to what came after the leap, what came before it
    // moves.
    let is_before = time[0] < -SHORTEST_LEAP_S && starts.iter().all(|start| *start <= lasted_s);
    let moved = |seconds: f64| {
        let passed = starts.iter().take_while(|start| seconds >= **start - 1.0).count();
        let later_s: f64 = leaps[..passed].iter().map(|(_, by)| by).sum();
        if is_before { seconds + total_s - later_s } else { seconds - later_s }
    };
    let moved_times: Vec<f64> = time.iter().map(|seconds| moved(*seconds)).collect();
    activity.samples.retime(moved_times);
    for pause in &mut activity.pauses {
        (pause.from_s, pause.to_s) = (moved(pause.from_s), moved(pause.to_s));
    }
    // Of a pause over a leap nobody knows where it ended.
    activity.pauses.retain(|pause| pause.to_s > pause.from_s);
    activity.laps.iter_mut().for_each(|lap| lap.start_s = moved(lap.start_s));
    for split in &mut activity.splits {
        let seconds = split.span.to_s - split.span.from_s;
        split.span.from_s = moved(split.span.from_s);
        split.span.to_s = split.span.from_s + seconds;
    }
}

/// Parts a recording where its clock leapt and nothing says by how much: each part keeps its own
/// time.
///
/// Where the device itself counted as long as the samples last, it is one.
pub(super) fn part(mut activity: Activity) -> Vec<Activity> {
    let time = activity.samples.time_s();
    let last_s = time.last().copied().unwrap_or(0.0);
    let lasted_s = activity.totals.elapsed_s.unwrap_or(0.0);
    let silences: Vec<usize> = (1..time.len()).filter(|&i| time[i] - time[i - 1] > LONGEST_SILENCE_S).collect();
    if silences.is_empty() || silences.len() > MOST_PARTS || lasted_s >= last_s - LONGEST_SILENCE_S {
        return vec![activity];
    }
    let text = format!(
        "the recording falls silent for {} and goes on; the parts are kept apart",
        duration(time[silences[0]] - time[silences[0] - 1])
    );
    activity.notes.push(Note::new(NoteKind::Clock, text));
    // What was summed up over all of it, or over a lap, is of no one part.
    activity.totals = Totals::default();
    activity.laps.clear();
    let mut lost = 0;
    let mut parts = Vec::new();
    for &at in silences.iter().rev() {
        let later = activity.samples.split_off(at);
        if later.len() >= FEWEST_SAMPLES {
            parts.push(later_part(&mut activity, later));
        } else {
            lost += later.len();
        }
    }
    if lost > 0 {
        let what = "samples left out, too few for a recording of their own";
        activity.notes.push(Note::counted(NoteKind::Samples, what, lost));
    }
    parts.push(activity);
    parts.reverse();
    parts
}

/// The part of `activity` that `samples` are, cut out of its laps and pauses.
fn later_part(activity: &mut Activity, mut samples: Samples) -> Activity {
    let from_s = samples.time_s()[0];
    let moved: Vec<f64> = samples.time_s().iter().map(|seconds| seconds - from_s).collect();
    samples.retime(moved);
    let mut part = Activity { samples, ..activity.clone_without_samples() };
    part.start = activity.start.plus_seconds(from_s);
    part.pauses.retain(|pause| pause.from_s >= from_s);
    part.splits.retain(|split| split.span.from_s >= from_s);
    for span in part.pauses.iter_mut().chain(part.splits.iter_mut().map(|split| &mut split.span)) {
        (span.from_s, span.to_s) = (span.from_s - from_s, span.to_s - from_s);
    }
    activity.pauses.retain(|pause| pause.to_s < from_s);
    activity.splits.retain(|split| split.span.from_s < from_s);
    part
}

fn duration(seconds: f64) -> String {
    let hours = seconds / 3600.0;
    if hours >= 48.0 { format!("{:.0} days", hours / 24.0) } else { format!("{hours:.1} hours") }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{empty, has_note};
    use super::*;
    use crate::activity::{Channel, Format, Lap};

    const DAYS_20_S: f64 = 20.0 * 86_400.0;

    /// Half an hour, a sample every ten seconds, whose clock leaps by `leap_s` after a third.
    fn leaping(leap_s: f64) -> Activity {
        let time = (0..=180).map(|i| f64::from(i) * 10.0 + if i > 60 { leap_s } else { 0.0 });
        let mut activity = empty(Format::Fit, Samples::new(time.collect()));
        activity.samples.set(Channel::HeartRate, vec![140.0; 181]);
        activity
    }

    #[test]
    fn what_comes_after_a_leap_is_moved_back_by_the_device_s_own_time() {
        for leap_s in [3600.0, DAYS_20_S] {
            let mut activity = leaping(leap_s);
            activity.totals.elapsed_s = Some(1800.0);
            activity.laps = vec![Lap { start_s: 900.0 + leap_s, ..Lap::default() }];
            move_back(&mut activity);
            assert_eq!(activity.elapsed_s(), Some(1800.0), "{leap_s}");
            assert_eq!(activity.laps[0].start_s, 900.0);
            assert!(has_note(&activity, "the clock leapt by"));
            assert_eq!(part(activity).len(), 1);
        }
    }

    #[test]
    fn a_clock_that_was_set_forward_after_the_start_moves_what_came_before() {
        let mut activity = leaping(DAYS_20_S);
        // The summary begins with the clock as it was set.
        activity.start = activity.start.plus_seconds(DAYS_20_S);
        let earlier: Vec<f64> = activity.samples.time_s().iter().map(|s| s - DAYS_20_S).collect();
        activity.samples.retime(earlier);
        activity.totals.elapsed_s = Some(1800.0);
        move_back(&mut activity);
        assert_eq!((activity.samples.time_s()[0], activity.elapsed_s()), (0.0, Some(1800.0)));
    }

    /// Half an hour at 2.8 m/s without a word of the device.
    fn running(leap_s: f64) -> Activity {
        let mut activity = leaping(leap_s);
        activity.samples.set(Channel::Distance, (0..=180).map(|i| f64::from(i) * 28.0).collect());
        activity
    }

    #[test]
    fn the_way_tells_a_leap_where_the_runner_goes_on_as_before() {
        for leap_s in [1800.0, 3600.0, 7.0 * 3600.0, 9_876.0, DAYS_20_S] {
            let mut activity = running(leap_s);
            move_back(&mut activity);
            assert_eq!(activity.elapsed_s(), Some(1800.0), "{leap_s}");
            assert!(has_note(&activity, "the way goes on"));
        }
    }

    #[test]
    fn a_rest_at_a_stop_is_none() {
        let stays = |activity: Activity| {
            let before = activity.samples.time_s().to_vec();
            let mut after = activity;
            move_back(&mut after);
            assert_eq!(after.samples.time_s(), before);
        };
        stays(running(2_000.0));
        let mut cooled = running(3600.0);
        cooled.samples.column_mut(Channel::HeartRate)[61..].fill(105.0);
        stays(cooled);
        let mut elsewhere = running(3600.0);
        elsewhere.samples.column_mut(Channel::Distance)[61..].iter_mut().for_each(|metres| *metres += 400.0);
        stays(elsewhere);
        let mut paused = running(3600.0);
        paused.pauses = vec![crate::activity::Span { from_s: 600.0, to_s: 4210.0 }];
        stays(paused);
    }

    #[test]
    fn a_first_sample_on_another_clock_is_moved_to_all_others() {
        let time = (0..=180).map(|i| f64::from(i) * 10.0 + if i > 0 { 3600.0 } else { 0.0 });
        let mut activity = empty(Format::Gpx, Samples::new(time.collect()));
        activity.samples.set(Channel::Distance, (0..=180).map(|i| f64::from(i) * 28.0).collect());
        let start = activity.start;
        move_back(&mut activity);
        assert_eq!((activity.elapsed_s(), activity.start), (Some(1800.0), start.plus_seconds(3600.0)));
    }

    #[test]
    fn a_silence_of_which_the_device_knows_stays() {
        let mut activity = leaping(3600.0);
        activity.totals.elapsed_s = Some(5400.0);
        let before = activity.samples.time_s().to_vec();
        move_back(&mut activity);
        assert_eq!(activity.samples.time_s(), before);
    }

    #[test]
    fn without_a_word_of_the_device_the_parts_are_kept_apart() {
        let mut activity = leaping(DAYS_20_S);
        let start = activity.start;
        move_back(&mut activity);
        let parts = part(activity);
        assert_eq!(parts.iter().map(|part| part.samples.len()).collect::<Vec<_>>(), [61, 120]);
        assert_eq!(parts[1].start.seconds_since(start), DAYS_20_S + 610.0);
        assert!(parts.iter().all(|part| has_note(part, "kept apart")));
    }
}
