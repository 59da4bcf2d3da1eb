//! Files, folders and archives of watch files in; runs and a [`Ledger`] out.
//!
//! ```no_run
//! use kneewise_import::{Options, import};
//!
//! let import = import(&["my-watch-files".into()], &Options::default());
//! println!("{}", import.ledger); // 348 files: 346 read, 2 skipped
//! let longest = import.runs.iter().filter_map(|run| run.distance_m()).fold(0.0, f64::max);
//! ```
//!
//! [`Import::report`] goes on to what the rules say, as the program does.
//!
//! Folders are walked to their ends, `.zip` and `.gz` are opened wherever they are met, and what a
//! file is shows by its first bytes, not its name. No input is lost: each ends in one row of the
//! ledger, and one bad file never stops the rest. Files are read on all processors; the result does
//! not depend on their number or on the order of the paths.

pub mod budget;
mod compare;
mod duplicates;
mod equal;
mod evidence;
mod find;
mod gear;
mod hand_kept;
mod importer;
mod intake;
mod item;
mod ledger;
mod matches;
mod numbers;
mod own_speeds;
mod pair;
mod repeated;
mod report;
mod same;
mod shared;
mod single;
mod told_twice;
mod trail;
mod unpack;
pub mod zone;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use kneewise_core::run::{self, Run};
use kneewise_read as read;
use kneewise_read::time::Zone;
use rayon::prelude::*;

pub use budget::Limits;
pub use importer::Importer;
pub use ledger::{ActivityRow, Counts, Ledger, Outcome, Row};
pub use matches::Matches;
pub use report::NoReport;
pub use single::{LoadError, Loaded, load, load_from};

use intake::Reader;
use item::Item;

/// How to read.
pub struct Options<'a> {
    /// Dates runs whose file does not say where the runner's clock stood; UTC, with a note,
    /// without.
    ///
    /// With the feature `tz-lookup` this is for runs without a position, at sea or in a made-up
    /// world: others get the zone at their first position. A note on the run says which zone it
    /// was, and where this one is another.
    pub zone: Option<Zone>,
    /// Recordings no further apart than this (seconds) are one session.
    pub session_gap_s: f64,
    /// Which files are of one run, and which are not, whatever they look like.
    pub matches: Matches,
    /// How a single file is read.
    pub read: read::Options,
    /// The most that one input may hold.
    pub limits: Limits,
    /// Told of what is to do and what is done; called from several threads.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            zone: None,
            session_gap_s: run::SESSION_GAP_S,
            matches: Matches::default(),
            read: read::Options::default(),
            limits: Limits::default(),
            progress: &|_| {},
        }
    }
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Progress {
    /// So many bytes of files were found.
    Found {
        /// Bytes on the disk.
        bytes: u64,
    },
    /// Another file, or member of an archive, is done.
    Done {
        /// Bytes on the disk.
        bytes: u64,
    },
}

/// What an import gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Import {
    /// What became of every input.
    pub ledger: Ledger,
    /// The runs, copies left out and close recordings joined, in order of time.
    pub runs: Vec<Run>,
}

/// Reads everything that `paths` lead to.
///
/// Nothing here fails: what could not be found or read is a row of the ledger that says so.
pub fn import(paths: &[PathBuf], options: &Options) -> Import {
    let (found, not_found) = find::files(paths);
    let progress = options.progress;
    progress(Progress::Found { bytes: found.iter().map(|file| file.bytes).sum() });
    let on_done = |bytes| progress(Progress::Done { bytes });
    let reader = Reader::new(options, &on_done);
    let mut items: Vec<Item> = found.par_iter().map(|file| reader.file(&file.path, file.bytes)).flatten().collect();
    items.extend(
        not_found
            .into_iter()
            .map(|missing| item::unreadable(&missing.path.to_string_lossy(), 0, missing.error.to_string())),
    );
    of_items(items, options)
}

/// Returns the files that `paths` lead to, as [`import`] would read them: folders walked, archives
/// as they are.
pub fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    find::files(paths).0.into_iter().map(|file| file.path).collect()
}

/// Takes files that were [loaded](load) already for all there is, as [`import`] does what paths
/// lead to.
pub fn import_loaded(files: &[Loaded], options: &Options) -> Import {
    let reader = Reader::new(options, &|_| {});
    of_items(files.par_iter().map(|file| reader.loaded(file)).collect(), options)
}

