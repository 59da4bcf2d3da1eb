//! Numbers, days and names as people read them.

use kneewise_core::log::Week;
use kneewise_core::report::Volume;
use kneewise_core::rule::{Quantity, Tier};
use kneewise_core::sport::Sport;
use kneewise_core::unit::{Unit, Units, clock};
use kneewise_import::{Ledger, Outcome};

/// `1 run`, `12 runs`.
pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// A sport's name, for people.
pub(crate) fn sport(sport: Sport) -> String {
    match sport {
        Sport::Generic => "no sport named".to_owned(),
        named => named.name().replace('_', " "),
    }
}

/// A sentence, without a full stop, on the activities that are not counted because their files name no sport.
///
/// `None` where there are none. Copies of others are not among them.
pub fn not_counted(ledger: &Ledger) -> Option<String> {
    let rows = ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
    let n = rows.flat_map(|row| &row.activities).filter(|activity| activity.sport == Sport::Generic).count();
    let what = match n {
        0 => return None,
        1 => "1 activity names no sport and is not counted".to_owned(),
        n => format!("{n} activities name no sport and are not counted"),
    };
    Some(format!("{what}; --untyped-as-runs counts such as runs"))
}

/// A measured value or a limit, in the reader's units.
pub(crate) fn quantity(quantity: Quantity, units: Units) -> String {
    let Quantity { value, unit } = quantity;
    match unit {
        Unit::Ratio => format!("{value:.2}"),
        Unit::Percent => format!("{value:.0} %"),
        Unit::Count => format!("{value:.0}"),
        Unit::Days => count(value.round() as usize, "day"),
        Unit::Metres => units.distance(value),
        Unit::Seconds => clock(value),
        Unit::SecondsPerKilometre => units.pace_at(1000.0 / value),
        other => format!("{value:.0} {other}"),
    }
}

/// A tier's sign: tiers differ in shape, so that no one needs to see their colour.
pub(crate) fn sign(tier: Tier) -> &'static str {
    match tier {
        Tier::Elevated => "▲",
        Tier::Notice => "◆",
        Tier::Info => "○",
    }
}

/// What a tier asks of the reader.
pub(crate) fn meaning(tier: Tier) -> &'static str {
    match tier {
        Tier::Elevated => "worth considering a change",
        Tier::Notice => "worth watching",
        Tier::Info => "for context",
    }
}

/// `3 runs, 24.1 km, 2:12:03`; what no file says is left out.
pub(crate) fn volume(volume: &Volume, units: Units) -> String {
    if volume.runs == 0 {
        return "no run".to_owned();
    }
    let mut parts = vec![count(volume.runs, "run")];
    parts.extend((volume.runs > volume.runs_without_distance).then(|| units.distance(volume.distance_m)));
    parts.extend((volume.timer_s > 0.0).then(|| clock(volume.timer_s)));
    parts.join(", ") + &without_distance(volume.runs_without_distance)
}

/// What to know about a week besides its distance: `4 runs, not over yet`.
pub(crate) fn week(week: &Week, is_first: bool) -> String {
    let end = match (week.complete, is_first) {
        (true, _) => "",
        (false, true) => ", first of the log",
        (false, false) => ", not over yet",
    };
    let runs = if week.runs == 0 { "no run".to_owned() } else { count(week.runs, "run") };
    format!("{runs}{}{end}", without_distance(week.runs_without_distance))
}

fn without_distance(runs: usize) -> String {
    if runs == 0 { String::new() } else { format!(", {runs} without a distance") }
}

/// Text of a file or its name, with what could steer a terminal made visible: control characters and
/// those that turn the direction of writing.
pub(crate) fn printable(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}

/// The last part of a path: a report is for showing around, folders of the runner's machine are not.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A text with a capital letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
