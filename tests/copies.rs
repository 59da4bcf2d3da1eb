//! A run is in the log once, whatever copies of it lie about, and two runs stay two.

use std::collections::BTreeMap;

use kneewise_fixtures::run::{FixtureLap, FixtureRun, FixtureTotals};
use kneewise_fixtures::synth::Spec;
use kneewise_fixtures::{fit_activity, gpx, synth, tcx};
use kneewise_import::{Import, Matches, Options, Outcome, import};
use proptest::prelude::*;

use crate::support::{imported, reported, shared};

/// 2026-04-01T07:00:00Z.
const START_UNIX_S: i64 = 1_775_026_800;
const HOUR_S: i64 = 3600;

fn run(later_s: i64, distance_m: f64, seed: u64) -> FixtureRun {
    synth::run(&Spec { start_unix_s: START_UNIX_S + later_s, distance_m, seed, ..Spec::default() })
}

/// The samples between two shares of a run, as a file of their own.
fn cut(mut run: FixtureRun, from: f64, to: f64) -> FixtureRun {
    let end_s = f64::from(run.totals.elapsed_s);
    run.samples.retain(|sample| (from * end_s..=to * end_s).contains(&f64::from(sample.t_s)));
    let (first_s, first_m) = (run.samples[0].t_s, run.samples[0].distance_m.unwrap_or(0.0));
    for sample in &mut run.samples {
        sample.t_s -= first_s;
        sample.distance_m = sample.distance_m.map(|metres| metres - first_m);
    }
    let last = run.samples.last().copied().unwrap();
    run.start_unix_s += i64::from(first_s);
    let distance_m = last.distance_m.unwrap_or(0.0);
    run.totals = FixtureTotals { elapsed_s: last.t_s, timer_s: last.t_s, distance_m, strides: None, ..run.totals };
    run.laps = vec![FixtureLap { start_s: 0, totals: run.totals }];
    run
}

/// Moves each position by up to `metres`, and each heart rate by a beat.
fn noisy(run: FixtureRun, metres: f64) -> FixtureRun {
    noisy_by(run, metres, 1)
}

/// The same by another noise.
fn noisy_by(run: FixtureRun, metres: f64, seed: u64) -> FixtureRun {
    let mut run = shaken(run, metres, seed);
    for sample in &mut run.samples {
        // As of a phone without sensors: its file knows no distance, and others work one out.
        (sample.distance_m, sample.speed_mps, sample.strides_per_min) = (None, None, None);
    }
    run
}

/// The same, by a watch that counts metres itself.
fn shaken(mut run: FixtureRun, metres: f64, seed: u64) -> FixtureRun {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 23) - 1.0
    };
    for sample in &mut run.samples {
        let degrees = metres / 111_195.0;
        sample.position = sample.position.map(|(n, e)| (n + degrees * random(), e + degrees * random()));
        sample.heart_rate_bpm = sample.heart_rate_bpm.map(|bpm| bpm + random());
    }
    run
}

fn without_heart_rate(mut run: FixtureRun) -> FixtureRun {
    for sample in &mut run.samples {
        sample.heart_rate_bpm = None;
    }
    run.totals.avg_heart_rate_bpm = None;
    run.totals.max_heart_rate_bpm = None;
    for lap in &mut run.laps {
        lap.totals.avg_heart_rate_bpm = None;
        lap.totals.max_heart_rate_bpm = None;
    }
    run
}

fn every_other(mut run: FixtureRun) -> FixtureRun {
    let mut n = 0;
    run.samples.retain(|_| {
        n += 1;
        n % 2 == 1
    });
    run
}

fn later(mut run: FixtureRun, seconds: i64) -> FixtureRun {
    run.start_unix_s += seconds;
    run
}

fn elsewhere(mut run: FixtureRun, degrees: f64) -> FixtureRun {
    for sample in &mut run.samples {
        sample.position = sample.position.map(|(n, e)| (n + degrees, e));
    }
    run
}

/// Of the totals alone, as somebody types them in.
fn typed_in(mut run: FixtureRun) -> FixtureRun {
    run.samples.clear();
    run.laps.truncate(1);
    run.laps[0].totals = run.totals;
    run
}

fn fit(run: &FixtureRun) -> Vec<u8> {
    fit_activity::write(run)
}

fn of_gpx(run: &FixtureRun) -> Vec<u8> {
    gpx::write(run).into_bytes()
}

fn of_tcx(run: &FixtureRun) -> Vec<u8> {
    tcx::write(run).into_bytes()
}

fn import_with(files: &[(&str, Vec<u8>)], matches: Matches) -> Import {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    import(&[folder.path().to_owned()], &Options { matches, ..Options::default() })
}

fn import_files(files: &[(&str, Vec<u8>)]) -> Import {
    import_with(files, Matches::default())
}

/// The kilometres of each run, to the tenth.
fn km(import: &Import) -> Vec<f64> {
    import.runs.iter().map(|run| (run.distance_m().unwrap_or(0.0) / 100.0).round() / 10.0).collect()
}

