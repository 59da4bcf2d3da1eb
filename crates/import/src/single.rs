//! The bytes of one file, for whoever wants to look at it as it is; a path may lead into an
//! archive.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;

use zip::ZipArchive;

use crate::repeated::Repeated;
use crate::{Limits, unpack};

/// What one file holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// Its path, as the [ledger](crate::Ledger) names it.
    pub name: String,
    /// Its bytes; unpacked, where it was gzip.
    pub bytes: Vec<u8>,
    /// Whether it was gzip.
    pub is_unpacked: bool,
    /// What was lost of it to damaged compression.
    pub damage: Option<String>,
}

/// Why the bytes of a file could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// It could not be read, or is larger than a recording can be.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is a folder.
    #[error("a folder, not a file")]
    Folder,
    /// It is a pipe, a socket or a device.
    #[error("not a regular file; - reads standard input")]
    NoFile,
    /// It is an archive of files.
    #[error("a zip archive, not one file; name a file of it, such as export.zip/run.fit")]
    Archive,
    /// It would be a file of an archive that has none of that name.
    #[error("no such file in the archive {archive}")]
    NotInArchive {
        /// The archive, as it was named.
        archive: String,
    },
    /// The archive that it lies in is damaged.
    #[error("damaged zip archive: {0}")]
    DamagedArchive(String),
}

/// Reads one file, within the same limits as [`import`](crate::import()), and unpacks gzip.
///
/// A path such as `export.zip/may/run.fit.gz`, as the ledger has it, leads to a file of an archive.
///
/// # Errors
/// [`LoadError`] where it cannot be read or is a folder or an archive. Damaged gzip is no error as
/// long as anything came out of it.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    // What is no file is not opened: a pipe would wait for somebody to write, and a device never
    // end.
    match path.metadata() {
        Ok(found) if found.is_dir() => return Err(LoadError::Folder),
        Ok(found) if !found.is_file() => return Err(LoadError::NoFile),
        _ => {}
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return of_archive(path).unwrap_or_else(|| Err(error.into())),
    };
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    unpacked(label(path), whole(unpack::read_plain(file, size, &Limits::default()))?)
}

/// Reads what comes from elsewhere than a file, as [`load`] does a file; `name` is what to call it.
///
/// # Errors
/// As of [`load`].
pub fn load_from(name: &str, stream: impl Read) -> Result<Loaded, LoadError> {
    unpacked(name.to_owned(), whole(unpack::read_stream(stream, &Limits::default()))?)
}

/// A path as messages and the ledger name it.
pub(crate) fn label(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// What is not packed is there whole, or there is something wrong with the disk.
fn whole(read: unpack::Unpacked) -> io::Result<unpack::Unpacked> {
    match read.broken {
        Some(error) => Err(error),
        None => Ok(read),
    }
}

fn unpacked(name: String, read: unpack::Unpacked) -> Result<Loaded, LoadError> {
    let mut loaded = taken(name, read)?;
    if unpack::is_gzip(&loaded.bytes) {
        let unpack::Unpacked { bytes, broken, .. } = unpack::gunzip(&loaded.bytes, &Limits::default());
        if let Some(error) = broken {
            if bytes.is_empty() {
                return Err(error.into());
            }
            loaded.damage = Some(unpack::damage(&error, bytes.len()));
        }
        loaded.bytes = bytes;
        loaded.is_unpacked = true;
    }
    if unpack::is_zip(&loaded.bytes) { Err(LoadError::Archive) } else { Ok(loaded) }
}

/// What was read of a file or of a member of an archive; of the latter what came before damage.
fn taken(name: String, unpack::Unpacked { bytes, broken, .. }: unpack::Unpacked) -> Result<Loaded, LoadError> {
    let damage = match broken {
        Some(error) if bytes.is_empty() => return Err(error.into()),
        Some(error) => Some(unpack::damage(&error, bytes.len())),
        None => None,
    };
    Ok(Loaded { name, bytes, is_unpacked: false, damage })
}

/// The file of an archive that a path leads to; `None` where no part of it is an archive.
fn of_archive(path: &Path) -> Option<Result<Loaded, LoadError>> {
    let archive = path.ancestors().skip(1).find(|ancestor| ancestor.is_file())?;
    let within = label(path.strip_prefix(archive).ok()?);
    let bytes = File::open(archive).and_then(|mut file| {
        let mut head = Vec::with_capacity(4);
        file.by_ref().take(4).read_to_end(&mut head)?;
        Ok((head, file))
    });
    match bytes {
        Ok((head, file)) if unpack::is_zip(&head) => {
            let not_there = || LoadError::NotInArchive { archive: archive.display().to_string() };
            let size = archive.metadata().map_or(0, |metadata| metadata.len());
            Some(member(file, size, &within, label(path), 1).and_then(|found| found.ok_or_else(not_there)))
        }
        Ok(_) => None,
        Err(error) => Some(Err(error.into())),
    }
}

/// The member `within` of an archive, or of an archive in it; `None` where there is none of that
/// name.
fn member<R: Read + Seek>(
    mut archive: R,
    size: u64,
    within: &str,
    name: String,
    depth: u32,
) -> Result<Option<Loaded>, LoadError> {
    let limits = Limits::default();
    let most = limits.of_input(size).members;
    let damaged = |error: &dyn std::error::Error| LoadError::DamagedArchive(error.to_string());
    let repeated = Repeated::of(unpack::open_zip(&mut archive, most).map_err(|error| damaged(&error))?);
    let mut opened = unpack::open_zip(&mut archive, most).map_err(|error| damaged(&error))?;
    let hidden = repeated.hidden.iter().find_map(|hidden| Some((hidden, rest_after(&hidden.name, within)?)));
    let (read, rest) = if let Some((hidden, rest)) = hidden {
        (hidden.read(opened, &limits).map_err(|error| damaged(&error))?, rest)
    } else {
        let Some((index, rest)) = place(&opened, &repeated, within) else { return Ok(None) };
        let member = unpack::open_member(&mut opened, index, size, &limits).map_err(|error| damaged(&error))?;
        let Some((_, _, read)) = member else { return Ok(None) };
        (read, rest)
    };
    if rest.is_empty() {
        return unpacked(name, read).map(Some);
    }
    let mut inner = read.bytes;
    if unpack::is_gzip(&inner) {
        inner = unpack::gunzip(&inner, &Limits::default()).bytes;
    }
    if depth < unpack::MAX_DEPTH && unpack::is_zip(&inner) {
        let size = inner.len() as u64;
        return member(Cursor::new(inner), size, rest, name, depth + 1);
    }
    Ok(None)
}

/// The index of the member of that name, or of the one that is the beginning of it, and what is
/// left of the name.
fn place<'w, R: Read + Seek>(
    archive: &ZipArchive<R>,
    repeated: &Repeated,
    within: &'w str,
) -> Option<(usize, &'w str)> {
    let name = |index| archive.name_for_index(index)?.ok().map(|name| name.replace('\\', "/"));
    let left =
        |index: usize| Some((index, rest_after(&format!("{}{}", name(index)?, repeated.suffix(index)), within)?));
    (0..archive.len()).filter_map(left).min_by_key(|(_, rest)| rest.len())
}

/// What is left of a path behind the name of a member, which is all of it or an archive that it
/// leads into.
fn rest_after<'w>(name: &str, within: &'w str) -> Option<&'w str> {
    let rest = within.strip_prefix(name)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}
