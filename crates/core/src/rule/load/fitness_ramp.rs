//! Load that comes on faster, or stands higher above the usual, than coaches' numbers for it.

use crate::doc::documented;
use crate::knowledge::reference::{FRIEL_2015, LOVDAL_2021, MORTON_1990};
use crate::log::{Day, TrainingLog};
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::days::{Episode, episodes, goes_on, highest, run_ids, too_short};
use super::points::{self, Chosen, Points, Scale};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
    latest_first,
};

settable! {
    /// A rise in fitness within a week above this (points) is for information.
    info_points: f64 = 5.0, 0.0..=1000.0;
    /// A rise above this (points) is worth watching.
    notice_points: f64 = 8.0, 0.0..=1000.0;
    /// Form below this (points) is for information.
    form_points: f64 = -30.0, -1000.0..=0.0;
    /// Points for an hour of running where pace stress is not known.
    points_per_hour: f64 = 50.0, 0.0..=1e7;
    /// Points for a kilometre where the time is not known either.
    points_per_km: f64 = 5.0, 0.0..=1e7;
}

documented! {
    /// ## What it does
    /// Works out two averages of the daily load in which later days weigh more: fitness (CTL), over
    /// about 42 days, and fatigue (ATL), over about 7. Each day moves an average by `1 − e^(−1/N)`
    /// of the way to the day's load, where N is 42 or 7. Both start from the average day of the
    /// first 28. They are used once that start weighs a tenth or less: fitness from day 97, fatigue
    /// from day 17.
    ///
    /// * `ramp = fitness − fitness seven days before`: over 5 points is info, over 8 notice.
    /// * `form (TSB) = fitness − fatigue`, both of the day before: below −30 points is info.
    ///
    /// Days of the same kind with less than a week between them are one finding, described by the
    /// most extreme.
    ///
    /// An hour at threshold pace is 100 points. Each day takes the best load that four in five runs
    /// of its 49 days have: **pace stress**, which needs your threshold pace; otherwise the
    /// **time** on the timer at 50 points an hour, about the value of an easy hour (heuristic);
    /// otherwise the **distance** at 5 points a kilometre (heuristic). A run without that load is
    /// estimated from what it has, by the median ratio of your other runs, of which ten must have
    /// both. The finding names the load, and how many runs were estimated. Loads by heart rate and
    /// session-RPE are left out: they are on other scales, and these limits were not made for them.
    ///
    /// ## Why it matters
    /// The limits are coaches' numbers, and the model behind them describes performance. On
    /// injuries there is a re-analysis of the open logs of 74 Dutch runners (496 injuries in 33,640
    /// runner-days; not peer-reviewed). Each further point of ramp had odds 1.04 times as high (95%
    /// CI 1.01–1.08). Its ramp is a different one: it compares a week with the two weeks before,
    /// because the data reach back 21 days, and its points rest on assumed paces. Above 8 points
    /// there were two injuries, too few for a conclusion. No study of injuries looked at form.
    ///
    /// ## Limits
    /// It describes training. It measures neither how fit somebody is nor what tissue can bear.
    /// Points by time or distance count all running as easy. Form is not assessed before day 98 and
    /// ramp not before day 104. Neither is assessed in the first weeks after a break of at least 14
    /// days (see `return-after-break`), or where too few runs have any one of these loads.
    ///
    /// ## Example
    /// | date | km | min | outcome |
    /// |---|---|---|---|
    /// | 2026-01-04 | 10.0 | 60 | |
    /// | 2026-01-11 | 10.0 | 60 | |
    /// | 2026-01-18 | 10.0 | 60 | |
    /// | 2026-01-25 | 10.0 | 60 | |
    /// | 2026-02-01 | 10.0 | 60 | |
    /// | 2026-02-08 | 10.0 | 60 | |
    /// | 2026-02-15 | 10.0 | 60 | |
    /// | 2026-02-22 | 10.0 | 60 | |
    /// | 2026-03-01 | 10.0 | 60 | |
    /// | 2026-03-08 | 10.0 | 60 | |
    /// | 2026-03-15 | 10.0 | 60 | |
    /// | 2026-03-22 | 10.0 | 60 | |
    /// | 2026-03-29 | 10.0 | 60 | |
    /// | 2026-04-05 | 10.0 | 60 | not assessed |
    /// | 2026-04-12 | 10.0 | 60 | |
    /// | 2026-04-18 | 10.0 | 60 | clear 1.17 |
    /// | 2026-04-20 | 20.0 | 120 | clear 2.32 |
    /// | 2026-04-22 | 20.0 | 120 | clear 5 |
    /// | 2026-04-24 | 20.0 | 120 | info 7 |
    /// | 2026-04-26 | 20.0 | 120 | info 8 |
    /// | 2026-04-28 | 30.0 | 180 | notice 8 |
    ///
    /// ## Options
    /// `info_points` (5), `notice_points` (8), `form_points` (-30), `points_per_hour` (50),
    /// `points_per_km` (5).
    ///
    /// ## References
    /// Morton 1990, Friel 2015, Lövdal 2021.
    pub static FITNESS_RAMP: Rule {
        id: "fitness-ramp",
        name: "Fast rise in fitness and fatigue",
        area: Area::Load,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "98 days of history, with a time or a distance for each run",
        not_known: "Whether these measures are linked to injuries is unknown. The limits are coaches' numbers, made for performance.",
        brief: Brief::new(
            "Fast rise in load",
            "Run a lighter week before adding more.",
            &[
                Reading::above(Unit::Arbitrary, "more fitness in a week").in_words("points").event("a week that added {} of fitness"),
                Reading::above(Unit::Arbitrary, "more fatigue than fitness").below_zero().in_words("points").event("a week with fatigue {} above fitness"),
            ],
        ),
        references: &[
            &MORTON_1990,
            &FRIEL_2015,
            &LOVDAL_2021,
        ],
        check: check,
    }
}

