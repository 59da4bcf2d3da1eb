//! Numbers, days and names as people read them.

use std::borrow::Cow;

use kneewise_core::log::Week;
use kneewise_core::measure::metric::{AVG_STEP_LENGTH, DISTANCE, MOVING_DISTANCE, Metric, SAMPLED_DISTANCE};
use kneewise_core::report::Volume;
use kneewise_core::rule::{Quantity, Tier};
use kneewise_import::{Ledger, Outcome};
use kneewise_read::sport::Sport;
use kneewise_read::unit::{Unit, Units, clock, grouped, in_percent};

const METRES_PER_FOOT: f64 = 0.3048;

/// Less is not worth a kilometre or mile (metres): a climb, or a very short run.
const SHORT_M: f64 = 500.0;

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

/// A sentence, without a full stop, on the activities that are not counted because their files name
/// no sport, or one that is not known here.
///
/// `None` where there are none. Copies of others are not among them.
pub fn not_counted(ledger: &Ledger) -> Option<String> {
    let rows = ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
    let n =
        |sport: Sport| rows.clone().flat_map(|row| &row.activities).filter(|activity| activity.sport == sport).count();
    let untyped = match n(Sport::Generic) {
        0 => None,
        1 => Some("1 activity names no sport and is not counted; --untyped-as-runs counts it as a run".to_owned()),
        n => Some(format!("{n} activities name no sport and are not counted; --untyped-as-runs counts them as runs")),
    };
    let unknown = match n(Sport::Unknown) {
        0 => None,
        1 => Some("1 activity names a sport that is not known here and is not counted".to_owned()),
        n => Some(format!("{n} activities name a sport that is not known here and are not counted")),
    };
    let told: Vec<String> = [untyped, unknown].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// A text in which e-mail addresses are not shown. In JSON an escape before one stays whole.
pub(crate) fn without_addresses(text: &str) -> Cow<'_, str> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let is_domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let mut from =
            rest[..at].rfind(|c| !is_local(c)).map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        if rest[..from].ends_with('\\') {
            from = (from + if rest[from..].starts_with('u') { 5 } else { 1 }).min(at);
        }
        let to = at + 1 + rest[at + 1..].find(|c| !is_domain(c)).unwrap_or(rest.len() - at - 1);
        let domain = rest[at + 1..to].trim_end_matches('.');
        let is_address = from < at && domain.contains('.') && !domain.starts_with('.');
        if is_address {
            shown += &rest[..from];
            shown += "(e-mail)";
            rest = &rest[at + 1 + domain.len()..];
        } else {
            shown += &rest[..=at];
            rest = &rest[at + 1..];
        }
    }
    if shown.is_empty() { rest.into() } else { (shown + rest).into() }
}

/// Reads a tier by its name.
pub(crate) fn tier<'de, D: serde::Deserializer<'de>>(of: D) -> Result<Tier, D::Error> {
    let name: String = serde::Deserialize::deserialize(of)?;
    let known = Tier::ALL.iter().copied().find(|tier| tier.name() == name);
    known.ok_or_else(|| serde::de::Error::custom(format!("`{name}` is not a tier")))
}

/// A measured value or a limit, in the reader's units.
pub(crate) fn quantity(quantity: Quantity, units: Units) -> String {
    let Quantity { value, unit } = quantity;
    match unit {
        Unit::Ratio => format!("{value:.2}×"),
        Unit::Percent if value.abs() < 10.0 => format!("{}%", short(value)),
        Unit::Percent => in_percent(value),
        Unit::Degrees => format!("{}°", short(value)),
        // A maker's scale of a few steps, and small points.
        Unit::Arbitrary if value.abs() < 20.0 => format!("{} {unit}", short(value)),
        Unit::Count => format!("{value:.0}"),
        Unit::Days => count(value.round() as usize, "day"),
        Unit::Metres if value < SHORT_M => height(value, units),
        Unit::Metres => units.distance(value),
        Unit::Seconds => clock(value),
        Unit::SecondsPerKilometre => units.pace_at(1000.0 / value),
        Unit::MetresPerSecond => units.pace_at(value),
        Unit::Hours => format!("{value:.1} h"),
        other => format!("{value:.0} {other}"),
    }
}

/// A small number, to the tenth where it is none of the whole ones.
fn short(value: f64) -> String {
    let tenths = decimals(value, 1);
    tenths.strip_suffix(".0").map(str::to_owned).unwrap_or(tenths)
}