fn notes(import: &Import) -> String {
    let rows = import.ledger.rows.iter();
    let texts = rows.flat_map(|row| row.notes.iter().map(|note| note.text.clone()).chain(row.reason.clone()));
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn cases_beside_the_checkout_count_each_run_once() {
    let Some(cases) = shared("cases") else { return };
    let expected: [(&str, &[f64]); 24] = [
        ("duplicates/fit_strava_gpx", &[8.0]),
        ("duplicates/fit_apple_route_no_type", &[8.0]),
        ("duplicates/shift_1h", &[8.0]),
        ("duplicates/shift_1h_same_track", &[8.0]),
        ("duplicates/shift_5min", &[8.0]),
        ("duplicates/manual_at_end", &[8.0]),
        ("duplicates/trimmed_start_25", &[8.0]),
        ("duplicates/trimmed_both", &[8.0]),
        ("duplicates/split_in_two", &[8.0]),
        ("duplicates/same_twice_names", &[8.0]),
        ("duplicates/same_twice_gz", &[8.0]),
        ("duplicates/three_sources", &[8.0]),
        ("duplicates/gear", &[8.0]),
        ("duplicates/shift_1h_days_apart_seed", &[8.0, 8.0]),
        ("duplicates/two_real_runs_morning", &[8.0, 5.6]),
        ("duplicates/shift_1h_other_run", &[12.0]),
        ("duplicates/shift_1h_short_gap_other", &[12.0]),
        ("duplicates/two_laps_same_loop", &[16.2]),
        ("duplicates/two_people_diff_city", &[8.0, 7.7]),
        ("days/two-devices-overlap", &[18.0]),
        ("days/treadmill-corrected-copy", &[8.5]),
        ("days/ultra-two-watches", &[159.9]),
        ("archives/same_name.zip", &[13.5, 8.0]),
        ("security/dupname.zip", &[6.0, 10.0]),
    ];
    for (case, expected) in expected {
        let import = imported(&cases.join(case));
        assert_eq!(km(&import), expected, "{case}: {:#?}", import.ledger.rows);
    }
    let of = |case: &str| imported(&cases.join(case));
    // A phone's route of a watch names no sport, and is told as one.
    let route = of("duplicates/apple_route_alone");
    assert_eq!((km(&route), route.ledger.rows[0].activities[0].sport.name()), (vec![], "generic"));
    // Its two files are of 21 March and of 2 June: nothing of one belongs to the other, and each is
    // a run. `a_copy_gives_its_heart_rate_to_the_run` has the case that was meant.
    assert_eq!(km(&of("duplicates/fill_hr")), [6.0, 8.0]);
    assert_eq!(of("duplicates/gear").runs[0].gear.as_deref(), Some("Ghost 15"));
    assert!(notes(&of("duplicates/two_people_diff_city")).contains("are these two people?"));
    assert!(notes(&of("days/treadmill-corrected-copy")).contains("10.00 km, the other 8.50 km"));
    let log = of("days/clock-one-hour-off-in-a-log");
    assert_eq!(km(&log).last(), Some(&12.0));
    let findings = reported(&log).findings.into_iter().filter(|finding| finding.tier.is_some());
    let of_the_day: Vec<_> = findings.map(|finding| finding.rule).filter(|rule| *rule != "load-ratio").collect();
    assert!(of_the_day.is_empty(), "{of_the_day:?}");
    let parts = of("days/two-devices-overlap");
    assert_eq!(parts.runs[0].value(&kneewise_core::measure::metric::MOVING_TIME), Some(5400.0));
}

#[test]
fn a_clock_that_is_off_makes_no_second_run() {
    let watch = run(0, 8000.0, 1);
    for quarters in [-56, -4, -1, 1, 3, 4, 22, 56] {
        for slack_s in [0, 25] {
            let copy = later(noisy(watch.clone(), 5.0), quarters * 900 + slack_s);
            let import = import_files(&[("a.fit", fit(&watch)), ("b.gpx", of_gpx(&copy))]);
            assert_eq!(km(&import), [8.0], "{quarters} quarters and {slack_s} s: {}", notes(&import));
        }
    }
    let next_day = later(watch.clone(), 24 * HOUR_S);
    let import = import_files(&[("a.fit", fit(&watch)), ("b.gpx", of_gpx(&next_day))]);
    assert_eq!(km(&import), [8.0, 8.0], "the same loop on the next day");
}

#[test]
fn a_second_lap_of_a_loop_is_run_again() {
    let first = run(0, 8000.0, 1);
    for second in [
        // By another pace, another length, and at no whole quarter hour.
        synth::run(&Spec {
            start_unix_s: START_UNIX_S + HOUR_S,
            distance_m: 8000.0,
            speed_mps: 2.97,
            seed: 2,
            ..Spec::default()
        }),
        run(HOUR_S, 4000.0, 2),
        noisy(later(first.clone(), HOUR_S + 335), 5.0),
    ] {
        let import = import_files(&[("a.fit", fit(&first)), ("b.gpx", of_gpx(&second))]);
        assert_eq!((import.runs.len(), import.ledger.counts.duplicate), (1, 0), "{}", notes(&import));
        assert_eq!(import.runs[0].sources.len(), 2);
    }
    let ways =
        [(0, 2000.0, 1), (900, 10_000.0, 2), (5400, 2000.0, 1)].map(|(at, metres, seed)| fit(&run(at, metres, seed)));
    let [warm_up, race, cool_down] = ways;
    let import = import_files(&[("a.fit", warm_up), ("b.fit", race), ("c.fit", cool_down)]);
    assert_eq!(km(&import), [14.0], "a warm-up and a cool-down on one way: {}", notes(&import));
}

/// A run of the same loop at the same mean speed.
fn lap(later_s: i64, seed: u64, noise_m: f64) -> FixtureRun {
    noisy_by(without_heart_rate(run(later_s, 8000.0, seed)), noise_m, seed)
}

#[test]
fn a_loop_run_twice_at_one_pace_is_told_from_a_copy() {
    let duplicates = |files: &[(&str, Vec<u8>)]| import_files(files).ledger.counts.duplicate;
    for (later_s, noise_m) in
        [(HOUR_S, 0.0), (4 * HOUR_S, 0.0), (HOUR_S, 3.0), (13 * HOUR_S + 2700, 3.0), (-HOUR_S, 5.0)]
    {
        let files = [("a.fit", fit(&lap(0, 1, noise_m))), ("b.gpx", of_gpx(&lap(later_s, 2, noise_m)))];
        assert_eq!(duplicates(&files), 0, "{later_s} {noise_m}: by the drift or the noise");
        // Of the very same pace, which nobody runs: the noise is another.
        if noise_m > 0.0 {
            let again = noisy_by(without_heart_rate(run(later_s, 8000.0, 1)), noise_m, 7);
            let files = [("a.fit", fit(&lap(0, 1, noise_m))), ("b.gpx", of_gpx(&again))];
            assert_eq!(duplicates(&files), 0, "{later_s} {noise_m}: by the noise");
        }
        // A copy has the noise of the first, and may have some of its own.
        let copy = noisy_by(later(lap(0, 1, noise_m), later_s), 3.0, 9);
        let files = [("a.fit", fit(&lap(0, 1, noise_m))), ("b.gpx", of_gpx(&copy))];
        assert_eq!(duplicates(&files), 1, "{later_s} {noise_m}: a copy");
    }
}

#[test]
fn a_copy_may_be_trimmed_and_split_and_noisy_and_of_another_clock() {
    let watch = run(0, 8000.0, 1);
    for quarters in [-4, 2, 3, 55] {
        for (from, to) in [(0.05, 1.0), (0.0, 0.9), (0.25, 1.0), (0.1, 0.85), (0.0, 0.5), (0.5, 1.0)] {
            for noise_m in [3.0, 10.0] {
                let copy = later(noisy(cut(watch.clone(), from, to), noise_m), quarters * 900);
                for copy in [of_gpx(&copy), of_tcx(&without_heart_rate(copy.clone())), of_gpx(&every_other(copy))] {
                    let import = import_files(&[("a.fit", fit(&watch)), ("b", copy)]);
                    assert_eq!(km(&import), [8.0], "{quarters} {from} {to} {noise_m}: {}", notes(&import));
                }
            }
        }
        let half = |from: f64| of_gpx(&later(noisy(cut(watch.clone(), from, from + 0.5), 4.0), quarters * 900));
        let import = import_files(&[("a.gpx", half(0.0)), ("b.gpx", half(0.5)), ("w.fit", fit(&watch))]);
        assert_eq!(km(&import), [8.0], "in two, {quarters}: {}", notes(&import));
    }
}

#[test]
fn a_start_two_minutes_later_is_another_person() {
    for (seconds, with_heart) in [(120, false), (120, true), (300, false), (40, false)] {
        let person = |later_s: i64, seed: u64| {
            let run = run(later_s, 10_000.0, seed);
            if with_heart { run } else { without_heart_rate(run) }
        };
        let files = [("ann.fit", fit(&person(0, 1))), ("ben.gpx", of_gpx(&noisy_by(person(seconds, 2), 3.0, 2)))];
        let import = import_files(&files);
        let asks = notes(&import).contains("are these two people?");
        if seconds > 60 {
            assert_eq!((import.runs.len(), import.ledger.counts.duplicate, asks), (2, 0, true), "{}", notes(&import));
        }
        // The same five minutes of a clock make one run of the same person's.
        let copy = noisy_by(person(seconds, 1), 3.0, 2);
        let import = import_files(&[("ann.fit", fit(&person(0, 1))), ("phone.gpx", of_gpx(&copy))]);
        assert_eq!(km(&import), [10.0], "{seconds}: {}", notes(&import));
    }
}

#[test]
fn who_starts_together_and_draws_apart_are_two_people() {
    let person = |speed_mps: f64, seed: u64| {
        let spec = Spec { start_unix_s: START_UNIX_S, distance_m: 10_000.0, speed_mps, seed, ..Spec::default() };
        without_heart_rate(synth::run(&spec))
    };
    for slower_mps in [3.1, 3.2, 2.7] {
        let files = [("ann.fit", fit(&person(3.3, 1))), ("ben.gpx", of_gpx(&noisy_by(person(slower_mps, 2), 3.0, 2)))];
        let import = import_files(&files);
        let both = km(&import);
        assert!(both.len() == 2 && both.iter().all(|km| (9.9..10.3).contains(km)), "{both:?} {}", notes(&import));
        assert!(notes(&import).contains("are these two people?"));
    }
    // A phone that lost the satellites for the second half stands still: it is nobody else's.
    let mut stuck = noisy(person(3.3, 1), 3.0);
    let half = stuck.samples.len() / 2;
    let last = stuck.samples[half].position;
    stuck.samples[half..].iter_mut().for_each(|sample| sample.position = last);
    let import = import_files(&[("ann.fit", fit(&person(3.3, 1))), ("phone.gpx", of_gpx(&stuck))]);
    assert_eq!(km(&import), [10.0], "{}", notes(&import));
}

#[test]
fn without_place_and_heart_the_speed_tells_a_copy() {
    let indoors = |later_s: i64, seed: u64| {
        let start_unix_s = START_UNIX_S + later_s;
        let spec =
            Spec { start_unix_s, distance_m: 8000.0, indoor: true, seed, heart_rate_bpm: None, ..Spec::default() };
        synth::run(&spec)
    };
    for later_s in [1800, 4 * HOUR_S, -900] {
        let both = |other: &FixtureRun| {
            km(&import_files(&[("a.fit", fit(&indoors(0, 1))), ("b.tcx", of_tcx(&later(other.clone(), later_s)))]))
        };
        assert_eq!(both(&indoors(0, 1)), [8.0], "{later_s}");
    }
    let import = import_files(&[("a.fit", fit(&indoors(0, 1))), ("b.tcx", of_tcx(&indoors(4 * HOUR_S, 2)))]);
    assert_eq!(km(&import), [8.0, 8.0]);
}

#[test]
fn names_marks_and_notes_go_to_the_run_whichever_file_is_kept() {
    let mut named = run(0, 8000.0, 1);
    named.name = "Round the lake".to_owned();
    let written = tcx::write(&named).replace("</Id>", "</Id><Notes>Knee was fine</Notes>");
    assert!(written.contains("Knee was fine"));
    let row = b"date,distance_km,duration,sport,shoe,notes\n2026-04-01,8.0,0:46:00,Race,Flat,windy\n".to_vec();
    let labels = |files: &[(&str, Vec<u8>)]| {
        let import = import_files(files);
        assert_eq!(km(&import), [8.0], "{}", notes(&import));
        let labels = import.runs[0].labels().clone();
        (labels.name, labels.comment, labels.is_race)
    };
    let name = Some("Round the lake".to_owned());
    let watch = ("watch.fit", fit(&named));
    let phone = of_gpx(&noisy(named.clone(), 3.0));
    for (first, last) in [("a.gpx", "z.tcx"), ("z.gpx", "a.tcx")] {
        let files = [watch.clone(), (first, phone.clone()), (last, written.clone().into_bytes())];
        assert_eq!(labels(&files), (name.clone(), Some("Knee was fine".to_owned()), false));
    }
    assert_eq!(labels(&[watch.clone(), ("log.csv", row)]), (None, Some("windy".to_owned()), true));
    let list =
        "Activity ID,Activity Name,Activity Description,Filename,Competition\n1,City run,my first,watch.fit,1.0\n";
    let listed = labels(&[watch, ("activities.csv", list.as_bytes().to_vec())]);
    assert_eq!(listed, (Some("City run".to_owned()), Some("my first".to_owned()), true));
}

#[test]
fn a_copy_that_is_no_run_gives_its_heart_rate_all_the_same() {
    let watch = without_heart_rate(run(0, 8000.0, 1));
    let mut strap = run(0, 8000.0, 1);
    strap.sport = 10;
    let import = import_files(&[("watch.fit", fit(&watch)), ("strap.fit", fit(&strap))]);
    assert_eq!((km(&import), import.ledger.counts.duplicate), (vec![8.0], 1), "{}", notes(&import));
    let bpm = import.runs[0].value(&kneewise_core::measure::metric::AVG_HEART_RATE);
    assert!(bpm.is_some_and(|bpm| (135.0..150.0).contains(&bpm)), "{bpm:?}");
    // It may know nothing else, and an hour in the gym in the evening is its own.
    for sample in &mut strap.samples {
        (sample.position, sample.distance_m, sample.speed_mps, sample.strides_per_min) = (None, None, None, None);
    }
    strap.totals.distance_m = 0.0;
    strap.laps = vec![FixtureLap { start_s: 0, totals: strap.totals }];
    strap.sub_sport = 20;
    let with = |strap: &FixtureRun| import_files(&[("watch.fit", fit(&watch)), ("strap.fit", fit(strap))]);
    assert_eq!(
        with(&strap).runs[0].value(&kneewise_core::measure::metric::AVG_HEART_RATE).map(f64::round),
        bpm.map(f64::round)
    );
    assert_eq!(with(&strap).runs[0].sub_sport.name(), "generic", "the gym is the strap's");
    let evening = with(&later(strap, 10 * HOUR_S));
    assert_eq!((evening.runs.len(), evening.ledger.counts.duplicate), (1, 0), "{}", notes(&evening));
}

#[test]
fn a_name_in_the_settings_that_no_file_has_is_told() {
    let matches = Matches { same: vec![("watch.fit".to_owned(), "fone.gpx".to_owned())], ..Matches::default() };
    let import = import_with(&[("watch.fit", fit(&run(0, 8000.0, 1)))], matches);
    let told: Vec<&str> = import.ledger.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(told, ["`same_run` names \"fone.gpx\", and no file has that name"]);
}

#[test]
fn indoors_the_heart_rate_tells_a_copy_from_another_run() {
    let indoors = |later_s: i64, seed: u64| {
        synth::run(&Spec {
            start_unix_s: START_UNIX_S + later_s,
            distance_m: 8000.0,
            indoor: true,
            seed,
            ..Spec::default()
        })
    };
    let both = |other: &FixtureRun| {
        let import = import_files(&[("a.fit", fit(&indoors(0, 1))), ("b.tcx", of_tcx(other))]);
        (import.runs.len(), import.ledger.counts.duplicate)
    };
    assert_eq!(both(&later(indoors(0, 1), 4 * HOUR_S)), (1, 1));
    assert_eq!(both(&indoors(4 * HOUR_S, 9)), (2, 0), "everybody warms up");
}

#[test]
fn a_phone_beside_three_recordings_of_the_watch_tells_less() {
    let part = |later_s: i64, metres: f64, speed_mps: f64, seed: u64| {
        let start_unix_s = START_UNIX_S + later_s;
        synth::run(&Spec { start_unix_s, distance_m: metres, speed_mps, seed, ..Spec::default() })
    };
    let parts = [part(0, 2000.0, 2.7, 1), part(1200, 10_000.0, 3.7, 2), part(4300, 2000.0, 2.6, 3)];
    let mut all = noisy(without_heart_rate(parts[0].clone()), 3.0);
    for (part, seed) in parts[1..].iter().zip(2..) {
        let later_s = (part.start_unix_s - all.start_unix_s) as u32;
        let samples = noisy_by(without_heart_rate(part.clone()), 3.0, seed).samples;
        all.samples.extend(samples.into_iter().map(|mut sample| {
            sample.t_s += later_s;
            sample
        }));
    }
    let names = ["1.fit", "2.fit", "3.fit"];
    let mut files: Vec<(&str, Vec<u8>)> = names.into_iter().zip(parts.iter().map(fit)).collect();
    files.push(("phone.gpx", of_gpx(&all)));
    let import = import_files(&files);
    assert_eq!(km(&import), [14.0], "{}", notes(&import));
    assert_eq!((import.runs[0].parts().len(), import.ledger.counts.duplicate), (3, 1), "{}", notes(&import));
}

#[test]
fn what_two_devices_recorded_counts_once_in_time_and_metres() {
    let whole = run(0, 18_000.0, 1);
    let (watch, phone) = (cut(whole.clone(), 0.0, 2.0 / 3.0), cut(whole.clone(), 1.0 / 3.0, 1.0));
    let import = import_files(&[("watch.fit", fit(&watch)), ("phone.gpx", of_gpx(&phone))]);
    assert_eq!(km(&import), [18.0], "{}", notes(&import));
    let seconds = import.runs[0].value(&kneewise_core::measure::metric::TIMER).unwrap();
    assert!((seconds - f64::from(whole.totals.timer_s)).abs() < 30.0, "{seconds}");
    assert!(notes(&import).contains("as well and count once"));
}

#[test]
fn further_apart_than_a_kilometre_are_two_people_and_no_session() {
    let (ann, ben) = (run(0, 8000.0, 1), elsewhere(run(0, 8000.0, 1), 0.02));
    let files = [("ann.fit", fit(&ann)), ("ben.gpx", of_gpx(&ben))];
    let import = import_files(&files);
    assert_eq!((km(&import), import.ledger.counts.duplicate), (vec![8.0, 8.0], 0));
    assert_ne!(import.runs[0].id, import.runs[1].id);
    assert!(notes(&import).contains("the positions are 2 km apart: are these two people?"), "{}", notes(&import));
    let same = Matches { same: vec![("ann.fit".to_owned(), "ben.gpx".to_owned())], ..Matches::default() };
    assert_eq!(km(&import_with(&files, same)), [8.0], "but for the runner's word");
}

#[test]
fn other_hearts_on_one_way_are_two_people() {
    let with_heart = |seed: u64| {
        let mut run = run(0, 8000.0, 1);
        for sample in &mut run.samples {
            let turns = f64::from(sample.t_s) / (100.0 + 37.0 * seed as f64);
            sample.heart_rate_bpm = Some(140.0 + 15.0 * turns.sin());
        }
        run
    };
    let import = import_files(&[("a.fit", fit(&with_heart(1))), ("b.gpx", of_gpx(&with_heart(4)))]);
    assert_eq!(import.runs.len(), 2);
    assert!(notes(&import).contains("the heart rates differ: are these two people?"), "{}", notes(&import));
}

#[test]
fn the_runner_can_forbid_a_match() {
    let watch = run(0, 8000.0, 1);
    let files = [("a.fit", fit(&watch)), ("b.gpx", of_gpx(&watch))];
    assert_eq!(import_files(&files).runs.len(), 1);
    let not_same = Matches { not_same: vec![("b.gpx".to_owned(), "a.fit".to_owned())], ..Matches::default() };
    assert_eq!(import_with(&files, not_same).runs.len(), 2);
}

#[test]
fn a_copy_gives_its_heart_rate_to_the_run() {
    let without =
        synth::run(&Spec { start_unix_s: START_UNIX_S, distance_m: 8000.0, heart_rate_bpm: None, ..Spec::default() });
    let mut strap = run(0, 8000.0, 1);
    let mut every_other = 0;
    strap.samples.retain(|_| {
        every_other += 1;
        every_other % 4 == 1
    });
    strap.samples.iter_mut().for_each(|sample| sample.position = None);
    let import = import_files(&[("phone.gpx", of_gpx(&without)), ("strap.tcx", of_tcx(&strap))]);
    assert_eq!((km(&import), import.ledger.counts.duplicate), (vec![8.0], 1), "{}", notes(&import));
    let run = &import.runs[0];
    assert!(run.source().ends_with("phone.gpx"), "{}", run.source());
    assert!(
        run.value(&kneewise_core::measure::metric::AVG_HEART_RATE).is_some_and(|bpm| (135.0..150.0).contains(&bpm))
    );
    assert!(run.heart_rate.total_s() > 2000.0);
    assert!(notes(&import).contains("strap.tcx, another recording of this run"));
}

#[test]
fn what_was_typed_in_is_a_copy_of_what_was_recorded() {
    let watch = run(0, 8000.0, 1);
    let typed = |later_s: i64, metres: f64| {
        let mut typed = later(typed_in(watch.clone()), later_s);
        typed.totals.distance_m = metres;
        typed.laps[0].totals.distance_m = metres;
        import_files(&[("a.fit", fit(&watch)), ("b.tcx", of_tcx(&typed))]).ledger.counts.duplicate
    };
    assert_eq!([typed(600, 8000.0), typed(3500, 8100.0), typed(9000, 8000.0)], [1, 1, 1]);
    assert_eq!(typed(3500, 6000.0), 0, "another distance");
    assert_eq!(typed(6 * HOUR_S, 8000.0), 0, "in the evening");
}

#[test]
fn an_undated_recording_is_nobody_s_copy() {
    let undated = later(run(0, 2000.0, 1), -START_UNIX_S + 60);
    let import = import_files(&[("a.gpx", of_gpx(&undated)), ("b.gpx", of_gpx(&undated))]);
    assert!(import.ledger.rows.iter().all(|row| row.outcome != Outcome::Duplicate), "{:#?}", import.ledger.rows);
}

#[test]
fn a_clock_that_leaps_swallows_no_other_run() {
    let mut leaping = run(0, 8000.0, 1);
    let half = leaping.samples.len() / 2;
    leaping.samples[half..].iter_mut().for_each(|sample| sample.t_s += 20 * 86_400);
    let mut files = vec![("leaping.gpx".to_owned(), of_gpx(&leaping))];
    files.extend(
        (1..8).map(|day| (format!("{day}.fit"), fit(&run(day * 2 * 86_400, 5000.0 + 700.0 * day as f64, day as u64)))),
    );
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let import = import_files(&files);
    assert_eq!(import.ledger.counts.duplicate, 0, "{}", notes(&import));
}

/// The first half of a run lies on yesterday's way as well, and is more like that in length.
#[test]
fn a_half_is_of_the_run_at_its_own_time_and_not_of_another_day_s() {
    let evening = synth::run(&Spec {
        start_unix_s: START_UNIX_S,
        distance_m: 3600.0,
        speed_mps: 2.66,
        seed: 349,
        ..Spec::default()
    });
    let morning = synth::run(&Spec {
        start_unix_s: START_UNIX_S + 10 * HOUR_S,
        distance_m: 13_700.0,
        speed_mps: 2.68,
        seed: 487,
        ..Spec::default()
    });
    for quarters in [0, 1, -3, 8] {
        let half = |from: f64| {
            let half = noisy(without_heart_rate(cut(morning.clone(), from, from + 0.5)), 3.7);
            of_gpx(&later(half, 900 * quarters))
        };
        let files = [("e.fit", fit(&evening)), ("m.fit", fit(&morning)), ("a.gpx", half(0.0)), ("b.gpx", half(0.5))];
        let import = import_files(&files);
        assert_eq!(km(&import), [3.6, 13.7], "{quarters}: {}", notes(&import));
    }
}

fn by_day(import: &Import) -> BTreeMap<String, f64> {
    let mut days = BTreeMap::new();
    for run in &import.runs {
        *days.entry(run.local_date.to_string()).or_insert(0.0) += run.distance_m().unwrap_or(0.0);
    }
    days
}

fn findings(import: &Import) -> Vec<String> {
    let findings = reported(import).findings.into_iter().filter(|finding| finding.tier.is_some());
    findings.map(|finding| format!("{} {:?}", finding.rule, finding.tier)).collect()
}

/// How somebody's copy of a run came about.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is drawn apart")]
struct Copied {
    of: usize,
    quarters: i64,
    slack_s: i64,
    from: f64,
    to: f64,
    noise_m: f64,
    format: usize,
    is_typed_in: bool,
    is_split: bool,
    has_heart: bool,
    is_sparse: bool,
}

fn copies() -> impl Strategy<Value = Copied> {
    let clock = prop_oneof![Just(0_i64), -56..=56_i64];
    let trimmed = (0.0..0.5_f64, 0.0..0.5_f64, any::<bool>());
    let of_devices = (0..3_usize, any::<bool>(), any::<bool>());
    (0..8_usize, clock, -25..=25_i64, trimmed, 0.0..10.0_f64, of_devices, 0..6_u8).prop_map(
        |(of, quarters, slack_s, (from, to, at_one_end), noise_m, (format, has_heart, is_sparse), kind)| {
            let (from, to) = if at_one_end { (from, 1.0) } else { (0.5 * from, 1.0 - 0.5 * to) };
            let (is_typed_in, is_split) = (kind == 0, kind == 1);
            Copied { of, quarters, slack_s, from, to, noise_m, format, is_typed_in, is_split, has_heart, is_sparse }
        },
    )
}

/// By another clock a part of a run is told from thirteen minutes on (docs/copies.md), and so are
/// two halves together: over less of a way many a pace is like another.
const LEAST_PART_S: f64 = 800.0;

impl Copied {
    /// The parts that are copied, as shares of the run; all of it where they would be too short.
    fn shares(&self, whole_s: f64) -> Vec<(f64, f64)> {
        let shares = if self.is_split { vec![(0.0, 0.5), (0.5, 1.0)] } else { vec![(self.from, self.to)] };
        let all_s: f64 = shares.iter().map(|(from, to)| (to - from) * whole_s).sum();
        if self.quarters != 0 && all_s < LEAST_PART_S { vec![(0.0, 1.0)] } else { shares }
    }

    fn files(&self, runs: &[FixtureRun]) -> Vec<(String, Vec<u8>)> {
        let whole = runs[self.of % runs.len()].clone();
        let whole = if self.has_heart { whole } else { without_heart_rate(whole) };
        let write = |run: &FixtureRun| [of_gpx, of_tcx, fit][self.format](run);
        let ending = ["gpx", "tcx", "fit"][self.format];
        if self.is_typed_in {
            return vec![("copy.tcx".to_owned(), of_tcx(&later(typed_in(whole), 60 * self.quarters.abs())))];
        }
        let shares = self.shares(f64::from(whole.totals.elapsed_s));
        let copy = |(from, to): (f64, f64)| {
            let copy = later(noisy(cut(whole.clone(), from, to), self.noise_m), 900 * self.quarters + self.slack_s);
            if self.is_sparse { every_other(copy) } else { copy }
        };
        let names = (0..).map(|n| format!("copy{n}.{ending}"));
        names.zip(shares.into_iter().map(copy)).map(|(name, run)| (name, write(&run))).collect()
    }
}

/// What is drawn of a run of a log: kilometres, hour, seed, and whether the day has a second one.
type Drawn = (f64, i64, u64, bool);

/// At most two runs a day, each with a pace of its own: made-up hearts beat alike on one way, and
/// nobody can tell two runs whose pace differs by less than a hundredth.
fn log_of(drawn: &[Drawn], is_noisy: bool) -> Vec<FixtureRun> {
    let run_of = |(day, (km, hour, seed, is_double)): (usize, &Drawn)| {
        let at = |hour: i64, km: f64, nth: u64| {
            let start_unix_s = START_UNIX_S + day as i64 * 86_400 + hour * HOUR_S;
            let (speed_mps, seed) = (2.6 + 0.05 * nth as f64, 100 * nth + seed);
            let run = synth::run(&Spec { start_unix_s, distance_m: 1000.0 * km, speed_mps, seed, ..Spec::default() });
            if is_noisy { shaken(run, 4.0, seed) } else { run }
        };
        let evening = is_double.then(|| at(hour + 9, 0.6 * km, 2 * day as u64 + 1));
        [Some(at(*hour, *km, 2 * day as u64)), evening].into_iter().flatten().collect::<Vec<_>>()
    };
    drawn.iter().enumerate().flat_map(run_of).collect()
}

/// What a copy changed in a log; `None` where it changed nothing.
fn changed_by_copy(drawn: &[Drawn], is_noisy: bool, copied: &Copied, is_first: bool) -> Option<String> {
    let runs = log_of(drawn, is_noisy);
    let log: Vec<(String, Vec<u8>)> =
        runs.iter().enumerate().map(|(n, run)| (format!("run{n}.fit"), fit(run))).collect();
    let prefix = if is_first { "a-" } else { "z-" };
    let copies = copied.files(&runs).into_iter().map(|(name, bytes)| (format!("{prefix}{name}"), bytes));
    let with: Vec<(String, Vec<u8>)> = log.iter().cloned().chain(copies).collect();
    let of = |files: &[(String, Vec<u8>)]| {
        import_files(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect::<Vec<_>>())
    };
    let (alone, with) = (of(&log), of(&with));
    let (days, with_days) = (by_day(&alone), by_day(&with));
    let is_same = days.keys().eq(with_days.keys())
        && days.iter().all(|(day, metres)| (metres - with_days[day]).abs() <= 0.01 * metres);
    if !is_same || alone.runs.len() != with.runs.len() {
        return Some(format!("{days:?}\n{with_days:?}\n{}", notes(&with)));
    }
    let (before, after) = (findings(&alone), findings(&with));
    (before != after).then(|| format!("{before:?}\n{after:?}\n{}", notes(&with)))
}

/// Round a loop of five kilometres a lap takes thirty minutes but for some seconds: by more than
/// one quarter hour half of a run lies on it, and what both halves say decides.
#[test]
fn halves_share_the_clock_by_which_both_lie_on_the_run() {
    let copied = |of, quarters, slack_s, noise_m, is_sparse| Copied {
        of,
        quarters,
        slack_s,
        from: 0.0,
        to: 1.0,
        noise_m,
        format: 0,
        is_typed_in: false,
        is_split: true,
        has_heart: false,
        is_sparse,
    };
    let of_three = [(6.0, 0, 0, false), (6.0, 0, 0, false), (14.086_48, 0, 28, true)];
    for slack_s in [-25, -7, 0, 18] {
        let changed = changed_by_copy(&of_three, true, &copied(2, -3, slack_s, 4.19, false), slack_s < 0);
        assert_eq!(changed, None, "{slack_s} s");
    }
    let lap_on = [(6.0, 0, 0, false), (6.0, 0, 0, true), (11.754_494_968_694_672, 0, 22, false)];
    assert_eq!(changed_by_copy(&lap_on, true, &copied(3, -2, 0, 0.0, false), false), None);
    // A clock that is off by seconds, and halves that are a lap each.
    let laps = [(6.0, 0, 0, true), (10.015_101_143_013_162, 0, 99, false)];
    assert_eq!(changed_by_copy(&laps, false, &copied(2, 0, -19, 6.343_771_163_085_421, false), false), None);
    // The end of the copy lies on the beginning of the next day's run.
    let into_the_next = [(6.0, 0, 0, true), (8.918_529_890_229_97, 7, 0, true), (6.0, 5, 0, false)];
    let whole = Copied { is_split: false, ..copied(3, 50, -4, 0.0, false) };
    assert_eq!(changed_by_copy(&into_the_next, false, &whole, false), None);
    // Kilometres of six minutes each.
    let watch = run(0, 8000.0, 1);
    for (quarters, noise_m) in [(8, 0.0), (-4, 3.0)] {
        let kilometre = |n: u32| {
            let (from, to) = (f64::from(n) / 8.0, f64::from(n + 1) / 8.0);
            of_gpx(&later(noisy(without_heart_rate(cut(watch.clone(), from, to)), noise_m), 900 * quarters))
        };
        let names: Vec<String> = (0..8).map(|n| format!("{n}.gpx")).collect();
        let mut files: Vec<(&str, Vec<u8>)> = names.iter().map(String::as_str).zip((0..8).map(kilometre)).collect();
        files.push(("w.fit", fit(&watch)));
        let import = import_files(&files);
        assert_eq!(km(&import), [8.0], "{quarters}: {}", notes(&import));
    }
    // Halves of eleven minutes each.
    let evening = [(6.0, 2, 5, true)];
    for (quarters, noise_m) in [(-4, 0.0), (-1, 3.0), (1, 8.0), (2, 5.0), (23, 2.0)] {
        let changed = changed_by_copy(&evening, false, &copied(1, quarters, 3, noise_m, quarters > 0), true);
        assert_eq!(changed, None, "{quarters}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Any copy of a run of any log changes no distance, no day and no finding of it.
    #[test]
    fn a_copy_changes_nothing(
        runs in prop::collection::vec((6.0..16.0_f64, 0..8_i64, 0..100_u64, any::<bool>()), 1..6),
        is_noisy in any::<bool>(),
        copied in copies(),
        is_first in any::<bool>(),
    ) {
        let changed = changed_by_copy(&runs, is_noisy, &copied, is_first);
        prop_assert!(changed.is_none(), "{}", changed.unwrap_or_default());
    }
}
