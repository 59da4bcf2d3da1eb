//! More time on the ground with one foot than with the other.

use crate::baseline::{self, FormPoint, FormTrend, form_trend};
use crate::doc::documented;
use crate::knowledge::reference::GARMIN;
use crate::log::TrainingLog;
use crate::measure::form::FormMetric;
use crate::runner::Runner;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use super::own_form::{self, Held};
use crate::rule::brief::{Brief, Reading};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Rule, Tier, Window, flagged_or,
    latest_first,
};

settable! {
    /// Days before a run whose runs it is compared with, and the last days of the log over which
    /// the share itself is taken.
    window_days: u32 = 60, 1..=3660;
    /// Runs that a comparison takes.
    min_runs: usize = 5, 1..=10_000;
    /// Seconds of steady, flat running that each run must have.
    min_seconds: f64 = 600.0, 0.0..=1e7;
    /// More than this on one foot (per cent of the contact) is flagged.
    high_percent: f64 = 52.2, 50.0..=100.0;
    /// A share this far (percentage points) from the runner's usual is flagged.
    shift_points: f64 = 1.5, 0.0..=1000.0;
    /// Runs in a row that must be that far.
    shift_min_runs: usize = 2, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Looks at how the time on the ground is shared between the feet, over steady, flat running.
    ///
    /// * More than 52.2% on one side is info: the median of at least five runs in the last 60 days,
    ///   by the device of the latest run.
    /// * Two runs in a row at least 1.5 percentage points from your usual share, to the same side,
    ///   are notice. Your usual share is the median of at least five runs in the 60 days before, by
    ///   the same device on the same surface.
    ///
    /// ## Why it matters
    /// Runners often spare a sore leg before they notice. Garmin writes that 5% of runners have
    /// more than 52.2% on the left and 5% on the right, without giving the number of runners. It
    /// also writes that its team found injuries and imbalance together in some runners. That is a
    /// maker's word, not a study that can be read.
    ///
    /// ## Limits
    /// No study has followed runners by this number. Camber, bends, hills, the position of the
    /// strap and a difference in leg length shift it. Devices disagree: in one recording with two
    /// of them, one gave the left foot 49.4% and the other 51.1%. It is therefore compared only
    /// with the same device; a changed strap or pod is not seen. That the number means the left
    /// foot is the makers' convention, although no page that was read states it. The 1.5 points,
    /// the two runs and the five are heuristics. Nothing is compared with your usual share in the
    /// first weeks after a break of at least 14 days.
    ///
    /// ## Example
    /// | date | km | `balance_percent` | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 8.0 | 50.2 | |
    /// | 2026-03-04 | 8.0 | 50.4 | |
    /// | 2026-03-08 | 8.0 | 50.2 | not assessed |
    /// | 2026-03-11 | 8.0 | 50.3 | |
    /// | 2026-03-15 | 8.0 | 50.4 | clear 50 |
    /// | 2026-03-18 | 8.0 | 52.4 | clear 50 |
    /// | 2026-03-20 | 8.0 | 52.4 | notice 2.08 |
    ///
    /// ## Options
    /// `window_days` (60), `min_runs` (5), `min_seconds` (600), `high_percent` (52.2),
    /// `shift_points` (1.5), `shift_min_runs` (2).
    ///
    /// ## References
    /// Garmin.
    pub static CONTACT_BALANCE: Rule {
        id: "contact-balance",
        name: "Balance of ground contact",
        area: Area::Form,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "five runs in 60 days by one device that records each foot, each with ten minutes of steady, flat running",
        not_known: "No study has followed runners by this number. Camber, hills, the strap's position and favouring one leg look the same.",
        brief: Brief::new(
            "Uneven ground contact",
            "Note any soreness on one side.",
            &[
                Reading::at_least(Unit::Percent, "of contact time to one side").in_words("points"),
                Reading::above(Unit::Percent, "of contact time on one side").from(50.0),
            ],
        ),
        references: &[&GARMIN],
        check: check,
    }
}

const STUDY: &str = "Garmin, a maker of such sensors, writes that one runner in ten is outside 52.2/47.8, and that some runners had both imbalance \
    and injuries. No study has followed runners by this number.";

