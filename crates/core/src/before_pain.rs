//! What came before the pain: told as a sequence, not as a cause.

use jiff::civil::Date;

use crate::baseline::Method;
use crate::doc::documented;
use crate::log::TrainingLog;
use crate::metric::{self, Metric};
use crate::rule::Quantity;
use crate::run::Run;
use crate::runner::{Entry, Runner};
use crate::time::DateExt;

documented! {
    /// For every time that knee pain in the diary rose, what of load and form stood outside your own usual range just
    /// before, and how often it stands there anyway.
    ///
    /// **A rise** is a pain two points and more above that of the entry before, or the first entry with any pain. Of an
    /// entry the worst of its scores counts: during the run, after it, the next morning.
    ///
    /// **Looked at** are the 1, 7 and 14 days up to the day of the rise and with it: metres, hours and
    /// metres of descent (sums), the longest run (of 7 and 14 days) and the fastest five minutes (the highest), and step rate, stance time
    /// and vertical ratio (means of the runs).
    ///
    /// **Your usual range** is from the 5th to the 95th per cent of the same figure over the days of the year before
    /// the rise; on a day with a run, over the days with a run. It needs 28 such days (a heuristic).
    ///
    /// **How often anyway** is the share of those same days on which the figure lay outside that range: some ten
    /// in a hundred by the way it is made. A figure that stands out before one rise in ten says nothing at all.
    ///
    /// **Source**: of our own making.
    ///
    /// **Limits**: what comes first need not be the cause, and with some twenty figures one or two stand out
    /// before any day. Pain that builds over months is not found this way. Step rate, stance time and vertical ratio change with
    /// pace; `kneewise trend` compares them at like paces.
    pub static BEFORE_PAIN: Method {
        id: "before-pain",
        name: "What came before the pain",
    }
}

/// How the pain rose, and what stood out before it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct BeforePain {
    /// Every rise, the latest first.
    pub rises: Vec<Rise>,
    /// Each figure that stood out before any rise, the most frequent first.
    pub tallies: Vec<Tally>,
}

/// One rise of pain.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Rise {
    /// The day of the entry.
    pub date: Date,
    /// The pain of the entry before; `None` for the first.
    pub from: Option<u8>,
    /// The pain.
    pub to: u8,
    /// Days that the figures could be compared with; none are where that is too few.
    pub compared_days: usize,
    /// The figures that stood outside the runner's usual range.
    pub stood_out: Vec<StoodOut>,
}

/// A figure outside its usual range.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct StoodOut {
    /// The metric that it is made of, by its id.
    pub metric: &'static str,
    /// What it is, for people: `distance`.
    pub name: &'static str,
    /// Over so many days up to the rise.
    pub days: i64,
    /// Its value.
    pub value: Quantity,
    /// The lower end of the usual range.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Of a hundred of the runner's days, on how many it stands out anyway.
    pub anyway_percent: f64,
}

/// How often a figure stood out before a rise.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Tally {
    /// The metric that it is made of, by its id.
    pub metric: &'static str,
    /// What it is, for people.
    pub name: &'static str,
    /// Over so many days up to a rise.
    pub days: i64,
    /// Before so many rises it stood out.
    pub stood_out: usize,
    /// Of so many before which it could be looked at.
    pub of: usize,
    /// Of a hundred of the runner's days, on how many it stands out anyway, in the mean over the rises.
    pub anyway_percent: f64,
}

/// Pain must have risen by so much (points of 10).
const RISE: u8 = 2;

/// The spans looked at, the shortest first (days).
pub const SPANS: [i64; 3] = [1, 7, 14];

/// The range is that of so many days before (days).
const YEAR_DAYS: i64 = 365;

/// So many of them must be comparable.
pub const FEWEST_DAYS: usize = 28;

/// A figure of a span, and how the runs of the span make it.
struct Figure {
    name: &'static str,
    metric: &'static Metric,
    of: Of,
    /// Over the shorter spans it is another figure.
    from_days: i64,
}

#[derive(Clone, Copy)]
enum Of {
    Sum,
    Highest,
    Mean,
}

