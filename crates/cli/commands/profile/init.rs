//! The questions of `kneewise profile init`.

use std::io;

use jiff::civil::Date;
use kneewise_core::runner::diary::Side;
use kneewise_core::runner::{FootPosture, ShoeKind, Site};
use kneewise_profile::{Profile, profile};
use kneewise_read::unit::Units;

use super::form::{Form, add, quoted, valid};
use super::imperial;
use crate::ask::Asker;

/// Asks for a profile, question by question.
pub fn asked(asker: &mut Asker, today: Date) -> io::Result<Profile> {
    asker.say("These questions are about things that no file records. Enter skips any question. Nothing leaves this computer.\n")?;
    let mut form = Form { asker, today };
    let mut all = String::new();
    // First, since the questions that follow are asked in them.
    let units = form.choice(&mut all, "units", "Units:", &[("metric", "kilometres"), ("imperial", "miles")])?;
    let units = if units == Some("imperial") { Units::Imperial } else { Units::Metric };
    about_you(&mut form, &mut all, units)?;
    // Tables follow what stands at the top.
    let mut mass = String::from("[[mass]]\n");
    if match units {
        Units::Metric => form.number(&mut mass, "kg", "What do you weigh, in kilograms?")?,
        Units::Imperial => form.converted(&mut mass, "kg", "What do you weigh, in pounds?", imperial::mass_kg)?,
    } {
        all.push_str(&mass);
    }
    limits(&mut form, &mut all, units)?;
    injuries(&mut form, &mut all)?;
    shoes(&mut form, &mut all, units)?;
    profile::parse(&all, "your answers").map_err(io::Error::other)
}

fn about_you(form: &mut Form, all: &mut String, units: Units) -> io::Result<()> {
    form.number(all, "birth_year", "In which year were you born?")?;
    let sexes = [("female", "female"), ("male", "male")];
    form.choice(
        all,
        "sex",
        "What is your sex? Some formulas of load have different numbers for women and men.",
        &sexes,
    )?;
    match units {
        Units::Metric => form.number(all, "height_m", "How tall are you, in metres, such as 1.68?")?,
        Units::Imperial => {
            let question = "How tall are you, in feet and inches, such as 5'7\"?";
            form.converted(all, "height_m", question, imperial::height_m)?
        }
    };
    let began =
        "In which month did you begin to run, such as 2026-03? (Enter if years ago, or if you would rather not say)";
    form.text(all, "began", began)?;
    form.flag(all, "orthoses", "Do you wear inserts or orthoses?")?;
    let postures: Vec<_> = FootPosture::ALL.iter().map(|one| (one.name(), one.words())).collect();
    form.choice(all, "foot_posture", "How did a professional describe your foot posture?", &postures)?;
    form.number(all, "strength_per_week", "How many strength sessions for hip and core do you usually do a week?")?;
    form.flag(all, "stretches", "Do you usually stretch before or after runs?")?;
    form.number(all, "other_sports_h_per_week", "How many hours a week of other sports do you do without a watch?")?;
    let mut conditions: Vec<String> = Vec::new();
    let question = "A condition that a professional named, in your words? (Enter if there are no more)";
    while let Some(words) = form.asker.ask(question, |text| Ok(text.to_owned()))? {
        conditions.push(quoted(&words));
    }
    if !conditions.is_empty() {
        add(all, "conditions", &format!("[{}]", conditions.join(", ")));
    }
    form.text(all, "time_zone", "What is your time zone, such as Europe/Berlin, for files without one?")?;
    form.choice(all, "week_start", "Weeks begin on:", &[("monday", "Monday"), ("sunday", "Sunday")])?;
    Ok(())
}

fn limits(form: &mut Form, all: &mut String, units: Units) -> io::Result<()> {
    let mut limits = String::from("[[limits]]\n");
    let mut is_any = false;
    for (key, question) in [
        ("max_heart_rate_bpm", "What is your highest heart rate, in beats per minute?"),
        ("resting_heart_rate_bpm", "What is your resting heart rate?"),
        (
            "first_threshold_bpm",
            "If a laboratory test measured it: what is your heart rate at the first (aerobic) threshold, up to which talking is easy?",
        ),
        (
            "second_threshold_bpm",
            "What is your heart rate at the second (lactate) threshold, which you can hold for about an hour?",
        ),
    ] {
        is_any |= form.number(&mut limits, key, question)?;
    }
    let (key, hold) = ("threshold_pace_per_km", "can you hold on the flat for an hour, such as");
    is_any |= match units {
        Units::Metric => form.text(&mut limits, key, &format!("What pace per kilometre {hold} 4:30?"))?,
        Units::Imperial => {
            let in_file = |typed: &str| imperial::pace_per_km(typed).map(quoted);
            form.converted(&mut limits, key, &format!("What pace per mile {hold} 7:15?"), in_file)?
        }
    };
    if is_any {
        all.push_str(&limits);
    }
    Ok(())
}

