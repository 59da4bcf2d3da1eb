//! A profile as its file: what is known as a value, what is not as a comment that shows how it
//! would look.

use std::fmt::{Display, Write};

use jiff::civil::Weekday;
use kneewise_core::runner::{Injury, LimitsFrom, MassFrom, Sex, Shoe};
use kneewise_read::sport::SubSport;
use kneewise_read::unit::Units;

use super::Profile;

/// Returns a profile as TOML that [`parse`](super::parse) reads; an empty one gives a template.
pub fn to_toml(profile: &Profile) -> String {
    let mut text = String::from(
        "# Your profile for kneewise. It stays on this computer. Everything may be left out: a line that begins\n\
         # with # has no effect.\n\n",
    );
    let Profile { runner, time_zone, week_start, units } = profile;
    if runner.injuries.as_ref().is_some_and(Vec::is_empty) {
        text.push_str("injuries = []  # none in the last years\n");
    }
    let mut line = |key, value: Option<String>, example, what| push(&mut text, key, value, example, what);
    line("birth_year", runner.birth_year.map(|year| year.to_string()), "1988", "");
    let sex = runner.sex.map(|sex| if sex == Sex::Female { "female" } else { "male" });
    line("sex", sex.map(quoted), "\"female\"", "or \"male\": formulas have constants for each");
    line("height_m", runner.height_m.map(number), "1.68", "metres");
    let began = runner.began.map(|month| quoted(month.strftime("%Y-%m").to_string()));
    line("began", began, "\"2026-03\"", "the month in which you began to run");
    line("orthoses", runner.orthoses.map(|yes| yes.to_string()), "false", "whether you wear inserts");
    let posture = runner.foot_posture.map(|posture| quoted(posture.name()));
    line(
        "foot_posture",
        posture,
        "\"neutral\"",
        "as a professional described it: highly-pronated, pronated, neutral, supinated, highly-supinated",
    );
    line("strength_per_week", runner.strength_per_week.map(number), "1", "sessions for hip and core, as a habit");
    line("stretches", runner.stretches.map(|yes| yes.to_string()), "true", "as a habit before or after runs");
    let other = runner.other_sports_h_per_week.map(number);
    line("other_sports_h_per_week", other, "2.5", "hours of other sports without a file");
    let conditions: Vec<String> = runner.conditions.iter().map(quoted).collect();
    let conditions = (!conditions.is_empty()).then(|| format!("[{}]", conditions.join(", ")));
    line("conditions", conditions, "[\"in your words\"]", "that a professional named");
    line("time_zone", time_zone.as_ref().map(quoted), "\"Europe/Berlin\"", "for files without a clock and a place");
    let start = week_start.map(|day| if day == Weekday::Sunday { "sunday" } else { "monday" });
    line("week_start", start.map(quoted), "\"monday\"", "or \"sunday\"");
    let units = units.map(|units| if units == Units::Imperial { "imperial" } else { "metric" });
    line("units", units.map(quoted), "\"metric\"", "or \"imperial\"");
    masses(&mut text, &runner.masses);
    limits(&mut text, &runner.limits);
    injuries(&mut text, runner.injuries.as_deref().unwrap_or_default());
    shoes(&mut text, &runner.shoes);
    text
}

/// A line; without a value as a comment.
fn push(text: &mut String, key: &str, value: Option<String>, example: &str, what: &str) {
    let comment = if what.is_empty() { String::new() } else { format!("  # {what}") };
    // Writing to a string cannot fail.
    let _ = match value {
        Some(value) => writeln!(text, "{key} = {value}{comment}"),
        None => writeln!(text, "# {key} = {example}{comment}"),
    };
}

/// A table of a list: the keys that have a value.
fn table(text: &mut String, name: &str, lines: &[(&str, Option<String>)]) {
    let _ = writeln!(text, "\n[[{name}]]");
    for (key, value) in lines {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {value}");
        }
    }
}

fn masses(text: &mut String, masses: &[MassFrom]) {
    if masses.is_empty() {
        text.push_str("\n# What you weigh, from a day on; again below it when it changes.\n# [[mass]]\n# from = 2026-01-01\n# kg = 64.5\n");
    }
    for mass in masses {
        table(text, "mass", &[("from", mass.from.map(show)), ("kg", Some(number(mass.kg)))]);
    }
}

