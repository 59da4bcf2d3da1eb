//! A week of much more running than the week before.

use jiff::civil::Date;
use kneewise_read::time::DateExt;

use crate::doc::documented;
use crate::log::{TrainingLog, Week};
use crate::runner::Runner;
use kneewise_read::unit::{Unit, Units, in_percent};

use super::days::{exceeds_recent, run_ids, than_recent};
use crate::knowledge::reference::{
    BUIST_2008, CLOOSTERMAN_2024, DAMSTED_2019, FRANDSEN_2025, LOVDAL_2021, NIELSEN_2014_WEEKLY_DISTANCE,
};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// A week of less than this (metres) is no base for a percentage.
    min_base_m: f64 = 10_000.0, 1.0..=1e7;
    /// Growth above this (per cent) is for information.
    info_percent: f64 = 30.0, 0.0..=1000.0;
    /// Growth above this (per cent) is worth watching.
    notice_percent: f64 = 60.0, 0.0..=1000.0;
    /// The week must also exceed each of so many weeks before the two; 0 asks for none.
    recent_weeks: usize = 4, 0..=10_000;
}

documented! {
    /// ## What it does
    /// Compares the distance of each complete calendar week with the week before:
    ///
    /// `change = 100 · (distance of the week / distance of the week before − 1)`
    ///
    /// Over 30% is info, over 60% notice. The week must also exceed each of the four weeks before
    /// those two, as far as the log has them since the last break. A return to the usual after an
    /// easy week is therefore not flagged (heuristic). The log's first week and an unfinished week
    /// are not compared.
    ///
    /// ## Why it matters
    /// It matters less than most runners were told. A trial with 532 novices compared two plans:
    /// one kept to the "10% rule" and one did not. About as many were injured (20.8% and 20.3%). In
    /// 5,205 runners week-to-week changes showed no relation with injury.
    ///
    /// Two studies give weak support. Of 874 novices, 202 of whom were injured, those who grew by
    /// more than 30% over two weeks had 1.59 times as many injuries of the kind thought to come
    /// from distance, such as knee injuries, as those who grew by less than 10% (95% CI 0.96–2.66,
    /// which may be chance). Of 261 half-marathon runners, 56 of whom were injured, those who grew
    /// by 20–60% had more injuries three weeks into the study but not later.
    ///
    /// A re-analysis of the logs of 74 Dutch runners (Lövdal 2021; not peer-reviewed) looked at
    /// growth above 20%. It made no difference on the first day after the week (odds 1.05 times as
    /// high, 0.86–1.29). In the second week after it, 8 days later, the odds were 1.41 times as
    /// high (1.16–1.72). That is the reason to watch the second week.
    ///
    /// Jumps are common: in 430 recreational runners the growth was at least 30% in 33.4% of
    /// sessions (Cloosterman 2024).
    ///
    /// ## Limits
    /// Weeks are calendar weeks, so a long run moves between them when it changes from Sunday to
    /// Monday. Runs that were not recorded are not seen. Weeks that follow a week of less than 10
    /// km are not assessed, because any percentage is large there. Weeks in which a run has no
    /// distance are not assessed either, nor are the first weeks after a break of at least 14 days
    /// (see `return-after-break`).
    ///
    /// ## Example
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-03-03 | 20.0 | |
    /// | 2026-03-10 | 20.0 | |
    /// | 2026-03-22 | 26.0 | clear 30 |
    /// | 2026-03-29 | 35.0 | info 35 |
    /// | 2026-04-05 | 60.0 | notice 71 |
    /// | 2026-04-12 | 40.0 | |
    /// | 2026-04-19 | 60.0 | flagged before |
    ///
    /// ## Options
    /// `min_base_m` (10000), `info_percent` (30), `notice_percent` (60), `recent_weeks` (4).
    ///
    /// ## References
    /// Buist 2008, Nielsen 2014 (weekly distance), Damsted 2019, Cloosterman 2024, Frandsen 2025,
    /// Lövdal 2021.
    pub static WEEKLY_JUMP: Rule {
        id: "weekly-jump",
        name: "Week-to-week jump in distance",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "two complete weeks in a row, the first with at least 10 km",
        not_known: "A randomised trial and the largest cohort found no relation between weekly growth and injury; smaller studies found a weak one.",
        brief: Brief::new(
            "Jump in weekly distance",
            "Hold your distance for two weeks before adding more.",
            &[Reading::above(Unit::Percent, "more than the week before").event("a week with {} more distance than the week before")],
        ),
        references: &[
            &BUIST_2008,
            &NIELSEN_2014_WEEKLY_DISTANCE,
            &DAMSTED_2019,
            &CLOOSTERMAN_2024,
            &FRANDSEN_2025,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "Week-to-week jumps alone are not reliably linked to injuries. They made no difference in a trial of 532 novices (about one in \
    five injured, with or without smaller weekly steps) or in a study of 5,205 runners. In the logs of 74 runners, growth above 20% was \
    followed by more injuries in the second week after it (odds 1.41 times as high, 95% CI 1.16–1.72). Single long runs matter more.";

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.weekly_jump);
    let measured = measure(log, options);
    let Some(closest) = measured.closest(options) else { return not_assessed(measured.coverage, options, units) };
    let flags = measured.pairs.iter().rev().filter_map(|pair| flag(pair, log, measured.coverage, options, units));
    flagged_or(flags, || clear(&measured, closest, options))
}

/// The complete weeks that could be compared with the week before.
struct Measured<'a> {
    pairs: Vec<Pair<'a>>,
    coverage: Coverage,
    as_of: Date,
}

