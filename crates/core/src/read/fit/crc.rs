//! The CRC-16 that closes a FIT header and a FIT file (polynomial 0x8005, reflected, start 0).

const TABLES: [[u16; 256]; 8] = tables();

const fn tables() -> [[u16; 256]; 8] {
    let mut tables = [[0u16; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[table - 1][byte];
            tables[table][byte] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            byte += 1;
        }
        table += 1;
    }
    tables
}

/// The checksum of `bytes`; 0 when they end with their own checksum.
///
/// Eight bytes a step through eight tables: one step a nibble, as the protocol document shows it,
/// would take longer than all of the decoding.
pub(super) fn crc16(bytes: &[u8]) -> u16 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let crc = chunks.iter().fold(0u16, |crc, c| {
        TABLES[7][usize::from(c[0] ^ crc as u8)]
            ^ TABLES[6][usize::from(c[1] ^ (crc >> 8) as u8)]
            ^ TABLES[5][usize::from(c[2])]
            ^ TABLES[4][usize::from(c[3])]
            ^ TABLES[3][usize::from(c[4])]
            ^ TABLES[2][usize::from(c[5])]
            ^ TABLES[1][usize::from(c[6])]
            ^ TABLES[0][usize::from(c[7])]
    });
    rest.iter().fold(crc, |crc, byte| (crc >> 8) ^ TABLES[0][usize::from(byte ^ crc as u8)])
}

#[cfg(test)]
mod tests {
    use super::crc16;
    use proptest::prelude::*;

    /// The algorithm as the FIT protocol document prints it, a nibble at a time.
    fn by_nibbles(bytes: &[u8]) -> u16 {
        const TABLE: [u16; 16] = [
            0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401, 0xA001, 0x6C00, 0x7800, 0xB401, 0x5000,
            0x9C01, 0x8801, 0x4400,
        ];
        bytes.iter().fold(0, |crc: u16, byte| {
            let step = |crc: u16, nibble: u8| (crc >> 4) ^ TABLE[usize::from(crc & 0xF)] ^ TABLE[usize::from(nibble)];
            step(step(crc, byte & 0xF), byte >> 4)
        })
    }

    #[test]
    fn known_check_value_of_crc_16_arc() {
        assert_eq!(crc16(b"123456789"), 0xBB3D);
    }

    proptest! {
        #[test]
        fn equals_the_protocol_document(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(crc16(&bytes), by_nibbles(&bytes));
        }

        #[test]
        fn is_zero_over_bytes_that_end_with_their_own(mut bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let crc = crc16(&bytes);
            bytes.extend(crc.to_le_bytes());
            prop_assert_eq!(crc16(&bytes), 0);
        }
    }
}
