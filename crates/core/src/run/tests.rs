use super::*;
use crate::baseline::{Needs, Options, form_trend};
use crate::measure::form::FormMetric;
use crate::measure::metric::{AVG_HEART_RATE, DISTANCE, ELAPSED, MAX_HEART_RATE, PACE, TIMER};
use kneewise_read::activity::{Channel, Samples};
use proptest::prelude::*;

fn recording(start: &str, metres: f64, seconds: f64, bpm: f64) -> Run {
    let (start, offset) = Timestamp::parse_iso8601(start).expect("a time");
    let values = [(&DISTANCE, metres), (&TIMER, seconds), (&AVG_HEART_RATE, bpm), (&MAX_HEART_RATE, bpm + 10.0)];
    Run::summary(start, offset, &values)
}

#[test]
fn recordings_less_than_ninety_minutes_apart_are_one_session() {
    let warm_up = recording("2026-03-01T08:00:00Z", 2000.0, 600.0, 120.0);
    let race = recording("2026-03-01T08:30:00Z", 10_000.0, 2400.0, 170.0);
    let evening = recording("2026-03-01T18:00:00Z", 5000.0, 1500.0, 140.0);
    let sessions = sessions(vec![evening, race, warm_up], SESSION_GAP_S);
    assert_eq!(sessions.len(), 2);
    let race = &sessions[0];
    assert_eq!(race.value(&DISTANCE), Some(12_000.0));
    assert_eq!(race.value(&TIMER), Some(3000.0));
    assert_eq!(race.value(&ELAPSED), Some(1800.0 + 2400.0), "the break is part of the session");
    assert_eq!(race.value(&AVG_HEART_RATE), Some((120.0 * 600.0 + 170.0 * 2400.0) / 3000.0));
    assert_eq!(race.value(&MAX_HEART_RATE), Some(180.0));
}

#[test]
fn the_gap_is_measured_from_the_end_to_the_next_start() {
    let first = recording("2026-03-01T08:00:00Z", 2000.0, 600.0, 120.0);
    let at = |time: &str| sessions(vec![first.clone(), recording(time, 1.0, 1.0, 1.0)], SESSION_GAP_S).len();
    assert_eq!(at("2026-03-01T09:40:00Z"), 1, "ninety minutes to the second");
    assert_eq!(at("2026-03-01T09:40:01Z"), 2);
}

#[test]
fn a_recording_of_years_swallows_no_runs() {
    let years = recording("2026-03-01T08:00:00Z", 5000.0, 2.0 * 365.0 * 86_400.0, 120.0);
    let at = |time: &str| sessions(vec![years.clone(), recording(time, 1.0, 1.0, 1.0)], SESSION_GAP_S).len();
    assert_eq!(at("2026-03-02T08:00:00Z"), 1, "a day to the second");
    assert_eq!(at("2026-03-02T08:00:01Z"), 2);
}

#[test]
fn a_session_of_two_surfaces_or_devices_has_no_form_to_compare() {
    let joined = |at: [(SubSport, &str); 2]| {
        let part = |(sub_sport, product): (SubSport, &str), start: &str| {
            let mut run = recording(start, 3600.0, 1200.0, 140.0);
            run.sub_sport = sub_sport;
            run.device = Some(Device { manufacturer: "maker".to_owned(), product: product.to_owned() });
            run.form_by_speed = vec![FormAtSpeed::new(3.05, 1200.0, &[(FormMetric::StepRate, 170.0)])];
            run
        };
        let parts = vec![part(at[0], "2026-03-01T08:00:00Z"), part(at[1], "2026-03-01T08:40:00Z")];
        let session = sessions(parts, SESSION_GAP_S).remove(0);
        let point =
            form_trend(std::slice::from_ref(&session), FormMetric::StepRate, session.local_date, &Options::default());
        let is_of_it = |note: &&Note| matches!(note.kind, NoteKind::Session | NoteKind::MixedForm);
        let notes = session.notes.iter().filter(is_of_it).count();
        (session.sub_sport, point.points[0].against == Err(Needs::OneKind), notes)
    };
    let (road, belt) = (SubSport::Generic, SubSport::Treadmill);
    assert_eq!(joined([(road, "a"), (road, "a")]), (road, false, 1));
    assert_eq!(joined([(belt, "a"), (road, "a")]), (road, true, 2));
    assert_eq!(joined([(road, "a"), (road, "b")]), (road, true, 2));
    assert_eq!(joined([(belt, "a"), (SubSport::IndoorRunning, "a")]), (belt, false, 1), "both indoors");
}

