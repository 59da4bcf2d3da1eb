//! Logs kept by hand, beside recordings and alone.

use super::*;

#[test]
fn a_log_kept_by_hand_gives_its_runs_and_names_the_lines_it_could_not_read() {
    let log = "Date;Distance km;Duration;Exertion;Sport;Shoe;Weather\n2026-04-01;10,5;1:02:30;4;;Road;sun\n\
        2026-04-01;5;;;trail run;;\n2026-04-31;5;;;;;\n2026-04-03;10;1:05;;;;\n2026-04-04;;;;;;\n2026-04-05;30;;;ride;;\n";
    let (_folder, import) = import_files(&[("log.csv", log.as_bytes())]);
    let row = &import.ledger.rows[0];
    assert_eq!((row.outcome, row.activities.len()), (Outcome::Salvaged, 3));
    let notes: Vec<&str> = row.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes[0], "line 4 not read: date \"2026-04-31\" is not a day such as 2026-03-01");
    assert!(notes[1].starts_with("line 5 not read: duration \"1:05\" may be minutes or hours"), "{}", notes[1]);
    assert_eq!(notes[2..4], ["line 6 not read: neither a distance nor a duration", "columns not read: weather"]);
    assert_eq!(notes[4..], ["1 of 3 lines name no sport and count as runs"], "another line names one");
    let told: Vec<_> = import.runs.iter().map(|run| (run.local_date.to_string(), run.distance_m())).collect();
    assert_eq!(told, [("2026-04-01".to_owned(), Some(10_500.0)), ("2026-04-01".to_owned(), Some(5000.0))]);
    let (first, second) = (&import.runs[0], &import.runs[1]);
    assert_eq!((first.value(&TIMER), first.value(&PERCEIVED_EXERTION)), (Some(3750.0), Some(4.0)));
    assert_eq!((first.gear.as_deref(), second.sub_sport), (Some("Road"), SubSport::Trail));
    assert_ne!(first.id, second.id, "two runs of a day are two");
    let names: Vec<&str> = import.runs.iter().map(|run| run.sources[0].name.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["log.csv:2", "log.csv:3"], "a run is told by its line, and the ledger has the file once");
    assert!(row.path.ends_with("log.csv") && import.ledger.rows.len() == 1 && import.ledger.inputs == 1);
}

#[test]
fn a_run_that_a_watch_recorded_and_the_log_tells_of_counts_once() {
    let fit = fit_activity::write(&run(0));
    // The watch's run is one of 1 km; the third is another of that length on that day.
    let log = "date,distance_km\n2026-04-01,1.05\n2026-04-01,5\n2026-04-01,1\n2026-04-02,1\n";
    let (_folder, import) = import_files(&[("a.fit", &fit), ("log.csv", log.as_bytes()), ("copy.csv", log.as_bytes())]);
    let mut km: Vec<i64> =
        import.runs.iter().filter_map(|run| Some((run.distance_m()? / 100.0).round() as i64)).collect();
    km.sort_unstable();
    assert_eq!(km, [10, 10, 10, 50], "{:#?}", import.ledger);
    let log = import.ledger.rows.iter().find(|row| row.path.ends_with("log.csv")).expect("a row");
    let copy = import.ledger.rows.iter().find(|row| row.path.ends_with("copy.csv")).expect("a row");
    let counted_once = |row: &Row| row.notes.iter().any(|note| note.text.contains("counted once"));
    assert!(counted_once(log) || counted_once(copy));
    assert_eq!(import.ledger.counts.duplicate, 1);

    let alone = "date,distance_km\n2026-04-01,1\n";
    let (_folder, import) = import_files(&[("a.fit", &fit), ("log.csv", alone.as_bytes())]);
    assert_eq!((import.runs.len(), outcomes(&import)), (1, vec![Outcome::Read, Outcome::Duplicate]));
}

/// The runs of some tables and of a run of 1 km at seven o'clock on the first of April, by day and
/// hundreds of metres.
fn of_logs(logs: &[&str]) -> (Vec<(String, i64)>, Vec<String>) {
    let fit = fit_activity::write(&run(0));
    let names: Vec<String> = (0..logs.len()).map(|n| format!("log{n}.csv")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("a.fit", &fit)];
    files.extend(names.iter().map(String::as_str).zip(logs.iter().map(|log| log.as_bytes())));
    let (_folder, import) = import_files(&files);
    let of = |run: &Run| (run.local_date.to_string(), (run.distance_m().unwrap_or(-100.0) / 100.0).round() as i64);
    let notes = import.ledger.rows.iter().flat_map(|row| &row.notes).map(|note| note.text.clone()).collect();
    (import.runs.iter().map(of).collect(), notes)
}

