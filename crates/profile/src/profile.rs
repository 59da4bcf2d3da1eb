//! `profile.toml`: the runner.

mod later;
mod shoes;
mod write;

use jiff::civil::{Date, Weekday};
use kneewise_core::rule::Refused;
use kneewise_core::runner::diary::Side;
use kneewise_core::runner::{FootPosture, Injury, LimitKind, Limits, LimitsFrom, MassFrom, Sex, Site};
use kneewise_core::{Runner, Settings, rule};
use kneewise_read::time::{UnknownZone, Zone};
use kneewise_read::unit::Units;

use crate::document::{self, Keys, Problems};
use crate::{Error, Rules, human};
pub use later::later_than;
pub use write::to_toml;

/// What a profile says. Every field may be empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// The runner, without a diary.
    pub runner: Runner,
    /// The time zone for files without a clock and a place, by its IANA name.
    pub time_zone: Option<String>,
    /// The day on which weeks begin.
    pub week_start: Option<Weekday>,
    /// Units for people.
    pub units: Option<Units>,
}

impl Profile {
    /// Returns this profile, and where it is silent, the other one; see [`Runner::or`].
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            runner: self.runner.or(other.runner),
            time_zone: self.time_zone.or(other.time_zone),
            week_start: self.week_start.or(other.week_start),
            units: self.units.or(other.units),
        }
    }

    /// Returns the time zone for files without a clock and a place.
    ///
    /// # Errors
    /// [`UnknownZone`] for a name that is no zone's; a profile that was [parsed](parse) has none.
    pub fn zone(&self) -> Result<Option<Zone>, UnknownZone> {
        self.time_zone.as_deref().map(Zone::named).transpose()
    }

    /// Returns the settings of a report: the profile's week and units, and these rules.
    ///
    /// # Errors
    /// [`Refused`] for rules of a program's own that [cannot be](Settings::with_rule).
    pub fn settings(&self, rules: &Rules) -> Result<Settings, Refused> {
        let settings = Settings {
            week_start: self.week_start.unwrap_or(Weekday::Monday),
            rules: rule::Options { units: self.units.unwrap_or_default(), ..rules.options.clone() },
            selection: rules.selection.clone(),
            ..Settings::default()
        };
        rules.own.iter().cloned().try_fold(settings, Settings::with_rule)
    }
}

/// What may stand at the top of a profile.
const KEYS: [&str; 17] = [
    "began",
    "birth_year",
    "sex",
    "height_m",
    "orthoses",
    "foot_posture",
    "strength_per_week",
    "stretches",
    "other_sports_h_per_week",
    "conditions",
    "time_zone",
    "week_start",
    "units",
    "mass",
    "limits",
    "injuries",
    "shoes",
];

/// Reads a profile; `path` names it in errors.
///
/// # Errors
/// [`Error::Wrong`] with everything that is wrong: no TOML, unknown keys, values out of range, what
/// cannot be true together. A profile with anything wrong in it is not used in part.
pub fn parse(text: &str, path: &str) -> Result<Profile, Error> {
    let table = document::parse(text, path)?;
    let problems = Problems::of(text);
    let keys = Keys { table: &table, at: 0, problems: &problems };
    keys.only(&KEYS);
    let profile = of(keys);
    problems.none_or(path, profile)
}

fn of(keys: Keys) -> Profile {
    let limits: Vec<LimitsFrom> = keys.tables("limits").into_iter().map(limits).collect();
    let birth_year = keys.whole("birth_year", human::BIRTH_YEAR);
    let shoes = shoes::all(&keys.tables("shoes"));
    let runner = Runner {
        birth_year,
        sex: keys.word("sex", &["female", "male"], sex),
        height_m: keys.number("height_m", human::HEIGHT_M, "metres, such as 1.68"),
        masses: keys.tables("mass").into_iter().filter_map(mass).collect(),
        limits,
        began: began(keys, birth_year),
        // `injuries = []` says that there were none; no key says nothing.
        injuries: keys.table.get("injuries").map(|_| keys.tables("injuries").into_iter().filter_map(injury).collect()),
        conditions: keys.texts("conditions").into_iter().map(str::to_owned).collect(),
        orthoses: keys.flag("orthoses"),
        foot_posture: keys.word("foot_posture", &names(FootPosture::ALL, FootPosture::name), FootPosture::named),
        strength_per_week: keys.number("strength_per_week", 0.0..=14.0, "sessions"),
        stretches: keys.flag("stretches"),
        other_sports_h_per_week: keys.number("other_sports_h_per_week", 0.0..=80.0, "hours"),
        shoes,
        ..Runner::default()
    };
    let time_zone = keys.text("time_zone").filter(|name| {
        let is_known = Zone::named(name).is_ok();
        if !is_known {
            keys.wrong("time_zone", &format!("is \"{name}\", which is not a time zone; they look like Europe/Berlin"));
        }
        is_known
    });
    Profile {
        runner,
        time_zone: time_zone.map(str::to_owned),
        week_start: keys.word("week_start", &["monday", "sunday"], week_start),
        units: keys.word("units", &["metric", "imperial"], units),
    }
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| name(*one)).collect()
}

