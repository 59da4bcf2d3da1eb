//! Text for a locale that has no more than ASCII.

use std::io::{self, Write};

/// Hands on text in ASCII, as [`kneewise_report::ascii`] writes it.
pub struct Ascii<W> {
    out: W,
    /// The first bytes of a character whose others have not come.
    begun: Vec<u8>,
}

impl<W: Write> Ascii<W> {
    pub fn new(out: W) -> Self {
        Self { out, begun: Vec::new() }
    }
}

impl<W: Write> Write for Ascii<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let text: Vec<u8> = self.begun.drain(..whole).collect();
        self.out.write_all(kneewise_report::ascii(&String::from_utf8_lossy(&text)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_may_come_in_pieces() {
        let mut out = Ascii::new(Vec::new());
        for piece in "1.59\u{d7} \u{2192} \u{fc}ber".as_bytes().chunks(1) {
            out.write_all(piece).unwrap();
        }
        assert_eq!(out.out, b"1.59x > uber");
    }
}
