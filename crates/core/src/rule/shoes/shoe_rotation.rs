//! One pair for all runs.

use crate::doc::documented;
use crate::knowledge::reference::MALISOUX_2013;
use crate::log::TrainingLog;
use crate::run::Run;
use crate::runner::{Runner, Shoe};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::form::own_form;
use crate::rule::options::settable;
use crate::rule::shoe_wear::{self, Worn};
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Days up to the log's last whose runs are taken.
    window_days: u32 = 28, 1..=3660;
    /// Runs a week, on average, from which the rule applies.
    min_runs_per_week: f64 = 3.0, 0.0..=100.0;
    /// Runs in these days that put a pair in rotation.
    min_runs_per_pair: usize = 2, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Counts the pairs worn on at least two runs in the last 28 days. One pair is info, where at
    /// least three runs a week have a known pair: a tip, and no more.
    ///
    /// ## Why it matters
    /// In 264 runners followed for 22 weeks, those who alternated between pairs had about 0.6 times
    /// the rate of injuries (hazard ratio 0.614, 95% CI 0.389–0.969) of those with one pair. In
    /// all, 87 of the 264 were injured; the summary does not give the two groups. Those who
    /// alternated ran 58% of their distance in the main pair, the others 91%. One idea behind it:
    /// different shoes, slightly different load.
    ///
    /// ## Limits
    /// The runners chose for themselves, so runners with several pairs may differ in other ways. It
    /// is one study. Pairs are known only from your profile and exports; a default pair counts for
    /// every run without one.
    ///
    /// ## Example
    /// | date | km | shoe | gear | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 8 | Blue | Blue | |
    /// | 2026-03-03 | 8 | | Blue | |
    /// | 2026-03-05 | 8 | | Blue | |
    /// | 2026-03-07 | 8 | | Blue | |
    /// | 2026-03-09 | 8 | | Blue | |
    /// | 2026-03-11 | 8 | | Blue | |
    /// | 2026-03-13 | 8 | | Blue | |
    /// | 2026-03-15 | 8 | | Blue | |
    /// | 2026-03-17 | 8 | | Blue | |
    /// | 2026-03-19 | 8 | | Blue | |
    /// | 2026-03-21 | 8 | | Blue | not assessed |
    /// | 2026-03-23 | 8 | | Blue | info 1.00 |
    /// | 2026-03-24 | 8 | Red | Red | info 1.00 |
    /// | 2026-03-26 | 8 | | Red | clear 2.00 |
    ///
    /// ## Options
    /// `window_days` (28), `min_runs_per_week` (3), `min_runs_per_pair` (2).
    ///
    /// ## References
    /// Malisoux 2013.
    pub static SHOE_ROTATION: Rule {
        id: "shoe-rotation",
        name: "Rotation of shoes",
        area: Area::Shoes,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "your shoes in the profile or the export, and three runs a week with a known pair over 28 days",
        not_known: "Whether the second pair made the difference is unknown: the runners of the study chose for themselves.",
        brief: Brief::new(
            "One pair of shoes",
            "Alternate with a second, somewhat different pair.",
            &[Reading::below(Unit::Count, "pair in use")],
        ),
        references: &[&MALISOUX_2013],
        check: check,
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.shoe_rotation;
    let measured = match measure(log, runner, options) {
        Ok(measured) => measured,
        Err(missing) => return Outcome::NotAssessed(missing),
    };
    flagged_or((measured.pairs < 2).then(|| measured.flag(options)), || {
        Outcome::Clear(Clear {
            message: format!("{}. You wore {} pairs on {}.", measured.words(), measured.pairs, often(options)),
            measured: Some(Quantity::new(measured.pairs as f64, Unit::Count)),
            limit: Some(Quantity::new(2.0, Unit::Count)),
            window: measured.window(),
            coverage: measured.coverage,
        })
    })
}

/// The pairs of the last days.
struct Measured<'l> {
    runs: Vec<&'l Run>,
    /// How many pairs were worn often enough.
    pairs: usize,
    /// The pair that was worn most, and on how many runs.
    main: &'l str,
    in_main: usize,
    coverage: Coverage,
}

