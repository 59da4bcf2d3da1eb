//! Times that a file gives to the minute only.

use crate::activity::{Activity, Note, NoteKind};

const MINUTE_S: f64 = 60.0;

/// Fewer samples a minute than this are a sparse recording, and no loss of seconds.
const FEWEST_A_MINUTE: f64 = 1.5;

/// Spreads samples whose times are all whole minutes evenly over their minutes.
///
/// Left as they are, all metres of a minute would be run in no time.
pub(super) fn spread(activity: &mut Activity) {
    let time = activity.samples.time_s();
    let is_whole = |seconds: &f64| {
        let ms = activity.start.unix_ms() + (seconds * 1000.0).round() as i64;
        ms % 60_000 == 0
    };
    if time.len() < 4 || !time.iter().all(is_whole) {
        return;
    }
    let minutes: Vec<(f64, usize)> = time.chunk_by(|a, b| a == b).map(|minute| (minute[0], minute.len())).collect();
    if (time.len() as f64) < FEWEST_A_MINUTE * minutes.len() as f64 || minutes.len() < 2 {
        return;
    }
    let mut spread = Vec::with_capacity(time.len());
    for (i, &(from_s, count)) in minutes.iter().enumerate() {
        // The first and the last minute may be cut short: there samples are as dense as next to
        // them.
        let neighbour = |j: Option<usize>| j.and_then(|j| minutes.get(j)).map_or(0, |minute| minute.1);
        let is_first = i == 0;
        let is_last = i + 1 == minutes.len();
        let dense = match (is_first, is_last) {
            (true, _) => count.max(neighbour(Some(1))),
            (_, true) => count.max(neighbour(i.checked_sub(1))),
            _ => count,
        };
        let step_s = MINUTE_S / dense as f64;
        let late_s = if is_first { MINUTE_S - step_s * count as f64 } else { 0.0 };
        spread.extend((0..count).map(|k| from_s + late_s + step_s * k as f64));
    }
    activity.samples.retime(spread);
    let text = "the times in the file are whole minutes; the samples of each are spread evenly over it";
    activity.notes.push(Note::new(NoteKind::Clock, text));
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;
    use crate::activity::{Format, Samples};
    use crate::time::Timestamp;

    fn spread_of(time: &[f64]) -> Vec<f64> {
        let mut activity = empty(Format::Gpx, Samples::new(time.to_vec()));
        activity.start = Timestamp::from_unix_s(1_700_000_040).expect("a whole minute");
        spread(&mut activity);
        activity.samples.time_s().to_vec()
    }

    #[test]
    fn samples_of_one_minute_are_spread_over_it() {
        let minutes = [0.0, 60.0, 60.0, 60.0, 60.0, 120.0, 120.0];
        assert_eq!(spread_of(&minutes), [45.0, 60.0, 75.0, 90.0, 105.0, 120.0, 135.0]);
        let sparse = [0.0, 60.0, 120.0, 180.0, 240.0];
        assert_eq!(spread_of(&sparse), sparse, "a sample a minute is one");
        let exact = [0.0, 0.0, 60.0, 61.0];
        assert_eq!(spread_of(&exact), exact, "seconds are known");
    }
}
