//! A run much longer than the longest of the month before it.

use crate::doc::documented;
use crate::knowledge::reference::FRANDSEN_2025;
use crate::log::TrainingLog;
use crate::measure::metric;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, in_percent};

use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Circumstance, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window,
    flagged_or,
};

use comparison::longest_of;
pub use comparison::{Comparison, believed_distance_m, comparisons};

mod comparison;

settable! {
    /// Days before a run whose longest run it is compared with.
    window_days: u32 = 30, 1..=3660;
    /// Runs that must lie in the window for a comparison.
    min_runs: usize = 3, 1..=10_000;
    /// A run shorter than this (metres) is never flagged.
    min_distance_m: f64 = 3000.0, 0.0..=1e7;
    /// A "run" of a higher mean speed (metres per second) was a ride, or its distance is wrong: it
    /// is left out.
    max_speed_mps: f64 = 7.0, 0.0..=20.0;
    /// A run is never flagged for exceeding the longest by less than this (metres).
    min_excess_m: f64 = 1000.0, 0.0..=1e7;
    /// Up to this ratio a run is in the study's reference; above it is a small spike.
    small: f64 = 1.1, 1.0..=100.0;
    /// Above this ratio it is a moderate spike.
    moderate: f64 = 1.3, 1.0..=100.0;
    /// Above this ratio it is a large spike.
    large: f64 = 2.0, 1.0..=100.0;
}

documented! {
    /// ## What it does
    /// Compares each run with the longest run of the 30 days before it:
    ///
    /// `ratio = distance of the run / longest distance of a run in the previous 30 days`
    ///
    /// Earlier runs on the same day count as before. Recordings no more than 90 minutes apart are
    /// one run.
    ///
    /// | ratio | tier |
    /// |---|---|
    /// | up to 1.10 | none (the study's reference) |
    /// | over 1.10, up to 1.30 (small spike) | notice |
    /// | over 1.30, up to 2.00 (moderate spike) | notice |
    /// | over 2.00 (large spike) | elevated |
    ///
    /// ## Why it matters
    /// A study followed 5,205 runners for 18 months (588,071 runs, 1,820 runners injured). The rate
    /// of overuse injury after a small spike was 1.64 times (95% CI 1.31–2.05) that of runs in the
    /// reference. After a moderate spike it was 1.52 times (1.16–2.00), after a large one 2.28
    /// times (1.50–3.48). Week-to-week changes in the same runners showed no relation. On the
    /// absolute scale this is small: about 2.2 overuse injuries in 1,000 runs (72% of the 1,820
    /// injuries were overuse). Most spikes were followed by none.
    ///
    /// The authors' university adds that the rate already rises between 1 and 10%. Runs up to 1.10
    /// are therefore the study's reference, with which the others were compared. They are no zone
    /// without injuries.
    ///
    /// ## Limits
    /// This is one exploratory study of volunteers with a watch, 78% of them men. It counted all
    /// overuse injuries, not only those of the knee. No second study was found by November 2026.
    /// The rate does not grow steadily with the spike: the small one came out above the moderate
    /// one (1.64 and 1.52). Most injuries followed runs without a spike, so no flag is no
    /// clearance. The rule does not look at speed or hills. Walking counts as far as the watch
    /// recorded it as part of the run; where you walked most of the run, the finding says so. A
    /// wrong distance (a treadmill, a ride saved as a run) makes a wrong ratio.
    ///
    /// A run is not assessed where the log begins less than 30 days before it, or where those days
    /// hold fewer than three runs. It is not assessed either where one of them has no distance and
    /// may have been the longest, because it took longer than the longest that has one or because
    /// its time is unknown. The first weeks after a break of at least 14 days are left out too (see
    /// `return-after-break`). A "run" faster than 7 m/s is taken for a ride and left out. Runs
    /// under 3 km are not flagged, nor are runs less than 1 km longer than the longest (heuristic).
    ///
    /// ## Example
    /// | date | km | outcome |
    /// |---|---|---|
    /// | 2026-01-01 | 8.0 | |
    /// | 2026-01-10 | 9.0 | |
    /// | 2026-01-20 | 10.0 | |
    /// | 2026-01-31 | 11.0 | clear 1.10 |
    /// | 2026-02-08 | 15.0 | notice 1.36 |
    /// | 2026-02-14 | 32.0 | elevated 2.13 |
    ///
    /// ## Options
    /// `window_days` (30), `min_runs` (3), `min_distance_m` (3000), `max_speed_mps` (7),
    /// `min_excess_m` (1000), `small` (1.1), `moderate` (1.3), `large` (2).
    ///
    /// ## References
    /// Frandsen 2025.
    pub static SESSION_SPIKE: Rule {
        id: "session-spike",
        name: "Single-run distance spike",
        area: Area::Load,
        evidence: Evidence::Moderate,
        is_preview: false,
        raised_by: &[Circumstance::RecentInjury],
        needs: "30 days of history before a run, with three runs that have a distance",
        not_known: "This is one exploratory study, not specific to the knee and not yet repeated. The rule does not see speed, hills or how you felt.",
        brief: Brief::new(
            "Unusually long run",
            "Build up to this distance in smaller steps.",
            &[Reading::above(Unit::Ratio, "your longest of {days} days").event("a run {} your longest of {days} days")],
        ),
        references: &[&FRANDSEN_2025],
        check: check,
    }
}

