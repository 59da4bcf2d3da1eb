//! Conventions: every choice on which programs differ, as a value with a name.
//!
//! One name, "fitness", stands for five formulas. Which one a figure follows is a [`Convention`],
//! and whoever prints the figure prints its name too.

mod heart;
mod presets;

use std::fmt::Write;

pub use heart::{HeartLoad, HeartRates, HeartWeight};
pub use presets::{ATHLYTICS, DREEVE, ELEVATE, GOLDENCHEETAH, KNEEWISE, RUNALYZE, TRAININGPEAKS};

use super::Answer;
use super::window::{ewma_of_known, mean, trailing};

/// Every convention, the default first.
pub static CONVENTIONS: &[&Convention] =
    &[&KNEEWISE, &GOLDENCHEETAH, &ELEVATE, &RUNALYZE, &DREEVE, &ATHLYTICS, &TRAININGPEAKS];

/// All choices together. An embedder's own begins with one of [`CONVENTIONS`]:
///
/// ```
/// use kneewise_core::load::{Convention, FormDay, KNEEWISE};
/// let same_day = Convention { id: "mine", form_day: FormDay::Same, ..KNEEWISE };
/// assert_eq!(same_day.fitness_days, 42.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convention {
    /// The stable name.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The manual page, in Markdown.
    pub doc: &'static str,
    /// What kind of mean fitness and fatigue are.
    pub mean: Mean,
    /// Days of fitness.
    pub fitness_days: f64,
    /// Days of fatigue.
    pub fatigue_days: f64,
    /// Whether form is of today or of the day before.
    pub form_day: FormDay,
    /// Days of the acute load in the ratios of rolling means.
    pub acute_days: usize,
    /// Days of the chronic load in them, the acute ones included.
    pub chronic_days: usize,
    /// The ratio of exponential means.
    pub exponential_ratio: ExponentialRatio,
    /// The deviation in monotony.
    pub deviation: Deviation,
    /// Monotony where all days of a week are alike.
    pub level_week: LevelWeek,
    /// What becomes of figures from a history too short for them.
    pub too_little: TooLittle,
    /// How heart rates become the load `trimp_banister`.
    pub heart_load: HeartLoad,
    /// The figures that its program does not have: they are answered with why, and never with a
    /// default under its name.
    pub lacks: &'static [Lack],
}

/// Figures that a program does not have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Lack {
    /// Their ids.
    pub figures: &'static [&'static str],
    /// What is said instead of them.
    pub why: &'static str,
}

/// A mean of the days up to today.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Mean {
    /// Exponential: later days weigh more, and none is ever forgotten.
    Exponential {
        /// How a number of days becomes the weight of today.
        smoothing: Smoothing,
        /// What it is before the first day.
        seed: Seed,
    },
    /// Of the last days, each of which weighs the same; known when they are full.
    Rolling,
}

impl Mean {
    /// The mean over `days` after each of `values`.
    pub(super) fn over(self, values: &[f64], days: f64) -> Vec<Answer<f64>> {
        match self {
            Self::Exponential { smoothing, seed } => smoothing.means(values, days, seed),
            Self::Rolling => trailing(values, days.ceil() as usize, |window| Answer::Known(mean(window))),
        }
    }

    /// Returns how much the start of a mean over `span_days` still weighs, from 0 to 1, after so
    /// many days of loads.
    pub fn start_weight(self, span_days: f64, days: usize) -> f64 {
        match self {
            Self::Exponential { smoothing, seed } => smoothing.start_weight(span_days, seed, days),
            Self::Rolling if (days as f64) < span_days => 1.0,
            Self::Rolling => 0.0,
        }
    }

    /// Returns the days after which the start of a mean over `span_days` weighs a tenth or less.
    pub fn settled_days(self, span_days: f64) -> usize {
        match self {
            Self::Exponential { smoothing, seed } => smoothing.settled_days(span_days, seed),
            Self::Rolling => span_days.ceil() as usize,
        }
    }

