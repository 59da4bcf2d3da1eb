//! Samples that a wrong clock put hours or years away from all others.

use crate::activity::{Activity, Note, NoteKind};

/// A silence this long (seconds) lies between recordings, not within one.
pub(super) const LONGEST_SILENCE_S: f64 = 12.0 * 3600.0;

/// Strays are at most this share of the samples; more of them are the second day of a long outing.
const STRAY_SHARE: f64 = 0.05;

/// Drops strays. Left in, they would make a recording that seems to last over other days' runs.
pub(super) fn leave_out(activity: &mut Activity) {
    let time = activity.samples.time_s();
    let (Some(first), Some(last)) = (time.first(), time.last()) else { return };
    if last - first <= LONGEST_SILENCE_S {
        return;
    }
    let mut begins = vec![0];
    begins.extend((1..time.len()).filter(|&i| time[i] - time[i - 1] > LONGEST_SILENCE_S));
    begins.push(time.len());
    let blocks = begins.windows(2).map(|pair| pair[0]..pair[1]);
    let Some(main) = blocks.max_by_key(ExactSizeIterator::len) else { return };
    let strays = time.len() - main.len();
    if strays == 0 || strays as f64 > STRAY_SHARE * time.len() as f64 {
        return;
    }
    // Where the start was a stray too, the recording begins with what is left.
    let first = time[main.start];
    let late_s = if first.abs() > LONGEST_SILENCE_S { first } else { 0.0 };
    activity.start = activity.start.plus_seconds(late_s);
    activity.samples.keep(main, late_s);
    activity.pauses.iter_mut().for_each(|pause| {
        pause.from_s -= late_s;
        pause.to_s -= late_s;
    });
    activity.pauses.retain(|pause| pause.from_s.abs() < LONGEST_SILENCE_S);
    activity.laps.iter_mut().for_each(|lap| lap.start_s -= late_s);
    let text = format!("samples left out, hours away from all others by their clock: {strays}");
    activity.notes.push(Note::new(NoteKind::Samples, text));
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
}
