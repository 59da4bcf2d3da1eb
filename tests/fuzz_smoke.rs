//! The fuzz targets on a stream of mutated seeds: the same one every time, and a few seconds long.
//!
//! `fuzz/README.md` says how to run the fuzzer itself.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::fs;

use crate::support::in_project;

/// Executions of each target; nine of them.
const RUNS: usize = 10_000;

#[test]
fn fit_survives_mutation() {
    run(targets::fit, &["fit"], &[]);
}

#[test]
fn gpx_survives_mutation() {
    run(targets::gpx, &["gpx"], &dictionary());
}

#[test]
fn tcx_survives_mutation() {
    run(targets::tcx, &["tcx"], &dictionary());
}

#[test]
fn any_bytes_survive_all_the_way_to_the_report() {
    run(targets::any, &["fit", "gpx", "tcx"], &dictionary());
}

#[test]
fn tables_survive_mutation() {
    run(targets::table, &["table"], &words(&[b"\"", b"\n", b"\0"]));
}

#[test]
fn archives_survive_mutation() {
    run(targets::zip, &["zip"], &words(&[b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"]));
    run(targets::gzip, &["gzip"], &words(&[b"\x1F\x8B\x08"]));
}

#[test]
fn own_files_survive_mutation() {
    run(targets::toml, &["toml"], &words(&[b"[[", b"\"", b"= ", b"\x1B"]));
    run(targets::diary, &["diary"], &words(&[b"\"", b"\n", b"\x1B"]));
}

fn words(words: &[&[u8]]) -> Vec<Vec<u8>> {
    words.iter().map(|word| word.to_vec()).collect()
}

fn run(target: fn(&[u8]), folders: &[&str], words: &[Vec<u8>]) {
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(in_project("fuzz/seeds").join(folder)).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        seeds.extend(paths.into_iter().map(|path| fs::read(path).unwrap()));
    }
    for seed in &seeds {
        target(seed);
    }
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    // What was made of one seed is sometimes what the next is made of, so that changes add up.
    let mut last = seeds[0].clone();
    for i in 0..RUNS {
        let mut bytes = if random.below(3) == 0 { last } else { seeds[i % seeds.len()].clone() };
        for _ in 0..=random.below(4) {
            let other = &seeds[random.below(seeds.len())];
            mutate(&mut bytes, other, words, &mut random);
        }
        target(&bytes);
        last = bytes;
    }
}

/// One change: of a bit, a byte or a number; bytes gone, doubled, moved, or taken from elsewhere.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], words: &[Vec<u8>], random: &mut Random) {
    const LONGEST: usize = 4096;
    let at = random.below(bytes.len().max(1));
    let some = random.below(32) + 1;
    let piece = |of: &[u8], from: usize| of[from..of.len().min(from + some)].to_vec();
    let insert = |bytes: &mut Vec<u8>, piece: Vec<u8>| drop(bytes.splice(at..at, piece));
    match random.below(9) {
        _ if bytes.is_empty() => insert(bytes, piece(other, random.below(other.len()))),
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes[at] = random.below(256) as u8,
        2 => bytes[at] = [0, 0xFF, 0x7F, 0x80, 0x40, b'<', b'>', b'&', b'"'][random.below(9)],
        3 => drop(bytes.drain(at..bytes.len().min(at + some))),
        4 => insert(bytes, piece(bytes, random.below(bytes.len()))),
        5 => insert(bytes, piece(other, random.below(other.len()))),
        6 => {
            let from = random.below(other.len());
            bytes.truncate(at);
            bytes.extend(&other[from..]);
        }
        7 if random.below(4) == 0 => bytes.truncate(at),
        _ if words.is_empty() => bytes[at] = bytes[at].wrapping_add(1),
        _ => insert(bytes, words[random.below(words.len())].clone()),
    }
    bytes.truncate(LONGEST);
}

/// The words of the fuzzer's dictionary for XML.
fn dictionary() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(in_project("fuzz/xml.dict")).unwrap();
    let quoted = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    // Words with bytes written as numbers are the fuzzer's alone.
    quoted.filter(|word| !word.contains("\\x")).map(|word| word.replace("\\\"", "\"").into_bytes()).collect()
}

/// G. Marsaglia's xorshift: equal on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}
