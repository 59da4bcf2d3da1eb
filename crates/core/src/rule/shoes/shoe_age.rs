//! Shoes with many kilometres or months.

use jiff::civil::Date;

use crate::doc::documented;
use crate::knowledge::reference::VAN_DER_WORP_2015;
use crate::log::TrainingLog;
use crate::run::Run;
use crate::runner::{Runner, Shoe};
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use crate::rule::brief::{Brief, Reading};
use crate::rule::form::own_form;
use crate::rule::options::settable;
use crate::rule::shoe_wear::{self, Distance, Worn};
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
};

settable! {
    /// A pair worn within so many days up to the log's last is in use.
    in_use_days: u32 = 28, 1..=3660;
    /// Metres that a pair is meant for, where the profile says no limit of its own.
    limit_m: f64 = 800_000.0, 0.0..=1e7;
    /// Days of use after which a pair is old.
    limit_days: u32 = 183, 1..=3660;
    /// Runs a week, over those days, that make the use regular.
    regular_runs_per_week: f64 = 1.0, 0.0..=100.0;
}

documented! {
    /// ## What it does
    /// Adds up the distance of each pair in use (worn in the last 28 days): the runs in it, and its
    /// distance before the runs in your files (`start_km`; for a pair whose first day is within the
    /// log this is part of the runs and counts only where it is more). A session in several pairs
    /// counts for each by its recordings. It is info for each pair
    ///
    /// * at 800 km, or at the limit that the profile gives for it, or
    /// * more than half a year (183 days) after its first day, if you wore it on at least one run a
    ///   week over the last half year.
    ///
    /// ## Why it matters
    /// Foam loses some of its give with use. In a systematic review, shoes of four to six months
    /// were linked to more injuries in women only. Its summary gives no absolute numbers. No study
    /// that was read gives a number of kilometres after which shoes should go.
    ///
    /// ## Limits
    /// 800 km is a rule of thumb of makers and shops without a study, and 183 days is a round
    /// number: both are heuristics. Shoes, runners and surfaces differ. The sum is only as right as
    /// the profile: runs in a borrowed pair, walks and days at work are not in it. Where runs have
    /// no distance the sum is a lower limit, and the report says so. Where those runs would take
    /// the pair to its limit if each was as long as your longest, it is not called clear.
    ///
    /// ## Example
    /// | date | km | shoe | gear | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 300 | Blue | Blue | clear 300000 |
    /// | 2026-03-08 | 499 | | Blue | clear 799000 |
    /// | 2026-03-15 | 1 | | Blue | info 800000 |
    ///
    /// ## Options
    /// `in_use_days` (28), `limit_m` (800000), `limit_days` (183), `regular_runs_per_week` (1).
    ///
    /// ## References
    /// van der Worp 2015.
    pub static SHOE_AGE: Rule {
        id: "shoe-age",
        name: "Age of shoes",
        area: Area::Shoes,
        evidence: Evidence::Heuristic,
        is_preview: false,
        raised_by: &[],
        needs: "your shoes in the profile, and a run in one of them in the last 28 days",
        not_known: "No study shows after how many kilometres shoes should go. Yours may last longer, or wear out earlier.",
        brief: Brief::new(
            "Shoes with many kilometres",
            "Look at the soles, and break in the next pair.",
            &[
                Reading::at_least(Unit::Metres, "in one pair of shoes"),
                Reading::above(Unit::Days, "of regular use of one pair"),
            ],
        ),
        references: &[&VAN_DER_WORP_2015],
        check: check,
    }
}

/// A pair in use, as of the log's last day.
struct Pair<'l> {
    shoe: &'l Shoe,
    runs: Vec<&'l Run>,
    log_begins: Option<Date>,
    /// Without what it had before it was entered.
    run: Distance,
    limit_m: f64,
    first_day: Date,
    /// Days since the first, where the use was regular over the last half year.
    regular_days: Option<i64>,
}

