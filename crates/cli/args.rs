//! What can be typed.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::{Date, Weekday};
use kneewise_core::load::Load;
use kneewise_core::rule::Tier;
use kneewise_core::unit::Units;

use crate::load::{self, LoadArgs};
use crate::runner::RunnerArgs;

/// What your running files say of training load and the overuse risk factors they can show.
///
/// Reads FIT, GPX and TCX files, folders of them, .gz and .zip. Nothing leaves this computer: there is no
/// network code in the program.
#[derive(Parser)]
#[command(version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done, 1 `check` found something, 2 something failed.\n\n\
    Examples:\n  \
    kneewise report ~/Downloads/export.zip\n  \
    kneewise report activities/ --format html -o report.html\n  \
    kneewise runs activities/ --format csv > runs.csv\n  \
    kneewise explain session-spike")]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// What stands out, what could not be assessed, and the load of late
    Report(ReportArgs),
    /// One row for each run
    #[command(after_help = RUNS_HELP)]
    Runs(TableArgs),
    /// One row for each day: its load, and what follows from it over days
    #[command(after_help = DAYS_HELP)]
    Days(DaysArgs),
    /// One row for each week; with --load, its load and the figures at its end
    #[command(after_help = WEEKS_HELP)]
    Weeks(WeeksArgs),
    /// One recording in full: every figure and what it rests on, splits, notes; no positions
    #[command(
        after_help = "Examples:\n  kneewise show run.fit\n  kneewise show run.gpx --units imperial\n  kneewise show run.fit.gz --format json\n\n\
        JSON: an array with an object for each activity of the file. In it: file, format, sport, sub_sport, start, utc_offset_s, device, samples, \
        recorded_s, metrics [id, value, unit, basis, over_s], missing, splits [from_m, to_m, sampled_m, seconds, heart_rate_bpm, step_rate_spm, \
        altitude_change_m], loads [id, value, unit, basis, over_s, needs], zones [name, from_bpm, to_bpm, seconds], \
        pauses [from_s, to_s], notes."
    )]
    Show(ShowArgs),
    /// One number over time; of the form, each run against your own at the same speed
    #[command(after_help = TREND_HELP)]
    Trend(TrendArgs),
    /// What became of every file
    Scan(ScanArgs),
    /// End with exit code 1 when a finding reaches a tier; --since leaves old ones out
    Check(CheckArgs),
    /// The manual page of a rule, a metric, a load, a figure or a convention; without a name, all of them in a list
    Explain(ExplainArgs),
    /// Draw a chart into an SVG file
    Plot(PlotArgs),
    /// Everything in one file, unknown messages included; shows positions
    #[command(after_help = INSPECT_HELP)]
    Inspect(InspectArgs),
}

const INSPECT_HELP: &str = "Shows positions, and whatever else is in the file: think before you pass it on. Times are UTC \
    but where a field says local. Names and units of FIT are those of the public profile; what it does not know \
    stands by number, as unknown_79.\n\n\
    JSON of FIT: format, bytes, sequences [offset, header_size, header_checksum, protocol, profile, declared and present \
    bytes of messages, checksum], messages [kind, number, offset, fields [name, number, value, units; developer, of a \
    field that an app or pod added]; problem, where it could not be read in one piece]. JSON of GPX and TCX: format, \
    bytes, elements [name, depth, offset, attributes [name, value], text]. Both: shown and total, of what was asked \
    for; notes; damaged.\n\n\
    Examples:\n  \
    kneewise inspect run.fit | less\n  \
    kneewise inspect run.fit.gz --messages session,lap\n  \
    kneewise inspect run.gpx --messages trkpt --limit 3";

const RUNS_HELP: &str = "JSON: an array of runs. In each: id, start, local_date, sport, sub_sport, source, every metric that \
    `kneewise explain` lists, by its id (null where no file holds it), basis (what each was computed from), notes. CSV and \
    Parquet: the same without basis.\n\n\
    Examples:\n  \
    kneewise runs activities/ --since 2026-05-01\n  \
    kneewise runs export.zip --format csv > runs.csv";

