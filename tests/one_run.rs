//! One run, once and right, where its sources contradict each other: cases of our own making.

use kneewise_core::Run;
use kneewise_core::measure::metric::{BEST_FIVE_KM, BEST_FIVE_MIN, BEST_ONE_KM, ELAPSED, TIMER};
use kneewise_fixtures::encode::{Style, encode};
use kneewise_fixtures::message::{Content, Message};
use kneewise_fixtures::run::{FixtureLap, FixtureRun, FixtureTotals};
use kneewise_fixtures::synth::{self, Spec};
use kneewise_fixtures::{fit_activity, gpx, tcx};
use kneewise_import::{Import, Options, import};

/// 2026-04-01T07:00:00Z.
const START_UNIX_S: i64 = 1_775_026_800;
const DAY_S: i64 = 86_400;

fn spec(later_s: i64, distance_m: f64) -> Spec {
    Spec { start_unix_s: START_UNIX_S + later_s, distance_m, ..Spec::default() }
}

fn import_files(files: &[(&str, Vec<u8>)]) -> Import {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    import(&[folder.path().to_owned()], &Options::default())
}

fn notes(import: &Import) -> String {
    import.ledger.rows.iter().flat_map(|row| &row.notes).map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The one run that some files are.
fn run_of(files: &[(&str, Vec<u8>)]) -> Run {
    let mut import = import_files(files);
    assert_eq!(import.runs.len(), 1, "{:#?}", import.ledger.rows);
    import.runs.remove(0)
}

fn km(run: &Run) -> Option<f64> {
    run.distance_m().map(|metres| (metres / 100.0).round() / 10.0)
}

/// A run whose speed is `mps` within some seconds of it.
fn with_stretch(spec: &Spec, seconds: std::ops::Range<u32>, mps: f64) -> FixtureRun {
    let mut run = synth::run(spec);
    let (mut before_s, mut before_m, mut metres) = (0, 0.0, 0.0);
    for sample in &mut run.samples {
        let own_m = sample.distance_m.unwrap_or(before_m);
        let step_s = f64::from(sample.t_s - before_s);
        metres += if seconds.contains(&sample.t_s) { mps * step_s } else { own_m - before_m };
        (before_s, before_m) = (sample.t_s, own_m);
        sample.distance_m = Some(metres);
        if seconds.contains(&sample.t_s) {
            sample.speed_mps = Some(mps);
        }
        sample.position = None;
    }
    run.totals.distance_m = metres;
    run.laps = vec![FixtureLap { start_s: 0, totals: run.totals }];
    run
}

#[test]
fn a_lone_stretch_far_too_fast_for_the_run_makes_no_best() {
    for (easy_mps, fast_mps) in [(2.8, 6.5), (2.8, 6.2), (3.3, 6.6)] {
        let easy = Spec { speed_mps: easy_mps, ..spec(0, 9000.0) };
        let of = |run: &FixtureRun| run_of(&[("a.fit", fit_activity::write(run))]);
        let ten_minutes = of(&with_stretch(&easy, 1200..1800, fast_mps));
        let best = |metric| ten_minutes.value(metric);
        assert!(best(&BEST_FIVE_MIN).is_some_and(|mps| mps < 1.2 * easy_mps), "{:?}", best(&BEST_FIVE_MIN));
        assert!(best(&BEST_ONE_KM).is_some_and(|seconds| seconds > 1000.0 / (1.2 * easy_mps)));
        let five_km = best(&BEST_FIVE_KM);
        assert!(five_km.is_none_or(|seconds| seconds > 5000.0 / (1.2 * easy_mps)), "{five_km:?}");
        let told = |part: &str| ten_minutes.notes.iter().any(|note| note.text.contains(part));
        let is_told = told("far too fast for the rest of the run") || told("faster than anybody runs");
        assert!(is_told, "{easy_mps} {fast_mps}: {:?}", ten_minutes.notes);
    }
    // Steps that are as much quicker say that it was run.
    let mut race = with_stretch(&Spec { speed_mps: 3.0, ..spec(0, 9000.0) }, 1200..1800, 6.2);
    for sample in &mut race.samples {
        let is_fast = (1200..1800).contains(&sample.t_s);
        sample.strides_per_min = Some(if is_fast { 94.0 } else { 84.0 });
    }
    let best = run_of(&[("a.fit", fit_activity::write(&race))]).value(&BEST_FIVE_MIN);
    assert!(best.is_some_and(|mps| mps > 6.0), "{best:?}");
}

#[test]
fn a_ride_among_the_runs_of_an_app_is_none_of_them() {
    let mut files: Vec<(String, Vec<u8>)> = (1..12)
        .map(|day| (format!("{day:02}.fit"), fit_activity::write(&synth::run(&spec(2 * day * DAY_S, 6000.0)))))
        .collect();
    let of_app = |mps: f64| {
        let spec = Spec { speed_mps: mps, heart_rate_bpm: None, step_rate_spm: None, ..spec(0, 8000.0) };
        gpx::write(&synth::run(&spec)).into_bytes()
    };
    let first = |files: &[(String, Vec<u8>)]| {
        let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        let import = import_files(&files);
        let run = import.runs.iter().find(|run| run.source().ends_with("app.gpx")).cloned();
        (run, notes(&import))
    };
    files.push(("app.gpx".to_owned(), of_app(5.7)));
    let (ride, told) = first(&files);
    assert!(ride.is_none() && told.contains("not counted as a run"), "{told}");
    *files.last_mut().unwrap() = ("app.gpx".to_owned(), of_app(4.6));
    let (doubtful, told) = first(&files);
    let doubtful = doubtful.expect("a run");
    assert_eq!((km(&doubtful), doubtful.value(&BEST_FIVE_KM)), (Some(8.0), None), "{told}");
    *files.last_mut().unwrap() = ("app.gpx".to_owned(), of_app(3.6));
    assert!(first(&files).0.expect("a run").value(&BEST_FIVE_KM).is_some(), "a race without a watch");
    let (alone, told) = first(&[("app.gpx".to_owned(), of_app(5.7))]);
    assert!(alone.expect("a run").value(&BEST_FIVE_KM).is_some(), "nobody knows the runner: {told}");
}

/// A FIT of the laps of a run, and of its records as asked.
fn of_laps(run: &FixtureRun, sports: &[Option<u8>], with_records: bool) -> Vec<u8> {
    let mut laps = sports.iter();
    let kept =
        fit_activity::messages(std::slice::from_ref(run)).into_iter().filter_map(|message| match message.kind.name {
            "session" | "activity" | "sport" => None,
            "record" => with_records.then_some(message),
            "lap" => Some(match laps.next() {
                Some(Some(sport)) => message.number("sport", *sport),
                _ => message,
            }),
            _ => Some(message),
        });
    encode(&kept.collect::<Vec<Message>>(), Style::default())
}

#[test]
fn laps_alone_make_a_run() {
    let run = synth::run(&Spec { lap_m: 2000.0, ..spec(0, 8000.0) });
    let sports = vec![Some(1); run.laps.len()];
    for with_records in [false, true] {
        let of_laps = run_of(&[("a.fit", of_laps(&run, &sports, with_records))]);
        assert_eq!(km(&of_laps), Some(8.0), "{with_records}");
        assert_eq!(of_laps.value(&TIMER), Some(f64::from(run.totals.timer_s)));
        assert_eq!(of_laps.value(&ELAPSED), Some(f64::from(run.totals.elapsed_s)));
    }
    // A ride to the start, and the run.
    let legs = [Some(2), Some(2), Some(1), Some(1), Some(1)];
    let brick = run_of(&[("a.fit", of_laps(&run, &legs[..run.laps.len()], false))]);
    assert_eq!(km(&brick), Some(4.0));
    // A last lap of some seconds without a metre.
    let mut pressed = run.clone();
    let end_s = pressed.totals.elapsed_s;
    let totals = FixtureTotals { elapsed_s: 4, timer_s: 4, distance_m: 0.0, ..FixtureTotals::default() };
    pressed.laps.push(FixtureLap { start_s: end_s, totals });
    let mut last = *pressed.samples.last().unwrap();
    last.t_s += 4;
    pressed.samples.push(last);
    assert_eq!(km(&run_of(&[("a.fit", of_laps(&pressed, &sports, false))])), Some(8.0));
    let without_sport = import_files(&[("a.fit", of_laps(&run, &[], false))]);
    assert_eq!(without_sport.runs.len(), 0);
    assert!(notes(&without_sport).contains("neither a summary nor samples"), "{}", notes(&without_sport));
}

/// A treadmill recording whose counter stood at 0.
fn standing(later_s: i64) -> Vec<u8> {
    let mut run = synth::run(&Spec { indoor: true, sub_sport: 1, ..spec(later_s, 300.0) });
    for sample in &mut run.samples {
        (sample.distance_m, sample.speed_mps, sample.strides_per_min) = (Some(0.0), Some(0.0), Some(0.0));
    }
    (run.totals.distance_m, run.totals.strides) = (0.0, None);
    run.laps = vec![FixtureLap { start_s: 0, totals: run.totals }];
    fit_activity::write(&run)
}

#[test]
fn a_part_whose_counter_stood_leaves_the_session_its_distance() {
    let belt = fit_activity::write(&synth::run(&Spec { indoor: true, sub_sport: 1, ..spec(0, 5000.0) }));
    for later_s in [-600, 3000] {
        let session = run_of(&[("belt.fit", belt.clone()), ("stood.fit", standing(later_s))]);
        assert_eq!((km(&session), session.parts().len()), (Some(5.0), 2), "{later_s}");
    }
}

/// Fields that the fixture's messages have, for a look at what a message says.
fn number(message: &Message, field: &str) -> Option<f64> {
    message.fields.iter().find_map(|(of, content)| match content {
        Content::Number(value) if of.name == field => Some(*value),
        _ => None,
    })
}

#[test]
fn a_session_total_in_another_unit_is_not_the_distance() {
    let run = synth::run(&spec(0, 8000.0));
    for factor in [100.0, 0.1, 0.01, 0.001] {
        let mut messages = fit_activity::messages(std::slice::from_ref(&run));
        for message in messages.iter_mut().filter(|message| message.kind.name == "session") {
            let metres = number(message, "total_distance").unwrap();
            message.fields.retain(|(field, _)| field.name != "total_distance");
            *message = message.clone().number("total_distance", factor * metres);
        }
        let mended = run_of(&[("a.fit", encode(&messages, Style::default()))]);
        assert_eq!(km(&mended), Some(8.0), "{factor}");
    }
}

#[test]
fn a_run_over_midnight_is_the_row_of_either_day() {
    // From 23:50 to 00:24 on the runner's clock.
    let late = synth::run(&Spec { utc_offset_s: 7200, ..spec(14 * 3600 + 3000, 6000.0) });
    let row = |days: &[&str]| {
        let rows: Vec<String> = days.iter().map(|day| format!("{day},6,35\n")).collect();
        format!("date,distance_km,minutes\n{}", rows.concat()).into_bytes()
    };
    for days in [&["2026-04-01"][..], &["2026-04-02"]] {
        assert_eq!(km(&run_of(&[("late.fit", fit_activity::write(&late)), ("log.csv", row(days))])), Some(6.0));
    }
    let both =
        import_files(&[("late.fit", fit_activity::write(&late)), ("log.csv", row(&["2026-04-01", "2026-04-02"]))]);
    assert_eq!(both.runs.len(), 2, "and one of the next day");
    // The sum of the next day is that of the runs that begin on it.
    let morning = |hour: i64, metres: f64| fit_activity::write(&synth::run(&spec(DAY_S + 3600 * hour, metres)));
    let sum = b"date,distance_km\n2026-04-02,9\n".to_vec();
    let files = [
        ("0.fit", fit_activity::write(&late)),
        ("1.fit", morning(1, 4000.0)),
        ("2.fit", morning(8, 5000.0)),
        ("log.csv", sum),
    ];
    assert_eq!(import_files(&files).runs.len(), 3);
}

#[test]
fn laps_of_the_whole_and_of_its_kilometres_are_not_added_up() {
    let mut run = synth::run(&Spec { lap_m: 1000.0, ..spec(0, 8000.0) });
    run.laps.insert(0, FixtureLap { start_s: 0, totals: run.totals });
    for document in [tcx::write(&run), tcx::write(&run).replace("<Track>", "<!--").replace("</Track>", "-->")] {
        assert_eq!(km(&run_of(&[("a.tcx", document.into_bytes())])), Some(8.0));
    }
}
