//! The load of late, for planning.

use kneewise_core::log::Week;
use kneewise_core::triage::comes_first;

use crate::Document;
use crate::words;

use super::{Bar, Block, Section};

/// Weeks in the list of bars.
const WEEKS: usize = 8;

pub(super) fn section(document: &Document) -> Section {
    let (load, units) = (&document.report.load, document.units);
    let longest = match (load.longest_run_30_days_m, load.reference_distance_m) {
        (None, _) => "no run with a distance".to_owned(),
        (Some(longest), None) => units.distance(longest) + not_compared(document),
        (Some(longest), Some(reference)) => format!(
            "{}; {}% more is {}",
            units.exact_distance(longest),
            (1000.0 * (document.report.settings.rules.session_spike.small - 1.0)).round() / 10.0,
            // Rounded down, so that the distance named is never over the limit.
            units.exact_distance(round_down(reference, units.metres_per_long_unit() / 100.0)),
        ),
    };
    let facts = vec![
        ("Last 7 days".to_owned(), words::volume(&load.last_7_days, units)),
        ("Last 28 days".to_owned(), words::volume(&load.last_28_days, units)),
        ("Longest run in 30 days".to_owned(), longest),
    ];
    let blocks = vec![Block::Facts(facts), Block::Weeks(weeks(document))];
    Section { heading: "Load".into(), blocks }
}

/// Why there is no distance up to which a next run would be no spike.
fn not_compared(document: &Document) -> &'static str {
    let log = &document.report.log;
    if comes_first(&document.report.care) {
        ""
    } else if log.returning_on(log.as_of()).is_some() || log.days_of_open_break().is_some() {
        "; after a break a next run cannot be compared with it yet"
    } else {
        "; too little history to compare a next run with it"
    }
}

fn weeks(document: &Document) -> Vec<Bar> {
    let weeks = document.report.log.weeks();
    let skipped = weeks.len().saturating_sub(WEEKS);
    let shown = &weeks[skipped..];
    let most = shown.iter().map(|week| week.distance_m).fold(0.0, f64::max);
    let bar = |(i, week): (usize, &Week)| Bar {
        label: week.start.to_string(),
        value: document.units.distance(week.distance_m),
        note: words::week(week, skipped + i == 0),
        share: if most > 0.0 { week.distance_m / most } else { 0.0 },
        complete: week.complete,
    };
    shown.iter().enumerate().map(bar).collect()
}

fn round_down(value: f64, step: f64) -> f64 {
    (value / step).floor() * step
}
