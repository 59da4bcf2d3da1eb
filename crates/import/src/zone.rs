//! Which zone dates a run whose file names none: that of its first position, else the one asked
//! for.

use kneewise_read::activity::{Activity, Channel, Device, Note, NoteKind};
use kneewise_read::sport::SubSport;
use kneewise_read::time::{Timestamp, Zone};

use crate::item::Item;

/// Runs no further apart than this (days) are in one zone, where nothing else says.
const NEIGHBOUR_S: f64 = 7.0 * 86_400.0;

/// Offsets that differ by less (seconds) do not disagree: a device's count of its local time may be
/// off by some.
const OTHER_CLOCK_S: i32 = 15 * 60;

/// The zone for `activity`; `asked` is for those that lie nowhere that is known.
///
/// Where the file says what the runner's clock showed, nothing is looked up. The place of a virtual
/// run dates nothing.
pub fn of(activity: &Activity, asked: Option<&Zone>) -> Option<Zone> {
    if activity.utc_offset_s.is_some() {
        return None;
    }
    if is_made_up(activity) {
        return asked.cloned().map(Zone::instead_of_made_up_place);
    }
    place(activity).or_else(|| asked.cloned())
}

/// What a reader should know of how `activity` is dated: where its file, its place and what was
/// asked for disagree, and that a place is made up where nothing else says.
pub fn note(activity: &Activity, asked: Option<&Zone>) -> Option<Note> {
    let own = activity.utc_offset_s;
    let made_up = is_made_up(activity);
    if made_up && own.is_none() && asked.is_none() {
        return Some(Note::new(NoteKind::Zone, "its place is in a virtual world without a time zone"));
    }
    let place = if made_up { None } else { place(activity) };
    let at = |zone: &Zone| (zone.offset_s_at(activity.start), zone.name().to_owned());
    let disagree = |a: i32, b: i32| (a - b).abs() >= OTHER_CLOCK_S;
    let text = match (own, place.as_ref().map(at), asked.map(at)) {
        (Some(own), Some((there, name)), _) if disagree(own, there) => format!(
            "the file's clock was {} from UTC, the one at its start position ({name}) {}; the file's counts",
            hours(own),
            hours(there)
        ),
        (Some(own), None, Some((asked, name))) if disagree(own, asked) => format!(
            "the file's clock was {} from UTC, the one asked for ({name}) {}; the file's counts",
            hours(own),
            hours(asked)
        ),
        (None, Some((there, name)), Some((asked, wanted))) if disagree(there, asked) => format!(
            "the clock at its start position ({name}) was {} from UTC, the one asked for ({wanted}) {}; the position counts",
            hours(there),
            hours(asked)
        ),
        _ => return None,
    };
    Some(Note::new(NoteKind::Zone, text))
}

