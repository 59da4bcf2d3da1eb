//! What a diary says that somebody with training should look at.

use jiff::civil::Date;

use super::sign::{Sign, Urgency, find};
use crate::runner::Runner;
use crate::runner::diary::{Entry, Onset};
use crate::time::DateExt;

/// A yes counts in full for so many days after its entry (days). A heuristic: who still has it answers again.
pub const HOLDS_DAYS: i64 = 28;

/// Pain on and off for more than so many days should be looked at (days).
const LASTING_DAYS: i64 = 21;

/// So many missed runs within so many days (days).
const MISSED: (usize, i64) = (3, 42);

/// What a diary says that somebody with training should look at.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Care {
    /// The [sign](Sign::id).
    pub sign: &'static str,
    /// How soon.
    pub urgency: Urgency,
    /// What to do.
    pub care: &'static str,
    /// What was said, as the rest of a sentence that begins with the day.
    pub because: String,
    /// The day of the entry.
    pub date: Date,
}

/// Whether something in it comes before all training.
pub fn comes_first(care: &[Care]) -> bool {
    care.iter().any(|care| care.urgency.comes_first())
}

/// What the diary says that somebody with training should look at as of a day, the most urgent first, each sign once;
/// empty where it says nothing of the kind.
pub fn care(runner: &Runner, as_of: Date) -> Vec<Care> {
    let entries = runner.diary.between(Date::MIN, as_of);
    // No to all questions lifts what was said before.
    let since = entries.iter().rposition(Entry::has_no_signs).map_or(0, |at| at + 1);
    let mut told: Vec<Care> = Vec::new();
    for care in said(&entries[since..], as_of).into_iter().chain(lasting(runner, as_of)) {
        if told.iter().all(|known| known.sign != care.sign) {
            told.push(care);
        }
    }
    told.sort_by_key(|care| (care.urgency, -care.date.days_since(as_of)));
    told
}

/// What single entries say, the latest first.
fn said(entries: &[Entry], as_of: Date) -> Vec<Care> {
    let gave_way = |entry: &Entry| entry.giving_way == Some(true);
    let gave_way_twice = {
        let recent = |entry: &&Entry| gave_way(entry) && as_of.days_since(entry.date) < HOLDS_DAYS;
        entries.iter().filter(recent).count() > 1
    };
    let of_entry = |entry: &Entry| {
        let answered = (entry.signs.iter().flatten()).map(|sign| (Some(*sign), answered(sign)));
        let is_locked = entry.locking == Some(true);
        let is_injury = entry.onset == Some(Onset::Sudden) && entry.swelling == Some(true);
        let told = [
            (is_locked, "locked", "the diary tells of a knee that was stuck"),
            (
                gave_way_twice && gave_way(entry),
                "gives-way",
                "the diary tells of a knee that gave way, not for the first time",
            ),
            (is_injury, "injury", "the diary tells of a pain that began at one moment, and of a swollen knee"),
        ];
        let told = told.into_iter().filter(|(holds, ..)| *holds).map(|(_, id, words)| (find(id), words.to_owned()));
        let date = entry.date;
        let care = answered.chain(told).filter_map(|(sign, because)| Some((sign?, because)));
        care.filter_map(|(sign, because)| weighed(sign, because, date, as_of)).collect::<Vec<_>>()
    };
    entries.iter().rev().flat_map(of_entry).collect()
}

fn answered(sign: &Sign) -> String {
    format!("you answered yes: {}", sign.question)
}

/// What a yes means so many days later: itself; then, of what could not wait, that it was never answered again.
fn weighed(sign: &'static Sign, because: String, date: Date, as_of: Date) -> Option<Care> {
    let Sign { id, urgency, care, .. } = *sign;
    if as_of.days_since(date) < HOLDS_DAYS {
        return Some(Care { sign: id, urgency, care, because, date });
    }
    urgency.comes_first().then_some(Care {
        sign: id,
        urgency: Urgency::WithinWeeks,
        care: "Answer again (kneewise triage): nothing since says that it is over. If it is not, have it looked at now.",
        because,
        date,
    })
}

/// What shows only over several entries. All of it can wait for some days.
fn lasting(runner: &Runner, as_of: Date) -> Vec<Care> {
    let diary = &runner.diary;
    let day = |date: Date| date.strftime("%-d %b");
    let swollen = days(diary.of_last(HOLDS_DAYS, as_of), |entry| entry.swelling == Some(true));
    let missed = days(diary.of_last(MISSED.1, as_of), |entry| entry.missed_run == Some(true));
    let mut told: Vec<(&str, Date, String)> = Vec::new();
    if let [first, .., last] = swollen[..] {
        told.push((
            "swells-again",
            last,
            format!("the diary tells of a swollen knee for the second time since {}", day(first)),
        ));
    }
    if let Some((first, last)) = diary.knee_pain_going_on(as_of) {
        if last.days_since(first) >= LASTING_DAYS {
            told.push((
                "three-weeks",
                last,
                format!("the diary tells of a pain that has been there, on and off, since {}", day(first)),
            ));
        } else if diary.between(first, last).iter().any(|entry| entry.onset == Some(Onset::LongStanding)) {
            told.push(("three-weeks", last, "the diary tells of a pain that has been there for months".to_owned()));
        }
        if runner.age_on(as_of).is_some_and(|age| age < 18) {
            told.push(("under-18", last, "the diary tells of knee pain, and the profile of your age".to_owned()));
        }
    }
    if missed.len() >= MISSED.0 {
        let last = missed[missed.len() - 1];
        told.push((
            "missed-runs",
            last,
            format!("the diary tells of the {} day in six weeks with a run missed or cut short", nth(missed.len())),
        ));
    }
    let care = |(id, date, because)| {
        find(id).map(|Sign { id, urgency, care, .. }| Care { sign: id, urgency: *urgency, care, because, date })
    };
    told.into_iter().filter_map(care).collect()
}

