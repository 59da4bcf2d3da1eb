//! One input after another, read in parallel: files, gzip, zip and zips within.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;

use kneewise_core::Run;
use kneewise_core::measure::metric::{AVG_HEART_RATE, DISTANCE};
use kneewise_core::measure::trace::Trace;
use kneewise_read as read;
use kneewise_read::activity::{Labels, Note, NoteKind};
use kneewise_read::sport::Sport;
use kneewise_read::time::Zone;
use kneewise_read::witness::Decision;
use rayon::prelude::*;
use zip::ZipArchive;
use zip::result::ZipResult;

use crate::budget::{self, Budget, Limits, Spent};
use crate::equal::{self, Seen};
use crate::item::{Cost, Digest, Item, Recording, Richness, RunOf, blank, skipped, unreadable};
use crate::ledger::{ActivityRow, Outcome, Row};
use crate::repeated::{Hidden, Repeated};
use crate::shared::Shared;
use crate::single::{self, Loaded};
use crate::trail::Trail;
use crate::{Options, gear, hand_kept, unpack, zone};

/// From so many bytes on it is worth reading several members of an archive at once.
const SMALL_ARCHIVE: u64 = 4 << 20;

/// So many members of an archive are read that have the name of another.
const MOST_HIDDEN: usize = 100;

/// A member of an archive, by what its archive says of it.
struct Member<'a> {
    /// The archive's own.
    label: &'a str,
    /// What tells it from others of its name.
    suffix: String,
    /// Another member that has bytes of it.
    shares_with: Option<usize>,
    /// Those before it.
    seen: &'a Seen,
}

/// Reads inputs; called from several threads at once.
pub(crate) struct Reader<'a> {
    pub zone: Option<&'a Zone>,
    pub options: read::Options,
    pub limits: Limits,
    /// Told the size of every input when it is done.
    pub on_done: &'a (dyn Fn(u64) + Sync),
}

impl<'a> Reader<'a> {
    pub fn new(options: &'a Options, on_done: &'a (dyn Fn(u64) + Sync)) -> Self {
        Self { zone: options.zone.as_ref(), options: options.read, limits: options.limits, on_done }
    }
}

