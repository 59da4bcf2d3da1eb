//! Several runs within two weeks in which the form was not the runner's own.

use jiff::civil::Date;

use crate::baseline::FormTrend;
use crate::doc::documented;
use crate::knowledge::reference::{HEIDERSCHEIT_2011, LEPPANEN_2024};
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::low_step_rate;
use super::own_form::{self, Held};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::shoe_wear;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Outcome, Quantity, Rule, Tier, Window, flagged_or, latest_first,
};

settable! {
    /// Days within which the runs must lie.
    within_days: u32 = 14, 1..=3660;
    /// Runs that must be off to the same side.
    min_runs: usize = 3, 1..=10_000;
    /// A run nearer to the runner's usual form than this (per cent) is never off.
    min_percent: f64 = 3.0, 0.0..=1000.0;
    /// A step rate this far from the runner's usual (per cent) is off, whatever the band.
    step_rate_percent: f64 = 5.0, 0.0..=1000.0;
    /// A stance time this far from the runner's usual (per cent) is off, whatever the band.
    stance_time_percent: f64 = 8.0, 0.0..=1000.0;
}

documented! {
    /// ## What it does
    /// Compares step rate, stance time and vertical oscillation of each run with your usual form at
    /// the same speeds: your runs of the 90 days before, by the same device on the same surface, as
    /// the manual page `trend` describes. A run is off where it is outside the band that holds nine
    /// of ten of those runs and at least 3% from your usual. It is also off where its step rate is
    /// at least 5%, or its stance time at least 8%, from your usual.
    ///
    /// Three runs off to the same side within 14 days are info. Runs that follow within 14 days of
    /// each other are one finding, and so are several measures that changed at the same time. Where
    /// some of the runs were in a pair of shoes first worn in the 14 days up to the first of them,
    /// or later, the finding says so.
    ///
    /// Step length is left out: at one speed it mirrors the step rate. Balance has its own rule. A
    /// step rate that fell is not reported here again where `low-step-rate` found it.
    ///
    /// ## Why it matters
    /// Running differently loads different tissue: in the laboratory, more steps at one speed took
    /// load off the knees of 45 runners. In a trial of 325 beginners over 24 weeks, training of
    /// ankle and foot, which changes what they do, was linked to more acute injuries than
    /// stretching. Its summary gives no absolute numbers. No study has linked a change of form
    /// alone with injuries.
    ///
    /// ## Limits
    /// `strike-change` reports which part of the foot lands first, where pods record it. A change
    /// may be for the better, and intended. New shoes, another pod or strap, snow, mud, heat, a
    /// pram or a rucksack look the same. About one run in ten is outside its band by chance. The 3%
    /// and the choice of measures are heuristics. Nothing is compared in the first weeks after a
    /// break of at least 14 days.
    ///
    /// ## Example
    /// | date | km | spm | `stance_ms` | outcome |
    /// |---|---|---|---|---|
    /// | 2026-03-01 | 8.0 | 170 | 250 | |
    /// | 2026-03-02 | 8.0 | 171 | 250 | |
    /// | 2026-03-03 | 8.0 | 169 | 250 | |
    /// | 2026-03-04 | 8.0 | 170 | 250 | |
    /// | 2026-03-05 | 8.0 | 171 | 250 | |
    /// | 2026-03-06 | 8.0 | 169 | 250 | |
    /// | 2026-03-07 | 8.0 | 170 | 250 | |
    /// | 2026-03-08 | 8.0 | 170 | 250 | not assessed |
    /// | 2026-03-09 | 8.0 | 170 | 250 | |
    /// | 2026-03-10 | 8.0 | 176 | 250 | |
    /// | 2026-03-14 | 8.0 | 176 | 250 | clear 4 |
    /// | 2026-03-16 | 8.0 | 176 | 250 | info 4 |
    ///
    /// ## Options
    /// `within_days` (14), `min_runs` (3), `min_percent` (3), `step_rate_percent` (5),
    /// `stance_time_percent` (8).
    ///
    /// ## References
    /// Heiderscheit 2011, Leppänen 2024.
    pub static FORM_CHANGE: Rule {
        id: "form-change",
        name: "Change of form",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "eight runs in 90 days by one device on one surface, each with a step rate or running dynamics over ten minutes of steady, flat running, and three more",
        not_known: "Whether a change of form is linked to injuries is unknown. The change may be intended, and new shoes or sensors look the same.",
        brief: Brief::new(
            "Abrupt change of form",
            "Check what else is new: shoes, sensor, surface, soreness.",
            &[Reading::at_least(Unit::Percent, "from your usual form")],
        ),
        references: &[
            &HEIDERSCHEIT_2011,
            &LEPPANEN_2024,
        ],
        check: check,
    }
}

