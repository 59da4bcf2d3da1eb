//! How far the feet roll, as pods measure it: a difference between the sides, or a change.

use crate::doc::documented;
use crate::knowledge::reference::{MALISOUX_2016, NIELSEN_2014_FEET, WILLEMS_2021};
use crate::log::TrainingLog;
use crate::measure::metric::{Metric, PRONATION_LEFT, PRONATION_RIGHT};
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::own_form;
use super::own_median::{self, CONSIDER, Compared, known};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
    latest_first,
};

settable! {
    /// Days before a run whose runs it is compared with, and up to the log's last in which the
    /// sides are compared.
    window_days: u32 = 90, 1..=3660;
    /// Runs that the comparison of the sides takes.
    min_runs: usize = 3, 1..=10_000;
    /// Runs that the comparison with the runner's usual takes.
    own_min_runs: usize = 5, 1..=10_000;
    /// A difference between the sides (degrees) that is flagged.
    side_deg: f64 = 5.0, 0.0..=90.0;
    /// A difference from the runner's usual (degrees) that is flagged.
    change_deg: f64 = 3.0, 0.0..=90.0;
    /// Runs in a row that must differ.
    change_min_runs: usize = 3, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Looks at how far the feet roll after landing, as pods on the shoes measure it (`RunScribe`;
    /// in degrees, inward is negative), over steady, flat running.
    ///
    /// * A difference of at least 5° between left and right is info: medians of at least three runs
    ///   in the last 90 days.
    /// * Three runs in a row at least 3° from your usual on one foot, to the same side, are info.
    ///   Your usual is the median of at least five runs in the 90 days before, recorded by the same
    ///   watch.
    ///
    /// ## Why it matters
    /// It is often said that rolling inward strains the inner side of the knee. There are two
    /// sides. Against it: among 927 beginners in neutral shoes, those whose standing feet rolled
    /// inward were injured no more often in the following year. For it: in a trial of 372 runners
    /// (93 injured), those whose standing feet rolled inward were injured more often in standard
    /// shoes than those with neutral feet, 1.80 times (95% CI 1.01–3.22). In shoes with motion
    /// control they were injured less often than in standard ones, 0.34 times (0.13–0.84). In the
    /// same trial, shoes with motion control had 0.41 times the rate of the injuries ascribed to
    /// rolling inward (0.17–0.98; Willems 2021).
    ///
    /// None of it is about the knee alone. The angle itself is therefore never flagged here: feet
    /// roll inward. A difference or a change is shown for context, because it may come with new
    /// shoes, inserts, or sparing one leg.
    ///
    /// ## Limits
    /// The angle is that of a pod on a shoe, not of a joint. A pod in another position, or other
    /// shoes, give another value. Speed is not taken out. The five degrees, the three, and the
    /// numbers of runs are heuristics. Nothing is compared with your usual in the first weeks after
    /// a break of at least 14 days.
    ///
    /// ## Example
    /// | date | km | `pronation_left_deg` | `pronation_right_deg` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | -12.6 | -10.2 | |
    /// | 2026-03-03 | 8.0 | -12.4 | -10.4 | not assessed |
    /// | 2026-03-05 | 8.0 | -12.5 | -10.3 | clear 2.20 |
    /// | 2026-03-07 | 8.0 | -12.6 | -10.2 | |
    /// | 2026-03-09 | 8.0 | -12.4 | -10.1 | |
    /// | 2026-03-11 | 8.0 | -16.0 | -10.1 | |
    /// | 2026-03-13 | 8.0 | -16.2 | -10.2 | clear 2.40 |
    /// | 2026-03-15 | 8.0 | -16.1 | -10.2 | info 4 |
    ///
    /// ## Options
    /// `window_days` (90), `min_runs` (3), `own_min_runs` (5), `side_deg` (5), `change_deg` (3),
    /// `change_min_runs` (3).
    ///
    /// ## References
    /// Nielsen 2014 (feet), Malisoux 2016, Willems 2021.
    pub static PRONATION_CHANGE: Rule {
        id: "pronation-change",
        name: "Rolling of the feet",
        area: Area::Form,
        evidence: Evidence::Contested,
        is_preview: false,
        raised_by: &[],
        needs: "three runs in 90 days with pods on both shoes that record pronation; eight to see a change",
        not_known: "Whether rolling of the feet matters to knees is contested. A pod measures the shoe.",
        brief: Brief::new(
            "Feet roll differently",
            "Check how the pods sit, and note any soreness.",
            &[Reading::at_least(Unit::Degrees, "apart, or from your usual")],
        ),
        references: &[
            &NIELSEN_2014_FEET,
            &MALISOUX_2016,
            &WILLEMS_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "Among 927 beginners in neutral shoes, those whose standing feet rolled inward were injured no more often than others in a year. \
    In a trial of 372 runners (93 injured) they were injured more often, in standard shoes (1.80 times the rate, 95% CI 1.01–3.22). \
    Whether a difference or a change is linked to injuries is not known.";

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.pronation_change;
    let sides = measure(log, options);
    let changes = [("left", &PRONATION_LEFT), ("right", &PRONATION_RIGHT)]
        .into_iter()
        .flat_map(|(foot, metric)| changes(log, foot, metric, sides.coverage, options));
    let is_compared = sides.runs.len() >= options.min_runs.max(1);
    let differ = is_compared && sides.apart() >= options.side_deg;
    let flags = latest_first(changes.chain(differ.then(|| sides.flag(options))));
    flagged_or(flags, || if is_compared { sides.clear(log, options) } else { sides.not_assessed(options) })
}

/// How far the feet rolled in the last days.
struct Sides<'l> {
    runs: Vec<&'l Run>,
    /// The medians, in degrees.
    left: f64,
    right: f64,
    coverage: Coverage,
}

fn measure<'l>(log: &'l TrainingLog, options: &Options) -> Sides<'l> {
    let from = log.as_of().saturating_add_days(1 - i64::from(options.window_days));
    let both = |run: &Run| Some((known(run, &PRONATION_LEFT)?, known(run, &PRONATION_RIGHT)?));
    let recent: Vec<(&Run, (f64, f64))> =
        log.runs_between(from, log.as_of()).iter().filter_map(|run| Some((run, both(run)?))).collect();
    let dated = log.runs().iter().map(|run| (run.local_date, both(run).is_some()));
    Sides {
        left: own_form::middle(&recent, |(_, (left, _))| *left),
        right: own_form::middle(&recent, |(_, (_, right))| *right),
        runs: recent.into_iter().map(|(run, _)| run).collect(),
        coverage: Coverage::count("runs", log.as_of(), dated).without("pronation of both feet"),
    }
}

