use super::*;
use Channel::{Distance, HeartRate, Power, Speed, StepRate, Temperature};

fn values(extensions: &str) -> Vec<(Channel, f64)> {
    let gpx = format!(
        r#"<gpx><trk><type>running</type><trkseg>
            <trkpt lat="1" lon="2"><ele>3</ele><time>2026-01-01T08:00:00Z</time>{extensions}</trkpt>
            </trkseg></trk></gpx>"#
    );
    let activity = read(gpx.as_bytes()).expect("a track").activities.remove(0);
    let value = |channel| activity.samples.column(channel).map(|column| (channel, column[0]));
    Channel::ALL.iter().copied().skip(3).filter_map(value).collect()
}

#[test]
fn sensor_values_are_found_in_every_dialect() {
    let garmin = "<extensions><ns3:TrackPointExtension><ns3:atemp>21</ns3:atemp><ns3:hr>150</ns3:hr><ns3:cad>85</ns3:cad></ns3:TrackPointExtension></extensions>";
    assert_eq!(values(garmin), [(HeartRate, 150.0), (StepRate, 85.0), (Temperature, 21.0)]);
    let strava = "<extensions><power>250</power><gpxtpx:TrackPointExtension><gpxtpx:hr>150</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions>";
    assert_eq!(values(strava), [(HeartRate, 150.0), (Power, 250.0)]);
    let suunto = "<extensions><gpxdata:hr>150</gpxdata:hr><gpxdata:cadence>85</gpxdata:cadence><gpxdata:distance>7.5</gpxdata:distance></extensions>";
    assert_eq!(values(suunto), [(Distance, 7.5), (HeartRate, 150.0), (StepRate, 85.0)]);
    let amazfit = "<extensions><heartrate>150</heartrate><cadence>170</cadence></extensions>";
    assert_eq!(values(amazfit), [(HeartRate, 150.0), (StepRate, 170.0)]);
    let second = "<extensions><gpxtpx:TrackPointExtension><gpxtpx:speed>3.5</gpxtpx:speed><gpxtpx:course>9</gpxtpx:course><gpxtpx:bearing>9</gpxtpx:bearing></gpxtpx:TrackPointExtension></extensions>";
    assert_eq!(values(second), [(Speed, 3.5)], "version 2 of Garmin's");
    let movescount = "<extensions><gpxdata:altitude>99</gpxdata:altitude><gpxdata:temp>21</gpxdata:temp><gpxdata:seaLevelPressure>1013</gpxdata:seaLevelPressure><gpxdata:verticalSpeed>1</gpxdata:verticalSpeed></extensions>";
    assert_eq!(values(movescount), [(Temperature, 21.0)]);
    let apple = "<extensions><speed>3.5</speed><course>9</course><hAcc>2</hAcc><vAcc>2</vAcc></extensions>";
    assert_eq!(values(apple), [(Speed, 3.5)]);
    let pod = "<extensions><pwr:PowerInWatts>250</pwr:PowerInWatts><opentracks:distance>12</opentracks:distance><cluetrust:distance>700</cluetrust:distance></extensions>";
    assert_eq!(values(pod), [(Distance, 700.0), (Power, 250.0)], "not the metres since the point before");
    assert_eq!(
        values(
            "<extensions><gpxpx:PowerExtension><gpxpx:PowerInWatts>250</gpxpx:PowerInWatts></gpxpx:PowerExtension></extensions>"
        ),
        [(Power, 250.0)]
    );
    assert_eq!(values("<speed>3.5</speed>"), [(Speed, 3.5)], "GPX 1.0");
    assert_eq!(values("<extensions><hr>a lot</hr></extensions>"), [], "what is no number is no value");
}

fn altitude(inner: &str) -> Option<f64> {
    let time = "<time>2026-01-01T08:00:00Z</time>";
    let gpx = format!("<gpx><trk><trkpt lat='1' lon='2'>{time}{inner}</trkpt></trk></gpx>");
    let activity = read(gpx.as_bytes()).expect("a track").activities.remove(0);
    activity.samples.column(Channel::Altitude).map(|column| column[0])
}

#[test]
fn the_altitude_of_an_extension_stands_in_for_a_missing_one() {
    let extension = "<extensions><gpxdata:altitude>99</gpxdata:altitude></extensions>";
    assert_eq!(altitude(extension), Some(99.0));
    assert_eq!(altitude(&format!("<ele>3</ele>{extension}")), Some(3.0));
    assert_eq!(altitude(&format!("{extension}<ele>3</ele>")), Some(3.0));
}

#[test]
fn a_point_whose_start_or_end_was_lost_is_kept() {
    let point = |second: u32| format!("<trkpt lat='1' lon='2'><time>2026-01-01T08:00:{second:02}Z</time>");
    let samples = |gpx: &str| read(gpx.as_bytes()).expect("a track").activities[0].samples.len();
    assert_eq!(samples(&format!("<gpx><trk>{}{}</trkpt></trk></gpx>", point(0), point(1))), 2, "between points");
    assert_eq!(samples(&format!("<gpx><trk>{}</trkpt>{}<extens", point(0), point(1))), 2, "before the cut");
    let lost_start = point(1).replacen("lat='1' lon='2'>", "lat='1' lo", 1);
    let gpx = format!("<gpx><trk><trkseg>{}</trkpt>{lost_start}</trkpt></trkseg></trk></gpx>", point(0));
    assert_eq!(samples(&gpx), 2, "whose start was lost");
    assert_eq!(samples(&format!("<gpx><tr{}</trkpt></trk></gpx>", point(0))), 1, "in a track whose start was lost");
}

#[test]
fn tracks_without_times_beside_others_are_counted() {
    let timed = "<trk><trkpt lat='1' lon='2'><time>2026-01-01T08:00:00Z</time></trkpt></trk>";
    let gpx = format!("<gpx><trk><trkpt lat='1' lon='2'/></trk>{timed}</gpx>");
    let contents = read(gpx.as_bytes()).expect("a track");
    assert_eq!(contents.activities.len(), 1);
    assert_eq!(contents.notes[0].text, "tracks left out whose points have no times: 1");
}

#[test]
fn points_without_a_time_are_left_out_and_counted() {
    let gpx = r#"<gpx><trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="1" lon="2"><time>2026-01-01T08:00:00Z</time></trkpt></trkseg></trk></gpx>"#;
    let activity = read(gpx.as_bytes()).expect("a track").activities.remove(0);
    assert_eq!(activity.samples.len(), 1);
    assert!(activity.notes.iter().any(|note| note.text == "points left out for want of a time: 1"));
}