impl Reader<'_> {
    /// Reads the file at `path`; an archive gives an item for each member.
    pub fn file(&self, path: &Path, size: u64) -> Vec<Item> {
        let label = single::label(path);
        match File::open(path) {
            Ok(file) => self.source(&label, size, file),
            Err(error) => vec![unreadable(&label, size, error.to_string())],
        }
    }

    /// Reads an input of `size` bytes through one reader; an archive gives an item for each member.
    pub fn source(&self, label: &str, size: u64, mut from: impl Read + Seek + Send) -> Vec<Item> {
        let budget = self.limits.of_input(size);
        let items = match first_bytes(&mut from) {
            Ok(head) if unpack::is_zip(&head) => {
                self.zip(label, size, 1, budget, unpack::open_zip(Shared::new(from), budget.members))
            }
            Ok(_) => {
                let items = self.bytes(label, size, unpack::read_plain(from, size, &self.limits), 1, budget, None);
                (self.on_done)(size);
                items
            }
            Err(error) => vec![unreadable(label, size, error.to_string())],
        };
        budget::within(items, label, size, budget)
    }

    /// Reads some bytes as a file of this name.
    pub fn of_bytes(&self, label: &str, bytes: Vec<u8>) -> Vec<Item> {
        let size = bytes.len() as u64;
        if unpack::is_zip(&bytes) {
            return self.source(label, size, Cursor::new(bytes));
        }
        let budget = self.limits.of_input(size);
        let there = unpack::Unpacked { came_out: size, bytes, broken: None };
        let items = self.bytes(label, size, there, 1, budget, None);
        (self.on_done)(size);
        budget::within(items, label, size, budget)
    }

    /// Reads the members of an archive, as far as the budget reaches at least. Each thread
    /// reads through a clone of its own.
    fn zip<R: Read + Seek + Send + Clone>(
        &self,
        label: &str,
        size: u64,
        depth: u32,
        budget: Budget,
        opened: ZipResult<ZipArchive<R>>,
    ) -> Vec<Item> {
        let mut archive = match opened {
            Ok(archive) => archive,
            Err(error) => return vec![unreadable(label, size, format!("damaged zip archive: {error}"))],
        };
        let (members, shared) = (archive.len(), unpack::overlaps(&mut archive));
        if members == 0 {
            return vec![skipped(label, size, "an empty zip archive")];
        }
        let mut seen = Seen::default();
        let mut left = budget;
        // So many at once keep the threads busy, and bound what is held, and read in vain where the
        // budget ends. A small archive is read soon, and takes no more memory where there are more
        // threads.
        let at_once = match (depth, size) {
            (1, SMALL_ARCHIVE..) => (2 * rayon::current_num_threads()).min(8),
            (1, _) => 2,
            _ => 1,
        };
        // Those that another one of their name hides come after all that are seen.
        let repeated = Repeated::of(archive.clone());
        let all: Vec<usize> = (0..members + repeated.hidden.len()).collect();
        for some in all.chunks(at_once) {
            let read = |(index, mut archive): (&usize, ZipArchive<R>)| {
                // Each of these costs a look through the whole list of the archive.
                if let Some(hidden) = index.checked_sub(members + MOST_HIDDEN) {
                    let name = repeated.hidden.get(MOST_HIDDEN + hidden).map_or("", |hidden| hidden.name.as_str());
                    let reason = format!("more than {MOST_HIDDEN} members with a name that others have; not read");
                    return vec![unreadable(&format!("{label}/{name}"), 0, reason)];
                }
                if let Some(hidden) = index.checked_sub(members).and_then(|hidden| repeated.hidden.get(hidden)) {
                    return self.hidden(archive, hidden, label, depth, left, &seen);
                }
                let suffix = repeated.suffix(*index);
                let name = Member { label, suffix, shares_with: shared[*index], seen: &seen };
                self.member(&mut archive, *index, &name, depth, size, left)
            };
            // A clone has a place of its own in the bytes, and the list of members in common.
            let each: Vec<_> = some.iter().map(|index| (index, archive.clone())).collect();
            let read: Vec<Item> = each.into_par_iter().map(read).flatten().collect();
            let from = seen.items.len();
            for item in read {
                seen.push(item);
            }
            let mut new = seen.items[from..].iter();
            if new.any(|item| matches!(left.spend(item.cost), Err(Spent::Bytes | Spent::Members))) {
                break;
            }
        }
        seen.items
    }

    /// Reads a member that another one of its name hides.
    fn hidden<R: Read + Seek>(
        &self,
        archive: ZipArchive<R>,
        hidden: &Hidden,
        label: &str,
        depth: u32,
        budget: Budget,
        seen: &Seen,
    ) -> Vec<Item> {
        let label = format!("{label}/{}", hidden.name);
        match hidden.read(archive, &self.limits) {
            Ok(unpacked) => self.bytes(&label, hidden.size, unpacked, depth + 1, budget, Some(seen)),
            Err(error) => vec![unreadable(&label, hidden.size, error.to_string())],
        }
    }

    fn member<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        index: usize,
        name: &Member,
        depth: u32,
        archive_size: u64,
        budget: Budget,
    ) -> Vec<Item> {
        let label = name.label;
        if let Some(other) = name.shares_with {
            let name =
                |index| archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().replace('\\', "/");
            let reason = format!("it has the same bytes of the archive as {}", name(other));
            return vec![unreadable(&format!("{label}/{}", name(index)), 0, reason)];
        }
        let (suffix, seen) = (&name.suffix, name.seen);
        let (name, size, unpacked) = match unpack::open_member(archive, index, archive_size, &self.limits) {
            Ok(Some(member)) => member,
            Ok(None) => return Vec::new(),
            Err(error) => return vec![unreadable(&format!("{label}/#{index}"), 0, error.to_string())],
        };
        let items = self.bytes(&format!("{label}/{name}{suffix}"), size, unpacked, depth + 1, budget, Some(seen));
        if depth == 1 {
            (self.on_done)(size);
        }
        items
    }

    /// Reads what an input holds, once or twice packed as it may be; `seen` are the members of its
    /// archive before it.
    fn bytes(
        &self,
        label: &str,
        size: u64,
        unpacked: unpack::Unpacked,
        depth: u32,
        budget: Budget,
        seen: Option<&Seen>,
    ) -> Vec<Item> {
        let unpack::Unpacked { mut bytes, mut broken, came_out } = unpacked;
        // What lies there as it is costs nothing to unpack.
        let mut cost = Cost { unpacked_bytes: seen.map_or(0, |_| came_out), members: 1, rows: 0 };
        if broken.is_none() && unpack::is_gzip(&bytes) {
            let inner = unpack::gunzip(&bytes, &self.limits);
            cost.unpacked_bytes += inner.came_out;
            (bytes, broken) = (inner.bytes, inner.broken);
        }
        if broken.is_none() && unpack::is_zip(&bytes) {
            let of = |item: Item| vec![Item { cost, ..item }];
            if depth > unpack::MAX_DEPTH {
                return of(skipped(label, size, "a zip archive too deep in others"));
            }
            if unpack::listed_members(&bytes) > budget.members {
                return of(unreadable(label, size, budget.words(Spent::Members)));
            }
            let opened = unpack::open_zip(Cursor::new(bytes.as_slice()), budget.members);
            let mut items = self.zip(label, size, depth, budget, opened);
            // What the archive itself has cost falls to its first member.
            if let Some(first) = items.first_mut() {
                first.cost.unpacked_bytes += cost.unpacked_bytes;
            }
            return items;
        }
        let damage = match broken {
            Some(error) if bytes.is_empty() => {
                return vec![Item { cost, ..unreadable(label, size, error.to_string()) }];
            }
            broken => broken.map(|error| unpack::damage(&error, bytes.len())),
        };
        let digest = seen.filter(|_| damage.is_none() && !bytes.is_empty()).map(|_| Digest::of(&bytes));
        if let Some(first) = seen.zip(digest).and_then(|(seen, digest)| seen.same(digest)) {
            let item = equal::again(first, label, size);
            cost.rows = item.rows();
            return vec![Item { cost, ..item }];
        }
        let item = self.item(label, size, &bytes, damage.as_deref(), budget);
        cost.rows = item.rows();
        let item = Item { cost, digest, ..item };
        drop(bytes);
        // What is kept of a file is some small pieces. As made they lie between its bytes and
        // columns, and would part the memory of those into holes too small for the next file's:
        // copies made now do not.
        if item.is_hand_kept { vec![item] } else { vec![item.clone()] }
    }

    /// Reads what was loaded already.
    pub fn loaded(&self, file: &Loaded) -> Item {
        let size = file.bytes.len() as u64;
        self.item(&file.name, size, &file.bytes, file.damage.as_deref(), self.limits.of_input(size))
    }

    fn item(&self, label: &str, size: u64, bytes: &[u8], damage: Option<&str>, budget: Budget) -> Item {
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
            Err(read::ReadError::UnknownFormat) => return self.table(row, bytes, budget),
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
            activity.notes.extend(zone::note(&activity, self.zone));
            let zone = zone::of(&activity, self.zone);
            let known = activity.notes.len();
            activity.settle_clock(zone.as_ref());
            row.notes.extend(activity.notes[known..].iter().cloned());
            row.notes.extend(activity.decisions.iter().filter_map(Decision::note));
            let trace = Trace::new(&activity);
            row.activities.push(ActivityRow::of(&trace, zone.as_ref()));
            recordings.push(Self::recording(&trace, label, zone.as_ref()));
        }
        if let Some(damage) = row.notes.iter().find(|note| note.kind == NoteKind::Damage) {
            row.outcome = Outcome::Salvaged;
            row.reason = Some(damage.text.clone());
        }
        Item::of(row, recordings)
    }

    /// What is neither FIT, GPX nor TCX: a log kept by hand, an export's list of its files, or
    /// nothing to us.
    fn table(&self, mut row: Row, bytes: &[u8], budget: Budget) -> Item {
        if let Some(listed) = gear::list(bytes, budget.rows) {
            let n = listed.values().filter(|entry| entry.gear.is_some()).count();
            let reason = format!("an export's list of activities, which names the gear of {n} files");
            return Item { listed, ..Item::without_activity(row, Outcome::Skipped, reason) };
        }
        let Some(log) = hand_kept::log(bytes, self.options, budget.rows) else {
            let reason = read::ReadError::UnknownFormat.to_string();
            return Item::without_activity(row, Outcome::Skipped, reason);
        };
        row.notes = log.notes;
        if log.is_cut {
            let why = budget.words(Spent::Rows);
            row.notes.push(Note::new(NoteKind::Damage, budget::beyond_rows(log.rows.len(), &why)));
        }
        if let Some(damage) = row.notes.iter().find(|note| note.kind == NoteKind::Damage) {
            let is_lost = self.options.strict || log.rows.is_empty();
            row.outcome = if is_lost { Outcome::Unreadable } else { Outcome::Salvaged };
            row.reason = Some(damage.text.clone());
            if is_lost {
                return Item::of(row, Vec::new());
            }
        }
        if log.rows.is_empty() {
            return Item::without_activity(row, Outcome::Skipped, "a log without a run in it".to_owned());
        }
        row.activities = log.rows;
        Item { is_hand_kept: true, ..Item::of(row, log.recordings) }
    }

    fn recording(trace: &Trace, label: &str, zone: Option<&Zone>) -> Recording {
        let activity = trace.activity;
        let samples = &activity.samples;
        let channels = kneewise_read::activity::Channel::ALL
            .iter()
            .copied()
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
                channels: channels.count() as u8,
                format: Some(activity.format),
                samples: samples.len() as u32,
                is_whole: activity.notes.iter().all(|note| note.kind != NoteKind::Damage),
            },
            is_made_up: zone::is_made_up(activity),
            is_zone_known: activity.utc_offset_s.is_some() || zone.is_some(),
            run: Run::from_trace(trace, label, zone).ok().map(Box::new).map(RunOf::Recorded),
            more: Vec::new(),
            no_run: Self::no_run(trace, label, zone).map(Box::new),
            distance_m: DISTANCE.of_activity(trace).map(|measured| measured.value as f32),
            is_dated: activity.is_dated(),
            person: 0,
            trail: activity.is_dated().then(|| Box::new(Trail::of(trace))),
        }
    }
}

impl Reader<'_> {
    /// What a recording that is no run tells of the run that it may be a copy of.
    fn no_run(trace: &Trace, label: &str, zone: Option<&Zone>) -> Option<Run> {
        let activity = trace.activity;
        let is_another = activity.sport != Sport::Running && activity.is_dated();
        let run = is_another.then(|| Run::of_any_sport(trace, label, zone))?;
        let tells = run.value(&AVG_HEART_RATE).is_some() || *run.labels() != Labels::NONE;
        tells.then_some(run)
    }
}

fn often(samples: usize, seconds: f64) -> i8 {
    if seconds > 0.0 { libm::log2(samples as f64 / seconds).round() as i8 } else { i8::MIN }
}

/// Returns the first bytes of an input, which stands at its beginning before and after.
fn first_bytes(from: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(4);
    from.by_ref().take(4).read_to_end(&mut head)?;
    from.rewind()?;
    Ok(head)
}