/// `50.3/49.7`.
fn sides(left: f64) -> String {
    format!("{left:.1}/{:.1}", 100.0 - left)
}

/// The share of the foot that has more.
fn higher(left: f64) -> f64 {
    left.max(100.0 - left)
}

fn check(log: &TrainingLog, _: &Runner, options: &rule::Options) -> Outcome {
    let options = &options.contact_balance;
    let of_baseline = baseline::Options {
        window_days: options.window_days,
        min_runs: options.min_runs,
        min_seconds: options.min_seconds,
        ..baseline::Options::default()
    };
    let trend = form_trend(log.runs(), FormMetric::StanceTimeBalance, log.as_of(), &of_baseline);
    let kinds = own_form::held(log, &trend);
    let share = share(log, &trend, options);
    let shifts = shifts(&kinds, own_form::coverage(log, &kinds), options);
    // Of the same day the shift first.
    let flags = latest_first(shifts.into_iter().chain(share.as_ref().and_then(|share| share.flag(options))));
    flagged_or(flags, || match share {
        Some(share) => share.clear(own_form::could_be_in_a_row(&kinds, options.shift_min_runs), options),
        None => missing(log, &trend, options),
    })
}

fn missing(log: &TrainingLog, trend: &FormTrend, options: &Options) -> Outcome {
    let (needs, days) = (options.min_runs, options.window_days);
    let from = log.as_of().saturating_add_days(1 - i64::from(days));
    let has = trend.points.iter().filter(|point| point.date >= from).count();
    let remedy = if trend.points.is_empty() {
        own_form::remedy(FormMetric::StanceTimeBalance).to_owned()
    } else {
        format!("{needs} runs within {days} days with the sensor that records each foot")
    };
    Missing::outcome(
        format!(
            "needs {needs} runs in the last {days} days by one device with a left/right share of ground contact over {:.0} minutes of \
             steady, flat running. Of {} in the log {} have such a share ({has} in these days)",
            options.min_seconds / 60.0,
            own_form::runs(log.runs().len()),
            own_form::none_or(trend.points.len()),
        ),
        remedy,
    )
}

/// The share itself, over the last days by the device of the latest run.
struct Share<'t> {
    points: Vec<&'t FormPoint>,
    left: f64,
    window: Window,
    coverage: Coverage,
}

fn share<'t>(log: &TrainingLog, trend: &'t FormTrend, options: &Options) -> Option<Share<'t>> {
    let from = log.as_of().saturating_add_days(1 - i64::from(options.window_days));
    let recent = trend.points.iter().filter(|point| point.date >= from && point.seconds >= options.min_seconds);
    let device = &recent.clone().next_back()?.device;
    let points: Vec<&FormPoint> = recent.filter(|point| point.device == *device).collect();
    if points.len() < options.min_runs {
        return None;
    }
    let counts = |id: &str| points.iter().any(|point| point.run == id);
    let runs = log.runs_between(from, log.as_of()).iter();
    Some(Share {
        left: own_form::middle(&points, |point| point.measured),
        window: Window { from: points[0].date, to: points[points.len() - 1].date },
        coverage: Coverage::count("runs", log.as_of(), runs.map(|run| (run.local_date, counts(&run.id))))
            .without("a share by this device over enough steady, flat running"),
        points,
    })
}

