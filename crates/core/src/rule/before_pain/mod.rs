//! What changed before the pain: shown as a sequence, not as a cause.

mod chance;
mod figure;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::baseline::Method;
use crate::doc::documented;
use crate::log::TrainingLog;
use crate::rule::Quantity;
use crate::runner::{Entry, Runner};
use kneewise_read::time::DateExt;

use chance::{Anyway, at_most};
use figure::{Calendar, FIGURES, Figure, OverDays};

documented! {
    /// For every time that knee pain in the diary rose: which measures of load and form were
    /// outside your usual range just before, and how often they are outside it anyway.
    ///
    /// **A rise** is a pain at least two points above that of the entry before, or the first entry
    /// with any pain. The worst of an entry's scores counts: during the run, after it, the next
    /// morning.
    ///
    /// **Measures** cover the 1, 7 and 14 days up to and including the day of the rise: metres,
    /// hours and metres of descent (sums), the longest run (of 7 and 14 days) and the fastest five
    /// minutes (the highest), and step rate, stance time and vertical ratio (averages of the runs).
    ///
    /// **Your usual range** holds nine in ten of the same values over the days of the year before:
    /// one in twenty is below it and one in twenty above. For a day with a run, those are the days
    /// with a run. It needs 28 such days (a heuristic).
    ///
    /// **A run that hurt** (pain during the run, or a run missed or cut short) may itself be short,
    /// slow or different because of the pain. For sums, longest run and fastest five minutes only
    /// values above the range then count. Step rate, stance time and vertical ratio are taken up to
    /// the day before.
    ///
    /// **How often anyway** is the share of your other days with a diary entry on which the same
    /// measure was outside the range of the year before that day, made in the same way and on the
    /// same side. Only days with an entry about the knee count: pain can rise on no other day, and
    /// runners who write only after long runs have long runs before every entry. These are the days
    /// of the year up to the last rise, without the rises and the three days before each; for a day
    /// with a run, those with a run. It needs 28 of them (a heuristic); otherwise no share is
    /// shown. A runner who runs more every month is above the range of the year before on most
    /// days. The share is then high, and the comparison shows little.
    ///
    /// **Over all rises** only those at least 14 days apart are counted, from the latest back,
    /// because others share their days. With fewer than two of them nothing is counted. Every
    /// measure stays in the table: "3 of 8; by chance up to 2". By chance, 95 times of 100, it is
    /// outside the range before at most that many of your days with an entry (beta-binomial: it
    /// includes that the share was counted on few days). A measure within that number shows
    /// nothing. With about twenty measures one is beyond it by chance in most diaries.
    ///
    /// Simulated diaries with pain on days that have nothing to do with the runs (40 runners, three
    /// years each), in per cent:
    ///
    /// | diary | stood out | anyway | beyond chance |
    /// |---|---|---|---|
    /// | an entry every day | 9.0 | 9.6 | 1.5 |
    /// | an entry only after the week's longest run | 11.7 | 12.9 | 0.9 |
    /// | the same, distance measures only | 12.9 | 13.9 | 0.5 |
    ///
    /// **Source**: our own method.
    ///
    /// **Limits**: an earlier event need not be the cause. Look back one day first: of 1,666
    /// injuries with a known onset 28% were acute, 64% came suddenly from overuse and 8% gradually
    /// (known from a text about it). Pain that builds slowly is not found this way. Step rate,
    /// stance time and vertical ratio change with pace; the trend of your form compares them at the
    /// same paces.
    pub static BEFORE_PAIN: Method {
        id: "before-pain",
        name: "What came before the pain",
    }
}

/// How the pain rose, and what stood out before it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct BeforePain {
    /// Every rise, the latest first.
    pub rises: Vec<Rise>,
    /// How many of them are so far apart that they share no days; see [`BeforePain::tallies`].
    pub rises_apart: usize,
    /// Each figure over the rises that share no days: first what stood out more often than by
    /// chance, then the shortest spans; none where those rises are fewer than two.
    pub tallies: Vec<Tally>,
}

/// One rise of pain.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Rise {
    /// The day of the entry.
    pub date: Date,
    /// The pain of the entry before; `None` for the first.
    pub from: Option<u8>,
    /// The pain.
    pub to: u8,
    /// Whether the day's own run may be as it is because of the pain: it hurt during the run, or a
    /// run was missed or cut short.
    pub during_run: bool,
    /// Days that the figures could be compared with; none are where that is too few.
    pub compared_days: usize,
    /// The figures that stood outside the runner's usual range.
    pub stood_out: Vec<StoodOut>,
}

