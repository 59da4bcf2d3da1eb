//! kneewise on the command line: arguments in, exit code out. All that it can do is in the libraries.

mod args;
mod ask;
mod commands;
mod glossary;
mod input;
mod load;
mod names;
mod output;
mod pages;
mod runner;
mod single;
mod told;

use std::process::ExitCode;

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
    // Usage errors end in `parse` with code 2, as clap has it.
    let args = Args::parse();
    output::set_full_paths(args.full_paths);
    let ending = match args.command {
        Command::Report(args) => commands::report::run(&args),
        Command::Runs(args) => commands::runs::run(&args),
        Command::Days(args) => commands::days::run(&args),
        Command::Weeks(args) => commands::weeks::run(&args),
        Command::Show(args) => commands::show::run(&args),
        Command::Trend(args) => commands::trend::run(&args),
        Command::Scan(args) => commands::scan::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Plot(args) => commands::plot::run(&args),
        Command::Inspect(args) => commands::inspect::run(&args),
        Command::Profile(command) => commands::profile::run(&command),
        Command::Shoes(args) => commands::shoes::run(&args),
        Command::Diary(command) => commands::diary::run(&command),
        Command::Triage(args) => commands::triage::run(&args),
    };
    match ending {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Ok(Ending::Failed) => ExitCode::from(2),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
