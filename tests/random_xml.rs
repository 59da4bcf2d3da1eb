//! Random runs come back from GPX and TCX as they were written, and the `gpx` crate reads the same
//! places and times.

use kneewise_core::read;
use kneewise_fixtures::run::{FixtureLap, FixtureRun, FixtureSample, FixtureTotals, Pause};
use kneewise_fixtures::synth::{self, Spec};
use kneewise_fixtures::{gpx as write_gpx, tcx as write_tcx};
use kneewise_read::activity::{Activity, Channel};
use kneewise_read::time::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::support::{may_differ_in_speed, steps_per_count};

/// Any sample of a runner, but for its time and its distance, which go on from the one before.
fn sample() -> impl Strategy<Value = FixtureSample> {
    let position = option::weighted(0.9, (-89.9..89.9f64, 1.0..179.9f64));
    let numbers = (
        option::of(-100.0..5000.0f64),
        option::of(30.0..220.0f64),
        option::of(60.0..95.0f64),
        // The metres of a step and the speed are drawn apart, and must not be in two units by far.
        option::of(0.0..4.0f64),
        option::of(1.0..900.0f64),
        option::of(-30.0..45.0f64),
    );
    (1..30u32, position, option::weighted(0.8, 0.0..3.0f64), numbers).prop_map(
        |(t_s, position, distance_m, (altitude, heart_rate, strides, speed, power, temperature))| FixtureSample {
            t_s,
            position,
            altitude_m: altitude,
            distance_m,
            speed_mps: speed,
            heart_rate_bpm: heart_rate,
            strides_per_min: strides,
            power_w: power,
            temperature_c: temperature,
            ..FixtureSample::default()
        },
    )
}

/// A run in one lap, with pauses of a minute before some of its samples.
fn run() -> impl Strategy<Value = FixtureRun> {
    let samples = vec((sample(), proptest::bool::weighted(0.1)), 1..40);
    (samples, any::<String>(), 0..2_000_000_000i64).prop_map(|(drawn, name, start_unix_s)| {
        let (mut t_s, mut metres) = (0, 0.0);
        let (mut samples, mut pauses) = (Vec::new(), Vec::new());
        for (mut sample, after_pause) in drawn {
            if after_pause && !samples.is_empty() {
                pauses.push(Pause { from_s: t_s, to_s: t_s + 60 });
                t_s += 60;
            } else if !samples.is_empty() {
                t_s += sample.t_s;
                metres += f64::from(sample.t_s) * sample.distance_m.unwrap_or(2.0);
            }
            sample.t_s = t_s;
            sample.distance_m = sample.distance_m.map(|_| metres);
            samples.push(sample);
        }
        let totals = FixtureTotals { elapsed_s: t_s, timer_s: t_s, distance_m: metres, ..FixtureTotals::default() };
        let like = synth::run(&Spec { distance_m: 10.0, ..Spec::default() });
        // Whatever people call their runs, as far as XML has a way to say it.
        let name = name.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
        let laps = vec![FixtureLap { start_s: 0, totals }];
        FixtureRun { name, start_unix_s, samples, pauses, laps, totals, ..like }
    })
}

