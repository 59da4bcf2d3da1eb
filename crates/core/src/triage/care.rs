//! Diary entries that are a reason to see a doctor or physiotherapist.

use jiff::civil::Date;

use super::concern::{Concern, concerns};
use crate::runner::Runner;
use crate::runner::diary::{Diary, Entry, Onset};
use crate::runner::sign::{Sign, Urgency, find};
use kneewise_read::time::DateExt;

/// A yes that can wait counts for so many days after its entry (days); one that cannot, until it is
/// answered again, which is asked for after so many. A heuristic.
pub const HOLDS_DAYS: i64 = 28;

/// A knee that swells so soon after a pain that began at one moment belongs to it (days).
const SWELLS_WITHIN_DAYS: i64 = 2;

/// Pain on and off for more than so many days should be looked at (days).
const LASTING_DAYS: i64 = 21;

/// So many missed runs within so many days (days).
const MISSED: (usize, i64) = (3, 42);

/// What a diary says that a doctor or physiotherapist should look at.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Referral {
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

/// Returns whether something in it comes before all training.
pub fn comes_first(care: &[Referral]) -> bool {
    care.iter().any(|care| care.urgency.comes_first())
}

/// Returns what the diary says that a doctor or physiotherapist should look at as of a day, the
/// most urgent first, each sign once; empty where it says nothing of the kind.
pub fn care(runner: &Runner, as_of: Date) -> Vec<Referral> {
    let entries = runner.diary.between(Date::MIN, as_of);
    // No to all questions lifts what was said before; what else that entry says stands.
    let since = entries.iter().rposition(Entry::has_no_signs).unwrap_or(0);
    let mut told: Vec<Referral> = Vec::new();
    for care in said(&entries[since..], as_of).into_iter().chain(lasting(runner, as_of)) {
        if told.iter().all(|known| known.sign != care.sign) {
            told.push(care);
        }
    }
    told.sort_by_key(|care| (care.urgency, -care.date.days_since(as_of)));
    told
}

/// What single entries say, the latest first.
fn said(entries: &[Entry], as_of: Date) -> Vec<Referral> {
    let of_entry = |(i, entry): (usize, &Entry)| {
        let answered = entry.signs.iter().flatten().map(|sign| (*sign, format!("you answered yes: {}", sign.question)));
        let told = of_columns(entries, i).filter_map(|(id, words)| Some((find(id)?, words.to_owned())));
        answered.chain(told).filter_map(|(sign, because)| weighed(sign, because, entry.date, as_of)).collect::<Vec<_>>()
    };
    entries.iter().enumerate().rev().flat_map(of_entry).collect()
}

/// The signs that the columns of an entry tell of, unless a later one says that it is over.
fn of_columns(entries: &[Entry], at: usize) -> impl Iterator<Item = (&'static str, &'static str)> {
    type Column = fn(&Entry) -> Option<bool>;
    const LOCKING: Column = |entry| entry.locking;
    const GIVING_WAY: Column = |entry| entry.giving_way;
    const SWELLING: Column = |entry| entry.swelling;
    let entry = &entries[at];
    let near = |other: &Entry, days: i64| other.is_of_knee() && (0..=days).contains(&entry.date.days_since(other.date));
    let gave_way_before = || {
        let is_before = |other: &&Entry| other.date < entry.date && near(other, HOLDS_DAYS);
        entries[..at].iter().filter(is_before).any(|other| other.giving_way == Some(true))
    };
    let began_at_once =
        || entries[..=at].iter().any(|other| other.onset == Some(Onset::Sudden) && near(other, SWELLS_WITHIN_DAYS));
    let tells = |column: Column| {
        let is_over = || entries[at + 1..].iter().any(|later| later.is_of_knee() && column(later) == Some(false));
        entry.is_of_knee() && column(entry) == Some(true) && !is_over()
    };
    let told = [
        (tells(LOCKING), "locked", "your diary records a knee that was stuck"),
        (
            tells(GIVING_WAY) && gave_way_before(),
            "gives-way",
            "your diary records a knee that gave way, not for the first time",
        ),
        (
            tells(SWELLING) && began_at_once(),
            "injury",
            "your diary records a pain that began suddenly, and a swollen knee",
        ),
    ];
    told.into_iter().filter(|(holds, ..)| *holds).map(|(_, id, words)| (id, words))
}

/// What a yes means so many days later. What cannot wait is never forgotten; it asks to be answered
/// again.
fn weighed(sign: &'static Sign, because: String, date: Date, as_of: Date) -> Option<Referral> {
    let Sign { id, urgency, care, .. } = *sign;
    let days = as_of.days_since(date);
    if days < HOLDS_DAYS {
        return Some(Referral { sign: id, urgency, care, because, date });
    }
    let because = format!(
        "{because}{} No later entry says that it is over. If it is, answer the questions again",
        if because.ends_with('?') { "" } else { "." }
    );
    urgency.comes_first().then_some(Referral { sign: id, urgency, care, because, date })
}

