//! Members of an archive that have the name of another: two recordings, of which a reader by name
//! sees the last alone.
//!
//! The first keeps the name, and the next ones are told by a number: `run.fit`, `run.fit#2`.

use std::collections::HashMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::ZipArchive;

use crate::budget::Limits;
use crate::unpack::{self, Unpacked};

/// The members of an archive that a reader by name does not see, and the numbers of those that it
/// sees instead.
#[derive(Default)]
pub(crate) struct Repeated {
    pub hidden: Vec<Hidden>,
    /// By the index of the member that is seen.
    numbers: HashMap<usize, usize>,
}

/// A member that another one of its name hides.
pub(crate) struct Hidden {
    /// The name with its number.
    pub name: String,
    /// Bytes in the archive.
    pub size: u64,
    header_start: u64,
    method: u16,
    is_encrypted: bool,
    checksum: u32,
}

/// What the directory of an archive says of a member, before its name.
const ENTRY_BYTES: usize = 46;
const HEADER_BYTES: u64 = 30;
const STORED: u16 = 0;

/// More members are no archive of recordings.
const MOST_MEMBERS: usize = 1 << 20;

const DEFLATED: u16 = 8;

impl Repeated {
    /// Looks through the directory of an archive, where it has a name twice.
    pub fn of<R: Read + Seek>(archive: ZipArchive<R>) -> Self {
        if !archive.has_duplicate_names() {
            return Self::default();
        }
        let (from, offset) = (archive.central_directory_start(), archive.offset());
        entries(archive.into_inner(), from, offset).map(Self::of_entries).unwrap_or_default()
    }

    /// What is added to the name of the member that is seen at `index`.
    pub fn suffix(&self, index: usize) -> String {
        self.numbers.get(&index).map(|number| format!("#{number}")).unwrap_or_default()
    }

    fn of_entries(entries: Vec<(Vec<u8>, Hidden)>) -> Self {
        // What shares bytes with another is no recording of its own.
        let mut taken: Vec<(u64, u64)> = entries
            .iter()
            .map(|(_, entry)| (entry.header_start, entry.header_start + HEADER_BYTES + entry.size))
            .collect();
        taken.sort_unstable();
        if taken.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return Self::default();
        }
        let mut repeated = Self::default();
        // The index of each name is that of its first member; the last one is what is seen there.
        let mut seen: HashMap<Vec<u8>, (usize, usize, Hidden)> = HashMap::new();
        for (name, mut entry) in entries {
            let next = seen.len();
            match seen.get_mut(&name) {
                None => {
                    seen.insert(name, (next, 1, entry));
                }
                Some((index, number, last)) => {
                    *number += 1;
                    repeated.numbers.insert(*index, *number);
                    entry.name = format!("{}#{number}", entry.name);
                    repeated.hidden.push(std::mem::replace(last, entry));
                }
            }
        }
        repeated
    }
}

impl Hidden {
    /// Reads it from its archive.
    ///
    /// # Errors
    /// Where it is encrypted, packed with an unknown method, or not where the archive says.
    pub fn read<R: Read + Seek>(&self, archive: ZipArchive<R>, limits: &Limits) -> io::Result<Unpacked> {
        if self.is_encrypted {
            return Err(io::Error::other("encrypted"));
        }
        let mut reader = archive.into_inner();
        reader.seek(SeekFrom::Start(self.header_start))?;
        let mut header = [0; HEADER_BYTES as usize];
        reader.read_exact(&mut header)?;
        if !header.starts_with(b"PK\x03\x04") {
            return Err(io::Error::other("not where the archive says"));
        }
        let more = u64::from(u16_at(&header, 26)) + u64::from(u16_at(&header, 28));
        reader.seek(SeekFrom::Current(more as i64))?;
        let packed = reader.take(self.size);
        let mut unpacked = match self.method {
            STORED => unpack::read_packed(packed, self.size, limits),
            DEFLATED => unpack::read_packed(DeflateDecoder::new(packed), self.size, limits),
            _ => return Err(io::Error::other("packed with an unknown method")),
        };
        let mut checksum = Crc::new();
        checksum.update(&unpacked.bytes);
        if unpacked.broken.is_none() && checksum.sum() != self.checksum {
            unpacked.broken = Some(io::Error::other("Invalid checksum"));
        }
        Ok(unpacked)
    }
}

/// What the directory of an archive says of each member, in its order.
fn entries(reader: impl Read + Seek, from: u64, offset: u64) -> io::Result<Vec<(Vec<u8>, Hidden)>> {
    let mut reader = BufReader::new(reader);
    reader.seek(SeekFrom::Start(from))?;
    let mut entries = Vec::new();
    loop {
        let mut entry = [0; ENTRY_BYTES];
        if reader.read_exact(&mut entry).is_err() || !entry.starts_with(b"PK\x01\x02") || entries.len() >= MOST_MEMBERS
        {
            return Ok(entries);
        }
        let mut name = vec![0; usize::from(u16_at(&entry, 28))];
        reader.read_exact(&mut name)?;
        reader.seek_relative(i64::from(u16_at(&entry, 30)) + i64::from(u16_at(&entry, 32)))?;
        let hidden = Hidden {
            name: String::from_utf8_lossy(&name).replace('\\', "/"),
            size: u64::from(u32_at(&entry, 20)),
            header_start: offset.saturating_add(u64::from(u32_at(&entry, 42))),
            method: u16_at(&entry, 10),
            is_encrypted: u16_at(&entry, 8) & 1 != 0,
            checksum: u32_at(&entry, 16),
        };
        entries.push((name, hidden));
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}
