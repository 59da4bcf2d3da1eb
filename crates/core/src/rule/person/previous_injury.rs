//! An injury of the last twelve months.

use crate::doc::documented;
use crate::knowledge::reference::{MALISOUX_2013, SARAGIOTTO_2014, THEISEN_2014, VAN_DER_WORP_2015};
use crate::log::TrainingLog;
use crate::runner::{Injury, RECENT_INJURY_DAYS, Runner};
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::rule::brief::{Brief, Reading};
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window,
};

documented! {
    /// ## What it does
    /// Looks in your profile for injuries that began in the last twelve months, counted from the
    /// end of their month. One is info. It also raises a single-run distance spike one level, from
    /// the end of its month on: before that it may have come after the run.
    ///
    /// ## Why it matters
    /// Of all factors that studies of runners have looked at, an earlier injury is linked to new
    /// ones most consistently. In 264 runners (Malisoux 2013) those with one in the year before had
    /// 1.72 times the rate (95% CI 1.11–2.66). In 247 others (Theisen 2014) it was 1.74 times
    /// (1.04–2.90), and reviews agree. In all, 87 of the 264 were injured in 22 weeks, and the 247
    /// had 12.1 injuries in 1,000 hours of running. No watch knows of it; only you can report it.
    ///
    /// ## Limits
    /// This is an association. It may be the old tissue, the old habits or the same training; for
    /// one runner nobody knows. It does not name the part of the body.
    ///
    /// ## Example
    /// | date | km | injury | outcome |
    /// |---|---|---|---|
    /// | 2025-03-01 | 8.0 | knee | |
    /// | 2026-03-31 | 8.0 | | info 365 |
    /// | 2026-04-01 | 8.0 | | clear 366 |
    ///
    /// ## Options
    /// None.
    ///
    /// ## References
    /// Malisoux 2013, Theisen 2014, van der Worp 2015, Saragiotto 2014.
    pub static PREVIOUS_INJURY: Rule {
        id: "previous-injury",
        name: "Earlier injuries",
        area: Area::Person,
        evidence: Evidence::Strong,
        is_preview: false,
        raised_by: &[],
        needs: "earlier injuries in the profile, or that there were none",
        not_known: "Why an earlier injury is linked to new ones is unknown. In most runners with one, none follows within the months of a study.",
        brief: Brief::new(
            "Injury in the last year",
            "Add distance and speed more gradually than usual.",
            &[Reading::at_most(Unit::Days, "since an injury began")],
        ),
        references: &[
            &MALISOUX_2013,
            &THEISEN_2014,
            &VAN_DER_WORP_2015,
            &SARAGIOTTO_2014,
        ],
        check: check,
    }
}

fn check(log: &TrainingLog, runner: &Runner, _: &rule::Options) -> Outcome {
    let as_of = log.as_of();
    let Some(injuries) = &runner.injuries else {
        return Missing::outcome(
            "needs your earlier injuries, which no watch records. The profile does not list them",
            Remedy::profile("add your injuries of the last years to the profile, or that there were none"),
        );
    };
    let days_ago = |injury: &Injury| injury.days_ago(as_of).max(0);
    let coverage = Coverage::count("profiles", as_of, [(as_of, true)].into_iter());
    let limit = Quantity::new(RECENT_INJURY_DAYS as f64, Unit::Days);
    let latest = injuries.iter().filter(|injury| injury.month <= as_of).min_by_key(|injury| days_ago(injury));
    let Some(injury) = latest.filter(|injury| days_ago(injury) <= RECENT_INJURY_DAYS) else {
        return Outcome::Clear(Clear {
            message: format!(
                "Your profile lists no injury that began in the {RECENT_INJURY_DAYS} days before {}.",
                as_of.in_words()
            ),
            measured: Some(Quantity::new(latest.map_or(f64::NAN, |injury| days_ago(injury) as f64), Unit::Days))
                .filter(|quantity| !quantity.value.is_nan()),
            limit: Some(limit),
            window: Window { from: as_of.saturating_add_days(-RECENT_INJURY_DAYS), to: as_of },
            coverage,
        });
    };
    let side = injury.side.map_or_else(String::new, |side| format!(", {}", side.words()));
    let recovered = match injury.is_recovered {
        Some(true) => " You have recovered from it.",
        Some(false) => " You have not fully recovered from it.",
        None => "",
    };
    Outcome::Flagged(vec![Flag {
        tier: Tier::Info,
        message: format!(
            "Your profile lists an injury ({}{side}) that began in {}, within the last twelve months.{recovered}",
            injury.site.words(),
            injury.month.month_in_words(),
        ),
        study: "In two cohorts (264 and 247 runners) those with an injury in the year before had about 1.7 times the rate of new ones. In the \
            first, 87 of 264 were injured in 22 weeks; in the other there were 12.1 injuries in 1,000 hours. Reviews find it the most \
            consistent factor of all."
            .to_owned(),
        consider: "Add distance and speed more gradually than usual.".to_owned(),
        measured: Quantity::new(days_ago(injury) as f64, Unit::Days),
        limit,
        window: Window { from: injury.month, to: as_of },
        runs: Vec::new(),
        coverage,
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Circumstance;
    use crate::runner::Site;
    use jiff::civil::{Weekday, date};

    #[test]
    fn what_raises_a_finding_is_the_injury_that_is_told() {
        let month = date(2025, 3, 1);
        let injury = Injury { site: Site::Knee, side: None, month, is_recovered: None };
        let runner = Runner { injuries: Some(vec![injury]), ..Runner::default() };
        for (day, is_recent) in [(date(2026, 3, 31), true), (date(2026, 4, 1), false)] {
            let log = TrainingLog::new(Vec::new(), day, Weekday::Monday);
            let is_told = matches!(check(&log, &runner, &rule::Options::default()), Outcome::Flagged(_));
            assert_eq!((is_told, Circumstance::RecentInjury.holds(&runner, day, day)), (is_recent, is_recent), "{day}");
        }
        let in_its_month = date(2025, 3, 20);
        let log = TrainingLog::new(Vec::new(), in_its_month, Weekday::Monday);
        assert!(matches!(check(&log, &runner, &rule::Options::default()), Outcome::Flagged(_)));
        assert!(!Circumstance::RecentInjury.holds(&runner, in_its_month, in_its_month), "it may have come after");
    }
}
