use std::fs;

use jiff::civil::date;
use kneewise_core::runner::diary::{Onset, Pain, Place, Side};
use kneewise_core::triage;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

fn parsed(text: &str) -> ParsedRow {
    parse(text.as_bytes(), "d.csv").expect("a diary")
}

fn full(note: &str) -> Entry {
    Entry {
        pain: Pain { during: Some(0), after: Some(3), next_morning: Some(10) },
        side: Some(Side::Left),
        place: Some(Place::InnerJointLine),
        onset: Some(Onset::Gradual),
        swelling: Some(false),
        locking: Some(true),
        giving_way: Some(false),
        painkiller_before: Some(true),
        missed_run: Some(false),
        signs: Some(triage::RED_FLAGS.iter().take(2).collect()),
        sleep_h: Some(7.25),
        sleep_quality: Some(3),
        exertion_cr10: Some(4.5),
        resting_heart_rate_bpm: Some(52.0),
        hrv_ms: Some(61.5),
        strength_sessions: Some(1),
        note: note.to_owned(),
        ..Entry::on(date(2026, 3, 1))
    }
}

fn diary(before: Option<&str>) -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("own").join("diary.csv");
    if let Some(text) = before {
        fs::create_dir(folder.path().join("own")).unwrap();
        fs::write(&path, text).unwrap();
    }
    (folder, path)
}

proptest! {
    // Each case waits for the disk.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_a_note_says_the_entry_is_read_again(note in "\\PC*|(\"|,|;|\n|\r|a| )*") {
        let (_folder, path) = diary(None);
        // Blanks at the ends of a note say nothing.
        let entry = full(note.trim());
        append(&path, &entry).unwrap();
        append(&path, &Entry::on(date(2026, 3, 2))).unwrap();
        let kept = load(&path).unwrap().unwrap();
        prop_assert_eq!(kept.diary.entries(), [entry, Entry::on(date(2026, 3, 2))]);
        prop_assert_eq!(kept.problems, []);
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&[b"date,note\n", bytes.as_slice()].concat(), "d.csv");
        let _ = parse(&bytes, "d.csv");
    }
}

#[test]
fn nothing_told_is_neither_0_nor_no() {
    let kept = parsed("date,pain_during,swelling,side\n2026-03-01,,,\n2026-03-02\n");
    assert_eq!(kept.diary.entries(), [Entry::on(date(2026, 3, 1)), Entry::on(date(2026, 3, 2))]);
    assert_eq!(parsed("").diary, Diary::default());
}

#[test]
fn columns_may_stand_in_any_order_and_have_semicolons_and_the_names_of_people() {
    let kept = parsed("Note;Pain After;Date;Exertion CR10\nhilly, warm;3;2026-03-01;4,5\n");
    let entry = &kept.diary.entries()[0];
    assert_eq!((entry.pain.after, entry.exertion_cr10, entry.note.as_str()), (Some(3), Some(4.5), "hilly, warm"));
    assert_eq!(kept.problems, []);
}

#[test]
fn what_is_wrong_is_named_and_the_rest_of_its_line_counts() {
    let kept = parsed(
        "date,pain_during,pain_aftr,signs,sleep_quality\n2026-03-01,11,2,locked fevr,1\n03/02/2026,1,,,\n\
         2026-03-03,\"2,,,\n2026-03-04,-1,,,7,what\n",
    );
    let told: Vec<String> = kept.problems.iter().map(ToString::to_string).collect();
    for (i, said) in [
        "1: pain_aftr: is not known (did you mean `pain_after`?); it stays in the file and is not read",
        "2: pain_during: \"11\" is not a number from 0 to 10; the rest of the line counts",
        "2: signs: \"locked fevr\" is not all known: `fevr`; did you mean `fever`?; the rest",
        "3: date: \"03/02/2026\" is not a day such as 2026-03-01; the line is not read and stays in the file",
        "4: a quotation mark is opened and never closed; the line is not read and stays in the file",
        "5: pain_during: \"-1\" is not a number from 0 to 10; the rest of the line counts",
        "5: has more fields than the header (5); those to the right are not read",
    ]
    .iter()
    .enumerate()
    {
        assert!(told[i].starts_with(said), "{}", told[i]);
    }
    let entries = kept.diary.entries();
    assert_eq!((entries.len(), signs(&entries[0]), entries[0].sleep_quality), (2, Some(vec!["locked"]), Some(1)));
    assert!(matches!(parse(b"day,pain\n", "d.csv"), Err(Error::NoDateColumn { line: 1, .. })));
}

