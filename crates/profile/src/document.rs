//! A TOML document, key by key: what is not known is named with its line and with what it may have
//! been, and so is what cannot be.

use std::cell::{Cell, RefCell};
use std::ops::{Range, RangeInclusive};

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Error, Problem, spelling};

/// What is wrong with a document so far.
pub(crate) struct Problems<'t> {
    text: &'t str,
    /// Where each line begins: a file may have as many problems as lines.
    lines: Vec<usize>,
    list: RefCell<Vec<Problem>>,
    /// How many more there are, which are not named.
    more: Cell<usize>,
}

/// So many problems are named: a file with more is none that somebody will mend line by line.
const MOST_PROBLEMS: usize = 1000;

impl<'t> Problems<'t> {
    pub fn of(text: &'t str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, lines, list: RefCell::default(), more: Cell::default() }
    }

    pub fn add(&self, at: Range<usize>, what: String) {
        self.add_with(at, || what);
    }

    /// Adds one whose words take time to find, as long as there are not too many.
    pub fn add_with(&self, at: Range<usize>, what: impl FnOnce() -> String) {
        let mut list = self.list.borrow_mut();
        if list.len() == MOST_PROBLEMS {
            self.more.set(self.more.get() + 1);
            return;
        }
        let line = self.lines.partition_point(|begin| *begin <= at.start);
        list.push(Problem { line, column: None, what: what(), count: 1 });
    }

    /// Returns what was made of the document, if nothing is wrong with it.
    pub fn none_or<T>(self, path: &str, value: T) -> Result<T, Error> {
        let problems = self.sorted();
        if problems.is_empty() { Ok(value) } else { Err(Error::Wrong { path: path.to_owned(), problems }) }
    }

    /// Returns all of it, in order of the lines.
    pub fn sorted(self) -> Vec<Problem> {
        let mut problems = self.list.into_inner();
        problems.sort_by_key(|problem| problem.line);
        if let (more @ 1.., Some(last)) = (self.more.get(), problems.last()) {
            let what = format!("{more} more are not named");
            problems.push(Problem { line: last.line, column: None, what, count: more });
        }
        problems
    }
}

/// More than anybody writes by hand (bytes): parsing takes up to a hundred times as much memory.
const MOST_BYTES: usize = 750_000;

/// Parses a document.
///
/// # Errors
/// [`Error::Wrong`] where it is no TOML, or too large.
pub(crate) fn parse<'t>(text: &'t str, path: &str) -> Result<DeTable<'t>, Error> {
    if text.len() > MOST_BYTES {
        let what = format!("larger than {} kB, more than a hand-written file", MOST_BYTES / 1000);
        return Err(Error::Wrong {
            path: path.to_owned(),
            problems: vec![Problem { line: 1, column: None, what, count: 1 }],
        });
    }
    DeTable::parse(text).map(Spanned::into_inner).map_err(|error| {
        let problems = Problems::of(text);
        let at = error.span().unwrap_or_default();
        let steers = text.get(at.start..).and_then(|rest| rest.chars().next()).filter(|c| is_forbidden(*c));
        let what = match steers {
            Some(c) => format!("has the control character U+{:04X}, which no text may hold; take it out", u32::from(c)),
            None => format!("no TOML: {}", error.message().replace('\n', "; ")),
        };
        problems.add(at, what);
        Error::Wrong { path: path.to_owned(), problems: problems.list.into_inner() }
    })
}