#[test]
fn speeds_indoors_are_a_guess_until_somebody_corrects_the_distance() {
    let is_guessed = |sub_sport, total_m| {
        let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
        let mut activity = Activity::new(Format::Fit, start);
        (activity.sport, activity.sub_sport) = (Sport::Running, sub_sport);
        activity.totals.distance_m = total_m;
        activity.samples = Samples::new((0..=600).map(f64::from).collect());
        activity.samples.set(Channel::Distance, (0..=600).map(|i| 3.0 * f64::from(i)).collect());
        activity.samples.set(Channel::Speed, vec![3.0; 601]);
        activity.samples.set(Channel::StepRate, vec![170.0; 601]);
        Run::from_activity(&activity, "a.fit", None).is_ok_and(|run| run.is_speed_guessed)
    };
    assert!(is_guessed(SubSport::Treadmill, None) && is_guessed(SubSport::Treadmill, Some(1801.0)));
    assert!(!is_guessed(SubSport::Treadmill, Some(1700.0)), "corrected");
    assert!(!is_guessed(SubSport::Generic, Some(1801.0)), "outdoors");
}

#[test]
fn a_form_metric_has_the_seconds_of_its_own_sensor() {
    let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
    let mut activity = Activity::new(Format::Fit, start);
    activity.sport = Sport::Running;
    activity.samples = Samples::new((0..=3000).map(f64::from).collect());
    activity.samples.set(Channel::Speed, vec![3.05; 3001]);
    activity.samples.set(Channel::StepRate, vec![170.0; 3001]);
    // A pod whose battery lasted for twenty seconds.
    let stance = (0..3001).map(|i| if (1000..1020).contains(&i) { 250.0 } else { f64::NAN });
    activity.samples.set(Channel::StanceTime, stance.collect());
    let run = Run::from_activity(&activity, "a.fit", None).expect("a run");
    let of =
        |metric| form_trend(std::slice::from_ref(&run), metric, run.local_date, &Options::default()).points[0].clone();
    assert_eq!(of(FormMetric::StanceTime).against, Err(Needs::Running { needs_s: 600.0, has_s: 20.0 }));
    assert_eq!((of(FormMetric::StanceTime).seconds, of(FormMetric::StepRate).seconds), (20.0, 2981.0));
}

#[test]
fn a_recording_without_a_date_is_no_run_of_the_log() {
    let at = |time: &str| {
        let mut activity = Activity::new(Format::Fit, Timestamp::parse_iso8601(time).expect("a time").0);
        activity.sport = Sport::Running;
        activity.totals.timer_s = Some(1800.0);
        Run::from_activity(&activity, "a.fit", None)
    };
    assert_eq!(at("1989-12-31T00:22:29Z").map(|run| run.id), Err(NoRun::NoDate));
    assert!(at("2004-06-01T08:00:00Z").is_ok());
}

#[test]
fn what_is_too_small_to_matter_makes_no_distance_unknown() {
    let without_distance = |start: &str, seconds: f64| {
        let (start, offset) = Timestamp::parse_iso8601(start).expect("a time");
        Run::summary(start, offset, &[(&TIMER, seconds)])
    };
    let with = |seconds: f64, of_run_s: f64| {
        let run = recording("2026-03-01T08:30:00Z", 5000.0, of_run_s, 150.0);
        let slight = without_distance("2026-03-01T08:00:00Z", seconds);
        let after = without_distance("2026-03-01T10:20:00Z", seconds);
        let session = |parts| sessions(parts, SESSION_GAP_S).remove(0);
        let [first, last] = [session(vec![slight, run.clone()]), session(vec![run, after])];
        assert_eq!(first.distance_m(), last.distance_m(), "it may come first or last");
        (first.distance_m(), first.value(&TIMER), first.parts()[0].distance_m)
    };
    assert_eq!(with(59.0, 1500.0), (Some(5000.0), Some(1559.0), Some(0.0)));
    assert_eq!(with(60.0, 1500.0), (None, Some(1560.0), None));
    assert_eq!(with(60.0, 6000.0), (Some(5000.0), Some(6060.0), Some(0.0)), "less than a hundredth");
}

#[test]
fn a_recording_whose_counter_stood_adds_no_metres() {
    let standing = |metres: f64| {
        let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
        let mut activity = Activity::new(Format::Fit, start);
        activity.sport = Sport::Running;
        activity.samples = Samples::new((0..=600).map(f64::from).collect());
        activity.samples.set(Channel::Distance, vec![metres; 601]);
        activity.totals.timer_s = Some(600.0);
        let activity = activity.settle().remove(0);
        Run::from_activity(&activity, "a.fit", None).expect("a run")
    };
    let joined = |first| {
        sessions(vec![first, recording("2026-03-01T08:30:00Z", 5000.0, 1500.0, 150.0)], SESSION_GAP_S).remove(0)
    };
    assert_eq!(joined(standing(0.0)).distance_m(), Some(5000.0));
    assert_eq!(joined(standing(f64::NAN)).distance_m(), None, "nobody counted");
}

