//! One input after another, read in parallel: files, gzip, zip and zips within.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;

use kneewise_core::activity::{Format, Note, NoteKind};
use kneewise_core::metric::{self, AVG_HEART_RATE};
use kneewise_core::time::{Timestamp, Zone};
use kneewise_core::trace::Trace;
use kneewise_core::{Run, read};
use rayon::prelude::*;
use zip::ZipArchive;
use zip::result::ZipResult;

use crate::gear::{self, Gear};
use crate::ledger::{ActivityRow, Outcome, Row};
use crate::repeated::{Hidden, Repeated};
use crate::single::{self, Loaded};
use crate::trail::Trail;
use crate::{hand_kept, unpack, zone};

/// One input, read: its row and what goes on.
#[derive(Clone)]
pub(crate) struct Item {
    pub row: Row,
    /// What is known of each activity in the row, in its order.
    pub recordings: Vec<Recording>,
    /// Whether it is a log that somebody kept by hand.
    pub is_hand_kept: bool,
    /// The gear of other files, where it is an export's list of them.
    pub gear: Gear,
}

/// An activity, small enough to keep.
#[derive(Clone)]
pub(crate) struct Recording {
    pub start: Timestamp,
    pub end: Timestamp,
    /// Seconds that were recorded sample by sample, or else counted by the device.
    pub recorded_s: f64,
    /// How much it tells; of two copies the richer is kept.
    pub richness: Richness,
    /// The run that it is, if it is one, or the first part that no other recording has.
    pub run: Option<Run>,
    /// Further such parts.
    pub more: Vec<Run>,
    /// Metres.
    pub distance_m: Option<f64>,
    /// Whether the device knew the date.
    pub is_dated: bool,
    /// 0, or another number where it overlaps what somebody else must have recorded.
    pub person: u8,
    /// Where it was when; what copies are told by.
    pub trail: Trail,
}

/// How much a recording tells, the most telling first: how often it has a sample, then how many channels, then FIT over TCX
/// over GPX, then how many samples, then whether its file is whole: a wrong checksum alone takes nothing from it.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Richness {
    /// Samples a second, as a power of two: nearly as often is as often.
    often: i32,
    channels: usize,
    /// `None` for a row of a table.
    format: Option<Format>,
    samples: usize,
    is_whole: bool,
}

/// Reads inputs; called from several threads at once.
pub(crate) struct Reader<'a> {
    pub zone: Option<&'a Zone>,
    pub options: read::Options,
    /// Told the size of every input when it is done.
    pub on_done: &'a (dyn Fn(u64) + Sync),
}