impl Sides<'_> {
    /// How far apart they are, in degrees.
    fn apart(&self) -> f64 {
        (self.left - self.right).abs()
    }

    fn window(&self) -> Window {
        Window { from: self.runs[0].local_date, to: self.runs[self.runs.len() - 1].local_date }
    }

    fn words(&self) -> String {
        let Self { left, right, .. } = self;
        format!(
            "Your feet rolled {:.1}° apart: {left:.1}° on the left and {right:.1}° on the right (medians of {} runs, by pods; inward is negative).",
            self.apart(),
            self.runs.len(),
        )
    }

    fn flag(&self, options: &Options) -> Flag {
        Flag {
            tier: Tier::Info,
            message: format!("{} At least {:.0}° is flagged.", self.words(), options.side_deg),
            study: STUDY.to_owned(),
            consider: CONSIDER.to_owned(),
            measured: Quantity::new(self.apart(), Unit::Degrees),
            limit: Quantity::new(options.side_deg, Unit::Degrees),
            window: self.window(),
            runs: self.runs.iter().map(|run| run.id.clone()).collect(),
            coverage: self.coverage,
        }
    }

    fn clear(&self, log: &TrainingLog, options: &Options) -> Outcome {
        Outcome::Clear(Clear {
            message: format!("{} At least {:.0}° is flagged. {}", self.words(), options.side_deg, own(log, options)),
            measured: Some(Quantity::new(self.apart(), Unit::Degrees)),
            limit: Some(Quantity::new(options.side_deg, Unit::Degrees)),
            window: self.window(),
            coverage: self.coverage,
        })
    }

    fn not_assessed(&self, options: &Options) -> Outcome {
        Missing::outcome(
            format!(
                "needs {} runs in the last {} days with pronation (how far a foot rolls inward) of both feet; {} have it",
                options.min_runs,
                options.window_days,
                own_form::none_or(self.runs.len()),
            ),
            own_median::REMEDY,
        )
    }
}