impl<'l> Pair<'l> {
    fn of(shoe: &'l Shoe, worn: &[Worn<'l>], log: &TrainingLog, options: &Options) -> Option<Self> {
        let in_it = || worn.iter().filter(|worn| shoe_wear::is_same(worn.shoe, shoe));
        let runs: Vec<&Run> = in_it().map(|worn| worn.run).collect();
        let (first, last) = (runs.first()?.local_date, runs.last()?.local_date);
        let as_of = log.as_of();
        if as_of.days_since(last) >= i64::from(options.in_use_days) || shoe.until.is_some_and(|until| until < as_of) {
            return None;
        }
        let first_day = shoe.since.map_or(first, |since| since.min(first));
        let days = as_of.days_since(first_day);
        let limit_days = i64::from(options.limit_days);
        let of_late = runs.iter().filter(|run| as_of.days_since(run.local_date) < limit_days).count();
        let is_regular = of_late as f64 * 7.0 >= options.regular_runs_per_week * limit_days as f64;
        Some(Self {
            shoe,
            log_begins: log.first_day(),
            run: Distance::in_pair(in_it()),
            limit_m: shoe.limit_m.filter(|metres| *metres > 0.0).unwrap_or(options.limit_m),
            first_day,
            regular_days: (days > limit_days && is_regular).then_some(days),
            runs,
        })
    }

    fn last_day(&self) -> Date {
        self.runs.last().map_or(self.first_day, |run| run.local_date)
    }

    fn window(&self) -> Window {
        Window { from: self.first_day.min(self.last_day()), to: self.last_day() }
    }

    /// What it has run in all, its distance before it was entered included.
    fn so_far(&self) -> Distance {
        Distance { metres: self.shoe.distance_m(self.run.metres, self.log_begins), ..self.run }
    }

    fn is_far(&self) -> bool {
        self.so_far().metres >= self.limit_m
    }

    /// Whether it may have reached its limit in runs whose distance nobody knows.
    fn may_be_far(&self, longest_m: f64) -> bool {
        self.so_far().at_most_m(longest_m) >= self.limit_m
    }

    /// Returns `You have run 812.0 km in “Blue” (20.0 km of it before the runs in your files)`.
    fn words(&self, units: Units) -> String {
        let before = if self.shoe.had_runs_before(self.log_begins) {
            format!(" ({} of it before the runs in your files)", units.distance(self.shoe.start_m))
        } else {
            String::new()
        };
        let so_far = self.so_far();
        format!("You have run {} in “{}”{before}{}", so_far.words(units), self.shoe.name, so_far.note())
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.shoe_age);
    let worn = shoe_wear::worn(log, runner);
    let pairs = measure(log, runner, &worn, options);
    let share = |pair: &Pair| pair.so_far().metres / pair.limit_m;
    let Some(most) = pairs.iter().max_by(|a, b| share(a).total_cmp(&share(b))) else {
        let needs = format!("a pair worn in the last {} days", options.in_use_days);
        return Outcome::NotAssessed(shoe_wear::missing(&needs, log, runner, worn.len()));
    };
    let coverage = shoe_wear::coverage_of_distance(log, runner, |_| true, "a known pair");
    let old = pairs.iter().filter(|pair| pair.is_far() || pair.regular_days.is_some());
    flagged_or(old.map(|pair| flag(pair, coverage, options, units)), || {
        let longest_m = shoe_wear::longest_m(log);
        match pairs.iter().find(|pair| pair.may_be_far(longest_m)) {
            Some(pair) => may_be_far(pair, units),
            None => clear(most, pairs.len(), coverage, options, units),
        }
    })
}

/// The pairs in use, the one worn last first.
fn measure<'l>(log: &TrainingLog, runner: &'l Runner, worn: &[Worn<'l>], options: &Options) -> Vec<Pair<'l>> {
    let mut pairs: Vec<Pair> = runner.shoes.iter().filter_map(|shoe| Pair::of(shoe, worn, log, options)).collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.last_day()));
    pairs
}

fn message(pair: &Pair, limit_days: u32, units: Units) -> String {
    let months = pair.regular_days.map(|days| format!(" over {} months", days * 12 / 365)).unwrap_or_default();
    let first = own_form::day(pair.first_day);
    if pair.is_far() {
        let limit = units.distance(pair.limit_m);
        match pair.shoe.limit_m {
            Some(_) => format!("{}{months}. The limit you gave it is {limit}.", pair.words(units)),
            None => format!("{}{months}. A common rule of thumb is {limit}.", pair.words(units)),
        }
    } else {
        format!("{}{months}, since {first}. Regular use for more than {limit_days} days is flagged.", pair.words(units))
    }
}

