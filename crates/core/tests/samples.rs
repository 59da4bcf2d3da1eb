//! Arrays of a program's own give the same run as the same arrays written as GPX and read back.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::fmt::Write;

use kneewise_core::{Activity, Run, read};
use kneewise_read::activity::{Channel, Samples};
use kneewise_read::sport::Sport;
use kneewise_read::time::Timestamp;

struct Arrays {
    time_s: Vec<f64>,
    latitude: Vec<f64>,
    longitude: Vec<f64>,
    altitude: Vec<f64>,
    heart_rate: Vec<f64>,
    cadence: Vec<f64>,
}

/// A run of 40 minutes that bends, climbs, stops, loses its strap and its satellites.
fn arrays() -> Arrays {
    let time_s: Vec<f64> = (0..2400).filter(|s| !(900..980).contains(s)).map(f64::from).collect();
    let moving = |s: f64| if s > 1500.0 { s - 60.0_f64.min(s - 1500.0) } else { s };
    let noise = |s: f64| ((s * 7.3) % 1.0 - 0.5) * 2e-5;
    Arrays {
        latitude: time_s.iter().map(|&s| 47.0 + moving(s) * 2.5e-5 + noise(s)).collect(),
        longitude: time_s.iter().map(|&s| 8.0 + (moving(s) / 900.0) * 0.004 - noise(s + 1.0)).collect(),
        altitude: time_s.iter().map(|&s| 400.0 + (moving(s) / 10.0 % 60.0 - 30.0).abs()).collect(),
        heart_rate: time_s.iter().map(|&s| if s > 2000.0 { f64::NAN } else { 130.0 + (s / 60.0).floor() }).collect(),
        cadence: time_s.iter().map(|&s| if (1500.0..1560.0).contains(&s) { 0.0 } else { 84.0 + (s % 3.0) }).collect(),
        time_s,
    }
}

fn as_gpx(arrays: &Arrays, start: i64) -> String {
    let mut gpx = String::from("<gpx><trk><type>running</type><trkseg>");
    for i in 0..arrays.time_s.len() {
        let time = Timestamp::from_unix_s(start + arrays.time_s[i] as i64).unwrap();
        write!(gpx, "<trkpt lat=\"{}\" lon=\"{}\">", arrays.latitude[i], arrays.longitude[i]).unwrap();
        write!(gpx, "<ele>{}</ele><time>{time}</time><extensions>", arrays.altitude[i]).unwrap();
        if !arrays.heart_rate[i].is_nan() {
            write!(gpx, "<hr>{}</hr>", arrays.heart_rate[i]).unwrap();
        }
        write!(gpx, "<cad>{}</cad></extensions></trkpt>", arrays.cadence[i]).unwrap();
    }
    gpx + "</trkseg></trk></gpx>"
}

fn as_samples(arrays: &Arrays) -> Samples {
    Samples::new(arrays.time_s.clone())
        .with(Channel::Latitude, arrays.latitude.clone())
        .and_then(|samples| samples.with(Channel::Longitude, arrays.longitude.clone()))
        .and_then(|samples| samples.with(Channel::Altitude, arrays.altitude.clone()))
        .and_then(|samples| samples.with(Channel::HeartRate, arrays.heart_rate.clone()))
        .and_then(|samples| samples.with(Channel::StepRate, arrays.cadence.clone()))
        .unwrap()
}

#[test]
fn arrays_give_the_run_that_the_same_arrays_as_a_file_give() {
    let (arrays, start) = (arrays(), 1_772_350_200);
    let from_file = read(as_gpx(&arrays, start).as_bytes()).unwrap().activities.remove(0);
    let start = Timestamp::from_unix_s(start).unwrap();
    let given = Activity::recorded(start, Sport::Running, as_samples(&arrays)).settle().remove(0);
    let run = |activity: &Activity| Run::from_activity(activity, "a", None).expect("a run");
    let (theirs, ours) = (run(&from_file), run(&given));
    assert_eq!(format!("{:?}", ours.measures()), format!("{:?}", theirs.measures()));
    assert_eq!(format!("{:?}", ours.form_by_speed), format!("{:?}", theirs.form_by_speed));
    assert!(ours.distance_m().is_some_and(|metres| (6000.0..7500.0).contains(&metres)), "{:?}", ours.distance_m());
}

#[test]
fn arrays_in_another_order_give_the_same_run_and_say_so() {
    let arrays = arrays();
    let start = Timestamp::from_unix_s(1_772_350_200).unwrap();
    let reversed = Arrays {
        time_s: arrays.time_s.iter().rev().copied().collect(),
        latitude: arrays.latitude.iter().rev().copied().collect(),
        longitude: arrays.longitude.iter().rev().copied().collect(),
        altitude: arrays.altitude.iter().rev().copied().collect(),
        heart_rate: arrays.heart_rate.iter().rev().copied().collect(),
        cadence: arrays.cadence.iter().rev().copied().collect(),
    };
    let run = |samples| {
        let activity = Activity::recorded(start, Sport::Running, samples).settle().remove(0);
        Run::from_activity(&activity, "a", None).expect("a run")
    };
    let (given, sorted) = (run(as_samples(&reversed)), run(as_samples(&arrays)));
    assert_eq!(format!("{:?}", given.measures()), format!("{:?}", sorted.measures()));
    assert!(given.notes.iter().any(|note| note.text.contains("out of order")), "{:?}", given.notes);
}

#[test]
fn a_column_of_another_length_is_refused() {
    let refused = Samples::new(vec![0.0, 1.0]).with(Channel::HeartRate, vec![120.0]).unwrap_err();
    assert_eq!(refused.to_string(), "the heart_rate column has 1 values for 2 times");
}
