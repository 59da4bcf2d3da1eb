//! What is worked out of a load over days: one list of all.

mod exposure;
mod fitness;
mod monotony;
mod ratio;
mod rest;
mod sums;

pub use exposure::{EASY_SHARE, EXPOSURE};
pub use fitness::{FATIGUE, FITNESS, FORM, RAMP};
pub use monotony::{MONOTONY, STRAIN};
pub use ratio::{RATIO_COUPLED, RATIO_EXPONENTIAL, RATIO_HIGH, RATIO_LOW, RATIO_UNCOUPLED};
pub use rest::{REST_DAYS, RUN_STREAK};
pub use sums::{SUM_7, SUM_14, SUM_28};

use std::cell::OnceCell;

use jiff::civil::Date;

use super::bootstrap::Band;
use super::{Answer, Convention, Series, TooLittle};
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::unit::Unit;

/// Every figure, in the order of tables.
pub static FIGURES: &[&Figure] = &[
    &SUM_7,
    &SUM_14,
    &SUM_28,
    &FITNESS,
    &FATIGUE,
    &FORM,
    &RAMP,
    &RATIO_COUPLED,
    &RATIO_LOW,
    &RATIO_HIGH,
    &RATIO_UNCOUPLED,
    &RATIO_EXPONENTIAL,
    &MONOTONY,
    &STRAIN,
    &RUN_STREAK,
    &REST_DAYS,
    &EXPOSURE,
    &EASY_SHARE,
];

/// One number that every day has.
#[derive(Debug)]
#[non_exhaustive]
pub struct Figure {
    /// The stable name in data.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// What others call it.
    pub aliases: &'static [&'static str],
    /// The unit of the value.
    pub unit: FigureUnit,
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// How it is worked out: an answer for each day of the series.
    pub compute: fn(&FigureContext) -> Vec<Answer<f64>>,
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FigureUnit {
    /// The load's own.
    Loads,
    /// One for all loads.
    Is(Unit),
}

/// What figures are worked out from.
#[derive(Clone, Debug)]
pub struct FigureContext<'a> {
    /// The runs.
    pub log: &'a TrainingLog,
    /// What the runner says.
    pub runner: &'a Runner,
    /// The load of each day of the log.
    pub series: &'a Series,
    /// By which choices.
    pub convention: &'a Convention,
    /// Two figures are the ends of one band, which costs more than all others.
    ratio_bands: OnceCell<Vec<Answer<Band>>>,
    bands_from: Date,
}

impl<'a> FigureContext<'a> {
    /// Holds a log, its runner, a series of loads and the choices of a convention together.
    pub fn new(log: &'a TrainingLog, runner: &'a Runner, series: &'a Series, convention: &'a Convention) -> Self {
        Self { log, runner, series, convention, ratio_bands: OnceCell::new(), bands_from: Date::MIN }
    }

    /// Leaves [`RATIO_LOW`] and [`RATIO_HIGH`] out on days before `date`, which nobody is shown.
    #[must_use]
    pub fn with_bands_from(self, date: Date) -> Self {
        Self { bands_from: date, ratio_bands: OnceCell::new(), ..self }
    }
}

/// A day with its load and all figures.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LoadDay {
    /// The runner's local date.
    pub date: Date,
    /// How many sessions began on it.
    pub runs: usize,
    /// How many of them have no value of the load.
    pub runs_without: usize,
    /// The load; 0 on a day of rest, `None` where a run has no value.
    pub load: Option<f64>,
    /// What the load was worked out from; `None` on a day of rest.
    pub basis: Option<&'static str>,
    /// What the runs without a value would need.
    pub needs: Option<&'static str>,
    figures: [Answer<f64>; FIGURES.len()],
}

impl LoadDay {
    /// Returns a figure of the day.
    pub fn get(&self, figure: &Figure) -> Answer<f64> {
        let slot = FIGURES.iter().position(|known| known.id == figure.id);
        slot.map_or(Answer::Undefined("no such figure"), |slot| self.figures[slot])
    }
}

impl Figure {
    /// Returns the figure of an id such as `fitness`, or of an alias such as `CTL`.
    pub fn find(name: &str) -> Option<&'static Self> {
        let is_meant =
            |figure: &&&Self| figure.id == name || figure.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name));
        FIGURES.iter().find(is_meant).copied()
    }

    /// Returns the manual page as Markdown.
    pub fn manual_page(&self) -> String {
        let unit = match self.unit {
            FigureUnit::Loads => "the load's".to_owned(),
            FigureUnit::Is(unit) => unit.to_string(),
        };
        let also =
            if self.aliases.is_empty() { String::new() } else { format!(" Also called: {}.", self.aliases.join(", ")) };
        let (id, name, doc) = (self.id, self.name, crate::doc::page(self.doc));
        format!("# {name} (`{id}`)\n\nFigure of a day. Unit: {unit}.{also}\n\n{doc}")
    }
}

/// Returns every day of the series with these figures.
pub(super) fn days(ground: &FigureContext, figures: &[&'static Figure]) -> Vec<LoadDay> {
    let day = |day: &super::DayLoad| LoadDay {
        date: day.date,
        runs: day.runs,
        runs_without: day.runs_without,
        load: day.value,
        basis: day.basis,
        needs: day.needs,
        figures: [Answer::Undefined("not asked for"); FIGURES.len()],
    };
    let mut days: Vec<LoadDay> = ground.series.days.iter().map(day).collect();
    for (slot, figure) in FIGURES.iter().enumerate().filter(|(_, known)| figures.iter().any(|f| f.id == known.id)) {
        if let Some(why) = ground.convention.lacks(figure.id) {
            for day in &mut days {
                day.figures[slot] = Answer::Undefined(why);
            }
        } else {
            for (day, answer) in days.iter_mut().zip((figure.compute)(ground)) {
                day.figures[slot] = answer;
            }
        }
    }
    days
}

/// Answers that take a history of so many days, each withheld until then unless the convention
/// shows them.
fn after(days: usize, ground: &FigureContext, answers: Vec<Answer<f64>>) -> Vec<Answer<f64>> {
    match ground.convention.too_little {
        TooLittle::Shown => answers,
        TooLittle::Withheld => (1..)
            .zip(answers)
            .map(|(has, answer)| if has < days { Answer::NeedsDays { needs: days, has } } else { answer })
            .collect(),
    }
}