const DAYS_HELP: &str = "JSON: schema_version, load, name, unit, formula (where programs have different ones), convention, bridges \
    [from, to, factor, runs, lower_quartile, upper_quartile, used_for], days. In each day: date, load_id, convention, runs, \
    runs_without (a value), load, basis, every figure that `kneewise explain` lists, by its id (null where it is not known), \
    unknown (why not). CSV: the fields of a day without unknown.\n\n\
    Examples:\n  \
    kneewise days activities/\n  \
    kneewise days activities/ --load trimp_banister --sex female --max-hr 188 --resting-hr 52\n  \
    kneewise days activities/ --convention goldencheetah --format csv > days.csv";

const WEEKS_HELP: &str = "JSON: an array of weeks. In each: start, distance_m, timer_s, runs, runs_without_distance, complete. With \
    --load, as `kneewise days` has it, but weeks for days; in each week: start, load_id, convention, runs, runs_without, \
    load, complete, last_date, and the figures of that day.\n\n\
    Examples:\n  \
    kneewise weeks activities/ --last 12\n  \
    kneewise weeks activities/ --load duration --format json";

const TREND_HELP: &str = "Of the form: step-rate, step-length, stance-time, vertical-oscillation, balance. Each run is held against a \
    baseline of your own runs of the 90 days before, by the same device on the same surface, at the run's own speeds. \
    Every other metric that `kneewise explain` lists, such as avg_heart_rate_bpm: as measured, with a running median \
    and the range of nine in ten over 28 days; nothing is adjusted.\n\n\
    --since shows the runs from that day on; what they are held against reaches back as far as without it.\n\n\
    `kneewise explain trend` has the method and its limits.\n\n\
    JSON of the form: schema_version, metric, unit, as_of, adjusted_for, options [window_days, min_runs, min_seconds, \
    recent_days, min_recent_runs], compared, outside, changes [device, surface, runs, median_residual, median_residual_percent, band, \
    is_outside, baseline_runs, baseline_from, baseline_to, baseline_seconds, baseline_slowest_mps, baseline_fastest_mps, \
    baseline_intercept, baseline_slope, needs], points [run, local_date, device, surface, note, seconds, speed_mps, measured, \
    compared_seconds, compared_speed_mps, compared_measured, expected, residual, residual_percent, band, is_outside, \
    running_median_residual, baseline_runs, baseline_from, baseline_to, baseline_seconds, baseline_slowest_mps, baseline_fastest_mps, \
    baseline_slope, needs]. JSON of other metrics: schema_version, metric, unit, as_of, adjusted_for, days, points [run, \
    local_date, value, basis, running_median, band_low, band_high]. CSV: metric, unit and the fields of a point.\n\n\
    Examples:\n  \
    kneewise trend step-rate activities/\n  \
    kneewise trend stance-time activities/ --format svg -o stance.svg\n  \
    kneewise trend pace_s_per_km export.zip --format csv";

/// Where runs come from and how they are looked at.
#[derive(ClapArgs)]
pub struct InputArgs {
    /// Files, folders and zip archives, in any mix
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Time zone for files that tell neither clock nor place, such as Europe/Berlin [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,

    /// Last day to look at, as 2026-05-31 [default: the day of the last run]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// Leave out findings and rows from before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,

    /// Day on which weeks begin
    #[arg(long, value_name = "DAY", default_value = "monday")]
    pub week_start: WeekStart,

    /// Units for people; data formats are always SI
    #[arg(long, value_name = "UNITS", default_value = "metric")]
    pub units: UnitsArg,

    /// Count activities whose file names no sport as runs
    #[arg(long)]
    pub untyped_as_runs: bool,

    /// Take damaged files for unreadable, and end with exit code 2 when any file is
    #[arg(long)]
    pub strict: bool,

    /// No progress bar
    #[arg(long)]
    pub no_progress: bool,

    #[command(flatten)]
    pub runner: RunnerArgs,
}

#[derive(ClapArgs)]
pub struct ReportArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Form of the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,

    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Colours in text
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
}

