//! kneewise on the command line: arguments in, exit code out. All that it can do is in the
//! libraries.

mod args;
mod ask;
mod commands;
mod glossary;
mod input;
mod load;
mod names;
mod nothing;
mod output;
mod pager;
mod pages;
mod runner;
mod single;
mod user_inputs;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use clap::Parser;

use args::{Args, Command};

/// What the process ends with.
enum Ending {
    /// 0: done.
    Done,
    /// 1: `check` found a finding that reaches the tier.
    Findings,
    /// 2: done what could be, but something failed; it has been said.
    Failed,
}

fn main() -> ExitCode {
    if std::env::args_os().len() < 2 {
        output::examples();
        return ExitCode::from(2);
    }
    let mut args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    output::set_full_paths(args.full_paths);
    output::set_force(args.force);
    output::set_loudness(args.quiet, args.verbose);
    args.command.settle_output();
    match outlive_large_writes().and_then(|()| run(args.command)) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Ok(Ending::Failed) => ExitCode::from(2),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::warn(format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<Ending> {
    match command {
        Command::Report(args) => commands::report::run(&args),
        Command::Runs(args) => commands::runs::run(&args),
        Command::Days(args) => commands::days::run(&args),
        Command::Weeks(args) => commands::weeks::run(&args),
        Command::Show(args) => commands::show::run(&args),
        Command::Trend(args) => commands::trend::run(&args),
        Command::Scan(args) => commands::scan::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Render(args) => commands::render::run(&args),
        Command::Plot(args) => commands::plot::run(&args),
        Command::Inspect(args) => commands::inspect::run(&args),
        Command::Profile(command) => commands::profile::run(&command),
        Command::Shoes(args) => commands::shoes::run(&args),
        Command::Diary(command) => commands::diary::run(&command),
        Command::Triage(args) => commands::triage::run(&args),
    }
}

/// Shows help, the version, or what is wrong with the arguments, of which no control character
/// reaches the terminal. Ends with the codes that clap has: 0 or 2.
fn usage(error: &clap::Error) -> ExitCode {
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    if std::env::args_os().any(|argument| output::may_steer(&argument.to_string_lossy())) {
        output::warn(format_args!("{}", error.render().to_string().trim_end()));
    } else {
        // Where even that is closed there is nobody left to tell.
        let _ = error.print();
    }
    ExitCode::from(code)
}

/// Lets a write beyond the limit on the size of files (`ulimit -f`) fail, and be undone and told,
/// where the signal of the system would end the program in the middle of it.
#[cfg(unix)]
fn outlive_large_writes() -> anyhow::Result<()> {
    const FILE_TOO_LARGE: i32 = 25;
    signal_hook::flag::register(FILE_TOO_LARGE, Arc::new(AtomicBool::new(false)))
        .map(drop)
        .context("could not prepare for a full disk")
}

#[cfg(not(unix))]
fn outlive_large_writes() -> anyhow::Result<()> {
    Ok(())
}