impl Reader<'_> {
    /// Reads the file at `path`; an archive gives an item for each member.
    pub fn file(&self, path: &Path, size: u64) -> Vec<Item> {
        let label = single::label(path);
        match first_bytes(path) {
            Ok(head) if unpack::is_zip(&head) => self.zip(&label, size, 1, || Ok(unpack::open_zip(File::open(path)?)?)),
            Ok(_) => {
                let read = File::open(path).map(unpack::read_plain);
                let item = match read {
                    Ok(unpacked) => self.bytes(&label, size, unpacked, 1),
                    Err(error) => vec![unreadable(&label, size, error.to_string())],
                };
                (self.on_done)(size);
                item
            }
            Err(error) => vec![unreadable(&label, size, error.to_string())],
        }
    }

    /// Reads all members of an archive. `open` gives each thread its own view of it.
    fn zip<R: Read + Seek>(
        &self,
        label: &str,
        size: u64,
        depth: u32,
        open: impl Fn() -> ZipOpened<R> + Sync,
    ) -> Vec<Item> {
        let members = match open() {
            Ok(archive) => archive.len(),
            Err(error) => return vec![unreadable(label, size, format!("damaged zip archive: {error}"))],
        };
        if members == 0 {
            return vec![skipped(label, size, "an empty zip archive")];
        }
        let repeated = open().map(Repeated::of).unwrap_or_default();
        let read = |archive: &mut ZipOpened<R>, index: usize| match archive {
            Ok(archive) => self.member(archive, index, &repeated.suffix(index), label, depth),
            Err(error) => vec![unreadable(label, 0, error.to_string())],
        };
        let hidden = |hidden: &Hidden| {
            let label = format!("{label}/{}", hidden.name);
            let read = open().map_err(|error| error.to_string());
            match read.and_then(|archive| hidden.read(archive).map_err(|error| error.to_string())) {
                Ok(unpacked) => self.bytes(&label, hidden.size, unpacked, depth + 1),
                Err(error) => vec![unreadable(&label, hidden.size, error)],
            }
        };
        let mut items: Vec<Item> = (0..members).into_par_iter().map_init(&open, read).flatten().collect();
        items.extend(repeated.hidden.iter().flat_map(hidden));
        items
    }

    fn member<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        index: usize,
        suffix: &str,
        label: &str,
        depth: u32,
    ) -> Vec<Item> {
        let (name, size, unpacked) = match open_member(archive, index) {
            Ok(Some(member)) => member,
            Ok(None) => return Vec::new(),
            Err(error) => return vec![unreadable(&format!("{label}/#{index}"), 0, error.to_string())],
        };
        let items = self.bytes(&format!("{label}/{name}{suffix}"), size, unpacked, depth + 1);
        if depth == 1 {
            (self.on_done)(size);
        }
        items
    }

    /// Reads what an input holds, once or twice packed as it may be.
    fn bytes(&self, label: &str, size: u64, unpacked: unpack::Unpacked, depth: u32) -> Vec<Item> {
        let unpack::Unpacked { mut bytes, mut broken } = unpacked;
        if broken.is_none() && unpack::is_gzip(&bytes) {
            unpack::Unpacked { bytes, broken } = unpack::gunzip(&bytes);
        }
        if broken.is_none() && unpack::is_zip(&bytes) {
            if depth > unpack::MAX_DEPTH {
                return vec![skipped(label, size, "a zip archive too deep in others")];
            }
            return self.zip(label, size, depth, || Ok(unpack::open_zip(Cursor::new(bytes.as_slice()))?));
        }
        let damage = match broken {
            Some(error) if bytes.is_empty() => return vec![unreadable(label, size, error.to_string())],
            broken => broken.map(|error| unpack::damage(&error, bytes.len())),
        };
        let item = self.item(label, size, &bytes, damage.as_deref());
        drop(bytes);
        // What is kept of a file is some small pieces. As made they lie between its bytes and columns, and would
        // part the memory of those into holes too small for the next file's: copies made now do not.
        vec![item.clone()]
    }

    /// Reads what was loaded already.
    pub fn loaded(&self, file: &Loaded) -> Item {
        self.item(&file.name, file.bytes.len() as u64, &file.bytes, file.damage.as_deref())
    }

    fn item(&self, label: &str, size: u64, bytes: &[u8], damage: Option<&str>) -> Item {
        let mut row = blank(label, size);
        if let Some(damage) = damage {
            if self.options.strict {
                return unreadable(label, size, damage.to_owned());
            }
            row.notes.push(Note::new(NoteKind::Damage, damage));
        }
        let contents = match read::read_with(bytes, &self.options) {
            Ok(contents) => contents,
            Err(_) if bytes.is_empty() => return skipped(label, size, "an empty file"),
            Err(read::ReadError::UnknownFormat) => return self.table(row, bytes),
            Err(error) => {
                let outcome = if error.is_not_an_activity() { Outcome::Skipped } else { Outcome::Unreadable };
                return Item::without_activity(row, outcome, error.to_string());
            }
        };
        row.notes.extend(contents.notes);
        let damage: Vec<Note> = row.notes.iter().filter(|note| note.kind == NoteKind::Damage).cloned().collect();
        let mut recordings = Vec::with_capacity(contents.activities.len());
        for mut activity in contents.activities {
            let new = activity.notes.iter().filter(|note| !row.notes.contains(note)).cloned().collect::<Vec<_>>();
            row.notes.extend(new);
            // The run's own notes also tell of damage to the file that it came from.
            activity.notes.splice(0..0, damage.iter().cloned());
            let trace = Trace::new(&activity);
            let zone = zone::of(trace.activity, self.zone);
            row.activities.push(ActivityRow::of(&trace, zone.as_ref()));
            recordings.push(Self::recording(&trace, label, zone.as_ref()));
        }
        if let Some(damage) = row.notes.iter().find(|note| note.kind == NoteKind::Damage) {
            row.outcome = Outcome::Salvaged;
            row.reason = Some(damage.text.clone());
        }
        Item::of(row, recordings)
    }

    /// What is neither FIT, GPX nor TCX: a log kept by hand, an export's list of its files, or nothing to us.
    fn table(&self, mut row: Row, bytes: &[u8]) -> Item {
        if let Some(gear) = gear::list(bytes) {
            let reason = format!("an export's list of activities, which names the gear of {} files", gear.len());
            return Item { gear, ..Item::without_activity(row, Outcome::Skipped, reason) };
        }
        let Some(log) = hand_kept::log(bytes, &row.path, self.options) else {
            let reason = read::ReadError::UnknownFormat.to_string();
            return Item::without_activity(row, Outcome::Skipped, reason);
        };
        row.notes = log.notes;
        if let Some(damage) = row.notes.iter().find(|note| note.kind == NoteKind::Damage) {
            let is_lost = self.options.strict || log.activities.is_empty();
            row.outcome = if is_lost { Outcome::Unreadable } else { Outcome::Salvaged };
            row.reason = Some(damage.text.clone());
            if is_lost {
                return Item::of(row, Vec::new());
            }
        }
        if log.activities.is_empty() {
            return Item::without_activity(row, Outcome::Skipped, "a log without a run in it".to_owned());
        }
        let (rows, recordings) = log.activities.into_iter().map(Self::row_of_log).unzip();
        row.activities = rows;
        Item { is_hand_kept: true, ..Item::of(row, recordings) }
    }

    fn row_of_log(kept: hand_kept::Kept) -> (ActivityRow, Recording) {
        let seconds = kept.seconds.unwrap_or(0.0);
        let row = ActivityRow {
            sport: kept.sport,
            sub_sport: kept.sub_sport,
            start: kept.start,
            local_date: Some(kept.start.date_at_offset(0)),
            samples: 0,
            distance_m: kept.distance_m,
            timer_s: kept.seconds,
            avg_heart_rate_bpm: kept.run.as_ref().and_then(|run| run.value(&AVG_HEART_RATE)),
            avg_step_rate_spm: None,
        };
        let recording = Recording {
            start: kept.start,
            end: kept.start.plus_seconds(seconds),
            recorded_s: seconds,
            richness: Richness { often: i32::MIN, channels: 0, format: None, samples: 0, is_whole: true },
            run: kept.run,
            more: Vec::new(),
            distance_m: kept.distance_m,
            is_dated: true,
            person: 0,
            trail: Trail::default(),
        };
        (row, recording)
    }

    fn recording(trace: &Trace, label: &str, zone: Option<&Zone>) -> Recording {
        let activity = trace.activity;
        let samples = &activity.samples;
        let channels = kneewise_core::activity::Channel::ALL
            .into_iter()
            .filter(|channel| samples.column(*channel).is_some() && !samples.is_worked_out(*channel));
        Recording {
            start: activity.start,
            end: activity.start.plus_seconds(activity.elapsed_s().unwrap_or(0.0)),
            recorded_s: Some(trace.recorded_s())
                .filter(|seconds| *seconds > 0.0)
                .or(activity.totals.timer_s)
                .unwrap_or(0.0),
            richness: Richness {
                often: often(samples.len(), trace.recorded_s()),
                channels: channels.count(),
                format: Some(activity.format),
                samples: samples.len(),
                is_whole: activity.notes.iter().all(|note| note.kind != NoteKind::Damage),
            },
            run: Run::from_trace(trace, label, zone),
            more: Vec::new(),
            distance_m: metric::DISTANCE.of_activity(trace).map(|measured| measured.value),
            is_dated: activity.is_dated(),
            person: 0,
            trail: if activity.is_dated() { Trail::of(trace) } else { Trail::default() },
        }
    }
}

