//! The load of a week over that of four, drawn and never flagged.

use crate::doc::documented;
use crate::knowledge::reference::{
    FRANDSEN_2025, GABBETT_2016, IMPELLIZZERI_2021, LOLLI_2019, LOVDAL_2021, NAKAOKA_2021, TORESDAHL_2023,
    WILLIAMS_2017,
};
use crate::load::{Answer, KNEEWISE, RATIO_COUPLED, RATIO_EXPONENTIAL, RATIO_UNCOUPLED};
use crate::log::TrainingLog;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::days::{of_distance, too_short};
use crate::rule::brief::{Brief, Reading};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Missing, Outcome, Quantity, Remedy, Rule, Window};

documented! {
    /// ## What it does
    /// Gives the acute:chronic workload ratio (ACWR) of the distance on the log's last day, in the
    /// three forms in use. It is shown for context and **never flagged**, whatever its value.
    ///
    /// * coupled: `mean distance of a day over the last 7 days / mean over the last 28 days`, which
    ///   include the 7;
    /// * uncoupled: `mean over the last 7 days / mean over the 21 days before them`;
    /// * exponential: the same with averages in which later days weigh more, with weights 2/8 and
    ///   2/29.
    ///
    /// The first two carry the same information: `coupled = 4 · uncoupled / (uncoupled + 3)`, so
    /// the coupled ratio never passes 4.
    ///
    /// ## Why it matters
    /// The ratio is popular, and studies in runners contradict each other. Bands such as 0.8–1.3
    /// and 1.5 come from cricket, rugby and Australian football. In 5,205 runners a higher ratio
    /// was followed by fewer injuries, not more. It was the same in 435 Dutch runners (Nakaoka
    /// 2021: 9.6% injured under 0.70, 1.3% over 1.38). In 735 marathon runners it was the other way
    /// round: the injured had more days at 1.5 and above (Toresdahl 2023). In a re-analysis, ratios
    /// against random, made-up chronic loads did almost as well as real ones (odds ratio 1.95
    /// against 2.45); they share only the last week. In the logs of 74 Dutch runners there was no
    /// step at any edge of the bands.
    ///
    /// ## Limits
    /// It needs 28 days of history, the exponential form 34: its averages begin with the log's
    /// first day, which may weigh at most a tenth. It is undefined without a load to compare with,
    /// where that load is less than a tenth of the runner's average over half a year, and where a
    /// run has no distance. The rule does not look at speed or hills.
    ///
    /// ## Example
    /// The last 7 days hold 20 km, all 28 hold 50: `(20 / 7) / (50 / 28) = 1.60`; uncoupled `(20
    /// / 7) / (30 / 21) = 2.00`.
    ///
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-03-01 | 10.0 | |
    /// | 2026-03-08 | 10.0 | |
    /// | 2026-03-15 | 10.0 | not assessed |
    /// | 2026-03-28 | 20.0 | described 1.60 |
    ///
    /// ## Options
    /// None.
    ///
    /// ## References
    /// Gabbett 2016, Williams 2017, Lolli 2019, Impellizzeri 2021, Nakaoka 2021, Toresdahl 2023,
    /// Frandsen 2025, Lövdal 2021.
    pub static LOAD_RATIO: Rule {
        id: "load-ratio",
        name: "Acute:chronic load ratio",
        area: Area::Load,
        evidence: Evidence::Contested,
        is_preview: false,
        raised_by: &[],
        needs: "28 days of history with a distance for each run",
        not_known: "Whether the ratio is linked to injuries in runners is contested. The largest study in runners found the opposite of the usual claim.",
        brief: Brief::new(
            "Acute:chronic load ratio",
            "",
            &[Reading::above(Unit::Ratio, "the average of 28 days")],
        ),
        references: &[
            &GABBETT_2016,
            &WILLIAMS_2017,
            &LOLLI_2019,
            &IMPELLIZZERI_2021,
            &NAKAOKA_2021,
            &TORESDAHL_2023,
            &FRANDSEN_2025,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

/// Days of the longer part.
const DAYS: usize = 28;

fn check(log: &TrainingLog, runner: &Runner, _: &rule::Options) -> Outcome {
    if let Some(missing) = too_short(log, DAYS) {
        return missing;
    }
    let of = |figure| of_distance(log, runner, figure, &KNEEWISE);
    let coupled = of(&RATIO_COUPLED);
    let ratio = match coupled.last() {
        Some(Answer::Known(ratio)) => *ratio,
        Some(Answer::Undefined(why)) => {
            return Missing::outcome(
                format!("needs four weeks to compare the last one with: {why}"),
                format!("runs with a distance in the last {DAYS} days, some before the last 7"),
            );
        }
        _ => return Missing::outcome("needs runs with a distance", Remedy::history(format!("{DAYS} days of history"))),
    };
    let last = |answers: Vec<Answer<f64>>| match answers.last().and_then(|answer| answer.known()) {
        Some(value) => format!("{value:.2}"),
        None => "unknown".to_owned(),
    };
    let first = 100.0 * KNEEWISE.exponential_ratio.start_weight(log.span_days());
    let first = match of(&RATIO_EXPONENTIAL).last().and_then(|answer| answer.known()) {
        Some(_) if first < 1.0 => String::new(),
        Some(_) => format!(" The log's first day still weighs {first:.0}% in the longer exponential average."),
        None => format!(
            " The exponential ratio is not shown: the log's first day would weigh {first:.0}% in its longer average."
        ),
    };
    let dated = log.days().iter().zip(&coupled).map(|(day, ratio)| (day.date, ratio.known().is_some()));
    Outcome::Described(Clear {
        message: format!(
            "Your load ratio by distance, 7 days against 28, is {ratio:.2} coupled, {} uncoupled and {} exponential. Studies in runners \
             contradict each other: in two of three cohorts a higher ratio was followed by fewer injuries. The ratio is never flagged.{first}",
            last(of(&RATIO_UNCOUPLED)),
            last(of(&RATIO_EXPONENTIAL)),
        ),
        measured: Some(Quantity::new(ratio, Unit::Ratio)),
        limit: None,
        window: Window { from: log.as_of().saturating_add_days(1 - DAYS as i64), to: log.as_of() },
        coverage: Coverage::count("days", log.as_of(), dated),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::{DateExt, Timestamp};

    /// A marathon, and 6 km on each of the days after it.
    fn said(days: i64) -> String {
        let first = date(2026, 1, 1);
        let run = |day: i64| {
            let start = format!("{}T07:00:00Z", first.saturating_add_days(day));
            let km = if day == 0 { 42.2 } else { 6.0 };
            let start = Timestamp::parse_iso8601(&start).expect("a time").0;
            Run::summary(start, Some(0), &[(&DISTANCE, 1000.0 * km)])
        };
        let log = TrainingLog::new((0..days).map(run).collect(), first.saturating_add_days(days - 1), Weekday::Monday);
        match check(&log, &Runner::default(), &rule::Options::default()) {
            Outcome::Described(clear) => clear.message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_log_that_begins_with_a_marathon_says_how_much_it_still_weighs() {
        // (27/29)^(n - 1) of the longer mean is the first day's: 15% after 28 days, a tenth on the
        // 34th.
        let withheld = said(33);
        assert!(withheld.contains("unknown exponential"), "{withheld}");
        assert!(withheld.contains("the log's first day would weigh 10%"), "{withheld}");
        let given = said(38);
        assert!(!given.contains("unknown") && given.contains("first day still weighs 7%"), "{given}");
        assert!(!said(120).contains("weigh"), "under one per cent it is not told");
    }
}
