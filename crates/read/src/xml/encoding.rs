//! Which characters the bytes of a document stand for.

use std::borrow::Cow;

/// A document as bytes in which `<`, digits and names are ASCII, whatever it was written in.
pub(crate) struct Document<'b> {
    /// UTF-8, or what else the file holds in an encoding that agrees with ASCII.
    pub bytes: Cow<'b, [u8]>,
    is_western: bool,
    /// Bytes before the text where the document was UTF-16.
    utf16_from: Option<usize>,
}

impl<'b> Document<'b> {
    /// Finds out the encoding by a byte order mark, the zeros of UTF-16, or the declaration.
    pub fn new(bytes: &'b [u8]) -> Self {
        let utf16 = |from: usize, unit: fn([u8; 2]) -> u16| {
            let units = bytes[from..].as_chunks::<2>().0.iter().map(|pair| unit(*pair));
            let mut text = String::with_capacity(bytes.len() / 2);
            text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
            Self { bytes: Cow::Owned(text.into_bytes()), is_western: false, utf16_from: Some(from) }
        };
        match bytes {
            [0xFF, 0xFE, ..] => utf16(2, u16::from_le_bytes),
            [0xFE, 0xFF, ..] => utf16(2, u16::from_be_bytes),
            [b'<' | b' ' | b'\t' | b'\r' | b'\n', 0, ..] => utf16(0, u16::from_le_bytes),
            [0, b'<' | b' ' | b'\t' | b'\r' | b'\n', ..] => utf16(0, u16::from_be_bytes),
            _ => Self { bytes: Cow::Borrowed(bytes), is_western: declares_western(bytes), utf16_from: None },
        }
    }

    /// Returns a text of the document as characters; bytes that are none become U+FFFD.
    pub fn characters<'t>(&self, text: &'t [u8]) -> Cow<'t, str> {
        match std::str::from_utf8(text) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) if self.is_western => Cow::Owned(text.iter().map(|byte| western(*byte)).collect()),
            Err(_) => String::from_utf8_lossy(text),
        }
    }

    /// Returns where in the file the byte `at` of this document stands.
    pub fn offset_in_file(&self, at: usize) -> u64 {
        let at = match self.utf16_from {
            Some(from) => {
                from + 2 * String::from_utf8_lossy(&self.bytes[..at.min(self.bytes.len())]).encode_utf16().count()
            }
            None => at,
        };
        at as u64
    }
}

fn declares_western(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    let declaration = head.split("?>").next().unwrap_or_default();
    ["8859-1", "windows-1252", "cp1252", "latin1"].iter().any(|name| declaration.contains(name))
}

/// Windows' western code page. Where ISO 8859-1 differs it has control characters, which nobody
/// writes.
fn western(byte: u8) -> char {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..0xA0 => FROM_0X80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_come_out_whatever_the_encoding() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let little = |text: &str| units(text).into_iter().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let big = |text: &str| units(text).into_iter().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        for file in [little("\u{feff}<gpx>é"), big("\u{feff}<gpx>é"), little("<gpx>é"), big("\n<gpx>é")] {
            let document = Document::new(&file);
            assert!(document.bytes.ends_with("<gpx>é".as_bytes()), "{file:?}");
            assert_eq!(document.offset_in_file(document.bytes.len()), file.len() as u64);
        }
        let western = Document::new(b"<?xml version='1.0' encoding='windows-1252'?>");
        assert_eq!(western.characters(b"\x80 \xE9 \x96"), "€ é –");
        assert_eq!(western.characters("é".as_bytes()), "é", "declared one thing and written another");
        assert_eq!(Document::new(b"<gpx>").characters(b"\xE9"), "\u{FFFD}", "neither UTF-8 nor declared");
    }
}