fn flag(pair: &Pair, coverage: Coverage, options: &Options, units: Units) -> Flag {
    let (measured, limit) = match pair.regular_days {
        Some(days) if !pair.is_far() => {
            (Quantity::new(days as f64, Unit::Days), Quantity::new(f64::from(options.limit_days), Unit::Days))
        }
        _ => (Quantity::new(pair.so_far().metres, Unit::Metres), Quantity::new(pair.limit_m, Unit::Metres)),
    };
    Flag {
        tier: Tier::Info,
        message: message(pair, options.limit_days, units),
        study: "The number of kilometres is a rule of thumb. In a systematic review, shoes of four to six months were linked to more \
                injuries in women only."
            .to_owned(),
        consider: "Look at the soles, and break in the next pair alongside this one.".to_owned(),
        measured,
        limit,
        window: pair.window(),
        runs: pair.runs.iter().map(|run| run.id.clone()).collect(),
        coverage,
    }
}

fn clear(most: &Pair, pairs: usize, coverage: Coverage, options: &Options, units: Units) -> Outcome {
    Outcome::Clear(Clear {
        message: format!(
            "{}. {} is the limit. Of {} in use, this one is closest to its limit. No pair in use has been worn regularly for more than {} \
             days.",
            most.words(units),
            units.distance(most.limit_m),
            if pairs == 1 { "1 pair".to_owned() } else { format!("{pairs} pairs") },
            options.limit_days,
        ),
        measured: Some(Quantity::new(most.so_far().metres, Unit::Metres)),
        limit: Some(Quantity::new(most.limit_m, Unit::Metres)),
        window: most.window(),
        coverage,
    })
}

fn may_be_far(pair: &Pair, units: Units) -> Outcome {
    Missing::outcome(
        format!(
            "needs a distance for the runs in “{}”. {}, and may have reached its limit of {} in the others",
            pair.shoe.name,
            pair.words(units),
            units.distance(pair.limit_m),
        ),
        shoe_wear::DISTANCE_REMEDY,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    fn blue() -> Shoe {
        Shoe { name: "Blue".to_owned(), is_default: true, ..Shoe::default() }
    }

    fn said(days: impl Iterator<Item = i64>, shoe: Shoe) -> String {
        made::said(
            &SHOE_AGE,
            days.map(|n| made::with(n, &[])).collect(),
            &Runner { shoes: vec![shoe], ..Runner::default() },
        )
    }

    #[test]
    fn the_distance_before_and_a_limit_of_its_own_count() {
        assert_eq!(said(0..2, Shoe { start_m: 780_000.0, ..blue() }), "info 800000.00");
        assert_eq!(said(0..2, Shoe { start_m: 779_999.0, ..blue() }), "clear");
        assert_eq!(said(0..2, Shoe { limit_m: Some(20_000.0), ..blue() }), "info 20000.00");
        assert_eq!(said(0..2, Shoe { until: Some(made::day(0)), ..blue() }), "not assessed", "no longer in use");
    }

    #[test]
    fn a_run_without_a_distance_is_not_nothing() {
        let said = |km: f64| {
            let mut runs: Vec<Run> = (0..3).map(|n| made::with(n, &[])).collect();
            runs.push(made::without_distance(3));
            let shoe = Shoe { limit_m: Some(km * 1000.0), ..blue() };
            match made::outcome(&SHOE_AGE, runs, &Runner { shoes: vec![shoe], ..Runner::default() }) {
                Outcome::Clear(clear) => clear.message,
                Outcome::Flagged(flags) => flags[0].message.clone(),
                Outcome::NotAssessed(missing) => missing.reason,
                Outcome::Described(_) => String::new(),
            }
        };
        let so_far = "You have run at least 30.0 km in “Blue” (1 of 4 runs have no distance)";
        assert!(said(30.0).starts_with(&format!("{so_far}. The limit you gave it is 30.0 km")), "{}", said(30.0));
        let needs = "needs a distance for the runs in “Blue”. ";
        assert!(said(40.0).starts_with(&format!("{needs}{so_far}, and may have reached")), "{}", said(40.0));
        assert!(said(40.1).starts_with(&format!("{so_far}. 40.1 km is the limit")), "{}", said(40.1));
    }

    #[test]
    fn half_a_year_counts_where_it_was_worn_every_week() {
        assert_eq!(said((0..=183).step_by(7), blue()), "clear", "182 days");
        assert_eq!(said((0..190).step_by(6), blue()), "info 186.00");
        assert_eq!(said((0..200).step_by(9), blue()), "clear", "now and then");
    }
}