/// A figure outside its usual range.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct StoodOut {
    /// The metric that it is made of, by its id.
    pub metric: &'static str,
    /// What it is, for people: `distance`.
    pub name: &'static str,
    /// Over so many days.
    pub days: i64,
    /// The last of them: the day of the rise, or the one before.
    pub last_day: Date,
    /// Its value.
    pub value: Quantity,
    /// The lower end of the usual range.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Of a hundred of the runner's other days with a diary entry, on how many it stands out
    /// anyway; `None` where too few could be judged.
    pub anyway_percent: Option<f64>,
}

/// How often a figure stood out before a rise.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
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
    /// Of a hundred of the runner's other days with a diary entry, on how many it stands out
    /// anyway, on average over the rises; `None` where too few could be judged for one of them.
    pub anyway_percent: Option<f64>,
    /// Before so many of them it stands out by chance, at most (95 times of 100); `None` where that
    /// is not known.
    pub by_chance: Option<usize>,
}

impl Tally {
    /// Whether it stood out more often than by chance.
    pub fn is_beyond_chance(&self) -> bool {
        self.by_chance.is_some_and(|most| self.stood_out > most)
    }
}

/// Pain must have risen by so much (points of 10).
const RISE: u8 = 2;

/// The spans looked at, the shortest first (days).
pub const SPANS: &[i64] = &[1, 7, 14];

/// Rises closer than this share days (days).
pub const APART_DAYS: i64 = SPANS[SPANS.len() - 1];

/// The range is that of so many days before, and so many are judged to say how often a figure
/// stands out anyway (days).
const YEAR_DAYS: usize = 365;

/// So many of them must be comparable.
pub const FEWEST_DAYS: usize = 28;

/// These days before a rise are no other days: whatever leads to it may show on them (days). A
/// heuristic.
const LEAD_DAYS: i64 = 3;

/// Every rise of knee pain in the diary up to the log's last day, with what stood out before it;
/// `None` where the diary tells of no knee pain.
pub fn before_pain(log: &TrainingLog, runner: &Runner) -> Option<BeforePain> {
    let mut rises = rises(log, runner);
    if rises.is_empty() {
        return None;
    }
    let is_apart = apart(&rises);
    let mut tallies = compare(log, runner, &mut rises, &is_apart);
    let rises_apart = is_apart.iter().filter(|is_apart| **is_apart).count();
    tallies.retain(|_| rises_apart > 1);
    // Stable: of the same span the order of the figures stays.
    tallies.sort_by_key(|tally| (!tally.is_beyond_chance(), tally.days, std::cmp::Reverse(tally.stood_out)));
    Some(BeforePain { rises, rises_apart, tallies })
}

/// Tells every rise what stood out before it, and counts every figure over those rises that share
/// no days.
fn compare(log: &TrainingLog, runner: &Runner, rises: &mut [Rise], is_apart: &[bool]) -> Vec<Tally> {
    let calendar = Calendar::new(log);
    for rise in rises.iter_mut() {
        rise.compared_days = calendar.index(rise.date).map_or(0, |day| calendar.comparable(day, calendar.has_run(day)));
    }
    let others = other_days(&calendar, runner, rises);
    let mut tallies = Vec::new();
    for figure in &FIGURES {
        let values = figure.of_runs(log);
        for days in SPANS.iter().copied().filter(|days| *days >= figure.from_days) {
            let over = OverDays::new(figure, &values, days as usize, &calendar, &others);
            let mut counts = Counts::default();
            for (rise, is_apart) in rises.iter_mut().zip(is_apart) {
                let Some((out, anyway)) = look(figure, days, &over, rise, &calendar) else { continue };
                if *is_apart {
                    counts.add(out.is_some(), anyway);
                }
                rise.stood_out.extend(out);
            }
            tallies.extend(counts.told(figure, days));
        }
    }
    tallies
}

