//! Minetti et al. 2002 (J Appl Physiol 93:1039–1046): what running cost ten runners on a treadmill,
//! as the abstract prints it.

use std::fmt::Write as _;

use kneewise_core::measure::metric::GRADE_ADJUSTED_PACE;
use kneewise_core::measure::trace::Trace;
use kneewise_core::read;

use super::within;

/// Grade, joules per kilogram and metre, and their standard deviation.
const MEASURED: [(f64, f64, f64); 4] =
    [(0.0, 3.40, 0.24), (-0.20, 1.73, 0.36), (0.45, 18.93, 1.74), (-0.45, 3.92, 0.81)];

/// What the polynomial of the paper has on the flat.
const FLAT: f64 = 3.6;

/// A track of twenty minutes due north on one slope, at 1.3 m/s, read from a file.
fn graded_pace(grade: f64) -> f64 {
    let mut gpx = "<gpx version=\"1.1\"><trk><type>running</type><trkseg>".to_owned();
    for second in 0..1200 {
        // 1.3 m of a meridian at the equator are so many degrees.
        let (metres, latitude) = (1.3 * f64::from(second), f64::from(second) * 1.3 / 110_574.39);
        let (height, minute, second) = (1000.0 + grade * metres, second / 60, second % 60);
        write!(
            gpx,
            "<trkpt lat=\"{latitude:.9}\" lon=\"-30\"><ele>{height:.3}</ele>\
             <time>2026-01-01T08:{minute:02}:{second:02}Z</time></trkpt>"
        )
        .unwrap();
    }
    gpx.push_str("</trkseg></trk></gpx>");
    let contents = read(gpx.as_bytes()).unwrap();
    GRADE_ADJUSTED_PACE.of_activity(&Trace::new(&contents.activities[0])).unwrap().value
}

#[test]
fn grade_adjusted_pace_grants_what_was_measured() {
    within(graded_pace(0.0), 1000.0 / 1.3, 1e-2);
    for (grade, measured, deviation) in MEASURED {
        within(FLAT * graded_pace(0.0) / graded_pace(grade), measured, deviation);
    }
}