const METRICS: [FormMetric; 3] = [FormMetric::StepRate, FormMetric::StanceTime, FormMetric::VerticalOscillation];

/// Runs of one measure that were off to the same side.
struct Change {
    metric: FormMetric,
    /// The median, in per cent of the runner's own.
    percent: f64,
    /// From where on the first of them was off, in per cent: later ones stand beside a band that
    /// they widen themselves.
    limit_percent: f64,
    measured: f64,
    expected: f64,
    window: Window,
    runs: Vec<String>,
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, low, options) = (options.units, &options.low_step_rate, &options.form_change);
    let trends = METRICS.map(|metric| log.form_trend(metric));
    let measured = measure(log, &trends, options, low);
    let Some((metric, farthest)) = measured.farthest.filter(|_| measured.most >= options.min_runs) else {
        return own_form::missing(log, trends[0], measured.most, options.min_runs, units);
    };
    let groups = own_form::together(measured.changes, |change| change.window);
    let flags = groups.iter().filter_map(|group| {
        let mut flag = flag(group, trends[0].options.window_days, measured.coverage)?;
        flag.message.push_str(&new_pairs(&flag, log, runner, options));
        Some(flag)
    });
    flagged_or(latest_first(flags), || {
        let percent = farthest.against.residual_percent();
        Outcome::Clear(Clear {
            message: clear_message(metric, &farthest, measured.coverage, options),
            measured: Some(Quantity::new(percent.abs(), Unit::Percent)),
            limit: Some(Quantity::new(limit_percent(metric, &farthest, options), Unit::Percent)),
            window: Window { from: measured.from.unwrap_or(farthest.point.date), to: log.as_of() },
            coverage: measured.coverage,
        })
    })
}

/// The runs that could be held against the runner's own, over all measures.
struct Measured<'t> {
    changes: Vec<Change>,
    /// The run that lies farthest from the runner's own.
    farthest: Option<(FormMetric, Held<'t>)>,
    /// How many of one measure, device and surface there are at most.
    most: usize,
    /// The first day of them all.
    from: Option<Date>,
    coverage: Coverage,
}

fn measure<'t>(
    log: &TrainingLog,
    trends: &[&'t FormTrend],
    options: &Options,
    low: &low_step_rate::Options,
) -> Measured<'t> {
    let held = |trend: &&'t FormTrend| {
        let metric = trend.metric;
        own_form::held(log, trend).into_iter().map(move |kind| (metric, kind)).collect::<Vec<_>>()
    };
    let kinds: Vec<(FormMetric, Vec<Held>)> = trends.iter().flat_map(held).collect();
    let is_new = |change: &Change, kind: &[Held]| {
        let is_told =
            |row: &[Held]| row[0].point.date <= change.window.to && change.window.from <= row[row.len() - 1].point.date;
        let may_be_told = change.metric == FormMetric::StepRate && change.percent < 0.0;
        !(may_be_told && low_step_rate::rows_below_own(kind, low).any(is_told))
    };
    let mut found = Vec::new();
    for (metric, kind) in &kinds {
        found.extend(changes(*metric, kind, options).into_iter().filter(|change| is_new(change, kind)));
    }
    let all = || kinds.iter().flat_map(|(metric, kind)| kind.iter().map(move |held| (*metric, *held)));
    let of_kinds: Vec<Vec<Held>> = kinds.iter().map(|(_, kind)| kind.clone()).collect();
    Measured {
        changes: found,
        farthest: all().max_by(|a, b| off_by(&a.1).total_cmp(&off_by(&b.1))),
        most: kinds.iter().map(|(_, kind)| kind.len()).max().unwrap_or(0),
        from: all().map(|(_, held)| held.point.date).min(),
        coverage: own_form::coverage(log, &of_kinds),
    }
}

fn clear_message(metric: FormMetric, farthest: &Held, coverage: Coverage, options: &Options) -> String {
    format!(
        "The farthest run from your usual form was {:+.1}% off in {}, on {}. {} such runs to the same side within {} days are flagged. {} \
         could be compared at the same speeds. A fallen step rate has its own rule.",
        farthest.against.residual_percent(),
        metric.name().to_lowercase(),
        own_form::day(farthest.point.date),
        options.min_runs,
        options.within_days,
        own_form::runs(coverage.assessed),
    )
}

