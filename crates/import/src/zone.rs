//! Which zone dates a run whose file names none: that of its first position, else the one asked for.

use kneewise_core::activity::{Activity, Channel};
use kneewise_core::time::Zone;

/// The zone for `activity`; `asked` is for those that lie nowhere that is known.
///
/// Where the file says what the runner's clock showed, nothing is looked up.
pub fn of(activity: &Activity, asked: Option<&Zone>) -> Option<Zone> {
    if activity.utc_offset_s.is_some() {
        return None;
    }
    first_position(activity).and_then(|(north, east)| at(north, east)).or_else(|| asked.cloned())
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

    /// Opens in some 5 ms and answers in microseconds. There is one question an activity, and none for most.
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
            let time = kneewise_core::time::Timestamp::parse_iso8601(summer).expect("a time").0;
            at(north, east).map(|zone| f64::from(zone.offset_s_at(time)) / 3600.0)
        };
        assert_eq!(offset_h(46.5, 8.0), Some(2.0), "the Alps");
        assert_eq!(offset_h(8.0, 46.5), Some(3.0), "the Horn of Africa");
        assert_eq!(offset_h(28.0, 84.5), Some(5.75), "the Himalaya");
        assert_eq!(offset_h(30.0, -40.0), None, "the Atlantic");
        assert_eq!((offset_h(0.0, 0.0), offset_h(95.0, 8.0), offset_h(f64::NAN, 8.0)), (None, None, None));
    }
}
