//! The latest knee pain of the diary.

use std::borrow::Cow;

use jiff::civil::Date;
use kneewise_core::runner::Entry;
use kneewise_core::runner::diary::{Onset, Place, Side};
use kneewise_read::time::DateExt;
use serde::{Deserialize, Serialize};

use crate::Document;
use crate::words::printable;

/// So many notes are kept, the latest.
const NOTES: usize = 3;

/// A knee pain, as the diary records it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Pain {
    /// The day of the first painful entry.
    pub since: Date,
    /// The day of the last painful entry.
    pub last: Date,
    /// Days from the first to the last day of the report, or to the last entry where it is over.
    pub days: i64,
    /// Whether it goes on at the end of the report.
    pub goes_on: bool,
    /// `left`, `right` or `both`.
    pub side: Option<Cow<'static, str>>,
    /// Where on the knee: `inner side, below the joint`.
    pub place: Option<Cow<'static, str>>,
    /// Whether it is on the inner side.
    pub is_inner: bool,
    /// How it began: `suddenly`, `gradually`, `months ago, on and off`.
    pub onset: Option<Cow<'static, str>>,
    /// The highest score of all, from 0 to 10; `None` where only missed runs were recorded.
    pub highest: Option<u8>,
    /// The highest score of the last two weeks.
    pub highest_of_late: Option<u8>,
    /// Whether that is above the limit from which runs are better left out.
    pub is_high: bool,
    /// The highest score during a run.
    pub during: Option<u8>,
    /// The highest score after a run.
    pub after: Option<u8>,
    /// The highest score on the next morning.
    pub next_morning: Option<u8>,
    /// Days on which a run was missed or cut short.
    pub missed_runs: usize,
    /// What was written, the latest first.
    pub notes: Vec<Note>,
}

/// What was written on a day.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// The day.
    pub date: Date,
    /// The text.
    pub text: String,
}

/// The days of late (days).
const OF_LATE: i64 = 14;

/// The latest pain up to the end of the report; `None` where the diary records none.
pub(super) fn latest(document: &Document) -> Option<Pain> {
    let (diary, as_of) = (&document.report.runner.diary, document.report.as_of);
    let hurts = |entry: &&Entry| entry.knee_pain().is_some_and(|pain| pain > 0) || entry.missed_for_knee();
    let last = diary.between(Date::MIN, as_of).iter().rfind(hurts)?.date;
    let (since, last) = diary.knee_pain_going_on(last)?;
    let entries: Vec<&Entry> = diary.between(since, as_of).iter().filter(hurts).collect();
    let highest = |score: fn(&Entry) -> Option<u8>| entries.iter().filter_map(|entry| score(entry)).max();
    let of_late = |entry: &&&Entry| as_of.days_since(entry.date) < OF_LATE;
    let mut missed: Vec<Date> =
        entries.iter().filter(|entry| entry.missed_for_knee()).map(|entry| entry.date).collect();
    missed.dedup();
    let place = entries.iter().rev().find_map(|entry| entry.place);
    let noted = entries.iter().rev().filter(|entry| !entry.note.trim().is_empty());
    let goes_on = diary.knee_pain_going_on(as_of).is_some();
    let highest_of_late = entries.iter().filter(of_late).filter_map(|entry| entry.knee_pain()).max();
    Some(Pain {
        since,
        last,
        days: if goes_on { as_of } else { last }.days_since(since),
        goes_on,
        side: side(&entries).map(Cow::from),
        place: place.map(place_words).map(Cow::from),
        is_inner: place.is_some_and(Place::is_inner_knee),
        onset: entries.iter().find_map(|entry| entry.onset).map(onset_words).map(Cow::from),
        highest: highest(Entry::knee_pain),
        highest_of_late,
        is_high: highest_of_late > Some(document.report.settings.rules.pain_zones.high),
        during: highest(|entry| entry.pain.during),
        after: highest(|entry| entry.pain.after),
        next_morning: highest(|entry| entry.pain.next_morning),
        missed_runs: missed.len(),
        notes: noted.take(NOTES).map(|entry| Note { date: entry.date, text: line(&entry.note) }).collect(),
    })
}

/// A note in one line.
fn line(note: &str) -> String {
    printable(&note.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The side of all entries that name one.
fn side(entries: &[&Entry]) -> Option<&'static str> {
    let mut named = entries.iter().filter_map(|entry| entry.side);
    let first = named.next()?;
    Some(if named.all(|side| side == first) { first } else { Side::Both }.name())
}

fn place_words(place: Place) -> &'static str {
    match place {
        Place::InnerJointLine => "inner side, at the joint",
        Place::InnerBelow => "inner side, below the joint",
        Place::InnerAbove => "inner side, above the joint",
        Place::Kneecap => "kneecap",
        Place::Outer => "outer side",
        Place::ShinBone => "upper shin",
        Place::Back => "behind the knee",
        Place::Diffuse => "all over the knee",
        Place::Elsewhere => "not at the knee",
        _ => place.words(),
    }
}

fn onset_words(onset: Onset) -> &'static str {
    match onset {
        Onset::Sudden => "suddenly",
        Onset::Gradual => "gradually",
        Onset::LongStanding => "months ago, on and off",
        _ => onset.words(),
    }
}
