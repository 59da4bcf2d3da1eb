use super::super::finish;
use super::super::tests::empty;
use crate::activity::{Activity, Channel, Format, Lap, Samples, Totals};
use crate::sport::{Sport, SubSport};
use crate::witness::{Quantity, Reason, Witness};

const LASTS_S: usize = 1800;
const MPS: f64 = 2.8;
const METRES: f64 = 5040.0;

/// Half an hour at 2.8 m/s, a sample each second with distance and place.
fn even(change: impl FnOnce(&mut Activity)) -> Activity {
    let mut activity = empty(Format::Fit, Samples::new((0..=LASTS_S).map(|i| i as f64).collect()));
    let metres = || (0..=LASTS_S).map(|i| i as f64 * MPS);
    activity.samples.set(Channel::Distance, metres().collect());
    activity.samples.set(Channel::Latitude, metres().map(|m| 30.0 + m / 110_852.0).collect());
    activity.samples.set(Channel::Longitude, vec![-40.0; LASTS_S + 1]);
    change(&mut activity);
    finish(&mut activity);
    activity
}

fn totals(metres: f64, seconds: f64) -> Totals {
    Totals { distance_m: Some(metres), timer_s: Some(seconds), ..Totals::default() }
}

fn laps(each: &[(f64, f64)]) -> Vec<Lap> {
    let mut start_s = 0.0;
    let lap = |&(metres, seconds): &(f64, f64)| {
        let lap = Lap { start_s, totals: totals(metres, seconds) };
        start_s += seconds;
        lap
    };
    each.iter().map(lap).collect()
}

/// What was decided on a quantity, and what then counts as a total.
fn decided(activity: &Activity, quantity: Quantity) -> Option<(Option<Witness>, Reason)> {
    let decision = activity.decisions.iter().find(|decision| decision.quantity == quantity)?;
    Some((decision.believed, decision.reason))
}

fn left(activity: &Activity) -> (Option<f64>, Option<f64>) {
    (activity.totals.distance_m, activity.totals.timer_s)
}

#[test]
fn what_agrees_stands_and_is_not_told() {
    let activity = even(|activity| activity.totals = totals(5000.0, 1805.0));
    assert_eq!(left(&activity), (Some(5000.0), Some(1805.0)));
    assert_eq!(decided(&activity, Quantity::Distance), Some((Some(Witness::Summary), Reason::Agree)));
    assert!(activity.decisions.iter().all(|decision| decision.note().is_none()));
}

#[test]
fn laps_that_lack_the_last_are_not_the_run() {
    let activity = even(|activity| activity.laps = laps(&[(1000.0, 357.0), (1000.0, 357.0)]));
    assert_eq!(left(&activity), (None, None));
    let samples = Some(Witness::Samples);
    assert_eq!(decided(&activity, Quantity::Distance), Some((samples, Reason::TotalCoversPart)));
    assert_eq!(decided(&activity, Quantity::TimerTime), Some((samples, Reason::MotionOutlasts)));
}

#[test]
fn laps_that_count_on_are_not_added_up() {
    let activity = even(|activity| activity.laps = laps(&[(1680.0, 600.0), (3360.0, 600.0), (METRES, 600.0)]));
    assert_eq!(left(&activity), (None, Some(1800.0)));
    assert_eq!(decided(&activity, Quantity::Distance), Some((Some(Witness::Samples), Reason::LapsCountOn)));
}

#[test]
fn laps_shorter_than_their_points_and_a_time_sixty_times_too_short_do_not_count() {
    let short = even(|activity| activity.laps = laps(&[(2000.0, 900.0), (2000.0, 900.0)]));
    assert_eq!(left(&short), (None, Some(1800.0)));
    let minutes = even(|activity| activity.laps = laps(&[(METRES, 30.0)]));
    assert_eq!(left(&minutes), (Some(METRES), None));
}

