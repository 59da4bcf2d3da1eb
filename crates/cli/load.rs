//! Which load, by which convention, as it is typed; and the days of it.

#![allow(clippy::doc_markdown, reason = "doc comments are the help texts here, read in a terminal")]

use anyhow::bail;
use clap::Args as ClapArgs;
use kneewise_core::load::{self, CONVENTIONS, Compute, Convention, KNEEWISE, LOADS, Load, Series, SeriesError};
use kneewise_core::{Runner, TrainingLog};

use crate::output;

#[derive(ClapArgs)]
pub struct LoadArgs {
    /// By which choices figures over days are made; `kneewise explain` lists them [default:
    /// kneewise]
    #[arg(long, value_name = "NAME", value_parser = convention)]
    convention: Option<&'static Convention>,

    /// With the load `ladder`: bring runs without the best load to it by fitted factors
    #[arg(long)]
    bridge: bool,
}

impl LoadArgs {
    /// The convention to follow.
    pub fn convention(&self) -> &'static Convention {
        self.convention.unwrap_or(&KNEEWISE)
    }

    /// Whether nothing was asked for.
    pub fn is_silent(&self) -> bool {
        self.convention.is_none() && !self.bridge
    }
}

/// The load of a name, whole or a part that no other has.
pub fn named(name: &str) -> Result<&'static Load, String> {
    let name = name.to_lowercase().replace('-', "_");
    if let Some(load) = load::find(&name) {
        return Ok(load);
    }
    let meant: Vec<&&Load> = LOADS.iter().filter(|load| load.id.contains(&name)).collect();
    match meant.as_slice() {
        [one] => Ok(one),
        [] => Err(format!("loads are {}", listed(LOADS.iter().map(|load| load.id)))),
        several => Err(format!("may be {}", listed(several.iter().map(|load| load.id)))),
    }
}

fn convention(name: &str) -> Result<&'static Convention, String> {
    Convention::find(&name.to_lowercase())
        .ok_or_else(|| format!("conventions are {}", listed(CONVENTIONS.iter().map(|known| known.id))))
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// The load of each day; says on standard error how many runs have none and what they would need.
pub fn series(log: &TrainingLog, runner: &Runner, load: &'static Load, args: &LoadArgs) -> anyhow::Result<Series> {
    if args.bridge && !matches!(load.compute, Compute::Ladder(_)) {
        bail!("--bridge is for --load ladder; {} is a single load", load.id);
    }
    let convention = args.convention();
    let series = if args.bridge {
        Series::bridged(log, runner, load, convention)
    } else {
        Series::of(log, runner, load, convention)
    };
    let series = match series {
        Err(error @ SeriesError::Mixed { .. }) if !args.bridge => {
            bail!("{error}; name one with --load, or use --bridge to fit factors")
        }
        answer => answer?,
    };
    let without: usize = series.days.iter().map(|day| day.runs_without).sum();
    let runs: usize = series.days.iter().map(|day| day.runs).sum();
    let needs = series.days.iter().find_map(|day| day.needs).unwrap_or_default();
    let hint = flags(needs).map_or_else(String::new, |flags| format!("; {flags} sets it"));
    let id = series.load.id;
    if without > 0 && without == runs {
        bail!("no run has {id}: it needs {needs}{hint}");
    }
    if without > 0 {
        output::warn(format_args!("{without} of {runs} runs have no {id}: it needs {needs}{hint}"));
    }
    Ok(series)
}

/// The options that say what a load lacks; `None` where only a file could.
fn flags(needs: &str) -> Option<&'static str> {
    const BY_WORDS: [(&str, &str); 6] = [
        ("sex", "--sex"),
        ("resting and highest", "--resting-hr with --max-hr"),
        ("runner's highest", "--max-hr"),
        ("runner's resting", "--resting-hr"),
        ("first and second threshold", "--first-threshold-hr with --second-threshold-hr"),
        ("threshold pace", "--threshold-pace"),
    ];
    BY_WORDS.iter().find(|(words, _)| needs.contains(words)).map(|(_, flags)| *flags)
}
