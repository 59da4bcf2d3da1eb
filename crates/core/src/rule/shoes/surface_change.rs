//! Much more, or much less, on treadmill, track or trail than in the weeks before.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::baseline::Surface;
use crate::doc::documented;
use crate::knowledge::reference::VAN_DER_WORP_2015;
use crate::log::TrainingLog;
use crate::run::Run;
use crate::runner::Runner;
use kneewise_read::sport::SubSport;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, in_percent};

use crate::rule::brief::{Brief, Reading};
use crate::rule::form::own_form;
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
    latest_first,
};

settable! {
    /// Days up to a run, including its day.
    recent_days: u32 = 14, 1..=3660;
    /// Days before those.
    before_days: u32 = 28, 1..=3660;
    /// Runs that each of the two must have.
    min_runs: usize = 4, 1..=10_000;
    /// A share that differs by more than this (percentage points) is flagged.
    shift_points: f64 = 40.0, 0.0..=1000.0;
    /// Days before in which a share about as high, or as low, makes it a habit, which is not
    /// flagged.
    habit_days: u32 = 365, 1..=3660;
}

documented! {
    /// ## What it does
    /// Compares, on the day of each run, the share of the distance on treadmill, track and trail
    /// over the 14 days up to it with the 28 days before those. Both need at least four runs, all
    /// with a distance, and all 42 days must be within the log. A share that differs by more than
    /// 40 percentage points is info: one finding for as long as it lasts, with the day on which it
    /// differed most. It is no finding where the share was as high (or, for less, as low) to within
    /// 10 points in 14 days of the year before: alternating is a habit.
    ///
    /// ## Why it matters
    /// A new surface loads different tissue, and much of it at once is new to the body: an idea of
    /// coaches. Studies of surfaces and injuries are few and disagree. In a systematic review,
    /// running on concrete was linked to more injuries in women. Its summary gives no absolute
    /// numbers.
    ///
    /// ## Limits
    /// All of it is heuristic. The surface is the one the file names, and most files name none:
    /// asphalt, gravel and a trail recorded as a plain run all count as the rest. Distances indoors
    /// are not calibrated. Nothing is compared in the first weeks after a break of at least 14
    /// days.
    ///
    /// ## Example
    /// | date | km | ground | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 10 | | |
    /// | 2026-03-08 | 10 | | |
    /// | 2026-03-12 | 10 | | |
    /// | 2026-03-15 | 10 | | |
    /// | 2026-03-22 | 10 | | |
    /// | 2026-03-30 | 10 | | |
    /// | 2026-04-02 | 10 | | |
    /// | 2026-04-06 | 10 | | |
    /// | 2026-04-10 | 10 | trail | not assessed |
    /// | 2026-04-11 | 10 | trail | clear 40 |
    /// | 2026-04-12 | 10 | trail | info 50 |
    ///
    /// ## Options
    /// `recent_days` (14), `before_days` (28), `min_runs` (4), `shift_points` (40), `habit_days`
    /// (365).
    ///
    /// ## References
    /// van der Worp 2015.
    pub static SURFACE_CHANGE: Rule {
        id: "surface-change",
        name: "Running surface",
        area: Area::Shoes,
        evidence: Evidence::Heuristic,
        is_preview: false,
        raised_by: &[],
        needs: "six weeks with runs whose files name the surface, at least four runs in the last two weeks and in the four before",
        not_known: "Whether a change of surface is linked to injuries is unknown. The surface is only the one the file names.",
        brief: Brief::new(
            "Change of surface",
            "Alternate the new surface with the one you are used to.",
            &[Reading::above(Unit::Percent, "on another surface").in_words("points").event("a change of surface by {}")],
        ),
        references: &[&VAN_DER_WORP_2015],
        check: check,
    }
}

const GROUNDS: [Surface; 3] = [Surface::Treadmill, Surface::Track, Surface::Trail];

/// How the share of a ground differs on the day of a run.
#[derive(Clone, Copy)]
struct Shift {
    ground: Surface,
    day: Date,
    recent_percent: f64,
    before_percent: f64,
}

impl Shift {
    fn points(&self) -> f64 {
        self.recent_percent - self.before_percent
    }

    /// How large it is to either side, in percentage points.
    fn size(&self) -> f64 {
        self.points().abs()
    }
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.surface_change;
    let names = |run: &&Run| run.sub_sport != SubSport::Generic && run.sub_sport != SubSport::Unknown;
    let named = log.runs().iter().filter(names).count();
    if named == 0 {
        return Missing::outcome(
            format!("needs runs whose files name the surface. None of {} runs does", log.runs().len()),
            "record with the treadmill, track or trail profile of the watch",
        );
    }
    let measured = measure(log, options);
    let Some(largest) = measured.largest() else { return not_assessed(log, options) };
    let large = measured.large(options);
    let flags = latest_first(large.iter().map(|shift| flag(shift, log, measured.coverage, options)));
    flagged_or(flags, || clear(log, &measured, largest, named, options))
}

