//! Files that are there whole or not at all, for their owner alone.
//!
//! What is written goes to a file without a name in the folder of the result; only when all of it
//! is on the disk does it take the name. So a full disk, a kill or a closed pipe leave what was
//! there before, and nothing beside it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that is being written.
pub struct Draft {
    file: File,
    target: PathBuf,
    /// Where it lies meanwhile, where a file without a name cannot be had.
    beside: PathBuf,
    has_name: bool,
}

impl Draft {
    /// A draft of the file at `target`, or of the one that a link there leads to.
    pub fn of(target: &Path) -> io::Result<Self> {
        let target = super::place::true_path(target);
        if target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy().into_owned();
        // One name, and not a new one each time: what a kill left there is written over the next
        // time.
        let beside = target.with_file_name(format!(".{name}.kneewise-new"));
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Some(file) = nameless(folder) {
            return Ok(Self { file, target, beside, has_name: false });
        }
        remove(&beside)?;
        let file = private(OpenOptions::new().write(true).create_new(true)).open(&beside)?;
        Ok(Self { file, target, beside, has_name: true })
    }

    /// Puts the file in its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        if !self.has_name {
            // Where nothing is to be replaced it takes its name at once.
            if give_name(&self.file, &self.target).is_ok() {
                return Ok(());
            }
            remove(&self.beside)?;
            give_name(&self.file, &self.beside)?;
            self.has_name = true;
        }
        fs::rename(&self.beside, &self.target)?;
        self.has_name = false;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.has_name {
            // Nothing more can be done, and the error that led here has been said.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Files made so are their owner's alone.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Opens a file without a name, which vanishes if the program ends. `None` if the system has
/// no such files.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file: File = openat(CWD, folder, flags, Mode::RUSR | Mode::WUSR).ok()?.into();
    // Its name is given through this folder of the system, which may not be there.
    file_in_proc(&file).exists().then_some(file)
}

#[cfg(target_os = "linux")]
fn file_in_proc(file: &File) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file)))
}

#[cfg(target_os = "linux")]
fn give_name(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    Ok(linkat(CWD, file_in_proc(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path) -> Option<File> {
    None
}

#[cfg(not(target_os = "linux"))]
fn give_name(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn what_is_not_finished_leaves_the_old_file_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.txt");
        fs::write(&path, "old").unwrap();
        let mut draft = Draft::of(&path).unwrap();
        draft.write_all(b"half of the n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(draft);
        assert_eq!((fs::read(&path).unwrap(), names(folder.path())), (b"old".to_vec(), vec!["report.txt".to_owned()]));

        let mut draft = Draft::of(&path).unwrap();
        draft.write_all(b"new").unwrap();
        draft.finish().unwrap();
        assert_eq!((fs::read(&path).unwrap(), names(folder.path())), (b"new".to_vec(), vec!["report.txt".to_owned()]));
    }

    #[cfg(unix)]
    #[test]
    fn it_is_its_owner_s_alone_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        symlink("a", &link).unwrap();
        let mut draft = Draft::of(&link).unwrap();
        draft.write_all(b"new").unwrap();
        draft.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(Draft::of(folder.path()).is_err(), "a folder");
        assert!(Draft::of(&folder.path().join("no/such")).is_err());
    }
}
