//! A week of much more running than the week before.

use serde::{Deserialize, Serialize};

use crate::doc::documented;
use crate::log::{TrainingLog, Week};
use crate::runner::Runner;
use kneewise_read::unit::Unit;

use super::days::{exceeds_recent, than_recent};
use crate::knowledge::reference::{
    BUIST_2008, CLOOSTERMAN_2024, DAMSTED_2019, FRANDSEN_2025, LOVDAL_2021, NIELSEN_2014_WEEKLY_DISTANCE,
};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window};

/// What can be set of this rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A week of less than this (metres) is no base for a percentage.
    pub min_base_m: f64,
    /// Growth above this (per cent) is for information.
    pub info_percent: f64,
    /// Growth above this (per cent) is worth watching.
    pub notice_percent: f64,
    /// The week must also exceed each of so many weeks before the two; 0 asks for none.
    pub recent_weeks: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_base_m: 10_000.0, info_percent: 30.0, notice_percent: 60.0, recent_weeks: 4 }
    }
}

documented! {
    /// ## What it does
    /// Compares the distance of each complete calendar week with the week before:
    ///
    /// `change = 100 · (distance of the week / distance of the week before − 1)`
    ///
    /// Over 30 % is info, over 60 % notice, where the week is also above each of the four weeks
    /// before those two, as far as the log has them since the last break: who only comes back to
    /// the usual after an easy week is not meant (heuristic). The log's first week and an
    /// unfinished one are not compared.
    ///
    /// ## Why it matters
    /// It matters less than most runners were told. In a trial with 532 novices, a plan kept to the
    /// "10 % rule" saw as many injured (20.8 %) as one that was not (20.3 %), and in 5,205 runners
    /// week-to-week changes had no relation with injury. Weakly for it: of 874 novices, 202 of whom
    /// were injured, those who grew by more than 30 % over two weeks had more of the injuries that
    /// go with distance, the knee's among them, than those under 10 % (1.59 times as many, 95 % CI
    /// 0.96–2.66, so it may be chance); and of 261 half-marathon runners, 56 of whom were injured,
    /// a growth of 20–60 % went with more injuries three weeks into the study but not later. In a
    /// re-analysis, not peer-reviewed, of the logs of 74 Dutch runners (Lövdal 2021), growth above
    /// 20 % made no difference on the first day after the week (odds 1.05 times as high,
    /// 0.86–1.29), and it did in the second week after it, 8 days later: 1.41 (1.16–1.72). That is
    /// the reason to watch the second week.
    ///
    /// Jumps are common: in 430 recreational runners a growth of 30 % and more was there in 33.4 %
    /// of sessions (Cloosterman 2024).
    ///
    /// ## Limits
    /// Weeks are blocks of the calendar: a long run on Sunday or on Monday moves between them. Runs
    /// that were not recorded are not seen. Not assessed for weeks after one of less than 10 km,
    /// where any percentage is large, nor where a run's distance is missing, nor in the first weeks
    /// after a break of 14 days and more (see `return-after-break`).
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
        needs: "two complete weeks in a row, the first of at least 10 km",
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

const STUDY: &str = "Week-to-week jumps alone have not reliably gone with injuries: in a trial of 532 novices (about one in five \
    injured, with smaller weekly steps or without) and a study of 5,205 runners they made no difference. In the logs of 74 runners, growth above 20 % was followed by more injuries in the second week \
    after it (odds 1.41 times as high, 95 % CI 1.16–1.72). Single long runs matter more.";

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.weekly_jump);
    let comparable = |pair: &[Week]| {
        pair.iter().all(|week| week.complete && week.runs_without_distance == 0)
            && pair[0].distance_m >= options.min_base_m
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
    let complete = log.weeks().iter().filter(|week| week.complete);
    let dated = complete.map(|week| (week.last_day(), was_compared(week)));
    let coverage = Coverage::count("complete weeks", log.as_of(), dated)
        .without("a week before them that is long enough to compare with, or without a distance of every run");
    let complete = coverage.of;
    let is_return = |pair: &Pair| !pair.is_new && pair.percent > options.info_percent;
    let steeper = |a: &&Pair, b: &&Pair| a.percent.total_cmp(&b.percent);
    let Some(closest) = pairs.iter().filter(|pair| !is_return(pair)).max_by(steeper).or(pairs.iter().max_by(steeper))
    else {
        return Missing::outcome(
            format!(
                "needs two complete weeks in a row, the first of at least {}; the log has {complete} complete {}",
                units.distance(options.min_base_m),
                if complete == 1 { "week" } else { "weeks" },
            ),
            format!("two complete weeks in a row, the first of at least {}", units.distance(options.min_base_m)),
        );
    };
    let window = |before: &Week, week: &Week| Window { from: before.start, to: week.last_day() };
    let flag = |&Pair { before, week, percent, ref than_recent, is_new }: &Pair| {
        let (tier, limit) = match percent {
            _ if !is_new => return None,
            p if p > options.notice_percent => (Tier::Notice, options.notice_percent),
            p if p > options.info_percent => (Tier::Info, options.info_percent),
            _ => return None,
        };
        let message = format!(
            "In the week from {} you ran {}, {percent:.0} % more than in the week before ({}){than_recent}.",
            week.start.strftime("%-d %b %Y"),
            units.distance(week.distance_m),
            units.distance(before.distance_m),
        );
        let window = window(before, week);
        let runs = log.runs_between(window.from, window.to).iter().map(|run| run.id.clone()).collect();
        let measured = Quantity::new(percent, Unit::Percent);
        Some(Flag {
            tier,
            message,
            study: STUDY.to_owned(),
            consider: "Worth watching over the two weeks that follow.".to_owned(),
            measured,
            limit: Quantity::new(limit, Unit::Percent),
            window,
            runs,
            coverage,
        })
    };
    let flags: Vec<Flag> = pairs.iter().rev().filter_map(flag).collect();
    if !flags.is_empty() {
        return Outcome::Flagged(flags);
    }
    let returns = match pairs.iter().filter(|pair| is_return(pair)).count() {
        0 => String::new(),
        n => format!(
            " {n} {} by more and only came back to the distance of a week among the {} before.",
            if n == 1 { "other grew" } else { "others grew" },
            options.recent_weeks
        ),
    };
    Outcome::Clear(Clear {
        message: format!(
            "Of {complete} complete weeks, {} could be compared with the week before; none was more than {:.0} % above it{}. The largest \
             change was {:+.0} %, in the week from {}.{returns}",
            pairs.len(),
            options.info_percent,
            match options.recent_weeks {
                0 => String::new(),
                n => format!(" and above the {n} weeks before that as well"),
            },
            closest.percent,
            closest.week.start.strftime("%-d %b %Y"),
        ),
        measured: Some(Quantity::new(closest.percent, Unit::Percent)),
        limit: Some(Quantity::new(options.info_percent, Unit::Percent)),
        window: Window { from: pairs[0].before.start, to: log.as_of() },
        coverage,
    })
}

/// A week beside the one before it.
struct Pair<'a> {
    before: &'a Week,
    week: &'a Week,
    percent: f64,
    /// The weeks before the two that it exceeds, in words.
    than_recent: String,
    /// Whether it exceeds the weeks before the two as well.
    is_new: bool,
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
        assert!(of_weeks(2).ends_with("the week before (20.0 km)."), "{}", of_weeks(2));
        assert!(of_weeks(3).ends_with("(20.0 km) and more than in the week before that."), "{}", of_weeks(3));
        assert!(of_weeks(5).ends_with("in any of the 3 weeks before that."), "{}", of_weeks(5));
        assert!(of_weeks(9).ends_with("in any of the 4 weeks before that."), "{}", of_weeks(9));
    }
}