#[derive(ClapArgs)]
pub struct TableArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Only so many rows, the last ones
    #[arg(long, value_name = "ROWS", value_parser = rows)]
    pub last: Option<usize>,

    /// Form of the table
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TableFormat,

    /// Write to a file instead of standard output; parquet needs one
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct WeeksArgs {
    #[command(flatten)]
    pub table: TableArgs,

    /// Show this load, such as trimp_banister; `kneewise explain` lists them
    #[arg(long, value_name = "LOAD", value_parser = load::named)]
    pub load: Option<&'static Load>,

    #[command(flatten)]
    pub by: LoadArgs,
}

#[derive(ClapArgs)]
pub struct DaysArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Which load, such as trimp_banister; `kneewise explain` lists them
    #[arg(long, value_name = "LOAD", default_value = "distance_m", value_parser = load::named)]
    pub load: &'static Load,

    #[command(flatten)]
    pub by: LoadArgs,

    /// Only so many days, the last ones [default: 28 in a table without --since, else all]
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub last: Option<usize>,

    /// Form of the table
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: DaysFormat,

    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct TrendArgs {
    /// Which number: a form metric or any run metric
    #[arg(value_name = "METRIC")]
    pub metric: String,

    #[command(flatten)]
    pub input: InputArgs,

    /// Form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TrendFormat,

    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct ScanArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Form of the ledger
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ScanFormat,

    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
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
    /// Such as session-spike, distance_m, trimp_banister, fitness, goldencheetah, trend or cadence; several words are one name
    #[arg(value_name = "NAME")]
    pub name: Vec<String>,
}

#[derive(ClapArgs)]
pub struct PlotArgs {
    /// Which chart
    #[arg(value_name = "CHART")]
    pub chart: ChartArg,

    #[command(flatten)]
    pub input: InputArgs,

    /// The SVG file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(ClapArgs)]
pub struct ShowArgs {
    /// A FIT, GPX or TCX file, as it is or in .gz
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Form of what is shown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ShowFormatArg,

    /// Units for people, and whether splits are kilometres or miles; JSON is always SI
    #[arg(long, value_name = "UNITS", default_value = "metric")]
    pub units: UnitsArg,

    /// Time zone for a file that tells neither clock nor place, such as Europe/Berlin [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,

    #[command(flatten)]
    pub runner: RunnerArgs,

    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Colours in text
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ShowFormatArg {
    /// For a terminal
    Text,
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    /// JSON, SI units, stable names
    Json,
}

#[derive(ClapArgs)]
pub struct InspectArgs {
    /// A FIT, GPX or TCX file, as it is or in .gz
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Form of what is shown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: InspectFormat,

    /// Only FIT messages of these names or numbers, or XML elements with what is in them
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub messages: Vec<String>,

    /// Stop after so many messages or elements
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// Write to a file instead of standard output
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

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ReportFormat {
    /// For a terminal
    Text,
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    /// JSON, SI units, stable names
    Json,
    /// One self-contained page
    Html,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum TableFormat {
    /// For a terminal
    Table,
    /// JSON, SI units, stable names
    Json,
    /// Comma-separated values, SI units
    Csv,
    /// Apache Parquet, SI units
    Parquet,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum DaysFormat {
    /// For a terminal
    Table,
    /// JSON, SI units, stable names
    Json,
    /// Comma-separated values, SI units
    Csv,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum TrendFormat {
    /// For a terminal
    Text,
    /// JSON, SI units, stable names
    Json,
    /// Comma-separated values, SI units
    Csv,
    /// A chart
    Svg,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ScanFormat {
    /// For a terminal
    Table,
    /// JSON, stable names
    Json,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
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

#[derive(Clone, Copy, ValueEnum)]
pub enum ChartArg {
    WeeklyDistance,
    SessionSpike,
    StepRate,
}

fn days(text: &str) -> Result<usize, String> {
    some(text).ok_or_else(|| "a number of days, such as 28".to_owned())
}

fn rows(text: &str) -> Result<usize, String> {
    some(text).ok_or_else(|| "a number of rows, such as 12".to_owned())
}

/// A number of rows, of which none would make no table.
fn some(text: &str) -> Option<usize> {
    text.parse().ok().filter(|rows| *rows > 0)
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "dates look like 2026-05-31".to_owned())
}
