//! From arguments to a report: reading with a progress bar, the day to report on, the settings.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kneewise_core::Report;
use kneewise_core::report::DayDoubt;
use kneewise_import::{Import, Ledger, Limits, Matches, NoReport, Options, Outcome, Progress};
use kneewise_read as read;
use kneewise_read::time::DateExt;

use crate::args::InputArgs;
use crate::nothing::nothing_read;
use crate::user_inputs::{self, UserInputs};
use crate::{Ending, output};

/// Reading less than this (bytes) is over before a bar could be seen.
const WORTH_A_BAR: u64 = 16 << 20;

/// What is offered where an input holds more than the usual limits.
const LARGER: &str = "--large-inputs reads ten times as much";

/// What was read, and what the runner tells.
pub struct Input {
    /// The files.
    pub import: Import,
    /// The runner, who also knows of the sessions of other sports in the files.
    pub told: UserInputs,
}

/// Reads all inputs, of which `output` must be none.
///
/// Fails where a path is not there at all, the time zone is unknown or what is said of the runner
/// cannot be: those are slips of the keyboard. Whatever else is wrong with an input stands in the
/// ledger.
pub fn import(args: &InputArgs, output: Option<&Path>) -> anyhow::Result<Input> {
    output::spare_own(output, &user_inputs::own_places(&args.runner, args.config.as_deref()))?;
    let told = UserInputs::of(args)?;
    for path in &args.paths {
        if let Err(error) = path.symlink_metadata() {
            let why = if error.kind() == ErrorKind::NotFound {
                "no such file or folder".to_owned()
            } else {
                error.to_string()
            };
            bail!("{}: {why}", path.display());
        }
    }
    if output.is_some_and(Path::is_file) {
        output::spare_inputs(output, kneewise_import::files(&args.paths).into_iter())?;
    }
    if args.as_of.is_some_and(|as_of| !(1990..2200).contains(&as_of.year())) {
        bail!("--as-of is not a day of this century");
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    bar.set_style(ProgressStyle::with_template("reading {wide_bar} {bytes}/{total_bytes}").context("progress bar")?);
    let visible = AtomicBool::new(false);
    let progress = |progress: Progress| match progress {
        Progress::Found { bytes } if bytes >= WORTH_A_BAR && !args.no_progress && !output::is_quiet() => {
            // Draws nothing where standard error is not a terminal.
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.set_length(bytes);
            visible.store(true, Ordering::Relaxed);
        }
        Progress::Done { bytes } if visible.load(Ordering::Relaxed) => bar.inc(bytes),
        _ => {}
    };
    let options = Options {
        zone: told.zone.clone(),
        matches: Matches { same: told.rules.same_run.clone(), not_same: told.rules.not_same_run.clone() },
        read: read::Options { untyped_are_runs: args.untyped_as_runs, strict: args.strict },
        limits: if args.large_inputs { Limits::larger() } else { Limits { offer: LARGER, ..Limits::default() } },
        progress: &progress,
        ..Options::default()
    };
    let import = kneewise_import::import(&args.paths, &options);
    bar.finish_and_clear();
    for note in &import.ledger.notes {
        output::remark(format_args!("{note}"));
    }
    if output::is_verbose() {
        name_files(&import.ledger);
    }
    Ok(Input { import, told })
}

/// Says of every file that was not simply read what became of it.
fn name_files(ledger: &Ledger) {
    for row in ledger.rows.iter().filter(|row| row.outcome != Outcome::Read) {
        let reason = row.reason.as_deref().map_or_else(String::new, |reason| format!(": {reason}"));
        output::warn(format_args!("{}: {}{reason}", row.path, row.outcome));
    }
}

/// The report of what was read.
///
/// Without `--as-of` it speaks of the day of the last run, or of a later entry of the diary, not of
/// today: the same files give the same report, whenever it is made.
///
/// The runs go into it: somebody may have very many.
pub fn report(args: &InputArgs, input: &mut Input) -> anyhow::Result<Report> {
    let Input { import, told } = input;
    let as_of = args.as_of.or_else(|| {
        let last = import.last_day(&told.runner.diary)?;
        last.doubts.iter().for_each(warn_of_doubt);
        Some(last.date)
    });
    let report = match import.report(&mut told.runner, &told.settings, as_of) {
        Err(NoReport::NoFiles) => {
            let paths: Vec<String> = args.paths.iter().map(|path| path.display().to_string()).collect();
            bail!("no files in {}", paths.join(", "));
        }
        Err(NoReport::NothingReadable) => bail!(nothing_read(&args.paths, &import.ledger)),
        report => report?,
    };
    warn_of_a_lone_first_run(&report);
    Ok(report)
}

/// The report for a table, which needs a run: fails where all are later than the day to look at.
pub fn report_of_runs(args: &InputArgs, input: &mut Input) -> anyhow::Result<Report> {
    let first = input.import.runs.iter().map(|run| run.local_date).min();
    let report = report(args, input)?;
    if let (true, Some(first)) = (report.log.runs().is_empty(), first) {
        bail!("no runs up to {}; the first is of {first}", report.as_of);
    }
    Ok(report)
}

/// Says which activities a table of runs lacks because their files name no sport.
pub fn tell_not_counted(import: &Import) {
    if let Some(text) = kneewise_report::not_counted(&import.ledger) {
        output::remark(format_args!("{text}"));
    }
}

/// What a command ends with that came to `ending`: with `--strict`, a file that could not be read
/// whole makes it a failure, and so does a diary.
pub fn ending(args: &InputArgs, input: &Input, ending: Ending) -> Ending {
    if !args.strict {
        return ending;
    }
    let rows = &input.import.ledger.rows;
    let mut unreadable = rows.iter().filter(|row| row.outcome == Outcome::Unreadable);
    let own = input.told.own.iter().filter(|file| !file.problems.is_empty());
    let own: Vec<&str> = own.map(|file| file.name.as_str()).collect();
    for name in &own {
        output::warn(format_args!("not all of {name} was read, with --strict"));
    }
    if let Some(first) = unreadable.next() {
        let reason = first.reason.as_deref().unwrap_or_default();
        let more = match unreadable.count() {
            0 => String::new(),
            more => format!("; and {more} more, which `kneewise scan --strict` lists"),
        };
        output::warn(format_args!("not read, with --strict: {}: {reason}{more}", first.path));
    } else if own.is_empty() {
        return ending;
    }
    Ending::Failed
}

/// A date years after all others is more often a wrong clock or a slip than a comeback.
fn warn_of_doubt(doubt: &DayDoubt) {
    match doubt {
        DayDoubt::LateEntry { entry, last_run } => output::remark(format_args!(
            "the last diary entry, {entry}, is {} days after the last run; --as-of DATE sets the day of the report",
            entry.days_since(*last_run)
        )),
        DayDoubt::LoneRun { date, source, before } => output::remark(format_args!(
            "the last run, {date}, is {} days after the one before ({source}); if its clock was wrong, --as-of DATE sets another day",
            date.days_since(*before),
        )),
        _ => {}
    }
}

/// A first run years before all others is more often a mistyped year than a beginning.
fn warn_of_a_lone_first_run(report: &Report) {
    if let (Some(first), Some(next)) = (report.log.stray(), report.log.first_day()) {
        output::remark(format_args!(
            "the first run, {}, is {} days before the next one ({}); if its date is wrong, correct it in the file. The days between are not counted",
            first.local_date,
            next.days_since(first.local_date),
            first.source(),
        ));
    }
}