struct Measured {
    /// By [`shifts`], of each day with a run that can be compared.
    shifts: Vec<[Shift; 3]>,
    /// The shares of the days up to each day with a run, as far as they are known.
    known: Vec<(Date, [f64; 3])>,
    coverage: Coverage,
}

fn measure(log: &TrainingLog, options: &Options) -> Measured {
    let mut days: Vec<Date> = log.runs().iter().map(|run| run.local_date).collect();
    days.dedup();
    let shifts: Vec<[Shift; 3]> = days.iter().filter_map(|day| shifts(log, *day, options)).collect();
    let compared: BTreeSet<Date> = shifts.iter().map(|of_day| of_day[0].day).collect();
    let dated = log.runs().iter().map(|run| (run.local_date, compared.contains(&run.local_date)));
    let coverage = Coverage::count("runs", log.as_of(), dated)
        .without("enough runs, all with a distance, in the days up to them and in those before");
    let known = days.iter().filter_map(|day| Some((*day, shares(log, spans(*day, options)[0], options)?))).collect();
    Measured { shifts, known, coverage }
}

impl Measured {
    fn largest(&self) -> Option<&Shift> {
        self.shifts.iter().flatten().max_by(|a, b| Shift::size(a).total_cmp(&Shift::size(b)))
    }

    /// Of each stretch of days over the limit the largest shift, ground by ground.
    fn large(&self, options: &Options) -> Vec<Shift> {
        let mut large = Vec::new();
        for ground in 0..GROUNDS.len() {
            let of_ground: Vec<Shift> = self.shifts.iter().map(|of_day| of_day[ground]).collect();
            let side = |shift: &Shift| {
                let is_large = shift.size() > options.shift_points && !is_habit(shift, ground, &self.known, options);
                is_large.then_some(shift.points() > 0.0)
            };
            let rows = own_form::in_a_row(&of_ground, side, 1);
            large.extend(rows.filter_map(|row| row.iter().max_by(|a, b| a.size().total_cmp(&b.size())).copied()));
        }
        large
    }
}

fn clear(log: &TrainingLog, measured: &Measured, largest: &Shift, named: usize, options: &Options) -> Outcome {
    Outcome::Clear(Clear {
        message: format!(
            "Your largest change of surface was {:+.0} percentage points ({}, {}), over {} days compared with the {} before. More than {:.0} \
             is flagged, unless it is a habit. The files of {named} of {} runs name the surface.",
            largest.points(),
            largest.ground,
            own_form::day(largest.day),
            options.recent_days,
            options.before_days,
            options.shift_points,
            log.runs().len(),
        ),
        measured: Some(Quantity::new(largest.size(), Unit::Percent)),
        limit: Some(Quantity::new(options.shift_points, Unit::Percent)),
        window: Window { from: measured.shifts[0][0].day, to: log.as_of() },
        coverage: measured.coverage,
    })
}

fn not_assessed(log: &TrainingLog, options: &Options) -> Outcome {
    let Options { recent_days, before_days, min_runs, .. } = options;
    Missing::outcome(
        format!(
            "needs {min_runs} runs in {recent_days} days and {min_runs} in the {before_days} before, each with a distance and without a \
             break. The log covers {} days with {}",
            log.span_days(),
            own_form::runs(log.runs().len()),
        ),
        format!(
            "{} days without a break, with {min_runs} runs in the last {recent_days} and in the {before_days} before",
            recent_days + before_days,
        ),
    )
}

/// A share within this (percentage points) of an earlier one is no news.
const ALIKE_POINTS: f64 = 10.0;

/// Whether the share was about as far to the same side in a span of the year before.
fn is_habit(shift: &Shift, ground: usize, known: &[(Date, [f64; 3])], options: &Options) -> bool {
    let [recent, _] = spans(shift.day, options);
    let first = recent.from.saturating_add_days(-i64::from(options.habit_days));
    let before = known.iter().filter(|(day, _)| (first..recent.from).contains(day));
    before.map(|(_, shares)| shares[ground]).any(|earlier| {
        let further = (shift.recent_percent - earlier) * shift.points().signum();
        further <= ALIKE_POINTS
    })
}

/// The days up to a day, and those before them.
fn spans(day: Date, options: &Options) -> [Window; 2] {
    let from = day.saturating_add_days(1 - i64::from(options.recent_days));
    let before = from.saturating_add_days(-1);
    let first = from.saturating_add_days(-i64::from(options.before_days));
    [Window { from, to: day }, Window { from: first, to: before }]
}