fn injuries(form: &mut Form, all: &mut String) -> io::Result<()> {
    let sites: Vec<_> = Site::ALL.iter().map(|one| (one.name(), one.words())).collect();
    let sides: Vec<_> = Side::ALL.iter().map(|one| (one.name(), one.words())).collect();
    let mut more = "Have you had a running injury in the last years?";
    loop {
        match form.asker.yes(more)? {
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
        // An injury needs a site and a month; each key is held to the file's rules with the other
        // in place.
        let Some(site) = form.asker.choice("Where was it?", &sites)? else { continue };
        add(&mut injury, "site", &quoted(site));
        if !form.text(&mut injury, "month", "In which month did it begin, such as 2025-11?")? {
            form.asker.say("  An injury without a month is left out.")?;
            continue;
        }
        form.choice(&mut injury, "side", "Which side?", &sides)?;
        form.flag(&mut injury, "recovered", "Have you fully recovered from it?")?;
        all.push_str(&injury);
    }
}

fn shoes(form: &mut Form, all: &mut String, units: Units) -> io::Result<()> {
    let kinds: Vec<_> = ShoeKind::ALL.iter().map(|one| (one.name(), one.words())).collect();
    let mut question = "What do you call a pair of shoes that you run in?";
    loop {
        // With all before, so that no two pairs get one name.
        let today = form.today;
        let named = |name: &str| format!("{all}[[shoes]]\nname = {}\n", quoted(name));
        let read = |name: &str| valid(&named(name), today).map(|()| name.to_owned());
        let Some(name) = form.asker.ask(question, read)? else { return Ok(()) };
        question = "What do you call another pair? (Enter if there are no more)";
        let mut shoe = format!("[[shoes]]\nname = {}\n", quoted(&name));
        form.choice(&mut shoe, "kind", "What is it made for?", &kinds)?;
        form.text(&mut shoe, "since", "Since which day have you worn it, such as 2026-01-15?")?;
        for (key, had) in
            [("start_km", "did it have before the runs in your files?"), ("limit_km", "do you mean to run in it?")]
        {
            match units {
                Units::Metric => form.number(&mut shoe, key, &format!("How many kilometres {had}"))?,
                Units::Imperial => form.converted(&mut shoe, key, &format!("How many miles {had}"), imperial::km)?,
            };
        }
        form.text(&mut shoe, "gear", "What is its name in an export, if different?")?;
        if form.asker.yes("Do runs without named shoes count for this pair?")? == Some(true) {
            add(&mut shoe, "default", "true");
        }
        all.push_str(&shoe);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kneewise_core::runner::Sex;
    use kneewise_read::unit::Units;

    fn answered(typed: &str) -> (io::Result<Profile>, String) {
        let (mut input, mut out) = (typed.as_bytes(), Vec::new());
        let profile = asked(&mut Asker { input: &mut input, out: &mut out, width: None }, date(2026, 6, 1));
        (profile, String::from_utf8(out).unwrap())
    }

    #[test]
    fn who_skips_everything_has_an_empty_profile() {
        let (profile, said) = answered(&"\n".repeat(21));
        assert_eq!(profile.unwrap(), Profile::default(), "{said}");
    }

    #[test]
    fn answers_are_held_to_what_the_file_may_say() {
        let typed = "\n88\n2022\n1988\n1\n168\n1,68\n2026-07\n1987-01\n2024-03\n\n\n\nno\n\nan \"odd\" one\n\nMiddle/Earth\nEurope/Berlin\n\n\
            64.5\n188\n19\n52\n\n187\n4:30\nyes\n1\n2025\n2026-07\n2025-11\n1\nyes\nno\nRoad\n\n2026-06-02\n2026-01-15\n120\n\n\nyes\n\
            road\nTrail\n6\n\n\n\n\n\n\n";
        let (profile, said) = answered(typed);
        let Profile { runner, time_zone, week_start, units } =
            profile.unwrap_or_else(|error| panic!("{error}\n{said}"));
        assert_eq!((runner.birth_year, runner.sex, runner.height_m), (Some(1988), Some(Sex::Female), Some(1.68)));
        assert!(said.contains("`height_m` is 168; it must be a number from 1.01 to 2.29 metres"), "{said}");
        assert!(said.contains("less than 5 years before today") && said.contains("is not a time zone"), "{said}");
        assert!(
            said.contains("is 19; it must be a number from 25 to 120") && said.contains("is another pair already"),
            "{said}"
        );
        assert_eq!(said.matches("is after today, 2026-06-01").count(), 3, "{said}");
        assert_eq!(runner.began, Some(date(2024, 3, 1)));
        assert!(said.contains("`began` must not be before `birth_year`"), "{said}");
        assert_eq!((time_zone.as_deref(), week_start, units), (Some("Europe/Berlin"), None, None));
        assert_eq!((runner.conditions.as_slice(), runner.stretches), (&["an \"odd\" one".to_owned()][..], Some(false)));
        let injury = &runner.injuries.as_ref().expect("told")[0];
        assert_eq!((injury.site, injury.side, injury.month), (Site::Knee, Some(Side::Left), date(2025, 11, 1)));
        let shoes: Vec<_> =
            runner.shoes.iter().map(|shoe| (shoe.name.as_str(), shoe.is_default, shoe.start_m)).collect();
        assert_eq!(shoes, [("Road", true, 120_000.0), ("Trail", false, 0.0)]);
    }

    #[test]
    fn who_chose_miles_is_asked_in_miles_feet_and_pounds() {
        let typed = "2\n\n\n1.68\n5'7\"\n\n\n\n\n\n\n\n\n\n52\n142\n\n\n\n\n7:15\n\nRoad\n\n\n500\n\n\n\n\n";
        let (profile, said) = answered(typed);
        let Profile { runner, units, .. } = profile.unwrap_or_else(|error| panic!("{error}\n{said}"));
        assert_eq!((units, runner.height_m, runner.masses[0].kg), (Some(Units::Imperial), Some(1.702), 64.41));
        assert_eq!(runner.limits[0].limits.threshold_speed_mps, Some(1000.0 / 270.0));
        assert!((runner.shoes[0].start_m - 804_670.0).abs() < 1e-6);
        assert!(
            said.contains("52 is not a number of pounds from 56 to 551")
                && said.contains("1.68 is not a height in feet"),
            "{said}"
        );
        let asked = said.split_once("born?").expect("a question").1;
        assert!(!asked.contains("kilo") && !asked.contains("metres"), "{said}");
    }
}
