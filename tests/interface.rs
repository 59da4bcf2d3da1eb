//! What the libraries show, as `crates/*/interface.txt` has it: no type of a dependency.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Crates whose types a signature may have. Of jiff only what has no clock and no zone.
const ALLOWED: [&str; 6] = ["core::", "alloc::", "std::", "kneewise_", "jiff::civil::", "serde_core::"];

/// The paths that begin in a line, `a::b::C` each.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    let is_of_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    line.split(move |c| !is_of_path(c)).map(|word| word.trim_matches(':')).filter(|word| word.contains("::"))
}

#[test]
fn signatures_name_no_dependency_but_civil_dates_and_serde() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut seen = 0;
    for entry in fs::read_dir(crates).expect("the crates").flatten() {
        let Ok(interface) = fs::read_to_string(entry.path().join("interface.txt")) else { continue };
        seen += 1;
        let is_foreign = |path: &&str| !ALLOWED.iter().any(|allowed| path.starts_with(allowed));
        let foreign: BTreeSet<&str> = interface.lines().flat_map(paths).filter(is_foreign).collect();
        let foreign: Vec<_> = foreign.into_iter().filter(|path| !path.starts_with("Self::")).collect();
        assert!(foreign.is_empty(), "{}: {foreign:?}", entry.path().display());
    }
    assert!(seen >= 8, "{seen} libraries");
}

#[test]
fn paths_are_found_in_signatures() {
    let line = "pub fn kneewise_a::B::c(&self, zip::Zip<'_, 4>) -> Option<core::fmt::Result>";
    assert_eq!(paths(line).collect::<Vec<_>>(), ["kneewise_a::B::c", "zip::Zip", "core::fmt::Result"]);
}

/// `docs/embedding.md` says so of every type that a program shares.
#[test]
fn the_types_of_an_afternoon_go_from_thread_to_thread() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<(kneewise_read::Activity, kneewise_read::activity::Samples, kneewise_read::time::Zone)>();
    is_shared::<(kneewise_core::Run, kneewise_core::Runner, kneewise_core::Settings, kneewise_core::rule::OwnRule)>();
    is_shared::<(kneewise_core::TrainingLog, kneewise_core::Report, kneewise_core::Finding)>();
    is_shared::<(kneewise_import::Importer, kneewise_import::Import, kneewise_import::Ledger)>();
    is_shared::<(kneewise_profile::Profile, kneewise_profile::Rules)>();
}
