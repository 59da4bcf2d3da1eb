//! The training log: runs on the runner's days, every day and every week between them.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use jiff::civil::{Date, Weekday};

use crate::baseline::{self, FormTrend, form_trend};
use crate::measure::form::FormMetric;
use crate::run::Run;
use kneewise_read::time::DateExt;

/// Everything a rule may look at: runs in order of time, dense days, weeks.
#[derive(Clone, Debug)]
pub struct TrainingLog {
    runs: Vec<Run>,
    /// The places of the runs, in order of their ids.
    by_id: Vec<u32>,
    days: Vec<Day>,
    weeks: Vec<Week>,
    breaks: Vec<Break>,
    as_of: Date,
    week_start: Weekday,
    /// By [`FormMetric`], worked out for the first rule that asks.
    form_trends: [OnceLock<FormTrend>; FormMetric::ALL.len()],
}

/// One day, with or without a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Day {
    /// The runner's local date.
    pub date: Date,
    /// How many sessions began on it.
    pub runs: usize,
    /// Whether a session that began before went on in it: its metres are the day's on which it
    /// began.
    pub goes_on: bool,
    /// Metres run; 0 on a day of rest.
    pub distance_m: f64,
    /// Seconds on the timer; 0 on a day of rest.
    pub timer_s: f64,
    /// Runs whose distance no file says: `distance_m` is then too low.
    pub runs_without_distance: usize,
}

impl Day {
    /// Returns whether nothing was run on it.
    pub fn is_rest(&self) -> bool {
        self.runs == 0 && !self.goes_on
    }
}

/// Seven days.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Week {
    /// Its first day.
    pub start: Date,
    /// How many sessions began in it.
    pub runs: usize,
    /// Metres run.
    pub distance_m: f64,
    /// Seconds on the timer.
    pub timer_s: f64,
    /// Runs whose distance no file says: `distance_m` is then too low.
    pub runs_without_distance: usize,
    /// Whether the log covers all of it. The first week of a log never counts as complete (nobody
    /// knows what came before the first file), and neither does a week that the log's last day does
    /// not end.
    pub complete: bool,
}

impl Week {
    /// Returns its last day, which a log may not cover.
    pub fn last_day(&self) -> Date {
        self.start.saturating_add_days(6)
    }
}

/// A stretch of days without a run, between two runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Break {
    /// The day of the last run before it.
    pub last_run: Date,
    /// The day of the first run after it.
    pub back: Date,
}

impl Break {
    /// Returns days from the last run to the next: 1 for runs on neighbouring days.
    pub fn days(&self) -> i64 {
        self.back.days_since(self.last_run)
    }

    /// Returns how long after it the usual comparisons with the weeks before do not apply (days):
    /// two weeks, and four after a break of more than four. A heuristic.
    pub fn settling_days(&self) -> i64 {
        if self.days() > LONG_BREAK_DAYS { 28 } else { 14 }
    }
}

/// Nobody runs on for longer (days after the first): of a recording that says so the clock was
/// wrong.
const MOST_DAYS_OF_A_RUN: i64 = 7;

/// A first run so many days before all others is rather a wrong date than a beginning.
const STRAY_DAYS: i64 = 365;

/// The last day that a log can speak of: instants end there too.
pub const LAST_DAY: Date = jiff::civil::date(2199, 12, 31);

/// From here on (days) a pause is a break to come back from, and over [`LONG_BREAK_DAYS`] a new
/// start.
pub const BREAK_DAYS: i64 = 14;

/// See [`BREAK_DAYS`].
pub const LONG_BREAK_DAYS: i64 = 28;