/// The rises, the latest first, before anything is compared.
fn rises(log: &TrainingLog, runner: &Runner) -> Vec<Rise> {
    let told: Vec<(&Entry, u8)> = (runner.diary.entries().iter().filter(|entry| entry.date <= log.as_of()))
        .filter_map(|entry| Some((entry, entry.knee_pain()?)))
        .collect();
    let mut rises = Vec::new();
    let mut from: Option<u8> = None;
    let mut has_hurt = false;
    for (entry, to) in told {
        if to > 0 && (!has_hurt || from.is_some_and(|from| to >= from.saturating_add(RISE))) {
            let during_run = entry.missed_run == Some(true) || entry.pain.during.is_some_and(|pain| pain > 0);
            rises.push(Rise { date: entry.date, from, to, during_run, compared_days: 0, stood_out: Vec::new() });
        }
        has_hurt |= to > 0;
        from = Some(to);
    }
    rises.reverse();
    rises
}

/// Which rises share no days, counted from the latest back.
fn apart(rises: &[Rise]) -> Vec<bool> {
    let mut counted: Option<Date> = None;
    let is_apart = |rise: &Rise| {
        let is_apart = counted.is_none_or(|later| later.days_since(rise.date) >= APART_DAYS);
        if is_apart {
            counted = Some(rise.date);
        }
        is_apart
    };
    rises.iter().map(is_apart).collect()
}

/// The days of the year up to the last rise with an entry about the knee that are no rise and not
/// shortly before one.
fn other_days(calendar: &Calendar, runner: &Runner, rises: &[Rise]) -> Vec<usize> {
    let Some(last) = rises.first().map(|rise| rise.date) else { return Vec::new() };
    let mut is_other = vec![false; YEAR_DAYS];
    for entry in runner.diary.entries().iter().filter(|entry| entry.knee_pain().is_some()) {
        if let Some(is_other) = usize::try_from(last.days_since(entry.date)).ok().and_then(|day| is_other.get_mut(day))
        {
            *is_other = true;
        }
    }
    for rise in rises {
        for before in 0..=LEAD_DAYS {
            let day = last.days_since(rise.date) + before;
            if let Some(is_other) = usize::try_from(day).ok().and_then(|day| is_other.get_mut(day)) {
                *is_other = false;
            }
        }
    }
    let back = (0..YEAR_DAYS).filter(|back| is_other[*back]);
    back.filter_map(|back| calendar.index(last.saturating_add_days(-(back as i64)))).collect()
}

/// Whether a figure stood out before a rise and how often it does anyway (per cent); `None` where
/// it cannot be said.
fn look(
    figure: &Figure,
    days: i64,
    over: &OverDays,
    rise: &Rise,
    calendar: &Calendar,
) -> Option<(Option<StoodOut>, Option<Anyway>)> {
    let spared = rise.during_run && figure.is_form();
    let last_day = if spared { rise.date.saturating_add_days(-1) } else { rise.date };
    let only_above = rise.during_run && !spared;
    let day = calendar.index(last_day)?;
    let on_run = calendar.has_run(day);
    let counts = |side: Ordering| side.is_gt() || (side.is_lt() && !only_above);
    let side = over.side(day, on_run)?;
    let anyway = over.anyway(on_run, counts);
    let anyway_percent = anyway.map(|anyway| 100.0 * anyway.share);
    let out = counts(side).then(|| {
        let (low, high) = over.range(day, on_run);
        let value = Quantity::new(over.value(day), figure.metric.unit);
        StoodOut { metric: figure.metric.id, name: figure.name, days, last_day, value, low, high, anyway_percent }
    });
    Some((out, anyway))
}

/// A tally in the making.
#[derive(Default)]
struct Counts {
    stood_out: usize,
    anyway: Vec<Option<Anyway>>,
}

impl Counts {
    fn add(&mut self, stood_out: bool, anyway: Option<Anyway>) {
        self.stood_out += usize::from(stood_out);
        self.anyway.push(anyway);
    }

    fn told(self, figure: &Figure, days: i64) -> Option<Tally> {
        let of = self.anyway.len();
        let (metric, name, stood_out) = (figure.metric.id, figure.name, self.stood_out);
        let all: Option<Vec<Anyway>> = self.anyway.into_iter().collect();
        let mean = |all: &[Anyway], what: fn(&Anyway) -> f64| all.iter().map(what).sum::<f64>() / of as f64;
        let anyway = all
            .filter(|_| of > 0)
            .map(|all| Anyway { share: mean(&all, |anyway| anyway.share), days: mean(&all, |anyway| anyway.days) });
        let anyway_percent = anyway.map(|anyway| 100.0 * anyway.share);
        let by_chance = anyway.map(|anyway| at_most(of, anyway));
        (of > 0).then_some(Tally { metric, name, days, stood_out, of, anyway_percent, by_chance })
    }
}
