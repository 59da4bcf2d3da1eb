use super::*;
use crate::runner::diary::{Pain, Place};
use jiff::civil::{Weekday, date};

fn said(entries: &[(i8, Pain)]) -> Option<(Tier, f64, String)> {
    let entries = entries.iter().map(|(day, pain)| Entry { pain: *pain, ..Entry::on(date(2026, 3, *day)) }).collect();
    let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
    let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
    match check(&log, &runner, &rule::Options::default()) {
        Outcome::Flagged(flags) => Some((flags[0].tier, flags[0].measured.value, flags[0].message.clone())),
        _ => None,
    }
}

#[test]
fn a_pain_that_rises_from_week_to_week_is_told_while_it_is_low() {
    // Mondays.
    let of_weeks = |days: &[(i8, u8)]| {
        let entries: Vec<(i8, Pain)> = days.iter().map(|(day, pain)| (*day, during(*pain))).collect();
        said(&entries).map(|(tier, _, message)| (tier, message))
    };
    let (tier, message) = of_weeks(&[(2, 0), (9, 0), (11, 1), (16, 2)]).expect("a rise");
    assert_eq!(tier, Tier::Info);
    assert!(message.ends_with("rose over 3 weeks in a row, up to 16 Mar 2026: 0, 1, 2 out of 10."), "{message}");
    let (_, message) = of_weeks(&[(2, 0), (9, 1), (16, 4)]).expect("a spell");
    assert!(message.contains("reached 4 out of 10") && message.ends_with("0, 1, 4 out of 10."), "told once: {message}");
    assert_eq!(of_weeks(&[(2, 1), (9, 2)]), None, "two weeks");
    assert_eq!(of_weeks(&[(2, 0), (9, 1), (16, 1), (23, 2)]), None, "one that is no higher");
    assert_eq!(of_weeks(&[(2, 0), (9, 1), (23, 2)]), None, "nobody knows of the week between");
}

#[test]
fn mornings_alone_say_nothing_of_runs() {
    let entry = Entry { pain: Pain { next_morning: Some(1), ..Pain::default() }, ..Entry::on(date(2026, 3, 1)) };
    let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
    let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
    let Outcome::Clear(clear) = check(&log, &runner, &rule::Options::default()) else { panic!("1 is low") };
    assert!(clear.message.contains("none records pain during or after a run"), "{}", clear.message);
}

#[test]
fn a_morning_alone_is_what_is_measured_and_runs_are_not_said_to_be_painless() {
    let morning = |pain| Pain { next_morning: Some(pain), ..Pain::default() };
    let (_, measured, message) = said(&[(1, morning(6))]).expect("not settled");
    assert!(measured == 6.0 && message.contains("recorded no pain score"), "{measured}: {message}");
    let (_, measured, message) = said(&[(1, Pain { during: Some(0), ..morning(6) })]).expect("not settled");
    assert!(
        measured == 6.0 && message.contains("no more than 0 out of 10 during or after runs"),
        "{measured}: {message}"
    );
    let (_, measured, _) = said(&[(1, Pain { during: Some(4), ..morning(6) })]).expect("both");
    assert_eq!(measured, 4.0, "the zone of the run comes first");
}

/// Of three entries on days without a run, the last one recent.
#[test]
fn low_scores_after_a_painkiller_say_so_and_entries_are_what_is_counted() {
    let entry = |day, painkiller_before| Entry { pain: during(2), painkiller_before, ..Entry::on(date(2026, 3, day)) };
    let entries = vec![entry(1, Some(true)), entry(2, Some(true)), entry(3, None)];
    let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
    let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
    let Outcome::Clear(clear) = check(&log, &runner, &rule::Options::default()) else { panic!("2 is low") };
    assert!(clear.message.ends_with("a painkiller before 2 of these runs. Their scores may be too low."));
    assert_eq!(clear.coverage.to_string(), "3 of 3 entries");
    assert!(!clear.coverage.is_silent_of_late());
}

fn during(pain: u8) -> Pain {
    Pain { during: Some(pain), ..Pain::default() }
}

