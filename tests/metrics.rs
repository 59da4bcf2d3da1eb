//! Metrics of real files beside what their devices say, and what must hold among the channels of a
//! run.
//!
//! Real files lie beside the checkout where there are any: see `support::shared`. None of them was
//! recorded with `RunScribe` pods; what is read of those is in `fit.rs`.

use std::fmt::Write as _;
use std::path::Path;

use fitparser::profile::MesgNum;
use kneewise_core::measure::metric::{
    ASCENT_BY_ALTITUDE, AVG_STEP_LENGTH, AVG_STEP_RATE, DESCENT_BY_ALTITUDE, DISTANCE, Metric, RUNNING_SHARE,
    STANCE_TIME, STANCE_TIME_BALANCE, VERTICAL_OSCILLATION, VERTICAL_RATIO,
};
use kneewise_core::measure::trace::Trace;
use kneewise_core::{Run, read};
use kneewise_read::activity::{Activity, Channel};
use kneewise_read::sport::Sport;
use kneewise_read::witness::{Quantity, Witness};

use crate::support::shared;

/// The activities of a folder of FIT files, packed or not, each with the name of its file.
fn activities(folder: &str) -> Option<Vec<(String, Activity)>> {
    let mut paths: Vec<_> = std::fs::read_dir(shared(folder)?).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let of_file = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = kneewise_import::load(path).unwrap().bytes;
        let activities = read(&bytes).map_or_else(|_| Vec::new(), |contents| contents.activities);
        activities.into_iter().map(|activity| (name.clone(), activity)).collect::<Vec<_>>()
    };
    Some(paths.iter().flat_map(|path| of_file(path)).collect())
}

/// The runs among them.
fn runs(folder: &str) -> Option<Vec<(String, Activity)>> {
    let mut activities = activities(folder)?;
    activities.retain(|(_, activity)| activity.sport == Sport::Running);
    Some(activities)
}

const HISTORY: &str = "data/histories/arthurfsy2/FIT";

