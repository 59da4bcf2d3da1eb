//! The load of a week over that of four, drawn and never flagged.

use crate::doc::documented;
use crate::load::{Answer, KNEEWISE, RATIO_COUPLED, RATIO_EXPONENTIAL, RATIO_UNCOUPLED};
use crate::log::TrainingLog;
use crate::runner::Runner;
use crate::time::DateExt;
use crate::unit::Unit;

use super::days::{of_distance, too_short};
use crate::rule::{self, Area, Clear, Coverage, Evidence, Missing, Outcome, Quantity, Reference, Rule, Window};

documented! {
    /// ## What it does
    /// Tells the acute:chronic workload ratio (ACWR) of the distance on the log's last day, in the three forms that are in
    /// use. It is told for context and **never flagged**, whatever its value.
    ///
    /// * coupled: `mean distance of a day over the last 7 days / mean over the last 28 days`, which include the 7;
    /// * uncoupled: `mean over the last 7 days / mean over the 21 days before them`;
    /// * exponential: the same of means in which later days weigh more, with weights 2/8 and 2/29.
    ///
    /// The first two say the same: `coupled = 4 · uncoupled / (uncoupled + 3)`, so the coupled ratio never passes 4.
    ///
    /// ## Why it matters
    /// It is popular, and research in runners does not support using it to predict injury. Bands such as 0.8–1.3 and 1.5 come
    /// from cricket, rugby and Australian football. In 5,205 runners a higher ratio went with fewer injuries,
    /// not more. Ratios against random, made-up chronic loads did almost as well as real ones in a re-analysis (odds ratio
    /// 1.95 against 2.45), since what they share is the last week alone. In the logs of 74 Dutch runners there was no
    /// step at any edge of the bands.
    ///
    /// ## Limits
    /// Needs 28 days of history. Undefined without a load to compare with, where that is less than a tenth of the runner's mean
    /// over half a year, and where a run's distance is missing. Speed and hills are not looked at.
    ///
    /// ## Example
    /// The last 7 days hold 20 km, all 28 hold 50: `(20 / 7) / (50 / 28) = 1.60`; uncoupled `(20 / 7) / (30 / 21) = 2.00`.
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
    /// Gabbett 2016, Williams 2017, Lolli 2019, Impellizzeri 2021, Frandsen 2025, Lövdal 2021.
    pub static LOAD_RATIO: Rule {
        id: "load-ratio",
        name: "Acute:chronic load ratio",
        area: Area::Load,
        evidence: Evidence::Contested,
        is_preview: false,
        raised_by: &[],
        needs: "28 days of history with a distance for each run",
        not_known: "Whether the ratio says anything of injuries in runners; the studies contradict each other, and the largest in runners found the opposite of the usual claim.",
        references: &[
            Reference {
                short: "Gabbett 2016",
                full: "Gabbett TJ. The training–injury prevention paradox. British Journal of Sports Medicine 2016;50:273–280 (from memory)",
            },
            Reference {
                short: "Williams 2017",
                full: "Williams S, et al. Better way to determine the acute:chronic workload ratio? British Journal of Sports Medicine 2017;51:209–210. doi:10.1136/bjsports-2016-096589",
            },
            Reference {
                short: "Lolli 2019",
                full: "Lolli L, et al. Mathematical coupling causes spurious correlation within the conventional acute-to-chronic workload ratio calculations. British Journal of Sports Medicine 2019;53:921–922",
            },
            Reference {
                short: "Impellizzeri 2021",
                full: "Impellizzeri FM, et al. What role do chronic workloads play in the acute to chronic workload ratio? Time to dismiss ACWR and its underlying theory. Sports Medicine 2021;51:581–592. doi:10.1007/s40279-020-01378-6",
            },
            Reference {
                short: "Frandsen 2025",
                full: "Schuster Brandt Frandsen J, et al. How much running is too much? British Journal of Sports Medicine 2025;59(17):1203–1210. doi:10.1136/bjsports-2024-109380",
            },
            Reference {
                short: "Lövdal 2021",
                full: "Lövdal SS, et al. (logs and injuries of 74 runners; data doi:10.34894/UWU9PV). International Journal of Sports Physiology and Performance 2021;16(10):1522–1531. doi:10.1123/ijspp.2020-0518. Re-analysed by the open-source project TrailRunCoach",
            },
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
                format!("needs four weeks to hold the last one against: {why}"),
                format!("runs with a distance in the last {DAYS} days, some before the last 7"),
            );
        }
        _ => return Missing::outcome("needs runs with a distance", format!("{DAYS} days of history")),
    };
    let last = |answers: Vec<Answer<f64>>| match answers.last().and_then(|answer| answer.known()) {
        Some(value) => format!("{value:.2}"),
        None => "unknown".to_owned(),
    };
    let dated = log.days().iter().zip(&coupled).map(|(day, ratio)| (day.date, ratio.known().is_some()));
    Outcome::Described(Clear {
        message: format!(
            "Load ratio of the distance, 7 to 28 days: {ratio:.2} coupled, {} uncoupled, {} exponential. Popular, but research in runners \
             does not support using it to predict injury. Shown for reference, and never a flag.",
            last(of(&RATIO_UNCOUPLED)),
            last(of(&RATIO_EXPONENTIAL)),
        ),
        measured: Some(Quantity::new(ratio, Unit::Ratio)),
        limit: None,
        window: Window { from: log.as_of().saturating_add_days(1 - DAYS as i64), to: log.as_of() },
        coverage: Coverage::count("days", log.as_of(), dated),
    })
}