/// How far a run lies from the runner's own, in per cent.
fn off_by(held: &Held) -> f64 {
    held.against.residual_percent().abs()
}

/// From where on a run is off, in per cent of the runner's own.
fn limit_percent(metric: FormMetric, held: &Held, options: &Options) -> f64 {
    let band = (100.0 * held.against.band / held.against.expected).max(options.min_percent);
    match metric {
        FormMetric::StepRate => band.min(options.step_rate_percent),
        FormMetric::StanceTime => band.min(options.stance_time_percent),
        _ => band,
    }
}

/// The changes of one measure by one device on one surface, the earliest first.
fn changes(metric: FormMetric, kind: &[Held], options: &Options) -> Vec<Change> {
    let is_off = |held: &Held| {
        let (off, limit) = (off_by(held), limit_percent(metric, held, options));
        // On the band is within it; on a percentage is off.
        if held.against.is_outside() { off >= options.min_percent } else { off >= limit && off > 0.0 }
    };
    let days = i64::from(options.within_days);
    let go_on = |a: &Held, b: &Held| b.point.date.days_since(a.point.date) < days;
    let are_enough =
        |row: &[Held]| row.windows(options.min_runs.max(1)).any(|runs| go_on(&runs[0], &runs[runs.len() - 1]));
    let mut changes = Vec::new();
    for up in [false, true] {
        let off: Vec<Held> =
            kind.iter().copied().filter(|held| is_off(held) && (held.against.residual > 0.0) == up).collect();
        changes.extend(off.chunk_by(go_on).filter(|row| are_enough(row)).map(|row| Change {
            metric,
            percent: own_form::middle(row, |held| held.against.residual_percent()),
            limit_percent: limit_percent(metric, &row[0], options),
            measured: own_form::middle(row, |held| held.against.measured),
            expected: own_form::middle(row, |held| held.against.expected),
            window: own_form::window(row),
            runs: own_form::ids(row),
        }));
    }
    changes
}

/// One flag for what changed at the same time; it measures what changed most.
fn flag(group: &[Change], days: u32, coverage: Coverage) -> Option<Flag> {
    let most = group.iter().max_by(|a, b| a.percent.abs().total_cmp(&b.percent.abs()))?;
    let window = Window {
        from: group.iter().map(|change| change.window.from).min()?,
        to: group.iter().map(|change| change.window.to).max()?,
    };
    let parts: Vec<String> = group
        .iter()
        .map(|change| {
            format!(
                "{} {:.1}% {} in {} runs ({:.0} instead of {:.0} {})",
                change.metric.name().to_lowercase(),
                change.percent.abs(),
                if change.percent > 0.0 { "higher" } else { "lower" },
                change.runs.len(),
                change.measured,
                change.expected,
                change.metric.unit_symbol(),
            )
        })
        .collect();
    let mut runs: Vec<String> = group.iter().flat_map(|change| change.runs.iter().cloned()).collect();
    runs.sort();
    runs.dedup();
    Some(Flag {
        tier: Tier::Info,
        message: format!(
            "Your form from {} to {} differed from your usual at the same speeds ({days} days before): {}.",
            own_form::day(window.from),
            own_form::day(window.to),
            parts.join("; "),
        ),
        study: "Running differently moves load from one tissue to another: in a laboratory study of 45 runners more steps took load off \
                the knee. No study has linked a change of form alone with injuries."
            .to_owned(),
        consider: "Check what else is new: shoes, sensor, surface, soreness.".to_owned(),
        measured: Quantity::new(most.percent.abs(), Unit::Percent),
        limit: Quantity::new(most.limit_percent, Unit::Percent),
        window,
        runs,
        coverage,
    })
}