fn measure<'l>(log: &'l TrainingLog, runner: &'l Runner, options: &Options) -> Result<Measured<'l>, Missing> {
    let from = log.as_of().saturating_add_days(1 - i64::from(options.window_days));
    let of_all = shoe_wear::worn(log, runner);
    let worn: Vec<&Worn> = of_all.iter().filter(|worn| worn.run.local_date >= from).collect();
    let min_runs = (options.min_runs_per_week * f64::from(options.window_days) / 7.0).ceil().max(1.0) as usize;
    if worn.is_empty() {
        let needs = format!("runs with a known pair in the last {} days", options.window_days);
        return Err(shoe_wear::missing(&needs, log, runner, of_all.len()));
    }
    if worn.len() < min_runs {
        return Err(too_few(worn.len(), min_runs, options));
    }
    let runs_in = |shoe: &Shoe| worn.iter().filter(|worn| shoe_wear::is_same(worn.shoe, shoe)).count();
    let main = runner.shoes.iter().max_by_key(|shoe| runs_in(shoe));
    Ok(Measured {
        pairs: runner.shoes.iter().filter(|shoe| runs_in(shoe) >= options.min_runs_per_pair.max(1)).count(),
        main: main.map_or("", |shoe| shoe.name.as_str()),
        in_main: main.map_or(0, runs_in),
        runs: worn.iter().map(|worn| worn.run).collect(),
        coverage: shoe_wear::coverage(log.runs_between(from, log.as_of()), log.as_of(), runner),
    })
}

impl Measured<'_> {
    fn window(&self) -> Window {
        Window { from: self.runs[0].local_date, to: self.runs[self.runs.len() - 1].local_date }
    }

    fn words(&self) -> String {
        let Self { runs, main, in_main, .. } = self;
        let since = own_form::day(self.window().from);
        format!("You ran {in_main} of {} runs with a known pair since {since} in “{main}”", runs.len())
    }

    fn flag(&self, options: &Options) -> Flag {
        Flag {
            tier: Tier::Info,
            message: format!("{}. You wore no second pair on {}.", self.words(), often(options)),
            study: "In 264 runners followed for 22 weeks (87 injured), those who alternated pairs had about 0.6 times the rate of injuries \
                    (95% CI 0.39–0.97) of those with one. They chose for themselves, so other things may explain it."
                .to_owned(),
            consider: "When this pair is due to be replaced, alternate with a second, somewhat different one."
                .to_owned(),
            measured: Quantity::new(self.pairs as f64, Unit::Count),
            limit: Quantity::new(2.0, Unit::Count),
            window: self.window(),
            runs: self.runs.iter().map(|run| run.id.clone()).collect(),
            coverage: self.coverage,
        }
    }
}

/// How often a pair must be worn, in words.
fn often(options: &Options) -> String {
    match options.min_runs_per_pair.max(1) {
        1 => "at least one run".to_owned(),
        n => format!("at least {n} runs"),
    }
}

fn too_few(worn: usize, min_runs: usize, options: &Options) -> Missing {
    Missing {
        reason: format!(
            "needs {min_runs} runs with a known pair in the last {} days. The log has {worn}",
            options.window_days
        ),
        remedy: Remedy::history(format!(
            "{} more runs with a known pair within {} days; fewer than {} runs a week are not assessed",
            min_runs - worn,
            options.window_days,
            options.min_runs_per_week,
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    #[test]
    fn twelve_runs_in_twenty_eight_days_are_three_a_week() {
        let blue = Shoe { name: "Blue".to_owned(), is_default: true, ..Shoe::default() };
        let runner = Runner { shoes: vec![blue], ..Runner::default() };
        let said =
            |days: &[i64]| made::said(&SHOE_ROTATION, days.iter().map(|n| made::with(*n, &[])).collect(), &runner);
        let days: Vec<i64> = (16..=27).collect();
        assert_eq!(said(&[&[0], &days[1..]].concat()), "info 1.00", "the first of the days counts");
        assert_eq!(said(&[&[-1], &days[1..]].concat()), "not assessed");
    }
}