impl Share<'_> {
    /// Nothing was found, nor in so many runs that were compared with the runner's own.
    fn clear(&self, compared: usize, options: &Options) -> Outcome {
        let own = match compared {
            0 => "Too few runs could be compared with your usual share.".to_owned(),
            _ => format!(
                "Of {} that could be compared, no {} in a row were {} percentage points or more to one side of your usual share.",
                own_form::runs(compared),
                options.shift_min_runs,
                options.shift_points,
            ),
        };
        Outcome::Clear(Clear {
            message: format!(
                "Your left/right share of ground contact was {} (median of {} since {}). More than {:.1}% on one side is flagged. {own}",
                sides(self.left),
                own_form::runs(self.points.len()),
                own_form::day(self.window.from),
                options.high_percent,
            ),
            measured: Some(Quantity::new(higher(self.left), Unit::Percent)),
            limit: Some(Quantity::new(options.high_percent, Unit::Percent)),
            window: self.window,
            coverage: self.coverage,
        })
    }

    fn flag(&self, options: &Options) -> Option<Flag> {
        (higher(self.left) > options.high_percent).then(|| Flag {
            tier: Tier::Info,
            message: format!(
                "Your left/right share of ground contact was {} (median of {} runs since {}). More than {:.1}% on one side is flagged. Camber, \
                 the strap's position, a difference in leg length or favouring one leg can cause this.",
                sides(self.left),
                self.points.len(),
                own_form::day(self.window.from),
                options.high_percent,
            ),
            study: STUDY.to_owned(),
            consider: "Note any soreness on one side in the diary.".to_owned(),
            measured: Quantity::new(higher(self.left), Unit::Percent),
            limit: Quantity::new(options.high_percent, Unit::Percent),
            window: self.window,
            runs: self.points.iter().map(|point| point.run.clone()).collect(),
            coverage: self.coverage,
        })
    }
}

fn shifts(kinds: &[Vec<Held>], coverage: Coverage, options: &Options) -> Vec<Flag> {
    // A tenth of what a file can hold: 51.8 less 50.3 is 1.5 points, whatever binary fractions make
    // of it.
    let limit = options.shift_points - 1e-3;
    let side = |held: &Held| (held.against.residual.abs() >= limit).then_some(held.against.residual > 0.0);
    let flag = |row: &[Held]| {
        let now = own_form::middle(row, |held| held.against.measured);
        let before = own_form::middle(row, |held| held.against.expected);
        Flag {
            tier: Tier::Notice,
            message: format!(
                "{} your left/right share of ground contact was {} (median), compared with your usual {}. That is a shift of {:.1} percentage points; {} or more are flagged. Camber, hills, the strap's position or favouring one leg can cause this.",
                own_form::when(row),
                sides(now),
                sides(before),
                (now - before).abs(),
                options.shift_points,
            ),
            study: STUDY.to_owned(),
            consider: "Note any soreness on one side in the diary.".to_owned(),
            measured: Quantity::new((now - before).abs(), Unit::Percent),
            limit: Quantity::new(options.shift_points, Unit::Percent),
            window: own_form::window(row),
            runs: own_form::ids(row),
            coverage,
        }
    };
    let rows = kinds.iter().flat_map(|kind| own_form::in_a_row(kind, side, options.shift_min_runs));
    rows.map(flag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;
    use kneewise_read::activity::Device;

    fn said(shares: &[f64]) -> String {
        let run = |(n, left): (usize, &f64)| made::run(n as i64, &[(FormMetric::StanceTimeBalance, *left)]);
        made::said(&CONTACT_BALANCE, shares.iter().enumerate().map(run).collect(), &Runner::default())
    }

    #[test]
    fn either_side_counts_alike() {
        assert_eq!(said(&[52.2; 5]), "clear");
        assert_eq!(said(&[52.3; 5]), "info 52.30");
        assert_eq!(said(&[47.7; 5]), "info 52.30");
    }

    #[test]
    fn a_shift_is_two_runs_to_the_same_side() {
        let with = |more: &[f64]| said(&[&[50.3; 5], more].concat());
        assert_eq!(with(&[51.8, 51.8]), "notice 1.50");
        assert_eq!(with(&[51.8, 51.79]), "clear");
        assert_eq!(with(&[51.9, 48.7]), "clear", "to both sides");
        assert_eq!(with(&[51.9, 50.3, 51.9]), "clear", "not in a row");
    }

    #[test]
    fn another_device_is_not_compared() {
        let mut runs: Vec<_> =
            (0..7).map(|n| made::run(n, &[(FormMetric::StanceTimeBalance, if n < 5 { 50.3 } else { 52.0 })])).collect();
        let device = Device { manufacturer: "other".to_owned(), product: String::new() };
        runs[5..].iter_mut().for_each(|run| run.device = Some(device.clone()));
        assert_eq!(made::said(&CONTACT_BALANCE, runs, &Runner::default()), "not assessed");
    }
}