/// Takes some bytes for a file and that for all there is, as [`import`] does what paths lead to:
/// archives are opened.
pub fn import_bytes(name: &str, bytes: Vec<u8>, options: &Options) -> Import {
    of_items(Reader::new(options, &|_| {}).of_bytes(name, bytes), options)
}

fn of_items(mut items: Vec<Item>, options: &Options) -> Import {
    items.sort_by(|a, b| a.row.path.cmp(&b.row.path));
    gear::assign(&mut items);
    told_twice::leave_out_of_lists(&mut items);
    let notes = options.matches.notes(items.iter().map(|item| item.row.path.as_str()));
    duplicates::mark(&mut items, &options.matches);
    for recording in items.iter_mut().flat_map(|item| &mut item.recordings) {
        recording.no_run = None;
    }
    own_speeds::hold(&mut items);
    zone::date_by_neighbours(&mut items);
    let mut runs = with_own_ids(sessions(&mut items, options.session_gap_s));
    told_twice::leave_out_recorded(&mut items, &mut runs);
    add_told(&mut runs, &mut items);
    mark_merged(&mut items, &runs);
    let mut ledger = Ledger::new(items.into_iter().map(|item| item.row).collect());
    ledger.notes = notes;
    Import { ledger, runs }
}

/// The sessions of all that was recorded. What two people did at once is no session.
fn sessions(items: &mut [Item], gap_s: f64) -> Vec<Run> {
    let mut people: BTreeMap<u8, Vec<Run>> = BTreeMap::new();
    for recording in items.iter_mut().flat_map(|item| &mut item.recordings) {
        let runs = recording.take_recorded().into_iter().chain(std::mem::take(&mut recording.more));
        people.entry(recording.person).or_default().extend(runs);
    }
    people.into_values().flat_map(|runs| run::sessions(runs, gap_s)).collect()
}

/// Numbers runs that begin at one moment.
fn with_own_ids(mut runs: Vec<Run>) -> Vec<Run> {
    let mut ids: HashMap<String, usize> = HashMap::new();
    for run in &mut runs {
        let n = ids.entry(run.id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            run.id = format!("{}-{n}", run.id);
        }
    }
    runs
}

/// So many rows of a log free the memory of what was read of them together.
const ROWS_AT_ONCE: usize = 8192;

/// Adds the runs of logs kept by hand, in order of time. A row of such a log is a run of its own:
/// when on its day it was, and so how close to another, is seldom known.
fn add_told(runs: &mut Vec<Run>, items: &mut [Item]) {
    let mut ids: HashMap<String, usize> = runs.iter().map(|run| (run.id.clone(), 1)).collect();
    let told = items.iter().flat_map(|item| &item.recordings).filter(|recording| recording.row().is_some()).count();
    runs.reserve_exact(told);
    for item in items.iter_mut().filter(|item| item.is_hand_kept) {
        // What is read of a row goes as its run comes, and its memory with it.
        let mut recordings = std::mem::take(&mut item.recordings);
        recordings.reverse();
        for row in &item.row.activities {
            let Some(recording) = recordings.pop() else { break };
            let Some(mut run) = recording.told().map(|told| told.run(row, &item.row.path)) else { continue };
            if recordings.len().is_multiple_of(ROWS_AT_ONCE) {
                recordings.shrink_to_fit();
            }
            let n = ids.entry(run.id.clone()).or_default();
            *n += 1;
            if *n > 1 {
                run.id = format!("{}-{n}", run.id);
            }
            runs.push(run);
        }
    }
    // In place: sorting otherwise takes half as much memory again. No two runs have one id.
    runs.sort_unstable_by(|a, b| a.start.cmp(&b.start).then_with(|| a.id.cmp(&b.id)));
}

/// Says of every file whose run continues another file's session that it does.
fn mark_merged(items: &mut [Item], runs: &[Run]) {
    for run in runs {
        let Some((first, later)) = run.sources.split_first() else { continue };
        for source in later.iter().filter(|source| source.name != first.name) {
            let Ok(i) = items.binary_search_by(|item| item.row.path.cmp(&source.name)) else { continue };
            let row = &mut items[i].row;
            if row.outcome == Outcome::Read {
                row.outcome = Outcome::Merged;
                row.reason = Some(format!("one session with {}", first.name));
            }
        }
    }
}