static FIGURES: [Figure; 8] = [
    Figure { name: "distance", metric: &metric::DISTANCE, of: Of::Sum, from_days: 1 },
    Figure { name: "running time", metric: &metric::TIMER, of: Of::Sum, from_days: 1 },
    Figure { name: "descent", metric: &metric::DESCENT, of: Of::Sum, from_days: 1 },
    Figure { name: "longest run", metric: &metric::DISTANCE, of: Of::Highest, from_days: 7 },
    Figure { name: "fastest five minutes", metric: &metric::BEST_FIVE_MIN, of: Of::Highest, from_days: 1 },
    Figure { name: "step rate", metric: &metric::RUNNING_STEP_RATE, of: Of::Mean, from_days: 1 },
    Figure { name: "stance time", metric: &metric::STANCE_TIME, of: Of::Mean, from_days: 1 },
    Figure { name: "vertical ratio", metric: &metric::VERTICAL_RATIO, of: Of::Mean, from_days: 1 },
];

impl Figure {
    /// Its value over some runs; `None` where they do not say. A sum without runs is 0, a sum with a gap is not known.
    fn over(&self, runs: &[Run]) -> Option<f64> {
        let values = || runs.iter().filter_map(|run| run.value(self.metric));
        let n = values().count();
        match self.of {
            Of::Sum => (n == runs.len()).then(|| values().sum()),
            Of::Highest => values().reduce(f64::max),
            Of::Mean => (n > 0).then(|| values().sum::<f64>() / n as f64),
        }
    }
}

/// Every rise of knee pain in the diary up to the log's last day, with what stood out before it; `None` where the diary
/// tells of no knee pain.
pub fn before_pain(log: &TrainingLog, runner: &Runner) -> Option<BeforePain> {
    let told: Vec<(&Entry, u8)> = (runner.diary.entries().iter().filter(|entry| entry.date <= log.as_of()))
        .filter_map(|entry| Some((entry, entry.knee_pain()?)))
        .collect();
    let mut rises = Vec::new();
    let mut before: Option<u8> = None;
    let mut has_hurt = false;
    for (entry, pain) in told {
        if pain > 0 && (!has_hurt || before.is_some_and(|before| pain >= before.saturating_add(RISE))) {
            rises.push((entry.date, before, pain));
        }
        has_hurt |= pain > 0;
        before = Some(pain);
    }
    if rises.is_empty() {
        return None;
    }
    let mut tallies: Vec<Tally> = Vec::new();
    let rises = rises.into_iter().rev().map(|(date, from, to)| rise(log, date, from, to, &mut tallies)).collect();
    tallies.retain(|tally| tally.stood_out > 0);
    tallies.sort_by(|a, b| b.stood_out.cmp(&a.stood_out).then(a.anyway_percent.total_cmp(&b.anyway_percent)));
    Some(BeforePain { rises, tallies })
}

fn rise(log: &TrainingLog, date: Date, from: Option<u8>, to: u8, tallies: &mut Vec<Tally>) -> Rise {
    let has_run = |day: Date| !log.runs_between(day, day).is_empty();
    let yesterday = date.saturating_add_days(-1);
    let year = log.days_between(date.saturating_add_days(-YEAR_DAYS), yesterday);
    let on_run = has_run(date);
    let compared: Vec<Date> = year.iter().filter(|day| !on_run || day.runs > 0).map(|day| day.date).collect();
    let mut stood_out = Vec::new();
    if compared.len() >= FEWEST_DAYS {
        for figure in &FIGURES {
            for days in SPANS.into_iter().filter(|days| *days >= figure.from_days) {
                let over = |day: Date| figure.over(log.runs_between(day.saturating_add_days(1 - days), day));
                let Some(value) = over(date) else { continue };
                // What lies before the first file is not known, and no rest.
                let is_covered = |day: &&Date| log.first_day().is_some_and(|first| day.days_since(first) >= days - 1);
                let mut usual: Vec<f64> = compared.iter().filter(is_covered).filter_map(|day| over(*day)).collect();
                if usual.len() < FEWEST_DAYS {
                    continue;
                }
                usual.sort_by(f64::total_cmp);
                let (low, high) = (quantile(&usual, 0.05), quantile(&usual, 0.95));
                let is_outside = |value: f64| value < low || value > high;
                let outside = usual.iter().filter(|value| is_outside(**value)).count();
                let anyway_percent = 100.0 * outside as f64 / usual.len() as f64;
                tally(tallies, figure, days, is_outside(value), anyway_percent);
                if is_outside(value) {
                    let (metric, name) = (figure.metric.id, figure.name);
                    let value = Quantity::new(value, figure.metric.unit);
                    stood_out.push(StoodOut { metric, name, days, value, low, high, anyway_percent });
                }
            }
        }
    }
    Rise { date, from, to, compared_days: compared.len(), stood_out }
}

