//! The public interface of each library crate, held in `crates/*/interface.txt`.
//!
//! `cargo public-api` lists it from the JSON that rustdoc writes. That JSON is unstable: stable
//! rustdoc writes it where `RUSTC_BOOTSTRAP` is set. Set for cargo, the variable would have half of
//! the dependencies compiled again, so it is set for rustdoc alone: cargo is told that this program
//! is rustdoc, and this program starts the real one.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

/// The crates that other programs build on. `kneewise-frame` has three functions and compiles for
/// minutes: whoever changes it reads them.
const LIBRARIES: [&str; 8] = ["read", "core", "table", "import", "profile", "report", "parquet", "inspect"];

/// In the environment of a program that cargo takes for rustdoc.
const AS_RUSTDOC: &str = "XTASK_AS_RUSTDOC";

/// Runs rustdoc where cargo has started this program instead of it.
pub fn as_rustdoc() -> Option<ExitCode> {
    env::var_os(AS_RUSTDOC)?;
    let status = Command::new("rustdoc").args(env::args_os().skip(1)).env("RUSTC_BOOTSTRAP", "1").status();
    Some(if status.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares the interface of each library with its file, where cargo-public-api is installed.
pub fn check() -> bool {
    let Some(interfaces) = interfaces() else { return true };
    let changed = interfaces.iter().filter(|(file, now)| fs::read_to_string(file).unwrap_or_default() != *now);
    let changed: Vec<&Path> = changed.map(|(file, _)| file.as_path()).collect();
    for file in &changed {
        eprintln!("{} has another interface: `cargo xtask interface`, and read the difference", file.display());
    }
    changed.is_empty()
}

/// Writes the interface of each library anew.
pub fn bless() -> bool {
    interfaces().is_some_and(|all| all.iter().all(|(file, now)| fs::write(file, now).is_ok()))
}

/// Returns the file and the interface of each library; `None`, and says so, where the tools do not
/// give it.
fn interfaces() -> Option<Vec<(PathBuf, String)>> {
    println!("== interface");
    super::is_installed("public-api", "interface").then_some(())?;
    let written = LIBRARIES.iter().try_fold((), |(), library| json(library));
    let interfaces = written.and_then(|()| LIBRARIES.iter().map(|library| interface(library)).collect());
    if interfaces.is_none() {
        println!("== interface not checked: rustdoc and cargo-public-api do not agree on a format");
    }
    interfaces
}

/// Has rustdoc write the JSON of a crate.
fn json(library: &str) -> Option<()> {
    let package = format!("kneewise-{library}");
    let status = Command::new("cargo")
        .args(["rustdoc", "--quiet", "--locked", "--lib", "-p", &package])
        .args(["--", "-Z", "unstable-options", "--output-format", "json", "--cap-lints", "allow"])
        .env("RUSTDOC", env::current_exe().ok()?)
        .env(AS_RUSTDOC, "1")
        .status();
    status.ok()?.success().then_some(())
}

/// Lists what a crate shows.
fn interface(library: &str) -> Option<(PathBuf, String)> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let json = target.join(format!("doc/kneewise_{library}.json"));
    let listed = Command::new("cargo").args(["public-api", "-sss", "--rustdoc-json"]).arg(json).output().ok()?;
    let text = String::from_utf8(listed.stdout).ok().filter(|_| listed.status.success())?;
    Some((PathBuf::from(format!("crates/{library}/interface.txt")), text))
}