/// `+05:45`.
fn hours(offset_s: i32) -> String {
    let sign = if offset_s < 0 { '-' } else { '+' };
    let minutes = offset_s.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Whether the positions of an activity are those of a world that somebody made up.
pub(crate) fn is_made_up(activity: &Activity) -> bool {
    let is_of_zwift = |device: &Device| {
        [&device.manufacturer, &device.product].iter().any(|name| name.to_lowercase().contains("zwift"))
    };
    activity.sub_sport == SubSport::VirtualActivity
        || activity.device.as_ref().is_some_and(is_of_zwift)
        || first_position(activity).is_some_and(is_in_made_up_world)
}

/// Where Zwift laid its worlds, south, west, north and east: Watopia, Crit City, the Makuri Islands
/// and its France lie on and around small islands of the Pacific. Its other worlds are copies of
/// real places.
const MADE_UP_WORLDS: [[f64; 4]; 4] = [
    [-11.80, 166.85, -11.60, 167.05],
    [-10.42, 165.76, -10.34, 165.84],
    [-10.87, 165.76, -10.71, 165.90],
    [-21.78, 166.12, -21.62, 166.28],
];

fn is_in_made_up_world((north, east): (f64, f64)) -> bool {
    MADE_UP_WORLDS.iter().any(|[s, w, n, e]| (*s..=*n).contains(&north) && (*w..=*e).contains(&east))
}

/// Dates runs that lie in no zone, and of whose place nothing is known, by the clock of the nearest
/// other recording within a week.
pub(crate) fn date_by_neighbours(items: &mut [Item]) {
    let recorded = |items: &[Item]| -> Vec<(Timestamp, i32)> {
        let all = items.iter().filter(|item| !item.is_hand_kept).flat_map(|item| &item.recordings);
        let known = all.filter(|recording| recording.is_zone_known);
        known.filter_map(|recording| Some((recording.start, recording.recorded()?.utc_offset_s))).collect()
    };
    if !items.iter().flat_map(|item| &item.recordings).any(|recording| recording.is_made_up && !recording.is_zone_known)
    {
        return;
    }
    let mut known = recorded(items);
    known.sort_unstable();
    for item in items.iter_mut().filter(|item| !item.is_hand_kept) {
        for (recording, row) in item.recordings.iter_mut().zip(&mut item.row.activities) {
            if !recording.is_made_up || recording.is_zone_known {
                continue;
            }
            let i = known.partition_point(|(start, _)| *start < recording.start);
            let near = |(start, _): &&(Timestamp, i32)| start.seconds_since(recording.start).abs();
            let around = known[..i].last().into_iter().chain(known.get(i));
            let nearest = around.min_by(|a, b| near(a).total_cmp(&near(b))).filter(|other| near(other) <= NEIGHBOUR_S);
            let Some(&(start, offset_s)) = nearest else { continue };
            let text = format!(
                "its date uses the clock {} from UTC, that of the nearest run, {}",
                hours(offset_s),
                start.date_at_offset(offset_s)
            );
            // The parts of it that no other recording has are dated as it is.
            for part in &mut recording.more {
                part.date_by(offset_s, Note::new(NoteKind::Zone, text.clone()));
            }
            row.local_date = Some(recording.start.date_at_offset(offset_s));
            if let Some(run) = recording.recorded_mut() {
                run.date_by(offset_s, Note::new(NoteKind::Zone, text));
            }
        }
    }
}

/// The zone at an activity's first position.
fn place(activity: &Activity) -> Option<Zone> {
    first_position(activity).and_then(|(north, east)| at(north, east))
}

/// Degrees north and east of the first sample that has both.
fn first_position(activity: &Activity) -> Option<(f64, f64)> {
    let east = activity.samples.column(Channel::Longitude)?;
    let mut positions = activity.samples.recorded(Channel::Latitude).map(|(i, north)| (north, east[i]));
    positions.find(|(_, east)| !east.is_nan())
}

/// The zone of a place on land or near a coast.
///
/// The open sea has none: what a ship's clock shows is the captain's to say, not the meridian's.
#[cfg(feature = "tz-lookup")]
fn at(north: f64, east: f64) -> Option<Zone> {
    use std::sync::LazyLock;
    use tzf_rs::EmbeddedFinder;

    /// Opens in some 5 ms and answers in microseconds. There is one question an activity, and none
    /// for most.
    static FINDER: LazyLock<EmbeddedFinder> = LazyLock::new(EmbeddedFinder::new);

    // Longitude comes first here.
    let name = FINDER.get_tz_name(east, north);
    if name.is_empty() || name.starts_with("Etc/") {
        return None;
    }
    Zone::named(name).ok().map(Zone::of_start_position)
}

#[cfg(not(feature = "tz-lookup"))]
fn at(_north: f64, _east: f64) -> Option<Zone> {
    None
}

#[cfg(all(test, feature = "tz-lookup"))]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_the_map_is_known_to_the_calendar() {
        let names = tzf_rs::EmbeddedFinder::new().timezonenames().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(names.len() > 300, "{}", names.len());
        for name in names {
            assert!(Zone::named(&name).is_ok(), "{name}");
        }
    }

    #[test]
    fn north_and_east_are_not_mixed_up() {
        let summer = "2026-07-01T12:00:00Z";
        let offset_h = |north: f64, east: f64| {
            let time = Timestamp::parse_iso8601(summer).expect("a time").0;
            at(north, east).map(|zone| f64::from(zone.offset_s_at(time)) / 3600.0)
        };
        assert_eq!(offset_h(46.5, 8.0), Some(2.0), "the Alps");
        assert_eq!(offset_h(8.0, 46.5), Some(3.0), "the Horn of Africa");
        assert_eq!(offset_h(28.0, 84.5), Some(5.75), "the Himalaya");
        assert_eq!(offset_h(30.0, -40.0), None, "the Atlantic");
        assert_eq!((offset_h(0.0, 0.0), offset_h(95.0, 8.0), offset_h(f64::NAN, 8.0)), (None, None, None));
    }
}
