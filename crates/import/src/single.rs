//! The bytes of one file, for whoever wants to look at it as it is.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::unpack;

/// What one file holds.
#[derive(Clone, Debug)]
pub struct Loaded {
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
    /// It is an archive of files.
    #[error("a zip archive, not one file; unpack it and name a file of it")]
    Archive,
}

/// Reads one file, within the same limits as [`import`](crate::import()), and unpacks gzip.
///
/// # Errors
/// [`LoadError`] where it cannot be read or is an archive. Damaged gzip is no error as long as anything
/// came out of it.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("a folder, not a file").into());
    }
    let unpack::Unpacked { bytes, broken } = unpack::read_plain(file);
    if let Some(error) = broken {
        return Err(error.into());
    }
    let mut loaded = Loaded { bytes, is_unpacked: false, damage: None };
    if unpack::is_gzip(&loaded.bytes) {
        let unpack::Unpacked { bytes, broken } = unpack::gunzip(&loaded.bytes);
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