#[test]
fn strong_or_rising_pain_and_runs_missed_for_it_are_elevated_and_point_to_care() {
    let tier = |entries: &[(i8, Pain)]| said(entries).map(|(tier, _, message)| (tier, message));
    let (six, seven) = (tier(&[(1, during(6))]), tier(&[(1, during(7))]));
    assert_eq!(six.map(|told| told.0), Some(Tier::Notice));
    let (tier_of_seven, message) = seven.expect("strong");
    assert_eq!(tier_of_seven, Tier::Elevated);
    // The last entry is a month old: nobody knows whether it goes on.
    assert!(message.ends_with("is strong. If the pain is still there or comes back, see a doctor or physiotherapist."));
    let recent = tier(&[(30, during(7))]).expect("strong").1;
    assert!(recent.ends_with("is strong. A doctor or physiotherapist should see it."), "{recent}");
    let (rising, message) = tier(&[(1, during(4)), (8, during(6))]).expect("rising");
    assert!(rising == Tier::Elevated && message.contains("from 4 to 6 within two weeks"), "{message}");
}

#[test]
fn a_run_missed_for_pain_is_elevated_with_a_score_and_without() {
    let missed = |pain| {
        let entry = Entry { pain, missed_run: Some(true), ..Entry::on(date(2026, 3, 29)) };
        let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
        let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
        match check(&log, &runner, &rule::Options::default()) {
            Outcome::Flagged(flags) => (flags[0].tier, flags[0].message.clone()),
            outcome => panic!("{outcome:?}"),
        }
    };
    for pain in [during(2), during(0), Pain::default()] {
        let (tier, message) = missed(pain);
        assert_eq!(tier, Tier::Elevated);
        assert!(message.ends_with("because of pain. A doctor or physiotherapist should see it."), "{message}");
    }
    assert!(missed(Pain::default()).1.contains("you recorded no pain score"));
}

#[test]
fn strong_pain_is_elevated_whenever_in_the_day_it_was_felt() {
    let (after, morning) =
        (Pain { after: Some(7), ..Pain::default() }, Pain { next_morning: Some(7), ..Pain::default() });
    for pains in [vec![(1, after)], vec![(1, morning)], vec![(1, morning), (2, morning), (15, morning)]] {
        let (tier, _, message) = said(&pains).expect("strong");
        assert!(tier == Tier::Elevated && message.contains("is strong"), "{message}");
    }
}

#[test]
fn the_zones_end_with_their_upper_limits() {
    assert_eq!(said(&[(1, during(2))]), None);
    assert_eq!(said(&[(1, during(3))]).map(|flag| flag.0), Some(Tier::Notice));
    assert_eq!(said(&[(1, during(5))]).map(|flag| flag.0), Some(Tier::Notice));
    assert_eq!(said(&[(1, during(6))]).map(|flag| (flag.0, flag.1)), Some((Tier::Notice, 6.0)));
}

#[test]
fn a_morning_worse_than_the_one_before_has_not_settled() {
    let morning = |pain| Pain { next_morning: Some(pain), ..during(1) };
    assert_eq!(said(&[(1, morning(2))]), None, "2 counts as settled where nothing is known");
    assert!(said(&[(1, morning(3))]).is_some());
    assert!(said(&[(1, morning(0)), (2, morning(1))]).is_some(), "0 before the run, 1 after it");
    assert_eq!(said(&[(1, morning(1)), (2, morning(1))]), None);
}

#[test]
fn a_pain_elsewhere_is_no_knee_pain() {
    let entry = Entry { pain: during(8), place: Some(Place::Elsewhere), ..Entry::on(date(2026, 3, 1)) };
    let log = TrainingLog::new(Vec::new(), date(2026, 3, 30), Weekday::Monday);
    let runner = Runner { diary: Diary::new(vec![entry]), ..Runner::default() };
    let outcome = check(&log, &runner, &rule::Options::default());
    assert!(matches!(outcome, Outcome::NotAssessed(_)), "{outcome:?}");
}
