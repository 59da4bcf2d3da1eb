//! From arguments to a report: reading with a progress bar, the day to report on, the settings.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use kneewise_core::runner::OtherSession;
use kneewise_core::{Report, Settings, analyze, rule};
use kneewise_import::{ActivityRow, Import, Ledger, Limits, Matches, Options, Outcome, Progress, Row};
use kneewise_read as read;
use kneewise_read::sport::Sport;
use kneewise_read::time::{DateExt, Zone};

use crate::args::InputArgs;
use crate::nothing::nothing_read;
use crate::user_inputs::{self, UserInputs};
use crate::{Ending, output};

/// Reading less than this (bytes) is over before a bar could be seen.
const WORTH_A_BAR: u64 = 16 << 20;

/// After more days than this without anything a date is rather wrong than late.
const LONG_DAYS: i64 = 365;

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
    let mut told = UserInputs::of(args)?;
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
        bail!("--as-of is no day of this century");
    }
    let zone = told.time_zone.as_deref().map(Zone::named).transpose()?;
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
        zone,
        matches: Matches { same: told.rules.same_run.clone(), not_same: told.rules.not_same_run.clone() },
        read: read::Options {
            untyped_are_runs: args.untyped_as_runs,
            strict: args.strict,
            height_m: args.runner.height,
        },
        limits: if args.large_inputs { Limits::larger() } else { Limits::default() },
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
    told.runner.other_sessions = other_sessions(&import.ledger);
    told.runner.unnamed_days = unnamed_days(&import);
    Ok(Input { import, told })
}

/// Says of every file that was not simply read what became of it.
fn name_files(ledger: &Ledger) {
    for row in ledger.rows.iter().filter(|row| row.outcome != Outcome::Read) {
        let reason = row.reason.as_deref().map_or_else(String::new, |reason| format!(": {reason}"));
        output::warn(format_args!("{}: {}{reason}", row.path, row.outcome));
    }
}

/// The sessions of other sports in files: what moves the body by its own strength.
fn other_sessions(ledger: &Ledger) -> Vec<OtherSession> {
    let is_other = |sport: Sport| {
        !matches!(
            sport,
            Sport::Running
                | Sport::Generic
                | Sport::Unknown
                | Sport::Transition
                | Sport::Multisport
                | Sport::Flying
                | Sport::Motorcycling
                | Sport::Boating
                | Sport::Driving
                | Sport::Fishing
                | Sport::Snowmobiling
                | Sport::Meditation
        )
    };
    let rows = ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
    let activities = rows.flat_map(|row| &row.activities).filter(|activity| is_other(activity.sport));
    let session = |activity: &ActivityRow| {
        let ActivityRow { sport, sub_sport, timer_s: seconds, .. } = *activity;
        Some(OtherSession { date: activity.local_date?, sport, sub_sport, seconds })
    };
    activities.filter_map(session).collect()
}

/// The days of recordings that name no sport and are not among the runs.
fn unnamed_days(import: &Import) -> Vec<Date> {
    let rows = import.ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
    let is_run = |row: &Row| import.runs.iter().flat_map(|run| &run.sources).any(|source| source.name == row.path);
    let is_unnamed = |activity: &&ActivityRow| matches!(activity.sport, Sport::Generic | Sport::Unknown);
    let unnamed = rows.filter(|row| row.activities.iter().any(|activity| is_unnamed(&activity)) && !is_run(row));
    let mut days: Vec<Date> = unnamed
        .flat_map(|row| row.activities.iter().filter(is_unnamed))
        .filter_map(|activity| activity.local_date)
        .collect();
    days.sort_unstable();
    days
}

/// The report of what was read.
///
/// Without `--as-of` it speaks of the day of the last run, or of a later entry of the diary, not of
/// today: the same files give the same report, whenever it is made.
///
/// The runs go into it: somebody may have very many.
pub fn report(args: &InputArgs, input: &mut Input) -> anyhow::Result<Report> {
    let Input { import, told } = input;
    if !import.ledger.has_activities() {
        bail!(nothing_read(&args.paths, &import.ledger));
    }
    let last_run = import.runs.iter().map(|run| run.local_date).max();
    let last_activity = || {
        let activities = import.ledger.rows.iter().flat_map(|row| &row.activities);
        // The runner's own day, on which its session counts too.
        activities.map(|activity| activity.local_date.unwrap_or_else(|| activity.start.date_at_offset(0))).max()
    };
    let last_day: Option<Date> = last_run.or_else(last_activity).map(|last| last_told(last, told));
    let as_of: Option<Date> = args.as_of.or(last_day);
    let as_of = as_of.context("no activity has a date")?;
    if args.as_of.is_none() {
        warn_of_a_lone_last_run(import);
    }
    let settings = settings(args, told);
    let report = analyze(std::mem::take(&mut import.runs), &told.runner, &settings, as_of);
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

/// The day of the last run, or of the last entry of the diary if that is later: who writes that a
/// knee hurts has often stopped running. An entry of years later is more likely a slip.
fn last_told(last: Date, told: &UserInputs) -> Date {
    let entry = told.runner.diary.entries().last().map_or(last, |entry| entry.date);
    if entry.days_since(last) > LONG_DAYS {
        output::remark(format_args!(
            "the last entry of the diary, of {entry}, lies {} days after the last run; --as-of DATE names the day to look at",
            entry.days_since(last)
        ));
        return last;
    }
    entry.max(last)
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

/// A last run years after all others is more often a wrong clock than a comeback, and the report
/// speaks of its day.
fn warn_of_a_lone_last_run(import: &Import) {
    if let [.., before, last] = import.runs.as_slice()
        && last.local_date.days_since(before.local_date) > LONG_DAYS
    {
        output::remark(format_args!(
            "the last run, of {}, lies {} days after the one before ({}); if its clock was wrong, --as-of DATE names a \
             better day",
            last.local_date,
            last.local_date.days_since(before.local_date),
            last.source(),
        ));
    }
}

/// A first run years before all others is more often a mistyped year than a beginning.
fn warn_of_a_lone_first_run(report: &Report) {
    if let (Some(first), Some(next)) = (report.log.stray(), report.log.first_day()) {
        output::remark(format_args!(
            "the first run, of {}, lies {} days before the one after it ({}); if its date is wrong, set it right where it \
             stands. The days between are not counted",
            first.local_date,
            next.days_since(first.local_date),
            first.source(),
        ));
    }
}

fn settings(args: &InputArgs, told: &UserInputs) -> Settings {
    Settings {
        week_start: told.week_start,
        findings_since: args.since,
        rules: rule::Options { units: told.units, ..told.rules.options.clone() },
        selection: told.rules.selection.clone(),
    }
}