fn sex(word: &str) -> Option<Sex> {
    match word {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        _ => None,
    }
}

fn week_start(word: &str) -> Option<Weekday> {
    match word {
        "monday" => Some(Weekday::Monday),
        "sunday" => Some(Weekday::Sunday),
        _ => None,
    }
}

fn units(word: &str) -> Option<Units> {
    match word {
        "metric" => Some(Units::Metric),
        "imperial" => Some(Units::Imperial),
        _ => None,
    }
}

/// The first day of the month in which the runner began.
fn began(keys: Keys, birth_year: Option<i16>) -> Option<Date> {
    let began = keys.month("began")?;
    if birth_year.is_some_and(|born| born > began.year()) {
        keys.wrong("began", "must not be before `birth_year`");
    }
    Some(began)
}

fn mass(keys: Keys) -> Option<MassFrom> {
    keys.only(&["from", "kg"]);
    let (from, kg) = (keys.day("from"), keys.number("kg", human::MASS_KG, "kilograms"));
    if keys.table.get("kg").is_none() {
        keys.wrong_here("a [[mass]] without `kg`");
    }
    Some(MassFrom { from, kg: kg? })
}

fn limits(keys: Keys) -> LimitsFrom {
    keys.only(&[
        "from",
        "max_heart_rate_bpm",
        "resting_heart_rate_bpm",
        "first_threshold_bpm",
        "second_threshold_bpm",
        "threshold_pace_per_km",
    ]);
    let heart_rate = |key, range| keys.number(key, range, "beats per minute");
    let limits = Limits {
        max_heart_rate_bpm: heart_rate("max_heart_rate_bpm", human::MAX_BPM),
        resting_heart_rate_bpm: heart_rate("resting_heart_rate_bpm", human::RESTING_BPM),
        first_threshold_bpm: heart_rate("first_threshold_bpm", human::THRESHOLD_BPM),
        second_threshold_bpm: heart_rate("second_threshold_bpm", human::THRESHOLD_BPM),
        threshold_speed_mps: keys.text("threshold_pace_per_km").and_then(|text| {
            let seconds = pace_s(text);
            if seconds.is_none() {
                keys.wrong("threshold_pace_per_km", "must be minutes and seconds from 2:00 to 20:59, such as \"4:30\"");
            }
            Some(1000.0 / seconds?)
        }),
    };
    for disorder in limits.disorders() {
        keys.wrong(key(disorder.low), &format!("must be below `{}`", key(disorder.high)));
    }
    LimitsFrom { from: keys.day("from"), limits }
}

/// Returns the key of a limit.
fn key(limit: LimitKind) -> &'static str {
    match limit {
        LimitKind::RestingHeartRate => "resting_heart_rate_bpm",
        LimitKind::FirstThreshold => "first_threshold_bpm",
        LimitKind::SecondThreshold => "second_threshold_bpm",
        _ => "max_heart_rate_bpm",
    }
}

/// Seconds of a pace such as `4:30`.
fn pace_s(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.split_once(':')?;
    let (minutes, seconds): (u32, u32) = (minutes.parse().ok()?, seconds.parse().ok()?);
    let all =
        minutes.checked_mul(60)?.checked_add(seconds).filter(|all| seconds < 60 && human::PACE_S_PER_KM.contains(all));
    all.map(f64::from)
}

fn injury(keys: Keys) -> Option<Injury> {
    keys.only(&["site", "side", "month", "recovered"]);
    for key in ["site", "month"] {
        if keys.table.get(key).is_none() {
            keys.wrong_here(&format!("an [[injuries]] without `{key}`"));
        }
    }
    let site = keys.word("site", &names(Site::ALL, Site::name), Site::named);
    let side = keys.word("side", &names(Side::ALL, Side::name), Side::named);
    let month = keys.month("month");
    Some(Injury { site: site?, side, month: month?, is_recovered: keys.flag("recovered") })
}

#[cfg(test)]
mod tests;
