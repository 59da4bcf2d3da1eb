//! What the runner tells, from three places: the command line counts before the profile, and both
//! before what a watch's file says.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use kneewise_core::runner::LimitKind;
use kneewise_core::{Runner, Settings};
use kneewise_profile::{Places, Problem, Profile, Rules, diary, profile, settings};
use kneewise_read::time::Zone;
use kneewise_read::unit::Units;
use kneewise_report::OwnFile;

use crate::args::InputArgs;
use crate::output::{self, Kept};
use crate::runner::RunnerArgs;

/// So many bad lines of a diary are named by commands that are about something else.
const MOST_LINES: usize = 5;

/// The settings of rules in the folder that one stands in.
const HERE: &str = "kneewise.toml";

/// What the runner tells.
pub struct UserInputs {
    /// The runner.
    pub runner: Runner,
    /// Units for people.
    pub units: Units,
    /// The zone for files without a clock and a place.
    pub zone: Option<Zone>,
    /// How a report is made.
    pub settings: Settings,
    /// Which rules are asked, with which limits, and which files are of one run.
    pub rules: Rules,
    /// The files that say so.
    pub own: Vec<OwnFile>,
}

impl UserInputs {
    /// What counts for a command on runs.
    pub fn of(args: &InputArgs) -> anyhow::Result<Self> {
        let week_start = args.week_start.map(Weekday::from);
        let typed = Profile { week_start, time_zone: args.tz.clone(), ..Profile::default() };
        let rules = rules(args.config.as_deref())?;
        let mut told = Self::with(&args.runner, args.units.map(Units::from), typed, rules)?;
        let file = own_file("rules", rules_path(args.config.as_deref()));
        told.own.extend(file.map(|file| OwnFile { on_pain: told.rules.on_pain(), ..file }));
        told.settings.findings_since = args.since;
        Ok(told)
    }

    /// What counts for a command on one file.
    pub fn of_runner(args: &RunnerArgs, units: Option<Units>, zone: Option<String>) -> anyhow::Result<Self> {
        Self::with(args, units, Profile { time_zone: zone, ..Profile::default() }, Rules::default())
    }

    fn with(args: &RunnerArgs, units: Option<Units>, typed: Profile, rules: Rules) -> anyhow::Result<Self> {
        let kept = read_profile(args.profile.as_deref())?.unwrap_or_default();
        tell_later(args.profile.as_deref(), kept.time_zone.as_deref())?;
        let units = units.or(kept.units);
        let typed = Profile { runner: args.runner(units.unwrap_or_default()), units, ..typed };
        let mut profile = typed.or(kept);
        check(&profile.runner)?;
        let mut own = Vec::from_iter(own_file("profile", profile_path(args.profile.as_deref()).ok()));
        if let Some(kept) = read_diary(args.diary.as_deref())? {
            let path = diary_path(args.diary.as_deref())?;
            tell(&path, &kept.problems, MOST_LINES);
            let problems = kept.problems.iter().map(|problem| format!("line {problem}")).collect();
            own.extend(own_file("diary", Some(path)).map(|file| OwnFile { problems, ..file }));
            profile.runner.diary = kept.diary;
        }
        let (zone, settings) = (profile.zone()?, profile.settings(&rules)?);
        Ok(Self { units: settings.rules.units, runner: profile.runner, zone, settings, rules, own })
    }
}

/// Fails where what is said in several places cannot be true together.
fn check(runner: &Runner) -> anyhow::Result<()> {
    if let Err(wrong) = runner.check() {
        let (low, high) = (option(wrong.low), option(wrong.high));
        bail!("{low} must be below {high}: command line and profile say {} and {}", wrong.low_bpm, wrong.high_bpm);
    }
    Ok(())
}

/// The option of a limit.
fn option(limit: LimitKind) -> &'static str {
    match limit {
        LimitKind::RestingHeartRate => "--resting-hr",
        LimitKind::FirstThreshold => "--first-threshold-hr",
        LimitKind::SecondThreshold => "--second-threshold-hr",
        _ => "--max-hr",
    }
}

/// The runner's own files that a command reads, and those it would read by default, whether they
/// are there or not.
pub fn own_places(runner: &RunnerArgs, config: Option<&Path>) -> Vec<Kept> {
    let named = [
        (runner.profile.as_deref(), "your profile"),
        (runner.diary.as_deref(), "your diary"),
        (config, "your file of settings"),
    ];
    let named = named.into_iter().filter_map(|(path, what)| Some(Kept { path: path?.to_owned(), what }));
    named.chain(default_places()).collect()
}

