//! The project's own commands: `cargo xtask ci`, `bless`, `interface`, `docs`, `bench`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for developers")]

mod interface;

use std::env;
use std::process::{Command, ExitCode};
use std::time::Instant;

const HELP: &str = "cargo xtask COMMAND

  ci         what has to pass: format, lints, tests, documentation, dependencies
  bless      writes the findings of the fixture logs and the generated pages anew; read the difference
  interface  writes the public interface of the libraries anew; read the difference
  docs       the documentation of all crates
  bench      the benchmarks of the readers and of measuring
";

/// A command line, and what it has in its environment.
struct Step {
    name: &'static str,
    command: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const fn step(name: &'static str, command: &'static [&'static str]) -> Step {
    Step { name, command, environment: &[] }
}

const DOCS: Step = Step {
    name: "docs",
    command: &["cargo", "doc", "--workspace", "--no-deps", "--locked"],
    environment: &[("RUSTDOCFLAGS", "-D warnings")],
};

const TESTS: Step = step("tests", &["cargo", "test", "--workspace", "--locked"]);

const BENCH: &[Step] = &[
    step("readers", &["cargo", "bench", "-p", "kneewise-benches", "--bench", "readers"]),
    step("measure", &["cargo", "bench", "-p", "kneewise-benches", "--bench", "measure"]),
];

const BLESS: &[Step] = &[
    Step {
        name: "findings",
        command: &["cargo", "test", "--test", "integration", "corpus"],
        environment: &[("KNEEWISE_BLESS", "1")],
    },
    Step {
        name: "pages",
        command: &["cargo", "test", "--test", "integration", "docs"],
        environment: &[("KNEEWISE_BLESS", "1")],
    },
];

fn main() -> ExitCode {
    if let Some(status) = interface::as_rustdoc() {
        return status;
    }
    let is_done = match env::args().nth(1).as_deref() {
        Some("ci") => ci(),
        Some("bless") => all(BLESS),
        Some("interface") => interface::bless(),
        Some("docs") => run(&DOCS),
        Some("bench") => all(BENCH),
        _ => {
            eprint!("{HELP}");
            false
        }
    };
    if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs what has to pass before a change lands.
fn ci() -> bool {
    let format = step("format", &["cargo", "fmt", "--all", "--check"]);
    let lints = step("lints", &["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    all(&[format, lints, TESTS, DOCS]) && interface::check() && features() && dependencies()
}

/// Compiles every crate with each of its features alone, where cargo-hack is installed.
fn features() -> bool {
    // It has no features, and polars is compiled for minutes.
    const HACK: &[&str] =
        &["cargo", "hack", "check", "--workspace", "--exclude", "kneewise-frame", "--each-feature", "--locked"];
    !is_installed("hack", "features") || run(&step("features", HACK))
}

/// Checks licences and sources of all dependencies, where cargo-deny is installed.
fn dependencies() -> bool {
    const DENY: &[&str] = &["cargo", "deny", "check", "licenses", "bans", "sources"];
    !is_installed("deny", "dependencies") || run(&step("dependencies", DENY))
}

/// Whether cargo has a command from elsewhere; says what is not checked without it.
fn is_installed(command: &str, what: &str) -> bool {
    let is_there = Command::new("cargo").args([command, "--version"]).output().is_ok_and(|done| done.status.success());
    if !is_there {
        println!("== {what} not checked: cargo-{command} is not installed");
    }
    is_there
}

fn all(steps: &[Step]) -> bool {
    steps.iter().all(run)
}

/// Runs one step and prints how long it took.
fn run(step: &Step) -> bool {
    let Some((program, arguments)) = step.command.split_first() else { return false };
    println!("== {}", step.name);
    let began = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).envs(step.environment.iter().copied());
    // The toolchain that runs this must not decide for the cargo that it starts.
    command.env_remove("CARGO_TARGET_TMPDIR");
    let status = command.status();
    println!("== {} took {} s", step.name, began.elapsed().as_secs());
    match status {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("{program}: {error}");
            false
        }
    }
}