fn tally(tallies: &mut Vec<Tally>, figure: &Figure, days: i64, is_outside: bool, anyway_percent: f64) {
    let (metric, name) = (figure.metric.id, figure.name);
    let at = tallies.iter().position(|tally| tally.name == name && tally.days == days).unwrap_or_else(|| {
        tallies.push(Tally { metric, name, days, stood_out: 0, of: 0, anyway_percent: 0.0 });
        tallies.len() - 1
    });
    let tally = &mut tallies[at];
    let before = tally.of as f64;
    tally.anyway_percent = (tally.anyway_percent * before + anyway_percent) / (before + 1.0);
    tally.of += 1;
    tally.stood_out += usize::from(is_outside);
}

/// The value at a share of sorted values, between neighbours where it falls between them.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    below + (above - below) * at.fract()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::Diary;
    use crate::runner::diary::Pain;
    use crate::time::Timestamp;
    use jiff::civil::{Weekday, date};

    /// A run of 8 to 10 km every other day for 200 days, the last one of `km`.
    fn log(km: f64) -> TrainingLog {
        let first = date(2026, 1, 1);
        let runs = (0..=100).map(|i: i64| {
            let day = first.saturating_add_days(2 * i);
            let km = if i == 100 { km } else { 8.0 + (i % 3) as f64 };
            let start = Timestamp::parse_iso8601(&format!("{day}T07:00:00Z")).expect("a time").0;
            Run::summary(start, Some(0), &[(&metric::DISTANCE, km * 1000.0)])
        });
        TrainingLog::new(runs.collect(), first.saturating_add_days(200), Weekday::Monday)
    }

    fn with_pains(log: &TrainingLog, pains: &[(i64, u8)]) -> Option<BeforePain> {
        let entry = |&(days_before, pain): &(i64, u8)| Entry {
            pain: Pain { during: Some(pain), ..Pain::default() },
            ..Entry::on(log.as_of().saturating_add_days(-days_before))
        };
        let runner = Runner { diary: Diary::new(pains.iter().map(entry).collect()), ..Runner::default() };
        before_pain(log, &runner)
    }

    #[test]
    fn the_first_pain_and_every_rise_of_two_points_count() {
        let log = log(9.0);
        let rises = |pains: &[(i64, u8)]| {
            let found = with_pains(&log, pains).map_or(Vec::new(), |found| found.rises);
            found.iter().map(|rise| (rise.from, rise.to)).collect::<Vec<_>>()
        };
        assert_eq!(rises(&[(9, 0), (5, 0)]), []);
        assert_eq!(rises(&[(9, 0), (5, 1), (4, 2), (3, 4)]), [(Some(2), 4), (Some(0), 1)]);
        assert_eq!(rises(&[(9, 3), (5, 4), (4, 2), (3, 3)]), [(None, 3)]);
    }

    #[test]
    fn a_long_run_stands_out_and_a_usual_one_does_not() {
        let stood_out = |km: f64| {
            let found = with_pains(&log(km), &[(0, 4)]).expect("a rise");
            let rise = &found.rises[0];
            assert_eq!(rise.compared_days, 100);
            rise.stood_out.iter().map(|out| (out.name, out.days)).collect::<Vec<_>>()
        };
        assert_eq!(stood_out(9.0), []);
        let all = [("distance", 1), ("distance", 7), ("distance", 14), ("longest run", 7), ("longest run", 14)];
        assert_eq!(stood_out(30.0), all);
    }

    #[test]
    fn in_a_short_log_nothing_is_called_unusual() {
        let short = TrainingLog::new(log(30.0).runs()[80..].to_vec(), log(30.0).as_of(), Weekday::Monday);
        let found = with_pains(&short, &[(0, 4)]).expect("a rise");
        assert_eq!((found.rises[0].compared_days, found.rises[0].stood_out.len(), found.tallies.len()), (20, 0, 0));
    }

    #[test]
    fn how_often_anyway_is_counted_over_the_same_days() {
        let found = with_pains(&log(30.0), &[(0, 4)]).expect("a rise");
        assert!(found.rises[0].stood_out.iter().all(|out| out.anyway_percent <= 10.0));
        assert_eq!((found.tallies[0].stood_out, found.tallies[0].of), (1, 1));
    }
}
