//! The columns of a diary: how each is read and written, once.

use jiff::civil::Date;
use kneewise_core::runner::Entry;
use kneewise_core::runner::diary::{Onset, Place, Side};
use kneewise_core::triage;

use crate::spelling;

/// A column of a diary.
#[derive(Debug)]
#[non_exhaustive]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What it holds, in plain words.
    pub what: &'static str,
    /// What an entry has in it; empty where it says nothing.
    pub get: fn(&Entry) -> String,
    /// Puts a text in an entry; else says what the text should have been.
    pub(crate) set: fn(&mut Entry, &str, u8) -> Result<(), String>,
}

/// Whole numbers of a range, in an `Option<u8>`.
macro_rules! scale {
    ($name:literal, $what:literal, $range:expr, $($field:ident).+) => {
        Column {
            name: $name,
            what: $what,
            get: |entry| shown(entry.$($field).+),
            set: |entry, text, separator| {
                let (low, high) = (*$range.start(), *$range.end());
                let found = kneewise_table::number(text, separator).filter(|n| n.fract() == 0.0 && (low..=high).contains(n));
                entry.$($field).+ = Some(found.ok_or_else(|| format!("a whole number from {low} to {high}"))? as u8);
                Ok(())
            },
        }
    };
}

/// Pain from 0 to 10, in an `Option<u8>`: a half or more counts as the next whole point, so that no
/// pain is lost.
macro_rules! pain {
    ($name:literal, $what:literal, $field:ident) => {
        Column {
            name: $name,
            what: $what,
            get: |entry| shown(entry.pain.$field),
            set: |entry, text, separator| {
                let found = kneewise_table::number(text, separator).filter(|n| (0.0..=10.0).contains(n));
                entry.pain.$field = Some(found.ok_or("a number from 0 to 10")?.round() as u8);
                Ok(())
            },
        }
    };
}

/// Numbers of a range, in an `Option<f64>`.
macro_rules! number {
    ($name:literal, $what:literal, $range:expr, $field:ident) => {
        Column {
            name: $name,
            what: $what,
            get: |entry| shown(entry.$field),
            set: |entry, text, separator| {
                let (low, high) = (*$range.start(), *$range.end());
                let found = kneewise_table::number(text, separator).filter(|n| (low..=high).contains(n));
                entry.$field = Some(found.ok_or_else(|| format!("a number from {low} to {high}"))?);
                Ok(())
            },
        }
    };
}

/// `yes` and `no`.
macro_rules! yes_no {
    ($name:literal, $what:literal, $field:ident) => {
        Column {
            name: $name,
            what: $what,
            get: |entry| entry.$field.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned(),
            set: |entry, text, _| {
                entry.$field = Some(match text.to_lowercase().as_str() {
                    "yes" | "y" | "true" | "1" => true,
                    "no" | "n" | "false" | "0" => false,
                    _ => return Err("yes or no".to_owned()),
                });
                Ok(())
            },
        }
    };
}

/// One of some names.
macro_rules! word {
    ($name:literal, $what:literal, $type:ident, $field:ident) => {
        Column {
            name: $name,
            what: $what,
            get: |entry| entry.$field.map_or("", $type::name).to_owned(),
            set: |entry, text, _| {
                let names: Vec<&str> = $type::ALL.iter().map(|one| one.name()).collect();
                let word = text.to_lowercase().replace([' ', '_'], "-");
                entry.$field = Some($type::named(&word).ok_or_else(|| format!("one of {}", names.join(", ")))?);
                Ok(())
            },
        }
    };
}

/// Every column, in the order of a new file.
pub static COLUMNS: &[Column] = &[
    Column {
        name: "date",
        what: "the day, as 2026-03-01",
        get: |entry| entry.date.to_string(),
        set: |entry, text, _| {
            entry.date = day(text).ok_or("a day")?;
            Ok(())
        },
    },
    pain!("pain_during", "pain during the run, 0 (none) to 10 (worst imaginable)", during),
    pain!("pain_after", "pain in the hours after, 0 to 10", after),
    pain!("pain_next_morning", "pain the morning after, 0 to 10", next_morning),
    word!("side", "which knee or leg", Side, side),
    word!("place", "where it hurts", Place, place),
    word!("onset", "how the pain began", Onset, onset),
    yes_no!("swelling", "whether the knee was swollen", swelling),
    yes_no!("locking", "whether the knee locked: stuck, and could not be bent or straightened", locking),
    yes_no!("giving_way", "whether the knee gave way", giving_way),
    yes_no!("painkiller_before", "whether a painkiller was taken before running", painkiller_before),
    yes_no!("missed_run", "whether a run was missed or cut short because of pain", missed_run),
    Column {
        name: "signs",
        what: "questions that come first, answered with yes, or `none` if all are answered with no",
        get: |entry| match &entry.signs {
            None => String::new(),
            Some(signs) if signs.is_empty() => NO_SIGNS.to_owned(),
            Some(signs) => signs.iter().map(|sign| sign.id).collect::<Vec<_>>().join(" "),
        },
        set: signs,
    },
    number!("sleep_h", "hours slept the night before", (0.0..=24.0), sleep_h),
    scale!(
        "sleep_quality",
        "quality of the sleep, 1 (very, very good) to 7 (very, very bad)",
        (1.0..=7.0),
        sleep_quality
    ),
    number!("exertion_cr10", "effort of the day's run, 0 (nothing at all) to 10", (0.0..=10.0), exertion_cr10),
    number!("resting_heart_rate_bpm", "heart rate at rest in the morning", (25.0..=250.0), resting_heart_rate_bpm),
    number!("hrv_ms", "heart-rate variability in the morning (RMSSD), milliseconds", (1.0..=400.0), hrv_ms),
    scale!("strength_sessions", "sessions of strength training on the day", (0.0..=10.0), strength_sessions),
    Column {
        name: "note",
        what: "whatever else",
        get: |entry| entry.note.clone(),
        set: |entry, text, _| {
            text.clone_into(&mut entry.note);
            Ok(())
        },
    },
];

/// A day of this century or so.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|date: &Date| (1990..2200).contains(&date.year()))
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// What stands for no to all questions.
const NO_SIGNS: &str = "none";

/// Reads the names of signs. What is known among them counts even where another is not: a yes is
/// never lost.
fn signs(entry: &mut Entry, text: &str, _: u8) -> Result<(), String> {
    let names = || text.split([' ', ',', ';', '|']).filter(|id| !id.is_empty()).map(str::to_lowercase);
    if names().eq([NO_SIGNS]) {
        entry.signs = Some(Vec::new());
        return Ok(());
    }
    let (known, unknown): (Vec<String>, Vec<String>) = names().partition(|id| triage::find(id).is_some());
    let known: Vec<_> = known.iter().filter_map(|id| triage::find(id)).collect();
    entry.signs = Some(known).filter(|signs| !signs.is_empty());
    match unknown.first() {
        Some(id) => Err(format!("all known: `{id}`{}", spelling::unknown(triage::signs().map(|sign| sign.id), id))),
        None => Ok(()),
    }
}
