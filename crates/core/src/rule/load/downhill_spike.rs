//! Much more downhill than the month before.

use crate::doc::documented;
use crate::knowledge::reference::{ESCULIER_2016, SHIH_2023, TELHAN_2010};
use crate::log::TrainingLog;
use crate::measure::metric::DESCENT_BY_ALTITUDE;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::climb::altitude::Altitude;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units};

use super::days::{goes_on, run_ids};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Circumstance, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window,
    flagged_or, latest_first,
};

use measured::{Comparison, Measured, Steep, is_habit_of_runs, measure, steep_weeks, week_limit_m};

mod measured;

settable! {
    /// Days before a run whose largest descent it is compared with.
    window_days: u32 = 30, 1..=3660;
    /// Runs with an altitude that must lie in the window.
    min_runs: usize = 3, 1..=10_000;
    /// A run with a descent above so many times the largest of the window, or a week with downhill
    /// above so many times the mean week of the four before, is
    /// flagged.
    info_ratio: f64 = 2.0, 0.1..=100.0;
    /// A run with less descent than this (metres) is not.
    min_descent_m: f64 = 150.0, 0.0..=1e7;
    /// A week with less downhill than this (metres along) is not.
    min_downhill_m: f64 = 1500.0, 0.0..=1e7;
    /// Days of the year before with about as much that make it a habit, which is not flagged.
    habit_runs: usize = 3, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Looks for much more downhill running than usual:
    ///
    /// * a run that descends more than twice as far as any run of the 30 days before it, and at
    ///   least 150 m; or
    /// * seven days with more than twice the downhill distance (on slopes of at least 5%) of an
    ///   average week of the four before, and at least 1.5 km (the distance is heuristic).
    ///
    /// Either is info, or notice with knee pain in your diary. Days over the second limit with less
    /// than a week between them are one finding, and none where a run among them is already one. A
    /// habit is not flagged: about as much downhill (nine tenths) on three days of the year before,
    /// as with runners who alternate flat and hilly routes. For weeks it takes fourteen such days
    /// (heuristics).
    ///
    /// ## Why it matters
    /// The reason is mechanics. At the same speed a decline of 4° (7%) changed the work of the knee
    /// more than that of any other joint. On a slope of 6° the knee gave the largest share of the
    /// support. Runners with pain around the kneecap often mention more downhill or stairs. No
    /// study of how often injuries follow was found.
    ///
    /// ## Limits
    /// The rule compares two counts of the metres descended: the device's total, and a count from
    /// the recorded altitude, made alike for every device (see `descent_by_altitude_m`). It reports
    /// the one that grew less. Both are only as good as the altitude: where it comes from a
    /// satellite receiver instead of a barometer, the finding says so and weighs little. The rule
    /// does not see how fast you ran downhill or on what surface.
    ///
    /// The first part needs 30 days of history and three runs with an altitude in them. The second
    /// needs 35 days and an altitude in every outdoor run. Neither is assessed in the first weeks
    /// after a break of at least 14 days (see `return-after-break`). Where only one part could be
    /// assessed, the report says so.
    ///
    /// ## Example
    /// | date | km | `descent_by_altitude_m` | `downhill_m` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-01-01 | 10.0 | 80 | 200 | |
    /// | 2026-01-08 | 10.0 | 100 | 300 | |
    /// | 2026-01-15 | 10.0 | 90 | 300 | |
    /// | 2026-01-22 | 10.0 | 90 | 300 | not assessed |
    /// | 2026-01-31 | 10.0 | 200 | 1200 | clear 200 |
    /// | 2026-02-07 | 14.0 | 401 | 1400 | info 401 |
    /// | 2026-02-15 | 14.0 | 300 | 1400 | |
    /// | 2026-02-17 | 14.0 | 300 | 1400 | info 2800 |
    ///
    /// ## Options
    /// `window_days` (30), `min_runs` (3), `info_ratio` (2), `min_descent_m` (150),
    /// `min_downhill_m` (1500), `habit_runs` (3).
    ///
    /// ## References
    /// Telhan 2010, Shih 2023, Esculier 2016.
    pub static DOWNHILL_SPIKE: Rule {
        id: "downhill-spike",
        name: "Downhill running",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[Circumstance::KneePain],
        needs: "30 days of history with an altitude in three runs",
        not_known: "Whether injuries follow is unknown: the evidence is laboratory forces and what runners with pain report. The rule does not see pace or surface.",
        brief: Brief::new(
            "Sudden downhill running",
            "Add downhill more gradually, and make your next run a flat one.",
            &[Reading::above(Unit::Metres, "downhill").event("{} downhill")],
        ),
        references: &[
            &TELHAN_2010,
            &SHIH_2023,
            &ESCULIER_2016,
        ],
        check: check,
    }
}