/// The classes: over `above`, with the tier here; and over what they were in the study, with the
/// hazard rate ratio there.
struct Class {
    above: fn(&Options) -> f64,
    tier: Tier,
    above_there: f64,
    in_the_study: &'static str,
    rate_ratio: &'static str,
}

static CLASSES: [Class; 3] = [
    Class {
        above: |options| options.large,
        tier: Tier::Elevated,
        above_there: 2.0,
        in_the_study: "runs more than twice as long as the recent longest",
        rate_ratio: "2.28 times as many (95% CI 1.50–3.48)",
    },
    Class {
        above: |options| options.moderate,
        tier: Tier::Notice,
        above_there: 1.3,
        in_the_study: "runs 30–100% longer than the recent longest",
        rate_ratio: "1.52 times as many (95% CI 1.16–2.00)",
    },
    Class {
        above: |options| options.small,
        tier: Tier::Notice,
        above_there: 1.1,
        in_the_study: "runs 10–30% longer than the recent longest",
        rate_ratio: "1.64 times as many (95% CI 1.31–2.05)",
    },
];

/// What the study found of runs of this ratio, whatever limits are set here.
fn study(ratio: f64) -> String {
    let class = CLASSES.iter().find(|class| ratio > class.above_there + ROUNDING);
    let found = match class {
        Some(Class { in_the_study, rate_ratio, .. }) => {
            format!(
                "{in_the_study} were followed by {rate_ratio} overuse injuries. The comparison is with runs up to 10% longer"
            )
        }
        None => "longer runs were compared with runs up to 10% longer than the recent longest".to_owned(),
    };
    format!(
        "In a study of 5,205 runners, {found}. Overall there were about 2.2 overuse injuries in 1,000 runs, so most such runs \
         were followed by none. The authors' university says that the risk already rises between 1 and 10%."
    )
}

/// A ratio over a limit by less than this is at the limit, and the limit is in the class below: 6.5
/// / 5.0 is 1.3 and not a hair more.
const ROUNDING: f64 = 1e-9;

/// The runs that are spikes, in the order of the log: those that the rule flags.
pub fn spikes<'a>(log: &'a TrainingLog, options: &Options) -> Vec<Comparison<'a>> {
    comparisons(log, options).into_iter().flatten().filter(|compared| class_of(compared, options).is_some()).collect()
}

/// The class of a spike; `None` for what is none, or too short or too little over the longest to be
/// flagged.
fn class_of(compared: &Comparison, options: &Options) -> Option<&'static Class> {
    let (run_m, longest_m) = (compared.run.distance_m()?, compared.longest.distance_m()?);
    if run_m < options.min_distance_m || run_m - longest_m < options.min_excess_m {
        return None;
    }
    CLASSES.iter().find(|class| compared.ratio > (class.above)(options) + ROUNDING)
}

/// Returns a limit as a growth: `10%` of 1.1, `12.5%` of 1.125.
fn percent_over(ratio: f64) -> String {
    let percent = 100.0 * (ratio - 1.0);
    let rounded = (10.0 * percent).round() / 10.0;
    format!("{rounded}%")
}

/// Returns a sentence where most of a run was walked, and nothing where it was not or is unknown.
fn walked(run: &Run) -> String {
    match run.value(&metric::RUNNING_SHARE) {
        Some(percent) if percent < MOSTLY_PERCENT => {
            format!(" You walked most of it: you ran for {percent:.0}% of the time on foot.")
        }
        _ => String::new(),
    }
}

/// Under this share of running (per cent of the time on foot) a run was mostly walked.
const MOSTLY_PERCENT: f64 = 50.0;