const STUDY: &str = "The limit is a coach's number. The model describes training; it measures neither fitness nor what tissue can bear. In a \
    re-analysis of the logs of 74 runners (496 injuries in 33,640 runner-days; not peer-reviewed), each point of a similar ramp over 21 \
    days, with assumed paces, was followed by slightly more injuries (odds 1.04 times as high, 95% CI 1.01–1.08).";

const STUDY_OF_FORM: &str = "The limit is a custom of training software. No study has linked it to injuries.";

/// The days that form takes: fitness is settled on day 97, and form is of the day before.
const FIRST_DAYS: usize = 98;

/// The days that a rise of fitness takes: settled at both ends of seven days.
const RAMP_DAYS: usize = 104;

/// Of two stretches with less between them (days) neither is news.
const QUIET_DAYS: usize = 7;

/// Points with so many decimals; what is rounded to none has no sign.
fn rounded(points: f64, decimals: usize) -> String {
    let words = format!("{points:.decimals$}");
    match words.strip_prefix('-') {
        Some(none) if none.chars().all(|c| matches!(c, '0' | '.')) => none.to_owned(),
        _ => words,
    }
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.fitness_ramp;
    if let Some(missing) = too_short(log, FIRST_DAYS) {
        return missing;
    }
    let loads = points::of(log, runner, &Scale { per_hour: options.points_per_hour, per_km: options.points_per_km });
    let measured = measure(log, &loads);
    if measured.coverage.assessed == 0 {
        return Missing::outcome(
            format!("needs {FIRST_DAYS} days of history with a time or a distance for each run, and no recent break"),
            "a time or a distance for each run, and two to four weeks after a break",
        );
    }
    let flags = found(&measured, options).into_iter().map(|found| flag(&found, log, &measured, options));
    flagged_or(latest_first(flags), || clear(log, &measured, options))
}

/// The rise of fitness and the form on each day of the log.
struct Measured<'a> {
    chosen: Chosen<'a>,
    coverage: Coverage,
}

fn measure<'a>(log: &TrainingLog, loads: &'a [Points]) -> Measured<'a> {
    let chosen = points::choose(log, loads);
    let dated = log.days().iter().zip(chosen.ramps.iter().zip(&chosen.depths));
    let dated = dated.map(|(day, (ramp, depth))| (day.date, ramp.is_some() || depth.is_some()));
    let coverage = Coverage::count("days", log.as_of(), dated);
    Measured { chosen, coverage }
}

/// A stretch of days over a limit.
enum Found {
    /// Of a fast rise of fitness.
    Steep(Episode),
    /// Of a low form; the value is how far below 0.
    Deep(Episode),
}

fn found(measured: &Measured, options: &Options) -> Vec<Found> {
    let Chosen { ramps, depths, .. } = &measured.chosen;
    let steep = episodes(ramps, options.info_points, QUIET_DAYS).into_iter().map(Found::Steep);
    let deep = episodes(depths, -options.form_points, QUIET_DAYS).into_iter().map(Found::Deep);
    steep.chain(deep).collect()
}

impl Found {
    /// The tier, and the limit that was passed, in points.
    fn tier(&self, options: &Options) -> (Tier, f64) {
        match self {
            Self::Steep(episode) if episode.value > options.notice_points => (Tier::Notice, options.notice_points),
            Self::Steep(_) => (Tier::Info, options.info_points),
            Self::Deep(_) => (Tier::Info, options.form_points),
        }
    }

    fn message(&self, days: &[Day], points: &[Option<&Points>], options: &Options) -> String {
        let (Self::Steep(episode) | Self::Deep(episode)) = self;
        let (on, words) = (days[episode.peak].date.in_words(), words(points, episode.peak));
        let estimated =
            points[episode.peak].map_or_else(String::new, |points| points.estimated(days[episode.peak].date));
        match self {
            Self::Steep(episode) => format!(
                "Your fitness rose by {:.1} points in the 7 days to {on}. More than {:.0} is flagged. Fitness is the average daily load \
                 over about 42 days. Points: {words}.{estimated}{}",
                episode.value,
                self.tier(options).1,
                goes_on(days, episode, &format!("over {:.0}", options.info_points)),
            ),
            Self::Deep(episode) => format!(
                "On {on} your form was {:.0} points: the last week was far above your usual. Below {:.0} is flagged. Form is fitness \
                 minus fatigue. Points: {words}.{estimated}{}",
                -episode.value,
                options.form_points,
                goes_on(days, episode, &format!("below {:.0}", options.form_points)),
            ),
        }
    }
}