/// The value of a metric, in the reader's units and with as many digits as a watch's sensors are
/// good for.
pub(crate) fn figure(metric: &Metric, value: f64, units: Units) -> String {
    match metric.unit {
        Unit::Metres if [DISTANCE.id, SAMPLED_DISTANCE.id, MOVING_DISTANCE.id].contains(&metric.id) => {
            format!("{} {}", decimals(value / units.metres_per_long_unit(), 2), units.long_symbol())
        }
        Unit::Metres if metric.id == AVG_STEP_LENGTH.id => match units {
            Units::Metric => format!("{} m", decimals(value, 2)),
            Units::Imperial => format!("{} ft", decimals(value / METRES_PER_FOOT, 2)),
        },
        Unit::Metres => height(value, units),
        Unit::Seconds => clock(value),
        Unit::SecondsPerKilometre => units.pace_at(1000.0 / value),
        // Runners know paces, not speeds.
        Unit::MetresPerSecond => units.pace_at(value),
        Unit::Count => decimals(value, 0),
        Unit::Ratio => decimals(value, 2),
        Unit::BeatsPerMinute => format!("{} bpm", decimals(value, 0)),
        other => format!("{} {other}", decimals(value, 1)),
    }
}

/// On what ground a value stands: `from samples`, `entered on the watch`.
pub(crate) fn ground(basis: &str) -> String {
    if basis.starts_with("entered ") { basis.to_owned() } else { format!("from {basis}") }
}

/// A height or a change of it: `55 m`, `180 ft`.
pub(crate) fn height(metres: f64, units: Units) -> String {
    match units {
        Units::Metric => format!("{} m", decimals(metres, 0)),
        Units::Imperial => format!("{} ft", decimals(metres / METRES_PER_FOOT, 0)),
    }
}

/// A number with so many decimals, and no minus before a zero.
pub(crate) fn decimals(value: f64, n: usize) -> String {
    let text = format!("{value:.n$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| matches!(c, '0' | '.')) => digits.to_owned(),
        _ => text,
    }
}

/// A number with a comma at each thousand of its whole part.
pub(crate) fn with_commas(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    whole.parse().map_or_else(|_| number.to_owned(), |n| format!("{sign}{}{rest}", grouped(n)))
}

/// A tier's sign: tiers differ in shape, so that no one needs to see their colour.
pub(crate) fn sign(tier: Tier) -> &'static str {
    match tier {
        Tier::Elevated => "▲",
        Tier::Notice => "◆",
        Tier::Info => "○",
    }
}

/// What a tier asks of the reader; nothing to change while somebody should look first.
pub(crate) fn meaning(tier: Tier, care_first: bool) -> &'static str {
    match tier {
        Tier::Elevated if care_first => "worth telling your doctor or physiotherapist",
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

/// Text of a file or its name, with what could steer a terminal made visible: control characters
/// and those that turn the direction of writing.
pub(crate) fn printable(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}

/// The last part of a path: a report is for showing around, folders of the runner's machine are
/// not.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A text with a capital letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kneewise_core::measure::metric::{ASCENT, PACE};

    #[test]
    fn figures_read_as_runners_write_them() {
        assert_eq!(figure(&DISTANCE, 5000.0, Units::Metric), "5.00 km");
        assert_eq!(figure(&ASCENT, 54.8, Units::Metric), "55 m");
        assert_eq!(figure(&ASCENT, 54.8, Units::Imperial), "180 ft");
        assert_eq!(figure(&AVG_STEP_LENGTH, 1.068, Units::Metric), "1.07 m");
        assert_eq!(figure(&PACE, 300.0, Units::Metric), "5:00/km");
        assert_eq!(["999", "-1234.5", "10000"].map(with_commas), ["999", "-1,234.5", "10,000"]);
        assert_eq!((decimals(-0.04, 1), decimals(-0.06, 1)), ("0.0".to_owned(), "-0.1".to_owned()));
    }

    #[test]
    fn addresses_are_not_shown() {
        for (text, shown) in [
            ("run@home", "run@home"),
            ("@ 5:00", "@ 5:00"),
            ("me.too+x@mail.example.org_0_summary.json", "(e-mail)_0_summary.json"),
            ("é a@b.c, d@e.f.", "é (e-mail), (e-mail)."),
            (r#""x\na@b.c \u00e9a@b.c""#, r#""x\n(e-mail) \u00e9(e-mail)""#),
        ] {
            assert_eq!(without_addresses(text), shown);
        }
    }
}
