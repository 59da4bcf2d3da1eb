//! Several runs in which another part of the foot landed first than before, as pods tell it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::doc::documented;
use crate::knowledge::reference::{DEJONG_2020, LEPPANEN_2024};
use crate::log::TrainingLog;
use crate::measure::metric::{FOOT_STRIKE_LEFT, FOOT_STRIKE_RIGHT};
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
    /// Days before a run whose runs it is compared with.
    window_days: u32 = 90, 1..=3660;
    /// Runs that the comparison takes.
    own_min_runs: usize = 8, 1..=10_000;
    /// Runs that must differ.
    min_runs: usize = 3, 1..=10_000;
    /// Days within which they lie, where they do not follow each other.
    within_days: u32 = 14, 1..=3660;
    /// From here on up the pod's scale the middle of the foot lands first.
    middle_from: f64 = 5.5, 1.0..=16.0;
    /// From here on its front does.
    front_from: f64 = 10.5, 1.0..=16.0;
    /// A run nearer to the runner's usual than this, on the pod's scale, does not differ.
    min_difference: f64 = 1.0, 0.0..=15.0;
}

documented! {
    /// ## What it does
    /// Looks at which part of each foot lands first, as pods on the shoes report it (`RunScribe`; a
    /// scale from 1, the heel, to 16, the toes), over steady, flat running. A run below 5.5 counts
    /// as the heel, from 10.5 on as the front of the foot, and between them as its middle. Your
    /// usual is the median of at least eight runs in the 90 days before, by the same watch.
    ///
    /// A run differs where its part is not your usual one and it is at least 1 from your usual.
    /// Three such runs, from the same part to the same other, are info: in a row, or within 14
    /// days. Runs that go on like that are one finding, and so are both feet at the same time.
    ///
    /// ## Why it matters
    /// Landing differently loads different tissue. In a trial of 325 beginners over 24 weeks,
    /// training of ankle and foot, which changes what they do, was linked to more acute injuries
    /// than stretching. Its summary gives no absolute numbers. No study has linked a change of the
    /// part that lands first with injuries, or shown that any of them is better.
    ///
    /// ## Limits
    /// A change may be for the better, and intended. A pod in another position, other shoes, more
    /// speed or more slope look the same. Compared with cameras, over 800 steps of 20 athletes on a
    /// treadmill, the pods named the right part in 78 of a hundred, for the middle of the foot in
    /// 55. The three parts of the scale come from that study. The half step between them (because a
    /// run's value is an average), the 1, the eight runs and the three are heuristics. Nothing is
    /// compared with your usual in the first weeks after a break of at least 14 days.
    ///
    /// ## Example
    /// | date | km | `foot_strike_left` | `foot_strike_right` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | 2.1 | 2.4 | |
    /// | 2026-03-02 | 8.0 | 2.0 | 2.5 | |
    /// | 2026-03-03 | 8.0 | 2.2 | 2.4 | |
    /// | 2026-03-04 | 8.0 | 2.0 | 2.6 | |
    /// | 2026-03-05 | 8.0 | 2.1 | 2.4 | |
    /// | 2026-03-06 | 8.0 | 2.3 | 2.5 | |
    /// | 2026-03-07 | 8.0 | 2.0 | 2.4 | |
    /// | 2026-03-08 | 8.0 | 2.1 | 2.5 | |
    /// | 2026-03-10 | 8.0 | 7.1 | 5.2 | |
    /// | 2026-03-12 | 8.0 | 7.0 | 5.1 | not assessed |
    /// | 2026-03-14 | 8.0 | 2.2 | 2.5 | clear 7 |
    /// | 2026-03-16 | 8.0 | 7.0 | 5.2 | info 7 |
    ///
    /// ## Options
    /// `window_days` (90), `own_min_runs` (8), `min_runs` (3), `within_days` (14), `middle_from`
    /// (5.5), `front_from` (10.5), `min_difference` (1).
    ///
    /// ## References
    /// DeJong 2020, Leppänen 2024.
    pub static STRIKE_CHANGE: Rule {
        id: "strike-change",
        name: "Part of the foot that lands first",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "eight runs in 90 days with pods on the shoes that record foot strike, and three more",
        not_known: "Whether such a change is linked to injuries is unknown. It may be intended, and new shoes or moved pods look the same.",
        brief: Brief::new(
            "Changed foot strike",
            "Check what else is new: shoes, surface, pods.",
            &[Reading::at_least(Unit::Arbitrary, "on a scale of 1 (heel) to 16").in_words("points")],
        ),
        references: &[
            &DEJONG_2020,
            &LEPPANEN_2024,
        ],
        check: check,
    }
}