#[test]
fn values_are_held_to_their_range_at_its_ends() {
    let problems = |column: &str, value: &str| parsed(&format!("date,{column}\n2026-03-01,{value}\n")).problems.len();
    for (column, in_range, out) in [
        ("pain_during", ["0", "10"], ["-1", "11"]),
        ("sleep_quality", ["1", "7"], ["0", "8"]),
        ("sleep_h", ["0", "24"], ["-0.1", "24.1"]),
        ("exertion_cr10", ["0", "10"], ["nan", "10.5"]),
        ("swelling", ["yes", "0"], ["perhaps", "2"]),
    ] {
        assert!(in_range.iter().all(|value| problems(column, value) == 0), "{column}");
        assert!(out.iter().all(|value| problems(column, value) == 1), "{column}");
    }
}

#[test]
fn a_line_is_added_and_nothing_before_it_changes() {
    let before = "mood,date,pain_after,note\nfine,2026-03-01,much,\"one\"\"\ntwo\"\n,not a day,,";
    let (_folder, path) = diary(Some(before));
    let entry = Entry { pain: Pain { after: Some(2), ..Pain::default() }, ..Entry::on(date(2026, 3, 9)) };
    append(&path, &entry).unwrap();
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(after, format!("{before}\n,2026-03-09,2,\n"), "the missing end of the last line is made up for");
    let kept = load(&path).unwrap().unwrap();
    assert_eq!((kept.diary.entries().last(), kept.problems.len()), (Some(&entry), 3));
}

#[test]
fn the_file_s_separator_and_line_ends_are_kept_to() {
    let (_folder, path) = diary(Some("date;note\r\n"));
    append(&path, &Entry { note: "a;b".to_owned(), ..Entry::on(date(2026, 3, 9)) }).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "date;note\r\n2026-03-09;\"a;b\"\r\n");
}

#[test]
fn a_number_is_read_back_from_a_file_with_semicolons() {
    let (_folder, path) = diary(Some("date;sleep_h\n"));
    let entry = Entry { sleep_h: Some(7.5), ..Entry::on(date(2026, 3, 9)) };
    append(&path, &entry).unwrap();
    assert_eq!(load(&path).unwrap().unwrap().diary.entries(), [entry]);
}