/// How many of `pairs` of ours and theirs differ by no more than `within(theirs)`; the furthest as
/// text.
fn agreement(pairs: &[(String, f64, f64)], within: impl Fn(f64) -> f64) -> (usize, String) {
    let agree = pairs.iter().filter(|(_, ours, theirs)| (ours - theirs).abs() <= within(*theirs)).count();
    let mut furthest: Vec<_> = pairs.iter().collect();
    furthest.sort_by(|a, b| ((b.1 - b.2) / b.2).abs().total_cmp(&((a.1 - a.2) / a.2).abs()));
    let mut text = format!("{agree} of {} agree; the furthest (ours, the device's):", pairs.len());
    for (name, ours, theirs) in furthest.iter().take(10) {
        write!(text, "\n{name}: {ours:.2}, {theirs:.2}").unwrap();
    }
    (agree, text)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Without the device's mean the metric finds it again from the samples, standing included.
#[test]
fn a_device_s_step_rate_is_the_mean_of_its_samples_with_standing() {
    let Some(runs) = runs(HISTORY) else { return };
    let mut pairs = Vec::new();
    for (name, activity) in &runs {
        let Some(theirs) = activity.totals.avg_step_rate_spm else { continue };
        let mut without_mean = activity.clone();
        without_mean.totals.avg_step_rate_spm = None;
        let Some(ours) = AVG_STEP_RATE.of_activity(&Trace::new(&without_mean)) else { continue };
        assert_eq!(ours.basis, "samples, standing included", "{name}");
        pairs.push((name.clone(), ours.value, theirs));
    }
    assert!(pairs.len() > 190, "{}", pairs.len());
    let (agree, text) = agreement(&pairs, |_| 1.0);
    // 198 of 199.
    assert!(agree * 100 >= pairs.len() * 98, "{text}");
}

#[test]
fn the_short_run_of_a_fenix_5_shows_what_the_watch_showed() {
    let Some(file) = shared("data/fit/dtcooper__python-fitparse__garmin-fenix-5-run.fit") else { return };
    let contents = read(&std::fs::read(file).unwrap()).unwrap();
    let run = Run::from_activity(&contents.activities[0], "run.fit", None).unwrap();
    let rate = run.measured(&AVG_STEP_RATE).unwrap();
    assert_eq!((format!("{:.0}", rate.value), rate.basis), ("167".to_owned(), "the device's mean"));
}

/// The distance that a watch shows is not the length of its track: it smooths, and carries on
/// without satellites.
#[test]
fn distances_agree_with_the_device_s_and_tracks_nearly() {
    let Some(runs) = runs(HISTORY) else { return };
    let (mut recorded, mut tracks) = (Vec::new(), Vec::new());
    for (name, activity) in &runs {
        let Some(theirs) = activity.totals.distance_m else { continue };
        let Some(track) = as_track(activity) else { continue };
        let mut without_total = activity.clone();
        without_total.totals.distance_m = None;
        if let Some(ours) = DISTANCE.of_activity(&Trace::new(&without_total)) {
            recorded.push((name.clone(), ours.value, theirs));
        }
        tracks.push((name.clone(), track, theirs));
    }
    assert!(tracks.len() > 100, "{}", tracks.len());
    // The counter beside the total is the same device's: that they agree says that both are read
    // right, and no more.
    let (agree, text) = agreement(&recorded, |theirs| 0.005 * theirs);
    assert!(agree * 100 >= recorded.len() * 95, "recorded with the samples: {text}");
    // A receiver's track wanders: it is longer by 1.3% in the median of these, and within 5% in
    // 85 of 100.
    let longer = median(tracks.iter().map(|(_, ours, theirs)| ours / theirs - 1.0));
    let (agree, text) = agreement(&tracks, |theirs| 0.05 * theirs);
    assert!((0.0..0.02).contains(&longer), "{longer}, {text}");
    assert!(agree * 100 >= tracks.len() * 80, "along the positions: {text}");
    // 19 of 111.
    let (agree, text) = agreement(&tracks, |theirs| 0.005 * theirs);
    assert!(agree * 100 >= tracks.len() * 15, "along the positions: {text}");
}

/// By how much tracks wander is a matter of the device: those of many devices are within 0.5% of
/// their totals in more than half of the runs.
#[test]
fn tracks_of_many_devices_agree_more_often() {
    let Some(runs) = runs("data/fit") else { return };
    let pair =
        |(name, activity): &(String, Activity)| Some((name.clone(), as_track(activity)?, activity.totals.distance_m?));
    let tracks: Vec<_> = runs.iter().filter_map(pair).collect();
    let (agree, text) = agreement(&tracks, |theirs| 0.005 * theirs);
    assert!(tracks.len() >= 30 && agree * 2 >= tracks.len(), "{text}");
    let longer = median(tracks.iter().map(|(_, ours, theirs)| ours / theirs - 1.0));
    assert!(longer.abs() < 0.005, "{longer}: {text}");
}

/// The distance along the positions of an activity, read as a track that has nothing else.
fn as_track(activity: &Activity) -> Option<f64> {
    let samples = &activity.samples;
    let (latitude, longitude) = (samples.column(Channel::Latitude)?, samples.column(Channel::Longitude)?);
    let mut gpx = "<gpx version=\"1.1\"><trk><type>running</type><trkseg>".to_owned();
    for (i, seconds) in samples.time_s().iter().enumerate().filter(|(i, _)| !latitude[*i].is_nan()) {
        let (lat, lon, time) = (latitude[i], longitude[i], activity.start.plus_seconds(*seconds));
        write!(gpx, "<trkpt lat=\"{lat:.8}\" lon=\"{lon:.8}\"><time>{time}</time></trkpt>").unwrap();
    }
    gpx.push_str("</trkseg></trk></gpx>");
    let track = read(gpx.as_bytes()).ok()?.activities.into_iter().next()?;
    DISTANCE.of_activity(&Trace::new(&track)).map(|measured| measured.value)
}

/// So near is our climb to a device's: within 15%, and on gentle ground within 10 m.
fn near(theirs: f64) -> f64 {
    (0.15 * theirs).max(10.0)
}

/// Watches count climbs by rules of their own. The many devices of one folder and the few of the
/// other, whatever the sport.
#[test]
fn climbs_by_altitude_are_about_the_devices() {
    for (folder, fewest, percent) in [("data/fit", 100, 80), (HISTORY, 600, 87)] {
        let Some(activities) = activities(folder) else { return };
        let total: [fn(&Activity) -> Option<f64>; 2] = [|of| of.totals.ascent_m, |of| of.totals.descent_m];
        for (metric, total) in [&ASCENT_BY_ALTITUDE, &DESCENT_BY_ALTITUDE].into_iter().zip(total) {
            let pair = |(name, activity): &(String, Activity)| {
                let ours = metric.of_activity(&Trace::new(activity))?.value;
                Some((name.clone(), ours, total(activity)?))
            };
            let pairs: Vec<_> = activities.iter().filter_map(pair).collect();
            let (agree, text) = agreement(&pairs, near);
            assert!(pairs.len() >= fewest, "{}", pairs.len());
            assert!(agree * 100 >= pairs.len() * percent, "{} in {folder}: {text}", metric.id);
            let hills = pairs.iter().filter(|(.., theirs)| *theirs >= 100.0);
            let ratio = median(hills.map(|(_, ours, theirs)| ours / theirs));
            assert!((0.97..1.05).contains(&ratio), "{} in {folder}: {ratio}", metric.id);
        }
    }
}

/// Where a device has climbed much more than its own altitudes, it did so in its first lap: it
/// counts how its altitude is put right at the start, by up to 164 m of which no sample knows. Its
/// other laps have no more than all of ours. In the rest it counts leaps of its altitude that
/// nobody climbs.
#[test]
fn what_a_device_climbed_beyond_its_altitudes_lies_in_its_first_lap() {
    let Some(activities) = activities(HISTORY) else { return };
    let (mut beyond, mut in_the_first_lap) = (0, 0);
    for (_, activity) in &activities {
        let dropped = activity.decisions.iter().find(|decision| decision.quantity == Quantity::Ascent);
        let dropped = dropped.and_then(|decision| decision.value(Witness::Summary));
        let Some(theirs) = activity.totals.ascent_m.or(dropped) else { continue };
        let Some(ours) = ASCENT_BY_ALTITUDE.of_activity(&Trace::new(activity)) else { continue };
        if theirs - ours.value > near(theirs) {
            let after_the_first: f64 = activity.laps.iter().skip(1).filter_map(|lap| lap.totals.ascent_m).sum();
            beyond += 1;
            in_the_first_lap += usize::from(after_the_first - ours.value <= near(ours.value));
        }
    }
    assert!(beyond >= 30 && in_the_first_lap * 100 >= beyond * 85, "{in_the_first_lap} of {beyond}");
}

#[test]
fn the_share_of_running_is_about_the_device_s() {
    let Some(runs) = runs(HISTORY) else { return };
    let mut pairs = Vec::new();
    for (name, activity) in &runs {
        let share = |activity: &Activity| RUNNING_SHARE.of_activity(&Trace::new(activity));
        let Some(theirs) = share(activity).filter(|share| share.basis.starts_with("the device's")) else { continue };
        let mut without_splits = activity.clone();
        without_splits.splits.clear();
        pairs.push((name.clone(), share(&without_splits).unwrap().value, theirs.value));
    }
    assert!(pairs.len() > 40, "{}", pairs.len());
    let (agree, text) = agreement(&pairs, |_| 5.0);
    assert!(agree * 100 >= pairs.len() * 80, "{text}");
}

/// What must hold among the channels of one step, whoever measured it.
#[test]
fn speed_step_rate_step_length_and_oscillation_go_together() {
    let Some(runs) = runs("data/fit") else { return };
    let (mut with_length, mut with_ratio) = (0, 0);
    for (name, activity) in &runs {
        let trace = Trace::new(activity);
        let samples = &activity.samples;
        let steady = || trace.steady().iter().map(|i| *i as usize);
        let of = |channel| samples.column(channel);
        let (speed, rate) = (of(Channel::Speed), of(Channel::StepRate));
        let Some(length) = of(Channel::StepLength) else { continue };
        if let (Some(speed), Some(rate)) = (speed, rate)
            && steady().filter(|i| length[*i] > 0.0).count() > 300
        {
            with_length += 1;
            let ratio =
                median(steady().filter(|i| length[*i] > 0.0).map(|i| length[i] / 1000.0 * rate[i] / 60.0 / speed[i]));
            assert!((ratio - 1.0).abs() < 0.03, "{name}: step length x step rate is {ratio} of the speed");
        }
        if let (Some(oscillation), Some(ratio)) = (of(Channel::VerticalOscillation), of(Channel::VerticalRatio)) {
            let has_all = |i: &usize| length[*i] > 0.0 && ratio[*i] > 0.0 && oscillation[*i] > 0.0;
            if steady().filter(has_all).count() > 300 {
                with_ratio += 1;
                let share = median(steady().filter(has_all).map(|i| 100.0 * oscillation[i] / length[i] / ratio[i]));
                // Watches smooth each for itself: 3.2% apart in one of these, less in all others.
                assert!((share - 1.0).abs() < 0.04, "{name}: 100 x oscillation / step length is {share} of the ratio");
            }
        }
    }
    assert!(with_length >= 3 && with_ratio >= 3, "{with_length}, {with_ratio}");
}

/// What watches write as the means of a session over all its samples, beside ours over steady
/// running and, for the step length, over the whole run: distance, time and step rate must go
/// together as the device's own step length has it.
#[test]
fn means_of_the_dynamics_are_about_the_device_s() {
    let Some(folder) = shared("data/fit") else { return };
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    // The metric, the field of the session and how many of its units make one of ours, and how far
    // from it a run may lie.
    let metrics: [(&Metric, &str, f64, f64); 5] = [
        (&VERTICAL_OSCILLATION, "avg_vertical_oscillation", 1.0, 0.10),
        (&VERTICAL_RATIO, "avg_vertical_ratio", 1.0, 0.04),
        (&STANCE_TIME, "avg_stance_time", 1.0, 0.10),
        (&STANCE_TIME_BALANCE, "avg_stance_time_balance", 1.0, 0.005),
        // In one run, a third of it walked, they are 8% apart, in all others 2.2% at most.
        (&AVG_STEP_LENGTH, "avg_step_length", 1000.0, 0.09),
    ];
    let mut pairs: [Vec<(String, f64, f64)>; 5] = Default::default();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = kneewise_import::load(&path).unwrap().bytes;
        let Ok(contents) = read(&bytes) else { continue };
        let [activity] = contents.activities.as_slice() else { continue };
        if activity.sport != Sport::Running || activity.samples.column(Channel::StanceTime).is_none() {
            continue;
        }
        let run = Run::from_activity(activity, &name, None).unwrap();
        let messages = fitparser::from_bytes(&bytes).unwrap();
        let session = messages.iter().find(|message| message.kind() == MesgNum::Session).unwrap();
        for (pairs, (metric, field, units, _)) in pairs.iter_mut().zip(metrics) {
            let theirs = session.fields().iter().find(|of| of.name() == field);
            let theirs: Option<f64> = theirs.and_then(|of| of.value().clone().try_into().ok());
            if let (Some(ours), Some(theirs)) = (run.value(metric), theirs) {
                pairs.push((name.clone(), ours, theirs / units));
            }
        }
    }
    for (pairs, (metric, .., apart)) in pairs.iter().zip(metrics) {
        let (agree, text) = agreement(pairs, |theirs| apart * theirs);
        assert!(agree == pairs.len() && agree >= 4, "{}: {text}", metric.id);
        // Steadiness is worth as much as it takes away.
        let ratio = median(pairs.iter().map(|(_, ours, theirs)| ours / theirs));
        assert!((ratio - 1.0).abs() < 0.015, "{}: {ratio}: {text}", metric.id);
    }
}
