//! The CRC-16 that closes a FIT header and a FIT file (polynomial 0x8005, reflected, start 0).

/// Bytes that are taken in one step.
const STEP: usize = 16;

/// What a byte adds to the checksum, by how many bytes of the same step come after it.
static TABLES: [[u16; 256]; STEP] = tables();

/// The same with the two bytes of each entry swapped: see [`crc16`].
static SWAPPED_TABLES: [[u16; 256]; STEP] = swapped(&tables());

const fn tables() -> [[u16; 256]; STEP] {
    let mut tables = [[0u16; 256]; STEP];
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
    while table < STEP {
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

const fn swapped(tables: &[[u16; 256]; STEP]) -> [[u16; 256]; STEP] {
    let mut swapped = *tables;
    let mut i = 0;
    while i < STEP * 256 {
        swapped[i / 256][i % 256] = swapped[i / 256][i % 256].swap_bytes();
        i += 1;
    }
    swapped
}

/// Returns the checksum of `bytes`; 0 when they end with their own checksum.
///
/// Sixteen bytes a step: one step a nibble, as the protocol document shows it, would take longer
/// than all of the decoding. Only the first two bytes of a step have to wait for the step before.
/// What the others add is summed up on its own, in swapped bytes, which keeps the compiler from
/// making one long chain of all sixteen: that chain took twice the time.
pub fn crc16(bytes: &[u8]) -> u16 {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let mut crc = 0u16;
    for step in steps {
        let mut others = 0;
        for i in 2..STEP {
            others ^= SWAPPED_TABLES[STEP - 1 - i][usize::from(step[i])];
        }
        let [low, high] = crc.to_le_bytes();
        let first = TABLES[STEP - 1][usize::from(step[0] ^ low)] ^ TABLES[STEP - 2][usize::from(step[1] ^ high)];
        crc = first ^ others.swap_bytes();
    }
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