/// What was found beside the sides, where no foot changed.
fn own(log: &TrainingLog, options: &Options) -> String {
    let compared = [&PRONATION_LEFT, &PRONATION_RIGHT].map(|metric| compared(log, metric, options).count());
    match compared.into_iter().max().unwrap_or(0) {
        most if most >= options.change_min_runs.max(1) => format!(
            "Of {}, no {} in a row were {:.0}° or more to one side of your usual.",
            own_form::runs(most),
            options.change_min_runs,
            options.change_deg,
        ),
        _ => "Too few runs could be compared with your usual.".to_owned(),
    }
}

/// Runs in a row in which a foot rolled otherwise than the runner's own.
fn changes(log: &TrainingLog, foot: &str, metric: &'static Metric, coverage: Coverage, options: &Options) -> Vec<Flag> {
    let compared: Vec<Compared> = compared(log, metric, options).collect();
    let difference = |compared: &Compared| compared.measured - compared.own;
    let side =
        |compared: &Compared| (difference(compared).abs() >= options.change_deg).then_some(difference(compared) > 0.0);
    let flag = |row: &[Compared]| {
        let (now, own) =
            (own_form::middle(row, |compared| compared.measured), own_form::middle(row, |compared| compared.own));
        let window = Window { from: row[0].run.local_date, to: row[row.len() - 1].run.local_date };
        Flag {
            tier: Tier::Info,
            message: format!(
                "Your {foot} foot rolled {now:.1}° in {} runs in a row, from {} to {}, compared with your usual {own:.1}°. A change of at \
                 least {:.0}° is flagged. Your usual is that of the {} days before (medians by a pod; inward is negative).",
                row.len(),
                own_form::day(window.from),
                own_form::day(window.to),
                options.change_deg,
                options.window_days,
            ),
            study: STUDY.to_owned(),
            consider: CONSIDER.to_owned(),
            measured: Quantity::new((now - own).abs(), Unit::Degrees),
            limit: Quantity::new(options.change_deg, Unit::Degrees),
            window,
            runs: row.iter().map(|compared| compared.run.id.clone()).collect(),
            coverage,
        }
    };
    own_form::in_a_row(&compared, side, options.change_min_runs).map(flag).collect()
}

/// The runs whose figure of a foot could be held against the runner's own.
fn compared<'l>(
    log: &'l TrainingLog,
    metric: &'static Metric,
    options: &Options,
) -> impl Iterator<Item = Compared<'l>> {
    own_median::compared(log, metric, options.window_days, options.own_min_runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    fn said(feet: &[(f64, f64)]) -> String {
        let run = |(n, &(left, right)): (usize, &(f64, f64))| {
            made::with(n as i64, &[(&PRONATION_LEFT, left), (&PRONATION_RIGHT, right)])
        };
        made::said(&PRONATION_CHANGE, feet.iter().enumerate().map(run).collect(), &Runner::default())
    }

    #[test]
    fn only_a_difference_is_noted_and_never_the_figure() {
        assert_eq!(said(&[(-30.0, -30.0); 9]), "clear");
        assert_eq!(said(&[(-15.0, -10.0); 3]), "info 5.00");
        assert_eq!(said(&[(-14.9, -10.0); 3]), "clear");
    }

    #[test]
    fn three_degrees_from_one_s_own_three_times() {
        let with = |more: &[f64]| {
            let feet: Vec<(f64, f64)> = [&[-10.0; 5], more].concat().iter().map(|left| (*left, -10.0)).collect();
            said(&feet)
        };
        assert_eq!(with(&[-13.0; 3]), "info 3.00");
        assert_eq!(with(&[-13.0, -13.0, -12.9]), "clear");
        assert_eq!(with(&[-13.0, -7.0, -13.0]), "clear", "to both sides");
    }
}