/// A week beside the one before it.
struct Pair<'a> {
    before: &'a Week,
    week: &'a Week,
    percent: f64,
    /// The weeks before the two that it exceeds, as a sentence.
    than_recent: String,
    /// Whether it exceeds the weeks before the two as well.
    is_new: bool,
}

impl Pair<'_> {
    fn window(&self) -> Window {
        Window { from: self.before.start, to: self.week.last_day() }
    }

    /// Whether it only came back to the distance of a week before.
    fn is_return(&self, options: &Options) -> bool {
        !self.is_new && self.percent > options.info_percent
    }
}

impl Measured<'_> {
    /// The pair closest to the limit, before those that only came back to a usual distance.
    fn closest(&self, options: &Options) -> Option<&Pair<'_>> {
        let steeper = |a: &&Pair, b: &&Pair| a.percent.total_cmp(&b.percent);
        let rises = self.pairs.iter().filter(|pair| !pair.is_return(options));
        rises.max_by(steeper).or(self.pairs.iter().max_by(steeper))
    }
}

fn measure<'a>(log: &'a TrainingLog, options: &Options) -> Measured<'a> {
    let comparable = |pair: &[Week]| {
        pair.iter().all(|week| week.complete && week.runs_without_distance == 0)
            && pair[0].distance_m >= options.min_base_m
            && pair[0].distance_m > 0.0
            && log.returning_on(pair[1].last_day()).is_none()
    };
    let weeks = log.weeks();
    let pairs: Vec<Pair> = (1..weeks.len())
        .filter(|&week| comparable(&weeks[week - 1..=week]))
        .map(|week| Pair {
            before: &weeks[week - 1],
            week: &weeks[week],
            percent: 100.0 * (weeks[week].distance_m - weeks[week - 1].distance_m) / weeks[week - 1].distance_m,
            than_recent: than_recent(log, week, week - 1, options.recent_weeks),
            is_new: exceeds_recent(log, week, week - 1, options.recent_weeks),
        })
        .collect();
    let was_compared = |week: &Week| pairs.iter().any(|pair| pair.week.start == week.start);
    let dated = weeks.iter().filter(|week| week.complete).map(|week| (week.last_day(), was_compared(week)));
    let coverage = Coverage::count("complete weeks", log.as_of(), dated)
        .without("a week before them that is long enough to compare with, or without a distance of every run");
    Measured { pairs, coverage, as_of: log.as_of() }
}

/// The tier of a pair and the limit that it passed, in per cent.
fn tier(pair: &Pair, options: &Options) -> Option<(Tier, f64)> {
    match pair.percent {
        _ if !pair.is_new => None,
        p if p > options.notice_percent => Some((Tier::Notice, options.notice_percent)),
        p if p > options.info_percent => Some((Tier::Info, options.info_percent)),
        _ => None,
    }
}