/// The longest distance (metres) that would stay in the study's reference on the log's last day:
/// 1.10 times the longest run of the days before. `None` where the rule could not be assessed on
/// that day.
pub fn reference_distance_m(log: &TrainingLog, options: &Options) -> Option<f64> {
    let from = log.as_of().saturating_add_days(-i64::from(options.window_days));
    if log.first_day()? > from || log.returning_on(log.as_of()).is_some() || log.days_of_open_break().is_some() {
        return None;
    }
    longest_of(log.runs_between(from, log.as_of()).iter(), options).map(|(_, longest_m)| longest_m * options.small)
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.session_spike);
    let comparisons = comparisons(log, options);
    let dated = log.runs().iter().zip(&comparisons).map(|(run, comparison)| (run.local_date, comparison.is_some()));
    let coverage = Coverage::count("runs", log.as_of(), dated)
        .without("enough known distances in a month before them, or without a distance of their own");
    let compared: Vec<Comparison> = comparisons.iter().copied().flatten().collect();
    let Some(closest) = compared.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio)) else {
        return not_assessed(log, options);
    };
    let flags = compared.iter().rev().filter_map(|c| flag(c, coverage, options, units));
    let is_latest_compared = comparisons.last().is_some_and(Option::is_some);
    flagged_or(flags, || {
        Outcome::Clear(Clear {
            message: clear_message(closest, compared.len(), is_latest_compared, options, units),
            measured: Some(Quantity::new(closest.ratio, Unit::Ratio)),
            limit: Some(Quantity::new(options.small, Unit::Ratio)),
            window: Window { from: compared[0].run.local_date, to: log.as_of() },
            coverage,
        })
    })
}

fn message(c: &Comparison, options: &Options, units: Units) -> Option<String> {
    let (run_m, longest_m) = (c.run.distance_m()?, c.longest.distance_m()?);
    let indoors = if c.run.sub_sport.is_indoor() || c.longest.sub_sport.is_indoor() {
        " You ran one of the two indoors, where distances are not calibrated."
    } else {
        ""
    };
    Some(format!(
        "You ran {} on {}, {} more than your longest run of the {} days before ({} on {}). More than {} is flagged.{}{indoors}",
        units.distance(run_m),
        c.run.local_date.in_words_with_weekday(),
        in_percent((c.ratio - 1.0) * 100.0),
        options.window_days,
        units.distance(longest_m),
        c.longest.local_date.in_words_of_year(),
        percent_over(options.small),
        walked(c.run),
    ))
}

fn flag(c: &Comparison, coverage: Coverage, options: &Options, units: Units) -> Option<Flag> {
    let class = class_of(c, options)?;
    let from = c.run.local_date.saturating_add_days(-i64::from(options.window_days));
    Some(Flag {
        tier: class.tier,
        message: message(c, options, units)?,
        study: study(c.ratio),
        consider: "If you repeat this distance, build up to it in smaller steps.".to_owned(),
        measured: Quantity::new(c.ratio, Unit::Ratio),
        limit: Quantity::new((class.above)(options), Unit::Ratio),
        window: Window { from, to: c.run.local_date },
        runs: vec![c.run.id.clone(), c.longest.id.clone()],
        coverage,
    })
}

fn clear_message(
    closest: &Comparison,
    compared: usize,
    is_latest_compared: bool,
    options: &Options,
    units: Units,
) -> String {
    format!(
        "{} could be compared with the {} days before. The longest by comparison was {:.2} times as long as the longest of those \
         days, on {}. More than {} and {} longer is flagged, from {} on.{}",
        if compared == 1 { "1 run".to_owned() } else { format!("{compared} runs") },
        options.window_days,
        closest.ratio,
        closest.run.local_date.in_words(),
        percent_over(options.small),
        units.distance(options.min_excess_m),
        units.distance(options.min_distance_m),
        if is_latest_compared { "" } else { " The latest run could not be compared." },
    )
}

fn not_assessed(log: &TrainingLog, options: &Options) -> Outcome {
    let without_distance = log.runs().iter().filter(|run| run.distance_m().is_none()).count();
    let missing_days = i64::from(options.window_days) + 1 - log.span_days() as i64;
    let remedy = match missing_days {
        1.. => format!("{missing_days} more days of history with at least {} runs", options.min_runs),
        _ => format!("at least {} runs within {} days, each with a distance", options.min_runs, options.window_days),
    };
    Missing::outcome(
        format!(
            "needs a run with at least {} runs in the {} days before it. The log covers {} {} with {} {}",
            options.min_runs,
            options.window_days,
            log.span_days(),
            if log.span_days() == 1 { "day" } else { "days" },
            log.runs().len(),
            match (log.runs().len(), without_distance) {
                (1, 0) => "run".to_owned(),
                (_, 0) => "runs".to_owned(),
                (_, n) => format!("runs, {n} of them without a distance"),
            },
        ),
        Remedy::History(remedy),
    )
}

#[cfg(test)]
mod tests;