const STUDY: &str = "In laboratory studies the knee does more of the work on a decline. No study has counted how often injuries follow.";

/// Days of a week, and of the four weeks before it.
const WEEK_DAYS: i64 = 7;
const BASE_DAYS: i64 = 28;

/// What of the altitude of runs is to be said.
fn doubt<'a>(mut runs: impl Iterator<Item = &'a Run>) -> &'static str {
    let is_sure = |run: &Run| {
        let basis = run.measured(&DESCENT_BY_ALTITUDE).map(|measured| measured.basis);
        [Altitude::Swaying, Altitude::Sparse].iter().all(|doubtful| basis != Some(doubtful.basis()))
    };
    if runs.all(is_sure) {
        ""
    } else {
        " Low confidence: the altitude may come from satellites, and may vary by more than the hills."
    }
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.downhill_spike);
    let measured = measure(log, options);
    if measured.runs.is_empty() && measured.weeks.iter().all(Option::is_none) {
        return not_assessed(log, options);
    }
    let is_spike = |c: &&Comparison| c.is_spike(options) && !is_habit_of_runs(log, c, options);
    let spikes: Vec<&Comparison> = measured.runs.iter().filter(is_spike).collect();
    let of_runs = spikes.iter().map(|c| flag_of_run(c, measured.coverage, options));
    let steep = steep_weeks(log, &measured, &spikes, options);
    let of_weeks = steep.iter().map(|week| flag_of_week(week, log, measured.coverage, options, units));
    flagged_or(latest_first(of_runs.chain(of_weeks)), || clear(log, options, units, &measured))
}

fn message_of_run(c: &Comparison, options: &Options) -> String {
    format!(
        "You descended {:.0} m on {}. Your largest descent in the {} days before was {:.0} m, on {}. More than {:.0} times that is \
         flagged.{}",
        c.descent_m,
        c.run.local_date.in_words_with_weekday(),
        options.window_days,
        c.most_m,
        c.most.local_date.in_words_of_year(),
        options.info_ratio,
        doubt([c.run, c.most].into_iter()),
    )
}

fn message_of_week(week: &Steep, log: &TrainingLog, options: &Options, units: Units) -> String {
    let days = log.days();
    format!(
        "You ran {} downhill in the {WEEK_DAYS} days to {}, compared with your usual {} a week. More than {} is flagged. Slopes of at \
         least 5% count.{}{}",
        units.distance(week.metres),
        days[week.episode.peak].date.in_words(),
        units.distance(week.base_m),
        units.distance(week_limit_m(week.base_m, options)),
        goes_on(days, &week.episode, "over its limit"),
        doubt(log.runs_between(week.window.from, week.window.to).iter()),
    )
}

fn flag_of_run(c: &Comparison, coverage: Coverage, options: &Options) -> Flag {
    let from = c.run.local_date.saturating_add_days(-i64::from(options.window_days));
    let limit_m = c.limit_m(options);
    let (window, runs) = (Window { from, to: c.run.local_date }, vec![c.run.id.clone(), c.most.id.clone()]);
    flag(message_of_run(c, options), c.descent_m, limit_m, window, runs, coverage)
}