    /// Where it stands before the first of `values`; NaN where that is nowhere.
    pub(super) fn before(self, values: &[f64]) -> f64 {
        match self {
            Self::Exponential { seed, .. } => seed.before(values),
            Self::Rolling => f64::NAN,
        }
    }
}

/// What the ratio of exponential means is made with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialRatio {
    /// How a number of days becomes the weight of today.
    pub smoothing: Smoothing,
    /// What the means are before the first day.
    pub seed: Seed,
    /// Days of the acute load.
    pub acute_days: f64,
    /// Days of the chronic load.
    pub chronic_days: f64,
}

/// The most that its start may weigh in a mean that is shown. A heuristic.
pub const MOST_OF_START: f64 = 0.1;

impl ExponentialRatio {
    /// Returns how much the start of the longer mean still weighs, from 0 to 1, after so many days.
    pub fn start_weight(&self, days: usize) -> f64 {
        self.smoothing.start_weight(self.chronic_days, self.seed, days)
    }

    /// Returns the days after which the start of the longer mean weighs a tenth or less.
    pub fn settled_days(&self) -> usize {
        self.smoothing.settled_days(self.chronic_days, self.seed)
    }
}

/// How a number of days becomes the weight of today in an exponential mean.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Smoothing {
    /// `1 / N`
    OneOverN,
    /// `1 − e^(−1/N)`: N is the time constant; a load has faded to 1/e after N days.
    ExpOneOverN,
    /// `2 / (N + 1)`: N is the span, as of a moving average of N values.
    TwoOverNPlusOne,
    /// `1 − e^(−ln 2 / N)`: a load has faded to half after N days.
    HalfLife,
}

impl Smoothing {
    /// Returns the weight of today for a number of days.
    ///
    /// ```
    /// use kneewise_core::load::Smoothing;
    /// assert_eq!(Smoothing::OneOverN.alpha(7.0), 1.0 / 7.0);
    /// assert_eq!(Smoothing::TwoOverNPlusOne.alpha(7.0), 0.25);
    /// ```
    pub fn alpha(self, days: f64) -> f64 {
        match self {
            Self::OneOverN => 1.0 / days,
            Self::ExpOneOverN => 1.0 - libm::exp(-1.0 / days),
            Self::TwoOverNPlusOne => 2.0 / (days + 1.0),
            Self::HalfLife => 1.0 - libm::exp(-std::f64::consts::LN_2 / days),
        }
    }

    /// Returns how much the start of a mean over `span_days` still weighs after so many days. Where
    /// the first load is the start, its own day fades nothing.
    fn start_weight(self, span_days: f64, seed: Seed, days: usize) -> f64 {
        let faded = days.saturating_sub(seed.days_of_start());
        libm::pow(1.0 - self.alpha(span_days), faded as f64)
    }

    /// Returns the days after which the start weighs [`MOST_OF_START`] or less.
    fn settled_days(self, span_days: f64, seed: Seed) -> usize {
        let kept = 1.0 - self.alpha(span_days);
        let faded = libm::log(MOST_OF_START) / libm::log(kept);
        seed.days_of_start() + faded.ceil().clamp(0.0, 1e6) as usize
    }

    /// Returns the formula, as people write it.
    pub fn formula(self) -> &'static str {
        match self {
            Self::OneOverN => "1/N",
            Self::ExpOneOverN => "1 − e^(−1/N)",
            Self::TwoOverNPlusOne => "2/(N+1)",
            Self::HalfLife => "1 − e^(−ln 2/N)",
        }
    }

    /// The exponential mean over `days` after each of `values`.
    pub(super) fn means(self, values: &[f64], days: f64, seed: Seed) -> Vec<Answer<f64>> {
        ewma_of_known(values, self.alpha(days), seed.before(values))
    }
}

/// What an exponential mean is before the first day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Seed {
    /// 0: as if the runner had never run before.
    Zero,
    /// The first day's load.
    FirstValue,
    /// The mean of the first days' loads, so many of them.
    MeanOfFirst(usize),
}

