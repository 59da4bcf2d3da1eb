//! Each run against the longest of the month before it, with the limits of the session-spike rule.

use kneewise_core::report::FindingOutcome;
use kneewise_core::rule::Tier;
use kneewise_core::rule::load::session_spike::{self, comparisons};
use kneewise_core::{Finding, Report};
use kneewise_read::unit::Units;

use super::calendar::Calendar;
use super::frame::{self, Canvas, Drawn, Frame, Mark};
use super::theme;

/// Higher ratios come after a pause; their points lie on the upper edge, so that the limits stay
/// apart.
const HIGHEST: f64 = 3.0;

pub(super) fn draw(canvas: &Canvas, report: &Report, units: Units) -> Drawn {
    let comparisons = comparisons(&report.log, &report.settings.rules.session_spike);
    let compared: Vec<_> = comparisons.into_iter().flatten().collect();
    let (Some(first), Some(_)) = (report.log.first_day(), compared.first()) else {
        return frame::empty(canvas, "No run with 30 days of history before it in the log");
    };
    let options = &report.settings.rules.session_spike;
    let limits = [options.small, options.moderate, options.large];
    let highest = compared.iter().map(|run| run.ratio).fold(options.large * 1.15, f64::max);
    let top = highest.min(HIGHEST.max(options.large * 1.15));
    let (least, over) = (units.distance(options.min_distance_m), units.distance(options.min_excess_m));
    let unmarked = format!("run; also above {:.2}: under {least} or not {over} over the longest", limits[0]);
    let calendar = || Calendar::new(first, report.as_of);
    let axes = Frame {
        days: calendar(),
        values: 0.0..top,
        x_title: "day of the run",
        y_title: "times the longest of 30 days",
        is_clock: false,
        label: &frame::decimals(1),
        legend: &[
            (Mark::Dot, &theme::POINT, &unmarked),
            (Mark::Diamond, &theme::NOTICE, "notice"),
            (Mark::Triangle, &theme::ELEVATED, "elevated"),
        ],
        has_limits: true,
    };
    let plot = frame::plot(canvas, axes)?;
    for limit in limits {
        frame::limit(canvas, &plot, limit, format!("{limit:.2}"))?;
    }
    if highest > top {
        frame::limit(canvas, &plot, top, format!("over {top:.0}"))?;
    }
    let flagged: Vec<&Finding> =
        report.of(FindingOutcome::Flagged).filter(|finding| finding.rule == session_spike::SESSION_SPIKE.id).collect();
    let tier_of = |id: &str| flagged.iter().find(|finding| finding.runs.first().is_some_and(|run| run == id))?.tier;
    let mut points: Vec<_> = compared.iter().map(|c| (tier_of(&c.run.id), c)).collect();
    // Flagged ones last, on top.
    points.sort_by_key(|(tier, _)| *tier);
    for (tier, comparison) in points {
        let day = calendar().at(comparison.run.local_date) + 0.5;
        let (mark, ink) = match tier {
            Some(Tier::Elevated) => (Mark::Triangle, &theme::ELEVATED),
            Some(_) => (Mark::Diamond, &theme::NOTICE),
            None => (Mark::Dot, &theme::POINT),
        };
        mark.draw(canvas, plot.backend_coord(&(day, comparison.ratio.min(top))), ink)?;
    }
    Ok(())
}