#[test]
fn the_laps_stand_in_where_the_summary_is_contradicted() {
    let activity = even(|activity| {
        activity.totals = totals(METRES, 1200.0);
        activity.laps = laps(&[(2520.0, 900.0), (2520.0, 900.0)]);
    });
    assert_eq!(left(&activity), (Some(METRES), Some(1800.0)));
    assert_eq!(decided(&activity, Quantity::TimerTime), Some((Some(Witness::Laps), Reason::MotionOutlasts)));
}

#[test]
fn a_total_without_positions_was_corrected_and_one_with_positions_is_held_against_them() {
    let belt = |total_m| {
        even(|activity| {
            activity.totals = totals(total_m, 1800.0);
            activity.sub_sport = SubSport::Treadmill;
            activity.samples.clear(Channel::Latitude);
            activity.samples.clear(Channel::Longitude);
        })
    };
    assert_eq!(left(&belt(6000.0)), (Some(6000.0), Some(1800.0)));
    let corrected = Some((Some(Witness::Summary), Reason::Corrected));
    assert_eq!(decided(&belt(6000.0), Quantity::Distance), corrected);
    assert_eq!(decided(&belt(5100.0), Quantity::Distance), Some((Some(Witness::Summary), Reason::Agree)));
    assert_eq!(left(&belt(50_400.0)).0, None, "a decimal point too far right is no correction");
    let outdoors = even(|activity| activity.totals = totals(6000.0, 1800.0));
    assert_eq!(left(&outdoors), (None, Some(1800.0)));
    assert_eq!(decided(&outdoors, Quantity::Distance), Some((Some(Witness::Samples), Reason::PositionsAgree)));
}

#[test]
fn samples_of_a_part_leave_the_total_alone() {
    let activity = even(|activity| activity.totals = totals(10_080.0, 3600.0));
    assert_eq!(left(&activity), (Some(10_080.0), Some(3600.0)));
    let of_part = Some((Some(Witness::Summary), Reason::SamplesCoverPart));
    assert_eq!(decided(&activity, Quantity::Distance), of_part);
    // The same metres in twice the time: nobody ran on after the last sample.
    let activity = even(|activity| activity.totals = totals(METRES, 3600.0));
    assert_eq!(left(&activity), (Some(METRES), None));
    assert_eq!(decided(&activity, Quantity::TimerTime), Some((Some(Witness::Samples), Reason::BeyondSamples)));
}

#[test]
fn an_exporter_s_total_counts_over_positions_alone() {
    let of = |total_m, seconds| {
        even(|activity| {
            activity.samples.clear(Channel::Distance);
            activity.summary = Witness::Document;
            activity.totals = Totals { distance_m: Some(total_m), moving_s: Some(seconds), ..Totals::default() };
        })
    };
    assert_eq!(left(&of(4700.0, 1800.0)), (Some(4700.0), Some(1800.0)));
    assert_eq!(
        decided(&of(4700.0, 1800.0), Quantity::Distance),
        Some((Some(Witness::Document), Reason::PositionsWander))
    );
    assert_eq!(left(&of(15_120.0, 5400.0)), (Some(15_120.0), Some(5400.0)), "the track covers a third");
}

#[test]
fn a_climb_that_the_altitude_does_not_show_is_left_out() {
    let of = |ascent_m| {
        even(|activity| {
            let sway = |i: usize| 100.0 + 20.0 * libm::sin(i as f64 / 120.0);
            activity.samples.set(Channel::Altitude, (0..=LASTS_S).map(sway).collect());
            activity.totals = Totals { ascent_m: Some(ascent_m), ..totals(METRES, 1800.0) };
        })
    };
    // Two and a half hills of 40 m.
    assert_eq!(of(105.0).totals.ascent_m, Some(105.0));
    assert_eq!(of(260.0).totals.ascent_m, None);
    assert_eq!(decided(&of(260.0), Quantity::Ascent), Some((Some(Witness::Samples), Reason::AltitudeShowsLess)));
}

