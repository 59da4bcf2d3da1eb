//! Gzip and zip, with limits: an archive may not make more of itself than a watch could have written.

use std::io::{self, Read, Seek};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

/// The most bytes that one file may unpack to. A day's recording is some megabytes; Apple's whole
/// health export can be two gigabytes, but is not read as one piece.
pub(crate) const MAX_FILE_BYTES: u64 = 512 << 20;

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
    read_within_limit(MultiGzDecoder::new(bytes))
}

/// Reads a stream to its end, or to the limit.
pub(crate) fn read_within_limit(stream: impl Read) -> Unpacked {
    let mut bytes = Vec::new();
    let broken = match stream.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => {
            bytes.clear();
            Some(io::Error::other(format!("unpacks to more than {} MB", MAX_FILE_BYTES >> 20)))
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
