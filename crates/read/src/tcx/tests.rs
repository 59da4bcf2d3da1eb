use super::*;

fn document(inner: &str) -> Vec<u8> {
    let head = r#"<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-01-01T08:00:00Z</Id>"#;
    format!("{head}{inner}</Activity></Activities></TrainingCenterDatabase>").into_bytes()
}

fn point(second: u32) -> String {
    format!("<Trackpoint><Time>2026-01-01T08:00:{second:02}Z</Time></Trackpoint>")
}

fn pauses(inner: &str) -> Vec<(f64, f64)> {
    let contents = read(&document(inner)).expect("an activity");
    contents.activities[0].pauses.iter().map(|span| (span.from_s, span.to_s)).collect()
}

#[test]
fn a_new_track_in_a_lap_is_a_pause_and_a_new_lap_is_none() {
    let track = |from, to| format!("<Track>{}{}</Track>", point(from), point(to));
    let paused = format!("<Lap>{}{}</Lap>", track(0, 10), track(30, 40));
    assert_eq!(pauses(&paused), [(10.0, 30.0)]);
    let laps = format!("<Lap>{}</Lap><Lap>{}</Lap>", track(0, 10), track(18, 40));
    assert_eq!(pauses(&laps), []);
}

/// Points ten seconds apart with these distances (metres).
fn track(from_second: usize, metres: &[f64]) -> String {
    let point = |(i, metres): (usize, &f64)| {
        let second = from_second + 10 * i;
        let (minutes, seconds) = (second / 60, second % 60);
        format!(
            "<Trackpoint><Time>2026-01-01T08:{minutes:02}:{seconds:02}Z</Time><DistanceMeters>{metres}</DistanceMeters></Trackpoint>"
        )
    };
    format!("<Track>{}</Track>", metres.iter().enumerate().map(point).collect::<String>())
}

fn distances(activity: &Activity) -> Vec<f64> {
    activity.samples.recorded(Channel::Distance).map(|(_, metres)| metres).collect()
}

#[test]
fn a_distance_that_begins_anew_with_each_lap_is_added_up() {
    let laps = format!("<Lap>{}</Lap><Lap>{}</Lap>", track(0, &[0.0, 30.0, 60.0]), track(30, &[5.0, 35.0]));
    let activity = read(&document(&laps)).expect("an activity").activities.remove(0);
    assert_eq!(distances(&activity), [0.0, 30.0, 60.0, 65.0, 95.0]);
    assert_eq!(activity.notes[0].text, "the recorded distance begins anew in laps, and was added up: 1");
    let goes_on = format!("<Lap>{}</Lap><Lap>{}</Lap>", track(0, &[0.0, 30.0, 60.0]), track(30, &[60.0, 90.0]));
    let activity = read(&document(&goes_on)).expect("an activity").activities.remove(0);
    assert_eq!(distances(&activity), [0.0, 30.0, 60.0, 60.0, 90.0]);
    assert_eq!(activity.notes, []);
}

#[test]
fn the_legs_of_a_multi_sport_session_come_one_after_the_other() {
    let leg = |sport: &str, second: usize, metres: &[f64]| {
        format!(
            "<Activity Sport=\"{sport}\"><Id>2026-01-01T08:{:02}:00Z</Id><Lap>{}</Lap></Activity>",
            second / 60,
            track(second, metres)
        )
    };
    let session = |change: &str, run: &[f64]| {
        let change = format!("<Transition StartTime=\"2026-01-01T08:03:00Z\">{change}</Transition>");
        let tcx = format!(
            "<TrainingCenterDatabase><Activities><MultiSportSession><Id>2026-01-01T08:00:00Z</Id>\
         <FirstSport>{}</FirstSport><NextSport>{change}{}</NextSport></MultiSportSession></Activities></TrainingCenterDatabase>",
            leg("Biking", 0, &[0.0, 250.0, 500.0]),
            leg("Running", 240, run),
        );
        read(tcx.as_bytes()).expect("three legs").activities
    };
    let activities = session(&track(180, &[500.0, 510.0]), &[510.0, 540.0]);
    let sports: Vec<_> = activities.iter().map(|activity| activity.sport.name()).collect();
    assert_eq!(sports, ["cycling", "transition", "running"]);
    assert_eq!(distances(&activities[1]), [0.0, 10.0]);
    assert_eq!(distances(&activities[2]), [0.0, 30.0]);
    let note = "the recorded distance goes on from the leg before; counted from its 510 m";
    assert_eq!(activities[2].notes[0].text, note);
    let without_distance = session(&format!("<Track>{}</Track>", point(50)), &[500.0, 530.0]);
    assert_eq!(distances(&without_distance[2]), [0.0, 30.0]);
}

#[test]
fn heart_rates_go_to_the_point_and_to_the_lap() {
    let bpm = |name: &str, bpm: u32| format!("<{name}><Value>{bpm}</Value></{name}>");
    let lap = format!(
        "<Lap><TotalTimeSeconds>10</TotalTimeSeconds>{}{}<Track><Trackpoint><Time>2026-01-01T08:00:00Z</Time>{}\
         <Extensions><ns3:TPX CadenceSensor=\"Footpod\"><ns3:Speed>3.5</ns3:Speed><ns3:RunCadence>85</ns3:RunCadence>\
         <ns3:Watts>250</ns3:Watts></ns3:TPX></Extensions></Trackpoint></Track>\
         <Extensions><ns3:LX><ns3:AvgRunCadence>84</ns3:AvgRunCadence></ns3:LX></Extensions></Lap>",
        bpm("AverageHeartRateBpm", 140),
        bpm("MaximumHeartRateBpm", 160),
        bpm("HeartRateBpm", 150),
    );
    let activity = read(&document(&lap)).expect("an activity").activities.remove(0);
    let value = |channel| activity.samples.column(channel).map(|column| column[0]);
    let channels = [Channel::HeartRate, Channel::Speed, Channel::StepRate, Channel::Power];
    assert_eq!(channels.map(value), [Some(150.0), Some(3.5), Some(85.0), Some(250.0)]);
    let totals = &activity.laps.first().map_or(&activity.totals, |lap| &lap.totals);
    assert_eq!((totals.avg_heart_rate_bpm, totals.max_heart_rate_bpm), (Some(140.0), Some(160.0)));
    assert_eq!(totals.avg_step_rate_spm, Some(84.0));
}