fn limits(text: &mut String, limits: &[LimitsFrom]) {
    if limits.is_empty() {
        text.push_str(
            "\n# Heart rates and the pace you can hold on the flat for an hour, from a day on.\n# [[limits]]\n\
             # from = 2026-01-01\n# max_heart_rate_bpm = 188\n# resting_heart_rate_bpm = 52\n# first_threshold_bpm = 145\n\
             # second_threshold_bpm = 168\n# threshold_pace_per_km = \"4:30\"\n",
        );
    }
    for LimitsFrom { from, limits } in limits {
        let pace = limits.threshold_speed_mps.filter(|speed| *speed > 0.0).map(|speed| {
            let seconds = (1000.0 / speed).round() as u32;
            quoted(format!("{}:{:02}", seconds / 60, seconds % 60))
        });
        let lines = [
            ("from", from.map(show)),
            ("max_heart_rate_bpm", limits.max_heart_rate_bpm.map(number)),
            ("resting_heart_rate_bpm", limits.resting_heart_rate_bpm.map(number)),
            ("first_threshold_bpm", limits.first_threshold_bpm.map(number)),
            ("second_threshold_bpm", limits.second_threshold_bpm.map(number)),
            ("threshold_pace_per_km", pace),
        ];
        table(text, "limits", &lines);
    }
}

fn injuries(text: &mut String, injuries: &[Injury]) {
    if injuries.is_empty() {
        // With `injuries = []` above, the example must stay a comment.
        text.push_str(
            "\n# Earlier injuries. Sites: knee, hip, thigh, lower-leg, ankle, foot, back, other.\n# [[injuries]]\n\
             # site = \"knee\"\n# side = \"left\"  # or right, both\n# month = \"2025-11\"  # in which it began\n# recovered = true\n",
        );
    }
    for injury in injuries {
        let month = injury.month.strftime("%Y-%m").to_string();
        let lines = [
            ("site", Some(quoted(injury.site.name()))),
            ("side", injury.side.map(|side| quoted(side.name()))),
            ("month", Some(quoted(month))),
            ("recovered", injury.is_recovered.map(|yes| yes.to_string())),
        ];
        table(text, "injuries", &lines);
    }
}

fn shoes(text: &mut String, shoes: &[Shoe]) {
    if shoes.is_empty() {
        text.push_str(
            "\n# Your shoes, one of these a pair. Kinds: neutral, support, cushioned, minimalist, racing, trail, spikes.\n\
             # [[shoes]]\n# name = \"your name for them\"\n# kind = \"neutral\"\n# since = 2026-01-15  # first day\n\
             # until = 2026-08-01  # last day, when you no longer wear them\n# start_km = 0  # their distance before the runs in your files\n\
             # limit_km = 800  # the distance you plan to run in them\n# gear = \"as an export names them\"\n\
             # default_for = [\"trail\"]  # runs of this kind without named shoes\n\
             # default = true  # all runs without named shoes\n",
        );
    }
    for shoe in shoes {
        let default_for: Vec<String> = shoe.default_for.iter().copied().map(SubSport::name).map(quoted).collect();
        let lines = [
            ("name", Some(quoted(&shoe.name))),
            ("kind", shoe.kind.map(|kind| quoted(kind.name()))),
            ("since", shoe.since.map(show)),
            ("until", shoe.until.map(show)),
            ("start_km", Some(number(shoe.start_m / 1000.0)).filter(|_| shoe.start_m > 0.0)),
            ("limit_km", shoe.limit_m.map(|metres| number(metres / 1000.0))),
            ("gear", shoe.gear.as_ref().map(quoted)),
            ("default_for", (!default_for.is_empty()).then(|| format!("[{}]", default_for.join(", ")))),
            ("default", shoe.is_default.then(|| "true".to_owned())),
        ];
        table(text, "shoes", &lines);
    }
}

fn show(value: impl Display) -> String {
    value.to_string()
}

fn number(value: f64) -> String {
    value.to_string()
}

/// A text as TOML quotes it.
fn quoted(text: impl AsRef<str>) -> String {
    let mut quoted = String::from("\"");
    for letter in text.as_ref().chars() {
        let _ = match letter {
            '"' | '\\' => write!(quoted, "\\{letter}"),
            letter if letter.is_control() => write!(quoted, "\\u{:04X}", u32::from(letter)),
            letter => write!(quoted, "{letter}"),
        };
    }
    quoted.push('"');
    quoted
}
