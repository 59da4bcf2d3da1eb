//! The small picture of a finding.

use kneewise_core::Finding;
use kneewise_core::rule::load::session_spike::SESSION_SPIKE;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Unit;

use crate::chart::svg::inline;
use crate::chart::{Anchor, Drawing, Path};
use crate::digest::Standout;

use super::Page;

const SIZE_PX: (f64, f64) = (152.0, 56.0);
/// Where things stand on.
const GROUND_PX: f64 = 50.0;

/// A picture of a finding: runs, weeks, or its number beside its limit.
pub(super) fn of(page: &Page, found: &Standout, finding: &Finding) -> String {
    let mut drawing = Drawing {
        width_px: SIZE_PX.0,
        height_px: SIZE_PX.1,
        title: format!("{}: {}, flagged {}", found.title, found.number, found.limit),
        ..Drawing::default()
    };
    let is_drawn = if found.rule == SESSION_SPIKE.id {
        stems(&mut drawing, page, finding)
    } else if finding.measured.is_some_and(|value| value.unit == Unit::Metres) {
        weeks(&mut drawing, page, finding)
    } else {
        gauge(&mut drawing, found, finding)
    };
    if is_drawn { inline(&drawing, "mini") } else { String::new() }
}

/// The runs of the weeks around, with the one that is flagged.
fn stems(drawing: &mut Drawing, page: &Page, finding: &Finding) -> bool {
    let Some(window) = finding.window else { return false };
    let report = page.document.report;
    let to = window.to.saturating_add_days(10).min(report.as_of);
    let from = window.to.saturating_add_days(-40);
    let runs = report.log.runs_between(from, to);
    let known: Vec<_> = runs.iter().filter_map(|run| Some((run, run.distance_m()?))).collect();
    let highest = known.iter().map(|(_, metres)| *metres).fold(0.0, f64::max);
    let days = to.days_since(from) as f64 + 1.0;
    let (mut plain, mut dots, mut stem, mut mark, mut base) = <(Path, Path, Path, Path, Path)>::default();
    for (run, metres) in &known {
        let x = 4.0 + run.local_date.days_since(from) as f64 / days * (SIZE_PX.0 - 8.0);
        let y = GROUND_PX - metres / highest * (GROUND_PX - 8.0);
        if finding.made_by.as_ref() == Some(&run.id) {
            stem.line((x, GROUND_PX), (x, y));
            mark.diamond((x, y), 5.0);
        } else {
            plain.line((x, GROUND_PX), (x, y));
            dots.dot((x, y));
        }
    }
    if let Some(longest) = finding.runs.get(1).and_then(|id| report.log.run(id)?.distance_m()) {
        let y = GROUND_PX - longest / highest * (GROUND_PX - 8.0);
        base.line((0.0, y), (SIZE_PX.0, y));
    }
    drawing.shape("stem", plain);
    drawing.shape("dot small", dots);
    drawing.shape("event", base);
    drawing.shape("stem flagged", stem);
    drawing.shape("mark flagged", mark);
    ground(drawing);
    highest > 0.0
}

/// The weeks up to the finding's, its days darker.
fn weeks(drawing: &mut Drawing, page: &Page, finding: &Finding) -> bool {
    const WEEKS: usize = 10;
    let Some(window) = finding.window else { return false };
    let weeks = page.document.report.log.weeks();
    let end = weeks.partition_point(|week| week.start <= window.to);
    let shown = &weeks[end.saturating_sub(WEEKS)..end];
    let highest = shown.iter().map(|week| week.distance_m).fold(0.0, f64::max);
    let (mut plain, mut dark) = <(Path, Path)>::default();
    let width = (SIZE_PX.0 - 4.0) / WEEKS as f64;
    for (i, week) in shown.iter().enumerate().filter(|(_, week)| week.distance_m > 0.0) {
        let left = SIZE_PX.0 - (shown.len() - i) as f64 * width;
        let top = GROUND_PX - week.distance_m / highest * (GROUND_PX - 6.0);
        let is_of_it = week.last_day() >= window.from;
        let path = if is_of_it { &mut dark } else { &mut plain };
        path.bar(left, top, left + width - 2.0, GROUND_PX);
    }
    drawing.shape("bar", plain);
    drawing.shape("bar trail", dark);
    ground(drawing);
    highest > 0.0
}

/// A bar as long as the number, and the limit across it.
fn gauge(drawing: &mut Drawing, found: &Standout, finding: &Finding) -> bool {
    let Some((measured, limit)) = finding.measured.zip(finding.limit) else { return false };
    let (value, limit) = (measured.value.abs(), limit.value.abs());
    let highest = value.max(limit) * 1.12;
    // Where numbers are far from zero, such as steps a minute, only what is near them is drawn.
    let near = value.min(limit) > 0.6 * highest;
    let low = if near { value.min(limit) - 2.0 * (value - limit).abs().max(0.02 * highest) } else { 0.0 };
    if !(highest > low && value.is_finite()) {
        return false;
    }
    let at = |value: f64| (value - low) / (highest - low) * SIZE_PX.0;
    let (mut whole, mut bar, mut line) = <(Path, Path, Path)>::default();
    whole.bar(0.0, 24.0, SIZE_PX.0, 40.0);
    bar.bar(0.0, 24.0, at(value).max(1.0), 40.0);
    line.line((at(limit), 16.0), (at(limit), 48.0));
    drawing.shape("own", whole);
    drawing.shape("bar trail", bar);
    drawing.shape("limit", line);
    let word = found.limit.split(' ').find(|word| word.chars().any(|c| c.is_ascii_digit())).unwrap_or_default();
    drawing.label((at(limit).clamp(12.0, SIZE_PX.0 - 12.0), 12.0), Anchor::Middle, "t flagged", word);
    true
}

fn ground(drawing: &mut Drawing) {
    let mut axis = Path::default();
    axis.line((0.0, GROUND_PX), (SIZE_PX.0, GROUND_PX));
    drawing.shape("axis", axis);
}