#[test]
fn what_nobody_runs_is_no_run() {
    let bare = |totals: Totals| {
        let mut activity = empty(Format::Fit, Samples::default());
        activity.totals = totals;
        finish(&mut activity);
        activity
    };
    let absurd = bare(totals(42_949_673.0, 4_294_967.0));
    assert_eq!((left(&absurd), absurd.sport), ((None, None), Sport::Generic));
    let ride = bare(totals(60_000.0, 7200.0));
    assert_eq!(ride.sport, Sport::Generic);
    assert!(ride.notes[0].text.contains("nobody runs 60.0 km in 120 minutes; not counted"), "{:?}", ride.notes);
    let ultra = bare(totals(130_000.0, 16.0 * 3600.0));
    assert_eq!((left(&ultra), ultra.sport), ((Some(130_000.0), Some(57_600.0)), Sport::Running));
    let steps = bare(Totals { steps: Some(1.57e9), ..totals(METRES, 1800.0) });
    assert_eq!((steps.totals.steps, steps.sport), (None, Sport::Running));
    let exertion = bare(Totals { perceived_exertion: Some(18.2), ..totals(METRES, 1800.0) });
    assert_eq!(exertion.totals.perceived_exertion, None);
}

#[test]
fn what_has_neither_distance_nor_time_is_no_run_and_neither_is_what_an_absurd_total_leaves() {
    let is_run = |samples: Samples, totals: Totals| {
        let mut activity = empty(Format::Fit, samples);
        activity.totals = totals;
        finish(&mut activity);
        let is_run = activity.sport == Sport::Running;
        assert!(is_run || activity.notes.iter().any(|note| note.text.ends_with("not counted as a run")));
        is_run
    };
    assert!(!is_run(Samples::default(), Totals::default()));
    assert!(!is_run(Samples::new(vec![0.0]), Totals::default()));
    let seconds = || Samples::new((0..600).map(f64::from).collect());
    assert!(is_run(seconds(), Totals::default()), "the sport is what the watch says");
    assert!(!empty(Format::Fit, seconds()).has_measurements(), "and yet nothing was measured");
    assert!(!is_run(Samples::default(), totals(42_949_673.0, 1800.0)));
    assert!(!is_run(Samples::default(), totals(8000.0, 4_294_967.0)));
    assert!(is_run(Samples::default(), Totals { timer_s: Some(1800.0), ..Totals::default() }));
    let mut beats = seconds();
    beats.set(Channel::HeartRate, vec![140.0; 600]);
    assert!(is_run(beats, Totals::default()), "a treadmill without a sensor");
}

#[test]
fn a_recording_beyond_the_longest_day_is_no_run() {
    let is_run = |hours: f64, mps: f64| {
        let mut activity =
            empty(Format::Gpx, Samples::new((0..=(hours * 60.0) as usize).map(|i| i as f64 * 60.0).collect()));
        let metres = activity.samples.time_s().iter().map(|seconds| seconds * mps).collect();
        activity.samples.set(Channel::Distance, metres);
        finish(&mut activity);
        activity.sport == Sport::Running
    };
    assert!(is_run(24.0, 3.0) && is_run(100.0, 1.8));
    for (hours, mps) in [(277.0, 3.0), (100.0, 2.9), (30.0, 4.4), (24.0, 4.5), (130.0, 1.2)] {
        assert!(!is_run(hours, mps), "{hours} h at {mps} m/s");
    }
}

#[test]
fn climbs_are_held_to_the_distance_and_the_time() {
    let of = |ascent_m, descent_m| {
        let activity = even(|activity| {
            let climbs = Totals { ascent_m: Some(ascent_m), descent_m: Some(descent_m), ..totals(METRES, 1800.0) };
            activity.totals = climbs;
        });
        (activity.totals.ascent_m, activity.totals.descent_m)
    };
    assert_eq!(of(1200.0, 2500.0), (Some(1200.0), Some(2500.0)));
    assert_eq!(of(2400.0, 3200.0), (None, None));
}
