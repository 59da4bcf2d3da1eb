//! From arguments to a report: reading with a progress bar, the day to report on, the settings.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use kneewise_core::time::{DateExt, Zone};
use kneewise_core::{Report, Runner, Settings, analyze, read, rule};
use kneewise_import::{Import, Options, Outcome, Progress};

use crate::args::InputArgs;
use crate::{Ending, output};

/// Reading less than this (bytes) is over before a bar could be seen.
const WORTH_A_BAR: u64 = 16 << 20;

/// Reads all inputs, of which `output` must be none.
///
/// Fails where a path is not there at all, the time zone is unknown or what is said of the runner cannot be: those are
/// slips of the keyboard.
/// Whatever else is wrong with an input stands in the ledger.
pub fn import(args: &InputArgs, output: Option<&Path>) -> anyhow::Result<Import> {
    args.runner.check()?;
    for path in &args.paths {
        if let Err(error) = path.symlink_metadata() {
            bail!("{}: {error}", path.display());
        }
    }
    output::spare(output, args.paths.iter().map(PathBuf::as_path))?;
    if args.as_of.is_some_and(|as_of| !(1990..2200).contains(&as_of.year())) {
        bail!("--as-of is no day of this century");
    }
    let zone = args.tz.as_deref().map(Zone::named).transpose()?;
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    bar.set_style(ProgressStyle::with_template("reading {wide_bar} {bytes}/{total_bytes}").context("progress bar")?);
    let visible = AtomicBool::new(false);
    let progress = |progress: Progress| match progress {
        Progress::Found { bytes } if bytes >= WORTH_A_BAR && !args.no_progress => {
            // Draws nothing where standard error is not a terminal.
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.set_length(bytes);
            visible.store(true, Ordering::Relaxed);
        }
        Progress::Done { bytes } if visible.load(Ordering::Relaxed) => bar.inc(bytes),
        _ => {}
    };
    let options = Options {
        zone,
        read: read::Options {
            untyped_are_runs: args.untyped_as_runs,
            strict: args.strict,
            height_m: args.runner.height,
        },
        progress: &progress,
        ..Options::default()
    };
    let import = kneewise_import::import(&args.paths, &options);
    bar.finish_and_clear();
    // What earlier reports left in a folder is skipped, and may be written anew.
    let read = import.ledger.rows.iter().filter(|row| row.outcome != Outcome::Skipped);
    // The archive that a file came from stands in the file's path.
    output::spare(output, read.flat_map(|row| Path::new(&row.path).ancestors()))?;
    Ok(import)
}

/// The report of what was read.
///
/// Without `--as-of` it speaks of the day of the last run, not of today: the same files give the same
/// report, whenever it is made.
pub fn report(args: &InputArgs, import: &Import) -> anyhow::Result<Report> {
    if import.ledger.inputs == 0 {
        let paths: Vec<String> = args.paths.iter().map(|path| path.display().to_string()).collect();
        bail!("no files in {}", paths.join(", "));
    }
    if !import.ledger.has_activities() {
        bail!("nothing readable: {}. `kneewise scan` tells why", import.ledger);
    }
    let last_run = import.runs.iter().map(|run| run.local_date).max();
    let last_activity = || {
        let starts = import.ledger.rows.iter().flat_map(|row| &row.activities).map(|activity| activity.start);
        starts.max().map(|start| start.date_at_offset(0))
    };
    let as_of: Option<Date> = args.as_of.or(last_run).or_else(last_activity);
    let as_of = as_of.context("no activity has a date")?;
    if args.as_of.is_none() {
        warn_of_a_lone_last_run(import);
    }
    Ok(analyze(import.runs.clone(), &runner(args), &settings(args), as_of))
}

/// The report for a table, which needs a run: fails where all are later than the day to look at.
pub fn report_of_runs(args: &InputArgs, import: &Import) -> anyhow::Result<Report> {
    let report = report(args, import)?;
    let first = import.runs.iter().map(|run| run.local_date).min();
    if let (true, Some(first)) = (report.log.runs().is_empty(), first) {
        bail!("no runs up to {}; the first is of {first}", report.as_of);
    }
    Ok(report)
}

/// What the runner says of themselves.
pub fn runner(args: &InputArgs) -> Runner {
    args.runner.runner(args.units.into())
}

/// Says which activities a table of runs lacks because their files name no sport.
pub fn tell_not_counted(import: &Import) {
    if let Some(text) = kneewise_report::not_counted(&import.ledger) {
        output::complain(format_args!("{text}"));
    }
}

/// What a command ends with that came to `ending`: with `--strict`, a file that could not be read whole
/// makes it a failure.
pub fn ending(args: &InputArgs, import: &Import, ending: Ending) -> Ending {
    let mut unreadable = import.ledger.rows.iter().filter(|row| row.outcome == Outcome::Unreadable);
    let Some(first) = unreadable.next().filter(|_| args.strict) else { return ending };
    let reason = first.reason.as_deref().unwrap_or_default();
    match unreadable.count() {
        0 => output::complain(format_args!("not read, with --strict: {}: {reason}", first.path)),
        more => output::complain(format_args!(
            "not read, with --strict: {}: {reason}; and {more} more, which `kneewise scan --strict` lists",
            first.path
        )),
    }
    Ending::Failed
}

/// A last run years after all others is more often a wrong clock than a comeback, and the report speaks
/// of its day.
fn warn_of_a_lone_last_run(import: &Import) {
    const LONG_DAYS: i64 = 365;
    if let [.., before, last] = import.runs.as_slice()
        && last.local_date.days_since(before.local_date) > LONG_DAYS
    {
        output::complain(format_args!(
            "the last run, of {}, lies {} days after the one before ({}); if its clock was wrong, --as-of DATE names a \
             better day",
            last.local_date,
            last.local_date.days_since(before.local_date),
            last.source(),
        ));
    }
}

fn settings(args: &InputArgs) -> Settings {
    Settings {
        week_start: args.week_start.into(),
        findings_since: args.since,
        rules: rule::Options { units: args.units.into(), ..rule::Options::default() },
        selection: rule::Selection::default(),
    }
}
