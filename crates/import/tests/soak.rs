//! Imports the same files again and again: memory does not grow. The one test of its binary, so
//! that nothing else allocates meanwhile.
//!
//! `KNEEWISE_SOAK_FILES` names another folder than the fixtures, and `KNEEWISE_SOAK_TIMES` how
//! often.

#![allow(clippy::print_stdout, reason = "the measures, for who asks with --nocapture")]

use std::env;
use std::path::PathBuf;

use kneewise_import::{Options, import};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// What may still be allocated once in a while by some thread (bytes).
const ONCE: usize = 256 << 10;

/// How much higher the peak of one round may be than that of another: what files several threads
/// hold at once differs.
const PEAKS: f64 = 1.5;

#[test]
fn a_hundred_imports_of_the_same_files_take_no_more_than_one() {
    let folder = env::var_os("KNEEWISE_SOAK_FILES").map(PathBuf::from);
    let folder = folder.unwrap_or_else(kneewise_fixtures::root);
    let times: usize = env::var("KNEEWISE_SOAK_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(12);
    let round = || {
        HEAP.reset_peak_usage();
        let import = import(std::slice::from_ref(&folder), &Options::default());
        let (inputs, runs) = (import.ledger.inputs, import.runs.len());
        drop(import);
        (HEAP.current_usage(), HEAP.peak_usage(), inputs, runs)
    };
    // Twice, for what is made once: threads, tables.
    let (_, first_peak, inputs, runs) = round();
    let (after_two, second_peak, ..) = round();
    let peak = first_peak.max(second_peak);
    println!("{inputs} inputs, {runs} runs; {after_two} bytes kept, {peak} at the peak");
    assert!(inputs > 10 && runs > 10);
    for n in 2..times {
        let (kept, now, ..) = round();
        if n % 10 == 0 || n + 1 == times {
            println!("after {} times: {kept} bytes kept, {now} at the peak", n + 1);
        }
        assert!(kept <= after_two + ONCE, "{kept} bytes kept after {} times, {after_two} after two", n + 1);
        assert!(now as f64 <= PEAKS * peak as f64, "{now} bytes at the peak, {peak} at first");
    }
}