/// ` “Light” was new on 1 Mar 2026 and worn in 3 of these runs.`; empty without a new pair.
fn new_pairs(flag: &Flag, log: &TrainingLog, runner: &Runner, options: &Options) -> String {
    let from = flag.window.from.saturating_add_days(1 - i64::from(options.within_days));
    let worn = shoe_wear::worn(log, runner);
    let note = |shoe| {
        let first = shoe_wear::new_since(shoe, &worn).filter(|first| *first >= from)?;
        let in_it =
            worn.iter().filter(|worn| shoe_wear::is_same(worn.shoe, shoe) && flag.runs.contains(&worn.run.id)).count();
        let (name, first) = (&shoe.name, own_form::day(first));
        (in_it > 0).then(|| format!(" “{name}” was new on {first}; you wore it in {in_it} of these runs."))
    };
    runner.shoes.iter().filter_map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;
    use crate::runner::Shoe;

    /// Runs on the given days after eight of 200 spm and 250 ms on the eight days before.
    fn said(more: &[(i64, f64, f64)]) -> String {
        let run = |n, spm, ms| made::run(n, &[(FormMetric::StepRate, spm), (FormMetric::StanceTime, ms)]);
        let mut runs: Vec<_> = (0..8).map(|n| run(n, 200.0, 250.0)).collect();
        runs.extend(more.iter().map(|(n, spm, ms)| run(*n, *spm, *ms)));
        made::said(&FORM_CHANGE, runs, &Runner::default())
    }

    #[test]
    fn three_runs_within_two_weeks_to_one_side() {
        let on = |days: [i64; 3]| said(&days.map(|n| (n, 206.0, 250.0)));
        assert_eq!(on([8, 10, 21]), "info 3.00");
        assert_eq!(on([8, 10, 22]), "clear", "the fifteenth day");
        assert_eq!(said(&[(8, 206.0, 250.0), (9, 194.0, 250.0), (10, 206.0, 250.0)]), "clear", "to both sides");
    }

    #[test]
    fn small_steps_out_of_a_narrow_band_are_none() {
        assert_eq!(said(&[8, 9, 10].map(|n| (n, 206.0, 250.0))), "info 3.00");
        assert_eq!(said(&[8, 9, 10].map(|n| (n, 205.9, 250.0))), "clear");
    }

    #[test]
    fn what_changes_together_is_told_once() {
        assert_eq!(said(&[8, 9, 10].map(|n| (n, 206.0, 240.0))), "info 4.00");
        let twice = [
            (8, 206.0, 250.0),
            (9, 206.0, 250.0),
            (10, 206.0, 250.0),
            (30, 200.0, 240.0),
            (31, 200.0, 240.0),
            (32, 200.0, 240.0),
        ];
        assert_eq!(said(&twice), "info 3.00", "the second after a break");
    }

    #[test]
    fn five_per_cent_count_in_a_wide_band() {
        let wide = |more: [f64; 3]| {
            let before = [200.0, 188.0, 200.0, 212.0, 200.0, 188.0, 200.0, 212.0];
            let rates = before.iter().chain(&more).enumerate();
            let runs = rates.map(|(n, spm)| made::run(n as i64, &[(FormMetric::StepRate, *spm)])).collect();
            made::said(&FORM_CHANGE, runs, &Runner::default())
        };
        assert_eq!(wide([209.9; 3]), "clear", "a band of 12");
        assert_eq!(wide([210.0; 3]), "info 5.00");
    }
    #[test]
    fn a_fall_that_low_step_rate_tells_is_not_told_again() {
        let fall = |spm, ms| said(&[8, 9, 10].map(|n| (n, spm, ms)));
        assert_eq!(fall(193.0, 250.0), "info 3.50", "less than low-step-rate takes");
        assert_eq!(fall(190.0, 250.0), "clear");
        assert_eq!(fall(190.0, 260.0), "info 4.00", "the stance time alone");
    }

    #[test]
    fn a_new_pair_in_these_runs_is_said() {
        let said = |first_in_new: i64| {
            let run = |n: i64| {
                let mut run = made::run(n, &[(FormMetric::StepRate, if n < 20 { 200.0 } else { 206.0 })]);
                run.gear = Some(if n < first_in_new { "Blue" } else { "Light" }.to_owned());
                run
            };
            let shoe = |name: &str| Shoe { name: name.to_owned(), ..Shoe::default() };
            let runner = Runner { shoes: vec![shoe("Blue"), shoe("Light")], ..Runner::default() };
            let days = [0, 1, 2, 3, 4, 6, 7, 8, 20, 21, 22];
            match made::outcome(&FORM_CHANGE, days.map(run).to_vec(), &runner) {
                Outcome::Flagged(flags) => flags[0].message.split_once("). ").map(|(_, note)| note.to_owned()),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(said(21).as_deref(), Some("“Light” was new on 22 Mar 2026; you wore it in 2 of these runs."));
        assert_eq!(said(7).as_deref(), Some("“Light” was new on 8 Mar 2026; you wore it in 3 of these runs."));
        assert_eq!(said(6), None, "fifteen days");
        assert_eq!(said(0), None, "the first pair of the log is none that is known to be new");
    }

    #[test]
    fn two_runs_are_too_few_to_tell() {
        assert_eq!(said(&[(8, 210.0, 250.0), (9, 210.0, 250.0)]), "not assessed");
    }
}