fn message(pair: &Pair, options: &Options, units: Units) -> String {
    let Pair { before, week, percent, than_recent, .. } = pair;
    format!(
        "You ran {} in the week from {}, {percent:.0}% more than in the week before ({}). More than {} is flagged.{than_recent}",
        units.distance(week.distance_m),
        week.start.in_words(),
        units.distance(before.distance_m),
        in_percent(options.info_percent),
    )
}

fn flag(pair: &Pair, log: &TrainingLog, coverage: Coverage, options: &Options, units: Units) -> Option<Flag> {
    let (tier, limit) = tier(pair, options)?;
    Some(Flag {
        tier,
        message: message(pair, options, units),
        study: STUDY.to_owned(),
        consider: "Hold your distance for two weeks before adding more.".to_owned(),
        measured: Quantity::new(pair.percent, Unit::Percent),
        limit: Quantity::new(limit, Unit::Percent),
        window: pair.window(),
        runs: run_ids(log, pair.window()),
        coverage,
    })
}

fn clear(measured: &Measured, closest: &Pair, options: &Options) -> Outcome {
    let returns = match measured.pairs.iter().filter(|pair| pair.is_return(options)).count() {
        0 => String::new(),
        n => format!(
            " {n} {} more but only came back to the distance of one of the {} weeks before.",
            if n == 1 { "other grew" } else { "others grew" },
            options.recent_weeks
        ),
    };
    Outcome::Clear(Clear {
        message: format!(
            "{} of {} complete weeks could be compared with the week before. The largest change was {:+.0}%, in the week from {}. More \
             than {} is flagged{}.{returns}",
            measured.pairs.len(),
            measured.coverage.of,
            closest.percent,
            closest.week.start.in_words(),
            in_percent(options.info_percent),
            match options.recent_weeks {
                0 => String::new(),
                n => format!(", where the week also exceeds the {n} weeks before"),
            },
        ),
        measured: Some(Quantity::new(closest.percent, Unit::Percent)),
        limit: Some(Quantity::new(options.info_percent, Unit::Percent)),
        window: Window { from: measured.pairs[0].before.start, to: measured.as_of },
        coverage: measured.coverage,
    })
}

fn not_assessed(coverage: Coverage, options: &Options, units: Units) -> Outcome {
    let (complete, least) = (coverage.of, units.distance(options.min_base_m));
    Missing::outcome(
        format!(
            "needs two complete weeks in a row, the first with at least {least}. The log has {complete} complete {}",
            if complete == 1 { "week" } else { "weeks" },
        ),
        Remedy::history(format!("two complete weeks in a row, the first with at least {least}")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::{DateExt, Timestamp};

    /// What is said of the latest of weeks with a run of so many kilometres on their Sunday.
    fn said(km_of_weeks: &[f64]) -> String {
        let run = |(week, km): (usize, &f64)| {
            let sunday = Timestamp::from_unix_s(1_767_513_600 + week as i64 * 7 * 86_400).expect("in range");
            Run::summary(sunday, Some(0), &[(&DISTANCE, km * 1000.0)])
        };
        let as_of = date(2026, 1, 4).saturating_add_days(7 * (km_of_weeks.len() as i64 - 1));
        let log = TrainingLog::new(km_of_weeks.iter().enumerate().map(run).collect(), as_of, Weekday::Monday);
        match check(&log, &Runner::default(), &rule::Options::default()) {
            Outcome::Flagged(flags) => flags[0].message.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn no_more_weeks_are_named_than_the_log_knows() {
        // The first week is never known from end to end.
        let of_weeks = |n: usize| said(&[vec![20.0; n], vec![30.0]].concat());
        assert!(of_weeks(2).ends_with("the week before (20.0 km). More than 30% is flagged."), "{}", of_weeks(2));
        assert!(of_weeks(3).ends_with("flagged. It is also more than in the week before that."), "{}", of_weeks(3));
        assert!(of_weeks(5).ends_with("in any of the 3 weeks before that."), "{}", of_weeks(5));
        assert!(of_weeks(9).ends_with("in any of the 4 weeks before that."), "{}", of_weeks(9));
    }
}
