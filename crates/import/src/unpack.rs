//! Gzip and zip, with limits: an archive may not make more of itself than a watch could have written.

use std::fs::File;
use std::io::{self, Read, Seek};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

/// The most bytes that one file may hold: a day's recording is some megabytes.
pub(crate) const MAX_FILE_BYTES: u64 = 512 << 20;

/// Packed files may unpack to this much in any case, and to so many times their size: FIT shrinks to a
/// third, GPX to a fifteenth.
const MAX_UNPACKED_BYTES: u64 = 16 << 20;
const MAX_RATIO: u64 = 100;

/// The most members of one archive.
pub(crate) const MAX_MEMBERS: usize = 200_000;

/// How deep archives may lie in archives: Garmin's account export has zips in a zip.
pub(crate) const MAX_DEPTH: u32 = 2;

pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B])
}

pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What came out of a compressed stream.
pub(crate) struct Unpacked {
    pub bytes: Vec<u8>,
    /// Why the rest did not.
    pub broken: Option<io::Error>,
}

/// Unpacks gzip; a damaged stream gives what came before the damage.
pub(crate) fn gunzip(bytes: &[u8]) -> Unpacked {
    read_packed(MultiGzDecoder::new(bytes), bytes.len() as u64)
}

/// What is to be said of a stream of which only the first `kept` bytes came out.
pub(crate) fn damage(error: &io::Error, kept: usize) -> String {
    format!("damaged compression ({error}): {kept} bytes before it kept")
}

/// Reads what `packed_bytes` unpack to; what unpacks to more than any recording does is refused.
pub(crate) fn read_packed(stream: impl Read, packed_bytes: u64) -> Unpacked {
    let limit = (packed_bytes.saturating_mul(MAX_RATIO)).clamp(MAX_UNPACKED_BYTES, MAX_FILE_BYTES);
    read_up_to(stream, limit)
}

/// Reads a file that is not packed.
pub(crate) fn read_plain(file: File) -> Unpacked {
    // Room for all of it at once, and for the byte that tells that there is no more.
    let size = file.metadata().map_or(0, |metadata| metadata.len().min(MAX_FILE_BYTES) + 1);
    read_into(Vec::with_capacity(size as usize), file, MAX_FILE_BYTES)
}

/// Reads what is no file, such as standard input.
pub(crate) fn read_stream(stream: impl Read) -> Unpacked {
    read_up_to(stream, MAX_FILE_BYTES)
}

fn read_up_to(stream: impl Read, limit: u64) -> Unpacked {
    read_into(Vec::new(), stream, limit)
}

fn read_into(mut bytes: Vec<u8>, stream: impl Read, limit: u64) -> Unpacked {
    let broken = match stream.take(limit + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => {
            bytes = Vec::new();
            Some(io::Error::other(format!("holds more than {} MB, more than a recording can", limit >> 20)))
        }
        Ok(_) => None,
        Err(error) => Some(error),
    };
    Unpacked { bytes, broken }
}

/// Opens a zip archive and checks how many members it has.
pub(crate) fn open_zip<R: Read + Seek>(reader: R) -> Result<ZipArchive<R>, ZipError> {
    let archive = ZipArchive::new(reader)?;
    if archive.len() > MAX_MEMBERS {
        return Err(ZipError::InvalidArchive(format!("more than {MAX_MEMBERS} members").into()));
    }
    Ok(archive)
}