#[test]
fn an_entry_that_the_file_has_no_room_for_is_refused_whole() {
    for (before, said) in [
        ("date,note\n", "d.csv:1: the header has no column pain_after, sleep_h; add pain_after,sleep_h to the end"),
        ("pain_after,sleep_h\n", "the header has no column date; add date"),
    ] {
        let (_folder, path) = diary(Some(before));
        let pain = Pain { after: Some(2), ..Pain::default() };
        let refused = append(&path, &Entry { pain, sleep_h: Some(7.0), ..Entry::on(date(2026, 3, 9)) });
        let told = refused.unwrap_err().to_string().replace(&path.display().to_string(), "d.csv");
        assert!(told.contains(said), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), before);
    }
    let before = "date,note\n2026-03-01,\"open";
    let (_folder, path) = diary(Some(before));
    append(&path, &Entry::on(date(2026, 3, 8))).unwrap();
    assert_eq!(load(&path).unwrap().unwrap().diary.entries().len(), 1, "it costs its own line alone");
    fs::write(&path, before).unwrap();
    let entry = Entry { note: "a, \"b\"".to_owned(), ..Entry::on(date(2026, 3, 9)) };
    assert!(matches!(append(&path, &entry), Err(Error::OpenEnd { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn entries_added_at_once_are_all_there_below_one_header() {
    let (_folder, path) = diary(None);
    std::thread::scope(|scope| {
        for day in 1..=8 {
            let path = &path;
            scope.spawn(move || append(path, &Entry::on(date(2026, 3, day))).unwrap());
        }
    });
    let kept = load(&path).unwrap().unwrap();
    assert_eq!((kept.diary.entries().len(), kept.problems.len()), (8, 0));
}

#[cfg(unix)]
#[test]
fn a_new_file_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = diary(None);
    append(&path, &Entry::on(date(2026, 3, 1))).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    let profile = path.with_file_name("profile.toml");
    crate::write_new(&profile, "").unwrap();
    assert_eq!(mode(&profile), 0o600);
    assert!(crate::write_new(&profile, "other").is_err(), "what is there is never written over");
}

fn signs(entry: &Entry) -> Option<Vec<&'static str>> {
    entry.signs.as_ref().map(|signs| signs.iter().map(|sign| sign.id).collect())
}

#[test]
fn no_to_all_questions_is_told_and_is_not_silence() {
    let kept = parsed("date,signs\n2026-03-01,none\n2026-03-02,\n2026-03-03,stairs;Night\n2026-03-04,none night\n");
    let told: Vec<_> = kept.diary.entries().iter().map(signs).collect();
    assert_eq!(told, [Some(vec![]), None, Some(vec!["stairs", "night"]), Some(vec!["night"])]);
    assert_eq!(kept.problems.len(), 1, "{:?}", kept.problems);
    let entry = &kept.diary.entries()[0];
    let (_folder, path) = diary(None);
    append(&path, entry).unwrap();
    assert_eq!(load(&path).unwrap().unwrap().diary.entries(), std::slice::from_ref(entry));
}

#[test]
fn a_control_character_costs_no_other_line() {
    for control in ('\0'..' ').filter(|c| is_foreign(*c)) {
        let kept = parsed(&format!(
            "date,pain_during,note\n2026-03-01,3,a\n2026-03-02,4,b{control}[31m\n2026-03-03,{control}5,c\n{control}{control}\n2026-03-04,6,d\n"
        ));
        let pain: Vec<_> = kept.diary.entries().iter().map(|entry| entry.pain.during).collect();
        let lines: Vec<usize> = kept.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(pain.first().zip(pain.last()), Some((&Some(3), &Some(6))), "{control:?}");
        assert_eq!(pain[1], Some(4), "what the line says counts");
        assert!(
            lines.contains(&3) && lines.contains(&4) && lines.iter().all(|line| (3..6).contains(line)),
            "{lines:?}"
        );
        assert!(set(&mut Entry::on(date(2026, 3, 1)), "note", &format!("a{control}")).is_err());
    }
}

#[test]
fn what_is_no_diary_is_neither_read_nor_added_to() {
    let (_folder, path) = diary(Some("GIF89a\0\0\u{1}\u{2}"));
    assert!(matches!(load(&path), Err(Error::NotADiary { .. })));
    let before = fs::read(&path).unwrap();
    assert!(matches!(append(&path, &full("")), Err(Error::NotADiary { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);
    let (folder, _) = diary(None);
    assert!(load(folder.path()).unwrap_err().to_string().contains("not a regular file"));
    assert!(append(folder.path(), &full("")).unwrap_err().to_string().contains("not a regular file"));
}

#[test]
fn of_a_hundred_thousand_bad_lines_some_are_named() {
    let kept = parsed(&format!("date,note\n{}", "x,\n".repeat(100_000)));
    assert_eq!(kept.problems.len(), MOST_PROBLEMS + 1);
    let last = kept.problems.last().unwrap();
    assert_eq!((last.line, last.what.as_str()), (100_001, "the last of 99000 more that are not named"));
}

#[test]
fn half_a_point_of_pain_counts_as_the_next_whole_one() {
    let kept = parsed("date;pain_during;pain_after\n2026-03-01;6.5;6,4\n2026-03-02;7.2;0.4\n");
    assert_eq!(kept.problems.len(), 0, "{:?}", kept.problems);
    let pains: Vec<_> = kept.diary.entries().iter().map(|entry| (entry.pain.during, entry.pain.after)).collect();
    assert_eq!(pains, [(Some(7), Some(6)), (Some(7), Some(0))]);
}
