//! `profile`, `shoes`, `diary` and `triage`: what the runner tells.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::{InputArgs, date};

#[derive(Subcommand)]
pub enum ProfileCommand {
    /// Answer question by question; without a terminal, print a template
    Init(InitArgs),
    /// Print each value and its source; with files, also the settings of the watch
    Show(ProfileShowArgs),
}

#[derive(ClapArgs)]
pub struct InitArgs {
    /// Where to write it [default: profile.toml in your settings folder]
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct ProfileShowArgs {
    /// Files, folders and zip archives whose settings of the watch to show
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Form of the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ProfileFormat,

    #[command(flatten)]
    pub runner: crate::runner::RunnerArgs,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ProfileFormat {
    /// For a terminal
    Text,
    /// JSON, SI units: profile, is_there, values {name: value, origin}; null for missing values
    Json,
}

#[derive(ClapArgs)]
pub struct ShoesArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Form of the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ShoesFormat,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ShoesFormat {
    /// For a terminal
    Text,
    /// JSON, SI units: pairs [name, kind, since, until, first_run, last_run, age_days, runs,
    /// runs_without_distance, distance_m, start_m, limit_m], unassigned [runs, distance_m, gear]
    Json,
}

#[derive(Subcommand)]
pub enum DiaryCommand {
    /// Add an entry, by questions in a terminal or by options
    Add(Box<AddArgs>),
    /// Print the last entries
    List(ListArgs),
}

/// The values of an entry, checked as those of the file are.
#[derive(ClapArgs)]
pub struct AddArgs {
    /// The diary [default: diary.csv in your data folder]
    #[arg(long, value_name = "FILE")]
    pub diary: Option<PathBuf>,

    /// The profile, whose time zone sets the day [default: profile.toml in your settings
    /// folder]
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,

    /// The day, as 2026-05-31 [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,

    /// Pain during the run, from 0 (none) to 10 (the worst imaginable)
    #[arg(long, value_name = "0-10")]
    pub pain: Option<String>,

    /// Pain in the hours after
    #[arg(long, value_name = "0-10")]
    pub after: Option<String>,

    /// Pain the morning after
    #[arg(long, value_name = "0-10")]
    pub morning: Option<String>,

    /// Which knee or leg: left, right, both
    #[arg(long, value_name = "SIDE")]
    pub side: Option<String>,

    /// Where it hurts: inner-joint-line, inner-below, inner-above, kneecap, outer, shin-bone, back,
    /// diffuse, elsewhere
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,

    /// How the pain began: sudden, gradual, long-standing
    #[arg(long, value_name = "HOW")]
    pub onset: Option<String>,

    /// Whether the knee was swollen
    #[arg(long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    pub swelling: Option<String>,

    /// Whether the knee locked: stuck, and could not be bent or straightened
    #[arg(long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    pub locking: Option<String>,

    /// Whether the knee gave way
    #[arg(long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    pub gives_way: Option<String>,

    /// Whether a painkiller was taken before running
    #[arg(long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    pub painkiller: Option<String>,

    /// Whether a run was missed or cut short because of pain
    #[arg(long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    pub missed_run: Option<String>,

    /// A question of `kneewise triage` answered with yes, by its name, or none for no to all; may
    /// be given again
    #[arg(long, value_name = "NAME")]
    pub sign: Vec<String>,

    /// Hours slept the night before
    #[arg(long, value_name = "HOURS")]
    pub sleep_hours: Option<String>,

    /// Quality of the sleep, from 1 (very, very good) to 7 (very, very bad)
    #[arg(long, value_name = "1-7")]
    pub sleep_quality: Option<String>,

    /// Effort of the day's run, from 0 (nothing at all) to 10
    #[arg(long, value_name = "0-10")]
    pub exertion: Option<String>,

    /// Heart rate at rest in the morning
    #[arg(long, value_name = "BPM")]
    pub morning_hr: Option<String>,

    /// Heart-rate variability in the morning (RMSSD), in milliseconds
    #[arg(long, value_name = "MS")]
    pub hrv: Option<String>,

    /// Sessions of strength training on the day
    #[arg(long, value_name = "N")]
    pub strength: Option<String>,

    /// A note
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

impl AddArgs {
    /// The values given by options: the column of each and its text.
    pub fn told(&self) -> Vec<(&'static str, &'static str, String)> {
        let signs = Some(self.sign.join(" ")).filter(|text| !text.is_empty());
        let all = [
            ("--pain", "pain_during", &self.pain),
            ("--after", "pain_after", &self.after),
            ("--morning", "pain_next_morning", &self.morning),
            ("--side", "side", &self.side),
            ("--place", "place", &self.place),
            ("--onset", "onset", &self.onset),
            ("--swelling", "swelling", &self.swelling),
            ("--locking", "locking", &self.locking),
            ("--gives-way", "giving_way", &self.gives_way),
            ("--painkiller", "painkiller_before", &self.painkiller),
            ("--missed-run", "missed_run", &self.missed_run),
            ("--sign", "signs", &signs),
            ("--sleep-hours", "sleep_h", &self.sleep_hours),
            ("--sleep-quality", "sleep_quality", &self.sleep_quality),
            ("--exertion", "exertion_cr10", &self.exertion),
            ("--morning-hr", "resting_heart_rate_bpm", &self.morning_hr),
            ("--hrv", "hrv_ms", &self.hrv),
            ("--strength", "strength_sessions", &self.strength),
            ("--note", "note", &self.note),
        ];
        let told = all.into_iter().filter_map(|(option, column, text)| Some((option, column, text.clone()?)));
        told.collect()
    }
}

#[derive(ClapArgs)]
pub struct ListArgs {
    /// The diary [default: diary.csv in your data folder]
    #[arg(long, value_name = "FILE")]
    pub diary: Option<PathBuf>,

    /// Only the last N entries
    #[arg(long, value_name = "N", value_parser = super::tables::rows)]
    pub last: Option<usize>,
}

#[derive(ClapArgs)]
pub struct TriageArgs {
    /// A question answered with yes, by its name; may be given again. No questions are asked then
    #[arg(long, value_name = "NAME")]
    pub yes: Vec<String>,

    /// The diary that keeps the answers, if you like [default: diary.csv in your data folder]
    #[arg(long, value_name = "FILE")]
    pub diary: Option<PathBuf>,

    /// The profile, whose time zone sets the day [default: profile.toml in your settings
    /// folder]
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
}
