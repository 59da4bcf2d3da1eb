//! Totals that exporters write into a GPX document beside the points: of the document or of one
//! track.

use crate::activity::Totals;

use super::xml::number;

/// The longest name of a total (bytes).
const LONGEST_NAME: usize = 24;

/// Whether what lies in these elements is about a part of a track, a place or a plan.
pub(super) fn is_of_a_part(path: &[&[u8]]) -> bool {
    path.iter().any(|name| matches!(*name, b"wpt" | b"rte" | b"trkpt" | b"lap" | b"laps" | b"Lap" | b"Laps" | b"split"))
}

/// Takes a total by its element's name, as exporters spell it.
pub(super) fn take(totals: &mut Totals, name: &[u8], text: &[u8]) {
    let mut spelled = [0; LONGEST_NAME];
    let letters = name.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
    let mut length = 0;
    for (slot, letter) in spelled.iter_mut().zip(letters) {
        *slot = letter;
        length += 1;
    }
    let slot = match &spelled[..length] {
        b"distance" | b"totaldistance" | b"distancemeters" => &mut totals.distance_m,
        b"timertime" | b"totaltimertime" => &mut totals.timer_s,
        b"movingtime" | b"totalmovingtime" => &mut totals.moving_s,
        b"elapsedtime" | b"totalelapsedtime" | b"totaltime" | b"duration" => &mut totals.elapsed_s,
        b"averagehr" | b"avghr" | b"averageheartrate" | b"avgheartrate" => &mut totals.avg_heart_rate_bpm,
        b"maxhr" | b"maxheartrate" | b"maximumheartrate" => &mut totals.max_heart_rate_bpm,
        b"ascent" | b"totalascent" | b"elevationgain" | b"totalelevationgain" => &mut totals.ascent_m,
        b"descent" | b"totaldescent" | b"elevationloss" => &mut totals.descent_m,
        _ => return,
    };
    if let Some(value) = number(text).filter(|value| value.is_finite() && *value >= 0.0) {
        *slot = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::activity::{Activity, Channel};
    use crate::witness::{Quantity, Reason};

    /// Ten minutes at 2.8 m/s with totals in one of three places.
    fn of(place: &str, totals: &str) -> Activity {
        let point = |i: u32| {
            let (north, minute, second) = (30.0 + f64::from(i) * 28.0 / 110_852.0, i / 6, i % 6 * 10);
            format!("<trkpt lat='{north}' lon='-40'><time>2026-05-09T07:{minute:02}:{second:02}Z</time></trkpt>")
        };
        let points: String = (0..=60).map(point).collect();
        let at =
            |wanted: &str| if wanted == place { format!("<extensions>{totals}</extensions>") } else { String::new() };
        let gpx = format!(
            "<gpx><metadata>{}</metadata><trk><type>running</type>{}<trkseg>{points}</trkseg></trk>{}</gpx>",
            at("metadata"),
            at("trk"),
            at("gpx")
        );
        read(gpx.as_bytes()).expect("a track").activities.remove(0)
    }

    #[test]
    fn totals_are_found_in_the_document_its_metadata_and_the_track() {
        let strava = "<distance>5040</distance><moving_time>1800</moving_time><elapsed_time>1800</elapsed_time>";
        let garmin = "<gpxtrkx:TrackStatsExtension><gpxtrkx:Distance>5040</gpxtrkx:Distance>\
            <gpxtrkx:TimerTime>1800</gpxtrkx:TimerTime></gpxtrkx:TrackStatsExtension>";
        let plain = "<totals><totalDistance>5040</totalDistance><duration>1800</duration></totals>";
        for place in ["gpx", "metadata", "trk"] {
            for totals in [strava, garmin, plain] {
                let activity = of(place, totals);
                assert_eq!(activity.totals.distance_m, Some(5040.0), "{place}: {totals}");
                assert_eq!(activity.totals.timer_s, Some(1800.0), "{place}: {totals}");
            }
        }
        let of_a_lap = of("gpx", "<lap><distance>500</distance></lap><laps><Lap><Distance>9</Distance></Lap></laps>");
        assert_eq!(of_a_lap.totals.distance_m, None);
    }

    #[test]
    fn totals_that_contradict_themselves_are_refused_and_told() {
        let activity =
            of("trk", "<distance>5040</distance><moving_time>2400</moving_time><elapsed_time>1800</elapsed_time>");
        assert_eq!((activity.totals.distance_m, activity.totals.timer_s), (None, None));
        let metres = activity.samples.recorded(Channel::Distance).last().map(|(_, metres)| metres.round());
        assert_eq!((metres, activity.elapsed_s()), (Some(1680.0), Some(600.0)));
        let refused = activity.decisions.iter().filter(|d| d.reason == Reason::MovingOutlastsElapsed);
        assert_eq!(refused.map(|d| d.quantity).collect::<Vec<_>>(), [Quantity::TimerTime, Quantity::Distance]);
    }
}
