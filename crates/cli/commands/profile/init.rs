//! The questions of `kneewise profile init`. Each answer is held to what the file may say, by reading it as the file is read.

use std::fmt::Write;
use std::io;

use kneewise_core::runner::diary::Side;
use kneewise_core::runner::{FootPosture, ShoeKind, Site};
use kneewise_profile::{Error, Profile, profile};

use crate::ask::Asker;

/// Asks for a profile, question by question.
pub fn asked(asker: &mut Asker) -> io::Result<Profile> {
    asker.say("What kneewise cannot see in a file. Enter skips any question; nothing leaves this computer.\n")?;
    let mut top = String::new();
    number(asker, &mut top, "birth_year", "In which year were you born?")?;
    choice(
        asker,
        &mut top,
        "sex",
        "For formulas that have constants for each sex:",
        &[("female", "female"), ("male", "male")],
    )?;
    number(asker, &mut top, "height_m", "How tall are you, in metres, such as 1.68?")?;
    flag(asker, &mut top, "orthoses", "Do you wear inserts or orthoses?")?;
    let postures: Vec<_> = FootPosture::ALL.iter().map(|one| (one.name(), one.words())).collect();
    choice(asker, &mut top, "foot_posture", "How does your foot stand, if a professional told you?", &postures)?;
    number(asker, &mut top, "strength_per_week", "How many sessions of strength for hip and core a week, as a habit?")?;
    flag(asker, &mut top, "stretches", "Do you stretch before or after runs, as a habit?")?;
    let other = "How many hours of other sports a week that no watch records?";
    number(asker, &mut top, "other_sports_h_per_week", other)?;
    let mut conditions: Vec<String> = Vec::new();
    while let Some(words) = asker
        .ask("A condition that a professional named, in your words? (Enter when there is no more)", |text| {
            Ok(text.to_owned())
        })?
    {
        conditions.push(quoted(&words));
    }
    if !conditions.is_empty() {
        add(&mut top, "conditions", &format!("[{}]", conditions.join(", ")));
    }
    text(asker, &mut top, "time_zone", "Your time zone, such as Europe/Berlin, for files that do not say?")?;
    choice(asker, &mut top, "week_start", "Weeks begin on:", &[("monday", "Monday"), ("sunday", "Sunday")])?;
    choice(asker, &mut top, "units", "Units:", &[("metric", "kilometres"), ("imperial", "miles")])?;

    let mut mass = String::from("[[mass]]\n");
    let has_mass = number(asker, &mut mass, "kg", "What do you weigh, in kilograms?")?;
    let mut limits = String::from("[[limits]]\n");
    let mut has_limits = false;
    for (key, question) in [
        ("max_heart_rate_bpm", "Your highest heart rate, in beats per minute?"),
        ("resting_heart_rate_bpm", "Your resting heart rate?"),
        ("first_threshold_bpm", "Your heart rate at the first (aerobic) threshold, if a test measured it?"),
        ("second_threshold_bpm", "And at the second (lactate) threshold?"),
    ] {
        has_limits |= number(asker, &mut limits, key, question)?;
    }
    let pace = "The pace per kilometre that you can hold on the flat for an hour, such as 4:30?";
    has_limits |= text(asker, &mut limits, "threshold_pace_per_km", pace)?;
    let mut all = top;
    for (has, part) in [(has_mass, mass), (has_limits, limits)] {
        if has {
            all.push_str(&part);
        }
    }
    injuries(asker, &mut all)?;
    shoes(asker, &mut all)?;
    profile::parse(&all, "your answers").map_err(io::Error::other)
}

fn injuries(asker: &mut Asker, all: &mut String) -> io::Result<()> {
    let sites: Vec<_> = Site::ALL.iter().map(|one| (one.name(), one.words())).collect();
    let sides: Vec<_> = Side::ALL.iter().map(|one| (one.name(), one.words())).collect();
    let mut more = "Have you had a running injury in the last years?";
    loop {
        match asker.yes(more)? {
            Some(true) => {}
            // None at all is told, too; a list that ends is only a list that ends.
            Some(false) if !all.contains("[[injuries]]") => {
                all.insert_str(0, "injuries = []\n");
                return Ok(());
            }
            _ => return Ok(()),
        }

        more = "Another?";
        let mut injury = String::from("[[injuries]]\n");
        // An injury needs a site and a month; each key is held to the file's rules with the other in place.
        let Some(site) = asker.choice("Where was it?", &sites)? else { continue };
        add(&mut injury, "site", &quoted(site));
        if !text(asker, &mut injury, "month", "In which month did it begin, such as 2025-11?")? {
            asker.say("  Without a month it cannot be used, and is left out.")?;
            continue;
        }
        choice(asker, &mut injury, "side", "Which side?", &sides)?;
        flag(asker, &mut injury, "recovered", "Have you fully recovered from it?")?;
        all.push_str(&injury);
    }
}

