//! What changed in the weeks before a pain, as a sequence and not as a cause.

use jiff::civil::Date;
use kneewise_core::Run;
use kneewise_core::log::Week;
use kneewise_read::sport::SubSport;
use kneewise_read::time::DateExt;
use kneewise_read::unit::Units;
use serde::{Deserialize, Serialize};

use crate::Document;

/// So many weeks up to the pain are looked at.
const WEEKS: usize = 6;

/// A rise of the weekly distance is told from this factor on.
const RISE: f64 = 1.25;

/// A change of the trail's share is told from so many points on.
const TRAIL_POINTS: f64 = 20.0;

/// What changed in the weeks before a pain.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Before {
    /// In a sentence or two.
    pub text: String,
    /// The same in a clause: `25 to 48 km a week before the pain`.
    pub short: String,
    /// Metres of the week that the rise began with.
    pub from_m: f64,
    /// Metres of the week that it ended with.
    pub to_m: f64,
    /// Weeks from the first to the last, both counted.
    pub weeks: usize,
    /// Whether a week without a run came before it.
    pub after_break: bool,
    /// The share of trails in the first and the last week, in per cent, where it changed.
    pub trail_percent: Option<(f64, f64)>,
}

/// What changed in the weeks up to the first day of a pain; `None` where too few weeks are known.
pub(super) fn before(document: &Document, since: Date) -> Option<Before> {
    let log = &document.report.log;
    let end = log.weeks().partition_point(|week| week.start <= since);
    let known: Vec<&Week> = log.weeks()[..end].iter().filter(|week| week.complete || week.start > since).collect();
    let is_whole = |week: &&&Week| week.last_day() <= since || week.distance_m > 0.0;
    let weeks: Vec<&Week> = known.iter().rev().take(WEEKS).rev().filter(is_whole).copied().collect();
    if weeks.len() < 3 {
        return None;
    }
    let peak = (0..weeks.len()).max_by(|a, b| weeks[*a].distance_m.total_cmp(&weeks[*b].distance_m))?;
    let low = (0..=peak)
        .rev()
        .take_while(|i| weeks[*i].runs > 0)
        .min_by(|a, b| weeks[*a].distance_m.total_cmp(&weeks[*b].distance_m))?;
    let (first, last) = (weeks[low], weeks[peak]);
    let after_break = low > 0 && weeks[low - 1].runs == 0;
    let (from_m, to_m) = (first.distance_m, last.distance_m);
    let trail = trail_share(document, first).zip(trail_share(document, last));
    let trail_percent = trail.filter(|(from, to)| (to - from).abs() >= TRAIL_POINTS);
    let facts = Facts { from_m, to_m, weeks: peak - low + 1, after_break, trail_percent, units: document.units };
    Some(Before {
        text: text(&facts),
        short: short(&facts),
        from_m,
        to_m,
        weeks: facts.weeks,
        after_break,
        trail_percent,
    })
}

struct Facts {
    from_m: f64,
    to_m: f64,
    weeks: usize,
    after_break: bool,
    trail_percent: Option<(f64, f64)>,
    units: Units,
}

impl Facts {
    fn rises(&self) -> bool {
        self.weeks > 1 && self.to_m >= RISE * self.from_m
    }

    /// `25 to 48 km`.
    fn span(&self) -> String {
        let whole = |metres: f64| (metres / self.units.metres_per_long_unit()).round();
        format!("{} to {} {}", whole(self.from_m), whole(self.to_m), self.units.long_symbol())
    }
}

/// `After a week without running you went from 25 to 48 km a week in four weeks, and trail running
/// rose from 0 to 54%.`
fn text(facts: &Facts) -> String {
    let trail = facts.trail_percent.map(|(from, to)| {
        format!("trail running {} from {from:.0} to {to:.0}%", if to > from { "rose" } else { "fell" })
    });
    if !facts.rises() {
        let even = "Your weekly distance did not rise much in the six weeks before the pain";
        return trail.map_or_else(|| format!("{even}."), |trail| format!("{even}, but {trail}."));
    }
    let lead = if facts.after_break { "After a week without running you" } else { "Before the pain you" };
    let trail = trail.map_or_else(String::new, |trail| format!(", and {trail}"));
    format!("{lead} went from {} a week in {} weeks{trail}.", facts.span(), in_words(facts.weeks))
}

fn short(facts: &Facts) -> String {
    if facts.rises() {
        format!("{} a week before the pain", facts.span())
    } else {
        "no large rise before the pain".to_owned()
    }
}

fn in_words(n: usize) -> &'static str {
    ["no", "one", "two", "three", "four", "five", "six"].get(n).copied().unwrap_or("several")
}

/// The share of a week's distance on trails, in per cent; `None` where no file names the surface.
fn trail_share(document: &Document, week: &Week) -> Option<f64> {
    let runs = document.report.log.runs_between(week.start, week.start.saturating_add_days(6));
    let named = |run: &&Run| !matches!(run.sub_sport, SubSport::Generic | SubSport::Unknown);
    let metres = |run: &Run| run.distance_m().unwrap_or(0.0);
    let anywhere = document.report.log.runs().iter().any(|run| named(&run));
    let all: f64 = runs.iter().map(metres).sum();
    let trail: f64 = runs.iter().filter(|run| run.sub_sport == SubSport::Trail).map(metres).sum();
    (anywhere && all > 0.0).then_some(100.0 * trail / all)
}