#[test]
fn each_part_keeps_its_shoes() {
    let part = |start: &str, metres: f64, seconds: f64, gear: Option<&str>| {
        let mut run = recording(start, metres, seconds, 140.0);
        run.gear = gear.map(str::to_owned);
        run
    };
    let race = |gear: [Option<&str>; 3]| {
        let parts = vec![
            part("2026-03-01T08:00:00Z", 2000.0, 600.0, gear[0]),
            part("2026-03-01T08:30:00Z", 10_000.0, 2400.0, gear[1]),
            part("2026-03-01T09:30:00Z", 2000.0, 600.0, gear[2]),
        ];
        sessions(parts, SESSION_GAP_S).remove(0)
    };
    let session = race([Some("Trainer"), Some("Flat"), Some("Trainer")]);
    let parts: Vec<_> = session.parts().iter().map(|part| (part.gear.clone(), part.distance_m)).collect();
    let expected = [("Trainer", 2000.0), ("Flat", 10_000.0), ("Trainer", 2000.0)];
    assert_eq!(parts, expected.map(|(gear, metres)| (Some(gear.to_owned()), Some(metres))));
    assert_eq!(session.gear.as_deref(), Some("Flat"), "most of it");
    assert_eq!(race([None, None, Some("Trainer")]).gear.as_deref(), Some("Trainer"));
    assert_eq!(race([Some("A"), None, Some("B")]).gear.as_deref(), Some("A"), "of two as long the first");
}

proptest! {
    /// Nobody moves for longer than the timer runs, nor does it for longer than the session
    /// lasts.
    #[test]
    fn the_times_of_a_session_are_in_order(
        parts in prop::collection::vec((0..20_000_i64, 0.0..9000.0_f64, 0.0..1.0_f64, 0.0..1.0_f64, 0_u8..8), 1..8)
    ) {
        let run = |(begin, elapsed_s, running, moving, known): &(i64, f64, f64, f64, u8)| {
            let start = Timestamp::from_unix_s(1_772_352_000 + begin).expect("in range");
            let (timer_s, moving_s) = (elapsed_s * running, elapsed_s * running * moving);
            let values = [(&ELAPSED, *elapsed_s), (&TIMER, timer_s), (&MOVING_TIME, moving_s), (&DISTANCE, 3.0 * moving_s)];
            let known = values.into_iter().enumerate().filter(|(i, _)| *i == 0 || known & (1 << (i - 1)) != 0);
            Run::summary(start, Some(0), &known.map(|(_, value)| value).collect::<Vec<_>>())
        };
        let recordings: Vec<Run> = parts.iter().map(run).collect();
        let n = recordings.len();
        let sessions = sessions(recordings, SESSION_GAP_S);
        prop_assert_eq!(sessions.iter().map(|session| session.parts().len()).sum::<usize>(), n);
        for session in sessions {
            let of = |metric| session.value(metric);
            let elapsed_s = of(&ELAPSED).expect("an end");
            let timer_s = of(&TIMER).unwrap_or(0.0);
            prop_assert!(timer_s <= elapsed_s, "{timer_s} of {elapsed_s}");
            prop_assert!(of(&MOVING_TIME).unwrap_or(0.0) <= of(&TIMER).unwrap_or(elapsed_s));
            // Summaries without a distance are unknown or too small to matter, never negative.
            prop_assert!(session.distance_m().is_none_or(|metres| metres >= 0.0));
        }
    }
}

#[test]
fn half_of_a_distance_is_not_the_distance_of_a_session() {
    let known = recording("2026-03-01T08:00:00Z", 2000.0, 600.0, 120.0);
    let (start, offset) = Timestamp::parse_iso8601("2026-03-01T08:30:00Z").expect("a time");
    let without_distance = Run::summary(start, offset, &[(&TIMER, 3600.0), (&AVG_HEART_RATE, 150.0)]);
    let session = &sessions(vec![known, without_distance], SESSION_GAP_S)[0];
    assert_eq!((session.distance_m(), session.value(&PACE)), (None, None));
    assert_eq!(session.value(&TIMER), Some(4200.0));
    assert!(session.value(&AVG_HEART_RATE).is_some());
}