fn shoes(asker: &mut Asker, all: &mut String) -> io::Result<()> {
    let kinds: Vec<_> = ShoeKind::ALL.iter().map(|one| (one.name(), one.words())).collect();
    let mut question = "A pair of shoes that you run in: what do you call it?";
    loop {
        // With all before, so that no two pairs get one name.
        let valid = |name: &str| valid(&format!("{all}[[shoes]]\nname = {}\n", quoted(name))).map(|()| name.to_owned());
        let Some(name) = asker.ask(question, valid)? else { return Ok(()) };
        question = "Another pair? (Enter when there is no more)";
        let mut shoe = format!("[[shoes]]\nname = {}\n", quoted(&name));
        choice(asker, &mut shoe, "kind", "What is it made for?", &kinds)?;
        text(asker, &mut shoe, "since", "Since which day, such as 2026-01-15?")?;
        number(asker, &mut shoe, "start_km", "How many kilometres did it have before the runs in your files?")?;
        number(asker, &mut shoe, "limit_km", "How many kilometres do you mean to run in it?")?;
        text(asker, &mut shoe, "gear", "Which name does it have in an export, if another?")?;
        if asker.yes("Are runs in this pair where nothing else says?")? == Some(true) {
            add(&mut shoe, "default", "true");
        }
        all.push_str(&shoe);
    }
}

fn add(part: &mut String, key: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(part, "{key} = {value}");
}

/// What is wrong with a part of a profile, in the words of the file's reader.
fn valid(part: &str) -> Result<(), String> {
    match profile::parse(part, "") {
        Err(Error::Wrong { problems, .. }) => {
            Err(problems.last().map(|problem| problem.what.clone()).unwrap_or_default())
        }
        _ => Ok(()),
    }
}

/// Asks for a value of a key of a part; whether there was one.
fn value(
    asker: &mut Asker,
    part: &mut String,
    key: &str,
    question: &str,
    as_toml: fn(&str) -> String,
) -> io::Result<bool> {
    let read = |answer: &str| {
        let with = format!("{part}{key} = {}\n", as_toml(answer));
        // An injury is asked for its site first, and is no whole one before its month.
        valid(&with).map(|()| with)
    };
    let answer = asker.ask(question, read)?;
    let is_told = answer.is_some();
    if let Some(with) = answer {
        *part = with;
    }
    Ok(is_told)
}

fn number(asker: &mut Asker, part: &mut String, key: &str, question: &str) -> io::Result<bool> {
    // What is no number must not become TOML of its own.
    let as_toml = |answer: &str| match answer.replace(',', ".").parse::<f64>() {
        Ok(number) if number.is_finite() => number.to_string(),
        _ => quoted(answer),
    };
    value(asker, part, key, question, as_toml)
}

fn text(asker: &mut Asker, part: &mut String, key: &str, question: &str) -> io::Result<bool> {
    value(asker, part, key, question, quoted)
}

fn flag(asker: &mut Asker, part: &mut String, key: &str, question: &str) -> io::Result<()> {
    if let Some(yes) = asker.yes(question)? {
        add(part, key, &yes.to_string());
    }
    Ok(())
}

fn choice(
    asker: &mut Asker,
    part: &mut String,
    key: &str,
    question: &str,
    choices: &[(&'static str, &str)],
) -> io::Result<()> {
    if let Some(name) = asker.choice(question, choices)? {
        add(part, key, &quoted(name));
    }
    Ok(())
}

/// A text as TOML quotes it. Control characters, which a terminal may send, are left out.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().filter(|letter| !letter.is_control()).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kneewise_core::runner::Sex;
    use kneewise_core::unit::Units;

    fn answered(typed: &str) -> (io::Result<Profile>, String) {
        let (mut input, mut out) = (typed.as_bytes(), Vec::new());
        let profile = asked(&mut Asker { input: &mut input, out: &mut out });
        (profile, String::from_utf8(out).unwrap())
    }

    #[test]
    fn who_skips_everything_has_an_empty_profile() {
        let (profile, said) = answered(&"\n".repeat(20));
        assert_eq!(profile.unwrap(), Profile::default(), "{said}");
    }

    #[test]
    fn answers_are_held_to_what_the_file_may_say() {
        let typed = "88\n1988\n1\n168\n1,68\n\n\n\nno\n\nan \"odd\" one\n\nMiddle/Earth\nEurope/Berlin\n\nimperial\n\
            64.5\n188\n190\n52\n\n\n4:30\nyes\n1\n2025\n2025-11\n1\nyes\nno\nRoad\n\n2026-01-15\n120\n\n\nyes\nroad\nTrail\n6\n\n\n\n\n\n\n";
        let (profile, said) = answered(typed);
        let Profile { runner, time_zone, week_start, units } =
            profile.unwrap_or_else(|error| panic!("{error}\n{said}"));
        assert_eq!((runner.birth_year, runner.sex, runner.height_m), (Some(1988), Some(Sex::Female), Some(1.68)));
        assert!(said.contains("must be a number from 1 to 2.3 metres") && said.contains("is no time zone"), "{said}");
        assert!(said.contains("must lie below") && said.contains("has another pair already"), "{said}");
        assert_eq!((time_zone.as_deref(), week_start, units), (Some("Europe/Berlin"), None, Some(Units::Imperial)));
        assert_eq!((runner.conditions.as_slice(), runner.stretches), (&["an \"odd\" one".to_owned()][..], Some(false)));
        let injury = &runner.injuries.as_ref().expect("told")[0];
        assert_eq!((injury.site, injury.side, injury.month), (Site::Knee, Some(Side::Left), date(2025, 11, 1)));
        let shoes: Vec<_> =
            runner.shoes.iter().map(|shoe| (shoe.name.as_str(), shoe.is_default, shoe.start_m)).collect();
        assert_eq!(shoes, [("Road", true, 120_000.0), ("Trail", false, 0.0)]);
    }
}