fn often(samples: usize, seconds: f64) -> i32 {
    if seconds > 0.0 { (samples as f64 / seconds).log2().round() as i32 } else { i32::MIN }
}

/// An archive, or why it would not open.
type ZipOpened<R> = Result<ZipArchive<R>, Box<dyn std::error::Error + Send + Sync>>;

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(4);
    File::open(path)?.take(4).read_to_end(&mut head)?;
    Ok(head)
}

/// A member's name, packed size and bytes; `None` for a folder.
pub(crate) fn open_member<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
) -> ZipResult<Option<(String, u64, unpack::Unpacked)>> {
    let file = archive.by_index(index)?;
    if file.is_dir() {
        return Ok(None);
    }
    let (name, size) = (file.name()?.replace('\\', "/"), file.compressed_size());
    Ok(Some((name, size, unpack::read_packed(file, size))))
}

fn blank(label: &str, bytes: u64) -> Row {
    Row {
        path: label.to_owned(),
        outcome: Outcome::Read,
        reason: None,
        bytes,
        activities: Vec::new(),
        notes: Vec::new(),
    }
}

impl Item {
    fn of(row: Row, recordings: Vec<Recording>) -> Self {
        Self { row, recordings, is_hand_kept: false, gear: Gear::new() }
    }

    fn without_activity(row: Row, outcome: Outcome, reason: String) -> Self {
        Self::of(Row { outcome, reason: Some(reason), ..row }, Vec::new())
    }
}

fn skipped(label: &str, size: u64, reason: &str) -> Item {
    Item::without_activity(blank(label, size), Outcome::Skipped, reason.to_owned())
}

/// An input of which nothing could be read.
pub(crate) fn unreadable(label: &str, size: u64, reason: String) -> Item {
    Item::without_activity(blank(label, size), Outcome::Unreadable, reason)
}
