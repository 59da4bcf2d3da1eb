//! From the paths a user names to the files to read.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// A file to read.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Where it is, as the user reached it.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A path that leads to no file.
#[derive(Debug)]
pub(crate) struct NotFound {
    pub path: PathBuf,
    pub error: io::Error,
}

/// All files that the paths name, folders walked to their ends. A file that several paths reach
/// counts once.
pub(crate) fn files(paths: &[PathBuf]) -> (Vec<Found>, Vec<NotFound>) {
    // By their true place, so that `log` and `./log/may.fit` do not give a file twice.
    let mut found: BTreeMap<PathBuf, Found> = BTreeMap::new();
    let mut not_found = Vec::new();
    for path in paths {
        for entry in WalkDir::new(path).follow_links(true) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => match size(entry.path()) {
                    Ok((place, bytes)) => {
                        let this = Found { path: entry.into_path(), bytes };
                        let known = found.entry(place).or_insert_with(|| this.clone());
                        // Whichever order the paths came in, the same name stays.
                        if this.path < known.path {
                            *known = this;
                        }
                    }
                    Err(error) => not_found.push(NotFound { path: entry.into_path(), error }),
                },
                Err(error) => {
                    let place = error.path().unwrap_or(path).to_owned();
                    not_found.push(NotFound { path: place, error: error.into() });
                }
            }
        }
    }
    (found.into_values().collect(), not_found)
}

fn size(path: &Path) -> io::Result<(PathBuf, u64)> {
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    Ok((path.canonicalize()?, metadata.len()))
}