impl TrainingLog {
    /// Returns a log of `runs` up to and including the day `as_of`; later runs are left out.
    ///
    /// Of several runs with one id the later ones get a number behind it. A day after [`LAST_DAY`]
    /// is taken for that one.
    pub fn new(runs: Vec<Run>, as_of: Date, week_start: Weekday) -> Self {
        let as_of = as_of.min(LAST_DAY);
        let runs = runs.into_iter().map(Run::on_its_day);
        let mut runs: Vec<Run> = runs.filter(|run| run.local_date <= as_of).collect();
        // Sorting takes half as much memory again.
        if !runs.is_sorted_by_key(|run| (run.local_date, run.start)) {
            runs.sort_by_key(|run| (run.local_date, run.start));
        }
        let mut by_id = in_order_of_ids(&runs);
        if by_id.windows(2).any(|pair| runs[pair[0] as usize].id == runs[pair[1] as usize].id) {
            tell_apart(&mut runs);
            by_id = in_order_of_ids(&runs);
        }
        let days = days(&runs, as_of);
        let weeks = weeks(&days, week_start);
        let breaks = breaks(&runs);
        Self { runs, by_id, days, weeks, breaks, as_of, week_start, form_trends: Default::default() }
    }

    /// Returns the runs, in order of time.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Returns the first run where it lies years before all others, as one does whose date was
    /// mistyped. It is no beginning: the days of the log begin with the next run.
    pub fn stray(&self) -> Option<&Run> {
        self.runs.first().filter(|_| is_first_stray(&self.runs))
    }

    /// Returns every day from the first run's, a [stray](TrainingLog::stray) one left aside, to
    /// [`TrainingLog::as_of`]; empty without runs.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// Returns every week that holds one of the days.
    pub fn weeks(&self) -> &[Week] {
        &self.weeks
    }

    /// Returns the last day that the log speaks of.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Returns the day on which weeks begin.
    pub fn week_start(&self) -> Weekday {
        self.week_start
    }

    /// Returns the day of the first run, a [stray](TrainingLog::stray) one left aside.
    pub fn first_day(&self) -> Option<Date> {
        self.days.first().map(|day| day.date)
    }

    /// Returns how many days the log covers.
    pub fn span_days(&self) -> usize {
        self.days.len()
    }

    /// Returns the days from `from` to `to`, both included, as far as the log covers them.
    pub fn days_between(&self, from: Date, to: Date) -> &[Day] {
        let Some(first) = self.first_day() else { return &[] };
        let index = |date: Date| date.days_since(first).clamp(0, self.days.len() as i64) as usize;
        let end = index(to.saturating_add_days(1));
        &self.days[index(from).min(end)..end]
    }

    /// Returns the pauses of [`BREAK_DAYS`] and more between two runs, the earliest first.
    pub fn breaks(&self) -> &[Break] {
        &self.breaks
    }

    /// Returns days since the last run, where they are a break that no run has ended yet.
    pub fn days_of_open_break(&self) -> Option<i64> {
        let days = self.as_of.days_since(self.runs.last()?.local_date);
        (days >= BREAK_DAYS).then_some(days)
    }

    /// Returns the break that the runner is coming back from on a day: then what compares with the
    /// weeks before steps back.
    pub fn returning_on(&self, day: Date) -> Option<Break> {
        // Rules ask for every run and every day.
        let latest = self.breaks[..self.breaks.partition_point(|pause| pause.back <= day)].last()?;
        (day.days_since(latest.back) < latest.settling_days()).then_some(*latest)
    }

    /// Returns every run against the runner's own form at the same speeds, with the usual
    /// [options](baseline::Options).
    pub fn form_trend(&self, metric: FormMetric) -> &FormTrend {
        // Several rules look at the same one, and over a lifetime of runs it is the costliest thing
        // that they look at.
        self.form_trends[metric as usize]
            .get_or_init(|| form_trend(&self.runs, metric, self.as_of, &baseline::Options::default()))
    }

    /// Returns the run of an [id](Run::id).
    pub fn run(&self, id: &str) -> Option<&Run> {
        let place = self.by_id.binary_search_by(|place| self.runs[*place as usize].id.as_str().cmp(id));
        Some(&self.runs[self.by_id[place.ok()?] as usize])
    }

    /// Returns the runs on the days from `from` to `to`, both included.
    pub fn runs_between(&self, from: Date, to: Date) -> &[Run] {
        let begin = self.runs.partition_point(|run| run.local_date < from);
        let end = self.runs.partition_point(|run| run.local_date <= to);
        &self.runs[begin..end.max(begin)]
    }
}

