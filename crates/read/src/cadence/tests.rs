use super::*;
use crate::activity::{Lap, Samples, Totals};
use crate::sport::Sport;
use crate::time::Timestamp;

/// A minute of a sample a second, with `change` made to it.
fn settled(format: Format, sport: Sport, cadence: f64, mps: f64, change: impl FnOnce(&mut Activity)) -> Activity {
    let mut activity = Activity::new(format, Timestamp::from_unix_s(1_700_000_000).expect("in range"));
    activity.sport = sport;
    activity.samples = Samples::new((0..=60).map(f64::from).collect());
    activity.samples.set(Channel::StepRate, vec![cadence; 61]);
    activity.samples.set(Channel::Speed, vec![mps; 61]);
    activity.totals.avg_step_rate_spm = Some(cadence);
    change(&mut activity);
    settle(&mut activity);
    activity
}

fn run(format: Format, cadence: f64, mps: f64, change: impl FnOnce(&mut Activity)) -> Activity {
    settled(format, Sport::Running, cadence, mps, change)
}

fn step_rate(activity: &Activity) -> Option<f64> {
    activity.samples.recorded(Channel::StepRate).next().map(|(_, spm)| spm)
}

fn ground(activity: &Activity) -> &str {
    &activity.notes[0].text
}

#[test]
fn strides_are_doubled_with_their_fraction() {
    let activity = run(Format::Fit, 83.5, 3.0, |activity| {
        activity.samples.column_mut(Channel::StepRate)[1] = 0.0;
        // A slip: 508 steps a minute.
        activity.samples.column_mut(Channel::StepRate)[2] = 254.0;
    });
    let first: Vec<_> = activity.samples.recorded(Channel::StepRate).take(2).collect();
    assert_eq!(first, [(0, 167.0), (3, 167.0)], "a 0 is a missing value, and so is what nobody can do");
    assert_eq!(activity.totals.avg_step_rate_spm, Some(167.0));
    assert_eq!(
        ground(&activity),
        "cadence counts strides (84 a minute, steps would be 2.2 m long); doubled to steps per minute"
    );
}

#[test]
fn what_no_leg_can_do_are_steps() {
    assert_eq!(step_rate(&run(Format::Gpx, 170.0, 3.0, |_| ())), Some(170.0));
    // A treadmill wrote steps where the format means strides; who doubles them shows 320.
    let treadmill = run(Format::Fit, 160.0, 3.0, |_| ());
    assert_eq!((step_rate(&treadmill), treadmill.totals.avg_step_rate_spm), (Some(160.0), Some(160.0)));
}

#[test]
fn a_cadence_that_was_doubled_twice_is_halved() {
    let treadmill = run(Format::Tcx, 320.0, 3.0, |_| ());
    assert_eq!((step_rate(&treadmill), treadmill.totals.avg_step_rate_spm), (Some(160.0), Some(160.0)));
    assert!(ground(&treadmill).ends_with("doubled once too often; halved"), "{}", ground(&treadmill));
}

#[test]
fn a_cadence_that_is_nobody_s_is_left_out() {
    for (format, cadence) in [(Format::Fit, 254.0), (Format::Gpx, 508.0), (Format::Tcx, 254.0)] {
        let activity = run(format, cadence, 3.0, |_| ());
        assert_eq!((step_rate(&activity), activity.totals.avg_step_rate_spm), (None, None));
        assert!(ground(&activity).ends_with("which nobody steps, left out"), "{}", ground(&activity));
    }
}

#[test]
fn slow_steps_are_told_from_quick_strides_by_their_length() {
    // 110 strides at 1.4 m/s would make steps of 0.38 m; 110 steps make 0.76 m: a walk break.
    assert_eq!(step_rate(&run(Format::Gpx, 110.0, 1.4, |_| ())), Some(110.0));
    // 104 strides at 5.5 m/s are 208 steps of 1.6 m: a sprint.
    assert_eq!(step_rate(&run(Format::Fit, 104.0, 5.5, |_| ())), Some(208.0));
}