#[test]
fn a_later_state_of_a_list_takes_the_place_of_an_earlier_one() {
    let earlier = "date,distance_km,minutes\n2026-05-01,6,36\n2026-05-03,10,60\n2026-05-06,6,36\n2026-05-08,3,20\n";
    let later = "date,distance_km,minutes,sport\n2026-05-01,6,36,run\n2026-05-03,10,60,run\n2026-05-03,5,30,run\n\
        2026-05-06,9,50,run\n2026-06-02,7,42,run\n";
    let (runs, notes) = of_logs(&[earlier, later]);
    let km: Vec<i64> = runs[1..].iter().map(|(_, hundreds)| hundreds / 10).collect();
    assert_eq!(km, [6, 10, 5, 9, 3, 7], "the edited row counts once, and the one that is gone stays");
    assert!(notes.iter().any(|text| text.contains("a later version of this list")), "{notes:?}");
    // Another list of another kind of runs is no state of this one.
    let other = "date,distance_km,minutes\n2026-05-03,21.1,100\n2026-05-20,10,50\n";
    assert_eq!(of_logs(&[earlier, other]).0.len(), 1 + 4 + 2);
}

#[test]
fn what_a_row_says_of_rest_and_of_unknown_sports_is_told() {
    let log = "date,distance_km,minutes,sport\n2026-04-03,5,30,Jog\n2026-04-04,,,Rest\n2026-04-05,,30,Quidditch\n2026-04-06,,30,Yoga\n\
        2026-04-07,4,25,\n";
    let (runs, notes) = of_logs(&[log]);
    assert_eq!(runs.len(), 3, "{runs:?}");
    for text in
        ["line 4: the sport \"Quidditch\" is not known here", "1 line records rest", "name no sport and count as runs"]
    {
        assert!(notes.iter().any(|note| note.contains(text)), "{text}: {notes:?}");
    }
}

#[test]
fn rows_together_may_be_what_was_recorded() {
    let split = "date,distance_km\n2026-04-01,0.4\n2026-04-01,0.6\n";
    assert_eq!(of_logs(&[split]).0, [("2026-04-01".to_owned(), 10)]);
    let more = "date,distance_km\n2026-04-01,0.4\n2026-04-01,2.6\n";
    assert_eq!(of_logs(&[more]).0.len(), 3);
}

#[test]
fn other_tables_are_no_log() {
    for table in [
        "Activity Type,Date,Title,Distance,Time\nRunning,2026-04-01 08:00:00,x,5,0:30:00\n",
        "date,pain_after,exertion_cr10\n2026-04-01,2,4\n",
        "date\n2026-04-01\n",
    ] {
        let (_folder, import) = import_files(&[("t.csv", table.as_bytes())]);
        assert_eq!(outcomes(&import), [Outcome::Skipped], "{table}");
    }
    let (_folder, strict) = import_files(&[("t.csv", b"date,distance_km\nx,5\n")]);
    assert_eq!(outcomes(&strict), [Outcome::Unreadable], "a log of which no line can be read");
}

#[test]
fn an_export_s_list_names_the_gear_of_the_files_beside_it_and_is_no_log() {
    let list = "Activity ID,Activity Date,Activity Name,Distance,Activity Gear,Filename,Distance\n\
        1,\"Apr 1, 2026, 7:00:00 AM\",a,1,Road pair,activities/1.fit.gz,1000\n2,\"Apr 2, 2026\",b,1,,activities/2.fit,1000\n";
    let zip = zipped(&[
        ("activities.csv", list.as_bytes()),
        ("activities/1.fit.gz", &gzipped(&fit_activity::write(&run(0)))),
        ("activities/2.fit", &fit_activity::write(&run(24))),
    ]);
    let (_folder, import) = import_files(&[("export.zip", &zip)]);
    let gear: Vec<_> = import.runs.iter().map(|run| run.gear.as_deref()).collect();
    assert_eq!(gear, [Some("Road pair"), None], "{:#?}", import.ledger);
    assert_eq!(import.ledger.counts.skipped, 1);
}