/// How the shares differ on a day; `None` where there is too little to compare.
fn shifts(log: &TrainingLog, day: Date, options: &Options) -> Option<[Shift; 3]> {
    let [recent, before] = spans(day, options);
    if log.first_day()? > before.from || log.returning_on(day).is_some() {
        return None;
    }
    let (recent, before) = (shares(log, recent, options)?, shares(log, before, options)?);
    let shift = |i: usize| Shift { ground: GROUNDS[i], day, recent_percent: recent[i], before_percent: before[i] };
    Some([shift(0), shift(1), shift(2)])
}

/// The share of the distance on each ground, in per cent; `None` where a run names no distance.
fn shares(log: &TrainingLog, days: Window, options: &Options) -> Option<[f64; 3]> {
    let runs = log.runs_between(days.from, days.to).iter();
    let runs: Vec<(Surface, f64)> = runs
        .map(|run| Some((Surface::of(run.sub_sport), run.distance_m().filter(|metres| metres.is_finite())?)))
        .collect::<Option<_>>()?;
    let all: f64 = runs.iter().map(|(_, metres)| metres).sum();
    // Not `sum`, which is -0 of none.
    let on = |ground| runs.iter().filter(|(on, _)| *on == ground).fold(0.0, |sum, (_, metres)| sum + metres);
    let share = |ground| 100.0 * on(ground) / all;
    (runs.len() >= options.min_runs.max(1) && all > 0.0).then(|| GROUNDS.map(share))
}

fn flag(shift: &Shift, log: &TrainingLog, coverage: Coverage, options: &Options) -> Flag {
    let [recent, before] = spans(shift.day, options);
    let on_it =
        log.runs_between(recent.from, recent.to).iter().filter(|run| Surface::of(run.sub_sport) == shift.ground);
    Flag {
        tier: Tier::Info,
        message: format!(
            "You ran {} of your distance on {} in the {} days to {}, compared with {} in the {} days before. A change of more than \
             {:.0} percentage points is flagged.",
            in_percent(shift.recent_percent),
            shift.ground,
            options.recent_days,
            own_form::day(shift.day),
            in_percent(shift.before_percent),
            options.before_days,
            options.shift_points,
        ),
        study: "No study has linked a change of surface with injuries. Studies of surfaces are few and disagree."
            .to_owned(),
        consider: "Change surfaces over some weeks.".to_owned(),
        measured: Quantity::new(shift.points().abs(), Unit::Percent),
        limit: Quantity::new(options.shift_points, Unit::Percent),
        window: Window { from: before.from, to: recent.to },
        runs: on_it.map(|run| run.id.clone()).collect(),
        coverage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    #[test]
    fn forty_points_are_not_more_than_forty() {
        let said = |on_treadmill: &[i64]| {
            let run = |n: i64| {
                let mut run = made::with(n, &[]);
                run.sub_sport = if on_treadmill.contains(&n) { SubSport::Treadmill } else { SubSport::Street };
                run
            };
            let days = [0, 7, 14, 21, 30, 33, 36, 39, 41];
            made::said(&SURFACE_CHANGE, days.map(run).to_vec(), &Runner::default())
        };
        assert_eq!(said(&[39, 41]), "clear", "2 of 5");
        assert_eq!(said(&[36, 39, 41]), "info 60.00", "one finding, with the day of the most");
        assert_eq!(said(&[0, 7, 14, 21]), "info 100.00", "less is a change too");
    }

    #[test]
    fn a_habit_of_alternating_is_no_change() {
        // Months on trails and months on the road, by turns; the first change is news, the later
        // ones are not.
        let run = |n: i64| {
            let mut run = made::with(n, &[]);
            run.sub_sport = if n / 42 % 2 == 1 { SubSport::Trail } else { SubSport::Street };
            run
        };
        let said = made::said(&SURFACE_CHANGE, (0..400).step_by(2).map(run).collect(), &Runner::default());
        assert_eq!(said.matches("info").count(), 1, "{said}");
    }

    #[test]
    fn both_spans_must_lie_in_the_log_and_have_their_distances() {
        let said = |first: i64, without: Option<i64>| {
            let run = |n: i64| {
                let mut run = if without == Some(n) { made::without_distance(n) } else { made::with(n, &[]) };
                run.sub_sport = if n > 30 { SubSport::Treadmill } else { SubSport::Street };
                run
            };
            let days = [first, 7, 14, 21, 24, 30, 33, 36, 39, 41];
            made::said(&SURFACE_CHANGE, days.map(run).to_vec(), &Runner::default())
        };
        assert_eq!(said(0, None), "info 80.00");
        assert_eq!(said(1, None), "not assessed", "41 days");
        assert_eq!((said(0, Some(33)), said(0, Some(21))), ("not assessed".to_owned(), "not assessed".to_owned()));
    }

    #[test]
    fn a_log_without_grounds_is_not_assessed() {
        let runs = (0..60).map(|n| made::with(n, &[])).collect();
        assert_eq!(made::said(&SURFACE_CHANGE, runs, &Runner::default()), "not assessed");
    }
}
