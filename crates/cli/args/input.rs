//! What every command on runs takes: where they come from and how they are looked at.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use jiff::civil::{Date, Weekday};
use kneewise_read::unit::Units;

use crate::runner::RunnerArgs;

/// Where runs come from and how they are read.
#[derive(ClapArgs)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct InputArgs {
    /// Files, folders and zip archives, in any mix
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Time zone for files without a clock and a place, such as Europe/Berlin [default: the
    /// profile's, otherwise UTC]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,

    /// Last day to include, as 2026-05-31 [default: the day of the last run, or of a later diary
    /// entry]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// Leave out findings and rows from before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,

    /// Day on which weeks begin [default: the profile's, otherwise
    /// monday]
    #[arg(long, value_name = "DAY")]
    pub week_start: Option<WeekStart>,

    /// Units for people; data formats are always SI [default: the profile's,
    /// otherwise metric]
    #[arg(long, value_name = "UNITS")]
    pub units: Option<UnitsArg>,

    /// Which rules are checked and with which limits [default: ./kneewise.toml, otherwise the one
    /// in your settings folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Count activities whose file names no sport as runs
    #[arg(long)]
    pub untyped_as_runs: bool,

    /// Count damaged files as unreadable, and end with exit code 2 when any file is, or a line of
    /// your diary
    #[arg(long)]
    pub strict: bool,

    /// Read inputs up to ten times the usual limits (docs/limits.md)
    #[arg(long)]
    pub large_inputs: bool,

    /// No progress bar
    #[arg(long)]
    pub no_progress: bool,

    #[command(flatten)]
    pub runner: RunnerArgs,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum WeekStart {
    Monday,
    Sunday,
}

impl From<WeekStart> for Weekday {
    fn from(day: WeekStart) -> Self {
        match day {
            WeekStart::Monday => Self::Monday,
            WeekStart::Sunday => Self::Sunday,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum UnitsArg {
    Metric,
    Imperial,
}

impl From<UnitsArg> for Units {
    fn from(units: UnitsArg) -> Self {
        match units {
            UnitsArg::Metric => Self::Metric,
            UnitsArg::Imperial => Self::Imperial,
        }
    }
}

pub fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "dates look like 2026-05-31".to_owned())
}
