//! `kneewise profile show`: each value with where it comes from.

use std::fmt::Write;

use jiff::civil::{Date, Weekday};
use kneewise_core::Runner;
use kneewise_core::activity::Wearer;
use kneewise_core::runner::{Limits, Sex};
use kneewise_core::unit::Units;
use kneewise_import::{Options, import};
use kneewise_profile::Profile;

use crate::args::ProfileShowArgs;
use crate::{Ending, output, told};

pub fn run(args: &ProfileShowArgs) -> anyhow::Result<Ending> {
    for path in &args.paths {
        path.symlink_metadata().map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    }
    let named = args.runner.profile.as_deref();
    let path = told::profile_path(named)?;
    let profile = told::read_profile(named)?;
    let head = match profile {
        Some(_) => format!("Profile: {}\n\n", path.display()),
        None => format!("No profile at {}; `kneewise profile init` makes one.\n\n", path.display()),
    };
    let profile = profile.unwrap_or_default();
    let told = told::Told::of_runner(&args.runner, None)?;
    let typed = args.runner.runner(told.units);
    let worn =
        if args.paths.is_empty() { Wearer::default() } else { wearer(&import(&args.paths, &Options::default()).runs) };
    let sources = Sources { typed: &typed, profile: &profile, told: &told.runner, worn: &worn };
    output::write(None, &(head + &lines(&sources)))?;
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

const TYPED: &str = "command line";
const PROFILE: &str = "profile";
const WATCH: &str = "the watch's file";

/// The first value that is there, with where it comes from.
fn first(typed: Option<String>, profile: Option<String>, worn: Option<String>) -> Option<(String, &'static str)> {
    let typed = typed.map(|value| (value, TYPED));
    typed.or_else(|| profile.map(|value| (value, PROFILE))).or_else(|| worn.map(|value| (value, WATCH)))
}

fn lines(sources: &Sources) -> String {
    let Sources { typed, profile, told, worn } = sources;
    let runner = &profile.runner;
    let own = |value: Option<String>| first(None, value, None);
    let sex = |sex: Sex| (if sex == Sex::Female { "female" } else { "male" }).to_owned();
    let yes = |yes: bool| (if yes { "yes" } else { "no" }).to_owned();
    let metres = |metres: f64| format!("{metres} m");
    let (said, known) = (typed.limits_on(Date::MAX), told.limits_on(Date::MAX));
    let limit = |of: fn(&Limits) -> Option<f64>, worn: Option<f64>| {
        let show = |bpm: f64| format!("{bpm} bpm");
        first(of(&said).map(show), of(&known).map(show), worn.map(show))
    };
    let units = profile.units.unwrap_or_default();
    let pace = |speed: f64| format!("{} /{}", minutes(units.metres_per_long_unit() / speed), units.long_symbol());
    let rows = [
        ("Birth year", own(runner.birth_year.map(|year| year.to_string()))),
        ("Sex, for formulas", first(typed.sex.map(sex), runner.sex.map(sex), worn.sex.map(sex))),
        ("Height", first(typed.height_m.map(metres), runner.height_m.map(metres), worn.height_m.map(metres))),
        ("Mass", first(None, told.mass_kg_on(Date::MAX).map(kg), worn.mass_kg.map(kg))),
        ("Highest heart rate", limit(|limits| limits.max_heart_rate_bpm, worn.max_heart_rate_bpm)),
        ("Resting heart rate", limit(|limits| limits.resting_heart_rate_bpm, worn.resting_heart_rate_bpm)),
        ("First threshold", limit(|limits| limits.first_threshold_bpm, None)),
        ("Second threshold", limit(|limits| limits.second_threshold_bpm, worn.threshold_heart_rate_bpm)),
        ("Threshold pace", first(said.threshold_speed_mps.map(pace), known.threshold_speed_mps.map(pace), None)),
        ("Running since", own(runner.began.map(month))),
        ("Inserts or orthoses", own(runner.orthoses.map(yes))),
        ("Foot posture, as told", own(runner.foot_posture.map(|posture| posture.words().to_owned()))),
        ("Strength sessions a week", own(runner.strength_per_week.map(|n| n.to_string()))),
        ("Stretching as a habit", own(runner.stretches.map(yes))),
        ("Other sports, h a week", own(runner.other_sports_h_per_week.map(|n| n.to_string()))),
        ("Conditions", own(Some(runner.conditions.join("; ")).filter(|text| !text.is_empty()))),
        ("Earlier injuries", own(injuries(runner))),
        ("Shoes", own(Some(names(runner)).filter(|text| !text.is_empty()))),
        ("Time zone", own(profile.time_zone.clone())),
        (
            "Weeks begin on",
            own(profile.week_start.map(|day| (if day == Weekday::Sunday { "Sunday" } else { "Monday" }).to_owned())),
        ),
        (
            "Units",
            own(profile.units.map(|units| (if units == Units::Imperial { "miles" } else { "kilometres" }).to_owned())),
        ),
    ];
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, value) in &rows {
        // Writing to a string cannot fail.
        let _ = match value {
            Some((value, origin)) => writeln!(text, "{name:width$}  {value} ({origin})"),
            None => writeln!(text, "{name:width$}  not told"),
        };
    }
    text
}

fn kg(kg: f64) -> String {
    format!("{kg} kg")
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

fn injuries(runner: &Runner) -> Option<String> {
    let one = |injury: &kneewise_core::runner::Injury| {
        let side = injury.side.map_or_else(String::new, |side| format!(", {}", side.words()));
        let recovered = match injury.is_recovered {
            Some(true) => ", recovered",
            Some(false) => ", not recovered",
            None => "",
        };
        format!("{}{side}, {}{recovered}", injury.site.words(), month(injury.month))
    };
    let all: Vec<String> = runner.injuries.as_ref()?.iter().map(one).collect();
    Some(if all.is_empty() { "none".to_owned() } else { all.join("; ") })
}

fn names(runner: &Runner) -> String {
    runner.shoes.iter().map(|shoe| shoe.name.as_str()).collect::<Vec<_>>().join("; ")
}