/// The places of the runs in order of their ids, and of time where they have one id.
fn in_order_of_ids(runs: &[Run]) -> Vec<u32> {
    let mut by_id: Vec<u32> = (0..runs.len() as u32).collect();
    by_id.sort_by(|a, b| runs[*a as usize].id.cmp(&runs[*b as usize].id));
    by_id
}

/// Numbers the runs that have the id of an earlier one.
fn tell_apart(runs: &mut [Run]) {
    let mut taken: HashSet<String> = runs.iter().map(|run| run.id.clone()).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for run in runs {
        let n = seen.entry(run.id.clone()).or_default();
        *n += 1;
        while *n > 1 && !taken.insert(format!("{}-{n}", run.id)) {
            *n += 1;
        }
        if *n > 1 {
            run.id = format!("{}-{n}", run.id);
        }
    }
}

fn is_first_stray(runs: &[Run]) -> bool {
    matches!(runs, [first, second, _, ..] if second.local_date.days_since(first.local_date) > STRAY_DAYS)
}

/// The runs of which days are counted.
fn counted(runs: &[Run]) -> &[Run] {
    if is_first_stray(runs) { &runs[1..] } else { runs }
}

fn days(runs: &[Run], as_of: Date) -> Vec<Day> {
    let runs = counted(runs);
    let Some(first) = runs.first().map(|run| run.local_date) else { return Vec::new() };
    let empty = |date| Day { date, runs: 0, goes_on: false, distance_m: 0.0, timer_s: 0.0, runs_without_distance: 0 };
    let mut days: Vec<Day> = (0..=as_of.days_since(first)).map(|n| empty(first.saturating_add_days(n))).collect();
    for run in runs {
        let begin = run.local_date.days_since(first) as usize;
        let on = run.last_date().days_since(run.local_date).clamp(0, MOST_DAYS_OF_A_RUN) as usize;
        days.iter_mut().skip(begin + 1).take(on).for_each(|day| day.goes_on = true);
        let day = &mut days[begin];
        day.runs += 1;
        match run.distance_m() {
            Some(metres) => day.distance_m += metres,
            None => day.runs_without_distance += 1,
        }
        day.timer_s += run.value(&crate::measure::metric::TIMER).unwrap_or(0.0);
    }
    days
}

fn breaks(runs: &[Run]) -> Vec<Break> {
    let pauses = counted(runs).windows(2).map(|pair| Break { last_run: pair[0].local_date, back: pair[1].local_date });
    pauses.filter(|pause| pause.days() >= BREAK_DAYS).collect()
}

