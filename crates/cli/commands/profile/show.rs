//! `kneewise profile show`: each value with where it comes from.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::{Date, Weekday};
use kneewise_core::Runner;
use kneewise_core::report::SCHEMA_VERSION;
use kneewise_core::runner::diary::Side;
use kneewise_core::runner::{Injury, Limits, Sex, Shoe};
use kneewise_import::{Options, import};
use kneewise_profile::Profile;
use kneewise_read::activity::Wearer;
use kneewise_read::unit::Units;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::imperial;
use crate::args::{ProfileFormat, ProfileShowArgs};
use crate::{Ending, output, user_inputs};

pub fn run(args: &ProfileShowArgs) -> anyhow::Result<Ending> {
    for path in &args.paths {
        path.symlink_metadata().map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    }
    let named = args.runner.profile.as_deref();
    let path = user_inputs::profile_path(named)?;
    let profile = user_inputs::read_profile(named)?;
    let head = match profile {
        Some(_) => format!("Profile: {}\n\n", path.display()),
        None => format!("No profile at {}; write one with `kneewise profile init`.\n\n", path.display()),
    };
    let is_there = profile.is_some();
    let profile = profile.unwrap_or_default();
    let told = user_inputs::UserInputs::of_runner(&args.runner, None, None)?;
    let typed = args.runner.runner(told.units);
    let worn =
        if args.paths.is_empty() { Wearer::default() } else { wearer(&import(&args.paths, &Options::default()).runs) };
    let rows = rows(&Sources { typed: &typed, profile: &profile, told: &told.runner, worn: &worn });
    let text = match args.format {
        ProfileFormat::Text => head + &text(&rows),
        ProfileFormat::Json => data(&path, is_there, &rows)?,
    };
    let what = if args.format == ProfileFormat::Json { output::As::Json } else { output::As::PLAIN };
    output::write(None, &text, what)?;
    Ok(Ending::Done)
}

/// What the watch's files say of the runner: of each the latest.
fn wearer(runs: &[kneewise_core::Run]) -> Wearer {
    let latest = |of: fn(&Wearer) -> Option<f64>| runs.iter().rev().find_map(|run| of(&run.wearer));
    Wearer {
        height_m: latest(|worn| worn.height_m),
        mass_kg: latest(|worn| worn.mass_kg),
        resting_heart_rate_bpm: latest(|worn| worn.resting_heart_rate_bpm),
        max_heart_rate_bpm: latest(|worn| worn.max_heart_rate_bpm),
        threshold_heart_rate_bpm: latest(|worn| worn.threshold_heart_rate_bpm),
        sex: runs.iter().rev().find_map(|run| run.wearer.sex),
    }
}

struct Sources<'s> {
    typed: &'s Runner,
    profile: &'s Profile,
    /// Both, as they count.
    told: &'s Runner,
    worn: &'s Wearer,
}

/// Where a value comes from.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Origin {
    CommandLine,
    Profile,
    Watch,
}

impl Origin {
    fn words(self) -> &'static str {
        match self {
            Self::CommandLine => "command line",
            Self::Profile => "profile",
            Self::Watch => "the watch's file",
        }
    }
}

/// A value as data and in words.
type Value = (Json, String);

/// A line: its name as data, with its unit, its name in words, and what is known.
type Row = (&'static str, &'static str, Option<(Value, Origin)>);

/// The first value that is there, with where it comes from.
fn first(typed: Option<Value>, profile: Option<Value>, worn: Option<Value>) -> Option<(Value, Origin)> {
    let typed = typed.map(|value| (value, Origin::CommandLine));
    let profile = profile.map(|value| (value, Origin::Profile));
    typed.or(profile).or_else(|| worn.map(|value| (value, Origin::Watch)))
}

fn rows(sources: &Sources) -> Vec<Row> {
    let mut rows = of_body(sources);
    rows.extend(of_limits(sources));
    rows.extend(of_habits(sources.profile));
    rows.extend(of_settings(sources.profile));
    rows
}

/// A value that only the profile has.
fn own(value: Option<Value>) -> Option<(Value, Origin)> {
    first(None, value, None)
}

fn yes(yes: bool) -> Value {
    (json!(yes), (if yes { "yes" } else { "no" }).to_owned())
}

fn named((name, words): (&str, &str)) -> Value {
    (json!(name), words.to_owned())
}

fn of_body(sources: &Sources) -> Vec<Row> {
    let Sources { typed, profile, told, worn } = sources;
    let runner = &profile.runner;
    let sex = |sex: Sex| plain(if sex == Sex::Female { "female" } else { "male" });
    // As it was typed, and as the file has it.
    let both = |typed: String, in_file: String| match profile.units.unwrap_or_default() {
        Units::Metric => in_file,
        Units::Imperial => format!("{typed}, {in_file}"),
    };
    let metres = |metres: f64| (json!(metres), both(imperial::height(metres), format!("{metres} m")));
    let kg = |kg: f64| (json!(kg), both(imperial::mass(kg), format!("{kg} kg")));
    vec![
        ("birth_year", "Birth year", own(runner.birth_year.map(plain))),
        ("sex", "Sex, for formulas", first(typed.sex.map(sex), runner.sex.map(sex), worn.sex.map(sex))),
        (
            "height_m",
            "Height",
            first(typed.height_m.map(metres), runner.height_m.map(metres), worn.height_m.map(metres)),
        ),
        ("mass_kg", "Mass", first(None, told.mass_kg_on(Date::MAX).map(kg), worn.mass_kg.map(kg))),
    ]
}

