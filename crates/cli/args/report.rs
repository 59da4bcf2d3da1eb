//! `report`, `check`, `explain` and `plot`.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueEnum};
use kneewise_core::rule::Tier;
use kneewise_report::chart::{CHARTS, RUN};
use kneewise_report::{FORMATS, Format, TEXT, format_of_name};

use super::{ColorWhen, InputArgs};

#[derive(ClapArgs)]
pub struct ReportArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Form of the report [default: by the name of the output: .html, .json, .md; otherwise text]
    #[arg(long, value_name = "FORMAT", value_parser = formats(FORMATS))]
    pub format: Option<&'static Format>,

    /// Show everything in text: every finding with its study, all checks, and rules that could not
    /// be assessed; other forms always have it
    #[arg(long)]
    pub full: bool,

    /// Do not show --full in a pager ($PAGER, otherwise less) at a terminal
    #[arg(long)]
    pub no_pager: bool,

    /// Write to a file instead of standard output, which is -
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Colours in text
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
}

#[derive(ClapArgs)]
pub struct RenderArgs {
    /// A page or JSON that `kneewise report` wrote; - is standard input
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,

    /// Form to write, text, md or json [default: by the name of the output; otherwise text]
    #[arg(long, value_name = "FORMAT", value_parser = formats(FORMATS))]
    pub format: Option<&'static Format>,

    /// In text, everything
    #[arg(long)]
    pub full: bool,

    /// Write to a file instead of standard output, which is -
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Colours in text
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
}

#[derive(ClapArgs)]
pub struct CheckArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Lowest tier that makes the exit code 1
    #[arg(long, value_name = "TIER", default_value = "notice")]
    pub fail_on: TierArg,
}

#[derive(ClapArgs)]
pub struct ExplainArgs {
    /// Such as session-spike, distance_m, trimp_banister, fitness, goldencheetah, trend or cadence;
    /// several words are one name
    #[arg(value_name = "NAME")]
    pub name: Vec<String>,

    /// Form of the pages; JSON has every rule, or the one named, and article, references and diary
    /// too
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ExplainFormat,

    /// Settings whose limits are in force [default: kneewise.toml here, otherwise in your settings
    /// folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ExplainFormat {
    /// For a terminal
    Text,
    /// JSON: schema_version, rules [id, name, summary, area, evidence, is_preview, needs,
    /// not_known, raised_by, options {name: default, in_force}, references, docs]; of article
    /// statements [part, says, research, does, pages], of references [short, full, known], of diary
    /// columns [name, what, takes]
    Json,
}

#[derive(ClapArgs)]
pub struct PlotArgs {
    /// Which chart; run draws one recording, the others a log
    #[arg(value_name = "CHART", value_parser = PossibleValuesParser::new(CHARTS.iter().map(|chart| chart.name).chain([RUN])))]
    pub chart: String,

    #[command(flatten)]
    pub input: InputArgs,

    /// With run, the outline of the route too, without 500 m at both ends and without coordinates
    #[arg(long)]
    pub map: bool,

    /// The file to write, SVG or by its name PNG; - is standard output, as SVG
    #[arg(short, long, value_name = "FILE", required = true)]
    pub output: Option<PathBuf>,
}

/// Takes the name of a form that the library lists.
pub fn formats(of: &'static [&'static Format]) -> impl TypedValueParser<Value = &'static Format> {
    let value = |format: &&Format| PossibleValue::new(format.name).help(format.about).aliases(format.aliases);
    PossibleValuesParser::new(of.iter().map(value)).map(|name| format_of_name(&name).unwrap_or(&TEXT))
}

#[derive(Clone, Copy, ValueEnum)]
pub enum TierArg {
    Info,
    Notice,
    Elevated,
}

impl From<TierArg> for Tier {
    fn from(tier: TierArg) -> Self {
        match tier {
            TierArg::Info => Self::Info,
            TierArg::Notice => Self::Notice,
            TierArg::Elevated => Self::Elevated,
        }
    }
}