/// The days of the entries of which something is told, each once. Pain of another place than a knee is not looked at.
fn days(entries: &[Entry], is_told: impl Fn(&Entry) -> bool) -> Vec<Date> {
    let mut days: Vec<Date> =
        entries.iter().filter(|entry| entry.is_of_knee() && is_told(entry)).map(|entry| entry.date).collect();
    days.dedup();
    days
}

fn nth(n: usize) -> String {
    match n {
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        n => format!("{n}th"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::Diary;
    use crate::runner::diary::{Pain, Place};
    use jiff::civil::date;

    fn runner(entries: Vec<Entry>) -> Runner {
        Runner { diary: Diary::new(entries), ..Runner::default() }
    }

    fn yes(day: i8, ids: &[&str]) -> Entry {
        Entry { signs: Some(ids.iter().filter_map(|id| find(id)).collect()), ..Entry::on(date(2026, 3, day)) }
    }

    fn hurts(date: Date, pain: u8) -> Entry {
        Entry { pain: Pain { during: Some(pain), ..Pain::default() }, ..Entry::on(date) }
    }

    fn told(entries: Vec<Entry>, as_of: Date) -> Vec<(&'static str, Urgency)> {
        care(&runner(entries), as_of).iter().map(|care| (care.sign, care.urgency)).collect()
    }

    #[test]
    fn the_most_urgent_comes_first_and_each_once() {
        let runner = runner(vec![yes(1, &["gives-way", "stairs"]), yes(5, &["gives-way", "fever"])]);
        let care = care(&runner, date(2026, 3, 6));
        let told: Vec<_> = care.iter().map(|care| (care.urgency, care.date.day())).collect();
        assert_eq!(told, [(Urgency::Emergency, 5), (Urgency::WithinDays, 5), (Urgency::WithinWeeks, 1)]);
        assert!(comes_first(&care) && !comes_first(&care[2..]));
    }

    #[test]
    fn a_yes_silences_for_28_days_and_is_never_forgotten_until_no_to_all() {
        let entries = || vec![yes(1, &["night", "stairs"])];
        assert_eq!(told(entries(), date(2026, 3, 28))[0], ("night", Urgency::WithinDays));
        assert_eq!(told(entries(), date(2026, 3, 29)), [("night", Urgency::WithinWeeks)]);
        assert_eq!(told(entries(), date(2027, 3, 29)), [("night", Urgency::WithinWeeks)]);
        let lifted = [entries(), vec![yes(3, &[])]].concat();
        assert_eq!(told(lifted.clone(), date(2026, 3, 2))[0].0, "night", "not before it was said");
        assert_eq!(told(lifted, date(2026, 3, 6)), []);
    }

    #[test]
    fn a_knee_that_locked_once_or_gave_way_twice_or_swelled_at_once_counts() {
        let gave_way = |day| Entry { giving_way: Some(true), ..Entry::on(date(2026, 3, day)) };
        assert_eq!(told(vec![gave_way(1)], date(2026, 3, 6)), []);
        assert_eq!(told(vec![gave_way(1), gave_way(4)], date(2026, 3, 6)), [("gives-way", Urgency::WithinDays)]);
        let locked = Entry { locking: Some(true), ..Entry::on(date(2026, 3, 1)) };
        assert_eq!(told(vec![locked], date(2026, 3, 6)), [("locked", Urgency::SameDay)]);
        let swollen = |onset| Entry { swelling: Some(true), onset, ..Entry::on(date(2026, 3, 1)) };
        assert_eq!(told(vec![swollen(Some(Onset::Sudden))], date(2026, 3, 6)), [("injury", Urgency::SameDay)]);
        assert_eq!(told(vec![swollen(Some(Onset::Gradual))], date(2026, 3, 6)), []);
    }

    #[test]
    fn what_lasts_or_comes_again_can_wait_and_not_for_long() {
        let soon = |id| vec![(id, Urgency::WithinWeeks)];
        let on = |day: i64| date(2026, 3, 1).saturating_add_days(day);
        let pains = |days: &[i64]| days.iter().map(|day| hurts(on(*day), 1)).collect::<Vec<_>>();
        assert_eq!(told(pains(&[0, 10, 20]), on(20)), [], "twenty days");
        assert_eq!(told(pains(&[0, 10, 20, 21]), on(21)), soon("three-weeks"));
        assert_eq!(told(pains(&[0, 11, 20, 21]), on(21)), [], "eleven days between");
        assert_eq!(told(pains(&[0, 10, 20, 21]), on(32)), [], "over for eleven days");
        let swollen = |day| Entry { swelling: Some(true), ..Entry::on(on(day)) };
        assert_eq!(told(vec![swollen(0), swollen(0)], on(1)), [], "one day");
        assert_eq!(told(vec![swollen(0), swollen(3)], on(4)), soon("swells-again"));
        let missed = |day| Entry { missed_run: Some(true), ..Entry::on(on(day)) };
        assert_eq!(told(vec![missed(0), missed(9), missed(41)], on(41)), soon("missed-runs"));
        assert_eq!(told(vec![missed(0), missed(9), missed(42)], on(42)), []);
        let elsewhere = |day| Entry { place: Some(Place::Elsewhere), ..missed(day) };
        assert_eq!(told(vec![elsewhere(0), elsewhere(9), elsewhere(41)], on(41)), []);
        let young = Runner { birth_year: Some(2009), ..runner(pains(&[0])) };
        assert_eq!(care(&young, on(0))[0].sign, "under-18");
    }
}
