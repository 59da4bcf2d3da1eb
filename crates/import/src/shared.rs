//! One source of bytes for several readers, each with its own place in it.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard};

/// A reader of a source that others read as well: a clone reads on from the same place, and no
/// reader moves another one's.
pub(crate) struct Shared<R> {
    source: Arc<Mutex<Source<R>>>,
    at: u64,
}

struct Source<R> {
    from: R,
    /// Where it stands; `None` where a failure left it nobody knows where.
    at: Option<u64>,
}

impl<R> Shared<R> {
    pub fn new(from: R) -> Self {
        Self { source: Arc::new(Mutex::new(Source { from, at: None })), at: 0 }
    }

    fn source(&self) -> io::Result<MutexGuard<'_, Source<R>>> {
        self.source.lock().map_err(|_| io::Error::other("another reader of the same source failed"))
    }
}

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Self {
        Self { source: Arc::clone(&self.source), at: self.at }
    }
}

impl<R: Read + Seek> Read for Shared<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut source = self.source()?;
        if source.at.take() != Some(self.at) {
            source.from.seek(SeekFrom::Start(self.at))?;
        }
        let read = source.from.read(into)?;
        let at = self.at.saturating_add(read as u64);
        source.at = Some(at);
        drop(source);
        self.at = at;
        Ok(read)
    }
}

impl<R: Seek> Seek for Shared<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "a place before the beginning");
        let at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.checked_add_signed(by).ok_or_else(before)?,
            SeekFrom::End(_) => {
                let mut source = self.source()?;
                source.at = None;
                let at = source.from.seek(to)?;
                source.at = Some(at);
                at
            }
        };
        self.at = at;
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn readers_of_one_source_keep_their_own_places() {
        let mut one = Shared::new(Cursor::new((0..100).collect::<Vec<u8>>()));
        one.seek(SeekFrom::Start(10)).expect("there");
        let mut other = one.clone();
        other.seek(SeekFrom::End(-5)).expect("there");
        let next = |reader: &mut Shared<Cursor<Vec<u8>>>| {
            let mut byte = [0];
            reader.read_exact(&mut byte).map(|()| byte[0])
        };
        assert_eq!((next(&mut one).ok(), next(&mut other).ok(), next(&mut one).ok()), (Some(10), Some(95), Some(11)));
        assert_eq!(other.seek(SeekFrom::Current(-96)).ok(), Some(0));
        assert_eq!((next(&mut other).ok(), next(&mut one).ok()), (Some(0), Some(12)));
        assert!(one.seek(SeekFrom::Current(-14)).is_err());
        one.seek(SeekFrom::Start(1000)).expect("beyond the end is no failure");
        assert!(next(&mut one).is_err());
    }
}
