//! What the runner's own files cost, of each kind of text: in memory at most so many times their
//! bytes, in time as many times more as they have more bytes. The one test of its binary, so that
//! nothing else allocates or takes time meanwhile.

#![allow(clippy::print_stdout, reason = "the measures, for who asks with --nocapture")]

use kneewise_profile::{diary, profile, settings};
use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Bytes of the heap for each byte of a file: the parser of TOML takes so many for a bracket, and
/// reads 750 kB at most.
const TIMES: usize = 110;
const IN_ANY_CASE: usize = 1 << 20;

/// Times longer that reading takes than the text is, and what nothing can be measured below
/// (seconds).
const SLOWER: f64 = 2.0;
const NOISE_S: f64 = 0.02;

/// Each kind of text, of so many lines.
type Kind = (&'static str, fn(usize) -> String);

const TOML: [Kind; 11] = [
    ("keys nobody knows", |n| lines("", n, |i| format!("k{i} = 1\n"))),
    ("pairs that are none", |n| lines("[same_run]\n", n, |i| format!("\"a{i}.fit\" = 1\n"))),
    ("pairs", |n| lines("[same_run]\n", n, |i| format!("\"a{i}\" = \"b{i}\"\n"))),
    ("limits nobody knows", |n| lines("[rules.session-spike]\n", n, |i| format!("k{i} = 1\n"))),
    ("pairs and other pairs", |n| {
        let same = lines("[same_run]\n", n, |i| format!("\"a{i}\" = \"b{i}\"\n"));
        same + &lines("[not_same_run]\n", n, |i| format!("\"a{i}\" = \"c{i}\"\n"))
    }),
    ("rules nobody knows", |n| format!("[rules]\nselect = [{}]\n", "\"x\", ".repeat(n))),
    ("conditions", |n| format!("conditions = [{}]\n", "\"x\", ".repeat(n))),
    ("shoes", |n| "[[shoes]]\n".repeat(n)),
    ("open brackets", |n| "a = [".to_owned() + &"[".repeat(10 * n)),
    ("one key twice", |n| "a = 1\n".repeat(n)),
    ("blank lines", |n| "\n".repeat(10 * n)),
];

const DIARIES: [Kind; 5] = [
    ("a diary", |n| lines("date,pain_during,note\n", n, |i| format!("{},{},x\n", day(i), i % 11))),
    ("twice a day", |n| lines("date,pain_during\n", n, |i| format!("{},3\n", day(i / 2)))),
    ("all of one day", |n| lines("date,pain_during\n", n, |_| "2026-03-01,3\n".to_owned())),
    ("bad lines", |n| lines("date,pain_during\n", n, |_| "x,99\n".to_owned())),
    ("columns nobody knows", |n| lines("date", n.min(900), |i| format!(",c{i}")) + "\n2026-03-01\n"),
];

fn lines(head: &str, n: usize, line: impl Fn(usize) -> String) -> String {
    head.to_owned() + &(0..n).map(line).collect::<String>()
}

fn day(i: usize) -> String {
    format!("{}-{:02}-{:02}", 1990 + i / 336 % 200, i / 28 % 12 + 1, i % 28 + 1)
}

fn seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Seconds and peak bytes of reading a text: the least and the most of some.
fn cost(text: &str, read: fn(&str)) -> (f64, usize) {
    let once = |_| {
        HEAP.reset_peak_usage();
        let (before, since) = (HEAP.current_usage(), seconds());
        read(text);
        (seconds() - since, HEAP.peak_usage() - before)
    };
    let all: Vec<(f64, usize)> = (0..3).map(once).collect();
    let least = all.iter().map(|cost| cost.0).fold(f64::INFINITY, f64::min);
    (least, all.iter().map(|cost| cost.1).max().unwrap_or_default())
}

#[test]
fn own_files_take_no_more_than_stated() {
    let as_profile: fn(&str) = |text| drop(profile::parse(text, "p.toml").map_err(|error| error.to_string()));
    let as_settings: fn(&str) = |text| drop(settings::parse(text, "k.toml").map_err(|error| error.to_string()));
    let as_diary: fn(&str) = |text| drop(diary::parse(text.as_bytes(), "d.csv"));
    let toml = TOML.into_iter().flat_map(|kind| [(kind, as_profile), (kind, as_settings)]);
    for ((name, of), read) in toml.chain(DIARIES.into_iter().map(|kind| (kind, as_diary))) {
        let (small, large) = (of(2500), of(10_000));
        let ((small_s, _), (large_s, peak)) = (cost(&small, read), cost(&large, read));
        println!("{small_s:.4} s, {large_s:.4} s, {peak:9} bytes for {:7}: {name}", large.len());
        assert!(large_s <= 4.0 * SLOWER * small_s + NOISE_S, "{name}: {small_s} s, then {large_s} s");
        assert!(peak <= TIMES * large.len() + IN_ANY_CASE, "{name}: {peak} bytes for {}", large.len());
    }
}
