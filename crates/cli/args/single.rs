//! `show` and `inspect`: one file.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use kneewise_report::{Format, SHOW_FORMATS};

use super::report::formats;
use super::{ColorWhen, UnitsArg};
use crate::runner::RunnerArgs;

#[derive(ClapArgs)]
pub struct ShowArgs {
    /// A FIT, GPX or TCX file, as it is, in .gz or in a zip as export.zip/run.fit; - for standard
    /// input. Several are shown as one session where they are one
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats(SHOW_FORMATS))]
    pub format: &'static Format,

    /// Units for people, and whether splits are kilometres or miles; JSON is always SI [default:
    /// the profile's, otherwise metric]
    #[arg(long, value_name = "UNITS")]
    pub units: Option<UnitsArg>,

    /// Time zone for a file without a clock and a place, such as Europe/Berlin [default: the
    /// profile's, otherwise UTC]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,

    #[command(flatten)]
    pub runner: RunnerArgs,

    /// Write to a file instead of standard output, which is -
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Colours in text
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
}

#[derive(ClapArgs)]
pub struct InspectArgs {
    /// A FIT, GPX or TCX file, as it is, in .gz or in a zip as export.zip/run.fit; - for standard
    /// input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: InspectFormat,

    /// Only FIT messages of these names or numbers, or XML elements with their content
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub messages: Vec<String>,

    /// Stop after N messages or elements
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// Write to a file instead of standard output, which is -
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum InspectFormat {
    /// For a terminal
    Text,
    /// JSON, stable names
    Json,
}