/// Strong and rising pain count for so many days (days): what comes after says how it goes on.
const STRONG_DAYS: i64 = 14;

/// A [sign](Sign::id), the day of its entry, and what was said.
type Told = (&'static str, Date, String);

/// What shows in the pain itself, or only over several entries.
fn lasting(runner: &Runner, as_of: Date) -> Vec<Referral> {
    let missed = days(runner.diary.of_last(MISSED.1, as_of), Entry::missed_for_knee);
    let is_often_missed = missed.len() >= MISSED.0;
    let told = strong_or_rising(&runner.diary, as_of, is_often_missed)
        .into_iter()
        .chain(swells_again(&runner.diary, as_of))
        .chain(going_on(runner, as_of))
        .chain(often_missed(&missed).filter(|_| is_often_missed));
    let care = |(id, date, because)| {
        find(id).map(|Sign { id, urgency, care, .. }| Referral { sign: id, urgency: *urgency, care, because, date })
    };
    told.filter_map(care).collect()
}

/// What the pain of the last days tells, while it goes on; of runs missed only where they are not
/// often missed, which is told by itself.
fn strong_or_rising(diary: &Diary, as_of: Date, is_often_missed: bool) -> Vec<Told> {
    if diary.knee_pain_going_on(as_of).is_none() {
        return Vec::new();
    }
    let told = |(date, concern)| match concern {
        Concern::Strong { pain } => {
            Some(("strong-pain", date, format!("your diary records knee pain of {pain} out of 10")))
        }
        Concern::Rising { from, to } => {
            Some(("rising-pain", date, format!("your diary records knee pain of {to} out of 10, up from {from}")))
        }
        Concern::MissedRuns { .. } if is_often_missed => None,
        Concern::MissedRuns { .. } => {
            Some(("missed-runs", date, "your diary records a run missed or cut short because of pain".to_owned()))
        }
    };
    let from = as_of.saturating_add_days(1 - STRONG_DAYS);
    concerns(diary, from, as_of).into_iter().filter_map(told).collect()
}

fn swells_again(diary: &Diary, as_of: Date) -> Option<Told> {
    let swollen = days(diary.of_last(HOLDS_DAYS, as_of), |entry| entry.swelling == Some(true));
    let [first, .., last] = swollen[..] else { return None };
    let because = format!("your diary records a swollen knee for the second time since {}", first.in_words_of_year());
    Some(("swells-again", last, because))
}

/// What a knee pain that goes on tells by how long it has, and by the runner's age.
fn going_on(runner: &Runner, as_of: Date) -> Vec<Told> {
    let Some((first, last)) = runner.diary.knee_pain_going_on(as_of) else { return Vec::new() };
    let is_long_standing = |entry: &Entry| entry.onset == Some(Onset::LongStanding);
    let because = if last.days_since(first) >= LASTING_DAYS {
        Some(format!("your diary records pain, on and off, since {}", first.in_words_of_year()))
    } else if runner.diary.between(first, last).iter().any(is_long_standing) {
        Some("your diary records pain that has lasted for months".to_owned())
    } else {
        None
    };
    let lasting = because.map(|because| ("three-weeks", last, because));
    // Of the birth only the year is known: who turns 18 in this one may still be 17.
    let is_young = runner.age_on(as_of).is_some_and(|age| age <= 18);
    let young = is_young.then(|| {
        ("under-18", last, "your diary records knee pain, and your profile shows that you may be under 18".to_owned())
    });
    lasting.into_iter().chain(young).collect()
}

fn often_missed(missed: &[Date]) -> Option<Told> {
    let last = *missed.last()?;
    let because = format!(
        "your diary records a run missed or cut short because of pain, on the {} day in six weeks",
        nth(missed.len())
    );
    Some(("missed-runs", last, because))
}

/// The days of the entries of which something is told, each once. Pain of another place than a knee
/// is not looked at.
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
    fn a_yes_that_cannot_wait_silences_until_no_to_all() {
        let entries = || vec![yes(1, &["night", "stairs"])];
        let night = vec![("night", Urgency::WithinDays)];
        assert_eq!(told(entries(), date(2026, 3, 28)).len(), 2);
        assert_eq!(told(entries(), date(2026, 3, 29)), night, "stairs can wait, and are asked again");
        assert_eq!(told(entries(), date(2027, 3, 29)), night);
        let because = |day| care(&runner(entries()), day)[0].because.clone();
        assert!(
            !because(date(2026, 3, 28)).contains("again")
                && because(date(2026, 3, 29)).contains("answer the questions again")
        );
        let lifted = [entries(), vec![yes(3, &[])]].concat();
        assert_eq!(told(lifted.clone(), date(2026, 3, 2))[0].0, "night", "not before it was said");
        assert_eq!(told(lifted, date(2026, 3, 6)), []);
        let stuck = Entry { locking: Some(true), ..yes(3, &[]) };
        assert_eq!(
            told([entries(), vec![stuck]].concat(), date(2026, 3, 6))[0].0,
            "locked",
            "what else it says stands"
        );
    }

    #[test]
    fn a_knee_that_was_stuck_or_gave_way_on_two_days_counts_until_an_entry_says_no() {
        let on = |day: i64| date(2026, 3, 1).saturating_add_days(day);
        let gave_way = |day, said| Entry { giving_way: Some(said), ..Entry::on(on(day)) };
        let gives_way = [("gives-way", Urgency::WithinDays)];
        assert_eq!(told(vec![gave_way(0, true), gave_way(0, true)], on(5)), [], "one day");
        assert_eq!(told(vec![gave_way(0, true), gave_way(28, true)], on(28)), gives_way);
        assert_eq!(told(vec![gave_way(0, true), gave_way(28, true)], on(60)), gives_way, "and stays");
        assert_eq!(told(vec![gave_way(0, true), gave_way(29, true)], on(29)), [], "29 days apart");
        assert_eq!(told(vec![gave_way(0, true), gave_way(4, true), gave_way(9, false)], on(9)), []);
        let locked = |place| Entry { locking: Some(true), place, ..Entry::on(on(0)) };
        assert_eq!(told(vec![locked(None)], on(6)), [("locked", Urgency::SameDay)]);
        let ankle = Entry { locking: Some(false), place: Some(Place::Elsewhere), ..Entry::on(on(3)) };
        assert_eq!(told(vec![locked(None), ankle], on(6)).len(), 1, "what is said of another joint lifts nothing");
        assert!(care(&runner(vec![locked(None)]), on(60))[0].because.contains("stuck. No later entry"));
        assert_eq!(told(vec![locked(Some(Place::Elsewhere))], on(6)), [], "no knee");
    }

    #[test]
    fn swelling_within_two_days_of_a_sudden_pain_counts() {
        let on = |day: i8| Entry::on(date(2026, 3, day));
        let swollen = |day| Entry { swelling: Some(true), ..on(day) };
        let sudden = |day| Entry { onset: Some(Onset::Sudden), ..on(day) };
        let injury = [("injury", Urgency::SameDay)];
        let both = Entry { onset: Some(Onset::Sudden), ..swollen(1) };
        assert_eq!(told(vec![both], date(2026, 3, 6)), injury);
        assert_eq!(told(vec![sudden(1), swollen(3)], date(2026, 3, 6)), injury);
        assert_eq!(told(vec![sudden(1), swollen(4)], date(2026, 3, 6)), []);
        assert_eq!(told(vec![swollen(1)], date(2026, 3, 6)), []);
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
        let quiet = |n: i64| [pains(&[0, 10, 20, 21]), (22..22 + n).map(|day| hurts(on(day), 0)).collect()].concat();
        assert_eq!(told(quiet(2), on(24)), soon("three-weeks"));
        assert_eq!(told(quiet(3), on(24)), [], "three entries without pain");
        let swollen = |day| Entry { swelling: Some(true), ..Entry::on(on(day)) };
        assert_eq!(told(vec![swollen(0), swollen(0)], on(1)), [], "one day");
        assert_eq!(told(vec![swollen(0), swollen(3)], on(4)), soon("swells-again"));
        let missed = |day| Entry { missed_run: Some(true), ..Entry::on(on(day)) };
        assert_eq!(told(vec![missed(0), missed(9), missed(41)], on(41)), soon("missed-runs"));
        let one = told(vec![missed(0), missed(9), missed(42)], on(42));
        assert_eq!(one, soon("missed-runs"), "one is enough while it goes on");
        assert_eq!(told(vec![missed(0), missed(9), missed(42)], on(53)), [], "and is over after eleven days");
        let elsewhere = |day| Entry { place: Some(Place::Elsewhere), ..missed(day) };
        assert_eq!(told(vec![elsewhere(0), elsewhere(9), elsewhere(41)], on(41)), []);
        let young = Runner { birth_year: Some(2008), ..runner(pains(&[0])) };
        assert_eq!(care(&young, on(0))[0].sign, "under-18");
    }
}