/// What the points of a day are, for people.
fn words<'a>(points: &[Option<&'a Points>], at: usize) -> &'a str {
    points[at].map_or("", |points| points.words.as_str())
}

fn flag(found: &Found, log: &TrainingLog, measured: &Measured, options: &Options) -> Flag {
    let days = log.days();
    let (episode, days_before, study, points) = match found {
        Found::Steep(episode) => (episode, 6, STUDY, episode.value),
        Found::Deep(episode) => (episode, 7, STUDY_OF_FORM, -episode.value),
    };
    let (tier, limit) = found.tier(options);
    let from = days[episode.first].date.saturating_add_days(-days_before);
    let window = Window { from, to: days[episode.last].date };
    Flag {
        tier,
        message: found.message(days, &measured.chosen.points, options),
        study: study.to_owned(),
        consider: "Run a lighter week before adding more.".to_owned(),
        measured: Quantity::new(points, Unit::Arbitrary),
        limit: Quantity::new(limit, Unit::Arbitrary),
        window,
        runs: run_ids(log, window),
        coverage: measured.coverage,
    }
}

fn clear(log: &TrainingLog, measured: &Measured, options: &Options) -> Outcome {
    let days = log.days();
    let Chosen { ramps, depths, points } = &measured.chosen;
    let lowest = highest(depths).map_or_else(
        || "not known: it takes a load on every day".to_owned(),
        |(i, depth)| format!("{} points, on {}", rounded(-depth, 0), days[i].date.in_words()),
    );
    let (ramp, steepest) = match highest(ramps) {
        Some((i, ramp)) => {
            (Some(ramp), format!("{} points, in the 7 days to {}", rounded(ramp, 1), days[i].date.in_words()))
        }
        None => (None, format!("not known: it takes {RAMP_DAYS} days")),
    };
    let latest = (0..days.len()).rev().find(|i| points[*i].is_some()).map_or("", |i| words(points, i));
    Outcome::Clear(Clear {
        message: format!(
            "The steepest rise in fitness within a week was {steepest}. More than {:.0} is flagged. The lowest form was {lowest}. \
             Below {:.0} is flagged. Points: {}.",
            options.info_points, options.form_points, latest,
        ),
        measured: ramp.map(|ramp| Quantity::new(ramp, Unit::Arbitrary)),
        limit: Some(Quantity::new(options.info_points, Unit::Arbitrary)),
        window: Window { from: days[0].date, to: log.as_of() },
        coverage: measured.coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::{DISTANCE, TIMER};
    use crate::run::Run;
    use jiff::civil::{Weekday, date};
    use kneewise_read::time::Timestamp;

    /// What is said of 600 days with blocks of twice the running, one run with or without a time of
    /// its own.
    fn said(without_time: Option<i64>) -> Vec<(f64, String)> {
        let first = Timestamp::from_unix_s(1_735_689_600).expect("in range");
        let run = |day: i64| {
            let km = if day % 60 < 15 { 24.0 } else { 5.0 + (day % 3) as f64 };
            let start = first.plus_seconds(86_400.0 * day as f64);
            let time = [(&DISTANCE, km * 1000.0), (&TIMER, km * 360.0)];
            let has = if without_time == Some(day) { 1 } else { 2 };
            Run::summary(start, Some(0), &time[..has])
        };
        let log = TrainingLog::new((0..600).map(run).collect(), date(2026, 8, 23), Weekday::Monday);
        match check(&log, &Runner::default(), &rule::Options::default()) {
            Outcome::Flagged(flags) => flags.into_iter().map(|flag| (flag.measured.value, flag.message)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_run_without_a_time_changes_the_load_of_no_window_and_is_said() {
        let (all, one) = (said(None), said(Some(310)));
        assert!(all.len() > 5 && all.len() == one.len(), "{} {}", all.len(), one.len());
        for ((whole, _), (estimated, message)) in all.iter().zip(&one) {
            assert!((whole - estimated).abs() < 0.01, "{whole} {estimated}: {message}");
            assert!(message.contains("for an hour of running"), "{message}");
        }
        let told: Vec<&String> =
            one.iter().map(|(_, message)| message).filter(|text| text.contains("has no time")).collect();
        assert!(!told.is_empty() && told.len() < one.len(), "{told:?}");
        assert!(told[0].contains("estimated from the distance"), "{}", told[0]);
        assert!(all.iter().all(|(_, message)| !message.contains("estimated")));
    }

    #[test]
    fn there_is_no_minus_nothing() {
        assert_eq!([-0.04, -0.06, -0.0, 0.04].map(|points| rounded(points, 1)), ["0.0", "-0.1", "0.0", "0.0"]);
        assert_eq!([-0.4, -0.6].map(|points| rounded(points, 0)), ["0", "-1"]);
    }
}