const STUDY: &str = "Landing differently moves load from one tissue to another. No study has linked a change of the part that lands first with \
    injuries, or shown that any of them is better.";

/// What lands first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Part {
    Heel,
    Middle,
    Front,
}

impl Part {
    fn of(figure: f64, options: &Options) -> Self {
        match figure {
            _ if figure >= options.front_from => Self::Front,
            _ if figure >= options.middle_from => Self::Middle,
            _ => Self::Heel,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Heel => "the heel",
            Self::Middle => "the middle of the foot",
            Self::Front => "the front of the foot",
        }
    }
}

/// Runs of one foot that differed in the same way.
struct Change<'l> {
    foot: &'static str,
    own: Part,
    now: Part,
    row: Vec<Compared<'l>>,
}

impl Change<'_> {
    fn window(&self) -> Window {
        Window { from: self.row[0].run.local_date, to: self.row[self.row.len() - 1].run.local_date }
    }

    fn measured(&self) -> f64 {
        own_form::middle(&self.row, |compared| compared.measured)
    }

    /// Returns `on the left from the heel to the middle of the foot in 3 runs (7.0, compared with
    /// your usual 2.1)`.
    fn words(&self) -> String {
        format!(
            "on the {} from {} to {} in {} runs ({:.1}, compared with your usual {:.1})",
            self.foot,
            self.own.name(),
            self.now.name(),
            self.row.len(),
            self.measured(),
            own_form::middle(&self.row, |compared| compared.own),
        )
    }
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.strike_change;
    let measured = measure(log, options);
    let most = measured.feet.iter().map(|(_, compared)| compared.len()).max().unwrap_or(0);
    let Some((foot, farthest)) = measured.farthest().filter(|_| most >= options.min_runs) else {
        return missing(log, most, options);
    };
    let changes = measured.feet.iter().flat_map(|(foot, compared)| changes(foot, compared, options)).collect();
    let groups = own_form::together(changes, Change::window);
    let flags = latest_first(groups.iter().filter_map(|group| flag(group, measured.coverage, options)));
    flagged_or(flags, || {
        Outcome::Clear(Clear {
            message: clear_message(foot, farthest, measured.runs, options),
            measured: Some(Quantity::new(farthest.measured, Unit::Arbitrary)),
            limit: None,
            window: Window { from: measured.first_day().unwrap_or(log.as_of()), to: log.as_of() },
            coverage: measured.coverage,
        })
    })
}

/// The runs of each foot that could be held against the runner's own.
struct Measured<'l> {
    feet: [(&'static str, Vec<Compared<'l>>); 2],
    /// How many runs they are of.
    runs: usize,
    coverage: Coverage,
}

fn measure<'l>(log: &'l TrainingLog, options: &Options) -> Measured<'l> {
    let feet = [("left", &FOOT_STRIKE_LEFT), ("right", &FOOT_STRIKE_RIGHT)].map(|(foot, metric)| {
        let compared = own_median::compared(log, metric, options.window_days, options.own_min_runs);
        (foot, compared.collect::<Vec<_>>())
    });
    let ids: BTreeSet<&str> =
        feet.iter().flat_map(|(_, compared)| compared).map(|compared| compared.run.id.as_str()).collect();
    let dated = log.runs().iter().map(|run| (run.local_date, ids.contains(run.id.as_str())));
    let coverage =
        Coverage::count("runs", log.as_of(), dated).without("foot strike, or enough runs with it in the weeks before");
    Measured { runs: ids.len(), feet, coverage }
}