/// The runner's own files where nothing else is named.
pub fn default_places() -> Vec<Kept> {
    let (places, here) = (places(), PathBuf::from(HERE));
    let all = [
        (places.profile(), "your profile"),
        (places.diary(), "your diary"),
        (places.settings(), "your file of settings"),
        (Some(here), "your file of settings"),
    ];
    all.into_iter().filter_map(|(path, what)| Some(Kept { path: path?, what })).collect()
}

/// Where the runner's files are on this machine.
fn places() -> Places {
    Places::of(|name| env::var_os(name))
}

/// Where the profile is or would be.
pub fn profile_path(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let place = named.map(Path::to_owned).or_else(|| places().profile());
    place.context("nothing says where your settings folder is; name a file with --profile")
}

/// Where the diary is or would be.
pub fn diary_path(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let place = named.map(Path::to_owned).or_else(|| places().diary());
    place.context("nothing says where your data folder is; name a file with --diary")
}

/// The profile; `None` where there is none and none was named.
pub fn read_profile(named: Option<&Path>) -> anyhow::Result<Option<Profile>> {
    let Some((path, text)) = text(named, places().profile())? else { return Ok(None) };
    Ok(Some(profile::parse(&text, &path)?))
}

/// Says on standard error which days of the profile are still to come. The results are the same
/// whatever day it is.
fn tell_later(named: Option<&Path>, time_zone: Option<&str>) -> anyhow::Result<()> {
    let Some((path, text)) = text(named, places().profile())? else { return Ok(()) };
    for problem in profile::later_than(&text, today(time_zone)) {
        output::remark(format_args!("{path}:{problem}; is the year right?"));
    }
    Ok(())
}

/// The day it is: in the runner's time zone, else in this machine's.
pub fn today(time_zone: Option<&str>) -> Date {
    let zone = time_zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or_else(TimeZone::system);
    jiff::Timestamp::now().to_zoned(zone).date()
}

/// The diary; `None` where there is none and none was named.
pub fn read_diary(named: Option<&Path>) -> anyhow::Result<Option<diary::ParsedRow>> {
    let Some(path) = named.map(Path::to_owned).or_else(|| places().diary()) else { return Ok(None) };
    let kept = diary::load(&path)?;
    if kept.is_none() && named.is_some() {
        bail!("{}: no such file; `kneewise diary add` begins one", path.display());
    }
    Ok(kept)
}

/// The settings of rules: the file named, else the one here, else the one in the settings folder.
pub fn rules(named: Option<&Path>) -> anyhow::Result<Rules> {
    // What lies here and cannot be read is told: settings that silently do not count are worse than
    // none.
    let path = rules_path(named);
    let is_chosen = named.is_some() || path.as_deref() == Some(Path::new(HERE));
    let Some((path, text)) = text(path.as_deref().filter(|_| is_chosen), path.clone())? else {
        return Ok(Rules::default());
    };
    Ok(settings::parse(&text, &path)?)
}

fn rules_path(named: Option<&Path>) -> Option<PathBuf> {
    let here = PathBuf::from(HERE);
    let default = || if here.symlink_metadata().is_ok() { Some(here) } else { places().settings() };
    named.map(Path::to_owned).or_else(default)
}

/// A file that is there, by its name alone: a report is for showing around.
fn own_file(what: &'static str, path: Option<PathBuf>) -> Option<OwnFile> {
    let path = path.filter(|path| path.is_file())?;
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some(OwnFile { what, name, problems: Vec::new(), on_pain: Vec::new() })
}

/// The name and text of a file; `None` where there is none and none was named.
fn text(named: Option<&Path>, default: Option<PathBuf>) -> anyhow::Result<Option<(String, String)>> {
    let Some(path) = named.map(Path::to_owned).or(default) else { return Ok(None) };
    let name = path.display().to_string();
    let Some(bytes) = kneewise_profile::read(&path)? else {
        if named.is_some() {
            bail!("{name}: no such file");
        }
        return Ok(None);
    };
    let text = String::from_utf8(bytes).ok().with_context(|| format!("{name}: not UTF-8; nothing of it was used"))?;
    Ok(Some((name, text)))
}

/// Names what is wrong with a diary, on standard error.
pub fn tell(path: &Path, problems: &[Problem], most: usize) {
    for problem in problems.iter().take(most) {
        output::warn(format_args!("{}:{problem}", path.display()));
    }
    let more = problems.len().saturating_sub(most);
    if more > 0 {
        output::warn(format_args!("{}: {more} more, which `kneewise diary list` names", path.display()));
    }
}