/// A number as it reads after it was written with so many digits.
fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.digits$}").parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gpx_comes_back(run in run()) {
        let text = write_gpx::write(&run);
        // GPX has no place for a point that is nowhere.
        let points: Vec<FixtureSample> = run.samples.iter().copied().filter(|s| s.position.is_some()).collect();
        if points.is_empty() {
            return Ok(());
        }
        let activity = &read(text.as_bytes()).expect("a sound file").activities[0];
        let factor = steps_per_count(activity);
        times(&run, &points, activity)?;
        places(&points, activity)?;
        same(Channel::Altitude, &points, activity, |s| s.altitude_m.map(|m| rounded(m, 1)))?;
        same(Channel::HeartRate, &points, activity, |s| s.heart_rate_bpm.map(|bpm| rounded(bpm, 0)))?;
        same(Channel::StepRate, &points, activity, |s| s.strides_per_min.map(|rate| factor * rounded(rate, 0)))?;
        same(Channel::Temperature, &points, activity, |s| s.temperature_c.map(|degrees| rounded(degrees, 0)))?;

        let theirs = gpx::read(text.as_bytes()).expect("a sound file");
        let theirs: Vec<_> = theirs.tracks[0].segments.iter().flat_map(|segment| &segment.points).collect();
        prop_assert_eq!(theirs.len(), points.len());
        for (i, theirs) in theirs.into_iter().enumerate() {
            let column = |channel| activity.samples.column(channel).unwrap()[i];
            prop_assert_eq!((column(Channel::Longitude), column(Channel::Latitude)), theirs.point().x_y());
            let time = Timestamp::parse_iso8601(&theirs.time.unwrap().format().unwrap()).unwrap().0;
            prop_assert_eq!(activity.samples.time_s()[i], time.seconds_since(activity.start));
        }
    }

    #[test]
    fn tcx_comes_back(run in run()) {
        let activity = &read(write_tcx::write(&run).as_bytes()).expect("a sound file").activities[0];
        let points = &run.samples;
        let factor = steps_per_count(activity);
        times(&run, points, activity)?;
        places(points, activity)?;
        same(Channel::Altitude, points, activity, |s| s.altitude_m.map(|m| rounded(m, 1)))?;
        same(Channel::HeartRate, points, activity, |s| s.heart_rate_bpm.map(|bpm| rounded(bpm, 0)))?;
        same(Channel::StepRate, points, activity, |s| s.strides_per_min.map(|rate| factor * rounded(rate, 0)))?;
        same(Channel::Power, points, activity, |s| s.power_w.map(|watts| rounded(watts, 0)))?;
        same(Channel::Distance, points, activity, |s| s.distance_m.map(|metres| rounded(metres, 2)))?;
        same(Channel::Speed, points, activity, |s| s.speed_mps.map(|mps| rounded(mps, 3)))?;
    }
}

fn times(run: &FixtureRun, points: &[FixtureSample], activity: &Activity) -> Result<(), TestCaseError> {
    let start = activity.start.unix_ms() / 1000 - run.start_unix_s;
    let wanted: Vec<f64> = points.iter().map(|point| (i64::from(point.t_s) - start) as f64).collect();
    prop_assert_eq!(activity.samples.time_s(), wanted);
    Ok(())
}

fn places(points: &[FixtureSample], activity: &Activity) -> Result<(), TestCaseError> {
    same(Channel::Latitude, points, activity, |s| s.position.map(|(north, _)| rounded(north, 7)))?;
    same(Channel::Longitude, points, activity, |s| s.position.map(|(_, east)| rounded(east, 7)))
}

/// Compares a channel with what was written, unless it was made up for the want of enough values.
fn same(
    channel: Channel,
    points: &[FixtureSample],
    activity: &Activity,
    wanted: impl Fn(&FixtureSample) -> Option<f64>,
) -> Result<(), TestCaseError> {
    let stands_still = |of: Channel| {
        let written: Vec<f64> = points.iter().filter_map(&wanted).collect();
        let samples = &activity.samples;
        let is_gone = samples.column(of).is_none() || samples.is_worked_out(of);
        channel == of && is_gone && written.windows(2).all(|pair| pair[0] == pair[1])
    };
    // A column that says nothing is none.
    if stands_still(Channel::Altitude) || stands_still(Channel::Distance) {
        return Ok(());
    }
    let is_other_unit = activity.notes.iter().any(|note| note.text.contains("times the distance"));
    if channel == Channel::Speed && is_other_unit {
        return Ok(());
    }
    if activity.samples.is_worked_out(channel) {
        let written = points.iter().filter_map(wanted).count();
        let distances = activity.samples.recorded(Channel::Distance).count();
        let enough = if channel == Channel::Speed { distances * 4 / 5 } else { 0 };
        prop_assert!(written <= enough, "{:?} of {} points is replaced", channel, written);
        return Ok(());
    }
    // Where the altitude has not settled, or a speed of 0 is contradicted by the distance, values
    // are left out.
    let settles = activity.samples.recorded(channel).next().map_or(0, |(first, _)| first);
    let settled = if channel == Channel::Altitude { settles } else { 0 };
    for (i, point) in points.iter().enumerate().skip(settled) {
        let got = activity.samples.column(channel).map(|column| column[i]).filter(|value| !value.is_nan());
        if channel == Channel::Speed && may_differ_in_speed(activity, i, wanted(point)) {
            continue;
        }
        prop_assert_eq!(got, wanted(point), "{:?} of point {}", channel, i);
    }
    Ok(())
}