impl<'l> Measured<'l> {
    fn all(&self) -> impl Iterator<Item = (&'static str, &Compared<'l>)> {
        self.feet.iter().flat_map(|(foot, compared)| compared.iter().map(move |compared| (*foot, compared)))
    }

    /// The run that lies farthest from the runner's own, and of which foot.
    fn farthest(&self) -> Option<(&'static str, &Compared<'l>)> {
        let off_by = |compared: &Compared| (compared.measured - compared.own).abs();
        self.all().max_by(|a, b| off_by(a.1).total_cmp(&off_by(b.1)))
    }

    fn first_day(&self) -> Option<Date> {
        self.all().map(|(_, compared)| compared.run.local_date).min()
    }
}

fn clear_message(foot: &str, farthest: &Compared, runs: usize, options: &Options) -> String {
    format!(
        "The farthest run from your usual landed at {:.1} on the {foot}, compared with your usual {:.1}, on {}. {} runs with another part of \
         the foot first, in a row or within {} days, are flagged. {} could be compared, on a scale from 1 (heel) to 16 (toes).",
        farthest.measured,
        farthest.own,
        own_form::day(farthest.run.local_date),
        options.min_runs,
        options.within_days,
        own_form::runs(runs),
    )
}

fn missing(log: &TrainingLog, most: usize, options: &Options) -> Outcome {
    let has_any =
        log.runs().iter().any(|run| known(run, &FOOT_STRIKE_LEFT).or(known(run, &FOOT_STRIKE_RIGHT)).is_some());
    let reason = format!(
        "needs {} with a foot strike by pods, each with {} similar runs in the {} days before; {} have it",
        own_form::runs(options.min_runs),
        options.own_min_runs,
        options.window_days,
        own_form::none_or(most),
    );
    Missing::outcome(reason, if has_any { "more runs with the pods on both shoes" } else { own_median::REMEDY })
}