fn flag_of_week(week: &Steep, log: &TrainingLog, coverage: Coverage, options: &Options, units: Units) -> Flag {
    let message = message_of_week(week, log, options, units);
    let limit_m = week_limit_m(week.base_m, options);
    flag(message, week.metres, limit_m, week.window, run_ids(log, week.window), coverage)
}

fn flag(message: String, measured_m: f64, limit_m: f64, window: Window, runs: Vec<String>, coverage: Coverage) -> Flag {
    Flag {
        tier: Tier::Info,
        message,
        study: STUDY.to_owned(),
        consider: "Add downhill running more gradually, and make your next run a flat one.".to_owned(),
        measured: Quantity::new(measured_m, Unit::Metres),
        limit: Quantity::new(limit_m, Unit::Metres),
        window,
        runs,
        coverage,
    }
}

/// Nothing was found in what could be looked at: runs, weeks or both.
fn clear(log: &TrainingLog, options: &Options, units: Units, measured: &Measured) -> Outcome {
    let Measured { runs: compared, weeks: downhill, coverage } = measured;
    let over_run = |c: &Comparison| c.descent_m / c.limit_m(options);
    let over_week = |(metres, base_m): (f64, f64)| metres / week_limit_m(base_m, options);
    let closest_run = compared.iter().max_by(|a, b| over_run(a).total_cmp(&over_run(b)));
    let weeks = log.days().iter().zip(downhill).filter_map(|(day, week)| Some((day.date, (*week)?)));
    let closest_week = weeks.max_by(|a, b| over_week(a.1).total_cmp(&over_week(b.1)));
    let of_runs = closest_run.map_or_else(
        || "No run could be compared with the month before it.".to_owned(),
        |closest| {
            format!(
                "The run closest to the limit descended {:.0} m, on {}. More than {:.0} m is flagged. {} runs could be compared with the {} \
                 days before.{}",
                closest.descent_m,
                closest.run.local_date.in_words(),
                closest.limit_m(options),
                compared.len(),
                options.window_days,
                doubt([closest.run, closest.most].into_iter()),
            )
        },
    );
    let of_weeks = closest_week.map_or_else(
        || {
            format!(
                "Weeks could not be compared: that takes {} days without a break, and an altitude in every outdoor run.",
                WEEK_DAYS + BASE_DAYS
            )
        },
        |(to, (metres, base_m))| {
            format!(
                "The seven days closest to the limit had {} downhill, to {}. More than {} is flagged.",
                units.distance(metres),
                to.in_words(),
                units.distance(week_limit_m(base_m, options)),
            )
        },
    );
    let of_run = closest_run.map(|closest| (closest.descent_m, closest.limit_m(options)));
    let of_week = closest_week.map(|(_, (metres, base_m))| (metres, week_limit_m(base_m, options)));
    let told = of_run.or(of_week);
    Outcome::Clear(Clear {
        message: format!("{of_runs} {of_weeks}"),
        measured: told.map(|(metres, _)| Quantity::new(metres, Unit::Metres)),
        limit: told.map(|(_, limit_m)| Quantity::new(limit_m, Unit::Metres)),
        window: Window { from: log.days()[0].date, to: log.as_of() },
        coverage: *coverage,
    })
}

fn not_assessed(log: &TrainingLog, options: &Options) -> Outcome {
    let with_altitude = log.runs().iter().filter(|run| run.value(&DESCENT_BY_ALTITUDE).is_some()).count();
    Missing::outcome(
        format!(
            "needs {} days of history before a run, with {} runs that have an altitude and no return from a break. The log covers {} days; \
             {with_altitude} of {} runs have an altitude",
            options.window_days,
            options.min_runs,
            log.span_days(),
            log.runs().len(),
        ),
        match with_altitude {
            0 => "files with an altitude".to_owned(),
            _ => format!("{} runs with an altitude within {} days", options.min_runs + 1, options.window_days),
        },
    )
}

#[cfg(test)]
mod tests;
