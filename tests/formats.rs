//! One run written as FIT, GPX and TCX reads as one run; variants of the writing do not matter; and
//! an independent reader agrees with ours.

use kneewise_core::measure::metric::{self, Metric};
use kneewise_core::{ReadError, Run, read};
use kneewise_read::activity::{Activity, Channel, NoteKind};
use kneewise_read::time::Timestamp;

use crate::support::in_project;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(in_project("fixtures/formats").join(name)).unwrap()
}

fn activities(name: &str) -> Vec<Activity> {
    read(&bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}")).activities
}

fn activity(name: &str) -> Activity {
    let [activity] =
        activities(name).try_into().unwrap_or_else(|all: Vec<_>| panic!("{name}: {} activities", all.len()));
    activity
}

fn run(name: &str) -> Run {
    Run::from_activity(&activity(name), name, None).expect("a run")
}

/// The tolerance within which GPX and TCX, which round and leave out, give what FIT gives. The test
/// log is sampled every 5 s in FIT and every 10 s in the XML formats.
fn tolerance(metric: &Metric, of: f64) -> f64 {
    match metric.id {
        "distance_m" | "sampled_distance_m" => 0.001 * of,
        "moving_distance_m" => 0.005 * of,
        "timer_s" | "elapsed_s" => 0.5,
        "moving_time_s" => 10.0,
        "pace_s_per_km" => 2.0,
        "avg_heart_rate_bpm" | "max_heart_rate_bpm" => 1.0,
        // GPX and TCX hold whole strides: up to 1 step a minute less than with the fraction.
        "avg_step_rate_spm" => 1.1,
        "avg_step_length_m" => 0.01 * of,
        "ascent_m" | "descent_m" | "ascent_by_altitude_m" | "descent_by_altitude_m" => 0.15 * of,
        "grade_adjusted_pace_s_per_km" => 4.0,
        "best_1min_mps" | "best_5min_mps" | "best_20min_mps" | "best_60min_mps" => 0.03 * of,
        "best_1km_s" | "best_5km_s" | "best_10km_s" | "best_half_marathon_s" => 0.02 * of,
        "running_share_percent" | "warm_up_speed_percent" => 2.0,
        "heart_rate_drift_percent" | "step_rate_fade_percent" | "step_length_fade_percent" => 1.0,
        "running_step_rate_spm" => 2.0,
        "downhill_m" => 0.15 * of + 50.0,
        "steps" => 0.01 * of,
        other => panic!("no tolerance stated for {other}"),
    }
}

fn is_of_a_step(metric: &Metric) -> bool {
    ["stance_time", "vertical_", "step_length_to_height"].iter().any(|begin| metric.id.starts_with(begin))
}

#[test]
fn one_run_in_three_formats_has_the_same_metrics() {
    let fit = run("one-run.fit");
    for name in ["one-run.gpx", "one-run.tcx"] {
        let other = run(name);
        assert_eq!(other.start, fit.start, "{name}");
        for metric in metric::METRICS {
            // Only FIT has what happens within a step, and the height that a step is compared with.
            let (Some(expected), Some(got)) = (fit.value(metric), other.value(metric)) else {
                let only_in_fit = fit.value(metric).is_some() && is_of_a_step(metric);
                assert!(only_in_fit || fit.value(metric) == other.value(metric), "{name} {}", metric.id);
                continue;
            };
            assert!(
                (got - expected).abs() <= tolerance(metric, expected),
                "{name} {}: {got}, FIT {expected}",
                metric.id
            );
        }
    }
    // What the generator put in, so that all three cannot be wrong together.
    assert_eq!(fit.value(&metric::DISTANCE), Some(5000.12));
    assert_eq!(fit.value(&metric::TIMER), Some(1677.0), "1737 s less a pause of 60 s");
    assert!((fit.value(&metric::AVG_STEP_RATE).unwrap() - 172.28).abs() < 0.3);
}

#[test]
fn byte_order_headers_and_packed_times_do_not_matter() {
    let plain = activity("one-run.fit");
    for name in [
        "one-run-big-endian.fit",
        "one-run-compressed-timestamps.fit",
        "one-run-12-byte-header.fit",
        "one-run-developer-fields.fit",
    ] {
        let other = activity(name);
        assert_eq!(other.start, plain.start, "{name}");
        assert_eq!(other.totals, plain.totals, "{name}");
        assert_eq!(other.samples.time_s(), plain.samples.time_s(), "{name}");
        for channel in Channel::ALL.iter().copied() {
            let column = |a: &Activity| a.samples.column(channel).map(<[f64]>::to_vec);
            assert_eq!(format!("{:?}", column(&other)), format!("{:?}", column(&plain)), "{name} {channel:?}");
        }
    }
}