/// The changes of a foot: enough runs that differed in the same way, and went on so.
fn changes<'l>(foot: &'static str, compared: &[Compared<'l>], options: &Options) -> Vec<Change<'l>> {
    let parts = |compared: &Compared| {
        let (own, now) = (Part::of(compared.own, options), Part::of(compared.measured, options));
        let differs = own != now && (compared.measured - compared.own).abs() >= options.min_difference;
        differs.then_some((own, now))
    };
    let days = i64::from(options.within_days);
    // Of places in the list: next to each other, or not far in days.
    let go_on = |a: usize, b: usize, places: usize| {
        b - a <= places || compared[b].run.local_date.days_since(compared[a].run.local_date) < days
    };
    let enough = options.min_runs.max(1);
    let is_enough = |row: &&[usize]| row.windows(enough).any(|runs| go_on(runs[0], runs[enough - 1], enough - 1));
    let ways: BTreeSet<(Part, Part)> = compared.iter().filter_map(parts).collect();
    let mut changes = Vec::new();
    for (own, now) in ways {
        let off: Vec<usize> = (0..compared.len()).filter(|i| parts(&compared[*i]) == Some((own, now))).collect();
        let rows = off.chunk_by(|a, b| go_on(*a, *b, 1)).filter(is_enough);
        changes.extend(rows.map(|row| Change { foot, own, now, row: row.iter().map(|i| compared[*i]).collect() }));
    }
    changes
}

/// One flag for what changed at the same time, of the foot that comes first; `None` of no change.
fn flag(group: &[Change], coverage: Coverage, options: &Options) -> Option<Flag> {
    let first = group.first()?;
    let windows = || group.iter().map(Change::window);
    let window =
        Window { from: windows().map(|window| window.from).min()?, to: windows().map(|window| window.to).max()? };
    let parts: Vec<String> = group.iter().map(Change::words).collect();
    let runs: BTreeSet<&String> = group.iter().flat_map(|change| change.row.iter().map(|c| &c.run.id)).collect();
    // The border of the part that it came from.
    let limit = match (first.own, first.now) {
        (Part::Heel, _) | (Part::Middle, Part::Heel) => options.middle_from,
        _ => options.front_from,
    };
    Some(Flag {
        tier: Tier::Info,
        message: format!(
            "From {} to {} another part of your foot landed first than in the {} days before: {} (medians by pods, on a scale from 1, the \
             heel, to 16, the toes).",
            own_form::day(window.from),
            own_form::day(window.to),
            options.window_days,
            parts.join("; "),
        ),
        study: STUDY.to_owned(),
        consider: CONSIDER.to_owned(),
        measured: Quantity::new(first.measured(), Unit::Arbitrary),
        limit: Quantity::new(limit, Unit::Arbitrary),
        window,
        runs: runs.into_iter().cloned().collect(),
        coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;

    /// What is said of left feet, a run on each of the days, after eight of one figure on the eight
    /// days before.
    fn said(own: f64, more: &[(i64, f64)]) -> String {
        let before = (0..8).map(|n| (n, own));
        let run = |(n, figure): (i64, f64)| made::with(n, &[(&FOOT_STRIKE_LEFT, figure)]);
        made::said(&STRIKE_CHANGE, before.chain(more.iter().copied()).map(run).collect(), &Runner::default())
    }

    #[test]
    fn a_part_ends_half_a_step_below_the_next() {
        let thrice = |own, figure| said(own, &[8, 9, 10].map(|n| (n, figure)));
        assert_eq!(thrice(2.0, 5.5), "info 5.50");
        assert_eq!(thrice(2.0, 5.4), "clear");
        assert_eq!(thrice(8.0, 10.5), "info 10.50");
        assert_eq!(thrice(8.0, 10.4), "clear");
        assert_eq!(thrice(5.0, 6.0), "info 6.00");
        assert_eq!(thrice(5.1, 6.0), "clear", "less than a step of the scale");
        assert_eq!(thrice(6.5, 5.4), "info 5.40", "back to the heel");
    }

    #[test]
    fn three_runs_in_a_row_or_within_two_weeks_to_one_part() {
        assert_eq!(said(2.0, &[(8, 7.0), (20, 7.0), (32, 7.0)]), "info 7.00", "in a row");
        assert_eq!(said(2.0, &[(8, 7.0), (9, 2.0), (14, 7.0), (15, 2.0), (21, 7.0)]), "info 7.00");
        assert_eq!(said(2.0, &[(8, 7.0), (9, 2.0), (14, 7.0), (15, 2.0), (22, 7.0)]), "clear", "the fifteenth day");
        assert_eq!(said(2.0, &[(8, 7.0), (9, 12.0), (10, 7.0)]), "clear", "to two parts");
    }

    #[test]
    fn both_feet_at_the_same_time_are_one_finding() {
        let run = |n: i64| {
            let figure = if n < 8 { 2.0 } else { 7.0 };
            made::with(n, &[(&FOOT_STRIKE_LEFT, figure), (&FOOT_STRIKE_RIGHT, figure + 0.5)])
        };
        assert_eq!(made::said(&STRIKE_CHANGE, (0..11).map(run).collect(), &Runner::default()), "info 7.00");
    }

    #[test]
    fn not_compared_after_a_break_nor_with_fewer_than_eight() {
        assert_eq!(said(2.0, &[(8, 7.0), (9, 7.0)]), "not assessed");
        assert_eq!(said(2.0, &[(30, 7.0), (31, 7.0), (32, 7.0)]), "not assessed", "after a break");
    }
}
