//! `runs`, `days`, `weeks`, `trend` and `scan`: rows of numbers.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use kneewise_core::load::Load;

use super::InputArgs;
use crate::load::{self, LoadArgs};

#[derive(ClapArgs)]
pub struct TableArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Only the last N rows
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

    /// Only the last N days [default: 28 in a table without --since, otherwise all]
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub last: Option<usize>,

    /// Form of the table
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: DaysFormat,

    /// Write to a file instead of standard output, which is -
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

    /// Write to a file instead of standard output, which is -
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

    /// Write to a file instead of standard output, which is -
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
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

pub fn days(text: &str) -> Result<usize, String> {
    some(text).ok_or_else(|| "a number of days, such as 28".to_owned())
}

pub fn rows(text: &str) -> Result<usize, String> {
    some(text).ok_or_else(|| "a number of rows, such as 12".to_owned())
}

/// A number of rows, of which none would make no table.
fn some(text: &str) -> Option<usize> {
    text.parse().ok().filter(|rows| *rows > 0)
}
