//! What can be typed.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

mod help;
mod input;
mod own;
mod report;
mod single;
mod tables;

use clap::{Parser, Subcommand, ValueEnum};

use help::{
    CHECK_HELP, DAYS_HELP, DIARY_HELP, INSPECT_HELP, PROFILE_HELP, RUNS_HELP, SHOW_HELP, TREND_HELP, WEEKS_HELP,
};
pub use input::{InputArgs, UnitsArg, date};
pub use own::{
    AddArgs, DiaryCommand, InitArgs, ListArgs, ProfileCommand, ProfileFormat, ProfileShowArgs, ShoesArgs, ShoesFormat,
    TriageArgs,
};
pub use report::{CheckArgs, ExplainArgs, ExplainFormat, PlotArgs, RenderArgs, ReportArgs};
pub use single::{InspectArgs, InspectFormat, ShowArgs};
pub use tables::{
    DaysArgs, DaysFormat, ScanArgs, ScanFormat, TableArgs, TableFormat, TrendArgs, TrendFormat, WeeksArgs,
};

/// Shows training load and overuse risk factors from your running files.
///
/// Reads FIT, GPX and TCX files, folders of them, .gz and .zip. Nothing leaves this computer: there
/// is no network code in the program.
#[derive(Parser)]
#[command(version, max_term_width = 100, subcommand_required = true)]
#[command(after_help = "Exit codes: 0 done, 1 `check` found something, 2 something failed.\n\n\
    Examples:\n  \
    kneewise report ~/Downloads/export.zip\n  \
    kneewise report activities/ -o report.html\n  \
    kneewise runs activities/ --format csv > runs.csv\n  \
    kneewise explain session-spike")]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    /// Write paths in JSON and Parquet as given; otherwise ~ replaces your home folder
    #[arg(long, global = true)]
    pub full_paths: bool,

    /// Let -o replace a file that kneewise did not write; never an input, a recording, your profile
    /// or your diary
    #[arg(long, global = true)]
    pub force: bool,

    /// Only results and errors; for a report, the headline and what to do
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Also list on standard error every file that was not fully read, and why
    #[arg(short, long, global = true)]
    pub verbose: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Show what stands out, by how much, and what to do
    Report(ReportArgs),
    /// Show one row for each run
    #[command(after_help = RUNS_HELP)]
    Runs(TableArgs),
    /// Show one row for each day: its load, fitness, fatigue and other values over days
    #[command(after_help = DAYS_HELP)]
    Days(DaysArgs),
    /// Show one row for each week; with --load, its load and the values at its end
    #[command(after_help = WEEKS_HELP)]
    Weeks(WeeksArgs),
    /// Show one run in full: every value and its source, splits, notes; no positions
    #[command(after_help = SHOW_HELP)]
    Show(ShowArgs),
    /// Show one number over time; for form, each run compared with your usual at the same speed
    #[command(after_help = TREND_HELP)]
    Trend(TrendArgs),
    /// List every file and its outcome
    Scan(ScanArgs),
    /// End with exit code 1 when a finding reaches a tier; --since leaves old ones out
    #[command(after_help = CHECK_HELP)]
    Check(CheckArgs),
    /// Show the manual page of a rule, metric, load or convention; without a name, list them all
    Explain(ExplainArgs),
    /// Write a report that is a page or JSON in another form
    Render(RenderArgs),
    /// Draw a chart into an SVG or PNG file
    Plot(PlotArgs),
    /// Show everything in one file, including unknown messages and positions
    #[command(after_help = INSPECT_HELP)]
    Inspect(InspectArgs),
    /// Write or show your profile: body, heart rates, earlier injuries, shoes
    #[command(subcommand, after_help = PROFILE_HELP)]
    Profile(ProfileCommand),
    /// Show distance and age of each pair of shoes in the profile
    Shoes(ShoesArgs),
    /// Write or show your diary: pain, sleep, exertion, a line a day or run
    #[command(subcommand, after_help = DIARY_HELP)]
    Diary(DiaryCommand),
    /// Ask the questions that come before any training when a knee hurts
    Triage(TriageArgs),
}

impl Command {
    /// Takes `-o -` for standard output, as if no file had been named.
    pub fn settle_output(&mut self) {
        let output = match self {
            Self::Report(args) => &mut args.output,
            Self::Runs(args) => &mut args.output,
            Self::Weeks(args) => &mut args.table.output,
            Self::Days(args) => &mut args.output,
            Self::Show(args) => &mut args.output,
            Self::Trend(args) => &mut args.output,
            Self::Scan(args) => &mut args.output,
            Self::Inspect(args) => &mut args.output,
            Self::Plot(args) => &mut args.output,
            Self::Render(args) => &mut args.output,
            _ => return,
        };
        if output.as_deref() == Some(std::path::Path::new("-")) {
            *output = None;
        }
    }
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}
