//! Reading and making files that are nobody else's business.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::Error;

/// More than anybody writes by hand.
const MAX_BYTES: u64 = 16 << 20;

/// Returns the bytes of a file; `None` where there is none.
///
/// # Errors
/// [`Error::Io`] where it cannot be read, [`Error::TooLarge`] over 16 MB.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    regular_or_none(path)?;
    match File::open(path) {
        Ok(file) => bytes(path, &file).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(named(path)(error)),
    }
}

/// Fails where there is something that is no regular file: a pipe would wait for ever, and a device
/// never end.
pub(crate) fn regular_or_none(path: &Path) -> Result<(), Error> {
    match path.metadata() {
        Ok(found) if !found.is_file() => Err(named(path)(io::Error::other("not a regular file"))),
        _ => Ok(()),
    }
}

/// All bytes of an open file.
pub(crate) fn bytes(path: &Path, file: &File) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(named(path))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::TooLarge { path: path.display().to_string(), limit_mb: MAX_BYTES >> 20 });
    }
    Ok(bytes)
}

/// Writes a file that is not there yet, for its owner alone (mode 0600), and its folder.
///
/// # Errors
/// [`Error::Io`], also where the file is there already.
pub fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    make_folder(path)?;
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path).map_err(named(path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        // It was made here, and half of it helps nobody.
        let _ = std::fs::remove_file(path);
        named(path)(error)
    })
}

/// Makes the folder of a file, for its owner alone; those that are there stay as they are.
pub(crate) fn make_folder(path: &Path) -> Result<(), Error> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(named(folder))
}

/// Files made so are their owner's alone.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// An error with the file that it is of.
pub(crate) fn named(path: &Path) -> impl Fn(io::Error) -> Error {
    |error| Error::Io { path: path.display().to_string(), error }
}