fn of_limits(sources: &Sources) -> Vec<Row> {
    let Sources { typed, profile, told, worn } = sources;
    let units = profile.units.unwrap_or_default();
    let (said, known) = (typed.limits_on(Date::MAX), told.limits_on(Date::MAX));
    let limit = |of: fn(&Limits) -> Option<f64>, worn: Option<f64>| {
        let bpm = |bpm: f64| (json!(bpm), format!("{bpm} bpm"));
        first(of(&said).map(bpm), of(&known).map(bpm), worn.map(bpm))
    };
    let pace = |speed: f64| {
        let pace = format!("{} /{}", minutes(units.metres_per_long_unit() / speed), units.long_symbol());
        (json!(speed), pace)
    };
    vec![
        (
            "max_heart_rate_bpm",
            "Highest heart rate",
            limit(|limits| limits.max_heart_rate_bpm, worn.max_heart_rate_bpm),
        ),
        (
            "resting_heart_rate_bpm",
            "Resting heart rate",
            limit(|limits| limits.resting_heart_rate_bpm, worn.resting_heart_rate_bpm),
        ),
        ("first_threshold_bpm", "First threshold", limit(|limits| limits.first_threshold_bpm, None)),
        (
            "second_threshold_bpm",
            "Second threshold",
            limit(|limits| limits.second_threshold_bpm, worn.threshold_heart_rate_bpm),
        ),
        (
            "threshold_speed_mps",
            "Threshold pace",
            first(said.threshold_speed_mps.map(pace), known.threshold_speed_mps.map(pace), None),
        ),
    ]
}

fn of_habits(profile: &Profile) -> Vec<Row> {
    let runner = &profile.runner;
    let conditions = (json!(runner.conditions), runner.conditions.join("; "));
    vec![
        ("began", "Running since", own(runner.began.map(month).map(plain))),
        ("orthoses", "Inserts or orthoses", own(runner.orthoses.map(yes))),
        (
            "foot_posture",
            "Foot posture, by a professional",
            own(runner.foot_posture.map(|posture| named((posture.name(), posture.words())))),
        ),
        ("strength_per_week", "Strength sessions a week", own(runner.strength_per_week.map(plain))),
        ("stretches", "Stretching as a habit", own(runner.stretches.map(yes))),
        ("other_sports_h_per_week", "Other sports, h a week", own(runner.other_sports_h_per_week.map(plain))),
        ("conditions", "Conditions", own(Some(conditions).filter(|_| !runner.conditions.is_empty()))),
        ("injuries", "Earlier injuries", own(runner.injuries.as_deref().map(injuries))),
        ("shoes", "Shoes", own(Some(&runner.shoes).filter(|shoes| !shoes.is_empty()).map(|all| shoes(all)))),
    ]
}

fn of_settings(profile: &Profile) -> Vec<Row> {
    let week_start = |day: Weekday| if day == Weekday::Sunday { ("sunday", "Sunday") } else { ("monday", "Monday") };
    let in_units =
        |units: Units| if units == Units::Imperial { ("imperial", "miles") } else { ("metric", "kilometres") };
    vec![
        ("time_zone", "Time zone", own(profile.time_zone.clone().map(plain))),
        ("week_start", "Weeks begin on", own(profile.week_start.map(week_start).map(named))),
        ("units", "Units", own(profile.units.map(in_units).map(named))),
    ]
}

/// What is the same as data and in words.
fn plain<T: ToString + Into<Json>>(value: T) -> Value {
    let words = value.to_string();
    (value.into(), words)
}

fn text(rows: &[Row]) -> String {
    let width = rows.iter().map(|(_, name, _)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (_, name, known) in rows {
        // Writing to a string cannot fail.
        let _ = match known {
            Some(((_, words), origin)) => writeln!(text, "{name:width$}  {words} ({})", origin.words()),
            None => writeln!(text, "{name:width$}  not given"),
        };
    }
    text
}

fn data(path: &Path, is_there: bool, rows: &[Row]) -> anyhow::Result<String> {
    let value = |(key, _, known): &Row| {
        let data = known.as_ref().map(|((data, _), origin)| json!({ "value": data, "origin": origin }));
        ((*key).to_owned(), json!(data))
    };
    let data = json!({
        "schema_version": SCHEMA_VERSION,
        "profile": path.display().to_string(),
        "is_there": is_there,
        "values": rows.iter().map(value).collect::<Map<String, Json>>(),
    });
    Ok(serde_json::to_string_pretty(&data)? + "\n")
}

/// `2026-03`
fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

/// `4:30`
fn minutes(seconds: f64) -> String {
    let seconds = seconds.round() as u32;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn injuries(all: &[Injury]) -> Value {
    let data = |injury: &Injury| {
        json!({
            "site": injury.site.name(),
            "side": injury.side.map(Side::name),
            "month": month(injury.month),
            "recovered": injury.is_recovered,
        })
    };
    let words = |injury: &Injury| {
        let side = injury.side.map_or_else(String::new, |side| format!(", {}", side.words()));
        let recovered = match injury.is_recovered {
            Some(true) => ", recovered",
            Some(false) => ", not recovered",
            None => "",
        };
        format!("{}{side}, {}{recovered}", injury.site.words(), month(injury.month))
    };
    let text = if all.is_empty() { "none".to_owned() } else { all.iter().map(words).collect::<Vec<_>>().join("; ") };
    (all.iter().map(data).collect(), text)
}

fn shoes(all: &[Shoe]) -> Value {
    let names: Vec<&str> = all.iter().map(|shoe| shoe.name.as_str()).collect();
    (json!(names), names.join("; "))
}