fn weeks(days: &[Day], week_start: Weekday) -> Vec<Week> {
    let start_of = |day: &Day| {
        let since_start = day.date.weekday().since(week_start);
        day.date.saturating_add_days(-i64::from(since_start))
    };
    let week = |days: &[Day]| Week {
        start: start_of(&days[0]),
        runs: days.iter().map(|day| day.runs).sum(),
        distance_m: days.iter().map(|day| day.distance_m).sum(),
        timer_s: days.iter().map(|day| day.timer_s).sum(),
        runs_without_distance: days.iter().map(|day| day.runs_without_distance).sum(),
        complete: days.len() == 7,
    };
    let mut weeks: Vec<Week> = days.chunk_by(|a, b| start_of(a) == start_of(b)).map(week).collect();
    if let Some(first) = weeks.first_mut() {
        first.complete = false;
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use jiff::civil::date;
    use kneewise_read::time::Timestamp;

    fn run(day: &str, km: Option<f64>) -> Run {
        let start = Timestamp::parse_iso8601(&format!("{day}T08:00:00Z")).expect("a time").0;
        let values = km.map(|km| (&DISTANCE, km * 1000.0));
        Run::summary(start, Some(0), values.as_slice())
    }

    fn log(days: &[(&str, Option<f64>)], as_of: Date, week_start: Weekday) -> TrainingLog {
        TrainingLog::new(days.iter().map(|(day, km)| run(day, *km)).collect(), as_of, week_start)
    }

    #[test]
    fn days_are_dense_and_a_missing_distance_is_not_zero() {
        let log = log(&[("2026-03-02", Some(5.0)), ("2026-03-04", None)], date(2026, 3, 5), Weekday::Monday);
        let days: Vec<_> = log.days().iter().map(|d| (d.runs, d.distance_m, d.runs_without_distance)).collect();
        assert_eq!(days, [(1, 5000.0, 0), (0, 0.0, 0), (1, 0.0, 1), (0, 0.0, 0)]);
    }

    #[test]
    fn the_first_week_and_the_unfinished_one_are_not_complete() {
        let runs = [("2026-03-02", Some(5.0)), ("2026-03-11", Some(6.0)), ("2026-03-17", Some(7.0))];
        let complete =
            |as_of| log(&runs, as_of, Weekday::Monday).weeks().iter().map(|w| w.complete).collect::<Vec<_>>();
        assert_eq!(complete(date(2026, 3, 21)), [false, true, false], "the log begins on a Monday, ends on a Saturday");
        assert_eq!(complete(date(2026, 3, 22)), [false, true, true], "Sunday ends the week");
    }

    #[test]
    fn weeks_can_start_on_sunday() {
        let log = log(&[("2026-03-01", Some(5.0))], date(2026, 3, 9), Weekday::Sunday);
        let starts: Vec<_> = log.weeks().iter().map(|w| w.start).collect();
        assert_eq!(starts, [date(2026, 3, 1), date(2026, 3, 8)]);
    }

    #[test]
    fn who_comes_back_from_a_break_is_settling_for_a_while() {
        let runs = [("2026-03-02", Some(5.0)), ("2026-03-16", Some(5.0)), ("2026-04-14", Some(5.0))];
        let log = log(&runs, date(2026, 6, 1), Weekday::Monday);
        let back = |day| log.returning_on(day).map(|pause| pause.days());
        assert_eq!(back(date(2026, 3, 15)), None, "not back yet");
        assert_eq!((back(date(2026, 3, 29)), back(date(2026, 3, 30))), (Some(14), None));
        assert_eq!((back(date(2026, 5, 11)), back(date(2026, 5, 12))), (Some(29), None));
    }

    #[test]
    fn a_day_on_which_a_run_goes_on_is_no_rest() {
        let start = Timestamp::parse_iso8601("2026-06-13T05:00:00Z").expect("a time").0;
        let hours = |hours: f64| {
            let ultra =
                Run::summary(start, Some(0), &[(&DISTANCE, 1e5), (&crate::measure::metric::TIMER, hours * 3600.0)]);
            let log = TrainingLog::new(vec![ultra], date(2026, 6, 16), Weekday::Monday);
            log.days().iter().map(Day::is_rest).collect::<Vec<_>>()
        };
        assert_eq!(hours(18.9), [false, true, true, true]);
        assert_eq!(hours(19.0), [false, false, true, true], "midnight is the next day's");
        assert_eq!(hours(50.0), [false, false, false, true]);
        assert_eq!(hours(1e6), [false; 4], "nor does a wrong clock reach beyond the log");
    }

    #[test]
    fn a_first_run_years_before_all_others_begins_nothing() {
        let at = |first: &str, n: usize| {
            let runs = [(first, Some(5.0)), ("2026-03-02", Some(5.0)), ("2026-03-04", Some(5.0))];
            let log = log(&runs[..n], date(2026, 3, 5), Weekday::Monday);
            (log.runs().len(), log.span_days(), log.breaks().len(), log.stray().is_some())
        };
        assert_eq!(at("2006-03-30", 3), (3, 4, 0, true));
        assert_eq!(at("2025-03-02", 3), (3, 369, 1, false), "a year to the day is a break");
        assert_eq!(at("2006-03-30", 2).2, 1, "of two runs nobody knows which is wrong");
    }

    #[test]
    fn runs_after_the_last_day_are_left_out() {
        let log = log(&[("2026-03-01", Some(5.0)), ("2026-03-03", Some(5.0))], date(2026, 3, 2), Weekday::Monday);
        assert_eq!((log.runs().len(), log.span_days()), (1, 2));
    }
}