#[test]
fn developer_fields_come_out_with_their_name_and_unit() {
    let activity = activity("one-run-developer-fields.fit");
    let named: Vec<_> = activity.samples.developer().iter().map(|d| (d.name.as_str(), d.unit.as_str())).collect();
    assert_eq!(named, [("Leg Spring Stiffness", "kN/m"), ("Form Power", "Watts")]);
    let stiffness = &activity.samples.developer()[0].values;
    assert!(stiffness.iter().all(|value| (8.0..12.0).contains(value)), "{stiffness:?}");
}

#[test]
fn all_activities_of_a_file_come_out() {
    let sports = |name: &str| activities(name).iter().map(|a| a.sport.name()).collect::<Vec<_>>();
    assert_eq!(sports("triathlon-legs.fit"), ["swimming", "transition", "cycling", "transition", "running"]);
    assert_eq!(sports("one-run-chained.fit"), ["running", "running"]);
    assert_eq!(sports("two-activities.tcx"), ["running", "cycling"]);
    assert_eq!(sports("triathlon-legs.tcx"), ["generic", "transition", "cycling", "transition", "running"]);
    for (tcx, fit) in activities("triathlon-legs.tcx").iter().zip(activities("triathlon-legs.fit")) {
        assert_eq!(tcx.start, fit.start);
        let first = tcx.samples.recorded(Channel::Distance).next().unwrap().1;
        assert!(first < 50.0, "{:?} begins at its own start, not at {first} m", tcx.sport);
    }
    for leg in activities("triathlon-legs.fit") {
        assert!(!leg.samples.is_empty());
        assert_eq!(leg.samples.column(Channel::StepRate).is_some(), leg.sport.name() == "running", "{:?}", leg.sport);
    }
}

#[test]
fn encodings_and_dirt_before_the_declaration_do_not_matter() {
    assert!(activity("latin-1.gpx").samples.len() > 1);
    assert!(activity("bom-and-blank.gpx").samples.len() > 1);
    let (wide, narrow) = (activity("utf-16.gpx"), activity("latin-1.gpx"));
    assert_eq!(wide.samples.time_s(), narrow.samples.time_s());
    assert_eq!(wide.device, narrow.device);
}

#[test]
fn a_track_without_points_keeps_the_totals_beside_it() {
    let run = run("summary-only.gpx");
    assert!(run.distance_m().is_some() && run.value(&metric::AVG_HEART_RATE).is_some());
    assert!(run.notes.iter().any(|note| note.kind == NoteKind::Distance));
}

#[test]
fn what_is_no_activity_is_told_by_its_kind() {
    for (name, kind) in [
        ("settings.fit", "settings"),
        ("route.gpx", "a route"),
        ("waypoints.gpx", "waypoints"),
        ("course.tcx", "a course"),
        ("workout.tcx", "a workout"),
    ] {
        match read(&bytes(name)) {
            Err(ReadError::NotAnActivity { kind: said, .. }) => assert_eq!(said, kind, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(read(b"a diary").expect_err("no watch file"), ReadError::UnknownFormat);
}

#[test]
fn the_time_zone_of_a_fit_file_dates_the_run() {
    assert_eq!(run("one-run.fit").utc_offset_s, 7200);
    assert!(
        run("one-run.gpx").notes.iter().any(|note| note.kind == NoteKind::NoZone),
        "a GPX names no zone, and says so"
    );
}

/// The `gpx` crate reads the same positions and times.
#[test]
fn the_gpx_crate_agrees_on_positions_and_times() {
    let theirs = gpx::read(bytes("one-run.gpx").as_slice()).unwrap();
    let points: Vec<_> =
        theirs.tracks.iter().flat_map(|track| &track.segments).flat_map(|segment| &segment.points).collect();
    let ours = activity("one-run.gpx");
    assert_eq!(ours.samples.len(), points.len());
    let (lat, lon) =
        (ours.samples.column(Channel::Latitude).unwrap(), ours.samples.column(Channel::Longitude).unwrap());
    for (i, point) in points.iter().enumerate() {
        assert_eq!((lon[i], lat[i]), point.point().x_y());
        let time = Timestamp::parse_iso8601(&point.time.unwrap().format().unwrap()).unwrap().0;
        assert_eq!(ours.samples.time_s()[i], time.seconds_since(ours.start));
    }
}
