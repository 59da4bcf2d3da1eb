//! Gzip and zip, within a budget: an archive may not make more of itself than a watch could have
//! written.

use std::io::{self, Read, Seek};

use flate2::read::MultiGzDecoder;
use kneewise_read::activity::Format;
use kneewise_read::sniff;
use zip::ZipArchive;
use zip::result::{ZipError, ZipResult};

use crate::budget::Limits;

/// How deep archives may lie in archives: Garmin's account export has zips in a zip.
pub(crate) const MAX_DEPTH: u32 = 2;

/// So many first bytes show what a file is.
const HEAD_BYTES: u64 = 4 << 10;

/// Packed FIT makes no more of itself than this: it is packed numbers already, and costs the most
/// to read, byte for byte.
const FIT_TIMES: u64 = 10;
const FIT_BYTES: u64 = 1 << 20;

pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B])
}

pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What came out of a compressed stream.
pub(crate) struct Unpacked {
    pub bytes: Vec<u8>,
    /// How many bytes came out, kept or not.
    pub came_out: u64,
    /// Why the rest did not.
    pub broken: Option<io::Error>,
}

/// Unpacks gzip; a damaged stream gives what came before the damage.
pub(crate) fn gunzip(bytes: &[u8], limits: &Limits) -> Unpacked {
    read_packed(MultiGzDecoder::new(bytes), bytes.len() as u64, limits)
}

/// What is to be said of a stream of which only the first `kept` bytes came out.
pub(crate) fn damage(error: &io::Error, kept: usize) -> String {
    format!("damaged compression ({error}): {kept} bytes before it kept")
}

/// Reads what `packed_bytes` unpack to; what unpacks to more than any recording does is refused.
pub(crate) fn read_packed(mut stream: impl Read, packed_bytes: u64, limits: &Limits) -> Unpacked {
    let mut bytes = Vec::new();
    if let Err(error) = stream.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes) {
        return Unpacked { came_out: bytes.len() as u64, bytes, broken: Some(error) };
    }
    let limit = match sniff(&bytes) {
        Some(Format::Fit) => packed_bytes.saturating_mul(FIT_TIMES).clamp(FIT_BYTES, limits.file_bytes),
        _ => limits.unpacked(packed_bytes),
    };
    read_into(bytes, stream, limit)
}

/// Reads a file of `size` bytes that is not packed.
pub(crate) fn read_plain(file: impl Read, size: u64, limits: &Limits) -> Unpacked {
    // Room for all of it at once, and for the byte that tells that there is no more.
    let room = size.min(limits.file_bytes) + 1;
    read_into(Vec::with_capacity(room as usize), file, limits.file_bytes)
}

/// Reads what is no file, such as standard input.
pub(crate) fn read_stream(stream: impl Read, limits: &Limits) -> Unpacked {
    read_into(Vec::new(), stream, limits.file_bytes)
}

/// Reads a stream to its end, of which some bytes are there already.
fn read_into(mut bytes: Vec<u8>, stream: impl Read, limit: u64) -> Unpacked {
    let rest = (limit + 1).saturating_sub(bytes.len() as u64);
    let broken = stream.take(rest).read_to_end(&mut bytes).err();
    let came_out = bytes.len() as u64;
    if came_out > limit {
        let text = format!("holds more than {} MB, more than a recording can", limit >> 20);
        return Unpacked { bytes: Vec::new(), came_out, broken: Some(io::Error::other(text)) };
    }
    Unpacked { bytes, came_out, broken }
}

/// Opens a zip archive and checks how many members it has.
pub(crate) fn open_zip<R: Read + Seek>(reader: R, members: usize) -> Result<ZipArchive<R>, ZipError> {
    let archive = ZipArchive::new(reader)?;
    if archive.len() > members {
        return Err(ZipError::InvalidArchive(format!("more than {members} members").into()));
    }
    Ok(archive)
}

/// How many members the bytes of an archive can list: told without making anything of them.
pub(crate) fn listed_members(bytes: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, b"PK\x01\x02").count()
}

/// For each member of an archive, the one before it that it shares bytes with.
///
/// No program writes such archives: fifty members of the same bytes unpack to fifty times as much.
pub(crate) fn overlaps<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Vec<Option<usize>> {
    let mut places = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let Ok(member) = archive.by_index_raw(index) else { continue };
        let begin = member.header_start();
        let data = member.data_start().unwrap_or(begin);
        places.push((begin, data.saturating_add(member.compressed_size()), index));
    }
    places.sort_unstable();
    let mut shared = vec![None; archive.len()];
    let mut last: Option<(u64, usize)> = None;
    for (begin, end, index) in places {
        match last {
            Some((until, holder)) if begin < until => {
                // The one that stands first in the archive's list is the one that counts.
                shared[index.max(holder)] = Some(index.min(holder));
                last = Some((until.max(end), index.min(holder)));
            }
            _ => last = Some((end, index)),
        }
    }
    shared
}

/// A member's name, packed size and bytes; `None` for a folder.
pub(crate) fn open_member<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    archive_size: u64,
    limits: &Limits,
) -> ZipResult<Option<(String, u64, Unpacked)>> {
    let file = archive.by_index(index)?;
    if file.is_dir() {
        return Ok(None);
    }
    let (name, size) = (file.name()?.replace('\\', "/"), file.compressed_size());
    // Whatever it claims, it has no more bytes than the archive.
    Ok(Some((name, size, read_packed(file, size.min(archive_size), limits))))
}
