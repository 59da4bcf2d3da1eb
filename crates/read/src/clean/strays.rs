//! Samples that a wrong clock put hours or years away from all others.

use crate::activity::{Activity, Note, NoteKind};

/// A silence this long (seconds) lies between recordings, not within one.
pub(super) const LONGEST_SILENCE_S: f64 = 12.0 * 3600.0;

/// Strays are at most this share of the samples; more of them are the second day of a long outing.
const STRAY_SHARE: f64 = 0.05;

/// Drops strays. Left in, they would make a recording that seems to last over other days' runs.
/// What a clock that was not yet set put before the year 2000 is astray however much it is, where
/// the rest is dated.
pub(super) fn leave_out(activity: &mut Activity) {
    let time = activity.samples.time_s();
    let (Some(first), Some(last)) = (time.first(), time.last()) else { return };
    if last - first <= LONGEST_SILENCE_S {
        return;
    }
    let undated = time.partition_point(|seconds| !activity.start.plus_seconds(*seconds).is_of_a_set_clock());
    // Where nothing is dated, nothing stands out.
    let from = if undated < time.len() { undated } else { 0 };
    let mut begins = vec![from];
    begins.extend((from + 1..time.len()).filter(|&i| time[i] - time[i - 1] > LONGEST_SILENCE_S));
    begins.push(time.len());
    let blocks = begins.windows(2).map(|pair| pair[0]..pair[1]);
    let Some(main) = blocks.max_by_key(ExactSizeIterator::len) else { return };
    let dated = from..time.len();
    let is_few = (dated.len() - main.len()) as f64 <= STRAY_SHARE * dated.len() as f64;
    let kept = if is_few { main } else { dated };
    let strays = time.len() - kept.len();
    if strays == 0 {
        return;
    }
    // Where the start was a stray too, the recording begins with what is left.
    let first = time[kept.start];
    let late_s = if first.abs() > LONGEST_SILENCE_S { first } else { 0.0 };
    activity.start = activity.start.plus_seconds(late_s);
    activity.samples.keep(kept, late_s);
    activity.pauses.iter_mut().for_each(|pause| {
        pause.from_s -= late_s;
        pause.to_s -= late_s;
    });
    activity.pauses.retain(|pause| pause.from_s.abs() < LONGEST_SILENCE_S);
    activity.laps.iter_mut().for_each(|lap| lap.start_s -= late_s);
    activity.laps.retain(|lap| lap.start_s.abs() < LONGEST_SILENCE_S);
    activity.splits.iter_mut().for_each(|split| {
        split.span.from_s -= late_s;
        split.span.to_s -= late_s;
    });
    activity.splits.retain(|split| split.span.from_s.abs() < LONGEST_SILENCE_S);
    let what = "samples left out, hours away from all others by their clock";
    activity.notes.push(Note::counted(NoteKind::Samples, what, strays));
}

#[cfg(test)]
mod tests {
    use super::super::tests::{empty, has_note};
    use super::*;
    use crate::activity::{Channel, Format, Samples};

    #[test]
    fn a_stray_clock_does_not_stretch_a_recording_over_other_days() {
        let time = (0..100).map(f64::from).chain([3e7]);
        let mut activity = empty(Format::Gpx, Samples::new(time.collect()));
        activity.samples.set(Channel::HeartRate, vec![140.0; 101]);
        leave_out(&mut activity);
        assert_eq!((activity.samples.len(), activity.elapsed_s()), (100, Some(99.0)));
        assert!(has_note(&activity, "samples left out, hours away"));
    }

    #[test]
    fn samples_from_before_the_clock_was_set_are_astray_however_many() {
        const SINCE_1989_S: f64 = 1.1e9;
        // The start as the session says it, or as the first sample does.
        for late_s in [0.0, SINCE_1989_S] {
            let time = (0..40).map(|i| f64::from(i) - SINCE_1989_S).chain((0..60).map(f64::from));
            let mut activity = empty(Format::Fit, Samples::new(time.map(|seconds| seconds + late_s).collect()));
            let start = activity.start;
            activity.start = start.plus_seconds(-late_s);
            leave_out(&mut activity);
            assert_eq!((activity.samples.len(), activity.elapsed_s()), (60, Some(59.0)));
            assert_eq!(activity.start, start);
            assert!(has_note(&activity, "by their clock: 40"));
        }
    }
}