impl Seed {
    /// Returns the value before the first of `values`; NaN where a seed of values has none.
    pub fn before(self, values: &[f64]) -> f64 {
        let first = match self {
            Self::Zero => return 0.0,
            Self::FirstValue => 1,
            Self::MeanOfFirst(days) => days,
        };
        let known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).take(first).collect();
        mean(&known)
    }

    /// The days that are the start themselves.
    fn days_of_start(self) -> usize {
        usize::from(self == Self::FirstValue)
    }

    fn words(self) -> String {
        match self {
            Self::Zero => "0".to_owned(),
            Self::FirstValue => "the first day's load".to_owned(),
            Self::MeanOfFirst(days) => format!("the mean of the first {days} days"),
        }
    }
}

/// Of which day form is the fitness less the fatigue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FormDay {
    /// The same day, its load included.
    Same,
    /// The day before: what the runner starts the day with.
    Previous,
}

/// Which standard deviation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Deviation {
    /// Of all there is: squares divided by n.
    Population,
    /// Of a sample: squares divided by n − 1.
    Sample,
}

/// Monotony of a week in which all days are alike, where the deviation is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum LevelWeek {
    /// Undefined.
    Undefined,
    /// This, which is also the most that any week gets; a week without any load gets 0.
    Cap(f64),
    /// 0.
    Zero,
}

/// What becomes of figures from a history too short for them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TooLittle {
    /// They are answered with what they need; ratios to next to nothing with why there are none.
    Withheld,
    /// They are given from the first day on, as most programs do.
    Shown,
}

impl Convention {
    /// Returns the convention of an id such as `goldencheetah`.
    pub fn find(id: &str) -> Option<&'static Self> {
        CONVENTIONS.iter().copied().find(|convention| convention.id == id)
    }

    /// Returns why a figure is none of this convention's; `None` where it is.
    pub fn lacks(&self, figure: &str) -> Option<&'static str> {
        self.lacks.iter().find(|lack| lack.figures.contains(&figure)).map(|lack| lack.why)
    }

    /// Returns the manual page as Markdown: what it is, and each of its choices.
    pub fn manual_page(&self) -> String {
        let mut text = format!("# {} (`{}`)\n\nConvention.\n\n{}\n", self.name, self.id, crate::doc::page(self.doc));
        let ratio = self.exponential_ratio;
        let form = match self.form_day {
            FormDay::Same => "of the same day",
            FormDay::Previous => "of the day before",
        };
        let deviation = match self.deviation {
            Deviation::Population => "the population's",
            Deviation::Sample => "a sample's",
        };
        let level = match self.level_week {
            LevelWeek::Undefined => "undefined".to_owned(),
            LevelWeek::Cap(most) => format!("{most}, which is also the most"),
            LevelWeek::Zero => "0".to_owned(),
        };
        let (weight, begins) = match self.mean {
            Mean::Exponential { smoothing, seed } => (smoothing.formula().to_owned(), seed.words()),
            Mean::Rolling => ("the same as every day of the window".to_owned(), "the first full window".to_owned()),
        };
        let too_little = match self.too_little {
            TooLittle::Withheld => "is reported instead of a value",
            TooLittle::Shown => "values are shown from the first day, with the weight of the start",
        };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "| choice | value |\n|---|---|\n\
             | weight of today | {} |\n| fitness begins at | {} |\n| fitness, fatigue | {} and {} days |\n\
             | form | {form} |\n| rolling ratios | {} and {} days |\n| `ratio_exponential` | {} of {} and {} days |\n| its means begin at | {} |\n\
             | deviation in monotony | {deviation} |\n| monotony of equal days | {level} |\n| too little history | {too_little} |\n| `trimp_banister` | {} |\n",
            weight,
            begins,
            self.fitness_days,
            self.fatigue_days,
            self.acute_days,
            self.chronic_days,
            ratio.smoothing.formula(),
            ratio.acute_days,
            ratio.chronic_days,
            ratio.seed.words(),
            self.heart_load.formula(),
        );
        for lack in self.lacks {
            let ids: Vec<String> = lack.figures.iter().map(|id| format!("`{id}`")).collect();
            let _ = write!(text, "\nNot answered: {}, for {}.\n", ids.join(", "), lack.why);
        }
        text
    }
}