#[test]
fn a_recorded_step_length_decides() {
    // At 1.9 m/s, 110 could be strides of a shuffle or steps of a brisk walk.
    let with_steps_of = |millimetres: f64| {
        run(Format::Fit, 110.0, 1.9, |activity| {
            activity.samples.set(Channel::StepLength, vec![millimetres; 61]);
        })
    };
    assert_eq!(step_rate(&with_steps_of(1036.0)), Some(110.0));
    assert_eq!(step_rate(&with_steps_of(518.0)), Some(220.0));
    assert!(ground(&with_steps_of(518.0)).contains("recorded step length"));
    assert_eq!(step_rate(&with_steps_of(7000.0)), Some(220.0), "one that fits nothing decides nothing");
}

#[test]
fn the_count_of_cycles_decides() {
    let counted = |cycles: f64| run(Format::Fit, 110.0, 2.5, |activity| activity.totals.steps = Some(cycles));
    let same = counted(110.0);
    assert_eq!((step_rate(&same), same.totals.steps), (Some(220.0), Some(220.0)));
    let half = counted(55.0);
    assert_eq!((step_rate(&half), half.totals.steps), (Some(110.0), Some(110.0)));
    assert!(ground(&half).contains("twice the strides that the device counted"));
}

#[test]
fn totals_and_laps_that_count_otherwise_are_brought_to_steps_too() {
    let laps = |activity: &mut Activity, cadence: f64| {
        activity.totals.avg_step_rate_spm = Some(cadence);
        activity.totals.steps = Some(cadence);
        let totals = Totals { avg_step_rate_spm: Some(cadence), ..Totals::default() };
        activity.laps = vec![Lap { start_s: 0.0, totals }];
    };
    for (samples, mean) in [(85.0, 170.0), (170.0, 85.0)] {
        let activity = run(Format::Fit, samples, 3.0, |activity| laps(activity, mean));
        let of_lap = activity.laps[0].totals.avg_step_rate_spm;
        assert_eq!(
            (step_rate(&activity), activity.totals.avg_step_rate_spm, of_lap),
            (Some(170.0), Some(170.0), Some(170.0))
        );
        assert!(activity.notes.iter().any(|note| note.text.contains("count otherwise than its samples")));
    }
    // A walk with long stands: the mean over all of it says nothing of the basis.
    let walk = settled(Format::Fit, Sport::Walking, 55.0, 1.4, |activity| laps(activity, 27.0));
    assert_eq!((step_rate(&walk), walk.totals.avg_step_rate_spm, walk.notes.len()), (Some(110.0), Some(54.0), 1));
}

#[test]
fn a_count_that_lacks_most_of_the_steps_is_left_out() {
    let activity = run(Format::Fit, 85.0, 3.0, |activity| activity.totals.steps = Some(8.0));
    assert_eq!(activity.totals.steps, None);
    assert!(activity.notes[1].text.starts_with("the device counted 16 steps, its cadence adds up to some 170"));
}

#[test]
fn a_mean_that_the_samples_contradict_by_far_is_left_out() {
    let with_mean = |mean: f64| {
        run(Format::Fit, 81.0, 3.0, |activity| {
            activity.totals.avg_step_rate_spm = Some(mean);
            activity.totals.timer_s = Some(60.0);
        })
    };
    let far = with_mean(6.5);
    assert_eq!(far.totals.avg_step_rate_spm, None);
    assert!(far.notes.iter().any(|note| note.text.starts_with("the device's mean step rate of 13.0 a minute")));
    assert_eq!(with_mean(70.0).totals.avg_step_rate_spm, Some(140.0), "some standing");
    // A minute of running in a timer of ten: the mean may well be a tenth.
    let stood = run(Format::Fit, 81.0, 3.0, |activity| {
        activity.totals.avg_step_rate_spm = Some(8.0);
        activity.totals.timer_s = Some(600.0);
    });
    assert_eq!(stood.totals.avg_step_rate_spm, Some(16.0));
    let counted = run(Format::Fit, 81.0, 3.0, |activity| {
        (activity.totals.avg_step_rate_spm, activity.totals.steps) = (Some(8.0), Some(250.0));
        activity.totals.timer_s = Some(600.0);
    });
    assert_eq!(counted.totals.avg_step_rate_spm, None, "50 a minute by its own count");
}

#[test]
fn a_crank_makes_no_steps() {
    let ride = settled(Format::Fit, Sport::Cycling, 90.0, 8.0, |_| ());
    assert_eq!((step_rate(&ride), ride.totals.avg_step_rate_spm), (None, None));
}
