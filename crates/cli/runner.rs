//! What the runner tells of themselves, as it is typed: it counts instead of what was set in the
//! watch.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use kneewise_core::Runner;
use kneewise_core::runner::{Limits, LimitsFrom, Sex};
use kneewise_profile::human;
use kneewise_read::unit::Units;

/// The runner, for numbers that no file holds, or that the watch has wrong.
#[derive(ClapArgs)]
pub struct RunnerArgs {
    /// Your profile; `kneewise profile init` makes one [default: profile.toml in your settings
    /// folder]
    #[arg(long, help_heading = "About you", value_name = "FILE")]
    pub profile: Option<PathBuf>,

    /// Your diary [default: diary.csv in your data folder]
    #[arg(long, help_heading = "About you", value_name = "FILE")]
    pub diary: Option<PathBuf>,

    /// Your height in metres, for the step rate to expect and step length to height [default: the
    /// profile's, else the one set in the watch]
    #[arg(long, help_heading = "About you", value_name = "METRES", value_parser = height)]
    pub height: Option<f64>,

    /// Your highest heart rate [default: the profile's, else the one set in the watch]
    #[arg(long, help_heading = "About you", value_name = "BPM", value_parser = max_heart_rate)]
    max_hr: Option<f64>,

    /// Your resting heart rate [default: the profile's, else the one set in the watch]
    #[arg(long, help_heading = "About you", value_name = "BPM", value_parser = resting_heart_rate)]
    resting_hr: Option<f64>,

    /// Your heart rate at the first (aerobic) threshold
    #[arg(long, help_heading = "About you", value_name = "BPM", value_parser = threshold_heart_rate)]
    first_threshold_hr: Option<f64>,

    /// Your heart rate at the second (lactate) threshold [default: the one set in the watch]
    #[arg(long, help_heading = "About you", value_name = "BPM", value_parser = threshold_heart_rate)]
    second_threshold_hr: Option<f64>,

    /// The pace you can hold on the flat for an hour, as 4:30, per km or mile by --units
    #[arg(long, help_heading = "About you", value_name = "PACE", value_parser = pace)]
    threshold_pace: Option<f64>,

    /// Sex, for formulas that have constants for each [default: the one set in the watch]
    #[arg(long, help_heading = "About you", value_name = "SEX")]
    sex: Option<SexArg>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SexArg {
    Female,
    Male,
}

impl RunnerArgs {
    /// The runner; a pace is for the long unit of `units`.
    pub fn runner(&self, units: Units) -> Runner {
        let limits = Limits {
            max_heart_rate_bpm: self.max_hr,
            resting_heart_rate_bpm: self.resting_hr,
            first_threshold_bpm: self.first_threshold_hr,
            second_threshold_bpm: self.second_threshold_hr,
            threshold_speed_mps: self.threshold_pace.map(|seconds| units.metres_per_long_unit() / seconds),
        };
        Runner {
            height_m: self.height,
            sex: self.sex.map(|sex| match sex {
                SexArg::Female => Sex::Female,
                SexArg::Male => Sex::Male,
            }),
            limits: vec![LimitsFrom { from: None, limits }],
            ..Runner::default()
        }
    }
}

fn height(text: &str) -> Result<f64, String> {
    let metres: f64 = text.parse().map_err(|_| format!("`{text}` is no number; heights look like 1.75"))?;
    let (low, high) = (human::HEIGHT_M.start(), human::HEIGHT_M.end());
    let is_likely = human::HEIGHT_M.contains(&metres);
    if is_likely { Ok(metres) } else { Err(format!("in metres, from {low} to {high}, such as 1.75")) }
}

fn max_heart_rate(text: &str) -> Result<f64, String> {
    heart_rate(text, &human::MAX_BPM)
}

fn resting_heart_rate(text: &str) -> Result<f64, String> {
    heart_rate(text, &human::RESTING_BPM)
}

fn threshold_heart_rate(text: &str) -> Result<f64, String> {
    heart_rate(text, &human::THRESHOLD_BPM)
}

fn heart_rate(text: &str, range: &RangeInclusive<f64>) -> Result<f64, String> {
    let bpm: f64 = text.parse().map_err(|_| format!("`{text}` is no number; heart rates look like 52"))?;
    let (low, high) = (range.start(), range.end());
    if range.contains(&bpm) { Ok(bpm) } else { Err(format!("in beats per minute, from {low} to {high}")) }
}

/// Seconds of a pace such as `4:30`.
fn pace(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is no pace; paces look like 4:30");
    let (minutes, seconds) = text.split_once(':').ok_or_else(wrong)?;
    let (minutes, seconds): (u32, u32) = (minutes.parse().map_err(|_| wrong())?, seconds.parse().map_err(|_| wrong())?);
    match (minutes, seconds) {
        (2..=20, 0..=59) => Ok(f64::from(minutes * 60 + seconds)),
        _ => Err(wrong()),
    }
}