/// Returns whether TOML forbids a character everywhere.
fn is_forbidden(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// A table of a document, asked for one key after the other.
#[derive(Clone, Copy)]
pub(crate) struct Keys<'a, 't> {
    pub table: &'a DeTable<'t>,
    /// Where it begins.
    pub at: usize,
    pub problems: &'a Problems<'t>,
}

impl<'a, 't> Keys<'a, 't> {
    /// Names the keys that are none of `known`.
    pub fn only(&self, known: &[&str]) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                self.problems.add_with(key.span(), || {
                    let meant = spelling::unknown(known.iter().copied(), name);
                    format!("`{}` is not known{meant}", spelling::in_short(name))
                });
            }
        }
    }

    pub fn wrong(&self, key: &str, what: &str) {
        self.wrong_with(key, || what.to_owned());
    }

    /// Like [`wrong`](Keys::wrong), of what takes time to find words for.
    pub fn wrong_with(&self, key: &str, what: impl FnOnce() -> String) {
        let at = self.table.get_key_value(key).map_or(self.at..self.at, |(name, _)| name.span());
        self.problems.add_with(at, || format!("`{key}` {}", what()));
    }

    /// Returns the value of a key as it was typed.
    pub fn typed(&self, key: &str) -> &str {
        let span = self.table.get(key).map(Spanned::span).unwrap_or_default();
        self.problems.text.get(span).unwrap_or_default()
    }

    /// Names what is wrong with a table as a whole.
    pub fn wrong_here(&self, what: &str) {
        self.problems.add(self.at..self.at, what.to_owned());
    }

    fn get<T>(&self, key: &str, kind: &str, of: impl FnOnce(&'a DeValue<'t>) -> Option<T>) -> Option<T> {
        let value = self.table.get(key)?.get_ref();
        let found = of(value);
        if found.is_none() {
            const LONGEST: usize = 40;
            let typed = self.typed(key);
            let is_short = (1..=LONGEST).contains(&typed.len()) && !typed.contains('\n');
            let is = if is_short { format!("is {typed}; it ") } else { String::new() };
            self.wrong(key, &format!("{is}must be {kind}"));
        }
        found
    }

    /// Returns a number of a unit within a range.
    pub fn number(&self, key: &str, range: RangeInclusive<f64>, unit: &str) -> Option<f64> {
        let (low, high) = (*range.start(), *range.end());
        let kind = format!("a number from {low} to {high}{}{unit}", if unit.is_empty() { "" } else { " " });
        self.get(key, &kind, |value| number(value).filter(|number| range.contains(number)))
    }

    pub fn whole(&self, key: &str, range: RangeInclusive<i16>) -> Option<i16> {
        let kind = format!("a whole number from {} to {}", range.start(), range.end());
        let of = |value: &DeValue| number(value).filter(|n| n.fract() == 0.0).map(|n| n as i16);
        self.get(key, &kind, |value| of(value).filter(|n| range.contains(n)))
    }

    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key, "true or false", DeValue::as_bool)
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key, "a text in quotation marks", |value| value.as_str().filter(|text| !text.trim().is_empty()))
    }

    pub fn texts(&self, key: &str) -> Vec<&'a str> {
        let of = |value: &'a DeValue<'t>| value.as_array()?.iter().map(|item| item.get_ref().as_str()).collect();
        self.get(key, "a list of texts, such as [\"one\", \"another\"]", of).unwrap_or_default()
    }

    /// Returns one of some words.
    pub fn word<T>(&self, key: &str, words: &[&'static str], of: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(key)?;
        let found = of(text);
        if found.is_none() {
            self.wrong(
                key,
                &format!(
                    "is \"{}\", which is not known{}",
                    spelling::in_short(text),
                    spelling::unknown(words.iter().copied(), text)
                ),
            );
        }
        found
    }

    /// Returns a day, as TOML writes it or as text.
    pub fn day(&self, key: &str) -> Option<Date> {
        self.get(key, "a day, such as 2026-03-01", |value| match value {
            DeValue::Datetime(when) if when.time.is_none() => {
                let date = when.date?;
                Date::new(date.year as i16, date.month as i8, date.day as i8).ok()
            }
            DeValue::String(text) => text.parse().ok(),
            _ => None,
        })
    }

    /// Returns a month, as its first day.
    pub fn month(&self, key: &str) -> Option<Date> {
        let of = |value: &DeValue| format!("{}-01", value.as_str()?).parse().ok();
        self.get(key, "a year and a month in quotation marks, such as \"2025-11\"", of)
    }

    /// Returns the tables of a list of tables.
    pub fn tables(&self, key: &str) -> Vec<Self> {
        /// Nobody has as many pairs of shoes; each run may be held against each pair.
        const MOST: usize = 1000;
        let problems = self.problems;
        if self.table.get(key).and_then(|list| list.get_ref().as_array()).is_some_and(|list| list.len() > MOST) {
            self.wrong(key, &format!("has more than {MOST} of them"));
            return Vec::new();
        }
        let of = |value: &'a DeValue<'t>| {
            let items = value.as_array()?.iter();
            items
                .map(|item| Some(Self { table: item.get_ref().as_table()?, at: item.span().start, problems }))
                .collect()
        };
        self.get(key, &format!("written as [[{key}]]"), of).unwrap_or_default()
    }

    /// Returns a table.
    pub fn section(&self, key: &str) -> Option<Self> {
        let at = self.table.get(key)?.span().start;
        let problems = self.problems;
        self.get(key, &format!("written as [{key}]"), |value| Some(Self { table: value.as_table()?, at, problems }))
    }
}

pub(crate) fn number(value: &DeValue) -> Option<f64> {
    let number = match value {
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64,
        DeValue::Float(float) => float.as_str().parse().ok()?,
        _ => return None,
    };
    Some(number).filter(|number: &f64| number.is_finite())
}
