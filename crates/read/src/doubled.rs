//! Activities that stand twice in one file, as in exports that were put together by hand.

use std::collections::HashMap;

use crate::activity::{Activity, Channel, Note, NoteKind, Samples};

/// Drops each activity that an earlier one of the file equals in start, sport, totals and every
/// sample.
pub(super) fn leave_out(activities: &mut Vec<Activity>, notes: &mut Vec<Note>) {
    let mut first_at = HashMap::new();
    let mut is_copy = vec![false; activities.len()];
    for (i, activity) in activities.iter().enumerate() {
        let key = (activity.start, activity.sport, activity.samples.len());
        // Only the first of a start is looked at, so that a file made of look-alikes takes no
        // longer than others.
        let first = *first_at.entry(key).or_insert(i);
        is_copy[i] = first < i && are_equal(&activities[first], activity);
    }
    let copies = is_copy.iter().filter(|is_copy| **is_copy).count();
    if copies > 0 {
        let mut is_copy = is_copy.into_iter();
        activities.retain(|_| !is_copy.next().unwrap_or(false));
        let what = "activities that stand in the file more than once, counted once; copies left out";
        notes.push(Note::counted(NoteKind::Samples, what, copies));
    }
}

/// Whether two activities of the same start and sport tell the same. Those that tell nothing are
/// not compared.
fn are_equal(a: &Activity, b: &Activity) -> bool {
    let tells = !a.samples.is_empty() || a.totals.timer_s.or(a.totals.distance_m).is_some();
    tells && a.sub_sport == b.sub_sport && a.totals == b.totals && have_equal_samples(&a.samples, &b.samples)
}

fn have_equal_samples(a: &Samples, b: &Samples) -> bool {
    let is_equal = |a: &[f64], b: &[f64]| a.iter().map(|v| v.to_bits()).eq(b.iter().map(|v| v.to_bits()));
    let is_equal_in = |channel| match (a.column(channel), b.column(channel)) {
        (Some(a), Some(b)) => is_equal(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    is_equal(a.time_s(), b.time_s()) && Channel::ALL.iter().copied().all(is_equal_in)
}

#[cfg(test)]
mod tests {
    use super::super::read;

    fn track(latitude: u32) -> String {
        let point =
            |second: u32| format!("<trkpt lat='{latitude}' lon='-40'><time>2026-05-09T07:00:0{second}Z</time></trkpt>");
        format!("<trk><type>running</type><trkseg>{}{}</trkseg></trk>", point(0), point(5))
    }

    #[test]
    fn an_activity_that_stands_twice_counts_once_and_is_told() {
        let gpx = format!("<gpx>{}{}{}</gpx>", track(30), track(31), track(30));
        let contents = read(gpx.as_bytes()).expect("tracks");
        assert_eq!(contents.activities.len(), 2, "two runners of one start are two");
        assert!(contents.notes.iter().any(|note| note.text.ends_with("copies left out: 1")), "{:?}", contents.notes);
    }
}
