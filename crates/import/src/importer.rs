//! Inputs from anywhere: a path, bytes in memory, a browser's file.

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Mutex;

use crate::intake::Reader;
use crate::item::{self, Item};
use crate::{Import, Options, Progress, of_items};

/// Takes inputs one by one, from several threads if need be, and finishes to the same [`Import`]
/// that [`import`](crate::import()) makes of paths.
///
/// ```
/// use std::io::Cursor;
/// use kneewise_import::{Importer, Options};
///
/// let options = Options::default();
/// let importer = Importer::new(&options);
/// importer.add("log.csv", Cursor::new("date,distance_km\n2026-03-01,5\n"));
/// importer.add("notes.txt", Cursor::new("nothing to read"));
/// let import = importer.finish();
/// assert_eq!(import.ledger.to_string(), "2 files: 1 read, 1 skipped");
/// assert_eq!(import.runs.len(), 1);
/// ```
pub struct Importer<'a> {
    options: &'a Options<'a>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    items: Vec<Item>,
    /// How many inputs had a name.
    names: HashMap<String, usize>,
}

impl<'a> Importer<'a> {
    /// Returns an importer that has nothing yet.
    pub fn new(options: &'a Options<'a>) -> Self {
        Self { options, taken: Mutex::default() }
    }

    /// Reads an input to its end, now: a file of any format, packed or not, or an archive, whose
    /// members are read in parallel through this one `from`.
    ///
    /// The ledger calls it `name`; a second input of that name is `name#2`. Nothing here fails: an
    /// input that cannot be read is a row of the ledger that says why.
    pub fn add(&self, name: &str, from: impl Read + Seek + Send) {
        let name = self.own_name(name);
        let items = read(&name, from, self.options);
        self.taken(|taken| taken.items.extend(items));
    }

    /// Returns everything that was added, copies left out and close recordings joined.
    pub fn finish(self) -> Import {
        let taken = self.taken.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        of_items(taken.items, self.options)
    }

    fn own_name(&self, name: &str) -> String {
        let name = name.replace('\\', "/");
        self.taken(|taken| {
            loop {
                let n = taken.names.entry(name.clone()).or_default();
                *n += 1;
                let own = if *n == 1 { name.clone() } else { format!("{name}#{n}") };
                if *n == 1 || taken.names.insert(own.clone(), 1).is_none() {
                    break own;
                }
            }
        })
    }

    fn taken<T>(&self, with: impl FnOnce(&mut Taken) -> T) -> T {
        with(&mut self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

fn read(name: &str, mut from: impl Read + Seek + Send, options: &Options) -> Vec<Item> {
    let progress = options.progress;
    let size = match from.seek(SeekFrom::End(0)).and_then(|size| from.rewind().map(|()| size)) {
        Ok(size) => size,
        Err(error) => return vec![item::unreadable(name, 0, error.to_string())],
    };
    progress(Progress::Found { bytes: size });
    Reader::new(options, &|bytes| progress(Progress::Done { bytes })).source(name, size, from)
}
